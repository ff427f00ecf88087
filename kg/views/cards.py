"""Evidence cards: one claim as a reader sees it, its sentence in pieces of which each knows what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import PurePath

from kg.model import Actor, Document, Link, ResolvedClaim
from kg.views.text import link, sentence, shown

CONTEXT = 1_000
SELF = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence; `marks` are of "source", "target" and "cue"."""

    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says so. `key` tells voices apart in the filter; it is empty when the document itself speaks."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Third:
    """A third actor of a claim with the word before its name: "against ISIS-K"."""

    word: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """One claim to be shown. `document` is an index into the page's documents; `contradicted_by` holds ids of claims."""

    id: str
    source: str
    target: str | None
    relation: str
    label: str
    polarity: int
    modality: str
    modality_class: str
    symmetric: bool
    sentence: tuple[Piece, ...]
    context: tuple[tuple[Piece, ...], ...]
    voice: Voice
    via: tuple[str, ...]
    thirds: tuple[Third, ...]
    implicit: tuple[str, ...]
    claimed: str | None
    event: str | None
    confidence: float
    document: int
    contradicted_by: tuple[str, ...]
    corroborated_by: int


@dataclass(frozen=True, slots=True)
class Origin:
    """A document as a card names it; `url` only if a click on it is safe."""

    title: str
    outlet: str | None
    published: str | None
    url: str | None


def origin(document: Document) -> Origin:
    """Title, outlet, date and address of a document; without a title the file's name, never the folders of somebody's machine."""
    name = document.title or (PurePath(document.path).name if document.path else None)
    return Origin(
        title=shown(name or "untitled text", limit=300),
        outlet=shown(document.outlet, limit=120) if document.outlet else None,
        published=document.published,
        url=link(document.url),
    )


def pieces(text: str, start: int, end: int, marks: Sequence[tuple[int, int, str]]) -> tuple[Piece, ...]:
    """The text from `start` to `end`, cut wherever a mark begins or ends; marks are (start, end, what), and may overlap."""
    inside = [(max(start, first), min(end, last), what) for first, last, what in marks if first < end and start < last]
    cuts = sorted({start, end, *(cut for first, last, _ in inside for cut in (first, last))})
    return tuple(
        Piece(sentence(text[one:other]), tuple(sorted({what for first, last, what in inside if first <= one and other <= last})))
        for one, other in pairwise(cuts)
    )


def _voice(resolved: ResolvedClaim) -> Voice:
    if resolved.claimer:
        return Voice(resolved.claimer.id, shown(resolved.claimer.name))
    if resolved.claim.claimer_text:
        return Voice(f"text:{resolved.claim.claimer_text}", shown(resolved.claim.claimer_text))
    return Voice(SELF, "the document itself")


def _event(resolved: ResolvedClaim) -> str | None:
    start, end = resolved.claim.event.start, resolved.claim.event.end
    if start == end:
        return start
    return f"{start or '…'} to {end or '…'}"


def _marks(resolved: ResolvedClaim) -> list[tuple[int, int, str]]:
    evidence = resolved.claim.evidence
    roles = [("source", resolved.source), ("target", resolved.target)]
    marks = [(actor.start_char, actor.end_char, role) for role, actor in roles if actor]
    return [*marks, (evidence.cue_start, evidence.cue_end, "cue")]


def _implicit(role: str, actor: Actor | None) -> list[str]:
    """What a reader must be told about an actor that the sentence does not name."""
    if actor is None or not actor.reason.startswith("implicit"):
        return []
    return [f"{role}: {shown(actor.name, limit=80)} – {shown(actor.reason, limit=160)}"]


def _context(resolved: ResolvedClaim, text: str) -> tuple[tuple[Piece, ...], ...]:
    marks = [mark for mark in _marks(resolved) if mark[2] != "cue"]
    spans = sorted(resolved.claim.evidence.context)
    return tuple(pieces(text, span.start, min(span.end, span.start + CONTEXT), marks) for span in spans)


def _thirds(resolved: ResolvedClaim) -> tuple[Third, ...]:
    named = (("against", resolved.against), ("about", resolved.about), ("on behalf of", resolved.on_behalf_of))
    return tuple(Third(word, actor.id, shown(actor.name)) for word, actor in named if actor)


@dataclass(frozen=True, slots=True)
class Others:
    """What other claims have to do with one: the ids that contradict it, and how many corroborate it."""

    contradicting: Mapping[str, tuple[str, ...]]
    corroborating: Mapping[str, int]

    @classmethod
    def of(cls, links: Sequence[Link]) -> "Others":
        """Read the links of a graph both ways round."""
        pairs = sorted(
            {(link.kind, *ends) for link in links for ends in ((link.first_id, link.second_id), (link.second_id, link.first_id))}
        )
        against: dict[str, tuple[str, ...]] = {}
        alike: dict[str, int] = {}
        for kind, one, other in pairs:
            if kind == "CONTRADICTS":
                against[one] = (*against.get(one, ()), other)
            else:
                alike[one] = alike.get(one, 0) + 1
        return cls(against, alike)


def card(resolved: ResolvedClaim, document: Document, number: int, *, symmetric: bool, others: Others) -> Card:
    """The card of a claim that stands in `document`, which is the page's document `number`."""
    claim, evidence = resolved.claim, resolved.claim.evidence
    return Card(
        id=claim.id,
        source=resolved.source.id,
        target=resolved.target.id if resolved.target else None,
        relation=claim.relation,
        label=shown(resolved.label, limit=160),
        polarity=claim.polarity,
        modality=claim.modality,
        modality_class=claim.modality_class,
        symmetric=symmetric,
        sentence=pieces(document.text, evidence.start_char, evidence.end_char, _marks(resolved)),
        context=_context(resolved, document.text),
        voice=_voice(resolved),
        via=tuple(shown(actor.name) for actor in resolved.via),
        thirds=_thirds(resolved),
        implicit=(*_implicit("source", resolved.source), *_implicit("target", resolved.target)),
        claimed=claim.claimed,
        event=_event(resolved),
        confidence=round(claim.confidence, 3),
        document=number,
        contradicted_by=others.contradicting.get(claim.id, ()),
        corroborated_by=others.corroborating.get(claim.id, 0),
    )


def marked(pieces: Sequence[Piece]) -> list[object]:
    """Pieces as the page's scripts take them: [text, mark ...], or the text alone."""
    return [[piece.text, *piece.marks] if piece.marks else piece.text for piece in pieces]


def card_data(card: Card) -> dict[str, object]:
    """A card without its empty fields; a marked piece is [text, mark ...], another one its text."""
    fields = {name: value for name, value in asdict(card).items() if value is not None and value != ()}
    return fields | {"sentence": marked(card.sentence)} | ({"context": list(map(marked, card.context))} if card.context else {})


def origins(documents: Sequence[Origin], ids: Sequence[str], files: Mapping[str, str]) -> list[dict[str, object]]:
    """Documents as the page's scripts take them; `file`: the page of those that have one beside this."""
    return [asdict(one) | ({"file": files[key]} if key in files else {}) for one, key in zip(documents, ids, strict=True)]
