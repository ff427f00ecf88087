"""Figures over counts of (gold label, predicted label), by scikit-learn, and correlation."""

from collections.abc import Mapping, Sequence
from statistics import StatisticsError, correlation
from typing import Literal

from kg.evaluation.scikit import f1

type Counts = Mapping[tuple[str, str], int]  # (gold, predicted) -> how often
NO_ANSWER = "(none)"


def f1_of(counts: Counts, labels: Sequence[str], average: Literal["micro", "macro"]) -> float:
    """F1 over `labels`; what is predicted outside them (`NO_ANSWER`) finds nothing, and counts as a miss of its gold label.

    >>> f1_of({("a", "a"): 1, ("b", "a"): 1}, ["a", "b"], "macro")  # a: P 1/2, R 1, F1 2/3; b: 0
    0.3333333333333333
    """
    if not counts or not labels:
        return 0.0
    gold, predicted = zip(*counts, strict=True)
    return f1(gold, predicted, labels, average, list(counts.values()))


def pearson(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Pearson's r; 0 where one of the two never varies, or there are fewer than two values.

    >>> round(pearson([3, 3, 0, -3], [3, 2, 1, -3]), 3)
    0.96
    """
    try:
        return correlation(xs, ys)
    except StatisticsError:
        return 0.0
