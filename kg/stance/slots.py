"""Which nouns fill the slots of a cue."""

from collections.abc import Callable, Iterator

from kg.discourse import agent, antecedent, owner, patient, preposition, subject
from kg.language import Word
from kg.stance.cues import Cue, Lexicon

_MODIFIERS = ("poss", "compound", "amod", "nmod")
_TOWARDS = (("to", "with", "from", "on", "against", "for"), ("into", "between", "among", "of", "in", "out"))
_CALLING_FOR = {"call", "push", "appeal", "plead", "vote", "press", "argue", "campaign", "lobby", "ask"}
_SELF = {"it", "they", "he", "she", "we", "i"}
_COMING = {"come", "rush", "leap", "go", "rise", "spring", "jump", "return"}


def _nearest(word: Word, name: str, taken: Callable[[Word], bool]) -> Word | None:
    """The noun behind a preposition; of several one that is no part of the cue ("died *in custody in Iran*"), that tells no time, and
    behind the word: "*on* Sunday they called *on* Iran".
    """
    nouns = [noun for child in word.children if child.lower == name and child.dep != "prt" and (noun := child.child("pobj")) is not None]
    return min(nouns, key=lambda noun: (taken(noun), noun.entity in {"DATE", "TIME"}, noun.i < word.i), default=None)


def _infinitive(word: Word) -> Word | None:
    """What one agrees or wants to do: "agreed to *help*", "committed to *helping*", "its readiness to *help*"."""
    for child in word.children:
        if child.i > word.i and (child.dep == "xcomp" or (child.dep == "acl" and child.tag == "VB")):
            return child
        if child.dep == "prep" and child.lower in {"to", "on", "of"} and (gerund := child.child("pcomp")) is not None:
            return gerund
    return None


def _own_clause(word: Word) -> Word | None:
    """What one promises or threatens to do, told in a clause: "threatened that *it* would *attack*"."""
    for child in word.children:
        if child.dep == "ccomp" and child.i > word.i and (doer := child.child("nsubj")) is not None:
            return child if doer.lower in _SELF else None
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
        inner = _infinitive(self._word) or (_own_clause(self._word) if self._cue.pos == "verb" else None)
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
        if self._loosely and word.dep == "advcl" and word.tag == "VBG":  # "arrived *in Kenya* seeking asylum"
            inner.append(word.head)
        return self._prep(word, name) or next((found for child in inner if (found := self._prep(child, name))), None)

    def _taken(self, word: Word) -> bool:
        return word.lower in self._cue.others or word.lemma.lower() in self._cue.others

    def _prep(self, word: Word, name: str) -> Word | None:
        found = _nearest(word, name, self._taken) or preposition(word, name) or self._misplaced(word, name)
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
