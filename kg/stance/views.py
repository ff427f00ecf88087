"""VIEWS_AS: how one actor characterises another: "calls them terrorists", "this is a ruthless group", "regards Iran as a threat"."""

from collections.abc import Iterator

from kg.discourse import Discourse, agent, patient, preposition, subject
from kg.language import Word
from kg.stance.arguments import Argument, arguments
from kg.stance.cues import Lexicon
from kg.stance.drafts import Draft
from kg.stance.modality import modality_of

_COPULAS = {"be", "become", "remain", "seem", "look", "sound", "prove"}
_COMPARING = {"compare", "liken", "equate"}
_NO_ACTOR = {
    "time",
    "mistake",
    "statement",
    "thing",
    "day",
    "news",
    "idea",
    "word",
    "comment",
    "remark",
    "move",
    "decision",
    "step",
    "deal",
    "able",
}
_SUFFERED = {
    "death",
    "murder",
    "killing",
    "demise",
    "arrest",
    "detention",
    "suffering",
    "pain",
    "loss",
    "case",
    "fate",
    "situation",
    "injury",
}


def _sign(noun: Word, lexicon: Lexicon) -> int:
    """The sign of a characterisation: that of its adjectives, else of its noun."""
    for child in noun.children:
        if child.dep in {"amod", "compound"} and child.lemma.lower() in lexicon.views:
            return lexicon.views[child.lemma.lower()]
    own = lexicon.views.get(noun.lemma.lower(), lexicon.views.get(noun.lower, 0))
    if own:
        return own
    return next((sign for child in noun.children if child.dep == "conj" and (sign := _sign(child, lexicon))), 0)


def _value(noun: Word, lexicon: Lexicon, text: str) -> tuple[str, Word]:
    """The words of a characterisation, without article: "ruthless group"; of several joined ones the first that has a sign."""
    if noun.lemma.lower() not in lexicon.views and not any(
        child.lemma.lower() in lexicon.views for child in noun.children if child.dep == "amod"
    ):
        joined = next((child for child in noun.children if child.dep == "conj" and _sign(child, lexicon)), None)
        if joined is not None:
            return _value(joined, lexicon, text)
    first = noun
    for child in noun.children:
        if child.i < first.i and child.dep in {"amod", "compound", "nmod"} and child.match is None:
            first = child
    return " ".join(text[first.start : noun.end].split()), first


def _called(word: Word, lexicon: Lexicon) -> tuple[Word, Word] | None:
    """Of "calls X (a) Y", "views X as Y", "X was called Y": X and Y."""
    if word.pos != "VERB":
        return None
    whom = patient(word)
    if word.lemma in _COMPARING and whom is not None and (like := preposition(word, "to", "with")) is not None:
        return whom, like
    if word.lemma not in lexicon.calling:
        return None
    if whom is not None and whom.child("compound", "nmod") is not None and _sign(whom, lexicon):  # "called *Hamas* terrorists"
        return whom.child("compound", "nmod") or whom, whom
    for child in word.children:
        if child.dep == "oprd" and (called := whom or child.child("compound", "nmod")) is not None:  # "called *Hamas* terrorists"
            return called, child
        if child.dep == "prep" and child.lower == "as" and whom is not None:
            what = next((inner for inner in child.children if inner.dep in {"pobj", "amod", "acomp", "pcomp"}), None)
            if what is not None:
                return whom, what
        if (
            child.dep in {"advcl", "pcomp"}
            and whom is not None
            and any(inner.lower == "as" for inner in child.children if inner.i < child.i)
        ):
            return whom, child
        if child.dep in {"ccomp", "xcomp"} and child.pos in {"NOUN", "ADJ", "PROPN"}:
            inner = next((deeper for deeper in child.children if deeper.dep in {"nsubj", "dobj"}), None) or whom
            if inner is not None:
                return inner, child
    return None


def view_drafts(discourse: Discourse, lexicon: Lexicon) -> Iterator[Draft]:
    """The characterisations of a document: by a verb of calling, or by the copula in someone's words."""
    for word in discourse.parsed.words:
        called = _called(word, lexicon)
        if called is not None:
            holder = agent(word)
            sources = arguments(holder, discourse, behind=False) if holder is not None else []
            yield from _drafts(word, called[0], called[1], sources, discourse, lexicon, "characterised by a verb")
        elif word.lemma in _COPULAS:
            what = word.child("attr", "acomp", "oprd")
            whom = subject(word)
            if what is not None and whom is not None and _sign(what, lexicon):
                yield from _drafts(word, whom, what, _speaking(word, discourse), discourse, lexicon, "characterised by copula")
                yield from _judged(word, whom, what, discourse, lexicon)
            clause = word.child("csubj")
            if what is not None and clause is not None and (doer := subject(clause)) is not None and _sign(what, lexicon):
                yield from _judged(word, doer, what, discourse, lexicon, whole=True)


def _judged(word: Word, thing: Word, what: Word, discourse: Discourse, lexicon: Lexicon, *, whole: bool = False) -> Iterator[Draft]:
    """What a speaker says of someone's thing or deed is said of them: "*his* plan is a disaster", "what *he* does is wrong"."""
    if thing.lemma in _SUFFERED:
        return
    sign = _sign(what, lexicon) * (-1 if _negated(word, what) else 1)
    for source in _speaking(word, discourse):
        for target in arguments(thing, discourse):
            if source.meant.key != target.meant.key and (target.behind or whole):
                yield Draft(
                    relation="SUPPORT" if sign > 0 else "ACCUSE",
                    cue=what,
                    cue_end=what,
                    source=source,
                    target=Argument(target.meant, behind=True),
                    modality="actual",
                    rule="judged what belongs to them",
                    confidence=0.45,
                    speakers=tuple(discourse.speakers_of(word)),
                )


def _negated(word: Word, what: Word) -> bool:
    return any(child.dep == "neg" or child.lower == "not" for child in (*word.children, *what.children))


def _speaking(word: Word, discourse: Discourse) -> list[Argument]:
    """Who says so; "we" in someone's words is the one who speaks."""
    speakers = discourse.speakers_of(word)
    if len(speakers) > 1 and speakers[0].who.lower == "we":
        speakers = speakers[1:]
    for speaker in speakers:
        return [Argument(meant, implicit="who says so") for meant in discourse.meant(speaker.who)]
    return []


def _topic(word: Word, whom: Word, discourse: Discourse) -> list[Argument]:
    """Whom a characterisation is about; "this" and "that" mean the actor named just before in the sentence."""
    found = arguments(whom, discourse, behind=False)
    if whom.lower == "it":
        return []
    if found or whom.lower not in {"this", "that", "these"}:
        return found
    before = [
        noun
        for noun in discourse.parsed.sentence_of(word).words
        if noun.i < whom.i and discourse.found.get(noun) and discourse.found[noun].form == "name"
    ]
    for noun in reversed(before):
        meant = discourse.meant(noun)
        if meant and meant[0].kind != "person":
            return [Argument(meant[0], implicit=f"“{whom.text}” after the name")]
    return []


def _of_another(what: Word, discourse: Discourse) -> bool:
    """As in "an arch-enemy *of ISIS*" tells of two others, not of the one who says so."""
    other = preposition(what, "of", "to", "with")
    return other is not None and bool(arguments(other, discourse, behind=False))


def _drafts(
    word: Word, whom: Word, what: Word, sources: list[Argument], discourse: Discourse, lexicon: Lexicon, rule: str
) -> Iterator[Draft]:
    sign = _sign(what, lexicon)
    if not sign or _of_another(what, discourse) or what.lemma.lower() in _NO_ACTOR:
        return
    value, first = _value(what, lexicon, discourse.parsed.document.text)
    modality = modality_of(word, lexicon)
    if sign > 0 and modality == "denied" and _negated(word, what):  # "not the right person" is a view of its own
        sign, modality, value = -1, "actual", f"not {value}"
    for source in sources:
        for target in _topic(word, whom, discourse):
            if source.meant.key != target.meant.key:
                yield Draft(
                    relation="VIEWS_AS",
                    cue=first,
                    cue_end=what if what.i >= first.i else first,
                    source=source,
                    target=target,
                    modality=modality,
                    rule=rule,
                    confidence=0.6,
                    value=value,
                    polarity=sign,
                    speakers=tuple(discourse.speakers_of(word)),
                )
