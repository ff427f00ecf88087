"""Faults of edges and links: each is compared with what the stored claims make."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import batched

from kg.assemble import edge_ends, edges_of, links_of
from kg.model import Edge, Link
from kg.model.cypher_form import LINK_TYPES, edge_from_cypher, edge_to_cypher
from kg.ontology import Ontology
from kg.stores.bolt import Bolt
from kg.stores.derived import Pair, portions

_AT_ONCE = 500

_PAIRS = """
MATCH (c:Claim) WHERE c.edge_key IS NOT NULL AND c.polarity IS NOT NULL MATCH (c)-[:SOURCE]->(s:Entity) MATCH (c)-[:TARGET]->(t:Entity)
RETURN DISTINCT s.id, c.relation, t.id, c.polarity
"""
_EDGES = """
UNWIND $pairs AS p MATCH (s:Entity {id: p[0]}) MATCH (t:Entity {id: p[1]}) MATCH (s)-[x]->(t) WHERE x.edge_key IS NOT NULL
RETURN s.id, type(x), t.id, properties(x)
"""
_ALL_EDGES = "MATCH (s:Entity)-[x]->(t:Entity) WHERE x.edge_key IS NOT NULL RETURN s.id, type(x), t.id, properties(x)"
_CLAIMED = "UNWIND $keys AS k MATCH (c:Claim {edge_key: k}) RETURN DISTINCT k"
_LINKS = "UNWIND $keys AS k MATCH (a:Claim {edge_key: k})-[l:TYPE]->(b:Claim) RETURN a.id, b.id, l.rule, a.edge_key, b.edge_key"
_STRAY = "MATCH (a:Claim)-[l:TYPE]->(b:Claim) WHERE a.edge_key IS NULL RETURN a.id, b.id"


def pair_faults(bolt: Bolt, ontology: Ontology) -> Iterator[str]:
    """Edges and links that are missing, too many or otherwise than the claims of their pair make them."""
    pairs = (_pair(row, ontology) for row in bolt.stream(_PAIRS) if row[1] in ontology.relations and row[0] != row[2])
    for found, told in portions(bolt.read, pairs):
        rows = [row for row in told if row.confidence is not None]  # type: ignore[redundant-expr]  # removed by hand
        yield from _edges(bolt, found, edges_of(rows))
        yield from _links(bolt, {key: pair for pair in found for key in pair.keys}, links_of(rows))


def _pair(row: Sequence[str | int], ontology: Ontology) -> Pair:
    source, relation, target, polarity = row
    ends = edge_ends(str(source), str(target), str(relation), ontology)
    return Pair(ends[0], str(relation), ends[1], int(polarity))


def _between(source: str, relation: str, target: str) -> str:
    return f"edge {source} {relation} {target}"


def _edges(bolt: Bolt, pairs: Iterable[Pair], expected: Iterable[Edge]) -> Iterator[str]:
    wanted = {edge.key: edge for edge in expected}
    keys = {key for pair in pairs for key in pair.keys}
    ends = sorted({(pair.source_id, pair.target_id) for pair in pairs})
    seen: Counter[str] = Counter()
    for source, relation, target, properties in bolt.read(_EDGES, pairs=[list(each) for each in ends]):
        key = properties["edge_key"]
        if key not in keys:
            continue
        seen[key] += 1
        where, edge = _between(source, relation, target), wanted.get(key)
        if seen[key] == 2:
            yield f"{where}: is there more than once ({key})"
        elif edge is not None and (source, relation, target) == (edge.source_id, edge.relation, edge.target_id):
            yield from (
                f"{where}: {name} is {properties.get(name)}, its claims make it {value}" for name, value in _unlike(edge, properties)
            )
    for key in sorted(wanted.keys() - seen.keys()):
        edge = wanted[key]
        yield f"{_between(edge.source_id, edge.relation, edge.target_id)}: is missing ({edge.claims} claims, {key})"


def _unlike(edge: Edge, stored: dict[str, object]) -> Iterator[tuple[str, object]]:
    expected = edge_to_cypher(edge)
    for name in sorted(expected.keys() | stored.keys()):
        if stored.get(name) != expected.get(name):
            yield name, expected.get(name)


def _links(bolt: Bolt, pair_of: Mapping[str, Pair], expected: Iterable[Link]) -> Iterator[str]:
    wanted = {(link.kind, link.first_id, link.second_id): link.rule for link in expected}
    seen: Counter[tuple[str, str, str]] = Counter()
    for kind in LINK_TYPES:
        for first, second, rule, one, other in bolt.read(_LINKS.replace("TYPE", kind), keys=list(pair_of)):
            link, where = (kind, first, second), f"link {first} {kind} {second}"
            seen[link] += 1
            if link not in wanted:
                yield f"{where}: {'the claims do not make it' if pair_of.get(other) == pair_of[one] else 'joins claims of two pairs'}"
            elif seen[link] == 2:
                yield f"{where}: is there more than once"
            elif rule != wanted[link]:
                yield f"{where}: its rule is {rule!r}, the claims make it {wanted[link]!r}"
    yield from (f"link {first} {kind} {second}: is missing" for kind, first, second in sorted(wanted.keys() - seen.keys()))


def edge_faults(bolt: Bolt) -> Iterator[str]:
    """Edges that rest on no claim, or whose key is not that of their ends."""
    for rows in batched(bolt.stream(_ALL_EDGES), _AT_ONCE):
        keys = sorted({properties["edge_key"] for *_, properties in rows})
        claimed = {row[0] for row in bolt.read(_CLAIMED, keys=keys)}
        for source, relation, target, properties in rows:
            where, key = _between(source, relation, target), properties["edge_key"]
            if key not in claimed:
                yield f"{where}: no claim is behind it ({key})"
            elif key != _key(source, relation, target, properties):
                yield f"{where}: its key {key} is that of another edge"


def _key(source: str, relation: str, target: str, properties: dict[str, object]) -> str | None:
    try:
        return edge_from_cypher(source, relation, target, properties).key
    except (KeyError, TypeError):
        return None


def stray_link_faults(bolt: Bolt) -> Iterator[str]:
    """Links from claims that are in no edge."""
    for kind in LINK_TYPES:
        for first, second in bolt.stream(_STRAY.replace("TYPE", kind)):
            yield f"link {first} {kind} {second}: {first} is in no edge"
