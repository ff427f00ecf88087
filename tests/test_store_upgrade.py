"""kg store upgrade: a store of an older version can be read, is not written to, and is brought up to date; on both stores."""

from pathlib import Path

import pytest
from fake_extractor import GAZETTEER, document, fake_reading
from store_places import ONTOLOGY, Place, assembled, embedded_place

import kg
from kg.cli import main
from kg.errors import NotFoundError, StoreError
from kg.model import judged
from kg.stores import schema, upgrade_store, upgrading
from kg.stores.searching import search

READINGS = [
    fake_reading(document("Iran ACCUSE actual France, says Mark Milley.", path="a.txt", published="2021-09-01")),
    fake_reading(document("China CONSULT possible Iraq.", path="b.txt")),
]
NEW = fake_reading("Iraq ACCUSE actual Iran.")
LATER = ("claim_relation", "claim_claimed", "claim_event_start", "claim_event_end", "document_published")


@pytest.fixture(params=["embedded", "neo4j"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Place:
    found: Place = request.getfixturevalue(f"{request.param}_server")
    found.clear()
    for name, value in {**found.environment, "KG_STORE": found.where}.items():
        monkeypatch.setenv(name, value)
    return found


def _age(place: Place) -> int:
    """Make a store as the first version would have left it; how many constraints and indexes it lacks."""
    place.write(READINGS)
    later = LATER if place.kind == "embedded" else (*LATER, "claim_sentence")
    for name in later:
        place.run(f"DROP INDEX {name}")
    for name in ("judgement_id", "pending_id"):
        place.run(f"DROP CONSTRAINT {name}")
    place.run("CREATE (:Entity:Group {id: 'group:nobody', kind: 'group', name: 'Nobody', aliases: []})")
    place.run("MATCH (m:Meta) SET m.schema_version = 1, m.created_by = 'stancegraph 0.0.1'")
    return len(later) + 2


def test_an_older_store_is_read_not_written_and_brought_up_to_date(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    lacking = _age(place)
    with place.open(read_only=True) as store:
        assert store.graph(ONTOLOGY) == assembled(READINGS)
        assert list(store.readings()) == sorted(READINGS, key=lambda reading: reading.document.id)
        assert store.status().schema_version == 1
        faults = list(store.check(GAZETTEER, ONTOLOGY))
    assert "Meta: schema 1, and this program writes schema 2; kg store upgrade brings it up to date" in faults
    assert len(faults) == lacking + 2
    before = place.everything()
    refusal = "has schema 1, and schema 2 is written now; it can be read, and kg store upgrade brings it up to date"
    for write in (
        lambda: place.write([NEW]),
        lambda: kg.forget("a.txt"),
        lambda: kg.rename("Iran", "Persia"),
        lambda: kg.query("CREATE (:X)", write=True),
        lambda: kg.build("data/articles/colombia_truce.txt", store=place.where),
    ):
        with pytest.raises(StoreError, match=refusal):
            write()
    assert place.everything() == before
    assert main(["store", "upgrade"]) == 0
    assert capsys.readouterr().out == f"{place.where}: schema 1 is now 2, {lacking} constraints and indexes made\n"
    with place.open() as store:
        assert list(store.check(GAZETTEER, ONTOLOGY)) == []
        store.write([NEW], GAZETTEER, ONTOLOGY)
        assert store.graph(ONTOLOGY) == assembled([*READINGS, NEW])
        store.judge([judged("rename", ("country:IR", "Persia"), who="Ada", when="2026-01-01", why=None)], GAZETTEER, ONTOLOGY)
        assert search(store, "Iraq accuse", limit=None, timeout=None).rows
    assert main(["store", "upgrade"]) == 0
    assert capsys.readouterr().out == f"{place.where}: is up to date (schema 2)\n"


def test_an_upgrade_that_was_interrupted_is_gone_on_with(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = _age(place)
    nobody = "MATCH (e:Entity {id: 'group:nobody'}) RETURN count(e)"

    def breaks(run: object) -> None:
        run("MATCH (e:Entity {id: 'group:nobody'}) DELETE e")  # type: ignore[operator]  # it is a Run
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(upgrading, "STEPS", {1: breaks})
        with pytest.raises(KeyboardInterrupt):
            upgrade_store(place.where, environment=place.environment)
    assert place.run(nobody) == [[1]]
    assert place.run("MATCH (m:Meta) RETURN m.schema_version") == [[1]]
    assert lacking > 0
    done = upgrade_store(place.where, environment=place.environment)
    assert (done.old, done.new, done.made) == (1, 2, 0)
    assert place.run(nobody) == [[0]]


def test_each_step_is_one_version_and_none_is_missing() -> None:
    assert sorted(upgrading.STEPS) == list(range(1, schema.VERSION))


def test_a_store_of_this_version_gets_what_it_lacks_by_an_upgrade_or_by_the_next_write(place: Place) -> None:
    place.write(READINGS)
    place.run("DROP INDEX claim_relation")
    place.run("DROP CONSTRAINT document_id")
    done = upgrade_store(place.where, environment=place.environment)
    assert (done.old, done.new, done.made) == (2, 2, 2)
    place.run("DROP INDEX claim_relation")
    place.write([NEW])
    with place.open(read_only=True) as store:
        assert list(store.check(GAZETTEER, ONTOLOGY)) == []


def test_a_newer_store_and_an_empty_place_are_one_clear_line(place: Place, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no graph is stored here yet"):
        kg.upgrade_store()
    with pytest.raises(NotFoundError):
        kg.upgrade_store(tmp_path / "none")
    place.write(READINGS)
    place.run("MATCH (m:Meta) SET m.schema_version = 99, m.created_by = 'stancegraph 9.0'")
    with pytest.raises(StoreError, match=r"written by stancegraph 9\.0 with schema 99; this program knows schema 2: update it"):
        kg.upgrade_store()


def test_the_words_of_an_older_embedded_store_are_indexed_by_its_server_at_a_new_start(tmp_path: Path) -> None:
    with embedded_place(tmp_path / "store") as place:
        _age(place)
        place.run("DROP INDEX claim_sentence")
        with place.open(read_only=True) as store, pytest.raises(StoreError, match="no index of words; kg store upgrade makes it"):
            search(store, "accuse", limit=None, timeout=None)
        done = upgrade_store(place.where)
        assert (done.old, done.new, done.made) == (1, 2, len(LATER) + 3)
        with place.open(read_only=True) as store:
            assert len(search(store, "accuse", limit=None, timeout=None).rows) == 1
            assert list(store.check(GAZETTEER, ONTOLOGY)) == []
