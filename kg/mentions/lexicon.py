"""The common nouns by which actors are meant, read once from `lexicon.toml`."""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Sets of lower-case words, by what they do to the name they stand with; each is explained in the data file."""

    state: frozenset[str]
    organ: frozenset[str]
    collective: frozenset[str]
    partitive: frozenset[str]
    relative: frozenset[str]
    office: frozenset[str]
    courtesy: frozenset[str]
    country: frozenset[str]
    group: frozenset[str]
    human: frozenset[str]
    person: frozenset[str]
    no_person: frozenset[str]
    organisation: frozenset[str]
    body: frozenset[str]
    body_with: frozenset[str]
    anyone: frozenset[str]
    quantity: frozenset[str]
    vague: frozenset[str]
    beside: frozenset[str]
    wrongdoer: frozenset[str]
    nobody: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The word lists of this package."""
    tables = tomllib.loads(resources.files("kg.mentions").joinpath("lexicon.toml").read_text(encoding="utf8"))
    return Lexicon(**{field.name: frozenset(tables[field.name].split()) for field in fields(Lexicon)})
