"""Bytes to text: UTF-8 first, then what the bytes themselves say."""

import codecs
from typing import BinaryIO

from kg.errors import InputError

MAX_BYTES = 50_000_000
_MARKS = (  # UTF-32 first: its little-endian mark begins with the one of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = frozenset(range(32)) - set(b"\t\n\v\f\r\x1a\x1b") | {127}


def read_text(file: BinaryIO, path: str, *, declared: str | None = None) -> str:
    """The whole of an open file as text.

    Raises:
        InputError: the file is empty, binary, in an encoding that cannot be told, or larger than any document.
    """
    return decode(read_bytes(file, path), path, declared=declared)


def read_bytes(file: BinaryIO, path: str) -> bytes:
    """The bytes of one document, refused before they fill the memory.

    Raises:
        InputError: there are none, or more than any document has.
    """
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputError(path, f"more than {MAX_BYTES:,} bytes: no single document is that long")
    if not data:
        raise InputError(path, "empty file")
    return data


def decode(data: bytes, path: str, *, declared: str | None = None) -> str:
    r"""The text of these bytes; `declared` is the encoding a web page claims, believed only where UTF-8 fails.

    A UTF-8 text with a few broken bytes keeps U+FFFD for them.

    >>> decode("It’s still possible, he said.".encode("cp1252"), "a.txt")
    'It’s still possible, he said.'

    Raises:
        InputError: the bytes are no text, or the encoding cannot be told.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    if _is_binary(data):
        raise InputError(path, "a binary file, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(data, path, declared)


def _is_binary(data: bytes) -> bool:
    """Text has no NUL and hardly a control character."""
    sample = data[:100_000]
    return b"\0" in data or sum(byte in _CONTROLS for byte in sample) > len(sample) / 200


def _decode_other(data: bytes, path: str, declared: str | None) -> str:
    damaged = data.decode("utf-8", errors="replace")
    broken = damaged.count("\ufffd")
    if sum(char > "\x7f" for char in damaged) - broken > 3 * broken:
        return damaged
    for name in (declared, _guess(data)):
        try:
            if name:
                return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    raise InputError(path, "not UTF-8, and its encoding cannot be told; save it as UTF-8")


def _guess(data: bytes) -> str | None:
    """Windows' Western European for a text that is nearly all ASCII (curly quotes, a name with an accent), else a detector's word."""
    if sum(byte > 127 for byte in data) < len(data) / 20:
        return "cp1252" if not set(data) & set(b"\x81\x8d\x8f\x90\x9d") else "latin-1"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:100_000]).best()
    return best.encoding if best else None
