"""kg eval and kg bench: how well, and how fast, the extractor reads."""

from kg.evaluation.registry import NAMES, GoldSet, eval_, eval_all
from kg.evaluation.report import OnRow, Report, report_to_json, worst
from kg.evaluation.table import markdown
from kg.evaluation.task import Miss

__all__ = ["NAMES", "GoldSet", "Miss", "OnRow", "Report", "eval_", "eval_all", "markdown", "report_to_json", "worst"]
