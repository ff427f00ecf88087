"""What one document becomes: the document, the mentions in it, the claims it makes."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

Kind = Literal["person", "group", "country"]
Modality = Literal[
    "actual",
    "likely",
    "possible",
    "planned",
    "demanded",
    "hypothetical",
    "doubted",
    "denied",
    "not_planned",
    "unknown",
]
ModalityClass = Literal["actual", "uncertain", "negative"]
Quote = Literal["direct", "indirect", "none"]

KINDS: tuple[Kind, ...] = get_args(Kind)
MODALITIES: tuple[Modality, ...] = get_args(Modality)
UNNAMED: dict[Kind, str] = {"group": "unnamed group", "person": "unnamed person"}
ROLE_NAMES = ("source", "target", "against", "about", "on_behalf_of", "claimer")
_CLASS: dict[Modality, ModalityClass] = {
    "actual": "actual",
    "doubted": "negative",
    "denied": "negative",
    "not_planned": "negative",
}


def modality_class(modality: Modality) -> ModalityClass:
    """The class that an edge is grouped and drawn by.

    >>> modality_class("planned"), modality_class("not_planned")
    ('uncertain', 'negative')
    """
    return _CLASS.get(modality, "uncertain")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets into `Document.text`."""

    start: int
    end: int

    def within(self, other: "Span") -> bool:
        """Whether this span lies inside `other`."""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """One news text. `published` is an ISO date; `path` is None for standard input and raw text."""

    id: str
    content_hash: str
    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a document that names or stands for one or more actors; never rewritten.

    `refers_to` holds the spans of the naming mentions it stands for ("the two groups" has two); it is empty for a mention that
    is itself the name. `reason` tells how it was found or linked ("gazetteer alias", "surname of Mark Milley").
    """

    document_id: str
    span: Span
    text: str
    kind: Kind
    reason: str
    refers_to: tuple[Span, ...] = ()

    @property
    def unnamed(self) -> bool:
        """Whether it is an actor without a name ("the police"), who is someone in this document only."""
        return self.reason in UNNAMED.values()

    @property
    def namings(self) -> tuple[Span, ...]:
        """The naming mentions this one stands for: itself when it is a name."""
        return self.refers_to or (self.span,)


@dataclass(frozen=True, slots=True)
class Role:
    """One actor of one claim: the words at this place, and the one naming mention that they mean here."""

    mention: Span
    naming: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Period:
    """When something happened: ISO dates, either end open (None)."""

    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact sentence a claim rests on, and the cue inside it. Offsets count characters of `Document.text`."""

    sentence: str
    start_char: int
    end_char: int
    cue: str
    cue_start: int
    cue_end: int
    context: tuple[Span, ...] = ()

    @classmethod
    def of(cls, text: str, sentence: Span, cue: Span, context: tuple[Span, ...] = ()) -> "Evidence":
        """Cut the evidence out of the document's text.

        Raises:
            ValueError: the cue does not lie inside the sentence, or the sentence not inside the text.
        """
        if not (0 <= sentence.start < sentence.end <= len(text)) or not cue.within(sentence):
            raise ValueError(f"cue {cue} is not inside sentence {sentence} of a text of {len(text)} characters")
        return cls(
            sentence=text[sentence.start : sentence.end],
            start_char=sentence.start,
            end_char=sentence.end,
            cue=text[cue.start : cue.end],
            cue_start=cue.start,
            cue_end=cue.end,
            context=context,
        )

    def fits(self, text: str) -> bool:
        """Whether the sentence and the cue are exactly what stands in `text` at their offsets."""
        return (
            text[self.start_char : self.end_char] == self.sentence
            and text[self.cue_start : self.cue_end] == self.cue
            and self.start_char <= self.cue_start <= self.cue_end <= self.end_char
            and all(0 <= span.start < span.end <= len(text) for span in self.context)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One reading of one place in one document.

    According to `claimer`, `source` stands in `relation` to `target`, with this modality, at this time; `evidence` is the sentence.
    `value` is the characterisation of VIEWS_AS or the title of HOLDS_ROLE; `claimer_text` an unnamed claimer ("an Israeli official").
    `polarity` is the sign of the relation (-1, 0, 1) and never changes with modality. `confidence` is in 0..1.
    """

    id: str
    document_id: str
    source: Role
    relation: str
    target: Role | None = None
    value: str | None = None
    polarity: int
    modality: Modality
    claimer: Role | None = None
    claimer_text: str | None = None
    via: tuple[Role, ...] = ()
    against: Role | None = None
    about: Role | None = None
    on_behalf_of: Role | None = None
    event: Period = Period()
    claimed: str | None = None
    quote: Quote = "none"
    evidence: Evidence
    confidence: float
    rule: str
    extractor: str

    @property
    def modality_class(self) -> ModalityClass:
        """The class of the modality: actual, uncertain or negative."""
        return modality_class(self.modality)

    @property
    def roles(self) -> dict[str, Role]:
        """The roles that are filled, by name; the outer claimers are `via_0`, `via_1` ...."""
        named = {name: getattr(self, name) for name in ROLE_NAMES}
        named |= {f"via_{i}": role for i, role in enumerate(self.via)}
        return {name: role for name, role in named.items() if role is not None}


@dataclass(frozen=True)
class Reading:
    """One document, whole: plain data that depends on that document only.

    Raises:
        ValueError: evidence, a mention or a role is not an exact span of the text, or
            stands for no naming mention; two mentions have one span, or two claims one id.
    """

    document: Document
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    extractor: str

    def __post_init__(self) -> None:
        if len(self.mention_at) < len(self.mentions) or len({claim.id for claim in self.claims}) < len(self.claims):
            raise ValueError(f"two mentions or claims of document {self.document.id} are the same")
        for mention in self.mentions:
            self._check_mention(mention)
        for claim in self.claims:
            self._check_claim(claim)

    def _check_mention(self, mention: Mention) -> None:
        span = mention.span
        if self.document.text[span.start : span.end] != mention.text or not mention.text:
            raise ValueError(f"mention {mention.text!r} is not at {span} of document {self.document.id}")
        if not all(self._is_naming(naming) for naming in mention.refers_to):
            raise ValueError(f"mention {mention.text!r} of document {self.document.id} refers to what is no naming mention")

    def _check_claim(self, claim: Claim) -> None:
        if claim.document_id != self.document.id or not claim.evidence.fits(self.document.text):
            raise ValueError(f"evidence of claim {claim.id} is not in document {self.document.id}")
        for name, role in claim.roles.items():
            if role.mention not in self.mention_at or not self._is_naming(role.naming):
                raise ValueError(f"{name} of claim {claim.id} is no mention of document {self.document.id}")

    def _is_naming(self, span: Span) -> bool:
        mention = self.mention_at.get(span)
        return mention is not None and not mention.refers_to

    @cached_property
    def mention_at(self) -> dict[Span, Mention]:
        """The mentions by their span."""
        return {mention.span: mention for mention in self.mentions}


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read: its path and the reason."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"
