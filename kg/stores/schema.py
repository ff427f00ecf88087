"""What a database must have before it holds our graph: constraints, indexes, and a `:Meta` node that tells the version of the schema."""

import re
from dataclasses import dataclass

from kg.errors import StoreError
from kg.model import SCHEMA_VERSION
from kg.model.cypher_form import STRUCTURE_TYPES, WORDS_INDEX
from kg.stores.bolt import Bolt, Run

_MAKER = "stancegraph"
_KEYS = ("Document", "Entity", "Claim", "Judgement", "Pending")
_INDEXES = (
    *(("Claim", key) for key in ("edge_key", "relation", "claimed", "event_start", "event_end")),
    *(("Document", key) for key in ("path", "published")),
    ("Entity", "name"),
)
_PATIENCE = 600  # seconds; other people's data may be many
_TYPE = re.compile(r"[A-Z][A-Z0-9_]*")


@dataclass(frozen=True, slots=True)
class Meta:
    """What the `:Meta` node tells."""

    schema_version: int
    created_by: str


def read_meta(bolt: Bolt) -> Meta | None:
    """The version of the graph in this database; None where there is none of ours.

    Raises:
        StoreError: a newer version than this program knows.
    """
    found = bolt.read(
        "MATCH (m:Meta) WHERE m.schema_version IS NOT NULL AND m.created_by STARTS WITH $maker "
        "RETURN m.schema_version, m.created_by ORDER BY m.schema_version DESC LIMIT 1",
        maker=_MAKER,
    )
    if not found:
        return None
    meta = Meta(*found[0])
    if meta.schema_version > SCHEMA_VERSION:
        where = bolt.access.where
        newer = f"written by {meta.created_by} with schema {meta.schema_version}"
        raise StoreError(f"{where}: {newer}; this program knows schema {SCHEMA_VERSION}: update it")
    return meta


def prepare(bolt: Bolt, version: str, *, into_existing: bool, is_neo4j: bool) -> None:
    """Make the database ready for our graph, unless it is.

    Raises:
        StoreError: it holds other people's data and `into_existing` is not set, or a newer schema.
    """
    if read_meta(bolt) is not None:
        return
    if is_neo4j and not bolt.is_neo4j:
        where = bolt.access.where
        raise StoreError(f"{where}: {bolt.server} can hold a graph only as an embedded store; name its folder instead, or a Neo4j server")
    if not into_existing and bolt.read("MATCH (n) RETURN 1 LIMIT 1"):
        where = bolt.access.where
        raise StoreError(f"{where}: this database holds other data and no graph of ours; --into-existing puts ours beside it")
    define(bolt, is_neo4j=is_neo4j)
    bolt.write(lambda run: _sign(run, version))


def define(bolt: Bolt, *, is_neo4j: bool) -> None:
    """Make the constraints and indexes that are not there yet, and wait for them where the server can be asked to."""
    for label in _KEYS:
        bolt.define(f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")
    for label, key in _INDEXES:
        bolt.define(f"CREATE INDEX {label.lower()}_{key} IF NOT EXISTS FOR (n:{label}) ON (n.{key})")
    if is_neo4j:  # on the embedded store, whose Cypher has no statement for it, the server makes the index of words
        bolt.define(f"CREATE FULLTEXT INDEX {WORDS_INDEX} IF NOT EXISTS FOR (n:Claim) ON EACH [n.sentence]")
        bolt.define(f"CALL db.awaitIndexes({_PATIENCE})")


def _sign(run: Run, version: str) -> None:
    if not run("MATCH (m:Meta) WHERE m.created_by STARTS WITH $maker RETURN 1", maker=_MAKER):
        run("CREATE (:Meta {schema_version: $schema, created_by: $by})", schema=SCHEMA_VERSION, by=f"{_MAKER} {version}")


def one_writer(run: Run) -> None:
    """Let no other transaction write to our graph until this one ends (a lock on the `:Meta` node)."""
    run("MATCH (m:Meta) WHERE m.created_by STARTS WITH $maker SET m.schema_version = m.schema_version", maker=_MAKER)


def edge_type(relation: str) -> str:
    """The name of a relation as a relationship type, which no parameter can hold.

    >>> edge_type("AT_ODDS_WITH")
    'AT_ODDS_WITH'

    Raises:
        StoreError: it is no name for one, or the graph means something else by it.
    """
    if not _TYPE.fullmatch(relation) or relation in STRUCTURE_TYPES:
        raise StoreError(f"relation {relation[:60]!r} cannot be stored: capitals, digits and _ were expected, and no word of the schema")
    return relation
