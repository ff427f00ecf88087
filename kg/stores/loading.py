"""Readings into the database: a stream, in transactions of a few documents each, each of which replaces what it must."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.gazetteer import Gazetteer
from kg.model import Document, Reading
from kg.model.cypher_form import KIND_LABELS, Properties, date_text
from kg.ontology import Ontology
from kg.resolve import Corrections
from kg.stores.bolt import Bolt, Run
from kg.stores.contract import OnWritten, Written
from kg.stores.rows import RowOut, Rows, chunks, document_properties, pair_keys, pending_name, pending_pair, rows_of
from kg.stores.schema import one_writer

_MOST_DOCUMENTS = 100
_MOST_WEIGHT = 4_000_000
_MOST_WARNINGS = 100
_TOLD = ("content_hash", "published", "path", "title", "url", "outlet", "language")

_STORED = f"""
UNWIND $ids AS id MATCH (d:Document {{id: id}})
RETURN d.id, d.extractor, {", ".join(f"d.{name}" for name in _TOLD)}
"""
_SAME_PATH = "UNWIND $rows AS r MATCH (d:Document {path: r.path}) WHERE d.url IS NULL AND d.id <> r.id RETURN DISTINCT d.id"
_OLD_PAIRS = """
UNWIND $ids AS id MATCH (:Document {id: id})<-[:FROM_DOC]-(c:Claim) WHERE c.edge_key IS NOT NULL
MATCH (c)-[:SOURCE]->(s:Entity) MATCH (c)-[:TARGET]->(t:Entity)
RETURN DISTINCT s.id, c.relation, t.id, c.polarity
"""
_OLD_NAMES = "UNWIND $ids AS id MATCH (:Document {id: id})-[:MENTIONS]->(e:Entity) RETURN DISTINCT e.id"
_DELETE_CLAIMS = "UNWIND $ids AS id MATCH (:Document {id: id})<-[:FROM_DOC]-(c:Claim) DETACH DELETE c"
_DELETE_MENTIONS = "UNWIND $ids AS id MATCH (:Document {id: id})-[m:MENTIONS]->(:Entity) DELETE m"
_DELETE_DOCUMENTS = "UNWIND $ids AS id MATCH (d:Document {id: id}) DETACH DELETE d"
_DOCUMENTS = "UNWIND $rows AS r CREATE (d:Document {id: r.id}) SET d += r.props"
_ENTITIES = "UNWIND $rows AS r MERGE (e:Entity:LABEL {id: r.id}) ON CREATE SET e += r.props"
_MENTIONS = (
    "UNWIND $rows AS r MATCH (d:Document {id: r.document}) MATCH (e:Entity {id: r.entity}) CREATE (d)-[m:MENTIONS]->(e) SET m += r.props"
)
_CLAIMS = "UNWIND $rows AS r MATCH (d:Document {id: r.document}) CREATE (c:Claim {id: r.id}) SET c += r.props CREATE (c)-[:FROM_DOC]->(d)"
_ROLES = "UNWIND $rows AS r MATCH (c:Claim {id: r.claim}) MATCH (e:Entity {id: r.entity}) CREATE (c)-[x:TYPE]->(e) SET x += r.props"
_PENDING = "UNWIND $rows AS r MERGE (p:Pending {id: r.id}) ON CREATE SET p += r.props"
_HAD_CLAIMS = "UNWIND $rows AS r UNWIND r.keys AS k MATCH (c:Claim {edge_key: k}) RETURN DISTINCT r.id"


@dataclass(frozen=True, slots=True)
class _Copy:
    """What is known of a stored document, and what decides between it and another copy of it."""

    extractor: str
    told: tuple[str | None, ...]

    @classmethod
    def of(cls, properties: Properties) -> "_Copy":
        """The copy that would be stored as these properties."""
        return cls(properties["extractor"], tuple(date_text(properties.get(name)) for name in _TOLD))

    @property
    def path(self) -> str | None:
        return self.told[_TOLD.index("path")]

    @property
    def published(self) -> str:
        return self.told[_TOLD.index("published")] or ""

    @property
    def order(self) -> tuple[object, ...]:
        """As in a batch: of copies of one day the smallest content hash is kept, then the smallest path, then the first of the alphabet."""
        return (self.told[0], self.path is None, self.path or "", *(value or "" for value in self.told))

    def gives_way_to(self, new: "_Copy") -> bool:
        """Whether the new copy is to be stored: an edited file, a later version, a better copy of the same, another extractor's reading."""
        if self.told == new.told:
            return self.extractor != new.extractor
        if self.path is not None and self.path == new.path:
            return True
        if self.published != new.published:
            return new.published > self.published
        return new.order < self.order


def _stored(run: Callable[..., list[list[object]]], ids: Sequence[str]) -> dict[str, _Copy]:
    rows = run(_STORED, ids=list(ids))
    return {str(row[0]): _Copy(str(row[1]), tuple(date_text(value) for value in row[2:])) for row in rows}  # type: ignore[arg-type]


def known(bolt: Bolt, documents: Sequence[Document], extractor: str) -> Iterator[str]:
    """The ids of the documents that a write would skip."""
    stored = _stored(bolt.read, [document.id for document in documents])
    for document in documents:
        old = stored.get(document.id)
        if old is not None and not old.gives_way_to(_Copy.of(document_properties(document, extractor))):
            yield document.id


@dataclass
class _Part:
    """Documents that are written in one transaction."""

    readings: list[tuple[Reading, Rows]]
    weight: int = 0

    def takes(self, reading: Reading, weight: int) -> bool:
        """Whether one more fits in; never two that might replace each other."""
        ids, paths = {one.document.id for one, _ in self.readings}, {one.document.path for one, _ in self.readings} - {None}
        apart = reading.document.id not in ids and reading.document.path not in paths
        return apart and len(self.readings) < _MOST_DOCUMENTS and self.weight + weight <= _MOST_WEIGHT


def _parts(readings: Iterable[Reading], gazetteer: Gazetteer, ontology: Ontology, corrections: Corrections) -> Iterator[_Part]:
    part = _Part([])
    for reading in readings:
        rows = rows_of(reading, gazetteer, ontology, corrections)
        weight = rows.weight
        if part.readings and not part.takes(reading, weight):
            yield part
            part = _Part([])
        part.readings.append((reading, rows))
        part.weight += weight
    if part.readings:
        yield part


def load(
    bolt: Bolt,
    readings: Iterable[Reading],
    gazetteer: Gazetteer,
    ontology: Ontology,
    corrections: Corrections,
    on_progress: OnWritten | None,
) -> Written:
    """Write a stream of readings; edges and names are left to `kg.stores.derived`, with a note of each that is to be made again."""
    written = Written()
    for part in _parts(readings, gazetteer, ontology, corrections):
        more = bolt.write(lambda run, part=part: _write(run, part))  # type: ignore[misc]  # bound at once
        written = Written(
            documents=written.documents + more.documents,
            skipped=written.skipped + more.skipped,
            replaced=written.replaced + more.replaced,
            claims=written.claims + more.claims,
            warnings=(written.warnings + more.warnings)[:_MOST_WARNINGS],
        )
        if on_progress is not None:
            on_progress(written)
    return written


def _write(run: Run, part: _Part) -> Written:
    """One transaction: look what is there, remove what is to be replaced, create what is new."""
    one_writer(run)
    old = _stored(run, [reading.document.id for reading, _ in part.readings])
    wanted = [(reading, rows) for reading, rows in part.readings if _is_wanted(rows, old)]
    new = Rows()
    for _, rows in wanted:
        new.add(rows)
    ids = [row["id"] for row in new.documents]
    nameless = [{"id": one.id, "path": one.path} for one in (reading.document for reading, _ in wanted) if one.path and not one.url]
    gone = sorted({*(set(ids) & old.keys()), *(row[0] for row in (run(_SAME_PATH, rows=nameless) if nameless else ()))})
    put(run, new, gone)
    return Written(len(ids), len(part.readings) - len(ids), len(gone), len(new.claims), tuple(new.warnings))


def put(run: Run, new: Rows, gone: list[str]) -> None:
    """Documents in the place of others; notes tell what is to be derived again."""
    _find_pairs(run, gone, new)
    _note(run, new)
    _remove(run, gone)
    _create(run, new)


def _is_wanted(rows: Rows, old: dict[str, _Copy]) -> bool:
    (document,) = rows.documents
    stored = old.get(document["id"])
    return stored is None or stored.gives_way_to(_Copy.of(document["props"]))


def _find_pairs(run: Run, gone: list[str], new: Rows) -> None:
    """What the claims of documents that go were counted in, and who was named in them."""
    if not gone:
        return
    for source, relation, target, polarity in run(_OLD_PAIRS, ids=gone):
        for row in (pending_pair(source, relation, target, polarity), pending_pair(target, relation, source, polarity)):  # if symmetric
            new.pending[row["id"]] = row
    for (entity,) in run(_OLD_NAMES, ids=gone):
        row = pending_name(entity)
        new.pending[row["id"]] = row


def _note(run: Run, new: Rows) -> None:
    """Leave the notes. A note that was there tells already whether the pair had claims, and so edges, when its edges were last made."""
    rows = [new.pending[key] for key in sorted(new.pending)]
    pairs = [{"id": row["id"], "keys": list(pair_keys(**_named(row["props"])))} for row in rows if "relation" in row["props"]]
    had = {found[0] for part in chunks(pairs) for found in run(_HAD_CLAIMS, rows=part)}
    _each(run, _PENDING, [{"id": row["id"], "props": row["props"] | {"had_claims": row["id"] in had}} for row in rows])


def _named(pair: Properties) -> Properties:
    return {"source_id": pair["source"], "relation": pair["relation"], "target_id": pair["target"], "polarity": pair["polarity"]}


def _remove(run: Run, ids: list[str]) -> None:
    """Remove documents with all that hangs on them."""
    for statement in (_DELETE_CLAIMS, _DELETE_MENTIONS, _DELETE_DOCUMENTS) if ids else ():
        run(statement, ids=ids)


def _create(run: Run, new: Rows) -> None:
    """Nodes before relationships, sorted keys, by MERGE only what documents share."""
    _each(run, _DOCUMENTS, sorted(new.documents, key=lambda row: row["id"]))
    for kind, entities in sorted(new.entities.items()):
        statement = _ENTITIES.replace("LABEL", KIND_LABELS[kind])
        _each(run, statement, [{"id": entity_id, "props": entities[entity_id]} for entity_id in sorted(entities)])
    _each(run, _MENTIONS, new.mentions)
    _each(run, _CLAIMS, new.claims)
    for relationship, roles in sorted(new.roles.items()):
        _each(run, _ROLES.replace("TYPE", relationship), roles)


def _each(run: Run, statement: str, rows: Iterable[RowOut]) -> None:
    for part in chunks(rows):
        run(statement, rows=part)
