"""Claims as a table: one row a claim, the words of `kg extract` with their nesting written out."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.model import ROLE_NAMES, Document, Graph, ResolvedClaim, claim_line

if TYPE_CHECKING:
    import pandas as pd

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
    try:
        import pandas as pd
    except ImportError as error:
        raise KgError("a table needs pandas, which is not installed: pip install 'stancegraph[notebook]'") from error
    documents = {document.id: document for document in graph.documents}
    claims = sorted(graph.claims, key=lambda one: one.claim.id)
    return pd.DataFrame([_row(one, documents[one.claim.document_id]) for one in claims], columns=list(COLUMNS))
