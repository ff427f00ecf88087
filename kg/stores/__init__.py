"""Graph stores behind one Protocol: the embedded one, in a folder, and Neo4j. Both are asked in Cypher and hold the same graph.

    with open_store("kg-store") as store:
        store.write(readings, gazetteer, ontology)
        store.query("MATCH (:Entity {name: $name})<-[:SOURCE]-(c:Claim) RETURN c.sentence", {"name": "Taliban"}).rows

The driver is loaded when a store is opened, not before.
"""

from collections.abc import Mapping
from pathlib import Path

from kg.errors import StoreError
from kg.stores.address import Access, heap_size, locate
from kg.stores.contract import Forgotten, Judged, OnWritten, Piece, Result, Status, Store, Upgraded, Written
from kg.stores.folder import Folder

__all__ = [
    "Forgotten",
    "Judged",
    "OnWritten",
    "Piece",
    "Result",
    "Status",
    "Store",
    "Upgraded",
    "Written",
    "open_store",
    "start_store",
    "stop_store",
    "store_status",
    "upgrade_store",
]

_NOTHING: Mapping[str, str] = {}


def open_store(
    where: str | Path | None = None,
    *,
    environment: Mapping[str, str] = _NOTHING,
    into_existing: bool = False,
    read_only: bool = False,
) -> Store:
    """Open a store: a folder, or the address of a Neo4j server (bolt://HOST, neo4j+s://HOST/DATABASE ...).

    `environment` (os.environ, at the edge): KG_STORE where `where` is None; NEO4J_USERNAME, NEO4J_PASSWORD, NEO4J_DATABASE where the
    address does not tell; KG_STORE_HEAP for the server of an embedded store, should it be started. `into_existing`: put the graph into a
    database that holds other data. `read_only`: write nothing, make nothing.

    Raises:
        StoreError: no server there, a wrong password, a newer schema (or an older one, unless read_only), no embedded engine here.
        NotFoundError: read_only, and nothing is stored there.
    """
    import kg
    from kg.stores.connections import Connections, Embedded, Neo4j
    from kg.stores.store import GraphStore

    place = locate(where, environment)
    connections: Connections
    if isinstance(place, Access):
        connections = Neo4j(place)
    else:
        folder = Folder(place)
        if read_only:
            folder.check()
        connections = Embedded(folder, heap_size(None, environment))
    return GraphStore(connections, kg.__version__, into_existing=into_existing, read_only=read_only)


def _folder(where: str | Path | None, environment: Mapping[str, str]) -> Folder:
    place = locate(where, environment)
    if isinstance(place, Access):
        raise StoreError(f"{place.where}: a server of its own; only the server of an embedded store is started and stopped here")
    return Folder(place)


def start_store(
    where: str | Path | None = None, *, environment: Mapping[str, str] = _NOTHING, idle: float = 600.0, heap: str | None = None
) -> Status:
    """Start the server of an embedded store, unless it runs. `idle`: seconds without any client after which it ends; `heap`: of Java, "2g";
    by default KG_STORE_HEAP of the environment, else 768m.

    Raises:
        StoreError: it cannot be started, or `where` is no folder.
        SettingsError: `heap` is no size.
    """
    from kg.stores import embedded

    folder = _folder(where, environment)
    size = heap_size(heap, environment)
    running = embedded.attach(folder, idle=idle, heap=size)
    if heap is not None and running.heap != size:
        raise StoreError(f"{folder.shown}: its server runs already, with a heap of {running.heap}; kg store stop ends it")
    return store_status(where, environment=environment)


def stop_store(where: str | Path | None = None, *, environment: Mapping[str, str] = _NOTHING) -> bool:
    """Stop the server of an embedded store; False where none was running.

    Raises:
        StoreError: `where` is no folder.
    """
    from kg.stores import embedded

    return embedded.stop(_folder(where, environment))


def upgrade_store(where: str | Path | None = None, *, environment: Mapping[str, str] = _NOTHING) -> Upgraded:
    """Bring a store that an older version of this program made up to date; one that is, stays as it is.

    Raises:
        StoreError: it cannot be opened, or is newer than this program.
        NotFoundError: nothing is stored there.
    """
    from kg.stores.upgrading import upgrade

    return upgrade(where, environment)


def store_status(where: str | Path | None = None, *, environment: Mapping[str, str] = _NOTHING) -> Status:
    """What a store holds and where it runs. Nothing is started for it: of an embedded store that does not run no numbers are known.

    Raises:
        StoreError: the server cannot be asked.
        NotFoundError: there is no store in this folder.
    """
    place = locate(where, environment)
    if isinstance(place, Access):
        with open_store(where, environment=environment, read_only=True) as store:
            return store.status()
    folder = Folder(place)
    folder.check()
    return _status_of_running(folder) or Status(
        where=folder.shown, kind="embedded", running=False, log=folder.log if folder.log.exists() else None
    )


def _status_of_running(folder: Folder) -> Status | None:
    """The status of an embedded store whose server runs; None where none does, or it is being killed at this moment."""
    import kg
    from kg.stores.connections import Embedded
    from kg.stores.embedded import has_ended
    from kg.stores.store import GraphStore

    if folder.running() is None:
        return None
    try:
        with GraphStore(Embedded(folder, starts=False), kg.__version__, into_existing=False, read_only=True) as store:
            return store.status()
    except StoreError:
        if has_ended(folder):
            return None
        raise
