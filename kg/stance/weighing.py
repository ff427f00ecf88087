"""From what the finders give to what is claimed: each draft gets its probability, and what is too unlikely is left out.

What the finders give is a rough guess by the kind of cue and the way to its actors. A logistic model, fitted on annotated news, makes a
probability of it (in the manner of Platt 1999, "Probabilistic outputs for support vector machines", with more features than one).
Structure (roles, membership) has no annotated news to be fitted on and keeps its guess.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.discourse import Discourse
from kg.language import Word
from kg.model import modality_class
from kg.ontology import Ontology
from kg.stance.chances import model
from kg.stance.cues import Lexicon
from kg.stance.drafts import Draft
from kg.stance.features import Place, order, part_of
from kg.stance.near import near_drafts


def weighed(drafts: Sequence[Draft], discourse: Discourse, ontology: Ontology, lexicon: Lexicon) -> Iterator[Draft]:
    """The drafts that are likely enough, with their probability as confidence; then those of cues that had made none."""
    judge = model("found")
    for draft in drafts:
        chance = judge.chance(features(draft, discourse)) if has_sign(draft, ontology) else None
        if chance is None:
            yield draft
        elif chance >= judge.enough:
            yield replace(draft, confidence=max(round(chance, 2), 0.01))
    yield from near_drafts(discourse, lexicon, signed_cues(drafts, ontology))


def has_sign(draft: Draft, ontology: Ontology) -> bool:
    """Whether it says that someone is for or against someone."""
    return bool(ontology.relations[draft.relation].polarity or draft.polarity)


def signed_cues(drafts: Iterable[Draft], ontology: Ontology) -> set[Word]:
    """The cues that made a claim with a sign."""
    return {draft.cue for draft in drafts if has_sign(draft, ontology)}


def features(draft: Draft, discourse: Discourse) -> tuple[str, ...]:
    """What a draft is judged by."""
    place = Place.of(draft.cue, discourse)
    family, _, name = draft.rule.partition(":")
    target = [f"t {feature}" for feature in part_of(draft.target, place)] if draft.target else ["t none"]
    return (
        f"rule {family}",
        f"cue {name}",
        f"relation {draft.relation}",
        f"guess {draft.confidence:.2f}",
        f"class {modality_class(draft.modality)}",
        f"actors {min(len(place.actors), 6)}",
        f"cue dep {draft.cue.dep}",
        order(draft.source, draft.target, draft.cue),
        *(["against"] if draft.against else []),
        *(["quoted"] if discourse.speech.quotation_at(draft.cue) else []),
        *(f"s {feature}" for feature in part_of(draft.source, place)),
        *target,
    )
