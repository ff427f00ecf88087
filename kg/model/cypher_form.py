"""The Cypher form of the nouns: properties of nodes and relationships. The one place where names and nesting are mapped.

Python and JSON  claim.event.start, claim.evidence.start_char, mention.span      Cypher  event_start, start_char, start_char and end_char

Dates are date values in a graph; what only looks like a date, or is none, stays the text it was, so that nothing is lost.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from kg.model.cypher_schema import CLAIM, ENTITY, MENTION, ROLE
from kg.model.graph import Edge, Entity
from kg.model.judgement import Judgement
from kg.model.reading import Claim, Document, Evidence, Kind, Mention, Period, Role, Span

KIND_LABELS: dict[Kind, str] = {"person": "Person", "group": "Group", "country": "Country"}
ROLE_TYPES = {
    "source": "SOURCE",
    "target": "TARGET",
    "against": "AGAINST",
    "about": "ABOUT",
    "on_behalf_of": "ON_BEHALF_OF",
    "claimer": "CLAIMED_BY",
    "via": "VIA",
}
LINK_TYPES = ("CONTRADICTS", "CORROBORATES")
WORDS_INDEX = "claim_sentence"  # full text
STRUCTURE_TYPES = frozenset((*ROLE_TYPES.values(), *LINK_TYPES, "FROM_DOC", "MENTIONS"))
_OWN = ("relation", "value", "polarity", "modality", "quote", "claimer_text", "confidence", "rule", "extractor")
_EVIDENCE = ("sentence", "start_char", "end_char", "cue", "cue_start", "cue_end")

# All properties that each may have; one without a value is left out.
ENTITY_PROPERTIES = tuple(ENTITY)
MENTION_PROPERTIES = tuple(MENTION)
ROLE_PROPERTIES = tuple(ROLE)
CLAIM_PROPERTIES = tuple(CLAIM)

_HALVES = re.compile("[\ud800-\udfff]")

type Properties = dict[str, Any]


def date_value(text: str | None) -> date | str | None:
    """An ISO date as a date; anything else as it is.

    >>> date_value("2021-09-01"), date_value("2021-09")
    (datetime.date(2021, 9, 1), '2021-09')
    """
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return text
    return day if day is not None and day.isoformat() == text else text


def date_text(value: date | str | None) -> str | None:
    """The text that `date_value` was made of."""
    return value.isoformat() if isinstance(value, date) else value


def _given(properties: Mapping[str, Any]) -> Properties:
    r"""The properties that have a value, with U+FFFD for what no database takes (half a character).

    >>> _given({"title": "a\ud800", "url": None})
    {'title': 'a\ufffd'}
    """
    return {name: _whole(value) for name, value in properties.items() if value is not None}


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.isascii() else _HALVES.sub("\ufffd", value)
    return [_whole(item) for item in value] if isinstance(value, list | tuple) else value


def _flat(spans: Sequence[Span]) -> list[int]:
    return [offset for span in spans for offset in (span.start, span.end)]


def _spans(offsets: Sequence[int] | None) -> tuple[Span, ...]:
    flat = offsets or ()
    return tuple(Span(start, end) for start, end in zip(flat[::2], flat[1::2], strict=True))


def document_to_cypher(document: Document, extractor: str) -> Properties:
    """The properties of a `:Document`; `extractor` is that of its Reading."""
    named = {name: getattr(document, name) for name in document.__slots__}
    return _given(named | {"published": date_value(document.published), "extractor": extractor})


def document_from_cypher(properties: Mapping[str, Any]) -> tuple[Document, str]:
    """The document that `document_to_cypher` was given, and its extractor.

    Raises:
        KeyError: it is no document of ours.
    """
    named: Properties = {name: properties.get(name) for name in Document.__slots__}
    named |= {"published": date_text(named["published"]), "text": properties["text"], "content_hash": properties["content_hash"]}
    return Document(**named), properties["extractor"]


def entity_to_cypher(entity: Entity) -> Properties:
    """The properties of an `:Entity`; its kind is a label too."""
    return _given({name: getattr(entity, name) for name in entity.__slots__} | {"aliases": list(entity.aliases)})


def entity_from_cypher(properties: Mapping[str, Any]) -> Entity:
    """The entity that `entity_to_cypher` was given."""
    return Entity(**{name: properties.get(name) for name in Entity.__slots__} | {"aliases": tuple(properties.get("aliases") or ())})


def mention_to_cypher(mention: Mention) -> Properties:
    """The properties of a `:MENTIONS`."""
    return _given(
        {
            "mention": mention.text,
            "start_char": mention.span.start,
            "end_char": mention.span.end,
            "kind": mention.kind,
            "reason": mention.reason,
            "refers_to": _flat(mention.refers_to),
        }
    )


def mention_from_cypher(document_id: str, properties: Mapping[str, Any]) -> Mention:
    """The mention that `mention_to_cypher` was given."""
    span = Span(properties["start_char"], properties["end_char"])
    return Mention(document_id, span, properties["mention"], properties["kind"], properties["reason"], _spans(properties.get("refers_to")))


def role_to_cypher(role: Role, text: str, *, position: int = 0, surname_only: bool = False) -> Properties:
    """The properties of a `:SOURCE`, `:TARGET` ...: the words at this place, and in `refers_to` the name they mean here.

    `position`: the place of a `:VIA` among the outer claimers. `surname_only`: the document gives no fuller name.
    """
    return _given(
        {
            "mention": text,
            "start_char": role.mention.start,
            "end_char": role.mention.end,
            "reason": role.reason,
            "refers_to": _flat((role.naming,)),
            "position": position,
            "surname_only": surname_only or None,
        }
    )


def role_from_cypher(properties: Mapping[str, Any]) -> Role:
    """The role that `role_to_cypher` was given."""
    (naming,) = _spans(properties["refers_to"])
    return Role(Span(properties["start_char"], properties["end_char"]), naming, properties["reason"])


def claim_to_cypher(claim: Claim, edge_key: str | None, *, rejected: bool = False) -> Properties:
    """The properties of a `:Claim`; its roles are relationships. `rejected`: a person judged it wrong."""
    own = {name: getattr(claim, name) for name in ("id", *_OWN)}
    evidence = {name: getattr(claim.evidence, name) for name in _EVIDENCE}
    return _given(
        own
        | evidence
        | {
            "modality_class": claim.modality_class,
            "context": _flat(claim.evidence.context),
            "event_start": date_value(claim.event.start),
            "event_end": date_value(claim.event.end),
            "claimed": date_value(claim.claimed),
            "edge_key": edge_key,
            "rejected": rejected or None,
        }
    )


def claim_from_cypher(document_id: str, properties: Mapping[str, Any], roles: Mapping[str, Sequence[Role]]) -> Claim:
    """The claim that `claim_to_cypher` was given; `roles` by their name, those of `via` in their order.

    Raises:
        KeyError: it is no claim of ours, or has no source.
    """
    given: Properties = {name: properties.get(name) for name in _OWN}
    given |= {name: next(iter(roles.get(name, ())), None) for name in ROLE_TYPES if name not in {"source", "via"}}
    evidence = {name: properties[name] for name in _EVIDENCE}
    return Claim(
        id=properties["id"],
        document_id=document_id,
        source=roles["source"][0],
        via=tuple(roles.get("via", ())),
        event=Period(date_text(properties.get("event_start")), date_text(properties.get("event_end"))),
        claimed=date_text(properties.get("claimed")),
        evidence=Evidence(**evidence, context=_spans(properties.get("context"))),
        **given,
    )


def edge_to_cypher(edge: Edge) -> Properties:
    """The properties of a derived relationship; its ends and its type are those of the edge."""
    named = {name: getattr(edge, name) for name in edge.__slots__ if name not in {"source_id", "target_id", "relation"}}
    dates = {"first": date_value(edge.first), "last": date_value(edge.last)}
    return _given(named | dates | {"edge_key": edge.key, "sample": list(edge.sample)})


def edge_from_cypher(source_id: str, relation: str, target_id: str, properties: Mapping[str, Any]) -> Edge:
    """The edge that `edge_to_cypher` was given."""
    ends = {"source_id": source_id, "relation": relation, "target_id": target_id}
    named = {name: properties.get(name) for name in Edge.__slots__ if name not in ends}
    dates = {"first": date_text(properties.get("first")), "last": date_text(properties.get("last"))}
    return Edge(**(named | ends | dates | {"sample": tuple(properties["sample"])}))


def judgement_to_cypher(judgement: Judgement) -> Properties:
    """The properties of a `:Judgement`."""
    return _given({name: getattr(judgement, name) for name in judgement.__slots__} | {"subjects": list(judgement.subjects)})


def judgement_from_cypher(properties: Mapping[str, Any]) -> Judgement:
    """The judgement that `judgement_to_cypher` was given.

    Raises:
        ValueError: it is not what was judged.
    """
    named: Properties = {name: properties.get(name) for name in Judgement.__slots__}
    return Judgement(**(named | {"subjects": tuple(properties.get("subjects") or ())}))
