"""Tables and the progress bar; the one module that knows rich."""

import contextlib
import json
import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from kg.api import Explanation, Records, Summary, Workspace
from kg.cli.text import count, plain
from kg.pipeline import Progress, Trace
from kg.stores import Status, Written

if TYPE_CHECKING:  # it loads what only `kg eval` needs
    from kg.evaluation import Bench, BenchRow, Change, Changes, Miss, OnRow, Report

_WHOLE = 12  # letters of a word that are kept together in a cell, where there is room
_WEIGHTS = 13  # of a confidence, the base with them
_WIDTH = 120  # of what is not read on a terminal


class Speed:
    """What the progress of a batch tells: the clock starts when everything is loaded."""

    def __init__(self, bar: Bar | None = None) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None, count="loading", path="") if bar else None
        self._started: float | None = None
        self.seconds = 0.0
        self.last = Progress()

    def tell(self, progress: Progress) -> None:
        """Take note of one more document, and move the bar."""
        now = time.perf_counter()
        self._started = now if self._started is None else self._started
        self.seconds = now - self._started
        self.last = progress
        if self._bar is not None and self._task is not None:
            failed = f", {progress.failures} failed" if progress.failures else ""
            line = f"{count(progress.documents, 'document')}{failed}, {self.words_per_second:,.0f} words/s"
            self._bar.update(self._task, count=line, path=plain(progress.path or "")[-60:])

    @property
    def words_per_second(self) -> float:
        """Words read in this run a second; 0 before the first."""
        return self.last.words / self.seconds if self.seconds else 0.0


@contextlib.contextmanager
def progress() -> Iterator[Speed]:
    """A bar on standard error while the block lasts, if that is a terminal."""
    if not sys.stderr.isatty():
        yield Speed()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[count]}", markup=False),
        TimeElapsedColumn(),
        TextColumn("{task.fields[path]}", markup=False),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Speed(bar)


@contextlib.contextmanager
def counting() -> Iterator[Callable[[str], "OnRow"]]:
    """Bars of rows on standard error while the block lasts, if that is a terminal: one for each name that it is told."""
    if not sys.stderr.isatty():
        yield lambda _name: lambda _done, _all: None
        return
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:

        def begin(name: str) -> "OnRow":
            task = bar.add_task(plain(name), total=None)
            return lambda done, all_: bar.update(task, completed=done, total=all_)

        yield begin


@contextlib.contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """A line on standard error that tells what is being done, while the block lasts, if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _name: None
        return
    with Bar(
        SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("")
        yield lambda name: bar.update(task, description=plain(name))


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else _WIDTH, soft_wrap=False, highlight=False)


def _cell(text: object) -> Text:
    return Text(plain(str(text)), overflow="fold")


def _rows(*rows: tuple[str, object]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column()
    for name, value in rows:
        table.add_row(_cell(name), _cell(value))
    return table


def written(done: Written, unchanged: int = 0) -> str:
    """What became of the readings that were written, in words. `unchanged`: beside those that the store skipped.

    >>> written(Written(documents=2, skipped=5, replaced=1, claims=30))
    '2 documents with 30 claims written, 5 unchanged, 1 older replaced'
    """
    replaced = f", {done.replaced:,} older replaced" if done.replaced else ""
    return (
        f"{count(done.documents, 'document')} with {count(done.claims, 'claim')} written, {done.skipped + unchanged:,} unchanged{replaced}"
    )


def print_summary(workspace: Workspace, speed: Speed, *, html: Path | None, jsonl: Path | None) -> None:
    """What was built, the strongest pairs, and where the graph and the files lie."""
    console, summary = _console(), workspace.summary()
    kept = f" ({speed.last.kept} from the interrupted run)" if speed.last.kept else ""
    rows: list[tuple[str, object]] = [
        ("documents", f"{summary.documents:,}{kept}"),
        ("failures", f"{summary.failures:,}"),
        ("entities", f"{summary.entities:,}"),
        ("claims", f"{sum(summary.claims.values()):,} ({', '.join(f'{count:,} {name}' for name, count in summary.claims.items())})"),
        ("edges", f"{summary.edges:,}"),
        ("links", ", ".join(f"{count:,} {kind}" for kind, count in summary.links.items()) or "0"),
    ]
    if speed.last.words:
        rows.append(("speed", f"{speed.words_per_second:,.0f} words/s"))
    if workspace.written is not None:
        rows.append(("stored in", f"{workspace.where} ({written(workspace.written, speed.last.recalled)})"))
    rows += [(name, path) for name, path in (("claims in", jsonl), ("picture in", html)) if path is not None]
    if summary.strongest:
        console.print(_strongest(summary))
    console.print(_rows(*rows))


def _strongest(summary: Summary) -> Table:
    table = Table(box=SIMPLE_HEAD, title="strongest pairs", title_justify="left")
    for name in ("source", "stands", "target"):
        table.add_column(name)
    table.add_column("claims", justify="right")
    table.add_column("documents", justify="right")
    for row in summary.strongest:
        colour = "blue" if row.polarity > 0 else "red"
        label = Text(plain(row.label), style=colour)
        table.add_row(_cell(row.source), label, _cell(row.target), str(row.claims), str(row.documents))
    return table


def print_explanation(explanation: Explanation) -> None:
    """The claim in words, its sentence, its roles and the words of the parse."""
    console = _console()
    claim = explanation.claim.claim
    where = explanation.document.path or explanation.document.url or explanation.document.title or explanation.document.id
    said = explanation.claim.claimer.name if explanation.claim.claimer else claim.claimer_text or "the text itself"
    target = explanation.claim.target.name if explanation.claim.target else "-"
    console.print(
        _rows(
            ("claim", f"{explanation.claim.source.name} - {explanation.claim.label} - {target}"),
            ("relation", f"{claim.relation}, {claim.modality}, polarity {claim.polarity:+d}, confidence {claim.confidence:.2f}"),
            ("claimer", f"{said} ({claim.quote} quote)" if claim.quote != "none" else said),
            *_rejected(explanation),
            ("document", where),
            ("sentence", claim.evidence.sentence),
            *[("context", explanation.document.text[span.start : span.end]) for span in claim.evidence.context],
            ("cue", explanation.trace.cue),
            ("rule", explanation.trace.rule),
            *[("because", reason) for reason in explanation.trace.reasons],
            *[("path", f"{why.role}: {why.path}") for why in explanation.roles if why.path],
        )
    )
    console.print(_roles(explanation))
    if explanation.trace.weights:
        console.print(_confidence(explanation.trace))
    console.print(_tokens(explanation.trace))


def _rejected(explanation: Explanation) -> list[tuple[str, object]]:
    """Who rejected the claim, if anybody did."""
    one = explanation.rejected
    return [("rejected", f"by {one.who} on {one.when[:10]}{f': {one.why}' if one.why else ''} ({one.id})")] if one else []


def _roles(explanation: Explanation) -> Table:
    table = Table(box=SIMPLE_HEAD, title="roles", title_justify="left")
    for name in ("role", "words", "which are", "because", "entity", "because"):
        table.add_column(name)
    for why in explanation.roles:
        cells = (why.role, why.mention, why.naming, why.mention_reason, f"{why.entity_name} ({why.entity_id})", why.entity_reason)
        table.add_row(*map(_cell, cells))
    return table


def _confidence(trace: Trace) -> Table:
    """The base and the largest weights, the others in one row, their sum, and what chance it is."""
    shown, rest = trace.weights[:_WEIGHTS], trace.weights[_WEIGHTS:]
    whole = round(sum(weight.value for weight in trace.weights), 2)
    table = Table(box=SIMPLE_HEAD, title="confidence", title_justify="left")
    table.add_column("because")
    table.add_column("weight", justify="right")
    rows = [(weight.words, weight.value) for weight in shown]
    rows += [(f"{count(len(rest), 'smaller one')} together", sum(weight.value for weight in rest))] if rest else []
    for words, value in rows:
        table.add_row(_cell(words), f"{value:+.2f}")
    table.add_row("sum", f"{whole:+.2f}", style="bold")
    table.add_row(f"chance 1 / (1 + exp({-whole:.2f}))", f"{1 / (1 + math.exp(-whole)):.2f}", style="bold")
    return table


def _tokens(trace: Trace) -> Table:
    table = Table(box=SIMPLE_HEAD, title="words", title_justify="left")
    for name in ("word", "lemma", "pos", "dep", "head"):
        table.add_column(name)
    for token in trace.tokens:
        table.add_row(*map(_cell, (token.text, token.lemma, token.pos, token.dep, token.head)))
    return table


def print_report(report: "Report", misses: Iterable[tuple[str, list["Miss"]]]) -> None:
    """The figures of an evaluation with their intervals, how many misses have which cause, and the misses that are to be shown."""
    console = _console()
    table = Table(box=SIMPLE_HEAD, title=f"{report.task}: {report.data}, {count(report.rows, 'row')}", title_justify="left")
    table.add_column("figure")
    table.add_column("value", justify="right")
    table.add_column("95 % interval")
    for name, value in report.figures.items():
        ends = report.intervals.get(name)
        number = f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
        table.add_row(_cell(name), number, f"{ends[0]:.3f} to {ends[1]:.3f}" if ends else "")
    console.print(table)
    rows = [(f"skipped: {reason}", f"{number:,}") for reason, number in report.skipped.items()]
    rows += [(cause, f"{number:,}") for cause, number in report.causes.items()]
    console.print(_rows(*rows, ("kg", f"{report.version} ({report.extractor or 'given predictions'}), {report.date}")))
    for cause, listed in misses:
        console.print(_misses(cause, listed))


def _misses(cause: str, listed: Iterable["Miss"]) -> Table:
    table = Table(box=SIMPLE_HEAD, title=cause, title_justify="left", show_lines=True)
    for name in ("in truth", "found", "sentence"):
        table.add_column(name, ratio=2 if name == "sentence" else 1)
    for miss in listed:
        table.add_row(*map(_cell, (miss.gold, miss.found, miss.sentence)))
    return table


def _number(value: float) -> str:
    """Three digits, or all before the point."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def print_bench(bench: "Bench") -> None:
    """The figures of a run, of what and where, and what was not measured."""
    console = _console()
    table = Table(box=SIMPLE_HEAD, title=f"{bench.data}: {count(bench.documents, 'document')}", title_justify="left")
    table.add_column("figure")
    table.add_column("value", justify="right")
    table.add_column("unit")
    table.add_column("rounds")
    for name, figure in bench.figures.items():
        table.add_row(_cell(name), _number(figure.value), figure.unit, "  ".join(_number(value) for value in figure.rounds))
    console.print(table)
    machine = bench.machine
    rows = [(f"left out: {part}", reason) for part, reason in bench.left_out.items()]
    rows.append(("machine", f"Python {machine.python}, {machine.system} {machine.machine}, {count(machine.cpus, 'CPU')}"))
    console.print(_rows(*rows, ("kg", f"{bench.version} ({bench.extractor}), {bench.date}")))


def print_comparison(old: "Bench", new: "Bench", rows: Iterable["BenchRow"], unlike: Iterable[str]) -> None:
    """Two runs beside each other."""
    table = Table(box=SIMPLE_HEAD, title=f"{old.version}, {old.date} against {new.version}, {new.date}", title_justify="left")
    for name in ("figure", "old", "new", "new / old", ""):
        table.add_column(name, justify="right" if name in {"old", "new", "new / old"} else "left")
    for row in rows:
        ends = [f"{value:,.4g}" if value is not None else "-" for value in (row.old, row.new, row.ratio)]
        table.add_row(_cell(f"{row.name} ({row.unit})"), *ends, row.verdict)
    console = _console()
    console.print(table)
    for difference in unlike:
        console.print(plain(f"not alike, so compare with care: {difference}"))


def print_changes(changes: "Changes") -> None:
    """Claims gained, lost and changed, each with its sentence and whether it is for the better."""
    console = _console()
    for name, listed in (("gained", changes.gained), ("lost", changes.lost), ("changed", changes.changed)):
        if listed:
            console.print(_changed(f"{name}: {count(len(listed), 'claim')}", listed))
    rows = [(verdict, f"{number:,}") for verdict, number in sorted(changes.verdicts.items())]
    console.print(_rows(*rows, ("the same", f"{changes.same:,}")))


def _changed(title: str, listed: Iterable["Change"]) -> Table:
    table = Table(box=SIMPLE_HEAD, title=title, title_justify="left", show_lines=True)
    for name in ("verdict", "was", "is", "sentence"):
        table.add_column(name, ratio={"verdict": 1, "sentence": 4}.get(name, 3))
    for change in listed:
        told = ", ".join(part for part in (change.verdict or "", *change.differs) if part)
        table.add_row(*map(_cell, (told, change.old, change.new, f"{change.row}: {change.sentence}")))
    return table


def print_table(records: Records) -> None:
    """Rows of a query."""
    if not records:
        sys.stdout.write("no rows\n")
        return
    table = Table(box=SIMPLE_HEAD)
    rows = records.to_json()
    columns = list(zip(records.columns, *(row.values() for row in rows), strict=True))
    for (name, *values), width in zip(columns, _whole_words(columns), strict=True):
        numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in values if value is not None)
        table.add_column(_cell(name), justify="right" if values and numbers else "left", min_width=width)
    for row in rows:
        table.add_row(*(_cell(_value(value)) for value in row.values()))
    _console().print(table)


def _whole_words(columns: Iterable[Iterable[object]]) -> list[int]:
    """The least width of each column: that of its longest word, as far as all of them fit on a line."""
    longest = [max((len(word) for value in column for word in _value(value).split()), default=0) for column in columns]
    room = _console().width - 5 * len(longest)
    most = next(most for most in range(_WHOLE, -1, -1) if not most or sum(min(one, most) for one in longest) <= room)
    return [min(one, most) for one in longest]


def _value(value: object) -> str:
    """A value in a cell: text as it is, lists and nodes as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def print_status(status: Status, *, show_password: bool) -> None:
    """Where a store runs and what it holds."""
    numbers = ("documents", "entities", "claims", "edges", "waiting", "schema_version")
    rows: list[tuple[str, object]] = [("store", status.where), ("kind", status.kind), ("running", "yes" if status.running else "no")]
    rows += [(name, value) for name in ("uri", "user", "pid", "server", "log") if (value := getattr(status, name)) is not None]
    if show_password and status.password is not None:
        rows.insert(5, ("password", status.password))
    rows += [(name.replace("_", " "), f"{value:,}") for name in numbers if (value := getattr(status, name)) is not None]
    _console().print(_rows(*rows))
