"""By which nouns an actor was called: so that "the rebels", "Syrian rebels" and "his supporters" are taken up again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.discourse.actors import Actor
from kg.discourse.clauses import preposition
from kg.language import Word
from kg.mentions import Found, is_plural, lexicon, singular

_OWNING = {"poss", "compound", "nmod", "amod"}


@dataclass(frozen=True, slots=True)
class Called:
    """One way to call somebody: "the armed Syrian rebels" has the noun rebel, Syria as owner, armed as another word."""

    noun: str
    plural: bool
    owners: frozenset[Actor]
    words: frozenset[str]

    @property
    def bare(self) -> bool:
        """Whether the noun stands alone."""
        return not self.owners and not self.words

    def short_for(self, other: "Called") -> bool:
        """Whether this says nothing of them that the other does not."""
        return self.plural == other.plural and self.owners <= other.owners and self.words <= other.words


def called(found: Found, meant_at: Callable[[Word], Iterable[Actor]]) -> Called:
    """How a mention calls its actor; `meant_at` tells which actors a word in it means."""
    noun = _counted(found.head)
    *first, last = noun.lower.split()  # a name of several words is one word of the tree
    owners: set[Actor] = set()
    words = set(first)
    for word in _around(noun):
        meant = tuple(meant_at(word))
        owners.update(meant)
        if not meant and word.lower not in lexicon().vague and word.pos in {"NOUN", "PROPN", "ADJ", "VERB", "X"}:
            words.add(word.lemma.lower())
    return Called(last if first else singular(noun), is_plural(noun) and not first, frozenset(owners), frozenset(words))


def _counted(head: Word) -> Word:
    """Who is counted in "thousands of *people*"."""
    whole = preposition(head, "of") if head.lower in lexicon().quantity else None
    return whole or head


def _around(noun: Word) -> Iterator[Word]:
    """The words that tell more of a noun: before it, and after "of", "in" and "from"."""
    for child in noun.children:
        if child.i < noun.i and child.dep in _OWNING:
            yield child
        elif child.dep == "prep" and child.lower in {"of", "in", "from"}:
            yield from (inner for inner in child.children if inner.dep == "pobj")


class Callings:
    """The actors of a document by how they were called, the latest last."""

    def __init__(self) -> None:
        self._known: dict[str, dict[Called, Actor]] = defaultdict(dict)

    def note(self, called: Called, actor: Actor) -> None:
        """This actor was just called so."""
        known = self._known[called.noun]
        known.pop(called, None)
        known[called] = actor

    def taken_up(self, called: Called, *, definite: bool) -> Actor | None:
        """Who was called so before, or, by a noun that says less and points back, who was called so and more."""
        known = self._known.get(called.noun)
        if known is None or called in known:
            return known[called] if known else None
        if not definite and (not called.bare or called.noun in lexicon().anyone):
            return None
        return next((actor for other, actor in reversed(known.items()) if called.short_for(other)), None)

    def latest(self, noun: str) -> Actor | None:
        """Whoever was called by this noun last, alone or with other words."""
        return next(reversed(self._known.get(noun, {}).values()), None)

    def only(self, called: Called) -> Actor | None:
        """The only one who is called so and more."""
        actors = {actor for other, actor in self._known.get(called.noun, {}).items() if called.short_for(other)}
        return actors.pop() if len(actors) == 1 else None
