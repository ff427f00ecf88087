"""Actors that are meant without a name of their own: "Iraqi forces", "the two groups", "the Israeli leader", "he"."""

from collections.abc import Iterator

from kg.language import Parsed, Word
from kg.mentions.found import Found, Gender, candidate
from kg.mentions.lexicon import lexicon
from kg.mentions.nouns import PLURAL, gender_of_noun, whole_of
from kg.mentions.people import organ

PRONOUNS: dict[str, tuple[Gender | None, bool]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("m", False)),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("f", False)),
    **dict.fromkeys(("they", "them", "their", "themselves"), (None, True)),
    **dict.fromkeys(("it", "its", "itself"), (None, False)),
    **dict.fromkeys(("i", "me", "my", "myself"), (None, False)),
    **dict.fromkeys(("we", "us", "our", "ourselves"), (None, True)),
}
_MODIFIES = {"amod", "compound", "nmod", "poss", "nsubj"}
_LAND = {"country", "nation", "government"}
_SEVERAL = {"two", "both", "pair", "duo"}
_PARTIES = {"side", "party", "neighbor", "neighbour", "rival", "ally", "enemy", "foe", "power"}
_OF_SEVERAL = "description of several"
_ARTICLES = {"the", "this", "these", "those", "that", "both"}


def pronouns(parsed: Parsed) -> Iterator[Found]:
    """Personal and possessive pronouns; `it` only where it is no filler ("it is raining")."""
    for word in parsed.words:
        known = PRONOUNS.get(word.lower)
        if known is None or not word.tag.startswith("PRP") or word.dep == "expl" or word.text == "US":
            continue
        gender, plural = known
        yield candidate(parsed, word, word, None, "pronoun", "pronoun", gender=gender, plural=plural)


def _actor_inside(word: Word, by_head: dict[Word, Found]) -> Found | None:
    """The named actor before a noun: "*Iraqi* forces", "*Hong Kong* police", "*Syria*'s army"."""
    for child in reversed(word.children):
        if child.i < word.i and child.dep in _MODIFIES and child in by_head:
            actor = by_head[child]
            if actor.form == "name" and actor.kind != "person":
                return actor
    return None


def _first(word: Word, actor: Found) -> Word:
    """The first word of a nominal: the actor, or what stands before it in the noun phrase, without article."""
    first = actor.first
    for child in word.children:
        if child.i < first.i and child.dep in {"amod", "compound", "nmod"} and child.tag != "DT":
            first = child
    return first


def country_nominals(parsed: Parsed, by_head: dict[Word, Found]) -> Iterator[Found]:
    """What stands with a country's name: organs that mean it ("Iraqi forces"), people who act for themselves ("Hong Kong police")."""
    words = lexicon()
    known = words.state | words.organ | words.collective
    for word in parsed.words:
        if word in by_head or word.pos not in {"NOUN", "PROPN"} or not (word.lower in known or organ(word)):
            continue
        actor = _actor_inside(word, by_head)
        if actor is None:
            actor = _of_country(word, by_head)
            if actor is not None and word.lower in words.state:
                yield _standing_for(parsed, word, actor.last, actor, "organ of a country")
            elif actor is not None and (word.lower in words.organ or organ(word)):
                yield candidate(parsed, word, actor.last, "group", "name", "group named by its country")
        elif word.lower in words.state:
            yield _standing_for(parsed, _first(word, actor), word, actor, "its organ or forces")
        elif actor.kind == "country" or actor.reason == "gazetteer demonym":
            yield candidate(parsed, _first(word, actor), word, "group", "name", "group named by its country", plural=word.tag == "NNS")
        else:
            yield _standing_for(parsed, _first(word, actor), word, actor, "its people")


def _standing_for(parsed: Parsed, first: Word, last: Word, actor: Found, reason: str) -> Found:
    """A nominal that means the actor whose name is in it."""
    plural = "NNS" in {first.tag, last.tag}
    return candidate(parsed, first, last, actor.kind, "nominal", reason, entry=actor.entry, plural=plural, inside=actor)


def _of_country(word: Word, by_head: dict[Word, Found]) -> Found | None:
    """As in "the government *of Iraq*": the country when it follows at once."""
    for child in word.children:
        if child.dep == "prep" and child.lower == "of":
            for inner in child.children:
                if inner.dep == "pobj" and inner in by_head and by_head[inner].kind == "country":
                    return by_head[inner]
    return None


def _definite(word: Word) -> Word | None:
    """The word by which a noun points at somebody: "*the* group", "*our* nation"."""
    for child in word.children:
        if child.i < word.i and child.lower in _ARTICLES and child.dep in {"det", "predet", "advmod"}:
            return child
    return next((child for child in word.children if child.lower == "our"), None) if word.lower in _LAND else None


def descriptions(parsed: Parsed, by_head: dict[Word, Found]) -> Iterator[Found]:
    """Definite descriptions that may refer back: "the group", "the two countries", "the Israeli leader", "both sides", "each other"."""
    for word in parsed.words:
        if word not in by_head and (word.pos in {"NOUN", "PROPN", "PRON"} or word.lower in _SEVERAL | {"other"}):
            found = _several(parsed, word) or _described(parsed, word)
            if found is not None:
                yield found


def _several(parsed: Parsed, word: Word) -> Found | None:
    """As in "each other", and "the two", "both", "the pair" without a noun."""
    before = parsed.words[word.i - 1] if word.i else word
    if word.lower == "other" and before.lower == "each":
        return candidate(parsed, before, word, None, "description", "each other", plural=True)
    if word.lower in _SEVERAL and word.dep in {"nsubj", "nsubjpass", "dobj", "pobj"} and whole_of(word) is None:
        return candidate(parsed, word, word, None, "description", _OF_SEVERAL, plural=True)
    return None


def _described(parsed: Parsed, word: Word) -> Found | None:
    """A noun with an article by which a person, a country or a group is taken up."""
    article = _definite(word)
    if article is None:
        return None
    words, plural = lexicon(), word.tag in PLURAL
    nouns = {word.lower, word.lemma.lower() if plural else word.lower}
    if not plural and not nouns.isdisjoint(words.office | words.human):
        return candidate(
            parsed, article, word, "person", "description", "description of a person", gender=gender_of_noun(word.lower), plural=plural
        )
    if not nouns.isdisjoint(words.country) or word.lower in words.state:
        return candidate(parsed, article, word, "country", "description", "description of a country", plural=plural)
    counted = any(child.lower in {"two", "both"} for child in word.children)
    if (not plural or counted) and not nouns.isdisjoint(words.group):
        return candidate(parsed, article, word, "group", "description", "description of a group", plural=plural)
    if plural and not nouns.isdisjoint(_PARTIES):
        return candidate(parsed, article, word, None, "description", _OF_SEVERAL, plural=True)
    return None
