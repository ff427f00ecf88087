"""Rows on their way to the database: how heavy they are, and parts of them that fit into one message."""

from collections.abc import Iterable, Iterator
from typing import Any

from kg.errors import StoreError
from kg.stores.bolt import Run

_MOST_ROWS = 5_000
_MOST_WEIGHT = 4_000_000
_ROW_WEIGHT = 100

type RowOut = dict[str, Any] | list[Any]  # a list where there are many: names of properties cost as much on the way as their values


def weight(value: Any) -> int:
    """About how many bytes a value is on the way to the database."""
    if isinstance(value, str):
        return (len(value) if value.isascii() else len(value.encode("utf8", "replace"))) + 5
    if isinstance(value, dict):
        return _ROW_WEIGHT + sum(weight(item) for item in value.values())
    return sum(weight(item) for item in value) if isinstance(value, list) else 9


def chunks[R: RowOut](rows: Iterable[R]) -> Iterator[list[R]]:
    """The rows in parts that fit into one message."""
    part: list[R] = []
    heavy = 0
    for row in rows:
        more = weight(row)
        if part and (len(part) == _MOST_ROWS or heavy + more > _MOST_WEIGHT):
            yield part
            part, heavy = [], 0
        part.append(row)
        heavy += more
    if part:
        yield part


def send[R: RowOut](run: Run, statement: str, rows: Iterable[R]) -> None:
    """Run a statement that gives back how many of its rows it did something for.

    Raises:
        StoreError: not for all.
    """
    for part in chunks(rows):
        ((done,),) = run(statement, rows=part)
        if done != len(part):
            what = statement.strip().partition("\n")[0].removeprefix("UNWIND $rows AS r ")
            raise StoreError(f"the store took {done:,} of {len(part):,} rows, so none was kept ({what})")
