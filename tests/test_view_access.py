"""The view for those who see little, or not the same colours, or use no mouse; checked by axe-core and by keyboard alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from view_pages import look_at, ready, sample_page, serious, state

from kg.views.page import Page

if TYPE_CHECKING:
    from conftest import Tab

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Page]:
    return sample_page(tmp_path_factory.mktemp("access"))


@pytest.fixture
def sized(browser: "Tab") -> Iterator["Tab"]:
    yield browser
    browser.page.set_viewport_size({"width": 1280, "height": 800})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_issue(sized: "Tab", made: tuple[Path, Page], scheme: Any) -> None:
    path, page = made
    sized.page.emulate_media(color_scheme=scheme)
    window = ready(sized, path)
    found = {"overview": serious(window)}
    denial = next(line for line in page.lines if line.modality_class == "negative" and page.cards[line.cards[0]].contradicted_by)
    window.evaluate("(id) => kgView.selectEdge(id)", denial.id)
    found["line"] = serious(window)
    window.evaluate("() => kgView.selectEntity('person:amina-sule')")
    window.fill("#end", "del")
    found["entity, and looking for the end of a path"] = serious(window)
    window.evaluate("() => kgView.selectPath('person:amina-sule', 'group:free-river-army')")
    window.select_option("#filter-claimer", index=2)
    look_at(window, "lines")
    found["path, one voice and the table"] = serious(window)
    window.fill("#query", "o")
    found["search"] = serious(window)
    sized.page.set_viewport_size({"width": 390, "height": 844})
    found["phone"] = serious(window)
    assert {name: issues for name, issues in found.items() if issues} == {}


def test_the_lines_are_reached_and_read_by_keyboard_alone(browser: "Tab", made: tuple[Path, Page]) -> None:
    window = ready(browser, made[0])
    window.locator("#lines summary").focus()
    window.keyboard.press("Enter")
    window.locator("#lines tbody button").first.focus()
    window.keyboard.press("Enter")
    assert state(window)["selected"]["type"] == "line"
    assert window.evaluate("() => document.activeElement.id") == "panel"
    window.keyboard.press("Tab")
    assert window.evaluate("() => document.activeElement.closest('#panel') !== null")


@pytest.mark.parametrize("deficiency", ["protanopia", "deuteranopia", "tritanopia", "achromatopsia"])
def test_friend_and_enemy_are_told_apart_with_any_colour_vision(browser: "Tab", made: tuple[Path, Page], deficiency: str) -> None:
    """As seen, the two signs differ by at least 60 of 441 in red, green and blue; without any colour the glyphs tell them apart."""
    window = ready(browser, made[0])
    client = window.context.new_cdp_session(window)
    client.send("Emulation.setEmulatedVisionDeficiency", {"type": deficiency})
    colors = [window.locator(f".choice .swatch line[stroke='var(--{name})']").bounding_box() for name in ("plus", "minus")]
    shot = window.screenshot()
    seen = window.evaluate(
        """async ([png, boxes]) => {
            const image = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))], {type: "image/png"}));
            const canvas = new OffscreenCanvas(image.width, image.height);
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            return boxes.map((box) => [...context.getImageData(box.x + box.width / 2, box.y + box.height / 2, 1, 1).data].slice(0, 3));
        }""",
        [__import__("base64").b64encode(shot).decode(), colors],
    )
    client.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})
    apart = sum((one - other) ** 2 for one, other in zip(*seen, strict=True)) ** 0.5
    assert apart > (0 if deficiency == "achromatopsia" else 60)
    assert window.locator(".choice:has([data-key='1'])").inner_text().startswith("friendly +")
    assert window.locator(".choice:has([data-key='-1'])").inner_text().startswith("hostile ×")


def test_at_200_percent_nothing_is_cut_off(sized: "Tab", made: tuple[Path, Page]) -> None:
    """A window of 1280 by 800 at 200 % is one of 640 by 400."""
    sized.page.set_viewport_size({"width": 640, "height": 400})
    window = ready(sized, made[0])
    window.evaluate("() => kgView.selectEntity('group:delta-front')")
    assert window.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    for name in ("#query", "#fit", "#theme", "#panel h2"):
        box = window.locator(name).bounding_box()
        assert box
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 640


def test_with_reduced_motion_nothing_glides(browser: "Tab", made: tuple[Path, Page]) -> None:
    browser.page.emulate_media(reduced_motion="reduce")
    window = ready(browser, made[0])
    window.fill("#query", "korda")
    window.keyboard.press("Enter")
    at = window.evaluate("() => kgView.placeOf('person:peter-korda')")
    frame = window.locator("#picture").bounding_box()
    assert frame
    assert abs(at["x"] - frame["x"] - frame["width"] / 2) < 2  # in the middle at once
    browser.page.emulate_media(reduced_motion="no-preference")


def test_what_changed_is_told_to_a_screen_reader(browser: "Tab", made: tuple[Path, Page]) -> None:
    window = ready(browser, made[0])
    assert window.locator("#count").get_attribute("role") == "status"
    window.uncheck("input[data-facet='kind'][data-key='group']")
    assert window.locator("#count").inner_text().startswith(f"{state(window)['shown']['claims']} of")
