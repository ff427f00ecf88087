"""kg import: readings that another machine has made, or that were exported, into a store."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.api.opening import Inputs, paths
from kg.api.storing import Where, opened
from kg.errors import NothingReadError
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.model import Failure, Judgement, Reading, judgement_from_json, reading_from_json
from kg.ontology import Ontology, load_ontology
from kg.stores import Written

_MOST_UNKNOWN = 1000
_WRONG = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Imported:
    """What `import_` did: what became of the readings, how many judgements are new, and what was left out. `where`: the store.

    `failures`: lines that are no reading and no judgement, and documents with a value that is too large to be stored.
    """

    where: str
    written: Written
    failures: tuple[Failure, ...]
    judgements: int = 0
    warnings: tuple[str, ...] = ()


def import_(
    inputs: Inputs,
    *,
    store: Where = None,
    into_existing: bool = False,
    gazetteers: Inputs = (),
    ontologies: Inputs = (),
) -> Imported:
    """Put readings and judgements (JSON Lines, of `kg export` or `kg extract --readings`) into a store; what is there is skipped.

    A line that is neither is a failure with its number; the others are kept.

    Raises:
        InputError: there is not one reading or judgement in the files.
        StoreError: the store cannot be opened or written to.
        SettingsError: a gazetteer or ontology is not valid.
    """
    gazetteer, ontology = load_gazetteer(paths(gazetteers)), load_ontology(paths(ontologies))
    lines = _Lines(paths(inputs), gazetteer, ontology)
    readings = lines.readings()
    first = next(readings, None)
    if first is None and not lines.judgements:
        failures = [(failure.path, failure.reason) for failure in lines.failures]
        raise NothingReadError(failures or [("import", "no reading in it")])
    with opened(store, into_existing=into_existing) as found:
        written = Written() if first is None else found.write(_before(first, readings), gazetteer, ontology)
        new = found.judge(lines.judgements, gazetteer, ontology).new if lines.judgements else 0
        return Imported(found.where, written, (*lines.failures, *written.refused), new, (*written.warnings, *lines.warnings))


def _before(first: Reading, rest: Iterable[Reading]) -> Iterator[Reading]:
    yield first
    yield from rest


class _Lines:
    """The lines of some files: readings as they come, judgements kept until the end; names that another gazetteer knew are remembered."""

    def __init__(self, files: Iterable[Path], gazetteer: Gazetteer, ontology: Ontology) -> None:
        self.judgements: list[Judgement] = []
        self.failures: list[Failure] = []
        self._files = files
        self._gazetteer = gazetteer
        self._ontology = ontology
        self._unknown: dict[str, None] = {}

    def readings(self) -> Iterator[Reading]:
        """The readings, one after the other."""
        for found in readings_of(self._files, self._ontology, self.failures):
            if isinstance(found, Judgement):
                self.judgements.append(found)
                continue
            self._look(found)
            yield found

    def _look(self, reading: Reading) -> None:
        for mention in reading.mentions:
            if mention.reason.startswith("gazetteer") and not mention.refers_to and len(self._unknown) < _MOST_UNKNOWN:
                text = " ".join(mention.text.split())
                if text not in self._unknown and self._gazetteer.lookup(text, mention.kind) is None:
                    self._unknown[text] = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """One line where the readings were made with a gazetteer that is not here."""
        if not self._unknown:
            return ()
        some = ", ".join(map(repr, list(self._unknown)[:3]))
        more = " and more" if len(self._unknown) > 3 else ""
        return (f"the readings were made with a gazetteer that knows {some}{more}, this one does not: --gazetteer FILE names it",)


def readings_of(files: Iterable[Path], ontology: Ontology, failures: list[Failure]) -> Iterator[Reading | Judgement]:
    """The readings and judgements of files, one a line; each line that is neither is added to `failures`."""
    for path in files:
        try:
            with path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    found = _line(line, f"{path}#{number}", ontology)
                    if isinstance(found, Failure):
                        failures.append(found)
                    elif found is not None:
                        yield found
        except OSError as error:
            failures.append(Failure(str(path), "no such file" if isinstance(error, FileNotFoundError) else str(error.strerror)))


def _line(line: bytes, name: str, ontology: Ontology) -> Reading | Judgement | Failure | None:
    """The reading or judgement of a line; None of an empty one."""
    if not line.strip():
        return None
    try:
        data = json.loads(line)
        if isinstance(data, dict) and "judgement" in data:
            return judgement_from_json(data)
        reading = reading_from_json(data)
    except json.JSONDecodeError:
        return Failure(name, "not valid JSON")
    except UnicodeDecodeError:
        return Failure(name, "not UTF-8")
    except _WRONG as error:
        return Failure(name, f"no reading: {type(error).__name__}: {error}")
    unknown = sorted({claim.relation for claim in reading.claims} - ontology.relations.keys())
    return Failure(name, f"unknown relation {unknown[0]!r} (--ontology names a file that has it)") if unknown else reading
