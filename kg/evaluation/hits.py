"""Precision, recall and F1 of things that are right or wrong as a whole: names, decisions."""

from collections.abc import Iterable
from typing import NamedTuple


class Hits(NamedTuple):
    """How many there are in the gold data, how many were answered, how many of these are right."""

    gold: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of the answers that are right; 0 where there are none."""
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        """The share of the gold that is found; 0 where there is none."""
        return self.right / max(1, self.gold)

    @property
    def f1(self) -> float:
        """The harmonic mean of both: 2 right / (gold + found)."""
        return 2 * self.right / max(1, self.gold + self.found)


def total(hits: Iterable[Hits]) -> Hits:
    """The hits of many rows together.

    >>> total([Hits(2, 1, 1), Hits(1, 3, 0)])
    Hits(gold=3, found=4, right=1)
    """
    return Hits(*map(sum, zip(*hits, strict=True)))
