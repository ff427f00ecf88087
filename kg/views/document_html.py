"""A document's page as HTML: one file, as safe as the graph's, without the library that draws graphs."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.model import Document, Graph
from kg.ontology import Ontology
from kg.views import shell, style
from kg.views.cards import card_data, marked, origins
from kg.views.document import DocumentPage, Named, make_document_page
from kg.views.shell import PageText
from kg.views.text import shown

_SCRIPTS = "dom pages theme signs cards document".split()


@dataclass(frozen=True, slots=True)
class Around:
    """The graph's page beside a document's: its file, the entities and lines that it draws; the files of documents by their id."""

    file: str | None = None
    entities: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    documents: Mapping[str, str] = field(default_factory=dict)


def _data(page: DocumentPage, around: Around) -> dict[str, Any]:
    """The data block: what `document.js` reads. `nodes`, `page.cards` and `page.documents` as in the graph's page."""
    return {
        "nodes": [asdict(entry) for entry in page.entities],
        "pieces": marked(page.pieces),
        "mentions": page.mentions,
        "roles": page.roles,
        "claims": page.claims,
        "page": {
            "cards": list(map(card_data, page.cards)),
            "documents": origins(page.documents, page.texts, around.documents),
            "icons": dict(style.ICONS),
        },
        "graph": {
            "file": around.file,
            "entities": [number for number, entry in enumerate(page.entities) if entry.id in around.entities],
            "lines": {claim: line for claim, line in page.lines.items() if line in around.lines},
        },
    }


def document_page(
    graph: Graph, ontology: Ontology, document: Document, *, named: Iterable[Named] = (), around: Around | None = None
) -> PageText:
    """The page of a document of this graph; the same graph and mentions give the same bytes."""
    page = make_document_page(graph, ontology, document, named)
    scripts, css = [shell.script(_SCRIPTS)], shell.css("page", "document")
    data = _data(page, around or Around())
    template = shell.environment().get_template("document.html.j2")
    title = shown(page.title, limit=200)
    return PageText(template.render(heading=title, data=data, scripts=scripts, css=css, policy=shell.policy(scripts, css)))
