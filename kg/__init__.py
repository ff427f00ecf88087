"""News text in, claims out: who stands how towards whom, says who, and the sentence it rests on.

    import kg
    kg.extract(text="France may recognise the Taliban.")     a list of claims
    kg.build(["articles/"], store="kg-store")                a Workspace: a graph that a notebook shows
    kg.open("kg-store").query("MATCH (c:Claim) RETURN c")    rows of Cypher

Nothing heavy is loaded before it is needed.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import (
        Explanation,
        Records,
        Workspace,
        ask,
        build,
        check_store,
        differ,
        explain,
        export,
        extract,
        forget,
        import_,
        judgements,
        open,  # noqa: A004
        query,
        readings,
        reject,
        rename,
        same,
        search,
        store,
        undo,
        upgrade_store,
        view,
    )
    from kg.errors import InputError, KgError, StoreError
    from kg.evaluation import bench, eval_
    from kg.model import Claim, Document, Failure, Graph, Judgement, Reading
    from kg.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "Claim",
    "Document",
    "Explanation",
    "Failure",
    "Graph",
    "InputError",
    "Judgement",
    "KgError",
    "Reading",
    "Records",
    "Settings",
    "StoreError",
    "Workspace",
    "ask",
    "bench",
    "build",
    "check_store",
    "differ",
    "eval_",
    "explain",
    "export",
    "extract",
    "forget",
    "import_",
    "judgements",
    "open",
    "query",
    "readings",
    "reject",
    "rename",
    "same",
    "search",
    "store",
    "undo",
    "upgrade_store",
    "view",
]

_HOMES = {
    "kg.api": (
        *("Explanation", "Records", "Workspace"),
        *("ask", "build", "explain", "export", "extract", "import_", "open", "query", "readings", "search", "store", "view"),
        *("check_store", "differ", "forget", "judgements", "reject", "rename", "same", "undo", "upgrade_store"),
    ),
    "kg.evaluation": ("bench", "eval_"),
    "kg.errors": ("InputError", "KgError", "StoreError"),
    "kg.model": ("Claim", "Document", "Failure", "Graph", "Judgement", "Reading"),
    "kg.settings": ("Settings",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """A public name, from its home, when it is first asked for."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    value: object = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
