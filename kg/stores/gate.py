"""The read gate: what a statement would do is read off the server's own plan of it, so comments and escapes in its text hide nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import StoreError

NOT_A_READ = "Cypher: refused, as it would change the graph or the server; a query only reads (kg query --write lets it change the graph)"
_PROCEDURES = {"db.labels", "db.relationshipTypes", "db.propertyKeys", "db.index.fulltext.queryNodes", "db.index.vector.queryNodes"}
_REFUSED = ("LoadCSV", "TerminateTransactions", "Show")


def check_reads_only(kind: str, plan: Mapping[str, Any]) -> None:
    """Let a statement through that only reads the graph.

    Raises:
        StoreError: it writes, changes the schema, administers the server, reads files or calls procedures that might.
    """
    if kind != "r":
        raise StoreError(NOT_A_READ)
    for operator, details in _operators(plan):
        if operator.startswith(_REFUSED):
            raise StoreError(f"Cypher: refused, a query may not use {operator}")
        if operator == "ProcedureCall" and not _is_allowed(details):
            raise StoreError(f"Cypher: refused, a query may not call {_called(details)}")


def _operators(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each operator of a plan, without the name of the runtime that Neo4j puts behind it, and its details."""
    if plan:
        yield str(plan.get("operatorType", "")).partition("@")[0], str((plan.get("args") or {}).get("Details", ""))
    for child in plan.get("children") or ():
        yield from _operators(child)


def _called(details: str) -> str:
    """The name of a procedure, from "db.labels() :: (label :: STRING)"."""
    return details.partition("(")[0].strip()


def _is_allowed(details: str) -> bool:
    name = _called(details)
    return name in _PROCEDURES or name.startswith("db.schema.")
