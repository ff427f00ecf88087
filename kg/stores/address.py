"""Where a store is: a folder, or the address of a Neo4j server with its credentials; and how much memory its server may take."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from kg.errors import SettingsError, StoreError

DEFAULT_FOLDER = "kg-store"
DEFAULT_HEAP = "768m"
_LEAST_HEAP = 128  # megabytes
_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


@dataclass(frozen=True, slots=True)
class Access:
    """What a driver needs to know of a server. `where`: the address as shown to people. Without a user there is no log-in."""

    where: str
    uri: str
    user: str | None = None
    password: str = field(default="", repr=False)
    database: str | None = None


def locate(where: str | Path | None, environment: Mapping[str, str]) -> Path | Access:
    """The folder or server that is meant: what is given, else $KG_STORE, else `kg-store` in the current folder.

    >>> locate("bolt://neo4j:secret@db.example:7687/news", {})
    Access(where='bolt://db.example:7687/news', uri='bolt://db.example:7687', user='neo4j', database='news')

    Raises:
        StoreError: an address that is none, or of another kind of server.
    """
    given = where if where is not None else environment.get("KG_STORE") or DEFAULT_FOLDER
    if isinstance(given, Path) or "://" not in given:
        return Path(given).expanduser()
    return _server(given, environment)


def _server(given: str, environment: Mapping[str, str]) -> Access:
    scheme = given.partition("://")[0].lower()
    if scheme not in _SCHEMES:
        raise StoreError(f"unknown store {scheme}://...: a folder was expected, or {', '.join(f'{name}://' for name in _SCHEMES)}")
    try:
        parts = urlsplit(given)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise StoreError(f"{scheme}://...: not an address ({error})") from error
    if not host:
        raise StoreError(f"{scheme}://...: no host in it (expected {scheme}://HOST or {scheme}://HOST:PORT)")
    uri = f"{scheme}://{f'[{host}]' if ':' in host else host}{f':{port}' if port else ''}"
    database = unquote(parts.path.strip("/")) or environment.get("NEO4J_DATABASE") or None
    if database and database.lower() == "system":
        raise StoreError(f"{uri}/{database}: the server keeps its own matters there; name a database for the graph (most are called neo4j)")
    user = unquote(parts.username) if parts.username else environment.get("NEO4J_USERNAME")
    password = unquote(parts.password) if parts.password else environment.get("NEO4J_PASSWORD", "")
    return Access(
        where=f"{uri}/{database}" if database else uri,
        uri=uri,
        user=user or ("neo4j" if password else None),
        password=password,
        database=database,
    )


def heap_size(given: str | None, environment: Mapping[str, str]) -> str:
    """The memory that Java may take for an embedded store: what is given, else $KG_STORE_HEAP, else 768m.

    >>> heap_size("2G", {}), heap_size(None, {"KG_STORE_HEAP": "512m"})
    ('2g', '512m')

    Raises:
        SettingsError: it is no size, or too small for any work.
    """
    name = "KG_STORE_HEAP" if given is None else "--heap"
    size = (environment.get("KG_STORE_HEAP") or DEFAULT_HEAP if given is None else given).strip().lower()
    found = re.fullmatch(r"([1-9]\d{0,5})([mg])", size)
    if not found or int(found[1]) * (1 if found[2] == "m" else 1024) < _LEAST_HEAP:
        raise SettingsError(f"unknown option value {name} {size[:60]!r}: a size from {_LEAST_HEAP}m on, such as 768m or 2g, was expected")
    return size
