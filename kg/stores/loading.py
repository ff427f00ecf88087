"""Readings into the database: a stream, in transactions of some documents each. While one is under way, the rows of the next are made."""

import dataclasses
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from kg.errors import InputError, StoreError
from kg.gazetteer import Gazetteer
from kg.model import Failure, Reading
from kg.ontology import Ontology
from kg.resolve import Corrections
from kg.stores.bolt import Bolt
from kg.stores.contract import OnWritten, Written
from kg.stores.replacing import replace
from kg.stores.rows import Rows, rows_of

_MOST_DOCUMENTS = 500
_MOST_WEIGHT = 4_000_000
_MOST_WARNINGS = 100
_LONGEST = 0.5  # seconds that what was read waits while nothing is being written

_COUNTED = "UNWIND $ids AS id MATCH (d:Document {id: id}) OPTIONAL MATCH (d)<-[:FROM_DOC]-(c:Claim) RETURN d.id, d.extractor, count(c)"


@dataclass
class _Part:
    """Documents that are written in one transaction."""

    readings: list[tuple[Reading, Rows]] = field(default_factory=list)
    weight: int = 0
    _keys: set[str] = field(default_factory=set)

    def takes(self, reading: Reading, weight: int) -> bool:
        """Whether one more fits in; never two that might replace each other."""
        apart = self._keys.isdisjoint(_keys(reading))
        return not self.readings or (apart and len(self.readings) < _MOST_DOCUMENTS and self.weight + weight <= _MOST_WEIGHT)

    def add(self, reading: Reading, rows: Rows, weight: int) -> None:
        """Take it in."""
        self.readings.append((reading, rows))
        self.weight += weight
        self._keys |= _keys(reading)


def _keys(reading: Reading) -> set[str]:
    document = reading.document
    return {f"id {document.id}", *((f"path {document.path}",) if document.path is not None else ())}


class _Writer:
    """Writes one part after the other, in a thread of its own, and tells of each that is in the store."""

    def __init__(self, bolt: Bolt, on_progress: OnWritten | None) -> None:
        self.written = Written()
        self._bolt = bolt
        self._on_progress = on_progress
        self._thread = ThreadPoolExecutor(1, "kg load")
        self._under_way: Future[Written] | None = None
        self._last = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._thread.shutdown()

    def put(self, part: _Part) -> None:
        """Write it, as soon as the one before is in the store."""
        self.wait()
        self._under_way = self._thread.submit(_write, self._bolt, part)
        self._last = time.monotonic()

    def wait(self) -> None:
        """Until what was put is in the store.

        Raises:
            StoreError: it could not be written.
        """
        if self._under_way is not None:
            done, self._under_way = self._under_way.result(), None
            self.written = _sum(self.written, done)
            if self._on_progress is not None:
                self._on_progress(self.written)

    def wants_more(self) -> bool:
        """Whether nothing is being written, and that for long enough."""
        if self._under_way is not None and self._under_way.done():
            self.wait()
        return self._under_way is None and time.monotonic() - self._last > _LONGEST


def _sum(one: Written, other: Written) -> Written:
    return Written(
        documents=one.documents + other.documents,
        skipped=one.skipped + other.skipped,
        replaced=one.replaced + other.replaced,
        claims=one.claims + other.claims,
        warnings=(one.warnings + other.warnings)[:_MOST_WARNINGS],
    )


def _parts(readings: Iterable[Reading], make: Callable[[Reading], Rows | None], wants_more: Callable[[], bool]) -> Iterator[_Part]:
    """Readings in parts, each as large as it may be, or smaller when the writer waits; when no more can come, what has come is a part.

    `make`: gives None of one that is left out.
    """
    part, coming, ended = _Part(), iter(readings), None
    while True:
        try:
            reading = next(coming)
        except StopIteration:
            break
        except BaseException as error:  # noqa: BLE001 - it is raised again below
            ended = error
            break
        rows = make(reading)
        if rows is None:
            continue
        weight = rows.weight
        if not part.takes(reading, weight):
            yield part
            part = _Part()
        part.add(reading, rows, weight)
        if wants_more():
            yield part
            part = _Part()
    if part.readings:
        yield part
    if ended is not None:
        raise ended


def load(
    bolt: Bolt,
    readings: Iterable[Reading],
    gazetteer: Gazetteer,
    ontology: Ontology,
    corrections: Corrections,
    on_progress: OnWritten | None,
) -> Written:
    """Write a stream of readings; edges and names are left to `kg.stores.derived`, with a note of each that is to be made again.

    What was read waits half a second at most before it is written. Where `readings` raises, what came before is written first. A document
    with a value that no database takes is left out.

    Raises:
        StoreError: the database refuses or fails; or it does not hold what it has acknowledged.
    """
    refused: list[Failure] = []

    def rows(reading: Reading) -> Rows | None:
        try:
            return rows_of(reading, gazetteer, ontology, corrections)
        except InputError as error:
            refused.append(Failure(error.path, error.reason))
            return None

    with _Writer(bolt, on_progress) as writer:
        try:
            for part in _parts(readings, rows, writer.wants_more):
                writer.put(part)
        finally:
            writer.wait()
    return dataclasses.replace(writer.written, refused=tuple(refused))


def _write(bolt: Bolt, part: _Part) -> Written:
    """One transaction, and a look whether it is there."""
    done = bolt.write(lambda run: replace(run, part.readings))
    _check(bolt, {reading.document.id: reading for reading, _ in done.stored})
    warnings = tuple(warning for _, rows in done.stored for warning in rows.warnings)
    claims = sum(len(reading.claims) for reading, _ in done.stored)
    return Written(len(done.stored), len(part.readings) - len(done.stored), done.gone, claims, warnings)


def _check(bolt: Bolt, stored: Mapping[str, Reading]) -> None:
    """Count what was acknowledged, where it was written; what another program has replaced meanwhile is not ours to count."""
    counted = {row[0]: row[1:] for row in bolt.write(lambda run: run(_COUNTED, ids=list(stored)))}
    for document_id, reading in stored.items():
        extractor, claims = counted.get(document_id, (reading.extractor, None))
        if extractor == reading.extractor and claims != len(reading.claims):
            found = "is not there" if claims is None else f"has {claims:,} of {len(reading.claims):,} claims"
            raise StoreError(f"{bolt.access.where}: document {document_id} {found} after it was written; build it again")
