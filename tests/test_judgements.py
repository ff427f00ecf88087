"""People's corrections: what they come to, in whatever order they are given, in memory and on both stores."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fake_extractor import GAZETTEER, FakeExtractor, fake_reading
from store_places import ONTOLOGY, Place

import kg
from kg.api import importing
from kg.api import judging as correcting
from kg.assemble import assemble
from kg.cli import main
from kg.model import Graph, Judgement, Reading, dumps, edge_key, judged, judgement_from_json, judgement_to_json, reading_to_json
from kg.model.cypher_form import judgement_to_cypher
from kg.resolve import corrections_of, resolve
from kg.stores import Judged, judging


def _time() -> Iterator[str]:
    for second in range(10**6):
        yield f"2026-11-{1 + second // 86400:02d}T{second // 3600 % 24:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


_CLOCK = _time()


def said(kind: str, *subjects: str, when: str | None = None, why: str | None = None) -> Judgement:
    return judged(kind, subjects, who="Ada", when=when or next(_CLOCK), why=why)  # type: ignore[arg-type]  # a kind


def graph_with(readings: list[Reading], *judgements: Judgement) -> Graph:
    return assemble(readings, resolve(readings, GAZETTEER, judgements), ONTOLOGY)


def lines(graph: Graph) -> list[str]:
    return sorted(f"{one.source.name} {one.claim.relation} {one.target.name if one.target else '-'}" for one in graph.claims)


READINGS = [
    fake_reading("Iran ACCUSE actual Iraqis. Iran COOPERATE actual the Sunrise Front."),
    fake_reading("Iran COOPERATE denied Sunrise Movement. ISKP ACCUSE actual France, says Mark Milley."),
    fake_reading("Morning Front ACCUSE actual Iran. ISIS-K ACCUSE actual Sunrise Movement, says Gen. Mark A. Milley."),
]
FRONT, MOVEMENT, MORNING = "group:sunrise-front", "group:sunrise-movement", "group:morning-front"


def test_a_judgement_is_the_same_after_json_and_knows_when_it_was_changed() -> None:
    one = said("rename", "country:IR", " Islamic  Republic ", when="2026-11-25T10:30:00+01:00", why=" '); DROP\n\x00<b> ")
    assert one.subjects == ("country:IR", "Islamic Republic")
    assert one.when == "2026-11-25T09:30:00.000000Z"
    line = dumps(judgement_to_json(one))
    assert judgement_from_json(json.loads(line)) == one
    with pytest.raises(ValueError, match="is not what was judged"):
        judgement_from_json(json.loads(line.replace("Ada", "Bob")))


@pytest.mark.parametrize(
    ("kind", "subjects", "told"),
    [
        ("same", ("country:IR", "group:taliban"), "a country and a group cannot be one entity"),
        ("same", ("country:IR", "country:IR"), "two ids in their order"),
        ("same", ("country:IR",), "2 subjects, got 1"),
        ("differ", ("country:IR", "Iraq"), "no id of an entity"),
        ("rename", ("country:IR", "  "), "a text of 1 to 600"),
        ("forget", ("x",), "unknown kind"),
    ],
)
def test_a_judgement_that_makes_no_sense_is_none(kind: str, subjects: tuple[str, ...], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        said(kind, *subjects)


def test_two_names_that_are_one_actor_become_one_with_the_names_of_both() -> None:
    graph = graph_with(READINGS, said("same", FRONT, MOVEMENT))
    (entity,) = [one for one in graph.entities if "Sunrise" in one.name]
    assert (entity.id, entity.name) == (FRONT, "Sunrise Movement")  # the first id of the alphabet, the most frequent name
    assert entity.aliases == ("the Sunrise Front",)
    assert {link.kind for link in graph.links} == {"CONTRADICTS"}  # they are about one actor now
    assert {one.claim.id for one in graph.claims} == {one.claim.id for one in graph_with(READINGS).claims}


def test_the_id_of_the_gazetteer_stays_and_chains_lead_to_it() -> None:
    graph = graph_with(READINGS, said("same", MOVEMENT, MORNING), said("same", "group:taliban", MORNING), said("same", FRONT, MOVEMENT))
    assert {one.source.id for one in graph.claims if one.source.kind == "group"} == {"group:isis-k", "group:taliban"}
    (entity,) = [one for one in graph.entities if one.id == "group:taliban"]
    assert (entity.name, entity.aliases) == ("Taliban", ("Morning Front", "Sunrise Movement", "the Sunrise Front"))


def test_a_name_that_the_gazetteer_gave_to_another_becomes_an_actor_of_its_own() -> None:
    graph = graph_with(READINGS, said("differ", "group:isis-k", "group:iskp"))
    assert "ISKP ACCUSE France" in lines(graph)
    assert {one.id: one.name for one in graph.entities if one.kind == "group"}.items() >= {
        "group:isis-k": "ISIS-K",
        "group:iskp": "ISKP",
    }.items()
    again = graph_with(READINGS, said("differ", "group:isis-k", "group:iskp"), said("same", "group:isis-k", "group:iskp"))
    assert again == graph_with(READINGS)


def test_of_judgements_that_contradict_each_other_the_later_wins() -> None:
    same, differ = said("same", FRONT, MOVEMENT, when="2026-01-01"), said("differ", FRONT, MOVEMENT, when="2026-01-02")
    assert graph_with(READINGS, differ, same) == graph_with(READINGS)
    assert corrections_of([same, differ]).overruled == {same.id: differ}
    later = said("same", FRONT, MOVEMENT, when="2026-01-03")
    assert graph_with(READINGS, later, differ, same) == graph_with(READINGS, later)


def test_a_chain_does_not_join_what_a_later_judgement_keeps_apart() -> None:
    chain = [said("same", FRONT, MOVEMENT), said("same", MOVEMENT, MORNING)]
    apart = said("differ", FRONT, MORNING)
    found = corrections_of([*chain, apart])
    assert found.whole(MOVEMENT) == found.whole(MORNING) != found.whole(FRONT)  # the later link of the chain holds
    assert found.overruled == {chain[0].id: apart}
    joined = said("same", FRONT, MORNING)
    assert {corrections_of([*chain, apart, joined]).whole(one) for one in (FRONT, MOVEMENT, MORNING)} == {MORNING}


def test_a_rejected_claim_is_in_no_edge_and_in_no_table() -> None:
    before = graph_with(READINGS)
    wrong = next(one for one in before.claims if one.claim.relation == "COOPERATE" and one.claim.modality == "denied")
    after = graph_with(READINGS, said("reject", wrong.claim.id))
    assert [one.claim.id for one in before.claims if one.claim.id != wrong.claim.id] == [one.claim.id for one in after.claims]
    assert {edge.key for edge in before.edges} - {edge.key for edge in after.edges} == {wrong.edge_key}


def test_a_new_name_is_shown_and_the_old_one_stays_an_alias() -> None:
    graph = graph_with(READINGS, said("rename", "country:IQ", "Republic of Iraq"), said("rename", FRONT, "Dawn"))
    names = {one.id: (one.name, one.aliases) for one in graph.entities}
    assert names["country:IQ"] == ("Republic of Iraq", ("Iraq", "Iraqis"))
    assert names[FRONT] == ("Dawn", ("Sunrise Front", "the Sunrise Front"))
    assert "Iran COOPERATE Dawn" in lines(graph)


def test_an_undone_judgement_is_as_if_never_made_and_an_undo_can_be_undone() -> None:
    same = said("same", FRONT, MOVEMENT)
    undo = said("undo", same.id)
    assert graph_with(READINGS, same, undo) == graph_with(READINGS)
    assert corrections_of([same, undo]).undone == {same.id: undo}
    assert graph_with(READINGS, same, undo, said("undo", undo.id)) == graph_with(READINGS, same)


def test_names_that_are_looked_up_alone_are_corrected_too() -> None:
    judgements = [said("same", FRONT, MOVEMENT), said("rename", MOVEMENT, "Dawn")]
    (reading,) = [reading for reading in READINGS if "Sunrise Movement. ISKP" in reading.document.text]
    identities = resolve([], GAZETTEER, judgements)
    naming = next(one.naming for one in reading.claims[0].roles.values() if "Sunrise" in reading.mention_at[one.naming].text)
    assert identities.entity(reading, naming).name == "Dawn"
    assert judgements[0].id in identities.decide(reading, naming).reason


def some_judgements(seed: int, claims: list[str]) -> list[Judgement]:
    choose = random.Random(seed)  # noqa: S311 - made-up judgements
    groups = [FRONT, MOVEMENT, MORNING, "group:isis-k", "group:iskp", "group:taliban"]
    made: list[Judgement] = []
    for _ in range(12):
        kind = choose.choice(("same", "same", "differ", "differ", "reject", "rename", "undo"))
        subjects = {
            "same": choose.sample(groups, 2),
            "differ": choose.sample(groups, 2),
            "reject": [choose.choice(claims)],
            "rename": [choose.choice(groups), choose.choice(("Dawn", "Dusk"))],
            "undo": [choose.choice(made).id if made else "none"],
        }[kind]
        made.append(said(kind, *subjects, when=f"2026-01-0{choose.randrange(1, 5)}"))
    return made


@pytest.mark.parametrize("seed", range(30))
def test_the_order_of_judgements_and_documents_does_not_matter(seed: int) -> None:
    claims = [claim.id for reading in READINGS for claim in reading.claims]
    judgements = some_judgements(seed, claims)
    first = graph_with(READINGS, *judgements)
    for _ in range(3):
        choose = random.Random(seed)  # noqa: S311 - any order
        judgements, readings = choose.sample(judgements, len(judgements)), choose.sample(READINGS, len(READINGS))
        assert graph_with(readings, *judgements, *judgements[:3]) == first
    keys = {edge.key for edge in first.edges}
    assert {one.edge_key for one in first.claims} - {None} == keys
    assert all(edge_key(edge.source_id, edge.relation, edge.target_id, edge.modality_class, edge.polarity) in keys for edge in first.edges)


@pytest.fixture(params=["embedded", "neo4j"])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(f"{request.param}_server")
    found.clear()
    return found


@pytest.mark.parametrize("seed", range(2))
def test_a_store_holds_the_same_graph_whatever_came_first(place: Place, seed: int) -> None:
    claims = [claim.id for reading in READINGS for claim in reading.claims]
    judgements = some_judgements(seed, claims)
    expected = graph_with(READINGS, *judgements)
    choose = random.Random(seed)  # noqa: S311 - any order
    everything: list[list[str]] = []
    for _ in range(2):
        place.clear()
        steps: list[Judgement | Reading] = choose.sample([*judgements, *READINGS], len(judgements) + len(READINGS))
        with place.open() as store:
            for step in steps:
                store.write([step], GAZETTEER, ONTOLOGY) if isinstance(step, Reading) else store.judge([step], GAZETTEER, ONTOLOGY)
            assert store.graph(ONTOLOGY) == expected
            assert list(store.readings()) == sorted(READINGS, key=lambda reading: reading.document.id)
            assert store.judgements() == tuple(sorted(set(judgements), key=lambda one: one.order))
            assert store.judge(judgements, GAZETTEER, ONTOLOGY) == Judged(0, 0)
            assert store.status().waiting == 0
        everything.append(place.everything())
    assert everything[0] == everything[1]


def test_a_judgement_resolves_again_the_documents_that_it_is_about_only(place: Place) -> None:
    place.write(READINGS)
    with place.open() as store:
        assert store.judge([said("same", FRONT, MOVEMENT)], GAZETTEER, ONTOLOGY).documents == 2
        assert store.judge([said("rename", "country:IR", "Persia")], GAZETTEER, ONTOLOGY).documents == 0
        assert store.judge([said("reject", READINGS[0].claims[0].id)], GAZETTEER, ONTOLOGY).documents == 1
        assert store.judge([said("differ", "country:IR", "group:taliban")], GAZETTEER, ONTOLOGY).documents <= 3
        rejected = store.query("MATCH (c:Claim {rejected: true}) WHERE c.edge_key IS NULL RETURN c.id").rows
        assert rejected == [(READINGS[0].claims[0].id,)]
        assert [one.name for one in store.called("persia")] == ["Persia"]
        assert [one.id for one in store.called("the sunrise front")] == [FRONT]


def test_a_judgement_that_was_interrupted_is_gone_on_with_by_the_next_write(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.write(READINGS)
    same = said("same", FRONT, MOVEMENT)
    with monkeypatch.context() as patch, place.open() as store:
        patch.setattr(judging, "rows_of", None)
        with pytest.raises(TypeError):
            store.judge([same], GAZETTEER, ONTOLOGY)
    with place.open() as store:
        assert store.status().waiting == 2
        assert store.write(READINGS, GAZETTEER, ONTOLOGY).skipped == 3
        assert store.graph(ONTOLOGY) == graph_with(READINGS, same)


def test_a_judgement_made_while_documents_are_written_is_not_lost(place: Place) -> None:
    same = said("same", FRONT, MOVEMENT)
    place.write(READINGS[:1])

    def stream() -> Iterator[Reading]:
        yield READINGS[1]
        place.run("CREATE (j:Judgement) SET j = $row", row=judgement_to_cypher(same))  # another program, in the middle
        yield READINGS[2]

    place.write(stream())
    assert place.graph() == graph_with(READINGS, same)


@pytest.mark.parametrize("text", ["'); MATCH (n) DETACH DELETE n //", '`x` "y"', "nul \x00 turn \u202e", "\ud800 half", "x" * 600, "=1+1"])
def test_hostile_words_in_a_judgement_are_words(place: Place, text: str) -> None:
    place.write(READINGS)
    given = [
        judged("rename", (FRONT, text), who=text[:200], when="2026-01-01", why=text),
        judged("same", (FRONT, MOVEMENT), who="x", when="2026-01-01", why=text),
    ]
    with place.open() as store:
        store.judge(given, GAZETTEER, ONTOLOGY)
        assert store.judgements() == tuple(sorted(given, key=lambda one: one.order))
        assert store.graph(ONTOLOGY) == graph_with(READINGS, *given)
        assert [entity.id for entity in store.called(given[0].subjects[1])] == [FRONT]


def test_the_commands_correct_list_undo_and_travel_with_the_export(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in place.environment.items():
        monkeypatch.setenv(name, value)
    for module in (importing, correcting):
        monkeypatch.setattr(module, "load_gazetteer", lambda _: GAZETTEER)
    place.write(READINGS)
    wrong = READINGS[0].claims[0].id
    said_so = {"store": place.where, "who": "Ada", "why": "=1+1"}
    same = kg.same("sunrise front", MOVEMENT, when="2026-01-01", **said_so)
    assert (same.judgement.subjects, same.documents) == ((FRONT, MOVEMENT), 2)
    kg.differ("ISIS-K", "ISKP", when="2026-01-02", **said_so)
    kg.reject(wrong, when="2026-01-03", **said_so)
    kg.rename("Iran", "Persia", when="2026-01-04", **said_so)
    undone = kg.undo(when="2026-01-05", **said_so)
    refused: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: kg.same("Frence", "Iraq", **said_so), "nobody here is called 'Frence'; did you mean 'France'"),
        (lambda: kg.same("Iraq", "ISKP", **said_so), "cannot be one entity"),
        (lambda: kg.same(FRONT, "Sunrise Movement", **said_so), "are one already"),
        (lambda: kg.differ("Iraq", "Iraq", **said_so), "are one name"),
        (lambda: kg.reject(wrong, **said_so), "rejected already"),
        (lambda: kg.undo(undone.judgement.subjects[0], **said_so), "undone already"),
    )
    for call, told in refused:
        with pytest.raises(kg.KgError, match=told):
            call()
    states = [row["state"] for row in kg.judgements(store=place.where)]
    assert states == ["in force", "in force", "in force", f"undone by {undone.judgement.id}", "in force"]
    assert main(["judgements", "--store", place.where, "--format", "csv"]) == 0
    assert ",'=1+1," in capsys.readouterr().out
    graph, first, second = place.graph(), tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    assert wrong not in {one.claim.id for one in graph.claims}
    assert kg.export(first, store=place.where) == 3
    assert kg.export(tmp_path / "c.csv", store=place.where, format="csv") == len(graph.claims)
    place.clear()
    alone = tmp_path / "alone.jsonl"
    alone.write_text("".join(first.read_text("utf8").splitlines(keepends=True)[3:]), "utf8")
    assert kg.import_(alone, store=place.where).judgements == 5
    assert kg.import_(first, store=place.where).judgements == 0
    assert place.graph() == graph
    kg.export(second, store=place.where)
    assert first.read_bytes() == second.read_bytes()


def test_an_import_without_the_gazetteer_of_its_readings_says_so(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in place.environment.items():
        monkeypatch.setenv(name, value)
    mentions = tuple(replace(one, reason="gazetteer alias") for one in READINGS[0].mentions)
    path = tmp_path / "readings.jsonl"
    path.write_text(dumps(reading_to_json(replace(READINGS[0], mentions=mentions))) + "\n", "utf8")
    (warning,) = kg.import_(path, store=place.where).warnings
    assert warning.startswith("the readings were made with a gazetteer that knows 'the Sunrise Front', this one does not")


def test_what_a_build_makes_beside_the_store_is_corrected_too(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in place.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("kg.api.opening._load", lambda settings, _: FakeExtractor(settings))
    article = tmp_path / "article.txt"
    article.write_text(
        "Iran ACCUSE actual Iraq. Iran COOPERATE actual France. The ministers met in the old town hall and talked until late.", "utf8"
    )
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    graph = kg.build(article, store=place.where, jsonl=first).graph
    assert len(graph.claims) == 2
    with place.open() as store:
        store.judge([said("reject", graph.claims[0].claim.id), said("rename", "country:IR", "Persia")], GAZETTEER, ONTOLOGY)
    built = kg.build(article, store=place.where, jsonl=second, html=tmp_path / "graph.html")
    assert built.graph == replace(place.graph(), failures=())
    assert [one.source.name for one in built.graph.claims] == ["Persia"]
    assert [json.loads(line)["id"] for line in second.read_text("utf8").splitlines()] == [graph.claims[1].claim.id]
    assert "Persia" in (tmp_path / "graph.html").read_text("utf8")
    assert built.summary().claims["actual"] == 1
