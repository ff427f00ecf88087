"""The stance matrix and the timeline: what they count, and that their files are safe, the same each time and drawn by a real browser."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hand_graph import ONTOLOGY, hostile_graph, invented_graph, sample_graph

from kg.api.workspace import Workspace
from kg.errors import NotFoundError
from kg.model import Graph, Period
from kg.views import to_matrix, to_timeline
from kg.views.matrix import matrix_of
from kg.views.timeline import timeline_of

if TYPE_CHECKING:
    from conftest import Tab

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return sample_graph()


def _cells(svg: str) -> list[str]:
    return [item.get("aria-label", "") for item in ET.fromstring(svg).iter(f"{SVG}g") if item.get("role") == "listitem"]  # noqa: S314


def _description(svg: str) -> str:
    return ET.fromstring(svg).findtext(f"{SVG}desc") or ""  # noqa: S314


def _moved(graph: Graph, days: list[str | None]) -> Graph:
    claims = [replace(one, claim=replace(one.claim, event=Period(), claimed=day)) for one, day in zip(graph.claims, days, strict=False)]
    return replace(graph, claims=tuple(claims))


def test_a_cell_holds_the_claims_of_one_actor_towards_another(graph: Graph) -> None:
    cells = matrix_of(graph, ONTOLOGY).cells
    accused = cells["person:amina-sule", "group:delta-front"]
    assert (accused.claims, accused.hostile, accused.weight, accused.level, accused.glyph) == (1, 1, -1.0, -4, "×")
    assert ("group:delta-front", "person:amina-sule") not in cells
    denied = cells["country:tavland", "group:delta-front"]
    assert (denied.claims, denied.friendly, denied.weight, denied.glyph) == (1, 1, 0.0, "")


def test_a_symmetric_claim_counts_in_both_directions(graph: Graph) -> None:
    cells = matrix_of(graph, ONTOLOGY).cells
    allied = cells["group:delta-front", "group:free-river-army"]
    assert allied == cells["group:free-river-army", "group:delta-front"]
    assert allied.words == "1 claim, 1 friendly, 0 hostile, weight +1.00"


def test_every_cell_tells_its_claims(graph: Graph) -> None:
    told = _cells(to_matrix(graph, ONTOLOGY))
    assert len(told) == len(matrix_of(graph, ONTOLOGY).cells)
    assert "Amina Sule towards Delta Front: 1 claim, 0 friendly, 1 hostile, weight -1.00" in told


def test_of_many_actors_the_first_are_shown_and_the_picture_says_so() -> None:
    graph = invented_graph(200)
    of = matrix_of(graph, ONTOLOGY).of
    assert _description(to_matrix(graph, ONTOLOGY)).startswith(f"30 of {of} shown.")
    assert "shown" not in _description(to_matrix(graph, ONTOLOGY, top=0))


def test_the_bars_hold_every_claim(graph: Graph) -> None:
    timeline = timeline_of(graph)
    assert sum(timeline.counts.values()) == len(graph.claims)
    assert (timeline.step, timeline.undated, timeline.outside) == ("day", 0, 0)
    assert len(_cells(to_timeline(graph))) == len(timeline.counts)


def test_a_timeline_of_a_pair_counts_their_claims_only(graph: Graph) -> None:
    workspace = Workspace(graph, ONTOLOGY)
    pair = {"country:morvania", "country:ostrel"}
    mine = [one for one in graph.claims if one.target and {one.source.id, one.target.id} == pair]
    told = _cells(workspace.to_timeline(between=("morvania", "Ostrel")))
    assert sum(int(words.split(": ")[1].split()[0]) for words in told) == len(mine) == 4
    with pytest.raises(NotFoundError, match="nobody here is called 'Nobody'"):
        workspace.to_timeline(between=("Nobody", "Ostrel"))


def test_an_old_date_does_not_stretch_the_timeline() -> None:
    graph = invented_graph(60)
    days = ["1945-05-08", None, *(f"2024-03-{number % 28 + 1:02}" for number in range(len(graph.claims) - 2))]
    timeline = timeline_of(_moved(graph, [*days]))
    assert (timeline.step, timeline.outside, timeline.undated) == ("day", 1, 1)
    assert "1 without a date. 1 far outside" in _description(to_timeline(_moved(graph, [*days])))


@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        ("2024-01-01", "2024-02-20", "day"),
        ("2024-01-01", "2024-12-31", "week"),
        ("1990-01-01", "2024-12-31", "year"),
        ("0001-01-01", "9999-12-31", "century"),
    ],
)
def test_a_longer_time_has_longer_steps(graph: Graph, first: str, last: str, step: str) -> None:
    timeline = timeline_of(_moved(graph, [first, last]))
    assert timeline.step == step
    assert sum(timeline.counts.values()) == 2


def test_no_claims_no_dates_one_actor_are_told(graph: Graph) -> None:
    assert _description(to_matrix(Graph(), ONTOLOGY)) == "No claims: no actor stands towards another."
    assert _description(to_timeline(Graph())) == "No claims."
    assert _description(to_timeline(_moved(graph, [None, None]))) == "No claims with a date (2 without one)."
    alone = replace(graph, claims=tuple(one for one in graph.claims if one.target is None))
    assert len(alone.claims) == 1
    assert _cells(to_matrix(alone, ONTOLOGY)) == []


def test_the_order_of_claims_changes_no_byte(graph: Graph) -> None:
    turned = replace(graph, claims=graph.claims[::-1], entities=graph.entities[::-1])
    assert to_matrix(graph, ONTOLOGY) == to_matrix(turned, ONTOLOGY)
    assert to_timeline(graph) == to_timeline(turned)


def test_a_notebook_shows_the_picture(graph: Graph, tmp_path: Path) -> None:
    svg = Workspace(graph, ONTOLOGY).to_matrix()
    assert svg._repr_svg_() == str(svg)
    svg.write(tmp_path / "matrix.svg")
    assert (tmp_path / "matrix.svg").read_text("utf8") == svg


@pytest.mark.browser
@pytest.mark.parametrize("what", ["matrix", "timeline"])
def test_the_files_of_a_hostile_graph_are_drawn_and_run_nothing(browser: "Tab", tmp_path: Path, what: str) -> None:
    hostile = hostile_graph()
    pair = (hostile.entities[0], hostile.entities[1])
    hostile_dated = replace(
        hostile, claims=tuple(replace(one, claim=replace(one.claim, event=Period(), claimed="2024-05-01")) for one in hostile.claims)
    )
    svg = to_matrix(hostile, ONTOLOGY) if what == "matrix" else to_timeline(hostile_dated, between=pair)
    (tmp_path / "picture.svg").write_text(svg, "utf8")
    window = browser.open(tmp_path / "picture.svg")
    assert window.evaluate("() => document.documentElement.localName") == "svg"
    assert window.evaluate("() => document.querySelectorAll('[role=listitem] rect').length") == len(_cells(svg)) > 0
    assert window.evaluate("() => document.querySelectorAll('script, image, a, foreignObject').length") == 0
    assert (browser.requests, browser.messages) == ([], [])


@pytest.mark.browser
def test_the_picture_is_dark_where_the_system_is(browser: "Tab", graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "picture.svg").write_text(to_matrix(graph, ONTOLOGY), "utf8")
    browser.page.emulate_media(color_scheme="dark")
    window = browser.open(tmp_path / "picture.svg")
    assert window.evaluate("() => getComputedStyle(document.querySelector('rect')).fill") == "rgb(20, 24, 27)"
    browser.page.emulate_media(color_scheme="light")
    assert window.evaluate("() => getComputedStyle(document.querySelector('rect')).fill") == "rgb(251, 250, 247)"
