"""The pages in small windows, with large letters, without motion or colours: nothing runs out, moves, or is told by colour alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hand_graph import ONTOLOGY, hostile_graph, sample_graph
from view_pages import look_at, settle

from kg.views import render_document, render_html

if TYPE_CHECKING:
    from conftest import Tab
    from playwright.sync_api import Page as Window

pytestmark = pytest.mark.browser

PHONE, TWICE, FOUR_TIMES = (360, 640), (640, 400), (320, 256)  # a phone; a window of 1280 by 800 at 200 %, one by 1024 at 400 %
CASES = [("sample", PHONE), ("sample", TWICE), ("sample", FOUR_TIMES), ("hostile", PHONE)]
STRICKEN = """() => [...document.querySelectorAll("button, input, select, summary, h1, h2, h3, p, li, a, svg, label")].filter((one) => {
    const box = one.getBoundingClientRect();
    const scrolls = one.closest(".scroll, #pages"); // has its own bar
    return box.width && !scrolls && (box.left < -1 || box.right > innerWidth + 1) && getComputedStyle(one).visibility === "visible";
}).map((one) => `${one.localName}#${one.id} ${one.textContent.slice(0, 40)}`)"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("small")
    graph, hostile = sample_graph(), hostile_graph()
    made = {
        "sample graph": render_html(graph, ONTOLOGY, title="Delta"),
        "sample document": render_document(graph, ONTOLOGY, graph.documents[0].id),
        "hostile graph": render_html(hostile, ONTOLOGY),
        "hostile document": render_document(hostile, ONTOLOGY, hostile.documents[8].id),
    }
    for name, page in made.items():
        (folder / f"{name}.html").write_text(page, "utf8")
    return {name: folder / f"{name}.html" for name in made}


@pytest.fixture
def tab(browser: "Tab") -> Iterator["Tab"]:
    yield browser
    browser.page.set_viewport_size({"width": 1280, "height": 800})


def _open(tab: "Tab", path: Path) -> "Window":
    window = tab.open(path)
    window.wait_for_function("() => window.kgView || window.kgDocument")
    settle(window)
    return window


def _is_whole(window: "Window") -> None:
    settle(window)
    assert window.evaluate("() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) <= innerWidth")
    assert window.evaluate(STRICKEN) == []


@pytest.mark.parametrize(("name", "size"), CASES)
def test_nothing_of_the_graph_runs_out_at_the_side(tab: "Tab", pages: dict[str, Path], name: str, size: tuple[int, int]) -> None:
    tab.page.set_viewport_size({"width": size[0], "height": size[1]})
    window = _open(tab, pages[f"{name} graph"])
    _is_whole(window)
    window.click("#legend summary")
    _is_whole(window)
    window.click("#legend summary")
    for section in ("lines", "matrix", "times"):
        look_at(window, section)
        _is_whole(window)
    ids = window.evaluate("() => JSON.parse(document.getElementById('data').textContent).nodes.slice(0, 2).map((node) => node.id)")
    window.evaluate("(id) => kgView.selectEntity(id)", ids[0])
    window.fill("#query", "e")
    _is_whole(window)
    window.evaluate("(ids) => kgView.selectPath(...ids)", ids)
    _is_whole(window)


@pytest.mark.parametrize(("name", "size"), CASES)
def test_nothing_of_a_document_runs_out_at_the_side(tab: "Tab", pages: dict[str, Path], name: str, size: tuple[int, int]) -> None:
    tab.page.set_viewport_size({"width": size[0], "height": size[1]})
    window = _open(tab, pages[f"{name} document"])
    _is_whole(window)
    window.locator(".claim").first.click()
    _is_whole(window)


def test_on_a_phone_what_is_chosen_in_the_picture_is_brought_into_view(tab: "Tab", pages: dict[str, Path]) -> None:
    tab.page.set_viewport_size({"width": 360, "height": 640})
    window = _open(tab, pages["sample graph"])
    window.locator("#picture").scroll_into_view_if_needed()
    at = window.evaluate("() => kgView.placeOf('group:delta-front')")
    window.mouse.click(at["x"], at["y"])
    window.wait_for_function("() => document.querySelector('#panel h2').getBoundingClientRect().top < innerHeight - 40")


@pytest.mark.parametrize("name", ["sample graph", "sample document"])
def test_with_reduced_motion_no_style_moves_anything(tab: "Tab", pages: dict[str, Path], name: str) -> None:
    tab.page.emulate_media(reduced_motion="reduce")
    window = _open(tab, pages[name])
    if name == "sample document":
        window.set_viewport_size({"width": 640, "height": 400})
        window.locator(".claim").last.click()
        top = window.evaluate("() => document.documentElement.scrollTop + document.getElementById('page').scrollTop")
        settle(window)
        assert window.evaluate("() => document.documentElement.scrollTop + document.getElementById('page').scrollTop") == top
    assert window.evaluate("() => document.getAnimations().length") == 0
    moving = """() => [...document.querySelectorAll("*")].filter((one) => { const style = getComputedStyle(one);
        return style.animationName !== "none" || style.transitionDuration !== "0s" || style.scrollBehavior === "smooth"; }).length"""
    assert window.evaluate(moving) == 0
    tab.page.emulate_media(reduced_motion="no-preference")


def test_source_and_target_are_marked_by_more_than_a_colour(tab: "Tab", pages: dict[str, Path]) -> None:
    window = _open(tab, pages["sample graph"])
    looks = [
        window.locator(f".card mark.{name}").first.evaluate("(one) => getComputedStyle(one).textDecorationStyle")
        for name in ("source", "target")
    ]
    assert looks == ["solid", "dashed"]
    assert window.locator(".card mark.cue").first.evaluate("(one) => getComputedStyle(one).fontWeight") == "600"


def test_what_the_matrix_and_the_timeline_tell_is_told_by_more_than_a_colour(tab: "Tab", pages: dict[str, Path]) -> None:
    window = _open(tab, pages["sample graph"])
    look_at(window, "matrix")
    told = window.locator("#matrix button").evaluate_all("(all) => all.map((one) => [one.title, one.textContent])")
    for words, glyph in told:
        weight = float(words.rsplit(" ", 1)[1])
        assert glyph == ("+" if weight > 0 else "×" if weight < 0 else glyph)
        assert weight or glyph in {"", "±"}
    look_at(window, "times")
    read = """(all) => all.map((one) => [one.getAttribute("aria-label"), one.querySelector("rect").getAttribute("class"),
        getComputedStyle(one.querySelector("rect")).strokeDasharray, one.getBoundingClientRect().top])"""
    bars = window.locator("#times g[role=button]").evaluate_all(read)
    assert (
        len({dashes for _, name, dashes, _ in bars if "actual" in name} | {dashes for _, name, dashes, _ in bars if "negative" in name})
        == 2
    )
    friendly = max(top for words, _, _, top in bars if "friendly" in words)
    assert all(top > friendly for words, _, _, top in bars if "hostile" in words)
