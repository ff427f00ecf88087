"""Why a claim is missing or wrong, in the words of someone who writes cues."""

from collections.abc import Iterator

from kg.evaluation.claim_data import ClaimsAnswer, ClaimsRow, FoundClaim, GoldClaim
from kg.evaluation.matching import Found, Matching, same_actors
from kg.evaluation.reach import Reach
from kg.evaluation.task import Miss

SHOWN = 3  # gold claims beside a claim of another pair


def misses(row: ClaimsRow, answer: ClaimsAnswer | None, matching: Matching) -> Iterator[Miss]:
    """What is missing of the core, what is wrong, and what is not right of the claims that were found; each with one cause.

    Claims that only repeat another are no misses.
    """
    yield from _missing(row, answer, matching)
    yield from _wrong(row, matching)
    yield from _not_quite(row, answer, matching)


def _missing(row: ClaimsRow, answer: ClaimsAnswer | None, matching: Matching) -> Iterator[Miss]:
    reach = Reach(row, answer) if answer and answer.lists_mentions else None
    for number, gold in enumerate(matching.gold):
        if gold.core and number not in matching.taken:
            cause, found = _why_missing(gold, matching, reach)
            yield Miss(f"missing: {cause}", _sentence(row, answer, gold.cue_start), written_gold(gold), found)


def _wrong(row: ClaimsRow, matching: Matching) -> Iterator[Miss]:
    for number, one in enumerate(matching.found):
        if number not in matching.fitting:
            cause, instead = _why_wrong(one, matching)
            sentence = one_line(row.text[one.claim.evidence.start_char : one.claim.evidence.end_char])
            yield Miss(f"wrong: {cause}", sentence, instead, written_found(one.claim), one.claim.confidence)


def _not_quite(row: ClaimsRow, answer: ClaimsAnswer | None, matching: Matching) -> Iterator[Miss]:
    for number, by in sorted(matching.taken.items()):
        gold, claim = matching.gold[number], matching.found[by].claim
        for what, right in matching.fits[by, number]._asdict().items():
            if not right:
                sentence = _sentence(row, answer, gold.cue_start)
                yield Miss(f"found: wrong {what}", sentence, written_gold(gold), written_found(claim), claim.confidence)


def _why_missing(gold: GoldClaim, matching: Matching, reach: Reach | None) -> tuple[str, str]:
    """A claim between the two at this place that fits nothing tells; else whether the two are known there at all."""
    free = (one for number, one in enumerate(matching.found) if number not in matching.fitting)
    instead = [one for one in free if one.covers(gold) and _between(one, gold)]
    if instead:
        nearest = min(instead, key=lambda one: _distance(one, gold))
        return _difference(nearest, gold), written_found(nearest.claim)
    lacking = reach.lacks(gold) if reach else []
    return ("actor not found", f"no mention of {' or '.join(lacking)}") if lacking else ("no cue", "")


def _why_wrong(one: Found, matching: Matching) -> tuple[str, str]:
    """The gold claim between the two at this place tells; else what is said of others there."""
    here = sorted((gold for gold in matching.gold if one.covers(gold)), key=lambda gold: (_strangers(one, gold), _distance(one, gold)))
    between = next((gold for gold in here if _between(one, gold)), None)
    if between:
        return _difference(one, between), written_gold(between)
    return ("wrong pair", "; ".join(map(written_gold, here[:SHOWN]))) if here else ("nothing there", "")


def _strangers(one: Found, gold: GoldClaim) -> int:
    """How many of the two actors are none of a gold claim."""
    return sum(actor.isdisjoint((*gold.source, *gold.target)) for actor in (one.source, one.target))


def _distance(one: Found, gold: GoldClaim) -> int:
    return abs(one.claim.evidence.at - gold.cue_start)


def _between(one: Found, gold: GoldClaim) -> bool:
    """Whether it is a claim between these two, whatever it says and whichever way round."""
    return same_actors(gold, one.source, one.target) or same_actors(gold, one.target, one.source)


def _difference(one: Found, gold: GoldClaim) -> str:
    """What keeps a claim between the two actors from fitting."""
    return "wrong direction" if one.sign == gold.sign else "wrong sign"


def written_gold(gold: GoldClaim) -> str:
    """A gold claim on one line, with all that is accepted: "France -SUPPORT/AID+-> Mali (actual/planned) | backs"."""
    ends = f"{gold.source[0]} -{'/'.join(gold.relation)}{gold.sign}-> {gold.target[0]}"
    return _line(ends, "/".join(gold.modality), "/".join(gold.claimer), gold.cue)


def written_found(claim: FoundClaim) -> str:
    """A claim found on one line: "France -RECOGNIZES+-> Taliban (possible; claimer Raab) | recognise"."""
    sign = {1: "+", 0: "", -1: "-"}[claim.polarity]
    value = f' "{claim.value}" ' if claim.value else ""
    ends = f"{claim.source.name} -{claim.relation}{value}{sign}-> {claim.target.name if claim.target else 'nobody'}"
    return _line(ends, claim.modality, claimer_of(claim), claim.evidence.cue)


def claimer_of(claim: FoundClaim) -> str:
    """Who says so, by name or in the words of the text; empty where the text itself does."""
    return claim.claimer.name if claim.claimer else claim.claimer_text or ""


def _line(ends: str, modality: str, claimer: str, cue: str) -> str:
    return f"{ends} ({modality}{f'; claimer {claimer}' if claimer else ''}) | {one_line(cue)}"


def _sentence(row: ClaimsRow, answer: ClaimsAnswer | None, at: int) -> str:
    """The sentence at a place; the line of the text where the answer tells no sentences."""
    for start, end in (answer.sentences or []) if answer else []:
        if start <= at < end:
            return one_line(row.text[start:end])
    return one_line(row.text[row.text.rfind("\n", 0, at) + 1 :].partition("\n")[0])


def one_line(text: str) -> str:
    """A text without the line breaks of a page."""
    return " ".join(text.split())
