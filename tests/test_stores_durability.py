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

import pytest
from fake_extractor import GAZETTEER, document, fake_reading
from store_places import ONTOLOGY, Place, assembled, embedded_place, neo4j_place

from kg.errors import StoreError
from kg.model import Reading
from kg.stores import open_store
from kg.stores.folder import Folder

SIZE = 210
TALE = "Iran ACCUSE actual France, says Mark Milley. China COOPERATE possible Iran. France ACCUSE denied Iran. Story {number}."


@pytest.fixture(scope="module")
def _embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with embedded_place(tmp_path_factory.mktemp("embedded") / "store") as place:
        yield place


@pytest.fixture(scope="module")
def _neo4j(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with neo4j_place(tmp_path_factory.mktemp("neo4j") / "home") as place:
        yield place


@pytest.fixture(params=["embedded", "neo4j"])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(f"_{request.param}")
    found.clear()
    return found


def _reading(number: int) -> Reading:
    return fake_reading(document(TALE.format(number=number), url=f"https://news.example/{number}", published="2021-09-01"))


def _corpus(size: int = SIZE) -> list[Reading]:
    return [_reading(number) for number in range(size)]


class Proxy:
    """A way to a server that can be cut, as a cable can. After `breaks` bytes towards the server every connection ends, once."""

    def __init__(self, port: int, breaks: int) -> None:
        self._target, self._left = ("127.0.0.1", port), breaks
        self.has_cut = False
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, server = self._listener.accept()[0], socket.create_connection(self._target)
                self._open += [client, server]
                threading.Thread(target=self._pass_on, args=(client, server, True), daemon=True).start()
                threading.Thread(target=self._pass_on, args=(server, client, False), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(4096):
                if counted and not self.has_cut:
                    self._left -= len(data)
                    if self._left < 0:
                        self.has_cut = True
                        return self.cut()
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)
        return None

    def cut(self) -> None:
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._open.clear()

    def close(self) -> None:
        self._listener.close()
        self.cut()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_connection_that_is_cut_in_the_middle_of_a_load_loses_and_doubles_nothing(place: Place, seed: int) -> None:
    readings = _corpus()
    place.write([])  # its own way makes the schema
    port = int(place.uri.rpartition(":")[2])
    proxy = Proxy(port, random.Random(seed).randrange(30_000, 250_000))  # noqa: S311 - where it breaks
    where = f"bolt://{place.user}:{place.password}@127.0.0.1:{proxy.port}/neo4j"
    told = [0]
    try:
        with open_store(where) as store:
            for _ in range(3):
                with contextlib.suppress(StoreError):
                    store.write(readings, GAZETTEER, ONTOLOGY, on_progress=lambda written: told.append(written.documents))
                    break
            assert proxy.has_cut
            assert store.status().documents == SIZE >= max(told)
    finally:
        proxy.close()
    assert place.graph() == assembled(readings)
    cut = place.everything()
    place.clear()
    place.write(readings)
    assert place.everything() == cut


LOADER = f"""
    import sys
    sys.path[:0] = {[str(Path(__file__).parent), str(Path(__file__).parent.parent)]!r}
    from test_stores_durability import GAZETTEER, ONTOLOGY, _corpus
    from kg.stores import open_store
    with open_store(WHERE, environment=ENVIRONMENT) as store:
        print("starts", flush=True)
        store.write(_corpus(), GAZETTEER, ONTOLOGY, on_progress=lambda written: print(written.documents, flush=True))
"""


def _loader(place: Place) -> "subprocess.Popen[str]":
    code = f"WHERE, ENVIRONMENT = {place.where!r}, {dict(place.environment)!r}\n{textwrap.dedent(LOADER)}"
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


ROUNDS = [pytest.param(3, id="3"), pytest.param(20, id="20", marks=pytest.mark.slow)]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_loader_that_is_killed_at_any_moment_keeps_what_it_told_and_is_gone_on_with(place: Place, rounds: int) -> None:
    choose, readings = random.Random(rounds), _corpus()  # noqa: S311 - when it is killed
    for _ in range(rounds):
        place.clear()
        with _loader(place) as client:
            assert client.stdout
            assert client.stdout.readline() == "starts\n"
            time.sleep(choose.uniform(0.0, 2.0))
            client.kill()
            told = [int(line) for line in client.stdout if line.endswith("\n")]
        assert place.run("MATCH (d:Document) RETURN count(d)")[0][0] >= max(told, default=0)
        place.write(readings)
        assert place.graph() == assembled(readings)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_an_embedded_server_that_is_killed_at_any_moment_reopens_with_all_that_was_told(tmp_path: Path, rounds: int) -> None:
    choose, readings = random.Random(rounds), _corpus()  # noqa: S311 - when it is killed
    with embedded_place(tmp_path / "store") as place:
        for number in range(rounds):
            told = [0]
            folder = Folder(Path(place.where))

            def kill(seconds: float, folder: Folder = folder) -> None:
                time.sleep(seconds)
                running = folder.running()
                assert running
                os.kill(running.pid, signal.SIGKILL)

            killer = threading.Thread(target=kill, args=(choose.uniform(0.05, 2.0),))
            mine = readings[number * SIZE // rounds :] + readings[: number * SIZE // rounds]
            with place.open() as store, contextlib.suppress(StoreError):
                killer.start()
                store.write(mine, GAZETTEER, ONTOLOGY, on_progress=lambda written, told=told: told.append(written.documents))  # type: ignore[misc]
            killer.join()
            while folder.running() is not None:
                time.sleep(0.02)
            with place.open() as store:
                assert (store.status().documents or 0) >= max(told)
                store.write(readings, GAZETTEER, ONTOLOGY)
                assert store.graph(ONTOLOGY) == assembled(readings)


def test_eight_readers_beside_a_writer_see_whole_documents_only(place: Place) -> None:
    readings, over, wrong = _corpus(), threading.Event(), list[object]()
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
