"""kg extract: claims as values or lines of JSON."""

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from kg.api.files import check_outputs, written
from kg.api.opening import Inputs, Text, documents_of, open_batch, settings_of, several
from kg.model import Failure, Reading, claim_line, dumps, reading_to_json
from kg.pipeline import Batch
from kg.pipeline.batch import OnProgress


@dataclass(frozen=True, slots=True)
class Extracted:
    """What `extract_to_file` did: counts, and what could not be read."""

    documents: int
    lines: int
    failures: tuple[Failure, ...]


def _claim_lines(batch: Batch) -> Iterator[dict[str, Any]]:
    return (claim_line(resolved, document) for resolved, document in batch.claims())


def _warn(failures: Iterable[Failure]) -> None:
    for failure in failures:
        warnings.warn(str(failure), stacklevel=3)


def extract(
    inputs: Inputs | None = None,
    *,
    text: str | None = None,
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    workers: int = 1,
    model: str | None = None,
    gazetteers: Inputs = (),
    ontologies: Inputs = (),
    on_progress: OnProgress | None = None,
) -> list[dict[str, Any]]:
    """The claims of files, folders or "-", or of one `text`: each a dict as `kg extract` prints it, by document id, then by place.

    >>> [claim["label"] for claim in kg.extract(text="France may recognise the Taliban.")]  # doctest: +SKIP
    ['possible recognition']

    What cannot be read is a warning that names it; the other documents are read.

    Raises:
        InputError: the text, or not one of the inputs, could be read.
        TypeError: neither or both of `inputs` and `text` were given.
        SettingsError, ModelError: an option is not valid.
    """
    settings = settings_of(workers=workers, model=model, gazetteers=gazetteers, ontologies=ontologies)
    given = None if text is None else Text(text, title, url, outlet, published)
    documents = documents_of(inputs, given, settings)
    with open_batch(documents, settings, on_progress=on_progress) as batch:
        _warn(batch.failures)
        return list(_claim_lines(batch))


def readings(
    inputs: Inputs,
    *,
    workers: int = 1,
    model: str | None = None,
    gazetteers: Inputs = (),
    ontologies: Inputs = (),
    on_progress: OnProgress | None = None,
) -> Iterator[Reading]:
    """The readings of files, folders or "-", one a document, by document id; they lie on disk, one at a time is in memory.

    Raises:
        InputError: not one of the inputs could be read.
        SettingsError, ModelError: an option is not valid.
    """
    settings = settings_of(workers=workers, model=model, gazetteers=gazetteers, ontologies=ontologies)
    with open_batch(documents_of(inputs, None, settings), settings, on_progress=on_progress) as batch:
        _warn(batch.failures)
        yield from batch


def write_lines(lines: Iterable[dict[str, Any]], file: IO[str]) -> int:
    """Write JSON Lines and count them."""
    count = 0
    for line in lines:
        file.write(dumps(line) + "\n")
        count += 1
    return count


def write_claims(batch: Batch, path: Path) -> int:
    """Write the claims of a batch to a file, whole or not at all."""
    with written(path) as file:
        return write_lines(_claim_lines(batch), file)


def extract_to_file(
    inputs: Inputs,
    out: Path | IO[str],
    *,
    as_readings: bool = False,
    workers: int = 1,
    model: str | None = None,
    gazetteers: Inputs = (),
    ontologies: Inputs = (),
    on_progress: OnProgress | None = None,
) -> Extracted:
    """Write claims, or with `as_readings` one Reading a line, to a file by name (whole or not at all) or to an open one.

    By name: a run that was interrupted goes on where it stopped when it is called again.

    Raises:
        InputError: not one of the inputs could be read.
        SettingsError, ModelError: an option is not valid.
    """
    settings = settings_of(workers=workers, model=model, gazetteers=gazetteers, ontologies=ontologies)
    output = out if isinstance(out, Path) else None
    if output is not None:
        check_outputs([output], several(inputs))
    with open_batch(documents_of(inputs, None, settings), settings, output=output, on_progress=on_progress) as batch:
        lines = map(reading_to_json, batch) if as_readings else _claim_lines(batch)
        if isinstance(out, Path):
            with written(out) as file:
                count = write_lines(lines, file)
        else:
            count = write_lines(lines, out)
        return Extracted(documents=len(batch), lines=count, failures=batch.failures)
