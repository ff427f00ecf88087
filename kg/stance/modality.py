"""How surely something is said to be so: operators composed from the cue outwards.

The values are those of FactBank (Saurí and Pustejovsky 2009), certainty by polarity, with intent and demand beside them. Each word that
takes a clause ("plan to", "deny that", "may") maps what it takes to what its own clause says of it; the map is `compose`.
"""

from collections.abc import Iterator

from kg.language import Word
from kg.model import Modality
from kg.stance.auxiliaries import Scope, infinitive, inverted, negates, no_object, own
from kg.stance.cues import Lexicon, Operator

_POSITIVE = {"actual", "likely", "possible", "planned", "demanded", "hypothetical"}
_DEFINITE = {"the", "this", "that", "these", "those"}
_ORDINAL = {"first", "second", "third", "last", "only", "latest", "next"}
_BEFORE_GERUNDS = {"of", "from", "to", "about", "on", "at", "against"}
_MAKING = set(
    "complete finish implement execute achieve secure pursue organise organize finalise finalize negotiate reach sign obtain".split()
)
_DONE_BY = set(  # what is done by doing what stands above: "marched *to protest* against", "gave money *to help* them"
    """
    help assist aid support back protest oppose combat counter honor honour mark celebrate commemorate show express voice demand defend
    thank praise denounce condemn criticise criticize reassure
    """.split()
)
_RESULTING = {"grow", "rise", "live", "wake"}
_COMPLEMENTS = {"xcomp", "ccomp", "acl", "dobj", "pcomp", "attr", "acomp", "oprd", "nsubjpass", "csubj"}
_PREPOSITIONAL = {"of", "for", "to", "about", "against", "on", "from", "in", "with", "between", "into", "as", "by"}
_HAPPENING = {"be", "remain", "seem", "appear", "happen", "occur", "begin", "start", "resume", "come", "follow", "hold", "take", "ensue"}
_TAKEN_BY = {  # the prepositions of nouns that an operator of this word class takes
    "NOUN": {"of", "for", "to", "about", "against", "on", "in", "from"},
    "PROPN": {"of", "for"},
    "VERB": {"to", "for", "from", "against"},
    "AUX": set[str](),
    "ADJ": {"of", "to", "for", "about", "on", "in"},
}


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
    yield from own(node, lexicon)
    if not _denied_itself(node):
        yield from no_object(node)
    while node.head is not node:
        over = _over(node, lexicon)
        if over is None:
            return
        yield from over
        node = node.head


def _denied_itself(word: Word) -> bool:
    return any(negates(child, word) for child in word.children)


def _over(node: Word, lexicon: Lexicon) -> list[Scope] | None:
    """What the word above does to this one, with the operators of its own clause; None where a scope ends."""
    above = node.head
    match node.dep:
        case "conj" if above.pos == node.pos and not _own_subject(node) and not _other_form(node, above):
            return list(_shared(above, node, lexicon))
        case "compound" | "nmod" if above.pos in {"NOUN", "PROPN"}:
            return _operator(above, lexicon, nominal=True)
        case "nsubj" | "nsubjpass" if above.lemma in _HAPPENING:  # "talks with them are *unlikely*", "talks *will* be held"
            return _of_predicate(above, lexicon)
        case "prep" | "agent":
            return _of_preposition(above, node, lexicon)
        case "pobj":
            return None if _definite(node) and not _governed(node.head, lexicon) else []
        case "pcomp":
            return None if _own_subject(node) else []
        case "advcl" | "relcl":
            return _of_clause(above, node, lexicon)
        case dep if dep in _COMPLEMENTS:
            return _of_complement(above, node, lexicon)
    return None


def _of_predicate(verb: Word, lexicon: Lexicon) -> list[Scope] | None:
    """What is said of a subject: "talks are *unlikely*", "talks will not *resume*"; "talks are never easy" says that there are talks."""
    predicate = verb.child("acomp", "attr")
    operator = _operator(predicate, lexicon)
    return None if predicate is not None and not operator else [*operator, *_operator(verb, lexicon), *own(verb, lexicon)]


def _governed(preposition: Word, lexicon: Lexicon) -> bool:
    """Whether an operator stands before a preposition: "the *threat* of the attack"."""
    operator = lexicon.operator(preposition.head, preposition.lower)
    return operator is not None and operator.nominal


def _definite(noun: Word) -> bool:
    """Whether a noun is one that is known: "did not mention *the attack*"."""
    return noun.pos in {"NOUN", "PROPN"} and any(
        child.dep == "poss" or (child.dep == "det" and child.lower in _DEFINITE) for child in noun.children
    )


def _of_preposition(above: Word, node: Word, lexicon: Lexicon) -> list[Scope] | None:
    """As in "*calls for* talks", "the *risk* of war", "*prevented* them from leaving"."""
    if above.pos not in {"VERB", "AUX", "NOUN", "PROPN", "ADJ"}:
        return None
    operator = lexicon.operator(above, node.lower)
    gerund = node.child("pcomp") is not None
    if operator is not None and "_" in operator.word:
        return [Scope(above, operator.inner), *own(above, lexicon)]
    if node.lower not in _PREPOSITIONAL:
        return None
    taken = node.lower in (_BEFORE_GERUNDS if gerund and above.pos == "VERB" else _TAKEN_BY[above.pos])
    if operator is not None and not operator.speaks and taken and (gerund or operator.nominal):
        return [Scope(above, operator.inner), *own(above, lexicon)]
    return list(own(above, lexicon)) if gerund and node.lower == "by" else []


def _of_clause(above: Word, node: Word, lexicon: Lexicon) -> list[Scope] | None:
    """As in "came *to attack*", "money *to attack*", "it is *possible* to attack", "called for them *to attack*"."""
    if node.dep == "relcl" and node.child("mark") is not None:  # "the rumour *that* they left"
        return _of_complement(above, node, lexicon)
    if not infinitive(node):
        return None
    found = _judged(above, node, lexicon) or _called_for(above, node, lexicon)
    if found:
        return found
    if _result(node) or _first(above):
        return None
    return list(own(above, lexicon)) if node.lemma in _DONE_BY else [Scope(node, "planned"), *own(above, lexicon)]


def _called_for(above: Word, node: Word, lexicon: Lexicon) -> list[Scope]:
    operator = lexicon.operator(above, "for") if any(child.dep == "mark" and child.lower == "for" for child in node.children) else None
    return [Scope(above, operator.inner), *own(above, lexicon)] if operator is not None and "_" in operator.word else []


def _result(verb: Word) -> bool:
    """As in "left only *to return*", "grew up *to rule* it"."""
    return verb.head.lemma in _RESULTING or any(child.lower == "only" and child.i < verb.i for child in verb.children)


def _first(noun: Word) -> bool:
    """As in "the *first* country to leave"."""
    return noun.pos in {"NOUN", "PROPN"} and any(child.lower in _ORDINAL for child in noun.children)


def _of_complement(above: Word, node: Word, lexicon: Lexicon) -> list[Scope] | None:
    """The operators over a complement: the adjective beside it, the word that takes it, and what its own clause says."""
    operator = lexicon.operator(above)
    noun = node.pos in {"NOUN", "PROPN"}
    if node.dep in {"acl", "relcl"} and operator is None and above.pos in {"NOUN", "PROPN"} and (_first(above) or not infinitive(node)):
        return None
    if not noun and (_apart(node) or (operator is not None and operator.factive)):
        return None
    if (
        noun
        and _definite(node)
        and above.lemma not in lexicon.light | _MAKING
        and (operator is None or operator.inner in {"actual", "not_planned"})
    ):
        return None
    found = _judged(above, node, lexicon)
    if operator is not None:
        found.extend(_effect(operator, above, node))
    elif not found and node.dep in {"xcomp", "acl"} and infinitive(node) and node.lemma not in _DONE_BY:
        found.append(Scope(above, _by_default(above)))
    return [*found, *_beside(operator, above, node, lexicon)]


def _effect(operator: Operator, above: Word, node: Word) -> Iterator[Scope]:
    """What an operator does to this complement: "suggested *working* with them" differs from "suggested that they worked"."""
    if node.pos in {"NOUN", "PROPN"} and node.dep in {"dobj", "nsubjpass"}:
        if operator.nominal and not (operator.speaks and above.child("oprd") is not None):  # "called the talks a success"
            yield Scope(above, operator.inner)
    elif any(child.lower == "yet" for child in (*above.children, *node.children)) and above.lemma == "have":
        yield Scope(above, "denied")
    elif above.lemma == "have" and above.tag == "VBD":
        yield Scope(above, "actual")
    elif operator.nonfinite is not None and (node.dep == "xcomp" or infinitive(node)):
        yield Scope(above, operator.nonfinite)
    else:
        yield Scope(above, operator.inner)


def _by_default(above: Word) -> Modality:
    """What an unknown word does to its infinitive: "too weak *to attack*", "easy *to attack*", "met *to attack*"."""
    if above.pos == "ADJ":
        return "denied" if any(child.lower == "too" for child in above.children) else "possible"
    return "planned"


def _beside(operator: Operator | None, above: Word, node: Word, lexicon: Lexicon) -> Iterator[Scope]:
    """The operators of the clause above; "do not think that they left" doubts, "did not say that they left" leaves it open."""
    for scope in own(above, lexicon):
        if scope.modality == "denied" and operator is not None and operator.negated is not None and node.dep != "dobj":
            yield Scope(scope.word, operator.negated)
        else:
            yield scope


def _apart(clause: Word) -> bool:
    """As in "did not say *when* they attacked", "*should* they attack, we will leave"."""
    return any(child.dep == "aux" and child.lower in {"should", "had"} and inverted(child, clause) for child in clause.children) or (
        clause.dep in {"ccomp", "pcomp"}
        and not infinitive(clause)
        and any(child.tag in {"WRB", "WP", "WDT"} and child.i < clause.i and child.lower != "that" for child in clause.children)
    )


def _operator(word: Word | None, lexicon: Lexicon, *, nominal: bool = False) -> list[Scope]:
    operator = lexicon.operator(word) if word is not None else None
    if operator is None or word is None or (nominal and (not operator.nominal or operator.speaks)):
        return []
    return [Scope(word, operator.inner)]


def _judged(above: Word, node: Word, lexicon: Lexicon) -> list[Scope]:
    """As in "it is *possible* that", "it is *possible* for them to"."""
    attribute = above.child("acomp", "attr") if above.lemma == "be" else None
    extraposed = node.dep in {"ccomp", "xcomp", "csubj"} or (node.dep == "advcl" and infinitive(node))
    return _operator(attribute, lexicon) if extraposed and attribute is not node else []


def _own_subject(word: Word) -> bool:
    return any(child.dep in {"nsubj", "nsubjpass"} for child in word.children)


def _other_form(node: Word, above: Word) -> bool:
    """As in "failed to *come* and *left*", "will not *come* but *said*": two joined verbs of which only the second is finite."""
    own_tense = node.tag in {"VBD", "VBZ", "VBP"} or any(child.dep == "aux" and child.lower != "to" for child in node.children)
    bare = above.tag == "VB" if node.tag in {"VBD", "VBZ", "VBP"} else not any(child.dep == "aux" for child in above.children)
    return own_tense and bare and above.tag not in {"VBD", "VBZ", "VBP"}


def _shared(above: Word, node: Word, lexicon: Lexicon) -> Iterator[Scope]:
    """What the first of two joined words shares with the second: modals, and negation only of "not ... or"."""
    if any(child.dep == "aux" and child.lower != "to" for child in node.children):
        return
    for scope in own(above, lexicon):
        if scope.modality not in {"denied", "not_planned", "doubted"} or any(child.lower in {"or", "nor"} for child in above.children):
            yield scope
