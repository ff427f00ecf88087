"""kg eval coreference, pronouns: which of two marked names a pronoun stands for, if either.

The format and the figures are those of GAP (Webster et al. 2018, "Mind the GAP: a balanced corpus of gendered ambiguous pronouns").
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.evaluation.coreference import ClusterAnswer, spans_of
from kg.evaluation.gold import GoldRow, Stretch
from kg.evaluation.hits import Hits, total
from kg.evaluation.resolving import around, clusters, resolved
from kg.evaluation.task import Figures, Judged, Miss, Task
from kg.language import Parsed
from kg.pipeline.extractor import Extractor

_FEMININE = {"she", "her", "hers", "herself"}


class Candidate(Stretch):
    """A name, and whether the pronoun stands for it."""

    coref: bool


class GapRow(GoldRow):
    """A text with a pronoun and two names, of which at most one is meant."""

    pronoun: Stretch
    a: Candidate
    b: Candidate


@dataclass(frozen=True, slots=True)
class Decisions:
    """Of one pronoun: how many names it stands for, was taken to stand for, rightly; whether it was taken to stand for anyone."""

    hits: Hits
    feminine: bool
    answered: bool


def answer(extractor: Extractor, row: GapRow, parsed: Parsed) -> ClusterAnswer:
    """The clusters of a text in which the pronoun and both names are known to be mentions."""
    return ClusterAnswer(id=row.id, clusters=clusters(resolved(extractor, parsed, [row.pronoun.span, row.a.span, row.b.span])))


def judge(row: GapRow, given: ClusterAnswer | None) -> Judged[Decisions]:
    """A name is taken to be meant where it stands in one cluster with the pronoun."""
    meant = next((cluster for cluster in spans_of(given) if row.pronoun.span in cluster), frozenset())
    gold = {name.span for name in (row.a, row.b) if name.coref}
    found = {name.span for name in (row.a, row.b) if name.span in meant}
    pronoun = row.text[row.pronoun.start : row.pronoun.end]
    outcome = Decisions(Hits(len(gold), len(found), len(gold & found)), pronoun.lower() in _FEMININE, bool(meant))
    if gold == found:
        return Judged(outcome)
    cause = "other name" if found and gold else "neither in truth" if found else "someone else" if meant else "no answer"
    names = [[f"{row.text[span.start : span.end]}" for span in sorted(spans)] for spans in (gold, found)]
    told, heard = (f"{pronoun} = {' and '.join(words) or 'neither'}" for words in names)
    return Judged(outcome, (Miss(cause, around(row.text, row.pronoun.span), told, heard),))


def figures(outcomes: Sequence[Decisions]) -> Figures:
    """Precision, recall and F1 of the decisions "the pronoun is a" and "the pronoun is b", and the F1 of each gender's pronouns."""
    every = _hits(outcomes)
    return {
        "f1": every.f1,
        "precision": every.precision,
        "recall": every.recall,
        "f1_masculine": _hits(one for one in outcomes if not one.feminine).f1,
        "f1_feminine": _hits(one for one in outcomes if one.feminine).f1,
        "answered": sum(one.answered for one in outcomes) / max(1, len(outcomes)),
    }


def _hits(outcomes: Iterable[Decisions]) -> Hits:
    return total(one.hits for one in outcomes)


GAP = Task("coreference", "pronoun", GapRow, ClusterAnswer, answer, judge, figures, main="f1")
