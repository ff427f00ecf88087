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
from kg.training.chances import Sample, Text, fit_chances, places, thresholds, written

EXPECTED = Path(__file__).parent.parent / "data" / "expected"


def test_a_chance_is_the_logistic_of_the_sum_of_weights() -> None:
    one = Model(-1.0, 0.5, {"a": 0.5, "b": 1.5})
    assert one.chance(["a", "b", "unknown"]) == pytest.approx(1 / (1 + math.exp(-1)))
    assert one.chance([]) == pytest.approx(1 / (1 + math.e))


@pytest.mark.parametrize("name", ["found", "near"])
def test_the_models_that_ship_are_whole(name: str) -> None:
    one = model(name)
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


def sample(gold: set[int], rivals: int = 0) -> Sample:
    return Sample((), "text", rivals, frozenset(gold))


READ = [
    Text([sample({0}), sample(set())], [sample({1}, 1), sample(set(), 1), sample(set(), 2)], frozenset({0, 1, 2})),
    Text([sample({0})], [], frozenset({0})),
]


def test_places_are_counted_as_by_hand() -> None:
    found, near = [0.9, 0.4, 0.7], [0.6, 0.5, 0.3]
    # made: the first and third found, and the likelier of the two rivals: three right of three; of four core claims three are found
    assert places(READ, found, near, (0.5, 0.5)) == pytest.approx((1.0, 3 / 4, 6 / 7))
    # one wrong claim more of each kind
    assert places(READ, found, near, (0.3, 0.2)) == pytest.approx((3 / 5, 3 / 4, 2 / 3))
    # of two rivals the wrong one is likelier
    assert places(READ, found, [0.1, 0.6, 0.3], (0.5, 0.5)) == pytest.approx((2 / 3, 2 / 4, 4 / 7))


def test_two_claims_that_fit_one_gold_claim_count_once() -> None:
    text = Text([sample({0}), sample({0, 1})], [], frozenset({0, 1}))
    assert places([text], [1, 1], [], (0.5, 0.5)) == pytest.approx((1, 1, 1))
    twice = Text([sample({0}), sample({0})], [], frozenset({0, 1}))
    assert places([twice], [1, 1], [], (0.5, 0.5)) == pytest.approx((1, 1 / 2, 2 / 3))


def test_thresholds_keep_the_precision_that_is_asked() -> None:
    found, near = [0.9, 0.3, 0.7], [0.6, 0.2, 0.25]
    strict = thresholds(READ, found, near, 0.99)
    assert places(READ, found, near, strict)[0] == 1
    assert places(READ, found, near, strict)[2] == max(places(READ, found, near, (a / 100, b / 100))[2] for a in (35, 50) for b in (30, 50))


def test_a_cue_that_makes_no_claim_has_rivals(extractor: Extractor) -> None:
    from kg.evaluation.evaluating import document_of_row
    from kg.evaluation.gold import GoldRow

    text = "For Norway, with Denmark watching, the threats were a surprise, and Finland criticised Sweden."
    (parsed,) = extractor.parse([document_of_row(GoldRow(id="1", text=text))])
    found, near = candidates(extractor.discourse(parsed), extractor.ontology, extractor.lexicon)
    assert [claim.relation for _, claim in found] == ["ACCUSE"]
    assert any(feature.startswith("s way") for feature in found[0][0])
    (threats,) = [rivals for rivals in near if text[rivals[0][1].evidence.cue_start :].startswith("threats")]
    pairs = {
        (text[claim.source.mention.start : claim.source.mention.end], text[claim.target.mention.start : claim.target.mention.end])
        for _, claim in threats
        if claim.target
    }
    assert ("Norway", "Denmark") in pairs
    assert ("Denmark", "Norway") in pairs
    assert all(source != target for source, target in pairs)


def test_fitting_writes_models_that_are_read_back(tmp_path: Path) -> None:
    data = tmp_path / "claims.jsonl"
    data.write_text("".join(path.read_text("utf8") for path in sorted(EXPECTED.iterdir())), "utf8")
    note = fit_chances(data, tmp_path / "chances.toml", precision=0.3)
    tables = tomllib.loads((tmp_path / "chances.toml").read_text("utf8"))
    assert tables.keys() == {"found", "near"}
    assert "from 12 texts" in note
    assert all(line.startswith("# ") for line in (tmp_path / "chances.toml").read_text("utf8").splitlines()[:3])
    assert json.dumps(tables)


def test_weights_are_written_short_and_those_of_nothing_left_out() -> None:
    fitted = logistic([("a", "b")] * 6 + [("c",)] * 6, [True] * 6 + [False] * 6, [str(i) for i in range(12)], strength=1, least=2)
    lines = written({"found": (fitted, 0.35)}, "note").splitlines()
    assert lines[0] == "# note"
    assert "enough = 0.35" in lines
    assert all(len(line.split(" = ")[1]) <= 5 for line in lines if line.startswith('"'))
