"""How surely something is said to be so: operators composed from the cue outwards.

The values are those of FactBank (Saurí and Pustejovsky 2009), certainty by polarity, with intent and demand beside them. Each word that
takes a clause ("plan to", "deny that", "may") maps what it takes to what its own clause says of it; the map is `compose`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.language import Word
from kg.model import Modality
from kg.stance.cues import Lexicon

_NEGATION = {"not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "none", "without", "hardly", "barely"}
_AUX: dict[str, Modality] = {
    "may": "possible",
    "might": "possible",
    "could": "possible",
    "should": "demanded",
    "must": "demanded",
    "ought": "demanded",
    "will": "planned",
    "'ll": "planned",
    "’ll": "planned",
    "shall": "planned",
    "would": "planned",
}
_CONDITIONAL = {"if", "unless", "lest"}
_POSITIVE = {"actual", "likely", "possible", "planned", "demanded", "hypothetical"}
_COMPLEMENTS = {"xcomp", "ccomp", "acl", "dobj", "pcomp", "attr", "acomp", "oprd", "nsubjpass", "csubj"}
_PREPOSITIONAL = {"of", "for", "to", "about", "against", "on", "from", "in", "with", "between", "into", "as", "by"}
_HAPPENING = {"be", "remain", "seem", "appear", "happen", "occur"}


def compose(outer: Modality, inner: Modality) -> Modality:
    """What an operator makes of what it takes.

    >>> compose("planned", "actual"), compose("denied", "planned"), compose("possible", "denied")
    ('planned', 'not_planned', 'doubted')
    """
    if outer == "actual" or inner == "unknown":
        return inner
    if outer == "denied":
        return _negated(inner)
    if inner == "actual":
        return outer
    if outer == "not_planned":
        return "not_planned" if inner in _POSITIVE else "planned"
    if outer == "doubted":
        return "doubted" if inner in _POSITIVE else "possible"
    if outer in {"unknown", "hypothetical"}:
        return outer if inner in _POSITIVE else inner
    if inner in {"denied", "doubted", "not_planned"}:
        return {"possible": "doubted", "likely": "doubted", "planned": "not_planned", "demanded": "not_planned"}.get(outer, inner)  # type: ignore[return-value]
    if outer == "likely":
        return inner
    return outer


def _negated(inner: Modality) -> Modality:
    match inner:
        case "planned" | "demanded":
            return "not_planned"
        case "likely" | "hypothetical":
            return "doubted"
        case "denied":
            return "actual"
        case "not_planned" | "doubted":
            return "possible"
        case _:
            return "denied"


@dataclass(frozen=True, slots=True)
class Scope:
    """One operator that stands over a cue: the word that shows it, and what it does."""

    word: Word
    modality: Modality


def modality_of(word: Word, lexicon: Lexicon, start: Modality = "actual") -> Modality:
    """The modality of what a word says at its place in its sentence.

    Modals, negation, adverbs and conditions of its own clause come first, then the words whose complement it is, outwards.
    """
    modality = start
    for scope in scopes(word, lexicon):
        modality = compose(scope.modality, modality)
    return modality


def scopes(word: Word, lexicon: Lexicon) -> Iterator[Scope]:
    """The operators over a word, the innermost first."""
    node = word
    yield from _own(node, lexicon)
    while node.head is not node:
        above = node.head
        if node.dep in {"prep", "agent"} and above.pos not in {"VERB", "AUX", "NOUN", "ADJ"}:
            return
        taken = _takes(above, node, lexicon)
        if taken is None:
            if node.dep == "conj" and above.pos == node.pos and not _own_subject(node):
                yield from _shared(above, node, lexicon)
                node = above
                continue
            return
        yield from taken
        node = above


def _takes(above: Word, node: Word, lexicon: Lexicon) -> list[Scope] | None:
    """What the word above does to its complement, with the operators of its own clause; None where a scope ends."""
    match node.dep:
        case "compound" | "nmod" if above.pos in {"NOUN", "PROPN"}:
            return []
        case "nsubj" if above.lemma in _HAPPENING:  # "talks with them are *unlikely*"
            operator = _operator(above.child("acomp", "attr"), lexicon)
            return [*operator, *_own(above, lexicon)]
        case "prep":
            return [] if node.lower in _PREPOSITIONAL else None
        case "pobj" | "pcomp":
            return []
        case dep if dep in _COMPLEMENTS:
            return _taken(above, node, lexicon)
    return _judged(above, node, lexicon) or None


def _taken(above: Word, node: Word, lexicon: Lexicon) -> list[Scope] | None:
    """The operators over a complement: the adjective beside it, the word that takes it, and what its own clause says."""
    operator = lexicon.operators.get(above.lemma)
    if node.dep == "acl" and operator is None and above.pos in {"NOUN", "PROPN"} and not _infinitive(node):
        return None
    found = _judged(above, node, lexicon)
    if operator is not None and not (operator.speaks and node.dep == "dobj" and not operator.nominal):
        found.append(Scope(above, operator.takes(node)))
    return [*found, *_own(above, lexicon)]


def _operator(word: Word | None, lexicon: Lexicon) -> list[Scope]:
    operator = lexicon.operators.get(word.lemma) if word is not None else None
    return [Scope(word, operator.inner)] if operator is not None and word is not None else []


def _judged(above: Word, node: Word, lexicon: Lexicon) -> list[Scope]:
    """As in "it is *possible* that", "it is *possible* for them to"."""
    attribute = above.child("acomp", "attr") if above.lemma == "be" else None
    extraposed = node.dep in {"ccomp", "xcomp", "csubj"} or (node.dep == "advcl" and _infinitive(node))
    return _operator(attribute, lexicon) if extraposed and attribute is not node else []


def _infinitive(word: Word) -> bool:
    return any(child.dep == "aux" and child.lower == "to" for child in word.children)


def _own_subject(word: Word) -> bool:
    return any(child.dep in {"nsubj", "nsubjpass"} for child in word.children)


def _shared(above: Word, node: Word, lexicon: Lexicon) -> Iterator[Scope]:
    """What the first of two joined verbs shares with the second: modals, and negation only of "not ... or"."""
    if any(child.dep == "aux" and child.lower in _AUX for child in node.children):
        return
    for scope in _own(above, lexicon):
        if scope.modality != "denied" or any(child.lower in {"or", "nor"} for child in above.children):
            yield scope


def _own(word: Word, lexicon: Lexicon) -> Iterator[Scope]:
    """The modal, negation, adverb and condition that hang on a word itself."""
    modal: Scope | None = None
    negated: Word | None = None
    for child in word.children:
        lower = child.lower
        if child.dep == "aux" and lower in _AUX:
            modal = Scope(child, _modal(word, child))
        elif (
            child.dep == "neg"
            or (child.dep in {"nsubj", "nsubjpass"} and _nobody(child))
            or (lower in _NEGATION and child.dep in {"det", "advmod", "preconj", "cc"} and child.i < word.i)
        ):
            negated = child
        elif child.dep == "advmod" and lower in lexicon.adverbs:
            yield Scope(child, lexicon.adverbs[lower])
        elif child.dep == "mark" and lower == "whether":
            yield Scope(child, "unknown")
        elif child.dep == "mark" and lower in _CONDITIONAL:
            yield Scope(child, "hypothetical")
    if modal is not None and negated is not None:
        yield from _negated_modal(modal, negated)
    elif modal is not None:
        yield modal
    elif negated is not None:
        yield Scope(negated, "denied")
    if word.dep in {"pcomp", "pobj"} and word.head.lower == "without":
        yield Scope(word.head, "denied")


def _nobody(subject: Word) -> bool:
    """As in "*neither* Iran nor Iraq", "*no* country", "*nobody*"."""
    return subject.lower in {"nobody", "none"} or any(
        child.lower in {"neither", "no"} and child.dep in {"preconj", "det", "cc"} and child.i < subject.i for child in subject.children
    )


def refuses(verb: Word) -> bool:
    """Whether the doer of a verb will not do it: "I *would not* vote for her", "they *will never* work with him"."""
    will = any(child.dep == "aux" and child.lower in {"will", "would", "'ll", "’ll", "wo"} for child in verb.children)
    return will and any(child.dep == "neg" for child in verb.children)


def _modal(verb: Word, modal: Word) -> Modality:
    """As in "would" is a plan as told later ("said it would leave"), else a condition."""
    if modal.lower == "could" and any(child.dep == "neg" for child in verb.children):
        return "actual"
    if modal.lower == "would":
        conditional = any(child.dep == "advcl" and any(inner.lower in _CONDITIONAL for inner in child.children) for child in verb.children)
        perfect = any(child.dep == "aux" and child.lower == "have" for child in verb.children)
        reported = verb.dep == "ccomp" and verb.head.tag in {"VBD", "VBN"}
        return "planned" if reported and not conditional and not perfect else "hypothetical"
    if modal.lower in {"will", "'ll", "’ll"} and any(
        child.dep == "advcl" and any(inner.lower in _CONDITIONAL for inner in child.children) for child in verb.children
    ):
        return "hypothetical"
    return _AUX[modal.lower]


def _negated_modal(modal: Scope, negated: Word) -> Iterator[Scope]:
    """As in "may not" doubts, "will not", "should not" and "would not" refuse, "could not" denies."""
    match modal.modality:
        case "possible":
            yield Scope(negated, "doubted")
        case "planned" | "hypothetical" | "demanded":
            yield Scope(negated, "not_planned")
        case _:
            yield Scope(negated, "denied")
