"""The two kinds of store as far as they differ: how to get at the server, who may write, how a statement is kept to reading and stopped."""

import contextlib
import itertools
import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property
from typing import Literal, Protocol

from kg.errors import StoreError
from kg.stores import embedded
from kg.stores.address import Access
from kg.stores.bolt import Bolt, ForbiddenError, Parameters, TimedOutError
from kg.stores.contract import Result, Status
from kg.stores.folder import DATABASE, READER, WRITER, Folder, Running
from kg.stores.gate import NOT_A_READ, check_reads_only

_ASK_AGAIN = 0.5


class Connections(Protocol):
    """The way to one store."""

    where: str

    @property
    def kind(self) -> Literal["embedded", "neo4j"]:
        """What is at the other end."""
        ...

    def bolt(self) -> Bolt:
        """A connection that may write."""
        ...

    def one_writer(self) -> AbstractContextManager[None]:
        """Keep other processes from writing meanwhile, or refuse."""
        ...

    def ask_to_read(self, cypher: str, parameters: Parameters, *, limit: int | None, timeout: float | None) -> Result:
        """The rows of a statement that the server lets do nothing but read."""
        ...

    def status(self) -> Status:
        """What is known without asking the database."""
        ...

    def close(self) -> None: ...


class Neo4j:
    """A Neo4j server."""

    kind: Literal["neo4j"] = "neo4j"

    def __init__(self, access: Access) -> None:
        self.where = access.where
        self._access = access

    @cached_property
    def _bolt(self) -> Bolt:
        return Bolt(self._access)

    def bolt(self) -> Bolt:
        return self._bolt

    def one_writer(self) -> AbstractContextManager[None]:
        """Transactions take turns (a lock on our `:Meta` node); whole writes need not."""
        return contextlib.nullcontext()

    def ask_to_read(self, cypher: str, parameters: Parameters, *, limit: int | None, timeout: float | None) -> Result:
        """The plan is looked at first, then the statement is run where the server refuses to write."""
        check_reads_only(*self._bolt.explain(cypher, parameters))
        return self._bolt.ask(cypher, parameters, reads=True, limit=limit, timeout=timeout)

    def status(self) -> Status:
        return Status(
            where=self.where, kind=self.kind, running=True, uri=self._access.uri, user=self._access.user, server=self._bolt.server
        )

    def close(self) -> None:
        if "_bolt" in self.__dict__:
            self._bolt.close()


class _Asked:
    """A question that is under way in a thread of its own, so that whoever asked can still act."""

    def __init__(self, ask: Callable[[], Result]) -> None:
        self._outcome: Result | BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(ask,), name="kg question", daemon=True)
        self._thread.start()

    def _run(self, ask: Callable[[], Result]) -> None:
        try:
            self._outcome = ask()
        except BaseException as error:  # noqa: BLE001 - it is raised again by `result`, in the thread that asked
            self._outcome = error

    def ended(self, seconds: float | None) -> bool:
        """Whether it has ended, at the latest after so many seconds (None: waits)."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def result(self) -> Result:
        """What came of it; raises what it raised."""
        if isinstance(self._outcome, Result):
            return self._outcome
        raise self._outcome or StoreError("a question ended without an answer")


class Embedded:
    """The store in a folder, with its server on this machine."""

    kind: Literal["embedded"] = "embedded"
    _numbers = itertools.count(1)

    def __init__(self, folder: Folder) -> None:
        self.where = folder.shown
        self._folder = folder
        self._running: Running | None = None
        self._bolts: dict[str, Bolt] = {}

    def bolt(self) -> Bolt:
        return self._as(WRITER)

    def _as(self, user: str) -> Bolt:
        """The connection of a user; a server that has ended meanwhile is started again."""
        try:
            return self._attached(user)
        except StoreError:
            if not embedded.has_ended(self._folder):
                raise
        return self._attached(user)  # it was being killed: what it said of itself held for one moment more

    def _attached(self, user: str) -> Bolt:
        running = embedded.attach(self._folder)
        if running != self._running:
            self.close()
            self._running = running
        if user not in self._bolts:
            password = running.password if user == WRITER else running.reader_password
            self._bolts[user] = Bolt(Access(self.where, running.uri, user, password, DATABASE))
        return self._bolts[user]

    def one_writer(self) -> AbstractContextManager[None]:
        return self._folder.lock("write", refusal="another process is writing to it; try again when it has finished")

    def ask_to_read(self, cypher: str, parameters: Parameters, *, limit: int | None, timeout: float | None) -> Result:
        """As a user who may only read; at the deadline (this server minds none) and on Ctrl-C a second connection ends the statement."""
        mark = f"kg {os.getpid()}-{next(self._numbers)}"
        bolt = self._as(READER)
        asked = _Asked(lambda: bolt.ask(f"{cypher}\n// {mark}", parameters, reads=True, limit=limit, timeout=timeout))
        try:
            over = not asked.ended(timeout)
            while not asked.ended(0):
                self._terminate(mark)
                asked.ended(_ASK_AGAIN)
            return asked.result()
        except ForbiddenError as error:
            raise StoreError(NOT_A_READ) from error
        except StoreError as error:
            if over:
                raise TimedOutError(f"{self.where}: stopped at the deadline") from error
            raise
        except KeyboardInterrupt:
            self._terminate(mark)
            raise

    def _terminate(self, mark: str) -> None:
        with contextlib.suppress(StoreError):
            terminate(self.bolt(), mark)

    def status(self) -> Status:
        running = self._folder.running()
        log = self._folder.log
        if running is None:
            return Status(where=self.where, kind=self.kind, running=False, log=log if log.exists() else None)
        return Status(
            where=self.where,
            kind=self.kind,
            running=True,
            uri=running.uri,
            user=WRITER,
            password=running.password,
            pid=running.pid,
            log=log,
        )

    def close(self) -> None:
        for bolt in self._bolts.values():
            bolt.close()
        self._bolts.clear()


def terminate(bolt: Bolt, mark: str) -> None:
    """End the statements in whose text this mark stands."""
    for row in bolt.read("SHOW TRANSACTIONS"):
        texts = [value for value in row if isinstance(value, str)]
        if any(text.endswith(f"// {mark}") for text in texts):
            bolt.read(f"TERMINATE TRANSACTIONS '{row[1]}'")
