"""Mutated texts: nothing is raised, what is found stands in the text, the order does not matter, reading again gives the same."""

import contextlib
import random
import string
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Document, Reading, dumps, reading_from_json, reading_to_json
from kg.pipeline.extractor import Extractor
from kg.readers import document_of, read
from kg.settings import Settings

ARTICLES = Path(__file__).parent.parent / "data" / "articles"
FEW, MANY = 300, 10_000
_ODD = "\u200b\u202e\u00ad\ufeff\u0000\ud800“”‘’\"'()[]{}<>&…—–-—.,;:!?\n\t\u2028é한ж🙂%$#@*_`\\|/"
_WORDS = """not never said that if may will would he she they it we each other Russia Taliban U.S. ISIS-K Mr. according to told
"I "We ' who which whose between against with 2019 Monday the the (a.k.a. R-Texas) Jr. O'Neil's"""


def _texts() -> list[str]:
    return [item.text for item in read([ARTICLES], Settings()) if isinstance(item, Document)]


def _delete(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + text[at + chance.randrange(1, 40) :]


def _insert(text: str, at: int, chance: random.Random) -> str:
    odd = "".join(chance.choices(_ODD + string.ascii_letters, k=chance.randrange(1, 6)))
    return text[:at] + odd + text[at:]


def _word(text: str, at: int, chance: random.Random) -> str:
    return f"{text[:at]} {chance.choice(_WORDS.split())} {text[at:]}"


def _repeat(text: str, at: int, chance: random.Random) -> str:
    piece = text[at : at + chance.randrange(1, 200)]
    return text[:at] + piece * chance.randrange(2, 4) + text[at:]


def _swap(text: str, at: int, chance: random.Random) -> str:
    other = chance.randrange(len(text))
    low, high = sorted((at, other))
    return text[high:] + text[low:high] + text[:low]


def _case(text: str, at: int, chance: random.Random) -> str:
    end = at + chance.randrange(1, 300)
    return text[:at] + (text[at:end].upper() if chance.random() < 0.5 else text[at:end].lower()) + text[end:]


MUTATIONS: tuple[Callable[[str, int, random.Random], str], ...] = (_delete, _insert, _word, _repeat, _swap, _case)


def mutated(seed: int, texts: list[str]) -> str:
    """A stretch of an article with some of its characters, words and sentences spoilt; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - a test
    text = chance.choice(texts)
    at = chance.randrange(len(text))
    text = text[at : at + chance.randrange(80, 900)] or text
    for _ in range(chance.randrange(1, 9)):
        text = chance.choice(MUTATIONS)(text, chance.randrange(len(text) + 1), chance) or "x"
    return text[:4000]


def documents(seeds: range, texts: list[str]) -> Iterator[Document]:
    """Those mutated texts that a reader takes."""
    for seed in seeds:
        with contextlib.suppress(InputError):
            yield document_of(mutated(seed, texts), published="2024-05-01", settings=Settings())


def check(extractor: Extractor, seeds: range) -> int:
    """Read them; how many were read."""
    known = list(documents(seeds, _texts()))
    count = 0
    for document, reading in zip(known, extractor.readings(known), strict=True):
        assert isinstance(reading, Reading), f"{reading} at {document.text!r}"
        count += 1
        text = document.text
        for mention in reading.mentions:
            assert text[mention.span.start : mention.span.end] == mention.text
        for claim in reading.claims:
            assert claim.evidence.fits(text)
            assert 0 < claim.confidence <= 1
            assert all(role.mention in reading.mention_at for role in claim.roles.values())
        assert reading_from_json(reading_to_json(reading)) == reading
    return count


def test_mutated_texts_break_nothing(extractor: Extractor) -> None:
    assert check(extractor, range(FEW)) > 0.6 * FEW


@pytest.mark.slow
def test_many_mutated_texts_break_nothing(extractor: Extractor) -> None:
    assert check(extractor, range(FEW, MANY)) > 0.6 * (MANY - FEW)


def test_a_text_is_read_the_same_whatever_was_read_before_it(extractor: Extractor) -> None:
    known = list(documents(range(40), _texts()))
    forwards = {
        reading.document.id: dumps(reading_to_json(reading)) for reading in extractor.readings(known) if isinstance(reading, Reading)
    }
    backwards = {
        reading.document.id: dumps(reading_to_json(reading)) for reading in extractor.readings(known[::-1]) if isinstance(reading, Reading)
    }
    assert forwards == backwards
    alone = [
        dumps(reading_to_json(reading))
        for document in known[:5]
        for reading in extractor.readings([document])
        if isinstance(reading, Reading)
    ]
    assert alone == [forwards[document.id] for document in known[:5]]
