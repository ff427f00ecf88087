"""What refers back: pronouns and definite descriptions, each with the actors it means and the reason.

Entities are weighed by recency, grammatical role and agreement, in the manner of Lappin and Leass (1994), "An algorithm for pronominal
anaphora resolution"; who speaks is known before "I" and "we" are read.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.discourse.actors import Actor, Cast
from kg.discourse.clauses import agent, with_conjuncts
from kg.discourse.speech import Speech
from kg.language import Parsed, Word
from kg.mentions import Found, lexicon
from kg.model import UNNAMED

_FIRST = {"i", "me", "my", "myself"}
_FIRST_PLURAL = {"we", "us", "our", "ourselves"}
_THEY = {"they", "them", "their", "themselves"}
_IT = {"it", "its", "itself"}
_WINDOW = 4
_ARMED = {"militant", "militants", "rebel", "rebels", "insurgents", "militia", "faction", "terrorist", "jihadist", "armed", "extremist"}
_POLITICAL = {
    "president",
    "minister",
    "secretary",
    "chancellor",
    "premier",
    "general",
    "ambassador",
    "governor",
    "senator",
    "nominee",
    "king",
    "queen",
    "candidate",
}
_SUBJECTS = {"nsubj", "nsubjpass"}


@dataclass(frozen=True, slots=True)
class Link:
    """The actors that a mention stands for, and why."""

    actors: tuple[Actor, ...]
    reason: str


def _sentence_gap(found: Found, before: Found) -> int:
    return found.first.sentence - before.first.sentence


class Resolver:
    """Reads a document from its first mention to its last and keeps who was spoken of."""

    def __init__(self, parsed: Parsed, mentions: Mapping[Word, Found], cast: Cast, speech: Speech) -> None:
        self._parsed = parsed
        self._mentions = mentions
        self._cast = cast
        self._speech = speech
        self._seen: dict[Actor, list[Found]] = {}
        self.links: dict[Found, Link] = {}

    def run(self) -> dict[Found, Link]:
        """The links of all mentions that are no names."""
        for found in sorted(self._mentions.values(), key=lambda found: found.head.i):
            actor = self._cast.of.get(found)
            if actor is not None:
                self._seen.setdefault(actor, []).append(found)
                continue
            link = self._link(found)
            if link is not None and link.actors:
                self.links[found] = link
                if len(link.actors) == 1:
                    self._seen.setdefault(link.actors[0], []).append(found)
        return self.links

    def _link(self, found: Found) -> Link | None:
        if found.form == "nominal" and found.inside is not None:
            actor = self._cast.of.get(found.inside)
            return Link((actor,), found.reason) if actor else None
        if found.form == "pronoun":
            return self._pronoun(found)
        return self._description(found)

    # pronouns

    def _pronoun(self, found: Found) -> Link | None:
        lower = found.head.lower
        if lower in _FIRST or lower in _FIRST_PLURAL:
            return self._first_person(found, plural=lower in _FIRST_PLURAL)
        if lower in _THEY:
            return self._they(found)
        if lower in _IT:
            return self._best(found, lambda actor: actor.kind != "person" and not actor.plural, f"pronoun {lower}")
        return self._best(
            found, lambda actor: actor.kind == "person" and (actor.gender is None or actor.gender == found.gender), f"pronoun {lower}"
        )

    def _speaking(self, word: Word) -> Actor | None:
        """The actor who says the words around this one, where it is quoted."""
        quotation = self._speech.quotation_at(word)
        speaker = self._speech.speakers.get(quotation) if quotation else None
        found = self._mentions.get(speaker.who) if speaker else None
        if found is None:
            return None
        if found in self._cast.of:
            return self._cast.of[found]
        if found not in self.links and found.head.i > word.i:
            link = self._link(found)
            if link is not None:
                return link.actors[0] if len(link.actors) == 1 else None
        link = self.links.get(found)
        return link.actors[0] if link and len(link.actors) == 1 else None

    def _first_person(self, found: Found, *, plural: bool) -> Link | None:
        speaker = self._speaking(found.head)
        if speaker is None:
            return None
        name = " ".join(speaker.naming.text.split())
        behind = self._represented(speaker) if plural else None
        if behind is not None:
            return Link((behind,), f"first person plural of {name}")
        return Link((speaker,), f"first person of {name}")

    def _represented(self, speaker: Actor) -> Actor | None:
        """Whom an office holder's "we" means: the country or group of the office, else the country the text speaks of most."""
        if not speaker.offices:
            return None
        home = self._cast.of.get(speaker.home) if speaker.home is not None else None
        if home is None:
            political = any(title.words & _POLITICAL for title in speaker.offices)
            return self._main_country() if political else None
        entry = home.naming.entry
        if entry is not None and entry.category == "government" and entry.part_of is not None:
            whole = next((actor for actor in self._cast.actors if actor.naming.entry and actor.naming.entry.id == entry.part_of), None)
            return whole or home
        return home

    def _main_country(self) -> Actor | None:
        """The country that the document speaks of most, by itself or by its organs ("the Pentagon")."""
        countries = [actor for actor in self._cast.actors if actor.kind == "country"]
        parts = Counter(
            actor.naming.entry.part_of
            for actor in self._cast.actors
            if actor.naming.entry and actor.naming.entry.category == "government"
            for _ in actor.mentions
        )

        def weight(actor: Actor) -> int:
            return len(actor.mentions) + (parts[actor.naming.entry.id] if actor.naming.entry else 0)

        return max(countries, key=weight, default=None)

    def _they(self, found: Found) -> Link | None:
        pair = self._joined_subject(found)
        if pair is not None:
            return pair
        return self._best(found, lambda actor: actor.plural or actor.kind == "group", f"pronoun {found.head.lower}", plural=True)

    def _joined_subject(self, found: Found) -> Link | None:
        """As in "Trump and Cruz said they would"."""
        for sentence in (found.first.sentence, found.first.sentence - 1):
            if sentence < 0:
                continue
            for word in self._parsed.sentences[sentence].words:
                if word.i >= found.first.i or word.dep not in _SUBJECTS:
                    continue
                both = [self._mentions.get(noun) for noun in [word, *(child for child in word.children if child.dep == "conj")]]
                actors = tuple(dict.fromkeys(self._cast.of[one] for one in both if one is not None and one in self._cast.of))
                if len(actors) > 1 and len({actor.kind for actor in actors}) == 1:
                    return Link(actors, f"pronoun {found.head.lower}")
        return None

    def _best(self, found: Found, fits: Callable[[Actor], bool], reason: str, *, plural: bool = False) -> Link | None:
        """The actor of the greatest weight among those that fit and that are no other argument of the same verb."""
        quotation = self._speech.quotation_at(found.head)
        speaker = self._speaking(found.head) if quotation else None
        barred = self._co_arguments(found)
        best: tuple[float, Actor] | None = None
        for actor, mentions in self._seen.items():
            last = mentions[-1]
            gap = _sentence_gap(found, last)
            if gap > _WINDOW or not fits(actor) or actor is speaker or actor in barred:
                continue
            weight = self._weight(found, mentions, gap)
            if plural and actor.plural:
                weight += 1
            if best is None or weight > best[0]:
                best = (weight, actor)
        return Link((best[1],), reason) if best else None

    def _weight(self, found: Found, mentions: list[Found], gap: int) -> float:
        weight = -1.2 * gap + 0.1 * min(len(mentions), 10)
        for mention in reversed(mentions[-6:]):
            distance = _sentence_gap(found, mention)
            if distance > 1:
                break
            fade = 1.0 if distance == 0 else 0.7
            if mention.head.dep in _SUBJECTS:
                weight += 1.5 * fade
                break
        last = mentions[-1].head
        if last.dep in {"compound", "amod", "nmod"}:
            weight -= 1
        if found.head.dep == "nsubj" and last.dep == "nsubj" and {found.head.head.lemma, last.head.lemma} <= self._speech.words.verbs:
            weight += 0.7  # who spoke goes on speaking
        same_quote = self._speech.quotation_at(last) is self._speech.quotation_at(found.head)
        return weight + (0.3 if same_quote else 0)

    def _co_arguments(self, found: Found) -> set[Actor]:
        """As in "Clinton criticised *her*" is not about Clinton herself."""
        word = found.head
        if word.dep not in {"dobj", "pobj", "dative"} or word.lower.endswith(("self", "selves")):
            return set()
        verb = word.head
        while verb.dep in {"prep", "dative", "agent"} and verb.head is not verb:
            verb = verb.head
        subjects = [child for child in verb.children if child.dep in _SUBJECTS]
        barred: set[Actor] = set()
        for child in subjects:
            other = self._mentions.get(child)
            if other is None:
                continue
            if other in self._cast.of:
                barred.add(self._cast.of[other])
            elif other in self.links:
                barred.update(self.links[other].actors)
        return barred

    # descriptions

    def _description(self, found: Found) -> Link | None:
        same = self._same_noun(found)
        if same is not None or found.reason == "people or organ":
            return same or self._unnamed(found)
        if found.plural and (found.reason == "each other" or found.kind != "person"):
            several = self._several(found)
            if several is not None:
                return several
        if found.kind == "person":
            return self._person_description(found)
        if found.kind == "country":
            return self._best(found, lambda actor: actor.kind == "country", found.reason) or self._home_government(found)
        if found.kind == "group":
            return self._group_description(found)
        return None

    def _same_noun(self, found: Found) -> Link | None:
        """As in "the police" after "Hong Kong police", "the coalition" after "the Saudi-led coalition"."""
        noun = found.head.lower
        if found.kind == "person" or (found.plural and found.head.lemma == "country"):
            return None
        return self._longest_reach(
            lambda actor: actor.kind == "group" and actor.naming.entry is None and actor.naming.last.lower == noun, f"{noun} named before"
        )

    def _home_government(self, found: Found) -> Link | None:
        """As in "the government" far from any country: that of the country the document speaks of most."""
        country = self._main_country() if found.head.lower in lexicon().state else None
        return Link((country,), f"{found.head.lower} of the country most spoken of") if country else None

    def _unnamed(self, found: Found) -> Link | None:
        """As in "Police arrested ...": an actor that this document gives no name; told of for the first time here."""
        if found.head.lower not in lexicon().unnamed:
            return None
        actor = self._cast.new(found)
        self._cast.reasons[found] = UNNAMED
        self._seen.setdefault(actor, []).append(found)
        return None

    def _several(self, found: Found) -> Link | None:
        """As in "the two groups", "both sides", "each other": the two actors of that kind that were spoken of last."""
        counted = any(child.lower in {"two", "both"} for child in found.head.children) or found.first.lower == "both"
        if not (counted or found.reason in {"each other", "description of several"}):
            return None
        if found.reason == "each other":
            return self._subjects_of_clause(found) or self._joined_subject(found)
        subject_pair = self._joined_subject(found)
        if subject_pair is not None:
            return Link(subject_pair.actors, found.reason)
        recent = sorted(
            (
                (mentions[-1].head.i, actor)
                for actor, mentions in self._seen.items()
                if _sentence_gap(found, mentions[-1]) <= 2 and (found.kind is None or actor.kind == found.kind) and actor.kind != "person"
            ),
            key=lambda item: item[0],
        )
        if len(recent) < 2:
            return None
        pair = tuple(actor for _, actor in recent[-2:])
        return Link(pair, found.reason)

    def _subjects_of_clause(self, found: Found) -> Link | None:
        """As in "Trump and Ryan praised *each other*": the subjects of its verb, when several act there."""
        verb = next((word for word in found.head.ancestors() if word.pos in {"VERB", "AUX"}), None)
        doer = agent(verb) if verb is not None else None
        actors: list[Actor] = []
        for noun in with_conjuncts(doer) if doer is not None else ():
            mention = self._mentions.get(noun)
            if mention is not None:
                actors.extend(
                    [self._cast.of[mention]] if mention in self._cast.of else self.links[mention].actors if mention in self.links else []
                )
        return Link(tuple(dict.fromkeys(actors)), found.reason) if len(actors) > 1 else None

    def _person_description(self, found: Found) -> Link | None:
        if found.plural:
            return None
        noun = found.head.lower
        owner = self._owner(found)

        def fits(actor: Actor) -> bool:
            if actor.kind != "person" or (found.gender and actor.gender and actor.gender != found.gender):
                return False
            home = self._cast.of.get(actor.home) if actor.home is not None else None
            if owner is not None and home is not owner:
                return False
            if noun in {"man", "woman"}:
                return True
            known = any(noun in title.words for title in actor.offices)
            return known or (noun == "leader" and owner is not None and home is owner)

        return self._longest_reach(fits, found.reason) or self._salient_person(found)

    def _salient_person(self, found: Found) -> Link | None:
        """As in "the Texas *businessman*": nobody holds that office in the text; who is most spoken of just now."""
        if found.head.lower not in lexicon().human:
            return None
        return self._best(
            found,
            lambda actor: actor.kind == "person" and not (found.gender and actor.gender and actor.gender != found.gender),
            f"{found.head.lower} who is spoken of",
        )

    def _owner(self, found: Found) -> Actor | None:
        """The country or group that a description names: "the *Israeli* leader"."""
        for child in found.head.children:
            inside = self._mentions.get(child)
            if inside is not None and inside in self._cast.of and self._cast.of[inside].kind != "person":
                return self._cast.of[inside]
        return None

    def _longest_reach(self, fits: Callable[[Actor], bool], reason: str) -> Link | None:
        """The fitting actor who was mentioned last, however far back: a title does not fade as a pronoun does."""
        known = [(mentions[-1].head.i, actor) for actor, mentions in self._seen.items() if fits(actor)]
        return Link((max(known, key=lambda item: item[0])[1],), reason) if known else None

    def _group_description(self, found: Found) -> Link | None:
        armed = any(child.lower in _ARMED for child in found.head.children) or found.head.lower in _ARMED
        apposed = next(
            (
                self._mentions[child]
                for child in found.head.children
                if child in self._mentions and child.dep in {"compound", "amod", "nmod", "appos"}
            ),
            None,
        )
        if apposed is not None and apposed in self._cast.of and self._cast.of[apposed].kind == "group":
            return Link((self._cast.of[apposed],), found.reason)
        if self._owner(found) is not None:
            return None

        def fits(actor: Actor) -> bool:
            category = actor.naming.entry.category if actor.naming.entry else None
            return actor.kind == "group" and category != "media" and (not armed or category in {None, "armed group"})

        return self._best(found, fits, found.reason)
