"""kg eval: gold rows in, answers of the extractor or of a file beside them, figures out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kg.errors import InputError, SettingsError
from kg.evaluation.bootstrap import intervals
from kg.evaluation.gold import GoldRow, Prediction, first_fields, read_lines
from kg.evaluation.task import AnyTask, Figures, Miss
from kg.model import Document, content_hash, document_id
from kg.pipeline.extractor import Extractor

type OnRow = Callable[[int, int], None]  # rows done, rows in all
type Rows = Literal["all", "even", "odd"]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one task on one file, with their 95 % intervals; `skipped` counts rows that are not scored by their reason."""

    task: str
    data: str
    rows: int
    skipped: Mapping[str, int]
    figures: Figures
    intervals: Mapping[str, tuple[float, float]]
    main: str
    misses: tuple[Miss, ...]


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
        if on_row:
            on_row(i, len(rows))
        yield task.answer(extractor, row, parsed)


def document_of_row(row: GoldRow) -> Document:
    """The text of a row as it stands, so that offsets hold; its date is the day of publication."""
    return Document(document_id(None, row.text), content_hash(row.text), row.text, published=getattr(row, "date", None))


def report(task: AnyTask, data: str, rows: Sequence[Any], predictions: Iterable[Prediction]) -> Report:
    """The figures of these predictions; a row without one counts as not answered."""
    given = {prediction.id: prediction for prediction in predictions}
    reasons = [task.skip(row) for row in rows]
    judged = [task.judge(row, given.get(row.id)) for row, reason in zip(rows, reasons, strict=True) if reason is None]
    outcomes = [one.outcome for one in judged]
    skipped = {reason: reasons.count(reason) for reason in dict.fromkeys(reasons) if reason is not None}
    misses = tuple(miss for one in judged for miss in one.misses)
    return Report(task.name, data, len(outcomes), skipped, task.figures(outcomes), intervals(outcomes, task.figures), task.main, misses)


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


def check_choice(which: str) -> None:
    """Raises SettingsError where `which` names no choice of rows."""
    if which not in {"all", "even", "odd"}:
        raise SettingsError(f"unknown option value --rows {which}: all, even or odd")
