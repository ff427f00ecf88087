"""A Graph as a page to look at, a pyvis or networkx graph, a table. Each library is loaded by the function that needs it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.model import Document, Entity, Graph, ResolvedClaim
from kg.ontology import Ontology

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from kg.views.document import Named
    from kg.views.html import ClaimNetwork
    from kg.views.shell import PageText
    from kg.views.svg import Svg

__all__ = [
    "community",
    "csv_lines",
    "documents_with_page",
    "drawn",
    "frame",
    "notebook_frame",
    "pyvis_by_itself",
    "render_document",
    "render_html",
    "render_pages",
    "shown_in_notebook",
    "to_csv",
    "to_gexf",
    "to_graphml",
    "to_matrix",
    "to_networkx",
    "to_pandas",
    "to_pyvis",
    "to_timeline",
]


def render_html(graph: Graph, ontology: Ontology, *, title: str | None = None, top: int | None = None) -> str:
    """The graph as one self-contained HTML page that needs no network and lets no text of others run; same graph, same bytes.

    Of more than 300 entities the first 150 by weighted PageRank are drawn; `top` sets another number, 0 draws all.
    """
    page: str = to_pyvis(graph, ontology, title=title, top=top).generate_html()
    return page


def render_pages(
    graph: Graph, ontology: Ontology, *, top: int | None = None, named: Mapping[str, Sequence["Named"]] | None = None
) -> Iterator[tuple[str, str]]:
    """The graph as pages for one folder that lead to each other, as (file, HTML): `index.html`, the 20 largest communities, what is
    near each of the 20 entities that most is said about, and the texts of the 500 documents that claim most. `top` as in `render_html`;
    `named`: mentions by the id of their document, as in `render_document`.
    """
    from kg.views import html

    return html.page_set(graph, ontology, top=top, named=named or {})


def documents_with_page(graph: Graph) -> list[str]:
    """The ids of the documents that get a page of their own in `render_pages`."""
    from kg.views import parts

    return parts.telling(graph)


def render_document(graph: Graph, ontology: Ontology, document_id: str, *, named: "Sequence[Named]" = ()) -> "PageText":
    """A document of the graph as one self-contained page: its text with actors and cues marked, its claims beside it.

    `named`: all its mentions; without them those are marked that play a part in a claim.

    Raises:
        KeyError: the graph has no such document.
    """
    from kg.views import document_html

    document = {one.id: one for one in graph.documents}[document_id]
    return document_html.document_page(graph, ontology, document, named=named)


def community(graph: Graph, number: int) -> tuple[str, Graph]:
    """Title and graph of a community: entities that are friendly, or neutral, to each other more than to others; 1 is the largest.

    Raises:
        NotFoundError: there are not so many of three entities or more.
    """
    from kg.views import parts

    return parts.community(graph, number)


def drawn(graph: Graph, top: int | None = None) -> Graph:
    """The part of a graph that `render_html` draws with the same `top`."""
    from kg.views import parts

    return parts.drawn(graph, top)


def to_pyvis(graph: Graph, ontology: Ontology, *, title: str | None = None, top: int | None = None) -> "ClaimNetwork":
    """The graph as a pyvis Network, whose `write_html("graph.html")` writes the same page as `render_html`; arguments as there."""
    from kg.views import html

    return html.network_of(graph, ontology, title=html.TITLE if title is None else title, top=top)


def to_networkx(graph: Graph) -> "nx.MultiDiGraph[str]":
    """The graph as networkx' MultiDiGraph: entities by id, edges by edge key, every count as an attribute."""
    from kg.views import network

    return network.to_networkx(graph)


def to_pandas(graph: Graph, of: str = "claims") -> "pd.DataFrame":
    """The `claims`, `entities`, `edges` or `documents` as a table, a row each.

    Raises:
        KgError: no such table, or pandas is not installed.
    """
    from kg.views import tables

    return tables.to_pandas(graph, of)


def to_csv(claims: Graph | Iterable[tuple[ResolvedClaim, Document]]) -> Iterator[str]:
    """Claims, of a graph or as they come, as lines of CSV, one row a claim; columns as in `to_pandas`."""
    from kg.views import tables

    return tables.to_csv(claims)


def to_graphml(graph: Graph) -> Iterator[str]:
    """Actors and the lines between them as GraphML."""
    from kg.views import network

    return network.to_graphml(graph)


def to_gexf(graph: Graph) -> Iterator[str]:
    """Actors and the lines between them as GEXF."""
    from kg.views import network

    return network.to_gexf(graph)


def frame(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> "pd.DataFrame":
    """Any rows as a pandas table.

    Raises:
        KgError: pandas is not installed.
    """
    from kg.views import tables

    return tables.frame(columns, rows)


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Any rows as lines of CSV in which nothing is a formula."""
    from kg.views import tables

    return tables.csv_lines(columns, rows)


def pyvis_by_itself(graph: Graph, ontology: Ontology) -> str:
    """The entities and lines of `render_html` as pyvis draws them by default; neither safe nor offline, for `kg bench`."""
    from kg.views import html

    return html.pyvis_by_itself(graph, ontology)


def notebook_frame(page: str) -> str:
    """A page of `render_html` as a sandboxed frame for a notebook's output."""
    from kg.views import shell

    return shell.notebook_frame(page)


def shown_in_notebook(page: str) -> bool:
    """Show a page of `render_html` below the notebook's cell that runs; False where no notebook runs this."""
    from kg.views import shell

    return shell.shown_in_notebook(page)


def to_matrix(graph: Graph, ontology: Ontology, *, top: int | None = None) -> "Svg":
    """Who stands how towards whom, as an SVG picture: the 30 actors with most claims (`top` sets another number, 0 takes all)."""
    from kg.views import matrix

    return matrix.matrix_svg(matrix.matrix_of(graph, ontology, top=top))


def to_timeline(graph: Graph, *, between: tuple[Entity, Entity] | None = None) -> "Svg":
    """The claims over time by sign and modality class, as an SVG picture: all of them, or those `between` two actors."""
    from kg.views import timeline

    return timeline.timeline_svg(timeline.timeline_of(graph, between=between))
