"""docs/schema.md is the graph: every label, type and property that a store holds is told there, and the other way round."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import neo4j.time
import pytest
from fake_extractor import GAZETTEER, document, fake_reading
from hand_graph import articles
from store_places import ONTOLOGY, Place
from test_readme import _script

from kg.gazetteer import Gazetteer
from kg.model import judged
from kg.model.cypher_form import KIND_LABELS
from kg.model.cypher_schema import EDGE, NODES, RELATIONSHIPS, Properties, Type
from kg.stores.pending import pending_document, pending_name, pending_pair

PAGE = (Path(__file__).parent.parent / "docs" / "schema.md").read_text("utf8")
TYPES: Mapping[Type, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "float": (float,),
    "boolean": (bool,),
    "date": (neo4j.time.Date, str),
    "list of strings": (list,),
    "list of integers": (list,),
}
ITEMS: Mapping[Type, type] = {"list of strings": str, "list of integers": int}


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def place(request: pytest.FixtureRequest) -> Place:
    """A store in which everything occurs that can."""
    found: Place = request.getfixturevalue(f"{request.param}_server")
    found.clear()
    known = Gazetteer({**GAZETTEER.entries, "country:IR": replace(GAZETTEER.entries["country:IR"], wikidata="Q794")}, "fake")
    whole = articles()
    claims = tuple(replace(claim, about=claim.source, on_behalf_of=claim.source) for claim in whole[0].claims)
    wrong = fake_reading(
        document("Iran ACCUSE actual the Iraqis, says Milley. Iraq ACCUSE denied Iran.", path="b.txt", published="2021-09")
    )
    with found.open() as store:
        store.write([replace(whole[0], claims=claims), *whole[1:], wrong], known, ONTOLOGY)
        store.judge([judged("reject", [wrong.claims[0].id], who="Ada", when="2026-01-01", why="misread")], known, ONTOLOGY)
    for note in (pending_pair("country:IR", "ACCUSE", "country:IQ", -1), pending_name("country:IR"), pending_document("x")):
        found.run("CREATE (p:Pending) SET p = $note", note=note)
    return found


def _check(where: str, told: Properties, rows: Iterable[Mapping[str, Any]]) -> None:
    """What is told of some properties is so, and all of it occurs."""
    seen: dict[str, int] = defaultdict(int)
    number = 0
    for properties in rows:
        number += 1
        for name, value in properties.items():
            assert name in told, f"{where}.{name} is not told"
            kind = told[name].type
            assert type(value) in TYPES[kind], f"{where}.{name} is no {kind}: {value!r}"
            assert not isinstance(value, list) or all(type(item) is ITEMS[kind] for item in value)
            seen[name] += 1
    assert number
    assert seen.keys() == told.keys(), f"{where} lacks {told.keys() - seen.keys()}"
    always = {name for name, one in told.items() if not one.optional}
    assert {name for name in always if seen[name] < number} == set(), where


def test_the_nodes_of_a_store_are_those_of_the_page(place: Place) -> None:
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for labels, properties in place.run("MATCH (n) RETURN labels(n), properties(n)"):
        (label,) = set(labels) - set(KIND_LABELS.values())
        assert set(labels) == ({label} if label != "Entity" else {label, KIND_LABELS[properties["kind"]]})
        tables[label].append(properties)
    assert tables.keys() == NODES.keys()
    for label, rows in tables.items():
        _check(label, NODES[label], rows)


def test_the_relationships_of_a_store_are_those_of_the_page(place: Place) -> None:
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for kind, properties, start, end in place.run("MATCH (a)-[r]->(b) RETURN type(r), properties(r), labels(a), labels(b)"):
        if kind in RELATIONSHIPS:
            assert RELATIONSHIPS[kind].start in start
            assert RELATIONSHIPS[kind].end in end
            tables[kind].append(properties)
        else:
            assert kind in ONTOLOGY.relations
            assert "Entity" in start
            assert "Entity" in end
            tables["edges"].append(properties)
    assert tables.keys() == {*RELATIONSHIPS, "edges"}
    _check("edges", EDGE, tables.pop("edges"))
    shared: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for kind, rows in tables.items():
        shared[id(RELATIONSHIPS[kind].properties)] += rows
    for told in RELATIONSHIPS.values():
        _check(str(tuple(told.properties)), told.properties, shared[id(told.properties)])


def test_the_page_has_the_tables_of_the_program() -> None:
    assert _script("make_schema").renewed(PAGE) == PAGE, "make docs writes it anew"
    assert not [word for word in re.findall(r"\[:(\w+)\]", PAGE) if word not in RELATIONSHIPS and word not in ONTOLOGY.relations]
    assert not [word for word in re.findall(r"\(:(\w+)\)", PAGE) if word not in NODES]
