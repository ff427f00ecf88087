"""What an evaluation found, as values, JSON, and a row of the README's table."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kg.evaluation.task import Figures, Miss

type OnRow = Callable[[int, int], None]  # rows done, rows in all
type Rows = Literal["all", "even", "odd"]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one task on one file, with their 95 % intervals; `skipped` counts rows that are not scored by their reason.

    `extractor` is empty where predictions were read from a file.
    """

    task: str
    data: str
    rows: int
    skipped: Mapping[str, int]
    figures: Figures
    intervals: Mapping[str, tuple[float, float]]
    main: str
    misses: tuple[Miss, ...]
    date: str
    version: str
    extractor: str

    @property
    def causes(self) -> dict[str, int]:
        """How many misses have which cause, the most frequent first."""
        counts = Counter(miss.cause for miss in self.misses)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def report_to_json(report: Report) -> dict[str, Any]:
    """A report without its misses."""
    figures = {
        name: value if isinstance(value, int) else {"value": round(value, 4), **_ends(report.intervals.get(name))}
        for name, value in report.figures.items()
    }
    return {
        "task": report.task,
        "data": report.data,
        "date": report.date,
        "version": report.version,
        "extractor": report.extractor,
        "rows": report.rows,
        "skipped": dict(report.skipped),
        "main": report.main,
        "figures": figures,
        "causes": report.causes,
    }


def _ends(interval: tuple[float, float] | None) -> dict[str, float]:
    return {"low": round(interval[0], 4), "high": round(interval[1], 4)} if interval else {}


def worst(report: Report, most: int) -> Iterator[tuple[str, list[Miss]]]:
    """At most so many misses, by cause: of each cause, in proportion to its misses but at least one, those with the most weight."""
    counts = report.causes
    total = sum(counts.values())
    left = most
    for cause, number in counts.items():
        share = min(left, max(1, round(most * number / total)))
        left -= share
        if share:
            yield cause, _heaviest((miss for miss in report.misses if miss.cause == cause), share)


def _heaviest(misses: Iterable[Miss], most: int) -> list[Miss]:
    return sorted(misses, key=lambda miss: -miss.weight)[:most]
