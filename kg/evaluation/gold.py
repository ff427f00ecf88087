"""Gold data and predictions: JSON Lines (also .gz), each line checked against the type of its task before anything is scored."""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from kg.errors import InputError, NotFoundError
from kg.model import Span

type Some[T] = Annotated[list[T], Field(min_length=1)]
type Score = Annotated[float, Field(ge=-3, le=3)]  # certainty by polarity, as in FactBank: -3 certainly not, 0 unknown, 3 certainly
type Pair = Annotated[list[int], Field(min_length=2, max_length=2)]  # [start, end], written back as it was read


class Fields(BaseModel):
    """A line or a part of one; fields that are not named are left alone."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")

    def written_flat(self) -> "Mapping[str, Stretch]":
        """Stretches that are no field of their own (`cue`, `cue_start`, `cue_end`), by the field that an error names."""
        return {}


class Line(Fields):
    """One line of a file."""

    id: str


class Stretch(Fields):
    """Characters of a text: `{"start": 0, "end": 6, "text": "France"}` (the text may be left out) or `[0, 6]`."""

    start: int
    end: int
    text: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_pair(cls, value: Any) -> Any:
        if isinstance(value, list) and len(value) == 2:
            return {"start": value[0], "end": value[1]}
        return value

    @property
    def span(self) -> Span:
        """Its characters."""
        return Span(self.start, self.end)


class GoldRow(Line):
    """A text and what is marked in it."""

    text: str


class Prediction(Line):
    """What was answered to the row of the same `id`."""


def _stretches(value: object, path: str) -> Iterator[tuple[str, Stretch]]:
    """Every stretch in a row, with the field it stands in."""
    if isinstance(value, Stretch):
        yield path, value
    if isinstance(value, Fields):
        for name, field in (dict(value) | dict(value.written_flat())).items():
            yield from _stretches(field, f"{path}.{name}" if path else name)
    elif isinstance(value, list | tuple):
        for i, one in enumerate(value):
            yield from _stretches(one, f"{path}[{i}]")


def check_offsets(value: Fields, text: str) -> None:
    """Every stretch in `value` is one of `text`, and is the text it says.

    Raises:
        ValueError: one is not; the message names its field.
    """
    for path, stretch in _stretches(value, ""):
        if not 0 <= stretch.start < stretch.end <= len(text):
            raise ValueError(f"{path}: [{stretch.start}, {stretch.end}] is outside the text (0 to {len(text)})")
        if stretch.text is not None and text[stretch.start : stretch.end] != stretch.text:
            raise ValueError(f"{path}: {stretch.text!r} is not what stands at [{stretch.start}, {stretch.end}] of the text")


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """The lines of a file that are not blank, each with its place."""
    try:
        with gzip.open(path, "rt", encoding="utf8") if path.suffix == ".gz" else path.open(encoding="utf8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield f"{path}:{number}", line
    except FileNotFoundError:
        raise NotFoundError(f"{path}: no such file") from None
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise InputError(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


def _field(location: tuple[int | str, ...]) -> str:
    """The way to a field as it is written: `claims[2].cue`."""
    written = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return written.removeprefix(".") or "row"


def _checked[L: Line](kind: type[L], place: str, written: str) -> L:
    try:
        line = kind.model_validate_json(written)
        if isinstance(line, GoldRow):
            check_offsets(line, line.text)
    except ValidationError as error:
        raise _wrong(place, error, "a line of JSON") from None
    except ValueError as error:
        raise InputError(place, str(error)) from None
    return line


def _wrong(place: str, error: ValidationError, expected: str) -> InputError:
    """The first thing that is wrong, with its field."""
    first = error.errors(include_url=False)[0]
    if first["type"] == "json_invalid":
        return InputError(place, f"not {expected}")
    reason = "missing" if first["type"] == "missing" else first["msg"].removeprefix("Value error, ")
    return InputError(place, f"{_field(first['loc'])}: {reason[:1].lower()}{reason[1:]}")


def value_from_json[V](kind: type[V], place: str, written: str) -> V:
    """A value of a dataclass from its JSON form; `place`: what an error begins with.

    Raises:
        InputError: it is none; the message names the field.
    """
    try:
        return TypeAdapter(kind).validate_json(written, strict=True)
    except ValidationError as error:
        raise _wrong(place, error, "JSON") from None


def first_fields(path: Path) -> dict[str, Any]:
    """The fields of a file's first line, by which its format is known.

    Raises:
        NotFoundError: no such file.
        InputError: the file is empty, or its first line is no object of JSON.
    """
    for place, line in _lines(path):
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            raise InputError(place, "not a line of JSON") from None
        if not isinstance(fields, dict):
            raise InputError(place, "not an object of JSON")
        return fields
    raise InputError(str(path), "no line in it")


def read_lines[L: Line](path: Path, kind: type[L]) -> list[L]:
    """The lines of a file as values of `kind`; for gold rows every offset is checked.

    Raises:
        NotFoundError: no such file.
        InputError: the file is empty, or a line is not of this kind; it names file, line and field.
    """
    lines = [_checked(kind, place, line) for place, line in _lines(path)]
    if not lines:
        raise InputError(str(path), "no line in it")
    seen: set[str] = set()
    for line in lines:
        if line.id in seen:
            raise InputError(str(path), f"id: {line.id!r} stands twice")
        seen.add(line.id)
    return lines
