"""Cue by cue, pair by pair: who does or feels what towards whom."""

from collections.abc import Iterator
from dataclasses import replace

from kg.discourse import Discourse, agent, preposition
from kg.language import Word
from kg.model import Modality
from kg.stance.afar import (
    anywhere_down,
    doer_of_deed,
    further_down,
    further_up,
    in_country,
    object_of,
    who_reacts,
    whose_clause,
    whose_turn,
)
from kg.stance.arguments import Argument, arguments
from kg.stance.auxiliaries import refuses
from kg.stance.cues import Cue, Lexicon
from kg.stance.drafts import Draft
from kg.stance.modality import modality_of
from kg.stance.slots import Slots

_SPOKEN = {"ACCUSE", "REQUEST"}
_DONE_IN = {"ASSAULT", "AID", "RETREAT", "CONCEDE", "AGREE", "COERCE", "SANCTION", "COOPERATE"}
_NEAR = {"ACCUSE", "PROTEST", "AT_ODDS_WITH", "DISTRUSTS"}  # whose target is near where there is one
_MISSIONS = {"mission", "operation", "force", "effort", "peacekeeper", "contingent", "programme", "program", "appeal"}
_CONFIDENCE = {"verb": 0.75, "noun": 0.65, "adjective": 0.65}


def cue_drafts(discourse: Discourse, lexicon: Lexicon) -> Iterator[Draft]:
    """The claims of all cues of a document, in text order; the most specific cue of a word that finds its actors counts.

    Words that are part of a cue of several words are no cues of their own ("have the *backing* of").
    """
    found: list[tuple[Word, list[Draft]]] = []
    taken: set[Word] = set()
    for word in discourse.parsed.words:
        if word.match is not None:
            continue
        cues = list(lexicon.at(word))
        for loosely, cue in [(loosely, cue) for loosely in (False, True) for cue in cues]:
            drafts = list(_drafts(word, cue, discourse, lexicon, loosely=loosely))
            if drafts:
                found.append((word, drafts))
                taken.update(cue.parts(word) or ())
                break
    for word, drafts in found:
        if word not in taken:
            yield from drafts


def _drafts(word: Word, cue: Cue, discourse: Discourse, lexicon: Lexicon, *, loosely: bool) -> Iterator[Draft]:
    sources, targets = actors_of(word, cue, discourse, lexicon, loosely=loosely and not cue.strict)
    if loosely and not cue.strict and word.dep != "amod":
        sources, targets = _from_further_off(word, cue, sources, targets, discourse, lexicon)
    keys = {source.meant.key for source in sources}
    others = [target for target in targets if target.meant.key not in keys]
    if cue.relation in _DONE_IN and (targets or loosely) and all(_aside(target) for target in others):  # "killed *forty people* in *Mali*"
        targets = [*targets, *in_country(word, discourse, keys | {argument.meant.key for argument in targets})]
    sources = [source for source in sources if source.meant.kind in cue.source_kinds]
    targets = [target for target in targets if target.meant.kind in cue.target_kinds]
    modality = modality_of(word, lexicon, cue.modality)
    if loosely and not targets and not cue.needs_target and cue.pos == "verb":
        yield from (draft_of(word, cue, source, None, modality, discourse) for source in sources)
    for source in sources:
        for target in targets:
            if source.meant.key != target.meant.key:
                draft = draft_of(word, cue, source, target, modality, discourse)
                yield draft
                if cue.friendly and refuses(word):
                    yield _refusal(draft, cue)


def _aside(target: Argument) -> bool:
    """Whether a deed may be done to someone else too: one without a name, one whose mission it is ("troops for a *NATO* mission")."""
    return target.meant.unnamed or (target.behind and target.meant.found.head.head.lemma in _MISSIONS)


def _refusal(draft: Draft, cue: Cue) -> Draft:
    """Who will not do what is friendly also refuses: "I *would not* vote for her"."""
    return replace(draft, relation="REJECT", modality="actual", rule=f"refusal:{cue.name}", confidence=round(draft.confidence - 0.1, 2))


def actors_of(
    word: Word, cue: Cue, discourse: Discourse, lexicon: Lexicon, *, loosely: bool = False
) -> tuple[list[Argument], list[Argument]]:
    """The sources and the targets of a cue at a word; either may be empty."""
    slots = Slots(word, cue, lexicon, loosely=loosely)
    source_names, target_names = cue.source, cue.target
    if cue.pos == "noun" and word.dep in {"dobj", "nsubjpass"} and word.head.lemma in lexicon.reversing:
        source_names, target_names = tuple(name for name in cue.source if name != "subj"), ("subj", *cue.target)
    undergoer = object_of(word) if cue.pos == "noun" else None
    sources = _first(slots, source_names, discourse, behind=cue.pos != "noun")
    if not sources and ("claimer" in source_names or _unsaid(word)):
        sources = _implied(word, discourse)
    if cue.pos == "noun" and sources and "poss" in source_names and "poss" in target_names:
        sources = _first(slots, ("subj",), discourse, behind=False, apart=sources) or sources  # "*Ali* ordered Omar's killing"
    targets = _first(slots, target_names, discourse, behind=True, apart=sources)
    if undergoer is not None and not targets:
        targets = arguments(undergoer, discourse)
    given = word.dep == "dobj" and word.child("poss") is not None  # "promised *Norway*'s support"
    if sources and not targets and cue.pos == "noun" and "of" in source_names and "of" in target_names and not given:
        targets, sources = _of_as_target(slots, source_names, sources, discourse)
    if cue.reciprocal and cue.pos == "noun" and not targets:
        joined = _before(word, discourse)
        if len(joined) == 2:
            return joined[:1], joined[1:]
    if cue.reciprocal and not targets:
        one, others = _each_other(slots, sources, discourse)
        return (one, others) if others or cue.pos == "verb" else ([], [])
    return sources, targets


def _from_further_off(
    word: Word, cue: Cue, sources: list[Argument], targets: list[Argument], discourse: Discourse, lexicon: Lexicon
) -> tuple[list[Argument], list[Argument]]:
    """The slot that stayed empty, from further off: the target in what hangs on the cue, the source from the clauses above."""
    if sources and not targets:
        keys = {argument.meant.key for argument in sources}
        reacting = who_reacts(word) if word.pos in {"NOUN", "PROPN"} else None
        answering = [argument for argument in arguments(reacting, discourse) if argument.meant.key not in keys] if reacting else []
        if answering:
            return sources, [Argument(argument.meant, behind=True, far=True) for argument in answering]
        found = whose_clause(word, discourse, keys) if cue.relation in _SPOKEN else []
        found = found or (whose_turn(word, discourse, keys) if cue.friendly else [])
        if not found and cue.friendly and _to_harm(word, lexicon):
            return sources, []
        found = found or further_down(word, cue, discourse, keys) or doer_of_deed(word, discourse, keys)
        if not found and cue.pos == "verb" and cue.relation not in _NEAR:
            there = cue.relation in _DONE_IN and in_country(word, discourse, keys)
            found = [] if there else anywhere_down(word, discourse, keys)
        return sources, found
    if targets and not sources:
        keys = {argument.meant.key for argument in targets}
        return further_up(word, discourse, keys), targets
    return sources, targets


def _to_harm(word: Word, lexicon: Lexicon) -> bool:
    """As in "agreed to *suspend* them", which is no agreement with them."""
    inner = word.child("xcomp")
    return inner is not None and next((cue.hostile for cue in lexicon.at(inner)), False)


def _of_as_target(
    slots: Slots, names: tuple[str, ...], owners: list[Argument], discourse: Discourse
) -> tuple[list[Argument], list[Argument]]:
    """As in "fought in support *of Assad*": what follows "of" is the target where another slot has the source."""
    sources = _first(slots, tuple(name for name in names if name != "of"), discourse, behind=False, apart=owners)
    return (owners, sources) if sources else ([], owners)


def draft_of(word: Word, cue: Cue, source: Argument, target: Argument | None, modality: Modality, discourse: Discourse) -> Draft:
    """The claim of a cue at a word between these two, less sure the further they are to seek; it may lack a target."""
    actors = (source, target) if target is not None else (source,)
    against = third(word, "against", discourse, actors)
    about = third(word, "over", discourse, actors) or third(word, "about", discourse, actors)
    confidence = _CONFIDENCE[cue.pos]
    for argument in actors:
        if argument.behind or argument.implicit:
            confidence -= 0.15
        if argument.far:
            confidence -= 0.15
        if argument.meant.found.form in {"pronoun", "description"}:
            confidence -= 0.1
    return Draft(
        relation=cue.relation,
        cue=word,
        cue_end=_end(word, cue),
        source=source,
        target=target,
        modality=modality,
        rule=f"{cue.pos}:{cue.name}",
        confidence=round(max(confidence, 0.1), 2),
        against=against,
        about=about,
        on_behalf_of=_on_behalf_of(word, discourse, actors),
    )


def _on_behalf_of(word: Word, discourse: Discourse, taken: tuple[Argument, ...]) -> Argument | None:
    """In "met them on behalf of *Egypt*", "on *Egypt*'s behalf": Egypt."""
    behalf = next((inner for inner in discourse.parsed.sentence_of(word).words if inner.lower == "behalf"), None)
    if behalf is None or word not in behalf.ancestors():
        return None
    keys = {argument.meant.key for argument in taken}
    whose = preposition(behalf, "of") or behalf.child("poss")
    found = arguments(whose, discourse) if whose is not None else []
    return next((argument for argument in found if argument.meant.key not in keys), None)


def _end(word: Word, cue: Cue) -> Word:
    """The one of the other words of a cue that stands furthest from it: "been at *odds*"."""
    return max(cue.parts(word) or (), key=lambda part: abs(part.i - word.i), default=word)


def _first(
    slots: Slots, names: tuple[str, ...], discourse: Discourse, *, behind: bool, apart: list[Argument] | None = None
) -> list[Argument]:
    """The actors of the first slot that has any (other than those `apart`)."""
    keys = {argument.meant.key for argument in apart or ()}
    for noun in slots.fill(names):
        every = arguments(noun, discourse, behind=behind)
        found = [argument for argument in every if argument.meant.key not in keys]
        if found or any(argument.meant.found.reason == "each other" for argument in every):  # all of them, each towards the others
            return found or every
    return []


def _before(noun: Word, discourse: Discourse) -> list[Argument]:
    """The actors that stand before a noun: "the *U.S.*-*Israeli* alliance"."""
    words = [word for child in noun.children if child.i < noun.i and child.dep in {"compound", "amod", "nmod"} for word in child.subtree()]
    found = {meant.key: Argument(meant) for word in words for meant in discourse.meant(word)}
    return list(found.values())


def _each_other(slots: Slots, sources: list[Argument], discourse: Discourse) -> tuple[list[Argument], list[Argument]]:
    """As in "Iran and Iraq met", "talks between Iran and Iraq", "the two groups are at odds": the first towards the others."""
    between = next(slots.fill(("between", "among", "of")), None)
    joined = arguments(between, discourse) if between is not None else sources
    if len(joined) < 2:
        joined = sources
    return joined[:1], joined[1:]


def _unsaid(word: Word) -> bool:
    """Whether an infinitive or gerund has nobody to do it: "there is a need *to engage* with them"."""
    return word.pos == "VERB" and word.tag in {"VB", "VBG"} and agent(word) is None and word.dep != "amod"


def _implied(word: Word, discourse: Discourse) -> list[Argument]:
    """The one who speaks, where a stance is voiced without saying whose."""
    for speaker in discourse.speakers_of(word):
        meant = discourse.meant(speaker.who)
        if len(meant) == 1:
            return [Argument(meant[0], implicit="who says so")]
        return []
    return []


def third(word: Word, name: str, discourse: Discourse, taken: tuple[Argument, ...]) -> Argument | None:
    """The third actor of "coordinate with the Taliban *against ISIS-K*", on the cue or on what hangs on it."""
    keys = {argument.meant.key for argument in taken}
    queue = [word]
    for node in queue:
        noun = preposition(node, name)
        if noun is not None:
            found = next((argument for argument in arguments(noun, discourse) if argument.meant.key not in keys), None)
            if found is not None:
                return found
        queue.extend(
            child
            for child in node.children
            if child.i > word.i and child.dep in {"dobj", "prep", "pobj", "xcomp", "advcl"} and len(queue) < 30
        )
    return None
