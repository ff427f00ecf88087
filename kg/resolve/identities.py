"""From the naming mentions of a stream of readings to entities; the tables grow with distinct names, not with documents."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.gazetteer import Entry, Gazetteer
from kg.model import Entity, Judgement, Kind, Mention, Reading, Span, entity_key
from kg.resolve.corrections import Corrections, corrections_of
from kg.resolve.names import clean_name, is_surname_only, one_line

NAME_LIKE = ("surname", "alias")  # how the reasons begin of mentions that are no full name, but a name


@dataclass(frozen=True, slots=True)
class Decision:
    """Which entity a name is, and why. `surname_only`: a person of whom the document gives no fuller name."""

    entity_id: str
    reason: str
    surname_only: bool = False


@dataclass(frozen=True)
class Identities:
    """The entities of a corpus by id, and the way from any naming mention to its entity; `corrections`: what people judged."""

    entities: Mapping[str, Entity]
    gazetteer: Gazetteer
    corrections: Corrections
    _who: "_Who" = field(repr=False, compare=False)

    def decide(self, reading: Reading, naming: Span) -> Decision:
        """Who is named at this span of the reading, and why.

        Raises:
            KeyError: no mention has this span.
        """
        return self._who(_naming(reading, naming))

    def entity(self, reading: Reading, naming: Span) -> Entity:
        """The entity that is named at this span; known from this name alone where `resolve` did not see the reading."""
        mention = _naming(reading, naming)
        entity_id = self._who(mention).entity_id
        return self.entities.get(entity_id) or entity_of(entity_id, Names.of(mention), self.gazetteer, self.corrections)


class Names:
    """What an entity was called, and how often: full forms (cleaned), and every text that named it. Counts may be added in any order."""

    __slots__ = ("forms", "kind", "texts")

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.forms: Counter[str] = Counter()
        self.texts: set[str] = set()

    @classmethod
    def of(cls, mention: Mention) -> "Names":
        """The names of an entity that was named once."""
        names = cls(mention.kind)
        names.add(mention.text)
        return names

    def add(self, text: str, times: int = 1) -> None:
        """It was named with these words."""
        self.forms[clean_name(text, self.kind)] += times
        self.texts.add(one_line(text))

    def also(self, text: str) -> None:
        """These words meant it too, but are no full name ("Milley")."""
        self.texts.add(one_line(text))

    def best(self) -> str:
        """The most frequent form; of those the longest, of those the first of the alphabet."""
        return min(self.forms, key=lambda form: (-self.forms[form], -len(form), form))


def _naming(reading: Reading, span: Span) -> Mention:
    """The mention that is the name itself, also where `span` only stands for it."""
    mention = reading.mention_at[span]
    return reading.mention_at[mention.refers_to[0]] if len(mention.refers_to) == 1 else mention


class _Who:
    """Who a name is, worked out once for every text and kind."""

    __slots__ = ("_corrections", "_gazetteer", "_known")

    def __init__(self, gazetteer: Gazetteer, corrections: Corrections) -> None:
        self._gazetteer = gazetteer
        self._corrections = corrections
        self._known: dict[tuple[str, Kind, bool], Decision] = {}

    def __call__(self, mention: Mention) -> Decision:
        if mention.unnamed:
            key = entity_key(one_line(mention.text), mention.kind)
            alone = Decision(f"{key}~{mention.document_id}", f"unnamed: {mention.text!r} is someone in this document only")
            return _judged(alone, alone.entity_id, self._corrections)
        name = (mention.text, mention.kind, mention.reason.startswith("gazetteer"))
        if name not in self._known:
            decision = _decide(one_line(mention.text), mention.kind, self._gazetteer, certain=name[2])
            self._known[name] = _judged(decision, entity_key(one_line(mention.text), mention.kind), self._corrections)
        return self._known[name]


def _judged(decision: Decision, key: str, corrections: Corrections) -> Decision:
    """The decision as people corrected it; `key`: what the name alone would be."""
    part = key if corrections.kept_apart(decision.entity_id, key) else decision.entity_id
    whole = corrections.whole(part)
    if whole == decision.entity_id:
        return decision
    return Decision(whole, f"{decision.reason}{corrections.because(part)}")


def _decide(text: str, kind: Kind, gazetteer: Gazetteer, *, certain: bool) -> Decision:
    """`certain`: whoever found the name there took it for the gazetteer's; else a name that often means something else stays its own."""
    entry = gazetteer.lookup(text, kind)
    if entry is not None and (certain or not _ambiguous(entry, text)):
        return Decision(entry.id, f"gazetteer: {text!r} names {entry.id} ({entry.name})")
    key = entity_key(text, kind)
    if is_surname_only(text, kind):
        return Decision(key, f"surname only: {text!r} is never completed in this document", surname_only=True)
    return Decision(key, f"name: {text!r}")


def _ambiguous(entry: Entry, text: str) -> bool:
    plain = text.casefold().removeprefix("the ")
    return any(alias.ambiguous and alias.text.casefold() == plain for alias in entry.aliases)


def entity_of(entity_id: str, names: Names, gazetteer: Gazetteer, corrections: Corrections) -> Entity:
    """The entity with this id that was called so: a person tells its name, else its gazetteer entry, else its most frequent form."""
    entry = gazetteer.entries.get(entity_id)
    found = entry.name if entry else names.best()
    said = corrections.names.get(entity_id)
    name = said.subjects[1] if said else found
    return Entity(
        id=entity_id,
        name=name,
        kind=entry.kind if entry else names.kind,
        aliases=tuple(sorted({*names.texts, found} - {name} if said else names.texts - {name})),
        wikidata=entry.wikidata if entry else None,
    )


def _collect(reading: Reading, who: _Who, tables: dict[str, Names]) -> None:
    for mention in reading.mentions:
        if len(mention.refers_to) > 1:
            continue
        naming = _naming(reading, mention.span)
        entity_id = who(naming).entity_id
        names = tables.setdefault(entity_id, Names(naming.kind))
        if not mention.refers_to:
            names.add(mention.text)
        elif mention.reason.startswith(NAME_LIKE):
            names.also(mention.text)


def resolve(readings: Iterable[Reading], gazetteer: Gazetteer, judgements: Iterable[Judgement] | Corrections = ()) -> Identities:
    """The entities that these readings name; each reading is looked at once and then let go. People's `judgements` win.

    An entity is called what its gazetteer entry says, else its most frequent full form without titles; the other texts that named it are
    its aliases, pronouns and descriptions are not.
    """
    corrections = judgements if isinstance(judgements, Corrections) else corrections_of(judgements, gazetteer.entries.keys())
    who = _Who(gazetteer, corrections)
    tables: dict[str, Names] = {}
    for reading in readings:
        _collect(reading, who, tables)
    entities = {entity_id: entity_of(entity_id, tables[entity_id], gazetteer, corrections) for entity_id in sorted(tables)}
    return Identities(entities=entities, gazetteer=gazetteer, corrections=corrections, _who=who)
