"""What is uploaded is what works: the wheel, alone in an empty environment, runs the demo from another folder."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def _run(*command: str | Path, cwd: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.skipif("CI" not in os.environ, reason="installs everything a second time: runs in CI (CI=true make test)")
def test_the_wheel_runs_the_demo_outside_the_checkout(tmp_path: Path) -> None:
    _run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", tmp_path / "dist", ROOT, cwd=tmp_path)
    (wheel,) = (tmp_path / "dist").glob("stancegraph-*.whl")
    venv.create(tmp_path / "env", with_pip=True)
    binaries = tmp_path / "env" / "bin"
    _run(binaries / "python", "-m", "pip", "install", "-q", "--upgrade", "pip", cwd=tmp_path)
    _run(binaries / "python", "-m", "pip", "install", "-q", wheel, cwd=tmp_path)
    where = _run(binaries / "python", "-c", "import kg; print(kg.__file__)", cwd=tmp_path)
    assert Path(where).is_relative_to(tmp_path)
    printed = _run(binaries / "kg", "build", ROOT / "data" / "articles", "--html", tmp_path / "graph.html", cwd=tmp_path)
    assert printed.strip()
    assert "<html" in (tmp_path / "graph.html").read_text("utf8")
