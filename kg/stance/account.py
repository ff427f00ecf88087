"""Why a claim is as sure as it is: the draft that it was made of, and what each thing known of it weighs."""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.discourse import Discourse
from kg.language import Word
from kg.model import Claim, Period
from kg.ontology import Ontology
from kg.stance.beside import Beside
from kg.stance.chances import model
from kg.stance.drafts import Draft, claims_of
from kg.stance.weighing import features, has_sign
from kg.stance.wording import in_words


@dataclass(frozen=True, slots=True)
class Account:
    """The head of a claim's cue; `base` and `weights` (in words, the largest first) add up to the log-odds of its confidence.

    Both are empty where nothing is fitted: for claims of structure, whose confidence is that of their rule.
    """

    cue: Word
    base: float | None
    weights: tuple[tuple[str, float], ...]


def account_of(claim: Claim, drafts: Iterable[Draft], discourse: Discourse, ontology: Ontology) -> Account | None:
    """How the rules came to this claim; `drafts`: all that they give. None where they do not make it (a trained model voted for it)."""
    judge = model("found")
    accounts = []
    every = list(drafts)
    beside = Beside.of(every, discourse, ontology)
    for draft in every:
        if draft.rule == claim.rule and any(one.id == claim.id for one in claims_of(draft, discourse, ontology, claim.extractor, Period())):
            known = features(draft, discourse, beside, ontology) if has_sign(draft, ontology) else None
            accounts.append((judge.chance(known) if known else draft.confidence, draft.cue, known))
    if not accounts:
        return None
    _, cue, known = max(accounts, key=lambda account: account[0])
    if known is None:
        return Account(cue, None, ())
    weights = [(in_words(feature), judge.weights[feature]) for feature in known if feature in judge.weights]
    return Account(cue, judge.bias, tuple(sorted(weights, key=lambda one: (-abs(one[1]), one[0]))))
