"""One transaction of a load: look what is there, remove what is to be replaced, create what is new, and see that all of it was created."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Document, Reading
from kg.model.cypher_form import (
    CLAIM_PROPERTIES,
    ENTITY_PROPERTIES,
    KIND_LABELS,
    MENTION_PROPERTIES,
    ROLE_PROPERTIES,
    Properties,
    date_text,
)
from kg.stores.bolt import Bolt, Run
from kg.stores.pending import note, pending_name, pending_pair
from kg.stores.rows import Rows, document_properties
from kg.stores.schema import one_writer
from kg.stores.sending import send

_TOLD = ("content_hash", "published", "path", "title", "url", "outlet", "language")


def _row(names: Sequence[str], first: int) -> str:
    """Properties from the list `r`, in a statement.

    >>> _row(("mention", "reason"), 2)
    'mention: r[2], reason: r[3]'
    """
    return ", ".join(f"{name}: r[{place}]" for place, name in enumerate(names, first))


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
_DOCUMENTS = "UNWIND $rows AS r CREATE (d:Document {id: r.id}) SET d += r.props RETURN count(*)"
_ENTITIES = f"""
UNWIND $rows AS r MERGE (e:Entity:LABEL {{id: r[0]}})
ON CREATE SET {", ".join(f"e.{name} = r[{place}]" for place, name in enumerate(ENTITY_PROPERTIES) if name != "id")}
RETURN count(*)
"""
_MENTIONS = f"""
UNWIND $rows AS r MATCH (d:Document {{id: r[0]}}) MATCH (e:Entity {{id: r[1]}})
CREATE (d)-[:MENTIONS {{{_row(MENTION_PROPERTIES, 2)}}}]->(e) RETURN count(*)
"""
_CLAIMS = f"""
UNWIND $rows AS r MATCH (d:Document {{id: r[0]}})
CREATE (c:Claim {{{_row(CLAIM_PROPERTIES, 1)}}}) CREATE (c)-[:FROM_DOC]->(d) RETURN count(*)
"""
_ROLES = f"""
UNWIND $rows AS r MATCH (c:Claim {{id: r[0]}}) MATCH (e:Entity {{id: r[1]}})
CREATE (c)-[:TYPE {{{_row(ROLE_PROPERTIES, 2)}}}]->(e) RETURN count(*)
"""


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


@dataclass(frozen=True, slots=True)
class Replaced:
    """What one transaction did: the readings that it stored, with their rows, and how many documents went for them."""

    stored: Sequence[tuple[Reading, Rows]]
    gone: int


def replace(run: Run, readings: Sequence[tuple[Reading, Rows]]) -> Replaced:
    """Put these documents, no two of which replace each other, into the store, each in the place of what it replaces.

    Raises:
        StoreError: not everything was created.
    """
    one_writer(run)
    old = _stored(run, [reading.document.id for reading, _ in readings])
    wanted = [(reading, rows) for reading, rows in readings if _is_wanted(rows, old)]
    new = Rows()
    for _, rows in wanted:
        new.add(rows)
    gone = sorted({*(old.keys() & {row["id"] for row in new.documents}), *_older(run, [reading.document for reading, _ in wanted])})
    put(run, new, gone)
    return Replaced(wanted, len(gone))


def put(run: Run, new: Rows, gone: list[str]) -> None:
    """Documents in the place of others; notes tell what is to be derived again."""
    remove(run, gone)
    _create(run, new)
    note(run, new.pending.values())


def _older(run: Run, documents: Iterable[Document]) -> Iterator[str]:
    """The stored documents that are earlier texts of these files."""
    nameless = [{"id": one.id, "path": one.path} for one in documents if one.path and not one.url]
    if nameless:
        yield from (row[0] for row in run(_SAME_PATH, rows=nameless))


def _is_wanted(rows: Rows, old: dict[str, _Copy]) -> bool:
    (document,) = rows.documents
    stored = old.get(document["id"])
    return stored is None or stored.gives_way_to(_Copy.of(document["props"]))


def remove(run: Run, ids: list[str]) -> None:
    """Remove documents with their claims and mentions; notes tell what these were counted in and who was named."""
    if not ids:
        return
    pairs = run(_OLD_PAIRS, ids=ids)
    turned = [[target, relation, source, polarity] for source, relation, target, polarity in pairs]  # if the relation is symmetric
    notes = [pending_pair(*pair) for pair in (*pairs, *turned)] + [pending_name(row[0]) for row in run(_OLD_NAMES, ids=ids)]
    for statement in (_DELETE_CLAIMS, _DELETE_MENTIONS, _DELETE_DOCUMENTS):
        run(statement, ids=ids)
    note(run, notes)


def _create(run: Run, new: Rows) -> None:
    """Nodes before relationships, sorted keys, by MERGE only what documents share."""
    send(run, _DOCUMENTS, sorted(new.documents, key=lambda row: row["id"]))
    for kind, entities in sorted(new.entities.items()):
        send(run, _ENTITIES.replace("LABEL", KIND_LABELS[kind]), [entities[entity_id] for entity_id in sorted(entities)])
    send(run, _MENTIONS, sorted(new.mentions, key=lambda row: row[:2]))
    send(run, _CLAIMS, sorted(new.claims, key=lambda row: row[:2]))
    for relationship, roles in sorted(new.roles.items()):
        send(run, _ROLES.replace("TYPE", relationship), sorted(roles, key=lambda row: row[:2]))
