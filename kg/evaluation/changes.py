"""What a change of the extractor changed: claims gained, lost and read otherwise, and whether for the better."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.evaluation.causes import claimer_of, one_line, written_found
from kg.evaluation.claim_data import ClaimsAnswer, ClaimsRow, FoundClaim
from kg.evaluation.matching import Actors, fit, found_claims

type Verdict = Literal["gained right", "gained wrong", "lost right", "lost wrong", "better", "worse", "neither"]
type Pair = tuple[FoundClaim | None, FoundClaim | None]  # as it was, as it is; one of them at least

MOVED = 0.1  # a confidence that moves no further has not changed


@dataclass(frozen=True, slots=True)
class Change:
    """A claim in the text of this row, as it was and as it is, each on one line; `old` is empty where it was gained, `new` where lost.

    `differs`: what is read otherwise ("modality", "claimer"). `verdict`: None where no gold data tells.
    """

    row: str
    sentence: str
    old: str
    new: str
    differs: tuple[str, ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """All changes between two runs, text by text; `same` counts the claims that stayed as they were."""

    gained: tuple[Change, ...]
    lost: tuple[Change, ...]
    changed: tuple[Change, ...]
    same: int

    @property
    def verdicts(self) -> Mapping[Verdict, int]:
        """How many changes there are of each verdict."""
        every = (*self.gained, *self.lost, *self.changed)
        return Counter(change.verdict for change in every if change.verdict)


def changes(old: Sequence[ClaimsAnswer], new: Sequence[ClaimsAnswer], rows: Sequence[ClaimsRow] = ()) -> Changes:
    """The claims of two runs over the same texts beside each other; gold rows tell whether a change is for the better.

    Two claims are one where their ids are equal (ids are hashes of place, roles, relation and modality), or where they stand in the
    same sentence between the same two actors: of several, those that differ least. A claim is right where it fits a gold claim. One that
    is changed is better where it fits and did not, where more of modality class, claimer and relation is right, or where it is right and
    surer, or wrong and less sure.
    """
    before, after = ({answer.id: answer.claims for answer in run} for run in (old, new))
    gold = {row.id: row for row in rows}
    pairs = [(text, pair) for text in dict.fromkeys((*before, *after)) for pair in _beside(before.get(text, []), after.get(text, []))]
    made = [change for text, pair in pairs if (change := _change(text, pair, gold.get(text)))]
    return Changes(
        gained=tuple(change for change in made if not change.old),
        lost=tuple(change for change in made if not change.new),
        changed=tuple(change for change in made if change.old and change.new),
        same=len(pairs) - len(made),
    )


def _beside(old: Sequence[FoundClaim], new: Sequence[FoundClaim]) -> list[Pair]:
    """Every claim once, beside its like of the other run where it has one; in the order of the text."""
    like = dict(_like(old, new))
    pairs: list[Pair] = [(was, new[like[i]] if i in like else None) for i, was in enumerate(old)]
    pairs += [(None, now) for j, now in enumerate(new) if j not in like.values()]
    return sorted(pairs, key=_place)


def _like(old: Sequence[FoundClaim], new: Sequence[FoundClaim]) -> Iterator[tuple[int, int]]:
    """The numbers of two claims that are one, those that differ least first; each claim once."""
    costs = ((_cost(was, now), i, j) for i, was in enumerate(old) for j, now in enumerate(new))
    left_old, left_new = set(range(len(old))), set(range(len(new)))
    for _, i, j in sorted((cost, i, j) for cost, i, j in costs if cost is not None):
        if i in left_old and j in left_new:
            left_old.remove(i)
            left_new.remove(j)
            yield i, j


def _cost(was: FoundClaim, now: FoundClaim) -> int | None:
    """How much two claims differ that may be one; None where they may not."""
    if was.id is not None and was.id == now.id:
        return -1
    return len(_differs(was, now)) if _between(was) == _between(now) else None


def _between(claim: FoundClaim) -> tuple[object, ...]:
    """Its sentence and its actors, whichever way round."""
    actors = frozenset({claim.source.name, claim.target.name if claim.target else None})
    return claim.evidence.start_char, claim.evidence.end_char, actors


def _place(pair: Pair) -> tuple[int, int]:
    claim = _either(pair)
    return claim.evidence.start_char, claim.evidence.at


def _either(pair: Pair) -> FoundClaim:
    """The claim as it is, or as it was where it is lost."""
    (claim, *_) = (claim for claim in reversed(pair) if claim is not None)
    return claim


def _said(claim: FoundClaim) -> dict[str, object]:
    return {
        "source": claim.source.name,
        "target": claim.target.name if claim.target else None,
        "relation": claim.relation,
        "value": claim.value,
        "sign": claim.polarity,
        "modality": claim.modality,
        "claimer": claimer_of(claim),
    }


def _differs(was: FoundClaim, now: FoundClaim) -> tuple[str, ...]:
    """What two claims say otherwise."""
    before, after = _said(was), _said(now)
    moved = round(abs(was.confidence - now.confidence), 6) > MOVED
    return (*(name for name in before if before[name] != after[name]), *(["confidence"] if moved else []))


def _change(text: str, pair: Pair, row: ClaimsRow | None) -> Change | None:
    """What became of a claim; None where it stayed."""
    was, now = pair
    differs = _differs(was, now) if was and now else ()
    if was and now and not differs:
        return None
    return Change(text, one_line(_either(pair).evidence.sentence), _written(was), _written(now), differs, _verdict(was, now, row))


def _written(claim: FoundClaim | None) -> str:
    return f"{written_found(claim)} [{claim.confidence:.2f}]" if claim else ""


def _verdict(was: FoundClaim | None, now: FoundClaim | None, row: ClaimsRow | None) -> Verdict | None:
    if row is None or not any(claim and claim.polarity for claim in (was, now)):
        return None
    before, after = _worth(was, row), _worth(now, row)
    if was is None:
        return "gained right" if after > 0 else "gained wrong"
    if now is None:
        return "lost right" if before > 0 else "lost wrong"
    gain = after - before or (_surer(was, now) if after > 0 else -_surer(was, now))
    return "better" if gain > 0 else "worse" if gain < 0 else "neither"


def _worth(claim: FoundClaim | None, row: ClaimsRow) -> int:
    """More than 0 where a claim fits a gold claim, the more of it is right the more; less where it fits none; 0 where gold is silent."""
    if claim is None or not claim.polarity:
        return 0
    (found,) = found_claims([claim], Actors(row.aliases))
    return max((1 + right.weight for gold in row.claims if (right := fit(found, gold))), default=-1)


def _surer(was: FoundClaim, now: FoundClaim) -> float:
    """How far the confidence moved, where it did."""
    return now.confidence - was.confidence if "confidence" in _differs(was, now) else 0.0
