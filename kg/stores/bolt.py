"""A graph database over Bolt: the one module that knows the neo4j driver. Rows come back as plain values, its errors as StoreError."""

import contextlib
import datetime as dt
import logging
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, LiteralString, Protocol, Self, cast

from kg.errors import StoreError
from kg.stores.address import Access
from kg.stores.contract import Result
from kg.stores.reaching import NEEDED, check_server, is_neo4j, short, unreachable


@contextlib.contextmanager
def _without(*names: str) -> Iterator[None]:
    """Without these libraries, unless they are loaded already: the driver would spend half a second on them, for values nobody sends."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None: "not to be found"
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


with _without("numpy", "pandas", "pyarrow"):
    import neo4j
    import neo4j.exceptions
    import neo4j.graph
    import neo4j.time

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what it has to say comes as an error

_RETRY_SECONDS = 15.0
_IDLE_SECONDS = 5.0  # a connection that was not used for so long is tried before it is used
_POSITION = re.compile(r"\s*\(line (\d+), column (\d+) \(offset: \d+\)\)")
_POSITION_FROM_0 = re.compile(r"\s+at line (\d+), column (\d+)")  # as ArcadeDB writes it
_EXPLAIN = "EXPLAIN "
_MOST_SENT = 60_000_000  # characters; up to 240 MB, and above 256 MB an embedded server would hang
_NO_SERVER = (neo4j.exceptions.ServiceUnavailable, neo4j.exceptions.SessionExpired, OSError)

type Row = list[Any]
type Parameters = Mapping[str, object]


class Run(Protocol):
    """Runs one statement of a transaction and gives its rows."""

    def __call__(self, cypher: str, /, **parameters: object) -> list[Row]: ...


class ForbiddenError(StoreError):
    """The user may not do this: an embedded store's reader does nothing but read."""


class TimedOutError(StoreError):
    """The server was stopped at the deadline."""


def plain(value: Any) -> Any:
    """A value of the driver as a value of Python."""
    if isinstance(value, neo4j.graph.Node):
        return {"labels": sorted(value.labels)} | {name: plain(item) for name, item in value.items()}
    if isinstance(value, neo4j.graph.Relationship):
        return {"type": value.type} | {name: plain(item) for name, item in value.items()}
    if isinstance(value, neo4j.graph.Path):
        return [plain(value.start_node), *(plain(one) for rel in value.relationships for one in (rel, rel.end_node))]
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, neo4j.time.Date | neo4j.time.DateTime | neo4j.time.Time):
        return value.to_native()
    known = value is None or isinstance(value, bool | int | float | str | dt.date | dt.time)
    return value if known else str(value)


def _line(error: neo4j.exceptions.Neo4jError, shift: int = 0) -> str:
    """The first line of a server's message, with the position in the statement (`shift` characters before it) where it gives one."""

    def place(line: str, column: int) -> str:
        return f" (line {line}, column {column - (shift if line == '1' else 0)})"

    lines = (error.message or error.code or str(error)).strip().splitlines() or ["unknown error"]
    told = _POSITION.sub(lambda found: place(found[1], int(found[2])), lines[0])
    return _POSITION_FROM_0.sub(lambda found: place(found[1], int(found[2]) + 1), told)


@contextlib.contextmanager
def _translated(access: Access, shift: int | None = None) -> Iterator[None]:
    """The driver's errors, as ours. `shift`: the characters that were put before a statement of the user; None: the statement is ours."""
    try:
        yield
    except neo4j.exceptions.AuthError as error:
        raise StoreError(_auth_line(access, error)) from error
    except neo4j.exceptions.Neo4jError as error:
        raise _server_error(access, error, shift) from error
    except _NO_SERVER as error:
        raise StoreError(f"{access.where}: {unreachable(error)}") from error
    except neo4j.exceptions.ConfigurationError as error:
        raise StoreError(f"{access.where}: the server is too old or the address is wrong ({NEEDED}; {short(error)})") from error
    except neo4j.exceptions.DriverError as error:
        raise StoreError(f"{access.where}: {short(error)}") from error


@contextlib.contextmanager
def _checked() -> Iterator[None]:
    """What the driver will not send: a value of a foreign type, a number that is too large, half a character."""
    try:
        yield
    except (TypeError, ValueError, OverflowError) as error:
        raise StoreError(f"Cypher: a parameter or the statement cannot be sent: {short(error)}") from error


def _check_size(cypher: str, parameters: Parameters) -> None:
    """Refuse what is too large for one message before it is sent: a server would hang or run out of memory."""
    size = len(cypher) + _size(parameters)
    if size > _MOST_SENT:
        raise StoreError(f"Cypher: the statement and its parameters have {size:,} characters; {_MOST_SENT:,} can be sent at once")


def _size(value: object) -> int:
    if isinstance(value, str | bytes | bytearray):
        return len(value)
    if isinstance(value, Mapping):
        return sum(_size(name) + _size(item) for name, item in value.items())
    return sum(map(_size, value)) if isinstance(value, list | tuple | set | frozenset) else 9


def _auth_line(access: Access, error: neo4j.exceptions.AuthError) -> str:
    if isinstance(error, neo4j.exceptions.Forbidden):
        return f"{access.where}: user {access.user!r} may not do this: {_line(error)}"
    if access.user is None:
        return f"{access.where}: the server asks for a user name and a password (NEO4J_USERNAME, NEO4J_PASSWORD)"
    return f"{access.where}: the server refuses user {access.user!r} with this password (NEO4J_USERNAME, NEO4J_PASSWORD)"


def _server_error(access: Access, error: neo4j.exceptions.Neo4jError, shift: int | None) -> StoreError:
    code = error.code or ""
    if "Security.Forbidden" in code or "AccessMode" in code:
        return ForbiddenError(f"{access.where}: {_line(error)}")
    if "TimedOut" in code or "Terminated" in code:
        return TimedOutError(f"{access.where}: stopped at the deadline: {_line(error)}")
    if code.endswith("CredentialsExpired"):
        return StoreError(
            f"{access.where}: user {access.user!r} must set a new password first (in cypher-shell: ALTER CURRENT USER SET PASSWORD)"
        )
    if code.endswith("DatabaseNotFound"):
        return StoreError(f"{access.where}: there is no database {access.database!r} on this server")
    if code.endswith("DatabaseUnavailable"):
        return StoreError(f"{access.where}: the database is not available now: {_line(error)}")
    if "ReadOnly" in code:
        return StoreError(f"{access.where}: this database is read-only: {_line(error)}")
    if ".Statement." in code and shift is not None:
        return StoreError(f"Cypher: {_line(error, shift)}")
    if ".Statement." in code or code.startswith("Neo.DatabaseError"):
        return StoreError(f"{access.where}: it fails at a statement of this program, its files may be damaged: {_line(error)}")
    return StoreError(f"{access.where}: {_line(error)}")


class Bolt:
    """A driver for one user of one server. Open one, close it.

    Raises:
        StoreError: the server cannot be reached, refuses the log-in, is too old or no Neo4j.
    """

    def __init__(self, access: Access) -> None:
        self.access = access
        with _translated(access):
            self._driver = neo4j.GraphDatabase.driver(
                access.uri,
                auth=(access.user, access.password) if access.user else None,
                max_transaction_retry_time=_RETRY_SECONDS,
                connection_timeout=10.0,
                liveness_check_timeout=_IDLE_SECONDS,
                notifications_min_severity="OFF",
                user_agent="stancegraph",
            )
        try:
            with _translated(access):
                self.server = self._driver.get_server_info().agent
            check_server(access, self.server)
        except BaseException:
            self._driver.close()
            raise

    @property
    def is_neo4j(self) -> bool:
        """Whether it is Neo4j itself, and not a database that speaks as it does."""
        return is_neo4j(self.server)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; it does not matter whether the server is still there."""
        with contextlib.suppress(neo4j.exceptions.DriverError, OSError):
            self._driver.close()

    def _session(self, *, reads: bool = False, fetch_size: int = 1000) -> neo4j.Session:
        mode = neo4j.READ_ACCESS if reads else neo4j.WRITE_ACCESS
        return self._driver.session(database=self.access.database, default_access_mode=mode, fetch_size=fetch_size)

    def read(self, cypher: str, /, **parameters: object) -> list[Row]:
        """The rows of a statement that reads, tried again where the server asks for that or the connection breaks."""
        with _translated(self.access), self._session(reads=True) as session:
            return _again(lambda: session.execute_read(lambda tx: _rows(tx.run(_literal(cypher), dict(parameters)))))

    def stream(self, cypher: str, **parameters: object) -> Iterator[Row]:
        """The rows of a statement that reads, as they come; memory does not grow with their number."""
        with _translated(self.access), self._session(reads=True) as session:
            for record in session.run(_literal(cypher), dict(parameters)):
                yield [plain(value) for value in record.values()]

    def write[T](self, work: Callable[[Run], T]) -> T:
        """One transaction. `work` may be called again from its beginning: when the server asks for that, another writer was first, or the
        connection broke. It may have been committed then: done twice, it must leave what it leaves when it is done once.
        """
        with _translated(self.access), self._session() as session:
            return _again(lambda: session.execute_write(lambda tx: work(_runner(tx))))

    def define(self, cypher: str) -> None:
        """One statement outside of any transaction, which may be sent twice: a constraint, an index, a wait for it."""
        with _translated(self.access), self._session() as session:
            _again(lambda: session.run(_literal(cypher)).consume(), neo4j.exceptions.ServiceUnavailable, neo4j.exceptions.SessionExpired)

    def explain(self, cypher: str, parameters: Parameters) -> tuple[str, dict[str, Any]]:
        """What a statement would do: its kind (r, rw, w, s) and its plan; nothing is executed."""
        _check_size(cypher, parameters)
        shift = len(_EXPLAIN) if self.is_neo4j else 0  # ArcadeDB does not count the word in its positions
        with _translated(self.access, shift), _checked(), self._session(reads=True) as session:
            summary = session.run(_literal(f"{_EXPLAIN}{cypher}"), dict(parameters)).consume()
            return summary.query_type or "", cast("dict[str, Any]", summary.plan or {})

    def ask(self, cypher: str, parameters: Parameters, *, reads: bool, limit: int | None, timeout: float | None, mark: str = "") -> Result:
        """The rows of a user's statement, in a transaction of its own; what it wrote is kept when it reached its end.

        `mark`: a comment put before it, by which the server's list of transactions tells it from others.
        """
        _check_size(cypher, parameters)
        with (
            _translated(self.access, 0),
            _checked(),
            self._session(reads=reads) as session,
            session.begin_transaction(timeout=timeout) as tx,
        ):
            found = tx.run(_literal(f"{mark}{cypher}"), dict(parameters))
            columns = tuple(found.keys())
            rows: list[tuple[Any, ...]] = []
            for record in found:
                if limit is not None and len(rows) == limit:
                    if not reads:  # what it writes is kept whole; the limit is of rows shown
                        found.consume()
                        tx.commit()
                    return Result(columns, rows, cut=True)
                rows.append(tuple(plain(value) for value in record.values()))
            tx.commit()
            return Result(columns, rows)


def _again[T](attempt: Callable[[], T], *also: type[Exception]) -> T:
    """Try up to three times where the driver leaves it to us: another writer was first, the connection broke at the commit, and `also`."""
    for _ in range(2):
        with contextlib.suppress(neo4j.exceptions.ConstraintError, neo4j.exceptions.IncompleteCommit, *also):
            return attempt()
    return attempt()


def _literal(cypher: str) -> LiteralString:
    """The driver wants statements that a type checker knows; ours are made of literals and names from the ontology's white list."""
    return cypher


def _rows(result: neo4j.Result) -> list[Row]:
    return [[plain(value) for value in record.values()] for record in result]


def _runner(tx: neo4j.ManagedTransaction) -> Run:
    def run(cypher: str, /, **parameters: object) -> list[Row]:
        return _rows(tx.run(_literal(cypher), parameters))

    return run
