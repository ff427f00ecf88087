"""Parts of a graph: who stands near whom, communities, sets of pages, and graphs of odd shapes."""

import itertools
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hand_graph import ONTOLOGY, Said, graph_of, invented_graph, invented_name, reading, sample_graph
from view_pages import ready, state

from kg.api.asking import view
from kg.errors import NotFoundError
from kg.model import Graph, Kind
from kg.views import community, drawn, render_html, render_pages
from kg.views.page import make_page
from kg.views.parts import communities

if TYPE_CHECKING:
    from conftest import Tab


def _camps() -> tuple[Graph, list[list[str]]]:
    """Two camps of eight, friends inside, enemies across."""
    names = [invented_name(3 * number + 2)[0] for number in range(16)]
    camps = [names[:8], names[8:]]
    friends = [
        Said(f"[{one}] <backed> {{{camp[(number + step) % 8]}}}.", "SUPPORT")
        for camp in camps
        for number, one in enumerate(camp)
        for step in (1, 2)
    ]
    enemies = [
        Said(f"[{one}] <condemned> {{{camps[1][(number + step) % 8]}}}.", "ACCUSE")
        for number, one in enumerate(camps[0])
        for step in (0, 3)
    ]
    return graph_of([reading("https://paper.example/camps", [*friends, *enemies])]), camps


def test_friends_stand_near_each_other_and_enemies_apart() -> None:
    graph, camps = _camps()
    at = {node.name: (node.x, node.y) for node in make_page(graph, ONTOLOGY).nodes}

    def apart(pairs: list[tuple[str, str]]) -> float:
        return sum(math.dist(at[one], at[other]) for one, other in pairs) / len(pairs)

    inside = [pair for camp in camps for pair in itertools.combinations(camp, 2)]
    assert apart(list(itertools.product(camps[0], camps[1]))) > 1.6 * apart(inside)


def test_a_community_is_a_camp_of_friends_the_largest_first() -> None:
    graph, camps = _camps()
    names = {entity.id: entity.name for entity in graph.entities}
    assert sorted(sorted(names[one] for one in members) for members in communities(graph)) == sorted(map(sorted, camps))
    title, part = community(graph, 1)
    assert title.startswith("Community 1 of 2: ")
    assert {entity.id for entity in part.entities} == communities(graph)[0]
    assert all(one.claim.polarity > 0 for one in part.claims)
    with pytest.raises(NotFoundError, match=r"--community 3: there are 2 here, from 1"):
        community(graph, 3)
    with pytest.raises(NotFoundError, match="there are none here of 3 entities or more"):
        community(Graph(), 1)


def test_what_is_drawn_is_told_as_a_graph() -> None:
    graph = invented_graph(310)
    part = drawn(graph)
    assert len(part.entities) == 150
    assert {entity.id for entity in part.entities} == {node.id for node in make_page(graph, ONTOLOGY).nodes}
    ids = {entity.id for entity in part.entities}
    assert all({edge.source_id, edge.target_id} <= ids for edge in part.edges)
    assert len(drawn(graph, top=0).entities) == 310


def test_pages_of_a_set_are_the_same_bytes_and_lead_only_to_each_other() -> None:
    graph = sample_graph()
    pages = dict(render_pages(graph, ONTOLOGY))
    assert pages == dict(render_pages(sample_graph(), ONTOLOGY))
    assert "index.html" in pages
    assert "community-1.html" in pages
    assert sum(name.startswith("around-") for name in pages) == 8  # River Radio only speaks
    for page in pages.values():
        assert {name for name in re.findall(r'"([\w-]+\.html)"', page) if re.match("index|community|around", name)} <= pages.keys()
        assert all(re.fullmatch(r"[a-z]+(-[0-9a-f]+)?\.html", name) for name in pages)


@pytest.mark.browser
def test_pages_of_a_set_lead_to_each_other(browser: "Tab", tmp_path: Path) -> None:
    for name, page in render_pages(sample_graph(), ONTOLOGY):
        (tmp_path / name).write_text(page, encoding="utf8")
    window = ready(browser, tmp_path / "index.html")
    links = window.locator("#pages a")
    assert links.count() >= 1
    for link in links.all():
        assert (tmp_path / str(link.get_attribute("href"))).is_file()
    links.first.click()
    window.wait_for_function("() => window.kgView && document.title.startsWith('Community 1')")
    window.click("#pages a[href='index.html']")
    window.wait_for_function("() => window.kgView && !document.title.startsWith('Community')")
    window.evaluate("() => kgView.selectEntity('group:delta-front')")
    window.click("text=A page of its own")
    window.wait_for_function("() => window.kgView && document.title === 'Around Delta Front'")
    assert browser.messages == []


def _alone(number: int) -> Said:
    return Said(f"[{invented_name(3 * number + 2)[0]}] <deployed> two ships.", "MOBILIZE")


def _odd(shape: str) -> Graph:
    said: dict[str, list[Said]] = {
        "one entity": [_alone(1)],
        "nobody joined": [_alone(number) for number in range(12)],
        "one star": [Said(f"[{invented_name(3 * n + 2)[0]}] <backed> {{{invented_name(2)[0]}}}.", "SUPPORT") for n in range(1, 60)],
        "to itself": [Said("[Tavland] <backed> {Tavland}.", "SUPPORT")],
    }
    published = None if shape == "no dates" else "2026-03-01"
    kind: Kind = "country"
    plain = [Said("[Tavland] <backed> {Ostrel}.", "SUPPORT", kind)]
    return graph_of([reading("https://paper.example/odd", said.get(shape, plain), published=published)])


@pytest.mark.browser
@pytest.mark.parametrize("shape", ["one entity", "nobody joined", "one star", "to itself", "no dates"])
def test_a_graph_of_an_odd_shape_makes_a_page_that_can_be_read(browser: "Tab", tmp_path: Path, shape: str) -> None:
    graph = _odd(shape)
    path = tmp_path / "odd.html"
    path.write_text(render_html(graph, ONTOLOGY), encoding="utf8")
    window = ready(browser, path)
    assert window.locator("#panel .card").count() == min(40, len(graph.claims)) > 0
    assert window.locator("#dates").is_hidden()
    entity = graph.entities[0].id
    window.evaluate("(id) => kgView.selectEntity(id)", entity)
    assert state(window)["selected"]["id"] == entity
    if window.locator("#filter-alone").count():
        window.check("#filter-alone")
    assert state(window)["shown"]["entities"] == len({end.id for one in graph.claims for end in (one.source, one.target) if end})
    assert browser.messages == []


def test_of_10_000_entities_150_are_drawn_or_all(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.views.layout import Box, Spring, place

    boxes = [Box.of("A name", 16)] * 10_000
    monkeypatch.setattr("kg.views.layout._rounds", lambda _: 1)  # the rest is more of the same
    places = place(boxes, [Spring(number // 2, number) for number in range(1, 10_000)])
    assert len(set(places)) > 9_900
    assert place(boxes, []) != places


def test_view_of_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    from kg.errors import SettingsError

    with pytest.raises(SettingsError, match="there is no folder"):
        view(tmp_path / "nowhere" / "graph.html", store=tmp_path)


@pytest.mark.slow
@pytest.mark.browser
def test_a_graph_of_10_000_entities_opens_in_part_and_whole(browser: "Tab", tmp_path: Path) -> None:
    from kg.evaluation.invented import invented_graph as large_graph

    graph = large_graph(10_000, ONTOLOGY)
    browser.page.set_default_timeout(60_000)
    for top, words, least in ((None, "150 of 10,000 shown", 1), (0, "", 10_000)):
        (tmp_path / "page.html").write_text(render_html(graph, ONTOLOGY, top=top), encoding="utf8")
        window = ready(browser, tmp_path / "page.html")
        assert words in (window.locator("#note").text_content() or "")
        assert len(state(window)["shown"]["lines"]) >= least
        window.evaluate("(id) => kgView.selectEdge(id)", state(window)["shown"]["lines"][0])
        assert window.locator("#panel .card").count() > 0
    assert state(window)["shown"]["entities"] == 10_000
    assert browser.messages == []
