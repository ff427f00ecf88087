"""Somebody without a name: "pro-democracy candidates", "oil companies", "thousands of people", "the public", "a gunman"."""

from collections.abc import Iterator

from kg.language import Parsed, Word
from kg.mentions.found import Found, candidate
from kg.mentions.lexicon import lexicon
from kg.mentions.nouns import PLURAL, gender_of_noun, names_actor, names_person, singular, whole_of
from kg.model import Kind

SOMEBODY = "somebody without a name"  # the reason of these mentions before they are linked
TAKING_PART = {  # what people do together stands for those who do it
    "protest": ("protester", "demonstrator"),
    "demonstration": ("demonstrator", "protester"),
    "rally": ("protester", "demonstrator"),
    "march": ("marcher", "protester", "demonstrator"),
    "riot": ("rioter",),
}
_ALONE = {"police", "parliament", "congress", "media"}  # groups also without an article
_CLOSE = {"police", "public", "media", "press"}  # also as the first part of a compound: "police violence"
_OWNED = {"family", "household", "clan", "tribe", "crew", "staff", "team"}  # organisations that somebody has: "his family"
_BEFORE = {"amod", "compound", "nmod", "nummod", "quantmod", "poss", "advmod", "punct", "dep"}
_PREDICATIVE = {"attr", "oprd", "compound", "amod", "nmod", "npadvmod", "intj", "dep", "acomp", "appos"}
_DETERMINERS = {"the", "a", "an", "this", "that", "these", "those", "one", "another", "any", "each", "every"}
_ACTING = {"nsubj", "nsubjpass", "dobj"}
_LONGEST = 7  # words of "of ..." that still belong to the name: "families of the victims"


def people(parsed: Parsed, by_head: dict[Word, Found]) -> Iterator[Found]:
    """Nouns that mean somebody and are no part of a name: plural and collective nouns as groups, persons in the singular.

    The mention is what a reader would call them: without article, and without numbers unless it is "36 people".
    """
    taken = {i for found in by_head.values() if found.form != "pronoun" for i in range(found.first.i, found.last.i + 1)}
    for word in parsed.words:
        if word.pos not in {"NOUN", "PROPN", "ADJ"} or word.i in taken:
            continue
        if organ(word):
            yield candidate(parsed, word, word, "group", "description", SOMEBODY)
        elif word.match is None:
            noun = singular(word)
            kind = _kind(word, noun)
            if kind is not None and _refers(word, noun, by_head):
                yield _somebody(parsed, word, noun, kind)


def organ(word: Word) -> bool:
    """Whether it is the name of an organ that several countries have: "the *Supreme Court* of Brazil"."""
    return word.match is not None and word.match.entry.category == "government" and word.match.alias.ambiguous


def _kind(word: Word, noun: str) -> Kind | None:
    """Of plural and collective nouns group, of one human being person."""
    words = lexicon()
    if noun in _ALONE or (noun in TAKING_PART and word.pos == "NOUN"):
        return "group"
    if noun in words.body:
        return "group" if _is_body(word) or (noun in _CLOSE and word.dep in _BEFORE) else None
    if word.tag in PLURAL:
        return "group" if names_person(noun) or noun in words.organisation or word.lower == "forces" else None
    if f"{_word_before(word)}-{noun}" in words.body_with:
        return "group"
    if word.tag not in {"NN", "NNP"}:
        return None
    introduced = any(child.i < word.i and child.lower in _DETERMINERS for child in word.children)
    if noun in words.organisation:
        return "group" if introduced or (noun in _OWNED and word.child("poss") is not None) else None
    private = names_person(noun) and noun not in words.office | words.human | words.relative
    return "person" if private and word.tag == "NN" and (introduced or word.dep in _ACTING) else None


def _is_body(word: Word) -> bool:
    """Whether a word like "opposition" means people: "the opposition", not "his opposition to the plan"."""
    if any(child.dep == "poss" or (child.dep == "prep" and child.lower in {"to", "of"}) for child in word.children):
        return False
    before = (child for child in word.children if child.i < word.i and child.dep in {"det", "amod", "compound"})
    return any(child.lower not in {"a", "an", "no", "any"} for child in before)


def _word_before(word: Word) -> str:
    """The word before a noun that belongs to it."""
    return next((child.lower for child in word.children if child.i == word.i - 1 and child.dep in _BEFORE), "")


def _refers(word: Word, noun: str, by_head: dict[Word, Found]) -> bool:
    """Whether it stands for somebody: no predicate ("they are *voters*"), no title, no amount, nothing that belongs to a name."""
    first = word  # of "voters and teachers" the voters
    while first.dep == "conj" and first.head is not first:
        first = first.head
    if first.dep in _PREDICATIVE and not (noun in _CLOSE and word.head.pos == "NOUN"):
        return False
    if word.dep == "pobj" and word.head.lower == "as":
        return False
    if any(child.lower in {"no", "what", "which", "record"} for child in word.children):  # "a *record* five million visitors"
        return False
    if any(_belongs_to_other(child, by_head) for child in word.children):
        return False
    return not _is_part(word, noun, by_head)


def _is_part(word: Word, noun: str, by_head: dict[Word, Found]) -> bool:
    """Whether the whole is meant: "members *of the board*", "fighters *of the Taliban*", "a group *of retired judges*"."""
    whole = whole_of(word)
    if whole is None:
        return False
    group = by_head.get(whole)
    if group is not None and group.kind == "group" and group.form == "name" and noun not in lexicon().beside:
        return True
    return noun == "member" or (
        word.lower in lexicon().quantity and names_actor(singular(whole)) and singular(whole) not in lexicon().anyone
    )


def _belongs_to_other(child: Word, by_head: dict[Word, Found]) -> bool:
    """As in "*Saudi* prisoners", "*each other*'s commanders", "a coalition *with* them": not somebody, but something of somebody's."""
    if child.dep == "prep":
        return child.lower in {"with", "between"}
    owner = by_head.get(child) if child.dep in {"amod", "compound", "nmod", "poss"} else None
    return owner is not None and (owner.kind == "country" or owner.reason == "each other")


def _somebody(parsed: Parsed, word: Word, noun: str, kind: Kind) -> Found:
    first = _first(parsed, word)
    if noun in lexicon().anyone and first is word:
        first = _amount(word) or _so_many(word) or word
    whole = whole_of(word)
    last = whole if whole is not None and whole.i - word.i <= _LONGEST and not whole.tag.startswith("V") else word
    gender = gender_of_noun(noun) if kind == "person" else None
    return candidate(parsed, first, last, kind, "description", SOMEBODY, gender=gender, plural=kind == "group" and word.tag in PLURAL)


def _first(parsed: Parsed, word: Word) -> Word:
    """The first of the words before a noun that tell who is meant, the noun where none does."""
    inside = {inner.i for child in word.children if child.i < word.i and child.dep in _BEFORE for inner in child.subtree()}
    start = word.i
    while start - 1 in inside:
        start -= 1
    while start < word.i and _tells_nothing(parsed.words[start]):
        start += 1
    return parsed.words[start]


def _tells_nothing(word: Word) -> bool:
    if word.tag in {"CD", "DT", "PDT", "WRB", "RB", "CC"} or word.dep == "punct":
        return True
    return word.lower in lexicon().vague and word.tag not in {"NNP", "NNPS"}


def _amount(word: Word) -> Word | None:
    """The first word of "*36* people", "*several* thousand people"."""
    before = [inner for child in word.children if child.i < word.i and child.dep in {"nummod", "amod"} for inner in child.subtree()]
    return min((inner for inner in before if inner.tag in {"CD", "JJ"}), key=lambda inner: inner.i, default=None)


def _so_many(word: Word) -> Word | None:
    """The first word of "*thousands* of people", "*hundreds* of thousands of people"."""
    many = word.head.head if word.dep == "pobj" and word.head.lower == "of" else None
    if many is None or many.lower not in lexicon().quantity or whole_of(many) is not word:
        return None
    return next((child for child in many.children if child.i < many.i and child.dep in {"quantmod", "nummod"}), many)
