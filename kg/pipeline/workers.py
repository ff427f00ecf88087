"""Several processes that read: each has its own extractor, takes a few documents, gives lines back, and ends with this process."""

import contextlib
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import batched
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from kg.errors import KgError
from kg.model import Document, Failure, Reading
from kg.pipeline.contract import Reads
from kg.pipeline.spool import Line
from kg.settings import Settings

CHUNK = 4  # documents: small enough that two workers share six articles
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")

type Make = Callable[[Settings], Reads]
type Chunk = tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    """What a worker says first: what it reads with."""

    extractor: str


def lines(results: Iterable[Reading | Failure]) -> Iterator[Line | Failure]:
    """The readings in the form that is spooled."""
    for result in results:
        yield result if isinstance(result, Failure) else Line.of(result)


@dataclass(slots=True)
class _Worker:
    """A process with the end of the pipe that leads to it, and the documents it is reading."""

    process: BaseProcess
    pipe: Connection
    chunk: Chunk | None = None

    def stop(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join()


def _serve(pipe: Connection, make: Make, settings: Settings) -> None:
    """The life of a worker: load, then read until the pipe is closed. It sends _Ready, lists of results, or the text of an error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the first process decides
    try:
        extractor = make(settings)
        pipe.send(_Ready(extractor.extractor))
        while True:
            pipe.send(list(lines(extractor.readings(pipe.recv()))))
    except (EOFError, ConnectionError):  # the first process has gone
        return
    except KgError as error:
        pipe.send(str(error))
    except Exception:  # noqa: BLE001 - whatever it is, it is raised again in the first process
        pipe.send(traceback.format_exc())


@contextlib.contextmanager
def _for_children() -> Iterator[None]:
    """While a process starts: what it inherits. One thread for arithmetic, and no traceback of its own on Ctrl-C."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread
        handler = None
    try:
        yield
    finally:
        if handler is not None:
            signal.signal(signal.SIGINT, handler)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _start(make: Make, settings: Settings) -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, make, settings), daemon=True)
    with _for_children():
        process.start()
    theirs.close()
    return _Worker(process, ours)


class _Pool:
    """The workers, and the documents that wait for one."""

    def __init__(self, documents: Iterable[Document], extractor: str, make: Make, settings: Settings) -> None:
        self._chunks: Iterator[Chunk] = batched(documents, CHUNK)
        self._again: list[Chunk] = []
        self._extractor, self._make, self._settings = extractor, make, settings
        self._workers = [_start(make, settings) for _ in range(settings.workers)]

    def results(self) -> Iterator[Line | Failure]:
        """What the workers answer, as it comes."""
        while self._workers:
            ready = wait([worker.pipe for worker in self._workers])
            for worker in [worker for worker in self._workers if worker.pipe in ready]:
                yield from self._answer(worker)

    def _answer(self, worker: _Worker) -> list[Line | Failure]:
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            return self._replace(worker)
        if isinstance(answer, str):
            raise KgError(f"a worker process failed: {answer}")
        if answer == _Ready(self._extractor):
            answer = []
        elif isinstance(answer, _Ready):
            raise KgError("the ontology, a gazetteer or the model was changed while the workers started; run the command again")
        self._give(worker)
        return list(answer)

    def _give(self, worker: _Worker) -> None:
        """The next documents to this worker; it ends when there are none."""
        worker.chunk = self._again.pop() if self._again else next(self._chunks, None)
        if worker.chunk is None:
            self._workers.remove(worker)
            worker.stop()
        else:
            with contextlib.suppress(BrokenPipeError):  # it has just died: the next answer tells
                worker.pipe.send(worker.chunk)

    def _replace(self, worker: _Worker) -> list[Line | Failure]:
        """A worker died (out of memory, say): its documents are read again one by one; the one that kills alone is the failure."""
        self._workers.remove(worker)
        worker.stop()
        if worker.chunk is None:
            raise KgError("a worker process ended while it started (a script that uses workers needs `if __name__ == '__main__':`)")
        self._workers.append(_start(self._make, self._settings))
        if len(worker.chunk) == 1:
            document = worker.chunk[0]
            return [Failure(document.path or "-", f"the process that read it ended with code {worker.process.exitcode}")]
        self._again += [(document,) for document in worker.chunk]
        return []

    def stop(self) -> None:
        for worker in self._workers:
            worker.stop()


def read_in_workers(documents: Iterable[Document], extractor: str, make: Make, settings: Settings) -> Iterator[Line | Failure]:
    """The readings of these documents from `settings.workers` processes, in the order in which they are done; documents are taken lazily.

    Raises:
        KgError: a worker cannot start, reads with something else than `extractor`, or fails for a reason that is not one document's.
    """
    pool = _Pool(documents, extractor, make, settings)
    try:
        yield from pool.results()
    finally:
        pool.stop()
