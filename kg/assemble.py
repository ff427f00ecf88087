"""Readings and identities become a Graph: claims with names, edges as a group-by over claims, links between claims.

Claims are never merged: an edge only counts them, and two claims that contradict each other stand side by side with a link.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Actor, Claim, Document, Edge, Graph, Link, ModalityClass, Period, Reading, ResolvedClaim, Role, edge_key
from kg.ontology import Ontology
from kg.resolve import Identities

SAMPLE = 100
LINKS_PER_CLAIM = 5


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """What edges and links need of a claim: a flat row, as a store would hold it.

    `first` and `last`: of the event, else the day it was claimed; `claimer`: the id of the claimer, else the words for an unnamed one.
    """

    claim_id: str
    source_id: str
    relation: str
    target_id: str
    modality_class: ModalityClass
    polarity: int
    first: str | None
    last: str | None
    confidence: float
    content_hash: str
    outlet: str | None
    claimer: str | None

    @property
    def order(self) -> tuple[str, str]:
        return (self.first or "9999", self.claim_id)

    @property
    def voice(self) -> tuple[str, str | None]:
        """Who says so and where: a copy of the text by the same claimer is no second voice."""
        return (self.content_hash, self.claimer)


def _actor(reading: Reading, role: Role, identities: Identities) -> Actor:
    entity = identities.entity(reading, role.naming)
    decision = identities.decide(reading, role.naming)
    span = role.mention
    reason = role.reason or reading.mention_at[span].reason
    if decision.surname_only:
        reason = f"{reason}; surname only"
    return Actor(
        id=entity.id,
        name=entity.name,
        kind=entity.kind,
        mention=reading.document.text[span.start : span.end],
        start_char=span.start,
        end_char=span.end,
        reason=reason,
    )


def edge_ends(source_id: str, target_id: str, relation: str, ontology: Ontology) -> tuple[str, str]:
    """Source and target of the edge: sorted where the relation is symmetric."""
    if ontology.relations[relation].symmetric and target_id < source_id:
        return target_id, source_id
    return source_id, target_id


def _key(claim: Claim, source: Actor, target: Actor | None, ontology: Ontology) -> str | None:
    """The edge a claim belongs to; none without a target, and none from an actor to itself."""
    if target is None or source.id == target.id:
        return None
    source_id, target_id = edge_ends(source.id, target.id, claim.relation, ontology)
    return edge_key(source_id, claim.relation, target_id, claim.modality_class, claim.polarity)


def resolve_claim(reading: Reading, claim: Claim, identities: Identities, ontology: Ontology) -> ResolvedClaim:
    """A claim with the entity of each of its roles, its label and the key of its edge; one that a person rejected is in no edge."""

    def actor(role: Role | None) -> Actor | None:
        return _actor(reading, role, identities) if role else None

    source, target = _actor(reading, claim.source, identities), actor(claim.target)
    return ResolvedClaim(
        claim=claim,
        label=ontology.label(claim.relation, claim.modality, claim.value),
        edge_key=None if claim.id in identities.corrections.rejected else _key(claim, source, target, ontology),
        source=source,
        target=target,
        claimer=actor(claim.claimer),
        against=actor(claim.against),
        about=actor(claim.about),
        on_behalf_of=actor(claim.on_behalf_of),
        via=tuple(_actor(reading, role, identities) for role in claim.via),
    )


def resolved_claims(readings: Iterable[Reading], identities: Identities, ontology: Ontology) -> Iterator[tuple[ResolvedClaim, Document]]:
    """The claims of a stream of readings with their names, each with its document, in the order of the readings."""
    for reading in readings:
        for claim in reading.claims:
            yield resolve_claim(reading, claim, identities, ontology), reading.document


def first_day(event: Period, claimed: str | None) -> str | None:
    """When what is claimed began; where the text does not tell, the day it was claimed."""
    return event.start or event.end or claimed


def last_day(event: Period, claimed: str | None) -> str | None:
    """When what is claimed ended; where the text does not tell, the day it was claimed."""
    return event.end or event.start or claimed


def claim_row(resolved: ResolvedClaim, document: Document, ontology: Ontology) -> ClaimRow | None:
    """The row of a claim; None where it draws no edge."""
    claim = resolved.claim
    if resolved.edge_key is None or resolved.target is None:
        return None
    source_id, target_id = edge_ends(resolved.source.id, resolved.target.id, claim.relation, ontology)
    return ClaimRow(
        claim_id=claim.id,
        source_id=source_id,
        relation=claim.relation,
        target_id=target_id,
        modality_class=claim.modality_class,
        polarity=claim.polarity,
        first=first_day(claim.event, claim.claimed),
        last=last_day(claim.event, claim.claimed),
        confidence=claim.confidence,
        content_hash=document.content_hash,
        outlet=document.outlet,
        claimer=resolved.claimer.id if resolved.claimer else claim.claimer_text,
    )


def _grouped[K: Hashable](rows: Iterable[ClaimRow], key: Callable[[ClaimRow], K]) -> Mapping[K, list[ClaimRow]]:
    groups: dict[K, list[ClaimRow]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _edge_of(row: ClaimRow) -> tuple[str, str, str, ModalityClass, int]:
    return (row.source_id, row.relation, row.target_id, row.modality_class, row.polarity)


def _edge(key: tuple[str, str, str, ModalityClass, int], rows: Sequence[ClaimRow]) -> Edge:
    """One group: count, distinct, min and max, and the smallest ids; nothing another engine could not compute."""
    source_id, relation, target_id, modality_class, polarity = key
    return Edge(
        source_id=source_id,
        relation=relation,
        target_id=target_id,
        modality_class=modality_class,
        polarity=polarity,
        claims=len(rows),
        documents=len({row.content_hash for row in rows}),
        outlets=len({row.outlet for row in rows if row.outlet is not None}),
        first=min((row.first for row in rows if row.first), default=None),
        last=max((row.last for row in rows if row.last), default=None),
        confidence=max(row.confidence for row in rows),
        sample=tuple(sorted(row.claim_id for row in rows)[:SAMPLE]),
    )


def _link(kind: str, one: ClaimRow, other: ClaimRow, rule: str) -> Link:
    first, second = sorted((one.claim_id, other.claim_id))
    return Link(kind=kind, first_id=first, second_id=second, rule=rule)


def _contradictions(rows: Sequence[ClaimRow]) -> Iterator[Link]:
    """Each claim that is made as actual, against the first few that deny or doubt it, and the other way round."""
    actual = [row for row in rows if row.modality_class == "actual"]
    negative = [row for row in rows if row.modality_class == "negative"]
    for one_side, other_side in ((actual, negative), (negative, actual)):
        for one in one_side:
            for other in other_side[:LINKS_PER_CLAIM]:
                yield _link("CONTRADICTS", one, other, "actual against negative")


def _heads(rows: Sequence[ClaimRow]) -> list[ClaimRow]:
    """The first claims, a few of each voice: among them every claim finds its first few of other voices."""
    heads: list[ClaimRow] = []
    seen: dict[Hashable, int] = defaultdict(int)
    for row in rows:
        if seen[row.voice] < LINKS_PER_CLAIM:
            seen[row.voice] += 1
            heads.append(row)
        if len(heads) == 2 * LINKS_PER_CLAIM:
            break
    return heads


def _corroborations(rows: Sequence[ClaimRow]) -> Iterator[Link]:
    """Each claim, with the first few of the same class that another text or another claimer makes."""
    heads = _heads(rows)
    for one in rows:
        for other in [head for head in heads if head.voice != one.voice][:LINKS_PER_CLAIM]:
            rule = "another text" if one.content_hash != other.content_hash else "another claimer"
            yield _link("CORROBORATES", one, other, rule)


def edges_of(rows: Iterable[ClaimRow]) -> list[Edge]:
    """The edges that these claims make, by key."""
    edges = (_edge(key, group) for key, group in _grouped(rows, _edge_of).items())
    return sorted(edges, key=lambda edge: edge.key)


def links_of(rows: Iterable[ClaimRow]) -> list[Link]:
    """The links between these claims, sorted; linear in their number, however many a pair has."""
    return sorted(set(_links(rows)), key=lambda link: (link.kind, link.first_id, link.second_id, link.rule))


def _links(rows: Iterable[ClaimRow]) -> Iterator[Link]:
    for group in _grouped(rows, lambda row: (row.source_id, row.target_id, row.relation, row.polarity)).values():
        group.sort(key=lambda row: row.order)
        yield from _contradictions(group)
        for same_class in _grouped(group, lambda row: row.modality_class).values():
            yield from _corroborations(same_class)


def assemble(readings: Iterable[Reading], identities: Identities, ontology: Ontology) -> Graph:
    """The graph of these readings (one a document); in whatever order they come, the graph is the same.

    A claim of an actor about itself is kept but draws no edge. A claim that a person rejected is left out.
    """
    documents: dict[str, Document] = {}
    claims: dict[str, ResolvedClaim] = {}
    for reading in readings:
        documents[reading.document.id] = reading.document
        kept = (claim for claim in reading.claims if claim.id not in identities.corrections.rejected)
        claims |= {claim.id: resolve_claim(reading, claim, identities, ontology) for claim in kept}
    rows = [row for resolved in claims.values() if (row := claim_row(resolved, documents[resolved.claim.document_id], ontology))]
    return Graph(
        documents=tuple(documents[document_id] for document_id in sorted(documents)),
        entities=tuple(identities.entities[entity_id] for entity_id in sorted(identities.entities)),
        claims=tuple(claims[claim_id] for claim_id in sorted(claims)),
        edges=tuple(edges_of(rows)),
        links=tuple(links_of(rows)),
    )
