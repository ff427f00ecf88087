"""Actors of a cue that stand further off than in its slots: in what hangs on it, in the clauses above it, in what is done about it."""

from kg.discourse import Discourse, agent, antecedent, passive, subject
from kg.language import Word
from kg.model import Span
from kg.stance.arguments import Argument, arguments
from kg.stance.cues import Cue

_UNDERGOING = {"subject", "target", "victim", "recipient", "beneficiary", "object", "focus"}
_REACTING = set(
    """respond rebut reject dismiss answer welcome love want need seek enjoy appreciate accept embrace thank shrug ignore survive weather
    counter deflect laugh tout disavow renounce court solicit bristle react fume return cite refute repudiate disown spurn crave desire
    expect await deserve retain keep lack miss trumpet recoil""".split()
)
_ANSWERS = {"response", "protest", "reaction", "retaliation", "opposition", "revenge", "reprisal", "reply", "answer"}
_FIRST = {"until", "before", "unless", "till", "after", "once"}
_INSIDE = {"in", "across", "inside", "near", "throughout", "into"}
_WITHIN = {"prep", "pobj", "dobj", "nsubjpass", "amod", "xcomp", "acl", "advcl", "pcomp", "nsubj", "dative", "agent", "conj"}
_REGIONS = {"region", "district", "province", "area", "zone", "city", "town", "village", "countryside", "territory", "camp"}
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
    "out",
    "off",
    "along",
    "beyond",
    "inside",
}


def object_of(noun: Word) -> Word | None:
    """Whom a deed is done to, told by the words above it: "*Iran* came under attack", "*Iran* is the target of sanctions"."""
    above = noun.head
    if noun.dep != "pobj" or above.dep != "prep":
        return None
    if above.lower == "under" and above.head.pos in {"VERB", "AUX"}:
        return subject(above.head)
    role = above.head
    if above.lower == "of" and role.lemma in _UNDERGOING:
        return subject(role.head) if role.dep == "attr" else role.head if role.dep == "appos" else None
    return None


def who_reacts(noun: Word) -> Word | None:
    """Whom something is said of that another answers, seeks or dismisses: "*China* rebuts the criticism", "*he* wants their support"."""
    node = noun
    if node.dep == "pobj" and node.head.dep == "prep" and node.head.lower in {"to", "for", "at", "over", "about"}:
        node = node.head
    verb = node.head
    if node.dep not in {"dobj", "prep"} or verb.lemma.lower() not in _REACTING or passive(verb):
        return None
    return subject(verb)


def _answering(preposition_: Word) -> bool:
    """As in "*in* response to Iran", "*in* protest at the verdict"; no place."""
    noun = preposition_.child("pobj")
    return preposition_.lower in {"in", "as"} and noun is not None and noun.lemma in _ANSWERS


def _named(noun: Word, discourse: Discourse, apart: set[Span]) -> list[Argument]:
    """The actors of a noun that have a name: from afar, whoever has none ("voters", "the police") is seldom meant."""
    return [argument for argument in arguments(noun, discourse) if argument.meant.key not in apart and not argument.meant.unnamed]


def further_down(word: Word, cue: Cue, discourse: Discourse, apart: set[Span]) -> list[Argument]:
    """The first actor in what hangs on a cue, as the thing that belongs to it: "criticised a plan drawn up for *Iran*".

    Places are passed over where a cue has no slot for them.
    """
    places, parts = _PLACES.difference(cue.target), cue.parts(word) or ()
    queue = [child for child in word.children if child.i > word.i and child.dep not in {*_CLAUSES, "prep", "agent", "npadvmod", "advmod"}]
    queue += [
        child for child in word.children if child.dep == "prep" and (child.lower not in places or _answering(child)) and child.i > word.i
    ]
    queue += [child for child in word.children if child.lower == "out" and word.child("dobj") is not None]  # "bomb the hell *out of them*"
    while queue:
        node = queue.pop(0)
        told = node.tag[:1] in "NP" and not (node.dep == "dobj" and node.head is word)  # an object of its own has another part
        found = _named(node, discourse, apart) if told else []
        if found:
            return [Argument(argument.meant, behind=True, far=True) for argument in found[:1]]
        clauses = (child for child in node.children if child.dep not in _CLAUSES or _small(child))
        queue.extend(
            child for child in clauses if (child.lower not in places or _answering(child)) and not (node in parts and child.dep == "poss")
        )
    return []


def anywhere_down(word: Word, discourse: Discourse, apart: set[Span]) -> list[Argument]:
    """The nearest actor in all that hangs on a cue, whatever it is there: "agreed on a plan for the time after *Iran* has left"."""
    queue = [child for child in word.children if child.i > word.i]
    while queue:
        node = queue.pop(0)
        found = _named(node, discourse, apart) if node.tag[:1] in "NP" else []
        if found:
            return [Argument(argument.meant, behind=True, far=True, remote=True) for argument in found[:1]]
        queue.extend(node.children)
    return []


def in_country(word: Word, discourse: Discourse, apart: set[Span]) -> list[Argument]:
    """The country in which a deed was done: "killed forty people *in Mali*", "attacks on markets *in Mali*"."""
    queue = [child for child in word.children if child.dep in _WITHIN]
    while queue:
        node = queue.pop(0)
        if node.dep == "pobj" and node.head.lower in _INSIDE:
            where = [one for one in arguments(node, discourse) if _is_place(node, one) and one.meant.key not in apart]
            if where:
                return [Argument(where[0].meant, behind=True, far=True)]
        queue.extend(child for child in node.children if (child.dep in _WITHIN or _small(child)) and child.i > word.i)
    return []


def _small(clause: Word) -> bool:
    """A clause without tense: "accept people *living* in Mali", "help them *reach* a deal with Iran"."""
    return clause.dep == "ccomp" and (clause.tag == "VBG" or clause.head.lemma in {"help", "let"})


def _is_place(noun: Word, one: Argument) -> bool:
    """A country, or whoever is named by a part of one: "*Yemen*'s northern region"."""
    return one.meant.kind == "country" or noun.lemma in _REGIONS


def whose_clause(word: Word, discourse: Discourse, apart: set[Span]) -> list[Argument]:
    """The subject of the clause in which something is said against or of someone: "complained that *Iran* had lied"."""
    for child in word.children:
        if child.dep in {"ccomp", "acl"} and child.i > word.i and (about := child.child("nsubj", "nsubjpass")) is not None:
            return [Argument(argument.meant, argument.behind, far=True) for argument in _named(about, discourse, apart)]
    return []


def whose_turn(word: Word, discourse: Discourse, apart: set[Span]) -> list[Argument]:
    """Who acts before something friendly is done: "will not end the strike until *Iran* pays", "called it off after *Iran* paid"."""
    queue = list(word.children)
    for child in queue:
        if child.dep == "advcl" and any(inner.dep == "mark" and inner.lower in _FIRST for inner in child.children):
            doer = agent(child)
            found = arguments(doer, discourse) if doer is not None else []
            return [Argument(one.meant, behind=True, far=True) for one in found if one.meant.key not in apart]
        if child.dep in {"dobj", "relcl"} and child.i > word.i:
            queue.extend(child.children)
    return []


def further_up(word: Word, discourse: Discourse, apart: set[Span]) -> list[Argument]:
    """The doer of the nearest clause above a cue that is no one else of it."""
    if word.dep == "ccomp" or (word.dep == "relcl" and word.head.dep == "attr"):  # whoever tells of it is no part of it
        return []
    for above in word.ancestors():
        if above.pos in {"VERB", "AUX"}:
            doer = agent(above)
            if doer is None or doer.lower == "it":  # "*it* is hard to leave"
                continue
            found = _named(doer, discourse, apart)
            if found:
                return [Argument(argument.meant, behind=True, far=True) for argument in found]
    return []


def doer_of_deed(word: Word, discourse: Discourse, apart: set[Span]) -> list[Argument]:
    """Who did what a relative clause judges: "*Iran* expelled them, in a move that France condemned"."""
    deed = antecedent(word) if word.dep in {"relcl", "conj"} else None
    if deed is None or deed.lemma not in _DEEDS:
        return []
    return further_up(deed, discourse, apart)
