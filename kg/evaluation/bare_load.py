"""A bare script that loads the rows of claims over Bolt: what our loader is compared with. It checks nothing and derives nothing.

Entities, documents and mentions, then claims with their relationships, `_BATCH` rows a transaction, every property as ours; documents and
entities by MERGE, the rest by CREATE. All rows are there before the first is sent.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from itertools import batched
from typing import Any

from kg.gazetteer import Gazetteer
from kg.model import Reading
from kg.model.cypher_form import CLAIM_PROPERTIES, ENTITY_PROPERTIES, KIND_LABELS, MENTION_PROPERTIES, ROLE_PROPERTIES
from kg.ontology import Ontology
from kg.resolve import Corrections
from kg.stores.bolt import Bolt
from kg.stores.rows import Rows, rows_of
from kg.stores.schema import define

_BATCH = 2_000
_ROLES = ("SOURCE", "TARGET", "CLAIMED_BY")
_DOCUMENTS = "UNWIND $rows AS r MERGE (d:Document {id: r.id}) SET d += r.props"
_ENTITIES = "UNWIND $rows AS r MERGE (e:Entity:LABEL {id: r.id}) SET e += r.props"
_MENTIONS = (
    "UNWIND $rows AS r MATCH (d:Document {id: r.document}) MATCH (e:Entity {id: r.entity}) CREATE (d)-[m:MENTIONS]->(e) SET m += r.props"
)
_CLAIMS = f"""
UNWIND $rows AS r MATCH (d:Document {{id: r.document}})
{" ".join(f"MATCH (e{role}:Entity {{id: r.{role}}})" for role in _ROLES)}
CREATE (c:Claim {{id: r.id}}) SET c += r.props CREATE (c)-[:FROM_DOC]->(d)
{" ".join(f"CREATE (c)-[r{role}:{role}]->(e{role}) SET r{role} += r.{role}_PROPS" for role in _ROLES)}
"""

type Tables = Sequence[tuple[str, Sequence[Mapping[str, Any]]]]


def tables(readings: Iterable[Reading], gazetteer: Gazetteer, ontology: Ontology) -> Tables:
    """Each statement with all its rows; of claims only those with a source, a target and a claimer are expected."""
    made = Rows()
    for reading in readings:
        made.add(rows_of(reading, gazetteer, ontology, Corrections()))
    roles = {name: {row[0]: row[1:] for row in made.roles[name]} for name in _ROLES}
    claims = [
        {"document": row[0], "id": row[1], "props": _given(CLAIM_PROPERTIES, row[1:])}
        | {name: roles[name][row[1]][0] for name in _ROLES}
        | {f"{name}_PROPS": _given(ROLE_PROPERTIES, roles[name][row[1]][1:]) for name in _ROLES}
        for row in made.claims
    ]
    entities = [
        (
            _ENTITIES.replace("LABEL", KIND_LABELS[kind]),
            [{"id": key, "props": _given(ENTITY_PROPERTIES, row)} for key, row in known.items()],
        )
        for kind, known in made.entities.items()
    ]
    mentions = [{"document": row[0], "entity": row[1], "props": _given(MENTION_PROPERTIES, row[2:])} for row in made.mentions]
    return [*entities, (_DOCUMENTS, made.documents), (_MENTIONS, mentions), (_CLAIMS, claims)]


def _given(names: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


def bare_seconds(bolt: Bolt, statements: Tables) -> float:
    """How long it takes to send them, once constraints and indexes are there."""
    define(bolt)
    begun = time.perf_counter()
    for statement, rows in statements:
        for part in batched(rows, _BATCH):
            bolt.write(lambda run, statement=statement, part=part: run(statement, rows=part))  # type: ignore[misc]  # bound at once
    return time.perf_counter() - begun
