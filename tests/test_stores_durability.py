"""Both stores under what happens to real ones: cut connections, killed processes, many readers. Nothing lost, nothing doubled."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest
from fake_extractor import GAZETTEER, document, fake_reading
from store_places import ONTOLOGY, Place, assembled, embedded_place

from kg.errors import StoreError
from kg.model import Reading
from kg.stores import Written, open_store, store_status
from kg.stores.folder import Folder

SIZE, AT_ONCE = 48, 8
TALE = "Iran ACCUSE actual France, says Mark Milley. China COOPERATE possible Iran. France ACCUSE denied Iran. Story {number}."
_COMMIT = b"\xb0\x12"  # as Bolt writes it, in a message of its own


@pytest.fixture(params=["embedded", "neo4j"])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(f"{request.param}_server")
    found.clear()
    return found


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A load of few documents has several transactions, as one of many has."""
    monkeypatch.setattr("kg.stores.loading._MOST_DOCUMENTS", AT_ONCE)


def _reading(number: int) -> Reading:
    return fake_reading(document(TALE.format(number=number), url=f"https://news.example/{number}", published="2021-09-01"))


def corpus(size: int = SIZE) -> list[Reading]:
    return [_reading(number) for number in range(size)]


class Proxy:
    """A way to a server that breaks, as a cable does. `breaks`: the number of bytes after which every connection ends, once; or, of that
    many commits, the last is not passed on (`told` False) or its answer is not (`told` True).
    """

    def __init__(self, port: int, breaks: int, *, commits: bool = False, told: bool = False) -> None:
        self._target, self._left, self._commits, self._told = ("127.0.0.1", port), breaks, commits, told
        self.has_cut = False
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self._cut()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, server = self._listener.accept()[0], socket.create_connection(self._target)
                self._open += [client, server]
                threading.Thread(target=self._there, args=(client, server), daemon=True).start()
                threading.Thread(target=self._back, args=(server, client), daemon=True).start()

    def _there(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                if self._breaks(data):
                    if self._told:
                        self._open.remove(client)
                        client.close()
                        server.sendall(data)
                        time.sleep(0.5)  # the server commits, and nobody hears of it
                    self._cut()
                    return
                server.sendall(data)
            server.shutdown(socket.SHUT_WR)

    def _back(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                client.sendall(data)
            client.shutdown(socket.SHUT_WR)

    def _breaks(self, data: bytes) -> bool:
        if self.has_cut:
            return False
        self._left -= int(_COMMIT in data and len(data) < 20) if self._commits else len(data)
        self.has_cut = self._left <= 0
        return self.has_cut

    def _cut(self) -> None:
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()


CUTS = (
    pytest.param({"breaks": random.Random(1).randrange(20_000, 80_000)}, id="1"),  # noqa: S311 - where it breaks
    pytest.param({"breaks": random.Random(2).randrange(20_000, 80_000)}, id="2", marks=pytest.mark.slow),  # noqa: S311
    pytest.param({"breaks": 7, "commits": True}, id="at a commit"),
    pytest.param({"breaks": 7, "commits": True, "told": True}, id="after a commit, before its answer"),
)


@pytest.fixture(scope="module")
def whole() -> dict[str, list[str]]:
    """What each kind of store holds when nothing has broken the load."""
    return {}


@pytest.mark.parametrize("cut", CUTS)
def test_a_load_goes_on_by_itself_when_its_connection_is_cut_and_nothing_is_lost_or_doubled(
    place: Place, cut: dict[str, int], whole: dict[str, list[str]]
) -> None:
    readings = corpus()
    place.write(readings[:1])  # through a proxy an embedded store is a server like any other, and has its schema already
    told = list[Written]()
    with Proxy(int(place.uri.rpartition(":")[2]), **cut) as proxy:  # type: ignore[arg-type]  # of options
        with open_store(f"bolt://{place.user}:{place.password}@127.0.0.1:{proxy.port}/neo4j") as store:
            written = store.write(readings, GAZETTEER, ONTOLOGY, on_progress=told.append)
        assert proxy.has_cut
    assert (written.documents + written.skipped, told[-1]) == (SIZE, written)
    assert place.graph() == assembled(readings)
    broken = place.everything()
    if place.kind not in whole:
        place.clear()
        place.write(readings)
        whole[place.kind] = place.everything()
    assert broken == whole[place.kind]


LOADER = f"""
    import sys
    sys.path[:0] = {[str(Path(__file__).parent), str(Path(__file__).parent.parent)]!r}
    from test_stores_durability import AT_ONCE, GAZETTEER, ONTOLOGY, corpus
    from kg.stores import loading, open_store
    loading._MOST_DOCUMENTS = AT_ONCE
    readings = corpus()
    with open_store(WHERE, environment=ENVIRONMENT) as store:
        print("starts", flush=True)
        store.write(readings, GAZETTEER, ONTOLOGY, on_progress=lambda written: print(written.documents, flush=True))
    print("ends", flush=True)
"""


@contextlib.contextmanager
def _loader(place: Place) -> Iterator["subprocess.Popen[str]"]:
    """A process that loads the corpus, and has begun to."""
    code = f"WHERE, ENVIRONMENT = {place.where!r}, {dict(place.environment)!r}\n{textwrap.dedent(LOADER)}"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout
        assert client.stdout.readline() == "starts\n"
        yield client
        client.kill()


ROUNDS = [pytest.param(3, id="3"), pytest.param(20, id="20", marks=pytest.mark.slow)]


def _moments(rounds: int, longest: float) -> list[float]:
    """Seconds after which something happens: the same in every run, early ones more often."""
    choose = random.Random(rounds)  # noqa: S311 - any moment
    return [longest * choose.random() ** 2 for _ in range(rounds)]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_loader_that_is_killed_at_any_moment_keeps_what_it_told_and_is_gone_on_with(place: Place, rounds: int) -> None:
    readings = corpus()
    right = assembled(readings)
    for seconds in _moments(rounds, 3.0):
        place.clear()
        with _loader(place) as client:
            time.sleep(seconds)
            client.kill()
            told = [int(line) for line in client.stdout or () if line.strip().isdigit()]
        assert place.run("MATCH (d:Document) RETURN count(d)")[0][0] >= max(told, default=0)
        written = place.write(readings)
        assert written.documents + written.skipped == SIZE
        assert place.graph() == right


@pytest.mark.parametrize("rounds", ROUNDS)
def test_an_embedded_server_that_is_killed_at_any_moment_reopens_with_all_that_was_told(
    tmp_path: Path, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.stores.bolt._RETRY_SECONDS", 0.5)  # a load asks so long for a server that is gone
    readings = corpus()
    right = assembled(readings)
    with embedded_place(tmp_path / "store") as place:
        folder = Folder(Path(place.where))
        place.write([])
        for number, seconds in enumerate(_moments(rounds, 3.0)):
            told = [0]
            turned = readings[number * SIZE // rounds :] + readings[: number * SIZE // rounds]
            with place.open() as store:
                store.query("MATCH (n) WHERE NOT n:Meta DETACH DELETE n", write=True)
                killer = threading.Timer(seconds, _kill, [folder])
                killer.start()
                with contextlib.suppress(StoreError):
                    store.write(turned, GAZETTEER, ONTOLOGY, on_progress=lambda written, told=told: told.append(written.documents))  # type: ignore[misc]
                killer.join()
            assert store_status(place.where).running is False
            with place.open() as store:
                assert (store.status().documents or 0) >= max(told)
                store.write(readings, GAZETTEER, ONTOLOGY)
                assert store.graph(ONTOLOGY) == right


def _kill(folder: Folder) -> None:
    """kill -9 of the server, and a wait for its end."""
    running = folder.running()
    assert running
    os.kill(running.pid, signal.SIGKILL)
    while folder.running() is not None:
        time.sleep(0.02)


def test_eight_readers_beside_a_writer_see_whole_documents_only(place: Place) -> None:
    readings, over, wrong = corpus(), threading.Event(), list[object]()
    place.write(readings[:1])
    asks = "MATCH (d:Document) OPTIONAL MATCH (d)<-[:FROM_DOC]-(c:Claim) WITH d, count(c) AS n RETURN count(d), min(n), max(n)"
    seen = [0] * 8

    def look(which: int) -> None:
        last = 1
        try:
            with place.open(read_only=True) as store:
                while not over.is_set() or not seen[which]:
                    ((documents, least, most),) = store.query(asks, timeout=60).rows
                    if documents < last or (least, most) != (3, 3):
                        wrong.append((documents, last, least, most))
                    last = documents
                    seen[which] += 1
        except Exception as error:  # noqa: BLE001 - told by the assertion below
            wrong.append(error)

    readers = [threading.Thread(target=look, args=(which,)) for which in range(8)]
    for reader in readers:
        reader.start()
    place.write(readings)
    over.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert min(seen) >= 1
    assert place.graph() == assembled(readings)
