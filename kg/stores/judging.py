"""People's judgements in the database: kept beside the data, and worked into the documents that they are about.

The transaction that adds judgements leaves a `:Pending` note for each document that they touch; `reread` works the notes off, so that an
interrupted one is gone on with by whatever writes next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.errors import StoreError
from kg.gazetteer import Gazetteer
from kg.model import Judgement
from kg.model.cypher_form import judgement_from_cypher, judgement_to_cypher
from kg.ontology import Ontology
from kg.resolve import Corrections, corrections_of
from kg.stores.bolt import Bolt, Row, Run
from kg.stores.fetching import Reads, stored
from kg.stores.pending import done, note, pending_document, pending_name
from kg.stores.replacing import put
from kg.stores.rows import Rows, rows_of
from kg.stores.schema import one_writer
from kg.stores.sending import chunks

_AT_ONCE = 20  # documents in one transaction

_JUDGEMENTS = "MATCH (j:Judgement) RETURN properties(j)"
_ADD = "UNWIND $rows AS r MERGE (j:Judgement {id: r.id}) ON CREATE SET j += r"
_MENTIONING = "UNWIND $ids AS id MATCH (:Entity {id: id})<-[:MENTIONS]-(d:Document) RETURN DISTINCT d.id"
_CLAIMING = "UNWIND $ids AS id MATCH (:Claim {id: id})-[:FROM_DOC]->(d:Document) RETURN DISTINCT d.id"
_NOTES = "MATCH (p:Pending) WHERE p.document IS NOT NULL RETURN p.id, p.document ORDER BY p.document LIMIT $n"


@dataclass(frozen=True, slots=True)
class _Inside:
    """Reads within a transaction."""

    run: Run

    def read(self, cypher: str, /, **parameters: object) -> list[Row]:
        return self.run(cypher, **parameters)


def judgements(reads: Reads) -> tuple[Judgement, ...]:
    """What people judged, from the earliest to the latest.

    Raises:
        StoreError: something was changed by hand.
    """
    try:
        found = [judgement_from_cypher(row[0]) for row in reads.read(_JUDGEMENTS)]
    except (ValueError, TypeError) as error:
        raise StoreError(f"a judgement was changed by hand: {error}") from error
    return tuple(sorted(found, key=lambda one: one.order))


def corrections(reads: Reads, gazetteer: Gazetteer) -> Corrections:
    """What they come to."""
    return corrections_of(judgements(reads), gazetteer.entries.keys())


def add(bolt: Bolt, given: Sequence[Judgement], gazetteer: Gazetteer) -> int:
    """Add judgements, those that are there already left out, and note what they touch; how many are new."""
    return bolt.write(lambda run: _add(run, given, gazetteer))


def _add(run: Run, given: Sequence[Judgement], gazetteer: Gazetteer) -> int:
    one_writer(run)
    old = judgements(_Inside(run))
    new = sorted(set(given) - set(old), key=lambda one: one.order)
    for part in chunks(judgement_to_cypher(one) for one in new):
        run(_ADD, rows=part)
    known = gazetteer.entries.keys()
    note_touched(run, corrections_of(old, known), corrections_of([*old, *new], known))
    return len(new)


def note_touched(run: Run, before: Corrections, after: Corrections) -> None:
    """Leave notes of the documents and names that are otherwise after these corrections than before."""
    moved = {each for each in before.ids | after.ids if before.whole(each) != after.whole(each)}
    moved |= {each for each in before.ids | after.ids if before.apart(each) != after.apart(each)}
    moved |= {other for each in moved for other in (*before.apart(each), *after.apart(each))}
    entities = sorted({before.whole(each) for each in moved})
    claims = sorted(before.rejected.keys() ^ after.rejected.keys())
    documents = {row[0] for row in (*run(_MENTIONING, ids=entities), *run(_CLAIMING, ids=claims))}
    renamed = {each for each in before.names.keys() | after.names.keys() if before.names.get(each) != after.names.get(each)}
    note(run, [*map(pending_document, documents), *map(pending_name, renamed)])


def reread(bolt: Bolt, gazetteer: Gazetteer, ontology: Ontology) -> int:
    """Resolve the documents again for which there is a note; how many there were. Their edges and names are left to `kg.stores.derived`."""
    number = 0
    while more := bolt.write(lambda run: _reread(run, gazetteer, ontology)):
        number += more
    return number


def _reread(run: Run, gazetteer: Gazetteer, ontology: Ontology) -> int:
    one_writer(run)
    notes = run(_NOTES, n=_AT_ONCE)
    if not notes:
        return 0
    found = corrections(_Inside(run), gazetteer)
    new, gone = Rows(), []
    for one in stored(_Inside(run), _of(notes)):
        new.add(rows_of(one.reading, gazetteer, ontology, found))
        gone.append(one.reading.document.id)
    put(run, new, gone)
    done(run, notes)
    return len(notes)


def _of(notes: Iterable[Row]) -> list[str]:
    return [row[1] for row in notes]
