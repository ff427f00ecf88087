"""A store that an older version of this program made, brought up to date.

Each step is one transaction that tells the new version at its end: one that was interrupted is gone on with by the next upgrade.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from kg.errors import NotFoundError, StoreError
from kg.stores import embedded
from kg.stores.address import Access, heap_size, locate
from kg.stores.bolt import Run
from kg.stores.connections import Connections, Embedded, Neo4j
from kg.stores.contract import Upgraded
from kg.stores.folder import Folder
from kg.stores.schema import VERSION, complete, missing, one_writer, read_meta, set_version, version_within

type Step = Callable[[Run], object]

_NOBODY = "MATCH (e:Entity) WHERE e.kind IN ['person', 'group', 'country'] AND NOT (e)--() WITH e LIMIT 10000 DELETE e RETURN count(*)"


def _without_orphans(run: Run) -> None:
    """Entities that nothing mentions any more, which the first versions left when two programs wrote at once, go."""
    while run(_NOBODY) != [[0]]:
        pass


STEPS: Mapping[int, Step] = {1: _without_orphans}  # from this version to the next; constraints and indexes are made before


def upgrade(where: str | Path | None, environment: Mapping[str, str]) -> Upgraded:
    """Make what the schema of this version has and an older one lacks.

    Raises:
        StoreError: the store cannot be opened, is newer than this program, or does not get the indexes that it needs.
        NotFoundError: nothing is stored there.
    """
    place = locate(where, environment)
    if isinstance(place, Access):
        connections: Connections = Neo4j(place)
        return _upgrade(connections, lambda: None)
    folder = Folder(place)
    folder.check()
    return _upgrade(Embedded(folder, heap_size(None, environment)), lambda: embedded.stop(folder))


def _upgrade(connections: Connections, restart: Callable[[], object]) -> Upgraded:
    try:
        with connections.one_writer():
            meta = read_meta(connections.bolt())
            if meta is None:
                raise NotFoundError(f"{connections.where}: no graph is stored here yet")
            made = _define(connections, restart)
            for old in range(meta.schema_version, VERSION):
                connections.bolt().write(lambda run, old=old: _step(run, old))  # type: ignore[misc]  # mypy cannot infer a default's type
            return Upgraded(connections.where, meta.schema_version, VERSION, made)
    finally:
        connections.close()


def _define(connections: Connections, restart: Callable[[], object]) -> int:
    """Make constraints and indexes; how many there were to make. The index of words of an embedded store is made by its server, when that
    starts.
    """
    before = list(missing(connections.bolt()))
    if before:
        complete(connections.bolt())
    if before and list(missing(connections.bolt())):
        restart()
    left = list(missing(connections.bolt())) if before else []
    if left:
        raise StoreError(f"{connections.where}: cannot be brought up to date: {left[0]}")
    return len(before)


def _step(run: Run, old: int) -> None:
    """One step, unless another program was first."""
    one_writer(run)
    if version_within(run) == old:
        STEPS[old](run)
        set_version(run, old + 1)
