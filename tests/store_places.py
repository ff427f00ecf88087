"""Databases for tests: an embedded one and a real Neo4j, each emptied before every test that uses it."""

import contextlib
import importlib.util
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import neo4j
import pytest
import real_neo4j
from fake_extractor import GAZETTEER

from kg.assemble import assemble
from kg.model import Graph, Reading
from kg.ontology import load_ontology
from kg.resolve import resolve
from kg.stores import Store, Written, open_store, start_store, stop_store

ONTOLOGY = load_ontology()


@dataclass
class Place:
    """A database, as a user names it, and a way to look at it from behind."""

    kind: str
    where: str
    environment: Mapping[str, str]
    uri: str
    password: str = field(repr=False)
    user: str = "neo4j"
    pid: int = 0

    def open(self, *, into_existing: bool = False, read_only: bool = False) -> Store:
        return open_store(self.where, environment=self.environment, into_existing=into_existing, read_only=read_only)

    def write(self, readings: Iterable[Reading]) -> Written:
        """Open, write, close: what one command does."""
        with self.open() as store:
            return store.write(readings, GAZETTEER, ONTOLOGY)

    def graph(self) -> Graph:
        with self.open() as store:
            return store.graph(ONTOLOGY)

    def run(self, cypher: str, **parameters: object) -> list[list[Any]]:
        """Rows of a statement, past the store."""
        with (
            neo4j.GraphDatabase.driver(self.uri, auth=(self.user, self.password), notifications_min_severity="OFF") as driver,
            driver.session(database="neo4j") as session,
        ):
            return [record.values() for record in session.run(cypher, parameters)]

    def clear(self) -> None:
        while self.run("MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*)")[0][0]:
            pass

    def everything(self) -> list[str]:
        """All nodes and relationships, in a form that compares."""
        nodes = self.run("MATCH (n) RETURN labels(n), properties(n)")
        between = self.run("MATCH (a)-[r]->(b) RETURN coalesce(a.id, a.name), type(r), properties(r), coalesce(b.id, b.name)")
        rows = [(sorted(labels), sorted(properties.items())) for labels, properties in nodes]
        return sorted(map(repr, rows)) + sorted(repr((one, kind, sorted(p.items()), other)) for one, kind, p, other in between)

    def schema_and_users(self) -> list[str]:
        """All that is not in the graph, in a form that compares."""
        shown = (
            "SHOW INDEXES YIELD name, type, labelsOrTypes, properties RETURN name, type, labelsOrTypes, properties",
            "SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties RETURN name, type, labelsOrTypes, properties",
            "SHOW USERS",
            "SHOW DATABASES",
        )
        return sorted(repr(row) for statement in shown for row in self.run(statement))


def assembled(readings: Iterable[Reading]) -> Graph:
    """The graph of these readings without any store."""
    kept = list(readings)
    return assemble(kept, resolve(kept, GAZETTEER), ONTOLOGY)


def missing(reason: str) -> None:
    """Skip a test, or fail it in CI."""
    pytest.fail(reason) if "CI" in os.environ else pytest.skip(reason)


def needs_engine() -> None:
    """Skip where the embedded engine is not installed."""
    if importlib.util.find_spec("arcadedb_embedded") is None:
        missing("the embedded engine is not installed: pip install -e '.[embedded]'")


@contextlib.contextmanager
def embedded_place(folder: Path) -> Iterator[Place]:
    """An embedded store with a running server."""
    needs_engine()
    status = start_store(folder)
    assert status.uri
    assert status.password
    assert status.pid
    try:
        yield Place("embedded", str(folder), {}, status.uri, status.password, "root", status.pid)
    finally:
        stop_store(folder)


@contextlib.contextmanager
def neo4j_place(home: Path) -> Iterator[Place]:
    """A real Neo4j."""
    try:
        server = real_neo4j.start(home)
    except real_neo4j.NotHereError as error:
        missing(str(error))
        raise
    try:
        yield Place("neo4j", server.uri, server.environment, server.uri, server.password, pid=server.process.pid)
    finally:
        server.stop()
