"""Cypher that analysts write gives the same rows on both stores; what differs is listed, with the reason, in cases/statements.toml."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import neo4j.exceptions
import pytest
from fake_extractor import GAZETTEER, document, fake_reading
from hand_graph import Said, articles, reading
from store_places import ONTOLOGY, Place

from kg.errors import StoreError
from kg.model import judged
from kg.stores.bolt import plain

FILE = Path(__file__).parent / "cases" / "statements.toml"
OWN = ("Note", "Batch")  # labels of nodes that the statements make


@dataclass(frozen=True)
class Statement:
    """A statement of the file. `way`: read, write or schema."""

    way: str
    about: str
    cypher: str
    parameters: dict[str, Any] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    then: str | None = None
    ordered: bool = False
    empty: bool = False
    refused: bool = False
    differs: str | None = None


STATEMENTS = [Statement(way, **told) for way, some in tomllib.loads(FILE.read_text("utf8")).items() for told in some]


@pytest.fixture(scope="module")
def places(embedded_server: Place, neo4j_server: Place) -> Iterator[list[Place]]:
    """Both stores with the same graph; what the statements made is gone afterwards."""
    told = "United States COOPERATE possible France, says Mark Milley. China ACCUSE actual United States."
    day = {"published": "2026-04-02"}
    readings = [
        *articles(),
        fake_reading(document(told, url="https://far.example/1", outlet="Far Post", **day)),
        fake_reading(document("U.S. ACCUSE denied China, says Milley. France ACCUSE actual China.", url="https://far.example/2", **day)),
        reading("https://quotes.example/1", [Said('[Morvania] <backed> {Ostrel}\'s "river" plan.', "SUPPORT")], **day),
    ]
    wrong = judged("reject", [readings[4].claims[1].id], who="Ada", when="2026-05-01")
    both = [embedded_server, neo4j_server]
    for place in both:
        place.clear()
        with place.open() as store:
            store.write(readings, GAZETTEER, ONTOLOGY)
            store.judge([wrong], GAZETTEER, ONTOLOGY)
    yield both
    for place in both:
        place.clear()
        for name in place.run("SHOW CONSTRAINTS YIELD name, labelsOrTypes AS of WHERE 'Note' IN of RETURN name"):
            place.run(f"DROP CONSTRAINT `{name[0]}`")
        for name in place.run("SHOW INDEXES YIELD name, labelsOrTypes AS of WHERE 'Note' IN of OR 'SEEN_IN' IN of RETURN name"):
            place.run(f"DROP INDEX `{name[0]}`")


def _rows(place: Place, statement: Statement) -> list[Any]:
    if statement.way == "read":
        with place.open(read_only=True) as store:
            rows = [list(row) for row in store.query(statement.cypher, statement.parameters).rows]
    else:
        for one in statement.before:
            place.run(one)
        rows = place.run(statement.cypher, **statement.parameters)
        if statement.then:
            rows = place.run(statement.then)
    found = [_rounded(plain(row)) for row in rows]
    return found if statement.ordered else sorted(found, key=repr)


def _rounded(value: Any) -> Any:
    """Sums of floats may differ in the last place, and sets have no order."""
    if isinstance(value, float):
        return round(value, 9)
    if isinstance(value, dict):
        return {name: _rounded(value[name]) for name in sorted(value)}
    return [_rounded(item) for item in value] if isinstance(value, list) else value


def _tried(place: Place, statement: Statement) -> list[Any] | str:
    try:
        return _rows(place, statement)
    except (StoreError, neo4j.exceptions.Neo4jError) as error:
        return f"refused: {error}"


@pytest.mark.parametrize("statement", STATEMENTS, ids=[one.about for one in STATEMENTS])
def test_a_statement_gives_the_same_rows_on_both_stores(statement: Statement, places: list[Place]) -> None:
    embedded, real = (_tried(place, statement) for place in places)
    if statement.refused:
        assert isinstance(embedded, str)
        assert isinstance(real, str)
        return
    assert not isinstance(real, str), real
    assert (real == []) == statement.empty
    if statement.differs:
        assert embedded != real, "the stores agree now: take the reason away"
    else:
        assert embedded == real


def test_the_stores_differ_in_six_statements_at_most() -> None:
    assert len(STATEMENTS) >= 121
    assert len({one.about for one in STATEMENTS}) == len(STATEMENTS)
    assert 0 < sum(one.differs is not None for one in STATEMENTS) <= 6
