"""Who is said to say, think or want what: every attribution of a document, whether or not a claim stands on it.

The notion, and where source and content begin and end, are those of Pareti (2016), "PARC 3.0: a corpus of attribution relations", and of
its successor PolNeAR.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from kg.discourse.clauses import agent, passive, preposition, subject
from kg.discourse.contents import content_of, mostly_in, phrase
from kg.discourse.discourse import Discourse
from kg.discourse.quotes import Quotation
from kg.discourse.speech import Speech
from kg.language import Parsed, Sentence, Word
from kg.model import Span

_EDGES = {",", ".", ";", ":", "-", "--", "–", "—"}
_DOUBLED = {"''", "``"}  # quotation marks of two characters
_CUE = {"aux", "auxpass", "neg", "prt"}
_CONVEYING = {"make", "have", "express", "voice", "raise", "issue", "give", "offer", "share", "show", "repeat", "receive"}
_LONGEST_NAME = 6  # words before the colon of "DORN: We will leave."


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (`source`, empty where nobody is named), by which words (`cue`), is said to say, think or want what (`content`).

    A part is more than one span where other words stand between: the content of '"We left," said Paul Renner. "It was late."' is two.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def attributions(discourse: Discourse) -> tuple[Attribution, ...]:
    """Every attribution of a document, in the order of their cues; those inside a quotation are its speaker's, and not among them.

    >>> # "An official said that Iran *wanted* talks": an official said that Iran wanted talks; Iran wanted talks
    """
    parsed, speech = discourse.parsed, discourse.speech
    quotes = _quotes(speech)
    quoted = {word.i for spoken in quotes.values() for quotation in spoken for word in quotation.words}
    headed = [found for sentence in _first_sentences(parsed) if (found := _headed(parsed, sentence)) is not None]
    told = (_attribution(parsed, word, speech, quotes.get(word.i, ()), quoted) for word in parsed.words if word.i not in quoted)
    return tuple(sorted((*headed, *(found for found in told if found is not None)), key=lambda found: found.cue))


def _quotes(speech: Speech) -> Mapping[int, Sequence[Quotation]]:
    """The quotations by the word that attributes them."""
    quotes: dict[int, list[Quotation]] = defaultdict(list)
    for quotation in speech.quotations:
        speaker = speech.speakers.get(quotation)
        if speaker is not None:
            quotes[speaker.verb.i].append(quotation)
    return quotes


def _attribution(parsed: Parsed, cue: Word, speech: Speech, quotes: Sequence[Quotation], quoted: set[int]) -> Attribution | None:
    """What a word attributes to whom, if it does."""
    words = content_of(cue, speech.words)
    spoken = quotes if not words or mostly_in(words, quoted) else ()
    content = _spans(parsed, () if spoken else words, spoken)
    who = _speaker(cue, spoken, speech) or _who(cue)
    if not content or not _stands(cue, who):
        return None
    source = [word for word in phrase(who, cue, asides=False) if word.i not in quoted] if who else []
    return Attribution(_spans(parsed, source), _spans(parsed, _cue(cue, {*source, *words})), content)


def _speaker(cue: Word, spoken: Sequence[Quotation], speech: Speech) -> Word | None:
    """Who speaks the quotations of a cue."""
    speakers = (speech.speakers.get(quotation) for quotation in spoken)
    return next((speaker.who for speaker in speakers if speaker and speaker.verb is cue), None)


def _stands(cue: Word, who: Word | None) -> bool:
    """Whether a source will do: nobody is named by a passive only ("is *expected* to"); "I" outside of quotations is who writes."""
    return cue.pos == "VERB" and passive(cue) if who is None else who.lower != "i"


def _who(cue: Word) -> Word | None:
    """The head of the source."""
    if cue.lower == "according":
        return preposition(cue, "to")
    match cue.pos:
        case "NOUN":
            return _of_noun(cue)
        case "ADJ":
            return _of_adjective(cue)
    own = cue.child("nsubj")
    return own if own is not None else agent(cue)


def _of_noun(noun: Word) -> Word | None:
    """As in "*Iran*'s demand for", "a demand by *Iran*", "*Iran* made a demand"."""
    own = noun.child("poss") or preposition(noun, "by", "from", "among")
    if own is not None:
        return own
    return subject(noun.head) if noun.dep == "dobj" and noun.head.lemma in _CONVEYING else None


def _of_adjective(adjective: Word) -> Word | None:
    """As in "*Iran* is eager to", "an *official* critical of"; not "*it* is clear that"."""
    if adjective.dep == "amod":
        return adjective.head
    who = subject(adjective.head) if adjective.dep in {"acomp", "oprd"} else None
    return None if who is None or who.lower == "it" else who


def _cue(word: Word, others: set[Word]) -> list[Word]:
    """A cue with its auxiliaries and with the preposition before another part: "*has called for* talks"."""
    before = (child for child in word.children if child.dep == "prep" and child not in others and others & set(child.children))
    return [word, *(child for child in word.children if child.dep in _CUE), *before]


def _first_sentences(parsed: Parsed) -> Iterator[Sentence]:
    paragraph = -1
    for sentence in parsed.sentences:
        if sentence.paragraph != paragraph:
            yield sentence
        paragraph = sentence.paragraph


def _headed(parsed: Parsed, first: Sentence) -> Attribution | None:
    """As in "DORN: We will leave.", a paragraph of an interview or a headline; `first`: its first sentence."""
    colon = next((word for word in first.words[1 : _LONGEST_NAME + 1] if word.text == ":"), None)
    name = [word for word in first.words if colon is not None and word.i < colon.i]
    if colon is None or name[-1].pos != "PROPN" or any(word.pos not in {"PROPN", "NOUN", "ADJ"} for word in name):
        return None
    sentences = takewhile(lambda sentence: sentence.paragraph == first.paragraph, islice(parsed.sentences, first.index, None))
    content = _spans(parsed, [word for sentence in sentences for word in sentence.words if word.i > colon.i])
    return Attribution(_spans(parsed, name), (colon.span,), content) if content else None


def _spans(parsed: Parsed, words: Iterable[Word], quotes: Iterable[Quotation] = ()) -> tuple[Span, ...]:
    """The characters of words, without the punctuation at their ends, and of quotations with their marks."""
    spans = [*_runs(words), *(_marked(parsed.document.text, quotation) for quotation in quotes)]
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _runs(words: Iterable[Word]) -> Iterator[Span]:
    """Words that follow each other."""
    runs: list[list[Word]] = []
    for word in sorted(set(words), key=lambda word: word.i):
        if runs and runs[-1][-1].i + 1 == word.i:
            runs[-1].append(word)
        else:
            runs.append([word])
    for run in runs:
        inner = [word for word in run if word.text not in _EDGES]
        if inner:
            yield Span(inner[0].start, inner[-1].end)


def _marked(text: str, quotation: Quotation) -> Span:
    start, end = quotation.span.start, quotation.span.end
    before = 2 if text[start - 2 : start] in _DOUBLED else 1
    after = 0 if quotation.open_ended else 2 if text[end : end + 2] in _DOUBLED else 1
    return Span(start - before, end + after)
