"""A document understood: which actors a word means, and who says it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.discourse.actors import Actor, Cast, cast_of
from kg.discourse.coreference import links_of
from kg.discourse.memory import Link
from kg.discourse.speech import Speaker, Speech, SpeechWords, speech_of
from kg.language import Parsed, Word
from kg.mentions import SOMEBODY, Found, Title, find_mentions, find_titles
from kg.model import Kind, Mention, Span


@dataclass(frozen=True, slots=True)
class Meant:
    """An actor as it is meant at one place: the mention there and the naming mention it stands for."""

    found: Found
    naming: Found
    kind: Kind

    @property
    def key(self) -> Span:
        """The same for every place where this actor is meant."""
        return self.naming.span

    @property
    def unnamed(self) -> bool:
        """Whether it is somebody whom the document gives no name ("the police")."""
        return self.naming.reason == SOMEBODY


@dataclass(frozen=True, slots=True)
class Discourse:
    """The mentions of a document by head word, linked, with its quotations and titles."""

    parsed: Parsed
    found: dict[Word, Found]
    titles: list[Title]
    speech: Speech
    _cast: Cast
    _links: dict[Found, Link]
    _titled: dict[Word, Found]

    def meant(self, word: Word) -> tuple[Meant, ...]:
        """The actors that a noun or pronoun means at its place; more than one for "the two groups", none for what is no actor."""
        found = self.found.get(word) or self._titled.get(word)
        if found is None:
            return ()
        return tuple(Meant(found, actor.naming, actor.kind) for actor in self._actors(found))

    def _actors(self, found: Found) -> tuple[Actor, ...]:
        if found in self._cast.of:
            return (self._cast.of[found],)
        return self._links[found].actors if found in self._links else ()

    def weighed(self, word: Word) -> list[tuple[tuple[Span, ...], list[str]]]:
        """Whom a pronoun may mean: the key of each candidate (several for actors spoken of together), and what speaks for it."""
        found = self.found.get(word)
        link = self._links.get(found) if found else None
        return [(tuple(actor.naming.span for actor in actors), features) for actors, features in link.weighed] if link else []

    def home(self, meant: Meant) -> Meant | None:
        """The country or group in which a person holds an office."""
        actor = self._cast.of.get(meant.naming)
        where = actor.home if actor else None
        if where is None or where not in self._cast.of:
            return None
        return Meant(where, self._cast.of[where].naming, self._cast.of[where].kind)

    def latest(self, meant: Meant, before: Word) -> Found:
        """The last mention by name of an actor before a word: what an implicit role points at."""
        actor = self._cast.of[meant.naming]
        named = [found for found in actor.mentions if found.first.i <= before.i]
        return named[-1] if named else actor.naming

    def naming_span(self, found: Found, meant: Meant) -> Span:
        """The naming mention that a mention of this actor stands for: itself where it is a name of its own."""
        return found.span if self._own_name(found) else meant.naming.span

    def _own_name(self, found: Found) -> bool:
        actor = self._cast.of.get(found)
        return actor is not None and (actor.naming is found or (found not in self._cast.reasons and found.entry is not None))

    def speakers_of(self, word: Word) -> list[Speaker]:
        """Who says what this word says, the innermost first."""
        return self.speech.speakers_of(word)

    def mentions(self) -> tuple[Mention, ...]:
        """The mentions that mean someone, as values, in text order."""
        made = [self._mention(found) for found in self.found.values() if self._actors(found)]
        return tuple(sorted(made, key=lambda mention: (mention.span, mention.text)))

    def _mention(self, found: Found) -> Mention:
        actors = self._actors(found)
        link = self._links.get(found)
        spans = tuple(actor.naming.span for actor in actors)
        reason = link.reason if link else self._cast.reasons.get(found, found.reason)
        return Mention(self.parsed.document.id, found.span, found.text, actors[0].kind, reason, () if self._own_name(found) else spans)


def read_discourse(parsed: Parsed, words: SpeechWords, marked: Sequence[Span] = ()) -> Discourse:
    """The document's mentions, linked to each other, and its speakers; `marked`: stretches that are known to be mentions."""
    found = find_mentions(parsed, marked)
    titles = find_titles(parsed, found)
    cast = cast_of(parsed, found, titles)
    speech = speech_of(parsed, words)
    titled = {title.office: title.person for title in titles if title.rule == "title before name"}
    links = links_of(parsed, found, cast, speech, titled)
    return Discourse(parsed, found, titles, speech, cast, links, titled)
