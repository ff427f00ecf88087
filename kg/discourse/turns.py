"""Paragraphs that are headed by whoever speaks, as in a transcript: "*Anna Berg*: We will stay"."""

from collections.abc import Iterator

from kg.discourse.quotes import Quotation
from kg.language import Parsed, Word
from kg.model import Span

_LONGEST = 8  # words before the colon
_SHORTEST = 3  # words after it
_BESIDE = {"(", ")", ",", "of", "the", "for", "and"}


def turns(parsed: Parsed) -> Iterator[tuple[Quotation, Word, Word]]:
    """What stands in each such paragraph after the name, as a quotation; the head of the name; the colon."""
    for first in parsed.sentences:
        if first.index and parsed.sentences[first.index - 1].paragraph == first.paragraph:
            continue
        colon = next((word for word in first.words[: _LONGEST + 1] if word.text == ":"), None)
        who = _headed_by([word for word in first.words if colon is not None and word.i < colon.i])
        words = _rest(parsed, colon, first.paragraph) if colon is not None and who is not None else ()
        if who is not None and colon is not None and len(words) >= _SHORTEST and any(word.pos in {"VERB", "AUX"} for word in words):
            yield Quotation(Span(words[0].start, words[-1].end), words, first.paragraph, open_ended=False), who, colon


def _headed_by(words: list[Word]) -> Word | None:
    """The last word of a person's name that nothing but titles stands beside: "Foreign Minister *Anna Berg*", "*Anna Berg* (Greens)"."""
    if not words or any(not word.text[0].isupper() and word.lower not in _BESIDE for word in words):
        return None
    return next((word for word in reversed(words) if _person(word)), None)


def _person(word: Word) -> bool:
    if word.match is not None:
        return word.match.entry.kind == "person"
    return word.entity == "PERSON" and word.pos == "PROPN"


def _rest(parsed: Parsed, colon: Word, paragraph: int) -> tuple[Word, ...]:
    inside = (word for sentence in parsed.sentences if sentence.paragraph == paragraph for word in sentence.words)
    return tuple(word for word in inside if word.i > colon.i)
