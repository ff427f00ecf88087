"""What a database must have before it holds our graph: constraints, indexes, and a `:Meta` node that tells the version of the schema."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import StoreError
from kg.model.cypher_form import STRUCTURE_TYPES, WORDS_INDEX
from kg.stores.bolt import Bolt, ForbiddenError, Run

VERSION = 2  # of what is in the database; the JSON form of a Reading has its own

_MAKER = "stancegraph"
KEYS = ("Document", "Entity", "Claim", "Judgement", "Pending")
INDEXES = (
    *(("Claim", key) for key in ("edge_key", "relation", "claimed", "event_start", "event_end")),
    *(("Document", key) for key in ("path", "published")),
    ("Entity", "name"),
)
_CONSTRAINTS = "SHOW CONSTRAINTS YIELD type, labelsOrTypes, properties RETURN type, labelsOrTypes, properties"
_INDEX_STATES = "SHOW INDEXES YIELD labelsOrTypes, properties, type, state RETURN labelsOrTypes, properties, type, state"
_UNIQUE = {"UNIQUENESS", "NODE_PROPERTY_UNIQUENESS"}  # the second from Neo4j 2025 on
_DOUBLED = "MATCH (n:LABEL) WHERE n.id IS NOT NULL WITH n.id AS id, count(*) AS number WHERE number > 1 RETURN id, number"
_VERSIONS = "MATCH (m:Meta) WHERE m.created_by STARTS WITH $maker RETURN m.schema_version"
_EMPTY = (  # lists that may be empty, which `neo4j-admin database import` leaves out
    "MATCH (n:Entity) WHERE n.kind IN ['person', 'group', 'country'] AND n.aliases IS NULL WITH n LIMIT 50000 SET n.aliases = []",
    "MATCH (n:Claim) WHERE n.cue_start IS NOT NULL AND n.context IS NULL WITH n LIMIT 50000 SET n.context = []",
    "MATCH (:Document)-[n:MENTIONS]->(:Entity) WHERE n.mention IS NOT NULL AND n.refers_to IS NULL WITH n LIMIT 50000 SET n.refers_to = []",
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
    if meta.schema_version > VERSION:
        where = bolt.access.where
        newer = f"written by {meta.created_by} with schema {meta.schema_version}"
        raise StoreError(f"{where}: {newer}; this program knows schema {VERSION}: update it")
    return meta


def check_writable(bolt: Bolt, meta: Meta | None) -> None:
    """Look whether a store, if there is one, has the schema that is written now.

    Raises:
        StoreError: an older one.
    """
    if meta is not None and meta.schema_version < VERSION:
        older = f"has schema {meta.schema_version}, and schema {VERSION} is written now"
        raise StoreError(f"{bolt.access.where}: {older}; it can be read, and kg store upgrade brings it up to date")


def prepare(bolt: Bolt, version: str, *, into_existing: bool, is_neo4j: bool) -> None:
    """Make the database ready for our graph, unless it is; one that was imported has no constraints and indexes yet.

    Raises:
        StoreError: it holds other people's data and `into_existing` is not set, or an older or newer schema.
    """
    meta = read_meta(bolt)
    check_writable(bolt, meta)
    if meta is not None:
        if _lacks_something(bolt):
            complete(bolt)
        return
    if is_neo4j and not bolt.is_neo4j:
        where = bolt.access.where
        raise StoreError(f"{where}: {bolt.server} can hold a graph only as an embedded store; name its folder instead, or a Neo4j server")
    if not into_existing and bolt.read("MATCH (n) RETURN 1 LIMIT 1"):
        where = bolt.access.where
        raise StoreError(f"{where}: this database holds other data and no graph of ours; --into-existing puts ours beside it")
    define(bolt)
    bolt.write(lambda run: _sign(run, version))


def define(bolt: Bolt) -> None:
    """Make the constraints and indexes that are not there yet, and wait for them where the server can be asked to."""
    for label in KEYS:
        bolt.define(f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")
    for label, key in INDEXES:
        bolt.define(f"CREATE INDEX {label.lower()}_{key} IF NOT EXISTS FOR (n:{label}) ON (n.{key})")
    if bolt.is_neo4j:  # on the embedded store, whose Cypher has no statement for it, the server makes the index of words
        bolt.define(f"CREATE FULLTEXT INDEX {WORDS_INDEX} IF NOT EXISTS FOR (n:Claim) ON EACH [n.sentence]")
        bolt.define(f"CALL db.awaitIndexes({_PATIENCE})")


def complete(bolt: Bolt) -> None:
    """Make what a graph of ours lacks that was imported by `neo4j-admin`: constraints, indexes and lists that are empty."""
    define(bolt)
    for statement in _EMPTY if bolt.is_neo4j else ():
        while bolt.write(lambda run, statement=statement: run(f"{statement} RETURN count(*)")) != [[0]]:  # type: ignore[misc]
            pass


def _lacks_something(bolt: Bolt) -> bool:
    try:
        return any(True for _ in missing(bolt))
    except ForbiddenError:  # who may write need not be let see constraints and indexes
        return False


def missing(bolt: Bolt) -> Iterator[str]:
    """Constraints and indexes that are missing or not ready, in words."""
    yield from (f"constraint: {label}.id is not kept unique" for label in _unconstrained(bolt))
    states = {(kind, *labels, *keys): state for labels, keys, kind, state in bolt.read(_INDEX_STATES) if labels and keys}
    for wanted in (*(("RANGE", *each) for each in INDEXES), ("FULLTEXT", "Claim", "sentence")):
        state = states.get(wanted, "missing")
        if state != "ONLINE":
            yield f"index: that of {'words of ' if wanted[0] == 'FULLTEXT' else ''}{wanted[1]}.{wanted[2]} is {state.lower()}"


def _unconstrained(bolt: Bolt) -> list[str]:
    unique = {(*labels, *keys) for kind, labels, keys in bolt.read(_CONSTRAINTS) if kind in _UNIQUE}
    return [label for label in KEYS if (label, "id") not in unique]


def schema_faults(bolt: Bolt) -> Iterator[str]:
    """What is missing, ids that are there twice for want of a constraint, a version that is not this one or not told once."""
    yield from missing(bolt)
    for label in _unconstrained(bolt):
        yield from (f"{label} {found}: {number} nodes have this id" for found, number in bolt.stream(_DOUBLED.replace("LABEL", label)))
    versions = [row[0] for row in bolt.read(_VERSIONS, maker=_MAKER)]
    if len(versions) != 1:
        yield f"Meta: {len(versions)} nodes tell the version of the schema"
    elif versions[0] != VERSION:
        yield f"Meta: schema {versions[0]}, and this program writes schema {VERSION}; kg store upgrade brings it up to date"


def _sign(run: Run, version: str) -> None:
    if not run("MATCH (m:Meta) WHERE m.created_by STARTS WITH $maker RETURN 1", maker=_MAKER):
        run("CREATE (:Meta {schema_version: $schema, created_by: $by})", schema=VERSION, by=f"{_MAKER} {version}")


def version_within(run: Run) -> int:
    """The version that a transaction sees."""
    return max(int(row[0]) for row in run(_VERSIONS, maker=_MAKER))


def set_version(run: Run, version: int) -> None:
    """Tell a new version."""
    run("MATCH (m:Meta) WHERE m.created_by STARTS WITH $maker SET m.schema_version = $version", maker=_MAKER, version=version)


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
