"""kg eval modality: whether what a marked word says happened, according to its sentence.

Scores are those of Lee et al. (2015), "Event detection and factuality assessment with non-expert supervision": 3 certainly happened,
-3 certainly did not, 0 unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.evaluation.gold import Fields, GoldRow, Prediction, Score, Stretch
from kg.evaluation.hits import Hits
from kg.evaluation.metrics import pearson
from kg.evaluation.task import Figures, Judged, Miss, Task
from kg.language import Parsed, Word
from kg.model import Modality, Span
from kg.pipeline.extractor import Extractor

SCORES: Mapping[Modality, float] = {
    "actual": 3,
    "likely": 2,
    "possible": 1,
    "planned": 1,
    "demanded": 0,
    "hypothetical": 0,
    "unknown": 0,
    "doubted": -1,
    "not_planned": -2,
    "denied": -3,
}
ACTUAL, NEGATIVE = 2.0, -1.0  # from here up, from here down
_NO_ANSWER = 0.0  # what counts for r and the error where there is no answer; for F1 it finds nothing


class Target(Stretch):
    """A marked word, and how sure the text is that what it says happened."""

    label: Score


class ModalityRow(GoldRow):
    """A sentence and the words that are asked about."""

    targets: list[Target]


class ScoredTarget(Fields):
    """A marked word and its score."""

    start: int
    end: int
    score: Score


class ModalityAnswer(Prediction):
    """The marked words that have an answer."""

    targets: list[ScoredTarget]


@dataclass(frozen=True, slots=True)
class Scores:
    """The labels of a row's targets and, in the same order, the scores found."""

    gold: tuple[float, ...]
    found: tuple[float | None, ...]


def answer(extractor: Extractor, row: ModalityRow, parsed: Parsed) -> ModalityAnswer:
    """The modality of each marked word, as a score."""
    heads = [(target, _head(parsed, target.span)) for target in row.targets]
    return ModalityAnswer(
        id=row.id,
        targets=[
            ScoredTarget(start=target.start, end=target.end, score=SCORES[extractor.modality(word)]) for target, word in heads if word
        ],
    )


def _head(parsed: Parsed, span: Span) -> Word | None:
    """The word of a stretch that the others hang on."""
    words = parsed.words_in(span)
    return next((word for word in words if word.head is word or word.head not in words), None)


def judge(row: ModalityRow, given: ModalityAnswer | None) -> Judged[Scores]:
    """The two scores of each target; a target that falls into another class than its label is a miss."""
    answered = {(one.start, one.end): one.score for one in given.targets} if given else {}
    found = tuple(answered.get((target.start, target.end)) for target in row.targets)
    misses = (_miss(row.text, target, score) for target, score in zip(row.targets, found, strict=True))
    return Judged(Scores(tuple(target.label for target in row.targets), found), tuple(miss for miss in misses if miss))


def _class(score: float | None) -> Literal["actual", "uncertain", "negative", "no answer"]:
    if score is None:
        return "no answer"
    if score >= ACTUAL:
        return "actual"
    return "negative" if score <= NEGATIVE else "uncertain"


def _miss(text: str, target: Target, score: float | None) -> Miss | None:
    gold, found = _class(target.label), _class(score)
    if gold == found:
        return None
    word = text[target.start : target.end]
    shown = "no answer" if score is None else f"{word} {score:g}"
    weight = abs(target.label - (_NO_ANSWER if score is None else score))
    return Miss(f"{gold} -> {found}", text, f"{word} {target.label:g}", shown, weight)


def figures(outcomes: Sequence[Scores]) -> Figures:
    """Pearson's r and the mean error over all targets, and F1 of those that are not actual (below 2)."""
    gold = [label for one in outcomes for label in one.gold]
    found = [score for one in outcomes for score in one.found]
    scores = [_NO_ANSWER if score is None else score for score in found]
    return {
        "pearson": pearson(gold, scores),
        "mae": sum(abs(label - score) for label, score in zip(gold, scores, strict=True)) / max(1, len(gold)),
        "not_actual_f1": _not_actual(gold, found).f1,
        "answered": sum(score is not None for score in found) / max(1, len(found)),
        "targets": len(gold),
    }


def _not_actual(gold: Sequence[float], found: Sequence[float | None]) -> Hits:
    """Targets that are not actual, as those to be found."""
    below = [score is not None and score < ACTUAL for score in found]
    right = sum(label < ACTUAL and under for label, under in zip(gold, below, strict=True))
    return Hits(sum(label < ACTUAL for label in gold), sum(below), right)


MODALITY = Task("modality", "targets", ModalityRow, ModalityAnswer, answer, judge, figures, main="pearson")
