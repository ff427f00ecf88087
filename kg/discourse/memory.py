"""Who was spoken of so far in a document, and who of them is most likely meant.

What a pronoun may mean is weighed in `salience`; descriptions, which reach farther, by a few weights of their own.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.discourse.actors import Actor, Cast
from kg.discourse.called import Called, Callings, called
from kg.discourse.clauses import with_conjuncts
from kg.discourse.persons import may_be_person
from kg.discourse.salience import Candidate, features, weight
from kg.discourse.speech import Speech
from kg.discourse.standing import SUBJECTS, standing_of
from kg.language import Parsed, Word
from kg.mentions import Found, Gender

_FIRST_COUNTRY = 2  # mentions that the first country of a document, often that of its dateline, counts more
WINDOW = 4  # sentences that a description reaches back
_REACH = 6  # sentences that a pronoun reaches back


@dataclass(frozen=True, slots=True)
class Link:
    """The actors that a mention stands for, and why; of a pronoun also who was weighed, and the features of each."""

    actors: tuple[Actor, ...]
    reason: str
    weighed: tuple[tuple[Actor, list[str]], ...] = ()


class Memory:
    """Filled from the first mention of a document to its last; asked for the antecedent of the next one."""

    def __init__(self, parsed: Parsed, mentions: Mapping[Word, Found], cast: Cast, speech: Speech, titled: Mapping[Word, Found]) -> None:
        self.cast = cast
        self.speech = speech
        self.links: dict[Found, Link] = {}
        self._parsed = parsed
        self._mentions = mentions
        self._titled = titled
        self._seen: dict[Actor, list[Found]] = {}
        self.told = Callings()
        self.names = Callings()  # also those that come later
        self._countries = _countries(cast)
        self._first = min(filter(may_be_person, cast.actors), key=lambda actor: actor.mentions[0].head.i, default=None)
        self._pronouns: dict[Actor, frozenset[Gender]] = {}
        for actor in cast.actors:
            if actor.kind == "group":
                for found in actor.mentions:
                    self.names.note(self.called(found), actor)

    def note(self, found: Found, actor: Actor) -> None:
        """This mention means this actor."""
        mentions = self._seen.pop(actor, [])
        mentions.append(found)
        self._seen[actor] = mentions  # the last one spoken of stands last
        if found.form == "pronoun" and found.gender is not None:
            self._pronouns[actor] = self._pronouns.get(actor, frozenset()) | {found.gender}
        if (found.form == "name" and actor.kind == "group") or (found.form == "description" and actor.naming.entry is None):
            self.told.note(self.called(found), actor)

    def called(self, found: Found) -> Called:
        """How a mention calls its actor."""
        return called(found, self.meant_at)

    @property
    def main_country(self) -> Actor | None:
        """The country that the document speaks of most, by itself or by its organs ("the Pentagon")."""
        return self._countries[0] if self._countries else None

    def country_not_in(self, words: Iterable[Word]) -> Actor | None:
        """The country that the document speaks of most of those that these words do not name."""
        named = {actor for word in words for actor in self.meant_at(word)}
        return next((country for country in self._countries if country not in named), None)

    def known(self, entry: str) -> Actor | None:
        """The actor of the document with this id in the gazetteer."""
        return next((actor for actor in self.cast.actors if actor.naming.entry is not None and actor.naming.entry.id == entry), None)

    def meant_at(self, word: Word) -> tuple[Actor, ...]:
        """The actors that a word means, as far as is known by now."""
        found = self._mentions.get(word)
        if found is None:
            return ()
        if found in self.cast.of:
            return (self.cast.of[found],)
        return self.links[found].actors if found in self.links else ()

    def inside(self, word: Word, *deps: str) -> Iterable[Actor]:
        """The named actors that hang on a noun by one of these dependencies (by any, where none is given): "the *Israeli* leader"."""
        for child in word.children:
            found = self._mentions.get(child)
            if found is not None and found in self.cast.of and (not deps or child.dep in deps):
                yield self.cast.of[found]

    def speaker_at(self, word: Word) -> Actor | None:
        """The actor who says the words around this one, where it is quoted."""
        quotation = self.speech.quotation_at(word)
        speaker = self.speech.speakers.get(quotation) if quotation else None
        meant = self._who(speaker.who) if speaker else ()
        return meant[0] if len(meant) == 1 else None

    def _who(self, noun: Word) -> tuple[Actor, ...]:
        """The actors that a noun means, by its own or by the name that stands beside it: "the *spokesman*, Paul Renner"."""
        title = self._titled.get(noun)
        meant = self.meant_at(noun) or (self.meant_at(title.head) if title is not None else ())
        beside = (self.meant_at(child) for child in noun.children if child.dep == "appos")
        return meant or next(beside, ())

    def best(self, found: Found, fits: Callable[[Actor], bool], reason: str, *, plural: float = 0) -> Link | None:
        """The actor of the greatest weight among those that fit and that are no other argument of the same verb."""
        barred = self._co_arguments(found)
        speaker = self.speaker_at(found.head)
        known = [
            (self._weight(found, mentions) + (plural if actor.plural else 0), actor)
            for actor, mentions in self._recent(found, WINDOW)
            if actor is not speaker and actor not in barred and fits(actor)
        ]
        return Link((max(known, key=lambda item: item[0])[1],), reason) if known else None

    def heaviest(self, found: Found, fits: Callable[[Actor], bool], reason: str) -> Link | None:
        """Whom a pronoun means: of the fitting actors of the sentences before, and of those named after it in its own, the most salient."""
        ahead = self._named_after(found.head)
        standing = standing_of(found.head, self.meant_at, ahead, self.speech.words.verbs)
        speaker = self.speaker_at(found.head)
        near = dict(self._recent(found, _REACH))
        for word in ahead:
            near.setdefault(self.cast.of[self._mentions[word]], self._seen.get(self.cast.of[self._mentions[word]], []))
        known = [(actor, mentions) for actor, mentions in near.items() if actor is not speaker and fits(actor)]
        if found.head.lower.endswith(("self", "selves")):
            known = [one for one in known if one[0] in standing.subjects] or known
        weighed = tuple(
            (actor, features(found, standing, self._candidate(found, actor, mentions, rank), self._parsed))
            for rank, (actor, mentions) in enumerate(known)
        )
        return Link((max(weighed, key=lambda one: weight(one[1]))[0],), reason, weighed) if weighed else None

    def _named_after(self, pronoun: Word) -> list[Word]:
        """Where the sentence of a pronoun goes on to name actors."""
        words = self._parsed.sentence_of(pronoun).words
        after = words[pronoun.i - words[0].i + 1 :]
        return [word for word in after if (found := self._mentions.get(word)) is not None and found in self.cast.of]

    def _candidate(self, found: Found, actor: Actor, mentions: list[Found], rank: int) -> Candidate:
        last = mentions[-1].head if mentions else None
        same = last is not None and self.speech.quotation_at(last) is self.speech.quotation_at(found.head)
        speaks = last is not None and last.dep in SUBJECTS and last.head.lemma in self.speech.words.verbs
        return Candidate(actor, mentions, rank, self._pronouns.get(actor, frozenset()), actor is self._first, same, speaks)

    def latest(self, fits: Callable[[Actor], bool], reason: str) -> Link | None:
        """The fitting actor who was mentioned last, however far back: a title does not fade as a pronoun does."""
        actor = next((actor for actor in reversed(self._seen) if fits(actor)), None)
        return Link((actor,), reason) if actor is not None else None

    def only(self, fits: Callable[[Actor], bool], reason: str) -> Link | None:
        """The only fitting actor of the whole document, also where he is named later."""
        actors = tuple(actor for actor in self.cast.actors if fits(actor))
        return Link(actors, reason) if len(actors) == 1 else None

    def last_two(self, found: Found, fits: Callable[[Actor], bool], sentences: int = 2) -> tuple[Actor, ...]:
        """The two fitting actors that were mentioned last, at most so many sentences back, in text order."""
        known = sorted(
            ((mentions[-1].head.i, actor) for actor, mentions in self._recent(found, sentences) if fits(actor)), key=lambda item: item[0]
        )
        return tuple(actor for _, actor in known[-2:]) if len(known) > 1 else ()

    def joined_subject(self, found: Found) -> tuple[Actor, ...]:
        """The actors of one kind who act together in the sentence of a mention or the one before: "*Trump and Cruz* said they would"."""
        for index in (found.first.sentence, found.first.sentence - 1):
            for word in self._parsed.sentences[index].words if index >= 0 else ():
                if word.i < found.first.i and word.dep in SUBJECTS:
                    named = [self._mentions[noun] for noun in with_conjuncts(word) if noun in self._mentions]
                    actors = tuple(dict.fromkeys(self.cast.of[one] for one in named if one in self.cast.of))
                    if len(actors) > 1 and len({actor.kind for actor in actors}) == 1:
                        return actors
        return ()

    def subject_above(self, found: Found) -> tuple[Actor, ...]:
        """Who acts in the nearest clause above that of a mention: "*voters* said they would stay"."""
        clauses = [word for word in found.head.ancestors() if word.pos in {"VERB", "AUX"} and word.child(*SUBJECTS) is not None]
        for verb in clauses[0 if found.head.dep in SUBJECTS else 1 :]:
            doer = verb.child(*SUBJECTS)
            if doer is not None and doer is not found.head and doer.i < found.first.i:
                return tuple(dict.fromkeys(actor for noun in with_conjuncts(doer) for actor in self.meant_at(noun)))
        return ()

    def _recent(self, found: Found, sentences: int) -> Iterable[tuple[Actor, list[Found]]]:
        for actor, mentions in reversed(self._seen.items()):
            if found.first.sentence - mentions[-1].first.sentence > sentences:
                return
            yield actor, mentions

    def _weight(self, found: Found, mentions: list[Found]) -> float:
        last = mentions[-1].head
        weight = -1.2 * (found.first.sentence - last.sentence) + 0.1 * min(len(mentions), 10)
        for mention in reversed(mentions[-6:]):
            distance = found.first.sentence - mention.first.sentence
            if distance > 1:
                break
            if mention.head.dep in SUBJECTS:
                weight += 1.5 if distance == 0 else 1.05
                break
        if last.dep in {"compound", "amod", "nmod"}:
            weight -= 1
        if found.head.dep == last.dep == "nsubj" and {found.head.head.lemma, last.head.lemma} <= self.speech.words.verbs:
            weight += 0.7  # who spoke goes on speaking
        same_quote = self.speech.quotation_at(last) is self.speech.quotation_at(found.head)
        return weight + (0.3 if same_quote else 0)

    def _co_arguments(self, found: Found) -> set[Actor]:
        """In "Clinton criticised *her*", Clinton."""
        word = found.head
        if word.dep not in {"dobj", "pobj", "dative"} or word.lower.endswith(("self", "selves")):
            return set()
        verb = word.head
        while verb.dep in {"prep", "dative", "agent"} and verb.head is not verb:
            verb = verb.head
        return {actor for child in verb.children if child.dep in SUBJECTS for actor in self.meant_at(child)}


def _countries(cast: Cast) -> list[Actor]:
    """Those spoken of most first."""
    parts = Counter(
        whole for actor in cast.actors if actor.naming.entry is not None for whole in actor.naming.entry.wholes for _ in actor.mentions
    )
    countries = [actor for actor in cast.actors if actor.kind == "country"]
    first = min(countries, key=lambda actor: actor.mentions[0].first.i, default=None)

    def weight(actor: Actor) -> int:
        own = len(actor.mentions) + (parts[actor.naming.entry.id] if actor.naming.entry else 0)
        return own + (_FIRST_COUNTRY if actor is first else 0)

    return sorted(countries, key=weight, reverse=True)
