"""Print docs/cli.md: what `kg --help` and each `kg COMMAND --help` say. `make docs` writes it; a test tells when that is due."""

import argparse
import os
import sys

from kg.cli.arguments import _parser

HEAD = """# The command line

Made by `make docs` from what the commands themselves print. The [README](../README.md) shows them at work.

Exit codes: 0 done, with what could not be read listed on standard error; 1 nothing could be done (or, with `--strict`, something could
not be read); 2 wrong usage; 130 interrupted.
"""


def _below(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """The parsers of the commands of this one; argparse tells them nowhere else."""
    groups = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))  # noqa: SLF001
    return [command for group in groups for command in group.choices.values()]


def _sections(parser: argparse.ArgumentParser) -> list[str]:
    """The help of a command and of those below it."""
    section = f"## {parser.prog}\n\n```\n{parser.format_help().strip()}\n```\n"
    return [section, *(part for command in _below(parser) for part in _sections(command))]


if __name__ == "__main__":
    os.environ |= {"COLUMNS": "110", "NO_COLOR": "1"}
    sys.stdout.write("\n".join([HEAD, *_sections(_parser())]))
