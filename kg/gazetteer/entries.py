"""An entry of the gazetteer, its aliases, and the checks that turn one TOML table into one entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from kg.errors import SettingsError
from kg.model import KINDS, Kind

AliasType = Literal["name", "demonym", "capital", "seat"]
Gender = Literal["m", "f"]

_GENDERS: tuple[Gender, ...] = get_args(Gender)
_LISTS: dict[str, AliasType] = {"names": "name", "demonyms": "demonym", "capitals": "capital", "seats": "seat"}
_FIELDS = ("name", *_LISTS, "ambiguous", "category", "part_of", "gender", "wikidata")


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to write an actor, and what sort of word it is.

    `name`: full names and abbreviations; `demonym`: "Iraqi", "Iraqis"; `capital`: "Baghdad", a place first, the government only where it
    acts or speaks; `seat`: "Kremlin", words that mean the government. An `ambiguous` alias often means something else ("Georgia",
    "Jordan", "Republicans", "Trump" beside "Ivanka Trump"): take it for the entry only where more speaks for it, as the tagger's label or
    another alias of the entry in the same document, and nothing nearer does.
    """

    text: str
    type: AliasType
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor; `aliases` begins with its `name`. `part_of` is the id of another entry, `gender` ("m", "f") is given for persons only.

    `wholes` are the ids of all that it is part of, the nearest first; `load_gazetteer` fills them in.
    """

    id: str
    name: str
    kind: Kind
    category: str | None
    part_of: str | None
    wikidata: str | None
    aliases: tuple[Alias, ...]
    gender: Gender | None = None
    wholes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """An alias found in running text: `text[start:end]` is the alias as it stands there, without a leading "the" or a possessive."""

    start: int
    end: int
    entry: Entry
    alias: Alias


def _kind(where: str, entry_id: str) -> Kind:
    prefix, _, rest = entry_id.partition(":")
    for kind in KINDS:
        if prefix == kind and rest and not rest.isspace():
            return kind
    raise SettingsError(f"{where}: an id is KIND:NAME with one of the kinds {', '.join(KINDS)}")


def _text(where: str, field: str, value: object) -> str:
    if not isinstance(value, str) or not any(map(str.isalnum, value)):
        raise SettingsError(f"{where}: {field}: expected a text, got {value!r}")
    return " ".join(value.split())


def _texts(where: str, field: str, value: object) -> list[str]:
    if not isinstance(value, list):
        raise SettingsError(f"{where}: {field}: expected a list of texts, got {value!r}")
    return [_text(where, field, item) for item in value]


def _aliases(where: str, name: str, table: Mapping[str, Any]) -> tuple[Alias, ...]:
    found: dict[str, AliasType] = {name: "name"}
    for field, kind in _LISTS.items():
        for text in _texts(where, field, table.get(field, [])):
            found.setdefault(text, kind)
    ambiguous = set(_texts(where, "ambiguous", table.get("ambiguous", [])))
    for text in sorted(ambiguous - found.keys()):
        raise SettingsError(f"{where}: ambiguous: {text!r} is not one of the entry's names")
    return tuple(Alias(text, kind, text in ambiguous) for text, kind in found.items())


def _optional(where: str, table: Mapping[str, Any], field: str) -> str | None:
    return _text(where, field, table[field]) if field in table else None


def _gender(where: str, table: Mapping[str, Any]) -> Gender | None:
    if "gender" not in table:
        return None
    for gender in _GENDERS:
        if table["gender"] == gender:
            return gender
    raise SettingsError(f'{where}: gender: expected "m" or "f", got {table["gender"]!r}')


def entry_of(path: str, entry_id: str, table: object, category: str | None) -> Entry:
    """The entry that one TOML table describes; `category` is that of its file.

    Raises:
        SettingsError: the id has no known kind, the name is missing, a field is unknown or of the wrong type.
    """
    where = f"{path}: {entry_id}"
    kind = _kind(where, entry_id)
    if not isinstance(table, dict):
        raise SettingsError(f"{where}: expected a table with a name, got {table!r}")
    for field in table:
        if field not in _FIELDS:
            raise SettingsError(f"{where}: unknown field {field!r}; known: {', '.join(_FIELDS)}")
    if "name" not in table:
        raise SettingsError(f"{where}: no name")
    name = _text(where, "name", table["name"])
    return Entry(
        id=entry_id,
        name=name,
        kind=kind,
        category=_optional(where, table, "category") or category,
        part_of=_optional(where, table, "part_of"),
        wikidata=_optional(where, table, "wikidata"),
        aliases=_aliases(where, name, table),
        gender=_gender(where, table),
    )
