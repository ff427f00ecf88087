"""The words by which somebody is said to say, think, feel or want something, read once from `attributions.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_CLASSES = {"VERB": "verbs", "NOUN": "nouns", "ADJ": "adjectives"}


@dataclass(frozen=True, slots=True)
class Frames:
    """Lemmas of one word class by what they take as their content; the lists are explained in the data file."""

    clause: frozenset[str]
    infinitive: frozenset[str]
    object: frozenset[str]
    prepositions: Mapping[str, frozenset[str]]


def _frames(table: Mapping[str, Any]) -> Frames:
    return Frames(
        clause=_words(table["clause"]),
        infinitive=_words(table["infinitive"]),
        object=_words(table.get("object", "")),
        prepositions={preposition: _words(words) for preposition, words in table["prepositions"].items()},
    )


def _words(written: str) -> frozenset[str]:
    return frozenset(written.split())


@cache
def frames() -> Mapping[str, Frames]:
    """The lists by universal part of speech."""
    tables = tomllib.loads(resources.files("kg.discourse").joinpath("attributions.toml").read_text(encoding="utf8"))
    return {pos: _frames(tables[name]) for pos, name in _CLASSES.items()}
