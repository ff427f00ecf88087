"""Who fills the slots of a cue, and which actors a noun stands for there."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.discourse import Discourse, Meant, agent, antecedent, patient, preposition, subject, with_conjuncts
from kg.language import Word
from kg.mentions import lexicon
from kg.model import Span
from kg.stance.cues import Cue, Lexicon

_MODIFIERS = ("poss", "compound", "amod", "nmod")
_DEPTH = 3
_TOWARDS = (("to", "with", "from", "on", "against", "for"), ("into", "between", "among", "of", "in"))
_CALLING_FOR = {"call", "push", "appeal", "plead", "vote", "press", "argue", "campaign", "lobby", "ask"}
_COMING = {"come", "rush", "leap", "go", "rise", "spring", "jump", "return"}


@dataclass(frozen=True, slots=True)
class Argument:
    """An actor in a slot; `behind` when the noun there only belongs to it ("condemned *Iran*'s missile test")."""

    meant: Meant
    behind: bool = False
    implicit: str = ""


def arguments(word: Word, discourse: Discourse, *, behind: bool = True) -> list[Argument]:
    """The actors that a noun stands for, with those that are joined to it by "and"."""
    found: dict[tuple[int, int], Argument] = {}
    for noun in with_conjuncts(word):
        for argument in _of(noun, discourse, _DEPTH, behind=behind):
            found.setdefault((argument.meant.key.start, argument.meant.key.end), argument)
    return list(found.values())


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
    if noun.lower in lexicon().partitive:
        inner = list(_partitive(noun, discourse, depth))
        if inner:
            yield from inner
            return
    if behind and noun.pos in {"NOUN", "PROPN", "VERB"} and noun.lemma not in lexicon().relative and noun.lower not in lexicon().relative:
        yield from _behind(noun, discourse, depth)


def _partitive(noun: Word, discourse: Discourse, depth: int) -> Iterator[Argument]:
    """As in "members *of the Taliban*", "some *of them*"."""
    whole = preposition(noun, "of", "from", "in")
    if whole is not None:
        for part in with_conjuncts(whole):
            yield from _of(part, discourse, depth - 1, behind=False)


def _behind(noun: Word, discourse: Discourse, depth: int) -> Iterator[Argument]:
    """The actor that a thing belongs to: "*Iran*'s missile test", "the *Syrian* airbase", "the policies of *Trump*"."""
    for dep in _MODIFIERS:
        for child in noun.children:
            if child.dep == dep and discourse.meant(child):
                yield from (Argument(meant, behind=True) for part in with_conjuncts(child) for meant in discourse.meant(part))
                return
    of = preposition(noun, "of", "by")
    if of is not None:
        for argument in _of(of, discourse, depth - 1, behind=True):
            yield Argument(argument.meant, behind=True)


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

    def __init__(self, word: Word, cue: Cue, lexicon_: Lexicon) -> None:
        self._word = word
        self._cue = cue
        self._lexicon = lexicon_

    def fill(self, names: tuple[str, ...]) -> Iterator[Word]:
        """The nouns of these slots, in their order of preference."""
        for name in names:
            if name in {"comp", "help", "harm"}:
                yield from self._complement(name)
            elif (word := self._slot(name)) is not None:
                yield word

    def _slot(self, name: str) -> Word | None:
        match self._cue.pos:
            case _ if name == "claimer":
                return None
            case _ if name == "clause":
                return self._clause()
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
            return None if found is not None and self._taken(found) else found
        inner = [*parts, *(child for child in word.children if child.dep in {"prt", "advmod", "dobj", "acomp"})]
        inner += [part for child in inner if child.dep == "dobj" and (part := preposition(child, "of")) is not None]
        return self._prep(word, name) or next((found for child in inner if (found := self._prep(child, name))), None)

    def _taken(self, word: Word) -> bool:
        return word.lower in self._cue.others or word.lemma.lower() in self._cue.others

    def _prep(self, word: Word, name: str) -> Word | None:
        found = preposition(word, name)
        if found is not None and found.tag in {"WDT", "WP"}:
            return next((antecedent(above) for above in [word, *word.ancestors()] if above.dep == "relcl"), None)
        return found

    def _noun(self, name: str) -> Word | None:
        noun = self._word
        verb = noun.head
        governed = noun.dep in {"dobj", "nsubjpass"} and verb.lemma in self._lexicon.light
        if name == "subj":
            return self._noun_subject(noun)
        if name == "poss":
            return next((child for dep in _MODIFIERS for child in noun.children if child.dep == dep and child.i < noun.i), None)
        if name == "between":
            return self._prep(noun, "between")
        where = [noun, *(self._cue.parts(noun) or ()), *([verb] if governed else ())]
        return next((found for word in where if (found := self._prep(word, name)) is not None), None)

    def _noun_subject(self, noun: Word) -> Word | None:
        verb = noun.head
        if noun.dep in {"dobj", "nsubjpass"} and verb.lemma in self._lexicon.light:
            return agent(verb)
        if noun.dep in {"attr", "appos"}:
            return subject(verb) if noun.dep == "attr" else verb
        if noun.dep in {"compound", "nmod"} or (apposed := noun.child("appos")) is not None:  # "Trump critic *Mitt Romney*"
            return verb if noun.dep in {"compound", "nmod"} else apposed
        if noun.dep == "pobj" and verb.lower == "for" and verb.head.lemma in _CALLING_FOR:
            return agent(verb.head)
        if noun.dep == "pobj" and verb.lower in {"as", "in", "into", "at", "on", "under", "to"} and verb.dep == "prep":
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


_CLAUSES = {"relcl", "advcl", "ccomp", "conj", "parataxis"}
_DEEDS = {
    "move",
    "decision",
    "step",
    "measure",
    "action",
    "act",
    "attack",
    "claim",
    "statement",
    "remark",
    "comment",
    "plan",
    "policy",
    "idea",
}
_PLACES = {
    "in",
    "at",
    "during",
    "before",
    "after",
    "since",
    "until",
    "near",
    "from",
    "by",
    "as",
    "under",
    "despite",
    "without",
    "unlike",
    "like",
}


def further_down(word: Word, cue: Cue, discourse: Discourse, apart: set[Span]) -> list[Argument]:
    """The first actor in what hangs on a cue, as the thing that belongs to it: "criticised a plan drawn up for *Iran*".

    Places are passed over where a cue has no slot for them.
    """
    places = _PLACES.difference(cue.target)
    queue = [child for child in word.children if child.i > word.i and child.dep not in {*_CLAUSES, "prep", "agent", "npadvmod", "advmod"}]
    queue += [child for child in word.children if child.dep == "prep" and child.lower not in places and child.i > word.i]
    while queue:
        node = queue.pop(0)
        found = [argument for argument in arguments(node, discourse) if argument.meant.key not in apart] if node.tag[:1] in "NP" else []
        if found:
            return [Argument(argument.meant, behind=True) for argument in found[:1]]
        queue.extend(child for child in node.children if child.dep not in _CLAUSES and child.lower not in places)
    return []


def further_up(word: Word, discourse: Discourse, apart: set[Span]) -> list[Argument]:
    """The doer of the nearest clause above a cue that is no one else of it."""
    for above in word.ancestors():
        if above.pos in {"VERB", "AUX"}:
            doer = agent(above)
            found = [argument for argument in arguments(doer, discourse) if argument.meant.key not in apart] if doer is not None else []
            if found:
                return [Argument(argument.meant, behind=True) for argument in found]
    return []


def doer_of_deed(word: Word, discourse: Discourse, apart: set[Span]) -> list[Argument]:
    """Who did what a relative clause judges: "*Iran* expelled them, in a move that France condemned"."""
    deed = antecedent(word) if word.dep in {"relcl", "conj"} else None
    if deed is None or deed.lemma not in _DEEDS:
        return []
    return further_up(deed, discourse, apart)
