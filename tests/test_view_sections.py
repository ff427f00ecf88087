"""The matrix and the timeline below the picture: of the claims that pass the filters, each square and bar a way to its sentences."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hand_graph import ONTOLOGY, hostile_graph, sample_graph
from view_pages import look_at, ready, sample_page, serious, settle, state

from kg.model import Graph
from kg.views import render_html
from kg.views.matrix import matrix_of
from kg.views.page import Page
from kg.views.timeline import timeline_of

if TYPE_CHECKING:
    from conftest import Tab
    from playwright.sync_api import Page as Window

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def graph() -> Graph:
    return sample_graph()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Page]:
    return sample_page(tmp_path_factory.mktemp("sections"))


def _told(window: "Window", selector: str) -> list[str]:
    return [one.get_attribute("aria-label") or "" for one in window.locator(selector).all()]


def test_the_matrix_holds_the_same_cells_as_the_file(browser: "Tab", made: tuple[Path, Page], graph: Graph) -> None:
    window = ready(browser, made[0])
    assert window.locator("#matrix button").count() == 0  # not made before it is looked at
    look_at(window, "matrix")
    matrix = matrix_of(graph, ONTOLOGY)
    names = dict(matrix.actors)
    wanted = {f"{names[who]} towards {names[whom]}: {cell.words}" for (who, whom), cell in matrix.cells.items()}
    assert set(_told(window, "#matrix button")) == wanted
    assert window.locator("#matrix tbody th[scope=row]").count() == window.locator("#matrix thead th[scope=col]").count() == len(names)
    assert (browser.requests, browser.messages) == ([], [])


def test_a_click_on_a_square_shows_its_sentences_and_the_address_keeps_it(browser: "Tab", made: tuple[Path, Page], graph: Graph) -> None:
    window = ready(browser, made[0])
    look_at(window, "matrix")
    window.locator("#matrix button[aria-label^='Ostrel towards Delta Front']").click()
    cell = matrix_of(graph, ONTOLOGY).cells["country:ostrel", "group:delta-front"]
    assert window.locator("#panel .card").count() == cell.claims == 4
    assert window.locator("#panel h2").inner_text() == "Ostrel → Delta Front"
    chosen = {"type": "pair", "from": "country:ostrel", "to": "group:delta-front"}
    assert state(window)["selected"] == chosen
    window.wait_for_function("() => location.hash.includes('pair')")
    again = ready(browser, made[0], window.evaluate("() => location.hash.slice(1)"))
    assert state(again)["selected"] == chosen


def test_matrix_and_timeline_follow_the_filters(browser: "Tab", made: tuple[Path, Page]) -> None:
    window = ready(browser, made[0])
    look_at(window, "matrix")
    window.uncheck("input[data-facet='sign'][data-key='-1']")
    assert all(", 0 hostile," in told for told in _told(window, "#matrix button"))
    left = state(window)["shown"]["claims"]
    assert f"Of the {left} claims that pass the filters" in window.locator("#matrix .key").inner_text()
    look_at(window, "times")
    assert not window.locator("#matrix").evaluate("(one) => one.open")  # one at a time
    bars = _told(window, "#times g[role=button]")
    assert bars
    assert not any("hostile" in told for told in bars)
    assert sum(int(told.split(": ")[1].split()[0]) for told in bars) == left


def test_the_bars_hold_the_claims_of_the_file_and_lead_to_them(browser: "Tab", made: tuple[Path, Page], graph: Graph) -> None:
    window = ready(browser, made[0])
    look_at(window, "times")
    wanted = sorted(
        f"{day}: {number} {({1: 'friendly', 0: 'neutral', -1: 'hostile'})[sign]}, {name}"
        for (day, sign, name), number in timeline_of(graph).counts.items()
    )
    assert sorted(_told(window, "#times g[role=button]")) == wanted
    window.locator("#times g[aria-label='2026-03-02: 2 hostile, actual']").click()
    assert window.locator("#panel .card").count() == 2
    assert window.locator("#panel h2").inner_text() == "2026-03-02: 2 hostile, actual"
    window.keyboard.press("Escape")
    assert state(window)["selected"] is None


def test_a_bar_and_what_is_open_are_in_the_address(browser: "Tab", made: tuple[Path, Page]) -> None:
    window = ready(browser, made[0])
    look_at(window, "times")
    window.locator("#times g[aria-label='2026-03-02: 2 hostile, actual']").click()
    window.wait_for_function("() => location.hash.includes('bar')")
    again = ready(browser, made[0], window.evaluate("() => location.hash.slice(1)"))
    assert state(again)["selected"] == {"type": "bar", "start": "2026-03-02", "end": "2026-03-02", "sign": -1, "class": "actual"}
    assert again.locator("#panel h2").inner_text() == "2026-03-02: 2 hostile, actual"
    assert again.locator("#panel .card").count() == 2
    assert again.locator("#times svg").is_visible()
    again.uncheck("input[data-facet='sign'][data-key='-1']")
    assert again.locator("#panel .card").count() == 0  # a bar holds what passes the filters
    for broken in ("bar=2026-03-02,2026-03-02,7,actual", "bar=x,y,1,actual", "bar=2026-03-02,2026-03-02,1,__proto__", "bar=", "open=body"):
        assert state(ready(browser, made[0], broken))["selected"] is None
    assert browser.messages == []


def test_arrow_keys_go_from_square_to_square_and_bar_to_bar(browser: "Tab", made: tuple[Path, Page]) -> None:
    window = ready(browser, made[0])
    focused = "() => document.activeElement.getAttribute('aria-label')"
    look_at(window, "matrix")
    assert window.locator("#matrix button[tabindex='0']").count() == 1
    window.locator("#matrix button[tabindex='0']").focus()
    first = window.evaluate(focused)
    window.keyboard.press("ArrowDown")
    second = window.evaluate(focused)
    assert first != second
    window.keyboard.press("Enter")
    assert state(window)["selected"]["type"] == "pair"
    look_at(window, "times")
    window.locator("#times g[tabindex='0']").focus()
    window.keyboard.press("ArrowRight")
    window.keyboard.press("Enter")
    told = window.evaluate(focused)
    assert state(window)["selected"]["type"] == "bar"
    assert window.locator("#panel h2").inner_text() == told


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_issue(browser: "Tab", made: tuple[Path, Page], scheme: Any) -> None:
    browser.page.emulate_media(color_scheme=scheme)
    window = ready(browser, made[0])
    look_at(window, "matrix")
    found = serious(window)
    look_at(window, "times")
    assert found + serious(window) == []


def test_hostile_names_run_nothing_in_matrix_and_timeline(browser: "Tab", tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_text(render_html(hostile_graph(), ONTOLOGY), "utf8")
    window = ready(browser, path)
    look_at(window, "matrix")
    for button in window.locator("#matrix button").all():
        button.dispatch_event("click")
    look_at(window, "times")
    assert "has a date" in window.locator("#times .key").inner_text()
    settle(window)
    assert window.evaluate("() => window.pwned") is None
    assert window.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert (browser.requests, browser.messages) == ([], [])
