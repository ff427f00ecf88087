"""kg build: a graph to look at, with what a notebook wants of it."""

import tempfile
import webbrowser
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.api.claims import write_claims
from kg.api.files import check_outputs, written
from kg.api.opening import Inputs, documents_of, extractor_for, open_batch, settings_of, several
from kg.model import Failure, Graph, ModalityClass, ResolvedClaim
from kg.ontology import Ontology
from kg.pipeline.batch import OnProgress

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    from pyvis.network import Network


@dataclass(frozen=True, slots=True)
class Strength:
    """An edge in words: two names, the label that most of its claims have, and how many claims and texts carry it."""

    source: str
    label: str
    target: str
    polarity: int
    modality_class: ModalityClass
    claims: int
    documents: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a graph holds, in numbers; `strongest`: the signed edges with most claims, first the strongest."""

    documents: int
    failures: int
    entities: int
    claims: dict[ModalityClass, int]
    edges: int
    links: dict[str, int]
    strongest: tuple[Strength, ...]


class Workspace:
    """A graph that was built, as a table, a picture or a networkx graph; in a notebook it shows itself.

    `graph`: documents, entities, claims, edges and links as values. `failures`: what could not be read.
    """

    def __init__(self, graph: Graph, ontology: Ontology) -> None:
        self.graph = graph
        self.ontology = ontology

    @property
    def claims(self) -> tuple[ResolvedClaim, ...]:
        """All claims with the names of their actors, by id."""
        return self.graph.claims

    @property
    def failures(self) -> tuple[Failure, ...]:
        """The inputs that could not be read, by path."""
        return self.graph.failures

    def to_networkx(self) -> "nx.MultiDiGraph[str]":
        """Entities as nodes, edges with their counts."""
        from kg.views import to_networkx

        return to_networkx(self.graph)

    def to_pyvis(self) -> "Network":
        """A pyvis Network that draws the same picture as `html`."""
        from kg.views import to_pyvis

        return to_pyvis(self.graph, self.ontology)

    def to_pandas(self) -> "pd.DataFrame":
        """One row a claim (needs the extra `notebook`)."""
        from kg.views import to_pandas

        return to_pandas(self.graph)

    def html(self) -> str:
        """The picture: one page that needs no network."""
        return self._page

    @cached_property
    def _page(self) -> str:
        from kg.views import render_html

        return render_html(self.graph, self.ontology)

    def show(self, path: str | Path | None = None) -> Path:
        """Write the picture to `path` (or to a temporary file), open it in the browser, and say where it lies."""
        target = Path(path) if path is not None else Path(tempfile.mkdtemp(prefix="kg-")) / "graph.html"
        self._write_html(target)
        webbrowser.open(target.resolve().as_uri())
        return target

    def _write_html(self, path: Path) -> None:
        with written(path) as file:
            file.write(self.html())

    def _repr_html_(self) -> str:
        from kg.views import notebook_frame

        return notebook_frame(self.html())

    def __repr__(self) -> str:
        graph = self.graph
        failures = f", {len(graph.failures)} failures" if graph.failures else ""
        return f"<Workspace: {len(graph.documents)} documents, {len(graph.entities)} entities, {len(graph.claims)} claims{failures}>"

    def summary(self, strongest: int = 10) -> Summary:
        """The graph in numbers, with its strongest edges."""
        graph = self.graph
        classes: dict[ModalityClass, int] = {"actual": 0, "uncertain": 0, "negative": 0}
        return Summary(
            documents=len(graph.documents),
            failures=len(graph.failures),
            entities=len(graph.entities),
            claims=classes | Counter(resolved.claim.modality_class for resolved in graph.claims),
            edges=len(graph.edges),
            links=dict(sorted(Counter(link.kind for link in graph.links).items())),
            strongest=tuple(_strengths(graph)[:strongest]),
        )


def _strengths(graph: Graph) -> list[Strength]:
    names = {entity.id: entity.name for entity in graph.entities}
    labels: dict[str, Counter[str]] = {}
    for resolved in graph.claims:
        if resolved.edge_key is not None:
            labels.setdefault(resolved.edge_key, Counter())[resolved.label] += 1
    found = [
        Strength(
            source=names[edge.source_id],
            label=min(labels[edge.key].items(), key=lambda item: (-item[1], item[0]))[0],
            target=names[edge.target_id],
            polarity=edge.polarity,
            modality_class=edge.modality_class,
            claims=edge.claims,
            documents=edge.documents,
        )
        for edge in graph.edges
        if edge.polarity
    ]
    return sorted(found, key=lambda row: (-row.claims, -row.documents, row.source, row.target, row.label))


def build(
    inputs: Inputs,
    *,
    html: str | Path | None = None,
    jsonl: str | Path | None = None,
    workers: int = 1,
    model: str | None = None,
    gazetteers: Inputs = (),
    ontologies: Inputs = (),
    on_progress: OnProgress | None = None,
) -> Workspace:
    """Read files, folders or "-", and make the graph of them.

    `html`: write the picture there; `jsonl`: write the claims there, one a line; both whole or not at all. With one of them, a run that was
    interrupted goes on where it stopped. What cannot be read is in the `failures` of the answer; the other documents are read.

    Raises:
        InputError: not one of the inputs could be read.
        SettingsError, ModelError: an option is not valid.
    """
    settings = settings_of(workers=workers, model=model, gazetteers=gazetteers, ontologies=ontologies)
    page, lines = (Path(name) if name is not None else None for name in (html, jsonl))
    outputs = [path for path in (lines, page) if path is not None]
    check_outputs(outputs, several(inputs))
    documents = documents_of(inputs, None, settings)
    with open_batch(documents, settings, output=outputs[0] if outputs else None, on_progress=on_progress) as batch:
        workspace = Workspace(batch.graph(), extractor_for(settings).ontology)
        if lines is not None:
            write_claims(batch, lines)
        if page is not None:
            workspace._write_html(page)  # noqa: SLF001 - same module
        return workspace
