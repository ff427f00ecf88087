"""The one implementation of a store, over either kind of connection."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import batched
from types import TracebackType
from typing import Self

from kg.errors import NotFoundError, StoreError
from kg.gazetteer import Gazetteer
from kg.model import Document, Entity, Graph, Judgement, Reading, ResolvedClaim
from kg.ontology import Ontology
from kg.resolve import Corrections
from kg.stores import bulk, fetching, forgetting, judging, schema
from kg.stores.bolt import Bolt, TimedOutError
from kg.stores.connections import Connections
from kg.stores.contract import Forgotten, Judged, OnWritten, Piece, Result, Status, Written
from kg.stores.derived import rebuild
from kg.stores.faults import faults_of
from kg.stores.fetching import stored
from kg.stores.loading import load
from kg.stores.replacing import known
from kg.stores.selecting import Part, called, graph_of

_AT_ONCE = 500
_COUNTS = {
    "documents": "MATCH (d:Document) RETURN count(d)",
    "entities": "MATCH (e:Entity) RETURN count(e)",
    "claims": "MATCH (c:Claim) RETURN count(c)",
    "edges": "MATCH (:Entity)-[x]->(:Entity) WHERE x.edge_key IS NOT NULL RETURN count(x)",
    "waiting": "MATCH (p:Pending) RETURN count(p)",
}


class GraphStore:
    """A store that was opened; see `kg.stores.Store`."""

    def __init__(self, connections: Connections, version: str, *, into_existing: bool, read_only: bool) -> None:
        self.where = connections.where
        self._connections = connections
        self._version = version
        self._into_existing = into_existing
        self._read_only = read_only
        try:
            self._meta = schema.read_meta(connections.bolt())
            if not read_only:
                schema.check_writable(connections.bolt(), self._meta)
        except BaseException:
            connections.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Store {self.where}>"

    def close(self) -> None:
        """Let go of the database."""
        self._connections.close()

    def _bolt(self) -> Bolt:
        """The connection, once there is a graph of ours."""
        bolt = self._connections.bolt()
        if self._meta is None:
            self._meta = schema.read_meta(bolt)
        if self._meta is None:
            raise NotFoundError(f"{self.where}: no graph is stored here yet")
        return bolt

    @contextlib.contextmanager
    def _only_writer(self) -> Iterator[None]:
        """Let nobody else write meanwhile, where we may ourselves."""
        if self._read_only:
            raise StoreError(f"{self.where}: was opened to be read only")
        with self._connections.one_writer():
            yield

    @contextlib.contextmanager
    def _prepared(self) -> Iterator[Bolt]:
        """The connection, to be written over by us alone, once the database is ready for our graph."""
        with self._only_writer():
            bolt = self._connections.bolt()
            schema.prepare(bolt, self._version, into_existing=self._into_existing, is_neo4j=self._connections.kind == "neo4j")
            self._meta = schema.read_meta(bolt)
            yield bolt

    def known(self, documents: Iterable[Document], extractor: str) -> frozenset[str]:
        """The ids of those documents that need not be read again."""
        bolt = self._connections.bolt()
        if self._meta is None:
            return frozenset()
        return frozenset(found for some in batched(documents, _AT_ONCE) for found in known(bolt, some, extractor))

    def write(
        self,
        readings: Iterable[Reading],
        gazetteer: Gazetteer,
        ontology: Ontology,
        *,
        on_progress: OnWritten | None = None,
    ) -> Written:
        """Store a stream of readings, then make edges, links and names again where they touched them."""
        with self._prepared() as bolt:
            before = judging.corrections(bolt, gazetteer)
            written = load(bolt, readings, gazetteer, ontology, before, on_progress)
            self._derive(bolt, gazetteer, ontology, before)
        return written

    def _derive(self, bolt: Bolt, gazetteer: Gazetteer, ontology: Ontology, before: Corrections) -> int:
        """Make again what a write has touched; documents, too, that were written while somebody else judged."""
        after = judging.corrections(bolt, gazetteer)
        if before != after:
            bolt.write(lambda run: judging.note_touched(run, before, after))
        number = judging.reread(bolt, gazetteer, ontology)
        rebuild(bolt, gazetteer, after)
        return number

    def judge(self, given: Sequence[Judgement], gazetteer: Gazetteer, ontology: Ontology) -> Judged:
        """Keep people's judgements, and resolve again the documents that they are about."""
        with self._prepared() as bolt:
            new = judging.add(bolt, given, gazetteer)
            return Judged(new, self._derive(bolt, gazetteer, ontology, judging.corrections(bolt, gazetteer)))

    def forget(self, document: str, gazetteer: Gazetteer, ontology: Ontology) -> Forgotten:
        """Remove one document with all that hangs on it."""
        with self._only_writer():
            bolt = self._bolt()
            wanted = forgetting.find_document(bolt, document)
            found = judging.corrections(bolt, gazetteer)
            self._derive(bolt, gazetteer, ontology, found)
            return forgetting.forget(bolt, wanted, gazetteer, found)

    def check(self, gazetteer: Gazetteer, ontology: Ontology) -> Iterator[str]:
        """What is wrong in the store, a line each."""
        bolt = self._bolt()
        with self._connections.one_writer():
            yield from faults_of(bolt, judging.corrections(bolt, gazetteer), gazetteer, ontology)

    def judgements(self) -> tuple[Judgement, ...]:
        """What people judged, from the earliest to the latest."""
        return judging.judgements(self._bolt())

    def called(self, name: str) -> list[Entity]:
        """The entities with this id, else of this name, else with this alias."""
        return called(self._bolt(), name)

    def claims(self, ontology: Ontology, document_ids: Iterable[str] | None = None) -> Iterator[tuple[ResolvedClaim, Document]]:
        """All claims that nobody rejected, or those of these documents, with their documents, by document id, streaming."""
        bolt = self._bolt()
        ids = fetching.document_ids(bolt) if document_ids is None else sorted(set(document_ids))
        for one in stored(bolt, ids):
            for claim in one.resolved(ontology):
                yield claim, one.reading.document

    def readings(self, document_ids: Iterable[str] | None = None) -> Iterator[Reading]:
        """What was written, as it was, by document id."""
        bolt = self._bolt()
        ids = fetching.document_ids(bolt) if document_ids is None else sorted(set(document_ids))
        for one in stored(bolt, ids):
            yield one.reading

    def reading_of(self, claim_id: str) -> Reading:
        """The document that makes this claim."""
        bolt = self._bolt()
        ids = [row[0] for row in bolt.read("MATCH (:Claim {id: $id})-[:FROM_DOC]->(d:Document) RETURN d.id", id=claim_id)]
        for one in stored(bolt, ids):
            return one.reading
        raise NotFoundError(f"{claim_id}: no claim with this id in {self.where}")

    def graph(
        self,
        ontology: Ontology,
        *,
        around: str | None = None,
        hops: int = 1,
        top: int | None = None,
        since: str | None = None,
        until: str | None = None,
        min_confidence: float | None = None,
    ) -> Graph:
        """The stored graph, or the part of it that is asked for."""
        return graph_of(self._bolt(), ontology, Part(around, hops, top, since, until, min_confidence))

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        write: bool = False,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Result:
        """Rows of a Cypher statement, which may only read unless `write` is set."""
        try:
            if not write:
                self._bolt()
                return self._connections.ask_to_read(cypher, parameters or {}, limit=limit, timeout=timeout)
            return self._ask_to_write(cypher, parameters or {}, limit, timeout)
        except TimedOutError as error:
            after = f" of {timeout:g} s" if timeout is not None else ""
            raise TimedOutError(f"{self.where}: the query was stopped at the deadline{after}") from error

    def _ask_to_write(self, cypher: str, parameters: Mapping[str, object], limit: int | None, timeout: float | None) -> Result:
        with self._only_writer():
            self._bolt()
            return self._connections.ask_to_write(cypher, parameters, limit=limit, timeout=timeout)

    def bulk(self) -> Iterator[Piece]:
        """All that is stored, as files for `neo4j-admin database import full`."""
        bolt = self._bolt()
        with self._connections.one_writer():
            yield from bulk.pieces(bolt)

    def status(self) -> Status:
        """What is stored, in numbers."""
        status = self._connections.status()
        bolt = self._connections.bolt()
        counts = {name: bolt.read(query)[0][0] for name, query in _COUNTS.items()} if self._meta else {}
        return replace(status, server=bolt.server, schema_version=self._meta.schema_version if self._meta else None, **counts)
