"""How far a figure may lie from the truth: percentile bootstrap over rows (Efron and Tibshirani 1993, chapter 13)."""

from collections.abc import Callable, Hashable, Sequence
from itertools import chain
from random import Random

from kg.evaluation.task import Figures

RESAMPLES = 500
_SEED = 20240229


def intervals[O](
    outcomes: Sequence[O],
    figures: Callable[[Sequence[O]], Figures],
    *,
    unit: Callable[[O], Hashable] | None = None,
    resamples: int = RESAMPLES,
) -> dict[str, tuple[float, float]]:
    """The 95 % interval of each figure that is no count, when rows (sentences, documents) are drawn anew with replacement.

    Rows of one `unit` are drawn together. The same rows give the same intervals. One unit, or none, tells nothing: no interval.
    """
    units = _units(outcomes, unit)
    if len(units) < 2 or not resamples:
        return {}
    chance = Random(_SEED)  # noqa: S311 - drawing rows, not secrets
    drawn = [figures(list(chain.from_iterable(chance.choices(units, k=len(units))))) for _ in range(resamples)]
    names = [name for name, value in figures(outcomes).items() if not isinstance(value, int)]
    return {name: _middle(sorted(one[name] for one in drawn)) for name in names}


def _units[O](outcomes: Sequence[O], unit: Callable[[O], Hashable] | None) -> list[list[O]]:
    if unit is None:
        return [[outcome] for outcome in outcomes]
    units: dict[Hashable, list[O]] = {}
    for outcome in outcomes:
        units.setdefault(unit(outcome), []).append(outcome)
    return list(units.values())


def _middle(values: Sequence[float]) -> tuple[float, float]:
    """The 2.5 and 97.5 percentiles of sorted values."""
    last = len(values) - 1
    return values[round(0.025 * last)], values[round(0.975 * last)]
