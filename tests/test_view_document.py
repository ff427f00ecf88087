"""The page of one document: what it marks, that its text is the document's, and what a reader clicks in a real browser."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hand_graph import ONTOLOGY, NoGazetteer, articles, hostile_graph, sample_graph
from view_pages import serious, settle

from kg.api.documents import Known, find, named_in, of_files
from kg.api.workspace import Workspace
from kg.errors import NotFoundError
from kg.model import Document, Graph, Reading, dumps, reading_to_json
from kg.resolve import resolve
from kg.settings import Settings
from kg.views import render_document, render_pages
from kg.views.document import DocumentPage, Named, make_document_page
from kg.views.text import sentence

if TYPE_CHECKING:
    from conftest import Tab
    from playwright.sync_api import Page as Window

RAID = "https://coast.example/raid"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return sample_graph()


@pytest.fixture(scope="module")
def raid(graph: Graph) -> Document:
    return next(document for document in graph.documents if document.url == RAID)


@pytest.fixture(scope="module")
def reading(raid: Document) -> Reading:
    return next(reading for reading in articles() if reading.document.id == raid.id)


@pytest.fixture(scope="module")
def named(reading: Reading) -> list[Named]:
    return list(named_in(reading, resolve(articles(), NoGazetteer())))  # type: ignore[arg-type]  # enough of a gazetteer


@pytest.fixture(scope="module")
def page(graph: Graph, raid: Document, named: list[Named]) -> DocumentPage:
    return make_document_page(graph, ONTOLOGY, raid, named)


@pytest.fixture(scope="module")
def file(graph: Graph, raid: Document, named: list[Named], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("document") / "raid.html"
    render_document(graph, ONTOLOGY, raid.id, named=named).write(path)
    return path


def _marked(page: DocumentPage, mark: str) -> str:
    return "".join(piece.text for piece in page.pieces if mark in piece.marks)


def test_the_pieces_are_the_text_and_each_mark_stands_where_it_should(page: DocumentPage, reading: Reading, graph: Graph) -> None:
    assert "".join(piece.text for piece in page.pieces) == reading.document.text
    assert [_marked(page, f"m{number}") for number in range(len(page.mentions))] == [mention.text for mention in reading.mentions]
    claims = {one.claim.id: one for one in graph.claims}
    assert page.claims == len(reading.claims) == 6
    for number, card in enumerate(page.cards[: page.claims]):
        claim = claims[card.id].claim
        assert _marked(page, f"c{number}") == claim.evidence.cue
        assert _marked(page, f"s{number}") == claim.evidence.sentence
        assert dict(page.roles[number])["source"] is not None
        assert _marked(page, f"m{dict(page.roles[number])['source']}") == claims[card.id].source.mention


def test_marks_that_overlap_or_lie_in_each_other_are_all_kept(graph: Graph, raid: Document) -> None:
    """Delta Front, Delta Front attacked, Front attacked a."""
    start = raid.text.index("Delta Front attacked")
    nested = [
        Named(start, start + 11, "group:delta-front"),
        Named(start, start + 20, "country:ostrel"),
        Named(start + 6, start + 22, "country:tavland"),
    ]
    page = make_document_page(graph, ONTOLOGY, raid, nested)
    assert "".join(piece.text for piece in page.pieces) == raid.text
    texts = [_marked(page, f"m{number}") for number in range(len(page.mentions))]
    assert {"Delta Front", "Delta Front attacked", "Front attacked a"} <= set(texts)


def test_characters_beyond_sixteen_bits_move_no_mark(graph: Graph, raid: Document) -> None:
    shift = "\U0001f6a2" * 3
    text = shift + raid.text
    claims = tuple(_shifted(one, 3, text) for one in graph.claims if one.claim.document_id == raid.id)
    moved = replace(graph, documents=(replace(raid, text=text),), claims=claims, links=())
    page = make_document_page(moved, ONTOLOGY, moved.documents[0])
    assert "".join(piece.text for piece in page.pieces) == text
    assert {_marked(page, f"c{number}") for number in range(page.claims)} == {one.claim.evidence.cue for one in claims}


def _shifted(one: Any, by: int, text: str) -> Any:
    evidence = one.claim.evidence
    places = {name: getattr(evidence, name) + by for name in ("start_char", "end_char", "cue_start", "cue_end")}
    actors = {
        name: replace(actor, start_char=actor.start_char + by, end_char=actor.end_char + by)
        for name in ("source", "target", "claimer")
        if (actor := getattr(one, name))
    }
    moved = replace(one, claim=replace(one.claim, evidence=replace(evidence, **places, context=())), **actors)
    assert moved.claim.evidence.fits(text)
    return moved


def test_who_is_named_is_counted(page: DocumentPage) -> None:
    front = next(entry for entry in page.entities if entry.id == "group:delta-front")
    assert (front.name, front.kind, front.claims, front.said) == ("Delta Front", "group", 2, 0)
    korda = next(entry for entry in page.entities if entry.id == "person:peter-korda")
    assert (korda.claims, korda.said) == (1, 1)


def test_what_contradicts_it_elsewhere_is_there_too(page: DocumentPage, graph: Graph, raid: Document) -> None:
    others = page.cards[page.claims :]
    assert [card.label for card in others] == ["coordination denied"]
    assert page.documents[others[0].document].title == "Port talks open under a shadow"
    assert page.texts[0] == raid.id


def test_the_same_graph_gives_the_same_bytes(graph: Graph, raid: Document, named: list[Named]) -> None:
    turned = replace(graph, claims=graph.claims[::-1], entities=graph.entities[::-1], links=graph.links[::-1])
    assert render_document(graph, ONTOLOGY, raid.id, named=named) == render_document(turned, ONTOLOGY, raid.id, named=named[::-1])


def test_no_text_of_others_becomes_markup() -> None:
    hostile = hostile_graph()
    for document in hostile.documents:
        html = render_document(hostile, ONTOLOGY, document.id)
        assert html.count("<script") == 2
        assert "<img" not in html
        data = json.loads(re.search(r'id="data">(.*?)</script>', html, re.DOTALL)[1])  # type: ignore[index]
        words = "".join(piece if isinstance(piece, str) else piece[0] for piece in data["pieces"])
        assert words == sentence(document.text)
        assert data["page"]["documents"][0]["url"] is None


def test_a_document_is_found_by_whatever_it_is_called() -> None:
    known = [
        Known("a1", "Port talks", "https://ledger.example/port", "news/port.txt"),
        Known("b2", "Raid on the depot", None, "news/raid.txt"),
    ]
    for name in ("a1", "port talks", "https://ledger.example/port", "news/port.txt", "port.txt"):
        assert find(name, known) == "a1"
    with pytest.raises(
        NotFoundError, match=r"^raid on depot: no document with this id, address, path or title; the nearest: b2 'Raid on the depot'"
    ):
        find("raid on depot", known)
    with pytest.raises(NotFoundError, match="there is no document"):
        find("a1", [])


def test_a_workspace_and_a_file_of_readings_give_the_same_page(graph: Graph, reading: Reading, named: list[Named], tmp_path: Path) -> None:
    workspace = Workspace(graph, ONTOLOGY, named={reading.document.id: named})
    html = workspace.to_document_page("Raid on the delta depot")
    assert html._repr_html_().startswith("<iframe sandbox")
    lines = tmp_path / "readings.jsonl"
    lines.write_text("".join(dumps(reading_to_json(one)) + "\n" for one in articles()), "utf8")
    one = of_files(lines, RAID, Settings())
    assert [entity.id for entity in one.alone.entities] != []
    assert len(one.alone.claims) == 6
    assert one.page(ONTOLOGY) == html


@pytest.fixture
def window(browser: "Tab", file: Path) -> Iterator["Window"]:
    opened = browser.open(file)
    settle(opened)
    yield opened
    assert (browser.requests, browser.messages) == ([], [])


def _state(window: "Window") -> Any:
    return window.evaluate("() => kgDocument.state()")


def _seen(window: "Window", selector: str) -> bool:
    """Whether all of the first such element stands inside the window."""
    box = window.locator(selector).first.bounding_box()
    assert box
    size = window.viewport_size
    assert size
    return 0 <= box["y"] <= box["y"] + box["height"] <= size["height"]


@pytest.mark.browser
def test_the_text_reads_as_written(window: "Window", raid: Document) -> None:
    assert window.locator("#text").inner_text().split() == raid.text.split()
    assert window.locator("#claims .card").count() == 6


@pytest.mark.browser
def test_a_click_on_a_claim_marks_its_cue_and_brings_it_into_view(browser: "Tab", window: "Window", page: DocumentPage) -> None:
    browser.page.set_viewport_size({"width": 1000, "height": 260})
    number = page.claims - 1
    card = page.cards[number]
    window.click(f"[data-claim='{card.id}'] a.claim")
    window.wait_for_timeout(400)
    assert _state(window) == {"claim": card.id}
    assert window.locator("#text .cue-lit").all_inner_texts() == [_marked(page, f"c{number}")]
    assert _seen(window, "#text .cue-lit")
    assert window.locator("#text .lit.source").inner_text().strip() == "Tavland"
    assert window.locator("#text .lit.target").inner_text().strip() == "Morvania"
    assert card.label in window.locator("#count").text_content()  # type: ignore[operator]
    window.keyboard.press("Escape")
    assert _state(window) is None
    assert window.locator(".lit").count() == 0


@pytest.mark.browser
def test_a_click_on_a_cue_leads_to_its_claim_and_the_address_keeps_it(
    browser: "Tab", window: "Window", file: Path, page: DocumentPage
) -> None:
    cue = window.locator("#text a.cue", has_text="strike back at")
    cue.hover()
    assert window.locator(".card.hovered").count() == 1
    cue.click()
    chosen = _state(window)["claim"]
    assert window.locator(f"[data-claim='{chosen}'].lit").count() == 1
    assert _seen(window, f"[data-claim='{chosen}']")
    assert window.evaluate("() => location.hash") == f"#claim={chosen}"
    window.go_back()
    window.wait_for_function("() => kgDocument.state() === null")
    window.goto("about:blank")
    window.goto(f"{file.resolve().as_uri()}#claim={chosen}")
    assert _state(window) == {"claim": chosen}
    browser.requests.clear()


@pytest.mark.browser
def test_a_click_on_a_name_marks_every_mention_of_it(window: "Window", reading: Reading) -> None:
    window.locator("#text .mention", has_text="Ostrel").first.click()
    assert _state(window) == {"entity": "country:ostrel"}
    lit = window.locator("#text .lit").all_inner_texts()
    assert [words.strip() for words in lit] == [one.text for one in reading.mentions if one.text == "Ostrel"]
    assert window.locator("#entities [aria-current]").inner_text() == "Ostrel"


@pytest.mark.browser
def test_everything_is_reached_by_keyboard(window: "Window") -> None:
    window.locator("#text a.cue").nth(1).focus()
    window.keyboard.press("Enter")
    assert "claim" in _state(window)
    window.locator("#claims a.claim").nth(2).focus()
    window.keyboard.press("Enter")
    assert window.locator("#claims a.claim[aria-current]").count() == 1
    window.locator("#entities a").first.focus()
    window.keyboard.press("Enter")
    assert "entity" in _state(window)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_issue(browser: "Tab", window: "Window", scheme: Any) -> None:
    browser.page.emulate_media(color_scheme=scheme)
    window.locator("#claims a.claim").nth(2).click()
    found = {"claim": serious(window)}
    browser.page.set_viewport_size({"width": 390, "height": 844})
    window.locator("#entities a").first.click()
    found["entity, on a phone"] = serious(window)
    assert {name: issues for name, issues in found.items() if issues} == {}


@pytest.mark.browser
def test_at_phone_width_and_200_percent_nothing_is_cut_off(browser: "Tab", window: "Window") -> None:
    for size in ({"width": 390, "height": 844}, {"width": 640, "height": 400}):
        browser.page.set_viewport_size(size)  # type: ignore[arg-type]
        assert window.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        window.locator("#claims a.claim").last.click()
        window.wait_for_timeout(400)
        assert _seen(window, "#text .cue-lit")


@pytest.mark.browser
def test_a_hostile_document_runs_nothing(browser: "Tab", tmp_path: Path) -> None:
    hostile = hostile_graph()
    for number, document in enumerate(hostile.documents):
        path = tmp_path / f"{number}.html"
        render_document(hostile, ONTOLOGY, document.id).write(path)
        window = browser.open(path)
        for link in window.locator("#claims a, #claims .name, #entities a").all():
            link.dispatch_event("click")
        window.locator("#text a.cue").first.dispatch_event("click")
        assert window.evaluate("() => window.pwned") is None
        assert window.evaluate("() => document.querySelectorAll('script').length") == 2
        assert window.locator("img, iframe, object, embed, form, [onload], [onerror], [onmouseover], a[href^='javascript']").count() == 0
        assert window.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert (browser.requests, browser.messages) == ([], [])


@pytest.mark.browser
def test_in_a_set_of_pages_document_and_graph_lead_to_each_other(browser: "Tab", graph: Graph, raid: Document, tmp_path: Path) -> None:
    files = dict(render_pages(graph, ONTOLOGY))
    for name, html in files.items():
        (tmp_path / name).write_text(html, "utf8")
    assert sum(name.startswith("document-") for name in files) == len(graph.documents) == 3
    window = browser.open(tmp_path / "index.html")
    window.wait_for_function("() => window.kgView")
    claim = next(one for one in graph.claims if one.claim.document_id == raid.id and one.claim.evidence.cue == "strike back at")
    line = window.evaluate(
        "(id) => { const [{ edges }, { cards }] = ['data', 'claims'].map((name) => JSON.parse(document.getElementById(name).textContent));"
        " return edges.find((edge) => edge.cards.some((n) => cards[n].id === id)).id }",
        claim.claim.id,
    )
    window.evaluate("(id) => kgView.selectEdge(id)", line)
    window.click(f"#panel [data-claim='{claim.claim.id}'] a:has-text('in its document')")
    window.wait_for_function("() => window.kgDocument")
    assert _state(window) == {"claim": claim.claim.id}
    window.click(f"[data-claim='{claim.claim.id}'] a:has-text('in the graph')")
    window.wait_for_function("() => window.kgView")
    assert window.evaluate("() => kgView.state().selected") == {"type": "line", "id": line}
