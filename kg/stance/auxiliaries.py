"""What hangs on a word itself and says how surely it is so: modals, negation, adverbs, conditions, questions, commands."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.language import Word
from kg.model import Modality
from kg.stance.cues import Lexicon

_NEGATION = {"not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "without", "hardly", "scarcely", "rarely", "seldom"}
_AUX: dict[str, Modality] = {
    "may": "possible",
    "might": "possible",
    "could": "possible",
    "can": "possible",
    "ca": "possible",
    "should": "demanded",
    "must": "demanded",
    "ought": "demanded",
    "will": "planned",
    "wo": "planned",
    "'ll": "planned",
    "’ll": "planned",
    "shall": "planned",
    "would": "planned",
    "'d": "planned",
    "’d": "planned",
}
_WILL = {"will", "would", "'ll", "’ll", "wo"}
_NOT_ONLY = {"only", "just", "merely", "simply", "solely"}
_CONDITIONAL = {"if", "unless", "lest", "provided", "providing", "supposing", "assuming"}
_UNTIL = {"until", "till", "before", "once", "when", "whenever", "after", "as"}
_QUESTION_WORDS = {"WDT", "WP", "WP$", "WRB"}
_OPEN_VERBS = {"ask", "know", "say", "see", "wonder", "tell", "decide", "determine", "establish", "clear", "sure"}
_OBJECTS = {"dobj", "attr"}


@dataclass(frozen=True, slots=True)
class Scope:
    """One operator that stands over a cue: the word that shows it, and what it does."""

    word: Word
    modality: Modality


def own(word: Word, lexicon: Lexicon) -> Iterator[Scope]:
    """The modal, negation, adverb and condition that hang on a word itself, the innermost first."""
    modal: Scope | None = None
    negated: Word | None = None
    for child in word.children:
        if child.dep == "aux" and child.lower in _AUX:
            modal = Scope(child, _modal(word, child))
        elif negates(child, word):
            negated = child
        elif child.dep in {"advmod", "amod"} and child.lower in lexicon.adverbs:
            yield Scope(child, lexicon.adverbs[child.lower])
    if modal is not None:
        yield from _negated_modal(modal, negated) if negated is not None else [modal]
    elif negated is not None:
        yield Scope(negated, "denied")
    yield from _around(word)


def negates(child: Word, word: Word) -> bool:
    """Whether a child denies the word: "did *not* leave", "*nobody* left", "*neither* of them left"; not so "not only"."""
    if child.dep == "neg" or (child.lower in _NEGATION and child.dep in {"det", "advmod", "preconj", "cc"} and child.i < word.i):
        return not any(other.i == child.i + 1 and other.lower in _NOT_ONLY for other in (*word.children, *child.children))
    if child.dep == "advmod" and child.lower == "longer":
        return any(inner.lower == "no" for inner in child.children)
    return child.dep in {"nsubj", "nsubjpass"} and _nobody(child)


def no_object(verb: Word) -> Iterator[Scope]:
    """As in "gave *no* support", "found *nothing*"."""
    for child in verb.children:
        if child.dep in _OBJECTS and (child.lower in {"nothing", "nobody", "none"} or any(inner.lower == "no" for inner in child.children)):
            yield Scope(child, "denied")


def infinitive(word: Word) -> bool:
    """Whether it is a verb with "to"."""
    return any(child.dep == "aux" and child.lower == "to" for child in word.children)


def refuses(verb: Word) -> bool:
    """Whether the doer of a verb will not do it: "I *would not* vote for her", "they *will never* work with him"."""
    will = any(child.dep == "aux" and child.lower in _WILL for child in verb.children)
    return will and any(child.dep == "neg" for child in verb.children)


def conditional(verb: Word) -> bool:
    """Whether a condition hangs on it: "would leave *if they paid*"."""
    return any(child.dep == "advcl" and any(inner.lower in _CONDITIONAL for inner in child.children) for child in verb.children)


def inverted(aux: Word, verb: Word) -> bool:
    """Whether a clause is a condition by its order: "*should* they leave, we will stay"."""
    subject = verb.child("nsubj", "nsubjpass")
    return verb.dep in {"advcl", "ccomp"} and verb.i < verb.head.i and subject is not None and aux.i < subject.i


def _nobody(subject: Word) -> bool:
    """As in "*neither* Iran nor Iraq", "*no* country", "*nobody*"."""
    return subject.lower in {"nobody", "none", "nothing"} or any(
        child.lower in {"neither", "no", "few"} and child.dep in {"preconj", "det", "cc", "amod"} and child.i < subject.i
        for child in subject.children
    )


def _around(word: Word) -> Iterator[Scope]:
    """What makes a whole clause a condition, a question, a command."""
    for child in word.children:
        if child.dep == "mark" and (child.lower == "whether" or (child.lower == "if" and _asked(word))):
            yield Scope(child, "unknown")
        elif child.dep in {"mark", "advmod", "prep"} and child.i < word.i and _conditions(child, word):
            yield Scope(child, "hypothetical")
        elif child.text == "?" and not any(other.tag in _QUESTION_WORDS for other in word.children):
            yield Scope(child, "unknown")
        elif child.dep == "aux" and child.lower in {"should", "had"} and inverted(child, word):
            yield Scope(child, "hypothetical")
    if word.dep in {"pcomp", "pobj"} and _without(word.head):
        yield Scope(word.head, "denied")
    elif _commands(word):
        yield Scope(word, "demanded")


def _asked(verb: Word) -> bool:
    return verb.dep in {"ccomp", "advcl"} and verb.head.lemma in _OPEN_VERBS and verb.i > verb.head.i


def _conditions(mark: Word, verb: Word) -> bool:
    """As in "*if* they leave", "*in case* they leave", "will stay *until* they leave"."""
    if mark.lower in _CONDITIONAL or (mark.lower == "case" and verb.dep == "advcl"):
        return True
    ahead = verb.dep == "advcl" and any(child.dep == "aux" and child.lower in _AUX for child in verb.head.children)
    present = verb.tag in {"VBZ", "VBP"} or any(child.lower in {"is", "are", "has", "have"} for child in verb.children)
    return mark.lower in _UNTIL and ahead and present


def _without(preposition: Word) -> bool:
    """As in "*without* attacking", "retreated *instead of* attacking"; not so "should retreat *instead of* attacking"."""
    if preposition.lower == "without":
        return True
    pair = {"of": "instead", "than": "rather"}.get(preposition.lower)
    beside = (preposition.head, *preposition.children)
    if pair is None or not any(word.lower == pair for word in beside):
        return False
    verb = next((word for word in preposition.ancestors() if word.pos in {"VERB", "AUX"}), preposition)
    return not any(child.lower in _AUX for child in verb.children)


def _commands(verb: Word) -> bool:
    """As in "*Stop* the war!", also where it is quoted."""
    if verb.tag != "VB" or verb.dep not in {"ROOT", "ccomp"} or (verb.dep == "ccomp" and verb.i > verb.head.i):
        return False
    return not any(child.dep in {"nsubj", "nsubjpass", "aux", "auxpass", "expl"} for child in verb.children)


def _modal(verb: Word, modal: Word) -> Modality:
    """As in "would" is a plan as told later ("said it would leave"), else a condition."""
    perfect = any(child.dep == "aux" and child.lower in {"have", "'ve"} for child in verb.children)
    if modal.lower in {"could", "can", "ca"} and any(child.dep == "neg" for child in verb.children):
        return "actual"
    if modal.lower == "must" and perfect:
        return "likely"
    if modal.lower in {"would", "'d", "’d"}:
        reported = verb.dep == "ccomp" and verb.head.tag in {"VBD", "VBN"}
        return "planned" if reported and not conditional(verb) and not perfect else "hypothetical"
    if modal.lower in _WILL and conditional(verb):
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
