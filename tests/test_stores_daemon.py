"""The server of the embedded store: it starts by itself, survives its clients, ends when it should, and leaves nothing behind."""

import importlib.util
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import psutil
import pytest
from fake_extractor import GAZETTEER, fake_reading
from store_places import ONTOLOGY, Place, needs_engine

from kg.errors import NotFoundError, SettingsError, StoreError
from kg.stores import Status, Store, open_store, start_store, stop_store, store_status
from kg.stores.folder import Folder

READING = fake_reading("Iran ACCUSE actual France.")
COUNT = "MATCH (c:Claim) RETURN count(c)"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The place of a store that is not there yet; whatever is started for it is gone after the test."""
    needs_engine()
    place = tmp_path / "kg-store"
    yield place
    if place.is_dir():
        stop_store(place)
    _until(lambda: not _servers(place))


@pytest.fixture
def running(embedded_server: Place) -> Path:
    """A store with one claim in it whose server runs; other tests use it too, so it is neither stopped nor killed."""
    embedded_server.clear()
    embedded_server.write([READING])
    return Path(embedded_server.where)


def _servers(folder: Path) -> list[int]:
    """The processes that serve this folder."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or []
        if "kg.stores.daemon" in command and str(folder) in command:
            found.append(process.pid)
    return found


def _until(holds: Callable[[], bool], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _write(folder: Path) -> None:
    with open_store(folder) as store:
        store.write([READING], GAZETTEER, ONTOLOGY)


def _claims(folder: Path) -> int:
    with open_store(folder, read_only=True) as store:
        return int(store.query(COUNT).rows[0][0])


def _script(code: str, folder: Path) -> "subprocess.Popen[str]":
    """A client in a process of its own."""
    home = f"import sys; sys.path[:0] = {[str(Path(__file__).parent), str(Path(__file__).parent.parent)]!r}"
    whole = f"{home}\nFOLDER = {str(folder)!r}\n{textwrap.dedent(code)}"
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", whole], stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def _says(client: "subprocess.Popen[str]", line: str) -> None:
    assert client.stdout
    said = client.stdout.readline().strip()
    assert said == line, client.stderr and client.stderr.read()


def _tell(client: "subprocess.Popen[str]") -> None:
    assert client.stdin
    client.stdin.write("\n")
    client.stdin.flush()


def test_the_first_command_starts_the_server_later_ones_attach_and_stop_ends_it_with_nothing_lost(folder: Path) -> None:
    started = time.perf_counter()
    with open_store(folder) as store:
        store.write([READING], GAZETTEER, ONTOLOGY)
    first = store_status(folder)
    assert time.perf_counter() - started < 20
    assert _claims(folder) == 1
    assert (first.running, first.claims, first.documents) == (True, 1, 1)
    assert store_status(folder).pid == first.pid
    assert _servers(folder) == [first.pid]
    assert stop_store(folder) is True
    _until(lambda: not _servers(folder), seconds=2)
    assert stop_store(folder) is False
    stopped = store_status(folder)
    assert (stopped.running, stopped.claims, stopped.log) == (False, None, folder / "server.log")
    _answers_no_more(store)
    assert _servers(folder) == []  # a store that was closed starts none
    assert _claims(folder) == 1


def _answers_no_more(store: Store) -> None:
    for ask in (
        lambda: store.query(COUNT),
        lambda: store.query(COUNT, write=True),
        lambda: store.write([READING], GAZETTEER, ONTOLOGY),
        lambda: list(store.readings()),
        lambda: store.graph(ONTOLOGY),
        lambda: store.known([READING.document], "fake"),
        store.status,
    ):
        with pytest.raises(StoreError, match="kg-store: this store was closed; open it again to ask it"):
            ask()


@pytest.mark.parametrize("name", ["server.json", "."])
def test_only_its_owner_may_look_at_the_password(running: Path, name: str) -> None:
    mode = stat.S_IMODE((running / name).stat().st_mode)
    assert mode & 0o077 == 0


def test_it_listens_on_this_machine_only(running: Path) -> None:
    status = store_status(running)
    listening = {one.laddr.ip for one in psutil.Process(status.pid).net_connections("inet") if one.status == psutil.CONN_LISTEN}
    assert {ip.removeprefix("::ffff:") for ip in listening} <= {"127.0.0.1", "::1"}


def test_any_bolt_client_can_attach(running: Path) -> None:
    status = store_status(running)
    assert status.uri
    with neo4j.GraphDatabase.driver(status.uri, auth=(status.user or "", status.password or "")) as driver:
        assert driver.execute_query("MATCH (c:Claim) RETURN count(c) AS n").records[0]["n"] == 1
    with pytest.raises(neo4j.exceptions.AuthError), neo4j.GraphDatabase.driver(status.uri, auth=("root", "wrong")) as driver:
        driver.verify_connectivity()


def test_a_client_that_is_killed_leaves_it_usable(running: Path) -> None:
    code = """
        from fake_extractor import GAZETTEER, document, fake_reading
        from store_places import ONTOLOGY
        from kg.stores import loading, open_store
        loading._MOST_DOCUMENTS = 20
        def endless():
            for number in range(10**6):
                yield fake_reading(document("Iran ACCUSE actual France.", url=f"https://news.example/{number}"))
        store = open_store(FOLDER)
        store.write(endless(), GAZETTEER, ONTOLOGY, on_progress=lambda written: print(written.documents, flush=True))
    """
    client = _script(code, running)
    with client:
        assert client.stdout
        kept = [int(client.stdout.readline()) for _ in range(2)][-1]
        client.kill()
    pid = store_status(running).pid
    with open_store(running) as store:
        assert (store.status().documents or 0) >= kept
        store.write([READING], GAZETTEER, ONTOLOGY)
        documents = store.status().documents
        assert store.query("MATCH (:Entity)-[r:ACCUSE]->(:Entity) RETURN r.claims").rows == [(documents,)]
        assert store.status().waiting == 0
    assert store_status(running).pid == pid


def test_it_ends_when_nobody_has_used_it_for_its_idle_time(folder: Path) -> None:
    status = start_store(folder, idle=0.5)
    with open_store(folder, read_only=True):
        time.sleep(1.2)  # longer than its idle time, with a client
        assert store_status(folder).pid == status.pid
    _until(lambda: not _servers(folder))
    assert store_status(folder).running is False
    assert not (folder / "server.json").exists()


def test_it_ends_when_its_folder_vanishes(folder: Path) -> None:
    start_store(folder)
    shutil.rmtree(folder)
    _until(lambda: not _servers(folder))
    assert not folder.exists()


def test_a_server_that_was_killed_is_started_again_with_all_that_was_written(folder: Path) -> None:
    with open_store(folder) as store:
        store.write([READING], GAZETTEER, ONTOLOGY)
        pid = store_status(folder).pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        _until(lambda: Folder(folder).running() is None)
        assert not (folder / "server.json").exists()  # what it left behind is removed
        with socket.create_server(("127.0.0.1", 0)) as other:  # its port was taken by another program, its number by this process
            ours = {"pid": os.getpid(), "port": other.getsockname()[1], "password": "", "reader_password": ""}
            for left in (json.dumps(ours), '{"pid": 1, "port":'):
                (folder / "server.json").write_text(left)
                assert stop_store(folder) is False
            assert store_status(folder).running is False
        assert store.query(COUNT).rows == [(1,)]  # the open store finds the new one
    assert store_status(folder).pid != pid


def test_commands_that_come_together_start_one_server(folder: Path) -> None:
    code = "from kg.stores import start_store; print(start_store(FOLDER).pid)"
    clients = [_script(code, folder) for _ in range(3)]
    pids = {client.communicate()[0].strip() for client in clients}
    assert len(pids) == 1
    assert _servers(folder) == [int(pid) for pid in pids]


_WRITES_A_HUNDRED = """
from fake_extractor import GAZETTEER, document, fake_reading
from store_places import ONTOLOGY
from kg.stores import open_store
def some():
    for number in range(100):
        yield fake_reading(document(f"Iran ACCUSE actual France. {number}", url=f"https://news.example/{NAME}/{number}"))
        if number == 50:
            print("half", flush=True)
            input()
with open_store(FOLDER) as store:
    print(store.write(some(), GAZETTEER, ONTOLOGY).documents, flush=True)
"""


def test_a_second_build_waits_for_the_first_and_says_so_and_readers_go_on(running: Path) -> None:
    with _script(f"NAME = 'a'{_WRITES_A_HUNDRED}", running) as first:
        _says(first, "half")
        with _script(f"NAME = 'b'{_WRITES_A_HUNDRED}", running) as second:
            assert second.stderr
            told = second.stderr.readline()
            assert told == f"{running}: another process is writing to it; waiting until it has finished\n"
            assert _claims(running) >= 1
            assert second.poll() is None
            _tell(first)
            _says(first, "100")
            _says(second, "half")
            _tell(second)
            _says(second, "100")
            assert second.stderr.read() == ""
    assert _claims(running) == 201


def test_a_build_does_not_wait_for_ever(running: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.stores.connections._PATIENCE", 0.3)
    with (
        Folder(running).lock("write"),
        pytest.raises(StoreError, match=r"another process has been writing to it for .+ minutes; try again"),
    ):
        _write(running)
    _write(running)


_RUNAWAY = (
    "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 1000) AS c WITH a, b, c WHERE a * b * c < 0 RETURN count(*) AS n"
)


@pytest.mark.parametrize(("write", "length"), [(False, 5000), (True, 0)])
def test_the_question_of_a_client_that_is_killed_is_ended(running: Path, write: bool, length: int) -> None:
    question = f"{_RUNAWAY} // {'x' * length}"
    code = f"""
        from kg.stores import open_store
        with open_store(FOLDER) as store:
            print("asks", flush=True)
            store.query({question!r}, write={write})
    """
    pid = store_status(running).pid
    assert pid
    server = psutil.Process(pid)
    with _script(code, running) as client:
        _says(client, "asks")
        _until(lambda: server.cpu_percent(0.5) > 40)
        client.kill()
    _until(lambda: server.cpu_percent(1.0) < 20)
    assert _claims(running) == 1


def test_a_question_that_may_write_ends_at_its_deadline(running: Path) -> None:
    with open_store(running) as store:
        with pytest.raises(StoreError, match="the query was stopped at the deadline of 1 s"):
            store.query(f"CREATE (:Note) WITH 1 AS x {_RUNAWAY}", write=True, timeout=1)
        assert store.query("MATCH (n:Note) RETURN count(n)").rows == [(0,)]


def test_the_memory_of_java_is_an_option(folder: Path) -> None:
    with open_store(folder, environment={"KG_STORE_HEAP": "200M"}):
        pid = store_status(folder).pid
    assert pid
    assert "200m" in psutil.Process(pid).cmdline()
    assert start_store(folder).pid == start_store(folder, heap="200M").pid == pid
    with pytest.raises(StoreError, match="its server runs already, with a heap of 200m; kg store stop ends it"):
        start_store(folder, heap="1g")


@pytest.mark.parametrize("size", ["lots", "-1g", "12", "1m", "2 g", "1e3m", "", "9" * 30 + "g"])
def test_a_heap_that_is_no_size_is_told(tmp_path: Path, size: str) -> None:
    with pytest.raises(SettingsError, match=r"unknown option value --heap '.*': a size from 128m on, such as 768m or 2g, was expected"):
        start_store(tmp_path / "kg-store", heap=size)
    if size:
        with pytest.raises(SettingsError, match=r"unknown option value KG_STORE_HEAP"):
            open_store(tmp_path / "kg-store", environment={"KG_STORE_HEAP": size})
    assert not (tmp_path / "kg-store").exists()


def test_what_is_not_there_is_not_made_by_a_question(folder: Path) -> None:
    with pytest.raises(NotFoundError, match="kg-store: no graph is stored here"):
        open_store(folder, read_only=True)
    with pytest.raises(NotFoundError, match="no graph is stored here"):
        store_status(folder)
    assert not folder.exists()
    assert stop_store(folder) is False


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    needs_engine()
    with pytest.raises(StoreError, match="a folder with other things in it; name a new one for the store"):
        open_store(tmp_path)
    with pytest.raises(StoreError, match=r"thesis.txt: no store can be made here"):
        open_store(tmp_path / "thesis.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_the_store_is_found_by_the_environment(running: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store(environment={"KG_STORE": str(running)}) as store:
        assert store.where == str(running)
    with pytest.raises(NotFoundError, match=r"^kg-store: no graph is stored here"):
        open_store(read_only=True)


def test_without_the_engine_it_is_told_where_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(StoreError, match=r"pip install 'stancegraph\[embedded\]' .* or name a Neo4j server: --store bolt://HOST"):
        open_store(tmp_path / "kg-store")
    assert not (tmp_path / "kg-store").exists()


def test_a_server_that_does_not_start_says_why(folder: Path) -> None:
    with pytest.raises(StoreError, match=r"its server does not start: .*heap.* \(more in .*server.log\)"):
        start_store(folder, heap="999999g")
    (folder / "databases").write_text("in the way")
    with pytest.raises(StoreError, match=r"its server does not start: (?!no answer).+ \(more in .*server.log\)"):
        start_store(folder)


def test_only_an_embedded_store_is_started_and_stopped_here() -> None:
    for change in (start_store, stop_store):
        with pytest.raises(StoreError, match=r"bolt://db.example: a server of its own"):
            change("bolt://user:secret@db.example")


def test_passwords_are_not_shown(running: Path) -> None:
    status: Status = store_status(running)
    assert status.password
    assert status.password not in repr(status)
    assert status.password not in (running / "server.log").read_text("utf8")


def test_an_answer_of_a_running_store_comes_in_less_than_a_second(running: Path) -> None:
    code = f"""
        from kg.stores import open_store
        with open_store(FOLDER, read_only=True) as store:
            print(store.query({COUNT!r}).rows)
    """
    times: list[float] = []
    while min(times, default=1.0) >= 0.8 and len(times) < 12:  # other tests may keep the machine busy
        started = time.perf_counter()
        assert _script(code, running).communicate()[0].strip() == "[(1,)]"
        times.append(time.perf_counter() - started)
    assert min(times) < 0.8, times
