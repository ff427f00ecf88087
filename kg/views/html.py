"""The page as HTML, through pyvis' own template hook: one file, offline, in which no text of others can run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import pyvis
from pyvis.network import Network

from kg.model import Graph, ModalityClass
from kg.ontology import Ontology
from kg.views import shell, style
from kg.views.cards import card_data, origins
from kg.views.document import Named
from kg.views.document_html import Around, document_page
from kg.views.matrix import WEIGHTS
from kg.views.page import Line, Node, Page, make_page
from kg.views.parts import sheets, text_files
from kg.views.text import shown

TITLE = "Who stands how towards whom"
_VIS = ("templates", "lib", "vis-9.1.2", "vis-network.min.js")
_PARTS = "legend paths search cards evidence lines matrix timeline exports address"
_SCRIPTS = [*"dom pages theme signs names picture first dates filters".split(), *_PARTS.split(), "page"]
_SMOOTH = 400  # entities that a plain computer drags without a stutter, lines and all


def _options(nodes: int) -> dict[str, Any]:
    """vis-network's options: nothing moves by itself, and lines hide while a large picture is dragged."""
    keyboard = {"enabled": True, "bindToWindow": False}
    return {
        "physics": {"enabled": False},
        "interaction": {"hover": nodes <= _SMOOTH, "hideEdgesOnDrag": nodes > _SMOOTH, "keyboard": keyboard},
        "nodes": {"chosen": False},
        "edges": {"chosen": False},
    }


def _vis_network() -> str:
    """vis-network as pyvis ships it, without the reference to its source map; line ends as the HTML parser will see them."""
    source = resources.files(pyvis).joinpath(*_VIS).read_text(encoding="utf8").replace("\r\n", "\n")
    return "\n".join(line for line in source.split("\n") if not line.startswith("//# sourceMappingURL="))


def _scripts() -> list[str]:
    return [_vis_network(), shell.script(_SCRIPTS)]


def _pens() -> dict[str, list[list[object]]]:
    """Width and pattern of a line by its number of claims, up to where lines get no wider."""
    counts = range(1, next(n for n in range(1, 1_000) if style.width(n) >= style.MAX_WIDTH) + 1)
    classes: tuple[ModalityClass, ...] = ("actual", "uncertain", "negative")
    return {name: [[style.width(n), style.dashes(name, style.width(n))] for n in counts] for name in classes}


@dataclass(frozen=True, slots=True)
class Links:
    """The other pages of a set, all in one folder: (title, file) of those to go to from here, the files of entities and of documents."""

    pages: Sequence[tuple[str, str]] = ()
    entities: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)


def _page_data(page: Page, ontology: Ontology, links: Links) -> dict[str, Any]:
    """The data block: what is needed to draw the picture, beside pyvis' own nodes, edges and options.

    `told`: how many claims are shown; `dated`: of more than one day; `relations`: [name, label, meaning]; `icons` by kind;
    `colors`: those that nodes and edges have unless a user of pyvis changes them; `pens`: by modality class, [width, dashes] of 1, 2, 3 ...
    claims; `weights`: of its claims in the matrix; `pages` and `files`: other pages of a set.
    """
    relations = sorted({card.relation for card in page.cards} & ontology.relations.keys())
    return {
        "told": len(page.cards),
        "dated": len(page.days) > 1,
        "totals": asdict(page.totals),
        "relations": [[name, ontology.relations[name].label, ontology.relations[name].meaning] for name in relations],
        "icons": dict(style.ICONS),
        "colors": dict(style.LIGHT),
        "pens": _pens(),
        "weights": dict(WEIGHTS),
        "pages": [[shown(title, limit=120), file] for title, file in links.pages],
        "files": {node.id: links.entities[node.id] for node in page.nodes if node.id in links.entities},
    }


def _claims_data(page: Page, links: Links) -> dict[str, Any]:
    """The second data block, read when the picture is seen: `cards` and `documents`, lists that lines and cards point into by number."""
    return {"cards": list(map(card_data, page.cards)), "documents": origins(page.documents, page.texts, links.documents)}


def _vis_node(node: Node) -> dict[str, Any]:
    """An entity as pyvis holds it: what vis-network draws, in light colours, and what the panel and the search need."""
    return {
        "label": node.label,
        "shape": style.SHAPES[node.kind],
        "color": style.LIGHT[node.kind],
        "size": node.radius,
        "x": node.x,
        "y": node.y,
        "physics": False,
        "name": node.name,
        "kind": node.kind,
        "aliases": list(node.aliases),
        "claims": node.claims,
        "said": node.said,
        "joined": node.joined,
    }


def _vis_edge(line: Line) -> dict[str, Any]:
    colour, sign = style.SIGNS[line.polarity]
    width = style.width(len(line.cards))
    curve = {"enabled": True, "type": "curvedCW" if line.bend > 0 else "curvedCCW", "roundness": abs(line.bend)}
    return {
        "id": line.id,
        "from": line.first_id,
        "to": line.second_id,
        "label": sign,
        "arrows": line.arrows,
        "color": style.LIGHT[colour],
        "width": width,
        "dashes": style.dashes(line.modality_class, width),
        "smooth": curve if line.bend else {"enabled": False},
        "polarity": line.polarity,
        "modality_class": line.modality_class,
        "cards": list(line.cards),
    }


class ClaimNetwork(Network):  # type: ignore[misc]  # pyvis ships no types
    """A pyvis Network that draws itself with our template; `nodes`, `edges` and `options` are pyvis' own and may be changed.

    Its pages are safe and offline, whatever the data. pyvis' `set_template` leaves ours, and its safety, behind.
    """

    def __init__(self, page: Page, ontology: Ontology, title: str, links: Links | None = None) -> None:
        super().__init__(height="100vh", directed=True, heading=shown(title, limit=200), cdn_resources="in_line")
        scripts, css = _scripts(), shell.css("page")
        self.templateEnv = shell.environment()
        links = links or Links()
        data = {"page": _page_data(page, ontology, links), "claims": _claims_data(page, links)}
        self.templateEnv.globals.update(data, scripts=scripts, css=css, policy=shell.policy(scripts, css))
        self.path = "page.html.j2"
        self.template = self.templateEnv.get_template(self.path)
        self.options = _options(len(page.nodes))
        for node in page.nodes:
            self.add_node(node.id, **_vis_node(node))
        self.edges.extend(map(_vis_edge, page.lines))

    def write_html(self, name: str | Path, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:  # noqa: ARG002
        """Write the page as UTF-8; nothing is copied beside it. The flags are pyvis' and change nothing.

        Raises:
            OSError: the file cannot be written.
        """
        Path(name).write_text(self.generate_html(), encoding="utf8", newline="\n")

    def _repr_html_(self) -> str:
        return shell.notebook_frame(self.generate_html())


def network_of(graph: Graph, ontology: Ontology, *, title: str = TITLE, top: int | None = None) -> ClaimNetwork:
    """The pyvis Network of a graph."""
    return ClaimNetwork(make_page(graph, ontology, top=top), ontology, title)


def page_set(
    graph: Graph, ontology: Ontology, *, named: Mapping[str, Sequence[Named]], title: str = TITLE, top: int | None = None
) -> Iterator[tuple[str, str]]:
    """(file, page) of each page of a set, which lead to each other: `index.html`, communities, what is near single entities, documents."""
    made = list(sheets(graph, title))
    pages = [(sheet.title, sheet.file) for sheet in made if sheet.entity_id is None]
    files = {sheet.entity_id: sheet.file for sheet in made if sheet.entity_id is not None}
    texts = text_files(graph)
    around = Around()
    for sheet in made:
        other = {one: file for one, file in files.items() if file != sheet.file}
        links = Links([page for page in pages if page[1] != sheet.file], other, texts)
        page = make_page(sheet.graph, ontology, top=top)
        if sheet.graph is graph:
            drawn = frozenset(node.id for node in page.nodes)
            around = Around(sheet.file, drawn, frozenset(line.id for line in page.lines), texts)
        yield sheet.file, ClaimNetwork(page, ontology, sheet.title, links).generate_html()
    for document in graph.documents:
        if document.id in texts:
            yield texts[document.id], document_page(graph, ontology, document, named=named.get(document.id, ()), around=around)


def pyvis_by_itself(graph: Graph, ontology: Ontology) -> str:
    """The same entities and lines as pyvis draws them by default: what `kg bench` compares with."""
    page = make_page(graph, ontology, top=0)
    plain = Network(directed=True, cdn_resources="in_line")
    for node in page.nodes:
        plain.add_node(node.id, label=node.label)
    for line in page.lines:
        plain.add_edge(line.first_id, line.second_id)
    return str(plain.generate_html())
