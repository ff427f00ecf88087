"""Relation types and cues as data: `ontology.toml`, and users' own files in the same form, checked on load."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from kg.errors import SettingsError
from kg.model import MODALITIES, Modality

_LABELS: dict[Modality, str] = {
    "actual": "{label}",
    "likely": "likely {noun}",
    "possible": "possible {noun}",
    "planned": "planned {noun}",
    "demanded": "{noun} demanded",
    "hypothetical": "hypothetical {noun}",
    "doubted": "{noun} doubted",
    "denied": "{noun} denied",
    "not_planned": "no plans to {verb}",
    "unknown": "{noun} left open",
}


@dataclass(frozen=True, slots=True)
class RelationType:
    """One relation: its layer (1 acts, 2 standing relations), sign and the words it is shown with.

    `polarity` is None for VIEWS_AS, whose sign is that of its value. `scale` is PLOVER's conflict-cooperation scale (acts only).
    """

    name: str
    layer: int
    symmetric: bool
    meaning: str
    label: str
    noun: str
    verb: str
    polarity: int | None = None
    quad: str | None = None
    scale: float | None = None
    needs_target: bool = True


@dataclass(frozen=True)
class Ontology:
    """The relation types by name, and the raw tables of cues that `kg.stance` compiles."""

    relations: Mapping[str, RelationType]
    tables: Mapping[str, Any] = field(repr=False)
    digest: str = ""

    def label(self, relation: str, modality: Modality, value: str | None = None) -> str:
        """The words shown to people: computed, never stored.

        >>> load_ontology().label("COOPERATE", "possible"), load_ontology().label("RECOGNIZES", "not_planned")
        ('possible coordination', 'no plans to recognise')
        """
        if relation == "HOLDS_ROLE" and value:
            return value
        kind = self.relations[relation]
        words = {"label": kind.label, "noun": kind.noun, "verb": kind.verb}
        if relation == "VIEWS_AS" and value:
            words = {"label": f"views as “{value}”", "noun": f"view as “{value}”", "verb": f"view as “{value}”"}
        return _LABELS[modality].format(**words)


def _check_relation(path: str, name: str, data: Mapping[str, Any]) -> RelationType:
    try:
        return RelationType(name=name, **data)
    except TypeError as error:
        raise SettingsError(f"{path}: relation {name}: {error}") from error


def _merge(base: dict[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Lists are appended (cues put before: of several that fit alike the first counts), tables merged, single values replaced."""
    merged = dict(base)
    for key, value in more.items():
        old = merged.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _merge(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            merged[key] = value + old if key == "cues" else old + value
        else:
            merged[key] = value
    return merged


@lru_cache(maxsize=8)
def _load(paths: tuple[Path, ...]) -> Ontology:
    sources = [("ontology.toml", resources.files("kg").joinpath("ontology.toml").read_bytes())]
    tables: dict[str, Any] = {}
    hashed = hashlib.sha256()
    for path in paths:
        try:
            sources.append((str(path), path.read_bytes()))
        except OSError as error:
            raise SettingsError(f"{path}: {error.strerror}") from error
    for name, content in sources:
        try:
            tables = _merge(tables, tomllib.loads(content.decode("utf8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{name}: {error}") from error
        hashed.update(content)
    relations = {name: _check_relation(sources[-1][0], name, data) for name, data in tables.pop("relations").items()}
    _check_cues(sources[-1][0], tables, relations)
    return Ontology(relations=relations, tables=tables, digest=hashed.hexdigest()[:12])


def _check_cues(path: str, tables: Mapping[str, Any], relations: Mapping[str, RelationType]) -> None:
    for cue in tables.get("cues", ()):
        if cue.get("relation") not in relations:
            known = ", ".join(sorted(relations))
            raise SettingsError(f"{path}: cue with unknown relation {cue.get('relation')!r}; known: {known}")
    for operator in tables.get("operators", ()):
        if operator.get("inner", "actual") not in MODALITIES:
            raise SettingsError(f"{path}: operator with unknown modality {operator.get('inner')!r}; known: {', '.join(MODALITIES)}")


def load_ontology(paths: Sequence[Path] = ()) -> Ontology:
    """Our ontology, with users' files laid over it.

    Raises:
        SettingsError: a file is missing, is not TOML or names an unknown relation or modality.
    """
    return _load(tuple(paths))
