"""What every page is wrapped in: one file, offline, with a policy under which no text of others can run; and a frame for notebooks."""

import base64
import hashlib
import html
import sys
from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.views import style


class PageText(str):
    """The text of an HTML page; a notebook shows it in a frame."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return notebook_frame(self)

    def write(self, path: str | Path) -> None:
        """Write it as a UTF-8 file.

        Raises:
            OSError: the file cannot be written.
        """
        Path(path).write_text(self, encoding="utf8", newline="\n")


def environment() -> Environment:
    """Our templates: text is escaped, what is not there is an error, data becomes JSON without a blank too many."""
    made = Environment(loader=PackageLoader("kg.views", "static"), autoescape=True, undefined=StrictUndefined)
    made.policies["json.dumps_kwargs"] = {"separators": (",", ":"), "sort_keys": False}
    return made


def static(name: str) -> str:
    """A file of ours that goes into pages."""
    return resources.files("kg.views").joinpath("static", name).read_text(encoding="utf8")


def script(names: Iterable[str]) -> str:
    """Our scripts of these names as one, which may wait, and leaves nothing behind in the window that it does not put there."""
    own = "\n".join(static(f"{name}.js") for name in names)
    return f'(async () => {{\n"use strict";\n{own}\n}})();\n'


def css(*names: str) -> str:
    """The palettes and our style sheets of these names."""
    return style.variables() + "".join(static(f"{name}.css") for name in names)


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode('utf8')).digest()).decode('ascii')}'"


def policy(scripts: Sequence[str], sheet: str) -> str:
    """The Content-Security-Policy: these scripts and this style by their hash, nothing else, no request, no text made into code."""
    allowed = {
        "default-src": "'none'",
        "script-src": " ".join(map(_hash, scripts)),
        "style-src": _hash(sheet),
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())


def shown_in_notebook(page: str) -> bool:
    """Show a page below the cell that runs, in its frame; False where no notebook runs this."""
    ipython = sys.modules.get("IPython")
    running = ipython and ipython.get_ipython()
    if not hasattr(running, "kernel"):
        return False
    from IPython import display

    show: Any = display.display  # has no types
    show({"text/html": notebook_frame(page), "text/plain": "a graph of claims"}, raw=True)
    return True


def notebook_frame(page: str, height: int = 680) -> str:
    """A page inside a notebook's output: a frame that may run the page's own scripts and nothing else, not even open a window."""
    return (
        f'<iframe sandbox="allow-scripts" referrerpolicy="no-referrer" title="Graph of claims" width="100%" height="{height}" '
        f'frameborder="0" srcdoc="{html.escape(page)}"></iframe>'
    )
