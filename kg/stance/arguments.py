"""Who fills the slots of a cue, and which actors a noun stands for there."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.discourse import Discourse, Meant, agent, antecedent, owner, passive, patient, preposition, subject, with_conjuncts
from kg.language import Word
from kg.mentions import lexicon
from kg.stance.cues import Cue, Lexicon

_MODIFIERS = ("poss", "compound", "amod", "nmod")
_DEPTH = 3
_TOWARDS = (("to", "with", "from", "on", "against", "for"), ("into", "between", "among", "of", "in", "out"))
_CALLING_FOR = {"call", "push", "appeal", "plead", "vote", "press", "argue", "campaign", "lobby", "ask"}
_COMING = {"come", "rush", "leap", "go", "rise", "spring", "jump", "return"}


@dataclass(frozen=True, slots=True)
class Argument:
    """An actor in a slot; `behind` when the noun there only belongs to it ("condemned *Iran*'s missile test"), `far` when it fills none."""

    meant: Meant
    behind: bool = False
    implicit: str = ""
    far: bool = False


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
    last = next((child.i for child in reversed(noun.children) if child.dep == "cc" and child.i < noun.i), None)
    if last is None or not discourse.meant(noun):
        return []
    return [child for child in noun.children if child.i < last and child.dep in _MODIFIERS and discourse.meant(child)]


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
            if child.dep == dep and discourse.meant(child):
                yield from (Argument(meant, behind=True) for part in with_conjuncts(child) for meant in discourse.meant(part))
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


def _nearest(word: Word, name: str) -> Word | None:
    """The noun behind a preposition; of several one that tells no time, and behind the word: "*on* Sunday they called *on* Iran"."""
    nouns = [noun for child in word.children if child.lower == name and child.dep != "prt" and (noun := child.child("pobj")) is not None]
    return min(nouns, key=lambda noun: (noun.entity in {"DATE", "TIME"}, noun.i < word.i), default=None)


def _infinitive(word: Word) -> Word | None:
    """What one agrees or wants to do: "agreed to *help*", "committed to *helping*", "its readiness to *help*"."""
    for child in word.children:
        if child.i > word.i and (child.dep == "xcomp" or (child.dep == "acl" and child.tag == "VB")):
            return child
        if child.dep == "prep" and child.lower in {"to", "on", "of"} and (gerund := child.child("pcomp")) is not None:
            return gerund
    return None


class Slots:
    """The nouns in the slots of one cue at one word."""

    def __init__(self, word: Word, cue: Cue, lexicon_: Lexicon, *, loosely: bool = False) -> None:
        self._loosely = loosely
        self._word = word
        self._cue = cue
        self._lexicon = lexicon_

    def fill(self, names: tuple[str, ...]) -> Iterator[Word]:
        """The nouns of these slots, in their order of preference."""
        for name in names:
            if name == "poss" and self._cue.pos == "noun":
                yield from self._modifiers()
            elif name in {"comp", "help", "harm"}:
                yield from self._complement(name)
            elif (word := self._slot(name)) is not None:
                yield word

    def _slot(self, name: str) -> Word | None:
        match self._cue.pos:
            case _ if name == "claimer":
                return None
            case _ if name == "clause":
                return self._clause()
            case _ if name == "wish":
                return self._wished()
            case _ if name == "next":
                return next(
                    (word for word in (*self._word.children, self._word.head, *self._word.head.children) if word.i == self._word.i + 1),
                    None,
                )
            case _ if name == "dat":
                return self._dative()
            case "verb":
                return self._verb(name)
            case "noun":
                return self._noun(name)
            case _:
                return self._adjective(name)

    def _clause(self) -> Word | None:
        """The subject of the clause that a cue takes: "fears that *Iran* will attack"."""
        for child in self._word.children:
            if child.dep in {"ccomp", "acl"} and child.i > self._word.i:
                return next((inner for inner in child.children if inner.dep in {"nsubj", "nsubjpass"}), None)
        return None

    def _wished(self) -> Word | None:
        """Who is to act, in an infinitive with "for": "pushed for *Iran* to leave"."""
        for child in self._word.children:
            if child.i > self._word.i and any(inner.dep == "mark" and inner.lower == "for" for inner in child.children):
                return child.child("nsubj")
        return None

    def _dative(self) -> Word | None:
        """The indirect object: "gave *Egypt* aid"; of a noun that of its light verb."""
        verb = self._word if self._cue.pos == "verb" else self._word.head
        found = verb.child("dative")
        return found if found is not None and found.pos in {"NOUN", "PROPN", "PRON"} else None

    def _complement(self, name: str) -> Iterator[Word]:
        """Whom the infinitive is about: "agreed to help *Egypt*", "ready to try to reach *Egypt*"."""
        inner = _infinitive(self._word)
        while inner is not None:
            hostile = next((cue.hostile for cue in self._lexicon.at(inner)), False)
            if name == "comp" or hostile == (name == "harm"):
                found = patient(inner)
                whom = [found] if found is not None else []
                yield from whom
                for noun in (inner, *whom):
                    yield from (word for word in (preposition(noun, *group) for group in _TOWARDS) if word is not None)
            inner = inner.child("xcomp")

    def _verb(self, name: str) -> Word | None:
        word, parts = self._word, self._cue.parts(self._word) or ()
        if name == "subj":
            return agent(word)
        if name == "obj":
            found = next((found for verb in (word, *parts) if (found := patient(verb)) is not None), None)
            if found is not None and self._taken(found):  # "ordered the release *of Ali*"
                return preposition(found, "of") or found
            return found
        inner = [*parts, *(child for child in word.children if child.dep in {"prt", "advmod", "dobj", "acomp"})]
        inner += [part for child in inner if child.dep == "dobj" and (part := preposition(child, "of")) is not None]
        return self._prep(word, name) or next((found for child in inner if (found := self._prep(child, name))), None)

    def _taken(self, word: Word) -> bool:
        return word.lower in self._cue.others or word.lemma.lower() in self._cue.others

    def _prep(self, word: Word, name: str) -> Word | None:
        found = _nearest(word, name) or preposition(word, name) or self._misplaced(word, name)
        if found is not None and self._taken(found) and self._cue.pos == "verb":  # "took part in an operation *in Mali*"
            found = preposition(found, name)
        if found is not None and found.tag in {"WDT", "WP"}:
            return next((antecedent(above) for above in [word, *word.ancestors()] if above.dep == "relcl"), None)
        return found

    def _modifiers(self) -> Iterator[Word]:
        """What stands before a noun: "*Iran*'s long war", "the long *Iranian* war"."""
        return (child for dep in _MODIFIERS for child in self._word.children if child.dep == dep and child.i < self._word.i)

    def _misplaced(self, word: Word, name: str) -> Word | None:
        """The noun after a preposition that the parser hung on a place or topic before it: "talks in Geneva *with Iran*"."""
        if name not in {"with", "between", "against"}:
            return None
        for child in word.children:
            topic = child.child("pobj") if child.dep == "prep" and child.lower in {"in", "on", "at", "over", "about"} else None
            if topic is not None and (found := preposition(topic, name)) is not None:
                return found
        return None

    def _noun(self, name: str) -> Word | None:
        noun = self._word
        verb = noun.head
        governed = noun.dep in {"dobj", "nsubjpass"} and (self._loosely or verb.lemma in self._lexicon.light)
        if name == "subj":
            return self._noun_subject(noun)
        if name == "between":
            return self._prep(noun, "between")
        where = [noun, *(self._cue.parts(noun) or ()), *([verb] if governed else ())]
        return next((found for word in where if (found := self._prep(word, name)) is not None), None)

    def _noun_subject(self, noun: Word) -> Word | None:
        while noun.dep == "conj" and noun.head.pos == "NOUN":  # "Ali, a supporter of Iran and *friend* of Syria"
            noun = noun.head
        verb = noun.head
        if noun.dep in {"dobj", "nsubjpass"} and verb.lemma in self._lexicon.light:
            return agent(verb)
        if noun.dep in {"attr", "appos"}:
            return subject(verb) if noun.dep == "attr" else verb
        if noun.dep in {"compound", "nmod"} or (apposed := noun.child("appos")) is not None:  # "Trump critic *Mitt Romney*"
            return verb if noun.dep in {"compound", "nmod"} else apposed
        if noun.dep == "pobj" and verb.lower == "for" and verb.head.lemma in _CALLING_FOR:
            return agent(verb.head) if verb.head.pos == "VERB" else owner(verb.head)
        if noun.dep == "pobj" and verb.lower in {"as", "in", "into", "at", "on", "to"} and verb.dep == "prep":
            above = verb.head
            if verb.lower == "to" and above.lemma not in _COMING:
                return None
            if above.pos in {"VERB", "AUX"}:
                return patient(above) if verb.lower == "as" else subject(above)
        if noun.dep == "oprd" or (noun.dep == "ccomp" and noun.tag.startswith("N")):
            return patient(verb) or subject(noun)
        return None

    def _adjective(self, name: str) -> Word | None:
        word = self._word
        if name == "subj":
            if word.dep in {"acomp", "oprd", "attr"}:
                return subject(word.head)
            if word.dep == "amod":
                return word.head
            if word.dep in {"conj", "advcl", "ccomp", "ROOT", "acl", "relcl"}:
                return subject(word) or (subject(word.head) if word.head is not word and word.dep == "conj" else None)
            return None
        found = self._prep(word, name)
        return found or (self._prep(word.head, name) if word.dep == "acomp" else None)
