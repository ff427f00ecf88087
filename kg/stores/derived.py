"""What is derived from claims and mentions, and can be made again at any time: edges, links between claims, names of entities.

Every transaction that changes claims leaves a `:Pending` note for each pair and name that it touched. `rebuild` works the notes off, so a
write that was interrupted leaves nothing wrong for ever: the next one goes on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from typing import Any

from kg.assemble import ClaimRow, edges_of, first_day, last_day, links_of
from kg.gazetteer import Gazetteer
from kg.model import Edge, Kind, Link, ModalityClass, Period
from kg.model.cypher_form import LINK_TYPES, date_text, edge_to_cypher
from kg.resolve import NAME_LIKE, Corrections, Names, entity_of
from kg.stores.bolt import Bolt, Run
from kg.stores.pending import done
from kg.stores.rows import entity_properties, pair_keys
from kg.stores.schema import edge_type, one_writer
from kg.stores.sending import chunks

_AT_ONCE = 2_000
_MOST_CLAIMS = 20_000  # of pairs that are looked at together, but for the last of them
_FEW = 100

_PAIRS = "MATCH (p:Pending) WHERE p.relation IS NOT NULL RETURN p.id, p.source, p.relation, p.target, p.polarity LIMIT $n"
_NAMES = "MATCH (p:Pending) WHERE p.entity IS NOT NULL RETURN p.id, p.entity LIMIT $n"
_CLAIMS = """
UNWIND $keys AS k MATCH (c:Claim {edge_key: k})-[:FROM_DOC]->(d:Document) OPTIONAL MATCH (c)-[:CLAIMED_BY]->(e:Entity)
RETURN k, c.id, c.event_start, c.event_end, c.claimed, c.confidence, d.content_hash, d.outlet, coalesce(e.id, c.claimer_text)
"""
_DELETE_EDGES = """
UNWIND $rows AS r MATCH (s:Entity {id: r.source}) MATCH (t:Entity {id: r.target}) MATCH (s)-[x:TYPE]->(t)
WHERE x.edge_key IN r.keys DELETE x
"""
_EDGES = "UNWIND $rows AS r MATCH (s:Entity {id: r.source}) MATCH (t:Entity {id: r.target}) CREATE (s)-[x:TYPE]->(t) SET x += r.props"
_DELETE_LINKS = "UNWIND $keys AS k MATCH (c:Claim {edge_key: k})-[l:TYPE]->(:Claim) DELETE l"
_LINKS = "UNWIND $rows AS r MATCH (a:Claim {id: r.first}) MATCH (b:Claim {id: r.second}) CREATE (a)-[:TYPE {rule: r.rule}]->(b)"
_CALLED = """
UNWIND $ids AS id MATCH (e:Entity {id: id})<-[m:MENTIONS]-(:Document)
WITH e, m, coalesce(size(m.refers_to), 0) AS offsets
WITH e, m, CASE WHEN offsets = 0 THEN 'name' WHEN offsets = 2 AND (ALIKE) THEN 'alias' ELSE 'other' END AS how
RETURN e.id, e.kind, m.mention, how, count(*)
""".replace("ALIKE", " OR ".join(f"m.reason STARTS WITH '{word}'" for word in NAME_LIKE))
_RENAME = "UNWIND $rows AS r MATCH (e:Entity {id: r.id}) SET e.name = r.name, e.aliases = r.aliases, e.wikidata = r.wikidata"
_NOBODY = "UNWIND $ids AS id MATCH (e:Entity {id: id}) WHERE NOT (e)--() DELETE e"  # also when its name was looked at before its edges


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities, a relation and a sign: claims of it share edges, one a class, and links."""

    source_id: str
    relation: str
    target_id: str
    polarity: int

    @property
    def keys(self) -> dict[str, ModalityClass]:
        """The edges that it may have."""
        return pair_keys(self.source_id, self.relation, self.target_id, self.polarity)


def rebuild(bolt: Bolt, gazetteer: Gazetteer, corrections: Corrections) -> None:
    """Make edges, links and names again wherever a note asks for it; pairs first, so that entities that nothing holds can go."""
    while bolt.write(_pairs):
        pass
    while bolt.write(lambda run: _names(run, gazetteer, corrections)):
        pass


def rebuild_within(run: Run, gazetteer: Gazetteer, corrections: Corrections) -> None:
    """The same, within a transaction that is under way: for few notes only."""
    while _pairs(run):
        pass
    while _names(run, gazetteer, corrections):
        pass


def _pairs(run: Run) -> int:
    """Edges and links of some pairs; how many there were."""
    one_writer(run)
    notes = run(_PAIRS, n=_AT_ONCE)
    pairs, rows = next(portions(run, (Pair(*note[1:]) for note in notes)), ([], []))
    _put_edges(run, pairs, edges_of(rows))
    _put_links(run, [key for pair in pairs for key in pair.keys], links_of(rows))
    if gone := _ends(pairs) - _ends(rows):
        run(_NOBODY, ids=sorted(gone))
    done(run, notes[: len(pairs)])
    return len(pairs)


def portions(run: Run, pairs: Iterable[Pair]) -> Iterator[tuple[list[Pair], list[ClaimRow]]]:
    """Pairs with their claims, as many together, no two alike, as memory has room for, however much is claimed of some."""
    together: dict[Pair, None] = {}
    rows: list[ClaimRow] = []
    for some in batched(pairs, _FEW):
        new = dict.fromkeys(pair for pair in some if pair not in together)
        together |= new
        rows += claim_rows(run, new)
        if len(rows) >= _MOST_CLAIMS or len(together) >= _AT_ONCE:
            yield list(together), rows
            together, rows = {}, []
    if together:
        yield list(together), rows


def _ends(of: Iterable[Pair | ClaimRow]) -> set[str]:
    return {entity_id for one in of for entity_id in (one.source_id, one.target_id)}


def claim_rows(run: Run, pairs: Iterable[Pair]) -> Iterable[ClaimRow]:
    """The stored claims of some pairs."""
    of = {key: (pair, each) for pair in pairs for key, each in pair.keys.items()}
    for key, claim_id, start, end, claimed, confidence, content_hash, outlet, claimer in run(_CLAIMS, keys=sorted(of)) if of else ():
        pair, modality_class = of[key]
        event = Period(date_text(start), date_text(end))
        yield ClaimRow(
            claim_id=claim_id,
            source_id=pair.source_id,
            relation=pair.relation,
            target_id=pair.target_id,
            modality_class=modality_class,
            polarity=pair.polarity,
            first=first_day(event, date_text(claimed)),
            last=last_day(event, date_text(claimed)),
            confidence=confidence,
            content_hash=content_hash,
            outlet=outlet,
            claimer=claimer,
        )


def _put_edges(run: Run, pairs: Iterable[Pair], edges: Iterable[Edge]) -> None:
    """These edges, in the place of those that the pairs have."""
    old: dict[str, list[dict[str, Any]]] = defaultdict(list)
    new: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for pair in pairs:
        old[edge_type(pair.relation)].append({"source": pair.source_id, "target": pair.target_id, "keys": list(pair.keys)})
    for edge in edges:
        new[edge_type(edge.relation)].append({"source": edge.source_id, "target": edge.target_id, "props": edge_to_cypher(edge)})
    for statement, tables in ((_DELETE_EDGES, old), (_EDGES, new)):
        for relation, rows in sorted(tables.items()):
            for part in chunks(rows):
                run(statement.replace("TYPE", relation), rows=part)


def _put_links(run: Run, keys: list[str], links: Iterable[Link]) -> None:
    """These links, in the place of those between claims with these edge keys."""
    rows: dict[str, list[dict[str, Any]]] = {kind: [] for kind in LINK_TYPES}
    for link in links:
        rows[link.kind].append({"first": link.first_id, "second": link.second_id, "rule": link.rule})
    for kind in LINK_TYPES:
        if keys:
            run(_DELETE_LINKS.replace("TYPE", kind), keys=keys)
        for part in chunks(rows[kind]):
            run(_LINKS.replace("TYPE", kind), rows=part)


def _names(run: Run, gazetteer: Gazetteer, corrections: Corrections) -> int:
    """Names and aliases of some entities, from how often the stored documents call them so; how many there were."""
    one_writer(run)
    notes = run(_NAMES, n=_AT_ONCE)
    ids = [note[1] for note in notes]
    if ids:
        run(_RENAME, rows=[_renamed(*called, gazetteer, corrections) for called in called_of(run, ids).items()])
        run(_NOBODY, ids=ids)
    done(run, notes)
    return len(notes)


def called_of(run: Run, ids: list[str]) -> dict[tuple[str, Kind], Names]:
    """What some entities are called in the stored documents, by their id and kind."""
    tables: dict[tuple[str, Kind], Names] = {}
    for entity_id, kind, text, how, times in run(_CALLED, ids=ids):
        names = tables.setdefault((entity_id, kind), Names(kind))
        if how == "name":
            names.add(text, times)
        elif how == "alias":
            names.also(text)
    return tables


def _renamed(who: tuple[str, Kind], names: Names, gazetteer: Gazetteer, corrections: Corrections) -> dict[str, Any]:
    entity_id, _ = who
    absent: dict[str, Any] = {"aliases": [], "wikidata": None}
    return absent | entity_properties(entity_of(entity_id, names, gazetteer, corrections)) | {"id": entity_id}
