"""Who each mention of a text is, as `kg extract` tells it: mentions that mean the same, and the entities they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.evaluation.gold import Pair
from kg.evaluation.pairs import covered
from kg.language import Parsed
from kg.model import Entity, Span
from kg.pipeline.extractor import Extractor
from kg.resolve import resolve

_AROUND = 120  # characters shown before and after a miss


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention and the entities it stands for; more than one for "the two groups"."""

    span: Span
    entities: tuple[Entity, ...]

    @property
    def who(self) -> str:
        """The same for all mentions that mean the same: "country:FR", "country:FR + country:ML"."""
        return " + ".join(sorted({entity.id for entity in self.entities}))


def resolved(extractor: Extractor, parsed: Parsed, marked: Sequence[Span] = ()) -> list[Resolved]:
    """Every mention that means someone, in text order; a stretch that was `marked` beforehand is given as it was marked."""
    reading = extractor.read(parsed, marked)
    identities = resolve([reading], extractor.gazetteer)
    as_marked = {covered(parsed, span): span for span in marked}
    return [
        Resolved(as_marked.get(mention.span, mention.span), tuple(identities.entity(reading, naming) for naming in mention.namings))
        for mention in reading.mentions
    ]


def clusters(mentions: Iterable[Resolved]) -> list[list[Pair]]:
    """The mentions that mean the same, where there are two of them or more."""
    groups = groupby(sorted(mentions, key=lambda one: (one.who, one.span)), key=lambda one: one.who)
    found = [[[one.span.start, one.span.end] for one in group] for _, group in groups]
    return sorted(cluster for cluster in found if len(cluster) > 1)


def around(text: str, span: Span) -> str:
    """The line that a stretch stands in, cut to what is near it."""
    first = max(text.rfind("\n", 0, span.start) + 1, span.start - _AROUND)
    end = text.find("\n", span.end)
    return text[first : min(len(text) if end < 0 else end, span.end + _AROUND)].strip()
