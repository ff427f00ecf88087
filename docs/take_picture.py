"""Take the pictures of the README: the view of data/articles, in the Chromium that is installed (`make picture`)."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import kg

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
ENDS = ("country:US", "group:somali-clan-militias", "uncertain")
WHERE = (0.52, 0.52)  # of the picture: the middle of the line
CLOSER = 18  # turns of the wheel
FIND = """([source, target, wanted]) => JSON.parse(document.getElementById("data").textContent).edges
    .find((edge) => edge.from === source && edge.to === target && edge.modality_class === wanted).id"""
PLACE = "(id) => kgView.placeOf(id)"


class Picture(NamedTuple):
    """A file, the size and colours of the window, and what is selected there."""

    name: str
    size: tuple[int, int]
    scheme: Literal["light", "dark"]
    select: "Callable[[Page], None]"


def _come_closer(page: "Page", line: str) -> None:
    for _ in range(CLOSER):
        at = page.evaluate(PLACE, line)
        page.mouse.move(at["x"], at["y"])
        page.mouse.wheel(0, -100)
        page.wait_for_timeout(60)


def _drag(page: "Page", line: str) -> None:
    frame = page.locator("#picture").bounding_box()
    if frame is None:
        raise SystemExit("the page shows no picture")
    at = page.evaluate(PLACE, line)
    x, y = frame["x"] + 20, frame["y"] + frame["height"] - 20  # an empty corner
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + frame["x"] + frame["width"] * WHERE[0] - at["x"], y + frame["y"] + frame["height"] * WHERE[1] - at["y"], steps=4)
    page.mouse.up()
    page.wait_for_timeout(800)


def _line(page: "Page") -> None:
    line = page.evaluate(FIND, ENDS)
    _come_closer(page, line)
    _drag(page, line)
    page.evaluate("(id) => kgView.selectEdge(id)", line)


def _choose(js: str) -> "Callable[[Page], None]":
    def choose(page: "Page") -> None:
        page.check("#filter-near")
        page.evaluate(js)

    return choose


PICTURES: tuple[Picture, ...] = (
    Picture("view.png", (1280, 720), "light", _line),
    Picture("view_entity.png", (1100, 640), "light", _choose("() => kgView.selectEntity('country:RU')")),
    Picture("view_path.png", (1100, 640), "dark", _choose("() => kgView.selectPath('country:SA', 'country:RU')")),
    Picture("view_phone.png", (390, 720), "light", _choose("() => kgView.selectEntity('group:al-shabaab')")),
)


def take(html: Path, folder: Path) -> None:
    """Open the page for each picture, select what it shows, and write what is seen."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        for name, (width, height), scheme, select in PICTURES:
            page = chromium.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(html.as_uri())
            page.wait_for_timeout(500)
            if width < 760:
                page.click("#legend summary")
            select(page)
            if width < 760:
                page.click("#legend summary")
            page.mouse.move(5, 5)
            page.evaluate("() => { document.activeElement.blur(); document.getElementById('legend').scrollTop = 0; }")
            page.wait_for_timeout(800)
            page.screenshot(path=folder / name)
            page.close()
        chromium.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        html = Path(folder) / "graph.html"
        kg.build(ROOT / "data" / "articles", html=html)
        take(html, Path(sys.argv[1]))
