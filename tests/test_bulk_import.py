"""kg export --format neo4j-admin: Neo4j's own import makes the same graph of it, to the byte, and kg goes on with that as with any."""

import contextlib
import io
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import real_neo4j
from fake_extractor import GAZETTEER, document, fake_reading
from hand_graph import NoGazetteer, articles
from hostile_readings import hostile_readings
from store_places import ONTOLOGY, Place, missing

import kg
from kg.cli import main
from kg.errors import SettingsError
from kg.model import Reading, judged
from kg.stores.pending import pending_name
from kg.stores.questions import questions

TYPES = "MATCH (n) UNWIND labels(n) AS kind RETURN kind, count(*) ORDER BY kind UNION ALL MATCH ()-[r]->() RETURN type(r) AS kind, count(*)"
ASKED = {"a": "Ostrel", "b": "Delta Front", "relation": "AT_ODDS_WITH", "since": "2026-03-05"}
LONG = "x" * 4_500_000  # longer than the program reads at once, unless it is told to


def _readings() -> list[Reading]:
    """A text that is longer than others, days that are no dates, attacks."""
    day = fake_reading(document("Iran ACCUSE possible France, says Mark Milley.", url="https://news.example/a", published="2021-09"))
    return [day, fake_reading(f"Iran VIEWS_AS actual France as friends (+1). Milley ACCUSE actual Iran. {LONG}"), *hostile_readings()]


def _fill(place: Place) -> None:
    place.clear()
    given = [
        judged("rename", ["group:delta-front", 'The "Delta", Front; of\nold'], who="Ada; B", when="2026-01-01", why="a\r\nb"),
        judged("reject", [articles()[2].claims[0].id], who="Ada", when="2026-01-02"),
    ]
    with place.open() as store:
        store.write(articles(), NoGazetteer(), ONTOLOGY)  # type: ignore[arg-type]  # enough of a gazetteer
        store.write(_readings(), GAZETTEER, ONTOLOGY)
        store.judge(given, GAZETTEER, ONTOLOGY)
    place.run("CREATE (p:Pending) SET p = $note", note=pending_name("country:IR"))  # as an interrupted write leaves it


def _environment(place: Place) -> pytest.MonkeyPatch:
    patch = pytest.MonkeyPatch()
    for name, value in place.environment.items():
        patch.setenv(name, value)
    return patch


@dataclass(frozen=True, slots=True)
class Made:
    """Where the graph was exported from, the folder, and the database that was made of it."""

    source: Place
    folder: Path
    printed: str
    place: Place


@pytest.fixture(scope="module")
def made(neo4j_server: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    _fill(neo4j_server)
    home = tmp_path_factory.mktemp("bulk")
    folder, patch = home / "a graph", _environment(neo4j_server)
    try:
        real_neo4j.prepare(home / "neo4j")
        with contextlib.redirect_stdout(io.StringIO()) as out:
            assert main(["export", "--store", neo4j_server.where, "--format", "neo4j-admin", "--out", str(folder)]) == 0
        printed = out.getvalue()
        command = shlex.split(printed.splitlines()[1].partition("&&")[2])
        real_neo4j.admin(home / "neo4j", *command[1:], folder=folder)
        server = real_neo4j.start(home / "neo4j")
    except real_neo4j.NotHereError as error:
        missing(str(error))
        raise
    finally:
        patch.undo()
    try:
        yield Made(neo4j_server, folder, printed, Place("neo4j", server.uri, server.environment, server.uri, server.password))
    finally:
        server.stop()


def test_the_imported_database_holds_as_many_nodes_and_relationships_of_each_kind(made: Made) -> None:
    assert sorted(made.place.run(TYPES)) == sorted(made.source.run(TYPES))


@pytest.mark.parametrize("question", questions())
def test_the_questions_have_the_same_answers(made: Made, question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in made.place.environment.items():
        monkeypatch.setenv(name, value)
    asked = questions()[question]
    told = {"a": "Peter Korda", "b": "Ostrel"} if question == "says-about" else ASKED
    given = {one.name: told[one.name] for one in asked.takes if one.name not in asked.optional}
    rows = [kg.ask(question, given, store=place.where).to_json() for place in (made.place, made.source)]
    assert rows[0] == rows[1]
    assert rows[0]


def test_it_is_made_a_store_that_is_the_same_to_the_last_property_and_gone_on_with(made: Made) -> None:
    """In the order that is printed: constraints and indexes, then whatever else is done with a store."""
    with made.place.open(read_only=True) as store:
        faults = list(store.check(GAZETTEER, ONTOLOGY))
        assert [fault for fault in faults if not fault.startswith(("constraint: ", "index: ", "an interrupted write left 1 "))] == []
    patch = _environment(made.place)
    try:
        assert kg.upgrade_store(made.place.where).made == len(faults) - 1
    finally:
        patch.undo()
    assert made.place.everything() == made.source.everything()
    kept = [[row for row in place.schema_and_users() if "127.0.0.1" not in row] for place in (made.place, made.source)]
    assert kept[0] == kept[1]
    with made.place.open() as store:
        assert store.write(_readings(), GAZETTEER, ONTOLOGY).documents == 0
        assert list(store.check(GAZETTEER, ONTOLOGY)) == []
        assert store.write([fake_reading("Iran ACCUSE denied Iraq.")], GAZETTEER, ONTOLOGY).documents == 1
        assert list(store.check(GAZETTEER, ONTOLOGY)) == []


def test_the_same_graph_makes_the_same_files_on_either_store(made: Made, embedded_server: Place, tmp_path: Path) -> None:
    _fill(embedded_server)
    kg.export(tmp_path / "graph", store=embedded_server.where, format="neo4j-admin")
    files = {path.name: path.read_bytes() for path in made.folder.iterdir() if path.name != "import.report"}
    assert {path.name: path.read_bytes() for path in (tmp_path / "graph").iterdir()} == files
    assert {"documents.csv", "documents.published-header.csv", "edges.csv", "import.args", "judgements.csv", "meta.csv"} <= files.keys()
    counted = made.source.run("MATCH (n) RETURN count(n)")[0][0] + made.source.run("MATCH ()-[r]->() RETURN count(r)")[0][0]
    assert made.printed.splitlines()[0].startswith(f"{counted:,} nodes and relationships in ")


def test_nothing_that_lies_there_is_overwritten_and_nothing_half_made_is_left(
    embedded_server: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear", "utf8")
    for out, told in ((tmp_path / "full", "is there already"), (tmp_path / "none" / "graph", "there is no folder")):
        with pytest.raises(SettingsError, match=told):
            kg.export(out, store=embedded_server.where, format="neo4j-admin")
    embedded_server.clear()
    embedded_server.write([fake_reading("United States ACCUSE actual Iraq."), fake_reading("U.S. ACCUSE actual Iraq.")])
    monkeypatch.setattr("kg.stores.bulk._MARKS", (".", "U"))  # both are in the other name of the United States
    with pytest.raises(kg.KgError, match="no character is left"):
        kg.export(tmp_path / "graph", store=embedded_server.where, format="neo4j-admin")
    assert [path.name for path in tmp_path.iterdir()] == ["full"]
    monkeypatch.setattr("kg.stores.bulk._MARKS", (".", "|"))
    kg.export(tmp_path / "graph", store=embedded_server.where, format="neo4j-admin")
    assert "--array-delimiter=U+007C\n" in (tmp_path / "graph" / "import.args").read_text("utf8")
