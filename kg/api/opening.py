"""From what a user gives (files or a text, options) to a batch of readings."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from os import PathLike
from pathlib import Path

from kg.api.files import is_ordinary
from kg.errors import InputError, NothingReadError, SettingsError
from kg.model import Document, Failure
from kg.pipeline import Batch, Reads, read_batch
from kg.pipeline.batch import OnProgress, Recall, Sink
from kg.settings import Settings

MOST_WORKERS = 64

type Named = str | PathLike[str]
type Inputs = Named | Sequence[Named]


def several(names: Inputs) -> tuple[str | Path, ...]:
    """One name or several; a text stays as it was written (https://... is no path)."""
    given = [names] if isinstance(names, str | PathLike) else names
    return tuple(name if isinstance(name, str) else Path(name) for name in given)


def paths(names: Inputs) -> tuple[Path, ...]:
    """One name or several, as paths."""
    return tuple(map(Path, several(names)))


def settings_of(
    *,
    workers: int = 1,
    model: str | None = None,
    gazetteers: Inputs = (),
    ontologies: Inputs = (),
) -> Settings:
    """The options of one call, checked as far as this needs no file.

    Raises:
        SettingsError: workers is no whole number from 1 to 64.
    """
    if type(workers) is not int or not 1 <= workers <= MOST_WORKERS:
        raise SettingsError(f"unknown option value --workers {workers}: a whole number from 1 to {MOST_WORKERS}")
    return Settings(model=model, gazetteers=paths(gazetteers), ontologies=paths(ontologies), workers=workers)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=2)
def _load(settings: Settings, _stamps: tuple[tuple[int, int] | None, ...]) -> Reads:
    from kg.pipeline.extractor import Extractor

    return Extractor(settings)


def extractor_for(settings: Settings) -> Reads:
    """The extractor with these settings; the last two stay loaded, so that a notebook's second call is fast.

    Raises:
        SettingsError, ModelError: a file of the settings or the model is not valid.
    """
    return _load(replace(settings, workers=1), tuple(_stamp(path) for path in settings.gazetteers + settings.ontologies))


def make_extractor(settings: Settings) -> Reads:
    """An extractor of its own: what a worker process begins with."""
    from kg.pipeline.extractor import Extractor

    return Extractor(settings)


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is given as such, and what is known about it."""

    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None

    def document(self, settings: Settings) -> Document:
        """The document that it is.

        Raises:
            InputError: there is no text in it, it is not English, or too long.
        """
        from kg.readers import document_of

        return document_of(self.text, title=self.title, url=self.url, outlet=self.outlet, published=self.published, settings=settings)


def documents_of(inputs: Inputs | None, text: Text | None, settings: Settings) -> Iterator[Document | Failure]:
    """The documents of files, folders and "-" (standard input), lazily; or the one that is a text.

    Raises:
        TypeError: both or neither were given.
        InputError: the text cannot be read.
    """
    if (inputs is None) == (text is None):
        raise TypeError('either inputs or text="..." is needed')
    if text is not None:
        return iter([text.document(settings)])
    from kg.readers import read

    return read(several(inputs or ()), settings)


@contextlib.contextmanager
def open_batch(
    documents: Iterable[Document | Failure],
    settings: Settings,
    *,
    output: Path | None = None,
    on_progress: OnProgress | None = None,
    recall: Recall | None = None,
    sink: Sink | None = None,
) -> Iterator[Batch]:
    """The readings of these documents, while the block lasts; with an `output` an interrupted run is gone on with.

    `recall` and `sink`: where readings are known already, and where new ones go (see `read_batch`).

    Raises:
        NothingReadError: not one document could be read.
    """
    spool_beside = output if output is not None and is_ordinary(output) else None
    reads = extractor_for(settings)
    batch = read_batch(
        documents,
        reads,
        make=make_extractor,
        settings=settings,
        output=spool_beside,
        on_progress=on_progress,
        recall=recall,
        sink=sink,
    )
    with batch as readings:
        if not len(readings):
            failures = [(failure.path, failure.reason) for failure in readings.failures]
            raise NothingReadError(failures) if failures else InputError("input", "no document in it")
        yield readings
