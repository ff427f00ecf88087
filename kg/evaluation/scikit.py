"""What is used of scikit-learn; the one module that knows it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sklearn.ensemble import GradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from kg.stance.forest import Forest, Node, Split

_FOLDS = 5
_STEPS = 2000
_RATE, _LEAF, _ASKED = 0.1, 30, 30  # of boosted trees: how much each adds, samples in a leaf, features asked for a branch
_SLIGHT = 0.03  # labels less likely than this are not learned


def f1(
    gold: Sequence[str], predicted: Sequence[str], labels: Sequence[str], average: Literal["micro", "macro"], weights: Sequence[int]
) -> float:
    """F1 over `labels`, 0 where there is nothing to divide by; each pair counts as often as its weight says."""
    return float(f1_score(gold, predicted, labels=list(labels), average=average, sample_weight=weights, zero_division=0.0))


@dataclass(frozen=True, slots=True)
class Fitted:
    """A logistic model of yes-or-no features, and the chance it gives each sample when it is fitted without the sample's group."""

    bias: float
    weights: Mapping[str, float]
    chances: tuple[float, ...]


def logistic(samples: Sequence[Iterable[str]], labels: Sequence[bool], groups: Sequence[str], *, strength: float, least: int) -> Fitted:
    """Logistic regression with L2 regularisation; features that fewer than `least` samples have are left out.

    `groups`: samples of one group (the claims of a text) are never on both sides of the five-fold cross-validation.
    """
    often = Counter(feature for sample in samples for feature in set(sample))
    vectors = DictVectorizer()
    table = vectors.fit_transform([{feature: 1 for feature in sample if often[feature] >= least} for sample in samples])
    chances = [0.0] * len(labels)
    for inside, outside in GroupKFold(_FOLDS).split(table, labels, groups):
        fitted = _fit(table[inside], [labels[i] for i in inside], strength)
        for i, chance in zip(outside, fitted.predict_proba(table[outside])[:, 1].tolist(), strict=True):
            chances[i] = chance
    whole = _fit(table, labels, strength)
    weights = dict(zip(vectors.get_feature_names_out().tolist(), whole.coef_[0].tolist(), strict=True))
    return Fitted(float(whole.intercept_[0]), weights, tuple(chances))


def _fit(table: Any, labels: Sequence[bool], strength: float) -> Any:
    return LogisticRegression(C=strength, max_iter=_STEPS).fit(table, labels)


@dataclass(frozen=True, slots=True)
class Multinomial:
    """Weights by feature, one a label; `chances`: what each sample gets when it is fitted without the sample's group."""

    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    chances: tuple[tuple[float, ...], ...]


def multinomial(
    samples: Sequence[Mapping[str, float]],
    labels: Sequence[Sequence[float]],
    groups: Sequence[str] | None,
    *,
    strength: float,
    least: int,
) -> Multinomial:
    """Multinomial logistic regression with L2 regularisation; `labels`: of each sample, how likely each label is.

    Features that fewer than `least` samples have are left out. Without `groups` nothing is cross-validated.
    """
    often = Counter(feature for sample in samples for feature in sample)
    vectors = DictVectorizer()
    table = vectors.fit_transform([{feature: value for feature, value in sample.items() if often[feature] >= least} for sample in samples])
    chances: list[tuple[float, ...]] = [()] * len(samples)
    folds = GroupKFold(_FOLDS).split(table, None, groups) if groups is not None else ()
    for inside, outside in folds:
        part = _fit_soft(table[inside], [labels[i] for i in inside], strength)
        for i, found in zip(outside, part.predict_proba(table[outside]).tolist(), strict=True):
            chances[i] = tuple(found)
    whole = _fit_soft(table, labels, strength)
    weights = zip(vectors.get_feature_names_out().tolist(), map(tuple, whole.coef_.T.tolist()), strict=True)
    return Multinomial(tuple(whole.intercept_.tolist()), dict(weights), tuple(chances))


def _fit_soft(table: Any, labels: Sequence[Sequence[float]], strength: float) -> Any:
    """A sample counts for each label as much as that is likely."""
    parts = [(i, label, share) for i, shares in enumerate(labels) for label, share in enumerate(shares) if share > _SLIGHT]
    rows, hard, shares = zip(*parts, strict=True)
    return LogisticRegression(C=strength, max_iter=_STEPS).fit(table[list(rows)], hard, sample_weight=shares)


@dataclass(frozen=True, slots=True)
class Grown:
    """A forest for three answers; `chances`: what each sample gets when the trees are grown without the sample's group."""

    forest: Forest
    chances: tuple[tuple[float, ...], ...]


def boosted(samples: Sequence[Mapping[str, float]], labels: Sequence[int], groups: Sequence[str], *, trees: int, least: int) -> Grown:
    """Gradient boosting of small trees, each of a part of the samples and each branch of a few features; the same trees each time.

    `labels`: 0, 1 or 2, each of which some sample must have. Features that fewer than `least` samples have are left out.
    """
    often = Counter(feature for sample in samples for feature in sample)
    vectors = DictVectorizer(sparse=False)
    table = vectors.fit_transform([{feature: value for feature, value in sample.items() if often[feature] >= least} for sample in samples])
    chances: list[tuple[float, ...]] = [()] * len(samples)
    for inside, outside in GroupKFold(_FOLDS).split(table, None, groups):
        part = _boost(table[inside], [labels[i] for i in inside], trees)
        for i, found in zip(outside, part.predict_proba(table[outside]).tolist(), strict=True):
            chances[i] = tuple(found)
    return Grown(_forest(_boost(table, labels, trees), vectors, table), tuple(chances))


def _boost(table: Any, labels: Sequence[int], trees: int) -> Any:
    small = {"max_leaf_nodes": 8, "max_depth": None, "min_samples_leaf": min(_LEAF, len(labels) // 8)}
    part = {"subsample": 0.6, "max_features": min(_ASKED, table.shape[1]), "random_state": 0}
    return GradientBoostingClassifier(n_estimators=trees, learning_rate=_RATE, **small, **part).fit(table, labels)


def _forest(fitted: Any, vectors: DictVectorizer, table: Any) -> Forest:
    names = vectors.get_feature_names_out().tolist()
    none, good, bad = (tuple(_node(stage.tree_, names, 0) for stage in fitted.estimators_[:, answer]) for answer in range(3))
    grown = Forest((0.0, 0.0, 0.0), (none, good, bad))
    one = dict(zip(names, table[0].tolist(), strict=True))
    first, second, third = (
        whole - part for whole, part in zip(fitted.decision_function(table[:1])[0].tolist(), grown.scores(one), strict=True)
    )
    return replace(grown, bias=(first, second, third))


def _node(tree: Any, names: Sequence[str], at: int) -> Node:
    low, high = int(tree.children_left[at]), int(tree.children_right[at])
    if low == high:
        return float(tree.value[at][0][0]) * _RATE
    ends = [_node(tree, names, one) for one in (low, high)]
    shares = [float(tree.weighted_n_node_samples[one]) for one in (low, high)]
    mean = sum(share * (end.value if isinstance(end, Split) else end) for share, end in zip(shares, ends, strict=True)) / sum(shares)
    return Split(names[tree.feature[at]], float(tree.threshold[at]), mean, *ends)
