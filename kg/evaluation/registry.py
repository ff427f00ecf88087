"""The tasks of kg eval by name, and the sets that `kg eval --all` runs."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from kg.errors import NotFoundError, SettingsError
from kg.evaluation.evaluating import evaluate
from kg.evaluation.report import OnRow, Report, Rows
from kg.evaluation.task import AnyTask
from kg.pipeline.extractor import Extractor
from kg.settings import Settings

NAMES = ("stance", "acts", "events", "modality", "attribution", "actors", "coreference", "linking", "claims", "speed")


def tasks_named(name: str) -> tuple[AnyTask, ...]:
    """The formats of a task, each with how it is answered and judged.

    Raises:
        SettingsError: there is no such task, or a library that only `kg eval` needs is not installed.
    """
    if name not in NAMES:
        raise SettingsError(f"unknown task {name}; known: {' '.join(NAMES)}")
    try:
        return _formats()[name]
    except ModuleNotFoundError as error:
        raise SettingsError(f"kg eval needs {error.name}: pip install 'stancegraph[eval]'") from error


def _formats() -> dict[str, tuple[AnyTask, ...]]:
    from kg.evaluation.acts import ACTS
    from kg.evaluation.events import GSR, UNIT
    from kg.evaluation.stance import STANCE

    return {
        "stance": (STANCE,),
        "acts": (ACTS,),
        "events": (GSR, UNIT),
    }


def run(
    task: str,
    data: Path,
    *,
    settings: Settings,
    given: Path | None = None,
    predictions: Path | None = None,
    rows: Rows = "all",
    final: bool = False,
    on_row: OnRow | None = None,
) -> Report:
    """The figures of one task on one file (see `evaluate`)."""
    formats = tasks_named(task)
    return evaluate(
        formats,
        data,
        extractor=None if given else Extractor(settings),
        given=given,
        predictions=predictions,
        which=rows,
        final=final,
        on_row=on_row,
    )


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A set that has a place in the README's table: which figures are shown, and what others reach."""

    task: str
    data: str
    show: tuple[str, ...]
    others: str = ""
    rows: Rows = "all"


def gold_sets() -> tuple[GoldSet, ...]:
    """The sets of `sets.toml`, in the order of the table."""
    listed: list[dict[str, Any]] = tomllib.loads(resources.files("kg.evaluation").joinpath("sets.toml").read_text("utf8"))["sets"]
    return tuple(GoldSet(**one | {"show": tuple(one["show"])}) for one in listed)


def run_all(
    folder: Path, *, settings: Settings, on_set: Callable[[str], None] | None = None, on_row: OnRow | None = None
) -> Iterator[tuple[GoldSet, Report]]:
    """The development part of every set that lies in a folder, one after the other; what is not there is left out.

    Raises:
        NotFoundError: not one of the sets is there.
    """
    there = [one for one in gold_sets() if (folder / one.data).is_file()]
    if not there:
        raise NotFoundError(f"{folder}: none of the sets that kg eval knows ({gold_sets()[0].data} ...)")
    extractor = Extractor(settings)
    for one in there:
        if on_set:
            on_set(one.data)
        yield one, evaluate(tasks_named(one.task), folder / one.data, extractor=extractor, which=one.rows, on_row=on_row)
