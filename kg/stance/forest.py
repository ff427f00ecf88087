"""Boosted trees: each asks a few features and gives a number; the sums for each answer make its chance.

Friedman 2001, "Greedy function approximation: a gradient boosting machine". What a tree asks is `feature <= most`; what is no feature of a
sample is 0. `kg.training.votes` grows them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

type Three = tuple[float, float, float]  # nothing, for, against
type Node = Split | float

UNIT = 1000  # numbers are written in thousandths


@dataclass(frozen=True, slots=True)
class Split:
    """Where a tree branches; `value`: the mean of what grows here, weighed by how many samples each leaf had."""

    feature: str
    most: float
    value: float
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class Forest:
    """The trees of each of the three answers."""

    bias: Three
    trees: tuple[tuple[Node, ...], tuple[Node, ...], tuple[Node, ...]]

    def scores(self, features: Mapping[str, float]) -> Three:
        """The sum of the trees of each answer.

        >>> Forest((0.0, 0.0, 0.0), ((), (Split("says", 0.5, 0.0, -1.0, 1.0),), ())).scores({"says": 1.0})
        (0.0, 1.0, 0.0)
        """
        none, good, bad = (bias + sum(_leaf(tree, features) for tree in trees) for bias, trees in zip(self.bias, self.trees, strict=True))
        return none, good, bad

    def pulls(self, features: Mapping[str, float], answer: int) -> dict[str, float]:
        """What each feature does to the score of an answer over that of nothing: the steps it makes on the ways through the trees.

        With the features of nothing known they sum up to the scores (Saabas 2014, "Interpreting random forests").
        """
        pull: Counter[str] = Counter()
        for sign, trees in ((1, self.trees[answer]), (-1, self.trees[0])):
            for tree in trees:
                for feature, step in _steps(tree, features):
                    pull[feature] += sign * step  # type: ignore[assignment]  # counts of floats
        return dict(pull)

    def lines(self) -> Iterator[tuple[str, int, int]]:
        """A line a node: its feature (a leaf has none), where it branches and its value, in thousandths; what grows low comes first."""
        for trees in self.trees:
            yield "", len(trees), 0
            for tree in trees:
                yield from _written(tree)


def forest_of(bias: Three, lines: Iterable[tuple[str, int, int]]) -> Forest:
    """The forest that gave these lines."""
    rest = iter(lines)
    none, good, bad = (tuple(_grown(rest) for _ in range(next(rest)[1])) for _ in bias)
    return Forest(bias, (none, good, bad))


def _leaf(node: Node, features: Mapping[str, float]) -> float:
    while isinstance(node, Split):
        node = node.low if features.get(node.feature, 0.0) <= node.most else node.high
    return node


def _steps(node: Node, features: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    while isinstance(node, Split):
        below = node.low if features.get(node.feature, 0.0) <= node.most else node.high
        yield node.feature, (below.value if isinstance(below, Split) else below) - node.value
        node = below


def _written(node: Node) -> Iterator[tuple[str, int, int]]:
    if not isinstance(node, Split):
        yield "", 0, round(node * UNIT)
        return
    yield node.feature, round(node.most * UNIT), round(node.value * UNIT)
    yield from _written(node.low)
    yield from _written(node.high)


def _grown(lines: Iterator[tuple[str, int, int]]) -> Node:
    feature, most, value = next(lines)
    return Split(feature, most / UNIT, value / UNIT, _grown(lines), _grown(lines)) if feature else value / UNIT
