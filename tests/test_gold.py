"""How much of what careful readers find is found: floors, a little under what was measured, on data that not everybody has.

The article of the worked example and the gold claims lie beside the repository, not in it; without them these tests skip.
"""

import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from told import claim_lines
from worked_example import ROWS, look_up, table

from kg.model import Document, content_hash, document_id
from kg.pipeline.extractor import Extractor
from kg.readers import read
from kg.settings import Settings

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
ARTICLE = SHARED / "seed" / "article.txt"
CLAIMS = SHARED / "eval" / "claims"
SCORER = CLAIMS / "score.py"

needs_article = pytest.mark.skipif(not ARTICLE.is_file(), reason="the article of the worked example is not on this machine")
needs_scorer = pytest.mark.skipif(not SCORER.is_file(), reason="the gold claims and their scorer are not on this machine")


@cache
def scorer() -> ModuleType:
    """The reference scorer, from where it lies."""
    spec = importlib.util.spec_from_file_location("claims_score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scores(rows: list[dict[str, Any]], extractor: Extractor) -> dict[str, float]:
    """The scorer's figures for what is read in the texts of these rows."""
    texts = {document_id(row["url"], row["text"]): row for row in rows}
    documents = [
        Document(key, content_hash(row["text"]), row["text"], row["title"], row["url"], published=row["date"]) for key, row in texts.items()
    ]
    lines: dict[str, list[dict[str, Any]]] = {}
    for line in claim_lines(extractor, documents):
        lines.setdefault(line["document"]["id"], []).append(line)
    figures: dict[str, float] = scorer().summary([scorer().score(row, lines.get(key, []))[0] for key, row in texts.items()])
    sys.stdout.write("  ".join(f"{name} {value:.3f}" for name, value in figures.items()) + "\n")
    return figures


@needs_article
def test_the_worked_example_is_mostly_found(extractor: Extractor) -> None:
    documents = [item for item in read([ARTICLE], Settings()) if isinstance(item, Document)]
    lines = claim_lines(extractor, documents)
    sys.stdout.write(table(lines) + "\n")
    assert sum(found.line is not None for found in look_up(lines)) >= 9


def test_the_worked_example_has_sixteen_rows() -> None:
    assert [row.number for row in ROWS] == list(range(16))


@needs_scorer
def test_claims_of_articles_that_two_people_read(extractor: Extractor) -> None:
    figures = scores(scorer().read_jsonl(str(CLAIMS / "dev.jsonl.gz")), extractor)
    assert figures["precision"] >= 0.35
    assert figures["f1"] > 0.16
    assert figures["pair_f1"] > 0.31


@needs_scorer
def test_claims_of_the_sample_articles(extractor: Extractor) -> None:
    rows = [json.loads(path.read_text(encoding="utf8")) for path in sorted((ROOT / "data" / "expected").iterdir())]
    figures = scores(rows, extractor)
    assert figures["precision"] >= 0.45
    assert figures["f1"] >= 0.2
    assert figures["pair_f1"] >= 0.3
