"""kg eval: what is measured is what was asked, wrong files are named, and a fault lowers the figure that should show it."""

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError, NotFoundError, SettingsError
from kg.evaluation.acts import ACTS
from kg.evaluation.bootstrap import intervals
from kg.evaluation.evaluating import answers, chosen, evaluate, report, rows_of
from kg.evaluation.events import GSR, UNIT
from kg.evaluation.gold import read_lines
from kg.evaluation.metrics import NO_ANSWER, f1_of
from kg.evaluation.parts import is_test_part
from kg.evaluation.plover import TYPES, current, quad_of, quad_of_cameo, type_of
from kg.evaluation.registry import gold_sets, tasks_named
from kg.evaluation.report import Report, report_to_json, worst
from kg.evaluation.stance import LABELS, STANCE, StanceAnswer
from kg.evaluation.table import markdown
from kg.evaluation.task import AnyTask
from kg.ontology import load_ontology
from kg.pipeline.extractor import Extractor

type Row = dict[str, Any]


def marked(text: str, part: str) -> Row:
    start = text.index(part)
    return {"start": start, "end": start + len(part), "text": part}


def pair(number: int, text: str, source: str, target: str, **more: object) -> Row:
    return {"id": f"r{number}", "text": text, "source": marked(text, source), "target": marked(text, target), **more}


def stance(number: int, text: str, source: str, target: str, label: str) -> Row:
    return pair(number, text, source, target, label=label)


STANCES = [
    stance(0, "Chile has condemned Bolivia for its raids at sea...", "Chile", "Bolivia", "neg_fwd"),
    stance(1, "Peru was praised by Brazil on Monday.", "Peru", "Brazil", "pos_bwd"),
    stance(2, "Norway and Japan sent teams to the games.", "Norway", "Japan", "neutral"),
    stance(3, "Ghana accused Togo of hiding the rebels.", "Ghana", "Togo", "neg_fwd"),
    stance(4, "Kenya has never been at odds with Uganda.", "Kenya", "Uganda", "neutral"),
]
ACT_ROWS = [
    pair(0, "Chile condemned Bolivia on Tuesday.", "Chile", "Bolivia", root="ACCUSE", penta=3),
    pair(1, "Peru may help Brazil this week.", "Peru", "Brazil", root="AGREE", penta=1),
    pair(2, "Ghana bombed positions of Togo at dawn.", "Ghana", "Togo", root="ASSAULT", penta=4),
    pair(3, "Mexico, said the minister, is an hour by air from Cuba.", "Mexico", "Cuba", root="SUPPORT", penta=1),
]


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(lines.encode()))
    else:
        path.write_text(lines, "utf8")
    return path


def scored(task: AnyTask, rows: Sequence[Row], predictions: Sequence[Row], folder: Path) -> Report:
    """The figures of predictions, by way of files as a user would have them."""
    gold = write(folder / "gold.jsonl.gz", rows)
    given = write(folder / "given.jsonl", predictions)
    return evaluate([task], gold, extractor=None, given=given, resamples=0)


def right_stances() -> list[Row]:
    return [{"id": row["id"], "label": row["label"], "scores": {row["label"]: 0.9}} for row in STANCES]


def right_acts() -> list[Row]:
    return [{"id": row["id"], "relation": row["root"], "quad": row["penta"], "sign": "+" if row["penta"] <= 2 else "-"} for row in ACT_ROWS]


def test_f1_is_that_of_counting_by_hand() -> None:
    # a: found 2, right 1, in truth 2; b: found 1, right 1, in truth 2; c is found twice and never true
    counts = {("a", "a"): 1, ("a", "c"): 1, ("b", "b"): 1, ("b", "a"): 1, ("c", "c"): 0}
    assert f1_of(counts, ["a", "b"], "macro") == pytest.approx((2 * 0.5 * 0.5 / 1 + 2 * 1 * 0.5 / 1.5) / 2)
    assert f1_of({("a", "a"): 3, ("b", NO_ANSWER): 1}, ["a", "b"], "micro") == pytest.approx(2 * 1 * 0.75 / 1.75)
    assert f1_of({}, ["a"], "macro") == 0


def test_stance_is_read_off_the_claims_between_the_two(extractor: Extractor, tmp_path: Path) -> None:
    rows = rows_of(STANCE, write(tmp_path / "dev.jsonl", STANCES))
    found = list(answers(STANCE, extractor, rows))
    assert [answer.label for answer in found if isinstance(answer, StanceAnswer)] == [row["label"] for row in STANCES]
    figures = report(STANCE, "sample", rows, found, resamples=0).figures
    # the classes that occur are right: 5 of 5 rows; macro-F1 is over all five classes, of which two have no row and score 0
    assert figures["micro_f1"] == 1
    assert figures["macro_f1"] == pytest.approx(3 / 5)


def test_micro_and_macro_f1_of_stances_by_hand(tmp_path: Path) -> None:
    predictions = right_stances()
    predictions[0] |= {"label": "pos_fwd", "scores": {"pos_fwd": 0.9}}  # the sign of one of two neg_fwd is wrong
    figures = scored(STANCE, STANCES, predictions, tmp_path).figures
    assert figures["micro_f1"] == pytest.approx(4 / 5)
    assert figures["macro_f1"] == pytest.approx((1 + 1 + 2 / 3) / len(LABELS))  # neutral 1, pos_bwd 1, neg_fwd P 1 R 1/2
    assert figures["precision_answered"] == pytest.approx(4 / 5)


@pytest.mark.parametrize("fault", [{"label": "pos_fwd"}, {"label": "neg_bwd"}])
def test_a_flipped_sign_or_direction_lowers_the_stance_figures(fault: Row, tmp_path: Path) -> None:
    right = scored(STANCE, STANCES, right_stances(), tmp_path).figures
    wrong = scored(STANCE, STANCES, [right_stances()[0] | fault, *right_stances()[1:]], tmp_path).figures
    assert wrong["macro_f1"] < right["macro_f1"]
    assert wrong["micro_f1"] < right["micro_f1"]


def test_rows_whose_sentence_is_in_a_training_part_are_told_apart(tmp_path: Path) -> None:
    rows = [row | {"text_in_train": number < 2} for number, row in enumerate(STANCES)]
    predictions = right_stances()
    predictions[0] |= {"label": "neutral"}
    figures = scored(STANCE, rows, predictions, tmp_path).figures
    assert figures["micro_f1"] == pytest.approx(4 / 5)
    assert figures["micro_f1_unseen"] == pytest.approx(1)


def test_a_missing_answer_counts_as_wrong(tmp_path: Path) -> None:
    made = scored(STANCE, STANCES, right_stances()[:-1], tmp_path)
    assert made.figures["micro_f1"] < 1
    assert made.figures["answered"] == pytest.approx(4 / 5)
    assert made.causes == {"no claim": 1}


def test_the_act_between_two_is_found_with_sign_quad_and_type(extractor: Extractor, tmp_path: Path) -> None:
    rows = rows_of(ACTS, write(tmp_path / "train.jsonl", ACT_ROWS))
    figures = report(ACTS, "sample", rows, answers(ACTS, extractor, rows), resamples=0).figures
    assert figures["answered"] == pytest.approx(3 / 4)  # the last sentence says nothing of the kind
    assert figures["precision_answered"] == 1
    assert figures["type_f1"] == pytest.approx(3 / 4)
    assert figures["sign_f1"] == pytest.approx((2 / 3 + 1) / 2)  # co-operation: one of two found


@pytest.mark.parametrize(
    ("fault", "figure"),
    [
        ({"sign": "-", "quad": 3, "relation": "ACCUSE"}, "sign_f1"),
        ({"quad": 2, "relation": "AID"}, "quad_f1"),
        ({"relation": "SUPPORT"}, "type_f1"),
    ],
)
def test_a_wrong_act_lowers_the_figure_of_its_level(fault: Row, figure: str, tmp_path: Path) -> None:
    assert scored(ACTS, ACT_ROWS, right_acts(), tmp_path).figures[figure] == 1
    wrong = [answer | fault if answer["id"] == "r1" else answer for answer in right_acts()]
    assert scored(ACTS, ACT_ROWS, wrong, tmp_path).figures[figure] < 1


def test_a_row_without_an_act_counts_as_wrong(tmp_path: Path) -> None:
    given = [*right_acts()[:3], {"id": "r3", "relation": None, "quad": None, "sign": None}]
    figures = scored(ACTS, ACT_ROWS, given, tmp_path).figures
    assert figures["answered"] == pytest.approx(3 / 4)
    assert figures["type_f1"] == pytest.approx(3 / 4)


RECORD: Row = {
    "id": "g1",
    "text": "Chile condemned Bolivia on Tuesday.",
    "event": "DISAPPROVE",
    "source": [{"text": "Chile", "span": [0, 5]}],
    "target": [{"text": "Bolivia", "span": [16, 23]}],
}


def test_records_of_event_data_are_answered_or_skipped_with_a_reason(extractor: Extractor, tmp_path: Path) -> None:
    rows = [
        RECORD,
        RECORD | {"id": "g2", "target": []},
        RECORD | {"id": "g3", "source": [{"text": "Chile", "span": None}]},
        RECORD | {"id": "g4", "source": RECORD["source"] * 2},
    ]
    made = evaluate([GSR, UNIT], write(tmp_path / "test.jsonl", rows), extractor=extractor, resamples=0)
    assert made.rows == 1
    assert made.skipped == {"no source or no target": 1, "an actor's words are not in the text": 1, "several actors": 1}
    assert made.figures == {"type": 1, "quad": 1, "answered": 1, "precision_answered": 1}


def test_a_wrong_type_lowers_the_figure_of_records(tmp_path: Path) -> None:
    wrong = scored(GSR, [RECORD], [{"id": "g1", "relation": "REJECT", "quad": 3, "sign": "-"}], tmp_path).figures
    assert (wrong["type"], wrong["quad"]) == (0, 1)


UNIT_ROWS: list[Row] = [
    {"id": "u1", "text": "France condemned Libya.", "events": [["FRA", "LBYGOV", "111"]]},
    {"id": "u2", "text": "Gondor praised Rohan.", "events": [["GON", "ROH", "051"]]},
    {"id": "u3", "text": "France praised Libya.", "events": [["FRA", "LBY", "224"]]},
    {"id": "u4", "text": "It rained in France.", "events": []},
]


def test_the_suite_of_petrarch_is_asked_for_real_countries_only(extractor: Extractor, tmp_path: Path) -> None:
    made = evaluate([GSR, UNIT], write(tmp_path / "test.jsonl", UNIT_ROWS), extractor=extractor, resamples=0)
    assert (made.rows, made.figures["quad"]) == (1, 1)
    assert set(made.skipped.values()) == {1}
    assert len(made.skipped) == 3


def test_an_event_the_wrong_way_round_is_wrong(tmp_path: Path) -> None:
    right = {"id": "u1", "events": [{"source": "FRA", "target": "LBY", "quad": 3}]}
    turned = {"id": "u1", "events": [{"source": "LBY", "target": "FRA", "quad": 3}]}
    assert scored(UNIT, UNIT_ROWS, [right], tmp_path).figures["quad"] == 1
    assert scored(UNIT, UNIT_ROWS, [turned], tmp_path).figures["quad"] == 0


def test_every_relation_that_is_an_act_has_a_plover_type_and_a_quad() -> None:
    acts = [name for name, kind in load_ontology().relations.items() if kind.layer == 1]
    assert {current(name) for name in acts} == set(TYPES)
    assert {quad_of(kind) for kind in TYPES} == {1, 2, 3, 4}
    assert [quad_of_cameo(code) for code in ("010", "057", "06", "14", "20", "21", "---", "")] == [1, 1, 2, 3, 4, None, None, None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru may help Brazil.", "AGREE"),
        ("Peru will bomb Brazil.", "THREATEN"),
        ("Peru has no plans to recognise Brazil.", "REJECT"),
        ("Peru and Brazil are at odds.", "ACCUSE"),
        ("Peru urged Brazil to leave.", "REQUEST"),
    ],
)
def test_types_of_event_data_are_read_off_relation_and_modality(text: str, expected: str, extractor: Extractor, tmp_path: Path) -> None:
    row = pair(0, text, "Peru", "Brazil", root="AID", penta=2)
    (answer,) = answers(ACTS, extractor, rows_of(ACTS, write(tmp_path / "a.jsonl", [row])))
    assert answer.model_dump()["relation"] == expected


def test_a_claim_that_has_no_type_is_no_act(read_claims: Callable[[str], Sequence[Any]]) -> None:
    assert [
        type_of(claim) for claim in read_claims("Ana Ruiz, the foreign minister of Peru, resigned.") if claim.relation == "HOLDS_ROLE"
    ] == [None]


@pytest.fixture
def read_claims(extractor: Extractor, tmp_path: Path) -> Callable[[str], Sequence[Any]]:
    def read(text: str) -> Sequence[Any]:
        from kg.evaluation.evaluating import document_of_row
        from kg.evaluation.gold import GoldRow

        (parsed,) = extractor.parse([document_of_row(GoldRow(id="1", text=text))])
        return extractor.read(parsed).claims

    return read


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"label": None}, "label: "),
        ({"label": "pos"}, "label: input should be 'neutral'"),
        ({"source": None}, "source: "),
        ({"source": {"start": 0}}, "source.end: missing"),
        ({"source": {"start": 0, "end": 900}}, "source: [0, 900] is outside the text (0 to 51)"),
        ({"target": {"start": 5, "end": 5}}, "target: [5, 5] is outside the text"),
        ({"source": {"start": 1, "end": 6, "text": "Chile"}}, "source: 'Chile' is not what stands at [1, 6] of the text"),
        ({"source": {"start": "0", "end": 5}}, "source.start: input should be a valid integer"),
        ({"id": 7}, "id: "),
        ({"id": "r1"}, "id: 'r1' stands twice"),
    ],
)
def test_a_wrong_row_is_named_with_file_line_and_field(change: Row, said: str, tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", [*STANCES[1:], STANCES[0] | change])
    with pytest.raises(InputError) as error:
        read_lines(path, STANCE.row)
    place = f"{path}: " if "twice" in said else f"{path}:5: "
    assert str(error.value).startswith(place + said)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no line in it"),
        (b"\n\n", "no line in it"),
        (b"{", "not a line of JSON"),
        (b"[]\n", "not an object of JSON"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_a_wrong_file_is_one_line(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        evaluate([STANCE], path, extractor=None, given=path)


def test_what_is_no_archive_or_not_there_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl.gz"
    with pytest.raises(NotFoundError, match="no such file"):
        rows_of(STANCE, path)
    path.write_text("no archive", "utf8")
    with pytest.raises(InputError, match="cannot be read"):
        rows_of(STANCE, path)


def test_predictions_of_another_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="id: no row 'r9' in the gold data"):
        scored(STANCE, STANCES, [{"id": "r9", "label": "neutral"}], tmp_path)
    with pytest.raises(InputError, match=r"given.jsonl:1: label: missing"):
        scored(STANCE, STANCES, [{"id": "r1"}], tmp_path)


def test_every_other_row() -> None:
    rows = [STANCE.row.model_validate(row) for row in STANCES]
    assert [row.id for row in chosen(rows, "even")] == ["r0", "r2", "r4"]
    assert [row.id for row in chosen(rows, "odd")] == ["r1", "r3"]


def test_intervals_hold_the_figure_and_are_the_same_each_time() -> None:
    def mean(values: Sequence[int]) -> dict[str, float | int]:
        return {"mean": sum(values) / max(1, len(values)), "rows": len(values)}

    values = [0] * 30 + [1] * 70
    ends = intervals(values, mean)
    assert ends == intervals(values, mean)
    assert ends.keys() == {"mean"}
    low, high = ends["mean"]
    assert low == pytest.approx(0.61, abs=0.03)  # 0.7 -+ 1.96 * sqrt(0.7 * 0.3 / 100)
    assert high == pytest.approx(0.79, abs=0.03)
    assert intervals([1], mean) == {}


def test_a_test_part_is_scored_only_when_one_says_so_and_is_logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    test, dev = write(tmp_path / "test.jsonl", STANCES), write(tmp_path / "dev.jsonl", STANCES)
    given = write(tmp_path / "given.jsonl", right_stances())
    with pytest.raises(SettingsError, match=r"test.jsonl: a test part, to be scored once"):
        evaluate([STANCE], test, extractor=None, given=given)
    with pytest.raises(SettingsError, match="--final is for test parts"):
        evaluate([STANCE], dev, extractor=None, given=given, final=True)
    for number in (1, 2):
        evaluate([STANCE], test, extractor=None, given=given, final=True, resamples=10)
        runs = json.loads((tmp_path / "data" / "test_runs.json").read_text("utf8"))
        assert len(runs) == number
    assert runs[0]["figures"]["micro_f1"]["value"] == 1
    assert {"date", "version", "task", "data"} <= runs[0].keys()


def test_a_set_that_is_nothing_but_a_test_file_is_one_to_develop_on(tmp_path: Path) -> None:
    path = write(tmp_path / "test.jsonl.gz", STANCES)
    (tmp_path / "README.md").write_text("about it", "utf8")
    assert not is_test_part(path)
    write(tmp_path / "train.jsonl", STANCES)
    assert is_test_part(path)


def test_the_worst_errors_are_shown_by_cause(tmp_path: Path) -> None:
    wrong = [answer | {"label": "neutral", "scores": {}} for answer in right_stances()[:1]]
    wrong += [answer | {"label": "neg_bwd", "scores": {"neg_bwd": 0.5}} for answer in right_stances()[1:]]
    made = scored(STANCE, STANCES, wrong, tmp_path)
    assert made.causes == {"neutral in truth": 2, "no claim": 1, "wrong direction": 1, "wrong sign": 1}
    shown = dict(worst(made, 4))
    assert sum(map(len, shown.values())) == 4
    assert shown["no claim"][0].sentence == STANCES[0]["text"]
    assert not list(worst(made, 0))


def test_a_report_as_json_and_as_a_row_of_the_table(tmp_path: Path) -> None:
    given = write(tmp_path / "given.jsonl", right_stances())
    made = evaluate([STANCE], write(tmp_path / "gold.jsonl", STANCES), extractor=None, given=given, resamples=20)
    told = report_to_json(made)
    assert told["figures"]["micro_f1"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert json.loads(json.dumps(told)) == told
    (gold,) = [one for one in gold_sets() if one.task == "stance"]
    table = markdown([(gold, made)])
    assert f"| stance | {made.data} | 5 | **macro_f1 0.600** (" in table
    assert gold.others in table
    assert made.date in table


def test_every_set_of_the_table_names_a_task() -> None:
    for one in gold_sets():
        if one.task != "speed":
            assert {task.name for task in tasks_named(one.task)} == {one.task}
    with pytest.raises(SettingsError, match="unknown task mood; known: stance acts"):
        tasks_named("mood")
