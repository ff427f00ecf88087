"""Text files: an article as it was copied, often with what stood around it."""

from collections.abc import Iterator
from typing import BinaryIO

from kg.readers.boilerplate import headline_of, news_of
from kg.readers.dates import find_published
from kg.readers.draft import Draft
from kg.readers.encoding import read_text


def read_plain(file: BinaryIO, path: str) -> Iterator[Draft]:
    """One document a file; its headline is the line that stands apart at the top.

    Raises:
        InputError: the bytes are not a text.
    """
    yield plain_draft(read_text(file, path), path)


def plain_draft(text: str, path: str) -> Draft:
    """The news in a text, its headline, and its date where a line gives it (also one that is left out)."""
    unix = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    news = news_of(unix)
    return Draft(path=path, text=news, title=headline_of(news), published=find_published(unix))
