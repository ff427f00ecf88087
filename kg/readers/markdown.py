"""Markdown: the words as a reader would see them; front matter gives title, date, url and outlet."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, BinaryIO

from kg.readers.draft import Draft
from kg.readers.encoding import read_text
from kg.readers.plain import plain_draft

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\ufeff?---[^\S\n]*\n(?P<fields>(?:.*\n)*?)---[^\S\n]*(?:\n|$)")
_FIELD = re.compile(r"(?P<name>[A-Za-z_]+)\s*:\s*(?P<value>.*?)\s*")
_FIELDS = {  # what the fields of front matter are called, in the order they are believed
    "title": ("title", "headline"),
    "published": ("published", "date", "pubdate"),
    "url": ("url", "canonical_url", "link"),
    "outlet": ("outlet", "publisher", "site", "source"),
}

_WORDS = {"text", "text_special", "code_inline"}
_BREAKS = {"softbreak", "hardbreak"}
_CELLS = {"th_open", "td_open"}


def read_markdown(file: BinaryIO, path: str) -> Iterator[Draft]:
    """One document a file; its title is that of the front matter, else the first heading or the line that stands apart at the top.

    Raises:
        InputError: the bytes are not a text.
    """
    text = read_text(file, path).replace("\r\n", "\n").replace("\r", "\n")
    fields: Mapping[str, str] = {}
    front = _FRONT_MATTER.match(text)
    if front:
        fields = _front_matter(front["fields"])
        text = text[front.end() :]
    draft = plain_draft(plain_text(text), path)
    yield replace(draft, **fields)


def plain_text(markdown: str) -> str:
    r"""The paragraphs of a Markdown text without its marks; pictures, code, tables and raw HTML are left out.

    >>> plain_text("# Talks\n\nMilley said it was *possible*, [AP](https://ap.example) wrote.")
    'Talks\n\nMilley said it was possible, AP wrote.'
    """
    tokens = pairwise(_parser().parse(markdown))
    blocks = (_inline(token.children or []).strip() for before, token in tokens if token.type == "inline" and before.type not in _CELLS)
    return "\n\n".join(block for block in blocks if block)


def _inline(tokens: "list[Token]") -> str:
    return "".join("\n" if token.type in _BREAKS else token.content for token in tokens if token.type in _WORDS | _BREAKS)


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table").disable("code")  # an indented paragraph is news, not code


def _front_matter(lines: str) -> dict[str, str]:
    """The fields that are known, by our names; quotes around a value are taken off."""
    matches = (_FIELD.fullmatch(line) for line in lines.splitlines())
    values = {match["name"].lower(): match["value"] for match in matches if match}
    values = {
        name: value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value for name, value in values.items()
    }
    found = {ours: next((values[name] for name in theirs if values.get(name)), None) for ours, theirs in _FIELDS.items()}
    return {ours: value for ours, value in found.items() if value}
