"""kg eval coreference, across documents: which mentions of a whole collection mean the same.

The format is that of ECB+ (Cybulska and Vossen 2014): entities and events with the chain that each belongs to, across documents. Only the
entities are scored; the corpus marks those alone that take part in an event it marks.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.evaluation.clusters import Cluster, clusters_of, conll_f1, counts_of, parts, without
from kg.evaluation.coreference import ClusterAnswer, mentions_of, misses
from kg.evaluation.gold import GoldRow, Stretch
from kg.evaluation.resolving import clusters, resolved
from kg.evaluation.task import Figures, Judged, Task
from kg.language import Parsed
from kg.model import Span
from kg.pipeline.extractor import Extractor


class ChainMention(Stretch):
    """An entity or event, and the chain it belongs to; types are HUM, LOC, TIM and NON (things), ACT for events."""

    kind: Literal["entity", "event"]
    type: Literal["HUM", "LOC", "TIM", "NON", "ACT"]
    chain: str


class ChainRow(GoldRow):
    """A document of a topic, and the mentions in it."""

    topic: str
    mentions: list[ChainMention]


class FoundEntity(Stretch):
    """A mention, and the id of its entity, which is the same in all documents."""

    entity: str


class AcrossAnswer(ClusterAnswer):
    """The clusters within a document, and the entity of every mention in it."""

    entities: list[FoundEntity]


type Mentions = tuple[tuple[Span, str], ...]  # each with what it is


@dataclass(frozen=True, slots=True)
class Collected:
    """The mentions of one document with their chain, and those found with their entity; `other` are those marked as none of people."""

    document: str
    topic: str
    gold: Mentions
    found: Mentions
    other: frozenset[Span]


def answer(extractor: Extractor, row: ChainRow, parsed: Parsed) -> AcrossAnswer:
    """Entities as each document alone gives them: their ids are made of names, so that they hold across documents."""
    mentions = resolved(extractor, parsed)
    entities = [FoundEntity(start=one.span.start, end=one.span.end, entity=one.who) for one in mentions]
    return AcrossAnswer(id=row.id, clusters=clusters(mentions), entities=entities)


def judge(row: ChainRow, given: AcrossAnswer | None) -> Judged[Collected]:
    """What the figures need; the misses are those within the document."""
    marked = [mention for mention in row.mentions if mention.kind == "entity"]
    gold = tuple((mention.span, mention.chain) for mention in marked)
    found = tuple((one.span, one.entity) for one in given.entities) if given else ()
    other = frozenset(mention.span for mention in marked if mention.type != "HUM")
    return Judged(Collected(row.id, row.topic, gold, found, other), tuple(misses(row.text, _within(gold), _within(found))))


def _within(mentions: Mentions) -> list[Cluster[Span]]:
    return clusters_of((who, span) for span, who in mentions)


def figures(outcomes: Sequence[Collected]) -> Figures:
    """The CoNLL figure over all documents at once, and that of people and organisations, without mentions that are marked as other."""
    drawn = list(_numbered(outcomes))
    gold = clusters_of(((copy, chain), (place, span)) for place, copy, one in drawn for span, chain in one.gold)
    found = clusters_of(((copy, entity), (place, span)) for place, copy, one in drawn for span, entity in one.found)
    other = {(place, span) for place, _, one in drawn for span in one.other}
    mentions = mentions_of(gold, found)
    return {
        "conll_f1": _conll(gold, found),
        "conll_f1_people": _conll(without(gold, other), without(found, other)),
        "mention_precision": mentions.precision,
        "mention_recall": mentions.recall,
        "mentions": mentions.gold,
    }


def _numbered(outcomes: Iterable[Collected]) -> Iterator[tuple[int, int, Collected]]:
    """Each with its place and how often its document came before: one drawn twice is two, and what is said twice there is not the same."""
    before: Counter[str] = Counter()
    for place, one in enumerate(outcomes):
        yield place, before[one.document], one
        before[one.document] += 1


def _conll(gold: Sequence[Cluster[tuple[int, Span]]], found: Sequence[Cluster[tuple[int, Span]]]) -> float:
    return conll_f1(counts_of(*part) for part in parts(gold, found))


def _topic(one: Collected) -> str:
    return one.topic


ACROSS = Task("coreference", "topic", ChainRow, AcrossAnswer, answer, judge, figures, main="conll_f1", unit=_topic)
