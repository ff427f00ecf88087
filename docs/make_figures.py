"""Measure how good the reading is and write it into the README: `make figures DATA=DIR` runs it on a folder of gold data.

It makes the table between the marks `<!-- figures -->`, and docs/reliability.svg from the claims of the development part.
"""

import sys
import tempfile
from pathlib import Path

import kg
from kg.evaluation import OnRow, eval_all, markdown
from kg.evaluation.claim_data import ClaimsAnswer, ClaimsRow
from kg.evaluation.gold import read_lines
from kg.evaluation.reliability import bins, calibration_error, diagram, judged

ROOT = Path(__file__).parent.parent
_BEGIN, _END = "<!-- figures -->\n", "<!-- /figures -->"


def _samples(folder: Path) -> str:
    """The figures of our own sample articles, as a sentence."""
    gold = folder / "samples.jsonl"
    gold.write_text("".join(path.read_text("utf8") for path in sorted((ROOT / "data" / "expected").iterdir())), "utf8")
    report = kg.eval_("claims", gold)
    figures = {name: f"{value:.2f}" for name, value in report.figures.items()}
    places = " / ".join(figures[name] for name in ("precision", "recall", "f1"))
    pairs = " / ".join(figures[name] for name in ("pair_precision", "pair_recall", "pair_f1"))
    return (
        f"On the {report.rows} sample articles of this repository (`data/expected`), precision / recall / F1: "
        f"{places} at places, {pairs} by pairs.\n"
    )


def _reliability(data: Path, folder: Path) -> str:
    """Draw the diagram; the calibration error in words."""
    kg.eval_("claims", data, predictions=folder / "found.jsonl")
    found = bins(judged(read_lines(data, ClaimsRow), read_lines(folder / "found.jsonl", ClaimsAnswer)))
    (ROOT / "docs" / "reliability.svg").write_text(diagram(found, "claims of the development part"), "utf8")
    return f"Confidence and the share of claims that are right lie {calibration_error(found):.2f} apart on average.\n"


def main(gold: Path) -> None:
    """Measure, and write the README anew."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = markdown(eval_all(gold, on_set=_say))
        written = f"{table}\n{_samples(folder)}{_reliability(gold / 'claims' / 'dev.jsonl.gz', folder)}"
    readme = ROOT / "README.md"
    before, _, rest = readme.read_text("utf8").partition(_BEGIN)
    readme.write_text(f"{before}{_BEGIN}{written}{_END}{rest.partition(_END)[2]}", "utf8")


def _say(name: str) -> OnRow:
    sys.stderr.write(f"{name} ...\n")
    return lambda _done, _all: None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
