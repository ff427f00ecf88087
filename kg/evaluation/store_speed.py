"""How fast a store takes readings and answers questions: an embedded one in a temporary folder, or a Neo4j database that is empty."""

import contextlib
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import batched, cycle, islice
from pathlib import Path

from kg.errors import SettingsError, StoreError
from kg.model import Graph, Reading
from kg.pipeline import Reads
from kg.stores import Store, open_store, start_store, stop_store
from kg.stores.address import Access, locate

TIMES = 50  # that each question is asked
_ACTORS = 5  # that it is asked about, in turns: those with most claims
_AT_ONCE = 500
_IDLE = 60.0  # seconds after which a server that could not be stopped ends by itself
QUESTIONS: Mapping[str, str] = {
    "stance": """
MATCH (c:Claim)-[:SOURCE]->(:Entity {name: $source}), (c)-[:TARGET]->(:Entity {name: $target})
OPTIONAL MATCH (c)-[:CLAIMED_BY]->(w:Entity)
RETURN c.relation, c.modality, c.polarity, coalesce(w.name, c.claimer_text) AS claimer, c.sentence ORDER BY c.id
""",
    "claimer": """
MATCH (c:Claim)-[:CLAIMED_BY]->(:Entity {name: $claimer}), (c)-[:SOURCE]->(s:Entity), (c)-[:TARGET]->(t:Entity)
RETURN s.name, c.relation, c.modality, t.name, c.sentence ORDER BY c.id
""",
    "relations": """
MATCH (c:Claim) RETURN c.relation, c.modality_class, count(*) AS claims ORDER BY claims DESC, c.relation, c.modality_class
""",
    "neighbourhood": """
MATCH (:Entity {name: $actor})<-[own]-(c:Claim)-[role]->(o:Entity)
RETURN type(own), c.relation, c.modality, type(role), o.name, c.sentence ORDER BY c.id, o.name
""",
}
_REMOVE = (  # documents and claims of these ids, then what hangs on no document any more
    "MATCH (d:Document)<-[:FROM_DOC]-(c:Claim) WHERE d.id IN $ids DETACH DELETE c",
    "MATCH (d:Document) WHERE d.id IN $ids DETACH DELETE d",
    "MATCH (e:Entity) WHERE NOT (e)<-[:MENTIONS]-(:Document) DETACH DELETE e",
)
_REMOVE_NOTES = "MATCH (n) WHERE (n:Pending OR n:Meta) AND NOT EXISTS { MATCH (:Document) } DELETE n"

type Asked = Mapping[str, Sequence[Mapping[str, str]]]  # by question, the parameters that it is asked with in turns


@dataclass(frozen=True, slots=True)
class Round:
    """One store, filled and asked. `load`: seconds; `first`: seconds to the first answer, for which an embedded server is started.

    `answers`: by question, milliseconds to each answer but for the first.
    """

    load: float
    first: float
    answers: Mapping[str, Sequence[float]]


def check(where: str, reads: Reads) -> None:
    """Look whether `where` is a database that speed can be measured in.

    Raises:
        SettingsError: it is a folder.
        StoreError: it is not empty, or cannot be written to.
    """
    if not isinstance(locate(where, os.environ), Access):
        raise SettingsError(f"--store {where}: a folder; the address of an empty Neo4j database was expected")
    with emptied(where, reads, ()):
        pass


def measure(where: str | None, reads: Reads, readings: Sequence[Reading], graph: Graph) -> Round:
    """A store that is filled with these readings and asked about the busiest actors of their graph.

    `where`: the address of an empty Neo4j database, which is left empty again (but for constraints and indexes); None: an embedded store
    in a temporary folder, which is removed with its server.

    Raises:
        StoreError: the database is not empty, or it fails.
    """
    asked = questions(graph)
    if where is None:
        with temporary_store() as place:
            return _round(place, reads, readings, asked, stop=lambda: stop_store(place), start=lambda: _start(place))
    with emptied(where, reads, readings):
        return _round(where, reads, readings, asked, stop=lambda: None, start=lambda: None)


def questions(graph: Graph) -> dict[str, list[dict[str, str]]]:
    """Whom each question is asked about: those with most claims; a question about nobody is left out."""
    pairs = Counter((one.source.name, one.target.name) for one in graph.claims if one.target)
    claimers = Counter(one.claimer.name for one in graph.claims if one.claimer)
    actors = Counter(actor.name for one in graph.claims for actor in (one.source, one.target) if actor)
    asked: dict[str, list[dict[str, str]]] = {
        "stance": [{"source": source, "target": target} for source, target in _busiest(pairs)],
        "claimer": [{"claimer": name} for name in _busiest(claimers)],
        "relations": [{}],
        "neighbourhood": [{"actor": name} for name in _busiest(actors)],
    }
    return {name: parameters for name, parameters in asked.items() if parameters}


def _busiest[K: (str, tuple[str, str])](counts: Mapping[K, int]) -> list[K]:
    return sorted(counts, key=lambda key: (-counts[key], key))[:_ACTORS]


@contextlib.contextmanager
def temporary_store() -> Iterator[Path]:
    """A folder for an embedded store whose server runs, gone with it when the block ends."""
    with tempfile.TemporaryDirectory(prefix="kg-bench-", ignore_cleanup_errors=True) as folder:
        place = Path(folder) / "store"
        try:
            _start(place)
            yield place
        finally:
            stop_store(place)


def _start(place: Path) -> None:
    """Start the server in a thread, so that on Ctrl-C, too, it is waited for: only one that has started can be stopped."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(start_store, place, idle=_IDLE).result()


@contextlib.contextmanager
def emptied(where: str, reads: Reads, readings: Iterable[Reading]) -> Iterator[None]:
    """An empty database, made ready; what is written there meanwhile is removed again, and only that."""
    with opened(where) as store:
        if store.status().schema_version is not None:
            raise StoreError(f"{store.where}: a graph is stored here; speed is measured in an empty database only")
        try:
            store.write((), reads.gazetteer, reads.ontology)
        except StoreError as error:
            raise StoreError(f"{str(error).partition(';')[0]}; speed is measured in an empty database only") from error
    try:
        yield
    finally:
        with opened(where) as store:
            for ids in batched((reading.document.id for reading in readings), _AT_ONCE):
                for statement in _REMOVE:
                    store.query(statement, {"ids": list(ids)}, write=True)
            store.query(_REMOVE_NOTES, write=True)


def opened(where: str | Path, *, read_only: bool = False) -> Store:
    """The store, with what the environment tells of it."""
    return open_store(where, environment=os.environ, read_only=read_only)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _round(
    where: str | Path,
    reads: Reads,
    readings: Sequence[Reading],
    asked: Asked,
    *,
    stop: Callable[[], object],
    start: Callable[[], object],
) -> Round:
    """`stop` and `start`: a server of our own, between loading and the first question."""
    with opened(where) as store:
        load = _seconds(lambda: store.write(readings, reads.gazetteer, reads.ontology))
    stop()
    begun = time.perf_counter()
    start()
    with opened(where, read_only=True) as store:
        store.query(QUESTIONS["relations"])
        first = time.perf_counter() - begun
        answers = {name: list(_milliseconds(store, QUESTIONS[name], parameters)) for name, parameters in asked.items()}
        return Round(load, first, answers)


def _milliseconds(store: Store, cypher: str, parameters: Iterable[Mapping[str, str]]) -> Iterator[float]:
    """The first answer is left out: for it the server makes a plan, which the others share."""
    for i, given in enumerate(islice(cycle(parameters), TIMES + 1)):
        seconds = _seconds(lambda given=given: store.query(cypher, given))  # type: ignore[misc]  # bound at once
        if i:
            yield 1000 * seconds
