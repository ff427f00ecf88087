"""Write the tables of docs/schema.md anew, from those that the program itself uses; `make docs` runs it."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.model.cypher_form import WORDS_INDEX
from kg.model.cypher_schema import EDGE, NODES, RELATIONSHIPS, Properties
from kg.ontology import load_ontology
from kg.stores.schema import INDEXES, KEYS, VERSION

PAGE = Path(__file__).parent / "schema.md"
_BLOCK = re.compile(r"<!-- (\w+) -->\n(.*?)<!-- end -->", re.DOTALL)
_SIGNS = {1: "+", -1: "-", 0: "", None: "by its value"}


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _properties(of: Properties) -> str:
    rows = (
        (f"`{name}`", "date or text" if told.type == "date" else told.type, told.meaning, "yes" if told.optional else "")
        for name, told in of.items()
    )
    return _table(("property", "type", "meaning", "may lack"), rows)


def _relationships() -> str:
    rows = ((f"`{name}`", f"`:{told.start}`", f"`:{told.end}`", told.meaning) for name, told in RELATIONSHIPS.items())
    return _table(("type", "from", "to", "meaning"), rows)


def _relations() -> str:
    rows = (
        (f"`{name}`", _SIGNS[one.polarity], "yes" if one.symmetric else "", one.meaning) for name, one in load_ontology().relations.items()
    )
    return _table(("type", "sign", "symmetric", "meaning"), rows)


def _indexes() -> str:
    words = f'`Claim.sentence`: `CALL db.index.fulltext.queryNodes("{WORDS_INDEX}", "words")` on both stores'
    lines = {
        "unique": ", ".join(f"`{label}.id`" for label in KEYS),
        "index": ", ".join(f"`{label}.{name}`" for label, name in INDEXES),
        "full text": words,
        "version": f"{VERSION} is that of this schema",
    }
    return _table(("", ""), lines.items())


def tables() -> dict[str, str]:
    """The tables by the name that stands before each on the page."""
    return {
        **{label: _properties(properties) for label, properties in NODES.items()},
        **{name: _properties(RELATIONSHIPS[name].properties) for name in ("SOURCE", "MENTIONS", "CONTRADICTS")},
        "relationships": _relationships(),
        "edges": _properties(EDGE),
        "relations": _relations(),
        "indexes": _indexes(),
    }


def renewed(page: str) -> str:
    """The page with its tables as they are now.

    Raises:
        ValueError: the page lacks one.
    """
    now = tables()
    if sorted(found[1] for found in _BLOCK.finditer(page)) != sorted(now):
        raise ValueError(f"{PAGE.name} must have each of these once: {', '.join(now)}")
    return _BLOCK.sub(lambda found: f"<!-- {found[1]} -->\n{now[found[1]]}<!-- end -->", page)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text("utf8")), "utf8")
