"""kg eval linking: whether a name is taken for the actor whom an encyclopaedia knows by it.

The formats are those of N³ RSS-500 (Röder et al. 2014), names with their address in DBpedia, and of GUM (Lin and Zeldes 2021), mentions
with the title of their page in Wikipedia. The mentions are handed over; an entity is right where one of its names is the title.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from kg.evaluation.coreference import ACTORS, GumMention
from kg.evaluation.gold import GoldRow, Prediction, Stretch
from kg.evaluation.known import entry_named
from kg.evaluation.resolving import around, resolved
from kg.evaluation.task import Figures, Judged, Miss, Task
from kg.gazetteer import Gazetteer
from kg.language import Parsed
from kg.model import Entity, Span
from kg.pipeline.extractor import Extractor


@dataclass(frozen=True, slots=True)
class Known:
    """A mention whose answer is known: the title of its page, and its Wikidata id where the data gives one."""

    span: Span
    title: str
    qid: str | None = None


class RssMention(Stretch):
    """A name, and its address in DBpedia ("http://dbpedia.org/resource/Angela_Merkel"); null for who has no page there."""

    uri: str | None


class RssRow(GoldRow):
    """A sentence of a news feed, and the names in it."""

    entities: list[RssMention]

    def known(self) -> list[Known]:
        """The names that have a page."""
        return [Known(one.span, _title(one.uri)) for one in self.entities if one.uri]


class WikiMention(GumMention):
    """A mention with the title of its page ("Park_Joo%2Dho"); `link` is "ana" for a pronoun and its like."""

    link: str
    wiki: str | None
    qid: str | None

    @property
    def names_actor(self) -> bool:
        """Whether it names someone or some place: it begins with a capital once an article is taken off."""
        words = (self.text or "").split()
        first = words[1:2] if words and words[0].lower() in {"the", "a", "an"} else words[:1]
        return self.type in ACTORS and self.link != "ana" and bool(first) and first[0][0].isupper()


class WikiRow(GoldRow):
    """A document, and every mention in it."""

    mentions: list[WikiMention]

    def known(self) -> list[Known]:
        """The names of people, organisations and places that have a page."""
        return [Known(one.span, _title(one.wiki), one.qid) for one in self.mentions if one.wiki and one.names_actor]


type LinkRow = RssRow | WikiRow


class Link(Stretch):
    """A mention, and the entity it is: its name, its other names, its Wikidata id where the gazetteer has one."""

    name: str
    aliases: list[str]
    wikidata: str | None = None


class LinkAnswer(Prediction):
    """The entities of the mentions that were handed over."""

    links: list[Link]


@dataclass(frozen=True, slots=True)
class Linked:
    """One mention: whether it was linked, rightly; whether the gazetteer that kg ships has its title for a name."""

    answered: bool
    right: bool
    listed: bool


type Outcome = tuple[Linked, ...]


def _title(address: str) -> str:
    """The last part of an address as words: "Park Joo-ho"."""
    return unquote(address.rpartition("/")[2]).replace("_", " ")


def answer(extractor: Extractor, row: LinkRow, parsed: Parsed) -> LinkAnswer:
    """The entity of each mention whose answer is known; of a mention that stands for several none."""
    marked = {one.span for one in row.known()}
    found = resolved(extractor, parsed, sorted(marked))
    links = [_link(one.span, one.entities[0], extractor.gazetteer) for one in found if one.span in marked and len(one.entities) == 1]
    return LinkAnswer(id=row.id, links=links)


def _link(span: Span, entity: Entity, gazetteer: Gazetteer) -> Link:
    """An entity of the gazetteer has the names that stand there, so that "Paris" is none of France; another has those the text gives."""
    entry = gazetteer.entries.get(entity.id)
    aliases = [alias.text for alias in entry.aliases if alias.type == "name"] if entry else list(entity.aliases)
    return Link(start=span.start, end=span.end, name=entity.name, aliases=aliases, wikidata=entity.wikidata)


def judge(row: LinkRow, given: LinkAnswer | None) -> Judged[Outcome]:
    """Whether each entity has the title for a name, or the same Wikidata id where both have one."""
    links = {link.span: link for link in given.links} if given else {}
    found = [(known, links.get(known.span)) for known in row.known()]
    outcome = tuple(Linked(link is not None, _right(known, link), entry_named(known.title) is not None) for known, link in found)
    misses = [_miss(row.text, known, link) for known, link in found if not _right(known, link)]
    return Judged(outcome, tuple(misses))


def _right(known: Known, link: Link | None) -> bool:
    if link is None:
        return False
    if known.qid and link.wikidata:
        return known.qid == link.wikidata
    return known.title in {link.name, *link.aliases}


def _miss(text: str, known: Known, link: Link | None) -> Miss:
    cause = "no entity" if link is None else "listed, other entity" if entry_named(known.title) else "name is not the title"
    found = link.name if link else "-"
    return Miss(cause, around(text, known.span), f"{text[known.span.start : known.span.end]} = {known.title}", found)


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """The share of mentions that are linked rightly, of all, of those that were linked, and of those whose title the gazetteer lists."""
    every = [one for row in outcomes for one in row]
    return {
        "accuracy": _accuracy(every),
        "answered": sum(one.answered for one in every) / max(1, len(every)),
        "accuracy_answered": _accuracy([one for one in every if one.answered]),
        "accuracy_listed": _accuracy([one for one in every if one.listed]),
        "mentions": len(every),
        "listed": sum(one.listed for one in every),
    }


def _accuracy(links: Sequence[Linked]) -> float:
    return sum(one.right for one in links) / max(1, len(links))


RSS = Task("linking", "entities", RssRow, LinkAnswer, answer, judge, figures, main="accuracy")
WIKI = Task("linking", "mentions", WikiRow, LinkAnswer, answer, judge, figures, main="accuracy")
