"""What is wrong in a store, if anything is: each fault a line, found by looking at all of it without writing.

What is derived is made anew from the claims and mentions that are stored, and compared. Memory does not grow with the store: documents,
entities and pairs pass by in parts.
"""

from collections.abc import Iterator

from kg.gazetteer import Gazetteer
from kg.ontology import Ontology
from kg.resolve import Corrections
from kg.stores.bolt import Bolt
from kg.stores.faults.derived import edge_faults, pair_faults, stray_link_faults
from kg.stores.faults.documents import document_faults, stray_claim_faults
from kg.stores.faults.entities import entity_faults
from kg.stores.schema import schema_faults

__all__ = ["faults_of"]

_WAITING = "MATCH (p:Pending) RETURN count(p)"


def faults_of(bolt: Bolt, corrections: Corrections, gazetteer: Gazetteer, ontology: Ontology) -> Iterator[str]:
    """The faults of a store, one a line, as they are found."""
    yield from schema_faults(bolt)
    if waiting := bolt.read(_WAITING)[0][0]:
        yield f"an interrupted write left {waiting:,} pairs, names or documents to be made again; the next kg build or kg import does so"
    yield from stray_claim_faults(bolt)
    yield from document_faults(bolt, corrections, ontology)
    yield from entity_faults(bolt, corrections, gazetteer)
    yield from pair_faults(bolt, ontology)
    yield from edge_faults(bolt)
    yield from stray_link_faults(bolt)
