"""What a store holds, asked and shown: kg.open, kg query, kg view."""

import math
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from kg import views
from kg.api.documents import NamedIn, named_in_store, of_files, of_store
from kg.api.files import check_outputs, written
from kg.api.opening import Inputs, paths, settings_of, several
from kg.api.records import Records
from kg.api.storing import Where, existing
from kg.api.workspace import Part, Workspace
from kg.errors import SettingsError
from kg.model import Graph
from kg.ontology import Ontology, load_ontology
from kg.settings import Settings


def query(
    cypher: str,
    parameters: Mapping[str, object] | None = None,
    *,
    store: Where = None,
    write: bool = False,
    limit: int | None = None,
    timeout: float | None = None,
) -> Records:
    """The rows of one Cypher statement, which may only read unless `write` is set. `timeout`: seconds.

    >>> kg.query("MATCH (e:Entity:Country) RETURN count(e) AS countries")  # doctest: +SKIP
    [{'countries': 31}]

    Raises:
        StoreError: the store cannot be opened, or its server refuses the statement.
        NotFoundError: nothing is stored there.
        SettingsError: an option is not valid.
    """
    check_rows(limit, timeout)
    with existing(store, write=write) as found:
        return Records.of(found.query(cypher, parameters, write=write, limit=limit, timeout=timeout))


def open(  # noqa: A001 - `kg.open`, as `gzip.open`
    where: Where = None,
    *,
    write: bool = False,
    around: str | None = None,
    hops: int = 1,
    top: int | None = None,
    since: str | None = None,
    until: str | None = None,
    min_confidence: float | None = None,
    ontologies: Inputs = (),
) -> Workspace:
    """A stored graph, or a part of it, to ask in Cypher and to look at; close it, or use `with`.

    `around`: a name, alias or id, with the actors `hops` lines from it; `top`: the actors with most claims; `since`, `until`: ISO dates
    between which it was so, or said. A query sees the whole store; the parts are for `graph`, tables and pictures. `write`: queries may be
    let change the graph (`graph.query(..., write=True)`).

    >>> with kg.open("kg-store") as graph:  # doctest: +SKIP
    ...     graph.query("MATCH (e:Entity) RETURN e.name AS name ORDER BY name LIMIT 1").to_pandas()

    Raises:
        StoreError: the store cannot be opened.
        NotFoundError: nothing is stored there.
        SettingsError: an option is not valid.
    """
    _check_part(hops, top, since, until, min_confidence)
    ontology = load_ontology(paths(ontologies))
    part = Part(around, hops, top, since, until, min_confidence)
    return Workspace(None, ontology, store=existing(where, write=write), part=part)


def view(
    out: str | Path,
    *,
    store: Where = None,
    around: str | None = None,
    hops: int = 1,
    community: int | None = None,
    top: int | None = None,
    since: str | None = None,
    until: str | None = None,
    min_confidence: float | None = None,
    matrix: bool = False,
    timeline: bool = False,
    between: tuple[str, str] | None = None,
    document: str | None = None,
    inputs: Inputs | None = None,
    model: str | None = None,
    gazetteers: Inputs = (),
    ontologies: Inputs = (),
) -> Workspace:
    """Write the picture of a stored graph, or of a part of it (see `kg.open`), to a file, and give what is drawn there.

    `out` may be a folder that exists: a set of pages is written there that lead to each other (`kg.views.render_pages`). `community`:
    only those friendly to each other, 1 is the largest such group. `top`: so many actors, those most is said about, 0: all; by default
    all up to 300, of more the first 150.

    `matrix`: an SVG file instead, who stands how towards whom (the `top` 30 with most claims). `timeline`: an SVG file of the claims
    over time, or of those `between` two actors.

    `document`: the page of one document instead (its id, address, path, name of its file, or title): its text with actors and cues marked,
    its claims beside it. With `inputs`, files of news texts or of readings, it is one of these, which are read for it with `model` and
    `gazetteers`; else a stored one.

    Raises:
        StoreError: the store cannot be opened.
        NotFoundError: nothing is stored there, nobody is called `around`, there is no such document, or there are not so many communities.
        SettingsError: an option is not valid.
    """
    path = Path(out)
    part = Part(around, hops, None, since, until, min_confidence)
    if matrix and timeline:
        raise SettingsError("--matrix and --timeline: one of them makes a file")
    if between is not None and not timeline:
        raise SettingsError("--between: goes with --timeline only")
    if document is None and inputs is not None:
        raise SettingsError("--input: goes with --document only; kg build --no-store --html draws the graph of files")
    if document is not None and (matrix or timeline or not part.is_whole or (community, top) != (None, None)):
        raise SettingsError("--document: a page of its own; it goes with --store or --input only")
    if inputs is not None and store is not None:
        raise SettingsError("--store and --input: one of them")
    is_set = path.is_dir() and not matrix and not timeline and document is None
    check_outputs([path / "index.html" if is_set else path], several(inputs or ()))
    _check_part(hops, None, since, until, min_confidence)
    _check_number("top", top, least=0)
    _check_number("community", community, least=1)
    if document is not None:
        return _view_document(path, document, store, inputs, settings_of(model=model, gazetteers=gazetteers, ontologies=ontologies))
    ontology = load_ontology(paths(ontologies))
    with existing(store) as found:
        graph = Workspace(None, ontology, store=found, part=part).graph
        named = named_in_store(found, views.documents_with_page(graph)) if path.is_dir() else {}
    title = None
    if community is not None:
        title, graph = views.community(graph, community)
    if matrix or timeline:
        workspace = Workspace(graph if matrix or top is None else views.drawn(graph, top), ontology)
        picture = workspace.to_matrix(top) if matrix else workspace.to_timeline(between)
        with written(path) as opened:
            opened.write(picture)
        return workspace
    for file, page in _pages(graph, ontology, path, title, top, named):
        with written(file) as opened:
            opened.write(page)
    return Workspace(views.drawn(graph, top), ontology)


def _view_document(path: Path, document: str, store: Where, inputs: Inputs | None, settings: Settings) -> Workspace:
    """The page of one document, of files or of a store."""
    ontology = load_ontology(settings.ontologies)
    if inputs is not None:
        one = of_files(inputs, document, settings)
    else:
        with existing(store) as found:
            one = of_store(found, ontology, document)
    with written(path) as opened:
        opened.write(one.page(ontology))
    return Workspace(one.alone, ontology)


def _pages(graph: Graph, ontology: Ontology, path: Path, title: str | None, top: int | None, named: NamedIn) -> Iterator[tuple[Path, str]]:
    """One page, or a set of them in a folder."""
    if path.is_dir():
        yield from ((path / name, page) for name, page in views.render_pages(graph, ontology, top=top, named=named))
    else:
        yield path, views.render_html(graph, ontology, title=title, top=top)


def check_rows(limit: int | None, timeout: float | None) -> None:
    """Look whether these are options of a question.

    Raises:
        SettingsError: they are not.
    """
    _check_number("limit", limit, least=1)
    if timeout is not None and (type(timeout) not in {int, float} or not 0 < timeout < math.inf):
        raise SettingsError(f"unknown option value --timeout {timeout}: a number of seconds above 0")


def _check_part(hops: int, top: int | None, since: str | None, until: str | None, min_confidence: float | None) -> None:
    _check_number("hops", hops, least=0)
    _check_number("top", top, least=1)
    for name, day in (("since", since), ("until", until)):
        _check_day(name, day)
    if min_confidence is not None and (type(min_confidence) not in {int, float} or not 0 <= min_confidence <= 1):
        raise SettingsError(f"unknown option value --min-confidence {min_confidence}: a number from 0 to 1")


def _check_number(name: str, value: int | None, *, least: int) -> None:
    if value is not None and (type(value) is not int or value < least):
        raise SettingsError(f"unknown option value --{name} {value}: a whole number from {least}")


def _check_day(name: str, day: str | None) -> None:
    if day is not None and not _is_day(day):
        raise SettingsError(f"unknown option value --{name} {day}: a date, YYYY-MM-DD")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except (TypeError, ValueError):
        return False
