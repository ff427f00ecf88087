"""kg eval actors: who is named where, and whether it is a person, a group or a country.

The formats are those of CoNLL-2003 (Tjong Kim Sang and De Meulder 2003), CrossNER (Liu et al. 2021) and WNUT-17 (Derczynski et al. 2017),
with their labels written out; scored is what the shared task scores: names whose span and kind are exactly those of the gold data.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from kg.evaluation.gold import GoldRow, Prediction, Stretch
from kg.evaluation.hits import Hits, total
from kg.evaluation.known import entry_named
from kg.evaluation.task import Figures, Judged, Miss, Task
from kg.language import Parsed
from kg.mentions import Found
from kg.model import KINDS, Kind, Span
from kg.pipeline.extractor import Extractor

_KINDS: Mapping[str, Kind] = {
    "person": "person",
    "politician": "person",
    "organisation": "group",
    "politicalparty": "group",
    "corporation": "group",
    "group": "group",
    "country": "country",
}
_SPANS = "spans"


class GoldName(Stretch):
    """A name, and what it names."""

    type: Literal[
        "person",
        "politician",
        "organisation",
        "politicalparty",
        "corporation",
        "group",
        "country",
        "location",
        "election",
        "event",
        "product",
        "creative-work",
        "misc",
    ]


class ActorRow(GoldRow):
    """A text and the names in it."""

    entities: list[GoldName]


class FoundName(Stretch):
    """A name that was found, and the kind of actor it names."""

    kind: Kind


class ActorAnswer(Prediction):
    """The names of actors in a text."""

    entities: list[FoundName]


type Outcome = Mapping[str, Hits]  # by kind, and under "spans" whatever the kind


def answer(extractor: Extractor, row: ActorRow, parsed: Parsed) -> ActorAnswer:
    """The mentions that are names; surnames and abbreviations are, descriptions and pronouns are not."""
    names = [found for found in extractor.discourse(parsed).found.values() if _is_name(found)]
    made = [FoundName(start=one.span.start, end=one.span.end, text=one.text, kind=one.kind) for one in names if one.kind is not None]
    return ActorAnswer(id=row.id, entities=made)


def _is_name(found: Found) -> bool:
    """Whether it is written as a name ("Iraqi Parliament", not "Iraqi rebels"); a country's name is neither "Iraqi" nor "Baghdad"."""
    if found.form != "name" or found.last.text.islower():
        return False
    return found.kind != "country" or found.reason == "gazetteer alias"


def _gold(row: ActorRow) -> dict[Span, Kind]:
    """The names of actors; a location is one where it is the name of a country."""
    kinds = {name.span: _kind(name.type, row.text[name.start : name.end]) for name in row.entities}
    return {span: kind for span, kind in kinds.items() if kind is not None}


def _kind(label: str, text: str) -> Kind | None:
    if label == "location":
        entry = entry_named(text)
        return "country" if entry is not None and entry.kind == "country" else None
    return _KINDS.get(label)


def judge(row: ActorRow, given: ActorAnswer | None) -> Judged[Outcome]:
    """How many names there are, were found, and are right, of each kind and by their spans alone."""
    gold = _gold(row)
    found: dict[Span, Kind] = {one.span: one.kind for one in given.entities} if given else {}
    outcome = {kind: _hits(_of_kind(gold, kind), _of_kind(found, kind)) for kind in KINDS} | {_SPANS: _hits(set(gold), set(found))}
    return Judged(outcome, tuple(_misses(row.text, gold, found)))


def _of_kind(names: Mapping[Span, Kind], kind: Kind) -> set[Span]:
    return {span for span, one in names.items() if one == kind}


def _hits(gold: set[Span], found: set[Span]) -> Hits:
    return Hits(len(gold), len(found), len(gold & found))


def _misses(text: str, gold: Mapping[Span, Kind], found: Mapping[Span, Kind]) -> Iterator[Miss]:
    for span, kind in gold.items():
        if found.get(span) != kind:
            other = span if span in found else next((one for one in found if one.overlaps(span)), None)
            cause = "not found" if other is None else "wrong kind" if other == span else "wrong span"
            yield Miss(cause, text, _shown(text, span, gold), _shown(text, other, found))
    for span in found:
        if not any(span.overlaps(one) for one in gold):
            yield Miss("no name of an actor", text, "-", _shown(text, span, found))


def _shown(text: str, span: Span | None, kinds: Mapping[Span, Kind]) -> str:
    return f"{text[span.start : span.end]} ({kinds[span]})" if span else "-"


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Precision, recall and F1 of exact span and kind; F1 of the spans alone and of each kind."""
    kinds = {kind: total(one[kind] for one in outcomes) for kind in KINDS}
    every = total(kinds.values())
    return {
        "precision": every.precision,
        "recall": every.recall,
        "f1": every.f1,
        "f1_spans": total(one[_SPANS] for one in outcomes).f1,
        **{f"f1_{kind}": hits.f1 for kind, hits in kinds.items()},
        "names": every.gold,
    }


ACTORS = Task("actors", "entities", ActorRow, ActorAnswer, answer, judge, figures, main="f1")
