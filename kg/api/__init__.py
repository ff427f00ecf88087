"""The library's face: every command of the command line is a function here with the same name and the same options.

Heavy libraries are loaded when a function needs them, never on import.
"""

from kg.api.claims import Extracted, extract, extract_to_file, readings
from kg.api.explaining import Explanation, Why, explain
from kg.api.workspace import Strength, Summary, Workspace, build

__all__ = [
    "Explanation",
    "Extracted",
    "Strength",
    "Summary",
    "Why",
    "Workspace",
    "build",
    "explain",
    "extract",
    "extract_to_file",
    "readings",
]
