"""Who stands how towards whom: `find_claims(discourse, ontology, lexicon, extractor)`.

Each finder gives drafts (cue, pair, modality); they are weighed, a trained model votes where they are silent, and both become claims, one
for each who says so.
"""

from collections.abc import Iterator

from kg.discourse import Discourse
from kg.language import Word
from kg.model import Claim, Period
from kg.ontology import Ontology
from kg.stance.account import Account, account_of
from kg.stance.answers import answer_drafts
from kg.stance.beside import Beside
from kg.stance.carried import carried_drafts
from kg.stance.cues import Lexicon, compile_cues
from kg.stance.drafts import Draft, claims_of
from kg.stance.modality import modality_of, scopes
from kg.stance.pairs import cue_drafts
from kg.stance.partners import partner_drafts
from kg.stance.structure import structure_drafts
from kg.stance.times import event_of
from kg.stance.views import view_drafts
from kg.stance.votes import vote_drafts, why_voted
from kg.stance.weighing import features, has_sign, weighed

__all__ = [
    "Account",
    "Draft",
    "Lexicon",
    "accounted",
    "candidates",
    "compile_cues",
    "event_of",
    "find_claims",
    "found_by_rules",
    "modality_of",
    "operators_over",
    "reasons_of_vote",
]


def find_claims(discourse: Discourse, ontology: Ontology, lexicon: Lexicon, extractor: str) -> tuple[Claim, ...]:
    """All claims of a document, by place; the same claim found twice counts once, with its higher confidence."""
    claims: dict[str, Claim] = {}
    ruled = found_by_rules(discourse, ontology, lexicon)
    for draft in [*ruled, *vote_drafts(discourse, lexicon, ontology, ruled)]:
        event = event_of(discourse.parsed.words_in(draft.span), draft.modality, discourse.parsed.document.published)
        for claim in claims_of(draft, discourse, ontology, extractor, event.period):
            known = claims.get(claim.id)
            if known is None or claim.confidence > known.confidence:
                claims[claim.id] = claim
    return tuple(sorted(claims.values(), key=lambda claim: (claim.evidence.cue_start, claim.evidence.cue_end, claim.id)))


def found_by_rules(discourse: Discourse, ontology: Ontology, lexicon: Lexicon) -> list[Draft]:
    """What the finders give that is likely enough, weighed: what the trained model adds its votes to."""
    return list(weighed(_drafts(discourse, lexicon, ontology), discourse, ontology))


def _drafts(discourse: Discourse, lexicon: Lexicon, ontology: Ontology) -> Iterator[Draft]:
    pairs = list(cue_drafts(discourse, lexicon))
    yield from pairs
    yield from partner_drafts(discourse, lexicon, ontology, pairs)
    yield from answer_drafts(discourse, lexicon, pairs)
    views = list(view_drafts(discourse, lexicon))
    yield from views
    yield from carried_drafts(discourse, lexicon, ontology, [*pairs, *views])
    yield from structure_drafts(discourse)


def candidates(discourse: Discourse, ontology: Ontology, lexicon: Lexicon) -> list[tuple[tuple[str, ...], Claim]]:
    """What `kg.training` learns from: the claims with a sign as the finders give them, each with the features it is judged by."""
    drafts = list(_drafts(discourse, lexicon, ontology))
    beside = Beside.of(drafts, discourse, ontology)
    signed = [draft for draft in drafts if has_sign(draft, ontology)]
    return [(features(draft, discourse, beside, ontology), claims_of(draft, discourse, ontology, "", Period())[0]) for draft in signed]


def operators_over(cue: Word, lexicon: Lexicon) -> list[tuple[str, str]]:
    """The words that decide the modality at a cue with what each does, the innermost first: [("may", "possible")]."""
    return [(scope.word.text, scope.modality) for scope in scopes(cue, lexicon)]


def reasons_of_vote(discourse: Discourse, ontology: Ontology, lexicon: Lexicon, claim: Claim) -> list[str]:
    """What spoke most for a claim that the trained model voted for; nothing where the rules made it."""
    return why_voted(discourse, lexicon, ontology, found_by_rules(discourse, ontology, lexicon), claim) if claim.target else []


def accounted(claim: Claim, discourse: Discourse, ontology: Ontology, lexicon: Lexicon) -> Account | None:
    """Why the rules are as sure of a claim as they are; None where they do not make it."""
    return account_of(claim, _drafts(discourse, lexicon, ontology), discourse, ontology)
