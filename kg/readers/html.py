"""Web pages that were saved: the article in them, and what the page tells about it."""

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from kg.errors import InputError
from kg.readers.boilerplate import news_of
from kg.readers.dates import find_published, iso_date
from kg.readers.draft import Draft
from kg.readers.encoding import decode, read_bytes

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.IGNORECASE)
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}  # never guessed, never the clock
_SITE = re.compile(r"\s+[|–—-]\s+(?P<site>[^|–—]{2,40})$")


def read_html(file: BinaryIO, path: str) -> Iterator[Draft]:
    """One document a file: trafilatura's main text; title, outlet, date and canonical url where the page gives them.

    Raises:
        InputError: the bytes are not a text, or the page has no article ("no text found").
    """
    data = read_bytes(file, path)
    charset = _CHARSET.search(data, 0, 4096)
    yield html_draft(decode(data, path, declared=charset[1].decode("ascii") if charset else None), path)


def html_draft(html: str, path: str) -> Draft:
    """The article in the text of a page.

    Raises:
        InputError: "no text found".
    """
    page = _extract(html)
    text = news_of("\n\n".join(line for line in (page.text or "").split("\n") if line.strip())) if page else ""
    if not text:
        raise InputError(path, "no text found")
    outlet = page.sitename or _host(page.url)
    return Draft(
        path=path,
        text=text,
        title=_without_site(page.title, outlet),
        url=page.url,
        outlet=outlet,
        published=(iso_date(page.date) if page.date else None) or find_published(text),
    )


def _extract(html: str) -> Any:
    """The Document of trafilatura, or None. Its log of what it gave up on says nothing that our own error does not."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    return trafilatura.bare_extraction(
        html, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=dict(_DATES)
    )


def _host(url: str | None) -> str | None:
    """The outlet of a page that names none: the host of its address.

    >>> _host("https://www.news.example/a")
    'news.example'
    """
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def _without_site(title: str | None, outlet: str | None) -> str | None:
    """A page's title without the name of its site at the end: no headline has that.

    >>> _without_site("Talks resume in Doha - Example News", "Example News")
    'Talks resume in Doha'
    """
    found = _SITE.search(title) if title else None
    if title and found and outlet and _key(found["site"]) in {_key(outlet), _key(outlet.split(".", maxsplit=1)[0])}:
        return title[: found.start()]
    return title


def _key(name: str) -> str:
    return re.sub(r"\W|^the\s", "", name.casefold())
