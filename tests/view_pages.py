"""What the browser tests of the view share: pages written once, and a window that is ready to be clicked."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hand_graph import ONTOLOGY, sample_graph

from kg.views import render_html
from kg.views.page import Page, make_page

if TYPE_CHECKING:
    from conftest import Tab
    from playwright.sync_api import Page as Window


def sample_page(folder: Path) -> tuple[Path, Page]:
    """The page of the invented articles as a file, and what it shows."""
    graph = sample_graph()
    path = folder / "graph.html"
    path.write_text(render_html(graph, ONTOLOGY, title="Delta"), encoding="utf8")
    return path, make_page(graph, ONTOLOGY)


def ready(tab: "Tab", path: Path, hash_: str = "") -> "Window":
    """The page, opened anew and painted."""
    tab.page.goto("about:blank")
    window = tab.open(path)
    if hash_:
        window.goto("about:blank")
        window.goto(f"{path.resolve().as_uri()}#{hash_}")
    window.wait_for_function("() => window.kgView && document.querySelector('#picture canvas')")
    settle(window)
    return window


def settle(window: "Window") -> None:
    """Wait until two frames are painted."""
    window.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def look_at(window: "Window", section: str) -> None:
    """Open the table, the matrix or the timeline, and wait for what the browser makes of it a moment later."""
    window.click(f"#{section} summary")
    window.wait_for_selector(f"#{section} :is(tbody tr, .key:not(:empty))")


def state(window: "Window") -> dict[str, Any]:
    return dict(window.evaluate("() => kgView.state()"))


def serious(window: "Window") -> list[str]:
    """What axe-core finds, in words: rules broken with an impact of serious or critical, and where."""
    axe = pytest.importorskip("axe_playwright_python.base")
    settle(window)
    if not window.evaluate("() => 'axe' in window"):
        window.evaluate(axe.AXE_SCRIPT)
    found: Any = window.evaluate("() => axe.run({resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {[node['target'] for node in rule['nodes']][:3]}"
        for rule in found["violations"]
        if rule["impact"] in {"serious", "critical"}
    ]
