"""`import kg` is cheap, and each library has one module that knows it."""

import ast
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import kg

ROOT = Path(kg.__file__).parent
HEAVY = (
    "spacy",
    "neo4j",
    "jpype",
    "pyvis",
    "networkx",
    "trafilatura",
    "lxml",
    "py3langid",
    "charset_normalizer",
    "dateparser",
    "pandas",
    "numpy",
)
NAMED_WIDELY = {"spacy", "networkx"}  # their types are the language in which the steps speak


def _run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_import_kg_takes_less_than_a_fifth_of_a_second() -> None:
    code = "import time; t = time.perf_counter(); import kg; print(time.perf_counter() - t)"
    assert min(float(_run(code)) for _ in range(3)) < 0.2


def test_import_kg_loads_no_parser_driver_or_plotting_library() -> None:
    loaded = set(json.loads(_run("import json, sys, kg; print(json.dumps(sorted(sys.modules)))")))
    assert not loaded & set(HEAVY)


def _runs(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a module that run; what only a type checker reads (`if TYPE_CHECKING`) does not."""
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _runs(child)


def _imported(path: Path) -> set[str]:
    """The third-party packages that a module imports anywhere in it."""
    names = set()
    for node in _runs(ast.parse(path.read_text("utf8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"kg"}


def test_each_library_is_imported_in_one_module() -> None:
    users: dict[str, list[str]] = defaultdict(list)
    for path in sorted(ROOT.rglob("*.py")):
        for name in _imported(path):
            users[name].append(str(path.relative_to(ROOT)))
    assert {name: modules for name, modules in users.items() if len(modules) > 1 and name not in NAMED_WIDELY} == {}
