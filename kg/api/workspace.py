"""What `kg.build` and `kg.open` give: a graph with all that a notebook wants of it."""

import tempfile
import webbrowser
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.api.files import written
from kg.api.opening import Inputs, paths
from kg.api.records import Records
from kg.errors import NotFoundError, StoreError
from kg.gazetteer import load_gazetteer
from kg.model import Entity, Failure, Graph, ModalityClass, ResolvedClaim
from kg.ontology import Ontology
from kg.stores import Forgotten, Store, Written

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    from pyvis.network import Network

    from kg.api.documents import NamedIn
    from kg.views.shell import PageText
    from kg.views.svg import Svg


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


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a stored graph is meant; by default all of it.

    `around`: a name, alias or id, with the actors `hops` lines from it; `top`: the actors with most claims; `since`, `until`: ISO dates.
    """

    around: str | None = None
    hops: int = 1
    top: int | None = None
    since: str | None = None
    until: str | None = None
    min_confidence: float | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self == Part(hops=self.hops)


class Workspace:
    """A graph that was built or lies in a store, as a table, a picture or a networkx graph; in a notebook it shows itself.

    `graph`: documents, entities, claims, edges and links as values, of a store taken from it when first asked for. `failures`: what could
    not be read. `written` and `where`: what a build wrote into which store, None without one; `warnings`: of that. Close one that is over
    a store, or use `with`.
    """

    def __init__(
        self,
        graph: Graph | None,
        ontology: Ontology,
        *,
        store: Store | None = None,
        part: Part | None = None,
        written: Written | None = None,
        where: str | None = None,
        warnings: tuple[str, ...] = (),
        named: "NamedIn | None" = None,
    ) -> None:
        self.ontology = ontology
        self.written = written
        self.where = store.where if store is not None else where
        self.warnings = warnings
        self._store = store
        self._part = part or Part()
        self._named = named or {}
        if graph is not None:
            self.__dict__["graph"] = graph

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store; the graph, once it was asked for, stays."""
        if self._store is not None:
            self._store.close()

    def _asked(self) -> Store:
        if self._store is None:
            raise StoreError('this graph is in no store: kg.build(..., store="kg-store"), then kg.open("kg-store") can be asked')
        return self._store

    @cached_property
    def graph(self) -> Graph:
        """Documents, entities, claims, edges and links as values."""
        part = self._part
        return self._asked().graph(
            self.ontology,
            around=part.around,
            hops=part.hops,
            top=part.top,
            since=part.since,
            until=part.until,
            min_confidence=part.min_confidence,
        )

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        write: bool = False,
        limit: int | None = None,
        timeout: float | None = None,
        **named: object,
    ) -> Records:
        """The rows of a Cypher statement over the whole store: a list of dicts, and a table by `.to_pandas()`.

        `named` are parameters, too: `query("MATCH (e:Entity {name: $name}) RETURN e.id", name="Iran")`. One that may `write` needs
        `kg.open(..., write=True)`.

        Raises:
            StoreError: the graph is in no store, or its server refuses the statement.
        """
        return Records.of(self._asked().query(cypher, {**(parameters or {}), **named}, write=write, limit=limit, timeout=timeout))

    def ask(
        self,
        question: str,
        parameters: Mapping[str, object] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        **named: object,
    ) -> Records:
        """The rows that answer a question by its name (`kg.ask()` lists them), over the whole store: `ask("against", a="Iran")`.

        Raises:
            StoreError: the graph is in no store, or its server fails.
            SettingsError: no such question, or a parameter that it lacks, does not take or that is none.
            NotFoundError: nobody is called so.
        """
        from kg.api.questions import answer

        return answer(self._asked(), question, {**(parameters or {}), **named}, limit=limit, timeout=timeout)

    def search(self, words: str, *, limit: int | None = None, timeout: float | None = None) -> Records:
        """The claims in whose sentence all these words stand, over the whole store, the best first.

        Raises:
            StoreError: the graph is in no store, or that has no index of words yet.
            SettingsError: there is no word in it.
        """
        from kg.api.questions import look_up

        return look_up(self._asked(), self.ontology, words, limit=limit, timeout=timeout)

    def forget(self, document: str, gazetteers: Inputs = ()) -> Forgotten:
        """Remove one document, by id, path or address, from the store, as `kg.forget` does; needs `kg.open(..., write=True)`.

        Raises:
            NotFoundError: no document is called so.
            StoreError: the graph is in no store, or that was opened to be read only.
        """
        gone = self._asked().forget(document, load_gazetteer(paths(gazetteers)), self.ontology)
        for made in ("graph", "_page"):
            self.__dict__.pop(made, None)
        return gone

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

    def to_matrix(self, top: int | None = None) -> "Svg":
        """Who stands how towards whom, as SVG: a row for who, a column for whom; the 30 actors with most claims, or `top` (0: all)."""
        from kg.views import to_matrix

        return to_matrix(self.graph, self.ontology, top=top)

    def to_timeline(self, between: tuple[str, str] | None = None) -> "Svg":
        """The claims over time, as SVG: all of them, or those `between` two actors, by name, alias or id.

        Raises:
            NotFoundError: nobody here is called so.
        """
        from kg.views import to_timeline

        pair = (self._called(between[0]), self._called(between[1])) if between else None
        return to_timeline(self.graph, between=pair)

    def to_document_page(self, document: str) -> "PageText":
        """The text of a document with its actors and cues marked, its claims beside it, as an HTML page that a notebook shows.

        `document`: its id, address, path, the name of its file, or its title.

        Raises:
            NotFoundError: there is no such document; the nearest are named.
        """
        from kg.api.documents import of_graph, of_store

        if self._store is not None:
            return of_store(self._store, self.ontology, document).page(self.ontology)
        return of_graph(self.graph, document, self._named).page(self.ontology)

    def _called(self, name: str) -> Entity:
        """The entity with this id, else the first of this name, else of this alias."""
        wanted = name.casefold()

        def rank(entity: Entity) -> int:
            if entity.id == name:
                return 0
            return 1 if entity.name.casefold() == wanted else 2 if wanted in {alias.casefold() for alias in entity.aliases} else 3

        found = min(self.graph.entities, key=lambda entity: (rank(entity), entity.id), default=None)
        if found is None or rank(found) == 3:
            raise NotFoundError(f"nobody here is called {name!r}")
        return found

    def to_pandas(self, of: str = "claims") -> "pd.DataFrame":
        """One row a claim, or of the `entities`, `edges` or `documents` (needs the extra `notebook`)."""
        from kg.views import to_pandas

        return to_pandas(self.graph, of)

    def html(self) -> str:
        """The picture: one page that needs no network."""
        return self._page

    @cached_property
    def _page(self) -> str:
        from kg.views import render_html

        return render_html(self.graph, self.ontology)

    def show(self, path: str | Path | None = None) -> Path | None:
        """Show the picture: in a notebook below the cell, else in the browser, for which it is written to a temporary file.

        `path`: write it there, too. Where the file lies is returned, None where there is none.
        """
        from kg.views import shown_in_notebook

        here = shown_in_notebook(self.html())
        if here and path is None:
            return None
        target = Path(path) if path is not None else Path(tempfile.mkdtemp(prefix="kg-")) / "graph.html"
        self.write_html(target)
        if here:
            return target
        webbrowser.open(target.resolve().as_uri())
        return target

    def write_html(self, path: str | Path) -> None:
        """Write the picture to a file, whole or not at all."""
        with written(Path(path)) as file:
            file.write(self.html())

    def _repr_html_(self) -> str:
        from kg.views import notebook_frame

        return notebook_frame(self.html())

    def __repr__(self) -> str:
        if "graph" not in self.__dict__:
            return f"<Workspace of {self._asked().where}>"
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
