"""kg eval stance: which of two marked actors of a sentence is positive or negative towards the other.

The classes are those of Park et al. (2021), "Blames: directed sentiment between entities" (data set DSE).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from kg.evaluation.gold import Prediction
from kg.evaluation.metrics import Counts, f1_of
from kg.evaluation.pairs import PairRow, claim_between
from kg.evaluation.task import Figures, Judged, Miss, Task
from kg.language import Parsed
from kg.pipeline.extractor import Extractor

Label = Literal["neutral", "pos_fwd", "pos_bwd", "neg_fwd", "neg_bwd"]
LABELS: tuple[Label, ...] = get_args(Label)
_SIGNED: Mapping[tuple[int, bool], Label] = {(1, True): "pos_fwd", (1, False): "pos_bwd", (-1, True): "neg_fwd", (-1, False): "neg_bwd"}


class StanceRow(PairRow):
    """A sentence, two actors (`source`, the first of them, and `target`), and who stands how towards whom."""

    label: Label
    text_in_train: bool = False


class StanceAnswer(Prediction):
    """A label, and the confidence of the claim it was read off; no scores where there is no claim."""

    label: Label
    scores: Mapping[Label, float] = {}


@dataclass(frozen=True, slots=True)
class Labels:
    """What was marked and what was answered; `answered`: whether a claim stands between the two."""

    gold: Label
    found: Label | None
    answered: bool
    unseen: bool


def answer(extractor: Extractor, row: StanceRow, parsed: Parsed) -> StanceAnswer:
    """The sign and direction of the surest claim between the two; neutral without one, or where it is denied or has no sign."""
    found = claim_between(extractor, parsed, row.source.span, row.target.span)
    if found is None:
        return StanceAnswer(id=row.id, label="neutral")
    claim, forward = found
    label = "neutral" if claim.modality_class == "negative" else _SIGNED.get((claim.polarity, forward), "neutral")
    return StanceAnswer(id=row.id, label=label, scores={label: claim.confidence})


def judge(row: StanceRow, given: StanceAnswer | None) -> Judged[Labels]:
    """Whether the label is the one; a missing answer is wrong."""
    label = given.label if given else None
    outcome = Labels(row.label, label, given is not None and bool(given.scores), not row.text_in_train)
    if label == row.label:
        return Judged(outcome)
    sure = given.scores.get(given.label, 0.0) if given else 0.0
    pair = f"{row.text[row.source.start : row.source.end]} | {row.text[row.target.start : row.target.end]}"
    return Judged(outcome, (Miss(_cause(row.label, label), row.text, f"{pair}: {row.label}", label or "no answer", sure),))


def _cause(gold: Label, found: Label | None) -> str:
    if found is None or found == "neutral":
        return "no claim"
    if gold == "neutral":
        return "neutral in truth"
    return "wrong sign" if gold[:3] != found[:3] else "wrong direction"


def figures(outcomes: Sequence[Labels]) -> Figures:
    """Micro- and macro-F1 over the five classes, of all rows and of those whose sentence no training part repeats."""
    unseen = [one for one in outcomes if one.unseen]
    answered = [one for one in outcomes if one.answered]
    made: dict[str, float | int] = {"macro_f1": _f1(outcomes, "macro"), "micro_f1": _f1(outcomes, "micro")}
    if len(unseen) < len(outcomes):
        made |= {"macro_f1_unseen": _f1(unseen, "macro"), "micro_f1_unseen": _f1(unseen, "micro")}
    right = sum(one.gold == one.found for one in answered)
    return made | {"answered": len(answered) / max(1, len(outcomes)), "precision_answered": right / max(1, len(answered))}


def _f1(outcomes: Sequence[Labels], average: Literal["micro", "macro"]) -> float:
    counts: Counts = Counter((one.gold, one.found or "") for one in outcomes)
    return f1_of(counts, LABELS, average)


STANCE = Task("stance", "label", StanceRow, StanceAnswer, answer, judge, figures, main="macro_f1")
