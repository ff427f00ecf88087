"""The pyvis Network in a user's hand: what is added to it and changed in it is seen in a real browser."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hand_graph import ONTOLOGY, sample_graph
from view_pages import look_at, ready, settle, state

from kg.views import to_pyvis
from kg.views.style import LIGHT

if TYPE_CHECKING:
    from conftest import Tab
    from playwright.sync_api import Page as Window

pytestmark = pytest.mark.browser

FRONT, OSTREL = "group:delta-front", "country:ostrel"
MINE, OTHER = "#00c800", "#c800c8"
COLOUR = """([id, hex]) => { const canvas = document.querySelector("#picture canvas"); const frame = canvas.getBoundingClientRect();
    const { x, y } = kgView.placeOf(id); const ratio = canvas.width / canvas.clientWidth;
    const at = [(x - frame.x - 9) * ratio, (y - frame.y) * ratio]; // beside the icon
    const seen = canvas.getContext("2d").getImageData(...at, 1, 1).data;
    return [1, 3, 5].every((at, n) => Math.abs(Number.parseInt(hex.slice(at, at + 2), 16) - seen[n]) < 12); }"""


@pytest.fixture
def window(browser: "Tab", tmp_path: Path) -> "Window":
    network = to_pyvis(sample_graph(), ONTOLOGY)
    network.add_node("mine", label="My own", color=MINE, x=40, y=-40, size=20)
    network.add_node(7, label="<img src=x onerror=window.pwned=1>")
    network.add_edge("mine", FRONT, color=OTHER, width=5)
    network.add_edge(7, "mine")
    next(node for node in network.nodes if node["id"] == OSTREL)["color"] = OTHER
    network.write_html(tmp_path / "graph.html")
    return ready(browser, tmp_path / "graph.html")


def test_what_was_added_and_recoloured_is_drawn(browser: "Tab", window: "Window") -> None:
    assert state(window)["shown"]["entities"] == 10
    assert (browser.requests, browser.messages) == ([], [])
    for entity, colour in (("mine", MINE), (OSTREL, OTHER), (FRONT, LIGHT["group"])):
        assert window.evaluate(COLOUR, [entity, colour]), entity
    assert window.evaluate("() => window.pwned") is None


def test_what_was_added_can_be_clicked_searched_and_listed(browser: "Tab", window: "Window") -> None:
    window.fill("#query", "my own")
    window.keyboard.press("Enter")
    assert state(window)["selected"] == {"type": "entity", "id": "mine"}
    assert window.locator("#panel h2").inner_text() == "My own"
    look_at(window, "lines")
    window.click("#lines button:has-text('My own → Delta Front')")
    assert "added by hand" in window.locator("#panel").inner_text()
    window.evaluate("() => kgView.selectPath('mine', 'group:free-river-army')")
    assert state(window)["path"] == [["mine", FRONT], [FRONT, "group:free-river-army"]]
    look_at(window, "matrix")
    look_at(window, "times")
    window.click("#theme")
    settle(window)
    assert browser.messages == []
