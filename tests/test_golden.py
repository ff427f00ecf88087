"""One article's reading, byte for byte, so that a change of any mention, claim, offset or reason is seen."""

from pathlib import Path

import pytest

from kg.model import Document, Reading, dumps, reading_to_json
from kg.pipeline.extractor import Extractor
from kg.readers import read
from kg.settings import Settings

ROOT = Path(__file__).parent.parent
ARTICLE = "data/articles/somalia_islamic_state.txt"
GOLDEN = ROOT / "tests" / "golden" / "readings.jsonl"


def test_the_reading_of_an_article_is_the_one_on_file(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change of the code that reads changes the extractor's name and with it this file: `make golden` writes it anew."""
    monkeypatch.chdir(ROOT)
    documents = [item for item in read([ARTICLE], Settings()) if isinstance(item, Document)]
    lines = [dumps(reading_to_json(item)) + "\n" for item in extractor.readings(documents) if isinstance(item, Reading)]
    assert len(lines) == 1
    assert "".join(lines).encode() == GOLDEN.read_bytes()
