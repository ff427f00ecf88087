"""A store is kept whole: documents go without a trace, on the embedded store and on a real Neo4j."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest
from fake_extractor import GAZETTEER, document, fake_reading
from store_places import ONTOLOGY, Place, assembled

import kg
from kg.api import forgetting, workspace
from kg.cli import main
from kg.errors import NotFoundError, StoreError
from kg.model import Judgement, Reading, judged

A = [
    fake_reading(
        document("Iran ACCUSE actual France, says Mark Milley. China CONSULT possible Iraq.", url="https://News.example/a?utm_source=x")
    ),
    fake_reading(document("Iran COOPERATE actual the Sunrise Front. Iran ACCUSE actual France.", path="news/one.txt")),
]
B = fake_reading(
    document(
        "Iran ACCUSE denied France, says Dominic Raab. the Dawn League ASSAULT actual Iran. Iran ACCUSE actual France. "
        "the Sunrise Front COOPERATE denied Iran. China CONSULT actual Iraq.",
        url="https://news.example/b",
        path="news/two.txt",
        published="2021-09-03",
        outlet="Post",
    )
)


@pytest.fixture(params=["embedded", "neo4j"])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(f"{request.param}_server")
    found.clear()
    return found


def _said(kind: str, *subjects: str) -> Judgement:
    return judged(kind, subjects, who="Ada", when="2026-01-01", why=None)  # type: ignore[arg-type]  # the tests write real kinds


@pytest.mark.parametrize("name", [B.document.id, "news/two.txt", "./news/two.txt", "https://news.example/b", "HTTPS://News.example/b#top"])
def test_a_forgotten_document_was_never_there(place: Place, name: str) -> None:
    place.write(A)
    before = place.everything()
    with place.open() as store:
        store.write([B], GAZETTEER, ONTOLOGY)
        gone = store.forget(name, GAZETTEER, ONTOLOGY)
        assert (gone.id, gone.title, gone.claims, gone.entities) == (B.document.id, "news/two.txt", 5, 2)
        assert store.status().waiting == 0
    assert place.everything() == before
    assert place.graph() == assembled(A)


def test_the_last_document_leaves_nothing(place: Place) -> None:
    place.write([B])
    with place.open() as store:
        store.forget("news/two.txt", GAZETTEER, ONTOLOGY)
    assert place.run("MATCH (n) RETURN DISTINCT labels(n)") == [[["Meta"]]]


def test_an_export_after_forgetting_is_the_export_of_the_others(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in place.environment.items():
        monkeypatch.setenv(name, value)
    for module in (forgetting, workspace):
        monkeypatch.setattr(module, "load_gazetteer", lambda _: GAZETTEER)
    place.write(A)
    formats = ("jsonl", "csv", "graphml", "gexf")
    for name in formats:
        kg.export(tmp_path / f"alone.{name}", store=place.where, format=name)
    place.write([B])
    assert kg.forget("news/two.txt", store=place.where).id == B.document.id
    place.write([B])
    with kg.open(place.where, write=True) as graph:
        assert {one.id for one in graph.graph.documents} > {one.document.id for one in A}
        graph.forget(B.document.id)
        assert {one.id for one in graph.graph.documents} == {one.document.id for one in A}
    for name in formats:
        kg.export(tmp_path / f"after.{name}", store=place.where, format=name)
        assert (tmp_path / f"after.{name}").read_bytes() == (tmp_path / f"alone.{name}").read_bytes()


def test_judgements_stay_when_what_they_are_about_is_forgotten_and_hold_when_it_comes_back(place: Place) -> None:
    given = [
        _said("rename", "group:dawn-league", "League of Dawn"),
        _said("same", "group:dawn-league", "group:sunrise-front"),
        _said("reject", B.claims[0].id),
    ]
    with place.open() as store:
        store.write([*A, B], GAZETTEER, ONTOLOGY)
        store.judge(given, GAZETTEER, ONTOLOGY)
        whole = place.everything()
        store.forget(B.document.id, GAZETTEER, ONTOLOGY)
        assert store.judgements() == tuple(sorted(given, key=lambda one: one.order))
        assert "Dawn" not in " ".join(one.name for one in store.graph(ONTOLOGY).entities if one.id != "group:dawn-league")
        store.write([B], GAZETTEER, ONTOLOGY)
    assert place.everything() == whole


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("news/tow.txt", "no document is called 'news/tow.txt' (an id, a path or an address); did you mean 'news/two.txt'"),
        ("https://news.example/c", "did you mean 'https://news.example/b'"),
        ("'}) DETACH DELETE n //", "no document is called"),
    ],
)
def test_an_unknown_document_is_one_clear_line_and_costs_nothing(place: Place, name: str, told: str) -> None:
    place.write([*A, B])
    before = place.everything()
    with place.open() as store, pytest.raises(NotFoundError) as error:
        store.forget(name, GAZETTEER, ONTOLOGY)
    assert told in str(error.value)
    assert place.everything() == before
    with place.open(read_only=True) as store, pytest.raises(StoreError, match="read only"):
        store.forget(B.document.id, GAZETTEER, ONTOLOGY)


def test_a_forgetting_that_fails_changes_nothing(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.write([*A, B])
    before = place.everything()
    with monkeypatch.context() as patch, place.open() as store:
        patch.setattr("kg.stores.forgetting._LEFT", "RETURN 1 / 0")
        with pytest.raises((StoreError, ValueError)):
            store.forget(B.document.id, GAZETTEER, ONTOLOGY)
    assert place.everything() == before


def test_the_command_forgets(place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name, value in {**place.environment, "KG_STORE": place.where}.items():
        monkeypatch.setenv(name, value)
    place.write([*A, B])
    assert main(["forget", "news/two.txt"]) == 0
    assert capsys.readouterr().out == f"forgot news/two.txt ({B.document.id}), 5 claims and 2 entities that nothing else mentions\n"
    assert main(["forget", "news/two.txt"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("no document is called 'news/two.txt' (an id, a path or an address); did you mean 'news/one.txt'?")


def _edited(reading: Reading, text: str) -> Reading:
    return fake_reading(document(text, path=reading.document.path))


@pytest.mark.parametrize(
    "change",
    [
        lambda reading: _edited(reading, "China CONSULT actual Iraq."),
        lambda reading: _edited(reading, "Nothing is said."),
        lambda reading: dataclasses.replace(reading, extractor="fake/2", claims=(), mentions=()),
        lambda reading: dataclasses.replace(reading, extractor="fake/2", claims=()),
    ],
)
def test_no_entity_is_left_that_nothing_mentions_after_a_document_was_replaced(place: Place, change: Callable[[Reading], Reading]) -> None:
    old = fake_reading(document(B.document.text, path="news/three.txt"))
    place.write([*A, old])
    new = change(old)
    assert place.write([new]).replaced == 1
    assert place.run("MATCH (e:Entity) WHERE NOT (e)<-[:MENTIONS]-(:Document) RETURN e.id") == []
    assert place.graph() == assembled([*A, new])
