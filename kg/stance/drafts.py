"""A claim before it has an id: who, what, to whom, by which words."""

from dataclasses import dataclass

from kg.discourse import Discourse, Meant, Speaker
from kg.language import Word
from kg.model import Claim, Document, Evidence, Modality, Period, Quote, Role, Span, claim_id
from kg.ontology import Ontology
from kg.stance.arguments import Argument


@dataclass(frozen=True, slots=True)
class Draft:
    """What one cue says of one pair; `polarity` is given where the relation leaves it to the value."""

    relation: str
    cue: Word
    cue_end: Word
    source: Argument
    target: Argument | None
    modality: Modality
    rule: str
    confidence: float
    value: str | None = None
    polarity: int | None = None
    against: Argument | None = None
    about: Argument | None = None
    on_behalf_of: Argument | None = None
    context: tuple[Span, ...] = ()
    speakers: tuple[Speaker, ...] | None = None

    @property
    def span(self) -> Span:
        """The characters of the cue."""
        first, last = sorted((self.cue, self.cue_end), key=lambda word: word.i)
        return Span(first.start, last.end)


def _role(argument: Argument | None, discourse: Discourse, cue: Word) -> Role | None:
    if argument is None:
        return None
    meant = argument.meant
    if argument.implicit:
        latest = discourse.latest(meant, cue)
        return Role(latest.span, discourse.naming_span(latest, meant), f"implicit: {argument.implicit}")
    return Role(meant.found.span, discourse.naming_span(meant.found, meant), "")


def _claimer(speaker: Speaker, discourse: Discourse) -> tuple[Meant | None, str]:
    """Who speaks: an actor, or the words of an unnamed one ("an Israeli official")."""
    meant = discourse.meant(speaker.who)
    if meant and not (meant[0].unnamed and meant[0].kind == "person"):
        return meant[0], ""
    apposed = next((child for child in speaker.who.children if child.dep == "appos" and discourse.meant(child)), None)
    if apposed is not None:
        return discourse.meant(apposed)[0], ""
    return None, _phrase(speaker.who, discourse)


def _phrase(noun: Word, discourse: Discourse) -> str:
    """The noun phrase of an unnamed speaker, without relative clauses."""
    words = [word for word in noun.subtree() if word.i <= noun.i or word.dep in {"prep", "pobj", "compound", "amod", "det"}]
    stop = next((word.i for word in noun.subtree() if word.dep in {"relcl", "acl", "punct"} and word.i > noun.i), None)
    kept = [word for word in words if stop is None or word.i < stop]
    text = discourse.parsed.document.text[kept[0].start : kept[-1].end]
    return " ".join(text.split())[:200]


@dataclass(frozen=True, slots=True)
class _Said:
    claimer: Role | None
    text: str | None
    via: tuple[Role, ...]
    quote: Quote


def _said(draft: Draft, discourse: Discourse) -> list[_Said]:
    """Who says so, the innermost first, outer ones as `via`; two who speak together give two."""
    speakers = list(draft.speakers) if draft.speakers is not None else discourse.speakers_of(draft.cue)
    if not speakers:
        return [_Said(None, None, (), "none")]
    quotation = discourse.speech.quotation_at(draft.cue)
    spoken = discourse.speech.speakers.get(quotation) if quotation else None
    quote: Quote = "direct" if spoken is not None else "indirect"
    innermost, _ = _claimer(speakers[0], discourse)
    said_outside = [_claimer(speaker, discourse)[0] for speaker in speakers[1:]]
    outer = [meant for meant in said_outside if meant is not None and (innermost is None or meant.key != innermost.key)]
    via = tuple(role for meant in outer if (role := _role(Argument(meant), discourse, draft.cue)))
    together = [speakers[0], *(Speaker(child, speakers[0].verb) for child in speakers[0].who.children if child.dep == "conj")]
    said: list[_Said] = []
    for speaker in together:
        meant, text = _claimer(speaker, discourse)
        role = _role(Argument(meant), discourse, draft.cue) if meant is not None else None
        said.append(_Said(role, text or None, via, quote))
    return said


def claims_of(draft: Draft, discourse: Discourse, ontology: Ontology, extractor: str, event: Period) -> list[Claim]:
    """The claims of one draft: one for each who says so."""
    document = discourse.parsed.document
    sentence = discourse.parsed.sentence_of(draft.cue)
    context = tuple(span for span in draft.context if span != sentence.span)
    evidence = Evidence.of(document.text, sentence.span, draft.span, context)
    polarity = ontology.relations[draft.relation].polarity
    return [
        _claim(draft, discourse, said, evidence, polarity or draft.polarity or 0, extractor, event, document)
        for said in _said(draft, discourse)
    ]


def _claim(
    draft: Draft, discourse: Discourse, said: _Said, evidence: Evidence, polarity: int, extractor: str, event: Period, document: Document
) -> Claim:
    source = _role(draft.source, discourse, draft.cue)
    if source is None:
        raise ValueError(f"a claim without a source at {draft.span}")
    roles = {
        "source": source,
        "target": _role(draft.target, discourse, draft.cue),
        "claimer": said.claimer,
        "against": _role(draft.against, discourse, draft.cue),
        "about": _role(draft.about, discourse, draft.cue),
        "on_behalf_of": _role(draft.on_behalf_of, discourse, draft.cue),
    }
    named = {name: role for name, role in roles.items() if role} | {f"via_{i}": role for i, role in enumerate(said.via)}
    return Claim(
        id=claim_id(document.id, evidence, draft.relation, draft.modality, draft.value, named),
        document_id=document.id,
        source=source,
        relation=draft.relation,
        target=roles["target"],
        value=draft.value,
        polarity=polarity,
        modality=draft.modality,
        claimer=said.claimer,
        claimer_text=said.text,
        via=said.via,
        against=roles["against"],
        about=roles["about"],
        on_behalf_of=roles["on_behalf_of"],
        event=event,
        claimed=document.published,
        quote=said.quote,
        evidence=evidence,
        confidence=draft.confidence,
        rule=draft.rule,
        extractor=extractor,
    )
