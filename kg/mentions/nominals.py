"""Actors that are meant without a name of their own: "Iraqi forces", "the two groups", "the Israeli leader", "he"."""

from collections.abc import Iterator

from kg.language import Parsed, Word
from kg.mentions.found import Found, Gender, candidate
from kg.mentions.lexicon import lexicon

PRONOUNS: dict[str, tuple[Gender | None, bool]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("m", False)),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("f", False)),
    **dict.fromkeys(("they", "them", "their", "themselves"), (None, True)),
    **dict.fromkeys(("it", "its", "itself"), (None, False)),
    **dict.fromkeys(("i", "me", "my", "myself"), (None, False)),
    **dict.fromkeys(("we", "us", "our", "ourselves"), (None, True)),
}
_MODIFIES = {"amod", "compound", "nmod", "poss", "nsubj"}
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
    for word in parsed.words:
        if word in by_head or word.pos not in {"NOUN", "PROPN"} or word.lower not in words.state | words.organ | words.collective:
            continue
        actor = _actor_inside(word, by_head)
        if actor is None:
            actor = _of_country(word, by_head)
            if actor is not None and word.lower in words.state:
                yield _standing_for(parsed, word, actor.last, actor, "organ of a country")
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
    for child in word.children:
        if child.i < word.i and child.lower in _ARTICLES and child.dep in {"det", "predet", "advmod"}:
            return child
    return None


def descriptions(parsed: Parsed, by_head: dict[Word, Found]) -> Iterator[Found]:
    """Definite descriptions that may refer back: "the group", "the two countries", "the Israeli leader", "both sides", "each other"."""
    words = lexicon()
    for word in parsed.words:
        lower = word.lower
        if word in by_head or (word.pos not in {"NOUN", "PROPN", "PRON"} and lower != "other"):
            continue
        if lower == "other" and word.i and parsed.words[word.i - 1].lower == "each":
            yield candidate(parsed, parsed.words[word.i - 1], word, None, "description", "each other", plural=True)
            continue
        article = _definite(word)
        if lower in words.collective | words.organ and word.pos == "NOUN" and (article or word.tag == "NNS" or lower == "police"):
            yield candidate(parsed, article or word, word, "group", "description", "people or organ", plural=word.tag == "NNS")
            continue
        if article is None:
            continue
        singular = word.lemma.lower() if word.tag in {"NNS", "NNPS"} else lower
        plural = word.tag in {"NNS", "NNPS"}
        if singular in words.office or singular in words.human:
            gender: Gender | None = (
                "m" if lower.endswith("man") and not lower.endswith("woman") else "f" if lower.endswith("woman") else None
            )
            yield candidate(parsed, article, word, "person", "description", "description of a person", gender=gender, plural=plural)
        elif singular in words.country or lower in words.state:
            yield candidate(parsed, article, word, "country", "description", "description of a country", plural=plural)
        elif lower in words.group or singular in words.group:
            yield candidate(parsed, article, word, "group", "description", "description of a group", plural=plural)
        elif singular in {"side", "party", "neighbor", "neighbour", "rival", "ally", "enemy", "foe", "power", "pair"} and plural:
            yield candidate(parsed, article, word, None, "description", "description of several", plural=True)
