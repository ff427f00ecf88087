"""How well two partitions of mentions agree: the CoNLL figure, by scorch; the one module that knows it.

MUC (Vilain et al. 1995) counts links, B³ (Bagga and Baldwin 1998) mentions, CEAF-e (Luo 2005) clusters; the CoNLL figure is the mean of
their F1 (Pradhan et al. 2014, "Scoring coreference partitions of predicted mentions").
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from statistics import fmean, harmonic_mean
from typing import Any

import networkx as nx
from scorch.scores import b_cubed, ceaf_e, muc

type Cluster[M: Hashable] = frozenset[M]
type Clusters = Sequence[Cluster[Any]]
type Counts = tuple[
    float, ...
]  # for each measure: how much of the key is found, of how much; how much of the response is right, of how much


def _links(clusters: Clusters) -> int:
    return sum(len(cluster) - 1 for cluster in clusters)


def _mentions(clusters: Clusters) -> int:
    return sum(map(len, clusters))


_MEASURES: Mapping[str, tuple[Callable[[Clusters, Clusters], tuple[float, float, float]], Callable[[Clusters], int]]] = {
    "muc": (muc, _links),
    "b_cubed": (b_cubed, _mentions),
    "ceaf_e": (ceaf_e, len),
}
MEASURES = tuple(_MEASURES)


def clusters_of[M: Hashable, G: Hashable](groups: Iterable[tuple[G, M]]) -> list[Cluster[M]]:
    """The mentions of each group as a cluster, without those that stand alone; a mention belongs to the first group that names it."""
    members: dict[G, set[M]] = defaultdict(set)
    seen: set[M] = set()
    for group, mention in groups:
        if mention not in seen:
            seen.add(mention)
            members[group].add(mention)
    return [frozenset(cluster) for cluster in members.values() if len(cluster) > 1]


def without[M: Hashable](clusters: Iterable[Cluster[M]], left_out: AbstractSet[M]) -> list[Cluster[M]]:
    """The clusters without these mentions."""
    return clusters_of((i, mention) for i, cluster in enumerate(clusters) for mention in cluster - left_out)


def counts_of(key: Clusters, response: Clusters) -> Counts:
    """How far the clusters of a document agree, as counts that may be added up over documents."""
    alien = set().union(*key).isdisjoint(set().union(*response))  # nothing in common: all is 0, and scorch would divide by it
    made: list[float] = []
    for measure, size in _MEASURES.values():
        recall, precision = (0.0, 0.0) if alien else map(float, measure(key, response)[:2])
        made += (recall * size(key), size(key), precision * size(response), size(response))
    return tuple(made)


def f1_by_measure(counts: Iterable[Counts]) -> dict[str, float]:
    """The F1 of each measure over documents together.

    >>> f1_by_measure([counts_of([frozenset("abc")], [frozenset("ab")])])  # recall 1/2, 4/9, 4/5; precision 1, 1, 4/5
    {'muc': 0.6666666666666666, 'b_cubed': 0.6153846153846154, 'ceaf_e': 0.8}
    """
    totals = [sum(column) for column in zip(*counts, strict=True)] or [0.0] * 4 * len(MEASURES)
    shares = [part / whole if whole else 0.0 for part, whole in zip(totals[::2], totals[1::2], strict=True)]
    return {name: harmonic_mean(shares[2 * i : 2 * i + 2]) for i, name in enumerate(MEASURES)}


def conll_f1(counts: Iterable[Counts]) -> float:
    """The mean of the three measures' F1."""
    return fmean(f1_by_measure(counts).values())


def parts(key: Clusters, response: Clusters) -> Iterator[tuple[Clusters, Clusters]]:
    """The clusters in parts that share no mention: their counts add up to those of the whole, and are found much faster."""
    home = {mention: i for i, cluster in enumerate(key) for mention in cluster}
    graph = nx.Graph()
    graph.add_nodes_from(range(len(key) + len(response)))
    for j, cluster in enumerate(response, len(key)):
        graph.add_edges_from((home[mention], j) for mention in cluster if mention in home)
    for nodes in nx.connected_components(graph):
        yield [key[i] for i in nodes if i < len(key)], [response[i - len(key)] for i in nodes if i >= len(key)]
