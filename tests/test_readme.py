"""What the README and docs/ promise is so: commands, options, examples, tables and links."""

import argparse
import contextlib
import doctest
import importlib.util
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from store_places import needs_engine

import kg
from kg.cli import main
from kg.cli.arguments import _parser
from kg.gazetteer import load_gazetteer
from kg.model import MODALITIES, modality_class
from kg.ontology import load_ontology

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf8")
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "CHANGELOG.md", ROOT / "data" / "README.md"]
BLOCKS: list[tuple[str, str]] = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SIGNS = {1: "+", 0: "", -1: "-", None: "by its value"}
CHANGES = {"extractor", "confidence"}  # with every version


def _blocks(language: str) -> list[str]:
    return [body for name, body in BLOCKS if name == language]


def _rows(heading: str) -> list[list[str]]:
    """The cells of the rows of the table below a heading."""
    section = re.split(r"^#+ ", README.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def _shown_commands() -> list[str]:
    return [line[2:].split("#")[0].strip() for block in _blocks("console") for line in block.splitlines() if line.startswith("$ ")]


COMMANDS = [command for command in _shown_commands() if command.startswith("kg ")]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample articles in an embedded store, and its export."""
    needs_engine()
    home = tmp_path_factory.mktemp("readme")
    try:
        with contextlib.chdir(ROOT):  # the paths of the documents are as in the README
            kg.build("data/articles", store=home / "kg-store")
        kg.export(home / "readings.jsonl", store=home / "kg-store")
        yield home / "kg-store"
    finally:
        kg.store("stop", home / "kg-store")


@pytest.fixture
def folder(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the README supposes it: the sample articles, their store and the files it shows; it is the current one."""
    (tmp_path / "data").symlink_to(ROOT / "data")
    (tmp_path / "kg-store").symlink_to(store)
    (tmp_path / "readings.jsonl").symlink_to(store.parent / "readings.jsonl")
    for block in _blocks("toml"):
        name = block.splitlines()[0].removeprefix("# ")
        (tmp_path / name).write_text(block, "utf8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_commands_that_set_everything_up_exist() -> None:
    targets = re.findall(r"^(\w+):.*## ", (ROOT / "Makefile").read_text("utf8"), re.MULTILINE)
    named = {command.split()[1] for command in _shown_commands() if command.startswith("make ")}
    named |= set(re.findall(r"`make (\w+)`", "".join(path.read_text("utf8") for path in DOCS)))
    assert {"demo", "test"} <= named <= set(targets)


def test_every_option_that_is_named_exists() -> None:
    helps = {name: _help(parser) for name, parser in _commands(_parser()).items()}
    named = [re.findall(r"(?<!\S)--[a-z-]+", command) for command in COMMANDS]
    for command, options in zip(COMMANDS, named, strict=True):
        assert all(option in helps[command.split()[1]] for option in options), command
    for option in re.findall(r"`(--[a-z-]+)", README):
        assert any(option in text for text in helps.values()), option


def test_every_command_is_shown_and_is_a_function_of_the_same_name() -> None:
    shown = {command.split()[1] for command in COMMANDS}
    assert shown == set(_commands(_parser()))
    assert all(callable(getattr(kg, f"{name}_" if name in {"import", "eval"} else name)) for name in shown)


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    groups = [action.choices for action in parser._actions if isinstance(action.choices, dict)]
    return {name: below for group in groups for name, below in group.items()}


def _help(parser: argparse.ArgumentParser) -> str:
    return "\n".join([parser.format_help(), *map(_help, _commands(parser).values())])


def _output_of(command: str) -> list[str]:
    """The lines shown below a command, without those that are cut and those that go on."""
    block = next(block for block in _blocks("console") if f"$ {command}" in block)
    shown = block.split(f"$ {command}", 1)[1].split("\n$ ")[0].splitlines()[1:]
    return [line for line in shown if re.match(r"[a-z]", line)]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_is_shown_runs_and_prints_such_lines(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(shlex.split(command)[1:]) == 0
    printed, errors = capsys.readouterr()
    assert not errors
    beginnings = {line.split()[0] for line in printed.splitlines() if line.strip()} | {"speed"}  # there is none where nothing is new
    assert {line.split()[0] for line in _output_of(command)} <= beginnings


class _AnyNumber(doctest.OutputChecker):
    """Numbers of claims change with each version; the words around them do not."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return super().check_output(re.sub(r"\d+", "0", want), re.sub(r"\d+", "0", got), optionflags)


def test_the_python_examples_print_what_the_readme_says(folder: Path) -> None:
    test = doctest.DocTestParser().get_doctest("\n".join(_blocks("python")), {}, "README", "README.md", 0)
    told: list[str] = []
    doctest.DocTestRunner(_AnyNumber()).run(test, out=told.append)
    assert test.examples
    assert not told, "".join(told)


def test_the_claim_that_is_shown_is_a_line_of_extract(folder: Path) -> None:
    (path,) = re.findall(r"<!-- claim: (\S+) -->", README)
    (shown,) = map(json.loads, _blocks("json"))
    found = [claim for claim in kg.extract(path) if claim["id"] == shown["id"]]
    assert found, f"no claim with the id {shown['id']}: show another one"
    assert list(shown) == list(found[0])
    assert {key: value for key, value in shown.items() if key not in CHANGES} == {
        key: value for key, value in found[0].items() if key not in CHANGES
    }


def test_every_field_of_a_claim_is_told() -> None:
    (shown,) = map(json.loads, _blocks("json"))
    told = [field for row in _rows("What a claim is") for field in re.findall(r"`(\w+)`", row[0])]
    assert told == sorted(shown, key=told.index)


def test_the_table_of_relations_is_that_of_the_ontology() -> None:
    relations = load_ontology().relations.values()
    expected = [[kind.name, "act" if kind.layer == 1 else "standing", SIGNS[kind.polarity], kind.meaning, kind.label] for kind in relations]
    assert _rows("Relations") == expected


def test_the_table_of_modalities_is_whole() -> None:
    told: dict[str, str] = {}
    name = ""
    for row in _rows("Modalities"):
        name = row[0].split(" ")[0] or name
        told[row[1].strip("`")] = name
    assert told == {modality: modality_class(modality) for modality in MODALITIES}


def test_the_gazetteer_has_as_many_actors_as_the_readme_says() -> None:
    entries = load_gazetteer().entries.values()
    (actors, armed) = re.findall(r"knows ([\d,]+) actors .* and (\d+) armed groups", README)[0]
    assert len(entries) >= int(actors.replace(",", ""))
    assert sum(entry.category == "armed group" for entry in entries) >= int(armed)


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf8")):
        if link.startswith("https://"):
            continue
        file, _, anchor = link.partition("#")
        target = path.parent / file if file else path
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


def test_the_pictures_are_small_enough_to_be_loaded_at_once() -> None:
    paths = sorted((ROOT / "docs").glob("view*.png"))
    assert [path.name for path in paths] == sorted(name for name, *_ in _script("take_picture").PICTURES)
    assert all(f"](docs/{path.name})" in README for path in paths)
    pictures = [path.read_bytes() for path in paths]
    assert all(picture.startswith(b"\x89PNG") for picture in pictures)
    assert sum(map(len, pictures)) < 750_000


def test_the_reference_of_the_commands_is_what_they_print() -> None:
    """Line breaks of the usage differ between versions of Python; words do not."""
    done = subprocess.run([sys.executable, ROOT / "docs" / "make_cli.py"], capture_output=True, text=True, check=True)
    assert (ROOT / "docs" / "cli.md").read_text("utf8").split() == done.stdout.split(), "make docs writes it anew"


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_cypher_questions_have_the_answers_that_the_readme_gives(store: Path) -> None:
    answers = _script("make_answers")
    assert len(_blocks("cypher")) == len(_blocks("text")) == 10
    assert answers.answered(README, lambda question: answers.printed(question, str(store))) == README, "make readme writes them anew"
    assert all(len(answer.splitlines()) > 2 for answer in _blocks("text")), "a question without an answer: ask another one"
