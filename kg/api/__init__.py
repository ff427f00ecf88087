"""The library's face: every command of the command line is a function here with the same name and the same options.

Heavy libraries are loaded when a function needs them, never on import.
"""

from kg.api.asking import open, query, view  # noqa: A004 - `kg.open`, as `gzip.open`
from kg.api.building import build
from kg.api.claims import Extracted, extract, extract_to_file, readings
from kg.api.explaining import Explanation, Why, explain
from kg.api.exporting import export
from kg.api.forgetting import forget
from kg.api.importing import Imported, import_
from kg.api.judging import Correction, Saying, differ, judgements, reject, rename, same, undo
from kg.api.questions import ask, asked, search
from kg.api.records import Records
from kg.api.storing import store
from kg.api.upkeep import Checked, check_store, upgrade_store
from kg.api.workspace import Part, Strength, Summary, Workspace
from kg.stores.questions import Asked

__all__ = [
    "Asked",
    "Checked",
    "Correction",
    "Explanation",
    "Extracted",
    "Imported",
    "Part",
    "Records",
    "Saying",
    "Strength",
    "Summary",
    "Why",
    "Workspace",
    "ask",
    "asked",
    "build",
    "check_store",
    "differ",
    "explain",
    "export",
    "extract",
    "extract_to_file",
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
