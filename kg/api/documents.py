"""One document of a graph as a page: which one is meant, and who is named in it; out of memory, a store, or files."""

import contextlib
import difflib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NoReturn

from kg.api.importing import readings_of
from kg.api.opening import Inputs, documents_of, extractor_for, open_batch, several
from kg.api.records import Records
from kg.assemble import assemble
from kg.errors import NotFoundError, NothingReadError
from kg.model import Document, Entity, Failure, Graph, Judgement, Link, Reading
from kg.ontology import Ontology
from kg.resolve import Identities, resolve
from kg.settings import Settings
from kg.stores import Store
from kg.views.document import Named

if TYPE_CHECKING:
    from kg.views.shell import PageText

type NamedIn = Mapping[str, Sequence[Named]]

_NEAREST = 3
_DOCUMENTS = """
MATCH (d:Document) WHERE d.content_hash IS NOT NULL
RETURN d.id AS id, d.title AS title, d.url AS url, d.path AS path ORDER BY id
"""
_NAMED = """
UNWIND $ids AS id MATCH (d:Document {id: id})-[m:MENTIONS]->(e:Entity)
RETURN d.id AS document, m.start_char AS start, m.end_char AS end, e.id AS id, e.name AS name, e.kind AS kind
"""
_LINKED = """
MATCH (:Document {id: $id})<-[:FROM_DOC]-(c:Claim)-[l:CONTRADICTS|CORROBORATES]-(o:Claim)-[:FROM_DOC]->(d:Document)
RETURN type(l) AS kind, c.id AS one, o.id AS other, d.id AS document
"""


@dataclass(frozen=True, slots=True)
class Known:
    """By what a document can be called."""

    id: str
    title: str | None = None
    url: str | None = None
    path: str | None = None

    @classmethod
    def of(cls, document: Document) -> "Known":
        """As a document knows it."""
        return cls(document.id, document.title, document.url, document.path)

    @property
    def names(self) -> tuple[str, ...]:
        """Id, address, path, file and title, without those it does not have."""
        file = PurePath(self.path).name if self.path else None
        return tuple(name for name in (self.id, self.url, self.path, file, self.title) if name)


def find(wanted: str, documents: Iterable[Known]) -> str:
    """The id of the document with this id, address, path, name of its file, or title; where several have it, of the smallest id.

    Raises:
        NotFoundError: there is none; the nearest are named.
    """
    known = sorted(documents, key=lambda one: one.id)
    asked = wanted.casefold().strip()
    ranked = [(names.index(asked), one.id) for one in known if asked in (names := [name.casefold() for name in one.names])]
    return min(ranked)[1] if ranked else _unknown(wanted, known)


def _unknown(wanted: str, known: Sequence[Known]) -> NoReturn:
    called = {name.casefold(): one for one in known for name in reversed(one.names)}
    near = difflib.get_close_matches(wanted.casefold(), called, n=3 * _NEAREST, cutoff=0.3)
    nearest = list(dict.fromkeys(called[name] for name in near))[:_NEAREST]
    told = ", ".join(f"{one.id}{f' {one.title!r}' if one.title else ''}" for one in nearest or known[:_NEAREST])
    there = f"; the nearest: {told}" if told else "; there is no document"
    raise NotFoundError(f"{wanted}: no document with this id, address, path or title{there}")


def named_in(reading: Reading, identities: Identities) -> Iterator[Named]:
    """The mentions of a reading with the entities that they were resolved to."""
    for mention in reading.mentions:
        for naming in mention.namings:
            yield Named(mention.span.start, mention.span.end, identities.entity(reading, naming).id)


def named_in_store(store: Store, ids: Iterable[str]) -> NamedIn:
    """The mentions of stored documents, by the id of the document."""
    found: dict[str, list[Named]] = defaultdict(list)
    for row in _rows(store, _NAMED, ids=sorted(ids)):
        found[row["document"]].append(Named(row["start"], row["end"], row["id"]))
    return found


def _rows(store: Store, cypher: str, **parameters: object) -> Records:
    return Records.of(store.query(cypher, parameters))


@dataclass(frozen=True, slots=True)
class OneDocument:
    """A document of a graph, or of as much of it as has to do with the document, and its mentions."""

    graph: Graph
    document_id: str
    named: Sequence[Named]

    def page(self, ontology: Ontology) -> "PageText":
        """Its text with actors and cues marked, its claims beside it."""
        from kg.views import render_document

        return render_document(self.graph, ontology, self.document_id, named=self.named)

    @property
    def alone(self) -> Graph:
        """The graph of its claims only, and of who is named in it."""
        claims = tuple(one for one in self.graph.claims if one.claim.document_id == self.document_id)
        ids = {each.entity_id for each in self.named} | {actor.id for one in claims for actor in (one.source, one.target) if actor}
        return Graph(
            documents=tuple(one for one in self.graph.documents if one.id == self.document_id),
            entities=tuple(one for one in self.graph.entities if one.id in ids),
            claims=claims,
        )


def of_graph(graph: Graph, wanted: str, named: NamedIn) -> OneDocument:
    """A document of a graph in memory.

    Raises:
        NotFoundError: there is no such document.
    """
    document_id = find(wanted, map(Known.of, graph.documents))
    return OneDocument(graph, document_id, named.get(document_id, ()))


def of_store(store: Store, ontology: Ontology, wanted: str) -> OneDocument:
    """A stored document; of the others only those that its claims are linked to are looked at.

    Raises:
        NotFoundError: there is no such document.
        StoreError: the store cannot be asked.
    """
    document_id = find(wanted, (Known(**row) for row in _rows(store, _DOCUMENTS)))
    linked = _rows(store, _LINKED, id=document_id)
    links = {Link(row["kind"], min(row["one"], row["other"]), max(row["one"], row["other"]), "") for row in linked}
    documents = {reading.document.id: reading.document for reading in store.readings([document_id])}
    claims = list(store.claims(ontology, {document_id, *(row["document"] for row in linked)}))
    rows = _rows(store, _NAMED, ids=[document_id])
    entities = {row["id"]: Entity(row["id"], row["name"], row["kind"]) for row in rows}
    graph = Graph(
        documents=tuple((documents | {document.id: document for _, document in claims}).values()),
        entities=tuple(entities.values()),
        claims=tuple(claim for claim, _ in claims),
        links=tuple(links),
    )
    return OneDocument(graph, document_id, [Named(row["start"], row["end"], row["id"]) for row in rows])


def of_files(inputs: Inputs, wanted: str, settings: Settings) -> OneDocument:
    """A document of files, which are read for it: news texts, or readings as `kg export` and `kg extract --readings` write them.

    Raises:
        NotFoundError: there is no such document.
        InputError: not one of the inputs could be read.
    """
    reads = extractor_for(settings)
    names = several(inputs)
    with contextlib.ExitStack() as stack:
        readings: Iterable[Reading]
        if all(map(_holds_readings, names)):
            readings, judgements = _given(names, reads.ontology)
        else:
            readings, judgements = stack.enter_context(open_batch(documents_of(inputs, None, settings), settings)), []
        identities = resolve(readings, reads.gazetteer, judgements)
        graph = assemble(readings, identities, reads.ontology)
        document_id = find(wanted, map(Known.of, graph.documents))
        named = [each for one in readings if one.document.id == document_id for each in named_in(one, identities)]
        return OneDocument(graph, document_id, named)


def _given(names: Sequence[str | Path], ontology: Ontology) -> tuple[list[Reading], list[Judgement]]:
    failures: list[Failure] = []
    found = list(readings_of(map(Path, names), ontology, failures))
    if failures:
        raise NothingReadError([(failure.path, failure.reason) for failure in failures])
    return [one for one in found if isinstance(one, Reading)], [one for one in found if isinstance(one, Judgement)]


def _holds_readings(name: str | Path) -> bool:
    """Whether it is a file of readings, which begins with one."""
    path = Path(name)
    if path.suffix != ".jsonl" or not path.is_file():
        return False
    with path.open("rb") as file, contextlib.suppress(ValueError):
        first = json.loads(file.readline())
        return isinstance(first, dict) and {"document", "mentions", "claims"} <= first.keys()
    return False
