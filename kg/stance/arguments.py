"""Which actors a noun stands for in the slot of a cue."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.discourse import Discourse, Meant, agent, passive, preposition, with_conjuncts
from kg.language import Word
from kg.mentions import lexicon

_MODIFIERS = ("poss", "compound", "amod", "nmod")
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Argument:
    """An actor in a slot; `behind` when the noun there only belongs to it ("condemned *Iran*'s missile test"), `far` when it fills none."""

    meant: Meant
    behind: bool = False
    implicit: str = ""
    far: bool = False
    remote: bool = False


def arguments(word: Word, discourse: Discourse, *, behind: bool = True) -> list[Argument]:
    """The actors that a noun stands for, with those that are joined to it by "and"."""
    found: dict[tuple[int, int], Argument] = {}
    for noun in (*_before_and(word, discourse), *with_conjuncts(word)):
        examples = [part for example in _examples(noun) for part in with_conjuncts(example)]
        for one in (noun, *examples):
            for argument in _of(one, discourse, _DEPTH, behind=behind and one is noun):
                found.setdefault((argument.meant.key.start, argument.meant.key.end), argument)
    return list(found.values())


def _before_and(noun: Word, discourse: Discourse) -> list[Word]:
    """Who shares the noun of another: "*Nigerian* and British troops"."""
    if not discourse.meant(noun):
        return []
    joint = next((child.i for child in reversed(noun.children) if child.dep == "cc" and child.i < noun.i), noun.i)
    before = [child for child in noun.children if child.dep in _MODIFIERS and child.i < joint]
    joined = before if joint < noun.i else [child for child in before if child.child("cc") is not None]
    return [part for child in joined for part in with_conjuncts(child) if part.i < noun.i and discourse.meant(part)]


def _of(noun: Word, discourse: Discourse, depth: int, *, behind: bool) -> Iterator[Argument]:
    own = discourse.meant(noun)
    if own and own[0].found.form != "description":
        yield from (Argument(meant) for meant in own)
        return
    apposed = next((child for child in noun.children if child.dep == "appos" and discourse.meant(child)), None)
    if apposed is not None:
        yield from (Argument(meant) for meant in discourse.meant(apposed))
        return
    if own:
        yield from (Argument(meant) for meant in own)
        return
    if depth == 0:
        return
    named = _named_elsewhere(noun, discourse)
    if named:
        yield from named
        return
    if noun.lower in lexicon().partitive:
        inner = list(_partitive(noun, discourse, depth, behind=behind))
        if inner:
            yield from inner
            return
    if behind and noun.pos in {"NOUN", "PROPN", "VERB"} and noun.lemma not in lexicon().relative and noun.lower not in lexicon().relative:
        yield from _behind(noun, discourse, depth)


def _named_elsewhere(noun: Word, discourse: Discourse) -> list[Argument]:
    """Who a noun describes, where it tells no one itself: "*Anna Berg*, a delegate who backs them", "*Anna Berg* is one who backs them"."""
    if noun.dep == "appos":
        return [Argument(meant) for meant in discourse.meant(noun.head)]
    if noun.dep == "attr" and noun.head.lemma == "be" and (about := noun.head.child("nsubj")) is not None and about.lower != "it":
        return [Argument(meant) for meant in discourse.meant(about)]
    return []


def _examples(noun: Word) -> Iterator[Word]:
    """As in "candidates *like Cruz*", "Democrats, *including Clinton*", "a host *such as Facebook*"."""
    for child in noun.children:
        such = child.lower == "as" and any(inner.lower == "such" for inner in child.children)
        if child.dep == "prep" and (such or child.lower in {"like", "including"}):
            yield from (inner for inner in child.children if inner.dep == "pobj")


def _partitive(noun: Word, discourse: Discourse, depth: int, *, behind: bool) -> Iterator[Argument]:
    """As in "members *of the Taliban*", "some *of them*", "many *of their policies*"."""
    whole = preposition(noun, "of", "from", "in")
    if whole is not None:
        for part in with_conjuncts(whole):
            yield from _of(part, discourse, depth - 1, behind=behind and noun.pos != "NOUN")


def _behind(noun: Word, discourse: Discourse, depth: int) -> Iterator[Argument]:
    """The actor that a thing belongs to: "*Iran*'s missile test", "the *Syrian* airbase", "the policies of *Trump*"."""
    for dep in _MODIFIERS:
        for child in noun.children:
            if child.dep == dep and (owners := [meant for part in with_conjuncts(child) for meant in discourse.meant(part)]):
                yield from (Argument(meant, behind=True) for meant in owners)
                return
    for whose in (preposition(noun, "of", "by"), noun.child("poss"), preposition(noun, "between", "among"), _maker(noun)):
        if whose is not None:
            found = [Argument(argument.meant, behind=True) for argument in _of(whose, discourse, depth - 1, behind=True)]
            yield from found
            if found:
                return


def _maker(noun: Word) -> Word | None:
    """Who made a thing, by a clause on it: "the test announced *by Iran*", "the strategy *Obama* praised"."""
    for child in noun.children:
        if child.dep in {"acl", "relcl"} and child.pos == "VERB":
            return agent(child) if passive(child) else child.child("nsubj")
    return None
