"""Files that cannot be written: one clear line, before the work begins where that can be known; an old file stays as it was."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hand_graph import ONTOLOGY, sample_graph

from kg.api.files import written
from kg.api.workspace import Workspace
from kg.cli import main
from kg.errors import KgError

CLOSED = Path("/proc")  # a folder in which nobody makes a file, root neither
FULL = Path("/dev/full")  # takes nothing

needs_linux = pytest.mark.skipif(not FULL.exists(), reason="Linux has such places")


@needs_linux
@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        ("view --out /proc/g.html", "/proc/g.html"),
        ("view --out /proc", "/proc/index.html"),
        ("view --matrix --out /proc/g.svg", "/proc/g.svg"),
        ("view --timeline --out /proc/g.svg", "/proc/g.svg"),
        ("view --document d --out /proc/d.html", "/proc/d.html"),
        ("export --out /proc/g.jsonl", "/proc/g.jsonl"),
        ("build a.txt --no-store --html /proc/g.html", "/proc/g.html"),
        ("build a.txt --no-store --jsonl /proc/g.jsonl", "/proc/g.jsonl"),
        ("extract a.txt --out /proc/g.jsonl", "/proc/g.jsonl"),
    ],
)
def test_a_place_that_takes_no_file_is_told_before_the_work_begins(
    arguments: str, where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("France condemned Iran.", "utf8")
    monkeypatch.chdir(tmp_path)
    assert main(arguments.split()) == 2
    printed, errors = capsys.readouterr()
    assert printed == ""
    (line,) = errors.splitlines()
    assert line.startswith(f"kg: {where}: cannot be written there: ")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@needs_linux
def test_a_full_device_is_one_clear_line() -> None:
    with pytest.raises(KgError, match=r"^/dev/full: cannot be written: No space left on device$"):
        Workspace(sample_graph(), ONTOLOGY).write_html(FULL)


@contextmanager
def _disk_of(size: int) -> Iterator[None]:
    """No file grows larger."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_fills_up_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    path.write_text("what was there", "utf8")
    with _disk_of(200_000), pytest.raises(KgError, match=r"graph\.html: cannot be written: "):
        Workspace(sample_graph(), ONTOLOGY).write_html(path)
    assert path.read_text("utf8") == "what was there"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_in_the_way_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="cannot be written: "), written(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_errors_of_what_is_read_keep_their_own_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"missing\.txt"), written(tmp_path / "out.txt"):
        (tmp_path / "missing.txt").read_text("utf8")
    assert list(tmp_path.iterdir()) == []
