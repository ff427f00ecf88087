"""Take the pictures of the README: the view of data/articles, in the Chromium that is installed (`make picture`)."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import urlencode

import kg

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
DOCUMENT = "somalia_islamic_state.txt"
COLOURS = 256  # of a picture, so that all of them are loaded at once


class Picture(NamedTuple):
    """A file, the size and colours of the window, the page in it with what stands behind "#", and what is done there."""

    name: str
    size: tuple[int, int]
    scheme: Literal["light", "dark"]
    address: str
    ready: "Callable[[Page], None]" = lambda _: None


def _graph(**place: object) -> str:
    return f"graph.html#{urlencode(place)}"


def _line(source: str, target: str, modality_class: str, polarity: int) -> "Callable[[Page], None]":
    """Select a line, which has no name that a person would know."""
    wanted = {"from": min(source, target), "to": max(source, target), "modality_class": modality_class, "polarity": polarity}
    find = """(wanted) => JSON.parse(document.getElementById("data").textContent).edges
        .find((edge) => Object.entries(wanted).every(([name, value]) => edge[name] === value)).id"""

    def select(page: "Page") -> None:
        page.goto(page.url.split("#")[0] + f"#line={page.evaluate(find, wanted)}")
        page.reload()

    return select


def _claim(page: "Page") -> None:
    page.locator(".claim").nth(1).click()


PICTURES: tuple[Picture, ...] = (
    Picture("view_light.png", (1280, 760), "light", _graph()),
    Picture("view_dark.png", (1280, 760), "dark", _graph(off="sign:0,class:negative", confidence=0.6)),
    Picture("view_edge.png", (1280, 720), "light", "graph.html", _line("country:US", "group:somali-clan-militias", "uncertain", 1)),
    Picture("view_entity.png", (1100, 640), "light", _graph(entity="country:RU", near=1)),
    Picture("view_path.png", (1100, 640), "dark", _graph(path="country:JP", end="country:RS", confidence=0.7, near=1)),
    Picture("view_document.png", (1100, 640), "light", "document.html", _claim),
    Picture(
        "view_matrix.png", (1280, 860), "light", _graph(open="matrix", off="kind:person,kind:group", pair="country:PL", end="country:BY")
    ),
    Picture("view_phone.png", (390, 780), "light", _graph(entity="group:al-shabaab", near=1)),
)


def take(pages: Path, folder: Path) -> None:
    """Open the page of each picture as it asks, and write what is seen."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        for name, (width, height), scheme, address, ready in PICTURES:
            page = chromium.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(f"{pages.as_uri()}/{address}")
            page.wait_for_function("() => window.kgView || window.kgDocument")
            ready(page)
            page.wait_for_function("() => window.kgView || window.kgDocument")
            page.mouse.move(5, 5)
            page.evaluate("() => document.activeElement.blur()")
            page.wait_for_timeout(800)
            (folder / name).write_bytes(_small(page.screenshot()))
            page.close()
        chromium.close()


def _small(png: bytes) -> bytes:
    """The picture in fewer colours, without a dither: a third of the bytes, and no difference that an eye finds."""
    from PIL import Image

    made = BytesIO()
    few = Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(made, "PNG", optimize=True)
    return made.getvalue()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder)
        graph = kg.build(ROOT / "data" / "articles", html=pages / "graph.html")
        graph.to_document_page(DOCUMENT).write(pages / "document.html")
        take(pages, Path(sys.argv[1]))
