"""Take the picture of the README: the view of data/articles with one line selected, in the Chromium that is installed (`make picture`)."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import kg

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
ENDS = ("country:US", "group:somali-clan-militias", "uncertain")
SIZE = (1280, 720)
WHERE = (0.52, 0.52)  # of the picture: the middle of the line
CLOSER = 18  # turns of the wheel
FIND = """([source, target, wanted]) => JSON.parse(document.getElementById("data").textContent).edges
    .find((edge) => edge.from === source && edge.to === target && edge.modality_class === wanted).id"""
PLACE = "(id) => kgView.placeOf(id)"


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


def take(html: Path, out: Path) -> None:
    """Open the page, come closer to the line, select it, and write what is seen."""
    from playwright.sync_api import sync_playwright

    width, height = SIZE
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page(viewport={"width": width, "height": height}, color_scheme="light")
        page.goto(html.as_uri())
        page.wait_for_timeout(500)
        line = page.evaluate(FIND, ENDS)
        _come_closer(page, line)
        _drag(page, line)
        page.evaluate("(id) => kgView.selectEdge(id)", line)
        page.mouse.move(5, 5)
        page.wait_for_timeout(500)
        page.screenshot(path=out)
        chromium.close()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        html = Path(folder) / "graph.html"
        kg.build(ROOT / "data" / "articles", html=html)
        take(html, Path(sys.argv[1]))
