"""Readings as rows: the nodes and relationships that stand for them, with every name resolved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, get_args

from kg.assemble import edge_ends, resolve_claim
from kg.errors import InputError, StoreError
from kg.gazetteer import Gazetteer
from kg.model import Claim, Document, Entity, Kind, ModalityClass, Reading, ResolvedClaim, Role, edge_key
from kg.model.cypher_form import (
    CLAIM_PROPERTIES,
    ENTITY_PROPERTIES,
    MENTION_PROPERTIES,
    ROLE_PROPERTIES,
    ROLE_TYPES,
    Properties,
    claim_to_cypher,
    document_to_cypher,
    entity_to_cypher,
    mention_to_cypher,
    role_to_cypher,
)
from kg.ontology import Ontology
from kg.resolve import Corrections, Identities, resolve
from kg.stores.pending import pending_name, pending_pair
from kg.stores.schema import edge_type
from kg.stores.sending import weight

LONGEST_INDEXED = 2_000
_LONGEST_VALUE = 8_000_000
_LONGEST_NAME = 200
_CLASSES: tuple[ModalityClass, ...] = get_args(ModalityClass)


@dataclass
class Rows:
    """What is created for some documents, by the statement that creates it.

    `documents`: `{id, props}`; `entities`, by kind and id: ENTITY_PROPERTIES; `mentions`: document, entity, MENTION_PROPERTIES; `claims`:
    document, CLAIM_PROPERTIES; `roles`, by type: claim, entity, ROLE_PROPERTIES; `pending`, by id: notes of what is to be derived again.
    """

    documents: list[Properties] = field(default_factory=list)
    entities: dict[Kind, dict[str, list[Any]]] = field(default_factory=dict)
    mentions: list[list[Any]] = field(default_factory=list)
    claims: list[list[Any]] = field(default_factory=list)
    roles: dict[str, list[list[Any]]] = field(default_factory=dict)
    pending: dict[str, Properties] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def add(self, other: "Rows") -> None:
        """Take the rows of other documents in."""
        self.documents += other.documents
        self.mentions += other.mentions
        self.claims += other.claims
        self.warnings += other.warnings
        self.pending |= other.pending
        for kind, entities in other.entities.items():
            self.entities.setdefault(kind, {}).update(entities)
        for name, roles in other.roles.items():
            self.roles.setdefault(name, []).extend(roles)

    @property
    def weight(self) -> int:
        """About how many bytes they are on the way to the database."""
        return sum(weight(row) for row in chain(self.documents, self.mentions, self.claims, *self.roles.values()))


def pair_keys(source_id: str, relation: str, target_id: str, polarity: int) -> dict[str, ModalityClass]:
    """The keys of the edges that a pair may have, one a modality class."""
    return {edge_key(source_id, relation, target_id, each, polarity): each for each in _CLASSES}


def document_properties(document: Document, extractor: str, warnings: list[str] | None = None) -> Properties:
    """What a document is stored as: its address, path and date, which are indexed, are cut where they are monstrous, with a warning."""
    properties = document_to_cypher(document, extractor)
    cut = _cut(properties, ("url", "path", "published"), f"document {document.id[:60]}")
    if warnings is not None:
        warnings += cut
    return properties


def _cut(properties: Properties, names: Iterable[str], of: str) -> list[str]:
    """Cut what is indexed where it is monstrous (a date that is none is kept as text, of any length); the warnings."""
    long = [name for name in names if isinstance(properties.get(name), str) and len(properties[name]) > LONGEST_INDEXED]
    warnings = [f"{of}: {name} of {len(properties[name]):,} characters was cut at {LONGEST_INDEXED:,}" for name in long]
    properties.update({name: properties[name][:LONGEST_INDEXED] for name in long})
    return warnings


def entity_properties(entity: Entity) -> Properties:
    """What an entity is stored as: its name is indexed, so it may not be monstrous."""
    properties = entity_to_cypher(entity)
    return properties | {"name": properties["name"][:LONGEST_INDEXED]}


def rows_of(reading: Reading, gazetteer: Gazetteer, ontology: Ontology, corrections: Corrections) -> Rows:
    """The rows of one reading, as people corrected it.

    Raises:
        StoreError: a relation that the ontology does not have.
        InputError: a value that no database takes.
    """
    return _Maker(reading, resolve([reading], gazetteer, corrections), ontology).rows()


def _values(properties: Properties, names: Sequence[str]) -> list[Any]:
    """The values in this order.

    Raises:
        KeyError: a property that has no place in it, and would be lost.
    """
    for name in properties:
        if name not in names:
            raise KeyError(name)
    return [properties.get(name) for name in names]


class _Maker:
    """Makes the rows of one reading."""

    def __init__(self, reading: Reading, identities: Identities, ontology: Ontology) -> None:
        self._reading = reading
        self._document = reading.document.id
        self._identities = identities
        self._ontology = ontology
        self._made = Rows()

    def rows(self) -> Rows:
        reading, made = self._reading, self._made
        made.documents.append({"id": self._document, "props": document_properties(reading.document, reading.extractor, made.warnings)})
        for entity in self._identities.entities.values():
            made.entities.setdefault(entity.kind, {})[entity.id] = _values(entity_properties(entity), ENTITY_PROPERTIES)
            self._note(pending_name(entity.id))
        self._mentions()
        for claim in reading.claims:
            self._claim(claim)
        self._check_values()
        return made

    def _check_values(self) -> None:
        """Refuse what would make the database hang or fail: the reader lets nothing of that size through, but an import may bring it."""
        rows = [tuple(row["props"].items()) for row in self._made.documents]
        rows += [tuple(zip(CLAIM_PROPERTIES, row[1:], strict=True)) for row in self._made.claims]
        rows += [tuple(zip(MENTION_PROPERTIES, row[2:], strict=True)) for row in self._made.mentions]
        for name, value in (item for row in rows for item in row):
            limit = LONGEST_INDEXED if name == "id" else _LONGEST_VALUE
            if isinstance(value, str) and len(value) > limit:
                document = self._reading.document
                called = (document.path or document.url or document.id)[:_LONGEST_NAME]
                raise InputError(called, f"not stored: {name} has {len(value):,} characters; {limit:,} can be stored")

    def _note(self, row: Properties) -> None:
        self._made.pending[row["id"]] = row

    def _mentions(self) -> None:
        for mention in sorted(self._reading.mention_at.values(), key=lambda mention: mention.span):
            entities = {self._identities.decide(self._reading, naming).entity_id: None for naming in mention.namings}
            values = _values(mention_to_cypher(mention), MENTION_PROPERTIES)
            self._made.mentions += [[self._document, entity, *values] for entity in entities]

    def _claim(self, claim: Claim) -> None:
        if claim.relation not in self._ontology.relations:
            raise StoreError(
                f"document {self._document}: relation {claim.relation[:60]!r} is not in the ontology (--ontology names a file with it)"
            )
        resolved = resolve_claim(self._reading, claim, self._identities, self._ontology)
        properties = claim_to_cypher(claim, resolved.edge_key, rejected=claim.id in self._identities.corrections.rejected)
        self._made.warnings += _cut(properties, ("claimed", "event_start", "event_end"), f"claim {claim.id[:60]}")
        self._made.claims.append([self._document, *_values(properties, CLAIM_PROPERTIES)])
        self._pair(resolved)
        for name, relationship in ROLE_TYPES.items():
            one = getattr(claim, name)
            roles = one if isinstance(one, tuple) else (one,) if one else ()
            self._made.roles.setdefault(relationship, []).extend(self._role(claim, role, position) for position, role in enumerate(roles))

    def _pair(self, resolved: ResolvedClaim) -> None:
        claim = resolved.claim
        if resolved.edge_key is not None and resolved.target is not None:
            source_id, target_id = edge_ends(resolved.source.id, resolved.target.id, claim.relation, self._ontology)
            self._note(pending_pair(source_id, edge_type(claim.relation), target_id, claim.polarity))

    def _role(self, claim: Claim, role: Role, position: int) -> list[Any]:
        decision = self._identities.decide(self._reading, role.naming)
        words = self._reading.document.text[role.mention.start : role.mention.end]
        properties = role_to_cypher(role, words, position=position, surname_only=decision.surname_only)
        return [claim.id, decision.entity_id, *_values(properties, ROLE_PROPERTIES)]
