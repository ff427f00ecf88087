"""What several tests need: the extractor, loaded once, and a page in a real browser that is offline and keeps a record."""

import functools
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from told import Told, tell

from kg.pipeline.extractor import Extractor
from kg.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page
    from store_places import Place

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # root, as in CI, may not use the sandbox
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# The servers of tests live for a minute or so, in which Java's second compiler costs more than it saves.
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")

LONGEST = """
test_stores_durability test_stores_daemon test_store_cli test_bulk_import test_stores_bad test_stores_tls test_statements
test_notebooks test_stores_gate test_store_check test_store_upkeep test_questions test_stores test_judgements test_wheel
""".split()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest come first, so that none of them is left over for one of two processes at the end."""
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


class Tell(Protocol):
    """Reads one text."""

    def __call__(self, text: str) -> Told: ...


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The real extractor: spaCy is loaded once for all tests."""
    return Extractor(Settings())


@pytest.fixture(scope="session")
def read_text(extractor: Extractor) -> Tell:
    """What a text tells, as lines that a test can compare."""
    return functools.cache(functools.partial(tell, extractor))


@pytest.fixture(scope="session")
def embedded_server(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Place]":
    """An embedded store that all tests share: clear it before use."""
    from store_places import embedded_place

    with embedded_place(tmp_path_factory.mktemp("embedded") / "store") as place:
        yield place


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Place]":
    """A real Neo4j that all tests share: clear it before use."""
    from store_places import neo4j_place

    with neo4j_place(tmp_path_factory.mktemp("neo4j") / "home") as place:
        yield place


@dataclass
class Tab:
    """A page without network. `requests`: what it asked for beside its own file; `messages`: what it said on the console, errors too."""

    page: "Page"
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def open(self, path: Path) -> "Page":
        """Load a local file and start the records anew."""
        self.requests.clear()
        self.messages.clear()
        address = path.resolve().as_uri()
        self.page.goto(address)
        self.requests[:] = [url for url in self.requests if url != address]
        return self.page


@pytest.fixture(scope="session")
def _offline(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[BrowserContext]":
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        reason = "no Chromium on this machine: install it, or run make test as root on Debian"
        pytest.fail(reason) if "CI" in os.environ else pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("chromium"),
            executable_path=program,
            headless=True,
            args=list(FLAGS),
            viewport={"width": 1280, "height": 800},
            offline=True,
        )
        yield context
        context.close()


@pytest.fixture
def browser(_offline: "BrowserContext") -> Iterator[Tab]:
    """A fresh tab of a Chromium that cannot reach any network (mark the test with `browser`)."""
    tab = Tab(_offline.new_page())
    tab.page.on("request", lambda request: tab.requests.append(request.url))
    tab.page.on("console", lambda message: tab.messages.append(f"{message.type}: {message.text}"))
    tab.page.on("pageerror", lambda error: tab.messages.append(f"error: {error}"))
    yield tab
    tab.page.close()
