"""A parsed document as a plain tree of words, without any object of spaCy's."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.gazetteer import Match
from kg.model import Document, Span


@dataclass(slots=True, eq=False, repr=False)
class Word:
    """One token of the tree: Penn tag, universal `pos`, ClearNLP `dep`, its head (itself for a root) and children in text order."""

    i: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    start: int
    end: int
    entity: str
    begins_entity: bool
    sentence: int
    match: Match | None = None
    head: "Word" = field(init=False)
    children: list["Word"] = field(init=False)

    @property
    def span(self) -> Span:
        """Its characters in the document."""
        return Span(self.start, self.end)

    def __repr__(self) -> str:
        return f"{self.text}/{self.tag}/{self.dep}"

    def ancestors(self) -> Iterator["Word"]:
        """Its head, the head's head, up to the root."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    def subtree(self) -> list["Word"]:
        """The word and all that hangs on it, in text order."""
        found, queue = [], [self]
        while queue:
            word = queue.pop()
            found.append(word)
            queue.extend(word.children)
        return sorted(found, key=lambda word: word.i)

    def child(self, *deps: str) -> "Word | None":
        """Its first child with one of these dependencies."""
        for word in self.children:
            if word.dep in deps:
                return word
        return None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the document: its words, its exact characters, and the number of its paragraph."""

    index: int
    words: tuple[Word, ...]
    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document with its words and sentences; white space is no word."""

    document: Document
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]

    def sentence_of(self, word: Word) -> Sentence:
        """The sentence that a word stands in."""
        return self.sentences[word.sentence]

    def words_in(self, span: Span) -> tuple[Word, ...]:
        """The words that share a character with a span."""
        first = bisect_right(self.words, span.start, key=lambda word: word.end)
        last = bisect_left(self.words, span.end, key=lambda word: word.start)
        return self.words[first:last]
