"""A Graph as a plain networkx graph, for whatever networkx can do with it."""

from collections import Counter, defaultdict
from typing import Any

import networkx as nx

from kg.model import Edge, Graph


def _labels(graph: Graph) -> dict[str, str]:
    """The words shown for each edge: the most frequent label of its claims, of those the first of the alphabet."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for one in graph.claims:
        if one.edge_key:
            counted[one.edge_key][one.label] += 1
    return {key: min(labels, key=lambda label: (-labels[label], label)) for key, labels in counted.items()}


def _attributes(edge: Edge, label: str) -> dict[str, Any]:
    return {
        "relation": edge.relation,
        "modality_class": edge.modality_class,
        "polarity": edge.polarity,
        "claims": edge.claims,
        "documents": edge.documents,
        "outlets": edge.outlets,
        "first": edge.first,
        "last": edge.last,
        "confidence": edge.confidence,
        "label": label,
    }


def to_networkx(graph: Graph) -> "nx.MultiDiGraph[str]":
    """Entities as nodes by their id, edges keyed by their edge key; every entity is there, also those no claim speaks of.

    >>> to_networkx(graph).edges["group:taliban", "group:isis-k", key]["label"]  # doctest: +SKIP
    'at odds'
    """
    labels = _labels(graph)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in sorted(graph.entities, key=lambda entity: entity.id):
        network.add_node(entity.id, name=entity.name, kind=entity.kind, aliases=entity.aliases)
    for edge in sorted(graph.edges, key=lambda edge: edge.key):
        network.add_edge(edge.source_id, edge.target_id, key=edge.key, **_attributes(edge, labels.get(edge.key, edge.relation)))
    return network
