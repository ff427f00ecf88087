"""kg bench at the command line: figures of a run as a table and a file, two files beside each other, wrong use."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli import main
from kg.evaluation import Bench
from kg.evaluation.bench_report import Figure, Machine, bench_to_json


def a_bench(words: float, *, data: str = "news") -> Bench:
    return Bench(
        date="2026-11-25",
        version="0.1.0",
        extractor="rules/0.1+0",
        machine=Machine("3.13.0", "Linux", "x86_64", 2),
        data=data,
        documents=1,
        failures=0,
        words=100,
        store=None,
        figures={"reading.extract": Figure(words, "words/s", "higher", (words, words))},
        left_out={"store": "no engine here"},
    )


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Runs `kg bench ...` in a folder with two benches: exit code, what was printed, what went wrong."""
    monkeypatch.chdir(tmp_path)
    for name, words in (("old", 1000.0), ("new", 2000.0)):
        (tmp_path / f"{name}.json").write_text(json.dumps(bench_to_json(a_bench(words))), "utf8")
    (tmp_path / "news.txt").write_text("France condemned Libya on Monday, and nothing else happened that day.", "utf8")

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["bench", *arguments])
        out, errors = capsys.readouterr()
        return code, out, errors

    return run


def test_two_runs_stand_beside_each_other(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    code, out, errors = run("--compare", "old.json", "new.json")
    assert (code, errors) == (0, "")
    assert ["reading.extract", "(words/s)", "1,000", "2,000", "2", "better"] in [line.split() for line in out.splitlines()]
    (tmp_path / "else.json").write_text(json.dumps(bench_to_json(a_bench(1, data="other"))), "utf8")
    assert "compare with care" in run("--compare", "old.json", "else.json")[1]
    code, out, _ = run("--compare", "new.json", "old.json", "--json")
    assert json.loads(out)["verdict"] == "worse"


def test_a_run_is_printed_and_kept(run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from kg import evaluation

    def measured(_texts: Path, **_options: object) -> Bench:
        return a_bench(1500)

    monkeypatch.setattr(evaluation, "bench", measured)
    code, out, errors = run("--data", "news.txt", "--out", "kept.json")
    assert (code, errors) == (0, "")
    assert "1,500" in " ".join(out.split()) or "1.5e+03" in out
    assert "no engine here" in out
    assert json.loads((tmp_path / "kept.json").read_text("utf8"))["figures"]["reading.extract"]["value"] == 1500


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        ((), "--data TEXTS is needed, or --compare OLD NEW", 2),
        (("--compare", "old.json", "new.json", "--data", "news.txt"), "--compare measures nothing", 2),
        (("--compare", "old.json", "none.json"), "none.json: no such file", 1),
        (("--compare", "old.json", "news.txt"), "news.txt: ", 1),
        (("--data", "none.txt"), "none.txt: no such file", 1),
        (("--data", "news.txt", "--out", "news.txt"), "news.txt: an input or another output is the same file", 2),
        (("--data", "news.txt", "--out", "none/kept.json"), "none/kept.json: there is no folder none", 2),
    ],
)
def test_wrong_use_is_one_line(arguments: tuple[str, ...], said: str, code: int, run: Callable[..., tuple[int, str, str]]) -> None:
    done, out, errors = run(*arguments)
    assert (done, out) == (code, "")
    assert errors.startswith(f"kg: {said}")
    assert errors.count("\n") == 1
