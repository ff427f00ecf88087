"""What the page shows, as plain data: entities, lines between them, evidence cards. Nothing here knows HTML or pyvis.

A *line* is drawn between two entities for each sign and modality class that claims between them have; each line leads to the cards
of its claims, so none exists without a sentence behind it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.model import Actor, Graph, Kind, ModalityClass, ResolvedClaim, digest
from kg.ontology import Ontology
from kg.views import style
from kg.views.cards import Card, Origin, Others, card, origin
from kg.views.layout import Box, Spring, place
from kg.views.rank import chosen
from kg.views.text import label, shown

_CLASSES: tuple[ModalityClass, ...] = ("actual", "uncertain", "negative")
_PULL: Mapping[int, float] = {1: 1.5, 0: 1.0, -1: 0.3}  # friends stand near each other, enemies apart


@dataclass(frozen=True, slots=True)
class Node:
    """An entity with its place. `claims` counts those it is source or target of; `said` those it makes; `joined`: a line ends here."""

    id: str
    name: str
    label: str
    kind: Kind
    aliases: tuple[str, ...]
    claims: int
    said: int
    joined: bool
    radius: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """All claims between two entities of one sign and one modality class. `arrows` as vis-network takes it; `cards` are indices.

    `bend` fans out the lines of one pair: 0 is straight, the sign is the side.
    """

    id: str
    first_id: str
    second_id: str
    polarity: int
    modality_class: ModalityClass
    arrows: str
    bend: float
    cards: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What there is in all, so that the page can say what it leaves out."""

    entities: int
    acting: int
    claims: int
    documents: int


@dataclass(frozen=True, slots=True)
class Page:
    """Everything one page shows, in a fixed order; the strongest claims come first. `texts`: the ids of `documents`."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    cards: tuple[Card, ...]
    documents: tuple[Origin, ...]
    texts: tuple[str, ...]
    totals: Totals

    @property
    def days(self) -> frozenset[str]:
        """When its claims were said, as far as is known; "2024-05" and "2024" are days, too: those they begin on."""
        said = (self.documents[one.document].published if one.claimed is None else one.claimed for one in self.cards)
        return frozenset(filter(None, map(first_day, said)))


_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?(?![0-9])")


def first_day(text: str | None) -> str | None:
    """The day that a date begins on, as the page's scripts see it; None where there is none.

    >>> first_day("2024-05"), first_day("2024-02-30"), first_day("in May")
    ('2024-05-01', None, None)
    """
    found = _DATE.match(text or "")
    if not found:
        return None
    day = f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}"
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        return None


def _actors(resolved: ResolvedClaim) -> list[Actor]:
    roles = (resolved.source, resolved.target, resolved.against, resolved.about, resolved.on_behalf_of, resolved.claimer, *resolved.via)
    return [actor for actor in roles if actor]


def weights(claims: Iterable[ResolvedClaim]) -> dict[tuple[str, str], float]:
    """How many claims join each two entities, both ways round."""
    weights: dict[tuple[str, str], float] = defaultdict(float)
    for one in claims:
        if one.target and one.edge_key:
            weights[one.source.id, one.target.id] += 1
            weights[one.target.id, one.source.id] += 1
    return weights


def acting(graph: Graph) -> set[str]:
    """The entities that some claim speaks of, or that speak."""
    return {actor.id for one in graph.claims for actor in _actors(one)}


def _strongest_first(claims: Iterable[ResolvedClaim]) -> list[ResolvedClaim]:
    """The surest first, those without a sign (who holds which office) behind the others."""
    return sorted(claims, key=lambda one: (one.claim.polarity == 0, -one.claim.confidence, one.claim.claimed or "9999", one.claim.id))


def _both_shown(one: ResolvedClaim, ids: frozenset[str]) -> bool:
    return one.source.id in ids and (one.target is None or one.target.id in ids)


def _line_key(one: Card) -> tuple[str, str, int, str] | None:
    if one.target is None or one.target == one.source:
        return None
    first, second = sorted((one.source, one.target))
    return (first, second, one.polarity, one.modality_class)


def _line_id(key: tuple[str, str, int, str]) -> str:
    return digest(list(key))


def line_ids(cards: Iterable[Card]) -> dict[str, str]:
    """The id of the line that each claim is drawn in, by the id of the claim; those that draw none are left out."""
    return {one.id: _line_id(key) for one in cards if (key := _line_key(one))}


def _arrows(cards: Iterable[Card], first: str) -> str:
    """An arrow at each end that some directed claim points at; none for symmetric relations."""
    ends = {"to" if one.source == first else "from" for one in cards if not one.symmetric}
    return ", ".join(end for end in ("to", "from") if end in ends)


def _bends(count: int) -> list[float]:
    """Where the lines of one pair run: side by side, the middle one straight."""
    step = 0.24 if count < 5 else 1 / count
    return [round((place - (count - 1) / 2) * step, 3) for place in range(count)]


def _lines(cards: Sequence[Card]) -> list[Line]:
    groups: dict[tuple[str, str], dict[tuple[int, ModalityClass], list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, one in enumerate(cards):
        if key := _line_key(one):
            modality_class = next(name for name in _CLASSES if name == one.modality_class)
            groups[key[0], key[1]][one.polarity, modality_class].append(number)
    lines: list[Line] = []
    for first, second in sorted(groups):
        group = groups[first, second]
        keys = sorted(group, key=lambda key: (-key[0], _CLASSES.index(key[1])))
        for (polarity, modality_class), bend in zip(keys, _bends(len(keys)), strict=True):
            numbers = group[polarity, modality_class]
            lines.append(
                Line(
                    id=_line_id((first, second, polarity, modality_class)),
                    first_id=first,
                    second_id=second,
                    polarity=polarity,
                    modality_class=modality_class,
                    arrows=_arrows((cards[number] for number in numbers), first),
                    bend=bend,
                    cards=tuple(numbers),
                )
            )
    return lines


def _places(ids: Sequence[str], labels: Mapping[str, str], sizes: Mapping[str, int], lines: Sequence[Line]) -> dict[str, tuple[int, int]]:
    boxes = [Box.of(labels[entity], sizes[entity]) for entity in ids]
    number = {entity: place for place, entity in enumerate(ids)}
    pulls: dict[tuple[int, int], list[float]] = defaultdict(list)
    for line in lines:
        pulls[number[line.first_id], number[line.second_id]].append(_PULL[line.polarity])
    # lines that run side by side need more room to be told apart
    springs = [Spring(*pair, sum(all_) / len(all_) / (0.65 + 0.35 * len(all_))) for pair, all_ in sorted(pulls.items())]
    return dict(zip(ids, place(boxes, springs), strict=True))


def _nodes(graph: Graph, ids: frozenset[str], cards: Sequence[Card], lines: Sequence[Line]) -> list[Node]:
    about = Counter(entity for one in cards for entity in {one.source, one.target} if entity)
    said = Counter(one.voice.key for one in cards)
    joined = {end for line in lines for end in (line.first_id, line.second_id)}
    entities = [entity for entity in sorted(graph.entities, key=lambda entity: entity.id) if entity.id in ids]
    labels = {entity.id: label(entity.name) for entity in entities}
    sizes = {entity.id: style.radius(about[entity.id]) for entity in entities}
    places = _places([entity.id for entity in entities], labels, sizes, lines)
    return [
        Node(
            id=entity.id,
            name=shown(entity.name),
            label=labels[entity.id],
            kind=entity.kind,
            aliases=tuple(shown(alias) for alias in entity.aliases),
            claims=about[entity.id],
            said=said[entity.id],
            joined=entity.id in joined,
            radius=sizes[entity.id],
            x=places[entity.id][0],
            y=places[entity.id][1],
        )
        for entity in entities
    ]


def make_page(graph: Graph, ontology: Ontology, *, top: int | None = None) -> Page:
    """What is drawn of a graph; the order of its claims and entities does not matter.

    Entities that no claim speaks of are left out. Of more than 300 the first 150 by weighted PageRank are drawn; `top` sets another number,
    0 draws all.
    """
    found = acting(graph)
    ids = chosen(found, weights(graph.claims), top)
    claims = _strongest_first(one for one in graph.claims if _both_shown(one, ids))
    texts = {document.id: document for document in graph.documents}
    used = sorted({one.claim.document_id for one in claims})
    number = {document_id: place for place, document_id in enumerate(used)}
    others = Others.of(graph.links)
    symmetric = {name for name, relation in ontology.relations.items() if relation.symmetric}
    cards = [
        card(
            one,
            texts[one.claim.document_id],
            number[one.claim.document_id],
            symmetric=one.claim.relation in symmetric,
            others=others,
        )
        for one in claims
    ]
    lines = _lines(cards)
    return Page(
        nodes=tuple(_nodes(graph, ids, cards, lines)),
        lines=tuple(lines),
        cards=tuple(cards),
        documents=tuple(origin(texts[document_id]) for document_id in used),
        texts=tuple(used),
        totals=Totals(len(graph.entities), len(found), len(graph.claims), len(graph.documents)),
    )
