"""Notes of what is to be made again: `:Pending` nodes.

Each transaction that changes claims leaves one for every pair, name and document that it touched; whatever writes next works them off, so
that an interrupted write leaves nothing wrong for ever.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kg.model import digest
from kg.model.cypher_form import Properties
from kg.stores.bolt import Row, Run
from kg.stores.sending import send

_DONE = "UNWIND $ids AS id MATCH (p:Pending {id: id}) DELETE p"


def pending_pair(source_id: str, relation: str, target_id: str, polarity: int) -> Properties:
    """A note that the edges and links of this pair are to be made again."""
    key = digest(["pair", source_id, relation, target_id, polarity])
    return {"id": key, "source": source_id, "relation": relation, "target": target_id, "polarity": polarity}


def pending_name(entity_id: str) -> Properties:
    """A note that the name and aliases of this entity are to be worked out again, or that nobody names it any more."""
    return {"id": digest(["name", entity_id]), "entity": entity_id}


def pending_document(document_id: str) -> Properties:
    """A note that the names in this document are to be resolved again."""
    return {"id": f"document {document_id}", "document": document_id}


def note(run: Run, notes: Iterable[Properties]) -> None:
    """Leave notes, beside those that are there."""
    tables: dict[tuple[str, ...], dict[str, list[Any]]] = defaultdict(dict)
    for each in notes:
        tables[tuple(each)][each["id"]] = list(each.values())
    for names, rows in sorted(tables.items()):
        send(run, _statement(names), (rows[note_id] for note_id in sorted(rows)))


def _statement(names: Sequence[str]) -> str:
    """Makes the notes that have these properties, of which the first is the id.

    >>> _statement(("id", "entity"))
    'UNWIND $rows AS r MERGE (p:Pending {id: r[0]}) ON CREATE SET p.entity = r[1] RETURN count(*)'
    """
    told = ", ".join(f"p.{name} = r[{place}]" for place, name in enumerate(names) if place)
    return f"UNWIND $rows AS r MERGE (p:Pending {{id: r[0]}}) ON CREATE SET {told} RETURN count(*)"


def done(run: Run, notes: Sequence[Row]) -> None:
    """Remove notes, rows of which the first value is the id."""
    if notes:
        run(_DONE, ids=[row[0] for row in notes])
