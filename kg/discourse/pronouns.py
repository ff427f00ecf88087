"""Whom a pronoun means: "he", "they", "it", and inside quotations "I" and "we"."""

from kg.discourse.actors import Actor
from kg.discourse.memory import Link, Memory
from kg.discourse.persons import may_be_person
from kg.mentions import SOMEBODY, Found, names_actor, singular

_FIRST = {"i", "me", "my", "myself"}
_FIRST_PLURAL = {"we", "us", "our", "ourselves"}
_THEY = {"they", "them", "their", "themselves"}
_IT = {"it", "its", "itself"}
_SENTENCES = {"he": 6, "they": 2, "it": 1}  # that a pronoun reaches back; "it" means things more often
_POLITICAL = frozenset(
    """president minister secretary chancellor premier general ambassador governor senator nominee king queen candidate government envoy
    negotiator commissioner""".split()
)


def pronoun(found: Found, memory: Memory) -> Link | None:
    """The antecedent of a pronoun; None where there is none that fits."""
    lower = found.head.lower
    if lower in _FIRST | _FIRST_PLURAL:
        return _first_person(found, memory, plural=lower in _FIRST_PLURAL)
    if lower in _THEY | _IT and _of_a_thing(found):
        return None
    if lower in _THEY:
        return _they(found, memory)
    if lower in _IT:
        return _it(found, memory)
    return _he_or_she(found, memory)


def _he_or_she(found: Found, memory: Memory) -> Link | None:
    """A person of that gender; who was taken for a group or a country, and is no such known one, is a person from then on."""

    def fits(actor: Actor) -> bool:
        genders = {found.gender} if actor.naming.reason == SOMEBODY else {None, found.gender}
        return may_be_person(actor) and actor.gender in genders

    link = memory.heaviest(found, fits, _SENTENCES["he"])
    if link is not None:
        link.actors[0].kind = "person"
    return link


def _first_person(found: Found, memory: Memory, *, plural: bool) -> Link | None:
    speaker = memory.speaker_at(found.head)
    if speaker is None:
        return None
    name = " ".join(speaker.naming.text.split())
    behind = _represented(speaker, memory) if plural else None
    return Link((behind,), f"first person plural of {name}") if behind else Link((speaker,), f"first person of {name}")


def _represented(speaker: Actor, memory: Memory) -> Actor | None:
    """Whom an office holder's "we" means: the country or group of the office, else the country the text speaks of most."""
    home = memory.cast.of.get(speaker.home) if speaker.home is not None else None
    if home is None:
        return memory.main_country if any(title.words & _POLITICAL for title in speaker.offices) else None
    entry = home.naming.entry
    if entry is not None and entry.category == "government":
        whole = next((actor for actor in memory.cast.actors if actor.naming.entry and actor.naming.entry.id in entry.wholes[-1:]), None)
        return whole or home
    return home


def _they(found: Found, memory: Memory) -> Link | None:
    """Those who act in the clause above ("voters say *they* ..."), else the most salient of those spoken of, alone or together."""
    above = memory.subject_above(found)
    if len(above) > 1 or any(actor.plural for actor in above):
        return Link(above, f"pronoun {found.head.lower}")
    return memory.heaviest(found, lambda actor: actor.plural or actor.kind != "person", _SENTENCES["they"], several=True)


def _it(found: Found, memory: Memory) -> Link | None:
    """A country or a group; an object is most often a thing, unless it is who acts in the clause above: "Iran said they attacked *it*"."""

    def fits(actor: Actor) -> bool:
        return actor.kind != "person" and actor.naming.reason != SOMEBODY

    if found.head.dep not in {"dobj", "pobj"}:
        return memory.heaviest(found, fits, _SENTENCES["it"])
    above = memory.subject_above(found)
    return Link(above, f"pronoun {found.head.lower}") if len(above) == 1 and fits(above[0]) else None


def _of_a_thing(found: Found) -> bool:
    """As in "*they* were very rude statements": what it is called is no one."""
    above = found.head.head
    attribute = above.child("attr") if found.head.dep == "nsubj" and above.lemma == "be" else None
    return attribute is not None and attribute.pos == "NOUN" and not names_actor(singular(attribute))
