"""JSON Lines: one document a row with `text` and, where known, `title`, `url`, `outlet` and `published`; other fields are ignored."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.errors import InputError
from kg.model import Failure
from kg.readers.draft import Draft
from kg.readers.encoding import decode

_OPTIONAL = ("title", "url", "outlet", "published")


def read_jsonl(file: BinaryIO, path: str) -> Iterator[Draft | Failure]:
    """The rows of a file, one at a time; a row that cannot be read is a Failure with its number ("rows.jsonl#3"), the others go on.

    Nothing is left out of a row's text.
    """
    rows = 0
    for number, line in enumerate(file, start=1):
        if not line.strip(b"\xef\xbb\xbf \t\r\n"):
            continue
        rows += 1
        place = f"{path}#{number}"
        try:
            yield _row(decode(line.rstrip(), place), place)
        except InputError as error:
            yield Failure(error.path, error.reason)
    if not rows:
        raise InputError(path, "empty file")


def _row(line: str, place: str) -> Draft:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(place, f"not valid JSON: {error.msg.removesuffix(' at')} at character {error.pos + 1}") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets thousands deep
        raise InputError(place, f"not valid JSON: {error}") from error
    if not isinstance(row, dict):
        raise InputError(place, "expected an object with `text`")
    return Draft(path=place, text=_string(row, "text", place) or "", **{name: _string(row, name, place) for name in _OPTIONAL})


def _string(row: dict[str, Any], name: str, place: str) -> str | None:
    value = row.get(name)
    if name == "text" and value is None:
        raise InputError(place, "no `text`")
    if value is not None and not isinstance(value, str):
        raise InputError(place, f"`{name}` is {json.dumps(value)[:40]}, expected a string")
    return value
