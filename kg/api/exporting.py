"""kg export: all that a store holds, as a file."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.api.files import check_outputs, written
from kg.api.opening import Inputs, paths
from kg.api.storing import Where, opened
from kg.errors import SettingsError
from kg.model import dumps, judgement_to_json, reading_to_json
from kg.ontology import load_ontology
from kg.stores import Store

FORMATS = ("jsonl", "csv", "graphml", "gexf")


def export(
    out: str | Path,
    *,
    store: Where = None,
    format: str = "jsonl",  # noqa: A002 - the word of the command
    ontologies: Inputs = (),
) -> int:
    """Write a stored graph to a file, whole or not at all; how many readings, claims or edges it holds.

    `jsonl`: one Reading a line, then one Judgement a line, lossless: `kg.import_` makes the same store of it. `csv`: a row a claim, by
    document, for a spreadsheet. Both stream.
    `graphml`, `gexf`: actors and the lines between them, for Gephi, yEd, igraph ... These two hold the graph in memory.

    Raises:
        StoreError: the store cannot be opened.
        NotFoundError: nothing is stored there.
        SettingsError: no such format, or the file cannot be written there.
    """
    if format not in FORMATS:
        raise SettingsError(f"unknown option value --format {format}: one of {', '.join(FORMATS)}")
    path = Path(out)
    check_outputs([path], ())
    counted = _Counted()
    with opened(store, read_only=True) as found, written(path) as file:
        for text in _text(found, format, ontologies, counted):
            file.write(text)
    return counted.number


class _Counted:
    """Counts what passes."""

    def __init__(self) -> None:
        self.number = 0

    def __call__[T](self, items: Iterable[T]) -> Iterator[T]:
        for item in items:
            self.number += 1
            yield item


def _text(store: Store, name: str, ontologies: Inputs, counted: _Counted) -> Iterator[str]:
    from kg import views

    if name == "jsonl":
        yield from counted(dumps(reading_to_json(reading)) + "\n" for reading in store.readings())
        yield from (dumps(judgement_to_json(judgement)) + "\n" for judgement in store.judgements())
        return
    ontology = load_ontology(paths(ontologies))
    if name == "csv":
        yield from views.to_csv(counted(store.claims(ontology)))
        return
    graph = store.graph(ontology)
    counted.number = len(graph.edges)
    yield from views.to_graphml(graph) if name == "graphml" else views.to_gexf(graph)
