"""The tasks of kg eval by name, and the sets that `kg eval --all` runs."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, cast

from kg.api.files import check_outputs
from kg.api.opening import Inputs, Named, settings_of
from kg.errors import NotFoundError, SettingsError
from kg.evaluation.benching import bench
from kg.evaluation.changes import Changes, changes
from kg.evaluation.claim_data import ClaimsAnswer
from kg.evaluation.evaluating import answered, evaluate, read_predictions, rows_of, write_predictions
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
    from kg.evaluation.across import ACROSS
    from kg.evaluation.actors import ACTORS
    from kg.evaluation.acts import ACTS
    from kg.evaluation.attribution import ATTRIBUTION
    from kg.evaluation.claims import CLAIMS
    from kg.evaluation.coreference import GUM
    from kg.evaluation.events import GSR, UNIT
    from kg.evaluation.linking import RSS, WIKI
    from kg.evaluation.modality import MODALITY
    from kg.evaluation.pronouns import GAP
    from kg.evaluation.stance import STANCE
    from kg.evaluation.triplets import RE3D, SEESAW

    return {
        "stance": (STANCE,),
        "acts": (ACTS,),
        "events": (GSR, UNIT),
        "modality": (MODALITY,),
        "attribution": (ATTRIBUTION,),
        "actors": (ACTORS,),
        "coreference": (GAP, GUM, ACROSS),
        "linking": (RSS, WIKI),
        "claims": (CLAIMS, SEESAW, RE3D),
    }


def eval_(
    task: str,
    data: Named,
    *,
    given: Named | None = None,
    predictions: Named | None = None,
    rows: Rows = "all",
    final: bool = False,
    model: str | None = None,
    gazetteers: Inputs = (),
    ontologies: Inputs = (),
    on_row: OnRow | None = None,
) -> Report:
    """How well kg reads, measured by one task on one file of gold data (`kg eval --help` lists the tasks and their formats).

    `given`: predictions to score instead of reading the texts. `predictions`: where the answers are written, one line a row, whole or not
    at all. `rows`: "all", "even" or "odd"; the first is row 0. A test part needs `final`, and the run is logged in data/test_runs.json.

    Raises:
        NotFoundError: no such file.
        InputError: a file is empty or a line of it is not of this task; file, line and field are named.
        SettingsError: an option is not valid, or a test part was given without `final`.
    """
    settings = settings_of(model=model, gazetteers=gazetteers, ontologies=ontologies)
    if task == "speed":
        return _speed(Path(data), settings)
    return evaluate(
        tasks_named(task),
        Path(data),
        extractor=None if given else Extractor(settings),
        given=Path(given) if given else None,
        predictions=Path(predictions) if predictions else None,
        which=rows,
        final=final,
        on_row=on_row,
    )


def against(
    data: Named,
    old: Named,
    *,
    given: Named | None = None,
    predictions: Named | None = None,
    model: str | None = None,
    gazetteers: Inputs = (),
    ontologies: Inputs = (),
    on_row: OnRow | None = None,
) -> Changes:
    """What became of the claims of an earlier run (`old`: its predictions) on the same gold data, and whether for the better.

    Options as of `eval_`.

    Raises:
        NotFoundError, InputError, SettingsError: as of `eval_`.
    """
    task = tasks_named("claims")[0]
    check_outputs([Path(predictions)] if predictions else [], [Path(data), Path(old), *([Path(given)] if given else [])])
    rows = rows_of(task, Path(data))
    before = read_predictions(task, Path(old), rows)
    extractor = None if given else Extractor(settings_of(model=model, gazetteers=gazetteers, ontologies=ontologies))
    after = read_predictions(task, Path(given), rows) if given else answered(task, extractor, rows, on_row)
    if predictions:
        write_predictions(after, Path(predictions))
    return changes(cast("list[ClaimsAnswer]", before), cast("list[ClaimsAnswer]", after), rows)


def _speed(data: Path, settings: Settings) -> Report:
    """Words a second of reading beside bare spaCy; in the place of intervals, the lowest and the highest of the rounds."""
    made = bench(data, parts=("reading",), settings=settings)
    figures = {name.removeprefix("reading."): figure for name, figure in made.figures.items()}
    return Report(
        task="speed",
        data=f"{data.parent.name}/{data.name}",
        rows=made.documents,
        skipped={"could not be read": made.failures} if made.failures else {},
        figures={name: figure.value for name, figure in figures.items()},
        intervals={name: (min(figure.rounds), max(figure.rounds)) for name, figure in figures.items()},
        main="ratio",
        misses=(),
        date=made.date,
        version=made.version,
        extractor=made.extractor,
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


def eval_all(
    folder: Named,
    *,
    model: str | None = None,
    gazetteers: Inputs = (),
    ontologies: Inputs = (),
    on_set: Callable[[str], OnRow] | None = None,
) -> Iterator[tuple[GoldSet, Report]]:
    """The development part of every set that lies in a folder, one after the other; what is not there is left out.

    `on_set` is told the name of each set, and gives what is told its rows.

    Raises:
        NotFoundError: not one of the sets is there.
        InputError: a line is not of its task.
    """
    there = [one for one in gold_sets() if (Path(folder) / one.data).is_file()]
    if not there:
        raise NotFoundError(f"{folder}: none of the sets that kg eval knows ({gold_sets()[0].data} ...)")
    settings = settings_of(model=model, gazetteers=gazetteers, ontologies=ontologies)
    extractor = Extractor(settings)
    for one in there:
        data, on_row = Path(folder) / one.data, on_set(one.data) if on_set else None
        if one.task == "speed":
            yield one, _speed(data, settings)
        else:
            yield one, evaluate(tasks_named(one.task), data, extractor=extractor, which=one.rows, on_row=on_row)
