"""Tables: one row a claim, the words of `kg extract` with their nesting written out; frames and CSV of any rows."""

import csv
import io
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.model import ROLE_NAMES, Document, Graph, ResolvedClaim, claim_line

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


def to_pandas(graph: Graph) -> "pd.DataFrame":
    """One row a claim, sorted by id; columns as in `kg extract`, flat: `source_name`, `claimer_id`, `event_start`, `document_outlet`.

    Names of evidence keep their words (`sentence`, `start_char`, `cue`); `via` joins the outer claimers' names with "; ".

    Raises:
        KgError: pandas is not installed.
    """
    return frame(COLUMNS, [tuple(row.values()) for row in _rows(graph)])


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


def _rows(graph: Graph) -> Iterator[dict[str, Any]]:
    documents = {document.id: document for document in graph.documents}
    for one in sorted(graph.claims, key=lambda one: one.claim.id):
        yield _row(one, documents[one.claim.document_id])


def to_csv(graph: Graph) -> Iterator[str]:
    """The claims as lines of CSV, with the columns of `to_pandas`."""
    return csv_lines(COLUMNS, (tuple(row.values()) for row in _rows(graph)))


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
