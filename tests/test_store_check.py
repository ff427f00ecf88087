"""kg store check: a whole store is said to be whole, and each thing that is broken by hand is named, on both stores."""

import dataclasses
from collections.abc import Iterator

import pytest
from fake_extractor import GAZETTEER, document, fake_reading
from store_places import ONTOLOGY, Place

import kg
from kg.api import upkeep
from kg.cli import main
from kg.errors import SettingsError
from kg.model import Judgement, judged
from kg.stores import schema

READINGS = [
    fake_reading(
        document(
            "Iran ACCUSE actual France, says Mark Milley. the Dawn League COOPERATE possible Iran. José Pérez ACCUSE actual Iran.",
            url="https://news.example/a",
            published="2021-09-01",
            outlet="News",
        )
    ),
    fake_reading(document("Iran ACCUSE denied France. Iran ACCUSE actual France. Iran COOPERATE actual the Dawn League.", path="b.txt")),
    fake_reading(document("Iran ACCUSE actual France, says Dominic Raab. Jose Perez ACCUSE actual China.", path="c.txt")),
]
FIRST = READINGS[0].claims[0].id


def _said(kind: str, *subjects: str) -> Judgement:
    return judged(kind, subjects, who="Ada", when="2026-01-01", why=None)  # type: ignore[arg-type]  # the tests write real kinds


@pytest.fixture(params=["embedded", "neo4j"], scope="module")
def server(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(f"{request.param}_server")
    return found


@pytest.fixture
def place(server: Place) -> Iterator[Place]:
    """A store with some readings and judgements; its constraints and indexes are there again afterwards."""
    server.clear()
    server.write(READINGS)
    yield server
    server.clear()
    with server.open() as store:
        schema.define(store._connections.bolt())  # type: ignore[attr-defined]


def _faults(place: Place) -> list[str]:
    with place.open(read_only=True) as store:
        return list(store.check(GAZETTEER, ONTOLOGY))


def test_what_was_written_judged_replaced_and_forgotten_is_whole(place: Place) -> None:
    assert _faults(place) == []
    given = [
        _said("same", "group:dawn-league", "group:jose-perez"),
        _said("rename", "country:IR", "Persia"),
        _said("reject", FIRST),
        _said("differ", "country:IQ", "group:iraqis"),
    ]
    with place.open() as store:
        store.judge(given, GAZETTEER, ONTOLOGY)
        assert list(store.check(GAZETTEER, ONTOLOGY)) == []
        store.write([dataclasses.replace(READINGS[1], extractor="fake/2", claims=READINGS[1].claims[:1])], GAZETTEER, ONTOLOGY)
        store.forget("c.txt", GAZETTEER, ONTOLOGY)
        before = place.everything()
        assert list(store.check(GAZETTEER, ONTOLOGY)) == []
    assert place.everything() == before


BROKEN = [
    ("MATCH (c:Claim {id: $first})-[r:SOURCE]->() DELETE r", f"claim {FIRST}: no SOURCE"),
    ("MATCH (c:Claim {id: $first})-[r:FROM_DOC]->() DELETE r", f"claim {FIRST}: no FROM_DOC leads from it to a document"),
    (
        "MATCH (c:Claim {id: $first}) MATCH (d:Document {path: 'b.txt'}) CREATE (c)-[:FROM_DOC]->(d)",
        f"claim {FIRST}: FROM_DOC leads to 2 documents",
    ),
    ("MATCH (c:Claim {id: $first}) SET c.sentence = c.sentence + '!'", f"claim {FIRST}: its sentence is not what stands at 0 to 44"),
    ("MATCH (c:Claim {id: $first}) REMOVE c.start_char", f"claim {FIRST}: its sentence is not what stands at None to 44"),
    ("MATCH (c:Claim {id: $first}) SET c.cue_start = c.cue_start + 1", f"claim {FIRST}: its cue is not what stands at 6 to 11"),
    (
        "MATCH (c:Claim {id: $first}) SET c.cue = 'Dawn', c.cue_start = 49, c.cue_end = 53",
        f"claim {FIRST}: its cue is outside of its sentence",
    ),
    ("MATCH (c:Claim {id: $first}) SET c.context = [10, 100000]", f"claim {FIRST}: its context is outside of document"),
    ("MATCH (c:Claim {id: $first}) SET c.relation = 'FROWN'", f"claim {FIRST}: relation 'FROWN' is not in the ontology"),
    ("MATCH (c:Claim {id: $first}) SET c.modality_class = 'negative'", "modality_class 'negative' is not that of modality 'actual'"),
    ("MATCH (c:Claim {id: $first}) SET c.edge_key = 'x'", f"claim {FIRST}: edge_key is x, its actors and its relation make it"),
    ("MATCH (c:Claim {id: $first}) REMOVE c.confidence", f"claim {FIRST}: confidence is missing"),
    ("MATCH (c:Claim {id: $first}) SET c.rejected = true", "is marked as rejected, but no judgement in force says so"),
    ("MATCH (c:Claim {id: $first})-[r:SOURCE]->() SET r.mention = 'Iraq'", "SOURCE: 'Iraq' is not what stands at 0 to 4"),
    ("MATCH (c:Claim {id: $first})-[r:SOURCE]->() SET r.refers_to = [1, 2]", "SOURCE: no name is mentioned at 1 to 2 of document"),
    (
        "MATCH (c:Claim {id: $first})-[r:TARGET]->() MATCH (e:Entity {id: 'country:CN'}) CREATE (c)-[n:TARGET]->(e) SET n = properties(r)",
        "TARGET is country:CN, but the name it stands for is country:FR",
    ),
    ("MATCH (d:Document {path: 'b.txt'}) REMOVE d.text", ": its text is missing"),
    ("MATCH (d:Document {path: 'b.txt'})-[m:MENTIONS]->() SET m.mention = 'x'", ": mention 'x' is not what stands at"),
    ("MATCH (d:Document {path: 'b.txt'})-[m:MENTIONS]->(:Entity {id: 'country:FR'}) DELETE m", "TARGET: no name is mentioned at"),
    ("CREATE (:Entity:Group {id: 'group:x', kind: 'group', name: 'X'})", "entity group:x: no document mentions it"),
    ("MATCH (e:Entity {id: 'country:IR'}) SET e.kind = 'group'", "entity country:IR: its kind is group, its labels are Country, Entity"),
    (
        "MATCH (e:Entity {id: 'group:dawn-league'}) SET e.name = 'Dusk'",
        "entity group:dawn-league: is called 'Dusk'; its mentions and what people judged make it 'Dawn League'",
    ),
    ("MATCH (e:Entity {id: 'group:jose-perez'}) SET e.aliases = []", "entity group:jose-perez: its aliases are not what"),
    (
        "MATCH (:Entity {id: 'country:IR'})-[x:ACCUSE {modality_class: 'actual'}]->() DELETE x",
        "edge country:IR ACCUSE country:FR: is missing",
    ),
    ("MATCH (:Entity)-[x:ACCUSE {modality_class: 'actual'}]->() SET x.claims = 7", "edge country:IR ACCUSE country:FR: claims is 7, its"),
    ("MATCH (:Entity)-[x:ACCUSE]->() SET x.last = date('2030-01-01')", "last is 2030-01-01, its claims make it 2021-09-01"),
    (
        "MATCH (s:Entity {id: 'country:IR'})-[x:ACCUSE]->(t:Entity) CREATE (s)-[y:ACCUSE]->(t) SET y = properties(x)",
        "edge country:IR ACCUSE country:FR: is there more than once",
    ),
    (
        "MATCH (s:Entity {id: 'country:FR'}) MATCH (t:Entity {id: 'country:CN'}) CREATE (s)-[:ACCUSE {edge_key: 'k', claims: 1}]->(t)",
        "edge country:FR ACCUSE country:CN: no claim is behind it (k)",
    ),
    (
        "MATCH ({id: 'country:IR'})-[x:ACCUSE {claims: 3}]->() MATCH (o {id: 'country:CN'}) CREATE (o)-[y:ACCUSE]->(o) SET y=properties(x)",
        "edge country:CN ACCUSE country:CN: its key",
    ),
    ("MATCH (:Claim)-[l:CONTRADICTS]->(:Claim) DELETE l", ": is missing"),
    ("MATCH (:Claim)-[l:CORROBORATES]->(:Claim) SET l.rule = 'a whim'", ": its rule is 'a whim', the claims make it"),
    (
        "MATCH (a:Claim {id: $first}) MATCH (b:Claim {relation: 'COOPERATE'}) CREATE (a)-[:CONTRADICTS {rule: 'x'}]->(b)",
        ": joins claims of two pairs",
    ),
    ("MATCH (a:Claim)-[l:CONTRADICTS]->(b:Claim) CREATE (b)-[:CONTRADICTS {rule: 'x'}]->(a)", ": the claims do not make it"),
    ("MATCH (a:Claim)-[l:CONTRADICTS]->(b:Claim) CREATE (a)-[:CONTRADICTS {rule: 'x'}]->(b)", ": is there more than once"),
    ("CREATE (:Pending {id: 'x', entity: 'country:IR'})", "an interrupted write left 1 pairs, names or documents to be made again"),
    ("MATCH (m:Meta) CREATE (:Meta {schema_version: 1, created_by: m.created_by})", "Meta: 2 nodes tell the version of the schema"),
    ("DROP INDEX claim_relation", "index: that of Claim.relation is missing"),
    ("DROP CONSTRAINT judgement_id", "constraint: Judgement.id is not kept unique"),
    ("DROP INDEX claim_sentence", "index: that of words of Claim.sentence is missing"),
]


@pytest.mark.parametrize(("breaks", "told"), BROKEN, ids=[told for _, told in BROKEN])
def test_what_is_broken_by_hand_is_named(place: Place, breaks: str, told: str) -> None:
    if place.kind == "embedded" and breaks == "DROP INDEX claim_sentence":
        pytest.skip("no statement makes this index again on the embedded store: the server does, when it starts")
    place.run(breaks, first=FIRST)
    assert any(told in fault for fault in _faults(place)), _faults(place)


def test_an_id_that_is_there_twice_is_named(place: Place) -> None:
    place.run("DROP CONSTRAINT entity_id")
    place.run("MATCH (e:Entity {id: 'country:IR'}) CREATE (n:Entity:Country) SET n = properties(e)")
    assert "Entity country:IR: 2 nodes have this id" in _faults(place)


@pytest.mark.parametrize(
    ("judgement", "told"),
    [
        (_said("reject", FIRST), f"claim {FIRST}: was rejected by a judgement, but counts"),
        (
            _said("same", "group:dawn-league", "group:jose-perez"),
            "'Jose Perez' is group:jose-perez, which was judged to be group:dawn-league",
        ),
        (_said("rename", "country:IR", "Persia"), "entity country:IR: is called 'Iran', but was judged to be called 'Persia'"),
        (_said("rename", "group:dawn-league", "Dusk"), "is called 'Dawn League'; its mentions and what people judged make it 'Dusk'"),
        (_said("differ", "country:FR", "country:france"), "mention 'France' is country:FR, which was judged to be another"),
    ],
)
def test_a_judgement_that_was_not_worked_in_is_named(place: Place, judgement: Judgement, told: str) -> None:
    from kg.model.cypher_form import judgement_to_cypher

    place.run("CREATE (j:Judgement) SET j = $row", row=judgement_to_cypher(judgement))
    assert any(told in fault for fault in _faults(place)), _faults(place)


def test_the_command_tells_the_first_faults_and_counts_the_others(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {**place.environment, "KG_STORE": place.where}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(upkeep, "load_gazetteer", lambda _: GAZETTEER)
    assert main(["store", "check"]) == 0
    assert capsys.readouterr().out == "the store is whole: 3 documents, 7 entities, 8 claims, 6 edges\n"
    place.run("MATCH (c:Claim) SET c.sentence = 'Nobody\x1b[31m said so.'")
    assert main(["store", "check", "--most", "3"]) == 1
    *faults, more = capsys.readouterr().out.splitlines()
    assert [fault.endswith("of document " + fault.split()[-1]) for fault in faults] == [True] * 3
    assert more == "and 5 more"
    with pytest.raises(SettingsError, match="--most 0: a whole number from 1"):
        kg.check_store(place.where, most=0)
