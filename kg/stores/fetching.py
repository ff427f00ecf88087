"""Documents out of the database, as they were written: a Reading each, or the claims with the entities of their roles."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Protocol

from kg.errors import StoreError
from kg.model import Actor, Claim, Document, Kind, Mention, Reading, ResolvedClaim, Role
from kg.model.cypher_form import (
    ROLE_TYPES,
    Properties,
    claim_from_cypher,
    document_from_cypher,
    mention_from_cypher,
    role_from_cypher,
)
from kg.ontology import Ontology
from kg.stores.bolt import Bolt, Row

_AT_ONCE = 100
_ROLE_OF = {relationship: name for name, relationship in ROLE_TYPES.items()}

_IDS = "MATCH (d:Document) WHERE d.content_hash IS NOT NULL RETURN d.id ORDER BY d.id"
_DOCUMENTS = "UNWIND $ids AS id MATCH (d:Document {id: id}) WHERE d.content_hash IS NOT NULL RETURN d.id, properties(d)"
_MENTIONS = "UNWIND $ids AS id MATCH (:Document {id: id})-[m:MENTIONS]->(:Entity) RETURN id, properties(m)"
_CLAIMS = "UNWIND $ids AS id MATCH (:Document {id: id})<-[:FROM_DOC]-(c:Claim) RETURN id, properties(c)"
_ROLES = f"""
UNWIND $ids AS id MATCH (:Document {{id: id}})<-[:FROM_DOC]-(c:Claim)-[r:{"|".join(_ROLE_OF)}]->(e:Entity)
RETURN c.id, type(r), properties(r), e.id, e.name, e.kind
"""


class Reads(Protocol):
    """What runs a statement that reads: a connection, or a transaction that is under way."""

    def read(self, cypher: str, /, **parameters: object) -> list[Row]: ...


@dataclass(frozen=True, slots=True)
class _Played:
    """A role of a stored claim, with the entity that it was resolved to."""

    role: Role
    position: int
    mention: str
    entity_id: str
    name: str
    kind: Kind
    surname_only: bool

    @classmethod
    def of(cls, row: Row) -> "_Played":
        """From the properties of the relationship, and id, name and kind of the entity."""
        properties, entity_id, name, kind = row
        return cls(
            role=role_from_cypher(properties),
            position=properties.get("position", 0),
            mention=properties["mention"],
            entity_id=entity_id,
            name=name,
            kind=kind,
            surname_only=bool(properties.get("surname_only")),
        )

    def actor(self, reading: Reading) -> Actor:
        reason = self.role.reason or reading.mention_at[self.role.mention].reason
        return Actor(
            id=self.entity_id,
            name=self.name,
            kind=self.kind,
            mention=self.mention,
            start_char=self.role.mention.start,
            end_char=self.role.mention.end,
            reason=f"{reason}; surname only" if self.surname_only else reason,
        )


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored document, whole: its Reading, and who plays the roles of each claim (by claim id and role)."""

    reading: Reading
    edge_keys: Mapping[str, str | None]
    rejected: frozenset[str]
    cast: Mapping[str, Mapping[str, Sequence[_Played]]]

    def resolved(self, ontology: Ontology) -> Iterator[ResolvedClaim]:
        """The claims with the entities that the store has for their roles, without those that a person rejected.

        Raises:
            StoreError: a relation that this ontology does not have.
        """
        for claim in self.reading.claims:
            if claim.id not in self.rejected:
                yield self._resolved(claim, ontology)

    def _resolved(self, claim: Claim, ontology: Ontology) -> ResolvedClaim:
        if claim.relation not in ontology.relations:
            raise StoreError(f"claim {claim.id}: relation {claim.relation!r} is not in the ontology (--ontology names a file with it)")
        actors = {name: [one.actor(self.reading) for one in played] for name, played in self.cast[claim.id].items()}
        one = {name: next(iter(actors.get(name, ())), None) for name in ROLE_TYPES if name not in {"source", "via"}}
        return ResolvedClaim(
            claim=claim,
            label=ontology.label(claim.relation, claim.modality, claim.value),
            edge_key=self.edge_keys[claim.id],
            source=actors["source"][0],
            via=tuple(actors.get("via", ())),
            **one,
        )


def document_ids(bolt: Bolt) -> Iterator[str]:
    """The ids of all documents, sorted, streaming."""
    for (document_id,) in bolt.stream(_IDS):
        yield document_id


def stored(bolt: Reads, ids: Iterable[str]) -> Iterator[Stored]:
    """The documents with these ids, in their order; those that are not there are left out.

    Raises:
        StoreError: what is stored is not what was written.
    """
    for some in batched(ids, _AT_ONCE):
        yield from _some(bolt, list(some))


def _some(bolt: Reads, ids: list[str]) -> Iterator[Stored]:
    documents = {row[0]: document_from_cypher(row[1]) for row in bolt.read(_DOCUMENTS, ids=ids)}
    mentions = _by_first(bolt.read(_MENTIONS, ids=ids))
    claims = _by_first(bolt.read(_CLAIMS, ids=ids))
    cast: dict[str, dict[str, list[_Played]]] = defaultdict(lambda: defaultdict(list))
    for claim_id, relationship, *row in bolt.read(_ROLES, ids=ids):
        cast[claim_id][_ROLE_OF[relationship]].append(_Played.of(row))
    for document_id in dict.fromkeys(ids):
        if document_id in documents:
            document, extractor = documents[document_id]
            yield _whole(document, extractor, mentions[document_id], claims[document_id], cast)


def _by_first(rows: Iterable[Row]) -> Mapping[str, list[Properties]]:
    table: dict[str, list[Properties]] = defaultdict(list)
    for document_id, properties in rows:
        table[document_id].append(properties)
    return table


def _whole(
    document: Document,
    extractor: str,
    mentions: Sequence[Properties],
    claims: Sequence[Properties],
    cast: Mapping[str, Mapping[str, list[_Played]]],
) -> Stored:
    played = {one["id"]: {name: sorted(roles, key=lambda each: each.position) for name, roles in cast[one["id"]].items()} for one in claims}
    try:
        reading = Reading(
            document=document,
            mentions=_mentions(document.id, mentions),
            claims=tuple(sorted((_claim(document.id, one, played[one["id"]]) for one in claims), key=_place)),
            extractor=extractor,
        )
    except (KeyError, IndexError, ValueError, TypeError) as error:
        raise StoreError(f"document {document.id}: what is stored of it is not what was written ({error})") from error
    rejected = frozenset(one["id"] for one in claims if one.get("rejected"))
    return Stored(reading, {one["id"]: one.get("edge_key") for one in claims}, rejected, played)


def _mentions(document_id: str, rows: Sequence[Properties]) -> tuple[Mention, ...]:
    """In the order of the text; a plural mention has a relationship to each of its entities."""
    found = {mention.span: mention for mention in (mention_from_cypher(document_id, row) for row in rows)}
    return tuple(found[span] for span in sorted(found))


def _claim(document_id: str, properties: Properties, played: Mapping[str, Sequence[_Played]]) -> Claim:
    return claim_from_cypher(document_id, properties, {name: [one.role for one in roles] for name, roles in played.items()})


def _place(claim: Claim) -> tuple[int, int, str]:
    """Where claims stand: the order in which they are read."""
    return (claim.evidence.cue_start, claim.evidence.cue_end, claim.id)
