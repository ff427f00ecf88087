"""The embedded store from outside: start its server, find it, stop it."""

import importlib.util
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import kg
from kg.errors import StoreError
from kg.stores.address import DEFAULT_HEAP
from kg.stores.folder import Folder, Running

IDLE = 600.0
_WHERE_TO_GET = (
    "pip install 'stancegraph[embedded]' (Linux with glibc 2.34 on x86_64 and arm64, macOS on arm64, Windows on x64), "
    "or name a Neo4j server: --store bolt://HOST"
)
_PATIENCE = 60.0
_GRACE = 20.0


def check_engine() -> None:
    """Look whether the engine is installed.

    Raises:
        StoreError: it is not, with what to do about it.
    """
    if importlib.util.find_spec("arcadedb_embedded") is None:
        raise StoreError(f"the embedded store is not installed: {_WHERE_TO_GET}")


def attach(folder: Folder, *, idle: float = IDLE, heap: str = DEFAULT_HEAP) -> Running:
    """The server of this store; started where none runs.

    Raises:
        StoreError: it cannot be started.
    """
    found = folder.running()
    if found is not None:
        return found
    check_engine()
    folder.make()
    with folder.lock("start", patience=_PATIENCE, refusal="another process has been starting its server for a minute"):
        return folder.running() or _start(folder, idle, heap)


def _start(folder: Folder, idle: float, heap: str) -> Running:
    said = _launch(folder, [str(folder.path), "--idle", str(idle), "--heap", heap])
    running = folder.running()
    if said != "ready" or running is None:
        raise StoreError(f"{folder.shown}: its server does not start: {said or _last_words(folder.log)} (more in {folder.log})")
    return running


def _last_words(log: Path) -> str:
    """The last line of what a server wrote that ended before it could answer."""
    lines = log.read_text("utf8", "replace").split("\n")
    return next((line.strip()[:300] for line in reversed(lines) if line.strip()), "no answer")


def _launch(folder: Folder, arguments: list[str]) -> str:
    """Start the process and give the first line that it says."""
    home = str(Path(kg.__file__).parent.parent)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))}
    with folder.log.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "kg.stores.daemon", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=folder.path,
            env=environment,
            start_new_session=True,
            text=True,
        )
    with process:
        timer = threading.Timer(_PATIENCE, process.kill)
        timer.start()
        said = process.stdout.readline().strip() if process.stdout else ""
        timer.cancel()
    return said


def stop(folder: Folder) -> bool:
    """End the server and wait for its end; False where none was running."""
    found = folder.running()
    if found is None:
        return False
    for number, seconds in ((signal.SIGTERM, _GRACE), (getattr(signal, "SIGKILL", signal.SIGTERM), 5.0)):
        try:
            os.kill(found.pid, number)
        except ProcessLookupError:
            break
        if has_ended(folder, seconds):
            break
    folder.unsay()
    return True


def has_ended(folder: Folder, seconds: float = 2.0) -> bool:
    """Whether no server runs, or the one that did is gone within this time."""
    deadline = time.monotonic() + seconds
    while folder.is_locked("server"):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
