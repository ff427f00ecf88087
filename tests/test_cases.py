"""The sentences of `cases/relations.txt`, each with the claims it must give; those that are not found yet are listed with a reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.model import Claim, Document, Modality, Reading, Role, content_hash, document_id
from kg.pipeline.extractor import Extractor

if TYPE_CHECKING:
    from kg.gazetteer import Gazetteer

CASES = Path(__file__).parent / "cases"
_EITHER_WAY = {"AT_ODDS_WITH", "ALLIED_WITH"}
_CASE = re.compile(r"(?P<relations>\S+) (?P<modalities>\S+) \| (?P<source>.+?) > (?P<rest>.+)")


@dataclass(frozen=True, slots=True)
class Case:
    """One claim that a sentence must give."""

    line: str
    sentence: str
    relations: frozenset[str]
    modalities: frozenset[str]
    source: str
    target: str
    more: tuple[tuple[str, str], ...]


def _lines(name: str) -> Iterator[str]:
    for line in (CASES / name).read_text(encoding="utf8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _cases() -> Iterator[Case]:
    sentence = ""
    for line in _lines("relations.txt"):
        again = line.startswith("+ ")
        claim = line.removeprefix("+ ")
        if not again:
            claim, sentence = claim.rsplit(" | ", 1)
        found = _CASE.fullmatch(claim)
        assert found is not None, f"not a case: {line}"
        target, *more = found["rest"].split(" ; ")
        yield Case(
            line=f"{claim} | {sentence}",
            sentence=sentence,
            relations=frozenset(found["relations"].split("/")),
            modalities=frozenset(found["modalities"].split("/")),
            source=found["source"],
            target=target,
            more=tuple((key, value) for key, _, value in (part.partition(" ") for part in more)),
        )


ALL = list(_cases())
MISSED = dict(line.rsplit(" # ", 1) for line in _lines("known_misses.txt"))


@dataclass(frozen=True, slots=True)
class Read:
    """The readings of all sentences, and the names they are compared by."""

    readings: dict[str, Reading]
    gazetteer: "Gazetteer"

    def same(self, role: Role | None, name: str, text: str) -> bool:
        """Whether a role is the actor of this name: one entry of the gazetteer, or the same words."""
        if role is None:
            return name == "-"
        entry = self.gazetteer.lookup(name)
        naming = text[role.naming.start : role.naming.end]
        if entry is not None:
            found = self.gazetteer.lookup(naming)
            return found is not None and found.id == entry.id
        return naming.removeprefix("the ").removesuffix("'s").casefold() == name.casefold()


@pytest.fixture(scope="module")
def read(extractor: Extractor) -> Read:
    """All sentences, each read as a document of its own."""
    documents = [Document(document_id(None, text), content_hash(text), text) for text in dict.fromkeys(case.sentence for case in ALL)]
    found = [reading for reading in extractor.readings(documents) if isinstance(reading, Reading)]
    return Read({reading.document.text: reading for reading in found}, extractor.gazetteer)


_CLASS: dict[Modality, str] = {"actual": "actual", "denied": "negative", "not_planned": "negative", "doubted": "negative"}


def _classes(modalities: frozenset[str]) -> set[str]:
    return {_CLASS.get(modality, "uncertain") for modality in modalities}  # type: ignore[call-overload]


def _relation_fits(claim: Claim, case: Case) -> bool:
    signed = claim.relation + ({1: "+", -1: "-"}.get(claim.polarity, "") if claim.relation == "VIEWS_AS" else "")
    return claim.relation in case.relations or signed in case.relations


def _actors_fit(claim: Claim, case: Case, read: Read) -> bool:
    text = case.sentence
    ways = [(claim.source, claim.target)]
    if claim.relation in _EITHER_WAY and claim.target is not None:
        ways.append((claim.target, claim.source))
    return any(read.same(source, case.source, text) and read.same(target, case.target, text) for source, target in ways)


def _rest_fits(claim: Claim, case: Case, read: Read) -> bool:
    text, wanted = case.sentence, dict(case.more)
    if "against" in wanted and not read.same(claim.against, wanted["against"], text):
        return False
    if "value" in wanted and wanted["value"].strip('"').casefold() not in (claim.value or "").casefold():
        return False
    claimer = wanted.get("claimer")
    if claimer is None:
        return claim.claimer is None and claim.claimer_text is None
    if claimer.startswith('"'):
        return (claim.claimer_text or "").casefold() == claimer.strip('"').casefold()
    return claim.claimer is not None and read.same(claim.claimer, claimer, text)


def _found(case: Case, read: Read) -> bool:
    return any(
        _relation_fits(claim, case)
        and _classes(case.modalities) & _classes(frozenset({claim.modality}))
        and _actors_fit(claim, case, read)
        and _rest_fits(claim, case, read)
        for claim in read.readings[case.sentence].claims
    )


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.line)
def test_a_sentence_gives_its_claim(case: Case, read: Read) -> None:
    found = _found(case, read)
    if case.line in MISSED:
        assert not found, "found now: take it out of known_misses.txt"
        pytest.xfail(MISSED[case.line])
    assert found, [f"{claim.relation} {claim.modality} by {claim.rule}" for claim in read.readings[case.sentence].claims]


def test_every_relation_has_cases() -> None:
    assert len(ALL) >= 150
    assert {relation.rstrip("+-") for case in ALL for relation in case.relations} >= {"AGREE", "ASSAULT", "VIEWS_AS", "PART_OF", "CONTROLS"}


def test_sentences_known_to_be_missed_are_among_the_cases() -> None:
    assert set(MISSED) <= {case.line for case in ALL}
