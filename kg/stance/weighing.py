"""From what the finders give to what is claimed: each draft gets its probability, and what is too unlikely is left out.

What the finders give is a rough guess by the kind of cue and the way to its actors. A logistic model, fitted on annotated news, makes a
probability of it (in the manner of Platt 1999, "Probabilistic outputs for support vector machines", with more features than one).
Structure (roles, membership) has no annotated news to be fitted on and keeps its guess.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.discourse import Discourse
from kg.model import modality_class
from kg.ontology import Ontology
from kg.stance.beside import Beside, sign_of
from kg.stance.chances import model
from kg.stance.drafts import Draft
from kg.stance.features import Place, order, part_of


def weighed(drafts: Iterable[Draft], discourse: Discourse, ontology: Ontology) -> Iterator[Draft]:
    """The drafts that are likely enough, with their probability as confidence."""
    judge = model("found")
    every = list(drafts)
    beside = Beside.of(every, discourse, ontology)
    for draft in every:
        if not has_sign(draft, ontology):
            yield draft
            continue
        chance = judge.chance(features(draft, discourse, beside, ontology))
        if chance >= judge.enough:
            yield replace(draft, confidence=max(round(chance, 2), 0.01))


def has_sign(draft: Draft, ontology: Ontology) -> bool:
    """Whether it says that someone is for or against someone."""
    return bool(sign_of(draft, ontology))


def features(draft: Draft, discourse: Discourse, beside: Beside, ontology: Ontology) -> tuple[str, ...]:
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
        *beside.features(draft, ontology),
    )
