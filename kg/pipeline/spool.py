"""Readings on disk while a batch runs, one a line as they come: memory stays flat, and a run that was interrupted can go on."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from kg.errors import InputError
from kg.model import SCHEMA_VERSION, Document, Reading, digest, dumps, reading_from_json, reading_to_json

_BEGINS = b'{"schema_version": '


def fingerprint(document: Document, extractor: str) -> str:
    """Stands for a document with everything that is known of it, and for what reads it."""
    return _fingerprint(asdict(document), extractor)


def _fingerprint(document: dict[str, Any], extractor: str) -> str:
    return digest([extractor, dumps(document)])


@dataclass(frozen=True, slots=True)
class Line:
    """A reading as it is spooled, made where it was read. `words`: of its text, for the progress."""

    fingerprint: str
    words: int
    path: str | None
    data: bytes

    @classmethod
    def of(cls, reading: Reading) -> "Line":
        document = reading.document
        data = dumps(reading_to_json(reading)).encode() + b"\n"
        return cls(fingerprint(document, reading.extractor), len(document.text.split()), document.path, data)


class Spool:
    """A file of readings: `beside` an output file as FILE.partial, or without a name. Open one, close it.

    Raises:
        InputError: FILE.partial exists and is not the rest of an interrupted run, or another run is writing it.
    """

    def __init__(self, beside: Path | None) -> None:
        self.path = beside and beside.with_name(f"{beside.name}.partial")
        self._file: IO[bytes] = self.path.open("a+b") if self.path else tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        try:
            _lock(self._file, str(self.path))
            self._end = self._whole_lines()
        except BaseException:
            self._file.close()
            raise

    def _whole_lines(self) -> int:
        """Where the last whole line ends; what a killed run left behind it is cut off."""
        self._file.seek(0)
        first = self._file.read(len(_BEGINS))
        if not _BEGINS.startswith(first):
            raise InputError(str(self.path), "is not the rest of an interrupted run; move it away or name another output file")
        self._file.seek(0)
        end = sum(len(line) for line in self._file if line.endswith(b"\n"))
        self._file.truncate(end)
        return end

    def kept(self, extractor: str) -> Iterator[tuple[str, int]]:
        """What an earlier run has read with this extractor: fingerprint and place."""
        self._file.seek(0)
        place = 0
        for line in self._file:
            document = _document_of(line, extractor)
            if document is not None:
                yield _fingerprint(document, extractor), place
            place += len(line)

    def add(self, line: Line) -> int:
        """Append a reading and give its place; it is safe from a kill of this process when the call returns."""
        place = self._end
        self._file.seek(place)
        self._file.write(line.data)
        self._file.flush()
        self._end += len(line.data)
        return place

    def read(self, places: Iterable[int]) -> Iterator[Reading]:
        """The readings at these places."""
        for place in places:
            self._file.seek(place)
            yield reading_from_json(json.loads(self._file.readline()))

    def close(self, *, keep: bool = False) -> None:
        """Close the file, and remove it unless it is to be gone on with."""
        if self.path and not (keep and self._end):
            self.path.unlink(missing_ok=True)
        self._file.close()


def _document_of(line: bytes, extractor: str) -> dict[str, Any] | None:
    try:
        data = json.loads(line)
        fits = data["schema_version"] == SCHEMA_VERSION and data["extractor"] == extractor
        return dict(data["document"]) if fits else None
    except (ValueError, KeyError, TypeError):
        return None


def _lock(file: IO[bytes], name: str) -> None:
    """Keep a second run off; the lock ends with this process. (Windows, which has no fcntl, goes without.)"""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise InputError(name, "another run is writing it") from error
