"""kg eval claims: a text in, claims out, beside the claims that careful readers see in it."""

from collections.abc import Sequence
from typing import NamedTuple

from kg.assemble import resolved_claims
from kg.evaluation.causes import misses
from kg.evaluation.claim_data import ClaimsAnswer, ClaimsRow, FoundMention, GoldClaim
from kg.evaluation.gold import GoldRow
from kg.evaluation.matching import Matching, Names, match, same_actors
from kg.evaluation.reach import Reach
from kg.evaluation.task import Figures, Judged, Task
from kg.language import Parsed
from kg.model import Reading, claim_line
from kg.pipeline.extractor import Extractor
from kg.resolve import Identities, resolve

CONFIDENT = 0.5


class Counts(NamedTuple):
    """What is counted in one text; counts of several are added up.

    `counted`: claims found that have a sign, without surplus. `modality`, `claimer`, `relation`: so many of those `taken` have it right.
    `pairs`: distinct (source, target, sign) of the core; `pairs_counted`: of the claims found. `reached`: core claims within reach;
    `unlisted`: an answer without mentions, of which that cannot be told.
    """

    core: int = 0
    core_found: int = 0
    predicted: int = 0
    counted: int = 0
    taken: int = 0
    modality: int = 0
    claimer: int = 0
    relation: int = 0
    pairs: int = 0
    pairs_found: int = 0
    pairs_counted: int = 0
    pairs_right: int = 0
    confident_counted: int = 0
    confident_taken: int = 0
    reached: int = 0
    unlisted: int = 0


def answer(extractor: Extractor, row: GoldRow, parsed: Parsed) -> ClaimsAnswer:
    """What `kg extract` prints for this text alone, and the mentions and sentences that it rests on."""
    reading = extractor.read(parsed)
    identities = resolve([reading], extractor.gazetteer)
    resolved = resolved_claims([reading], identities, extractor.ontology)
    return ClaimsAnswer.model_validate(
        {
            "id": row.id,
            "claims": [claim_line(claim, document) for claim, document in resolved],
            "mentions": _mentions(reading, identities),
            "sentences": [[sentence.span.start, sentence.span.end] for sentence in parsed.sentences],
        }
    )


def _mentions(reading: Reading, identities: Identities) -> list[FoundMention]:
    return [
        FoundMention(start=mention.span.start, end=mention.span.end, name=identities.entity(reading, naming).name, text=mention.text)
        for mention in reading.mentions
        for naming in mention.namings
    ]


def judge(row: ClaimsRow, given: ClaimsAnswer | None) -> Judged[Counts]:
    """The claims found beside the gold claims: one to one at their places, and by pairs wherever they stand."""
    claims = given.claims if given else []
    matching = match(row, claims)
    confident = match(row, [claim for claim in claims if claim.confidence >= CONFIDENT])
    core = [number for number, gold in enumerate(row.claims) if gold.core]
    counts = Counts(
        core=len(core),
        core_found=sum(number in matching.taken for number in core),
        predicted=len(matching.found),
        counted=len(matching.found) - matching.surplus,
        taken=len(matching.taken),
        confident_counted=len(confident.found) - confident.surplus,
        confident_taken=len(confident.taken),
        reached=_reached(row, given),
        unlisted=given is not None and not given.lists_mentions,
    )
    return Judged(counts._replace(**_rights(matching), **_pairs(matching)), tuple(misses(row, given, matching)))


def _rights(matching: Matching) -> dict[str, int]:
    rights = matching.rights
    return {
        "modality": sum(right.modality for right in rights),
        "claimer": sum(right.claimer for right in rights),
        "relation": sum(right.relation for right in rights),
    }


def _pairs(matching: Matching) -> dict[str, int]:
    """Distinct (source, target, sign), wherever they stand: what of the core is found, what of the found is in the gold, core or not."""
    core = {_pair(gold): gold for gold in matching.gold if gold.core}
    found = {(one.source, one.target, one.sign) for one in matching.found}

    def met(gold: GoldClaim, pair: tuple[Names, Names, str]) -> bool:
        return gold.sign == pair[2] and same_actors(gold, pair[0], pair[1])

    return {
        "pairs": len(core),
        "pairs_found": sum(any(met(gold, pair) for pair in found) for gold in core.values()),
        "pairs_counted": len(found),
        "pairs_right": sum(any(met(gold, pair) for gold in matching.gold) for pair in found),
    }


def _pair(gold: GoldClaim) -> tuple[object, str]:
    source, target = frozenset(gold.source), frozenset(gold.target)
    return (frozenset({source, target}) if gold.symmetric else (source, target), gold.sign)


def _reached(row: ClaimsRow, given: ClaimsAnswer | None) -> int:
    if given is None:
        return 0
    reach = Reach(row, given)
    return sum(gold.core and not reach.lacks(gold) for gold in row.claims)


def figures(outcomes: Sequence[Counts]) -> Figures:
    """At places: each gold claim is found once, and of what was found only repetitions are not counted. By pairs: the place left out.

    Precision counts every gold claim as right, recall only core claims as missing. `modality` (its class), `claimer` and `relation` are
    shares of the gold claims found. `precision_confident`: precision as it were with the claims of confidence >= 0.5 alone. `reach`:
    the share of core claims whose two actors are known in the cue's sentence or the one before; not told where mentions are not listed.
    """
    total = Counts(*map(sum, zip(*outcomes, strict=True)))
    precision, recall = _share(total.taken, total.counted), _share(total.core_found, total.core)
    pair_precision, pair_recall = _share(total.pairs_right, total.pairs_counted), _share(total.pairs_found, total.pairs)
    return {
        "precision": precision,
        "recall": recall,
        "f1": _f1(precision, recall),
        "pair_precision": pair_precision,
        "pair_recall": pair_recall,
        "pair_f1": _f1(pair_precision, pair_recall),
        "modality": _share(total.modality, total.taken),
        "claimer": _share(total.claimer, total.taken),
        "relation": _share(total.relation, total.taken),
        "precision_confident": _share(total.confident_taken, total.confident_counted),
        **({} if total.unlisted else {"reach": _share(total.reached, total.core)}),
        "predicted": total.predicted,
        "core": total.core,
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


CLAIMS = Task("claims", "claims", ClaimsRow, ClaimsAnswer, answer, judge, figures, main="f1")
