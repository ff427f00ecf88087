"""The statements of docs/neo4j.md are ones that a Neo4j server understands, though the Community edition does not execute most of them."""

import re
from pathlib import Path

import neo4j.exceptions
import pytest
from store_places import Place

DOCS = Path(__file__).parent.parent / "docs" / "neo4j.md"


def test_the_rights_in_the_docs_are_statements_that_the_server_knows(neo4j_server: Place) -> None:
    text = DOCS.read_text("utf8")
    block = re.search(r"```cypher\n(.*?)```", text, re.DOTALL)
    assert block
    told = [line.rstrip(";") for line in block[1].splitlines() if line] + re.findall(r"`((?:GRANT|ALTER) [^`]+)`", text)
    assert len(told) > 15
    for statement in told:
        if not statement.startswith("CREATE USER"):
            with pytest.raises(neo4j.exceptions.ClientError) as refused:
                neo4j_server.run(statement)
            assert refused.value.code == "Neo.ClientError.Statement.UnsupportedAdministrationCommand", statement
