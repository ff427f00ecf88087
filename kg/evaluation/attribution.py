"""kg eval attribution: who says, thinks or wants what, in whole documents.

The format is that of PolNeAR (Newell et al. 2018, "An attribution relations corpus for political news"): each attribution is a source, a
cue and a content, each of them a list of stretches; the source may be empty.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.discourse import attributions
from kg.evaluation.gold import Fields, GoldRow, Pair, Prediction, Stretch
from kg.evaluation.hits import Hits, total
from kg.evaluation.task import Figures, Judged, Miss, Task
from kg.language import Parsed
from kg.model import Span
from kg.pipeline.extractor import Extractor

SAME = 0.5  # the share of characters that two parts have in common from which on they are the same
_AROUND = 120  # characters shown before and after a miss


class GoldAttribution(Fields):
    """Who says what, and the words that say that it is said."""

    source: list[Stretch]
    cue: list[Stretch]
    content: list[Stretch]


class AttributionRow(GoldRow):
    """A document and every attribution in it."""

    attributions: list[GoldAttribution]


class FoundAttribution(Fields):
    """An attribution found: lists of [start, end]."""

    source: list[Pair]
    cue: list[Pair]
    content: list[Pair]


class AttributionAnswer(Prediction):
    """Every attribution found in a document."""

    attributions: list[FoundAttribution]


@dataclass(frozen=True, slots=True)
class Told:
    """Of one document: the attributions; the same judged by their content alone; how many of the gold have their cue found."""

    hits: Hits
    content: Hits
    cues: int


@dataclass(frozen=True, slots=True)
class _Parts:
    """The characters of an attribution."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


def answer(extractor: Extractor, row: AttributionRow, parsed: Parsed) -> AttributionAnswer:
    """Every attribution that the discourse layer finds, whether or not a claim stands on it."""
    found = attributions(extractor.discourse(parsed))
    made = [FoundAttribution(source=_pairs(one.source), cue=_pairs(one.cue), content=_pairs(one.content)) for one in found]
    return AttributionAnswer(id=row.id, attributions=made)


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def similar(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two parts are the same by their characters (Jaccard); an empty one is the same as an empty one."""
    return one == other or len(one & other) >= SAME * len(one | other)


def _characters(spans: Iterable[Sequence[int]], text: str) -> frozenset[int]:
    """The characters of the text that stand in one of the spans; a prediction may name some that are not there."""
    return frozenset(i for start, end in spans for i in range(max(0, start), min(end, len(text))))


def _gold_parts(one: GoldAttribution, text: str) -> _Parts:
    parts = ([(stretch.start, stretch.end) for stretch in part] for part in (one.source, one.cue, one.content))
    return _Parts(*(_characters(part, text) for part in parts))


def _found_parts(one: FoundAttribution, text: str) -> _Parts:
    return _Parts(*(_characters(part, text) for part in (one.source, one.cue, one.content)))


def _matched(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """As many of the pairs (gold, found) as can stand at once, one to one."""
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    graph.add_edges_from((("gold", i), ("found", j)) for i, j in pairs)
    taken = (dict(pair) for pair in nx.max_weight_matching(graph, maxcardinality=True))
    return {pair["gold"]: pair["found"] for pair in taken}


def judge(row: AttributionRow, given: AttributionAnswer | None) -> Judged[Told]:
    """Which attributions are right: source and content the same as in the gold, one to one."""
    gold = [_gold_parts(one, row.text) for one in row.attributions]
    found = [_found_parts(one, row.text) for one in given.attributions] if given else []
    contents = [(i, j) for i, one in enumerate(gold) for j, other in enumerate(found) if similar(one.content, other.content)]
    right = _matched((i, j) for i, j in contents if similar(gold[i].source, found[j].source))
    cues = frozenset[int]().union(*(one.cue for one in found))
    told = Told(
        Hits(len(gold), len(found), len(right)),
        Hits(len(gold), len(found), len(_matched(contents))),
        sum(bool(one.cue & cues) for one in gold),
    )
    return Judged(told, tuple(_misses(row.text, gold, found, dict(contents), right)))


def _misses(
    text: str, gold: Sequence[_Parts], found: Sequence[_Parts], by_content: dict[int, int], right: dict[int, int]
) -> Iterable[Miss]:
    """Gold without its like, then what was found beside it."""
    for i, one in enumerate(gold):
        if i not in right:
            other = found[by_content[i]] if i in by_content else None
            cause = "wrong source" if other else "content not found"
            yield Miss(cause, _around(text, one), _written(text, one), _written(text, other) if other else "nothing")
    explained = {*right.values(), *by_content.values()}
    for j, one in enumerate(found):
        if j not in explained:
            yield Miss("no attribution in truth", _around(text, one), "nothing", _written(text, one))


def _around(text: str, parts: _Parts) -> str:
    """The words around an attribution, on one line."""
    characters = parts.source | parts.cue | parts.content or frozenset({0})
    return " ".join(text[max(0, min(characters) - _AROUND) : max(characters) + _AROUND].split())


def _written(text: str, parts: _Parts) -> str:
    """As in "Paul Renner | said | that they left"."""
    return " | ".join(" ".join("".join(text[i] for i in sorted(part)).split()) for part in (parts.source, parts.cue, parts.content))


def figures(outcomes: Sequence[Told]) -> Figures:
    """F1 of source and content together, F1 of the content alone, and the share of attributions whose cue is among those found."""
    hits = total(one.hits for one in outcomes)
    return {
        "f1": hits.f1,
        "precision": hits.precision,
        "recall": hits.recall,
        "content_f1": total(one.content for one in outcomes).f1,
        "cue_found": sum(one.cues for one in outcomes) / max(1, hits.gold),
        "attributions": hits.gold,
        "found": hits.found,
    }


ATTRIBUTION = Task("attribution", "attributions", AttributionRow, AttributionAnswer, answer, judge, figures, main="f1")
