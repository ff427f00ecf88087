"""kg eval attribution: matches counted by hand, faults that lower the right figure, wrong rows named."""

from pathlib import Path

import pytest
from test_eval import Row, marked, scored, write

from kg.errors import InputError
from kg.evaluation.attribution import ATTRIBUTION, figures, similar
from kg.evaluation.evaluating import answers, report, rows_of
from kg.pipeline.extractor import Extractor

TALKS = "Ana Ruiz said the talks had failed. The army, she added, would stay.\n\nPeru is expected to leave the union."
LETTER = "“We left,” wrote Tom Lind. “It was late.” He praised the plan."


def part(text: str, *words: str) -> list[list[int]]:
    return [[marked(text, one)["start"], marked(text, one)["end"]] for one in words]


def attribution(text: str, source: str, cue: str, *content: str) -> Row:
    return {"source": part(text, source) if source else [], "cue": part(text, cue), "content": part(text, *content)}


ROWS: list[Row] = [
    {
        "id": "r0",
        "text": TALKS,
        "attributions": [
            attribution(TALKS, "Ana Ruiz", "said", "the talks had failed"),
            attribution(TALKS, "she", "added", "The army", "would stay"),
            attribution(TALKS, "", "is expected", "Peru", "to leave the union"),
        ],
    },
    {
        "id": "r1",
        "text": LETTER,
        "attributions": [
            attribution(LETTER, "Tom Lind", "wrote", "“We left,”", "“It was late.”"),
            attribution(LETTER, "He", "praised", "the plan"),
        ],
    },
]


def right() -> list[Row]:
    """The gold itself as predictions."""
    return [{"id": row["id"], "attributions": [dict(one) for one in row["attributions"]]} for row in ROWS]


def test_every_attribution_of_a_text_is_answered(extractor: Extractor, tmp_path: Path) -> None:
    rows = rows_of(ATTRIBUTION, write(tmp_path / "dev.jsonl", ROWS))
    made = report(ATTRIBUTION, "sample", rows, answers(ATTRIBUTION, extractor, rows), resamples=0)
    assert made.figures["f1"] == 1
    assert made.figures["cue_found"] == 1
    assert made.misses == ()


def test_the_gold_scores_one(tmp_path: Path) -> None:
    assert scored(ATTRIBUTION, ROWS, right(), tmp_path).figures == {
        "f1": 1,
        "precision": 1,
        "recall": 1,
        "content_f1": 1,
        "cue_found": 1,
        "attributions": 5,
        "found": 5,
    }


def test_half_of_the_characters_in_common_are_enough() -> None:
    assert similar(frozenset(range(10)), frozenset(range(5)))
    assert not similar(frozenset(range(10)), frozenset(range(4)))
    assert similar(frozenset(range(3)), frozenset(range(1, 3)))
    assert not similar(frozenset(range(3)), frozenset(range(2, 4)))  # 1 of 4
    assert similar(frozenset(), frozenset())
    assert not similar(frozenset(), frozenset({1}))


def test_figures_are_those_of_counting_by_hand(tmp_path: Path) -> None:
    predictions = right()
    first = predictions[0]["attributions"]
    first[0]["source"] = []  # the content alone is right
    first[1]["content"] = part(TALKS, "said", "would")  # 5 of 22 characters and 4 beside them
    predictions[1]["attributions"].append(attribution(LETTER, "Tom", "left", "late"))  # not in the gold
    made = scored(ATTRIBUTION, ROWS, predictions, tmp_path)
    assert made.figures["precision"] == pytest.approx(3 / 6)
    assert made.figures["recall"] == pytest.approx(3 / 5)
    assert made.figures["f1"] == pytest.approx(2 * 3 / (6 + 5))
    assert made.figures["content_f1"] == pytest.approx(2 * 4 / (6 + 5))
    assert made.causes == {"no attribution in truth": 2, "content not found": 1, "wrong source": 1}


def test_each_attribution_is_matched_once(tmp_path: Path) -> None:
    predictions = right()
    predictions[1]["attributions"].append(predictions[1]["attributions"][0])
    made = scored(ATTRIBUTION, ROWS, predictions, tmp_path).figures
    assert [made["precision"], made["recall"]] == pytest.approx([5 / 6, 1])


def test_an_attribution_that_is_like_two_leaves_the_other_to_its_match(tmp_path: Path) -> None:
    text = "Peru said Chile said it was late."
    whole, inner = attribution(text, "Peru", "said", "Chile said it was late"), attribution(text, "Peru", "said", "said it was late")
    row = {"id": "r0", "text": text, "attributions": [whole, inner]}
    middle = attribution(text, "Peru", "said", "Chile said it was")
    made = scored(ATTRIBUTION, [row], [{"id": "r0", "attributions": [middle, whole]}], tmp_path).figures
    assert made["f1"] == 1


@pytest.mark.parametrize("fault", ["drop", "shift", "source", "other source"])
def test_a_fault_lowers_the_right_figure(fault: str, tmp_path: Path) -> None:
    predictions = right()
    told = predictions[1]["attributions"]
    match fault:
        case "drop":
            del told[0]
        case "shift":
            told[0]["content"] = [[start + 20, end + 20] for start, end in told[0]["content"]]
        case "source":
            told[0]["source"] = []
        case "other source":
            told[0]["source"] = told[1]["source"]
    worse = scored(ATTRIBUTION, ROWS, predictions, tmp_path).figures
    assert worse["f1"] < 1
    assert worse["recall"] == pytest.approx(4 / 5)
    assert (worse["content_f1"] < 1) == (fault in {"drop", "shift"})
    assert (worse["cue_found"] < 1) == (fault == "drop")


def test_a_row_without_an_answer_finds_nothing(tmp_path: Path) -> None:
    made = scored(ATTRIBUTION, ROWS, right()[:1], tmp_path)
    assert made.figures["recall"] == pytest.approx(3 / 5)
    assert made.causes == {"content not found": 2}


def test_offsets_of_a_prediction_that_are_not_in_the_text_find_nothing(tmp_path: Path) -> None:
    predictions = right()
    predictions[1]["attributions"][0]["content"] = [[-9, 0], [5000, 10**15]]
    assert scored(ATTRIBUTION, ROWS, predictions, tmp_path).figures["recall"] == pytest.approx(4 / 5)


def test_no_rows_have_figures_too() -> None:
    assert set(figures([]).values()) == {0}


@pytest.mark.parametrize(
    ("attributed", "said"),
    [
        ({"source": [], "cue": []}, "attributions[0].content: missing"),
        ({"source": [[0, 99]], "cue": [], "content": []}, "attributions[0].source[0]: [0, 99] is outside the text (0 to 15)"),
        ({"source": [], "cue": [], "content": [[3]]}, "attributions[0].content[0]: "),
    ],
)
def test_a_wrong_row_is_named_with_file_line_and_field(attributed: Row, said: str, tmp_path: Path) -> None:
    path = write(tmp_path / "dev.jsonl", [*ROWS, {"id": "r9", "text": "Peru said so...", "attributions": [attributed]}])
    with pytest.raises(InputError) as error:
        rows_of(ATTRIBUTION, path)
    assert str(error.value).startswith(f"{path}:3: {said}")


def test_a_prediction_with_half_a_span_is_named(tmp_path: Path) -> None:
    predictions = right()
    predictions[0]["attributions"][0]["cue"] = [[4]]
    with pytest.raises(InputError, match=r"given.jsonl:1: attributions\[0\].cue\[0\]: "):
        scored(ATTRIBUTION, ROWS, predictions, tmp_path)
