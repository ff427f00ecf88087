"""Text of others made fit to be shown: nothing in it can run, hide, reorder or overflow what stands around it."""

import re
import unicodedata
from urllib.parse import urlsplit

_LINE = 18
_LINES = 2
_INVISIBLE = {"Cc", "Cs", "Cn", "Co"}
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def shown(text: str, limit: int | None = None) -> str:
    r"""A name on one line, without control and direction characters; cut with an ellipsis after `limit` characters.

    >>> shown("Bad\u202eman\n", limit=5)
    'Badm…'
    """
    plain = "".join("\ufffd" if unicodedata.category(c) in _INVISIBLE and not c.isspace() else c for c in _BIDI.sub("", text))
    line = " ".join(plain.split())
    return line if limit is None or len(line) <= limit else line[: limit - 1].rstrip() + "…"


def sentence(text: str) -> str:
    """A sentence as it stands, with control characters and half surrogate pairs replaced one for one, so that offsets hold."""
    return "".join(c if c.isspace() or unicodedata.category(c) not in _INVISIBLE else "\ufffd" for c in text)


def label(name: str) -> str:
    r"""A name as it stands under its entity: two lines at most.

    >>> label("Organization for Security and Co-operation in Europe")
    'Organization for\nSecurity and…'
    """
    lines: list[str] = []
    for word in shown(name, limit=200).split():
        if lines and len(lines[-1]) + 1 + len(word) <= _LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(shown(word, limit=_LINE))
    if len(lines) > _LINES:
        return "\n".join([*lines[: _LINES - 1], f"{lines[_LINES - 1]}…"])
    return "\n".join(lines)


def link(url: str | None) -> str | None:
    """The address if a click on it is safe: http or https, with a host; none otherwise ("javascript:alert(1)")."""
    if url is None or any(c.isspace() or unicodedata.category(c) in _INVISIBLE for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in {"http", "https"} and parts.hostname else None
