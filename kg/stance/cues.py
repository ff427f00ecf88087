"""The cues of `ontology.toml`, compiled: which words speak of which relation, and where their actors stand.

    [[cues]]
    relation = "COERCE"
    verbs = "arrest jail crack_down"      # or nouns, adjectives; the first word of a verb is its head, the last of a noun or adjective
    source = "subj"                       # slots, the first that is filled counts: subj, obj, poss, or a preposition
    target = "obj on"
    example = "Turkish police arrested Ali Demir."

`with` multiplies: each verb with each of these ("give send" with "aid arms" are four cues). A word of a phrase hangs on its head or on the
preposition before it: "put_on_alert", "come_to_aid", and of nouns "suspension" with "of_aid"; `obj` is whatever the verb has as its object
("return_obj": "returned the painting to *Egypt*", but not "returned to Egypt").

A verb's `subj` and `obj` are those of its active form. A noun's `subj` is that of a light verb ("*Iran* launched an attack"), `poss` its
possessor or modifier ("*Iran*'s attack", "the *Iranian* attack"). The slot `claimer` is who says so ("'Iran lied', *he* said" accuses).
`dat` is the indirect object ("gave *Egypt* aid"), `comp` an actor of the infinitive ("refused to meet *Egypt*"), `help` and `harm` the
same where the infinitive is not hostile ("vowed to help *Egypt*") and where it is, `next` the word behind ("anti-*EU*"), `clause` the
subject of a clause ("fears that *Iran* will attack"), `wish` that of an infinitive with "for" ("pushed for *Iran* to leave").

`doers` are words of which the subject has one ("*peacekeepers* arrived in Mali", "*relations* between them soured").

`reciprocal` cues need no target when several act ("Iran and Iraq met"); `strict` ones take no actor from further off; `source_kinds` and
`target_kinds` say which kinds of actor fit.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kg.discourse import subject
from kg.errors import SettingsError
from kg.language import Word
from kg.model import Modality
from kg.ontology import Ontology

Pos = Literal["verb", "noun", "adjective"]
_POS: tuple[tuple[Pos, str], ...] = (("verb", "verbs"), ("noun", "nouns"), ("adjective", "adjectives"))
_DEFAULT: dict[Pos, tuple[str, str]] = {
    "verb": ("subj", "obj"),
    "noun": ("poss by of from subj", "on against to with of"),
    "adjective": ("subj", "of with to about toward towards"),
}
_WORD_CLASS = {"NOUN": "noun", "PROPN": "noun", "VERB": "verb", "AUX": "verb", "ADJ": "adjective"}
_TAGS: dict[Pos, frozenset[str]] = {
    "verb": frozenset({"VERB", "AUX"}),
    "noun": frozenset({"NOUN", "PROPN"}),
    "adjective": frozenset({"ADJ", "VERB", "ADV"}),
}


@dataclass(frozen=True, slots=True)
class Cue:
    """One word (with others that must hang on it) that speaks of a relation."""

    relation: str
    pos: Pos
    head: str
    others: tuple[str, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    reciprocal: bool
    strict: bool
    friendly: bool
    hostile: bool
    needs_target: bool
    source_kinds: frozenset[str]
    target_kinds: frozenset[str]
    doers: frozenset[str]
    modality: Modality

    @property
    def name(self) -> str:
        """The cue as it is written in the file."""
        words = [self.head, *self.others] if self.pos == "verb" else [*self.others, self.head]
        return "_".join(words)

    def parts(self, word: Word) -> tuple[Word, ...] | None:
        """Its other words where `word` is its head: "crack *down*", "*peace* talks", "put *on alert*"; None where one is missing."""
        doer = _doer(word, self.doers) if self.doers else None
        if self.doers and doer is None:
            return None
        found: list[Word] = []
        near = _near(word) if self.others else ()
        for other in self.others:
            if other == "obj" and _has_object(word):
                continue
            part = _part(other, (*found[-1].children, *near) if found else near, self)
            if part is None:
                return None
            found.append(part)
        return tuple(found) if doer is None else (doer, *found)


@dataclass(frozen=True, slots=True)
class Operator:
    """A word that changes the modality of what hangs on it ("plan to", "deny that"); `speaks`: its subject is who says so.

    `inner`: what it does to a clause; `nonfinite`: to an infinitive, where that differs ("suggested *working* with them"); `nominal`:
    whether it does so to a noun too; `negated`: what it does with "not" beside it ("do not *think* that they left"); `factive`: what it
    takes is so, whatever stands over it ("did not *know* that they had left").
    """

    word: str
    inner: Modality
    speaks: bool
    nominal: bool
    nonfinite: Modality | None = None
    negated: Modality | None = None
    factive: bool = False


@dataclass(frozen=True)
class Lexicon:
    """All cues and operators, by the lemma that stands in the text."""

    cues: Mapping[tuple[Pos, str], tuple[Cue, ...]]
    operators: Mapping[tuple[str, str], Operator]
    adverbs: Mapping[str, Modality]
    light: frozenset[str]
    reversing: frozenset[str]
    calling: frozenset[str]
    views: Mapping[str, int]
    answers: Mapping[str, tuple[tuple[tuple[str, ...], Modality], ...]]
    count: int = field(default=0)

    def operator(self, word: Word, preposition: str = "") -> Operator | None:
        """The operator that a word is, with its particle or this preposition ("*rule out*", "*call for*") before the bare word."""
        lemma, pos = word.lemma.lower(), _WORD_CLASS.get(word.pos, "")
        particle = preposition or next((child.lower for child in word.children if child.dep == "prt"), "")
        longer = self.operators.get(("", f"{lemma}_{particle}")) if particle else None
        return longer or self.operators.get((pos, lemma)) or self.operators.get(("", lemma))

    def at(self, word: Word) -> Iterator[Cue]:
        """The cues that a word is the head of, the most specific first."""
        for pos, tags in _TAGS.items():
            if word.pos in tags and not (pos == "verb" and word.dep == "amod" and word.tag == "VBG"):  # "the *visiting* minister"
                lemma = word.lower if pos == "adjective" and word.pos == "VERB" else word.lemma.lower()
                known = self.cues.get((pos, lemma), ())
                if word.lower != lemma:
                    known = (*known, *self.cues.get((pos, word.lower), ()))  # "odds", "talks"
                if known and not _set_phrase(word):
                    there = {"obj", *(name for child in _near(word) for name in (child.lower, child.lemma.lower()))}
                    yield from (cue for cue in known if (not cue.others or cue.others[0] in there) and cue.parts(word) is not None)


def _set_phrase(word: Word) -> bool:
    """As in "in *relation* to", "in *connection* with", which tell of no ties."""
    inside = word.dep == "pobj" and word.head.lower == "in" and word.lower in {"relation", "connection"}
    return inside and not any(child.i < word.i for child in word.children)


def _has_object(verb: Word) -> bool:
    """Also where the parser takes it for a measure: "returned to Libya *nine statues*"."""
    return any(child.dep == "dobj" or (child.dep == "npadvmod" and child.entity not in {"DATE", "TIME"}) for child in verb.children)


def _doer(verb: Word, doers: frozenset[str]) -> Word | None:
    """The one of these words that is its subject, or that the subject is made of: "*contingents* of *peacekeepers* arrived"."""
    noun = subject(verb)
    queue = [noun] if noun is not None else []
    for noun in queue:
        if noun.lemma.lower() in doers:
            return noun
        queue.extend(child for child in noun.children if child.dep in {"compound", "amod", "prep", "pobj", "conj"} and child.i < verb.i)
    return None


def _near(word: Word) -> tuple[Word, ...]:
    """The words among which the first of a cue's other words must be."""
    return (*word.children, *_inside(word))


def _inside(word: Word) -> Iterator[Word]:
    """What the object of a verb is made of ("an *aid* package", "a team of *doctors*") or is made ("held them *as* hostages")."""
    for noun in word.children:
        if noun.dep in {"dobj", "nsubjpass"}:
            for child in noun.children:
                if child.dep == "compound":
                    yield child
                elif child.dep == "prep" and child.lower == "of":
                    yield from child.children
                elif child.dep == "prep" and child.lower == "as":
                    yield child


def _part(other: str, words: Iterable[Word], cue: Cue) -> Word | None:
    return next((word for word in words if _is_part(other, word, cue)), None)


def _is_part(other: str, child: Word, cue: Cue) -> bool:
    """Whether a child is this other word; a verb's preposition with a noun only where it is a slot (not "took over *in* May").

    What a verb's subject does is no part of it: "the war *went* on" is not "went to war".
    """
    if other not in (child.lower, child.lemma.lower()) or child.pos == "PUNCT" or child.tag == "TO":
        return False
    if cue.pos == "verb" and child.dep == "nsubj":
        return False
    noun = child.child("pobj") if child.dep == "prep" and cue.pos == "verb" else None
    if noun is None or noun.lemma.lower() in cue.others or noun.lower in cue.others:  # "put *on alert*"
        return True
    return (other in cue.target or other in cue.source) and noun.entity not in {"DATE", "TIME"}


def _slots(value: Any, default: str) -> tuple[str, ...]:
    return tuple(str(value if value is not None else default).split())


def written_cues(table: Mapping[str, Any], name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The head and the other words of each cue of a group; name: verbs, nouns or adjectives. Each stands with each word of `with`."""
    multiplied = [tuple(more.split("_")) for more in str(table["with"]).split()] if "with" in table else [()]
    for written in str(table.get(name, "")).split():
        words = tuple(written.split("_"))
        head, others = (words[0], words[1:]) if name == "verbs" else (words[-1], words[:-1])
        for more in multiplied:
            yield head, (*others, *more)


def _cues(table: Mapping[str, Any], ontology: Ontology) -> Iterator[Cue]:
    relation = ontology.relations[table["relation"]]
    more: dict[str, Any] = {
        "relation": table["relation"],
        "reciprocal": bool(table.get("reciprocal", False)),
        "strict": bool(table.get("strict", False)) or (relation.polarity == 0 and relation.layer == 2),
        "needs_target": relation.needs_target,
        "friendly": relation.polarity == 1,
        "hostile": relation.polarity == -1,
        "source_kinds": frozenset(str(table.get("source_kinds", "person group country")).split()),
        "target_kinds": frozenset(str(table.get("target_kinds", "person group country")).split()),
        "doers": frozenset(str(table.get("doers", "")).split()),
        "modality": table.get("modality", "actual"),
    }
    for pos, name in _POS:
        source, target = (_slots(table.get(key), default) for key, default in zip(("source", "target"), _DEFAULT[pos], strict=True))
        for head, others in written_cues(table, name):
            yield Cue(pos=pos, head=head, others=others, source=source, target=target, **more)


def _views(ontology: Ontology) -> dict[str, int]:
    tables = ontology.tables.get("views", {})
    return {word: sign for sign, name in ((1, "positive"), (-1, "negative")) for word in str(tables.get(name, "")).split()}


def _answers(ontology: Ontology) -> dict[str, tuple[tuple[tuple[str, ...], Modality], ...]]:
    """The phrases that answer a question by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Modality]]] = {}
    for table in ontology.tables.get("answers", ()):
        for phrase in table["phrases"]:
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append((words, table["inner"]))
    return {first: tuple(sorted(phrases, key=lambda item: -len(item[0]))) for first, phrases in found.items()}


def _words(ontology: Ontology, table: str, name: str) -> frozenset[str]:
    return frozenset(str(ontology.tables.get(table, {}).get(name, "")).split())


def _operator(word: str, table: Mapping[str, Any]) -> Operator:
    speaks = bool(table.get("speaks"))
    return Operator(
        word=word,
        inner=table.get("inner", "actual"),
        speaks=speaks,
        nominal=bool(table.get("nominal", not speaks)),
        nonfinite=table.get("nonfinite"),
        negated=table.get("negated"),
        factive=bool(table.get("factive")),
    )


def _compile(ontology: Ontology) -> Lexicon:
    cues: dict[tuple[Pos, str], list[Cue]] = {}
    for table in ontology.tables.get("cues", ()):
        for cue in _cues(table, ontology):
            cues.setdefault((cue.pos, cue.head), []).append(cue)
    for same in cues.values():
        same.sort(key=lambda cue: -len(cue.others))
    operators = {
        (table.get("pos", ""), word): _operator(word, table)
        for table in ontology.tables.get("operators", ())
        for word in table["words"].split()
    }
    adverbs = {word: table["inner"] for table in ontology.tables.get("adverbs", ()) for word in table["words"].split()}
    return Lexicon(
        cues={key: tuple(value) for key, value in cues.items()},
        operators=operators,
        adverbs=adverbs,
        light=_words(ontology, "light", "verbs"),
        reversing=_words(ontology, "light", "reversing"),
        calling=_words(ontology, "views", "verbs"),
        views=_views(ontology),
        answers=_answers(ontology),
        count=sum(map(len, cues.values())),
    )


def compile_cues(ontology: Ontology) -> Lexicon:
    """The lexicon of this ontology; make it once and keep it.

    Raises:
        SettingsError: a table of operators or cues has no words, or a value of the wrong type.
    """
    try:
        return _compile(ontology)
    except (KeyError, AttributeError, TypeError) as error:
        raise SettingsError(f"ontology: a cue or operator is not complete: {error}") from error
