"""What leaves kg comes back the same: GraphML and GEXF by networkx, tables by pandas, CSV by a reader that knows no formulas."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from fake_extractor import fake_reading
from store_places import assembled

from kg.errors import KgError
from kg.model import Edge, Entity, Graph
from kg.views import to_csv, to_gexf, to_graphml, to_networkx, to_pandas

HOSTILE = (
    "a; b, \"c\" 'd'",
    "<b>&amp;</b> ]]> <!-- -->",
    "NUL \x00 bell \x07 escape \x1b[31m form feed \x0c",
    "line\r\nbreak\rand\ttab\n",
    "right \u202e to left, \ud800 half, \uffff none, \U0001f600 whole",
    "=HYPERLINK(1)",
    "`MATCH (n) DETACH DELETE n //",
    " ",
)


def hostile_graph() -> Graph:
    """Two real articles, and actors with names that bite, with lines between them of which some things are not known."""
    graph = assembled([fake_reading("Iran ACCUSE actual Iraq."), fake_reading("Iran ACCUSE denied Iraq. Iraq COOPERATE planned Iran.")])
    entities = [Entity(f"group:x{i}", text, "group", (text, *HOSTILE[:i]), "Q1" if i else None) for i, text in enumerate(HOSTILE)]
    ends = [(one.id, other.id) for one, other in zip(entities, [*entities[1:], entities[0]], strict=True)]
    edges = [
        Edge(source, "ACCUSE", target, "actual", -1, 3, 2, 0, None, "2021-09-01" if i % 2 else None, 0.25, ("a", "b"))
        for i, (source, target) in enumerate([*ends, ends[0][::-1]])
    ]
    return replace(graph, entities=(*graph.entities, *entities), edges=(*graph.edges, *edges))


def _expected(attributes: dict[str, Any]) -> dict[str, Any]:
    """What is documented: no attribute for what is not known, a list as JSON, no character that XML cannot hold."""

    def legal(text: str) -> str:
        return "".join(
            c for c in text if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) < 0xE000 and ord(c) not in {0xFFFE, 0xFFFF})
        )

    made = {
        name: json.dumps(list(map(legal, value)), ensure_ascii=False) if isinstance(value, tuple) else value
        for name, value in attributes.items()
    }
    return {name: legal(value) if isinstance(value, str) else value for name, value in made.items() if value is not None}


def _nodes(items: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    return {node: {name: value for name, value in attributes.items() if name != "label"} for node, attributes in items}


@pytest.mark.parametrize(("write", "read"), [(to_graphml, nx.read_graphml), (to_gexf, nx.read_gexf)], ids=["graphml", "gexf"])
def test_networkx_reads_back_every_node_edge_and_attribute(
    write: Callable[[Graph], Iterable[str]], read: Callable[[Path], Any], tmp_path: Path
) -> None:
    graph = hostile_graph()
    path = tmp_path / "graph.xml"
    path.write_text("".join(write(graph)), encoding="utf8", newline="\n")
    found, network = read(path), to_networkx(graph)
    assert found.is_directed()
    assert _nodes(found.nodes(data=True)) == {node: _expected(attributes) for node, attributes in network.nodes(data=True)}
    edges = {
        (source, target, attributes.get("id", key)): attributes for source, target, key, attributes in found.edges(keys=True, data=True)
    }
    assert set(edges) == set(network.edges(keys=True))
    for one, attributes in edges.items():
        kept = {name: value for name, value in attributes.items() if name not in {"id", "weight"}}
        assert kept == _expected(network.edges[one])
        assert attributes["weight"] == attributes["claims"]
    assert "".join(write(graph)) == path.read_text(encoding="utf8")


def test_every_part_of_a_graph_is_a_table() -> None:
    graph = hostile_graph()
    for of, parts in (("claims", graph.claims), ("entities", graph.entities), ("edges", graph.edges), ("documents", graph.documents)):
        table = to_pandas(graph, of)
        assert len(table) == len(parts)
        assert list(to_pandas(Graph(), of).columns) == list(table.columns)
    edges = to_pandas(graph, "edges")
    assert edges[["source_id", "relation", "target_id", "claims"]].to_dict("records") == [
        {"source_id": one.source_id, "relation": one.relation, "target_id": one.target_id, "claims": one.claims} for one in graph.edges
    ]
    assert set(edges["source_name"]) == {"Iran", "Iraq", *HOSTILE}
    assert list(to_pandas(graph, "entities")["aliases"]) == [list(one.aliases) for one in graph.entities]
    assert list(to_pandas(graph, "documents")["text"]) == [one.text for one in graph.documents]
    with pytest.raises(KgError, match="no table of 'actors': one of claims, entities, edges, documents"):
        to_pandas(graph, "actors")


def test_no_cell_of_a_csv_is_a_formula_or_steers_a_terminal() -> None:
    graph = hostile_graph()
    claims = tuple(
        replace(one, source=replace(one.source, name=text), claim=replace(one.claim, value=f"\t{text}", claimer_text=f"@{text}"))
        for one in graph.claims
        for text in HOSTILE
    )
    text = "".join(to_csv(replace(graph, claims=claims)))
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(claims)
    for row in rows:
        cells = [cell for name, cell in row.items() if name != "polarity"]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert {row["claimer_text"] for row in rows} >= {"'@=HYPERLINK(1)"}
    assert not set(text) & set(map(chr, (*range(9), 11, 12, 13, 27, 0xD800)))
