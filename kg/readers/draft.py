"""What a reader took from a file, before it is a Document."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kg.model import Failure


@dataclass(frozen=True, slots=True)
class Draft:
    """A text and what its file tells about it, unchecked; `path` names the place ("rows.jsonl#3")."""

    path: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None


Reader = Callable[[BinaryIO, str], Iterator[Draft | Failure]]
"""An open file and the name it goes by -> the documents in it. May raise InputError where the file as a whole cannot be read."""
