"""What a text tells, in short lines that a test can compare: "Iran COOPERATE planned Syria against ISIS by Paul Renner (direct)"."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.assemble import resolved_claims
from kg.model import Claim, Document, Mention, Reading, Role, claim_line, content_hash, document_id
from kg.pipeline.extractor import Extractor
from kg.resolve import resolve
from kg.stance.votes import RULE


@dataclass(frozen=True, slots=True)
class Told:
    """A reading with names for spans."""

    reading: Reading

    def words(self, role: Role | None) -> str:
        """The naming words of a role, on one line."""
        return " ".join(self.reading.document.text[role.naming.start : role.naming.end].split()) if role else "-"

    @property
    def mentions(self) -> list[str]:
        """The words of all mentions, in text order."""
        return [mention.text for mention in self.reading.mentions]

    @property
    def kinds(self) -> dict[str, str]:
        """Mention -> kind."""
        return {mention.text: mention.kind for mention in self.reading.mentions}

    def mention(self, words: str, number: int = 0) -> Mention:
        """A mention with these words; the first of them unless another is asked for."""
        return [mention for mention in self.reading.mentions if mention.text == words][number]

    def who(self, words: str, number: int = 0) -> list[str]:
        """Whom a mention stands for: its own words when it is a name."""
        text = self.reading.document.text
        return [" ".join(text[span.start : span.end].split()) for span in self.mention(words, number).namings]

    def line(self, claim: Claim) -> str:
        """A claim with its third actor and its claimer."""
        value = f' "{claim.value}"' if claim.value else ""
        against = f" against {self.words(claim.against)}" if claim.against else ""
        return f"{self.words(claim.source)} {claim.relation} {claim.modality} {self.words(claim.target)}{value}{against}{self.said(claim)}"

    def said(self, claim: Claim) -> str:
        """Who says so, and how: nothing where nobody does."""
        if claim.quote == "none":
            return ""
        who = self.words(claim.claimer) if claim.claimer else f'"{claim.claimer_text}"'
        via = "".join(f" via {self.words(role)}" for role in claim.via)
        return f" by {who} ({claim.quote}){via}"

    @property
    def _ruled(self) -> list[Claim]:
        """What the rules find: whoever writes rules compares that; votes have tests of their own (test_votes.py, test_cues.py)."""
        return [claim for claim in self.reading.claims if not claim.rule.startswith(RULE)]

    @property
    def claims(self) -> set[str]:
        """All claims of the rules, as lines."""
        return {self.line(claim) for claim in self._ruled}

    def of(self, *relations: str) -> set[str]:
        """The claims of these relations, as lines."""
        return {self.line(claim) for claim in self._ruled if claim.relation in relations}

    @property
    def signed(self) -> set[str]:
        """All claims that have a sign (no roles, no structure), as lines."""
        return {self.line(claim) for claim in self._ruled if claim.polarity}


def document(text: str) -> Document:
    """A text as a document without a file."""
    return Document(document_id(None, text), content_hash(text), text)


def tell(extractor: Extractor, text: str) -> Told:
    """Read one text."""
    (reading,) = extractor.readings([document(text)])
    assert isinstance(reading, Reading), reading
    return Told(reading)


def claim_lines(extractor: Extractor, documents: Iterable[Document]) -> list[dict[str, Any]]:
    """The claims of documents as `kg extract` prints them."""
    readings = [reading for reading in extractor.readings(documents) if isinstance(reading, Reading)]
    identities = resolve(readings, extractor.gazetteer)
    return [claim_line(resolved, document) for resolved, document in resolved_claims(readings, identities, extractor.ontology)]
