"""kg eval coreference: the CoNLL figure by hand, pronouns, clusters within and across documents, faults that lower the right figure."""

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from test_eval import Row, scored, write

from kg.errors import InputError
from kg.evaluation.across import ACROSS, AcrossAnswer
from kg.evaluation.bootstrap import intervals
from kg.evaluation.clusters import Cluster, clusters_of, conll_f1, counts_of, f1_by_measure, parts, without
from kg.evaluation.coreference import GUM, ClusterAnswer
from kg.evaluation.evaluating import answers, report, rows_of
from kg.evaluation.pronouns import GAP
from kg.evaluation.report import Report
from kg.pipeline.extractor import Extractor


def sets(*clusters: str) -> list[Cluster[str]]:
    return [frozenset(cluster) for cluster in clusters]


def at(text: str, part: str, number: int = 0) -> list[int]:
    """Where a part stands in a text, the first time or a later one."""
    start = -1
    for _ in range(number + 1):
        start = text.index(part, start + 1)
    return [start, start + len(part)]


def stretch(text: str, part: str, number: int = 0, **more: object) -> Row:
    start, end = at(text, part, number)
    return {"start": start, "end": end, "text": part, **more}


# --- the figure itself


def test_the_three_measures_are_those_of_the_reference_paper() -> None:
    # the worked example of Pradhan et al. (2014), section 2
    counts = counts_of(sets("abc", "defg"), sets("ab", "cd", "fghi"))
    shares = [found / whole for found, whole in zip(counts[::2], counts[1::2], strict=True)]
    muc, b_cubed, ceaf_e = shares[:2], shares[2:4], shares[4:]
    assert muc == pytest.approx([2 / 5, 2 / 5])
    assert b_cubed == pytest.approx([(4 / 3 + 1 / 3 + 1 / 4 + 4 / 4) / 7, (4 / 2 + 1 / 2 + 1 / 2 + 4 / 4) / 8])
    assert ceaf_e == pytest.approx([(4 / 5 + 4 / 8) / 2, (4 / 5 + 4 / 8) / 3])


def test_conll_f1_is_the_mean_of_the_three() -> None:
    counts = [counts_of(sets("abc"), sets("ab"))]
    by_hand = {"muc": 2 / 3, "b_cubed": 2 * (4 / 9) / (13 / 9), "ceaf_e": 4 / 5}
    assert f1_by_measure(counts) == pytest.approx(by_hand)
    assert conll_f1(counts) == pytest.approx(sum(by_hand.values()) / 3)


def test_documents_are_summed_not_averaged() -> None:
    found = f1_by_measure([counts_of(sets("ab"), sets("ab")), counts_of(sets("abcd"), sets("ab", "cd"))])
    assert found["muc"] == pytest.approx(2 * (3 / 4) / (3 / 4 + 1))  # links: 3 of 4 found, 3 of 3 right


@pytest.mark.parametrize(("key", "response"), [([], []), (["ab"], []), ([], ["ab"]), (["ab"], ["cd"]), (["ab"], ["ac"])])
def test_what_shares_no_link_scores_no_muc_and_does_not_crash(key: list[str], response: list[str]) -> None:
    assert f1_by_measure([counts_of(sets(*key), sets(*response))])["muc"] == 0
    assert f1_by_measure([]) == {"muc": 0, "b_cubed": 0, "ceaf_e": 0}


def test_parts_give_the_figure_of_the_whole() -> None:
    key, response = sets("abc", "defg", "xyz", "uv"), sets("ab", "cd", "fghi", "xy", "qr")
    split = list(parts(key, response))
    assert len(split) == 4
    whole = counts_of(key, response)
    assert [sum(column) for column in zip(*(counts_of(*part) for part in split), strict=True)] == pytest.approx(whole)


def test_a_mention_alone_is_no_cluster_and_none_stands_in_two() -> None:
    assert clusters_of([(1, "a"), (1, "b"), (2, "b"), (2, "c"), (3, "d"), (3, "e")]) == sets("ab", "de")
    assert without(sets("abc", "de"), {"c", "d"}) == sets("ab")


# --- within documents

TALKS = "Angela Merkel met Tom Hale in Vienna. She praised Hale, and he thanked her. The talks were short. The talks go on."
MERKEL = [at(TALKS, "Angela Merkel"), at(TALKS, "She"), at(TALKS, "her")]
HALE = [at(TALKS, "Tom Hale"), at(TALKS, "Hale", 1), at(TALKS, "he", 1)]  # the first "he" is in "She"
TALK = [at(TALKS, "The talks"), at(TALKS, "The talks", 1)]
DOCUMENT: Row = {
    "id": "d0",
    "genre": "news",
    "text": TALKS,
    "mentions": [
        *({"start": start, "end": end, "type": "person"} for start, end in MERKEL + HALE),
        *({"start": start, "end": end, "type": "event"} for start, end in TALK),
    ],
    "clusters": [MERKEL, HALE, TALK],
}


def gum(clusters: list[list[list[int]]], folder: Path) -> Report:
    return scored(GUM, [DOCUMENT], [{"id": "d0", "clusters": clusters}], folder)


def test_clusters_are_those_of_the_reading(extractor: Extractor, tmp_path: Path) -> None:
    rows = rows_of(GUM, write(tmp_path / "dev.jsonl", [DOCUMENT]))
    found = [answer for answer in answers(GUM, extractor, rows) if isinstance(answer, ClusterAnswer)]
    assert found[0].clusters == [MERKEL, HALE]
    figures = report(GUM, "sample", rows, found, resamples=0).figures
    # of three clusters two are found whole: links 4 of 5, mentions 6 of 8, clusters 2 of 3; all that is answered is right
    assert figures["muc_f1"] == pytest.approx(2 * (4 / 5) / (4 / 5 + 1))
    assert figures["b_cubed_f1"] == pytest.approx(2 * (6 / 8) / (6 / 8 + 1))
    assert figures["ceaf_e_f1"] == pytest.approx(2 * (2 / 3) / (2 / 3 + 1))
    assert figures["conll_f1_actors"] == 1  # the talks are no actor
    assert (figures["mention_precision"], figures["mention_recall"]) == (1, 6 / 8)


def test_the_gold_as_predictions_is_right(tmp_path: Path) -> None:
    made = gum([MERKEL, HALE, TALK], tmp_path)
    assert made.figures["conll_f1"] == pytest.approx(1)
    assert made.misses == ()


def test_two_people_taken_for_one_by_hand(tmp_path: Path) -> None:
    figures = gum([MERKEL + HALE, TALK], tmp_path).figures
    assert figures["muc_f1"] == pytest.approx(2 * (5 / 6) / (5 / 6 + 1))  # links: 5 of 5 found, 5 of 6 right
    assert figures["b_cubed_f1"] == pytest.approx(2 * (5 / 8) / (5 / 8 + 1))  # mentions: each of the six is half right, two are right
    assert figures["conll_f1"] < 1
    assert figures["mention_precision"] == 1


def test_shifted_mentions_are_none(tmp_path: Path) -> None:
    shifted = [[[start + 1, end + 1] for start, end in cluster] for cluster in (MERKEL, HALE, TALK)]
    figures = gum(shifted, tmp_path).figures
    assert (figures["conll_f1"], figures["conll_f1_actors"], figures["mention_recall"]) == (0, 0, 0)


def test_misses_say_how_a_mention_is_wrong(tmp_path: Path) -> None:
    merkel, vienna = [MERKEL[0], MERKEL[2]], [at(TALKS, "Vienna"), HALE[1]]
    talks = [at(TALKS, "talks"), at(TALKS, "talks", 1)]
    misses = gum([merkel, vienna, [HALE[0], HALE[2]], talks], tmp_path).misses
    assert {(miss.cause, miss.gold, miss.found) for miss in misses} == {
        ("mention not found", "She = Angela Merkel", "-"),
        ("no such mention in a cluster", "-", "Vienna"),
        ("not joined", "Hale = Tom Hale", "Hale = Vienna"),
        ("not joined", "he = Hale", "he = Tom Hale"),
        ("other span", "The talks", "-"),
        ("other span", "The talks = The talks", "-"),
        ("no such mention in a cluster", "-", "talks"),
        ("no such mention in a cluster", "-", "talks = talks"),
    }
    joined = gum([MERKEL + HALE, TALK], tmp_path).misses
    assert ("wrongly joined", "Tom Hale", "Tom Hale = Angela Merkel") in {(miss.cause, miss.gold, miss.found) for miss in joined}


def test_genres_far_from_news_are_skipped_and_counted(tmp_path: Path) -> None:
    rows = [DOCUMENT, DOCUMENT | {"id": "d1", "genre": "voyage"}]
    made = scored(GUM, rows, [{"id": "d0", "clusters": [MERKEL, HALE, TALK]}], tmp_path)
    assert (made.rows, made.skipped) == (1, {"genre other than news, interview, speech": 1})
    assert made.figures["conll_f1"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"clusters": [[[0, 900]]]}, "clusters[0][0]: [0, 900] is outside the text"),
        ({"clusters": None}, "clusters: input should be a valid array"),
        ({"mentions": [{"start": 0, "end": 6, "type": "planet"}]}, "mentions[0].type: input should be 'person', "),
        ({"genre": 1}, "genre: input should be a valid string"),
    ],
)
def test_a_wrong_document_is_named_with_file_line_and_field(change: Row, said: str, tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", [DOCUMENT | {"id": "d1"}, DOCUMENT | change])
    with pytest.raises(InputError) as error:
        rows_of(GUM, path)
    assert str(error.value).startswith(f"{path}:2: {said}")


def test_a_wrong_prediction_of_clusters_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"given.jsonl:1: clusters\[0\]\[0\]: list should have at least 2 items"):
        scored(GUM, [DOCUMENT], [{"id": "d0", "clusters": [[[1]]]}], tmp_path)


# --- pronouns

PRAISE = "Angela Merkel met Tom Hale in Vienna. She praised Hale."
THANKS = "Tom Hale met Anna Roy on Monday. He thanked Roy."
SISTER = "Anna Roy met Jane Ward and a sister of hers. She said nothing."


def gap(number: int, text: str, pronoun: str, a: str, b: str, coref: tuple[bool, bool]) -> Row:
    return {
        "id": f"g{number}",
        "text": text,
        "pronoun": stretch(text, pronoun),
        "a": stretch(text, a, coref=coref[0]),
        "b": stretch(text, b, coref=coref[1]),
    }


PRONOUNS = [
    gap(0, PRAISE, "She", "Angela Merkel", "Tom Hale", (True, False)),
    gap(1, THANKS, "He", "Tom Hale", "Anna Roy", (True, False)),
    gap(2, SISTER, "She", "Anna Roy", "Jane Ward", (False, False)),
]


def joined(row: Row, *parts: str) -> Row:
    """A prediction that joins the pronoun with these names."""
    return {"id": row["id"], "clusters": [[[row[part]["start"], row[part]["end"]] for part in ("pronoun", *parts)]]}


def test_pronouns_are_read_off_the_clusters(extractor: Extractor, tmp_path: Path) -> None:
    rows = rows_of(GAP, write(tmp_path / "dev.jsonl", PRONOUNS[:2]))
    figures = report(GAP, "sample", rows, answers(GAP, extractor, rows), resamples=0).figures
    assert figures == {"f1": 1, "precision": 1, "recall": 1, "f1_masculine": 1, "f1_feminine": 1, "answered": 1}


def test_decisions_about_pronouns_by_hand(tmp_path: Path) -> None:
    one, two, three = PRONOUNS
    made = scored(GAP, PRONOUNS, [joined(one, "b"), joined(two, "a"), joined(three, "a", "b")], tmp_path)
    # two of the six decisions are yes in truth; four were answered with yes, one of them rightly
    assert made.figures["precision"] == pytest.approx(1 / 4)
    assert made.figures["recall"] == pytest.approx(1 / 2)
    assert made.figures["f1"] == pytest.approx(1 / 3)
    assert (made.figures["f1_masculine"], made.figures["f1_feminine"]) == (1, 0)
    assert [(miss.cause, miss.gold, miss.found) for miss in made.misses] == [
        ("other name", "She = Angela Merkel", "She = Tom Hale"),
        ("neither in truth", "She = neither", "She = Anna Roy and Jane Ward"),
    ]


def test_a_pronoun_that_stands_for_nobody_is_not_answered(tmp_path: Path) -> None:
    one, two, _ = PRONOUNS
    right = [joined(one, "a"), joined(two, "a")]
    assert scored(GAP, PRONOUNS, right, tmp_path).figures["f1"] == 1
    right[0]["clusters"][0].pop(0)
    figures = scored(GAP, PRONOUNS, right, tmp_path).figures
    assert (figures["recall"], figures["precision"]) == (1 / 2, 1)
    assert figures["answered"] == pytest.approx(1 / 3)


def test_shifted_names_are_not_the_ones_marked(tmp_path: Path) -> None:
    shifted = [joined(row, "a") for row in PRONOUNS[:2]]
    for row in shifted:
        row["clusters"][0][1][0] += 1
    assert scored(GAP, PRONOUNS, shifted, tmp_path).figures["f1"] == 0


def test_a_wrong_pronoun_row_is_named(tmp_path: Path) -> None:
    broken = deepcopy(PRONOUNS[1])
    del broken["a"]["coref"]
    path = write(tmp_path / "gold.jsonl", [PRONOUNS[0], broken])
    with pytest.raises(InputError) as error:
        rows_of(GAP, path)
    assert str(error.value) == f"{path}:2: a.coref: missing"


# --- across documents

FIRST, SECOND, THIRD = "Norway praised Chile in the harbour.", "Chile later thanked Norway.", "Kenya attacked Ghana near the harbour."


def chained(number: int, topic: str, text: str, *mentions: tuple[str, str, str]) -> Row:
    marks: list[Row] = [stretch(text, part, kind="entity", type=kind, chain=chain) for part, kind, chain in mentions]
    verb = stretch(text, text.split()[1], kind="event", type="ACT", chain="ACT1")
    return {"id": f"c{number}", "topic": topic, "text": text, "mentions": [*marks, verb]}


CHAINS = [
    chained(0, "1", FIRST, ("Norway", "HUM", "HUM1"), ("Chile", "HUM", "HUM2"), ("the harbour", "LOC", "LOC1")),
    chained(1, "1", SECOND, ("Norway", "HUM", "HUM1"), ("Chile", "HUM", "HUM2")),
    chained(2, "2", THIRD, ("Kenya", "HUM", "HUM3"), ("the harbour", "LOC", "LOC1")),
]


def chains() -> list[Row]:
    """The gold as predictions."""
    entities = [[mark | {"entity": mark["chain"]} for mark in row["mentions"] if mark["kind"] == "entity"] for row in CHAINS]
    return [{"id": row["id"], "clusters": [], "entities": marks} for row, marks in zip(CHAINS, entities, strict=True)]


def test_an_entity_is_the_same_in_all_documents(extractor: Extractor, tmp_path: Path) -> None:
    rows = rows_of(ACROSS, write(tmp_path / "dev.jsonl", CHAINS))
    found = [answer for answer in answers(ACROSS, extractor, rows) if isinstance(answer, AcrossAnswer)]
    assert [[one.entity for one in answer.entities] for answer in found[:2]] == [["country:NO", "country:CL"], ["country:CL", "country:NO"]]
    figures = report(ACROSS, "sample", rows, found, resamples=0).figures
    # Norway and Chile are found, the harbour is not: links 2 of 3, mentions 4 of 6, clusters 2 of 3; all that is answered is right
    assert figures["conll_f1"] == pytest.approx(2 * (2 / 3) / (2 / 3 + 1))
    assert figures["conll_f1_people"] == 1


def test_the_gold_chains_as_predictions_are_right_and_events_do_not_count(tmp_path: Path) -> None:
    figures = scored(ACROSS, CHAINS, chains(), tmp_path).figures
    assert figures == pytest.approx(
        {"conll_f1": 1, "conll_f1_people": 1, "mention_precision": 1, "mention_recall": 1, "mentions": 6},
    )


def test_names_that_hold_in_one_document_only_join_nothing(tmp_path: Path) -> None:
    local = chains()
    for row in local:
        for one in row["entities"]:
            one["entity"] += row["id"]
    figures = scored(ACROSS, CHAINS, local, tmp_path).figures
    assert (figures["conll_f1"], figures["mention_recall"]) == (0, 0)


def test_shifted_entities_are_others(tmp_path: Path) -> None:
    shifted = chains()
    for one in shifted[0]["entities"]:
        one |= {"start": one["start"] + 1, "text": None}
    figures = scored(ACROSS, CHAINS, shifted, tmp_path).figures
    assert figures["mention_recall"] == 3 / 6
    assert figures["conll_f1"] == pytest.approx((0 + 1 / 4 + 1 / 2) / 3)  # no link is left, half of each mention, half of each cluster


def test_documents_drawn_twice_make_no_links_of_their_own(tmp_path: Path) -> None:
    rows = rows_of(ACROSS, write(tmp_path / "dev.jsonl", CHAINS))
    local = chains()
    local[0]["entities"][0]["entity"] = "someone else"
    given = {row["id"]: ACROSS.prediction.model_validate(row) for row in local}
    outcomes = [ACROSS.judge(row, given[row.id]).outcome for row in rows]
    once, twice = ACROSS.figures(outcomes), ACROSS.figures([*outcomes, *outcomes])
    assert once["conll_f1"] < 1
    assert twice["conll_f1"] == pytest.approx(once["conll_f1"])


def test_intervals_draw_the_documents_of_one_topic_together() -> None:
    def mean(values: Sequence[int]) -> dict[str, float | int]:
        return {"mean": sum(values) / len(values)}

    values = [0] * 30 + [1] * 70
    assert intervals(values, mean, unit=lambda value: value)["mean"] == (0, 1)  # two topics: both may be drawn twice
    assert intervals(values, mean, unit=lambda _: "the same") == {}
    assert ACROSS.unit is not None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "idea"}, "mentions[0].kind: input should be 'entity' or 'event'"),
        ({"type": "PLANET"}, "mentions[0].type: input should be 'HUM', "),
        ({"chain": None}, "mentions[0].chain: input should be a valid string"),
    ],
)
def test_a_wrong_chain_is_named_with_file_line_and_field(change: dict[str, Any], said: str, tmp_path: Path) -> None:
    broken = deepcopy(CHAINS[1])
    broken["mentions"][0] |= change
    path = write(tmp_path / "gold.jsonl", [CHAINS[0], broken])
    with pytest.raises(InputError) as error:
        rows_of(ACROSS, path)
    assert str(error.value).startswith(f"{path}:2: {said}")
