"""Readings as rows: the nodes and relationships that stand for them, with every name resolved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, get_args

from kg.assemble import edge_ends, resolve_claim
from kg.errors import StoreError
from kg.gazetteer import Gazetteer
from kg.model import Claim, Document, Entity, Kind, ModalityClass, Reading, ResolvedClaim, Role, digest, edge_key
from kg.model.cypher_form import (
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
from kg.stores.schema import edge_type

LONGEST_INDEXED = 2_000
_LONGEST_VALUE = 8_000_000
_MOST_ROWS = 5_000
_MOST_WEIGHT = 4_000_000
_ROW_WEIGHT = 100
_CLASSES: tuple[ModalityClass, ...] = get_args(ModalityClass)

type RowOut = dict[str, Any]


@dataclass
class Rows:
    """What is created for some documents, by the statement that creates it."""

    documents: list[RowOut] = field(default_factory=list)
    entities: dict[Kind, dict[str, Properties]] = field(default_factory=dict)
    mentions: list[RowOut] = field(default_factory=list)
    claims: list[RowOut] = field(default_factory=list)
    roles: dict[str, list[RowOut]] = field(default_factory=dict)
    pending: dict[str, RowOut] = field(default_factory=dict)
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
        lists = (self.documents, self.mentions, self.claims, *self.roles.values())
        return sum(weight(row) for rows in lists for row in rows)


def weight(value: Any) -> int:
    """About how many bytes a value is on the way to the database."""
    if isinstance(value, str):
        return len(value) + 5
    if isinstance(value, dict):
        return _ROW_WEIGHT + sum(weight(item) for item in value.values())
    return 9 * len(value) if isinstance(value, list) else 9


def chunks(rows: Iterable[RowOut]) -> Iterator[list[RowOut]]:
    """The rows in parts that fit into one message."""
    part: list[RowOut] = []
    heavy = 0
    for row in rows:
        more = weight(row)
        if part and (len(part) == _MOST_ROWS or heavy + more > _MOST_WEIGHT):
            yield part
            part, heavy = [], 0
        part.append(row)
        heavy += more
    if part:
        yield part


def pair_keys(source_id: str, relation: str, target_id: str, polarity: int) -> dict[str, ModalityClass]:
    """The keys of the edges that a pair may have, one a modality class."""
    return {edge_key(source_id, relation, target_id, each, polarity): each for each in _CLASSES}


def pending_pair(source_id: str, relation: str, target_id: str, polarity: int) -> RowOut:
    """A note that the edges and links of this pair are to be made again."""
    key = digest(["pair", source_id, relation, target_id, polarity])
    return {"id": key, "props": {"source": source_id, "relation": relation, "target": target_id, "polarity": polarity}}


def pending_name(entity_id: str) -> RowOut:
    """A note that the name and aliases of this entity are to be worked out again."""
    return {"id": digest(["name", entity_id]), "props": {"entity": entity_id}}


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
        StoreError: a relation that the ontology does not have, or a value that no database takes.
    """
    return _Maker(reading, resolve([reading], gazetteer, corrections), ontology).rows()


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
            made.entities.setdefault(entity.kind, {})[entity.id] = entity_properties(entity)
            self._note(pending_name(entity.id))
        self._mentions()
        for claim in reading.claims:
            self._claim(claim)
        self._check_values()
        return made

    def _check_values(self) -> None:
        """Refuse what would make the database hang or fail: the reader lets nothing of that size through, but an import may bring it."""
        for row in (*self._made.documents, *self._made.claims, *self._made.mentions):
            for name, value in row["props"].items():
                limit = LONGEST_INDEXED if name == "id" else _LONGEST_VALUE
                if isinstance(value, str) and len(value) > limit:
                    raise StoreError(f"document {self._document[:60]}: {name} has {len(value):,} characters; {limit:,} can be stored")

    def _note(self, row: RowOut) -> None:
        self._made.pending[row["id"]] = row

    def _mentions(self) -> None:
        for mention in sorted(self._reading.mention_at.values(), key=lambda mention: mention.span):
            entities = {self._identities.decide(self._reading, naming).entity_id: None for naming in mention.namings}
            self._made.mentions += [
                {"document": self._document, "entity": entity, "props": mention_to_cypher(mention)} for entity in entities
            ]

    def _claim(self, claim: Claim) -> None:
        if claim.relation not in self._ontology.relations:
            raise StoreError(
                f"document {self._document}: relation {claim.relation[:60]!r} is not in the ontology (--ontology names a file with it)"
            )
        resolved = resolve_claim(self._reading, claim, self._identities, self._ontology)
        properties = claim_to_cypher(claim, resolved.edge_key, rejected=claim.id in self._identities.corrections.rejected)
        self._made.warnings += _cut(properties, ("claimed", "event_start", "event_end"), f"claim {claim.id[:60]}")
        self._made.claims.append({"id": claim.id, "document": self._document, "props": properties})
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

    def _role(self, claim: Claim, role: Role, position: int) -> RowOut:
        decision = self._identities.decide(self._reading, role.naming)
        words = self._reading.document.text[role.mention.start : role.mention.end]
        properties = role_to_cypher(role, words, position=position, surname_only=decision.surname_only)
        return {"claim": claim.id, "entity": decision.entity_id, "props": properties}
