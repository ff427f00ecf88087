"""Whom a description means: "the Israeli leader", "the militant group", "both sides", "the police"."""

from kg.discourse.actors import Actor
from kg.discourse.clauses import agent, with_conjuncts
from kg.discourse.memory import Link, Memory
from kg.mentions import Found, lexicon
from kg.model import UNNAMED

_ARMED = frozenset(
    """militant militants rebel rebels insurgents insurgent militia faction terrorist terrorists jihadist jihadists armed extremist
    extremists guerrillas guerrilla fighters dissidents separatists""".split()
)


def description(found: Found, memory: Memory) -> Link | None:
    """The antecedent of a description; None where there is none, and where it is itself the first word of an actor without a name."""
    same = _same_noun(found, memory)
    if same is not None:
        return same
    if found.reason == "people or organ":
        return _fighters(found, memory) or _unnamed(found, memory)
    if found.plural and (several := _several(found, memory)) is not None:
        return several
    match found.kind:
        case "person":
            return None if found.plural else _person(found, memory)
        case "country":
            return memory.best(found, lambda actor: actor.kind == "country", found.reason) or _home_government(found, memory)
        case "group":
            return _group(found, memory)
    return None


def _same_noun(found: Found, memory: Memory) -> Link | None:
    """The police are the "Hong Kong police" of before, the coalition is the "Saudi-led coalition"."""
    noun = found.head.lower
    if found.kind == "person" or (found.plural and found.head.lemma == "country"):
        return None
    actor = memory.group_called(noun)
    return Link((actor,), f"{noun} named before") if actor is not None else None


def _fighters(found: Found, memory: Memory) -> Link | None:
    """Fighters with an article are those of the armed group spoken of: "*the rebels* freed eleven hostages"."""
    if found.head.lower not in _ARMED or found.first is found.head:
        return None

    def armed(actor: Actor) -> bool:
        return actor.naming.entry is not None and actor.naming.entry.category == "armed group"

    return memory.best(found, armed, f"{found.head.lower} of the group spoken of")


def _unnamed(found: Found, memory: Memory) -> Link | None:
    """An actor that this document gives no name ("Police arrested ..."), told of for the first time here."""
    if found.head.lower in lexicon().unnamed:
        memory.note(found, memory.cast.new(found))
        memory.cast.reasons[found] = UNNAMED
    return None


def _home_government(found: Found, memory: Memory) -> Link | None:
    """The government far from any country is that of the country the document speaks of most."""
    country = memory.main_country if found.head.lower in lexicon().state else None
    return Link((country,), f"{found.head.lower} of the country most spoken of") if country else None


def _several(found: Found, memory: Memory) -> Link | None:
    """The two actors of that kind that were spoken of last: "the two groups", "both sides", "each other"."""
    if found.reason == "each other":
        actors = _subjects_of_clause(found, memory) or memory.joined_subject(found)
        return Link(actors, found.reason) if actors else None
    counted = found.first.lower == "both" or any(child.lower in {"two", "both"} for child in found.head.children)
    if found.kind == "person" or not (counted or found.reason == "description of several"):
        return None
    kinds = {found.kind} if found.kind else {"group", "country"}
    actors = memory.joined_subject(found) or memory.last_two(found, lambda actor: actor.kind in kinds)
    return Link(actors, found.reason) if actors else None


def _subjects_of_clause(found: Found, memory: Memory) -> tuple[Actor, ...]:
    """The subjects of the verb, when several act there: "*Trump and Ryan* praised each other"."""
    verb = next((word for word in found.head.ancestors() if word.pos in {"VERB", "AUX"}), None)
    doer = agent(verb) if verb is not None else None
    actors = tuple(dict.fromkeys(actor for noun in with_conjuncts(doer) for actor in memory.meant_at(noun))) if doer is not None else ()
    return actors if len(actors) > 1 else ()


def _person(found: Found, memory: Memory) -> Link | None:
    """Who holds the office, or, where nobody does, who is most spoken of just now: "the Texas *businessman*"."""
    noun = found.head.lower
    owner = _owner(found, memory)

    def agrees(actor: Actor) -> bool:
        return actor.kind == "person" and not (found.gender and actor.gender and actor.gender != found.gender)

    def fits(actor: Actor) -> bool:
        home = memory.cast.of.get(actor.home) if actor.home is not None else None
        if not agrees(actor) or (owner is not None and home is not owner):
            return False
        leads = noun == "leader" and owner is not None
        return leads or noun in {"man", "woman"} or any(noun in title.words for title in actor.offices)

    holder = memory.latest(fits, found.reason)
    if holder is None and noun in lexicon().human:
        return memory.best(found, agrees, f"{noun} who is spoken of")
    return holder


def _owner(found: Found, memory: Memory) -> Actor | None:
    """The country or group that a description names: "the *Israeli* leader"."""
    return next((actor for actor in memory.inside(found.head) if actor.kind != "person"), None)


def _group(found: Found, memory: Memory) -> Link | None:
    armed = found.head.lower in _ARMED or any(child.lower in _ARMED for child in found.head.children)
    apposed = next((actor for actor in memory.inside(found.head, "compound", "amod", "nmod", "appos") if actor.kind == "group"), None)
    if apposed is not None:
        return Link((apposed,), found.reason)
    if _owner(found, memory) is not None:
        return None

    def fits(actor: Actor) -> bool:
        category = actor.naming.entry.category if actor.naming.entry else None
        return actor.kind == "group" and category != "media" and (not armed or category in {None, "armed group"})

    return memory.best(found, fits, found.reason)
