"""What a common noun means: a human being ("voter"), an organisation ("company"), people who act as one ("the public")."""

import re
from functools import lru_cache

from kg.language import Word
from kg.mentions.found import Gender
from kg.mentions.lexicon import lexicon

PLURAL = {"NNS", "NNPS"}
_PERSON = re.compile(r"[a-z]{2,}(?:er|or|ist|crat|ian|ee|man|woman|person)")
_PLURAL_ONLY = {"media", "police"}


def singular(word: Word) -> str:
    """The noun in the singular, without case; "Protesters", which the tagger takes for a name, is "protester" too."""
    if word.lower in _PLURAL_ONLY:
        return word.lower
    lemma = word.lemma.lower()
    if word.tag != "NNPS" or lemma != word.lower:
        return lemma
    if lemma.endswith("ies"):
        return f"{lemma[:-3]}y"
    return f"{lemma[:-2]}an" if lemma.endswith("men") else lemma.removesuffix("s")


def is_plural(word: Word) -> bool:
    """Whether a noun means several: "protesters"; the police are one."""
    return word.tag in PLURAL and word.lower not in _PLURAL_ONLY


@lru_cache(maxsize=20_000)
def names_person(noun: str) -> bool:
    """Whether a noun in the singular means a human being: "voter", "aunt", "counter-protester"; not "letter"."""
    words = lexicon()
    last = noun.rpartition("-")[2]
    return last in words.person or (last not in words.no_person and _PERSON.fullmatch(last) is not None)


def names_actor(noun: str) -> bool:
    """Whether a noun in the singular means a human being, an organisation or a country."""
    words = lexicon()
    return names_person(noun) or any(noun in known for known in (words.organisation, words.body, words.group, words.country))


def gender_of_noun(noun: str) -> Gender | None:
    """Of "spokeswoman" f, of "spokesman" m, of "voter" none."""
    if noun.endswith("woman") or noun in {"girl", "lady", "mother", "wife", "daughter", "sister", "widow"}:
        return "f"
    return "m" if noun.endswith("man") or noun in {"boy", "father", "husband", "son", "brother", "widower"} else None


def whole_of(noun: Word) -> Word | None:
    """What follows "of" at once: "members of *the board*"."""
    of = next((child for child in noun.children if child.dep == "prep" and child.lower == "of" and child.i == noun.i + 1), None)
    return of.child("pobj") if of is not None else None
