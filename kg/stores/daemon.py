"""The server of an embedded store: a process of its own, `python -m kg.stores.daemon FOLDER`, started by the first command that needs it.

It listens on 127.0.0.1 only, on a free port, with passwords made at each start. It ends when it is told to, when its folder vanishes, or
when no client has been connected for its idle time.
"""

import argparse
import contextlib
import json
import os
import secrets
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.model.cypher_form import WORDS_INDEX
from kg.stores.address import DEFAULT_HEAP
from kg.stores.folder import DATABASE, READER, Folder, Running, who_asked

_LARGEST_MESSAGE = 256 * 1024 * 1024
_LOOK = 0.25
_PATIENCE = 2.0  # whoever looks whether we run holds the lock for a moment
_OPTIONS = (
    "-Xrs",  # signals are Python's business
    "-XX:+UseSerialGC",  # the smallest and the first to start
    f"-Darcadedb.bolt.maxMessageSize={_LARGEST_MESSAGE}",  # above the limit the server would hang
    f"-Darcadedb.bolt.packstream.maxValueLength={_LARGEST_MESSAGE}",
    "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",
    "-Darcadedb.opencypher.loadCsv.allowRemoteUrls=false",
    "-Darcadedb.server.saltIterations=1000",  # the passwords are random and live as long as the process
    "-Darcadedb.txWalFlush=1",
)
_WORDS = (  # the full-text index, for which no statement can be sent over Bolt; the older claims of a store without it are taken in
    "CREATE VERTEX TYPE Claim IF NOT EXISTS",
    "CREATE PROPERTY Claim.sentence IF NOT EXISTS STRING",
    f"CREATE INDEX {WORDS_INDEX} IF NOT EXISTS ON Claim (sentence) FULL_TEXT",
)
_EVERYTHING = {"createRecord", "readRecord", "updateRecord", "deleteRecord"}


def _group(access: list[str], records: list[str]) -> dict[str, Any]:
    return {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": {"*": {"access": records}}}


def _write_users(config: Path) -> None:
    """Two groups, one of which only reads; users of an earlier start go."""
    config.mkdir(exist_ok=True)
    admin = _group(["updateSecurity", "updateSchema", "updateDatabaseSettings"], sorted(_EVERYTHING))
    groups = {"databases": {"*": {"groups": {"admin": admin, READER: _group([], ["readRecord"])}}}, "version": 1}
    (config / "server-groups.json").write_text(json.dumps(groups), "utf8")
    (config / "server-users.jsonl").unlink(missing_ok=True)


class _Server:
    """ArcadeDB in this process."""

    def __init__(self, folder: Folder, heap: str) -> None:
        os.environ["ARCADEDB_JVM_ERROR_FILE"] = str(folder.path / "crash-%p.log")
        import arcadedb_embedded
        import jpype
        from arcadedb_embedded.jvm import start_jvm

        start_jvm(heap_size=heap, jvm_args=_OPTIONS)
        _write_users(folder.path / "config")
        self.password, self.reader_password = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        self._server = arcadedb_embedded.create_server(
            str(folder.path),
            root_password=self.password,
            config={
                "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
                "bolt_port": 0,
                "bolt_defaultDatabase": DATABASE,
                "host": "127.0.0.1",
                "http_port": 0,
            },
        )
        self._server.start()
        database = self._server.create_database(DATABASE)
        for statement in _WORDS:
            database.command("sql", statement)
        java = self._server._java_server  # noqa: SLF001 - the bindings have no other way to users and plugins
        security = java.getSecurity()
        reader = {"name": READER, "password": str(security.encodePassword(self.reader_password)), "databases": {DATABASE: [READER]}}
        security.createUser(jpype.JClass("com.arcadedb.serializer.json.JSONObject")(json.dumps(reader)))
        bolt = next(plugin for plugin in java.getPlugins() if "Bolt" in str(plugin.getName()))
        self.port = int(bolt.getPort())
        self._running, self._process = java.getRunningQueries(), jpype.JClass("java.lang.ProcessHandle")
        self._connections = _field(_field(bolt, "listener"), "activeConnections")

    @property
    def connections(self) -> int:
        return int(self._connections.size())

    def end_abandoned(self) -> None:
        """End the statements of clients that were killed; nobody else would, and each keeps a core busy."""
        for query in self._running.getRunning():
            asker = who_asked(str(query.getText()))
            if asker is not None and not self._process.of(asker).isPresent():
                query.terminate("its client is gone")

    def stop(self) -> None:
        self._server.stop()


def _field(owner: Any, name: str) -> Any:
    """A private field of a Java object."""
    field = owner.getClass().getDeclaredField(name)
    field.setAccessible(True)
    return field.get(owner)


def _watch(folder: Folder, server: _Server, idle: float, told: Callable[[], bool]) -> bool:
    """Wait for the end; whether the folder is still there then."""
    last = time.monotonic()
    while not told():
        if server.connections:
            last = time.monotonic()
            server.end_abandoned()
        if time.monotonic() - last > idle:
            break
        if not folder.is_said:
            return False
        time.sleep(_LOOK)
    return folder.is_said


def _serve(folder: Folder, idle: float, heap: str, report: Callable[[str], None]) -> None:
    ended: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: ended.append(number))
    folder.unsay()
    server = _Server(folder, heap)
    folder.say(Running(os.getpid(), server.port, server.password, server.reader_password, heap))
    report("ready")
    if _watch(folder, server, idle, lambda: bool(ended)):
        folder.unsay()
        server.stop()


def _detach(log: Path) -> Callable[[str], None]:
    """Become a process of our own, whose output goes to the log; gives the function that tells the one who started it how it went."""
    pipe = os.dup(sys.stdout.fileno())
    if hasattr(os, "fork") and os.fork():
        os._exit(0)  # the starter waits for this one; its child belongs to nobody
    if hasattr(os, "setsid"):
        with contextlib.suppress(OSError):
            os.setsid()
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)

    def report(line: str) -> None:
        with contextlib.suppress(OSError), os.fdopen(pipe, "w") as told:
            told.write(f"{line}\n")

    return report


def main(arguments: list[str]) -> None:
    """Serve the store in a folder until it ends; the first line of standard output is "ready" or what went wrong."""
    parser = argparse.ArgumentParser(prog="kg.stores.daemon")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--idle", type=float, default=600.0)
    parser.add_argument("--heap", default=DEFAULT_HEAP)
    given = parser.parse_args(arguments)
    folder = Folder(given.folder)
    report = _detach(folder.log)
    try:
        with folder.lock("server", patience=_PATIENCE, refusal="its server is running already"):
            _serve(folder, given.idle, given.heap, report)
    except StoreError as error:
        report(str(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, the one who waits must know
        traceback.print_exc()
        report((str(error).strip().splitlines() or [type(error).__name__])[0][:300])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)  # Java has threads that would keep the process


if __name__ == "__main__":
    main(sys.argv[1:])
