"""kg eval acts: the PLOVER type of what one marked actor does to another."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.evaluation.gold import Prediction
from kg.evaluation.metrics import NO_ANSWER, Counts, f1_of
from kg.evaluation.pairs import PairRow, claim_between
from kg.evaluation.plover import PloverType, quad_of, type_of
from kg.evaluation.task import Figures, Judged, Miss, Task
from kg.language import Parsed
from kg.model import Span
from kg.pipeline.extractor import Extractor


class ActRow(PairRow):
    """A sentence, who acts (`source`) and towards whom (`target`), and the type of the act: `root` and its quad, `penta`."""

    root: PloverType
    penta: Literal[1, 2, 3, 4]


class ActAnswer(Prediction):
    """The type, quad (1 to 4) and sign of an act; all three are null where no claim was found."""

    relation: PloverType | None = None
    quad: Literal[1, 2, 3, 4] | None = None
    sign: Literal["+", "-"] | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What was marked and what was answered, as sign, quad and type."""

    gold: tuple[str, str, str]
    found: tuple[str, str, str]


def sign_of(quad: int) -> Literal["+", "-"]:
    """Co-operation (quads 1 and 2) or conflict (3 and 4)."""
    return "+" if quad <= 2 else "-"


def act_between(extractor: Extractor, parsed: Parsed, row_id: str, source: Span, target: Span) -> ActAnswer:
    """The act that the surest claim between two marked actors is."""
    found = claim_between(extractor, parsed, source, target, fits=lambda claim: type_of(claim) is not None)
    kind = type_of(found[0]) if found else None
    if kind is None:
        return ActAnswer(id=row_id)
    quad = quad_of(kind)
    return ActAnswer.model_validate({"id": row_id, "relation": kind, "quad": quad, "sign": sign_of(quad)})


def answer(extractor: Extractor, row: ActRow, parsed: Parsed) -> ActAnswer:
    """The act between the two marked actors."""
    return act_between(extractor, parsed, row.id, row.source.span, row.target.span)


def judge(row: ActRow, given: ActAnswer | None) -> Judged[Act]:
    """Sign, quad and type, each right or not; a row without an answer is wrong."""
    found = (
        (given.sign or NO_ANSWER, str(given.quad or NO_ANSWER), given.relation or NO_ANSWER) if given else (NO_ANSWER, NO_ANSWER, NO_ANSWER)
    )
    outcome = Act((sign_of(row.penta), str(row.penta), row.root), found)
    if outcome.gold == found:
        return Judged(outcome)
    levels = zip(("wrong sign", "wrong quad", "wrong type"), outcome.gold, found, strict=True)
    cause = "no claim" if found[2] == NO_ANSWER else next(name for name, gold, one in levels if gold != one)
    pair = f"{row.text[row.source.start : row.source.end]} -> {row.text[row.target.start : row.target.end]}"
    return Judged(outcome, (Miss(cause, row.text, f"{pair}: {row.root}", found[2]),))


def figures(outcomes: Sequence[Act]) -> Figures:
    """Macro-F1 over signs, quads and types, each over the classes that the gold data has."""
    answered = [one for one in outcomes if one.found[2] != NO_ANSWER]
    right = sum(one.gold[2] == one.found[2] for one in answered)
    signs = sum(one.gold[0] == one.found[0] for one in answered)
    return {
        "sign_f1": _macro(outcomes, 0),
        "quad_f1": _macro(outcomes, 1),
        "type_f1": _macro(outcomes, 2),
        "answered": len(answered) / max(1, len(outcomes)),
        "precision_answered": right / max(1, len(answered)),
        "sign_precision_answered": signs / max(1, len(answered)),
    }


def _macro(outcomes: Sequence[Act], level: int) -> float:
    counts: Counts = Counter((one.gold[level], one.found[level]) for one in outcomes)
    return f1_of(counts, sorted({gold for gold, _ in counts}), "macro")


ACTS = Task("acts", "root", ActRow, ActAnswer, answer, judge, figures, main="type_f1")
