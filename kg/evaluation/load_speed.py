"""How fast a store takes many invented claims beside a bare script, in how much memory, and how fast it answers the questions of `kg ask`.

Each load is a process of its own (this module, run as a program), so that its memory and its speed are nobody else's.
"""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.bare_load import bare_seconds, tables
from kg.evaluation.made_news import made_readings
from kg.evaluation.speed import peak, told
from kg.evaluation.store_speed import emptied, opened, temporary_store
from kg.gazetteer import load_gazetteer
from kg.model import Reading, Role
from kg.ontology import load_ontology
from kg.pipeline import Reads
from kg.stores import store_status
from kg.stores.address import Access, locate
from kg.stores.bolt import Bolt
from kg.stores.contract import Written
from kg.stores.questions import answer, questions

TIMES = 15  # that each question is asked, of as many pairs of actors
LIMIT = 1_000  # rows, as `kg ask` shows


@dataclass(frozen=True, slots=True)
class Load:
    """`bare`, `ours`: claims a second; `derive`: seconds in which edges, links and names are made of them afterwards.

    `client`, `server`: the most memory, in MiB; None where the system does not tell. `answers`: by question, milliseconds to each answer.
    """

    bare: float
    ours: float
    derive: float
    client: float | None
    server: float | None
    answers: Mapping[str, Sequence[float]]


def measure(where: str | None, reads: Reads, claims: int) -> Load:
    """One store, loaded twice and asked. `where`: the address of an empty Neo4j database, left empty again; None: embedded, in turns two.

    Raises:
        StoreError: the database is not empty, or it fails.
        KgError: the process that measures failed.
    """
    if where is None:
        with temporary_store() as place:
            bare = _measured("bare", str(place), claims)
        with temporary_store() as place:
            return _loaded(str(place), claims, bare)
    with emptied(where, reads, made_readings(claims)):
        bare = _measured("bare", where, claims)
    with emptied(where, reads, made_readings(claims)):
        return _loaded(where, claims, bare)


def _loaded(where: str, claims: int, bare: Mapping[str, float]) -> Load:
    ours = _measured("ours", where, claims)
    server = peak(pid) if (pid := store_status(where, environment=os.environ).pid) else None
    return Load(bare["rate"], ours["rate"], ours["derive"], ours.get("client"), server, answers(where, claims))


def _measured(what: str, where: str, claims: int) -> Mapping[str, float]:
    """What this module says when it is run as a program."""
    (line,) = told("measuring the load", "kg.evaluation.load_speed", what, where, str(claims))
    return line


def answers(where: str, claims: int) -> Mapping[str, Sequence[float]]:
    """Milliseconds to each answer, by question."""
    found: dict[str, list[float]] = {}
    asked = list(_asked(claims))
    with opened(where, read_only=True) as store:
        for name, question in questions().items():
            for given in [asked[0], *asked]:  # once more at first: for it the server makes a plan
                taken = {one.name: given[one.name] for one in question.takes if one.name not in question.optional}
                begun = time.perf_counter()
                answer(store, name, taken, limit=LIMIT)
                found.setdefault(name, []).append(1000 * (time.perf_counter() - begun))
    return {name: times[1:] for name, times in found.items()}


def _asked(claims: int) -> Iterator[Mapping[str, str]]:
    """Pairs of actors: the one most is claimed of, and others at growing distance from it, to one of which nothing else is claimed."""
    counts = Counter(
        (_words(reading, claim.source), _words(reading, claim.target))
        for reading in made_readings(claims)
        for claim in reading.claims
        if claim.target
    )
    pairs = sorted(counts, key=lambda pair: (-counts[pair], pair))
    for step in range(TIMES):
        source, target = pairs[round(len(pairs) ** (step / (TIMES - 1))) - 1]
        yield {"a": source, "b": target, "relation": "ACCUSE", "since": "2021-06-01"}


def _words(reading: Reading, role: Role) -> str:
    return reading.document.text[role.mention.start : role.mention.end]


def _bare(where: str, claims: int) -> Mapping[str, float]:
    place = locate(where, os.environ)
    if isinstance(place, Access):
        access = place
    else:
        status = store_status(where, environment=os.environ)
        access = Access(where, str(status.uri), status.user, status.password or "", "neo4j")
    bolt = Bolt(access)
    try:
        statements = tables(made_readings(claims), load_gazetteer(), load_ontology())
        return {"rate": claims / bare_seconds(bolt, statements)}
    finally:
        bolt.close()


def _ours(where: str, claims: int) -> Mapping[str, float]:
    ended = [0.0]

    def note(_: Written) -> None:
        ended[0] = time.perf_counter()

    gazetteer, ontology = load_gazetteer(), load_ontology()
    with opened(where) as store:
        begun = time.perf_counter()
        store.write(made_readings(claims), gazetteer, ontology, on_progress=note)
        derived = time.perf_counter() - ended[0]
    client = peak(os.getpid())
    return {"rate": claims / (ended[0] - begun), "derive": derived} | ({"client": client} if client else {})


def main() -> None:
    """`python -m kg.evaluation.load_speed bare|ours WHERE CLAIMS` loads invented claims and tells, as JSON, how fast."""
    what, where, claims = sys.argv[1:]
    load = {"bare": _bare, "ours": _ours}[what]
    sys.stdout.write(json.dumps(load(where, int(claims))) + "\n")


if __name__ == "__main__":
    main()
