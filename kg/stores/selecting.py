"""The stored graph as values: all of it, or the part that is asked for."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kg.assemble import claim_row, edges_of, links_of
from kg.errors import NotFoundError, StoreError, did_you_mean
from kg.model import ROLE_NAMES, Actor, Document, Edge, Entity, Graph, Link, ResolvedClaim
from kg.model.cypher_form import LINK_TYPES, edge_from_cypher, entity_from_cypher
from kg.ontology import Ontology
from kg.stores.bolt import Bolt
from kg.stores.fetching import document_ids, stored

_ENTITIES = "MATCH (e:Entity) WHERE (e)<-[:MENTIONS]-(:Document) RETURN properties(e)"
_EDGES = "MATCH (s:Entity)-[x]->(t:Entity) WHERE x.edge_key IS NOT NULL RETURN s.id, type(x), t.id, properties(x)"
_LINKS = "MATCH (a:Claim)-[l:TYPE]->(b:Claim) RETURN a.id, b.id, l.rule"
_CALLED = """
MATCH (e:Entity) WHERE e.id = $name OR toLower(e.name) = toLower($name) OR any(alias IN e.aliases WHERE toLower(alias) = toLower($name))
RETURN properties(e)
"""
_NAMES = "MATCH (e:Entity) WHERE e.name IS NOT NULL RETURN DISTINCT e.name ORDER BY e.name LIMIT 50000"
_NEAR = "UNWIND $ids AS id MATCH (:Entity {id: id})-[x]-(o:Entity) WHERE x.edge_key IS NOT NULL RETURN DISTINCT o.id"
_CLAIMS = """
MATCH (c:Claim)-[:FROM_DOC]->(d:Document) WHERE c.confidence >= $least
AND ($since IS NULL OR coalesce(c.event_end, c.event_start, c.claimed) >= $since)
AND ($until IS NULL OR coalesce(c.event_start, c.event_end, c.claimed) <= $until)
RETURN d.id, c.id
"""


@dataclass(frozen=True, slots=True)
class Part:
    """What part of the graph is asked for; by default all of it."""

    around: str | None = None
    hops: int = 1
    top: int | None = None
    since: str | None = None
    until: str | None = None
    min_confidence: float | None = None

    @property
    def is_whole(self) -> bool:
        return self == Part(hops=self.hops)


def graph_of(bolt: Bolt, ontology: Ontology, part: Part) -> Graph:
    """The stored graph, or a part of it with the edges and links that the claims of this part make.

    Raises:
        NotFoundError: nobody is called `part.around`.
        StoreError: a date that is none.
    """
    if part.is_whole:
        documents, claims = _claims(bolt, ontology, document_ids(bolt), None)
        return _graph(documents, _entities(bolt), claims, _edges(bolt), _links(bolt))
    wanted: dict[str, set[str]] = {}
    for document_id, claim_id in bolt.stream(_CLAIMS, least=part.min_confidence or 0.0, since=_day(part.since), until=_day(part.until)):
        wanted.setdefault(document_id, set()).add(claim_id)
    documents, claims = _claims(bolt, ontology, sorted(wanted), set().union(*wanted.values()))
    return _part(bolt, ontology, part, documents, claims)


def _part(bolt: Bolt, ontology: Ontology, part: Part, documents: dict[str, Document], claims: list[ResolvedClaim]) -> Graph:
    if part.around is not None:
        claims = _between(claims, _neighbourhood(bolt, part.around, part.hops))
    if part.top is not None:
        claims = _between(claims, _busiest(claims, part.top))
    named = {actor.id for claim in claims for actor in _actors(claim)}
    used = {claim.claim.document_id for claim in claims}
    rows = [row for one in claims if (row := claim_row(one, documents[one.claim.document_id], ontology))]
    return _graph(
        {document_id: documents[document_id] for document_id in used},
        [entity for entity in _entities(bolt) if entity.id in named],
        claims,
        edges_of(rows),
        links_of(rows),
    )


def _graph(
    documents: dict[str, Document],
    entities: Iterable[Entity],
    claims: Iterable[ResolvedClaim],
    edges: Iterable[Edge],
    links: Iterable[Link],
) -> Graph:
    return Graph(
        documents=tuple(documents[key] for key in sorted(documents)),
        entities=tuple(sorted(entities, key=lambda entity: entity.id)),
        claims=tuple(sorted(claims, key=lambda one: one.claim.id)),
        edges=tuple(sorted(edges, key=lambda edge: edge.key)),
        links=tuple(sorted(links, key=lambda link: (link.kind, link.first_id, link.second_id, link.rule))),
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError as error:
        raise StoreError(f"{text!r} is not a date (expected YYYY-MM-DD)") from error


def _claims(bolt: Bolt, ontology: Ontology, ids: Iterable[str], wanted: set[str] | None) -> tuple[dict[str, Document], list[ResolvedClaim]]:
    documents: dict[str, Document] = {}
    claims: list[ResolvedClaim] = []
    for one in stored(bolt, ids):
        documents[one.reading.document.id] = one.reading.document
        claims += [claim for claim in one.resolved(ontology) if wanted is None or claim.claim.id in wanted]
    return documents, claims


def _entities(bolt: Bolt) -> list[Entity]:
    return [entity_from_cypher(properties) for (properties,) in bolt.read(_ENTITIES)]


def _edges(bolt: Bolt) -> list[Edge]:
    return [edge_from_cypher(*row) for row in bolt.read(_EDGES)]


def _links(bolt: Bolt) -> Iterator[Link]:
    for kind in LINK_TYPES:
        for first, second, rule in bolt.read(_LINKS.replace("TYPE", kind)):
            yield Link(kind, first, second, rule)


def _actors(one: ResolvedClaim) -> Iterator[Actor]:
    """Everyone who has a role in a claim."""
    yield from (actor for name in ROLE_NAMES if (actor := getattr(one, name)) is not None)
    yield from one.via


def _neighbourhood(bolt: Bolt, name: str, hops: int) -> set[str]:
    """The entities of this name, and those at most so many edges from them."""
    found = {entity.id for entity in _all_called(bolt, name)}
    edge = found
    for _ in range(hops):
        edge = {row[0] for row in bolt.read(_NEAR, ids=sorted(edge))} - found
        found |= edge
    return found


def _all_called(bolt: Bolt, name: str) -> list[Entity]:
    found = [entity_from_cypher(row[0]) for row in bolt.read(_CALLED, name=name)]
    if not found:
        raise NotFoundError(f"nobody here is called {name!r}{did_you_mean(name, (row[0] for row in bolt.read(_NAMES)))}")
    return sorted(found, key=lambda entity: entity.id)


def called(bolt: Bolt, name: str) -> list[Entity]:
    """The entities with this id, else of this name, else with this alias.

    Raises:
        NotFoundError: nobody is called so; it tells who is called nearly so.
    """
    found = _all_called(bolt, name)
    by_id = [one for one in found if one.id == name]
    by_name = [one for one in found if one.name.lower() == name.lower()]
    return by_id or by_name or found


def _between(claims: Iterable[ResolvedClaim], entities: set[str]) -> list[ResolvedClaim]:
    """The claims of which source and target, where there is one, are of these."""
    return [one for one in claims if one.source.id in entities and (one.target is None or one.target.id in entities)]


def _busiest(claims: Iterable[ResolvedClaim], top: int) -> set[str]:
    """The entities that are source or target of most claims."""
    counts = Counter(actor.id for one in claims for actor in (one.source, one.target) if actor is not None)
    return set(sorted(counts, key=lambda entity_id: (-counts[entity_id], entity_id))[:top])
