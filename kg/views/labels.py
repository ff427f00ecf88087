"""What an edge is called."""

from collections import Counter, defaultdict

from kg.model import Graph


def edge_labels(graph: Graph) -> dict[str, str]:
    """The words shown for each edge, by its key: the most frequent label of its claims, of those the first of the alphabet."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for one in graph.claims:
        if one.edge_key:
            counted[one.edge_key][one.label] += 1
    return {key: min(labels, key=lambda label: (-labels[label], label)) for key, labels in counted.items()}
