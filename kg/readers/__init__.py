"""Files, folders and standard input -> documents. A new format is a module here and a row in `READERS`.

What surrounds an article in a file is left out; a text that is handed over (`document_of`, a row of JSON Lines) is taken as it is.
"""

import io
import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import InputError
from kg.model import Document, Failure
from kg.readers.document import clean, document_of
from kg.readers.draft import Draft, Reader
from kg.readers.html import read_html
from kg.readers.jsonl import read_jsonl
from kg.readers.markdown import read_markdown
from kg.readers.plain import read_plain
from kg.settings import Settings

__all__ = ["READERS", "document_of", "read"]

READERS: Mapping[str, Reader] = {
    ".txt": read_plain,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
}
STANDARD_INPUT = "standard input"


def read(inputs: Sequence[str | Path], settings: Settings | None = None) -> Iterator[Document | Failure]:
    """The documents of files, folders (recursively, in order of their names) and "-", one at a time.

    What cannot be read is a Failure with its path and one line of reason, in its place; the rest goes on. Of a folder the files whose
    suffix is known are read; hidden ones are not.
    """
    options = settings or Settings()
    for given in inputs:
        if str(given) == "-":
            yield from _standard_input(options)
        elif str(given).startswith(("http://", "https://")):
            yield Failure(str(given), "nothing is fetched from the network; save the page and name the file")
        elif _is_folder(Path(given)):
            yield from _folder(Path(given), options)
        else:
            yield from _file(Path(given), options)


def _standard_input(settings: Settings) -> Iterator[Document | Failure]:
    """One text, a web page or rows of JSON, told apart by how it begins; its documents have no path."""
    stream = io.BufferedReader(cast("io.RawIOBase", sys.stdin.buffer))
    try:
        start = stream.peek(200)[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        suffix = ".html" if start.startswith((b"<!doctype html", b"<html")) else ".jsonl" if start.startswith(b'{"') else ".txt"
        for found in _documents(READERS[suffix], stream, STANDARD_INPUT, settings):
            yield replace(found, path=None) if isinstance(found, Document) else found
    finally:
        stream.detach()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name that no file can have; opening it tells why
        return False


def _folder(folder: Path, settings: Settings) -> Iterator[Document | Failure]:
    closed: list[OSError] = []
    found = False
    for root, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() in READERS:
                found = True
                yield from _file(Path(root, name), settings)
    yield from (Failure(_name(Path(error.filename)), _reason(error)) for error in closed)
    if not found and not closed:
        yield Failure(_name(folder), f"a folder without any file that can be read; known: {' '.join(READERS)}")


def _file(path: Path, settings: Settings) -> Iterator[Document | Failure]:
    try:
        file, reader = _open(path)
    except InputError as error:
        yield Failure(error.path, error.reason)
        return
    with file:
        yield from _documents(reader, file, _name(path), settings)


def _open(path: Path) -> tuple[BinaryIO, Reader]:
    """The open file and its reader.

    Raises:
        InputError: there is no such file, it may not be read, or no reader knows its suffix.
    """
    reader = READERS.get(path.suffix.lower())
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError(_name(path), "not a file")
        if reader is None:
            what = repr(path.suffix) if path.suffix else "files without a suffix"
            raise InputError(_name(path), f"no reader for {what}; known: {' '.join(READERS)}")
        return path.open("rb"), reader
    except (OSError, ValueError) as error:
        raise InputError(_name(path), _reason(error)) from error


def _documents(reader: Reader, file: BinaryIO, name: str, settings: Settings) -> Iterator[Document | Failure]:
    try:
        for draft in reader(file, name):
            yield draft if isinstance(draft, Failure) else _document(draft, settings)
    except InputError as error:
        yield Failure(error.path, error.reason)
    except OSError as error:  # a disk or a pipe that fails half way
        yield Failure(name, _reason(error))


def _document(draft: Draft, settings: Settings) -> Document | Failure:
    fields = {"title": draft.title, "url": draft.url, "outlet": draft.outlet, "published": draft.published}
    try:
        return document_of(draft.text, **fields, path=draft.path, settings=settings)
    except InputError as error:
        return Failure(error.path, error.reason)


def _name(path: Path) -> str:
    """The path as it was given; U+FFFD for bytes of a name that are no text."""
    return clean(path.as_posix())


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    return (getattr(error, "strerror", None) or str(error)).lower()
