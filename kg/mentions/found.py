"""A stretch of words that names or stands for actors, before it is linked."""

from dataclasses import dataclass
from typing import Any, Literal

from kg.gazetteer import Entry
from kg.language import Parsed, Word
from kg.model import Kind, Span

Form = Literal["name", "nominal", "description", "pronoun"]
Gender = Literal["m", "f"]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """One candidate mention: `first` to `last` word, and the head by which it hangs in the tree.

    form: *name* is itself the naming mention ("Lloyd Austin", "ISIS-K", "Iraqi Parliament"); *nominal* stands for the name inside it
    (`inside`: "Iraqi forces" for Iraq); *description* and *pronoun* wait for an antecedent ("the two groups", "he").
    """

    first: Word
    last: Word
    head: Word
    text: str
    kind: Kind | None
    form: Form
    reason: str
    entry: Entry | None = None
    gender: Gender | None = None
    plural: bool = False
    inside: "Found | None" = None

    @property
    def span(self) -> Span:
        """Its characters in the document."""
        return Span(self.first.start, self.last.end)

    def covers(self, word: Word) -> bool:
        """Whether the word is one of its words."""
        return self.first.i <= word.i <= self.last.i


def candidate(parsed: Parsed, first: Word, last: Word, kind: Kind | None, form: Form, reason: str, **more: Any) -> Found:
    """The candidate mention from `first` to `last`; `more` are the optional fields of `Found`."""
    head = head_of(parsed.words, first.i, last.i)
    return Found(first, last, head, parsed.document.text[first.start : last.end], kind, form, reason, **more)


def head_of(words: tuple[Word, ...], first: int, last: int) -> Word:
    """The noun of a stretch that hangs on what lies outside; the last such one ("President *Joe Biden*": Biden), else a word that does.

    Of "on the airport" it is the airport.

    The parser may hang the end of a stretch elsewhere: of "dozens of men in Lyon", where "in" hangs on the verb, it is "dozens".
    """
    outer = [word for word in words[first : last + 1] if word.head is word or not first <= word.head.i <= last]
    nouns = [word for word in outer if word.pos in {"NOUN", "PROPN", "PRON"}]
    if not nouns:
        nouns = [noun for word in outer if word.pos == "ADP" and (noun := word.child("pobj")) is not None and noun.i <= last]
    return [words[last], *outer, *nouns][-1]
