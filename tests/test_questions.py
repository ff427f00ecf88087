"""Questions by name and words looked up: the same rows on both stores, which the graph without any store tells, too."""

import json
import shlex
from collections.abc import Iterable
from typing import Any

import pytest
from hand_graph import NoGazetteer, articles, graph_of
from store_places import ONTOLOGY, Place

import kg
from kg.cli import main
from kg.errors import NotFoundError, SettingsError, StoreError
from kg.model import Edge, Graph, ResolvedClaim
from kg.stores.questions import questions
from kg.stores.searching import search_query

GRAPH = graph_of(articles())
NAMES = {entity.id: entity.name for entity in GRAPH.entities}
OSTREL, FRONT, MORVANIA, KORDA = "Ostrel", "Delta Front", "Morvania", "Peter Korda"


@pytest.fixture(scope="module")
def places(embedded_server: Place, neo4j_server: Place) -> list[Place]:
    """Both stores, with the three articles in them."""
    for place in (embedded_server, neo4j_server):
        place.clear()
        with place.open() as store:
            store.write(articles(), NoGazetteer(), ONTOLOGY)  # type: ignore[arg-type]  # enough of a gazetteer
    return [embedded_server, neo4j_server]


@pytest.fixture(params=["embedded", "neo4j"])
def place(request: pytest.FixtureRequest, places: list[Place], monkeypatch: pytest.MonkeyPatch) -> Place:
    found: Place = places[request.param == "neo4j"]
    for name, value in found.environment.items():
        monkeypatch.setenv(name, value)
    return found


def _ask(place: Place, question: str, **given: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in kg.ask(question, given, store=place.where).to_json()]


def _voice(one: ResolvedClaim) -> str:
    return one.claimer.name if one.claimer else one.claim.claimer_text or "the text itself"


def _between(*names: str) -> list[ResolvedClaim]:
    found = [one for one in GRAPH.claims if one.target and {one.source.name, one.target.name} == set(names)]
    return sorted(found, key=lambda one: (one.claim.event.start or "", one.claim.id))


def _of(name: str) -> list[Edge]:
    return [edge for edge in GRAPH.edges if name in {NAMES[edge.source_id], NAMES[edge.target_id]}]


def _other(edge: Edge, name: str) -> str:
    source, target = NAMES[edge.source_id], NAMES[edge.target_id]
    return target if source == name else source


def _sum(edges: Iterable[Edge], sign: int, *, negative: bool = False) -> int:
    return sum(edge.claims for edge in edges if edge.polarity * sign > 0 and (edge.modality_class == "negative") == negative)


def test_how_two_actors_stand(place: Place) -> None:
    outlets = {one.id: one.outlet for one in GRAPH.documents}
    expected = [
        (
            *(one.source.name, one.claim.relation, one.claim.modality, one.target.name if one.target else None, _voice(one)),
            *(one.claim.event.start, outlets[one.claim.document_id], one.claim.confidence, one.claim.evidence.sentence, one.claim.id),
        )
        for one in _between(OSTREL, FRONT)
    ]
    assert len(expected) == 5
    assert _ask(place, "stance-between", a=OSTREL, b=FRONT) == expected
    assert _ask(place, "stance-between", a=FRONT, b=OSTREL) == expected
    only = [row for row in expected if row[1] == "AT_ODDS_WITH"]
    assert _ask(place, "stance-between", a="delta front", b="country:ostrel", relation="at-odds-with") == only
    assert len(only) == 2


def test_who_stands_against_an_actor_and_who_says_so(place: Place) -> None:
    against = [
        one
        for one in GRAPH.claims
        if one.target and one.target.name == FRONT and one.claim.polarity < 0 and one.claim.modality_class != "negative"
    ]
    rows = _ask(place, "against", a=FRONT)
    assert sorted(row[:4] for row in rows) == sorted(
        {(one.source.name, one.claim.relation, one.claim.modality, _voice(one)) for one in against}
    )
    assert sum(row[4] for row in rows) == len(against) >= 4


def test_allies_and_adversaries(place: Place) -> None:
    rows = _ask(place, "allies-and-adversaries", a=OSTREL)
    groups = {name: [edge for edge in _of(OSTREL) if _other(edge, OSTREL) == name] for name in NAMES.values()}
    told = [(name, _sum(edges, 1), _sum(edges, -1)) for name, edges in groups.items()]
    assert [(row[0], row[2], row[3]) for row in rows] == sorted(
        (row for row in told if row[1] + row[2]), key=lambda row: (row[2] - row[1], row[0])
    )
    assert [row[4] for row in rows] == [3, -5]


def test_what_one_says_about_another(place: Place) -> None:
    said = [
        one
        for one in GRAPH.claims
        if one.claimer and one.claimer.name == KORDA and OSTREL in {one.source.name, one.target.name if one.target else ""}
    ]
    assert [row[-1] for row in _ask(place, "says-about", a=KORDA, b=OSTREL)] == [
        one.claim.id for one in sorted(said, key=lambda one: (one.claim.claimed or "", one.claim.id))
    ]
    assert len(said) == 2


def test_what_is_only_possible(place: Place) -> None:
    actual = {(edge.source_id, edge.relation, edge.target_id) for edge in GRAPH.edges if edge.modality_class == "actual"}
    only = [
        edge for edge in GRAPH.edges if edge.modality_class == "uncertain" and (edge.source_id, edge.relation, edge.target_id) not in actual
    ]
    expected = {(NAMES[edge.source_id], edge.relation, NAMES[edge.target_id], edge.claims) for edge in only}
    assert {(*row[:3], row[4]) for row in _ask(place, "only-possible")} == expected
    assert expected


def test_what_is_denied(place: Place) -> None:
    denied = [one for one in _between(OSTREL, MORVANIA) if one.claim.modality_class == "negative"]
    rows = _ask(place, "denied", a=MORVANIA)
    assert [(row[0], row[2], row[4], row[-1]) for row in rows] == [
        (one.source.name, one.claim.modality, _voice(one), one.claim.id) for one in denied
    ]
    assert len(rows) == 1


def test_contradictions(place: Place) -> None:
    links = sorted((link.first_id, link.second_id) for link in GRAPH.links if link.kind == "CONTRADICTS")
    assert [row[-2:] for row in _ask(place, "contradictions", a=OSTREL)] == links
    assert links
    assert _ask(place, "contradictions", a="Tavland") == []


def test_what_several_outlets_report_and_what_rests_on_one_text(place: Place) -> None:
    several = [edge for edge in GRAPH.edges if edge.outlets > 1]
    assert [(row[0], row[1], row[3], row[4]) for row in _ask(place, "corroborated")] == [
        (NAMES[edge.source_id], edge.relation, NAMES[edge.target_id], edge.outlets) for edge in several
    ]
    assert len(several) == 1
    single = [edge for edge in _of(OSTREL) if edge.documents == 1]
    rows = _ask(place, "single-source", a=OSTREL)
    assert {row[-1] for row in rows} == {edge.sample[0] for edge in single}
    assert [row[6] for row in rows] == sorted((row[6] for row in rows), reverse=True)


def test_who_speaks_most(place: Place) -> None:
    counts: dict[str, int] = {}
    for one in GRAPH.claims:
        if one.claimer:
            counts[one.claimer.name] = counts.get(one.claimer.name, 0) + 1
    rows = _ask(place, "speakers")
    assert [(row[0], row[2]) for row in rows] == sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    assert all(sum(row[3:6]) <= row[2] for row in rows)
    assert rows[0][:6] == (KORDA, "person", 2, 0, 1, 1)


def test_the_pairs_that_most_is_claimed_about(place: Place) -> None:
    pairs: dict[frozenset[str], list[Edge]] = {}
    for edge in GRAPH.edges:
        pairs.setdefault(frozenset((NAMES[edge.source_id], NAMES[edge.target_id])), []).append(edge)
    expected = {pair: (sum(edge.claims for edge in edges), _sum(edges, 1), _sum(edges, -1)) for pair, edges in pairs.items()}
    rows = _ask(place, "top-pairs")
    assert {frozenset(row[:2]): row[2:5] for row in rows} == expected
    assert [row[2] for row in rows] == sorted((row[2] for row in rows), reverse=True)


def test_change_by_month(place: Place) -> None:
    assert _ask(place, "by-month", a=OSTREL, b=MORVANIA) == [("2026-03", 3, 0, 0, 1)]


def test_what_is_new_since_a_day(place: Place) -> None:
    new = {(NAMES[edge.source_id], edge.relation, NAMES[edge.target_id]) for edge in GRAPH.edges if (edge.first or "") >= "2026-03-09"}
    assert {(row[0], row[1], row[3]) for row in _ask(place, "new-since", since="2026-03-09")} == new
    assert 0 < len(new) < len(GRAPH.edges)


def test_who_stands_in_one_relation_to_whom(place: Place) -> None:
    rows = _ask(place, "relation", relation="recognizes")
    assert [row[:4] for row in rows] == [("Tavland", "negative", FRONT, 1)]


def test_the_enemy_of_an_enemy(place: Place) -> None:
    rows = _ask(place, "enemy-of-enemy", a=MORVANIA)
    assert [row[:5] for row in rows] == [(OSTREL, 1, [FRONT], 3, 0), ("Amina Sule", 1, [FRONT], 0, 0)]


ASKED = {
    **{
        name: {"a": OSTREL} for name in ("against", "allies-and-adversaries", "denied", "contradictions", "single-source", "enemy-of-enemy")
    },
    **{name: {"a": OSTREL, "b": FRONT} for name in ("stance-between", "by-month")},
    **{name: {} for name in ("only-possible", "corroborated", "speakers", "top-pairs")},
    "says-about": {"a": KORDA, "b": OSTREL},
    "new-since": {"since": "2026-03-05"},
    "relation": {"relation": "AT_ODDS_WITH"},
}


@pytest.mark.parametrize("question", questions())
def test_both_stores_answer_alike_and_what_is_shown_can_be_pasted(
    question: str, places: list[Place], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in places[1].environment.items():
        monkeypatch.setenv(name, value)
    options = [part for name, value in ASKED[question].items() for part in (f"--{name}", value)]
    answers = []
    for place in places:
        assert main(["ask", question, *options, "--store", place.where, "--format", "json"]) == 0
        answers.append(capsys.readouterr().out)
        assert main(["ask", question, *options, "--store", place.where, "--show"]) == 0
        shown = shlex.split(capsys.readouterr().out)
        assert shown[:2] == ["kg", "query"]
        assert main([*shown[1:], "--format", "json"]) == 0
        answers.append(capsys.readouterr().out)
    assert len(set(answers)) == 1
    assert json.loads(answers[0])


def test_there_are_fifteen_and_each_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(questions()) == 15
    assert main(["ask", "--list", "--format", "jsonl"]) == 0
    assert [json.loads(line)["question"] for line in capsys.readouterr().out.splitlines()] == list(questions())


def test_a_question_that_cannot_be_asked_is_one_clear_line(place: Place) -> None:
    for error, told, given in (
        (SettingsError, "unknown question 'agains'; did you mean against", ("agains", {})),
        (SettingsError, r"by-month: --b is missing \(kg ask by-month --a ACTOR --b ACTOR\)", ("by-month", {"a": OSTREL})),
        (SettingsError, "speakers: --a is not asked for", ("speakers", {"a": OSTREL})),
        (SettingsError, "--since soon: a date", ("new-since", {"since": "soon"})),
        (NotFoundError, "nobody here is called 'Ostrl'; did you mean 'Ostrel'", ("against", {"a": "Ostrl"})),
        (NotFoundError, "no relation is called 'RECOGNISES'; did you mean RECOGNIZES", ("relation", {"relation": "RECOGNISES"})),
    ):
        name, parameters = given
        with pytest.raises(error, match=told):
            kg.ask(name, parameters, store=place.where)


def test_a_workspace_is_asked(place: Place) -> None:
    with kg.open(place.where) as graph:
        assert graph.ask("against", a=FRONT) == kg.ask("against", a=FRONT, store=place.where)
        assert graph.search("Ostrel raid") == kg.search("Ostrel raid", store=place.where)
    with pytest.raises(StoreError, match="in no store"):
        kg.api.Workspace(Graph(), ONTOLOGY).ask("speakers")


def test_words_are_found_in_sentences_and_the_claim_is_told(place: Place) -> None:
    (found,) = kg.search("PATROL could work ostrel Sule".replace("PATROL ", ""), store=place.where)
    assert found["sentence"] == "Morvania could work with Ostrel against Delta Front, Amina Sule said."
    assert (found["source"], found["label"], found["target"], found["claimer"]) == (MORVANIA, "possible coordination", OSTREL, "Amina Sule")
    assert (found["day"].isoformat(), found["document"], found["confidence"]) == ("2026-03-02", "Port talks open under a shadow", 0.86)
    assert kg.search("Ostrel zebra", store=place.where) == []


def test_the_order_of_what_is_found_is_the_same_on_both(places: list[Place], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in places[1].environment.items():
        monkeypatch.setenv(name, value)
    for words in ("Ostrel", "delta front", "odds with", "the", "said River-Radio"):
        found = [[row["claim"] for row in kg.search(words, store=place.where)] for place in places]
        assert found[0] == found[1], words
        assert found[0]
        first = kg.search(words, store=places[0].where, limit=1)
        assert ([row["claim"] for row in first], first.cut) == (found[0][:1], len(found[0]) > 1)


HOSTILE_WORDS = (
    *('"', "\\", "a\\", '"a" OR "b"', "AND OR NOT", "+-&&||!(){}[]^~*?:/", "sentence:Ostrel", "Ostr*", "(Ostrel", "[a TO b]", "Ostrel~2"),
    *(
        "'}) DETACH DELETE n //",
        "\\u0022 OR *:*",
        "a\x00b",
        "half \ud800 a character",
        "😀 Ostrel",
        "Ostrel^9",
        "/Os.*/",
        "x" * 9_000,
        "_ _",
    ),
)


@pytest.mark.parametrize("words", HOSTILE_WORDS)
def test_no_words_break_the_search(words: str, place: Place) -> None:
    before = place.everything()
    try:
        found = kg.search(words, store=place.where)
    except SettingsError as error:
        assert str(error).startswith("no word to search for")  # noqa: PT017 - most are words, some are none
    else:
        wanted = [word.strip('+"').lower() for word in search_query(words).split()]
        assert all(word in row["sentence"].lower() for row in found for word in wanted)
    assert place.everything() == before


def test_too_many_words_are_refused() -> None:
    with pytest.raises(SettingsError, match="60 words to search for; 50 at most"):
        search_query(" ".join(f"w{number}" for number in range(60)))


def test_what_is_found_is_printed_for_people(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "Ostrel", "theft", "--store", place.where]) == 0
    sentence, who, where = capsys.readouterr().out.splitlines()
    assert sentence == "Ostrel accused Delta Front of theft."
    assert who.strip() == "Ostrel - accusation - Delta Front, says the text itself"
    assert where.split()[0] == "2026-03-09"
    assert main(["search", "Ostrel", "--limit", "1", "--store", place.where]) == 0
    assert "cut at 1 row; --limit N shows more" in capsys.readouterr().err
