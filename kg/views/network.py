"""A Graph as a plain networkx graph, for whatever networkx can do with it, and as the XML files that other programs read."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import networkx as nx

from kg.model import Edge, Graph
from kg.views.labels import edge_labels

_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no escape makes these legal, or keeps \r


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
    labels = edge_labels(graph)
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in sorted(graph.entities, key=lambda entity: entity.id):
        network.add_node(entity.id, name=entity.name, kind=entity.kind, aliases=entity.aliases, wikidata=entity.wikidata)
    for edge in sorted(graph.edges, key=lambda edge: edge.key):
        network.add_edge(edge.source_id, edge.target_id, key=edge.key, **_attributes(edge, labels.get(edge.key, edge.relation)))
    return network


def as_xml_value(value: Any) -> Any:
    r"""A value of an attribute as GraphML and GEXF know it: a list as JSON, text without the characters that XML forbids.

    >>> as_xml_value(("a; b", "c\x00")), as_xml_value("one\r\ntwo\ud800")
    ('["a; b", "c"]', 'one\ntwo')
    """
    if isinstance(value, tuple):
        return json.dumps([as_xml_value(item) for item in value], ensure_ascii=False)
    return _NOT_IN_XML.sub("", value) if isinstance(value, str) else value


def _for_xml(graph: Graph) -> "nx.MultiDiGraph[str]":
    """The network with plain attributes only; what is not known is left out."""
    network = to_networkx(graph)
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, attributes in network.nodes(data=True):
        kept = {name: as_xml_value(value) for name, value in attributes.items() if value is not None}
        plain.add_node(as_xml_value(node), label=kept["name"], **kept)
    for source, target, key, attributes in network.edges(keys=True, data=True):
        kept = {name: as_xml_value(value) for name, value in attributes.items() if value is not None}
        plain.add_edge(as_xml_value(source), as_xml_value(target), key=key, id=key, weight=attributes["claims"], **kept)
    return plain


def to_graphml(graph: Graph) -> Iterator[str]:
    """The network as lines of GraphML; characters that XML forbids are left out."""
    for line in nx.generate_graphml(_for_xml(graph), named_key_ids=True):
        yield f"{line}\n"


def to_gexf(graph: Graph) -> Iterator[str]:
    """The network as lines of GEXF, without the date on which it was written: same graph, same bytes."""
    for line in nx.generate_gexf(_for_xml(graph), version="1.2draft"):
        yield re.sub(r' lastmodifieddate="[^"]*"', "", line) + "\n"


def communities_of(weights: Mapping[tuple[str, str], float]) -> list[frozenset[str]]:
    """Groups that hold together, by Louvain's method on weighted pairs; numbers stand for ids, so that no order of hashes enters."""
    ids = sorted({end for pair in weights for end in pair})
    number = {entity: place for place, entity in enumerate(ids)}
    joined = nx.Graph()
    joined.add_nodes_from(range(len(ids)))
    joined.add_weighted_edges_from(sorted((number[one], number[other], weight) for (one, other), weight in weights.items() if one < other))
    found = nx.community.louvain_communities(joined, weight="weight", seed=1)
    return [frozenset(ids[member] for member in members) for members in found]
