"""Who is who inside one document: every name under one roof, so that what comes later can point at it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.language import Parsed, Word
from kg.mentions import Found, Gender, Title
from kg.model import Kind

_PARTICLES = {"al", "bin", "ben", "de", "van", "von", "der", "el", "ibn"}


@dataclass(slots=True, eq=False)
class Actor:
    """One actor of a document while it is being read: its mentions so far in text order, and what the text told about it."""

    kind: Kind
    naming: Found
    gender: Gender | None = None
    plural: bool = False
    mentions: list[Found] = field(default_factory=list)
    offices: list[Title] = field(default_factory=list)

    @property
    def home(self) -> Found | None:
        """The country or group in which a person holds an office; the latest the text gave."""
        return next((title.where for title in reversed(self.offices) if title.where is not None), None)

    def last_before(self, word: Word) -> Found | None:
        """Its latest mention before a word."""
        for found in reversed(self.mentions):
            if found.last.i < word.i:
                return found
        return None


def plain_name(text: str) -> str:
    """A name as it is compared: single spaces, no possessive, no article, no case."""
    return re.sub(r"^the\s+|['’]s?$", "", " ".join(text.split()).casefold())


@dataclass(slots=True)
class Cast:
    """The named actors of a document, and which of them each name means."""

    actors: list[Actor] = field(default_factory=list)
    of: dict[Found, Actor] = field(default_factory=dict)
    reasons: dict[Found, str] = field(default_factory=dict)

    def add(self, found: Found, actor: Actor, reason: str = "") -> None:
        """Another mention of a known actor."""
        self.of[found] = actor
        actor.mentions.append(found)
        if reason:
            self.reasons[found] = reason

    def new(self, found: Found) -> Actor:
        """An actor that this mention is the first to name."""
        actor = Actor(found.kind or "group", found, found.gender, found.plural)
        self.actors.append(actor)
        self.add(found, actor)
        return actor


def _surname(name: str) -> str:
    words = plain_name(name).split()
    if words[-1].rstrip(".") in {"jr", "sr", "ii", "iii", "iv"} and len(words) > 1:
        words = words[:-1]
    return words[-1]


def _persons(cast: Cast, persons: list[Found]) -> None:
    """Full names first (the longest wins), then the short ones by their last name, else by their first."""
    for found in persons:
        name = plain_name(found.text)
        if " " not in name and found.entry is None:
            continue
        same = next((actor for actor in cast.actors if actor.kind == "person" and _same_person(actor.naming, found)), None)
        if same is None:
            cast.new(found)
            continue
        cast.add(found, same)
        if len(found.text) > len(same.naming.text) and not same.naming.entry:
            same.naming = found
        same.gender = same.gender or found.gender
    for found in persons:
        if found not in cast.of:
            _short_name(cast, found)


def _same_person(one: Found, other: Found) -> bool:
    """As in "Mark Milley" and "Mark A. Milley", "Hillary Clinton" and "Hillary Rodham Clinton"."""
    if one.entry is not None and one.entry is other.entry:
        return True
    first, second = plain_name(one.text).split(), plain_name(other.text).split()
    if first == second:
        return True
    return len(first) > 1 and len(second) > 1 and first[0] == second[0] and _surname(one.text) == _surname(other.text)


def _fits_gender(actor: Actor, found: Found) -> bool:
    return found.gender is None or actor.gender is None or actor.gender == found.gender


def _short_name(cast: Cast, found: Found) -> None:
    name = plain_name(found.text)
    last = [actor for actor in cast.actors if actor.kind == "person" and _surname(actor.naming.text) == name and _fits_gender(actor, found)]
    first = [
        actor
        for actor in cast.actors
        if actor.kind == "person"
        and name in plain_name(actor.naming.text).split()
        and name not in _PARTICLES
        and _fits_gender(actor, found)
    ]
    known = last or first
    if not known:
        same = next((actor for actor in cast.actors if actor.kind == "person" and plain_name(actor.naming.text) == name), None)
        if same is None:
            cast.new(found)
        else:
            cast.add(found, same)
        return
    before = [actor for actor in known if actor.last_before(found.head) is not None]
    actor = max(before, key=lambda actor: actor.last_before(found.head).head.i) if before else known[0]  # type: ignore[union-attr]
    word = "surname" if last else "given name"
    cast.add(found, actor, f"{word} of {' '.join(actor.naming.text.split())}")
    actor.gender = actor.gender or found.gender


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())


def _in_brackets(parsed: Parsed, found: Found, cast: Cast) -> Actor | None:
    """As in "the Free Sahel Movement (FSM)", "ISIS-Khorasan, or ISIS-K": the name before it, where the letters or the brackets say so."""
    before = parsed.words[found.first.i - 1] if found.first.i else None
    if before is None or before.text != "(" or found.kind == "person":
        return None
    for other, actor in cast.of.items():
        if other.last.i in (before.i - 1, before.i - 2) and actor.kind == found.kind and found.entry is None:
            letters = _initials(other.text)
            if found.text.isupper() and len(found.text) <= len(letters) + 2 and found.text[0] == letters[:1]:
                return actor
    return None


def _others(cast: Cast, parsed: Parsed, names: Iterable[Found]) -> None:
    by_key: dict[str, Actor] = {}
    for found in names:
        key = found.entry.id if found.entry else plain_name(found.text)
        actor = by_key.get(key)
        if actor is not None:
            reason = "" if found.entry or found.text == actor.naming.text else f"alias of {' '.join(actor.naming.text.split())}"
            cast.add(found, actor, reason)
            continue
        actor = _in_brackets(parsed, found, cast)
        if actor is None:
            by_key[key] = cast.new(found)
        else:
            cast.add(found, actor, f"alias in brackets of {' '.join(actor.naming.text.split())}")
            by_key[key] = actor


def cast_of(parsed: Parsed, mentions: Mapping[Word, Found], titles: Iterable[Title]) -> Cast:
    """The named actors of a document; mentions of one actor lie in text order."""
    cast = Cast()
    names = [found for found in mentions.values() if found.form == "name"]
    _persons(cast, [found for found in names if found.kind == "person"])
    _others(cast, parsed, [found for found in names if found.kind != "person"])
    for actor in cast.actors:
        actor.mentions.sort(key=lambda found: found.first.i)
    for title in titles:
        if title.person in cast.of:
            cast.of[title.person].offices.append(title)
    return cast
