"""Whom a description means: "the Israeli leader", "the militant group", "both sides", "the police"."""

from kg.discourse.actors import Actor
from kg.discourse.clauses import agent, with_conjuncts
from kg.discourse.memory import WINDOW, Link, Memory
from kg.mentions import SOMEBODY, TAKING_PART, Found, Title, lexicon, names_person, singular
from kg.model import UNNAMED

_ARMED = frozenset(
    """militant militants rebel rebels insurgents insurgent militia faction terrorist terrorists jihadist jihadists armed extremist
    extremists guerrillas guerrilla fighters dissidents separatists""".split()
)
_RANKS = ("vice", "deputy", "assistant", "acting")
_UNITED_STATES = "country:US"
_POINTING = {"the", "this", "that", "these", "those"}


def description(found: Found, memory: Memory) -> Link | None:
    """The antecedent of a description; None where there is none, and where it is itself the first word of an actor without a name."""
    if found.reason == SOMEBODY:
        return _somebody(found, memory)
    link = _taken_up(found, memory) if found.kind != "person" else None
    if link is None and found.plural:
        link = _several(found, memory)
    return link or _of_kind(found, memory)


def _of_kind(found: Found, memory: Memory) -> Link | None:
    match found.kind:
        case "person":
            return None if found.plural else _person(found, memory)
        case "country":
            return _country(found, memory)
        case "group":
            return _group(found, memory)
    return None


def _somebody(found: Found, memory: Memory) -> Link | None:
    """Whom a noun takes up again; None where it tells of somebody for the first time, who joins the cast then."""
    for find in (_participants, _taken_up, _fighters, _two, _wrongdoer):
        link = find(found, memory)
        if link is not None:
            return link
    if found.first is not found.last or singular(found.head) not in lexicon().anyone:
        memory.cast.reasons[found] = UNNAMED[found.kind or "group"]
        memory.note(found, memory.cast.new(found))
    return None


def _definite(found: Found) -> bool:
    """Whether it points at somebody: "*the* police", "*these* men"."""
    return found.first.lower in _POINTING or any(child.lower in _POINTING and child.dep == "det" for child in found.head.children)


def _two(found: Found, memory: Memory) -> Link | None:
    """As in "the two men"."""
    return _several(found, memory) if _definite(found) else None


def _taken_up(found: Found, memory: Memory) -> Link | None:
    """The police are the "Hong Kong police" of before, the coalition is the "Saudi-led coalition"; a gunman is a new one each time."""
    definite = _definite(found)
    if (found.kind == "person" and not definite) or (found.plural and found.head.lemma == "country"):
        return None
    called = memory.called(found)
    actor = memory.told.taken_up(called, definite=definite)
    if actor is None and (definite or called.bare) and called.noun not in lexicon().anyone:
        actor = memory.names.only(called)
    return Link((actor,), f"{called.noun} told of before") if actor is not None else None


def _participants(found: Found, memory: Memory) -> Link | None:
    """The protests are the protesters told of before."""
    told = (memory.told.latest(noun) for noun in TAKING_PART.get(singular(found.head), ()))
    actor = next((actor for actor in told if actor is not None), None)
    return Link((actor,), f"those of the {found.head.lower}") if actor is not None else None


def _fighters(found: Found, memory: Memory) -> Link | None:
    """Fighters with an article are those of the armed group spoken of: "*the rebels* freed eleven hostages"."""
    if found.head.lower not in _ARMED or not _definite(found) or found.kind == "person":
        return None

    def armed(actor: Actor) -> bool:
        return actor.naming.entry is not None and actor.naming.entry.category == "armed group"

    return memory.best(found, armed, f"{found.head.lower} of the group spoken of")


def _wrongdoer(found: Found, memory: Memory) -> Link | None:
    """The suspect is the gunman of before."""
    if not _definite(found) or singular(found.head) not in lexicon().wrongdoer:
        return None

    def fits(actor: Actor) -> bool:
        return actor.kind == found.kind and actor.naming.reason == SOMEBODY and singular(actor.naming.head) in lexicon().wrongdoer

    return memory.latest(fits, f"{found.head.lower} told of before")


def _country(found: Found, memory: Memory) -> Link | None:
    if found.first.lower == "our":
        return _ours(found, memory)
    american = _american(memory) if found.head.lower == "administration" else None
    return american or memory.best(found, lambda actor: actor.kind == "country", found.reason) or _home(found, memory)


def _ours(found: Found, memory: Memory) -> Link | None:
    """Our nation is that of who speaks, where it is known, else the one the document speaks of most."""
    meant = [actor for actor in memory.meant_at(found.first) if actor.kind == "country"]
    country = meant[0] if meant else memory.main_country
    return Link((country,), "the speaker's country") if country is not None else None


def _american(memory: Memory) -> Link | None:
    """Nearly all news that speaks of an administration means that of the United States."""
    states = next((actor for actor in memory.cast.actors if actor.naming.entry and actor.naming.entry.id == _UNITED_STATES), None)
    return Link((states,), "administration of the United States") if states is not None else None


def _home(found: Found, memory: Memory) -> Link | None:
    """The government, or the nation, far from any country is that of the country the document speaks of most."""
    country = memory.main_country if found.head.lower in lexicon().state | {"nation", "country"} and not found.plural else None
    return Link((country,), f"{found.head.lower} of the country most spoken of") if country else None


def _several(found: Found, memory: Memory) -> Link | None:
    """The two actors of that kind that were spoken of last: "the two groups", "both sides", "each other"."""
    if found.reason == "each other":
        actors = _subjects_of_clause(found, memory) or memory.joined_subject(found)
        return Link(actors, found.reason) if actors else None
    counted = found.first.lower == "both" or any(child.lower in {"two", "both"} for child in found.head.children)
    if not (counted or found.reason == "description of several"):
        return None
    actors = memory.joined_subject(found)
    for kinds in _kinds(found) if not actors else ():
        actors = actors or _last_two(found, kinds, memory)
    return Link(actors, "the two who were spoken of") if actors else None


def _kinds(found: Found) -> tuple[set[str], ...]:
    """Of what kind the two may be, the likelier first."""
    if names_person(singular(found.head)) or found.head.lower in {"pair", "duo"}:
        return ({"person"},)
    if found.head.lower in {"two", "both"}:
        return ({"person"}, {"group", "country"})
    return ({found.kind} if found.kind else {"group", "country"},)


def _last_two(found: Found, kinds: set[str], memory: Memory) -> tuple[Actor, ...]:
    speaker = memory.speaker_at(found.head)
    return memory.last_two(found, lambda actor: actor.kind in kinds and actor is not speaker, WINDOW if kinds == {"person"} else 2)


def _subjects_of_clause(found: Found, memory: Memory) -> tuple[Actor, ...]:
    """The subjects of the verb, when several act there: "*Trump and Ryan* praised each other"."""
    verb = next((word for word in found.head.ancestors() if word.pos in {"VERB", "AUX"}), None)
    doer = agent(verb) if verb is not None else None
    actors = tuple(dict.fromkeys(actor for noun in with_conjuncts(doer) for actor in memory.meant_at(noun))) if doer is not None else ()
    return actors if len(actors) > 1 else ()


def _person(found: Found, memory: Memory) -> Link | None:
    """Who holds the office, or, where nobody does, who is most spoken of just now: "the Texas *businessman*"."""
    noun = found.head.lower
    said = {child.lower for child in found.head.children}
    owner = _owner(found, memory)

    def agrees(actor: Actor) -> bool:
        return actor.kind == "person" and not (found.gender and actor.gender and actor.gender != found.gender)

    def fits(actor: Actor) -> bool:
        home = memory.cast.of.get(actor.home) if actor.home is not None else None
        if not agrees(actor) or (owner is not None and home is not owner):
            return False
        leads = noun == "leader" and owner is not None
        return leads or noun in {"man", "woman"} or any(noun in title.words and _same_rank(title, said) for title in actor.offices)

    holder = memory.latest(fits, found.reason) or memory.only(fits, found.reason)
    if holder is None and noun in lexicon().human:
        return memory.best(found, agrees, f"{noun} who is spoken of")
    return holder


def _same_rank(title: Title, said: set[str]) -> bool:
    """The president is no vice president."""
    return all((rank in title.words) <= (rank in said) for rank in _RANKS)


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
