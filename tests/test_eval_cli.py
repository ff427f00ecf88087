"""kg eval at the command line: tables, JSON, predictions, changes between two runs, the table of all sets."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_eval import STANCES, right_stances, write

from kg.cli import main

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Runs `kg eval ...` in an empty folder: exit code, what was printed, what went wrong."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["eval", *arguments])
        out, errors = capsys.readouterr()
        return code, out, errors

    return run


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    """The gold data of two sample articles."""
    names = ("nepal_interview", "somalia_islamic_state")
    path = tmp_path / "claims.jsonl"
    path.write_text("".join((DATA / "expected" / f"{name}.jsonl").read_text("utf8") for name in names), "utf8")
    return path


def test_the_figures_are_a_table_or_json(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    write(tmp_path / "dev.jsonl", STANCES)
    code, out, errors = run("stance", "--data", "dev.jsonl", "--predictions", "found.jsonl", "--errors", "2")
    assert (code, errors) == (0, "")
    assert "macro_f1" in out
    assert "95 % interval" in out
    found = [json.loads(line) for line in (tmp_path / "found.jsonl").read_text("utf8").splitlines()]
    assert [line["label"] for line in found] == [row["label"] for row in STANCES]
    code, out, _ = run("stance", "--data", "dev.jsonl", "--given", "found.jsonl", "--json")
    told = json.loads(out)
    assert told["figures"]["micro_f1"]["value"] == 1
    assert (told["rows"], told["causes"]) == (5, {})


def test_errors_are_shown_with_their_sentences(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    write(tmp_path / "dev.jsonl", STANCES)
    write(tmp_path / "given.jsonl", right_stances()[1:])
    _, out, _ = run("stance", "--data", "dev.jsonl", "--given", "given.jsonl", "--errors", "1")
    assert "no claim" in out
    assert " ".join(out.split()).count("condemned") == 1


def test_what_changed_since_an_earlier_run_is_shown_with_sentences(
    run: Callable[..., tuple[int, str, str]], claims: Path, tmp_path: Path
) -> None:
    code, _, errors = run("claims", "--data", claims.name, "--predictions", "now.jsonl")
    assert (code, errors) == (0, "")
    lines = [json.loads(line) for line in (tmp_path / "now.jsonl").read_text("utf8").splitlines()]
    gone = lines[0]["claims"].pop()
    turned = next(claim for claim in lines[1]["claims"] if claim["polarity"])
    turned |= {"modality": "denied" if turned["modality"] == "actual" else "actual", "id": "another"}
    write(tmp_path / "old.jsonl", lines)
    code, out, _ = run("claims", "--data", claims.name, "--given", "now.jsonl", "--against", "old.jsonl", "--json")
    told = json.loads(out)
    assert [change["sentence"] for change in told["gained"]] == [" ".join(gone["evidence"]["sentence"].split())]
    assert [change["differs"] for change in told["changed"]] == [["modality"]]
    assert told["lost"] == []
    code, out, _ = run("claims", "--data", claims.name, "--given", "now.jsonl", "--against", "old.jsonl")
    assert "gained: 1 claim" in out
    assert "changed: 1 claim" in out
    assert code == 0


def test_all_sets_of_a_folder_make_the_readmes_table(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    (tmp_path / "eval" / "dse").mkdir(parents=True)
    write(tmp_path / "eval" / "dse" / "dev.jsonl.gz", STANCES)
    code, out, errors = run("--all", "eval")
    assert (code, errors) == (0, "")
    assert out.startswith("| task | set |")
    assert "| stance | dse/dev.jsonl.gz | 5 | **macro_f1 0.600**" in out
    assert "`kg eval --all DIR`" in out
    code, out, _ = run("--all", "eval", "--json")
    assert json.loads(out)["data"] == "dse/dev.jsonl.gz"


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        ((), "a task and its --data FILE are needed, or --all DIR", 2),
        (("stance",), "a task and its --data FILE are needed", 2),
        (("mood", "--data", "dev.jsonl"), "unknown task mood; known: stance acts", 2),
        (("stance", "--data", "none.jsonl"), "none.jsonl: no such file", 1),
        (("--all", "none"), "none: none of the sets that kg eval knows", 1),
        (("stance", "--all", "none"), "--all runs every set as it is: not with task", 2),
        (("stance", "--data", "dev.jsonl", "--against", "x"), "--against compares claims", 2),
        (("claims", "--data", "dev.jsonl", "--against", "x", "--final"), "--against shows what changed", 2),
        (("stance", "--data", "dev.jsonl", "--errors", "-1"), "unknown option value --errors -1", 2),
        (("stance", "--data", "dev.jsonl", "--errors", "many"), "unknown option value --errors many", 2),
        (("stance", "--data", "dev.jsonl", "--final"), "dev.jsonl: --final is for test parts", 2),
        (("stance", "--data", "dev.jsonl", "--predictions", "dev.jsonl"), "dev.jsonl: an input or another output is the same file", 2),
        (("stance", "--data", "dev.jsonl", "--given", "none.jsonl"), "none.jsonl: no such file", 1),
        (("acts", "--data", "dev.jsonl"), "dev.jsonl:1: root: missing", 1),
    ],
)
def test_wrong_use_is_one_line(
    arguments: tuple[str, ...], said: str, code: int, run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    write(tmp_path / "dev.jsonl", STANCES)
    done, out, errors = run(*arguments)
    assert (done, out) == (code, "")
    assert errors.startswith(f"kg: {said}")
    assert errors.count("\n") == 1


def test_python_gives_the_same_as_the_command_line(tmp_path: Path) -> None:
    import kg

    gold: list[dict[str, Any]] = STANCES
    write(tmp_path / "dev.jsonl", gold)
    write(tmp_path / "given.jsonl", right_stances())
    seen: list[int] = []
    report = kg.eval_("stance", tmp_path / "dev.jsonl", given=str(tmp_path / "given.jsonl"), on_row=lambda done, _all: seen.append(done))
    assert report.figures["micro_f1"] == 1
    assert seen == []  # nothing had to be read
