"""kg eval and kg bench: each makes one call of `kg.evaluation`, prints the result and gives the exit code."""

import sys
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TypedDict

from kg.api.files import check_outputs, written
from kg.api.opening import settings_of
from kg.cli import terminal
from kg.errors import SettingsError
from kg.model import dumps


class _Options(TypedDict):
    model: str | None
    gazetteers: list[Path]
    ontologies: list[Path]


def _options(arguments: Namespace) -> _Options:
    return {"model": arguments.model, "gazetteers": arguments.gazetteer, "ontologies": arguments.ontology}


def _check(arguments: Namespace) -> None:
    """Raises SettingsError where options do not go together."""
    alone = [name for name in ("task", "data", "predictions", "given", "against", "final") if getattr(arguments, name)]
    if arguments.all is not None and alone:
        raise SettingsError(f"--all runs every set as it is: not with {' or '.join(alone)}")
    if arguments.all is None and (arguments.task is None or arguments.data is None):
        raise SettingsError("a task and its --data FILE are needed, or --all DIR (see kg eval --help)")
    if arguments.against is not None and arguments.task != "claims":
        raise SettingsError("--against compares claims: kg eval claims")
    if arguments.against is not None and (arguments.final or arguments.errors or arguments.rows != "all"):
        raise SettingsError("--against shows what changed: not with --final, --errors or --rows")
    if type(arguments.errors) is not int or arguments.errors < 0:
        raise SettingsError(f"unknown option value --errors {arguments.errors}: a whole number was expected")


def eval_(arguments: Namespace) -> int:
    """Eval: the figures of one task, or of all."""
    _check(arguments)
    if arguments.all is not None:
        return _eval_all(arguments)
    return _eval_one(arguments) if arguments.against is None else _against(arguments)


def _eval_one(arguments: Namespace) -> int:
    from kg import evaluation

    with terminal.counting() as on_set:
        report = evaluation.eval_(
            arguments.task,
            arguments.data,
            given=arguments.given,
            predictions=arguments.predictions,
            rows=arguments.rows,
            final=arguments.final,
            on_row=on_set(arguments.task),
            **_options(arguments),
        )
    if arguments.json:
        sys.stdout.write(dumps(evaluation.report_to_json(report)) + "\n")
    else:
        terminal.print_report(report, evaluation.worst(report, arguments.errors))
    return 0


def _eval_all(arguments: Namespace) -> int:
    from kg import evaluation

    with terminal.counting() as on_set:
        reports = list(evaluation.eval_all(arguments.all, on_set=on_set, **_options(arguments)))
    if arguments.json:
        sys.stdout.writelines(dumps(evaluation.report_to_json(report)) + "\n" for _, report in reports)
    else:
        sys.stdout.write(evaluation.markdown(reports))
    return 0


def _against(arguments: Namespace) -> int:
    from kg import evaluation

    with terminal.counting() as on_set:
        changes = evaluation.against(
            arguments.data,
            arguments.against,
            given=arguments.given,
            predictions=arguments.predictions,
            on_row=on_set("claims"),
            **_options(arguments),
        )
    if arguments.json:
        sys.stdout.write(dumps(asdict(changes) | {"verdicts": dict(changes.verdicts)}) + "\n")
    else:
        terminal.print_changes(changes)
    return 0


def bench(arguments: Namespace) -> int:
    """Bench: speed and memory of one run, or of two beside each other."""
    if arguments.compare is not None:
        return _compare(arguments)
    if arguments.data is None:
        raise SettingsError("--data TEXTS is needed, or --compare OLD NEW (see kg bench --help)")
    from kg import evaluation

    check_outputs([arguments.out] if arguments.out else [], [arguments.data])
    settings = settings_of(**_options(arguments))
    parts = arguments.parts or evaluation.USUAL
    with terminal.steps() as on_step:
        made = evaluation.bench(
            arguments.data, store=arguments.store, parts=parts, claims=arguments.claims, settings=settings, on_step=on_step
        )
    told = dumps(evaluation.bench_to_json(made)) + "\n"
    if arguments.out is not None:
        with written(arguments.out) as file:
            file.write(told)
    if arguments.json:
        sys.stdout.write(told)
    else:
        terminal.print_bench(made)
    return 0


def _compare(arguments: Namespace) -> int:
    from kg import evaluation

    if any(getattr(arguments, name) is not None for name in ("data", "out", "store", "parts")):
        raise SettingsError("--compare measures nothing: not with --data, --out, --store or --part")
    old, new = (evaluation.bench_from_json(path) for path in arguments.compare)
    rows = evaluation.compare(old, new)
    if arguments.json:
        sys.stdout.writelines(dumps(asdict(row)) + "\n" for row in rows)
    else:
        terminal.print_comparison(old, new, rows, evaluation.unlike(old, new))
    return 0
