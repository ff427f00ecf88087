"""kg eval and kg bench: how well, and how fast, the extractor reads."""

from kg.evaluation.registry import NAMES, GoldSet, run, run_all
from kg.evaluation.report import Report, causes, report_to_json, worst
from kg.evaluation.table import markdown

__all__ = ["NAMES", "GoldSet", "Report", "causes", "markdown", "report_to_json", "run", "run_all", "worst"]
