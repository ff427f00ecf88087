"""What a task of `kg eval` consists of: gold rows, answers, a judgement of each answer, and figures over all of them."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.evaluation.gold import GoldRow, Prediction
from kg.language import Parsed
from kg.pipeline.extractor import Extractor

type Figures = Mapping[str, float | int]  # whole numbers are counts; all else gets an interval


@dataclass(frozen=True, slots=True)
class Miss:
    """One wrong or missing answer. `cause`: its kind ("no cue", "wrong sign"); `weight`: the worst are shown first."""

    cause: str
    sentence: str
    gold: str
    found: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Judged[O]:
    """What the figures need to know of one row, and what was wrong in it."""

    outcome: O
    misses: tuple[Miss, ...] = ()


def _every(_row: object) -> str | None:
    return None


def _as_they_are(rows: Sequence[Any]) -> Sequence[Any]:
    return rows


@dataclass(frozen=True, slots=True)
class Task[R: GoldRow, A: Prediction, O]:
    """How one format of gold data is answered and judged.

    `field`: a field of the rows by which the format is known among those of the same task. `answer` is given the row and its text, parsed;
    it asks what `kg extract` uses, and nothing else. `judge` is given None for a row without an answer. `skip`: why a row is not scored.
    `gather`: the rows that lines make together, where a line is less than a text.
    `figures` are made of the outcomes of rows, in any number: intervals come from drawing them anew. `main`: the figure that a task is
    known by. `unit`: what outcomes have in common that are drawn together, as documents of one topic; without it each is drawn by itself.
    """

    name: str
    field: str
    row: type[R]
    prediction: type[A]
    answer: Callable[[Extractor, R, Parsed], A]
    judge: Callable[[R, A | None], Judged[O]]
    figures: Callable[[Sequence[O]], Figures]
    main: str
    skip: Callable[[R], str | None] = _every
    gather: Callable[[Sequence[R]], Sequence[R]] = _as_they_are
    unit: Callable[[O], Hashable] | None = None


type AnyTask = Task[Any, Any, Any]
