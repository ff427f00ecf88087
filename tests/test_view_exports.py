"""What is shown, taken away from a real browser: PNG, CSV, JSON and paper."""

import csv
import io
import json
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hand_graph import ONTOLOGY, hostile_graph
from view_pages import ready, sample_page

from kg.views import render_html
from kg.views.page import Page

if TYPE_CHECKING:
    from conftest import Tab
    from playwright.sync_api import Page as Window

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Page]:
    return sample_page(tmp_path_factory.mktemp("exports"))


def _saved(window: "Window", button: str) -> bytes:
    with window.expect_download() as waiting:
        window.click(button)
    return Path(waiting.value.path()).read_bytes()


def test_the_claims_that_are_shown_are_saved_as_csv_and_json(browser: "Tab", made: tuple[Path, Page]) -> None:
    path, page = made
    window = ready(browser, path)
    window.uncheck("input[data-facet='sign'][data-key='-1']")
    wanted = [card for card in page.cards if card.polarity >= 0]
    rows = list(csv.DictReader(io.StringIO(_saved(window, "#csv").decode("utf8"))))
    values = json.loads(_saved(window, "#json"))
    assert [row["id"] for row in rows] == [value["id"] for value in values] == [card.id for card in wanted]
    names = {node.id: node.name for node in page.nodes}
    for row, value, card in zip(rows, values, wanted, strict=True):
        assert (row["source"], row["sentence"]) == (names[card.source], "".join(piece.text for piece in card.sentence))
        assert (value["source"], value["target"]) == (names[card.source], names.get(card.target or ""))
        assert value["claimer"] == row["claimer"] == card.voice.name
        assert float(row["confidence"]) == value["confidence"] == card.confidence
    assert browser.messages == []


def test_no_cell_of_the_csv_is_a_formula(browser: "Tab", tmp_path: Path) -> None:
    graph = hostile_graph()
    path = tmp_path / "page.html"
    path.write_text(render_html(graph, ONTOLOGY), encoding="utf8")
    window = ready(browser, path)
    rows = list(csv.reader(io.StringIO(_saved(window, "#csv").decode("utf8"))))
    assert len(rows) == len(graph.claims) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    cells = [cell for row in rows for cell in row]
    assert not any(cell.lstrip().startswith(("=", "+", "@")) for cell in cells)
    assert not any(cell.startswith("-") and not cell[1:].isdigit() for cell in cells)


def test_the_picture_is_saved_as_it_is_seen(browser: "Tab", made: tuple[Path, Page]) -> None:
    window = ready(browser, made[0])
    png = _saved(window, "#png")
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    size = window.evaluate("() => { const c = document.querySelector('#picture canvas'); return [c.width, c.height]; }")
    assert (width, height) == (size[0], size[1] + 46)
    assert len(png) > 10_000  # not an empty sheet


def test_on_paper_everything_is_there_in_light_colours(browser: "Tab", made: tuple[Path, Page]) -> None:
    path, page = made
    browser.page.emulate_media(color_scheme="dark")
    window = ready(browser, path)
    window.emulate_media(media="print")
    window.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert window.evaluate("() => getComputedStyle(document.body).color") == "rgb(29, 33, 38)"
    assert window.locator(".search").first.is_hidden()
    assert window.locator(".tools").is_hidden()
    assert window.locator("#lines tbody tr").count() == len(page.lines)
    assert window.locator("#panel").evaluate("(one) => one.scrollHeight <= one.clientHeight + 1")
    assert window.locator("#panel .card").count() == len(page.cards)
    window.evaluate("() => dispatchEvent(new Event('afterprint'))")
    window.emulate_media(media="screen", color_scheme="dark")
    assert window.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 27)"
    assert window.locator("#lines tbody tr").first.is_hidden()
    assert browser.messages == []
