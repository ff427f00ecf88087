"""A fake extractor for tests of what comes after extraction: it reads one made-up sentence form, without spaCy.

    France COOPERATE possible the Taliban, says Mark Milley.          SOURCE RELATION MODALITY TARGET[, says CLAIMER].
    Iran VIEWS_AS actual the Taliban as apostates (-1).               a value with its sign

Every other sentence makes no claim; a document with BROKEN in it cannot be read; one with DEADLY in it kills a worker process.
"""

import multiprocessing
import os
import re
from collections.abc import Iterable, Iterator, Mapping

from kg.errors import NotFoundError
from kg.gazetteer import Alias, Entry, Gazetteer
from kg.model import (
    Claim,
    Document,
    Evidence,
    Failure,
    Kind,
    Mention,
    Modality,
    Reading,
    Role,
    Span,
    claim_id,
    content_hash,
    document_id,
)
from kg.ontology import load_ontology
from kg.pipeline import Token, Trace
from kg.settings import Settings

FAKE = "fake/1"
_NAME = r"(?:the )?[A-Z][\w.-]*(?: [A-Z][\w.-]*)*?"
_SENTENCE = re.compile(
    rf"(?P<source>{_NAME}) (?P<cue>[A-Z_]+) (?P<modality>[a-z_]+) (?P<target>{_NAME})"
    rf"(?: as (?P<value>[\w ]+) \((?P<sign>[+-]?\d)\))?(?:, says (?P<claimer>{_NAME}))?\.(?=\s|$)"
)
_ONTOLOGY = load_ontology()


def _entry(entry_id: str, name: str, *aliases: str) -> Entry:
    kind: Kind = "country" if entry_id.startswith("country") else "group"
    return Entry(entry_id, name, kind, None, None, None, tuple(Alias(text, "name") for text in (name, *aliases)))


_ENTRIES = (
    _entry("country:CN", "China"),
    _entry("country:FR", "France"),
    _entry("country:IQ", "Iraq", "Iraqis"),
    _entry("country:IR", "Iran"),
    _entry("country:US", "United States", "U.S."),
    _entry("group:isis-k", "ISIS-K", "ISKP"),
    _entry("group:taliban", "Taliban"),
)
GAZETTEER = Gazetteer({entry.id: entry for entry in _ENTRIES}, "fake")


def document(
    text: str, *, url: str | None = None, published: str | None = None, outlet: str | None = None, path: str | None = None
) -> Document:
    """A document as a reader would make it."""
    return Document(document_id(url, text), content_hash(text), text, None, url, outlet, published, "en", path)


def _kind(name: str) -> Kind:
    entry = GAZETTEER.lookup(name)
    return entry.kind if entry else "person" if name.startswith(("Gen", "Mr", "Mark", "Milley", "Dominic")) else "group"


def _role(span: Span, mentions: dict[Span, Mention], of: Document) -> Role:
    text = of.text[span.start : span.end]
    mentions.setdefault(span, Mention(of.id, span, text, _kind(text), "made up"))
    return Role(span, span, "")


def _claim(found: re.Match[str], of: Document, mentions: dict[Span, Mention]) -> Claim:
    roles: Mapping[str, Role] = {
        name: _role(Span(*found.span(name)), mentions, of) for name in ("source", "target", "claimer") if found[name] is not None
    }
    relation, modality = found["cue"], _modality(found["modality"])
    evidence = Evidence.of(of.text, Span(*found.span()), Span(*found.span("cue")))
    return Claim(
        id=claim_id(of.id, evidence, relation, modality, found["value"], roles),
        document_id=of.id,
        source=roles["source"],
        relation=relation,
        target=roles["target"],
        value=found["value"],
        polarity=int(found["sign"] or _ONTOLOGY.relations[relation].polarity or 0),
        modality=modality,
        claimer=roles.get("claimer"),
        claimed=of.published,
        quote="indirect" if "claimer" in roles else "none",
        evidence=evidence,
        confidence=0.5,
        rule="made up",
        extractor=FAKE,
    )


def _modality(text: str) -> Modality:
    modality: Modality = text  # type: ignore[assignment]  # the tests write real ones
    return modality


def fake_reading(of: Document | str) -> Reading:
    """What the fake reads in a document."""
    of = document(of) if isinstance(of, str) else of
    mentions: dict[Span, Mention] = {}
    claims = tuple(_claim(found, of, mentions) for found in _SENTENCE.finditer(of.text))
    return Reading(of, tuple(mentions[span] for span in sorted(mentions)), claims, FAKE)


class FakeExtractor:
    """Stands where `kg.pipeline.extractor.Extractor` does; `read` has the documents that reached it, `made` counts the extractors."""

    made = 0

    extractor = FAKE

    def __init__(self, settings: Settings) -> None:  # noqa: ARG002 - what an extractor is made with
        type(self).made += 1
        self.gazetteer = GAZETTEER
        self.ontology = _ONTOLOGY
        self.read: list[Document] = []

    def readings(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        for of in documents:
            self.read.append(of)
            if "DEADLY" in of.text and multiprocessing.parent_process() is not None:
                os._exit(9)
            yield Failure(of.path or "text", "is broken") if "BROKEN" in of.text else fake_reading(of)

    def trace(self, document: Document, claim_id: str) -> Trace:
        for claim in fake_reading(document).claims:
            if claim.id == claim_id:
                words = claim.evidence.sentence.split()
                tokens = tuple(Token(word, word.lower(), "X", "dep", words[0]) for word in words)
                return Trace(claim.evidence.cue, claim.rule, tokens, ("the fake knows one sentence form",))
        raise NotFoundError(f"{claim_id}: not a claim of this document")
