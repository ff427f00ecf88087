"""Who is who inside one document: every name under one roof, so that what comes later can point at it."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
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
        at = bisect_left(self.mentions, word.i, key=lambda found: found.last.i)
        return self.mentions[at - 1] if at else None

    def first_after(self, word: Word) -> Found | None:
        """Its next mention by name after a word."""
        at = bisect_right(self.mentions, word.i, key=lambda found: found.head.i)
        return self.mentions[at] if at < len(self.mentions) else None


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


class _Persons:
    """The persons of a document by their names, so that each name is looked up once."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._by_name: dict[str, Actor] = {}  # "mark milley", or the id of a gazetteer entry
        self._by_ends: dict[tuple[str, str], Actor] = {}  # first and last name
        self._by_last: dict[str, list[Actor]] = defaultdict(list)
        self._by_word: dict[str, list[Actor]] = defaultdict(list)

    def full(self, found: Found) -> None:
        """A full name; "Mark Milley" and "Mark A. Milley" are one person, the longest is the naming."""
        name = plain_name(found.text)
        ends = (name.split()[0], _surname(found.text))
        known = self._by_name.get(found.entry.id) if found.entry else None
        actor = known or self._by_name.get(name) or (self._by_ends.get(ends) if " " in name else None)
        if actor is None:
            actor = self._cast.new(found)
            self._by_last[ends[1]].append(actor)
            for word in set(name.split()) - _PARTICLES:
                self._by_word[word].append(actor)
        else:
            self._cast.add(found, actor)
            if len(found.text) > len(actor.naming.text) and not actor.naming.entry:
                actor.naming = found
            actor.gender = actor.gender or found.gender
        self._by_name[found.entry.id if found.entry else name] = actor
        if " " in name:
            self._by_ends.setdefault(ends, actor)

    def short(self, found: Found) -> None:
        """A last name, else a given name, of the person who was named in full nearest before; else a person of its own."""
        name = plain_name(found.text)
        last = [actor for actor in self._by_last[name] if _fits_gender(actor, found)]
        known = last or [actor for actor in self._by_word[name] if _fits_gender(actor, found)]
        if not known:
            own = self._by_name.get(name)
            if own is None:
                self._by_name[name] = self._cast.new(found)
            else:
                self._cast.add(found, own)
            return
        actor = max(known, key=lambda actor: place.head.i if (place := actor.last_before(found.head)) else -1)
        self._cast.add(found, actor, f"{'surname' if last else 'given name'} of {' '.join(actor.naming.text.split())}")
        actor.gender = actor.gender or found.gender


def _fits_gender(actor: Actor, found: Found) -> bool:
    return found.gender is None or actor.gender is None or actor.gender == found.gender


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())


def _in_brackets(parsed: Parsed, found: Found, by_end: Mapping[int, tuple[Found, Actor]]) -> Actor | None:
    """As in "the Free Sahel Movement (FSM)" and "the Free Sahel Movement, or FSM": the name that ends before it, where the letters fit."""
    at = found.first.i - 1
    if at > 0 and parsed.words[at].lower == "the":
        at -= 1
    if at < 1 or parsed.words[at].lower not in {"(", "or"} or found.entry is not None or not found.text.isupper():
        return None
    other, actor = by_end.get(at - 1) or by_end.get(at - 2) or (None, None)
    if other is None or actor is None or actor.kind != found.kind:
        return None
    letters = _initials(other.text)
    return actor if letters[:1] == found.text[0] and len(found.text) <= len(letters) + 2 else None


def _others(cast: Cast, parsed: Parsed, names: Iterable[Found]) -> None:
    by_key: dict[str, Actor] = {}
    by_end: dict[int, tuple[Found, Actor]] = {}
    for found in names:
        key = found.entry.id if found.entry else plain_name(found.text)
        actor = by_key.get(key)
        if actor is not None:
            reason = "" if found.entry or found.text == actor.naming.text else f"alias of {' '.join(actor.naming.text.split())}"
            cast.add(found, actor, reason)
        elif (actor := _in_brackets(parsed, found, by_end)) is not None:
            cast.add(found, actor, f"alias in brackets of {' '.join(actor.naming.text.split())}")
        else:
            actor = cast.new(found)
        by_key.setdefault(key, actor)
        by_end[found.last.i] = (found, actor)


def cast_of(parsed: Parsed, mentions: Mapping[Word, Found], titles: Iterable[Title]) -> Cast:
    """The named actors of a document; mentions of one actor lie in text order."""
    cast = Cast()
    names = [found for found in mentions.values() if found.form == "name"]
    persons = _Persons(cast)
    for found in names:
        if found.kind == "person" and (" " in plain_name(found.text) or found.entry is not None):
            persons.full(found)
    for found in names:
        if found.kind == "person" and found not in cast.of:
            persons.short(found)
    _others(cast, parsed, [found for found in names if found.kind != "person"])
    for actor in cast.actors:
        actor.mentions.sort(key=lambda found: found.first.i)
    for title in titles:
        if title.person in cast.of:
            cast.of[title.person].offices.append(title)
    return cast
