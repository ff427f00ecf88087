"""kg eval: gold rows in, answers of the extractor or of a file beside them, figures out."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import kg
from kg.api.files import check_outputs, written
from kg.errors import InputError, SettingsError
from kg.evaluation.bootstrap import RESAMPLES, intervals
from kg.evaluation.gold import GoldRow, Prediction, first_fields, read_lines
from kg.evaluation.parts import check_final, log_run
from kg.evaluation.report import OnRow, Report, Rows, report_to_json
from kg.evaluation.task import AnyTask
from kg.model import Document, content_hash, document_id
from kg.pipeline.extractor import Extractor


def task_for(tasks: Sequence[AnyTask], path: Path) -> AnyTask:
    """The one of several formats that a file is in, by the fields of its first line; the first where none fits."""
    fields = first_fields(path)
    return next((task for task in tasks if task.field in fields), tasks[0])


def chosen(rows: Sequence[GoldRow], which: Rows) -> list[GoldRow]:
    """All rows, or every other one: the first of a file is row 0, an even one."""
    return list(rows) if which == "all" else list(rows[which == "odd" :: 2])


def answers(task: AnyTask, extractor: Extractor, rows: Sequence[GoldRow], on_row: OnRow | None = None) -> Iterator[Prediction]:
    """What the extractor answers to each row, in their order."""
    documents = (document_of_row(row) for row in rows)
    for i, (row, parsed) in enumerate(zip(rows, extractor.parse(documents), strict=True)):
        yield task.answer(extractor, row, parsed)
        if on_row:
            on_row(i + 1, len(rows))


def document_of_row(row: GoldRow) -> Document:
    """The text of a row as it stands, so that offsets hold; its date is the day of publication."""
    return Document(document_id(None, row.text), content_hash(row.text), row.text, published=getattr(row, "date", None))


def report(
    task: AnyTask, data: str, rows: Sequence[Any], predictions: Iterable[Prediction], *, extractor: str = "", resamples: int = RESAMPLES
) -> Report:
    """The figures of these predictions; a row without one counts as not answered. `resamples`: 0 gives no intervals."""
    given = {prediction.id: prediction for prediction in predictions}
    reasons = [task.skip(row) for row in rows]
    judged = [task.judge(row, given.get(row.id)) for row, reason in zip(rows, reasons, strict=True) if reason is None]
    outcomes = [one.outcome for one in judged]
    return Report(
        task=task.name,
        data=data,
        rows=len(outcomes),
        skipped={reason: reasons.count(reason) for reason in dict.fromkeys(reasons) if reason is not None},
        figures=task.figures(outcomes),
        intervals=intervals(outcomes, task.figures, unit=task.unit, resamples=resamples),
        main=task.main,
        misses=tuple(miss for one in judged for miss in one.misses),
        date=datetime.now(UTC).date().isoformat(),
        version=kg.__version__,
        extractor=extractor,
    )


def read_predictions(task: AnyTask, path: Path, rows: Sequence[GoldRow]) -> list[Prediction]:
    """The predictions of a file, each to a row of the gold data.

    Raises:
        NotFoundError: no such file.
        InputError: it is empty, a line is not of this task, or belongs to no row.
    """
    predictions: list[Prediction] = read_lines(path, task.prediction)
    known = {row.id for row in rows}
    for prediction in predictions:
        if prediction.id not in known:
            raise InputError(str(path), f"id: no row {prediction.id!r} in the gold data")
    return predictions


def rows_of(task: AnyTask, path: Path, which: Rows = "all") -> list[Any]:
    """The rows of a file that are scored.

    Raises:
        NotFoundError, InputError: see `read_lines`.
        SettingsError: `which` names no choice of rows.
    """
    if which not in {"all", "even", "odd"}:
        raise SettingsError(f"unknown option value --rows {which}: all, even or odd")
    return chosen(list(task.gather(read_lines(path, task.row))), which)


def evaluate(
    tasks: Sequence[AnyTask],
    data: Path,
    *,
    extractor: Extractor | None,
    given: Path | None = None,
    predictions: Path | None = None,
    which: Rows = "all",
    final: bool = False,
    on_row: OnRow | None = None,
    resamples: int = RESAMPLES,
) -> Report:
    """The figures of an extractor on a file in one of the formats of a task, or those of the predictions in the file `given`.

    `predictions`: where the answers are written, one line a row, whole or not at all. A test part needs `final`, and the run is logged.

    Raises:
        NotFoundError: no such file.
        InputError: a file is empty or a line of it is not of this task; file, line and field are named.
        SettingsError: an option is not valid, or a test part was given without `final`.
    """
    check_final(data, final=final)
    check_outputs([predictions] if predictions else [], [data, *([given] if given else [])])
    task = task_for(tasks, data)
    rows = rows_of(task, data, which)
    found = read_predictions(task, given, rows) if given else answered(task, extractor, rows, on_row)
    if predictions:
        write_predictions(found, predictions)
    name = f"{data.parent.name}/{data.name}" + ("" if which == "all" else f" ({which} rows)")
    asked = extractor.extractor if extractor and not given else ""
    made = report(task, name, rows, found, extractor=asked, resamples=resamples)
    if final:
        log_run(report_to_json(made))
    return made


def write_predictions(predictions: Iterable[Prediction], path: Path) -> None:
    """One line a row, whole or not at all."""
    with written(path) as file:
        file.writelines(prediction.model_dump_json() + "\n" for prediction in predictions)


def answered(task: AnyTask, extractor: Extractor | None, rows: Sequence[Any], on_row: OnRow | None) -> list[Prediction]:
    """The extractor's answers; there must be one."""
    if extractor is None:
        raise TypeError("an extractor or given predictions are needed")
    return list(answers(task, extractor, rows, on_row))
