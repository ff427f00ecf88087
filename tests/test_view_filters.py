"""Outlets, dates, voices and neighbours in a real browser: what a reader narrows down, and the address that keeps it."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hand_graph import ONTOLOGY, Said, graph_of, reading
from view_pages import ready, sample_page, settle, state

from kg.views import render_html
from kg.views.page import Page

if TYPE_CHECKING:
    from conftest import Tab
    from playwright.sync_api import Page as Window

pytestmark = pytest.mark.browser

SULE = "person:amina-sule"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Page]:
    return sample_page(tmp_path_factory.mktemp("filters"))


@pytest.fixture
def window(browser: "Tab", made: tuple[Path, Page]) -> "Window":
    return ready(browser, made[0])


@pytest.fixture
def page(made: tuple[Path, Page]) -> Page:
    return made[1]


def _hash(window: "Window") -> dict[str, list[str]]:
    return parse_qs(urlsplit(window.url).fragment)


def test_one_outlet_can_be_chosen_and_each_tells_how_many_claims_it_has(window: "Window", page: Page) -> None:
    outlets = [one.outlet for one in page.documents]
    options = window.locator("#filter-outlet option").all_inner_texts()
    counts = {name: sum(outlets[card.document] == name for card in page.cards) for name in outlets}
    assert options == ["all outlets", *(f"{name} ({counts[name]})" for name in sorted(map(str, counts)))]
    window.select_option("#filter-outlet", label=f"Coast Post ({counts['Coast Post']})")
    assert state(window)["shown"]["claims"] == counts["Coast Post"]


def test_a_stretch_of_dates_shows_the_claims_made_then(window: "Window", page: Page) -> None:
    assert window.locator("#dates output").inner_text().startswith("said 2026-03-02 to 2026-03-09")
    window.fill("#from", "2")
    window.fill("#to", "5")
    within = [card for card in page.cards if "2026-03-04" <= str(card.claimed) <= "2026-03-07"]
    assert 0 < len(within) < len(page.cards)
    assert state(window)["shown"]["claims"] == len(within)
    assert window.locator("#dates output").inner_text().startswith("said 2026-03-04 to 2026-03-07")
    assert window.locator("#from").get_attribute("aria-valuetext") == "2026-03-04"
    window.fill("#to", "0")  # the handles do not pass each other
    assert window.locator("#to").input_value() == "2"
    window.click("text=Reset filters")
    assert state(window)["shown"]["claims"] == len(page.cards)


def test_the_bars_are_as_high_as_the_claims_that_pass_the_other_filters(window: "Window", page: Page) -> None:
    def bars() -> dict[tuple[float, str], float]:
        read = "(all) => all.map((one) => [Math.floor(+one.getAttribute('x')), one.getAttribute('class'), +one.getAttribute('height')])"
        return {(day, sign): height for day, sign, height in window.locator("#dates rect").evaluate_all(read)}

    hostile = {str(card.claimed) for card in page.cards if card.polarity < 0}
    assert {day for day, sign in bars() if sign == "minus"} == {int(day[-2:]) - 2 for day in hostile}
    signs = {day: Counter(card.polarity for card in page.cards if card.claimed == day) for day in {card.claimed for card in page.cards}}
    tallest = max(max(count[1], count[-1]) + count[0] / 2 for count in signs.values())
    assert bars()[0, "minus"] == pytest.approx(signs["2026-03-02"][-1] / tallest / 2)
    assert bars()[0, "zero"] == pytest.approx(signs["2026-03-02"][0] / tallest / 2)
    window.uncheck("input[data-facet='sign'][data-key='-1']")
    assert not any(sign == "minus" for _, sign in bars())


def test_the_bars_of_friends_stand_above_the_middle_and_those_of_enemies_below(window: "Window") -> None:
    read = "(all) => all.map((one) => [one.getAttribute('class'), one.getBoundingClientRect().top, one.getBoundingClientRect().bottom])"
    frame = window.locator("#dates svg").bounding_box()
    assert frame
    middle = frame["y"] + frame["height"] / 2
    for sign, top, bottom in window.locator("#dates rect").evaluate_all(read):
        assert {"plus": bottom <= middle + 0.5, "zero": top < middle < bottom, "minus": top >= middle - 0.5}[sign]
    assert "+ up, × down" in window.locator("#dates output").inner_text()


@pytest.mark.parametrize(
    ("days", "bins", "first", "second"),
    [
        (["2024-01-01", "2024-01-10"], 10, "2024-01-01", "2024-01-02"),
        (["2024-01-01", "2024-06-30"], 26, "2024-01-01", "2024-01-08"),
        (["2021-03-31", "2023-03-01"], 25, "2021-03-01", "2021-04-01"),
        (["1900-05-05", "2024-06-30"], 42, "1900-01-01", "1903-01-01"),
    ],
)
def test_bars_stand_for_days_weeks_months_or_years(
    browser: "Tab", tmp_path: Path, days: list[str], bins: int, first: str, second: str
) -> None:
    said = [Said("[Tavland] <backed> {Ostrel}.", "SUPPORT")]
    graph = graph_of(reading(f"https://paper.example/{day}", said, published=day) for day in days)
    path = tmp_path / "page.html"
    path.write_text(render_html(graph, ONTOLOGY), encoding="utf8")
    window = ready(browser, path)
    assert int(window.locator("#to").get_attribute("max") or 0) + 1 == bins
    window.fill("#from", "1")
    assert window.locator("#from").get_attribute("aria-valuetext") == second
    assert state(window)["shown"]["claims"] == 1
    window.fill("#from", "0")
    window.fill("#to", "0")
    last = date.fromisoformat(second) - timedelta(days=1)
    assert window.locator("#to").get_attribute("aria-valuetext") == last.isoformat()
    assert first <= last.isoformat()
    assert state(window)["shown"]["claims"] == 1


def test_claims_without_a_date_are_left_out_of_a_stretch_and_counted(browser: "Tab", tmp_path: Path) -> None:
    said = [Said("[Tavland] <backed> {Ostrel}.", "SUPPORT")]
    days = ["2024-01-01", "2024-01-10", None, "sometime"]
    graph = graph_of(reading(f"https://paper.example/{number}", said, published=day) for number, day in enumerate(days))
    path = tmp_path / "page.html"
    path.write_text(render_html(graph, ONTOLOGY), encoding="utf8")
    window = ready(browser, path)
    assert state(window)["shown"]["claims"] == 4
    window.fill("#from", "3")
    assert state(window)["shown"]["claims"] == 1
    assert "2 claims without a date left out" in window.locator("#dates output").inner_text()


def test_the_world_according_to_one_voice(window: "Window", page: Page) -> None:
    window.evaluate("(id) => kgView.selectEntity(id)", SULE)
    window.click("text=The world according to Amina Sule")
    said = [card for card in page.cards if card.voice.key == SULE]
    assert said
    assert state(window)["shown"]["claims"] == window.locator("#panel .card").count() == len(said)
    assert window.locator("#panel h2").inner_text() == "The world according to Amina Sule"
    assert window.locator("#voice").inner_text().startswith("The world according to Amina Sule")
    window.click("text=Hear all")
    assert window.locator("#voice").is_hidden()
    assert state(window)["shown"]["claims"] == len(page.cards)


def test_only_the_selected_entity_and_its_neighbours(window: "Window", page: Page) -> None:
    window.evaluate("(id) => kgView.selectEntity(id)", SULE)
    window.check("#filter-near")
    ends = [{line.first_id, line.second_id} for line in page.lines]
    near = set().union(*(pair for pair in ends if SULE in pair))
    shown = state(window)["shown"]
    assert shown["entities"] == len(near)
    assert set(shown["lines"]) == {line.id for line in page.lines if {line.first_id, line.second_id} <= near}
    window.uncheck("#filter-near")
    assert set(state(window)["shown"]["lines"]) == {line.id for line in page.lines}


def test_the_address_holds_what_is_shown_and_shows_it_again(browser: "Tab", window: "Window", made: tuple[Path, Page]) -> None:
    window.uncheck("input[data-facet='sign'][data-key='0']")
    window.select_option("#filter-claimer", index=1)
    window.fill("#confidence", "0.4")
    window.fill("#from", "1")
    window.evaluate("() => kgView.selectEntity('group:delta-front')")
    window.wait_for_function("() => location.hash.includes('entity')")
    before = state(window)
    words = _hash(window)
    assert words["off"] == ["sign:0"]
    assert words["entity"] == ["group:delta-front"]
    assert words["from"] == ["2026-03-03"]
    again = ready(browser, made[0], urlsplit(window.url).fragment)
    assert state(again) == before
    assert again.locator("#confidence").input_value() == "0.4"
    assert not again.is_checked("input[data-facet='sign'][data-key='0']")
    assert browser.messages == []


def test_back_goes_to_what_was_selected_before(window: "Window") -> None:
    for name in ("group:delta-front", "country:ostrel"):
        window.evaluate("(id) => kgView.selectEntity(id)", name)
        window.wait_for_function("(id) => new URLSearchParams(location.hash.slice(1)).get('entity') === id", arg=name)
    window.go_back()
    window.wait_for_function("() => kgView.state().selected?.id === 'group:delta-front'")


@pytest.mark.parametrize(
    "hash_",
    [
        "entity=nobody&line=x&path=a&end=b&relation=__proto__&claimer=constructor&outlet=%00&off=sign:9,__proto__:x,kind&confidence=1e9",
        "<script>window.pwned=1</script>&entity=<img src=x onerror=window.pwned=1>&from=javascript:alert(1)&theme=x",
        "%E0%A4%A&&&=",
    ],
)
def test_an_address_that_means_nothing_here_shows_everything(browser: "Tab", made: tuple[Path, Page], hash_: str) -> None:
    window = ready(browser, made[0], hash_)
    assert state(window)["shown"]["claims"] == len(made[1].cards)
    assert state(window)["selected"] is None
    assert window.evaluate("() => window.pwned") is None
    assert browser.messages == []


def test_dark_and_light_can_be_chosen_and_stay_in_the_address(browser: "Tab", window: "Window", made: tuple[Path, Page]) -> None:
    paper: Any = lambda: window.evaluate("() => getComputedStyle(document.body).backgroundColor")  # noqa: E731
    assert paper() == "rgb(251, 250, 247)"
    window.click("#theme")
    settle(window)
    assert paper() == "rgb(20, 24, 27)"
    window.wait_for_function("() => location.hash.includes('theme=dark')")
    ready(browser, made[0], "theme=dark")
    assert paper() == "rgb(20, 24, 27)"
    window.click("#theme")
    assert paper() == "rgb(251, 250, 247)"
