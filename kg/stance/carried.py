"""Stance that is carried on: who criticises someone goes on about them in the next sentence ("'*She* never kept a word,' *he* said").

An actor who speaks about a person, or does something towards one, in a sentence that tells no stance between the two, is against that
person where all cues of the document say so; one who speaks of a person is for them where a sentence close by says that. The nearest
sentence that tells it is the context.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.discourse import Discourse, Meant
from kg.language import Word
from kg.model import Span, modality_class
from kg.ontology import Ontology
from kg.stance.arguments import Argument
from kg.stance.cues import Lexicon
from kg.stance.drafts import Draft
from kg.stance.modality import modality_of

type _Pair = tuple[Span, Span]
type _Told = Mapping[_Pair, list[tuple[int, Draft]]]

_CONFIDENCE = 0.45
_NEAR = 2  # sentences
_WITHIN = {"dobj", "pobj", "dative", "poss", "compound", "attr", "oprd", "prep", "agent", "xcomp", "pcomp", "acomp", "conj", "nmod", "amod"}


def carried_drafts(discourse: Discourse, lexicon: Lexicon, ontology: Ontology, before: Sequence[Draft]) -> Iterator[Draft]:
    """The stances towards persons that a sentence does not tell itself; `before`: what the cues tell."""
    told = _told(before, ontology)
    known = {(pair, draft.cue.sentence) for pair, drafts in told.items() for _, draft in drafts}
    for word in discourse.parsed.words if told else ():
        for about in discourse.meant(word):
            for who, spoken in _towards(word, about, discourse):
                pair = (who.key, about.key)
                if pair in told and (pair, word.sentence) not in known:
                    known.add((pair, word.sentence))
                    yield from _draft(word, who, about, told[pair], discourse, lexicon, spoken=spoken)


def _told(before: Sequence[Draft], ontology: Ontology) -> _Told:
    """What a document tells of someone's stance towards a person, with its sign."""
    told: dict[_Pair, list[tuple[int, Draft]]] = defaultdict(list)
    for draft in before:
        relation = ontology.relations[draft.relation]
        sign = relation.polarity or draft.polarity or 0
        if draft.target is None or not sign:
            continue
        ends = (draft.source.meant, draft.target.meant)
        for who, whom in (ends, ends[::-1]) if relation.symmetric else (ends,):
            if whom.kind == "person":
                told[who.key, whom.key].append((sign, draft))
    return told


def _towards(word: Word, about: Meant, discourse: Discourse) -> Iterator[tuple[Meant, bool]]:
    """Who speaks about someone at a word (True), and who does the deed that the word is part of (False)."""
    for speaker in discourse.speakers_of(word)[:1]:
        meant = discourse.meant(speaker.who)
        if len(meant) == 1 and meant[0].key != about.key:
            yield meant[0], True
    node = word
    while node.dep in _WITHIN and node.head is not node:
        node = node.head
        doer = node.child("nsubj")
        if doer is not None:
            yield from ((meant, False) for meant in discourse.meant(doer) if meant.key != about.key)
            return


def _draft(
    word: Word, who: Meant, about: Meant, told: list[tuple[int, Draft]], discourse: Discourse, lexicon: Lexicon, *, spoken: bool
) -> Iterator[Draft]:
    signs = {sign for sign, draft in told if modality_class(draft.modality) != "negative"}
    nearest = min((draft for _, draft in told), key=lambda draft: abs(draft.cue.sentence - word.sentence))
    friendly = 1 in signs
    if len(signs) != 1 or (friendly and (not spoken or abs(nearest.cue.sentence - word.sentence) > _NEAR)):
        return
    verb = next((above for above in (word, *word.ancestors()) if above.pos in {"VERB", "AUX"}), word)
    yield Draft(
        relation="SUPPORT" if friendly else "ACCUSE" if spoken else "OPPOSES",
        cue=verb,
        cue_end=verb,
        source=Argument(who, implicit="who says so" if spoken else ""),
        target=Argument(about),
        modality="actual" if spoken else modality_of(verb, lexicon),
        rule="stance carried on",
        confidence=_CONFIDENCE,
        context=(discourse.parsed.sentence_of(nearest.cue).span,),
    )
