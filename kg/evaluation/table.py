"""The table of the README, in Markdown."""

from collections.abc import Iterable

from kg.evaluation.registry import GoldSet
from kg.evaluation.report import Report

_HEAD = "| task | set | rows | figures (95 % interval of the first) | what others reach |\n|---|---|---|---|---|\n"


def markdown(reports: Iterable[tuple[GoldSet, Report]]) -> str:
    """One row a set, and below it when, with which version and by which command it was made."""
    made = list(reports)
    rows = "".join(f"| {one.task} | {one.data} | {one.rows:,} | {_figures(gold, one)} | {gold.others} |\n" for gold, one in made)
    last = made[-1][1]
    return f"{_HEAD}{rows}\n{last.date}, version {last.version} ({last.extractor}): `kg eval --all DIR`, development parts.\n"


def _figures(gold: GoldSet, report: Report) -> str:
    shown = [name for name in gold.show if name in report.figures]
    return ", ".join(_figure(name, report, first=name == shown[0]) for name in shown)


def _figure(name: str, report: Report, *, first: bool) -> str:
    value = report.figures[name]
    written = f"{value:,}" if isinstance(value, int) else f"{value:,.0f}" if value >= 10 else f"{value:.3f}"
    interval = report.intervals.get(name)
    if not first:
        return f"{name} {written}"
    return f"**{name} {written}**" + (f" ({interval[0]:.2f} to {interval[1]:.2f})" if interval else "")
