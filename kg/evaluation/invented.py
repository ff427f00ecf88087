"""A graph of any size whose claims are made up: what speed of drawing is measured on."""

from kg.model import (
    Actor,
    Claim,
    Document,
    Entity,
    Evidence,
    Graph,
    Kind,
    Modality,
    Period,
    ResolvedClaim,
    Role,
    Span,
    claim_id,
    content_hash,
    document_id,
    edge_key,
    modality_class,
)
from kg.ontology import Ontology

_KINDS: tuple[Kind, ...] = ("person", "group", "country")
_MOODS: tuple[tuple[str, str, Modality], ...] = (
    ("COOPERATE", "worked with", "actual"),
    ("ACCUSE", "condemned", "actual"),
    ("AT_ODDS_WITH", "may be at odds with", "possible"),
    ("ASSAULT", "never attacked", "denied"),
)


def _entity(number: int) -> Entity:
    name = f"{('Amina', 'Council of', 'Upper')[number % 3]} {'ABCDEFGHIJKLMNOPQRST'[number % 20]}{number}ia"
    return Entity(f"{_KINDS[number % 3]}:{number}", name, _KINDS[number % 3])


def _actor(entity: Entity, start: int) -> Actor:
    return Actor(entity.id, entity.name, entity.kind, entity.name, start, start + len(entity.name), "name")


def _told(number: int, turn: int, ontology: Ontology, size: int) -> tuple[Document, ResolvedClaim]:
    """Claim `turn` of an entity, with a document of its own: the first two are about one other entity, the third about another."""
    relation, cue, modality = _MOODS[(number + turn // 2) % len(_MOODS)]
    source, target = _entity(number), _entity(number // 2 if turn < 2 else (number * 7 + 3) % size)
    head = f"{source.name} {cue} {target.name}"
    text = f"{head} in the talks about the harbour of the old town, part {number}-{turn}."
    day = f"2026-{1 + number % 12:02}-{1 + turn * 9:02}"
    document = Document(
        document_id(None, text), content_hash(text), text, f"Dispatch {number}-{turn}", None, f"Outlet {number % 9}", day, "en", None
    )
    one, other = _actor(source, 0), _actor(target, len(head) - len(target.name))
    roles = [Role(Span(actor.start_char, actor.end_char), Span(actor.start_char, actor.end_char), "name") for actor in (one, other)]
    evidence = Evidence.of(text, Span(0, len(text)), Span(len(source.name) + 1, len(source.name) + 1 + len(cue)))
    polarity = ontology.relations[relation].polarity or 0
    claim = Claim(
        id=claim_id(document.id, evidence, relation, modality, None, {"source": roles[0], "target": roles[1]}),
        document_id=document.id,
        source=roles[0],
        relation=relation,
        target=roles[1],
        polarity=polarity,
        modality=modality,
        event=Period(day, day),
        claimed=day,
        evidence=evidence,
        confidence=0.3 + (number * 7 + turn * 5) % 70 / 100,
        rule="invented",
        extractor="invented/1",
    )
    key = edge_key(source.id, relation, target.id, modality_class(modality), polarity)
    return document, ResolvedClaim(claim, ontology.relations[relation].label, key, one, other)


def invented_graph(entities: int, ontology: Ontology) -> Graph:
    """So many entities with two lines and three claims each; the same for the same number."""
    told = [_told(number, turn, ontology, entities) for number in range(entities) for turn in range(3)]
    return Graph(tuple(document for document, _ in told), tuple(map(_entity, range(entities))), tuple(claim for _, claim in told))
