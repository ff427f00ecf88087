"""kg eval events: records of event data, in two formats.

GSR: gold standard records with the actors' words marked (PLOVER). UNIT: the test suite of PETRARCH2, which names actors by code (CAMEO).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import pycountry

from kg.evaluation.acts import ActAnswer, act_between
from kg.evaluation.gold import GoldRow, Line, Prediction, Stretch
from kg.evaluation.plover import OlderType, PloverType, current, quad_of, quad_of_cameo, type_of
from kg.evaluation.task import Figures, Judged, Miss, Task
from kg.language import Parsed
from kg.model import Entity
from kg.pipeline.extractor import Extractor
from kg.resolve import resolve


class RecordActor(Line):
    """An actor of a record; `span` is null where its words do not stand in the text."""

    id: str = ""
    span: Stretch | None


class Record(GoldRow):
    """A sentence and its one event: its type (`event`), who acts and towards whom."""

    event: PloverType | OlderType
    source: list[RecordActor]
    target: list[RecordActor]


@dataclass(frozen=True, slots=True)
class Found:
    """Whether anything was found, and whether type and quad are right."""

    answered: bool
    quad: bool
    type: bool = False


def without_a_pair(row: Record) -> str | None:
    """Why the pair of a record cannot be handed over."""
    if not row.source or not row.target:
        return "no source or no target"
    if len(row.source) > 1 or len(row.target) > 1:
        return "several actors"
    return "an actor's words are not in the text" if row.source[0].span is None or row.target[0].span is None else None


def answer_record(extractor: Extractor, row: Record, parsed: Parsed) -> ActAnswer:
    """The act between source and target."""
    spans = [actor.span.span for actor in (*row.source, *row.target) if actor.span]
    if without_a_pair(row):
        return ActAnswer(id=row.id)
    return act_between(extractor, parsed, row.id, *spans)


def judge_record(row: Record, given: ActAnswer | None) -> Judged[Found]:
    """Type and quad, right or not."""
    kind = current(row.event)
    found = given.relation if given else None
    outcome = Found(found is not None, bool(given and given.quad == quad_of(kind)), found == kind)
    if outcome.type:
        return Judged(outcome)
    cause = "no claim" if found is None else "wrong type" if outcome.quad else "wrong quad"
    return Judged(outcome, (Miss(cause, row.text, kind, found or "nothing"),))


def _share(outcomes: Iterable[Found], name: Literal["answered", "quad", "type"]) -> float:
    values: list[bool] = [getattr(one, name) for one in outcomes]
    return sum(values) / max(1, len(values))


def figures_of_records(outcomes: Sequence[Found]) -> Figures:
    """The shares of records whose type and quad are right."""
    answered = [one for one in outcomes if one.answered]
    return {
        "type": _share(outcomes, "type"),
        "quad": _share(outcomes, "quad"),
        "answered": _share(outcomes, "answered"),
        "precision_answered": _share(answered, "type"),
    }


class UnitRow(GoldRow):
    """A sentence and the events that it codes to: source, target and CAMEO code."""

    events: list[tuple[str | None, str | None, str | None]]


class UnitEvent(Line):
    """One claim as an event: countries by ISO 3166 alpha-3 code, and its quad."""

    id: str = ""
    source: str
    target: str
    quad: int


class UnitAnswer(Prediction):
    """The claims of a sentence that have two countries, as events."""

    events: list[UnitEvent]


def _country(code: str | None) -> str | None:
    """The country of an actor's code: "USAGOV" gives "USA"; None for one that is invented or no country."""
    known = pycountry.countries.get(alpha_3=code[:3]) if code else None
    return known.alpha_3 if known else None


def not_of_this_world(row: UnitRow) -> str | None:
    """Why a row of the suite cannot be asked of a system that knows real actors and CAMEO's roots only."""
    if not row.events:
        return "no event expected"
    if not all(_country(source) and _country(target) for source, target, _ in row.events):
        return "an actor that is invented, missing or of no country"
    return "a code outside 01 to 20" if not all(quad_of_cameo(code or "") for _, _, code in row.events) else None


def answer_unit(extractor: Extractor, row: UnitRow, parsed: Parsed) -> UnitAnswer:
    """All claims of the sentence between actors of countries."""
    reading = extractor.read(parsed)
    identities = resolve([reading], extractor.gazetteer)
    events = []
    for claim in reading.claims:
        kind = type_of(claim)
        if kind is None or claim.target is None:
            continue
        ends = [_home(extractor, identities.entity(reading, role.naming)) for role in (claim.source, claim.target)]
        if all(ends):
            events.append(UnitEvent(source=ends[0] or "", target=ends[1] or "", quad=quad_of(kind)))
    return UnitAnswer(id=row.id, events=events)


def _home(extractor: Extractor, entity: Entity) -> str | None:
    """The alpha-3 code of a country, or of the country that an organ of it is part of."""
    entry = extractor.gazetteer.entries.get(entity.id)
    place = entry.part_of if entry and entry.kind != "country" and entry.part_of else entity.id
    known = pycountry.countries.get(alpha_2=place.removeprefix("country:")) if place.startswith("country:") else None
    return known.alpha_3 if known else None


def judge_unit(row: UnitRow, given: UnitAnswer | None) -> Judged[Found]:
    """Whether every expected event is among those found, by its countries and quad."""
    events = given.events if given else []
    found = {(event.source, event.target, event.quad) for event in events}
    wanted = {(_country(source), _country(target), quad_of_cameo(code or "")) for source, target, code in row.events}
    outcome = Found(bool(events), wanted <= found)
    if outcome.quad:
        return Judged(outcome)
    return Judged(outcome, (Miss("wrong event" if events else "no claim", row.text, _written(wanted), _written(found)),))


def _written(events: Iterable[tuple[str | None, str | None, int | None]]) -> str:
    return ", ".join(sorted(f"{source} -> {target}: quad {quad}" for source, target, quad in events)) or "nothing"


def figures_of_units(outcomes: Sequence[Found]) -> Figures:
    """The share of sentences whose expected events are all found, by quad."""
    answered = [one for one in outcomes if one.answered]
    return {"quad": _share(outcomes, "quad"), "answered": _share(outcomes, "answered"), "precision_answered": _share(answered, "quad")}


GSR = Task("events", "event", Record, ActAnswer, answer_record, judge_record, figures_of_records, main="type", skip=without_a_pair)
UNIT = Task("events", "events", UnitRow, UnitAnswer, answer_unit, judge_unit, figures_of_units, main="quad", skip=not_of_this_world)
