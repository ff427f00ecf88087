"""One document: Document -> Reading, with everything it needs loaded once."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources

from kg.discourse import Discourse, read_discourse, speech_words
from kg.gazetteer import load_gazetteer
from kg.language import Parsed, Word, load
from kg.model import Document, Failure, Modality, Reading, Span
from kg.ontology import load_ontology
from kg.pipeline.contract import Trace
from kg.pipeline.trace import claim_in, cue_of, trace_of
from kg.settings import Settings
from kg.stance import accounted, compile_cues, find_claims, modality_of, operators_over, reasons_of_vote

VERSION = "rules/0.1"
_READING = ("language", "mentions", "discourse", "stance")


def _rules() -> str:
    """A hash of the code that reads, so that what an older version of it read is known as older."""
    hashed = hashlib.sha256()
    package = resources.files("kg")
    for name in _READING:
        part = package / name
        for file in [part] if part.is_file() else sorted(part.iterdir(), key=lambda file: file.name):
            if file.is_file():
                hashed.update(file.read_bytes())
    return hashed.hexdigest()


class Extractor:
    """spaCy, gazetteer and ontology, ready to read; opening one takes seconds, so open it once.

    Raises:
        SettingsError: a gazetteer or ontology file is not valid.
        ModelError: the spaCy pipeline cannot be loaded.
    """

    def __init__(self, settings: Settings) -> None:
        self.gazetteer = load_gazetteer(settings.gazetteers)
        self.ontology = load_ontology(settings.ontologies)
        self.lexicon = compile_cues(self.ontology)
        self._speech = speech_words(self.ontology)
        self._pipeline = load(settings.model, self.gazetteer)
        parts = f"{self._pipeline.name}\n{self.gazetteer.digest}\n{self.ontology.digest}\n{_rules()}"
        self.extractor = f"{VERSION}+{hashlib.sha256(parts.encode()).hexdigest()[:8]}"

    def readings(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        """The readings of a stream of documents, in their order; what one document breaks costs that document only."""
        for parsed in self.parse(documents):
            try:
                yield self.read(parsed)
            except (ValueError, RecursionError) as error:
                yield Failure(parsed.document.path or "text", f"could not be read: {error}")

    def parse(self, documents: Iterable[Document]) -> Iterator[Parsed]:
        """Documents parsed, in their order."""
        return self._pipeline.parse(documents)

    def read(self, parsed: Parsed, marked: Sequence[Span] = ()) -> Reading:
        """The mentions and claims of one parsed document; `marked`: stretches that are known to name an actor each."""
        discourse = self.discourse(parsed, marked)
        claims = find_claims(discourse, self.ontology, self.lexicon, self.extractor)
        return Reading(parsed.document, discourse.mentions(), claims, self.extractor)

    def discourse(self, parsed: Parsed, marked: Sequence[Span] = ()) -> Discourse:
        """Who is meant where in a parsed document, and who speaks."""
        return read_discourse(parsed, self._speech, marked)

    def modality(self, word: Word) -> Modality:
        """How surely what a word says is so, whether or not a claim stands on it: "France may *leave*" gives possible."""
        return modality_of(word, self.lexicon)

    def trace(self, document: Document, claim_id: str) -> Trace:
        """How a claim of this document came about.

        Raises:
            NotFoundError: the document makes no such claim.
        """
        (parsed,) = self.parse([document])
        reading, discourse = self.read(parsed), self.discourse(parsed)
        claim = claim_in(reading, claim_id)
        account = accounted(claim, discourse, self.ontology, self.lexicon)
        cue = cue_of(claim, parsed, account)
        operators = operators_over(cue, self.lexicon) if cue is not None else []
        return trace_of(parsed, reading, claim, operators, account, reasons_of_vote(discourse, self.ontology, self.lexicon, claim))
