"""The chances of claims: the models are data, what is fitted is what is read, and a fault in the samples shows in the scores."""

import json
import math
import tomllib
from pathlib import Path

import pytest

from kg.evaluation.scikit import logistic
from kg.pipeline.extractor import Extractor
from kg.stance import candidates
from kg.stance.chances import Model, model
from kg.training.chances import Sample, Text, fit_chances, places, threshold, written

EXPECTED = Path(__file__).parent.parent / "data" / "expected"


def test_a_chance_is_the_logistic_of_the_sum_of_weights() -> None:
    one = Model(-1.0, 0.5, {"a": 0.5, "b": 1.5})
    assert one.chance(["a", "b", "unknown"]) == pytest.approx(1 / (1 + math.exp(-1)))
    assert one.chance([]) == pytest.approx(1 / (1 + math.e))


def test_the_model_that_ships_is_whole() -> None:
    one = model("found")
    assert 0 < one.enough < 1
    assert len(one.weights) > 50
    assert all(math.isfinite(weight) for weight in one.weights.values())
    card = (Path(__file__).parent.parent / "docs" / "model_card.md").read_text("utf8")
    assert "kg.training.chances" in card


def test_what_a_model_learns_is_what_tells_right_from_wrong() -> None:
    samples = [("good", "x") if i % 2 else ("bad", "x") for i in range(40)]
    fitted = logistic(samples, [i % 2 == 1 for i in range(40)], [str(i // 4) for i in range(40)], strength=1.0, least=3)
    assert fitted.weights["good"] > 0.5 > -0.5 > fitted.weights["bad"]
    assert all((chance > 0.5) == (i % 2 == 1) for i, chance in enumerate(fitted.chances))
    assert (
        "rare"
        not in logistic([*samples[:-1], ("rare",)], [i % 2 == 1 for i in range(40)], list(map(str, range(40))), strength=1, least=3).weights
    )


def sample(*gold: int) -> Sample:
    return Sample((), "text", frozenset(gold))


READ = [Text([sample(0), sample(), sample(1)], frozenset({0, 1, 2})), Text([sample(0)], frozenset({0}))]


def test_places_are_counted_as_by_hand() -> None:
    chances = [0.9, 0.4, 0.6, 0.7]
    # three made, all right; of four core claims three are found
    assert places(READ, chances, 0.5) == pytest.approx((1, 3 / 4, 6 / 7))
    # the wrong one is made, too
    assert places(READ, chances, 0.3) == pytest.approx((3 / 4, 3 / 4, 3 / 4))
    assert places(READ, chances, 0.65) == pytest.approx((1, 2 / 4, 2 / 3))


def test_two_claims_that_fit_one_gold_claim_count_once() -> None:
    text = Text([sample(0), sample(0, 1)], frozenset({0, 1}))
    assert places([text], [1, 1], 0.5) == pytest.approx((1, 1, 1))
    twice = Text([sample(0), sample(0)], frozenset({0, 1}))
    assert places([twice], [1, 1], 0.5) == pytest.approx((1, 1 / 2, 2 / 3))


def test_the_threshold_keeps_the_precision_that_is_asked() -> None:
    chances = [0.9, 0.3, 0.6, 0.7]
    assert places(READ, chances, threshold(READ, chances, 0.99)) == pytest.approx((1, 3 / 4, 6 / 7))
    assert threshold(READ, [0.2, 0.9, 0.2, 0.2], 0.7) <= 0.2  # no threshold does without the wrong one: all are made


def test_an_unlikely_claim_is_not_made_and_a_likely_one_is_sure_of_itself(extractor: Extractor) -> None:
    from kg.evaluation.evaluating import document_of_row
    from kg.evaluation.gold import GoldRow

    text = "Finland criticised Sweden on Monday, and Ana Ruiz, the mayor of Oslo, resigned."
    (parsed,) = extractor.parse([document_of_row(GoldRow(id="1", text=text))])
    found = candidates(extractor.discourse(parsed), extractor.ontology, extractor.lexicon)
    assert [claim.relation for _, claim in found] == ["ACCUSE"]
    assert {"s left", "t right", "order sct"} <= set(found[0][0])
    claims = {claim.relation: claim for claim in extractor.read(parsed).claims}
    assert claims["ACCUSE"].confidence == round(model("found").chance(found[0][0]), 2)
    assert "HOLDS_ROLE" in claims  # structure is not judged


def test_a_claim_is_likelier_where_another_sentence_says_the_same() -> None:
    weights = model("found").weights
    assert weights["alike 2"] > weights["alike 0"]


def test_what_other_sentences_say_of_the_two_is_known(extractor: Extractor) -> None:
    from kg.evaluation.evaluating import document_of_row
    from kg.evaluation.gold import GoldRow

    text = "Finland criticised Sweden. Denmark praised Finland. Finland accused Sweden of lying, and Finland attacked Sweden."
    (parsed,) = extractor.parse([document_of_row(GoldRow(id="1", text=text))])
    every = candidates(extractor.discourse(parsed), extractor.ontology, extractor.lexicon)
    found = {claim.evidence.cue: features for features, claim in every}
    assert {"alike 2", "here 0", "t often 3"} <= set(found["criticised"])
    assert {"alike 0", "here 0", "t often 3"} <= set(found["praised"])
    assert {"alike 1", "here 2"} <= set(found["attacked"])


def test_fitting_writes_models_that_are_read_back(tmp_path: Path) -> None:
    data = tmp_path / "claims.jsonl"
    data.write_text("".join(path.read_text("utf8") for path in sorted(EXPECTED.iterdir())), "utf8")
    note = fit_chances(data, tmp_path / "chances.toml", precision=0.3)
    tables = tomllib.loads((tmp_path / "chances.toml").read_text("utf8"))
    assert tables.keys() == {"found"}
    assert "claims found in 12 texts" in note
    assert all(line.startswith("# ") for line in (tmp_path / "chances.toml").read_text("utf8").splitlines()[:3])
    assert json.dumps(tables)


def test_weights_are_written_short_and_those_of_nothing_left_out() -> None:
    fitted = logistic([("a", "b")] * 6 + [("c",)] * 6, [True] * 6 + [False] * 6, [str(i) for i in range(12)], strength=1, least=2)
    lines = written(fitted, 0.35, "note").splitlines()
    assert lines[0] == "# note"
    assert "enough = 0.35" in lines
    assert all(len(line.split(" = ")[1]) <= 5 for line in lines if line.startswith('"'))
