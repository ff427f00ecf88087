"""What a store is: the Protocol that both kinds share, and the values it gives."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Protocol, Self

from kg.gazetteer import Gazetteer
from kg.model import Document, Entity, Failure, Graph, Judgement, Reading, ResolvedClaim
from kg.ontology import Ontology

IMPORT_ARGUMENTS = "import.args"
IMPORT_COMMAND = f"neo4j-admin database import full neo4j @{IMPORT_ARGUMENTS}"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the readings that were written.

    `documents`: written now; `skipped`: stored already, or beaten by a later copy of the same address; `replaced`: older ones that went;
    `claims`: of the documents written now; `warnings`: values that were cut because the database indexes them, the first hundred;
    `refused`: documents left out because a value in them is larger than can be stored.
    """

    documents: int = 0
    skipped: int = 0
    replaced: int = 0
    claims: int = 0
    warnings: tuple[str, ...] = ()
    refused: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of judgements: how many are new, and how many documents were resolved again for them."""

    new: int
    documents: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What went with a document: its id and what it was called, how many claims, and how many entities that nothing else mentions."""

    id: str
    title: str
    claims: int
    entities: int


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did: the version of the schema before and now, and how many constraints and indexes were made."""

    where: str
    old: int
    new: int
    made: int


@dataclass(frozen=True, slots=True)
class Result:
    """Rows of plain values: a node is `{"labels": [...]} | properties`, a relationship `{"type": ...} | properties`, a path a list of both.

    `cut`: there were more rows than were asked for.
    """

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """A store from outside. What only a running store knows is None where it does not run.

    `waiting`: pairs and names whose derived edges an interrupted write has left for the next one.
    """

    where: str
    kind: Literal["embedded", "neo4j"]
    running: bool
    uri: str | None = None
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    pid: int | None = None
    log: Path | None = None
    server: str | None = None
    schema_version: int | None = None
    documents: int | None = None
    entities: int | None = None
    claims: int | None = None
    edges: int | None = None
    waiting: int | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What comes next in one of several files: `text`, which holds `rows` nodes or relationships."""

    file: str
    text: str
    rows: int = 0


type OnWritten = Callable[[Written], object]


class Store(Protocol):
    """A graph database that holds readings, and the graph that they make together. Open one, close it (or use `with`).

    Every method raises StoreError where the database refuses, fails or is gone. `where`: as shown to people, no password in it.
    """

    where: str

    def known(self, documents: Iterable[Document], extractor: str) -> frozenset[str]:
        """The ids of those documents that need not be read again: stored as they are, and read by this extractor."""
        ...

    def write(
        self,
        readings: Iterable[Reading],
        gazetteer: Gazetteer,
        ontology: Ontology,
        *,
        on_progress: OnWritten | None = None,
    ) -> Written:
        """Store a stream of readings, a document being the unit: what is there unchanged is skipped, what has changed is replaced.

        Of two copies of one address the later published is kept, then the one with the smaller content hash, in whatever order they come;
        a file that was edited (same path) replaces its older text. A document with a value too large to be stored is left out and told,
        the others are written. When a write is interrupted, the next one goes on.
        """
        ...

    def judge(self, given: Sequence[Judgement], gazetteer: Gazetteer, ontology: Ontology) -> Judged:
        """Keep people's judgements, those that are there already left out, and resolve again the documents that they are about.

        The claims stay what they are, ids and evidence; who their actors are, and which of them count, is what was judged. Judgements come
        before or after the documents, in any order. When it is interrupted, the next write goes on.
        """
        ...

    def judgements(self) -> tuple[Judgement, ...]:
        """What people judged, from the earliest to the latest."""
        ...

    def forget(self, document: str, gazetteer: Gazetteer, ontology: Ontology) -> Forgotten:
        """Remove one document, by id, address or path, as if it had never been written: its claims and mentions, what was derived from
        them, and entities that nothing else mentions. People's judgements stay, also of what is gone: they hold again when it comes back.

        Raises:
            NotFoundError: no document is called so; it tells which are called nearly so.
        """
        ...

    def check(self, gazetteer: Gazetteer, ontology: Ontology) -> Iterator[str]:
        """What is wrong in the store, a line each, as it is found: nothing is written.

        Every claim's evidence, roles and document, edges and links against what the claims make anew, entities and their names, judgements,
        constraints and indexes. Another program that writes meanwhile may make it see what is half done.
        """
        ...

    def called(self, name: str) -> list[Entity]:
        """The entities with this id, else of this name, else with this alias; capitals do not matter.

        Raises:
            NotFoundError: nobody is called so; it tells who is called nearly so.
        """
        ...

    def claims(self, ontology: Ontology, document_ids: Iterable[str] | None = None) -> Iterator[tuple[ResolvedClaim, Document]]:
        """All claims that nobody rejected, or those of these documents, with their documents, by document id, streaming."""
        ...

    def readings(self, document_ids: Iterable[str] | None = None) -> Iterator[Reading]:
        """What was written, as it was: all of it by document id, or these documents (those that are there), streaming."""
        ...

    def reading_of(self, claim_id: str) -> Reading:
        """The document that makes this claim.

        Raises:
            NotFoundError: no claim has this id.
        """
        ...

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
        """The stored graph, or the part of it that is asked for; its edges count the claims of that part.

        `around`: a name, alias or id, with the actors `hops` edges from it; `top`: the actors with most claims; `since`, `until`: ISO dates
        between which it was so (or said, where the text does not tell).

        Raises:
            NotFoundError: nobody is called `around`.
        """
        ...

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        write: bool = False,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Result:
        """Rows of a Cypher statement; only one that reads is let through, unless `write` is set. `timeout`: seconds."""
        ...

    def bulk(self) -> Iterator[Piece]:
        """All that is stored, as files for `neo4j-admin database import full`, piece by piece, streaming; `import.args` comes last."""
        ...

    def status(self) -> Status:
        """What is stored, in numbers."""
        ...

    def close(self) -> None:
        """Let go of the database; an embedded one goes on for others, until nobody has used it for its idle time."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...
