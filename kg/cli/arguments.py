"""What may be written on the command line."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import kg
from kg.cli import commands
from kg.errors import SettingsError

_DESCRIPTION = "News text in, claims out: who stands how towards whom, says who, and the sentence it rests on."


class _Parser(argparse.ArgumentParser):
    """One clear line instead of a page when the usage is wrong."""

    def error(self, message: str) -> NoReturn:
        raise SettingsError(f"{message} (see {self.prog} --help)")


def _number(text: str) -> int | str:
    """The number that a text is; what is none stays as it is, for the library to refuse in its own words."""
    try:
        return int(text)
    except ValueError:
        return text


def _common() -> _Parser:
    common = _Parser(add_help=False, allow_abbrev=False)
    options = common.add_argument_group("options of every command")
    options.add_argument(
        "--gazetteer", metavar="FILE", type=Path, action="append", default=[], help="your own actors (TOML); may be repeated"
    )
    options.add_argument("--ontology", metavar="FILE", type=Path, action="append", default=[], help="your own cues (TOML); may be repeated")
    options.add_argument("--model", metavar="NAME", help="a spaCy pipeline, by package name or folder")
    options.add_argument("--strict", action="store_true", help="exit with 1 when anything could not be read")
    options.add_argument("--version", action="version", version=f"kg {kg.__version__}")
    return common


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="kg", description=_DESCRIPTION, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"kg {kg.__version__}")
    parser.set_defaults(run=None)
    added = parser.add_subparsers(metavar="COMMAND", title="commands")
    common = _common()

    def command(name: str, sentence: str) -> argparse.ArgumentParser:
        made = added.add_parser(name, help=sentence, description=sentence, parents=[common], allow_abbrev=False)
        made.set_defaults(run=getattr(commands, name))
        return made

    build = command("build", "Read news texts and make the graph of their claims.")
    build.add_argument("inputs", metavar="INPUT", nargs="+", help="a file (.txt .md .html .jsonl), a folder, or - for standard input")
    build.add_argument("--html", metavar="FILE", type=Path, help="write an interactive picture that needs no network")
    build.add_argument("--jsonl", metavar="FILE", type=Path, help="write the claims, one a line")
    build.add_argument("--workers", metavar="N", type=_number, default=1, help="processes that read (default: 1)")

    extract = command("extract", "Print the claims of news texts as JSON Lines, with the names of their actors.")
    extract.add_argument("inputs", metavar="INPUT", nargs="+", help="a file (.txt .md .html .jsonl), a folder, or - for standard input")
    extract.add_argument("--out", metavar="FILE", type=Path, help="write to a file; an interrupted run then goes on where it stopped")
    extract.add_argument(
        "--readings", action="store_true", help="one Reading a line: a document with its mentions and claims, names unresolved"
    )
    extract.add_argument("--workers", metavar="N", type=_number, default=1, help="processes that read (default: 1)")

    explain = command("explain", "Tell how a claim was found, and why each of its mentions is that entity.")
    explain.add_argument("claim_id", metavar="CLAIM_ID", help="the id of a claim, as kg extract prints it")
    explain.add_argument("--input", metavar="INPUT", dest="inputs", nargs="+", required=True, help="where the claim was found")
    return parser


def parse(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The arguments; `run` is the function of `kg.cli.commands` that takes them.

    Raises:
        SettingsError: the usage is wrong.
    """
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.run is None:
        parser.error("a command is needed: build, extract or explain")
    return arguments
