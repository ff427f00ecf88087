"""A question changes nothing, whatever it is; it is cut where it was to be cut, and ends when it was to end: on both stores alike."""

import time

import psutil
import pytest
from hand_graph import articles
from store_places import Place

from kg.errors import StoreError
from kg.stores import Store
from kg.stores.gate import NOT_A_READ

COUNT = "MATCH (c:Claim) RETURN count(c)"
RUNAWAYS = (
    "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 1000) AS c WITH a, b, c WHERE a * b * c < 0 RETURN count(*)",
    "MATCH (a), (b), (c), (d), (e), (f) WHERE a.id + b.id + c.id + d.id + e.id = f.id RETURN count(*) AS nothing",
    "MATCH p = (:Claim)-[*..30]-(:Claim) RETURN count(p) AS nothing",
)
REFUSED = (
    "CREATE (n:Pwned)",
    "MERGE (n:Pwned {id: 1})",
    "MATCH (c:Claim) SET c.confidence = 1.0",
    "MATCH (c:Claim) REMOVE c.confidence",
    "MATCH (c:Claim) DETACH DELETE c",
    "MATCH (c:Claim)-[r]->() DELETE r",
    "MATCH (c:Claim) SET c:Pwned",
    "/* only reads */ CREATE (n:Pwned) // really",
    "// MATCH (n) RETURN n\nCREATE (n:Pwned)",
    "MATCH (n) WITH n LIMIT 1 FOREACH (x IN [1] | SET n.pwned = x)",
    "MATCH (n) WITH n LIMIT 1 CALL { CREATE (:Pwned) } RETURN 1",
    "MATCH (n) CALL (n) { SET n.pwned = 1 RETURN 2 AS two } RETURN two",
    "UNWIND [1, 2] AS x CREATE (:Pwned {x: x}) RETURN x",
    "MATCH (a:Entity), (b:Entity) CREATE (a)-[:ACCUSE]->(b)",
    "MATCH (a:Entity) WITH a LIMIT 1 MERGE (a)-[:KNOWS]->(:Pwned) RETURN a",
    "MATCH (m:Meta) SET m.schema_version = 99",
    "MATCH (n) RETURN n UNION MATCH (n) SET n.pwned = 1 RETURN n",
    "OPTIONAL MATCH (n:Nobody) CREATE (:Pwned)",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "load /**/ csv with headers from 'file:///etc/passwd' as line return line",
    "LOAD CSV FROM 'http://127.0.0.1:1/x' AS line RETURN line",
    "CREATE INDEX pwned FOR (n:Claim) ON (n.value)",
    "CREATE CONSTRAINT pwned FOR (n:Claim) REQUIRE n.cue IS UNIQUE",
    "CREATE USER pwned SET PASSWORD 'long-enough'",
    "CREATE DATABASE pwned",
    "DROP DATABASE neo4j",
    "SHOW USERS",
    "SHOW DATABASES",
    "SHOW TRANSACTIONS",
    "/* who? */ SHOW TRANSACTIONS YIELD username RETURN username",
    "SHOW INDEXES",
    "SHOW CONSTRAINTS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "CALL dbms.components()",
    "CALL dbms.components() YIELD name RETURN name",
    "EXPLAIN MATCH (n) RETURN n",
    "EXPLAIN CREATE (n:Pwned)",
    "explain /* */ CREATE INDEX pwned FOR (n:Claim) ON (n.value)",
    "PROFILE MATCH (n) RETURN n",
    "PROFILE CREATE (n:Pwned)",
    "/* how? */ // so:\n PROFILE MATCH (n) DETACH DELETE n",
)
NOT_SAID_ALIKE = (  # one of the servers does not know it, or does not take it for a statement
    "CR\\u0045ATE (n:Pwned)",
    "\\u0050ROFILE CREATE (n:Pwned)",
    "MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS",
    "CALL () { CREATE (:Pwned) } IN TRANSACTIONS",
    "MATCH (n) RETURN n; MATCH (n) DETACH DELETE n",
    "DROP CONSTRAINT claim_id",
    "DROP INDEX claim_edge_key",
    "ALTER USER neo4j SET PASSWORD 'long-enough'",
    "DROP USER reader",
    "CALL db.createLabel('Pwned')",
    "CALL db.awaitIndexes(1)",
    "CALL dbms.setConfigValue('server.memory.heap.max_size', '1k')",
    "CALL dbms.killTransaction('x')",
    "CALL merge.node(['Pwned'], {id: 1})",
    "CALL do.when(true, 'CREATE (n:Pwned) RETURN n', '', {}) YIELD value RETURN value",
    "CALL { CALL do.when(true, 'CREATE (n:Pwned) RETURN n', '', {}) YIELD value RETURN value } RETURN value",
    "CALL db.migrateLegacyTemporals()",
    "SHOW SETTINGS",
    "SHOW PROCEDURES",
    "GRANT ROLE admin TO reader",
    "CYPHER runtime=slotted PROFILE CREATE (n:Pwned)",
    "USE system MATCH (n) RETURN n",
    "MATCH (c:Claim) WITH c LIMIT 1 SET c[$k] = 1",
)


@pytest.fixture(params=["embedded", "neo4j"])
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.getfixturevalue(f"{request.param}_server")
    found.clear()
    found.write(articles())
    return found


def _refusal(store: Store, statement: str) -> str:
    with pytest.raises(StoreError) as refused:
        store.query(statement, timeout=20)
    return str(refused.value)


def test_a_query_changes_nothing_and_both_stores_say_so_in_the_same_words(place: Place) -> None:
    before = place.everything(), place.schema_and_users()
    with place.open(read_only=True) as store:
        for statement in REFUSED:
            assert _refusal(store, statement) == NOT_A_READ, statement
        for statement in NOT_SAID_ALIKE:
            assert "\n" not in _refusal(store, statement), statement
        assert store.query(COUNT).rows == [(18,)]  # it still answers
    assert (place.everything(), place.schema_and_users()) == before
    assert len(REFUSED) + len(NOT_SAID_ALIKE) >= 40


@pytest.mark.parametrize(
    "statement",
    [
        "CALL db.labels() YIELD label WITH label WHERE label = 'Claim' RETURN label",
        "CALL db.index.fulltext.queryNodes('claim_sentence', 'talks') YIELD node RETURN node.id AS id",
        "MATCH (n:Claim) WHERE n.sentence CONTAINS 'EXPLAIN' RETURN n.id AS id // SHOW USERS; CREATE (n)",
        "RETURN 'CREATE (n) LOAD CSV' AS words",
        "MATCH (e:Entity) CALL (e) { MATCH (e)<-[:SOURCE]-(c:Claim) RETURN count(c) AS n } RETURN e.id AS id, n",
    ],
)
def test_what_only_reads_is_let_through_whatever_words_are_in_it(place: Place, statement: str) -> None:
    with place.open(read_only=True) as store:
        store.query(statement)


@pytest.mark.parametrize(
    ("statement", "columns"),
    [
        ("MATCH (c:Claim) RETURN c.id AS id, c.value", ("id", "c.value")),
        (
            "MATCH (e:Entity {id: 'nobody'}) RETURN e.name AS name, coalesce(e.kind, 'x, y'), [e, e]",
            ("name", "coalesce(e.kind, 'x, y')", "[e, e]"),
        ),
        ("MATCH (n:Nothing) WITH n ORDER BY n.x RETURN DISTINCT n.x AS a, count(*) AS c ORDER BY a SKIP 1", ("a", "c")),
        ("MATCH (c:Claim) RETURN c.id LIMIT 0", ("c.id",)),
        ("MATCH (n:Nothing) RETURN n.x AS a, n.y AS b UNION MATCH (n:Nobody) RETURN n.y AS a, n.x AS b", ("a", "b")),
        ("CALL { MATCH (n:Nothing) RETURN n.x AS x UNION ALL MATCH (n:Nobody) RETURN n.y AS x } RETURN x AS found", ("found",)),
        ("CALL db.index.fulltext.queryNodes('claim_sentence', 'unheardof')", ("node", "score")),
    ],
)
def test_columns_are_told_when_there_are_no_rows_too(place: Place, statement: str, columns: tuple[str, ...]) -> None:
    with place.open(read_only=True) as store:
        assert store.query(statement).columns == columns


def test_rows_beyond_the_limit_are_cut_and_it_is_said(place: Place) -> None:
    with place.open(read_only=True) as store:
        asked = "MATCH (c:Claim) RETURN c.id ORDER BY c.id"
        assert [(len(found.rows), found.cut) for limit in (5, 18, 19, None) for found in [store.query(asked, limit=limit)]] == [
            (5, True),
            (18, False),
            (18, False),
            (18, False),
        ]
        assert store.query(COUNT, limit=1).rows == [(18,)]
        assert store.query("UNWIND range(1, 1000000) AS x RETURN x", limit=2).rows == [(1,), (2,)]


@pytest.mark.parametrize("runaway", RUNAWAYS)
def test_a_runaway_query_ends_at_its_deadline_and_the_server_is_idle(place: Place, runaway: str) -> None:
    server = psutil.Process(place.pid)
    with place.open(read_only=True) as store:
        started = time.monotonic()
        with pytest.raises(StoreError, match=r"the query was stopped at the deadline of 1 s"):
            store.query(runaway, timeout=1)
        assert time.monotonic() - started < 10
        assert store.query(COUNT, timeout=30).rows == [(18,)]
    deadline = time.monotonic() + 20
    while server.cpu_percent(0.5) > 20:  # of a core; a query that goes on takes a whole one
        assert time.monotonic() < deadline
