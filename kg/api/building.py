"""kg build: documents -> readings -> a graph, and a store that holds it."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from kg.api.claims import write_claims
from kg.api.documents import named_in
from kg.api.files import check_outputs
from kg.api.opening import Inputs, documents_of, extractor_for, open_batch, settings_of, several
from kg.api.storing import Filling, missing_engine
from kg.api.workspace import Workspace
from kg.errors import StoreError
from kg.model import Reading
from kg.ontology import Ontology
from kg.pipeline import Batch
from kg.pipeline.batch import OnProgress
from kg.views.document import Named


def build(
    inputs: Inputs,
    *,
    store: str | Path | bool | None = None,
    into_existing: bool = False,
    html: str | Path | None = None,
    jsonl: str | Path | None = None,
    workers: int = 1,
    model: str | None = None,
    gazetteers: Inputs = (),
    ontologies: Inputs = (),
    on_progress: OnProgress | None = None,
) -> Workspace:
    """Read files, folders or "-", and make the graph of them; with a `store`, put it in there to be kept, joined and asked.

    `store`: a folder, the address of a Neo4j server, or True for the place that the command takes ($KG_STORE, else kg-store in the current
    folder; where the embedded engine is missing it is left out, with a warning). The command stores unless told not to, for its process
    ends and the graph with it; here the graph is in your hands, so nothing is written and no server started unless you ask for it.
    `into_existing`: into a database that holds other data. Documents that are stored unchanged are not read again.

    `html`: write the picture there; `jsonl`: write the claims there, one a line; of the documents of this call, whole or not at all.
    People's judgements in the store hold there too. With one of them or a store, a run that was interrupted goes on where it stopped. What
    cannot be read is in `failures` of the answer.

    Raises:
        InputError: not one of the inputs could be read.
        StoreError: the store cannot be opened or written to.
        SettingsError, ModelError: an option is not valid.
    """
    settings = settings_of(workers=workers, model=model, gazetteers=gazetteers, ontologies=ontologies)
    page, lines = (Path(name) if name is not None else None for name in (html, jsonl))
    outputs = [path for path in (lines, page) if path is not None]
    check_outputs(outputs, several(inputs))
    warnings = _check_store(store)
    documents = documents_of(inputs, None, settings)
    reads = extractor_for(settings)
    with contextlib.ExitStack() as stack:
        filling = None
        if store and not warnings:
            filling = stack.enter_context(Filling(None if store is True else store, reads, into_existing=into_existing))
        batch = stack.enter_context(
            open_batch(
                documents,
                settings,
                output=outputs[0] if outputs else None,
                on_progress=on_progress,
                recall=filling.recall if filling else None,
                sink=filling.take if filling else None,
            )
        )
        if filling is not None:
            batch = batch.judged(filling.judgements())
        workspace = _workspace(batch, reads.ontology, filling, warnings)
        if lines is not None:
            write_claims(batch, lines)
        if page is not None:
            workspace.write_html(page)
        return workspace


def _check_store(store: str | Path | bool | None) -> tuple[str, ...]:
    """Look before the work begins whether an embedded store can run here: a warning for the default, an error for one that was named."""
    missing = missing_engine(None if store is True else store) if store else None
    if missing and store is not True:
        raise StoreError(missing)
    return (f"nothing is stored: {missing}",) if missing else ()


def _workspace(batch: Batch, ontology: Ontology, filling: Filling | None, warnings: tuple[str, ...]) -> Workspace:
    named: dict[str, Sequence[Named]] = {}

    def note(reading: Reading) -> None:
        named[reading.document.id] = tuple(named_in(reading, batch.identities))

    graph = batch.graph(note)
    if filling is None:
        return Workspace(graph, ontology, warnings=warnings, named=named)
    told = (*map(str, filling.written.refused), *filling.written.warnings)
    return Workspace(graph, ontology, written=filling.written, where=filling.shown, warnings=told, named=named)
