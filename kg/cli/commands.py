"""The commands: each makes one call of `kg.api`, prints the result and gives the exit code."""

import json
import shlex
import sys
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypedDict

from kg import api
from kg.api.exporting import BULK
from kg.cli import terminal
from kg.cli.judging import differ, reject, rename, same, undo
from kg.cli.measuring import bench, eval_
from kg.cli.questions import ask, search
from kg.cli.rows import limit_of, print_rows
from kg.cli.storing import forget, store
from kg.cli.text import count, plain, say
from kg.errors import SettingsError
from kg.model import Failure
from kg.stores.contract import IMPORT_COMMAND

__all__ = [
    "ask",
    "bench",
    "build",
    "differ",
    "eval_",
    "explain",
    "export",
    "extract",
    "forget",
    "import_",
    "judgements",
    "query",
    "reject",
    "rename",
    "same",
    "search",
    "store",
    "undo",
    "view",
]


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


def _warn(warnings: Iterable[str]) -> None:
    for warning in warnings:
        say(warning)


def build(arguments: Namespace) -> int:
    """Build: a graph, a summary of it, and the store and files that were asked for."""
    if arguments.no_store and arguments.store is not None:
        raise SettingsError("--store and --no-store: one of them")
    with terminal.progress() as speed:
        workspace = api.build(
            arguments.inputs,
            store=False if arguments.no_store else arguments.store or True,
            into_existing=arguments.into_existing,
            html=arguments.html,
            jsonl=arguments.jsonl,
            workers=arguments.workers,
            on_progress=speed.tell,
            **_options(arguments),
        )
    code = _report(workspace.failures, strict=arguments.strict)
    _warn(workspace.warnings)
    terminal.print_summary(workspace, speed, html=arguments.html, jsonl=arguments.jsonl)
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
    explanation = api.explain(arguments.claim_id, arguments.inputs, store=arguments.store, **_options(arguments))
    terminal.print_explanation(explanation)
    return 0


def _parameter(text: str) -> tuple[str, Any]:
    name, sign, value = text.partition("=")
    if not sign or not name.isidentifier():
        raise SettingsError(f"unknown option value --param {text}: NAME=VALUE was expected")
    try:
        return name, json.loads(value)
    except (ValueError, RecursionError):
        return name, value


def query(arguments: Namespace) -> int:
    """Query: rows of Cypher, as a table or for a program."""
    records = api.query(
        arguments.cypher,
        dict(map(_parameter, arguments.parameters)),
        store=arguments.store,
        write=arguments.write,
        limit=limit_of(arguments),
        timeout=arguments.timeout,
    )
    return print_rows(records, arguments.format)


def judgements(arguments: Namespace) -> int:
    """Judgements: what people corrected."""
    return print_rows(api.judgements(store=arguments.store), arguments.format)


def view(arguments: Namespace) -> int:
    """View: a picture of what is stored."""
    drawn = api.view(
        arguments.out,
        store=arguments.store,
        around=arguments.around,
        hops=arguments.hops,
        community=arguments.community,
        top=arguments.top,
        since=arguments.since,
        until=arguments.until,
        min_confidence=arguments.min_confidence,
        matrix=arguments.matrix,
        timeline=arguments.timeline,
        between=tuple(arguments.between) if arguments.between else None,
        document=arguments.document,
        inputs=arguments.inputs,
        **_options(arguments),
    )
    graph = drawn.graph
    actors = f"{len(graph.entities):,} {'entity' if len(graph.entities) == 1 else 'entities'}"
    sys.stdout.write(f"{actors} and {count(len(graph.claims), 'claim')} in {plain(str(arguments.out))}\n")
    return 0


def export(arguments: Namespace) -> int:
    """Export: all that is stored, as a file or a folder."""
    number = api.export(arguments.out, store=arguments.store, format=arguments.format, ontologies=arguments.ontology)
    if arguments.format == BULK:
        folder = plain(str(arguments.out))
        sys.stdout.write(f"{number:,} nodes and relationships in {folder}; to import them, and once the server runs:\n")
        sys.stdout.write(f"  cd {shlex.quote(folder)} && {IMPORT_COMMAND}\n  kg store upgrade --store bolt://HOST\n")
        return 0
    noun = {"jsonl": "reading", "csv": "claim"}.get(arguments.format, "edge")
    sys.stdout.write(f"{count(number, noun)} in {plain(str(arguments.out))}\n")
    return 0


def import_(arguments: Namespace) -> int:
    """Import: readings into a store."""
    done = api.import_(
        arguments.inputs,
        store=arguments.store,
        into_existing=arguments.into_existing,
        gazetteers=arguments.gazetteer,
        ontologies=arguments.ontology,
    )
    code = _report(done.failures, strict=arguments.strict)
    _warn(done.warnings)
    new = f", {count(done.judgements, 'new judgement')}" if done.judgements else ""
    sys.stdout.write(f"{plain(terminal.written(done.written))}{new} in {plain(done.where)}\n")
    return code
