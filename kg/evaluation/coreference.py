"""kg eval coreference, within documents: which stretches of a text mean the same.

The format is that of GUM (Zeldes 2017): every mention with its type, and the groups of two or more. GUM marks whole noun phrases and
things of all sorts; kg finds names, pronouns and descriptions of actors.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.evaluation.clusters import Cluster, Counts, clusters_of, conll_f1, counts_of, f1_by_measure, without
from kg.evaluation.gold import GoldRow, Pair, Prediction, Stretch
from kg.evaluation.hits import Hits, total
from kg.evaluation.resolving import around, clusters, resolved
from kg.evaluation.task import Figures, Judged, Miss, Task
from kg.language import Parsed
from kg.model import Span
from kg.pipeline.extractor import Extractor

SCORED = ("news", "interview", "speech")
ACTORS = {"person", "organization", "place"}


class GumMention(Stretch):
    """A noun phrase or pronoun, and what it means."""

    type: Literal["person", "organization", "place", "abstract", "animal", "event", "object", "plant", "substance", "time"]


class GumRow(GoldRow):
    """A document with every mention in it, and the groups of two or more that mean the same."""

    genre: str
    mentions: list[GumMention]
    clusters: list[list[Stretch]]


class ClusterAnswer(Prediction):
    """The groups of two or more mentions that mean the same."""

    clusters: list[list[Pair]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the clusters of a document agree: all of them, those of actors; and how many of the mentions in them are the same."""

    every: Counts
    actors: Counts
    mentions: Hits


def answer(extractor: Extractor, row: GumRow, parsed: Parsed) -> ClusterAnswer:
    """Mentions that stand for the same naming mentions, or for names of the same entity."""
    return ClusterAnswer(id=row.id, clusters=clusters(resolved(extractor, parsed)))


def spans_of(given: ClusterAnswer | None) -> list[Cluster[Span]]:
    """The clusters of an answer; none where there is none."""
    return clusters_of((i, Span(*pair)) for i, pairs in enumerate(given.clusters if given else ()) for pair in pairs)


def judge(row: GumRow, given: ClusterAnswer | None) -> Judged[Agreement]:
    """How far the clusters agree; for actors without the mentions that the gold data gives another type."""
    gold = clusters_of((i, one.span) for i, cluster in enumerate(row.clusters) for one in cluster)
    found = spans_of(given)
    others = {mention.span for mention in row.mentions if mention.type not in ACTORS}
    outcome = Agreement(counts_of(gold, found), counts_of(without(gold, others), without(found, others)), mentions_of(gold, found))
    return Judged(outcome, tuple(misses(row.text, gold, found)))


def mentions_of[M: Hashable](gold: Iterable[Cluster[M]], found: Iterable[Cluster[M]]) -> Hits:
    """How many mentions stand in a cluster, here and there."""
    marked, ours = set().union(*gold), set().union(*found)
    return Hits(len(marked), len(ours), len(marked & ours))


def misses(text: str, gold: Iterable[Cluster[Span]], found: Iterable[Cluster[Span]]) -> Iterator[Miss]:
    """The mentions that are in no cluster there, or that are joined with others than there."""
    truth, ours = _places(gold), _places(found)
    for span in sorted(truth.keys() | ours.keys()):
        cause = _cause(truth, ours, span)
        if cause:
            yield Miss(cause, around(text, span), _shown(text, span, truth), _shown(text, span, ours))


type _Places = Mapping[Span, tuple[int, Span | None]]  # a mention's cluster, and the mention before it in that cluster


def _places(found: Iterable[Cluster[Span]]) -> _Places:
    chains = [sorted(cluster) for cluster in found]
    return {span: (i, before) for i, chain in enumerate(chains) for before, span in zip([None, *chain], chain, strict=False)}


def _cause(truth: _Places, ours: _Places, span: Span) -> str | None:
    if span not in ours:
        return "other span" if any(one.overlaps(span) for one in ours if one not in truth) else "mention not found"
    if span not in truth:
        return "no such mention in a cluster"
    if _parted(ours[span][1], span, truth):
        return "wrongly joined"
    return "not joined" if _parted(truth[span][1], span, ours) else None


def _parted(before: Span | None, span: Span, places: _Places) -> bool:
    """Whether both are in clusters, and in different ones."""
    return before is not None and before in places and places[before][0] != places[span][0]


def _shown(text: str, span: Span, places: _Places) -> str:
    if span not in places:
        return "-"
    before = places[span][1]
    return text[span.start : span.end] + (f" = {text[before.start : before.end]}" if before else "")


def figures(outcomes: Sequence[Agreement]) -> Figures:
    """The CoNLL figure, of all clusters and of those of people, organisations and places; its three parts; and the mentions alone."""
    found = total(one.mentions for one in outcomes)
    return {
        "conll_f1": conll_f1(one.every for one in outcomes),
        **{f"{name}_f1": f1 for name, f1 in f1_by_measure(one.every for one in outcomes).items()},
        "conll_f1_actors": conll_f1(one.actors for one in outcomes),
        "mention_precision": found.precision,
        "mention_recall": found.recall,
        "mentions": found.gold,
    }


def skip(row: GumRow) -> str | None:
    """Genres that are far from news are not scored."""
    return None if row.genre in SCORED else f"genre other than {', '.join(SCORED)}"


GUM = Task("coreference", "genre", GumRow, ClusterAnswer, answer, judge, figures, main="conll_f1", skip=skip)
