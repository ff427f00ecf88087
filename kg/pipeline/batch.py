"""A batch: a stream of documents becomes readings on disk, which are then gone through as often as needed, in the order of their ids."""

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import batched
from pathlib import Path

from kg.assemble import assemble, resolved_claims
from kg.model import Document, Failure, Graph, Judgement, Reading, ResolvedClaim, reading_from_json
from kg.pipeline.contract import Reads
from kg.pipeline.copies import Copies
from kg.pipeline.spool import Line, Spool
from kg.pipeline.workers import Make, lines, read_in_workers
from kg.resolve import Identities, resolve
from kg.settings import Settings


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is, told after every document.

    `kept`: documents that an interrupted run had read; `recalled`: those whose reading was known elsewhere; `words`: read in this run.
    """

    documents: int = 0
    kept: int = 0
    recalled: int = 0
    failures: int = 0
    words: int = 0
    path: str | None = None


type OnProgress = Callable[[Progress], object]
type Recall = Callable[[Sequence[Document]], Iterable[Reading]]
type Sink = Callable[[Iterator[Reading]], object]

_RECALLED_AT_ONCE = 50


class Batch:
    """The readings of a batch, one a document. `failures`: what could not be read, sorted. Memory holds their places on disk only."""

    def __init__(
        self, reads: Reads, spool: Spool, places: tuple[int, ...], failures: tuple[Failure, ...], judgements: Sequence[Judgement] = ()
    ) -> None:
        self.failures = failures
        self._reads = reads
        self._spool = spool
        self._places = places
        self._judgements = judgements

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Reading]:
        return self._spool.read(self._places)

    def judged(self, judgements: Sequence[Judgement]) -> "Batch":
        """The same readings, as people corrected them."""
        return Batch(self._reads, self._spool, self._places, self.failures, judgements)

    @cached_property
    def identities(self) -> Identities:
        """Who the mentions of all readings are: the first pass."""
        return resolve(self, self._reads.gazetteer, self._judgements)

    def claims(self) -> Iterator[tuple[ResolvedClaim, Document]]:
        """The claims that nobody rejected with their names, each with its document: the second pass."""
        rejected = self.identities.corrections.rejected
        for one, document in resolved_claims(self, self.identities, self._reads.ontology):
            if one.claim.id not in rejected:
                yield one, document

    def graph(self, on_reading: Callable[[Reading], object] = lambda _: None) -> Graph:
        """The readings assembled; this holds all claims in memory. `on_reading` sees each on its way."""

        def each() -> Iterator[Reading]:
            for reading in self:
                on_reading(reading)
                yield reading

        graph = assemble(each(), self.identities, self._reads.ontology)
        return Graph(graph.documents, graph.entities, graph.claims, graph.edges, graph.links, self.failures)


class _Run:
    """The reading of one batch: what is still to be read, what has been, what failed."""

    def __init__(self, reads: Reads, spool: Spool, on_progress: OnProgress | None, recall: Recall | None) -> None:
        self._spool = spool
        self._recall = recall
        self._copies = Copies(reads.extractor)
        self._kept = dict(spool.kept(reads.extractor))
        self._places: dict[str, int] = {}
        self._failures: set[Failure] = set()
        self._tell = on_progress or (lambda _: None)
        self._progress = Progress()
        if recall is None:
            self._tell(self._progress)  # everything is loaded

    def _step(self, *, kept: int = 0, recalled: int = 0, words: int = 0, failures: int = 0, path: str | None = None) -> None:
        was = self._progress
        self._progress = Progress(
            documents=was.documents + (not failures),
            kept=was.kept + kept,
            recalled=was.recalled + recalled,
            failures=was.failures + failures,
            words=was.words + words,
            path=path,
        )
        self._tell(self._progress)

    def _fail(self, failure: Failure) -> None:
        if failure not in self._failures:
            self._failures.add(failure)
            self._step(failures=1, path=failure.path)

    def _readable(self, stream: Iterable[Document | Failure]) -> Iterator[Document]:
        for item in stream:
            if isinstance(item, Failure):
                self._fail(item)
            else:
                yield item

    def wanted(self, stream: Iterable[Document | Failure]) -> Iterator[Document]:
        """The documents that are to be read: no worse copy of one seen before, none that an interrupted run has read or that is known."""
        for some in batched(self._copies.better(self._readable(stream)), _RECALLED_AT_ONCE if self._recall else 1):
            recalled = self._recalled([document for document, mark in some if mark not in self._kept])
            for document, mark in some:
                if mark in self._kept:
                    self._places[mark] = self._kept[mark]
                    self._step(kept=1, path=document.path)
                elif mark in recalled:
                    self._places[mark] = self._spool.add(recalled[mark])
                    self._step(recalled=1, path=document.path)
                else:
                    yield document

    def _recalled(self, documents: Sequence[Document]) -> dict[str, Line]:
        """What is known already of exactly these documents, by fingerprint."""
        known = map(Line.of, self._recall(documents)) if self._recall and documents else ()
        lines_of = {line.fingerprint: line for line in known}
        if self._recall and self._progress == Progress():
            self._tell(self._progress)  # what is asked is open, too
        return lines_of

    def take(self, results: Iterable[Line | Failure]) -> Iterator[Line]:
        """Put what was read on disk, and pass it on."""
        for result in results:
            if isinstance(result, Failure):
                self._fail(result)
            else:
                self._places[result.fingerprint] = self._spool.add(result)
                self._step(words=result.words, path=result.path)
                yield result

    def readings(self, results: Iterable[Line | Failure]) -> Iterator[Reading]:
        """What is read, as it comes, then what an interrupted run had read."""
        for line in self.take(results):
            yield reading_from_json(json.loads(line.data))
        yield from self._spool.read(self._kept[mark] for mark in self._copies.kept() if mark in self._kept)

    @property
    def places(self) -> tuple[int, ...]:
        """Where the readings lie, in the order of their documents' ids."""
        return tuple(self._places[mark] for mark in self._copies.kept() if mark in self._places)

    @property
    def failures(self) -> tuple[Failure, ...]:
        return tuple(sorted(self._failures, key=lambda failure: (failure.path, failure.reason)))

    @property
    def on_disk(self) -> int:
        """How many documents a run that goes on need not read again."""
        return len(self._kept.keys() | self._places.keys())


@contextlib.contextmanager
def read_batch(
    stream: Iterable[Document | Failure],
    reads: Reads,
    *,
    make: Make,
    settings: Settings,
    output: Path | None = None,
    on_progress: OnProgress | None = None,
    recall: Recall | None = None,
    sink: Sink | None = None,
) -> Iterator[Batch]:
    """Read documents; inside the `with` their readings can be gone through, by document id, whatever the order of the stream.

    `reads` reads them when `settings.workers` is 1, else that many processes do, each with an extractor of its own from `make` (a function
    or class that a process can import). With an `output` the readings lie in OUTPUT.partial: it is removed when the `with` block succeeds
    and stays when it does not; the same call then goes on from there. `recall` gives what is known already of some documents (what is not
    exactly theirs is not used); `sink` gets the other readings while they are made, and should take them all.

    Raises:
        InputError: OUTPUT.partial cannot be used.
        KeyboardInterrupt: with a message that says what is kept.
    """
    spool = Spool(output)
    done = False
    run = _Run(reads, spool, on_progress, recall)
    try:
        wanted = run.wanted(stream)
        results = read_in_workers(wanted, reads.extractor, make, settings) if settings.workers > 1 else lines(reads.readings(wanted))
        if sink is None:
            _drain(run.take(results))
        else:
            sink(run.readings(results))
        yield Batch(reads, spool, run.places, run.failures)
        done = True
    except KeyboardInterrupt:
        raise KeyboardInterrupt(_interrupted(run.on_disk, spool.path)) from None
    finally:
        spool.close(keep=not done)


def _drain(results: Iterable[object]) -> None:
    for _ in results:
        pass


def _interrupted(documents: int, path: Path | None) -> str:
    if path is None or not documents:
        return "interrupted"
    plural = "document is" if documents == 1 else "documents are"
    return f"interrupted: {documents} {plural} kept in {path}; run the same command to go on"
