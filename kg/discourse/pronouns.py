"""Whom a pronoun means: "he", "they", "it", and inside quotations "I" and "we"."""

from kg.discourse.actors import Actor
from kg.discourse.memory import Link, Memory
from kg.discourse.persons import may_be_person
from kg.mentions import SOMEBODY, Found, names_actor, singular

_FIRST = {"i", "me", "my", "myself"}
_FIRST_PLURAL = {"we", "us", "our", "ourselves"}
_THEY = {"they", "them", "their", "themselves"}
_IT = {"it", "its", "itself"}
_UNITED_STATES = "country:US"
_PARLIAMENTS = set("house senate congress parliament assembly representatives commons lords knesset bundestag duma".split())
_AMERICAN = {"senator", "congressman", "congresswoman", "representative", "governor"}
_POLITICAL = frozenset(
    """president minister secretary chancellor premier general ambassador governor senator nominee king queen candidate government envoy
    negotiator commissioner""".split()
)


def pronoun(found: Found, memory: Memory) -> Link | None:
    """The antecedent of a pronoun; None where there is none that fits."""
    lower = found.head.lower
    if lower in _FIRST | _FIRST_PLURAL:
        return _first_person(found, memory, plural=lower in _FIRST_PLURAL)
    reason = f"pronoun {lower}"
    if lower in _THEY | _IT and _of_a_thing(found):
        return None
    if lower in _THEY:
        return _they(found, memory, reason)
    if lower in _IT:
        return _it(found, memory, reason)
    return _he_or_she(found, memory, reason)


def _he_or_she(found: Found, memory: Memory, reason: str) -> Link | None:
    """A person of that gender; who was taken for a group or a country, and is no such known one, is a person from then on."""
    link = memory.heaviest(found, lambda actor: may_be_person(actor) and actor.gender in {None, found.gender}, reason)
    if link is not None:
        link.actors[0].kind = "person"
    return link


def _first_person(found: Found, memory: Memory, *, plural: bool) -> Link | None:
    speaker = memory.speaker_at(found.head)
    if speaker is None:
        return None
    name = " ".join(speaker.naming.text.split())
    behind = _represented(speaker, found, memory) if plural else None
    return Link((behind,), f"first person plural of {name}") if behind else Link((speaker,), f"first person of {name}")


def _represented(speaker: Actor, found: Found, memory: Memory) -> Actor | None:
    """Whom an office holder's "we" means: the country or group of the office; a member of a parliament speaks for no one else."""
    home = memory.cast.of.get(speaker.home) if speaker.home is not None else None
    if home is None:
        return _own_country(speaker, found, memory)
    if home.naming.last.lower.split()[-1] in _PARLIAMENTS:
        return None
    entry = home.naming.entry
    if entry is not None and entry.category == "government" and entry.wholes:
        return memory.known(entry.wholes[-1]) or home
    return home


def _own_country(speaker: Actor, found: Found, memory: Memory) -> Actor | None:
    """The country of an office that the text does not tell: the one it speaks of most, but for those that the speaker names beside "we"."""
    states = memory.known(_UNITED_STATES) if any(title.words & _AMERICAN for title in speaker.offices) else None
    if states is not None or not any(title.words & _POLITICAL for title in speaker.offices):
        return states
    quotation = memory.speech.quotation_at(found.head)
    return memory.country_not_in(quotation.words if quotation else ())


def _they(found: Found, memory: Memory, reason: str) -> Link | None:
    """Those who act in the clause above ("voters say *they* ..."), else who acted together, else the group spoken of."""
    above = memory.subject_above(found)
    if len(above) > 1 or any(actor.plural for actor in above):
        return Link(above, reason)
    pair = memory.joined_subject(found)
    if pair:
        return Link(pair, reason)
    return memory.best(found, lambda actor: actor.plural or actor.kind == "group", reason, plural=0.5)


def _it(found: Found, memory: Memory, reason: str) -> Link | None:
    """A country or a group; an object is most often a thing, unless it is who acts in the clause above: "Iran said they attacked *it*"."""

    def fits(actor: Actor) -> bool:
        return actor.kind != "person" and not actor.plural and actor.naming.reason != SOMEBODY

    if found.head.dep not in {"dobj", "pobj"}:
        return memory.best(found, fits, reason)
    above = memory.subject_above(found)
    return Link(above, reason) if len(above) == 1 and fits(above[0]) else None


def _of_a_thing(found: Found) -> bool:
    """As in "*they* were very rude statements": what it is called is no one."""
    above = found.head.head
    attribute = above.child("attr") if found.head.dep == "nsubj" and above.lemma == "be" else None
    return attribute is not None and attribute.pos == "NOUN" and not names_actor(singular(attribute))
