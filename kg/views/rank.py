"""Which entities are shown when there are too many to look at: the first by weighted PageRank."""

from collections.abc import Iterable, Mapping

LIMIT = 300
TOP = 150
_DAMPING = 0.85
_ROUNDS = 60


def pagerank(entities: Iterable[str], weights: Mapping[tuple[str, str], float]) -> dict[str, float]:
    """How much attention each entity gets: weights are of pairs (who speaks of or acts on whom, both ways round), sums to one.

    Plain power iteration in a fixed order, rounded, so that the ranking is the same on every machine.
    """
    ids = sorted(entities)
    pairs = sorted((pair, weight) for pair, weight in weights.items() if weight > 0)
    total = dict.fromkeys(ids, 0.0)
    for (source, _), weight in pairs:
        total[source] += weight
    rank = dict.fromkeys(ids, 1 / len(ids)) if ids else {}
    for _ in range(_ROUNDS):
        loose = sum(rank[entity] for entity in ids if not total[entity])
        rest = (1 - _DAMPING + _DAMPING * loose) / len(ids)
        new = dict.fromkeys(ids, rest)
        for (source, target), weight in pairs:
            new[target] += _DAMPING * rank[source] * weight / total[source]
        rank = new
    return {entity: round(value, 9) for entity, value in rank.items()}


def chosen(entities: Iterable[str], weights: Mapping[tuple[str, str], float], top: int | None = None) -> frozenset[str]:
    """The entities to draw: all of them up to 300, above that the first 150; `top` sets another number, 0 means all."""
    ids = frozenset(entities)
    count = (len(ids) if len(ids) <= LIMIT else TOP) if top is None else (top or len(ids))
    if count >= len(ids):
        return ids
    rank = pagerank(ids, weights)
    return frozenset(sorted(ids, key=lambda entity: (-rank[entity], entity))[:count])
