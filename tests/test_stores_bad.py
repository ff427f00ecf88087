"""What can be wrong with a store, its disk, its files or its server: one clear line each, and nothing that was told as written is lost."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import real_neo4j
from fake_bolt import FakeServer
from fake_extractor import GAZETTEER, document, fake_reading
from store_places import ONTOLOGY, Place, assembled, embedded_place, missing, needs_engine

from kg.errors import StoreError
from kg.model import Reading
from kg.stores import Store, open_store, start_store, stop_store, store_status
from kg.stores.folder import Folder

READING = fake_reading("Iran ACCUSE actual France.")
COUNT = "MATCH (c:Claim) RETURN count(c)"


def _corpus(size: int) -> list[Reading]:
    text = "Iran ACCUSE actual France, says Mark Milley. China COOPERATE possible Iran. {number}. " + "Nobody says anything. " * 100
    return [fake_reading(document(text.format(number=number), url=f"https://news.example/{number}")) for number in range(size)]


def _said(call: Callable[[], object]) -> str:
    """The one line of a call that fails."""
    with pytest.raises(StoreError) as raised:
        call()
    assert "\n" not in str(raised.value)
    return str(raised.value)


def _write(store: Store, readings: list[Reading]) -> None:
    store.write(readings, GAZETTEER, ONTOLOGY)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("only root may mount a small disk here, and that on Linux")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_told_and_what_was_told_as_written_is_kept(small_disk: Path) -> None:
    readings, told = _corpus(300), [0]
    with embedded_place(small_disk / "store") as place:
        place.write(readings[:5])
        free = shutil.disk_usage(small_disk).free
        (small_disk / "films").write_bytes(b"x" * (free - 300_000))
        with place.open() as store:
            line = _said(lambda: store.write(readings, GAZETTEER, ONTOLOGY, on_progress=lambda written: told.append(written.documents)))
        assert line.startswith(f"{place.where}: its disk is full; what was told as written is kept (")
        assert (store_status(place.where).documents or 0) >= 5 + max(told)
        (small_disk / "films").unlink()
        stop_store(place.where)
        place.uri = start_store(place.where).uri or ""
        place.write(readings[:100])
        with place.open() as store:
            assert (store.status().documents or 0) >= max(100, 5 + max(told))


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An embedded store with documents in it, which does not run."""
    folder = tmp_path_factory.mktemp("good") / "store"
    with embedded_place(folder) as place:
        place.write(_corpus(20))
    return folder
