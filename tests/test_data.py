"""The sample articles and the claims expected of them: whole, consistent with each other and with the ontology."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.model import MODALITIES, Document
from kg.ontology import load_ontology
from kg.readers import read
from kg.settings import Settings

DATA = Path(__file__).parent.parent / "data"
ARTICLES = {path.stem: path for path in sorted((DATA / "articles").iterdir())}
SIGNS = {1: "+", -1: "-"}


def row_of(name: str) -> dict[str, Any]:
    """The one row of an article's file."""
    lines = (DATA / "expected" / f"{name}.jsonl").read_text(encoding="utf8").splitlines()
    assert len(lines) == 1
    row: dict[str, Any] = json.loads(lines[0])
    return row


ROWS = {name: row_of(name) for name in ARTICLES}
each_article = pytest.mark.parametrize("name", ARTICLES)


def test_there_are_articles_of_every_kind_and_each_has_its_claims() -> None:
    assert len(ARTICLES) >= 6
    assert {path.suffix for path in ARTICLES.values()} == {".txt", ".md", ".html"}
    assert {path.stem for path in (DATA / "expected").iterdir()} == set(ARTICLES)


@each_article
def test_an_article_has_the_length_of_news_and_the_claims_of_one(name: str) -> None:
    row = ROWS[name]
    assert row["id"] == name
    assert row["text"].startswith(row["title"] + "\n\n")
    assert 250 <= len(row["text"].split()) <= 900
    assert len([claim for claim in row["claims"] if claim["core"]]) >= 15


@each_article
def test_cues_and_names_stand_where_the_row_says(name: str) -> None:
    text = ROWS[name]["text"]
    for claim in ROWS[name]["claims"]:
        assert text[claim["cue_start"] : claim["cue_end"]] == claim["cue"]
        for role in ("source", "target", "claimer"):
            span = claim[f"{role}_span"]
            assert (text[slice(*span)] if span else None) == claim[f"{role}_text"]


@each_article
def test_relations_modalities_and_signs_are_those_of_the_ontology(name: str) -> None:
    relations = load_ontology().relations
    for claim in ROWS[name]["claims"]:
        assert claim["relation"], claim["cue"]
        assert claim["modality"], claim["cue"]
        assert set(claim["modality"]) <= set(MODALITIES)
        polarities = {relations[relation].polarity for relation in claim["relation"]} - {None}
        assert {SIGNS[polarity] for polarity in polarities if polarity} <= {claim["sign"]}, claim["cue"]
        assert 0 not in polarities
        assert claim["sign"] in {"+", "-"}
        assert claim["time"] in {"past", "present", "future", "unknown"}
        assert claim["symmetric"] or not relations[claim["relation"][0]].symmetric


@each_article
def test_every_actor_of_a_claim_is_listed_with_its_names(name: str) -> None:
    aliases = ROWS[name]["aliases"]
    for claim in ROWS[name]["claims"]:
        assert claim["source"], claim["cue"]
        assert claim["target"], claim["cue"]
        assert {*claim["source"], *claim["target"], *claim["claimer"], *claim["against"]} <= set(aliases)
    assert all(names[0] == actor for actor, names in aliases.items())


@each_article
def test_the_reader_gives_the_text_that_was_annotated(name: str) -> None:
    (document,) = read([ARTICLES[name]], Settings())
    assert isinstance(document, Document)
    assert document.text == ROWS[name]["text"]
    assert document.title == ROWS[name]["title"]
    assert document.url == ROWS[name]["url"]


@each_article
def test_the_day_of_publication_is_found(name: str) -> None:
    (document,) = read([ARTICLES[name]], Settings())
    assert isinstance(document, Document)
    assert str(document.published) == ROWS[name]["date"]
