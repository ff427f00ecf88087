"""Parts of a data set: what is a test part, which is looked at once, and the log of the times it was."""

import json
from pathlib import Path

from kg.api.files import written
from kg.errors import InputError, SettingsError

LOG = Path("data/test_runs.json")


def is_test_part(path: Path) -> bool:
    """Whether a file is the test part of its set: named `test...`, beside a part to develop on (train or dev).

    Where a set has nothing but a test file, that is what one develops on.
    """
    return path.name.startswith("test") and any(
        other.name.startswith(("train", "dev")) and ".jsonl" in other.suffixes for other in path.parent.iterdir()
    )


def check_final(path: Path, *, final: bool) -> None:
    """Raises SettingsError where a test part is to be scored without `--final`, or something else with it."""
    test = path.is_file() and is_test_part(path)
    if test and not final:
        raise SettingsError(f"{path}: a test part, to be scored once, when the work is done: --final (the run is written to {LOG})")
    if final and not test:
        raise SettingsError(f"{path}: --final is for test parts")


def log_run(run: dict[str, object], log: Path = LOG) -> None:
    """Add a run to the log of test runs.

    Raises:
        InputError: what is there is no such log.
    """
    runs = []
    if log.is_file():
        try:
            runs = json.loads(log.read_text(encoding="utf8"))
        except ValueError:
            raise InputError(str(log), "not JSON") from None
        if not isinstance(runs, list):
            raise InputError(str(log), "not a list of runs")
    log.parent.mkdir(parents=True, exist_ok=True)
    with written(log) as file:
        json.dump([*runs, run], file, indent=1, ensure_ascii=False)
        file.write("\n")
