"""The nouns of the system: frozen values, their ids and their JSON form. No I/O happens here.

`Reading` is what one document becomes and what a store takes; `Claim` is the waist of the hourglass:
everything before it works towards claims, everything after it works from claims.
"""

from kg.model.graph import Actor, Edge, Entity, Graph, Link, ResolvedClaim, edge_key
from kg.model.ids import canonical_url, claim_id, content_hash, digest, document_id, entity_key
from kg.model.json_form import (
    SCHEMA_VERSION,
    claim_line,
    dumps,
    reading_from_json,
    reading_to_json,
)
from kg.model.reading import (
    KINDS,
    MODALITIES,
    ROLE_NAMES,
    UNNAMED,
    Claim,
    Document,
    Evidence,
    Failure,
    Kind,
    Mention,
    Modality,
    ModalityClass,
    Period,
    Quote,
    Reading,
    Role,
    Span,
    modality_class,
)

__all__ = [
    "KINDS",
    "MODALITIES",
    "ROLE_NAMES",
    "SCHEMA_VERSION",
    "UNNAMED",
    "Actor",
    "Claim",
    "Document",
    "Edge",
    "Entity",
    "Evidence",
    "Failure",
    "Graph",
    "Kind",
    "Link",
    "Mention",
    "Modality",
    "ModalityClass",
    "Period",
    "Quote",
    "Reading",
    "ResolvedClaim",
    "Role",
    "Span",
    "canonical_url",
    "claim_id",
    "claim_line",
    "content_hash",
    "digest",
    "document_id",
    "dumps",
    "edge_key",
    "entity_key",
    "modality_class",
    "reading_from_json",
    "reading_to_json",
]
