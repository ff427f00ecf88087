"""kg eval and kg bench: how well, and how fast, the extractor reads."""

from kg.evaluation.bench_report import Bench, BenchRow, bench_from_json, bench_to_json, compare, unlike
from kg.evaluation.benching import USUAL, bench
from kg.evaluation.changes import Change, Changes
from kg.evaluation.registry import NAMES, GoldSet, against, eval_, eval_all
from kg.evaluation.report import OnRow, Report, report_to_json, worst
from kg.evaluation.table import markdown
from kg.evaluation.task import Miss

__all__ = [
    "NAMES",
    "USUAL",
    "Bench",
    "BenchRow",
    "Change",
    "Changes",
    "GoldSet",
    "Miss",
    "OnRow",
    "Report",
    "against",
    "bench",
    "bench_from_json",
    "bench_to_json",
    "compare",
    "eval_",
    "eval_all",
    "markdown",
    "report_to_json",
    "unlike",
    "worst",
]
