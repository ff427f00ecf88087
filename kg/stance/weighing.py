"""From what the finders give to what is claimed: each draft gets its probability, and what is too unlikely is left out.

What the finders give is a rough guess by the kind of cue and the way to its actors. A logistic model, fitted on annotated news, makes a
probability of it (in the manner of Platt 1999, "Probabilistic outputs for support vector machines", with more features than one).
Structure (roles, membership) has no annotated news to be fitted on and keeps its guess.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.discourse import Discourse
from kg.model import modality_class
from kg.ontology import Ontology
from kg.stance.chances import model
from kg.stance.drafts import Draft
from kg.stance.features import Place, order, part_of


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules find: the drafts that are likely enough, and those that are not, each with its probability as confidence."""

    found: list[Draft]
    doubted: list[Draft]


def weighed(drafts: Iterable[Draft], discourse: Discourse, ontology: Ontology) -> Ruled:
    """The drafts with their probability; one without a sign keeps its guess."""
    judge = model("found")
    ruled = Ruled([], [])
    for draft in drafts:
        if not has_sign(draft, ontology):
            ruled.found.append(draft)
            continue
        chance = judge.chance(features(draft, discourse))
        (ruled.found if chance >= judge.enough else ruled.doubted).append(replace(draft, confidence=max(round(chance, 2), 0.01)))
    return ruled


def has_sign(draft: Draft, ontology: Ontology) -> bool:
    """Whether it says that someone is for or against someone."""
    return bool(ontology.relations[draft.relation].polarity or draft.polarity)


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
