"""Documents -> readings on disk: in any order, with any number of processes, interrupted and gone on with."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fake_extractor import FAKE, FakeExtractor, document, fake_reading

from kg.errors import InputError, KgError
from kg.model import Document, Failure, Reading, dumps, reading_to_json
from kg.pipeline import Progress, read_batch
from kg.settings import Settings

SENTENCES = (
    "France COOPERATE possible the Taliban, says Mark Milley.",
    "Iran ACCUSE actual France.",
    "the Taliban ASSAULT denied ISIS-K.",
    "China RECOGNIZES not_planned the Taliban, says Dominic Raab.",
    "Nothing is claimed here.",
)
DOCUMENTS = tuple(document(f"Story {i}. {sentence}", path=f"{i}.txt") for i, sentence in enumerate(SENTENCES))


def _read(
    stream: Iterable[Document | Failure],
    *,
    workers: int = 1,
    output: Path | None = None,
    reads: FakeExtractor | None = None,
) -> tuple[list[Reading], tuple[Failure, ...]]:
    settings = Settings(workers=workers)
    with read_batch(stream, reads or FakeExtractor(settings), make=FakeExtractor, settings=settings, output=output) as batch:
        return list(batch), batch.failures


def _bytes(readings: Iterable[Reading]) -> str:
    return "".join(dumps(reading_to_json(reading)) + "\n" for reading in readings)


def test_readings_come_by_document_id_whatever_the_order_of_the_input() -> None:
    forwards, _ = _read(DOCUMENTS)
    backwards, _ = _read(reversed(DOCUMENTS))
    assert _bytes(forwards) == _bytes(backwards)
    assert [reading.document.id for reading in forwards] == sorted(document.id for document in DOCUMENTS)
    assert {reading.document.id: reading for reading in forwards} == {each.id: fake_reading(each) for each in DOCUMENTS}


def test_two_workers_give_the_same_bytes_as_one() -> None:
    many = [document(f"Story {i}. {SENTENCES[i % len(SENTENCES)]}") for i in range(23)]
    stream: list[Document | Failure] = [
        *many[:9],
        Failure("missing.txt", "no such file"),
        *many[9:],
        document("BROKEN", path="broken.html"),
    ]
    one, failures = _read(stream)
    two, same = _read(reversed(stream), workers=2)
    assert _bytes(one) == _bytes(two)
    assert failures == same == (Failure("broken.html", "is broken"), Failure("missing.txt", "no such file"))


def test_a_broken_document_costs_only_itself() -> None:
    readings, failures = _read([document("BROKEN", path="b.txt"), *DOCUMENTS])
    assert (len(readings), failures) == (len(DOCUMENTS), (Failure("b.txt", "is broken"),))


def test_a_document_that_kills_a_worker_costs_only_itself() -> None:
    readings, failures = _read([*DOCUMENTS[:2], document("DEADLY", path="deadly.txt"), *DOCUMENTS[2:]], workers=2)
    assert len(readings) == len(DOCUMENTS)
    assert failures == (Failure("deadly.txt", "the process that read it ended with code 9"),)


def test_of_one_url_the_latest_text_is_kept_then_the_smallest_hash() -> None:
    url = "https://news.example/a"
    old = document(SENTENCES[0], url=url, published="2021-09-01")
    new = [document(text, url=url, published="2021-09-02") for text in SENTENCES[1:3]]
    undated = document(SENTENCES[3], url=url + "?utm_source=x")
    best = min(new, key=lambda each: each.content_hash)
    for stream in ([old, *new, undated], [*reversed(new), undated, old]):
        readings, _ = _read(stream)
        assert [reading.document for reading in readings] == [best]


def test_of_one_text_in_several_files_the_smallest_path_is_kept() -> None:
    copies = [document(SENTENCES[0], path=path) for path in ("b.txt", "a.txt", None, "c.txt")]
    for stream in (copies, copies[::-1]):
        ((reading,), _) = _read(stream)
        assert reading.document.path == "a.txt"


def test_a_copy_that_is_no_better_is_not_read_again() -> None:
    reads = FakeExtractor(Settings())
    _read([document(SENTENCES[0], path=path) for path in ("a.txt", "b.txt", "a.txt")], reads=reads)
    assert [each.path for each in reads.read] == ["a.txt"]


class _Interrupted(FakeExtractor):
    """Ctrl-C after two documents."""

    def readings(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        for count, result in enumerate(super().readings(documents)):
            if count == 2:
                raise KeyboardInterrupt
            yield result


def test_an_interrupted_run_says_what_is_kept_and_goes_on(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt, match=r"2 documents are kept in .*out\.jsonl\.partial; run the same command to go on"):
        _read(DOCUMENTS, output=output, reads=_Interrupted(Settings()))
    reads = FakeExtractor(Settings())
    readings, _ = _read(DOCUMENTS, output=output, reads=reads)
    assert [each.path for each in reads.read] == ["2.txt", "3.txt", "4.txt"]
    assert _bytes(readings) == _bytes(_read(DOCUMENTS)[0])
    assert not list(tmp_path.iterdir())


def test_a_torn_last_line_is_read_again(tmp_path: Path) -> None:
    output, partial = tmp_path / "out.jsonl", tmp_path / "out.jsonl.partial"
    lines = [dumps(reading_to_json(fake_reading(each))) for each in DOCUMENTS[:2]]
    partial.write_text(f"{lines[0]}\n{lines[1][:-30]}", "utf8")
    reads = FakeExtractor(Settings())
    readings, _ = _read(DOCUMENTS, output=output, reads=reads)
    assert [each.path for each in reads.read] == ["1.txt", "2.txt", "3.txt", "4.txt"]
    assert _bytes(readings) == _bytes(_read(DOCUMENTS)[0])


def test_a_line_of_another_extractor_or_another_path_is_not_taken_over(tmp_path: Path) -> None:
    output, partial = tmp_path / "out.jsonl", tmp_path / "out.jsonl.partial"
    other = reading_to_json(fake_reading(DOCUMENTS[0])) | {"extractor": "fake/0"}
    moved = reading_to_json(fake_reading(document(DOCUMENTS[1].text, path="old.txt")))
    partial.write_text(f"{dumps(other)}\n{dumps(moved)}\n", "utf8")
    reads = FakeExtractor(Settings())
    readings, _ = _read(DOCUMENTS[:2], output=output, reads=reads)
    assert len(reads.read) == 2
    assert {reading.extractor for reading in readings} == {FAKE}
    assert {reading.document.path for reading in readings} == {"0.txt", "1.txt"}


def test_documents_that_are_no_longer_given_are_left_out(tmp_path: Path) -> None:
    output, partial = tmp_path / "out.jsonl", tmp_path / "out.jsonl.partial"
    partial.write_text("".join(dumps(reading_to_json(fake_reading(each))) + "\n" for each in DOCUMENTS[:3]), "utf8")
    readings, _ = _read(DOCUMENTS[1:2], output=output)
    assert [reading.document for reading in readings] == [DOCUMENTS[1]]


def test_a_stranger_s_file_with_the_name_of_the_spool_is_left_alone(tmp_path: Path) -> None:
    partial = tmp_path / "out.jsonl.partial"
    partial.write_text("my notes", "utf8")
    with pytest.raises(InputError, match="not the rest of an interrupted run"):
        _read(DOCUMENTS, output=tmp_path / "out.jsonl")
    assert partial.read_text("utf8") == "my notes"


def test_a_second_run_into_the_same_file_is_refused(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    settings = Settings()
    with (
        read_batch(DOCUMENTS, FakeExtractor(settings), make=FakeExtractor, settings=settings, output=output),
        pytest.raises(InputError, match="another run is writing it"),
    ):
        _read(DOCUMENTS, output=output)


def test_an_error_in_what_follows_keeps_what_was_read(tmp_path: Path) -> None:
    settings = Settings()
    with (
        pytest.raises(ZeroDivisionError),
        read_batch(DOCUMENTS, FakeExtractor(settings), make=FakeExtractor, settings=settings, output=tmp_path / "out.jsonl"),
    ):
        raise ZeroDivisionError
    assert len((tmp_path / "out.jsonl.partial").read_bytes().splitlines()) == len(DOCUMENTS)


def test_progress_tells_documents_failures_and_words() -> None:
    told: list[Progress] = []
    settings = Settings()
    stream: list[Document | Failure] = [*DOCUMENTS, Failure("x", "y")]
    with read_batch(stream, FakeExtractor(settings), make=FakeExtractor, settings=settings, on_progress=told.append):
        pass
    words = sum(len(each.text.split()) for each in DOCUMENTS)
    assert told[0] == Progress()
    assert told[-1] == Progress(documents=len(DOCUMENTS), failures=1, words=words, path="x")
    assert len(told) == len(stream) + 1


def test_documents_are_taken_lazily_and_let_go(tmp_path: Path) -> None:
    """The stream is never more than a few documents ahead of what is on disk."""
    partial = tmp_path / "out.jsonl.partial"
    ahead: list[int] = []

    def stream() -> Iterator[Document]:
        for i in range(200):
            ahead.append(i - partial.read_bytes().count(b"\n"))
            yield document(f"Story {i}. {SENTENCES[0]}")

    for workers, most in ((1, 1), (2, 16)):
        ahead.clear()
        _read(stream(), output=tmp_path / "out.jsonl", workers=workers)
        assert max(ahead) <= most


class _Edited(FakeExtractor):
    extractor = "fake/2"


def test_a_cue_list_that_is_edited_while_workers_start_is_noticed() -> None:
    settings = Settings(workers=2)
    with (
        pytest.raises(KgError, match="changed while the workers started"),
        read_batch(DOCUMENTS, FakeExtractor(settings), make=_Edited, settings=settings),
    ):
        pass


class _Unloadable(FakeExtractor):
    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        raise KgError("en_core_web_md: not installed")


def test_workers_that_cannot_load_give_one_clear_error() -> None:
    settings = Settings(workers=2)
    with (
        pytest.raises(KgError, match="a worker process failed: en_core_web_md: not installed"),
        read_batch(DOCUMENTS, FakeExtractor(settings), make=_Unloadable, settings=settings),
    ):
        pass


def test_workers_can_be_started_from_a_thread() -> None:
    """A server or notebook may do so; signals cannot be set there."""
    with ThreadPoolExecutor() as threads:
        assert threads.submit(_read, DOCUMENTS, workers=2).result() == _read(DOCUMENTS)


_SLOW_RUN = """
    import sys, time
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from fake_extractor import FakeExtractor, document
    from kg.pipeline import read_batch
    from kg.settings import Settings

    def stream():
        for i in range(100_000):
            yield document(f"Story {{i}}. Iran ACCUSE actual France.")

    if __name__ == "__main__":
        settings = Settings(workers={workers})
        try:
            with read_batch(stream(), FakeExtractor(settings), make=FakeExtractor, settings=settings, output=Path({output!r})):
                pass
        except KeyboardInterrupt as error:
            print(error)
            sys.exit(130)
"""


def _kill_once_some_is_read(tmp_path: Path, workers: int, number: int) -> tuple[int, str, str]:
    output = tmp_path / "out.jsonl"
    script = tmp_path / "run.py"
    script.write_text(textwrap.dedent(_SLOW_RUN).format(tests=str(Path(__file__).parent), workers=workers, output=str(output)), "utf8")
    running = subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    partial = tmp_path / "out.jsonl.partial"
    while running.poll() is None and not (partial.exists() and partial.stat().st_size > 20_000):
        os.sched_yield()
    (os.killpg if number == signal.SIGINT else os.kill)(running.pid, number)
    printed, complaints = running.communicate(timeout=30)  # also waits until no worker holds the pipes any more
    return running.returncode, printed, complaints


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_whole_lines_and_leaves_no_process(tmp_path: Path, workers: int) -> None:
    code, printed, complaints = _kill_once_some_is_read(tmp_path, workers, signal.SIGINT)
    assert (code, complaints) == (130, "")
    assert "documents are kept in" in printed
    assert all(json.loads(line) for line in (tmp_path / "out.jsonl.partial").read_bytes().splitlines())


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_workers_end_when_the_first_process_is_killed(tmp_path: Path) -> None:
    code, _, complaints = _kill_once_some_is_read(tmp_path, 2, signal.SIGKILL)
    assert (code, complaints) == (-signal.SIGKILL, "")
    assert (tmp_path / "out.jsonl.partial").exists()
