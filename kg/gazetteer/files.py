"""From our TOML files and users' own to one `Gazetteer`; whatever is wrong in a file is one line that names it."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from kg.errors import SettingsError
from kg.gazetteer.entries import Entry, entry_of
from kg.gazetteer.gazetteer import Gazetteer

_NO_ENTRIES = "given_names.toml"


def _own_files() -> list[tuple[str, bytes]]:
    folder = resources.files("kg.gazetteer")
    files = sorted((item.name, item) for item in folder.iterdir() if item.name.endswith(".toml"))
    return [(name, item.read_bytes()) for name, item in files if name != _NO_ENTRIES]


def _user_file(path: Path) -> tuple[str, bytes]:
    try:
        return str(path), path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error


def _parse(path: str, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error


def _not_names(path: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise SettingsError(f"{path}: not_names: expected a list of texts, got {value!r}")
    return [" ".join(item.split()) for item in value]


def _category(path: str, value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise SettingsError(f"{path}: category: expected a text, got {value!r}")
    return value


def _entries(path: str, content: bytes) -> tuple[dict[str, Entry], list[str]]:
    tables = _parse(path, content)
    not_names = _not_names(path, tables.pop("not_names", []))
    category = _category(path, tables.pop("category", None))
    entries = {entry_id: entry_of(path, entry_id, table, category) for entry_id, table in tables.items()}
    _check_clashes(path, entries.values())
    return entries, not_names


def _check_clashes(path: str, entries: Iterable[Entry]) -> None:
    owner: dict[str, str] = {}
    for entry in entries:
        for alias in entry.aliases:
            first = owner.setdefault(alias.text, entry.id)
            if first != entry.id:
                raise SettingsError(f"{path}: {alias.text!r} names both {first} and {entry.id}")


def _check_parts(path: str, entries: Iterable[Entry], known: Mapping[str, Entry]) -> None:
    for entry in entries:
        _wholes(path, entry, known)


def _wholes(path: str, entry: Entry, known: Mapping[str, Entry]) -> tuple[str, ...]:
    """The ids of all that an entry is part of, the nearest first."""
    chain = [entry.id]
    whole = entry.part_of
    while whole is not None:
        if whole not in known:
            raise SettingsError(f"{path}: {chain[-1]}: part_of: no entry {whole!r}")
        if whole in chain:
            raise SettingsError(f"{path}: {entry.id}: part_of: {' in '.join([*chain, whole])} goes round in a circle")
        chain.append(whole)
        whole = known[whole].part_of
    return tuple(chain[1:])


@cache
def _ours() -> tuple[dict[str, Entry], list[str], str]:
    """The entries, phrases and digest of our own files, parsed once."""
    entries: dict[str, Entry] = {}
    not_names: list[str] = []
    hashed = hashlib.sha256()
    for path, content in _own_files():
        found, phrases = _entries(path, content)
        entries |= found
        not_names += phrases
        hashed.update(content)
    _check_parts("gazetteer", entries.values(), entries)
    return entries, not_names, hashed.hexdigest()


@lru_cache(maxsize=4)
def _load(users: tuple[tuple[str, bytes], ...]) -> Gazetteer:
    entries, not_names, digest = _ours()
    for path, content in users:
        found, phrases = _entries(path, content)
        entries = found | {entry_id: entry for entry_id, entry in entries.items() if entry_id not in found}
        named = {alias.text for entry in found.values() for alias in entry.aliases}
        not_names = phrases + [phrase for phrase in not_names if phrase not in named]
        digest = hashlib.sha256(digest.encode() + content).hexdigest()
        _check_parts(path, found.values(), entries)
    entries = {entry_id: replace(entry, wholes=_wholes("gazetteer", entry, entries)) for entry_id, entry in entries.items()}
    return Gazetteer(entries, digest[:12], tuple(not_names))


def load_gazetteer(paths: Sequence[Path] = ()) -> Gazetteer:
    """Our gazetteer with users' files laid over it: an entry with a known id replaces ours, and a name in two files is the last file's.

    Raises:
        SettingsError: a file is missing, is not TOML, has an unknown field or kind, a name twice, or a `part_of` without an entry.
    """
    return _load(tuple(_user_file(path) for path in paths))
