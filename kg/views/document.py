"""One document as a page shows it: its text with actors and cues marked, its claims beside it. Nothing here knows HTML.

Offsets count characters; the text is cut here, so that a browser, which counts otherwise, needs none.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Actor, Document, Graph, Kind, ResolvedClaim
from kg.ontology import Ontology
from kg.views.cards import Card, Origin, Others, Piece, card, origin, pieces
from kg.views.page import line_ids
from kg.views.text import shown

type Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of a document, and the entity that it names or stands for; of several, one for each."""

    start: int
    end: int
    entity_id: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity of the document. `claims`: those here that are about it; `said`: those that it makes."""

    id: str
    name: str
    kind: Kind
    claims: int
    said: int


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document, whole. `pieces` are marked "m3" (mention 3), "c5" (the cue of claim 5), "s5" (its evidence).

    `mentions`: the numbers of the entities that each stands for; `roles`: by claim, (role, mention). Of the cards the first `claims` are of
    this document; the others contradict one of them, and stand in `documents` behind this one, of which `texts` are the ids.
    """

    title: str
    pieces: tuple[Piece, ...]
    entities: tuple[Entry, ...]
    mentions: tuple[tuple[int, ...], ...]
    roles: tuple[tuple[tuple[str, int], ...], ...]
    cards: tuple[Card, ...]
    claims: int
    documents: tuple[Origin, ...]
    texts: tuple[str, ...]
    lines: Mapping[str, str]


def _roles(one: ResolvedClaim) -> list[tuple[str, Actor]]:
    named = ("source", "target", "claimer", "against", "about", "on_behalf_of")
    single = [(name, getattr(one, name)) for name in named]
    return [(name, actor) for name, actor in (*single, *(("via", actor) for actor in one.via)) if actor]


def _own(graph: Graph, document: Document) -> list[ResolvedClaim]:
    """Its claims, in the order of the text."""
    mine = [one for one in graph.claims if one.claim.document_id == document.id]
    return sorted(mine, key=lambda one: (one.claim.evidence.cue_start, one.claim.evidence.cue_end, one.claim.id))


def _against(graph: Graph, mine: Sequence[ResolvedClaim], others: Others) -> list[ResolvedClaim]:
    """The claims of other documents that contradict one of these."""
    here = {one.claim.id for one in mine}
    wanted = {claim_id for one in here for claim_id in others.contradicting.get(one, ())} - here
    return sorted((one for one in graph.claims if one.claim.id in wanted), key=lambda one: one.claim.id)


def _places(mine: Sequence[ResolvedClaim], named: Iterable[Named], length: int) -> dict[Place, list[str]]:
    """The entities of each mention, by its place, in the order of the text; those of claims are known in any case."""
    places: dict[Place, dict[str, None]] = {}
    for one in mine:
        for _, actor in _roles(one):
            places.setdefault((actor.start_char, actor.end_char), {})[actor.id] = None
    for each in named:
        places.setdefault((each.start, each.end), {})[each.entity_id] = None
    return {place: sorted(places[place]) for place in sorted(places) if 0 <= place[0] < place[1] <= length}


def _marks(mine: Sequence[ResolvedClaim], places: Iterable[Place]) -> list[tuple[int, int, str]]:
    marks = [(start, end, f"m{number}") for number, (start, end) in enumerate(places)]
    for number, one in enumerate(mine):
        evidence = one.claim.evidence
        marks.append((evidence.cue_start, evidence.cue_end, f"c{number}"))
        spans = {(evidence.start_char, evidence.end_char), *((span.start, span.end) for span in evidence.context)}
        marks += [(start, end, f"s{number}") for start, end in sorted(spans)]
    return marks


def _cut(text: str, marks: Sequence[tuple[int, int, str]]) -> tuple[Piece, ...]:
    """`pieces` of a whole text, in one sweep, however many marks it has."""
    starts: dict[int, list[str]] = {}
    ends: dict[int, list[str]] = {}
    for start, end, what in marks:
        if start < end:
            starts.setdefault(start, []).append(what)
            ends.setdefault(end, []).append(what)
    open_: Counter[str] = Counter()
    cut: list[Piece] = []
    last = 0
    for at in sorted({*starts, *ends, len(text)}):
        if at > last:
            (piece,) = pieces(text, last, at, [(last, at, what) for what in +open_])
            cut.append(piece)
        open_.subtract(ends.get(at, ()))
        open_.update(starts.get(at, ()))
        last = at
    return tuple(cut)


def _known(graph: Graph, mine: Sequence[ResolvedClaim]) -> dict[str, tuple[str, Kind]]:
    """Name and kind of every entity that can be marked."""
    known = {actor.id: (actor.name, actor.kind) for one in mine for _, actor in _roles(one)}
    return known | {entity.id: (entity.name, entity.kind) for entity in graph.entities}


def _entries(known: Mapping[str, tuple[str, Kind]], ids: Iterable[str], mine: Sequence[ResolvedClaim]) -> tuple[Entry, ...]:
    about = Counter(end for one in mine for end in {one.source.id, one.target.id if one.target else one.source.id})
    said = Counter(one.claimer.id for one in mine if one.claimer)
    return tuple(Entry(one, shown(known[one][0]), known[one][1], about[one], said[one]) for one in ids)


def _cards(graph: Graph, claims: Sequence[ResolvedClaim], used: Sequence[str], ontology: Ontology, others: Others) -> tuple[Card, ...]:
    texts = {one.id: one for one in graph.documents}
    symmetric = {name for name, relation in ontology.relations.items() if relation.symmetric}
    return tuple(
        card(
            one,
            texts[one.claim.document_id],
            used.index(one.claim.document_id),
            symmetric=one.claim.relation in symmetric,
            others=others,
        )
        for one in claims
    )


def make_document_page(graph: Graph, ontology: Ontology, document: Document, named: Iterable[Named] = ()) -> DocumentPage:
    """What is shown of a document of the graph; `named`: its mentions, where more is known of it than its claims."""
    others = Others.of(graph.links)
    mine = _own(graph, document)
    against = _against(graph, mine, others)
    known = _known(graph, mine)
    places = _places(mine, (each for each in named if each.entity_id in known), len(document.text))
    ids = list(dict.fromkeys(entity for found in places.values() for entity in found))
    number = {entity: place for place, entity in enumerate(ids)}
    used = list(dict.fromkeys([document.id, *(one.claim.document_id for one in against)]))
    cards = _cards(graph, [*mine, *against], used, ontology, others)
    at = {place: each for each, place in enumerate(places)}
    texts = {one.id: one for one in graph.documents}
    return DocumentPage(
        title=origin(document).title,
        pieces=_cut(document.text, _marks(mine, places)),
        entities=_entries(known, ids, mine),
        mentions=tuple(tuple(number[entity] for entity in found) for found in places.values()),
        roles=tuple(_numbered(one, at) for one in mine),
        cards=cards,
        claims=len(mine),
        documents=tuple(origin(texts[one]) for one in used),
        texts=tuple(used),
        lines=line_ids(cards[: len(mine)]),
    )


def _numbered(one: ResolvedClaim, at: Mapping[Place, int]) -> tuple[tuple[str, int], ...]:
    places = [(role, (actor.start_char, actor.end_char)) for role, actor in _roles(one)]
    return tuple((role, at[place]) for role, place in places if place in at)
