"""Quotations: where they stand, and the speech verb and speaker that go with each."""

import re
from dataclasses import dataclass

from kg.language import Parsed, Word
from kg.model import Span

_MARKS = re.compile(  # not the apostrophe of "‘08", "‘em"
    r"[“”\"]|''|``|(?<!\w)[‘'](?=\w)(?!\d\ds?\b|(?:em|til|tis|twas)\b)|(?<=[\w.,!?])['’](?!\w)"
)
_OPEN, _CLOSE, _BOTH = {"“", "``"}, "”", {'"', "''"}


@dataclass(frozen=True, slots=True, eq=False)
class Quotation:
    """Words between quotation marks, inside one paragraph; `open_ended` when the paragraph ends before the mark that closes it."""

    span: Span
    words: tuple[Word, ...]
    paragraph: int
    open_ended: bool

    @property
    def is_question(self) -> bool:
        """Whether what is quoted ends by asking."""
        return bool(self.words) and any(word.text == "?" for word in self.words[-2:])

    def holds(self, word: Word) -> bool:
        """Whether the word is quoted here."""
        return self.span.start <= word.start and word.end <= self.span.end


def _spans(text: str, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Quoted stretches of one paragraph, without the marks; nested single quotes stay part of the outer one."""
    spans: list[tuple[int, int, bool]] = []
    opened: int | None = None
    single: int | None = None
    for mark in _MARKS.finditer(text, start, end):
        sign, at = mark.group(), mark.start()
        if sign in {"‘", "'"} and opened is None and single is None and (at == start or not text[at - 1].isalnum()):
            single = at + 1
        elif sign in {"'", "’"} and opened is None and single is not None:
            spans.append((single, at, False))
            single = None
        elif sign in _OPEN or (sign in _BOTH and opened is None):
            opened = mark.end() if opened is None else opened
            single = None
        elif (sign == _CLOSE or sign in _BOTH) and opened is not None:
            spans.append((opened, at, False))
            opened = None
    if opened is not None:
        spans.append((opened, end, True))
    return spans


def quotations(parsed: Parsed) -> list[Quotation]:
    """All quotations of a document, in text order."""
    found: list[Quotation] = []
    sentences = parsed.sentences
    text = parsed.document.text
    first = 0
    while first < len(sentences):
        last = first
        while last + 1 < len(sentences) and sentences[last + 1].paragraph == sentences[first].paragraph:
            last += 1
        start, end = sentences[first].span.start, sentences[last].span.end
        words = [word for sentence in sentences[first : last + 1] for word in sentence.words]
        for a, b, open_ended in _spans(text, start, end):
            inside = tuple(word for word in words if a <= word.start and word.end <= b)
            if inside:
                found.append(Quotation(Span(a, b), inside, sentences[first].paragraph, open_ended))
        first = last + 1
    return found
