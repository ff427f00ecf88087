"""Parts of a graph that get a page of their own: what is near one entity, a community of friends, the whole as a set of pages."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from kg.errors import NotFoundError
from kg.model import Graph, digest
from kg.views.network import communities_of
from kg.views.page import acting, weights
from kg.views.rank import chosen, pagerank
from kg.views.text import shown

LEAST = 3  # members of a community that has a page
MOST = 20  # communities, and entities, that have a page of their own in a set
MOST_TEXTS = 500  # documents


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a set: its file, the title of the page, the part of the graph it shows and whose page it is (None: not one entity's)."""

    file: str
    title: str
    graph: Graph
    entity_id: str | None = None


def within(graph: Graph, ids: AbstractSet[str]) -> Graph:
    """The part of a graph between these entities: claims with both ends among them, and what these claims rest on."""
    claims = [one for one in graph.claims if one.source.id in ids and (one.target is None or one.target.id in ids)]
    kept = {one.claim.id for one in claims}
    texts = {one.claim.document_id for one in claims}
    return replace(
        graph,
        documents=tuple(document for document in graph.documents if document.id in texts),
        entities=tuple(entity for entity in graph.entities if entity.id in ids),
        claims=tuple(claims),
        edges=tuple(edge for edge in graph.edges if edge.source_id in ids and edge.target_id in ids),
        links=tuple(link for link in graph.links if link.first_id in kept and link.second_id in kept),
    )


def drawn(graph: Graph, top: int | None = None) -> Graph:
    """The part that `render_html` draws with the same `top`."""
    return within(graph, chosen(acting(graph), weights(graph.claims), top))


def communities(graph: Graph) -> list[frozenset[str]]:
    """Groups of three entities or more that are friendly, or neutral, to each other more than to others; the largest first."""
    friendly = weights(one for one in graph.claims if one.claim.polarity >= 0)
    found = [one for one in communities_of(friendly) if len(one) >= LEAST]
    return sorted(found, key=lambda members: (-len(members), sorted(members)))


def _named(graph: Graph, ids: AbstractSet[str], number: int, count: int) -> str:
    """A title with the three that most claims are about: "Community 2 of 9: Morvania, Ostrel, Amina Sule"."""
    about = Counter(end.id for one in graph.claims for end in (one.source, one.target) if end and end.id in ids)
    names = {entity.id: entity.name for entity in graph.entities}
    first = sorted(ids, key=lambda entity: (-about[entity], entity))[:3]
    return f"Community {number} of {count}: {', '.join(shown(names[entity], limit=30) for entity in first)}"


def community(graph: Graph, number: int) -> tuple[str, Graph]:
    """The title and graph of the community of this number, from 1, the largest.

    Raises:
        NotFoundError: there are not so many.
    """
    found = communities(graph)
    if not 1 <= number <= len(found):
        there = f"there are {len(found):,} here, from 1" if found else f"there are none here of {LEAST} entities or more"
        raise NotFoundError(f"--community {number}: {there}")
    members = found[number - 1]
    return _named(graph, members, number, len(found)), within(graph, members)


def sheets(graph: Graph, title: str) -> Iterator[Sheet]:
    """The pages of a set: all (or the first 150 of more than 300), the largest communities, what is near the most spoken of."""
    yield Sheet("index.html", title, graph)
    found = communities(graph)
    for number, members in enumerate(found[:MOST], start=1):
        yield Sheet(f"community-{number}.html", _named(graph, members, number, len(found)), within(graph, members))
    pairs = weights(graph.claims)
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        near[one].add(other)
    rank = pagerank(acting(graph), pairs)
    names = {entity.id: entity.name for entity in graph.entities}
    for entity in sorted(near, key=lambda entity: (-rank[entity], entity))[:MOST]:
        part = within(graph, near[entity] | {entity})
        yield Sheet(f"around-{digest([entity])}.html", f"Around {shown(names[entity], limit=80)}", part, entity)


def telling(graph: Graph) -> list[str]:
    """The ids of the documents that have a page of their own in a set: those that make most claims, 500 at most."""
    counts = Counter(one.claim.document_id for one in graph.claims)
    return sorted(counts, key=lambda document: (-counts[document], document))[:MOST_TEXTS]


def text_files(graph: Graph) -> dict[str, str]:
    """The file of each document that has a page of its own in a set."""
    return {document: f"document-{digest([document])}.html" for document in telling(graph)}
