"""What readings become together: entities, claims with names, edges derived from them, links between claims."""

from dataclasses import dataclass, field

from kg.model.ids import digest
from kg.model.reading import Claim, Document, Failure, Kind, ModalityClass


@dataclass(frozen=True, slots=True)
class Entity:
    """The actor that mentions were resolved to. `wikidata` only where a gazetteer gives a sourced one."""

    id: str
    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A role of a claim with its entity: who it is, the words at this place, and why they mean that entity."""

    id: str
    name: str
    kind: Kind
    mention: str
    start_char: int
    end_char: int
    reason: str


@dataclass(frozen=True, slots=True)
class ResolvedClaim:
    """A claim with its roles resolved to entities. `label` is computed ("possible coordination"), never stored in a store."""

    claim: Claim
    label: str
    edge_key: str | None
    source: Actor
    target: Actor | None
    claimer: Actor | None = None
    against: Actor | None = None
    about: Actor | None = None
    on_behalf_of: Actor | None = None
    via: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """All claims of one relation, one modality class and one polarity between two entities; derived, never empty.

    `claims`, `documents` and `outlets` are counts (of distinct texts, of distinct outlets); `first` and `last` are ISO dates;
    `confidence` is the highest of its claims; `sample` holds the smallest claim ids, 100 at most.
    """

    source_id: str
    relation: str
    target_id: str
    modality_class: ModalityClass
    polarity: int
    claims: int
    documents: int
    outlets: int
    first: str | None
    last: str | None
    confidence: float
    sample: tuple[str, ...]

    @property
    def key(self) -> str:
        """The edge key that its claims carry."""
        return edge_key(self.source_id, self.relation, self.target_id, self.modality_class, self.polarity)


@dataclass(frozen=True, slots=True)
class Link:
    """CONTRADICTS or CORROBORATES between two claims (smaller id first), with the rule that made it."""

    kind: str
    first_id: str
    second_id: str
    rule: str


@dataclass(frozen=True, slots=True)
class Graph:
    """Everything that was read, assembled; each tuple sorted by id or key, so the same input gives the same graph."""

    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    claims: tuple[ResolvedClaim, ...] = ()
    edges: tuple[Edge, ...] = ()
    links: tuple[Link, ...] = ()
    failures: tuple[Failure, ...] = field(default=(), compare=False)


def edge_key(source_id: str, relation: str, target_id: str, modality_class: ModalityClass, polarity: int) -> str:
    """The key of the edge that a claim belongs to; for symmetric relations the caller gives the pair sorted."""
    return digest([source_id, relation, target_id, modality_class, polarity])
