"""The notebooks run from the first cell to the last, with the code as it is, and are kept without outputs; the graph is seen in them."""

import asyncio
import functools
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from conftest import Tab
    from playwright.sync_api import Page as Window

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
FRAME = "iframe[title='Graph of claims']"
NEWS = "The United States may share intelligence with Kenya, the minister said. Kenya condemned Somalia on Monday."


def _read(path: Path) -> Any:
    import nbformat

    read: Any = nbformat.read  # has no types
    return read(path, as_version=4)


@pytest.fixture(scope="module")
def _own_kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The kernel is the one of this environment, whatever the user has installed at home."""
    home = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            folder = home / name.lower()
            folder.mkdir()
            patch.setenv(name, str(folder))
        patch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
        patch.delenv("JUPYTER_PATH", raising=False)
        yield


@pytest.fixture(scope="module")
def run(_own_kernel: None) -> Callable[[Path], Any]:
    """A notebook with the outputs of its cells; each runs once."""
    from nbclient import NotebookClient

    @functools.cache
    def run(path: Path) -> Any:
        notebook = _read(path)
        client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}})
        with ThreadPoolExecutor(1) as thread:  # the browser's tests keep the event loop of this one
            thread.submit(asyncio.run, client.async_execute()).result()
        return notebook

    return run


def _printed(notebook: Any) -> str:
    """All that the cells show as plain text."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "\n".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_to_its_end(path: Path, run: Callable[[Path], Any]) -> None:
    notebook = run(path)
    assert "Traceback" not in _printed(notebook)
    warned = [output.text for cell in notebook.cells for output in cell.get("outputs", ()) if output.get("name") == "stderr"]
    assert not warned


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    cells = [cell for cell in _read(path).cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS


def _shows_the_graph(window: "Window") -> None:
    """The frame runs the page, and nothing in it reaches what is around it."""
    outer = window.locator(FRAME).first
    outer.wait_for()
    assert outer.get_attribute("sandbox") == "allow-scripts"
    inner = window.frame_locator(FRAME).first
    inner.locator("#panel .card").first.wait_for()
    assert inner.locator("#picture canvas").count() == 1
    assert inner.locator("html").evaluate("() => window.origin") == "null"
    assert inner.locator("#png").is_hidden()  # a frame may not save files


@pytest.mark.browser
def test_a_notebook_turned_into_a_page_shows_its_graph(browser: "Tab", run: Callable[[Path], Any], tmp_path: Path) -> None:
    nbconvert = pytest.importorskip("nbconvert")
    body, _ = nbconvert.HTMLExporter().from_notebook_node(run(FOLDER / "claims.ipynb"))
    (tmp_path / "claims.html").write_text(body, "utf8")
    _shows_the_graph(browser.open(tmp_path / "claims.html"))


@contextmanager
def _jupyterlab(folder: Path) -> Iterator[str]:
    """The address of a JupyterLab that runs in this folder."""
    options = ("--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", f"--ServerApp.root_dir={folder}")
    with (
        (folder / "log").open("w") as log,
        subprocess.Popen([sys.executable, "-m", "jupyterlab", *options], stdout=log, stderr=log) as server,
    ):
        try:
            told = Path(os.environ["JUPYTER_RUNTIME_DIR"]) / f"jpserver-{server.pid}.json"
            until = time.monotonic() + 60
            while not told.exists() and server.poll() is None and time.monotonic() < until:
                time.sleep(0.2)
            assert told.exists(), (folder / "log").read_text()
            found = json.loads(told.read_text("utf8"))
            yield f"{found['url']}lab/tree/graph.ipynb?token={found['token']}"
        finally:
            server.terminate()


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.usefixtures("_own_kernel")
def test_jupyterlab_shows_the_graph(browser: "Tab", tmp_path: Path) -> None:
    pytest.importorskip("jupyterlab")
    import nbformat.v4 as form

    make: Any = form  # has no types
    source = f"import kg, pathlib\npathlib.Path('a.txt').write_text({NEWS!r})\ngraph = kg.build('a.txt')\ngraph.show()"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = make.new_notebook(cells=[make.new_code_cell(source)], metadata=kernel)
    (tmp_path / "graph.ipynb").write_text(make.writes(notebook), "utf8")
    browser.page.context.set_offline(False)
    try:
        with _jupyterlab(tmp_path) as address:
            window = browser.page
            window.set_default_timeout(60_000)
            window.goto(address)
            window.locator(".jp-Notebook .jp-CodeCell").first.click()
            window.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").first.wait_for(state="attached")
            window.keyboard.press("Shift+Enter")
            _shows_the_graph(window)
    finally:
        browser.page.context.set_offline(True)
