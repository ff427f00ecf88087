"""Tables of claims (in the words of `kg extract`, nesting written out), entities, edges, documents; frames and CSV of any rows."""

import csv
import io
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.model import ROLE_NAMES, Document, Entity, Graph, ResolvedClaim, claim_line
from kg.views.labels import edge_labels

if TYPE_CHECKING:
    import pandas as pd

_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ACTOR = ("id", "name", "kind", "mention", "start_char", "end_char", "reason")
_EVIDENCE = ("sentence", "start_char", "end_char", "cue", "cue_start", "cue_end", "context")
COLUMNS = (
    *("id", "relation", "label", "value", "polarity", "modality", "modality_class", "confidence"),
    *(f"{role}_{field}" for role in ROLE_NAMES for field in _ACTOR),
    *("claimer_text", "via", "quote", "event_start", "event_end", "claimed"),
    *_EVIDENCE,
    *("rule", "extractor"),
    *(f"document_{field}" for field in ("id", "title", "outlet", "published", "url", "path")),
)
_ENTITY = ("id", "name", "kind", "aliases", "wikidata")
_EDGE = (
    *("source_id", "source_name", "relation", "label", "target_id", "target_name", "modality_class", "polarity"),
    *("claims", "documents", "outlets", "first", "last", "confidence", "sample", "edge_key"),
)
_DOCUMENT = ("id", "title", "outlet", "published", "url", "path", "language", "content_hash", "text")


def _flat(line: Mapping[str, Any]) -> dict[str, Any]:
    """One level: `source.name` becomes `source_name`; the fields of `evidence` keep their own names."""
    row: dict[str, Any] = {}
    for key, value in line.items():
        prefix = "" if key == "evidence" else f"{key}_"
        row |= {f"{prefix}{name}": inner for name, inner in value.items()} if isinstance(value, Mapping) else {key: value}
    return row


def _row(resolved: ResolvedClaim, document: Document) -> dict[str, Any]:
    row = _flat(claim_line(resolved, document))
    row["via"] = "; ".join(actor["name"] for actor in row["via"]) or None
    return {column: row.get(column) for column in COLUMNS}


def to_pandas(graph: Graph, of: str = "claims") -> "pd.DataFrame":
    """The `claims`, `entities`, `edges` or `documents` of a graph, a row each, in their order there.

    Claims: columns as in `kg extract`, flat: `source_name`, `claimer_id`, `event_start`, `document_outlet`. Names of evidence keep their
    words (`sentence`, `start_char`, `cue`); `via` joins the outer claimers' names with "; ".

    Raises:
        KgError: no such table, or pandas is not installed.
    """
    if of not in TABLES:
        raise KgError(f"there is no table of {of!r}: one of {', '.join(TABLES)}")
    columns, rows = TABLES[of]
    return frame(columns, list(rows(graph)))


def frame(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> "pd.DataFrame":
    """Rows as a table.

    Raises:
        KgError: pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError as error:
        raise KgError("a table needs pandas, which is not installed: pip install 'stancegraph[notebook]'") from error
    return pd.DataFrame([list(row) for row in rows], columns=list(columns))


def _claims(graph: Graph) -> Iterator[tuple[ResolvedClaim, Document]]:
    documents = {document.id: document for document in graph.documents}
    for one in sorted(graph.claims, key=lambda one: one.claim.id):
        yield one, documents[one.claim.document_id]


def _claim_rows(claims: Iterable[tuple[ResolvedClaim, Document]]) -> Iterator[tuple[Any, ...]]:
    return (tuple(_row(*one).values()) for one in claims)


def _entity_rows(graph: Graph) -> Iterator[tuple[Any, ...]]:
    for entity in graph.entities:
        yield tuple(list(value) if isinstance(value, tuple) else value for value in (getattr(entity, name) for name in _ENTITY))


def _edge_rows(graph: Graph) -> Iterator[tuple[Any, ...]]:
    labels, entities = edge_labels(graph), {entity.id: entity for entity in graph.entities}
    for edge in graph.edges:
        told = {
            "source_name": _name(entities, edge.source_id),
            "target_name": _name(entities, edge.target_id),
            "label": labels.get(edge.key),
            "sample": list(edge.sample),
            "edge_key": edge.key,
        }
        yield tuple(told[name] if name in told else getattr(edge, name) for name in _EDGE)


def _name(entities: Mapping[str, Entity], entity_id: str) -> str | None:
    entity = entities.get(entity_id)
    return entity.name if entity else None


def _document_rows(graph: Graph) -> Iterator[tuple[Any, ...]]:
    return (tuple(getattr(document, name) for name in _DOCUMENT) for document in graph.documents)


TABLES: Mapping[str, tuple[tuple[str, ...], Callable[[Graph], Iterator[tuple[Any, ...]]]]] = {
    "claims": (COLUMNS, lambda graph: _claim_rows(_claims(graph))),
    "entities": (_ENTITY, _entity_rows),
    "edges": (_EDGE, _edge_rows),
    "documents": (_DOCUMENT, _document_rows),
}


def to_csv(claims: Graph | Iterable[tuple[ResolvedClaim, Document]]) -> Iterator[str]:
    """The claims of a graph, or a stream of claims with their documents, as lines of CSV, with the columns of `to_pandas`."""
    return csv_lines(COLUMNS, _claim_rows(_claims(claims) if isinstance(claims, Graph) else claims))


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    r"""Rows as lines of CSV that a spreadsheet may open: no text in it is taken for a formula, none steers a terminal.

    >>> "".join(csv_lines(["name", "claims"], [["=1+1", -2]]))
    "name,claims\n'=1+1,-2\n"
    """
    if not columns:
        return
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in itertools.chain([columns], rows):
        writer.writerow([_cell(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _cell(value: Any) -> Any:
    """A value in a cell; a list or dict as JSON. A quote before =, +, - or @ is the spreadsheets' own sign for text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | dict):
        value = json.dumps(value, ensure_ascii=False, default=str)
    text = _STEERS.sub("", str(value))
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")) else text
