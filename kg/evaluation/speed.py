"""Speed and memory of reading, each measured in a process of its own with one thread, so that nothing that ran before is measured too."""

import itertools
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import kg
from kg.api.claims import extract_to_file
from kg.api.opening import extractor_for
from kg.errors import KgError
from kg.language import model_folder
from kg.model import Document, Reading, dumps, reading_to_json
from kg.pipeline import Progress
from kg.readers import read
from kg.settings import Settings

ROUNDS = 3
SOME = 100  # documents, after which the memory of many is compared with what it was
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Round:
    """CPU seconds for the same texts: `bare` of spaCy with its stock components, `extract` of kg, with the readings written as JSON."""

    bare: float
    extract: float

    @property
    def ratio(self) -> float:
        """The speed of kg beside that of bare spaCy: 1.0 when kg costs nothing more."""
        return self.bare / self.extract


@dataclass(frozen=True, slots=True)
class Memory:
    """The most memory, in MiB, that `kg extract` had used after `SOME` documents, after all, and when all was written.

    `after_100` is None where there are no more than `SOME`.
    """

    documents: int
    after_100: float | None
    after_all: float
    written: float


def reading(texts: Path, settings: Settings) -> Iterator[Round]:
    """How long bare spaCy and kg take, in turns, for JSON Lines with `text`; `ROUNDS` times, each told when it is done.

    Raises:
        KgError: the process that measures failed.
    """
    for line in _measured("reading", texts, settings):
        yield Round(**line)


def ratio(rounds: list[Round]) -> float:
    """The median of the rounds, each of which saw spaCy and kg under the same load of the machine."""
    return statistics.median(one.ratio for one in rounds)


def memory(texts: Path, settings: Settings) -> Memory:
    """How much memory `kg extract` takes for JSON Lines with `text`.

    Raises:
        KgError: the process that measures failed.
    """
    (line,) = _measured("memory", texts, settings)
    return Memory(**line)


def why_no_memory() -> str | None:
    """Why the memory of a process cannot be measured on this machine; None where it can."""
    return None if find_spec("resource") else "this system does not tell the peak of a process"


def _measured(what: str, texts: Path, settings: Settings) -> Iterator[dict[str, Any]]:
    """What this module, run as a program, tells about texts."""
    yield from told(f"measuring {what}", "kg.evaluation.speed", what, str(texts), json.dumps(asdict(settings), default=str))


def told(aim: str, module: str, *arguments: str) -> Iterator[dict[str, Any]]:
    """The lines of JSON that a module of ours, run as a program, tells; it ends with whoever stops listening.

    Raises:
        KgError: it failed; `aim` is what it was run for.
    """
    home = str(Path(kg.__file__).parent.parent)
    environment = os.environ | dict.fromkeys(_THREADS, "1")
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-P", "-m", module, *arguments]
    with tempfile.TemporaryFile("w+", encoding="utf8", errors="replace") as said:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=said, text=True)  # noqa: S603 - our own module
        try:
            yield from map(json.loads, process.stdout or ())
            code = process.wait()
        finally:
            process.kill()
            process.communicate()
        if code:
            said.seek(0)
            last = (said.read().strip().splitlines() or [f"it ended with code {code}"])[-1]
            raise KgError(f"{aim}: {last}")


def cpu_seconds(work: Callable[[], object]) -> float:
    """The time that this process computes for it; other processes do not count."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _tell_rounds(path: Path, settings: Settings) -> None:
    """Both are loaded, and warm, before the first round."""
    import spacy

    documents = [item for item in read([path], settings) if isinstance(item, Document)]
    texts = [document.text for document in documents]
    extractor = extractor_for(settings)
    nlp = spacy.load(model_folder(settings.model), exclude=["senter"])

    def bare() -> None:
        for _ in nlp.pipe(texts):
            pass

    def extract() -> None:
        with tempfile.TemporaryFile("w", encoding="utf8") as file:
            for result in extractor.readings(documents):
                if isinstance(result, Reading):
                    file.write(dumps(reading_to_json(result)) + "\n")

    list(nlp.pipe(texts[:4]))
    list(extractor.readings(itertools.islice(documents, 4)))
    for _ in range(ROUNDS):
        _tell(Round(cpu_seconds(bare), cpu_seconds(extract)))


def _tell_memory(path: Path, settings: Settings) -> None:
    peaks: dict[int, float] = {}

    def note(progress: Progress) -> None:
        peaks[min(progress.documents, SOME + 1)] = _peak()

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "claims.jsonl"
        done = extract_to_file(
            path, out, model=settings.model, gazetteers=settings.gazetteers, ontologies=settings.ontologies, on_progress=note
        )
    _tell(Memory(done.documents, peaks.get(SOME) if max(peaks) > SOME else None, peaks[max(peaks)], _peak()))


def _peak() -> float:
    """The most memory that this process has used, in MiB."""
    if (found := peak(os.getpid())) is not None:
        return found
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def peak(pid: int) -> float | None:
    """The most memory that a process has used, in MiB, where Linux tells it.

    `getrusage` has it, too, but only of ourselves, and there a process begins with the peak of the one that started it.
    """
    status = Path(f"/proc/{pid}/status")
    found = _PEAK.search(status.read_text()) if status.is_file() else None
    return int(found[1]) / 1024 if found else None


def _tell(value: Round | Memory) -> None:
    sys.stdout.write(json.dumps(asdict(value)) + "\n")
    sys.stdout.flush()


def main(what: str, texts: str, settings: str) -> None:
    """Measure one thing and tell it as lines of JSON: what the other process of this module runs."""
    given: dict[str, Any] = json.loads(settings)
    files = {name: tuple(map(Path, given[name])) for name in ("gazetteers", "ontologies")}
    measure = {"reading": _tell_rounds, "memory": _tell_memory}[what]
    try:
        measure(Path(texts), Settings(**given | files))
    except KgError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(*sys.argv[1:])
