"""The folder of an embedded store: its files, its locks, and what its server says about itself while it runs."""

import contextlib
import json
import logging
import os
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from kg.errors import NotFoundError, StoreError
from kg.stores.address import DEFAULT_HEAP

DATABASE = "neo4j"
WRITER, READER = "root", "reader"
_MARK = "kg-store.json"
_STATE = "server.json"
_LOG = "server.log"
_FORMAT = 1
_LEAST_ROOM = 8_000_000
_QUESTION = re.compile(r"/\* kg (\d+)-\d+ \*/ ")


@dataclass(frozen=True, slots=True)
class Running:
    """A server as it says it is: process, port, and passwords of the user who may write and of the one who only reads."""

    pid: int
    port: int
    password: str = field(repr=False)
    reader_password: str = field(repr=False)
    heap: str = DEFAULT_HEAP

    @property
    def uri(self) -> str:
        """The address for any Bolt client on this machine."""
        return f"bolt://127.0.0.1:{self.port}"


def question_mark(pid: int, number: int) -> str:
    """A comment before a statement that tells who asked it.

    >>> question_mark(4711, 2)
    '/* kg 4711-2 */ '
    """
    return f"/* kg {pid}-{number} */ "


def who_asked(statement: str) -> int | None:
    """The process that asked a marked statement; None of one without a mark."""
    found = _QUESTION.match(statement)
    return int(found[1]) if found else None


class Folder:
    """The place of an embedded store, which need not exist yet."""

    def __init__(self, path: Path) -> None:
        self.shown = str(path)
        self.path = path.absolute()

    @property
    def log(self) -> Path:
        """What the server tells: the first place to look when it fails."""
        return self.path / _LOG

    @property
    def exists(self) -> bool:
        """Whether there is a store."""
        return (self.path / _MARK).is_file()

    @property
    def is_full(self) -> bool:
        """Whether its disk has no room for another page or two of the database."""
        with contextlib.suppress(OSError):
            return shutil.disk_usage(self.path).free < _LEAST_ROOM
        return False

    def check(self) -> None:
        """Look whether a store is here.

        Raises:
            NotFoundError: none is.
            StoreError: a newer program made it.
        """
        if not self.exists:
            raise NotFoundError(f"{self.shown}: no graph is stored here")
        self._check_format()

    def _check_format(self) -> None:
        try:
            text = (self.path / _MARK).read_text("utf8")
            told = json.loads(text)["format"] if text else _FORMAT  # empty: whoever was making it was killed
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise StoreError(f"{self.shown}: {_MARK} in it is damaged ({type(error).__name__}: {error})") from error
        if told != _FORMAT:
            raise StoreError(f"{self.shown}: a store of format {told}; this program knows format {_FORMAT}: update it")

    def make(self) -> None:
        """Make the folder, unless it is a store already; only its owner may look into it.

        Raises:
            StoreError: it cannot be made, or other things are in it.
        """
        if self.exists:
            self._check_format()
            return
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if any(self.path.iterdir()) and not self.exists:  # another process may have made it meanwhile
                raise StoreError(f"{self.shown}: a folder with other things in it; name a new one for the store")
            (self.path / _MARK).write_text(f'{{"kind": "kg store", "format": {_FORMAT}}}\n', "utf8")
        except OSError as error:
            raise StoreError(f"{self.shown}: no store can be made here: {error.strerror or error}") from error

    def running(self) -> Running | None:
        """The server that runs, if one does; what a killed one has left behind does not count, and is removed."""
        if not self.is_said or self._is_stale():
            return None
        try:
            return Running(**json.loads((self.path / _STATE).read_text("utf8")))
        except (OSError, ValueError, TypeError):
            return None

    def _is_stale(self) -> bool:
        """Whether the server is dead that said what is said; then it is unsaid, before another one can say anything."""
        try:
            with (self.path / "server.lock").open("rb") as file:
                if not _take(file):
                    return False
                self.unsay()
        except OSError:
            pass
        return True

    def say(self, running: Running) -> None:
        """Tell others about the server: a file that only its owner can read, whole or not there."""
        temporary = self.path / f".{_STATE}.tmp"
        temporary.unlink(missing_ok=True)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(asdict(running), file)
        temporary.replace(self.path / _STATE)

    def unsay(self) -> None:
        """Remove what was told."""
        with contextlib.suppress(OSError):
            (self.path / _STATE).unlink()

    @property
    def is_said(self) -> bool:
        """Whether the folder and what the server told are still there."""
        return (self.path / _STATE).is_file()

    def is_locked(self, name: str) -> bool:
        """Whether a process that is alive holds this lock."""
        try:
            with (self.path / f"{name}.lock").open("rb") as file:
                return not _take(file)
        except OSError:
            return False

    @contextlib.contextmanager
    def lock(
        self, name: str, *, patience: float = 0.0, refusal: str = "another process is using it", waiting: str | None = None
    ) -> Iterator[None]:
        """Hold a lock that ends with this process, however it ends. `patience`: seconds to wait for it; `waiting`: said (logged) then.

        Raises:
            StoreError: another process holds it, or the folder cannot be written to.
        """
        deadline = time.monotonic() + patience
        try:
            file = (self.path / f"{name}.lock").open("a+b")
        except OSError as error:
            raise StoreError(f"{self.shown}: cannot be written to: {error.strerror or error}") from error
        with file:
            while not _take(file):
                if time.monotonic() >= deadline:
                    raise StoreError(f"{self.shown}: {refusal}")
                if waiting:
                    logging.getLogger("kg.stores").warning("%s: %s", self.shown, waiting)
                    waiting = None
                time.sleep(0.05)
            yield


def _take(file: IO[bytes]) -> bool:
    """Try to lock an open file; it is let go when the file is closed."""
    try:
        import fcntl
    except ImportError:
        return _take_on_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _take_on_windows(file: IO[bytes]) -> bool:
    import msvcrt

    try:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]  # there on Windows only
    except OSError:
        return False
    return True
