"""The read gate: what a statement would do is read off the server's own plan of it, so comments and escapes in its text hide nothing.

What keeps a statement from writing is the server itself: Neo4j's read mode, and on the embedded store a user who may only read. The gate
adds what these let through (the server's own matters, procedures), and says the same of the same on both.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import StoreError

NOT_A_READ = (
    "Cypher: refused; a query only reads the graph: no writing, no LOAD CSV, no SHOW or TERMINATE, no EXPLAIN or PROFILE, "
    "no procedures but db.labels, db.schema and their like (kg query --write lets it change the graph)"
)
_PROCEDURES = {  # with their columns
    "db.labels": ("label",),
    "db.relationshipTypes": ("relationshipType",),
    "db.propertyKeys": ("propertyKey",),
    "db.index.fulltext.queryNodes": ("node", "score"),
    "db.index.vector.queryNodes": ("node", "score"),
}
_REFUSED = ("LoadCSV", "TerminateTransactions", "Show")
_ESCAPE = re.compile(r"\\u+([0-9A-Fa-f]{4})")
_TELLS = re.compile(r"(?>\s+|/\*.*?\*/|//[^\n]*+|CYPHER\b|\w+\s*=\s*\w+|[\d.]+)*+(?:EXPLAIN|PROFILE)\b", re.IGNORECASE | re.DOTALL)
_NOT_KNOWN = re.compile(r"Cypher: (?:Only .* currently supported|Unsupported (?:administration )?command)")
_CALL = re.compile(r"^\+ CALL (?!SUBQUERY)([\w.]+)", re.MULTILINE)
_PROJECTION = re.compile(r"^ *\+ FINAL PROJECTION \[(.*)\]$", re.MULTILINE)  # of a UNION each part has one, further in
_BARE_CALL = re.compile(r"^\+ CALL ([\w.]+)\([^()]*\)\s*\Z", re.MULTILINE)
_OPEN, _CLOSED = "([{", ")]}"


def check_rows_asked(cypher: str) -> None:
    """Let a statement through that does not ask for its own plan, which the gate has to ask for.

    >>> check_rows_asked("/* how? */ PROFILE MATCH (n) RETURN n")
    Traceback (most recent call last):
    kg.errors.StoreError: Cypher: refused; a query only reads the graph: no writing, ...

    Raises:
        StoreError: it begins with EXPLAIN or PROFILE.
    """
    if _TELLS.match(_ESCAPE.sub(lambda found: chr(int(found[1], 16)), cypher)):
        raise StoreError(NOT_A_READ)


def check_reads_only(kind: str, plan: Mapping[str, Any]) -> None:
    """Let a statement through that only reads the graph, by Neo4j's plan of it.

    Raises:
        StoreError: it writes, changes the schema, administers the server, reads files or calls procedures that might.
    """
    if kind != "r":
        raise StoreError(NOT_A_READ)
    for operator, details in _operators(plan):
        if operator.startswith(_REFUSED) or (operator == "ProcedureCall" and not _is_allowed(details.partition("(")[0].strip())):
            raise StoreError(NOT_A_READ)


def check_embedded_reads_only(plan: Mapping[str, Any]) -> None:
    """Let a statement through that neither looks at the server nor calls procedures of its own, by ArcadeDB's plan: the user does the rest.

    Raises:
        StoreError: it has no plan, as SHOW and TERMINATE have none, or calls a procedure that is not allowed.
    """
    told = _told(plan)
    if not told or not all(map(_is_allowed, _CALL.findall(told))):
        raise StoreError(NOT_A_READ)


def is_of_the_server(error: StoreError) -> bool:
    """Whether the statement would administer a server, and this one does not know it: CREATE DATABASE of both."""
    return bool(_NOT_KNOWN.match(str(error)))


def columns_of(plan: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns of a statement by ArcadeDB's plan, as it names none when there is no row; none of RETURN *."""
    if called := _BARE_CALL.search(_told(plan)):
        return _PROCEDURES.get(called[1], ())
    found = _PROJECTION.findall(_told(plan))
    return tuple(_split(found[-1])) if found and found[-1] else ()


def _told(plan: Mapping[str, Any]) -> str:
    return str((plan.get("args") or {}).get("string-representation", ""))


def _split(names: str) -> Iterator[str]:
    """Names at the commas that stand in no brackets.

    >>> list(_split("e.name, coalesce(e.kind, 'x'), n"))
    ['e.name', "coalesce(e.kind, 'x')", 'n']
    """
    depth, start = 0, 0
    for place, character in enumerate(names):
        depth += (character in _OPEN) - (character in _CLOSED)
        if not depth and names.startswith(", ", place):
            yield names[start:place]
            start = place + 2
    yield names[start:]


def _operators(plan: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each operator of a plan, without the name of the runtime that Neo4j puts behind it, and its details."""
    if plan:
        yield str(plan.get("operatorType", "")).partition("@")[0], str((plan.get("args") or {}).get("Details", ""))
    for child in plan.get("children") or ():
        yield from _operators(child)


def _is_allowed(procedure: str) -> bool:
    return procedure in _PROCEDURES or procedure.startswith("db.schema.")
