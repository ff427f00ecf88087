"""The sample articles and the claims expected of them: whole, consistent with each other and with the ontology."""

import json
import re
from functools import cache
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
EXAMPLE = "GUIDELINE.md"


@cache
def row_of(name: str) -> dict[str, Any]:
    """The one row of an article's file; of the guideline, the row that it shows."""
    if name == EXAMPLE:
        lines = re.findall(r"^```json\n(.*?)^```$", (DATA / name).read_text(encoding="utf8"), re.MULTILINE | re.DOTALL)
    else:
        lines = (DATA / "expected" / f"{name}.jsonl").read_text(encoding="utf8").splitlines()
    assert len(lines) == 1
    row: dict[str, Any] = json.loads(lines[0])
    return row


def fields_of(row: dict[str, Any]) -> set[str]:
    """The names of the fields of a row and of its claims."""
    return set(row).union(*row["claims"])


each_article = pytest.mark.parametrize("name", ARTICLES)
each_row = pytest.mark.parametrize("name", [*ARTICLES, EXAMPLE])


def test_there_are_articles_of_every_kind_and_each_has_its_claims() -> None:
    assert len(ARTICLES) >= 12
    assert {path.suffix for path in ARTICLES.values()} == {".txt", ".md", ".html"}
    assert {path.stem for path in (DATA / "expected").iterdir()} == set(ARTICLES)


@each_article
def test_an_article_has_the_length_of_news_and_the_claims_of_one(name: str) -> None:
    row = row_of(name)
    assert row["id"] == name
    assert row["text"].startswith(row["title"] + "\n\n")
    assert 250 <= len(row["text"].split()) <= 900
    assert len([claim for claim in row["claims"] if claim["core"]]) >= 15


@each_row
def test_cues_and_names_stand_where_the_row_says(name: str) -> None:
    text = row_of(name)["text"]
    for claim in row_of(name)["claims"]:
        assert text[claim["cue_start"] : claim["cue_end"]] == claim["cue"]
        for role in ("source", "target", "claimer"):
            span = claim[f"{role}_span"]
            assert (text[slice(*span)] if span else None) == claim[f"{role}_text"]


@each_row
def test_relations_modalities_and_signs_are_those_of_the_ontology(name: str) -> None:
    relations = load_ontology().relations
    for claim in row_of(name)["claims"]:
        assert claim["relation"], claim["cue"]
        assert claim["modality"], claim["cue"]
        assert set(claim["modality"]) <= set(MODALITIES)
        polarities = {relations[relation].polarity for relation in claim["relation"]} - {None}
        assert {SIGNS[polarity] for polarity in polarities if polarity} <= {claim["sign"]}, claim["cue"]
        assert 0 not in polarities
        assert claim["sign"] in {"+", "-"}
        assert claim["time"] in {"past", "present", "future", "unknown"}
        assert claim["symmetric"] or not relations[claim["relation"][0]].symmetric


@each_row
def test_every_actor_of_a_claim_is_listed_with_its_names(name: str) -> None:
    aliases = row_of(name)["aliases"]
    for claim in row_of(name)["claims"]:
        assert claim["source"], claim["cue"]
        assert claim["target"], claim["cue"]
        assert {*claim["source"], *claim["target"], *claim["claimer"], *claim["against"]} <= set(aliases)
    assert all(names[0] == actor for actor, names in aliases.items())


@each_article
def test_the_reader_gives_the_text_that_was_annotated(name: str) -> None:
    (document,) = read([ARTICLES[name]], Settings())
    assert isinstance(document, Document)
    assert document.text == row_of(name)["text"]
    assert document.title == row_of(name)["title"]
    assert document.url == row_of(name)["url"]


@each_article
def test_the_day_of_publication_is_found(name: str) -> None:
    (document,) = read([ARTICLES[name]], Settings())
    assert isinstance(document, Document)
    assert str(document.published) == row_of(name)["date"]


def test_the_guideline_explains_every_field_and_every_modality() -> None:
    guideline = (DATA / "GUIDELINE.md").read_text(encoding="utf8")
    assert [modality for modality in MODALITIES if f"`{modality}`" not in guideline] == []
    assert [
        field for field in fields_of(row_of(EXAMPLE)) if f"`{field}`" not in guideline and not field.startswith(("target_", "claimer_"))
    ] == []


@each_article
def test_a_row_has_the_fields_of_the_example(name: str) -> None:
    assert fields_of(row_of(name)) == fields_of(row_of(EXAMPLE))
