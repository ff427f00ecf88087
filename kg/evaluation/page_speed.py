"""How fast the page is in a real browser, beside what pyvis draws by itself: the same entities and lines, the same run, no network."""

import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.evaluation.invented import invented_graph
from kg.ontology import Ontology

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

SIZES = (50, 500, 2_000)
PATIENCE = 60.0  # seconds for pyvis; where its picture is not stable by then, this is what is told
_DRAG = 2.0  # seconds
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
_MARK = "(name) => performance.getEntriesByName(name).map((mark) => mark.startTime / 1000)[0]"
_STABLE = "() => typeof network !== 'undefined' && network.physics.ready && performance.now() / 1000"
_COUNT = """() => { window.frames_ = 0; window.begun = performance.now(); cancelAnimationFrame(window.frame);
    const next = () => { window.frames_ += 1; window.frame = requestAnimationFrame(next); }; next(); }"""
_RATE = "() => (1000 * window.frames_) / (performance.now() - window.begun)"
_STEP = """(value) => new Promise((done) => { const slider = document.getElementById("confidence"); const begun = performance.now();
    slider.value = value; slider.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => done((performance.now() - begun) / 1000), 0)); })"""
_HUB = """() => { const nodes = JSON.parse(document.getElementById("data").textContent).nodes;
    return kgView.placeOf(nodes.reduce((a, b) => (b.claims > a.claims ? b : a)).id); }"""


def why_no_browser() -> str | None:
    """Why nothing can be drawn on this machine; None where it can."""
    if find_spec("playwright") is None:
        return "playwright is not installed: pip install 'stancegraph[test]'"
    return None if any(map(shutil.which, _CHROMIUM)) else "there is no Chromium"


def measure(size: int, ontology: Ontology) -> Mapping[str, float]:
    """Seconds, frames a second and megabytes of a page with so many entities, and of pyvis' own.

    In a thread of its own: where an event loop runs, as in a notebook, the browser could not be asked otherwise.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_measured, size, ontology).result()


def _measured(size: int, ontology: Ontology) -> Mapping[str, float]:
    from kg.views import pyvis_by_itself, render_html
    from kg.views.page import make_page

    graph = invented_graph(size, ontology)
    begun = time.process_time()
    make_page(graph, ontology, top=0)
    layout = time.process_time() - begun
    page = render_html(graph, ontology, top=0)
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder, _browser(Path(folder) / "profile") as context:
        ours = _ours(context, _file(Path(folder) / "page.html", page))
        other = _pyvis(context, _file(Path(folder) / "pyvis.html", pyvis_by_itself(graph, ontology)))
    return {"layout": layout, "size": len(page.encode()) / 1e6, **ours, **other}


def _file(path: Path, page: str) -> str:
    path.write_text(page, encoding="utf8")
    return path.as_uri()


@contextmanager
def _browser(profile: Path) -> "Iterator[BrowserContext]":
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, _CHROMIUM)))
    size: Any = {"width": 1280, "height": 800}
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=program, headless=True, args=_FLAGS, viewport=size, offline=True
        )
        yield context
        context.close()


def _ours(context: "BrowserContext", address: str) -> dict[str, float]:
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("() => window.kgView")
    measured = {name: float(page.evaluate(_MARK, mark)) for name, mark in (("first", "kg-picture"), ("ready", "kg-ready"))}
    frame: Any = page.locator("#picture").bounding_box()
    measured["pan"] = _drag(page, frame["x"] + 8, frame["y"] + frame["height"] - 8)
    at = page.evaluate(_HUB)
    measured["drag"] = _drag(page, at["x"], at["y"])
    steps = sorted(float(page.evaluate(_STEP, value)) for value in ("0.5", "0.6", "0.7", "0.9", "0.3"))
    page.close()
    return measured | {"slider": steps[len(steps) // 2]}


def _pyvis(context: "BrowserContext", address: str) -> dict[str, float]:
    from playwright.sync_api import TimeoutError as NotYet

    page = context.new_page()
    try:
        page.goto(address, wait_until="commit", timeout=PATIENCE * 1000)
        first = page.wait_for_function(_STABLE, timeout=PATIENCE * 1000).json_value()
    except NotYet:
        page.close()
        return {"pyvis_first": PATIENCE}
    rate = _drag(page, 20, 780)
    page.close()
    return {"pyvis_first": float(first), "pyvis_pan": rate}


def _drag(page: "Page", x: float, y: float) -> float:
    """Frames a second while the mouse drags from here, to and fro."""
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(_COUNT)
    begun, step = time.monotonic(), 0
    while time.monotonic() - begun < _DRAG:
        step += 1
        page.mouse.move(x + 4 * (step % 10), y - step % 10)
    rate = float(page.evaluate(_RATE))
    page.mouse.up()
    return rate
