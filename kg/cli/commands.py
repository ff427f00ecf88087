"""The commands: each makes one call of `kg.api`, prints the result and gives the exit code."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict

from kg import api
from kg.cli import terminal
from kg.cli.text import count, plain, say
from kg.model import Failure


class _Options(TypedDict):
    model: str | None
    gazetteers: list[Path]
    ontologies: list[Path]


def _options(arguments: Namespace) -> _Options:
    return {"model": arguments.model, "gazetteers": arguments.gazetteer, "ontologies": arguments.ontology}


def _report(failures: Iterable[Failure], *, strict: bool) -> int:
    """Each failure on a line; the exit code they give."""
    code = 0
    for failure in failures:
        say(str(failure))
        code = 1 if strict else 0
    return code


def build(arguments: Namespace) -> int:
    """Build: a graph, a summary of it, and the files that were asked for."""
    with terminal.progress() as speed:
        workspace = api.build(
            arguments.inputs,
            html=arguments.html,
            jsonl=arguments.jsonl,
            workers=arguments.workers,
            on_progress=speed.tell,
            **_options(arguments),
        )
    code = _report(workspace.failures, strict=arguments.strict)
    terminal.print_summary(workspace.summary(), speed, html=arguments.html, jsonl=arguments.jsonl)
    return code


def extract(arguments: Namespace) -> int:
    """Extract: claims or readings, one a line, on standard output or in a file."""
    out = arguments.out if arguments.out not in {None, Path("-")} else None
    with terminal.progress() as speed:
        done = api.extract_to_file(
            arguments.inputs,
            out or sys.stdout,
            as_readings=arguments.readings,
            workers=arguments.workers,
            on_progress=speed.tell,
            **_options(arguments),
        )
    if out is not None:
        lines = count(done.lines, "reading" if arguments.readings else "claim")
        sys.stdout.write(f"{lines} of {count(done.documents, 'document')} in {plain(str(out))}\n")
    return _report(done.failures, strict=arguments.strict)


def explain(arguments: Namespace) -> int:
    """Explain: how one claim was found."""
    terminal.print_explanation(api.explain(arguments.claim_id, arguments.inputs, **_options(arguments)))
    return 0
