"""Reading costs little beside the parser that it rests on, and no more memory for many documents than for some. Run by `make slow`."""

import gzip
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.evaluation import speed
from kg.model import Document
from kg.readers import read
from kg.settings import Settings

HERE = Path(__file__).parent
ARTICLES = HERE.parent / "data" / "articles"
EVAL = HERE.parent.parent / "shared" / "eval"
DEV = EVAL / "polnear" / "dev.jsonl.gz"
MANY = (EVAL / "polnear" / "train.jsonl.gz", DEV, EVAL / "wikinews" / "train.jsonl.gz")

pytestmark = pytest.mark.slow


def texts_of(*paths: Path) -> list[str]:
    """The texts of gold data, each once."""
    texts: dict[str, None] = {}
    for path in paths:
        with gzip.open(path, "rt", encoding="utf8") as lines:
            texts |= dict.fromkeys(json.loads(line)["text"] for line in lines)
    return list(texts)


def sample_texts() -> list[str]:
    """Our own articles, ten times."""
    return [item.text for item in read([ARTICLES], Settings()) if isinstance(item, Document)] * 10


def written(texts: Iterable[str], folder: Path) -> Path:
    path = folder / "texts.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf8")
    return path


def test_reading_is_not_much_slower_than_parsing(tmp_path: Path) -> None:
    path = written(texts_of(DEV) if DEV.is_file() else sample_texts(), tmp_path)
    rounds = list(speed.reading(path, Settings()))
    sys.stdout.write(f"{rounds}\n")
    assert len(rounds) == speed.ROUNDS
    assert speed.ratio(rounds) >= 0.6


@pytest.mark.skipif(not all(path.is_file() for path in MANY), reason="a thousand different articles are not on this machine")
def test_a_thousand_documents_need_no_more_memory_than_a_hundred(tmp_path: Path) -> None:
    found = speed.memory(written(texts_of(*MANY)[:1000], tmp_path), Settings())
    sys.stdout.write(f"{found}\n")
    assert found.documents >= 990
    assert found.after_100 is not None
    assert found.after_all <= 1.1 * found.after_100
    assert found.written <= 1.1 * found.after_100
