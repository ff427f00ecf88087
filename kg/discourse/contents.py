"""What a word that says, thinks or wants something takes as its content: a clause, an infinitive, a noun."""

from collections.abc import Sequence

from kg.discourse.clauses import passive
from kg.discourse.frames import Frames, frames
from kg.discourse.speech import SpeechWords
from kg.language import Word

_SAID_OF = {"as", "of", "for", "with", "over", "to", "into"}  # what is said of a noun: "praised them *as* brave", "accused them *of* lying"
_SUBJECTS = {"nsubj", "nsubjpass", "expl"}
_PAUSES = {",", "-", "--", "–", "—"}


def content_of(cue: Word, speech: SpeechWords) -> list[Word]:
    """The words that a cue attributes to somebody, in no order; none where it is no cue.

    >>> # "called for *talks*", "said *that they had left*", "*They left*, he said", "*They left*, according to him"
    """
    if cue.lower == "according" and cue.dep == "prep":
        return phrase(cue.head, cue)
    frame = frames().get(cue.pos)
    if frame is None:
        return []
    reports = cue.pos == "VERB" and cue.lemma in speech.verbs
    clauses = _clauses(cue) if reports or cue.lemma in frame.clause else []
    if clauses:
        return [word for head in clauses for word in phrase(head, cue)]
    heads = _infinitive(cue, frame) or _object(cue, frame) or _after_preposition(cue, frame)
    if not heads and reports and _inserted(cue):
        return phrase(cue.head, cue)
    return [word for head in heads for word in phrase(head, cue, asides=False)]


def phrase(head: Word, without: Word, *, asides: bool = True) -> list[Word]:
    """A word and what hangs on it, in text order, but not `without` and what hangs on that; `asides`: with relative clauses set off."""
    found: list[Word] = []
    queue = [head] if head is not without else []
    while queue:
        word = queue.pop()
        found.append(word)
        queue.extend(child for child in word.children if child is not without and (asides or not _aside(child)))
    return sorted(found, key=lambda word: word.i)


def _aside(word: Word) -> bool:
    """As in "Paul Renner, *who left early*"."""
    if word.dep != "relcl":
        return False
    before = word.subtree()[0].i - 1
    return any(child.i == before and child.text in _PAUSES for child in word.head.children)


def _clauses(cue: Word) -> list[Word]:
    """The clauses that a cue takes: of those on both sides of it the latter."""
    found = [child for child in cue.children if _is_clause(child, cue)]
    return [child for child in found if child.i > cue.i] or found


def _is_clause(child: Word, cue: Word) -> bool:
    if cue.pos == "NOUN":
        return child.dep == "acl" and any(inner.dep == "mark" for inner in child.children)
    if child.dep == "advcl":
        asks = cue.lemma in {"ask", "wonder"} and child.i > cue.i
        return asks and any(inner.lower in {"if", "whether"} for inner in child.children)
    return child.dep == "ccomp" or (child.dep == "parataxis" and _has_subject(child))


def _has_subject(verb: Word) -> bool:
    return any(child.dep in _SUBJECTS for child in verb.children)


def _infinitive(cue: Word, frame: Frames) -> list[Word]:
    """The infinitive, with the one whom it is wanted of: "urged *Iran to leave*", "called on *Iran to leave*"."""
    if cue.lemma not in frame.infinitive:
        return []
    verbs = [child for child in cue.children if child.i > cue.i and child.dep in {"xcomp", "ccomp", "acl"} and _has_to(child)]
    if not verbs:
        return []
    called_on = [inner for child in cue.children if child.dep == "prep" and child.lower == "on" for inner in child.children]
    asked = [*(child for child in cue.children if child.dep in {"dobj", "nsubjpass"}), *called_on]
    return [*(word for word in asked if word.i < verbs[0].i), *verbs]


def _has_to(verb: Word) -> bool:
    return any(child.dep == "aux" and child.lower == "to" for child in verb.children)


def _object(cue: Word, frame: Frames) -> list[Word]:
    """The noun that is spoken of, with what is said of it."""
    role = "nsubjpass" if passive(cue) else "dobj"
    objects = [child for child in cue.children if child.dep == role] if cue.lemma in frame.object else []
    said = [child for child in cue.children if child.dep == "oprd" or (child.dep == "prep" and child.lower in _SAID_OF and child.i > cue.i)]
    return [*objects, *said] if objects else []


def _after_preposition(cue: Word, frame: Frames) -> list[Word]:
    prepositions = [child for child in cue.children if child.dep == "prep" and cue.lemma in frame.prepositions.get(child.lower, ())]
    return [inner for child in prepositions for inner in child.children if inner.dep in {"pobj", "pcomp"}]


def _inserted(verb: Word) -> bool:
    """As in "Iran, *he said*, left", "as *he said*"."""
    if verb.dep not in {"parataxis", "advcl", "ccomp"} or any(child.dep in {"ccomp", "dobj", "xcomp"} for child in verb.children):
        return False
    as_said = verb.dep != "advcl" or any(child.lower == "as" for child in verb.children)
    return as_said and verb.child("nsubj") is not None


def mostly_in(words: Sequence[Word], quoted: set[int]) -> bool:
    """Whether most of the words stand in quotations (the indices of the words in all of these are `quoted`)."""
    told = [word for word in words if word.pos != "PUNCT"]
    return 2 * sum(word.i in quoted for word in told) > len(told)
