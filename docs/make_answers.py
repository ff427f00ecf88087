"""Write the answers to the README's Cypher questions anew: the `text` block below each `cypher` block. `make readme` runs it."""

import contextlib
import io
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import kg
from kg.cli import main

ROOT = Path(__file__).parent.parent
_ASKED = re.compile(r"(^```cypher\n(?P<question>.*?)^```\n+^```text\n)(?P<answer>.*?)(^```$)", re.MULTILINE | re.DOTALL)


def answered(readme: str, answer: Callable[[str], str]) -> str:
    """The README with these answers."""
    return _ASKED.sub(lambda found: f"{found[1]}{answer(found['question'])}{found[4]}", readme)


def printed(question: str, store: str) -> str:
    """What `kg query` prints, without the blanks that end a line or surround the table."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        if main(["query", question, "--store", store]):
            raise SystemExit(1)
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    return "\n".join(line for line in lines if line) + "\n"


if __name__ == "__main__":
    path = ROOT / "README.md"
    with tempfile.TemporaryDirectory() as folder:
        store = f"{folder}/store"
        try:
            kg.build(ROOT / "data" / "articles", store=store)
            path.write_text(answered(path.read_text("utf8"), lambda question: printed(question, store)), "utf8")
        finally:
            kg.store("stop", store)
