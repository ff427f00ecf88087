"""kg eval modality: r and error counted by hand, faults that lower the right figure, wrong rows named."""

from pathlib import Path
from typing import Any, get_args

import pytest
from test_eval import Row, marked, scored, write

from kg.errors import InputError
from kg.evaluation.evaluating import answers, report, rows_of
from kg.evaluation.metrics import pearson
from kg.evaluation.modality import MODALITY, SCORES, Scores, figures
from kg.model import MODALITIES, Modality
from kg.pipeline.extractor import Extractor


def row(number: int, text: str, **labels: float) -> Row:
    return {"id": f"r{number}", "text": text, "targets": [marked(text, word) | {"label": label} for word, label in labels.items()]}


ROWS = [
    row(0, "The army attacked the town and may attack it again.", attacked=3.0, may=3.0),
    row(1, "Peru will leave the union.", leave=1.0),
    row(2, "Peru denied that it had left the union.", denied=3.0, left=-3.0),
    row(3, "Peru has no plans to leave the union.", leave=-2.0),
]


def right() -> list[Row]:
    """The labels themselves as predictions."""
    return [
        {"id": one["id"], "targets": [{"start": t["start"], "end": t["end"], "score": t["label"]} for t in one["targets"]]} for one in ROWS
    ]


def changed(number: int, **fault: Any) -> list[Row]:
    """The right predictions with a fault in the last target of one row."""
    predictions = right()
    predictions[number]["targets"][-1] |= fault
    return predictions


def test_correlation_is_that_of_counting_by_hand() -> None:
    # xs 1 2 3 -> -1 0 1, ys 1 3 2 -> -1 1 0: covariance 1, variances 2 and 2
    assert pearson([1, 2, 3], [1, 3, 2]) == pytest.approx(1 / 2)
    assert pearson([1, 2, 3], [-1, -2, -3]) == pytest.approx(-1)
    assert pearson([1, 2, 3], [2, 2, 2]) == 0
    assert pearson([1], [1]) == 0
    assert pearson([], []) == 0


def test_every_modality_has_a_score_from_certain_to_denied() -> None:
    assert set(SCORES) == set(MODALITIES) == set(get_args(Modality))
    assert [SCORES[name] for name in ("actual", "likely", "possible", "unknown", "doubted", "not_planned", "denied")] == [
        3,
        2,
        1,
        0,
        -1,
        -2,
        -3,
    ]


def test_the_modality_of_a_marked_word_is_its_score(extractor: Extractor, tmp_path: Path) -> None:
    rows = rows_of(MODALITY, write(tmp_path / "dev.jsonl", ROWS))
    found = list(answers(MODALITY, extractor, rows))
    assert [[target["score"] for target in answer.model_dump()["targets"]] for answer in found] == [[3, 3], [1], [3, -3], [-2]]
    made = report(MODALITY, "sample", rows, found, resamples=0)
    assert made.figures == {"pearson": pytest.approx(1), "mae": 0, "not_actual_f1": 1, "answered": 1, "targets": 6}
    assert made.misses == ()


def test_figures_are_those_of_counting_by_hand(tmp_path: Path) -> None:
    # labels 3 3 1 3 -3 -2, scores 3 3 1 3 3 -2: one denied word taken for a fact
    made = scored(MODALITY, ROWS, changed(2, score=3), tmp_path)
    assert made.figures["mae"] == pytest.approx(6 / 6)
    assert made.figures["not_actual_f1"] == pytest.approx(2 * 2 / (3 + 2))
    labels, scores = [3, 3, 1, 3, -3, -2], [3, 3, 1, 3, 3, -2]
    middle = [sum(values) / 6 for values in (labels, scores)]
    off = [[value - mean for value in values] for values, mean in zip((labels, scores), middle, strict=True)]
    sums = [sum(x * y for x, y in zip(off[i], off[j], strict=True)) for i, j in ((0, 1), (0, 0), (1, 1))]
    assert made.figures["pearson"] == pytest.approx(sums[0] / (sums[1] * sums[2]) ** 0.5)


def test_a_miss_is_grouped_by_the_class_it_is_and_the_class_it_was_taken_for(tmp_path: Path) -> None:
    made = scored(MODALITY, ROWS, [*changed(2, score=3)[:3], *changed(3, score=1)[3:]], tmp_path)
    assert made.causes == {"negative -> actual": 1, "negative -> uncertain": 1}
    assert [(miss.gold, miss.found, miss.weight) for miss in made.misses] == [("left -3", "left 3", 6), ("leave -2", "leave 1", 3)]


@pytest.mark.parametrize(
    ("predictions", "lower"),
    [
        (changed(2, score=3.0), ("pearson", "not_actual_f1")),  # the sign flipped
        (changed(2, start=0, end=4), ("pearson", "not_actual_f1", "answered")),  # the offsets shifted
        (changed(0, score=1.0), ("pearson", "not_actual_f1")),
        (right()[:-1], ("not_actual_f1", "answered")),
    ],
)
def test_a_fault_lowers_the_right_figure(predictions: list[Row], lower: tuple[str, ...], tmp_path: Path) -> None:
    best = scored(MODALITY, ROWS, right(), tmp_path).figures
    assert [best[name] for name in ("pearson", "mae", "not_actual_f1", "answered")] == pytest.approx([1, 0, 1, 1])
    worse = scored(MODALITY, ROWS, predictions, tmp_path).figures
    assert [name for name in lower if worse[name] >= best[name]] == []
    assert worse["mae"] > 0


def test_what_is_not_answered_is_nothing_found(tmp_path: Path) -> None:
    made = scored(MODALITY, ROWS, right()[:2], tmp_path)
    assert made.figures["answered"] == pytest.approx(3 / 6)
    assert made.figures["not_actual_f1"] == pytest.approx(2 * 1 / (3 + 1))
    assert made.figures["mae"] == pytest.approx((3 + 3 + 2) / 6)  # as if unknown
    assert made.causes == {"negative -> no answer": 2, "actual -> no answer": 1}


def test_no_rows_have_figures_too() -> None:
    assert set(figures([]).values()) == {0}
    assert figures([Scores((3.0,), (None,))])["answered"] == 0


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ({"start": 0, "end": 4}, "targets[0].label: missing"),
        ({"start": 0, "end": 4, "label": 4}, "targets[0].label: input should be less than or equal to 3"),
        ({"start": 0, "end": 4, "label": "3"}, "targets[0].label: input should be a valid number"),
        ({"start": 0, "end": 99, "label": 3}, "targets[0]: [0, 99] is outside the text (0 to 17)"),
        ({"start": 0, "end": 4, "text": "Chile", "label": 3}, "targets[0]: 'Chile' is not what stands"),
    ],
)
def test_a_wrong_row_is_named_with_file_line_and_field(target: Row, said: str, tmp_path: Path) -> None:
    path = write(tmp_path / "dev.jsonl", [*ROWS, {"id": "r9", "text": "Peru left the UN.", "targets": [target]}])
    with pytest.raises(InputError) as error:
        rows_of(MODALITY, path)
    assert str(error.value).startswith(f"{path}:5: {said}")


def test_a_score_outside_the_scale_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"given.jsonl:1: targets\[1\].score: input should be greater than or equal to -3"):
        scored(MODALITY, ROWS, changed(0, score=-7), tmp_path)
