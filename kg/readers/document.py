"""A text becomes a Document: cleaned where it must be, checked, its title read with it, its id made."""

import re

from kg.errors import InputError
from kg.model import Document, content_hash, document_id
from kg.readers.dates import find_published, iso_date
from kg.readers.english import check_english
from kg.settings import Settings

_NO_CHARACTERS = re.compile("[\ud800-\udfff\0]")
_ALIKE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "."})


def document_of(
    text: str,
    *,
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    path: str | None = None,
    settings: Settings | None = None,
) -> Document:
    r"""A text as a Document: nothing is left out of it, so offsets in `text` hold unless a title is put before it or it has "\r" in it.

    Lone surrogates and NUL become U+FFFD, line ends "\n". A title becomes the first paragraph unless the text begins with it. Without
    `published` (any unambiguous date) the first lines are searched for one.

    >>> document_of("France may recognise the Houthis.", title="Paris: possible").text
    'Paris: possible\n\nFrance may recognise the Houthis.'

    Raises:
        InputError: no text, too long, not English, or `published` is not a date.
    """
    name = path or "text"
    body = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    heading = _one_line(title)
    limit = (settings or Settings()).max_characters
    if not body.strip():
        raise InputError(name, "no text found")
    whole = body if heading is None or begins_with(body, heading) else f"{heading}\n\n{body.lstrip()}"
    if len(whole) > limit:
        raise InputError(name, f"{len(whole):,} characters; the limit is {limit:,}")
    check_english(body, name)
    address = _one_line(url)
    return Document(
        id=document_id(address, whole),
        content_hash=content_hash(whole),
        text=whole,
        title=heading,
        url=address,
        outlet=_one_line(outlet),
        published=_published(published, name) or find_published(body),
        language="en",
        path=path,
    )


def clean(text: str) -> str:
    """The text without a byte order mark, and with U+FFFD for what is no character (length unchanged but for the mark)."""
    return _NO_CHARACTERS.sub("\ufffd", text.removeprefix("\ufeff"))


def begins_with(text: str, title: str) -> bool:
    r"""Whether a text starts with its title, whatever kind of quotation marks, white space and case either is written in.

    >>> begins_with("Pentagon says it’s\n‘possible’\n\nThe U.S. ...", "Pentagon says it's 'Possible'")
    True
    """
    start, heading = _plain(text[: 2 * len(title) + 100]), _plain(title)
    return start.startswith(heading) and not start[len(heading) : len(heading) + 1].isalnum()


def _plain(text: str) -> str:
    return " ".join(text.split()).translate(_ALIKE).casefold()


def _one_line(value: str | None) -> str | None:
    return " ".join(clean(value).split()) or None if value else None


def _published(value: str | None, name: str) -> str | None:
    if value is None or not value.strip():
        return None
    day = iso_date(value)
    if day is None:
        raise InputError(name, f"published: {value.strip()[:60]!r} is not a date (expected YYYY-MM-DD)")
    return day
