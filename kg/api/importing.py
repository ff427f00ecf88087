"""kg import: readings that another machine has made, or that were exported, into a store."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.api.opening import Inputs, paths
from kg.api.storing import Where, opened
from kg.errors import NothingReadError
from kg.gazetteer import load_gazetteer
from kg.model import Failure, Reading, reading_from_json
from kg.ontology import Ontology, load_ontology
from kg.stores import Written

_WRONG = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Imported:
    """What `import_` did: what became of the readings, and the lines that are none. `where`: the store, as shown to people."""

    where: str
    written: Written
    failures: tuple[Failure, ...]


def import_(
    inputs: Inputs,
    *,
    store: Where = None,
    into_existing: bool = False,
    gazetteers: Inputs = (),
    ontologies: Inputs = (),
) -> Imported:
    """Put readings (JSON Lines, of `kg export` or `kg extract --readings`) into a store; what is there unchanged is skipped and counted.

    A line that is no reading is a failure with its number; the others are kept.

    Raises:
        InputError: there is not one reading in the files.
        StoreError: the store cannot be opened or written to.
        SettingsError: a gazetteer or ontology is not valid.
    """
    gazetteer, ontology = load_gazetteer(paths(gazetteers)), load_ontology(paths(ontologies))
    failures: list[Failure] = []
    readings = _read(paths(inputs), ontology, failures)
    first = next(readings, None)
    if first is None:
        raise NothingReadError([(failure.path, failure.reason) for failure in failures] or [("import", "no reading in it")])
    with opened(store, into_existing=into_existing) as found:
        written = found.write(_before(first, readings), gazetteer, ontology)
        return Imported(found.where, written, tuple(failures))


def _before(first: Reading, rest: Iterable[Reading]) -> Iterator[Reading]:
    yield first
    yield from rest


def _read(files: Iterable[Path], ontology: Ontology, failures: list[Failure]) -> Iterator[Reading]:
    for path in files:
        try:
            with path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    found = _reading(line, f"{path}#{number}", ontology)
                    if isinstance(found, Failure):
                        failures.append(found)
                    elif found is not None:
                        yield found
        except OSError as error:
            failures.append(Failure(str(path), "no such file" if isinstance(error, FileNotFoundError) else str(error.strerror)))


def _reading(line: bytes, name: str, ontology: Ontology) -> Reading | Failure | None:
    """The reading of a line; None of an empty one."""
    if not line.strip():
        return None
    try:
        reading = reading_from_json(json.loads(line))
    except json.JSONDecodeError:
        return Failure(name, "not valid JSON")
    except UnicodeDecodeError:
        return Failure(name, "not UTF-8")
    except _WRONG as error:
        return Failure(name, f"no reading: {type(error).__name__}: {error}")
    unknown = sorted({claim.relation for claim in reading.claims} - ontology.relations.keys())
    return Failure(name, f"unknown relation {unknown[0]!r} (--ontology names a file that has it)") if unknown else reading
