"""What can be wrong with a store, its disk, its files or what is put into it: one clear line each, nothing that was told is lost."""

import dataclasses
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fake_extractor import GAZETTEER, document, fake_reading
from store_places import ONTOLOGY, Place, assembled, embedded_place

from kg.errors import StoreError
from kg.model import Failure, Graph, Reading
from kg.stores import open_store, start_store, stop_store, store_status

COUNT = "MATCH (c:Claim) RETURN count(c)"
LARGEST = 8_000_000


def _corpus(size: int) -> list[Reading]:
    text = "Iran ACCUSE actual France, says Mark Milley. China COOPERATE possible Iran. {number}. " + "Nobody says anything. " * 100
    return [fake_reading(document(text.format(number=number), url=f"https://news.example/{number}")) for number in range(size)]


def _line(call: Callable[[], object]) -> str:
    """The one line of a call that fails."""
    with pytest.raises(StoreError) as raised:
        call()
    (line,) = str(raised.value).splitlines()
    return line


@pytest.mark.parametrize("kind", ["embedded", "neo4j"])
def test_a_value_too_large_for_the_database_costs_its_document_only(kind: str, request: pytest.FixtureRequest) -> None:
    place: Place = request.getfixturevalue(f"{kind}_server")
    place.clear()
    readings = _corpus(4)
    large, too_large = ("x" * (LARGEST + more) for more in (0, 1))
    readings[1] = dataclasses.replace(readings[1], document=dataclasses.replace(readings[1].document, title=too_large))
    readings[2] = dataclasses.replace(readings[2], document=dataclasses.replace(readings[2].document, title=large))
    written = place.write(readings)
    assert written.refused == (Failure("https://news.example/1", "not stored: title has 8,000,001 characters; 8,000,000 can be stored"),)
    assert (written.documents, written.claims) == (3, 6)
    assert place.graph() == assembled([readings[0], *readings[2:]])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    _mount("-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk))
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def _mount(*options: str) -> None:
    command = shutil.which("mount")
    if command is None or subprocess.run([command, *options], capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a disk here, and that on Linux")


def test_a_full_disk_is_told_and_what_was_told_as_written_is_kept(small_disk: Path) -> None:
    readings, told = _corpus(300), [0]
    with embedded_place(small_disk / "store") as place:
        place.write(readings[:5])
        (small_disk / "films").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 300_000))
        with place.open() as store:
            line = _line(lambda: store.write(readings, GAZETTEER, ONTOLOGY, on_progress=lambda written: told.append(written.documents)))
        assert line.startswith(f"{place.where}: its disk is full; what was told as written is kept (")
        assert (store_status(place.where).documents or 0) >= 5 + max(told)
        stop_store(place.where)
        (small_disk / "films").unlink()
        with open_store(place.where) as store:
            assert (store.status().documents or 0) >= 5 + max(told)
            store.write(readings, GAZETTEER, ONTOLOGY)
            assert store.graph(ONTOLOGY) == assembled(readings)
            assert list(store.check(GAZETTEER, ONTOLOGY)) == []


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded store with documents in it, which does not run."""
    folder = tmp_path_factory.mktemp("good") / "store"
    with embedded_place(folder) as place:
        place.write(_corpus(20))
    return folder


def test_damaged_files_are_told_and_what_is_put_back_is_whole(good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(good, folder)
    try:
        for name in ("Claim_0.*.bucket", "schema.json"):
            (file,) = (folder / "databases").glob(f"*/{name}")
            kept = file.read_bytes()
            file.write_bytes(kept[: len(kept) // 2])
            line = _line(lambda: _read(folder))
            assert line.startswith(f"{folder}: it fails at a statement of this program, its files may be damaged: ")
            stop_store(folder)
            file.write_bytes(kept)
        assert _read(folder) == assembled(_corpus(20))
    finally:
        stop_store(folder)


def _read(folder: Path) -> Graph:
    with open_store(folder, read_only=True) as store:
        assert list(store.check(GAZETTEER, ONTOLOGY)) == []
        return store.graph(ONTOLOGY)


@pytest.fixture
def locked(good: Path, tmp_path: Path) -> Iterator[Path]:
    """The same, where nothing can be written."""
    folder = tmp_path / "locked"
    shutil.copytree(good, folder)
    if os.geteuid():
        folder.chmod(0o500)
        yield folder
        folder.chmod(0o700)
        return
    _mount("--bind", str(folder), str(folder))
    _mount("-o", "remount,bind,ro", str(folder))
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_folder_where_nothing_can_be_written_is_told(locked: Path) -> None:
    told = f"{locked}: cannot be written to: "
    for open_it in (lambda: open_store(locked), lambda: open_store(locked, read_only=True), lambda: start_store(locked)):
        assert _line(open_it).startswith(told)
    assert store_status(locked).running is False
    assert _line(lambda: open_store(locked / "new")).startswith(f"{locked / 'new'}: no store can be made here: ")


def test_a_password_that_must_be_changed_first_is_told(neo4j_server: Place) -> None:
    neo4j_server.run("CREATE USER guest IF NOT EXISTS SET PASSWORD 'change-me-at-once' CHANGE REQUIRED")
    try:
        line = _line(lambda: open_store(neo4j_server.where, environment={"NEO4J_USERNAME": "guest", "NEO4J_PASSWORD": "change-me-at-once"}))
    finally:
        neo4j_server.run("DROP USER guest")
    assert line.startswith(f"{neo4j_server.where}: user 'guest' must set a new password first")
