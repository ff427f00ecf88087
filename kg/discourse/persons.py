"""What a text tells of a person beside the name: he or she; and which names may be a person's though they were taken for another's."""

from collections.abc import Iterator

from kg.discourse.actors import Actor, plain_name
from kg.gazetteer import given_name_gender
from kg.language import Parsed, Word
from kg.mentions import Found, Gender, lexicon

_FEMALE = """actress aunt baroness bride businesswoman chairwoman congresswoman countess daughter duchess empress girl girlfriend
goddaughter granddaughter grandmother heroine lady mistress mother niece nun princess queen saleswoman sister
spokeswoman stepdaughter stepmother stepsister waitress widow wife woman""".split()
_MALE = """baron boy boyfriend brother businessman chairman congressman count duke earl emperor father gentleman godson grandfather
grandson husband king man monk nephew prince salesman son spokesman stepbrother stepfather stepson uncle waiter widower""".split()
_GENDERS: dict[str, Gender] = {**dict.fromkeys(_FEMALE, "f"), **dict.fromkeys(_MALE, "m")}
_SMALL = {"al", "bin", "ben", "de", "da", "di", "du", "la", "van", "von", "der", "den", "el", "ibn"}


def told_gender(actor: Actor, parsed: Parsed) -> Gender | None:
    """The gender that a noun beside the name tells: "his *wife* Anna Ruiz", "Anna Ruiz, a *daughter* of the general"."""
    return next((_GENDERS[noun.lower] for found in actor.mentions for noun in _beside(found, parsed) if noun.lower in _GENDERS), None)


def _beside(found: Found, parsed: Parsed) -> Iterator[Word]:
    head = found.head
    if found.first.i and parsed.words[found.first.i - 1].sentence == head.sentence:
        yield parsed.words[found.first.i - 1]
    yield from (child for child in head.children if child.dep == "appos")
    if head.dep == "appos":
        yield head.head
    if head.dep == "nsubj" and head.head.lemma in {"be", "become"}:
        yield from (child for child in head.head.children if child.dep == "attr")


def sounding_gender(actor: Actor) -> Gender | None:
    """The gender of a name of one word that is a given name, though it may be a last name too: "Kelly", "Scott"."""
    name = plain_name(actor.naming.text)
    return given_name_gender(name) if " " not in name else None


def may_be_person(actor: Actor) -> bool:
    """Whether an actor is a person or has a name that a person could have, and that no list knows: "Okafor" taken for a company."""
    if actor.kind == "person":
        return True
    found = actor.naming
    words = found.text.split()
    if found.entry is not None or actor.plural or len(words) > 4 or (found.text.isupper() and len(found.text) > 1):
        return False
    if found.first.lower == "the" or any(child.lower == "the" for child in found.head.children):
        return False
    known = lexicon()
    nouns = known.state | known.organ | known.group | known.collective | known.country
    return not any(word.lower() in nouns or (word[0].islower() and word not in _SMALL) for word in words)
