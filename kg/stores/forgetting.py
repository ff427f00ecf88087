"""A stored document and all that hangs on it, removed in one transaction."""

from pathlib import Path

from kg.errors import NotFoundError, StoreError, did_you_mean
from kg.gazetteer import Gazetteer
from kg.model import document_id
from kg.resolve import Corrections
from kg.stores.bolt import Bolt, Run
from kg.stores.contract import Forgotten
from kg.stores.derived import rebuild_within
from kg.stores.replacing import remove
from kg.stores.schema import one_writer

_MOST_NAMES = 20_000  # of which the nearest is looked for

_CALLED = "UNWIND $ids AS id MATCH (d:Document {id: id}) WHERE d.content_hash IS NOT NULL RETURN d.id"
_AT_PATH = "UNWIND $paths AS path MATCH (d:Document {path: path}) WHERE d.content_hash IS NOT NULL RETURN DISTINCT d.id ORDER BY d.id"
_NAMES = "MATCH (d:Document) WHERE d.content_hash IS NOT NULL RETURN d.path, d.url, d.id LIMIT $n"
_TOLD = """
MATCH (d:Document {id: $id}) OPTIONAL MATCH (d)<-[:FROM_DOC]-(c:Claim) RETURN coalesce(d.title, d.path, d.url, d.id), count(c)
"""
_NAMED = "MATCH (:Document {id: $id})-[:MENTIONS]->(e:Entity) RETURN DISTINCT e.id"
_LEFT = "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN count(e)"


def find_document(bolt: Bolt, name: str) -> str:
    """The id of the document with this id, address or path.

    Raises:
        NotFoundError: there is none; it tells which are called nearly so.
        StoreError: several come from this path.
    """
    ids = [name, document_id(name, "")] if "://" in name else [name]
    found = [row[0] for row in bolt.read(_CALLED, ids=ids)]
    found = found or [row[0] for row in bolt.read(_AT_PATH, paths=[name, Path(name).as_posix()])]
    if len(found) > 1:
        raise StoreError(f"{name}: the path of several documents: {', '.join(found[:8])}; give one of these ids")
    if not found:
        raise NotFoundError(f"{bolt.access.where}: no document is called {name!r} (an id, a path or an address){_near(bolt, name)}")
    return str(found[0])


def _near(bolt: Bolt, name: str) -> str:
    """A hint at what may have been meant."""
    known = dict.fromkeys(each for row in bolt.read(_NAMES, n=_MOST_NAMES) for each in row if each is not None)
    return did_you_mean(name, known)


def forget(bolt: Bolt, document: str, gazetteer: Gazetteer, corrections: Corrections) -> Forgotten:
    """Remove a document with its claims, their roles and links, its mentions, what was derived from them, and entities that nothing else
    mentions.

    Raises:
        NotFoundError: it is not there (any more).
    """
    return bolt.write(lambda run: _forget(run, document, gazetteer, corrections))


def _forget(run: Run, document: str, gazetteer: Gazetteer, corrections: Corrections) -> Forgotten:
    one_writer(run)
    told = run(_TOLD, id=document)
    if not told:
        raise NotFoundError(f"{document}: this document is not stored any more")
    named = [row[0] for row in run(_NAMED, id=document)]
    remove(run, [document])
    rebuild_within(run, gazetteer, corrections)
    ((left,),) = run(_LEFT, ids=named)
    return Forgotten(document, told[0][0], told[0][1], len(named) - left)
