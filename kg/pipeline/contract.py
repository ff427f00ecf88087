"""What the pipeline asks of an extractor, and what an extractor tells about one claim."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from kg.gazetteer import Gazetteer
from kg.model import Document, Failure, Reading
from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the sentence as the parser saw it; `head` is the text of the word it hangs on."""

    text: str
    lemma: str
    pos: str
    dep: str
    head: str


@dataclass(frozen=True, slots=True)
class Weight:
    """One thing known of a claim, in words, and what it adds to the log-odds of its confidence: ("the cue “condemn”", 0.21)."""

    words: str
    value: float


@dataclass(frozen=True, slots=True)
class Trace:
    """How a claim was found: its cue and rule, the words of its sentence, and the reasons in the order they were given.

    `paths`: by role, the way in the tree from the cue. `weights`: what makes the confidence, the base of all claims first and then the
    largest; confidence = 1 / (1 + exp(-sum)). Empty where nothing is fitted.
    """

    cue: str
    rule: str
    tokens: tuple[Token, ...]
    reasons: tuple[str, ...]
    paths: Mapping[str, str] = field(default_factory=dict)
    weights: tuple[Weight, ...] = ()


class Reads(Protocol):
    """Reads documents: the extractor, or a fake of it in tests.

    `extractor` stands for everything that decides what is read: version, ontology, gazetteer and model.
    """

    extractor: str
    gazetteer: Gazetteer
    ontology: Ontology

    def readings(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        """One Reading or Failure a document, in their order, lazily."""
        ...

    def trace(self, document: Document, claim_id: str) -> Trace:
        """How this claim of this document was found.

        Raises:
            NotFoundError: the document does not make this claim.
        """
        ...
