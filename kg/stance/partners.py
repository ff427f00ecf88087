"""The other actor of a cue that has one only: whom the same doer treated alike just before ("Iran attacked Israel, firing *missiles*")."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.discourse import Discourse
from kg.language import Word
from kg.ontology import Ontology
from kg.stance.arguments import Argument
from kg.stance.beside import sign_of
from kg.stance.cues import Cue, Lexicon
from kg.stance.drafts import Draft
from kg.stance.modality import modality_of
from kg.stance.pairs import actors_of, draft_of

_CONFIDENCE = 0.4


def partner_drafts(discourse: Discourse, lexicon: Lexicon, ontology: Ontology, before: Sequence[Draft]) -> Iterator[Draft]:
    """The claims of cues that find one actor alone; the other is that of a claim of the same sign which the cues tell (`before`).

    A verb looks in its own sentence, a noun that has a doer in the one before too.
    """
    told = {word for draft in before for word in discourse.parsed.words_in(draft.span)}
    for word in discourse.parsed.words if before else ():
        if word.pos in {"VERB", "NOUN"} and word.match is None and word not in told:
            near = [draft for draft in before if draft.cue.i < word.i and word.sentence - draft.cue.sentence <= 1]
            found = (_completed(word, cue, near, discourse, lexicon, ontology) for cue in lexicon.at(word) if near and not cue.strict)
            yield from (draft for draft in [next(filter(None, found), None)] if draft is not None)


def _completed(word: Word, cue: Cue, near: Sequence[Draft], discourse: Discourse, lexicon: Lexicon, ontology: Ontology) -> Draft | None:
    sign = ontology.relations[cue.relation].polarity
    alike = [earlier for earlier in near if sign and sign_of(earlier, ontology) == sign]
    sources, targets = actors_of(word, cue, discourse, lexicon) if alike else ([], [])
    if len(sources) + len(targets) != 1:
        return None
    for earlier in reversed(alike):
        ends = _ends(sources, targets, earlier)
        if ends is not None and (earlier.cue.sentence == word.sentence or (cue.pos == "noun" and sources)):
            draft = draft_of(word, cue, *ends, modality_of(word, lexicon, cue.modality), discourse)
            context = (discourse.parsed.sentence_of(earlier.cue).span,)
            return replace(draft, rule=f"partner:{cue.name}", confidence=_CONFIDENCE, context=context)
    return None


def _ends(sources: Sequence[Argument], targets: Sequence[Argument], earlier: Draft) -> tuple[Argument, Argument] | None:
    """The one actor of a cue with the other of an earlier claim in which it does the same: as doer, or as the one it is done to."""
    if earlier.target is None:
        return None
    for source in sources:
        if source.meant.key == earlier.source.meant.key:
            return source, Argument(earlier.target.meant, implicit="as in the claim before")
    for target in targets:
        if target.meant.key == earlier.target.meant.key:
            return Argument(earlier.source.meant, implicit="as in the claim before"), target
    return None
