"""Rows of an answer, for people or for programs, and the options that all commands with rows share."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable

from kg.api import Records
from kg.cli.terminal import print_table
from kg.cli.text import count, say
from kg.model import dumps

FORMATS = ("table", "json", "csv", "jsonl")
_ROWS_OF_A_TABLE = 1000


def limit_of(arguments: Namespace) -> int | None:
    """The rows that are wanted: a table for people has an end."""
    given: int | None = arguments.limit
    return _ROWS_OF_A_TABLE if given is None and arguments.format == "table" else given


def print_rows(records: Records, name: str, show: Callable[[Records], None] = print_table) -> int:
    """Print rows in a format of this name, and say when there would be more; the exit code. `show`: how a person sees them."""
    show(records) if name == "table" else sys.stdout.writelines(_lines(records, name))
    if records.cut:
        say(f"cut at {count(len(records), 'row')}; --limit N shows more")
    return 0


def _lines(records: Records, name: str) -> Iterable[str]:
    """Rows for a program."""
    if name == "csv":
        from kg.views import csv_lines

        return csv_lines(records.columns, (tuple(row.values()) for row in records.to_json()))
    rows = [dumps(row) for row in records.to_json()]
    if name == "jsonl":
        return (f"{row}\n" for row in rows)
    return ["[", ",\n ".join(rows), "]\n"]
