"""Questions and answers: "'Will you cooperate with them against al-Shabaab?' ... 'It's possible,' the general said."

The answer asserts what was asked, as surely as its words are: the pair comes from the question, or, where that leaves one out, from the
last claim of that relation before it; the evidence is the answer, the question is its context.
"""

from collections.abc import Iterator, Sequence

from kg.discourse import Discourse, Quotation, Speaker
from kg.language import Sentence, Word
from kg.model import Modality
from kg.stance.arguments import Argument
from kg.stance.cues import Cue, Lexicon
from kg.stance.drafts import Draft
from kg.stance.pairs import actors_of, third

_REACH = 3
_ASKING = {"ask", "press", "question", "inquire", "enquire", "wonder"}


def answer_drafts(discourse: Discourse, lexicon: Lexicon, before: Sequence[Draft]) -> Iterator[Draft]:
    """The claims that answers make; `before` are those of all cues, from which an unspoken pair is taken."""
    asked: list[tuple[Sentence, Word, Cue]] = []
    for quotation in discourse.speech.quotations:
        if quotation.is_question:
            asked = _asked(quotation, discourse, lexicon)
            continue
        speaker = discourse.speech.speakers.get(quotation)
        if speaker is None or not asked or quotation.paragraph - asked[0][0].paragraph > _REACH:
            continue
        found = _answer(quotation, lexicon)
        if found is not None:
            first, last, modality = found
            for sentence, word, cue in asked:
                yield from _drafts(discourse, lexicon, before, (sentence, word, cue), (first, last, modality), speaker)


def _asked(quotation: Quotation, discourse: Discourse, lexicon: Lexicon) -> list[tuple[Sentence, Word, Cue]]:
    """The cues of a question."""
    found: list[tuple[Sentence, Word, Cue]] = []
    for word in quotation.words:
        cue = next(iter(lexicon.at(word)), None)
        if cue is not None and word.lemma not in _ASKING:
            found.append((discourse.parsed.sentence_of(word), word, cue))
    return found


def _answer(quotation: Quotation, lexicon: Lexicon) -> tuple[Word, Word, Modality] | None:
    """The words of a quotation that answer, with their modality: the first phrase of the table that it holds near its beginning."""
    words = quotation.words
    for start, word in enumerate(words[:60]):
        for phrase, modality in lexicon.answers.get(word.lower.replace("’", "'"), ()):
            inside = words[start : start + len(phrase)]
            if tuple(other.lower.replace("’", "'") for other in inside) == phrase and (
                start == 0 or len(phrase) > 1 or words[start - 1].text in ".,—-"
            ):
                return inside[0], inside[-1], modality
    return None


def _drafts(
    discourse: Discourse,
    lexicon: Lexicon,
    before: Sequence[Draft],
    asked: tuple[Sentence, Word, Cue],
    answer: tuple[Word, Word, Modality],
    speaker: Speaker,
) -> Iterator[Draft]:
    sentence, word, cue = asked
    first, last, modality = answer
    sources, targets = actors_of(word, cue, discourse, lexicon)
    against = third(word, "against", discourse, (*sources, *targets))
    earlier = _earlier(cue, word, before)
    if not sources or not targets:
        if earlier is None or earlier.target is None:
            return
        sources = [Argument(earlier.source.meant, implicit="the question leaves it out")]
        targets = [Argument(earlier.target.meant, implicit="the question leaves it out")]
    for source in sources:
        for target in targets:
            if source.meant.key != target.meant.key:
                yield Draft(
                    relation=cue.relation,
                    cue=first,
                    cue_end=last,
                    source=source,
                    target=target,
                    modality=modality,
                    rule=f"answer:{cue.name}",
                    confidence=0.5,
                    against=_implicit(against),
                    context=(sentence.span,),
                    speakers=(speaker,),
                )


def _implicit(argument: Argument | None) -> Argument | None:
    return argument and Argument(argument.meant, implicit="named in the question")


def _earlier(cue: Cue, word: Word, before: Sequence[Draft]) -> Draft | None:
    """The last claim of the same relation before the question."""
    known = [draft for draft in before if draft.relation == cue.relation and draft.cue.i < word.i and draft.target is not None]
    return max(known, key=lambda draft: draft.cue.i, default=None)
