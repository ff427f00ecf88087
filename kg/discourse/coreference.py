"""What refers back, read from the first mention of a document to its last: pronouns, descriptions, nominals with their name inside."""

from collections.abc import Mapping

from kg.discourse.actors import Cast
from kg.discourse.descriptions import description
from kg.discourse.memory import Link, Memory
from kg.discourse.persons import told_gender
from kg.discourse.pronouns import pronoun
from kg.discourse.speech import Speech
from kg.language import Parsed, Word
from kg.mentions import Found


def links_of(parsed: Parsed, mentions: Mapping[Word, Found], cast: Cast, speech: Speech, titled: Mapping[Word, Found]) -> dict[Found, Link]:
    """The links of all mentions that are no names; actors without a name join the cast on the way.

    `titled`: whose title begins with this noun.
    """
    for actor in cast.actors:
        actor.gender = actor.gender or (told_gender(actor, parsed) if actor.kind != "country" else None)
    memory = Memory(parsed, mentions, cast, speech, titled)
    for found in _in_order(mentions, speech):
        if found in cast.of:
            memory.note(found, cast.of[found])
            continue
        link = _link(found, memory)
        if link is not None:
            memory.links[found] = link
            if len(link.actors) == 1:
                memory.note(found, link.actors[0])
    return memory.links


def _in_order(mentions: Mapping[Word, Found], speech: Speech) -> list[Found]:
    """In text order, but who speaks a quotation before what is quoted: "'I agree,' *he* said"."""
    place = {found: float(found.head.i) for found in mentions.values()}
    for quotation, speaker in speech.speakers.items():
        found = mentions.get(speaker.who)
        if found is not None:
            place[found] = min(place[found], quotation.words[0].i - 0.5)
    return sorted(mentions.values(), key=lambda found: place[found])


def _link(found: Found, memory: Memory) -> Link | None:
    if found.form == "nominal" and found.inside is not None:
        actor = memory.cast.of.get(found.inside)
        return Link((actor,), found.reason) if actor else None
    return pronoun(found, memory) if found.form == "pronoun" else description(found, memory)
