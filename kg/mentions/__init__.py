"""Who is named or meant in a document: names, nominals ("Iraqi forces"), descriptions ("the two groups"), pronouns; titles of persons."""

from collections.abc import Sequence

from kg.language import Parsed, Word
from kg.mentions.found import Form, Found, Gender
from kg.mentions.lexicon import Lexicon, lexicon
from kg.mentions.marked import with_marked
from kg.mentions.names import gazetteer_names, named_administrations, persons_by_surname, recognised_names, surnames
from kg.mentions.nominals import country_nominals, descriptions, pronouns
from kg.mentions.nouns import is_plural, names_actor, names_person, singular
from kg.mentions.people import SOMEBODY, TAKING_PART, people
from kg.mentions.titles import Title, find_titles
from kg.model import Span

__all__ = [
    "SOMEBODY",
    "TAKING_PART",
    "Form",
    "Found",
    "Gender",
    "Lexicon",
    "Title",
    "find_mentions",
    "find_titles",
    "is_plural",
    "lexicon",
    "names_actor",
    "names_person",
    "singular",
]


def find_mentions(parsed: Parsed, marked: Sequence[Span] = ()) -> dict[Word, Found]:
    """Every candidate mention by its head word, one a head; a longer name wins over a shorter one inside it.

    "Qatari Foreign Minister Mohammed Al-Thani met Iraqi forces" gives Qatari, Iraqi (countries), Mohammed Al-Thani (person), Iraqi forces.
    Stretches that are `marked` are mentions as they stand, and the only ones in their words.
    """
    found = _found(parsed)
    return with_marked(parsed, found, marked) if marked else found


def _found(parsed: Parsed) -> dict[Word, Found]:
    by_head: dict[Word, Found] = {}
    taken: set[int] = set()

    def keep(found: Found) -> None:
        by_head.setdefault(found.head, found)
        taken.update(range(found.first.i, found.last.i + 1))

    recognised = persons_by_surname(parsed, list(recognised_names(parsed)))
    known = list(gazetteer_names(parsed))
    inside = {word.i for found in recognised for word in parsed.words[found.first.i : found.last.i + 1]}
    for found in recognised:
        keep(found)
    for found in known:
        if found.first.i not in inside or found.head not in by_head:
            keep(found)
    for found in surnames(parsed, taken, _surnames(by_head)):
        keep(found)
    for find in (named_administrations, country_nominals, descriptions, people):
        for found in list(find(parsed, by_head)):
            if find is named_administrations:
                by_head.pop(found.first, None)
            by_head.setdefault(found.head, found)
    for found in pronouns(parsed):
        by_head.setdefault(found.head, found)
    return dict(sorted(by_head.items(), key=lambda item: item[0].i))


def _surnames(by_head: dict[Word, Found]) -> set[str]:
    """The last names of the persons who are named in full."""
    full = [found for found in by_head.values() if found.kind == "person" and found.form == "name"]
    return {name.split()[-1] for found in full if " " in (name := found.text)}
