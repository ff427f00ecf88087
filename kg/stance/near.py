"""Cues whose actors no slot reaches: which two actors near them are most likely meant.

The parser breaks, or no frame says where the actors stand. Every pair of actors of the sentence (and who speaks it) is weighed by the ways
from the cue to them in the tree, and by what the slots did find; the likeliest pair is taken where it is likely enough. The weights are
data: see `kg.stance.chances`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.discourse import Discourse
from kg.language import Word
from kg.model import KINDS
from kg.stance.arguments import Argument
from kg.stance.chances import model
from kg.stance.cues import Cue, Lexicon
from kg.stance.drafts import Draft
from kg.stance.features import Place, order, part_of
from kg.stance.modality import modality_of
from kg.stance.pairs import actors_of

_MOST = 7  # actors of a sentence that are looked at: those nearest to the cue


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim that a cue may make, with the features it is judged by."""

    draft: Draft
    features: tuple[str, ...]


def near_drafts(discourse: Discourse, lexicon: Lexicon, silent: Iterable[Word]) -> Iterator[Draft]:
    """The likeliest claim of each cue that made none and is not in `silent`, where it is likely enough."""
    judge = model("near")
    for candidates in near_candidates(discourse, lexicon, silent):
        chances = [(judge.chance(candidate.features), candidate.draft) for candidate in candidates]
        chance, draft = max(chances, key=lambda one: one[0])
        if chance >= judge.enough:
            yield replace(draft, confidence=round(chance, 2))


def near_candidates(discourse: Discourse, lexicon: Lexicon, silent: Iterable[Word]) -> Iterator[list[Candidate]]:
    """For each cue that is not in `silent`, the claims that it may make of the actors of its sentence."""
    passed = set(silent)
    for word in discourse.parsed.words:
        cue = None if word in passed or word.match is not None else _cue(word, lexicon)
        candidates = _candidates(word, cue, discourse, lexicon) if cue is not None else []
        if candidates:
            yield candidates


def _cue(word: Word, lexicon: Lexicon) -> Cue | None:
    """The most specific cue of a word that has a sign; else one for a word that judges ("a *disaster*", "*brave*")."""
    known = next((cue for cue in lexicon.at(word) if cue.friendly or cue.hostile), None)
    sign = lexicon.views.get(word.lemma.lower(), 0) if known is None and word.pos in {"NOUN", "ADJ", "VERB", "ADV"} else 0
    return known if known is not None or not sign else _judging(word, sign)


def _judging(word: Word, sign: int) -> Cue:
    everyone = frozenset(KINDS)
    return Cue(
        relation="SUPPORT" if sign > 0 else "ACCUSE",
        pos="adjective",
        head=word.lemma.lower(),
        others=(),
        source=(),
        target=(),
        reciprocal=False,
        strict=False,
        friendly=sign > 0,
        hostile=sign < 0,
        needs_target=True,
        source_kinds=everyone,
        target_kinds=everyone,
        modality="actual",
    )


def _candidates(word: Word, cue: Cue, discourse: Discourse, lexicon: Lexicon) -> list[Candidate]:
    place = Place.of(word, discourse)
    nearest = sorted(place.actors, key=lambda actor: (abs(actor.i - word.i), actor.i))[:_MOST]
    actors = [Argument(meant) for actor in nearest for meant in discourse.meant(actor)]
    actors += _speaker(word, discourse, apart=actors)
    if len(actors) < 2:
        return []
    sources, targets = actors_of(word, cue, discourse, lexicon)
    shared = _of_cue(word, cue, sources, targets, len(actors))
    as_source = [(one, _as(one, "s", place, sources)) for one in actors if one.meant.kind in cue.source_kinds]
    as_target = [(one, _as(one, "t", place, targets)) for one in actors if one.meant.kind in cue.target_kinds]
    modality = modality_of(word, lexicon, cue.modality)
    return [
        Candidate(
            Draft(cue.relation, word, word, source, target, modality, f"near:{cue.name}", 0.5),
            (*shared, *of_source, *of_target, order(source, target, word)),
        )
        for source, of_source in as_source
        for target, of_target in as_target
        if source.meant.key != target.meant.key
    ]


def _speaker(word: Word, discourse: Discourse, *, apart: list[Argument]) -> list[Argument]:
    """Who says what the cue says, from another sentence."""
    known = {argument.meant.key for argument in apart}
    for speaker in discourse.speakers_of(word):
        return [Argument(meant, implicit="who says so") for meant in discourse.meant(speaker.who)[:1] if meant.key not in known]
    return []


def _as(argument: Argument, role: str, place: Place, slot: list[Argument]) -> tuple[str, ...]:
    filled = ["in its slot"] if any(argument.meant.key == other.meant.key for other in slot) else []
    return tuple(f"{role} {feature}" for feature in (*part_of(argument, place), *filled))


def _of_cue(word: Word, cue: Cue, sources: list[Argument], targets: list[Argument], actors: int) -> tuple[str, ...]:
    filled = "".join(name for name, slot in (("s", sources), ("t", targets)) if slot) or "none"
    kind = cue.pos if cue.source else "judging"
    return (
        f"pos {kind}",
        f"relation {cue.relation}",
        f"filled {filled}",
        f"actors {min(actors, 6)}",
        f"cue dep {word.dep}",
        f"words {min(len(cue.others), 2)}",
    )
