"""The clauses whose time is that of a cue, and their tense.

The time of a clause is that of a noun in it where both are one event ("held *talks* on Monday", "killed in an *attack* on Monday"). A verb
of speech times the speaking only ("said on Monday that France had *attacked*"), as does one that judges ("condemned Tuesday's *attack*").
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kg.language import Word
from kg.model import Modality
from kg.stance.dates import Tense

_CARRYING = set(
    """
    have hold make take launch carry impose give pay conduct stage mount wage sign reach strike begin start open resume hurl fire unleash
    deal inflict perpetrate undertake initiate suffer enter conclude negotiate ratify seal broker clinch slap put place enforce reimpose
    grant award cast throw lead host attend issue level raise file bring press unseal deliver send face draw receive voice show express
    announce offer provide form
    """.split()
)
_BEGINNING = {"begin", "start"}
_JOINING = {"join", "become", "elect", "appoint", "name", "swear"}
_ENDING = {"lift", "relinquish", "lose", "cede", "abandon", "quit", "leave", "cancel", "break", "cut", "halt", "stop", "terminate", "end"}
_HAPPENING = {"occur", "happen", "begin", "start", "come", "end", "continue", "resume", "fail", "collapse", "follow", "break", "erupt"}
_MEETING = {"meet", "arrive", "travel", "gather", "come", "fly", "sit", "return", "visit", "go"}
_GOING_ON = {"begin", "start", "continue", "manage", "resume", "keep", "proceed", "come", "go", "help"}
_OTHER_TIME = {"previously", "earlier", "formerly", "later", "subsequently", "then", "afterwards", "before", "already"}
_APART = {"after", "before", "since", "by", "without", "when", "until"}
_SPEAKING = {"speak", "talk", "write", "appear", "testify", "address"}
_PLANNED = {"showdown", "summit", "visit", "trip", "talk", "meeting", "debate", "contest", "race", "rally", "match", "campaign", "vote"}
_WILL = {"will", "'ll", "’ll", "wo", "shall", "sha", "would", "'d", "’d", "may", "might", "could", "can", "ca", "should", "must"}
_HAD = {"had", "did", "was", "were"}
_ACTUAL = {"actual", "denied"}
_AHEAD = {"planned", "demanded", "not_planned"}
_TO_COME = {
    "upcoming",
    "coming",
    "forthcoming",
    "plan",
    "planned",
    "schedule",
    "scheduled",
    "propose",
    "proposed",
    "expect",
    "expected",
    "set",
}


Side = Literal["", "start", "end", "state"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb or noun whose time is that of a cue; `leading`: only what stands before it.

    `side`: it only began then ("*became* an ally in 2015") or ended ("*lifted* the sanctions"), or it is a state, and a single day tells
    when someone said so ("was the *founder* of it on Monday").
    """

    word: Word
    leading: bool = False
    side: Side = ""


def clauses_of(cue: Word) -> Iterator[Clause]:
    """The cue itself, then outwards what is one event with it."""
    clause: Clause | None = Clause(cue, side=_side(cue))
    while clause is not None:
        yield clause
        yield from (replace(clause, word=child) for child in clause.word.children if _simultaneous(child))
        clause = _above(clause)


def _side(word: Word) -> Side:
    """How the time of a word bounds what it tells of, by what stands above it."""
    above = word.head
    match word.dep:
        case "dobj" | "nsubjpass" if above.lemma in _ENDING:
            return "end"
        case "dobj" | "nsubjpass" | "xcomp" if above.lemma in _BEGINNING:
            return "start"
        case "attr" | "oprd" if above.lemma in _JOINING:
            return "start"
        case "attr" if above.lemma == "be" and above.child("expl") is None:
            return "state"
    return "start" if word.pos == "VERB" and word.lemma in _JOINING else ""


def _simultaneous(word: Word) -> bool:
    """As in "*Speaking* on Monday, Trump attacked Clinton", "attacked her *when* she ran in 2016"."""
    if word.dep != "advcl":
        return False
    speaking = word.tag == "VBG" and word.lemma in _SPEAKING and not _marked(word)
    return speaking or (word.tag == "VBD" and any(child.dep == "advmod" and child.lower == "when" for child in word.children))


def _marked(verb: Word) -> bool:
    before = [child.lower for child in verb.children if child.dep in {"mark", "prep", "advmod"} and child.i < verb.i]
    return not _APART.isdisjoint(before)


def _above(clause: Clause) -> Clause | None:
    """The word above that is one event with this one."""
    word, above = clause.word, clause.word.head
    if above is word:
        return None
    match word.dep:
        case "dobj" | "nsubjpass" if above.lemma in _CARRYING or above.lemma in _ENDING:
            return _at(above, clause)
        case "nsubj" if above.lemma in _HAPPENING or _takes_place(above):
            return _at(above, clause)
        case "attr" | "acomp" | "oprd":
            return _at(above, clause)
        case "conj" | "advcl" | "xcomp":
            return _joined(clause)
        case "pobj" | "pcomp":
            return _placed(clause)
        case _:
            return None


def _at(word: Word, clause: Clause) -> Clause:
    return replace(clause, word=word, side=_side(word) or clause.side)


def _takes_place(verb: Word) -> bool:
    return verb.lemma == "take" and any(child.lower == "place" for child in verb.children)


def _joined(clause: Clause) -> Clause | None:
    """The verb beside or above a verb: "On Monday they *met* and embraced", "*left* on Monday, accusing them", "*began* attacking"."""
    word, above = clause.word, clause.word.head
    if above.pos not in {"VERB", "AUX"} or any(child.dep == "advmod" and child.lower in _OTHER_TIME for child in word.children):
        return None
    match word.dep:
        case "conj" if word.child("nsubj", "nsubjpass") is None:
            return replace(_at(above, clause), leading=True)
        case "advcl" if word.tag == "VBG" and not _marked(word):
            return _at(above, clause)
        case "xcomp" if above.lemma in _GOING_ON:
            return _at(above, clause)
    return None


def _placed(clause: Clause) -> Clause | None:
    """The verb of "killed in an *attack*", "met for *talks*", "described him as a *liar*", "answered by *attacking* them"."""
    preposition = clause.word.head
    verb = preposition.head
    fits = {"pcomp": {"by", "in"}, "pobj": {"in", "at", "during", "as"} | ({"for"} if verb.lemma in _MEETING else set())}
    if verb.pos not in {"VERB", "AUX"} or preposition.lower not in fits[clause.word.dep]:
        return None
    return _at(verb, clause)


def tense_of(word: Word, modality: Modality) -> Tense | None:
    """The tense in which a clause or noun tells what happened; None where it does not show.

    >>> # "may have *attacked*" past, "has *attacked*" perfect, "agreed to *attack*" future (planned), "managed to *attack*" past (actual)
    """
    return _of_verb(word, modality) if word.pos in {"VERB", "AUX"} else _of_noun(word, modality)


def _of_verb(verb: Word, modality: Modality) -> Tense | None:
    auxiliaries = {child.lower for child in verb.children if child.dep in {"aux", "auxpass"}}
    if auxiliaries & {"will", "'ll", "’ll", "wo", "shall"}:
        return "future"
    if auxiliaries & _WILL:
        could_not = "could" in auxiliaries and verb.child("neg") is not None
        return "past" if could_not or auxiliaries & {"have", "'ve", "’ve"} else "future"
    if auxiliaries & _HAD:
        return "past"
    if auxiliaries & {"has", "have", "'ve", "’ve"} or (verb.lemma == "be" and verb.lower == "been"):
        return "past" if "to" in auxiliaries or "having" in auxiliaries else "perfect"
    if "to" in auxiliaries and (modality not in _ACTUAL or (verb.head.tag == "VBZ" and verb.head.lemma == "be")):  # "is *to meet* them"
        return "future"
    return _by_form(verb, modality, auxiliaries)


def _by_form(verb: Word, modality: Modality, auxiliaries: set[str]) -> Tense | None:
    """The tense that the form of a verb shows: "*attacked*"; one without a tense has that of the clause above."""
    progressive = bool(auxiliaries & {"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"})
    match verb.tag:
        case "VBD":
            return "past"
        case "VBZ" | "VBP":
            return "present"
        case "VBG" if progressive:
            return "future"
        case "VBN" if progressive:
            return "present"
        case "VBN" if verb.dep != "conj":
            return "past"
    above = next((word for word in verb.ancestors() if word.pos in {"VERB", "AUX"}), None)
    return _of_verb(above, modality) if above is not None else None


def _of_noun(noun: Word, modality: Modality) -> Tense | None:
    """The tense of "Monday's *talks* will ...", "the *talks* planned for Monday", "condemned the *attack* on Monday"."""
    if modality in _AHEAD or any(child.lower in _TO_COME or child.lemma in _TO_COME for child in noun.children):
        return "future"
    above = _governor(noun)
    if above is not None:
        return _of_verb(above, modality)
    before = noun.dep == "pobj" and noun.head.lower in {"before", "of", "for", "to", "until", "toward", "towards"}
    return None if before or noun.lemma in _PLANNED or modality not in _ACTUAL else "past"


def _governor(noun: Word) -> Word | None:
    """The verb whose tense a noun has: "Monday's *talks* will", "held *talks*", "said in Monday's *debate*"."""
    above = noun.head
    if noun.dep == "pobj" and above.lower in {"in", "at", "during"}:
        above = above.head
    elif noun.dep not in {"nsubj", "nsubjpass", "attr", "acomp", "oprd"} and not (noun.dep == "dobj" and above.lemma in _CARRYING):
        return None
    return above if above.pos in {"VERB", "AUX"} else None
