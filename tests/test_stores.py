"""Every check of a store, on the embedded one and on a real Neo4j: nothing lost, nothing doubled, nothing changed by a question."""

import dataclasses
import json
import random
import re
import time
from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from fake_extractor import FAKE, GAZETTEER, document, fake_reading
from hand_graph import NoGazetteer, articles, graph_of
from hostile_readings import HOSTILE, hostile_readings
from store_places import ONTOLOGY, Place, assembled

from kg.errors import NotFoundError, StoreError
from kg.model import (
    Document,
    Reading,
    content_hash,
    dumps,
    reading_from_json,
    reading_to_json,
)
from kg.stores import open_store

NAMES = ("Iran", "France", "the Sunrise Front", "Mark Milley", "Milley")
MODALITIES = ("actual", "possible", "denied", "not_planned", "planned")


@pytest.fixture(params=["embedded", "neo4j"])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(f"{request.param}_server")
    found.clear()
    return found


def _corpus(seed: int, documents: int = 12) -> list[Reading]:
    choose = random.Random(seed)  # noqa: S311 - made-up news
    made = []
    for number in range(documents):
        sentences = []
        for _ in range(choose.randrange(5)):
            source, target = choose.choices(NAMES, k=2)
            relation = choose.choice(("COOPERATE", "ACCUSE", "AT_ODDS_WITH", "ALLIED_WITH", "VIEWS_AS"))
            value = choose.choice((" as apostates (-1)", " as friends (+1)")) if relation == "VIEWS_AS" else ""
            claimer = choose.choice(("", ", says Dominic Raab", ", says Mark Milley"))
            sentences.append(f"{source} {relation} {choose.choice(MODALITIES)} {target}{value}{claimer}.")
        day, outlet = choose.choice(("2021-09-01", "2021-09-02", None)), choose.choice(("News", "Post", None))
        text = f"Story {number // 2}. " + " ".join(sentences)
        made.append(fake_reading(document(text, url=f"https://news.example/{number}", published=day, outlet=outlet)))
    return made


def _lines(readings: list[Reading]) -> list[str]:
    return [dumps(reading_to_json(reading)) for reading in sorted(readings, key=lambda reading: reading.document.id)]


def _exported(place: Place) -> list[str]:
    with place.open(read_only=True) as store:
        return [dumps(reading_to_json(reading)) for reading in store.readings()]


def test_what_is_written_is_read_back_to_the_byte(place: Place) -> None:
    readings = articles() + _corpus(1)
    place.write(readings)
    first = _exported(place)
    assert first == _lines(readings)
    place.clear()
    place.write(reading_from_json(json.loads(line)) for line in reversed(first))
    assert _exported(place) == first


def test_the_stored_graph_is_the_one_that_is_assembled_without_a_store(place: Place) -> None:
    with place.open() as store:
        written = store.write(articles(), NoGazetteer(), ONTOLOGY)  # type: ignore[arg-type]  # enough of a gazetteer
        assert (written.documents, written.skipped, written.claims) == (3, 0, 18)
        found = store.graph(ONTOLOGY)
    assert found == graph_of(articles())
    assert found.edges
    assert {link.kind for link in found.links} == {"CONTRADICTS", "CORROBORATES"}


def test_writing_twice_changes_nothing(place: Place) -> None:
    readings = _corpus(2)
    first = place.write(readings)
    before = place.everything()
    again = place.write(readings)
    assert (first.documents, first.skipped) == (12, 0)
    assert (again.documents, again.skipped, again.replaced, again.claims) == (0, 12, 0, 0)
    assert place.everything() == before


@pytest.mark.parametrize("seed", [3, 4])
def test_one_at_a_time_in_any_order_gives_the_graph_of_the_batch(place: Place, seed: int) -> None:
    readings = _corpus(seed)
    with place.open() as store:
        for reading in random.Random(seed).sample(readings, len(readings)):  # noqa: S311 - any order
            store.write([reading], GAZETTEER, ONTOLOGY)
    assert place.graph() == assembled(readings)
    piecemeal = place.everything()
    place.clear()
    place.write(readings)
    assert place.everything() == piecemeal


def test_names_are_those_that_most_documents_use_whatever_came_first(place: Place) -> None:
    texts = ["Jose Perez ACCUSE actual Iran.", "José Pérez ACCUSE actual Iran.", "Iran ACCUSE actual José Pérez."]
    for order in permutations(map(fake_reading, texts)):
        place.clear()
        for reading in order:
            place.write([reading])
        assert place.run("MATCH (e:Entity {id: 'group:jose-perez'}) RETURN e.name, e.aliases") == [["José Pérez", ["Jose Perez"]]]


def test_a_document_that_is_read_again_takes_all_that_hung_on_it_with_it(place: Place) -> None:
    path = "news/a.txt"
    old = fake_reading(document("Iran ACCUSE actual France, says Mark Milley. Iran COOPERATE denied China.", path=path))
    new = fake_reading(document("Iran SUPPORT actual France.", path=path))
    other = fake_reading(document("Iran ACCUSE actual France. Iran COOPERATE actual China.", path="news/b.txt"))
    place.write([old, other])
    assert place.graph() == assembled([old, other])
    written = place.write([new])
    assert (written.documents, written.replaced) == (1, 1)
    assert place.graph() == assembled([new, other])
    assert place.run("MATCH (e:Entity {id: 'person:mark-milley'}) RETURN e.id") == []


def test_an_edited_file_with_an_address_replaces_its_older_text(place: Place) -> None:
    versions = [
        fake_reading(document(f"{text} ACCUSE actual Iran.", url="https://a.example/1", path="a.html"))
        for text in ("France", "China", "Iraq")
    ]
    for reading in versions:
        place.write([reading])
        assert place.graph() == assembled([reading])


def test_a_newer_extractor_replaces_the_reading(place: Place) -> None:
    reading = fake_reading("Iran ACCUSE actual France.")
    newer = dataclasses.replace(reading, extractor="fake/2", claims=())
    place.write([reading])
    assert place.write([newer]).documents == 1
    assert _exported(place) == _lines([newer])
    assert place.run("MATCH (c:Claim) RETURN count(c)") == [[0]]


def test_of_copies_of_one_address_the_latest_wins_then_the_smaller_hash_in_any_order(place: Place) -> None:
    url = "https://a.example/1"
    copies = [
        fake_reading(document("Iran ACCUSE actual France.", url=url, published="2021-09-01")),
        fake_reading(document("Iran ACCUSE actual China.", url=url, published="2021-09-02")),
        fake_reading(document("Iran ACCUSE actual Iraq.", url=url, published="2021-09-02")),
    ]
    best = min(copies[1:], key=lambda reading: reading.document.content_hash)
    for order in permutations(copies):
        place.clear()
        with place.open() as store:
            store.write(order, GAZETTEER, ONTOLOGY)
            assert store.graph(ONTOLOGY) == assembled([best])
            assert store.write(order, GAZETTEER, ONTOLOGY).documents == 0


def test_of_two_files_with_one_text_the_smaller_path_is_kept(place: Place) -> None:
    copies = [fake_reading(document("Iran ACCUSE actual France.", path=path)) for path in ("b.txt", "a.txt", "c.txt")]
    for reading in copies:
        place.write([reading])
    assert place.run("MATCH (d:Document) RETURN d.path") == [["a.txt"]]


def test_documents_that_are_known_need_not_be_read_again(place: Place) -> None:
    readings = _corpus(5)
    documents = [reading.document for reading in readings]
    with place.open() as store:
        assert store.known(documents, FAKE) == frozenset()
        store.write(readings[:6], GAZETTEER, ONTOLOGY)
        assert store.known(documents, FAKE) == {one.id for one in documents[:6]}
        assert store.known(documents, "fake/2") == frozenset()
        edited = dataclasses.replace(documents[0], text="New.", content_hash=content_hash("New."), published="2026-01-01")
        assert store.known([edited], FAKE) == frozenset()


def test_a_write_that_was_interrupted_is_gone_on_with(place: Place) -> None:
    readings = _corpus(6, documents=120)

    def breaks() -> Iterator[Reading]:
        yield from readings[:110]
        raise KeyboardInterrupt

    with place.open() as store:
        with pytest.raises(KeyboardInterrupt):
            store.write(breaks(), GAZETTEER, ONTOLOGY)
        assert (store.status().waiting or 0) > 0
        written = store.write(readings, GAZETTEER, ONTOLOGY)
        assert written.skipped >= 100
        assert written.skipped + written.documents == 120
        assert store.status().waiting == 0
        assert store.graph(ONTOLOGY) == assembled(readings)


def test_edges_are_the_same_however_few_claims_memory_has_room_for(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_MOST_CLAIMS", "_FEW"):
        monkeypatch.setattr(f"kg.stores.derived.{name}", 1)
    place.write(articles())
    assert place.graph() == assembled(articles())
    with place.open(read_only=True) as store:
        assert list(store.check(GAZETTEER, ONTOLOGY)) == []


def test_progress_is_told_as_it_is_made(place: Place) -> None:
    told = []
    with place.open() as store:
        store.write(_corpus(7, documents=520), GAZETTEER, ONTOLOGY, on_progress=lambda written: told.append(written.documents))
    assert told == sorted(told)
    assert len(told) >= 2
    assert told[-1] == 520


def test_dates_are_dates_and_a_surname_alone_is_marked(place: Place) -> None:
    place.write([*articles(), *_corpus(8)])
    dates = place.run(
        "MATCH (d:Document {published: date('2026-03-02')})<-[:FROM_DOC]-(c:Claim) WHERE c.claimed = date('2026-03-02') RETURN count(c)"
    )
    assert dates == [[6]]
    weak = place.run("MATCH (:Claim)-[r {surname_only: true}]->(e:Entity) RETURN DISTINCT e.id")
    assert weak == [["person:milley"]]


def test_a_part_of_the_graph(place: Place) -> None:
    readings = [
        fake_reading(
            document(
                "Iran ACCUSE actual France. Iran COOPERATE possible China, says Mark Milley.", url="https://a/1", published="2021-09-01"
            )
        ),
        fake_reading(document("France AID actual Iraq. China CONSULT actual the Taliban.", url="https://a/2", published="2021-10-01")),
    ]
    place.write(readings)
    with place.open(read_only=True) as store:

        def pairs(**part: Any) -> set[tuple[str, str]]:
            return {(edge.source_id.split(":")[1], edge.target_id.split(":")[1]) for edge in store.graph(ONTOLOGY, **part).edges}

        assert pairs(since="2021-09-15") == {("FR", "IQ"), ("CN", "taliban")}
        assert pairs(until="2021-09-15") == {("IR", "FR"), ("IR", "CN")}
        assert pairs(around="iran") == {("IR", "FR"), ("IR", "CN")}
        assert pairs(around="Iran", hops=2) == {("IR", "FR"), ("IR", "CN"), ("FR", "IQ"), ("CN", "taliban")}
        assert pairs(around="group:taliban") == {("CN", "taliban")}
        assert pairs(top=3) == {("IR", "FR"), ("IR", "CN")}
        assert pairs(min_confidence=0.6) == set()
        assert len(pairs(min_confidence=0.5)) == 4
        part = store.graph(ONTOLOGY, until="2021-09-15")
        assert [entity.name for entity in part.entities] == ["China", "France", "Iran", "Mark Milley"]
        assert [one.url for one in part.documents] == ["https://a/1"]
        with pytest.raises(NotFoundError, match="nobody here is called 'Irn'; did you mean 'Iran'"):
            store.graph(ONTOLOGY, around="Irn")
        with pytest.raises(StoreError, match="'yesterday' is not a date"):
            store.graph(ONTOLOGY, since="yesterday")


def test_the_document_of_a_claim(place: Place) -> None:
    reading = fake_reading("Iran ACCUSE actual France.")
    place.write([reading])
    with place.open(read_only=True) as store:
        assert store.reading_of(reading.claims[0].id) == reading
        assert list(store.readings([reading.document.id, "nothing"])) == [reading]
        with pytest.raises(NotFoundError, match="no-such-id: no claim with this id"):
            store.reading_of("no-such-id")


def _as_stored(value: Any) -> Any:
    """Half a character is no character, and what is indexed is cut."""
    if isinstance(value, dict):
        indexed = ("url", "path", "published", "claimed", "start", "end")
        short = {name: value[name][:2000] for name in indexed if isinstance(value.get(name), str)}
        return {name: _as_stored(item) for name, item in (value | short).items()}
    if isinstance(value, list):
        return [_as_stored(item) for item in value]
    return re.sub("[\ud800-\udfff]", "\ufffd", value) if isinstance(value, str) else value


def test_hostile_strings_in_every_text_are_stored_as_they_are(place: Place) -> None:
    readings = hostile_readings()
    written = place.write(readings)
    assert (written.documents, written.claims) == (len(HOSTILE), len(HOSTILE))
    assert len(written.warnings) == 2 * 6
    told = r"document \w+: (url|path|published) of .*|claim claim \d+: (claimed|event_start|event_end) of .*"
    assert all(re.fullmatch(told, line) and line.endswith(" characters was cut at 2,000") for line in written.warnings)
    with place.open(read_only=True) as store:
        found = {reading.document.id: reading_to_json(reading) for reading in store.readings()}
        assert found == {reading.document.id: _as_stored(reading_to_json(reading)) for reading in readings}
        for text in HOSTILE[:8]:
            rows = store.query("MATCH (c:Claim {value: $text}) RETURN c.claimer_text", {"text": text}).rows
            assert rows == [(text,)]
    assert place.run("MATCH (n:Pwned) RETURN count(n)") == [[0]]
    assert place.write(readings).skipped == len(HOSTILE)


def test_a_document_of_a_million_characters(place: Place) -> None:
    sentence = "Iran ACCUSE actual France. "
    reading = fake_reading(sentence * 200 + "x" * 1_000_000)
    place.write([reading])
    assert _exported(place) == _lines([reading])


def test_a_relation_that_the_ontology_lacks_is_refused_before_anything_is_written(place: Place) -> None:
    good, bad = fake_reading("Iran ACCUSE actual France."), fake_reading("Iran ACCUSE denied China.")
    claim = dataclasses.replace(bad.claims[0], relation="X]->() DELETE n //")
    with pytest.raises(StoreError, match="relation 'X]->\\(\\) DELETE n //' is not in the ontology"):
        place.write([good, dataclasses.replace(bad, claims=(claim,))])
    assert place.run("MATCH (c:Claim) RETURN count(c)") == [[0]]


def test_a_query_that_may_write_does(place: Place) -> None:
    place.write([fake_reading("Iran ACCUSE actual France.")])
    with place.open() as store:
        assert store.query(
            "MATCH (e:Entity {id: $id}) SET e.note = $note RETURN e.note", {"id": "country:IR", "note": "x"}, write=True
        ).rows == [("x",)]
    assert place.run("MATCH (e:Entity {id: 'country:IR'}) RETURN e.note") == [["x"]]
    with place.open(read_only=True) as store:
        for forbidden in (lambda: store.query("MATCH (n) DELETE n", write=True), lambda: store.write([], GAZETTEER, ONTOLOGY)):
            with pytest.raises(StoreError, match="was opened to be read only"):
                forbidden()


def test_rows_are_plain_values(place: Place) -> None:
    place.write([fake_reading(document("Iran ACCUSE actual France.", published="2021-09-01"))])
    with place.open(read_only=True) as store:
        columns = "c.claimed AS day, e, r, p, [1, {a: date('2021-01-01')}] AS list, null AS nothing"
        result = store.query(f"MATCH p = (c:Claim)-[r:SOURCE]->(e:Entity) RETURN {columns}")
    assert result.columns == ("day", "e", "r", "p", "list", "nothing")
    ((day, entity, role, path, several, nothing),) = result.rows
    assert (day, several, nothing) == (date(2021, 9, 1), [1, {"a": date(2021, 1, 1)}], None)
    assert entity == {"labels": ["Country", "Entity"], "id": "country:IR", "name": "Iran", "kind": "country", "aliases": []}
    assert (role["type"], role["mention"], role["start_char"]) == ("SOURCE", "Iran", 0)
    assert [part.get("type") or part["labels"] for part in path] == [["Claim"], "SOURCE", ["Country", "Entity"]]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("MATCH (n) RETRN n", r"Cypher: .*'?RETRN'?.* \(line 1, column 11\)"),
        ("MATCH (n)\nRETURN n.x y z", r"Cypher: .*\(line 2, column \d+\)"),
        ("MATCH (n) RETURN m", r"Cypher: .*m.*not defined.*"),
        ("RETURN $missing", r"Cypher: .*missing.*"),
        ("RETURN 1 / 0", r"Cypher: .*by zero.*"),
        ("", r"Cypher: .+"),
        ("MATCH (n) RETURN nothing.like.this(1)", r".+"),
    ],
)
def test_a_mistake_in_a_query_is_told_in_one_line(place: Place, statement: str, told: str) -> None:
    place.write([fake_reading("Iran ACCUSE actual France.")])
    with place.open(read_only=True) as store, pytest.raises(StoreError) as raised:
        store.query(statement)
    assert re.fullmatch(told, str(raised.value)), str(raised.value)


@pytest.mark.parametrize("value", [object(), 2**70, "half \ud800", {1, 2}])
def test_a_parameter_that_cannot_be_sent_is_told_in_one_line(place: Place, value: object) -> None:
    place.write([fake_reading("Iran ACCUSE actual France.")])
    with place.open(read_only=True) as store:
        try:
            store.query("RETURN $x", {"x": value})
        except StoreError as error:
            assert re.fullmatch("Cypher: a parameter or the statement cannot be sent: .+", str(error))  # noqa: PT017 - a set may be sent by some driver
        assert store.query("RETURN 1").rows == [(1,)]


def test_a_newer_schema_is_refused(place: Place) -> None:
    place.write([fake_reading("Iran ACCUSE actual France.")])
    place.run("MATCH (m:Meta) SET m.schema_version = 99, m.created_by = 'stancegraph 9.0'")
    with pytest.raises(StoreError, match=r"written by stancegraph 9.0 with schema 99; this program knows schema 2: update it"):
        place.open()


def test_other_peoples_data_are_refused_and_left_alone(place: Place) -> None:
    place.run("CREATE (:Person {name: 'Keanu'})-[:ACTED_IN]->(:Movie {title: 'The Matrix'}), (:Meta {x: 1}), (:Document {id: 'lease'})")
    theirs = place.everything()
    with place.open() as store:
        with pytest.raises(StoreError, match="holds other data and no graph of ours; --into-existing"):
            store.write([fake_reading("Iran ACCUSE actual France.")], GAZETTEER, ONTOLOGY)
        with pytest.raises(NotFoundError, match="no graph is stored here yet"):
            store.query("MATCH (n) RETURN n")
    assert place.everything() == theirs
    old = fake_reading(document("Iran ACCUSE actual France.", path="a.txt"))
    new = fake_reading(document("Iran ACCUSE actual China.", path="a.txt"))
    with place.open(into_existing=True) as store:
        store.write([old], GAZETTEER, ONTOLOGY)
    place.run("MATCH (a:Entity {id: 'country:IR'}), (b:Entity {id: 'country:FR'}) CREATE (a)-[:ACCUSE {theirs: true}]->(b)")
    place.write([new])
    assert set(theirs) <= set(place.everything())
    assert place.run("MATCH (:Entity)-[r:ACCUSE {theirs: true}]->(e:Entity) RETURN e.id") == [["country:FR"]]
    assert place.graph() == assembled([new])
    assert _exported(place) == _lines([new])


def test_an_empty_database_says_so(place: Place) -> None:
    with place.open(read_only=True) as store:
        for ask in (lambda: store.query("RETURN 1"), lambda: list(store.readings()), lambda: store.graph(ONTOLOGY)):
            with pytest.raises(NotFoundError, match="no graph is stored here yet"):
                ask()
        assert store.status().documents is None


def test_the_numbers_of_a_store(place: Place) -> None:
    place.write(articles())
    with place.open(read_only=True) as store:
        status = store.status()
    assert (status.kind, status.running, status.schema_version) == (place.kind, True, 2)
    assert (status.documents, status.entities, status.claims, status.edges, status.waiting) == (3, 9, 18, 16, 0)
    assert place.password not in repr(status)


def test_a_real_reading_goes_through_a_store(place: Place) -> None:
    from kg.pipeline.extractor import Extractor
    from kg.readers import read
    from kg.settings import Settings

    article = min((Path(__file__).parent.parent / "data" / "articles").glob("*.*"))
    reads = Extractor(Settings())
    documents = [each for each in read([article], Settings()) if isinstance(each, Document)]
    readings = [each for each in reads.readings(documents) if isinstance(each, Reading)]
    with place.open() as store:
        store.write(readings, reads.gazetteer, reads.ontology)
        assert store.known(documents, reads.extractor) == {each.id for each in documents}
    assert _exported(place) == _lines(readings)
    assert len(readings) == 1


# Only a Neo4j server has users, databases and addresses of its own.


def test_a_wrong_password_is_told_and_not_shown(neo4j_server: Place) -> None:
    for where, environment in (
        (neo4j_server.where, {"NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": "seven-dwarfs"}),
        (neo4j_server.where.replace("//", "//neo4j:seven-dwarfs@"), {}),
    ):
        with pytest.raises(StoreError, match="refuses user 'neo4j' with this password") as raised:
            open_store(where, environment=environment)
        assert "seven-dwarfs" not in str(raised.value)
    with pytest.raises(StoreError, match="asks for a user name and a password"):
        open_store(neo4j_server.where)


def test_the_password_may_stand_in_the_address(neo4j_server: Place) -> None:
    neo4j_server.clear()
    with open_store(f"bolt://neo4j:{neo4j_server.password}@{neo4j_server.uri.removeprefix('bolt://')}/neo4j") as store:
        assert store.where == f"{neo4j_server.uri}/neo4j"
        store.write([fake_reading("Iran ACCUSE actual France.")], GAZETTEER, ONTOLOGY)
        assert store.query("MATCH (c:Claim) RETURN count(c)").rows == [(1,)]


def test_an_unknown_database_is_told(neo4j_server: Place) -> None:
    with pytest.raises(StoreError, match="there is no database 'nothing' on this server"):
        open_store(f"{neo4j_server.where}/nothing", environment=neo4j_server.environment)


def test_a_server_that_is_down_is_told_at_once() -> None:
    started = time.monotonic()
    with pytest.raises(StoreError, match=r"bolt://127.0.0.1:9: cannot be reached; is the server running"):
        open_store("bolt://127.0.0.1:9")
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("http://db.example", "unknown store http://...: a folder was expected, or bolt://"),
        ("bolt://", "no host in it"),
        ("bolt://db.example:port", "not an address"),
    ],
)
def test_an_address_that_is_none_is_told(where: str, told: str) -> None:
    with pytest.raises(StoreError, match=re.escape(told)):
        open_store(where)
