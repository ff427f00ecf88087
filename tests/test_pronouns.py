"""Whom a pronoun means: in which clause, in which role, how far back; he or she; and how the weights of all that are fitted."""

import gzip
import json
import math
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.discourse.salience import weights
from kg.pipeline.extractor import Extractor
from kg.training.salience import Choice, cross_validated, fit_salience, fitted, right_share, written

if TYPE_CHECKING:
    from conftest import Tell

ROOT = Path(__file__).parent.parent


# --- he and she


@pytest.mark.parametrize(
    ("text", "pronoun", "who"),
    [
        ("Paul Renner warned Adrian Kolb. He left.", "He", "Paul Renner"),
        ("Paul Renner spoke with Adrian Kolb, and he smiled.", "he", "Paul Renner"),
        ("Paul Renner said that he would leave. Adrian Kolb stayed.", "he", "Paul Renner"),
        ("Adrian Kolb was there. Paul Renner praised his own speech.", "his", "Paul Renner"),
        ("Adrian Kolb resigned on Monday. Paul Renner and his allies were pleased.", "his", "Paul Renner"),
        ("Adrian Kolb came. Paul Renner thanked him.", "him", "Adrian Kolb"),
        ("Adrian Kolb said Paul Renner had betrayed himself.", "himself", "Paul Renner"),
    ],
)
def test_the_role_in_the_clause_tells_who_is_meant(text: str, pronoun: str, who: str, read_text: "Tell") -> None:
    assert read_text(text).who(pronoun) == [who]


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Adrian Kolb left. In his speech on Tuesday, Paul Renner attacked the plan.", "his"),
        ("The day was long. When he arrived in Lyon, Paul Renner was tired.", "he"),
        ("Adrian Kolb left. Despite her illness, Maria Stein ran for office.", "her"),
    ],
)
def test_who_is_named_later_in_the_sentence_may_be_meant(text: str, pronoun: str, read_text: "Tell") -> None:
    assert read_text(text).who(pronoun) == ["Maria Stein" if pronoun == "her" else "Paul Renner"]


def test_who_says_that_someone_left_is_not_who_left(read_text: "Tell") -> None:
    told = read_text("Paul Renner met Adrian Kolb. He said that Renner had lied.")
    assert told.who("He") == ["Adrian Kolb"]


def test_nobody_is_his_own_brother(read_text: "Tell") -> None:
    told = read_text("Paul Renner resigned. His brother Adrian Kolb took over.")
    assert told.who("His") == ["Paul Renner"]


@pytest.mark.parametrize("beside", ["his wife Kim Renner", "Kim Renner, a daughter of the general,"])
def test_a_noun_beside_the_name_tells_he_from_she(beside: str, read_text: "Tell") -> None:
    told = read_text(f"Viktor Kolb saw Paul Renner and {beside} on Monday. She smiled.")
    assert told.who("She") == ["Kim Renner"]


def test_who_is_called_he_is_a_person(extractor: Extractor) -> None:
    """Also where the name was taken for a company's."""
    from told import document

    (parsed,) = extractor.parse([document("Okafor Brandt won the vote on Sunday. He thanked the voters.")])
    kinds = {mention.text: mention.kind for mention in extractor.discourse(parsed).mentions()}
    assert kinds["Okafor Brandt"] == kinds["He"] == "person"


def test_an_organisation_is_never_he(read_text: "Tell") -> None:
    told = read_text("NATO met the European Union. He left.")
    assert "He" not in told.mentions


def test_who_spoke_goes_on_speaking(read_text: "Tell") -> None:
    told = read_text('Paul Renner said that Adrian Kolb was wrong. "It is late," he added.')
    assert told.who("he") == ["Paul Renner"]


# --- they and it


@pytest.mark.parametrize(
    ("text", "pronoun", "who"),
    [
        ("Paul Renner and Adrian Kolb met in Lyon. They agreed on a plan.", "They", ["Paul Renner", "Adrian Kolb"]),
        ("It was Paul Renner and Adrian Kolb who lost, and they know it.", "they", ["Paul Renner", "Adrian Kolb"]),
        ("Iran was silent. The Republicans praised the plan. They were pleased.", "They", ["Republicans"]),
    ],
)
def test_they_are_several(text: str, pronoun: str, who: list[str], read_text: "Tell") -> None:
    assert read_text(text).who(pronoun) == who


def test_its_is_of_who_acts(read_text: "Tell") -> None:
    told = read_text("Syria was calm. Iran reported that Hezbollah had lost its way.")
    assert told.who("its") == ["Hezbollah"]


def test_it_far_from_any_actor_is_nobody(read_text: "Tell") -> None:
    told = read_text("Iran voted. The day was long. The night was cold. The coffee was bad. It was a pity.")
    assert "It" not in told.mentions


# --- we


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ('Iran and Iraq met. The United States was silent. "We trust Iran," Senator Maria Stein said.', "United States"),
        ('The United States warned Iran. Iran was calm. "We trust Iran," President Maria Stein said.', "United States"),
        ('The United States warned Iran. "We trust Iran," said Maria Stein, the speaker of the House.', "Maria Stein"),
    ],
)
def test_we_is_the_country_or_the_member_of_parliament(text: str, who: str, read_text: "Tell") -> None:
    assert [name.removeprefix("The ") for name in read_text(text).who("We")] == [who]


# --- the weights


def test_the_weights_that_ship_are_whole() -> None:
    for table in weights().values():
        assert len(table) > 40
        assert all(math.isfinite(weight) for weight in table.values())
    assert "kg.training.salience" in (ROOT / "docs" / "model_card.md").read_text("utf8")


def choice(*candidates: str, right: int, text: str = "a") -> Choice:
    return Choice(tuple((candidate,) for candidate in candidates), tuple(i == right for i in range(len(candidates))), text)


def test_the_weights_fitted_are_those_of_the_formula() -> None:
    """Of three choices between a and b two fall on a: without any drawing back the odds of the weights are two to one."""
    choices = [choice("a", "b", right=0), choice("a", "b", right=0), choice("a", "b", right=1)]
    found = fitted(choices, 1e-6, {})
    assert found["a"] - found["b"] == pytest.approx(math.log(2), abs=1e-3)
    assert right_share(choices, found) == pytest.approx(2 / 3)


def test_weights_are_drawn_towards_those_they_start_from() -> None:
    choices = [choice("a", "b", right=0)]
    assert fitted(choices, 1000.0, {"a": 1.0, "b": 3.0}) == pytest.approx({"a": 1.0, "b": 3.0}, abs=0.01)
    assert fitted(choices, 0.1, {"a": 1.0, "b": 3.0})["a"] > 2.0


def test_a_choice_counts_as_often_as_it_says() -> None:
    twice = Choice((("a",), ("b",)), (True, False), "a", times=2)
    found = fitted([twice, choice("a", "b", right=1)], 1e-6, {})
    assert found["a"] - found["b"] == pytest.approx(math.log(2), abs=1e-3)


def test_no_text_is_judged_by_weights_that_saw_it() -> None:
    """The one text in which b is right is the one that is judged when it is held out."""
    parts = {"x": [choice("a", "b", right=1, text="odd"), *(choice("a", "b", right=0, text=f"t{i}") for i in range(4))]}
    assert cross_validated(parts, 0.01, {}) == {"x": pytest.approx(4 / 5)}


def test_what_is_written_can_be_read() -> None:
    text = written({"he_or_she": {"b": -0.504, "a": 1.0, "tiny": 0.001}, "they_or_it": {}}, "two\nlines")
    assert text.startswith("# two\n# lines\n")
    assert tomllib.loads(text) == {"he_or_she": {"a": 1.0, "b": -0.5}, "they_or_it": {}}


def packed(path: Path, row: object) -> Path:
    path.write_bytes(gzip.compress((json.dumps(row) + "\n").encode()))
    return path


def test_gold_rows_become_weights(tmp_path: Path) -> None:
    """One row of each of the three formats, written here."""
    text = "Paul Renner met Adrian Kolb. He left. Later Adrian Kolb praised NATO, but it was silent."
    he, it = text.index("He"), text.index("it was")

    def at(words: str) -> dict[str, object]:
        return {"start": text.index(words), "end": text.index(words) + len(words), "text": words}

    gap = {
        "id": "1",
        "text": text,
        "pronoun": {"start": he, "end": he + 2, "text": "He"},
        "a": {**at("Paul Renner"), "coref": True},
        "b": {**at("Adrian Kolb"), "coref": False},
    }
    silent = {"source": ["NATO"], "target": ["Adrian Kolb"], "claimer": [], "relation": ["REJECT"], "modality": ["actual"], "sign": "-"}
    claim = {**silent, "core": True, "symmetric": False, "cue": "silent", "cue_start": it + 7, "cue_end": it + 13}
    claims = {"id": "2", "text": text, "aliases": {"NATO": [], "Adrian Kolb": []}, "claims": [{**claim, "source_span": [it, it + 2]}]}
    mentions = [{**at(words), "type": "person"} for words in ("Paul Renner", "Adrian Kolb")]
    group = [{"start": mentions[0]["start"], "end": mentions[0]["end"]}, {"start": he, "end": he + 2}]
    gum = {"id": "3", "text": text, "genre": "news", "mentions": mentions, "clusters": [group]}
    rows: dict[str, object] = {"gap": gap, "claims": claims, "gum": gum}
    first, second, third = (packed(tmp_path / f"{name}.jsonl.gz", row) for name, row in rows.items())

    note = fit_salience(first, second, third, tmp_path / "out.toml")

    assert "gap 1.000 of 1, gum 1.000 of 1" in note
    tables = tomllib.loads((tmp_path / "out.toml").read_text("utf8"))
    assert tables["he_or_she"]["subject_from_subject_back"] > 0 > tables["he_or_she"]["subject_from_object_back"]
