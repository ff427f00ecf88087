"""The graph as files for `neo4j-admin database import full`: CSV with a header file each, and a file of arguments that names them all.

It fills an empty database far faster than any load over Bolt. What is written is what the program on the other side reads back, byte for
byte, so no sign is put before what a spreadsheet would take for a formula: these files are for one program, not for people.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import Any

from kg.errors import StoreError
from kg.model.cypher_form import KIND_LABELS, LINK_TYPES, ROLE_TYPES
from kg.model.cypher_schema import CLAIM, DOCUMENT, EDGE, ENTITY, JUDGEMENT, LINK, MENTION, META, PENDING, ROLE, Properties, Type
from kg.stores.bolt import Bolt, Row
from kg.stores.contract import IMPORT_ARGUMENTS, IMPORT_COMMAND, Piece
from kg.stores.fetching import document_ids

_AT_ONCE = 100
_TYPES: Mapping[Type, str] = {
    "string": "string",
    "integer": "long",
    "float": "double",
    "boolean": "boolean",
    "date": "date",
    "list of strings": "string[]",
    "list of integers": "long[]",
}
_MARKS = ("\x1f", "\x1e", "\x1d", "\x1c", *map(chr, range(0xE000, 0xE100)))  # between the items of a list; none of them may be in an item
_USED = (
    "MATCH (e:Entity) WHERE any(one IN e.aliases WHERE one CONTAINS $mark) RETURN 1 LIMIT 1",
    "MATCH (j:Judgement) WHERE any(one IN j.subjects WHERE one CONTAINS $mark) RETURN 1 LIMIT 1",
)
_BUFFER = 4  # megabytes, as the program has it; a value must fit into it
_ENTITY_IDS = "MATCH (e:Entity) WHERE e.kind IN $kinds RETURN e.id ORDER BY e.id"
_LABEL = " ".join(f"WHEN '{kind}' THEN '{label}'" for kind, label in KIND_LABELS.items())


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows of one form. `statement` gives the columns `first`, then the properties, of `ids`: some of those that `of` gives."""

    name: str
    option: str
    first: tuple[str, ...]
    properties: Properties
    statement: str
    of: Callable[[Bolt], Iterator[str]] | None = None
    key: str | None = None

    def pages(self, bolt: Bolt) -> Iterator[Iterable[Row]]:
        """The rows, in parts whose order is that of their ids."""
        if self.of is None:
            yield from batched(bolt.stream(self.statement), _AT_ONCE)
            return
        for ids in batched(self.of(bolt), _AT_ONCE):
            yield bolt.read(self.statement, ids=list(ids))


def _entity_ids(bolt: Bolt) -> Iterator[str]:
    for (entity_id,) in bolt.stream(_ENTITY_IDS, kinds=list(KIND_LABELS)):
        yield entity_id


def _between(start: str, end: str, *more: str) -> tuple[str, ...]:
    return (f":START_ID({start})", f":END_ID({end})", *more)


_OF_DOCUMENT = "UNWIND $ids AS id MATCH (d:Document {id: id}) WHERE d.content_hash IS NOT NULL"
_OF_CLAIMS = "UNWIND $ids AS id MATCH (:Document {id: id})<-[:FROM_DOC]-(c:Claim)"
_ROLES, _LINKS = "|".join(ROLE_TYPES.values()), "|".join(LINK_TYPES)
_TABLES = (
    _Table("meta", "--nodes=Meta", (), META, "MATCH (m:Meta) WHERE m.created_by STARTS WITH 'stancegraph' RETURN properties(m)"),
    _Table("documents", "--nodes=Document", (), DOCUMENT, f"{_OF_DOCUMENT} RETURN properties(d)", document_ids, "Document"),
    _Table(
        "entities",
        "--nodes=Entity",
        (":LABEL",),
        ENTITY,
        f"UNWIND $ids AS id MATCH (e:Entity {{id: id}}) RETURN CASE e.kind {_LABEL} END, properties(e)",
        _entity_ids,
        "Entity",
    ),
    _Table("claims", "--nodes=Claim", (), CLAIM, f"{_OF_CLAIMS} RETURN properties(c)", document_ids, "Claim"),
    _Table("judgements", "--nodes=Judgement", (), JUDGEMENT, "MATCH (j:Judgement) RETURN properties(j) ORDER BY j.id", None, "Judgement"),
    _Table("pending", "--nodes=Pending", (), PENDING, "MATCH (p:Pending) RETURN properties(p) ORDER BY p.id", None, "Pending"),
    _Table("from_doc", "--relationships=FROM_DOC", _between("Claim", "Document"), {}, f"{_OF_CLAIMS} RETURN c.id, id, {{}}", document_ids),
    _Table(
        "mentions",
        "--relationships=MENTIONS",
        _between("Document", "Entity"),
        MENTION,
        "UNWIND $ids AS id MATCH (:Document {id: id})-[m:MENTIONS]->(e:Entity) RETURN id, e.id, properties(m)",
        document_ids,
    ),
    _Table(
        "roles",
        "--relationships",
        _between("Claim", "Entity", ":TYPE"),
        ROLE,
        f"{_OF_CLAIMS} MATCH (c)-[r:{_ROLES}]->(e:Entity) RETURN c.id, e.id, type(r), properties(r)",
        document_ids,
    ),
    _Table(
        "links",
        "--relationships",
        _between("Claim", "Claim", ":TYPE"),
        LINK,
        f"{_OF_CLAIMS} MATCH (c)-[l:{_LINKS}]->(o:Claim) RETURN c.id, o.id, type(l), properties(l)",
        document_ids,
    ),
    _Table(
        "edges",
        "--relationships",
        _between("Entity", "Entity", ":TYPE"),
        EDGE,
        "UNWIND $ids AS id MATCH (:Entity {id: id})-[x]->(o:Entity) WHERE x.edge_key IS NOT NULL RETURN id, o.id, type(x), properties(x)",
        _entity_ids,
    ),
)


def pieces(bolt: Bolt) -> Iterator[Piece]:
    """All that is ours in the database, piece by piece; the same graph makes the same bytes. The last piece is the file of arguments.

    Properties that others added are left out, and so is what other people keep in the same database.

    Raises:
        StoreError: an item of a list has every character in it that could stand between items.
    """
    form = _Form(_mark(bolt))
    arguments: list[str] = []
    for table in _TABLES:
        seen: dict[str, None] = {}
        for page in table.pages(bolt):
            for file, lines in sorted(form.lines(table, page).items()):
                if file not in seen:
                    seen[file] = None
                    yield Piece(f"{file}-header.csv", _header(table, file))
                yield Piece(f"{file}.csv", "".join(sorted(lines)), len(lines))
        arguments += [f"{table.option}=./{file}-header.csv,./{file}.csv" for file in sorted(seen)]
    yield Piece(IMPORT_ARGUMENTS, _arguments(arguments, form))


def _mark(bolt: Bolt) -> str:
    for mark in _MARKS:
        if not any(bolt.read(statement, mark=mark) for statement in _USED):
            return mark
    raise StoreError(f"{bolt.access.where}: no character is left to stand between the items of a list")


def _arguments(files: Sequence[str], form: "_Form") -> str:
    return "\n".join(
        [
            f"# In this folder, the server stopped: {IMPORT_COMMAND}",
            *files,
            "--multiline-fields=true",
            f"--array-delimiter=U+{ord(form.mark):04X}",
            f"--read-buffer-size={form.buffer}m",
            "--bad-tolerance=0",
            "",
        ]
    )


def _texts(file: str) -> frozenset[str]:
    """The columns of dates that are texts in this file."""
    return frozenset(file.split(".")[1:])


def _header(table: _Table, file: str) -> str:
    names = list(table.first)
    for name, told in table.properties.items():
        kind = "string" if name in _texts(file) else _TYPES[told.type]
        names.append(f"id:ID({table.key})" if name == "id" else f"{name}:{kind}")
    return ",".join(names) + "\n"


class _Form:
    """Makes lines of rows, and remembers what the longest value was."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self._longest = 0

    @property
    def buffer(self) -> int:
        """How many megabytes the program must read at once."""
        return max(_BUFFER, 1 + self._longest * 4 // 1_000_000)

    def lines(self, table: _Table, page: Iterable[Row]) -> Mapping[str, list[str]]:
        """The lines of a page, by the file that they belong to: rows in which a date is text have a file of their own."""
        lines: dict[str, list[str]] = defaultdict(list)
        for *first, properties in page:
            texts = [name for name, told in table.properties.items() if told.type == "date" and isinstance(properties.get(name), str)]
            lines[".".join([table.name, *texts])].append(self._line([*first, *(properties.get(name) for name in table.properties)]))
        return lines

    def _line(self, values: Iterable[Any]) -> str:
        buffer = io.StringIO()
        csv.writer(buffer, quoting=csv.QUOTE_STRINGS, lineterminator="\n").writerow([self._cell(value) for value in values])
        return buffer.getvalue()

    def _cell(self, value: Any) -> Any:
        """A value as it is read back: texts quoted, so that an empty one is not nothing, and nothing where there is no value."""
        if isinstance(value, list):
            items = [str(item) for item in value]
            if any(self.mark in item for item in items):
                raise StoreError(f"a list has U+{ord(self.mark):04X} in an item, which stands between items here: {items[0][:60]!r} ...")
            value = self.mark.join(items)
        elif isinstance(value, bool):
            return str(value).lower()
        elif isinstance(value, date):
            return value.isoformat()
        if isinstance(value, str):
            self._longest = max(self._longest, len(value))
        return value
