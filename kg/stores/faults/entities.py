"""Faults of entities: nobody names them, or they are not called what their mentions and people's judgements make of them."""

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from kg.gazetteer import Gazetteer
from kg.model.cypher_form import KIND_LABELS
from kg.resolve import Corrections, Names, entity_of
from kg.stores.bolt import Bolt
from kg.stores.derived import called_of
from kg.stores.rows import entity_properties

_AT_ONCE = 500
_KINDS = tuple(KIND_LABELS)

_ENTITIES = """
MATCH (e:Entity) WHERE e.kind IN $kinds OR (e)<-[:MENTIONS]-(:Document) RETURN e.id, e.kind, labels(e), e.name, e.aliases
"""


def entity_faults(bolt: Bolt, corrections: Corrections, gazetteer: Gazetteer) -> Iterator[str]:
    """The faults of each entity. What a gazetteer names is called what that said then: of these only people's names are looked at."""
    for rows in batched(bolt.stream(_ENTITIES, kinds=list(_KINDS)), _AT_ONCE):
        tables = {entity_id: names for (entity_id, _), names in called_of(bolt.read, [row[0] for row in rows]).items()}
        for entity_id, kind, labels, name, aliases in rows:
            where = f"entity {entity_id}"
            if set(labels) != {"Entity", KIND_LABELS.get(kind)} or not str(entity_id).startswith(f"{kind}:"):
                yield f"{where}: its kind is {kind}, its labels are {', '.join(sorted(labels))}"
            if entity_id not in tables:
                yield f"{where}: no document mentions it"
                continue
            yield from (f"{where}: {fault}" for fault in _name(entity_id, name, aliases, tables[entity_id], corrections, gazetteer))


def _name(
    entity_id: str, name: Any, aliases: Iterable[str] | None, names: Names, corrections: Corrections, gazetteer: Gazetteer
) -> Iterator[str]:
    if entity_id in gazetteer.entries:
        judged = corrections.names.get(entity_id)
        if judged is not None and name != judged.subjects[1]:
            yield f"is called {str(name)[:60]!r}, but was judged to be called {judged.subjects[1][:60]!r}"
        return
    expected = entity_properties(entity_of(entity_id, names, gazetteer, corrections))
    if name != expected["name"]:
        yield f"is called {str(name)[:60]!r}; its mentions and what people judged make it {expected['name'][:60]!r}"
    elif list(aliases or ()) != expected["aliases"]:
        yield "its aliases are not what its mentions make them"
