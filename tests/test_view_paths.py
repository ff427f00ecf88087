"""The way from one actor to another, with the sentences of each step, in a real browser."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from view_pages import ready, sample_page, state

from kg.views.page import Page

if TYPE_CHECKING:
    from conftest import Tab
    from playwright.sync_api import Page as Window

pytestmark = pytest.mark.browser

SULE, FRONT, ARMY = "person:amina-sule", "group:delta-front", "group:free-river-army"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Page]:
    return sample_page(tmp_path_factory.mktemp("paths"))


@pytest.fixture
def window(browser: "Tab", made: tuple[Path, Page]) -> "Window":
    return ready(browser, made[0])


def _between(page: Page, one: str, other: str) -> set[str]:
    return {"".join(piece.text for piece in card.sentence) for card in page.cards if {card.source, card.target} == {one, other}}


def test_a_path_is_asked_for_by_name_and_shows_the_sentences_of_each_step(window: "Window", made: tuple[Path, Page]) -> None:
    window.evaluate("(id) => kgView.selectEntity(id)", SULE)
    window.fill("#end", "free river")
    window.keyboard.press("Enter")
    assert state(window)["path"] == [[SULE, FRONT], [FRONT, ARMY]]
    assert window.locator("#panel h2").inner_text() == "Amina Sule … Free River Army"
    assert "a path of 2 steps" in window.locator("#panel").inner_text()
    steps = window.locator("#panel .step")
    for number, (one, other) in enumerate([(SULE, FRONT), (FRONT, ARMY)]):
        assert set(steps.nth(number).locator(".sentence").all_text_contents()) == _between(made[1], one, other)


def test_a_path_is_asked_for_by_a_click_with_shift(window: "Window") -> None:
    window.evaluate("(id) => kgView.selectEntity(id)", SULE)
    place = window.evaluate("(id) => kgView.placeOf(id)", ARMY)
    window.keyboard.down("Shift")
    window.mouse.click(place["x"], place["y"])
    window.keyboard.up("Shift")
    window.wait_for_function("() => kgView.state().path !== null")
    assert state(window)["selected"] == {"type": "path", "from": SULE, "to": ARMY}


def test_a_path_keeps_to_what_the_filters_show_and_says_so_when_there_is_none(window: "Window") -> None:
    window.evaluate("([a, b]) => kgView.selectPath(a, b)", [SULE, ARMY])
    window.uncheck("input[data-facet='sign'][data-key='1']")
    assert state(window)["path"] is None
    assert "No path" in window.locator("#panel").inner_text()
    window.check("input[data-facet='sign'][data-key='1']")
    window.check("#filter-near")
    assert state(window)["shown"]["entities"] == 3


def test_a_path_is_in_the_address(browser: "Tab", window: "Window", made: tuple[Path, Page]) -> None:
    again = ready(browser, made[0], f"path={SULE}&end={ARMY}")
    assert state(again)["path"] == [[SULE, FRONT], [FRONT, ARMY]]
    assert browser.messages == []
