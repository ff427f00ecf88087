"""The view in a real Chromium that is offline: what a reader clicks, and what must never happen."""

import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hand_graph import ONTOLOGY, hostile_graph, invented_graph, sample_graph
from view_pages import look_at, ready, settle, state

from kg.model import Graph
from kg.views import notebook_frame, render_html
from kg.views.page import Line, Page, make_page

if TYPE_CHECKING:
    from conftest import Tab
    from playwright.sync_api import Page as Window

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def graph() -> Graph:
    return sample_graph()


@pytest.fixture(scope="module")
def page(graph: Graph) -> Page:
    return make_page(graph, ONTOLOGY)


@pytest.fixture(scope="module")
def file(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("view") / "graph.html"
    path.write_text(render_html(graph, ONTOLOGY, title="Delta"), encoding="utf8")
    return path


def _write(tmp_path: Path, html: str) -> Path:
    path = tmp_path / "page.html"
    path.write_text(html, encoding="utf8")
    return path


def _line(page: Page, first: str, second: str, polarity: int, modality_class: str) -> Line:
    wanted = (first, second, polarity, modality_class)
    return next(line for line in page.lines if (line.first_id, line.second_id, line.polarity, line.modality_class) == wanted)


@pytest.fixture
def quarrel(page: Page) -> Line:
    return _line(page, "country:ostrel", "group:delta-front", -1, "actual")


def _sentences(window: "Window") -> list[str]:
    return window.locator("#panel .sentence").all_text_contents()


def _expected(page: Page, line: Line) -> list[str]:
    return ["".join(piece.text for piece in page.cards[number].sentence) for number in line.cards]


def test_the_page_asks_for_nothing_and_says_nothing(browser: "Tab", file: Path) -> None:
    window = ready(browser, file)
    assert window.title() == "Delta"
    window.mouse.move(640, 400)
    window.mouse.wheel(0, -200)
    settle(window)
    assert browser.requests == []
    assert browser.messages == []


def test_a_click_in_the_table_shows_the_sentences_of_that_line(browser: "Tab", file: Path, page: Page, quarrel: Line) -> None:
    window = ready(browser, file)
    look_at(window, "lines")
    assert window.locator("#lines tbody tr").count() == len(page.lines)
    window.click(f"#lines button[data-line='{quarrel.id}']")
    assert len(quarrel.cards) > 1
    assert _sentences(window) == _expected(page, quarrel)
    assert window.locator("#panel h2").inner_text() == "Ostrel ↔ Delta Front"


def test_a_click_on_each_line_of_the_picture_shows_its_sentences(browser: "Tab", file: Path, page: Page) -> None:
    window = ready(browser, file)
    for line in page.lines:
        window.evaluate("() => kgView.clear()")
        settle(window)
        place = window.evaluate("(id) => kgView.placeOf(id)", line.id)
        window.mouse.click(place["x"], place["y"])
        window.wait_for_function("() => kgView.state().selected !== null")
        assert state(window)["selected"] == {"type": "line", "id": line.id}
        assert _sentences(window) == _expected(page, line)


def test_a_click_on_an_entity_shows_every_claim_about_it_and_by_it(browser: "Tab", file: Path, page: Page) -> None:
    window = ready(browser, file)
    place = window.evaluate("() => kgView.placeOf('person:amina-sule')")
    window.mouse.click(place["x"], place["y"])
    window.wait_for_function("() => kgView.state().selected !== null")
    mine = [card for card in page.cards if "person:amina-sule" in {card.source, card.target, card.voice.key}]
    assert window.locator("#panel .card").count() == len(mine) == 3
    assert "Amina Sule" in window.locator("#panel h2").inner_text()
    window.mouse.click(place["x"] + 70, place["y"] + 90)
    window.wait_for_function("() => kgView.state().selected === null")


def test_a_card_tells_who_when_where_and_how_sure(browser: "Tab", file: Path, page: Page) -> None:
    window = ready(browser, file)
    line = _line(page, "country:morvania", "country:ostrel", 1, "uncertain")
    window.evaluate("(id) => kgView.selectEdge(id)", line.id)
    card = window.locator("#panel .card")
    assert card.count() == 1
    for words in (
        "possible coordination",
        "said by Amina Sule",
        "2026-03-02",
        "The Ledger",
        "confidence 86 %",
        "against Delta Front",
        "Would Morvania",
    ):
        assert words in card.inner_text()
    assert card.locator("mark.source").first.inner_text() == "Morvania"
    assert card.locator("mark.target").inner_text() == "Ostrel"
    assert card.locator("mark.cue").inner_text() == "could work with"
    address = card.locator("a")
    assert address.get_attribute("href") == "https://ledger.example/port-talks"
    assert "noopener" in (address.get_attribute("rel") or "")


def test_a_denial_shows_what_contradicts_it_and_leads_there(browser: "Tab", file: Path, page: Page) -> None:
    window = ready(browser, file)
    denial = _line(page, "country:morvania", "country:ostrel", 1, "negative")
    window.evaluate("(id) => kgView.selectEdge(id)", denial.id)
    against = window.locator("#panel .against")
    assert "contradicted by" in against.inner_text()
    assert "an officer" in against.inner_text()
    one, other = (against.locator(".sides > li").nth(number).bounding_box() for number in (0, 1))
    assert one
    assert other
    assert one["y"] == other["y"]  # side by side
    assert one["x"] + one["width"] <= other["x"]
    against.locator("button").first.click()
    actual = _line(page, "country:morvania", "country:ostrel", 1, "actual")
    assert state(window)["selected"]["id"] == actual.id
    assert "worked with" in window.locator("#panel .card.found").inner_text()


def test_search_finds_an_entity_by_keyboard_alone(browser: "Tab", file: Path) -> None:
    window = ready(browser, file)
    window.keyboard.press("/")
    window.keyboard.type("korda")
    assert window.locator("#suggestions [role=option]").all_inner_texts()[0].startswith("Peter Korda")
    window.keyboard.press("Enter")
    assert state(window)["selected"] == {"type": "entity", "id": "person:peter-korda"}
    window.keyboard.press("Escape")
    assert state(window)["selected"] is None


def test_the_counts_of_the_legend_are_those_of_the_claims(browser: "Tab", file: Path, page: Page) -> None:
    window = ready(browser, file)

    def number(facet: str, key: object) -> int:
        return int(window.locator(f"label:has(input[data-facet='{facet}'][data-key='{key}']) .number").inner_text())

    for sign in (1, -1, 0):
        assert number("sign", sign) == sum(card.polarity == sign for card in page.cards)
    window.uncheck("input[data-facet='sign'][data-key='1']")
    window.select_option("#filter-claimer", index=1)
    window.fill("#confidence", "0.8")
    left = [card for card in page.cards if card.voice.key == "" and card.confidence >= 0.8]
    for sign in (1, -1, 0):
        assert number("sign", sign) == sum(card.polarity == sign for card in left)
    left = [card for card in left if card.polarity != 1]
    for one in ("actual", "uncertain", "negative"):
        assert number("class", one) == sum(card.modality_class == one for card in left)
    kinds = {node.id: node.kind for node in page.nodes}
    seen = {end for card in left for end in (card.source, card.target) if end}
    for kind in ("person", "group", "country"):
        assert number("kind", kind) == sum(kinds[end] == kind for end in seen)
    shown = state(window)["shown"]
    assert shown["claims"] == len(left)
    assert set(shown["lines"]) == {line.id for line in page.lines if any(page.cards[n] in left for n in line.cards)}
    window.click("text=Reset filters")
    assert state(window)["shown"]["claims"] == len(page.cards)


def test_switching_off_a_kind_hides_its_entities_and_their_lines(browser: "Tab", file: Path, page: Page) -> None:
    window = ready(browser, file)
    window.uncheck("input[data-facet='kind'][data-key='group']")
    groups = {node.id for node in page.nodes if node.kind == "group"}
    left = {line.id for line in page.lines if not {line.first_id, line.second_id} & groups}
    assert set(state(window)["shown"]["lines"]) == left


def test_one_relation_can_be_chosen(browser: "Tab", file: Path, page: Page) -> None:
    window = ready(browser, file)
    option = window.locator("#filter-relation option", has_text="at odds")
    window.select_option("#filter-relation", label=option.inner_text())
    assert state(window)["shown"]["claims"] == sum(card.relation == "AT_ODDS_WITH" for card in page.cards) == 2


def test_above_300_entities_the_page_says_how_many_it_shows(browser: "Tab", tmp_path: Path) -> None:
    window = ready(browser, _write(tmp_path, render_html(invented_graph(310), ONTOLOGY)))
    assert "150 of 310 shown" in window.locator("#note").inner_text()
    assert state(window)["shown"]["entities"] <= 150


def test_an_empty_graph_says_so(browser: "Tab", tmp_path: Path) -> None:
    window = ready(browser, _write(tmp_path, render_html(Graph(), ONTOLOGY)))
    assert "No claims" in window.locator("#note").inner_text()
    assert "No claim was found in 0 documents" in window.locator("#panel").inner_text()
    assert browser.messages == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_colours_of_the_system(browser: "Tab", file: Path, scheme: Any) -> None:
    browser.page.emulate_media(color_scheme=scheme)
    window = ready(browser, file)
    paper = window.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert paper == {"light": "rgb(251, 250, 247)", "dark": "rgb(20, 24, 27)"}[scheme]
    browser.page.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
    settle(window)
    assert browser.messages == []


def test_hostile_text_executes_nothing_and_breaks_no_layout(browser: "Tab", tmp_path: Path) -> None:
    graph = hostile_graph()
    window = ready(browser, _write(tmp_path, render_html(graph, ONTOLOGY, title="</title><script>window.pwned=1</script>")))
    elements = window.evaluate("() => document.querySelectorAll('script').length")
    for entity in graph.entities:
        place = window.evaluate("(id) => kgView.placeOf(id)", entity.id)
        window.mouse.move(place["x"], place["y"])
        assert window.evaluate("(id) => kgView.selectEntity(id)", entity.id)
    for line in state(window)["shown"]["lines"]:
        window.evaluate("(id) => kgView.selectEdge(id)", line)
        for button in window.locator("#panel button.name").all()[:4]:
            button.hover(force=True)
    ids = [entity.id for entity in graph.entities]
    for one, other in itertools.pairwise(ids):
        assert window.evaluate("(ends) => kgView.selectPath(...ends)", [one, other])
    for menu in ("#filter-claimer", "#filter-outlet"):
        for index in range(window.locator(f"{menu} option").count() - 1, -1, -1):
            window.select_option(menu, index=index)
    look_at(window, "lines")
    for query in ("<", "script", "proto", "W", "{{"):
        window.fill("#query", query)
    assert window.evaluate("() => window.pwned") is None
    assert window.evaluate("() => document.querySelectorAll('script').length") == elements == 4
    assert window.locator("img, iframe, object, embed, form, #panel a, [onload], [onerror], [onmouseover]").count() == 0
    assert window.evaluate(
        "() => document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight"
    )
    assert window.locator("#panel").evaluate("(panel) => panel.scrollWidth <= panel.clientWidth")
    assert browser.requests == []
    assert browser.messages == []


def test_a_script_that_gets_in_does_not_run(browser: "Tab", file: Path, tmp_path: Path) -> None:
    html = file.read_text(encoding="utf8")
    attack = "<script>window.pwned=1</script><img src='data:,x' onerror='window.pwned=1'><script src='https://evil.example/x.js'></script>"
    window = ready(browser, _write(tmp_path, html.replace("<header>", f"{attack}<header>")))
    assert window.evaluate("() => window.pwned") is None
    assert window.locator("#panel .card").count() > 1
    assert any("Content Security Policy" in message for message in browser.messages)


def test_the_notebook_frame_runs_the_page_and_can_reach_nothing_around_it(browser: "Tab", file: Path, tmp_path: Path) -> None:
    frame = notebook_frame(file.read_text(encoding="utf8"))
    window = browser.open(_write(tmp_path, f"<!DOCTYPE html><title>notebook</title>{frame}"))
    inner = window.frame_locator("iframe")
    inner.locator("#panel .card").first.wait_for()
    assert inner.locator("#picture canvas").count() == 1
    assert inner.locator("html").evaluate("() => window.origin") == "null"
    assert browser.messages == []
    assert [url for url in browser.requests if not url.startswith(("file:", "about:", "data:"))] == []


def test_at_phone_width_nothing_is_cut_off(browser: "Tab", file: Path) -> None:
    browser.page.set_viewport_size({"width": 390, "height": 844})
    window = ready(browser, file)
    assert window.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert window.locator("#filters").is_hidden()
    window.click("#legend summary")
    assert window.locator("#filters").is_visible()
    browser.page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_seen_first_stays_as_it_is(browser: "Tab", file: Path, width: int) -> None:
    """The picture is drawn before any claim is read; when all is there, it is the same, pixel by pixel, in the same place."""
    look = """() => { const canvas = document.querySelector("#picture canvas"); const box = canvas.getBoundingClientRect();
        return [canvas.toDataURL(), box.x, box.y, box.width, box.height]; }"""
    browser.page.set_viewport_size({"width": width, "height": 844})
    browser.page.add_init_script(
        f"""const mark = performance.mark.bind(performance);
        performance.mark = (name) => {{ if (name === "kg-picture") window.first = [({look})(), typeof kgView]; return mark(name); }};"""
    )
    window = ready(browser, file)
    first, view = window.evaluate("() => window.first")
    assert view == "undefined"
    assert first == window.evaluate(look)
    assert len(first[0]) > 10_000
    window.mouse.move(first[1] + 5, first[2] + 5)
    settle(window)
    assert first == window.evaluate(look)
    browser.page.set_viewport_size({"width": 1280, "height": 800})
