"""kg eval actors: names counted by hand, labels that are left out, faults that lower the right figure, wrong rows named."""

from pathlib import Path
from typing import Any

import pytest
from test_eval import Row, marked, scored, write

from kg.errors import InputError
from kg.evaluation.actors import ACTORS, ActorAnswer
from kg.evaluation.evaluating import answers, report, rows_of
from kg.evaluation.hits import Hits, total
from kg.evaluation.known import entry_named
from kg.pipeline.extractor import Extractor

UNION = "Lena Ortiz of the Harbour Workers Union criticised Iraq and Iraqi rebels on Tuesday."
PARLIAMENT = "Marta Ruiz spoke to the Iraqi Parliament, and Ruiz flew on to Paris."


def named(text: str, part: str, kind: str, field: str = "type") -> Row:
    return marked(text, part) | {field: kind}


def again(text: str, part: str, kind: str, field: str = "type") -> Row:
    start = text.rindex(part)
    return {"start": start, "end": start + len(part), field: kind}


ROWS: list[Row] = [
    {
        "id": "r0",
        "text": UNION,
        "entities": [
            named(UNION, "Lena Ortiz", "person"),
            named(UNION, "Harbour Workers Union", "organisation"),
            named(UNION, "Iraq", "location"),
            named(UNION, "Iraqi", "misc"),
        ],
    },
    {
        "id": "r1",
        "text": PARLIAMENT,
        "entities": [
            named(PARLIAMENT, "Marta Ruiz", "politician"),
            named(PARLIAMENT, "Iraqi Parliament", "organisation"),
            again(PARLIAMENT, "Ruiz", "politician"),
            named(PARLIAMENT, "Paris", "location"),
        ],
    },
]


def right() -> list[dict[str, Any]]:
    return [
        {
            "id": "r0",
            "entities": [
                named(UNION, "Lena Ortiz", "person", "kind"),
                named(UNION, "Harbour Workers Union", "group", "kind"),
                named(UNION, "Iraq", "country", "kind"),
            ],
        },
        {
            "id": "r1",
            "entities": [
                named(PARLIAMENT, "Marta Ruiz", "person", "kind"),
                named(PARLIAMENT, "Iraqi Parliament", "group", "kind"),
                again(PARLIAMENT, "Ruiz", "person", "kind"),
            ],
        },
    ]


def test_names_are_answered_and_descriptions_demonyms_and_cities_are_not(extractor: Extractor, tmp_path: Path) -> None:
    rows = rows_of(ACTORS, write(tmp_path / "dev.jsonl", ROWS))
    found = [answer for answer in answers(ACTORS, extractor, rows) if isinstance(answer, ActorAnswer)]
    said = [[(one.text, one.kind) for one in answer.entities] for answer in found]
    assert said[0] == [("Lena Ortiz", "person"), ("Harbour Workers Union", "group"), ("Iraq", "country")]
    assert said[1] == [("Marta Ruiz", "person"), ("Iraqi Parliament", "group"), ("Ruiz", "person")]
    assert report(ACTORS, "sample", rows, found, resamples=0).figures["f1"] == 1


def test_the_gold_as_predictions_is_right_in_every_figure(tmp_path: Path) -> None:
    figures = dict(scored(ACTORS, ROWS, right(), tmp_path).figures)
    assert figures.pop("names") == 6
    assert set(figures.values()) == {1}


def test_precision_recall_and_f1_by_hand(tmp_path: Path) -> None:
    first, second = right()
    first["entities"][1] = named(UNION, "Harbour Workers", "group", "kind")
    first["entities"].append(named(UNION, "Tuesday", "country", "kind"))
    second["entities"][0]["kind"] = "group"
    figures = scored(ACTORS, ROWS, [first, second], tmp_path).figures
    # 6 names, 7 answers; right are Lena Ortiz, Iraq, Iraqi Parliament, Ruiz; by the span alone also Marta Ruiz
    assert figures["precision"] == pytest.approx(4 / 7)
    assert figures["recall"] == pytest.approx(4 / 6)
    assert figures["f1"] == pytest.approx(8 / 13)
    assert figures["f1_spans"] == pytest.approx(10 / 13)
    assert figures["f1_person"] == pytest.approx(2 * 2 / (3 + 2))
    assert figures["f1_group"] == pytest.approx(2 * 1 / (2 + 3))
    assert figures["f1_country"] == pytest.approx(2 * 1 / (1 + 2))


def test_misses_say_what_is_wrong_with_a_name(tmp_path: Path) -> None:
    first, second = right()
    first["entities"][1] = named(UNION, "Harbour Workers", "group", "kind")
    first["entities"][2] = named(UNION, "Tuesday", "country", "kind")
    second["entities"][0]["kind"] = "group"
    found = {(miss.cause, miss.gold, miss.found) for miss in scored(ACTORS, ROWS, [first, second], tmp_path).misses}
    assert found == {
        ("wrong span", "Harbour Workers Union (group)", "Harbour Workers (group)"),
        ("not found", "Iraq (country)", "-"),
        ("no name of an actor", "-", "Tuesday (country)"),
        ("wrong kind", "Marta Ruiz (person)", "Marta Ruiz (group)"),
    }


def test_shifted_offsets_lower_all_and_other_kinds_leave_the_spans_right(tmp_path: Path) -> None:
    shifted, swapped = right(), right()
    for one in (one for row in shifted for one in row["entities"]):
        one |= {"start": one["start"] + 1, "end": one["end"] + 1}
    for one in (one for row in swapped for one in row["entities"]):
        one["kind"] = "person" if one["kind"] == "group" else "group"
    assert scored(ACTORS, ROWS, shifted, tmp_path).figures["f1_spans"] == 0
    figures = scored(ACTORS, ROWS, swapped, tmp_path).figures
    assert (figures["f1"], figures["f1_spans"]) == (0, 1)


def test_a_row_without_an_answer_lowers_recall_and_not_precision(tmp_path: Path) -> None:
    figures = scored(ACTORS, ROWS, right()[:1], tmp_path).figures
    assert (figures["precision"], figures["recall"]) == (1, 0.5)


@pytest.mark.parametrize(
    ("text", "named_"),
    [("Iraq", "country:IQ"), ("the United States", "country:US"), ("Iraqi", None), ("Paris", None), ("Kremlin", None), ("Iraq war", None)],
)
def test_only_a_name_of_its_own_is_one_of_the_gazetteer(text: str, named_: str | None) -> None:
    entry = entry_named(text)
    assert (entry.id if entry else None) == named_


def test_hits_of_nothing_are_no_crash() -> None:
    assert total([]) == Hits(0, 0, 0)
    assert (Hits().precision, Hits().recall, Hits().f1) == (0, 0, 0)
    assert ACTORS.figures([])["f1"] == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"entities": [named(UNION, "Iraq", "planet")]}, "entities[0].type: input should be 'person', "),
        ({"entities": [{"start": 0, "end": 4}]}, "entities[0].type: missing"),
        ({"entities": [{"start": 0, "end": 400, "type": "misc"}]}, "entities[0]: [0, 400] is outside the text"),
        ({"entities": [{"start": 1, "end": 5, "text": "Lena", "type": "misc"}]}, "entities[0]: 'Lena' is not what stands at [1, 5]"),
    ],
)
def test_a_wrong_row_is_named_with_file_line_and_field(change: Row, said: str, tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", [ROWS[1], ROWS[0] | change])
    with pytest.raises(InputError) as error:
        rows_of(ACTORS, path)
    assert str(error.value).startswith(f"{path}:2: {said}")


def test_a_wrong_prediction_is_named_with_file_line_and_field(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"given.jsonl:1: entities\[0\].kind: input should be 'person', 'group' or 'country'"):
        scored(ACTORS, ROWS, [{"id": "r0", "entities": [named(UNION, "Iraq", "nation", "kind")]}], tmp_path)
