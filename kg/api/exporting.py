"""kg export: all that a store holds, as a file, or as the files that Neo4j's own import reads."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from kg.api.files import check_folder, check_outputs, written, written_folder
from kg.api.opening import Inputs, paths
from kg.api.storing import Where, opened
from kg.errors import SettingsError
from kg.model import dumps, judgement_to_json, reading_to_json
from kg.ontology import load_ontology
from kg.stores import Store

BULK = "neo4j-admin"
FORMATS = ("jsonl", "csv", "graphml", "gexf", BULK)


def export(
    out: str | Path,
    *,
    store: Where = None,
    format: str = "jsonl",  # noqa: A002 - the word of the command
    ontologies: Inputs = (),
) -> int:
    """Write a stored graph to a file, whole or not at all; how many readings, claims or edges (nodes and relationships) it holds.

    `jsonl`: one Reading a line, then one Judgement a line, lossless: `kg.import_` makes the same store of it. `csv`: a row a claim, by
    document, for a spreadsheet. Both stream.
    `graphml`, `gexf`: actors and the lines between them, for Gephi, yEd, igraph ... These two hold the graph in memory.
    `neo4j-admin`: a new folder of CSV files with all nodes and relationships, for `neo4j-admin database import full neo4j @import.args` in
    it, which fills an empty database fastest; `kg store upgrade` then makes the constraints and indexes there. Streams.

    Raises:
        StoreError: the store cannot be opened.
        NotFoundError: nothing is stored there.
        SettingsError: no such format, or the file cannot be written there.
    """
    if format not in FORMATS:
        raise SettingsError(f"unknown option value --format {format}: one of {', '.join(FORMATS)}")
    path = Path(out)
    if format == BULK:
        return _folder(path, store)
    check_outputs([path], ())
    counted = _Counted()
    with opened(store, read_only=True) as found, written(path) as file:
        for text in _text(found, format, ontologies, counted):
            file.write(text)
    return counted.number


def _folder(path: Path, store: Where) -> int:
    check_folder(path)
    with opened(store, read_only=True) as found, written_folder(path) as folder, contextlib.ExitStack() as stack:
        files: dict[str, IO[str]] = {}
        number = 0
        for piece in found.bulk():
            if piece.file not in files:
                files[piece.file] = stack.enter_context((folder / piece.file).open("w", encoding="utf8", newline="\n"))
            files[piece.file].write(piece.text)
            number += piece.rows
    return number


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
