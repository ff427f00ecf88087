"""kg bench: how fast texts are read beside bare spaCy, in how much memory, and how fast their graph is stored, asked and drawn."""

import gzip
import json
import os
import platform
import shutil
import statistics
import tempfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

import kg
from kg.api.opening import extractor_for, open_batch
from kg.api.storing import missing_engine
from kg.errors import InputError, NotFoundError, NothingReadError, SettingsError
from kg.evaluation import load_speed, page_speed, speed, store_speed
from kg.evaluation.bench_report import Bench, Better, Figure, Machine
from kg.model import Document, Failure, Graph, Reading
from kg.pipeline import Reads
from kg.readers import read
from kg.settings import Settings
from kg.stores.questions import questions
from kg.views import render_html

Part = Literal["reading", "memory", "store", "view", "page", "load"]

PARTS: tuple[Part, ...] = get_args(Part)
USUAL: tuple[Part, ...] = PARTS[:-2]  # `page` and `load` take minutes, and not the texts that are given
_PAGE: Mapping[str, tuple[str, Better]] = {
    "layout": ("s", "lower"),
    "size": ("MB", "lower"),
    "first": ("s", "lower"),
    "ready": ("s", "lower"),
    "pan": ("frames/s", "higher"),
    "drag": ("frames/s", "higher"),
    "slider": ("s", "lower"),
    "pyvis_first": ("s", "lower"),
    "pyvis_pan": ("frames/s", "higher"),
}
_LOAD: Mapping[str, tuple[str, Better]] = {
    "bare": ("claims/s", "higher"),
    "ours": ("claims/s", "higher"),
    "ratio": ("of bare", "higher"),
    "derive": ("s", "lower"),
    "client": ("MiB", "lower"),
    "server": ("MiB", "lower"),
}
_FIGURES: Mapping[str, tuple[str, Better]] = {
    "reading.bare": ("words/s", "higher"),
    "reading.extract": ("words/s", "higher"),
    "reading.ratio": ("of bare", "higher"),
    "memory.after_100": ("MiB", "lower"),
    "memory.after_all": ("MiB", "lower"),
    "memory.written": ("MiB", "lower"),
    "memory.growth": ("of after_100", "lower"),
    "store.load": ("claims/s", "higher"),
    "store.first": ("s", "lower"),
    **{f"store.{name}.{which}": ("ms", "lower") for name in store_speed.QUESTIONS for which in ("median", "p95")},
    "view.render": ("s", "lower"),
    "view.size": ("MB", "lower"),
    **{f"load.{name}": meaning for name, meaning in _LOAD.items()},
    **{f"ask.{name}.{which}": ("ms", "lower") for name in questions() for which in ("median", "p95")},
    **{f"page.{size}.{name}": meaning for size in page_speed.SIZES for name, meaning in _PAGE.items()},
}

type OnStep = Callable[[str], object]
type Measured = dict[str, Sequence[float]]  # by figure, a number a round


def bench(
    texts: Path,
    *,
    store: str | None = None,
    parts: Sequence[Part] = USUAL,
    claims: int = 100_000,
    settings: Settings | None = None,
    on_step: OnStep | None = None,
) -> Bench:
    """Measure these parts on a file or folder of texts, packed (.jsonl.gz) or not; a text that stands there twice counts once.

    `store`: the address of an empty Neo4j database, which is left empty again; None: an embedded store in a temporary folder. `claims`:
    how many are invented for the part `load`.

    Raises:
        InputError: not one text could be read.
        SettingsError, ModelError: an option is not valid.
        StoreError: the database is not empty, or fails.
    """
    _check(parts)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0  # Windows has none
    measured: Measured = {}
    left_out: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        subject = _subject(texts, Path(folder), store, claims, replace(settings or Settings(), workers=1), on_step or (lambda _: None))
        if {"store", "load"} & set(parts) and store is not None:
            store_speed.check(store, subject.reads)
        for part in sorted(set(parts), key=PARTS.index):
            why_not, measure = _PARTS[part]
            reason = why_not(subject)
            if reason is None:
                measured |= measure(subject)
            else:
                left_out[part] = reason
    return Bench(
        date=datetime.now(UTC).date().isoformat(),
        version=kg.__version__,
        extractor=subject.reads.extractor,
        machine=Machine(platform.python_version(), platform.system(), platform.machine(), os.cpu_count() or 1),
        data=texts.resolve().name,
        documents=len(subject.documents),
        failures=subject.failures,
        words=subject.words,
        store=("embedded" if store is None else "neo4j") if {"store.load", "load.ours"} & measured.keys() else None,
        figures={name: _figure(name, measured[name]) for name in _FIGURES if name in measured},
        left_out=left_out,
        load=round(load, 2),
    )


def _check(parts: Sequence[str]) -> None:
    for part in parts:
        if part not in PARTS:
            raise SettingsError(f"unknown part {part}: {', '.join(PARTS)}")


def _figure(name: str, rounds: Sequence[float]) -> Figure:
    unit, better = _FIGURES[name]
    short = tuple(float(f"{value:.6g}") for value in rounds)
    return Figure(statistics.median(short), unit, better, short)


@dataclass(frozen=True)
class _Subject:
    """What is measured: documents, also as JSON Lines (`path`), with what reads them, and the graph that they make."""

    documents: Sequence[Document]
    failures: int
    path: Path
    store: str | None
    claims: int
    settings: Settings
    reads: Reads
    tell: OnStep

    @cached_property
    def words(self) -> int:
        return sum(len(document.text.split()) for document in self.documents)

    @cached_property
    def read(self) -> tuple[Sequence[Reading], Graph]:
        """The readings, and their graph; made when the first part asks."""
        self.tell("reading for the graph")
        with open_batch(self.documents, self.settings) as batch:
            return list(batch), batch.graph()


def _subject(texts: Path, folder: Path, store: str | None, claims: int, settings: Settings, tell: OnStep) -> _Subject:
    """Everything is loaded, so that a wrong option fails at once."""
    tell("loading")
    documents, failures = _documents(texts, folder, settings)
    path = folder / "texts.jsonl"
    rows = ({"text": document.text, "published": document.published} for document in documents)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    return _Subject(documents, failures, path, store, claims, settings, extractor_for(settings), tell)


def _documents(texts: Path, folder: Path, settings: Settings) -> tuple[list[Document], int]:
    """The documents, each once, and how many cannot be read."""
    plain = _unpacked(texts, folder)
    found = list(read([plain], settings))
    failures = [(item.path.replace(plain.as_posix(), texts.as_posix()), item.reason) for item in found if isinstance(item, Failure)]
    documents = {item.content_hash: item for item in found if isinstance(item, Document)}
    if not documents:
        raise NothingReadError(failures or [(str(texts), "no text in it")])
    return list(documents.values()), len(failures)


def _unpacked(texts: Path, folder: Path) -> Path:
    """A file as the readers know it."""
    if texts.suffix != ".gz":
        return texts
    plain = folder / texts.stem
    try:
        with gzip.open(texts) as packed, plain.open("wb") as file:
            shutil.copyfileobj(packed, file)
    except FileNotFoundError:
        raise NotFoundError(f"{texts}: no such file") from None
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(str(texts), f"cannot be unpacked: {getattr(error, 'strerror', None) or error}") from error
    return plain


def _all[R](subject: _Subject, part: Part, rounds: Iterable[R]) -> list[R]:
    """The rounds as they come, each announced."""
    done: list[R] = []
    subject.tell(f"{part}, round 1 of {speed.ROUNDS}")
    for one in rounds:
        done.append(one)
        if len(done) < speed.ROUNDS:
            subject.tell(f"{part}, round {len(done) + 1} of {speed.ROUNDS}")
    return done


def _reading(subject: _Subject) -> Measured:
    rounds = _all(subject, "reading", speed.reading(subject.path, subject.settings))
    return {
        "reading.bare": [subject.words / one.bare for one in rounds],
        "reading.extract": [subject.words / one.extract for one in rounds],
        "reading.ratio": [one.ratio for one in rounds],
    }


def _memory(subject: _Subject) -> Measured:
    subject.tell("memory")
    found = speed.memory(subject.path, subject.settings)
    measured: Measured = {"memory.after_all": [found.after_all], "memory.written": [found.written]}
    if found.after_100 is not None:
        measured |= {"memory.after_100": [found.after_100], "memory.growth": [found.after_all / found.after_100]}
    return measured


def _no_store(subject: _Subject) -> str | None:
    _, graph = subject.read
    return missing_engine(subject.store or subject.path.parent) or (None if graph.claims else "no claim in these texts")


def _store(subject: _Subject) -> Measured:
    readings, graph = subject.read
    stores = (store_speed.measure(subject.store, subject.reads, readings, graph) for _ in range(speed.ROUNDS))
    rounds = _all(subject, "store", stores)
    claims = sum(len(reading.claims) for reading in readings)
    measured: Measured = {"store.load": [claims / one.load for one in rounds], "store.first": [one.first for one in rounds]}
    for name in rounds[0].answers:
        measured[f"store.{name}.median"] = [statistics.median(one.answers[name]) for one in rounds]
        measured[f"store.{name}.p95"] = [statistics.quantiles(one.answers[name], n=20)[-1] for one in rounds]
    return measured


def _view(subject: _Subject) -> Measured:
    """CPU seconds for the page, once what it is made with is loaded."""
    _, graph = subject.read

    def render() -> str:
        return render_html(graph, subject.reads.ontology)

    page = render()
    rounds = _all(subject, "view", (speed.cpu_seconds(render) for _ in range(speed.ROUNDS)))
    return {"view.render": rounds, "view.size": [len(page.encode()) / 1e6]}


def _page(subject: _Subject) -> Measured:
    """A page of invented entities in a browser, and what pyvis makes of them by itself."""
    measured: Measured = {}
    for size in page_speed.SIZES:
        subject.tell(f"page, {size:,} entities")
        measured |= {f"page.{size}.{name}": [value] for name, value in page_speed.measure(size, subject.reads.ontology).items()}
    return measured


def _always(_subject: _Subject) -> None:
    return None


def _load(subject: _Subject) -> Measured:
    """A store that takes invented claims, and is asked all questions of kg ask."""
    subject.tell(f"load, {subject.claims:,} claims")
    found = load_speed.measure(subject.store, subject.reads, subject.claims)
    told = {"bare": found.bare, "ours": found.ours, "ratio": found.ours / found.bare, "derive": found.derive}
    told |= {name: value for name, value in (("client", found.client), ("server", found.server)) if value is not None}
    measured: Measured = {f"load.{name}": [value] for name, value in told.items()}
    for name, times in found.answers.items():
        measured |= {f"ask.{name}.median": [statistics.median(times)], f"ask.{name}.p95": [statistics.quantiles(times, n=20)[-1]]}
    return measured


_PARTS: Mapping[Part, tuple[Callable[[_Subject], str | None], Callable[[_Subject], Measured]]] = {
    "reading": (_always, _reading),
    "memory": (lambda _: speed.why_no_memory(), _memory),
    "store": (_no_store, _store),
    "view": (_always, _view),
    "page": (lambda _: page_speed.why_no_browser(), _page),
    "load": (lambda subject: missing_engine(subject.store or subject.path.parent), _load),
}
