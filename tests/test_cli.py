"""The command line, for real: text files in, claims, a picture and clear lines out."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import kg
from kg import api, evaluation
from kg.api import opening
from kg.cli import main, terminal
from kg.cli.arguments import _parser
from kg.cli.text import count, plain
from kg.model import Document, Failure, Reading, reading_from_json
from kg.pipeline import Progress
from kg.pipeline.extractor import Extractor

NEWS = {
    "a.txt": "PARIS, Sept. 2, 2021 (News) - France condemned Iran on Thursday. French President Emmanuel Macron said the United States may "
    "work with the Taliban against ISIS-K.\n",
    "b.txt": "Iranian Foreign Minister Hossein Amir-Abdollahian met Chinese Foreign Minister Wang Yi in Beijing on Monday. "
    "China praised Iran.\n",
    "c.txt": "The Taliban attacked ISIS-K on Friday, the ministry said. The Taliban denied working with the United States.\n",
}
CLAIM_KEYS = (
    "id relation label value polarity modality modality_class confidence source target against about on_behalf_of claimer claimer_text "
    "via quote event claimed evidence rule extractor document"
).split()

type Kg = Callable[..., "Done"]


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: str
    errors: list[str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Kg:
    """`kg ARGUMENTS` in this process, so that the extractor is loaded once."""

    def call(*arguments: str | Path) -> Done:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        out, errors = capsys.readouterr()
        return Done(code, out, errors.splitlines())

    return call


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of three short texts, which is the current folder."""
    for name, text in NEWS.items():
        (tmp_path / name).write_text(text, "utf8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _claims(done: Done) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.out.splitlines()]


def test_extract_prints_a_claim_a_line_with_names(news: Path, run: Kg) -> None:
    done = run("extract", "a.txt")
    claims = _claims(done)
    assert (done.code, done.errors) == (0, [])
    assert all(list(claim) == CLAIM_KEYS for claim in claims)
    found = {
        (claim["relation"], claim["source"]["name"], claim["target"]["name"], claim["modality"]) for claim in claims if claim["target"]
    }
    assert ("ACCUSE", "France", "Iran", "actual") in found
    assert ("COOPERATE", "United States", "Taliban", "possible") in found
    text = NEWS["a.txt"]
    for claim in claims:
        evidence, document = claim["evidence"], claim["document"]
        assert evidence["sentence"] in text
        assert document["path"] == "a.txt"


def test_the_order_of_the_inputs_and_the_number_of_workers_change_no_byte(news: Path, run: Kg) -> None:
    forwards = run("extract", "a.txt", "b.txt", "c.txt").out
    assert forwards
    assert run("extract", "c.txt", "b.txt", "a.txt", "b.txt").out == forwards
    assert run("extract", "c.txt", "a.txt", "b.txt", "--workers", "2").out == forwards


def test_extract_readings_gives_readings(news: Path, run: Kg) -> None:
    done = run("extract", ".", "--readings", "--out", "r.jsonl")
    assert done == Done(0, "3 readings of 3 documents in r.jsonl\n", [])
    readings = [reading_from_json(json.loads(line)) for line in (news / "r.jsonl").read_bytes().splitlines()]
    assert {reading.document.path for reading in readings} == set(NEWS)
    assert not (news / "r.jsonl.partial").exists()


def test_extract_to_a_file_writes_what_it_prints(news: Path, run: Kg) -> None:
    printed = run("extract", "a.txt", "b.txt").out
    assert run("extract", "a.txt", "b.txt", "--out", "claims.jsonl").code == 0
    assert (news / "claims.jsonl").read_text("utf8") == printed


def test_build_draws_a_picture_and_prints_a_summary(news: Path, run: Kg) -> None:
    done = run("build", ".", "missing.txt", "--no-store", "--html", "graph.html", "--jsonl", "claims.jsonl")
    assert (done.code, done.errors) == (0, ["kg: missing.txt: no such file"])
    rows = dict(re.split(r"\s{2,}", line.strip(), maxsplit=1) for line in done.out.splitlines() if re.match(r"[a-z ]+\s{2,}\S", line))
    assert (rows["documents"], rows["failures"]) == ("3", "1")
    assert (rows["picture in"], rows["claims in"]) == ("graph.html", "claims.jsonl")
    assert rows["speed"].endswith("words/s")
    assert re.search(r"France +accusation +Iran", done.out)
    claims = (news / "claims.jsonl").read_text("utf8").splitlines()
    assert rows["claims"].startswith(f"{len(claims)} (")
    assert "<html" in (news / "graph.html").read_text("utf8")


def test_explain_tells_cue_rule_words_and_reasons(news: Path, run: Kg) -> None:
    (claim,) = [claim for claim in _claims(run("extract", "a.txt")) if claim["relation"] == "ACCUSE"]
    done = run("explain", str(claim["id"]), "--input", "a.txt", "b.txt")
    assert (done.code, done.errors) == (0, [])
    for words in ("France - accusation - Iran", "condemned", str(claim["rule"]), "gazetteer: 'France' names country:FR", "nsubj"):
        assert words in done.out
    assert "path      source: condemned -nsubj-> France" in done.out
    table = re.split(r"^confidence *$|^words *$", done.out, flags=re.MULTILINE)[1]
    *parts, whole = [float(number) for number in re.findall(r" ([+-]\d\.\d\d) *$", table, re.MULTILINE)]
    assert len(parts) == 14
    assert sum(parts) == pytest.approx(whole)
    assert f"{claim['confidence']:.2f}" in table.split("chance 1 / (1 + exp(")[1].splitlines()[0]
    assert run("explain", "abc", "--input", ".").errors == ["kg: abc: no claim with this id in 3 documents"]
    assert run("explain", "abc", "--input", "missing.txt") == Done(1, "", ["kg: missing.txt: no such file"])


BAD: dict[str, tuple[bytes | None, str]] = {
    "missing.txt": (None, "no such file"),
    "empty.txt": (b"", "empty"),
    "binary.txt": (bytes(range(256)) * 20, "binary"),
    "long.txt": (b"The Taliban met the United States in Doha on Monday. " * 20_000, "the limit is 1,000,000"),
    "nothing.html": (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no text found"),
    "german.txt": (
        b"Die Regierung hat am Montag beschlossen, die Taliban nicht anzuerkennen, sagte der Sprecher in Berlin.",
        "not English",
    ),
    "rows.jsonl": (b'{"text": "France condemned Iran on Monday."}\n{"text": broken\n', "rows.jsonl#2: not valid JSON"),
    "paper.pdf": (b"%PDF", "no reader for '.pdf'"),
}


@pytest.mark.parametrize("name", BAD)
def test_each_bad_input_gives_one_line_and_costs_nothing_else(name: str, news: Path, run: Kg) -> None:
    content, reason = BAD[name]
    if content is not None:
        (news / name).write_bytes(content)
    alone = run("extract", name)
    assert alone.code == (0 if name == "rows.jsonl" else 1)
    beside = run("extract", "a.txt", name)
    assert beside.code == 0
    assert {json.loads(line)["document"]["path"] for line in beside.out.splitlines()} >= {"a.txt"}
    for done in (alone, beside):
        (line,) = done.errors
        assert line.startswith(f"kg: {name}")
        assert reason in line
    assert run("extract", "a.txt", name, "--strict").code == 1


def test_a_text_in_another_encoding_is_read(news: Path, run: Kg) -> None:
    (news / "latin.txt").write_bytes("The café owner said that France condemned Iran on Monday.".encode("latin-1"))
    (claim, *_) = _claims(run("extract", "latin.txt"))
    assert "café" in json.dumps(claim["evidence"], ensure_ascii=False)


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("extract a.txt --workers zero", "unknown option value --workers zero: a whole number from 1 to 64"),
        ("build a.txt --workers 0", "unknown option value --workers 0: a whole number from 1 to 64"),
        ("extract a.txt --frobnicate", "unrecognized arguments: --frobnicate (see kg --help)"),
        ("extract a.txt --work 2", "unrecognized arguments: --work 2 (see kg --help)"),
        ("extract", "the following arguments are required: INPUT (see kg extract --help)"),
        ("explain abc --input a.txt --store s", "argument --store: not allowed with argument --input (see kg explain --help)"),
        ("", "a command is needed: build, query, view ... (see kg --help)"),
        ("build a.txt --store s --no-store", "--store and --no-store: one of them"),
        ("query RETURN --limit 0", "unknown option value --limit 0: a whole number from 1"),
        ("query RETURN --timeout soon", "unknown option value --timeout soon: a number of seconds above 0"),
        ("query RETURN --param 5=x", "unknown option value --param 5=x: NAME=VALUE was expected"),
        ("query RETURN --format xml", "argument --format: invalid choice: 'xml'"),
        ("view", "the following arguments are required: --out (see kg view --help)"),
        ("view --out g.html --hops -1", "unknown option value --hops -1: a whole number from 0"),
        ("view --out g.html --top 1.5", "unknown option value --top 1.5: a whole number from 0"),
        ("view --out g.html --since 2024-13-01", "unknown option value --since 2024-13-01: a date, YYYY-MM-DD"),
        ("view --out g.html --min-confidence 2", "unknown option value --min-confidence 2: a number from 0 to 1"),
        ("view --out nowhere/g.html", "nowhere/g.html: there is no folder nowhere"),
        ("view --out g.svg --between A B", "--between: goes with --timeline only"),
        ("view --out g.html --input a.txt", "--input: goes with --document only; kg build --no-store --html draws the graph of files"),
        ("view --out g.html --document d --top 3", "--document: a page of its own; it goes with --store or --input only"),
        ("view --out g.html --document d --matrix", "argument --matrix: not allowed with argument --document"),
        ("view --out . --document d", ".: a folder; the name of a file was expected"),
        ("export --out .", ".: a folder; the name of a file was expected"),
        ("export --format pdf --out g", "argument --format: invalid choice: 'pdf'"),
        ("store start --idle 0", "unknown option value --idle 0: a number of seconds above 0"),
        ("store destroy", "argument action: invalid choice: 'destroy'"),
        ("extract a.txt --gazetteer nowhere.toml", "nowhere.toml: "),
        ("extract a.txt --ontology a.txt", "a.txt: "),
        ("build a.txt --html nowhere/graph.html", "nowhere/graph.html: there is no folder nowhere"),
        ("extract a.txt --out a.txt", "a.txt: an input or another output is the same file"),
    ],
)
def test_wrong_usage_is_one_clear_line(arguments: str, line: str, news: Path, run: Kg) -> None:
    done = run(*arguments.split())
    assert (done.code, done.out, len(done.errors)) == (2, "", 1)
    assert done.errors[0].startswith(f"kg: {line}")


def test_an_unknown_model_is_one_clear_line(news: Path, run: Kg) -> None:
    done = run("extract", "a.txt", "--model", "nonsense")
    assert (done.code, len(done.errors)) == (1, 1)
    assert done.errors[0].startswith("kg: nonsense: ")


def test_options_of_the_user_reach_the_extractor(news: Path, run: Kg) -> None:
    (news / "mine.toml").write_text('["group:sunrise-front"]\nname = "Sunrise Front"\nnames = ["Dawn Men"]\n', "utf8")
    (news / "d.txt").write_text("Iran condemned the Dawn Men on Monday, the minister said in the capital.", "utf8")
    (claim,) = [each for each in _claims(run("extract", "d.txt", "--gazetteer", "mine.toml")) if each["relation"] == "ACCUSE"]
    assert (claim["target"]["id"], claim["target"]["name"]) == ("group:sunrise-front", "Sunrise Front")


@pytest.mark.parametrize("arguments", [["--version"], ["build", "--version"], ["extract", "--version"], ["explain", "--version"]])
def test_the_version(arguments: list[str], run: Kg) -> None:
    assert run(*arguments) == Done(0, f"kg {kg.__version__}\n", [])


def test_each_command_is_a_function_of_the_same_name_and_has_help(run: Kg) -> None:
    (commands,) = [action.choices for action in _parser()._actions if isinstance(action.choices, dict)]
    assert commands.keys() == {
        "build",
        "extract",
        "explain",
        "query",
        "ask",
        "search",
        "same",
        "differ",
        "reject",
        "rename",
        "undo",
        "judgements",
        "forget",
        "view",
        "export",
        "import",
        "store",
        "eval",
        "bench",
    }
    for name in commands:
        function = f"{name}_" if name in {"import", "eval"} else name
        assert callable(getattr(evaluation if name in {"eval", "bench"} else api, function))
        assert callable(getattr(kg, function))
        of_readings = {"build", "extract", "explain", "view", "import", "eval", "bench"}
        takes_actors = name in {*of_readings, "same", "differ", "reject", "rename", "undo", "forget", "store"}
        assert ("--gazetteer FILE" in run(name, "--help").out) == takes_actors


class _Interrupted(Extractor):
    """The real extractor, and Ctrl-C after the first document."""

    def readings(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        yield next(super().readings(documents))
        raise KeyboardInterrupt


def test_ctrl_c_says_what_is_kept_and_the_same_command_goes_on(news: Path, run: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = run("extract", ".").out
    command = ("extract", "a.txt", "b.txt", "c.txt", "--out", "claims.jsonl")
    with monkeypatch.context() as patch:
        opening._load.cache_clear()
        patch.setattr("kg.pipeline.extractor.Extractor", _Interrupted)
        line = "kg: interrupted: 1 document is kept in claims.jsonl.partial; run the same command to go on"
        assert run(*command) == Done(130, "", [line])
        opening._load.cache_clear()
    assert not (news / "claims.jsonl").exists()
    assert run(*command).code == 0
    assert (news / "claims.jsonl").read_text("utf8") == expected


def test_what_documents_and_names_say_does_not_steer_the_terminal(news: Path, run: Kg) -> None:
    (news / "d.txt").write_text("Iran condemned France on Monday, the \x9b31m minister \x1b[2J said in the capital.", "utf8")
    (claim, *_) = _claims(run("extract", "d.txt"))
    outputs = [
        run("build", "d.txt", "no\x1b[31m\nthing.txt", "--no-store"),
        run("extract", "d.txt"),
        run("explain", str(claim["id"]), "--input", "d.txt"),
    ]
    for done in outputs:
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", done.out + "".join(done.errors))
    assert outputs[0].errors == ["kg: no[31m thing.txt: no such file"]


def test_plain_text_has_no_character_that_a_terminal_obeys() -> None:
    assert plain("a\x1b[31m\x9bb\u202ec\u2066d\r\ne\x00\udc80") == "a[31mbcd e"
    assert plain("José ’s – 北京") == "José ’s – 北京"
    assert [count(number, "claim") for number in (0, 1, 1000)] == ["0 claims", "1 claim", "1,000 claims"]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, shown in ((_Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        with terminal.progress() as speed:
            for documents in range(3):
                speed.tell(Progress(documents=documents, failures=1, words=1000 * documents, path="[bold]a.txt\x1b[2J"))
        assert ("2 documents, 1 failed" in stream.getvalue()) is shown
        assert "\x1b[2Ja" not in stream.getvalue()
        assert speed.words_per_second > 0


def _process(*arguments: str, cwd: Path, text: str | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *arguments],
        cwd=cwd,
        input=None if text is None else text.encode(),
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )


def test_standard_input_is_read_and_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    text = "José Núñez condemned Iran on Monday, the ministry said in a statement."
    done = _process("extract", "-", cwd=tmp_path, text=text, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    (claim, *_) = [json.loads(line) for line in done.stdout.decode("utf8").splitlines()]
    assert claim["source"]["name"] == "José Núñez"
    assert claim["document"]["path"] is None
    assert "Núñez".encode() in done.stdout


def test_nobody_reads_the_output_any_more(news: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "extract", "a.txt"], cwd=news, stdout=output, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert (done.returncode, done.stderr) == (141, b"")
