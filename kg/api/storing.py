"""The store of a call: opened with the user's environment, filled while documents are read, started and stopped."""

import itertools
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from kg.errors import SettingsError, StoreError
from kg.model import Document, Judgement, Reading
from kg.pipeline import Reads
from kg.stores import Status, Store, Written, open_store, start_store, stop_store, store_status

type Where = str | Path | None


def opened(where: Where, *, into_existing: bool = False, read_only: bool = False) -> Store:
    """A store, with KG_STORE and the NEO4J_ variables of the environment.

    Raises:
        StoreError, NotFoundError: it cannot be opened, or (`read_only`) there is none.
    """
    return open_store(where, environment=os.environ, into_existing=into_existing, read_only=read_only)


def existing(where: Where, *, write: bool = False) -> Store:
    """A store that is there already: nothing is made for a question, nor for one that may write.

    Raises:
        StoreError, NotFoundError: it cannot be opened, or there is none.
    """
    if write:
        opened(where, read_only=True).close()
    return opened(where, read_only=not write)


def store(action: Literal["start", "stop", "status"], where: Where = None, *, idle: float = 600.0, heap: str | None = None) -> Status:
    """Start or stop the server of an embedded store, or look at any store: where it runs and, if it does, what it holds.

    Every command starts the server where it needs it; it ends by itself after `idle` seconds without any client. `heap`: of Java, "2g",
    when it is started; by default KG_STORE_HEAP of the environment, else 768m. The password in the answer is for other Bolt clients on this
    machine.

    Raises:
        StoreError: it cannot be started or asked.
        NotFoundError: there is no store to stop or look at.
        SettingsError: no such action, or an option that cannot be.
    """
    if action not in {"start", "stop", "status"}:
        raise SettingsError(f"unknown action {action!r}: start, stop or status")
    if action == "start":
        if type(idle) not in {int, float} or not 0 < idle < float("inf"):
            raise SettingsError(f"unknown option value --idle {idle}: a number of seconds above 0")
        return start_store(where, environment=os.environ, idle=idle, heap=heap)
    if action == "stop":
        stop_store(where, environment=os.environ)
    return store_status(where, environment=os.environ)


class Filling:
    """A store that readings are written to while they are made. It is opened when the first document is looked up, so not for nothing."""

    def __init__(self, where: Where, reads: Reads, *, into_existing: bool = False) -> None:
        self._where = where
        self._reads = reads
        self._into_existing = into_existing
        self._stack = ExitStack()
        self._was_opened = False
        self.written = Written()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()
        if isinstance(error, KeyboardInterrupt) and self._was_opened:
            told = str(error) or "interrupted"
            again = "" if "go on" in told else "; run the same command to go on"
            raise KeyboardInterrupt(f"{told}{again}; what was read is in {self._store.where}") from None

    @cached_property
    def _store(self) -> Store:
        opened_store = self._stack.enter_context(opened(self._where, into_existing=self._into_existing))
        self._was_opened = True
        return opened_store

    @property
    def shown(self) -> str | None:
        """Where the readings went, as shown to people; None when there were none."""
        return self._store.where if self._was_opened else None

    def judgements(self) -> tuple[Judgement, ...]:
        """What people judged, where the readings went."""
        return self._store.judgements() if self._was_opened else ()

    def recall(self, documents: Sequence[Document]) -> Iterable[Reading]:
        """The stored readings of those documents that have not changed."""
        known = self._store.known(documents, self._reads.extractor)
        return self._store.readings(known) if known else ()

    def take(self, readings: Iterator[Reading]) -> None:
        """Write readings as they come; when the user interrupts, what has come is written first."""
        kept = _UntilInterrupted(readings)
        first = list(itertools.islice(kept, 1))
        if first or self._was_opened:
            rest = itertools.chain(first, kept)
            self.written = self._store.write(rest, self._reads.gazetteer, self._reads.ontology)
        if kept.was_interrupted:
            raise KeyboardInterrupt


class _UntilInterrupted:
    """An iterator that ends when the user interrupts it, and tells."""

    def __init__(self, readings: Iterator[Reading]) -> None:
        self._readings = readings
        self.was_interrupted = False

    def __iter__(self) -> Iterator[Reading]:
        return self

    def __next__(self) -> Reading:
        try:
            return next(self._readings)
        except KeyboardInterrupt:
            self.was_interrupted = True
            raise StopIteration from None


def missing_engine(where: Where) -> str | None:
    """Why an embedded store cannot run on this machine; None where it can, or where `where` is a server."""
    from kg.stores.address import Access, locate
    from kg.stores.embedded import check_engine

    if isinstance(locate(where, os.environ), Access):
        return None
    try:
        check_engine()
    except StoreError as error:
        return str(error)
    return None
