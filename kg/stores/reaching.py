"""What is at the other end of an address, and why it cannot be reached, in one line."""

import re
import ssl
from collections.abc import Iterator

from kg.errors import StoreError
from kg.stores.address import Access

_AGENT = re.compile(r"Neo4j/v?(\d+)\.(\d+)")
_OLDEST = (5, 7)
NEEDED = f"Neo4j {_OLDEST[0]}.{_OLDEST[1]} or later is needed"


def is_neo4j(agent: str) -> bool:
    """Whether a server is Neo4j itself, by what it calls itself; others say that they are compatible.

    >>> is_neo4j("Neo4j/5.26.25"), is_neo4j("Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)")
    (True, False)
    """
    return bool(_AGENT.match(agent)) and "compatible" not in agent


def check_server(access: Access, agent: str) -> None:
    """Refuse a server that our statements were not written for; ArcadeDB is the one of the embedded store.

    Raises:
        StoreError: it is too old, or no Neo4j.
    """
    found = _AGENT.match(agent)
    if found is None or not (is_neo4j(agent) or "ArcadeDB" in agent):
        raise StoreError(f"{access.where}: a server that calls itself {agent[:100]!r}; {NEEDED}")
    if (int(found[1]), int(found[2])) < _OLDEST:
        raise StoreError(f"{access.where}: Neo4j {found[1]}.{found[2]} is too old; {NEEDED}")


def unreachable(error: BaseException) -> str:
    """What is wrong with the way to a server: of what led to the error, the first that tells."""
    causes = list(_causes(error))
    for one in causes:
        if isinstance(one, ssl.SSLCertVerificationError):
            why = one.verify_message.rstrip(".")
            return f"the server's certificate is not trusted ({why}); bolt+ssc:// or neo4j+ssc:// takes any"
    if any(isinstance(one, ssl.SSLError) for one in causes):
        return "the server does not answer in TLS; bolt:// or neo4j:// goes without"
    told = " ".join(map(str, causes))
    if "incomplete handshake" in told:
        return "the server hangs up at once; if it asks for encryption: bolt+s:// or neo4j+s://, with +ssc:// any certificate is taken"
    if "looks like HTTP" in told:
        return "what answers there speaks HTTP and not Bolt, for which most servers have port 7687"
    return f"cannot be reached; is the server running? ({short(causes[-1])})"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what led to it; of several at once all."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for one in error.exceptions:
                yield from _causes(one)
        error = error.__cause__ or error.__context__


def short(error: BaseException) -> str:
    """The first line of an error's message, or its kind where it has none."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
