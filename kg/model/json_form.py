"""The JSON form of the nouns. Property names are the same words in JSON, Python and Cypher; only nesting differs:

Python and JSON  claim.event.start, claim.evidence.start_char      Cypher  event_start, start_char
"""

import json
import re
from typing import Any

from kg.model.graph import Actor, ResolvedClaim
from kg.model.judgement import Judgement
from kg.model.reading import Claim, Document, Evidence, Mention, Period, Reading, Role, Span

SCHEMA_VERSION = 1
_OBEYED = re.compile("[\x7f-\x9f\u2028\u2029]")  # C1 control characters, and line ends that JSON does not escape

type Json = dict[str, Any]


def dumps(value: object) -> str:
    r"""One line of JSON: fields in their order, characters as they are but those that a terminal obeys or that break lines.

    >>> dumps({"title": "Präsident\x9b31m"})
    '{"title": "Präsident\\u009b31m"}'

    Raises:
        ValueError: a number is not finite.
    """
    line = json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf8", "replace").decode("utf8")
    return _OBEYED.sub(lambda found: f"\\u{ord(found.group()):04x}", line)


def _fields(value: Any, *, leave_out: tuple[str, ...] = ()) -> Json:
    return {name: getattr(value, name) for name in value.__slots__ if name not in leave_out}


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


def _span(pair: list[int]) -> Span:
    start, end = pair
    return Span(start, end)


def _role_to_json(role: Role | None) -> Json | None:
    return role if role is None else {"mention": _pair(role.mention), "naming": _pair(role.naming), "reason": role.reason}


def _role_from_json(data: Json | None) -> Role | None:
    return Role(_span(data["mention"]), _span(data["naming"]), data["reason"]) if data else None


def _evidence_to_json(evidence: Evidence) -> Json:
    return _fields(evidence) | {"context": [_pair(span) for span in evidence.context]}


def _claim_to_json(claim: Claim) -> Json:
    roles = {name: _role_to_json(getattr(claim, name)) for name in ("source", "target", "claimer", "against", "about", "on_behalf_of")}
    return (
        _fields(claim)
        | roles
        | {
            "via": [_role_to_json(role) for role in claim.via],
            "event": _fields(claim.event),
            "evidence": _evidence_to_json(claim.evidence),
        }
    )


def _claim_from_json(data: Json) -> Claim:
    roles = {name: _role_from_json(data[name]) for name in ("source", "target", "claimer", "against", "about", "on_behalf_of")}
    evidence = data["evidence"] | {"context": tuple(_span(pair) for pair in data["evidence"]["context"])}
    via = tuple(role for role in (_role_from_json(item) for item in data["via"]) if role)
    return Claim(**(data | roles | {"via": via, "event": Period(**data["event"]), "evidence": Evidence(**evidence)}))


def _mention_to_json(mention: Mention) -> Json:
    spans = {"span": _pair(mention.span), "refers_to": [_pair(span) for span in mention.refers_to]}
    return _fields(mention, leave_out=("document_id",)) | spans


def _mention_from_json(data: Json, document_id: str) -> Mention:
    spans = {"span": _span(data["span"]), "refers_to": tuple(_span(pair) for pair in data["refers_to"])}
    return Mention(**(data | spans | {"document_id": document_id}))


def reading_to_json(reading: Reading) -> Json:
    """A Reading as plain dicts and lists: what `kg extract --readings` prints, one a line."""
    return {
        "schema_version": SCHEMA_VERSION,
        "extractor": reading.extractor,
        "document": _fields(reading.document),
        "mentions": [_mention_to_json(mention) for mention in reading.mentions],
        "claims": [_claim_to_json(claim) for claim in reading.claims],
    }


def reading_from_json(data: Any) -> Reading:
    """The Reading that `reading_to_json` wrote.

    Raises:
        ValueError: another schema version, or spans that are not in the text.
        KeyError, TypeError: fields are missing or unknown, or it is no object.
    """
    data = _checked(data)
    document = Document(**data["document"])
    return Reading(
        document=document,
        mentions=tuple(_mention_from_json(item, document.id) for item in data["mentions"]),
        claims=tuple(_claim_from_json(item) for item in data["claims"]),
        extractor=data["extractor"],
    )


def judgement_to_json(judgement: Judgement) -> Json:
    """A Judgement as plain dicts and lists: in `kg export` they follow the readings, one a line."""
    return {"schema_version": SCHEMA_VERSION, "judgement": _fields(judgement) | {"subjects": list(judgement.subjects)}}


def judgement_from_json(data: Any) -> Judgement:
    """The Judgement that `judgement_to_json` wrote.

    Raises:
        ValueError: another schema version, or it is not what was judged.
        KeyError, TypeError: fields are missing or unknown, or it is no object.
    """
    given = _checked(data)["judgement"]
    return Judgement(**(given | {"subjects": tuple(given["subjects"])}))


def _checked(data: Any) -> Json:
    if not isinstance(data, dict):
        raise TypeError(f"expected an object, got {type(data).__name__}")
    if data.get("schema_version") != SCHEMA_VERSION:
        raise ValueError(f"schema_version {data.get('schema_version')!r}; this is version {SCHEMA_VERSION}")
    return data


def _actor_to_json(actor: Actor | None) -> Json | None:
    return actor if actor is None else _fields(actor)


def claim_line(resolved: ResolvedClaim, document: Document) -> Json:
    """A claim with its names, as `kg extract` prints it; `document` is the one it stands in."""
    claim = resolved.claim
    return {
        "id": claim.id,
        "relation": claim.relation,
        "label": resolved.label,
        "value": claim.value,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "modality_class": claim.modality_class,
        "confidence": claim.confidence,
        "source": _actor_to_json(resolved.source),
        "target": _actor_to_json(resolved.target),
        "against": _actor_to_json(resolved.against),
        "about": _actor_to_json(resolved.about),
        "on_behalf_of": _actor_to_json(resolved.on_behalf_of),
        "claimer": _actor_to_json(resolved.claimer),
        "claimer_text": claim.claimer_text,
        "via": [_actor_to_json(actor) for actor in resolved.via],
        "quote": claim.quote,
        "event": _fields(claim.event),
        "claimed": claim.claimed,
        "evidence": _evidence_to_json(claim.evidence),
        "rule": claim.rule,
        "extractor": claim.extractor,
        "document": _fields(document, leave_out=("content_hash", "text", "language")),
    }
