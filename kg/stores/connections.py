"""The two kinds of store as far as they differ: how to get at the server, who may write, how a statement is kept to reading and stopped."""

import contextlib
import itertools
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cached_property
from typing import Literal, Protocol

from kg.errors import StoreError
from kg.stores import embedded
from kg.stores.address import DEFAULT_HEAP, Access
from kg.stores.bolt import Bolt, ForbiddenError, Parameters, TimedOutError
from kg.stores.contract import Result, Status
from kg.stores.folder import DATABASE, READER, WRITER, Folder, Running, question_mark
from kg.stores.gate import NOT_A_READ, check_embedded_reads_only, check_reads_only, check_rows_asked, columns_of, is_of_the_server

_ASK_AGAIN = 0.5
_PATIENCE = 600.0


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
        """Keep other processes from writing meanwhile; waits for one that does."""
        ...

    def ask_to_read(self, cypher: str, parameters: Parameters, *, limit: int | None, timeout: float | None) -> Result:
        """The rows of a statement that the server lets do nothing but read."""
        ...

    def ask_to_write(self, cypher: str, parameters: Parameters, *, limit: int | None, timeout: float | None) -> Result:
        """The rows of a statement that may change the graph."""
        ...

    def status(self) -> Status:
        """What is known without asking the database."""
        ...

    def close(self) -> None:
        """Let go of the server; nothing is answered any more."""
        ...


def _closed(where: str) -> StoreError:
    return StoreError(f"{where}: this store was closed; open it again to ask it")


@contextlib.contextmanager
def _refused() -> Iterator[None]:
    """What a server refuses to a statement that may only read, in the words of the gate."""
    try:
        yield
    except StoreError as error:
        if isinstance(error, ForbiddenError) or is_of_the_server(error):
            raise StoreError(NOT_A_READ) from error
        raise


class Neo4j:
    """A Neo4j server."""

    kind: Literal["neo4j"] = "neo4j"

    def __init__(self, access: Access) -> None:
        self.where = access.where
        self._access = access
        self._is_closed = False

    @cached_property
    def _bolt(self) -> Bolt:
        return Bolt(self._access)

    def bolt(self) -> Bolt:
        if self._is_closed:
            raise _closed(self.where)
        return self._bolt

    def one_writer(self) -> AbstractContextManager[None]:
        """Transactions take turns (a lock on our `:Meta` node); whole writes need not."""
        return contextlib.nullcontext()

    def ask_to_read(self, cypher: str, parameters: Parameters, *, limit: int | None, timeout: float | None) -> Result:
        """The plan is looked at first, then the statement is run where the server refuses to write."""
        check_rows_asked(cypher)
        with _refused():
            check_reads_only(*self.bolt().explain(cypher, parameters))
            return self.bolt().ask(cypher, parameters, reads=True, limit=limit, timeout=timeout)

    def ask_to_write(self, cypher: str, parameters: Parameters, *, limit: int | None, timeout: float | None) -> Result:
        return self.bolt().ask(cypher, parameters, reads=False, limit=limit, timeout=timeout)

    def status(self) -> Status:
        return Status(
            where=self.where, kind=self.kind, running=True, uri=self._access.uri, user=self._access.user, server=self._bolt.server
        )

    def close(self) -> None:
        self._is_closed = True
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

    def __init__(self, folder: Folder, heap: str = DEFAULT_HEAP, *, starts: bool = True) -> None:
        """`starts`: whether its server is started where none runs."""
        self.where = folder.shown
        self._folder = folder
        self._heap = heap
        self._starts = starts
        self._running: Running | None = None
        self._bolts: dict[str, Bolt] = {}
        self._is_closed = False

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
        if self._is_closed:
            raise _closed(self.where)
        running = embedded.attach(self._folder, heap=self._heap) if self._starts else self._folder.running()
        if running is None:
            raise StoreError(f"{self.where}: its server does not run")
        if running != self._running:
            self._let_go()
            self._running = running
        if user not in self._bolts:
            password = running.password if user == WRITER else running.reader_password
            self._bolts[user] = Bolt(Access(self.where, running.uri, user, password, DATABASE))
        return self._bolts[user]

    @contextlib.contextmanager
    def one_writer(self) -> Iterator[None]:
        refusal = f"another process has been writing to it for {_PATIENCE / 60:.0f} minutes; try again when it has finished"
        waiting = "another process is writing to it; waiting until it has finished"
        with self._folder.lock("write", patience=_PATIENCE, refusal=refusal, waiting=waiting):
            try:
                yield
            except StoreError as error:
                if self._folder.is_full:
                    raise StoreError(f"{self.where}: its disk is full; what was told as written is kept ({error})") from error
                raise

    def ask_to_read(self, cypher: str, parameters: Parameters, *, limit: int | None, timeout: float | None) -> Result:
        """As a user who may only read. The plan is looked at first, for what that user may do and should not."""
        check_rows_asked(cypher)
        reader = self._as(READER)
        with _refused():
            _, plan = reader.explain(cypher, parameters)
            check_embedded_reads_only(plan)
            found = self._ask(reader, cypher, parameters, reads=True, limit=limit, timeout=timeout)
        return found if found.columns else replace(found, columns=columns_of(plan))

    def ask_to_write(self, cypher: str, parameters: Parameters, *, limit: int | None, timeout: float | None) -> Result:
        return self._ask(self.bolt(), cypher, parameters, reads=False, limit=limit, timeout=timeout)

    def _ask(self, bolt: Bolt, cypher: str, parameters: Parameters, *, reads: bool, limit: int | None, timeout: float | None) -> Result:
        """At the deadline (this server minds none) and on Ctrl-C a second connection ends the statement; if we are killed, the daemon."""
        mark = question_mark(os.getpid(), next(self._numbers))
        asked = _Asked(lambda: bolt.ask(cypher, parameters, reads=reads, limit=limit, timeout=timeout, mark=mark))
        over = False
        try:
            over = not asked.ended(timeout)
            while not asked.ended(0):
                self._terminate(mark)
                asked.ended(_ASK_AGAIN)
            return asked.result()
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
        self._is_closed = True
        self._let_go()

    def _let_go(self) -> None:
        for bolt in self._bolts.values():
            bolt.close()
        self._bolts.clear()


def terminate(bolt: Bolt, mark: str) -> None:
    """End the statements before whose text this mark stands."""
    for row in bolt.read("SHOW TRANSACTIONS"):
        if any(isinstance(value, str) and value.startswith(mark) for value in row):
            bolt.read(f"TERMINATE TRANSACTIONS '{row[1]}'")
