"""kg eval linking: titles and names compared, figures by hand, faults that lower the right one, wrong rows named."""

from pathlib import Path

import pytest
from test_eval import Row, marked, scored, write

from kg.errors import InputError
from kg.evaluation.evaluating import answers, report, rows_of
from kg.evaluation.linking import RSS, WIKI, LinkAnswer
from kg.pipeline.extractor import Extractor

PAGE = "http://dbpedia.org/resource/"
MET = "Angela Merkel met the U.S. ambassador and Lena Ortiz."
PARIS = "Park Joo-ho accused Paris of a lie."


def linked(text: str, part: str, page: str | None) -> Row:
    return marked(text, part) | {"uri": PAGE + page if page else None, "nil_uri": None}


ROWS: list[Row] = [
    {
        "id": "r0",
        "text": MET,
        "entities": [linked(MET, "Angela Merkel", "Angela_Merkel"), linked(MET, "U.S.", "United_States"), linked(MET, "Lena Ortiz", None)],
    },
    {"id": "r1", "text": PARIS, "entities": [linked(PARIS, "Park Joo-ho", "Park_Joo%2Dho"), linked(PARIS, "Paris", "Paris")]},
]


def link(text: str, part: str, name: str, *aliases: str, **more: object) -> Row:
    return marked(text, part) | {"name": name, "aliases": list(aliases)} | more


def right() -> list[Row]:
    return [
        {"id": "r0", "links": [link(MET, "Angela Merkel", "Merkel", "Angela Merkel"), link(MET, "U.S.", "United States")]},
        {"id": "r1", "links": [link(PARIS, "Park Joo-ho", "Park Joo-ho"), link(PARIS, "Paris", "Paris")]},
    ]


def test_marked_names_are_linked_and_a_city_is_not_its_country(extractor: Extractor, tmp_path: Path) -> None:
    rows = rows_of(RSS, write(tmp_path / "dev.jsonl", ROWS))
    found = [answer for answer in answers(RSS, extractor, rows) if isinstance(answer, LinkAnswer)]
    assert [[one.name for one in answer.links] for answer in found] == [["Angela Merkel", "United States"], ["Park Joo-ho", "France"]]
    made = report(RSS, "sample", rows, found, resamples=0)
    assert (made.figures["accuracy"], made.figures["answered"]) == (3 / 4, 1)
    assert [(miss.cause, miss.gold, miss.found) for miss in made.misses] == [("name is not the title", "Paris = Paris", "France")]


def test_accuracy_by_hand(tmp_path: Path) -> None:
    first, second = right()
    assert scored(RSS, ROWS, [first, second], tmp_path).figures["accuracy"] == 1
    first["links"][1] = link(MET, "U.S.", "Umbrella Society", "U.S.")
    del second["links"][1]
    figures = scored(RSS, ROWS, [first, second], tmp_path).figures
    # four names have a page: Merkel and Park are right, the U.S. is wrong, Paris is not answered
    assert figures["accuracy"] == 2 / 4
    assert figures["answered"] == 3 / 4
    assert figures["accuracy_answered"] == pytest.approx(2 / 3)
    assert (figures["mentions"], figures["listed"]) == (4, 2)  # the gazetteer has Angela Merkel and the United States
    assert figures["accuracy_listed"] == 1 / 2


def test_swapped_names_and_shifted_offsets_lower_accuracy(tmp_path: Path) -> None:
    swapped, shifted = right(), right()
    one, two = swapped[0]["links"]
    one["name"], two["name"], one["aliases"] = two["name"], one["name"], []
    assert scored(RSS, ROWS, swapped, tmp_path).figures["accuracy"] == 2 / 4
    for row in shifted:
        for one in row["links"]:
            one |= {"start": one["start"] + 1, "text": None}
    figures = scored(RSS, ROWS, shifted, tmp_path).figures
    assert (figures["accuracy"], figures["answered"]) == (0, 0)


LEADER = "The German leader, Angela Merkel, met the mayor. She praised the city."


def mention(part: str, wiki: str | None, kind: str = "person", how: str = "coref", qid: str | None = None) -> Row:
    return marked(LEADER, part) | {"type": kind, "link": how, "wiki": wiki, "qid": qid}


DOCUMENT: Row = {
    "id": "d0",
    "text": LEADER,
    "mentions": [
        mention("Angela Merkel", "Angela_Merkel", qid="Q5"),
        mention("the mayor", "Michael_Ludwig"),
        mention("She", "Angela_Merkel", how="ana"),
        mention("the city", "Vienna", "place"),
        mention("German", "Germans", "abstract"),
    ],
}


def test_of_all_mentions_with_a_page_only_names_of_actors_and_places_count(extractor: Extractor, tmp_path: Path) -> None:
    rows = rows_of(WIKI, write(tmp_path / "dev.jsonl", [DOCUMENT]))
    figures = report(WIKI, "sample", rows, answers(WIKI, extractor, rows), resamples=0).figures
    assert (figures["mentions"], figures["accuracy"]) == (1, 1)


@pytest.mark.parametrize(("wikidata", "name", "accuracy"), [("Q5", "Someone", 1), ("Q6", "Angela Merkel", 0), (None, "Angela Merkel", 1)])
def test_wikidata_ids_decide_where_both_have_one(wikidata: str | None, name: str, accuracy: float, tmp_path: Path) -> None:
    given = {"id": "d0", "links": [link(LEADER, "Angela Merkel", name, wikidata=wikidata)]}
    assert scored(WIKI, [DOCUMENT], [given], tmp_path).figures["accuracy"] == accuracy


def test_no_mention_with_a_page_is_no_crash() -> None:
    assert RSS.figures([()]) == {"accuracy": 0, "answered": 0, "accuracy_answered": 0, "accuracy_listed": 0, "mentions": 0, "listed": 0}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"entities": [{"start": 0, "end": 6}]}, "entities[0].uri: missing"),
        ({"entities": [{"start": 0, "end": 600, "uri": None}]}, "entities[0]: [0, 600] is outside the text"),
    ],
)
def test_a_wrong_row_is_named_with_file_line_and_field(change: Row, said: str, tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", [ROWS[1], ROWS[0] | change])
    with pytest.raises(InputError) as error:
        rows_of(RSS, path)
    assert str(error.value).startswith(f"{path}:2: {said}")


def test_a_wrong_mention_is_named_with_file_line_and_field(tmp_path: Path) -> None:
    broken = DOCUMENT | {"mentions": [mention("She", "Angela_Merkel", "planet")]}
    path = write(tmp_path / "gold.jsonl", [broken])
    with pytest.raises(InputError) as error:
        rows_of(WIKI, path)
    assert str(error.value).startswith(f"{path}:1: mentions[0].type: input should be 'person', ")
