"""What may be written on the command line."""

import argparse
import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, Protocol

import kg
from kg.api.exporting import FORMATS
from kg.cli import commands, rows
from kg.cli.questions import FOUND
from kg.errors import SettingsError
from kg.stores.questions import parameters, questions

_DESCRIPTION = "News text in, claims out: who stands how towards whom, says who, and the sentence it rests on."


class _Parser(argparse.ArgumentParser):
    """One clear line instead of a page when the usage is wrong."""

    def error(self, message: str) -> NoReturn:
        raise SettingsError(f"{message} (see {self.prog} --help)")


def _number(text: str) -> float | str:
    """The number that a text is; what is none stays as it is, for the library to refuse in its own words."""
    for kind in (int, float):
        with contextlib.suppress(ValueError):
            return kind(text)
    return text


_TAKEN = {
    "build": ("gazetteer", "ontology", "model", "strict"),
    "extract": ("gazetteer", "ontology", "model", "strict"),
    "explain": ("gazetteer", "ontology", "model"),
    "search": ("ontology",),
    "view": ("gazetteer", "ontology", "model"),
    "export": ("ontology",),
    "import": ("gazetteer", "ontology", "strict"),
    **dict.fromkeys(("same", "differ", "reject", "rename", "undo", "forget", "store"), ("gazetteer", "ontology")),
    "eval": ("gazetteer", "ontology", "model"),
    "bench": ("gazetteer", "ontology", "model"),
}
_KEYWORDS = {"import", "eval"}  # of Python, or a name it has already: their functions end in an underscore


def _common(command: str) -> _Parser:
    """The options that this command shares with others: those that it has a use for."""
    common = _Parser(add_help=False, allow_abbrev=False)
    options = common.add_argument_group("options that commands share")
    taken = _TAKEN.get(command, ())
    for name, meaning in (("gazetteer", "your own actors (TOML); may be repeated"), ("ontology", "your own cues (TOML); may be repeated")):
        if name in taken:
            options.add_argument(f"--{name}", metavar="FILE", type=Path, action="append", default=[], help=meaning)
    if "model" in taken:
        options.add_argument("--model", metavar="NAME", help="a spaCy pipeline, by package name or folder")
    if "strict" in taken:
        options.add_argument("--strict", action="store_true", help="exit with 1 when anything could not be read")
    options.add_argument("--version", action="version", version=f"kg {kg.__version__}")
    return common


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="kg", description=_DESCRIPTION, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"kg {kg.__version__}")
    parser.set_defaults(run=None)
    added = parser.add_subparsers(metavar="COMMAND", title="commands")

    def command(name: str, sentence: str) -> argparse.ArgumentParser:
        made = added.add_parser(
            name,
            help=sentence,
            description=sentence,
            parents=[_common(name)],
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        made.set_defaults(run=getattr(commands, f"{name}_" if name in _KEYWORDS else name))
        return made

    _reading(command)
    _stored(command)
    _judging(command)
    _measuring(command)
    return parser


class _Command(Protocol):
    """Adds a command."""

    def __call__(self, name: str, sentence: str) -> argparse.ArgumentParser: ...


def _reading(command: _Command) -> None:
    """The commands that read news texts."""
    build = command("build", "Read news texts and make the graph of their claims.")
    build.add_argument("inputs", metavar="INPUT", nargs="+", help="a file (.txt .md .html .jsonl), a folder, or - for standard input")
    build.add_argument("--html", metavar="FILE", type=Path, help="write an interactive picture of these texts that needs no network")
    build.add_argument("--jsonl", metavar="FILE", type=Path, help="write their claims, one a line")
    _store(build, "where the graph is kept")
    build.add_argument("--no-store", action="store_true", help="keep no graph: the summary and the files only")
    _into_existing(build)
    build.add_argument("--workers", metavar="N", type=_number, default=1, help="processes that read (default: 1)")

    extract = command("extract", "Print the claims of news texts as JSON Lines, with the names of their actors.")
    extract.add_argument("inputs", metavar="INPUT", nargs="+", help="a file (.txt .md .html .jsonl), a folder, or - for standard input")
    extract.add_argument("--out", metavar="FILE", type=Path, help="write to a file; an interrupted run then goes on where it stopped")
    extract.add_argument(
        "--readings", action="store_true", help="one Reading a line: a document with its mentions and claims, names unresolved"
    )
    extract.add_argument("--workers", metavar="N", type=_number, default=1, help="processes that read (default: 1)")

    explain = command("explain", "Tell how a claim was found, and why each of its mentions is that entity.")
    explain.add_argument("claim_id", metavar="CLAIM_ID", help="the id of a claim, as kg extract prints it")
    where = explain.add_mutually_exclusive_group()
    where.add_argument("--input", metavar="INPUT", dest="inputs", nargs="+", help="where the claim was found, if in no store")
    _store(where, "where the graph is kept")


def _stored(command: _Command) -> None:
    """The commands that ask a store."""
    query = command("query", "Ask a stored graph in Cypher.")
    query.add_argument("cypher", metavar="CYPHER", help="one statement; it may only read")
    _store(query, "where the graph is kept")
    _format(query)
    query.add_argument(
        "--param",
        metavar="NAME=VALUE",
        dest="parameters",
        action="append",
        default=[],
        help="a value for $NAME, read as JSON where it is JSON, else as text; may be repeated",
    )
    query.add_argument("--write", action="store_true", help="let the statement change the graph")
    _bounds(query, "1000 in a table, else all")
    _questions(command)

    view = command("view", "Draw a stored graph, a part of it, or one of its documents.")
    _store(view, "where the graph is kept")
    view.add_argument("--out", metavar="FILE", type=Path, required=True, help="the HTML file to write, or a folder for a set of pages")
    view.add_argument("--around", metavar="NAME", help="an actor, by name, alias or id, and those near it")
    view.add_argument("--hops", metavar="N", type=_number, default=1, help="how near, in lines (default: 1)")
    view.add_argument("--community", metavar="N", type=_number, help="actors friendly to each other only; 1 is the largest such group")
    view.add_argument(
        "--top", metavar="N", type=_number, help="actors to draw, those most is said about; 0: all (default: 150 of more than 300)"
    )
    view.add_argument("--since", metavar="DATE", help="what was so, or was said, on this day or later (YYYY-MM-DD)")
    view.add_argument("--until", metavar="DATE", help="what was so, or was said, on this day or before")
    view.add_argument("--min-confidence", metavar="X", type=_number, help="claims at least so sure, from 0 to 1")
    what = view.add_mutually_exclusive_group()
    what.add_argument("--matrix", action="store_true", help="an SVG file instead: who stands how towards whom")
    what.add_argument("--timeline", action="store_true", help="an SVG file instead: the claims over time")
    view.add_argument("--between", metavar=("ONE", "OTHER"), nargs=2, help="with --timeline: the claims between two actors")
    what.add_argument(
        "--document", metavar="ID", help="one document instead, by id, address, path or title: its text, its claims beside it"
    )
    view.add_argument("--input", metavar="INPUT", dest="inputs", nargs="+", help="with --document: where it is, if in no store")

    export = command("export", "Write a stored graph to a file.")
    _store(export, "where the graph is kept")
    export.add_argument(
        "--format",
        choices=FORMATS,
        default="jsonl",
        help="jsonl: readings, lossless (default); csv: claims; graphml, gexf: actors and lines; neo4j-admin: a folder that it imports",
    )
    export.add_argument("--out", metavar="FILE", type=Path, required=True, help="the file to write, or with neo4j-admin a new folder")

    import_ = command("import", "Put readings into a store that were exported, or made on another machine.")
    import_.add_argument("inputs", metavar="PATH", nargs="+", type=Path, help="JSON Lines of kg export or kg extract --readings")
    _store(import_, "where the graph is kept")
    _into_existing(import_)

    forget = command("forget", "Remove a document from a stored graph, with all that hangs on it.")
    forget.add_argument("document", metavar="DOCUMENT", help="its id, path or address; judgements stay, and hold again when it comes back")
    _store(forget, "where the graph is kept")

    store = command("store", "Start, stop or look at the server of a store, or see that one is whole and up to date.")
    store.add_argument(
        "action",
        choices=("start", "stop", "status", "check", "upgrade"),
        help="start, stop: the server, which other commands start where they need it; status: where it runs and what it holds; "
        "check: whether all of it is as it should be (exit code 1 where it is not); upgrade: bring what an older version made up to date",
    )
    _store(store, "which one")
    store.add_argument("--idle", metavar="S", type=_number, default=600, help="seconds without a client after which it ends (default: 600)")
    store.add_argument(
        "--heap", metavar="SIZE", help="memory of a server that is started: 512m, 2g ... (default: $KG_STORE_HEAP, else 768m)"
    )
    store.add_argument("--most", metavar="N", type=_number, default=20, help="check: faults to tell, the others are counted (default: 20)")
    store.add_argument("--show-password", action="store_true", help="for another Bolt client on this machine")


def _judging(command: _Command) -> None:
    """The commands that correct."""
    same = command("same", "Correct a stored graph: two entities are one.")
    differ = command("differ", "Correct a stored graph: two entities, or an entity and one of its names, are not one.")
    for each in (same, differ):
        each.add_argument("one", metavar="A", help="an entity, by name, alias or id")
        each.add_argument("other", metavar="B", help="another one")
    reject = command("reject", "Correct a stored graph: a claim is wrong; it stays stored, but counts no more.")
    reject.add_argument("claim_id", metavar="CLAIM_ID", help="the id of a claim")
    rename = command("rename", "Correct a stored graph: what an entity is to be called; its old name stays an alias.")
    rename.add_argument("entity", metavar="ENTITY", help="an entity, by name, alias or id")
    rename.add_argument("name", metavar="NAME", help="its new name")
    undo = command("undo", "Take a correction back.")
    undo.add_argument("judgement_id", metavar="ID", nargs="?", help="the id of a judgement (default: the latest that is no undo)")
    for each in (same, differ, reject, rename, undo):
        _store(each, "where the graph is kept")
        each.add_argument("--why", metavar="TEXT", help="your reason, kept with the judgement")
        each.add_argument("--who", metavar="NAME", help="who says so (default: the name of the user)")
        each.add_argument("--when", metavar="TIME", help="a date or time in ISO form, UTC where it tells no zone (default: now)")
    listed = command("judgements", "List the corrections of a stored graph, and which of them are in force.")
    _store(listed, "where the graph is kept")
    _format(listed)


def _questions(command: _Command) -> None:
    """The commands that ask a store without any Cypher."""
    ask = command("ask", "Ask a stored graph a question by its name.")
    ask.add_argument("question", metavar="QUESTION", nargs="?", help="its name, see below")
    ask.add_argument("--list", action="store_true", help="the questions there are, with what each is told")
    for one in parameters():
        ask.add_argument(f"--{one.name}", metavar=one.kind.upper(), help=one.help)
    ask.add_argument("--show", action="store_true", help="the Cypher, as a kg query that can be pasted; nothing is asked")
    _store(ask, "where the graph is kept")
    _format(ask)
    _bounds(ask, "1000 in a table, else all")
    shown = (f"{one.name} {one.usage}".strip() for one in questions().values())
    ask.epilog = "\n".join(("questions:", *(f"  {line}" for line in shown)))

    search = command("search", "Find claims by the words of their sentence.")
    search.add_argument("words", metavar="WORD", nargs="+", help="all of them must stand in the sentence, in any order and form of letters")
    _store(search, "where the graph is kept")
    _format(search)
    _bounds(search, str(FOUND))


_GOLD = """formats: JSON Lines (also .gz), one row a line, each with an id; offsets are characters of text, the end exclusive
  stance       text, source {start, end}, target {start, end}, label: neutral pos_fwd pos_bwd neg_fwd neg_bwd
  acts         text, source, target, root: a PLOVER type, penta: 1 to 4
  events       text, event, source [{span: [start, end]}], target; or text, events [[source code, target code, CAMEO code]]
  modality     text, targets [{start, end, label: -3 to 3}]
  attribution  text, attributions [{source [[start, end]], cue, content}]
  actors       text, entities [{start, end, type}]
  coreference  text, clusters [[[start, end]]], genre; or text, pronoun {start, end}, a {start, end, coref}, b; or text, topic, mentions
  linking      text, entities [{start, end, uri}]; or text, genre, mentions [{start, end, wiki, qid}]
  claims       text, aliases, claims as in data/expected; or text, doc, stances; or text, entities, relations
  speed        text

predictions: one line a row with its id, and
  stance       label, scores              acts         relation, quad, sign      events       relation, quad, sign; or events
  modality     targets [{start, end, score}]                attribution  attributions
  actors       entities [{start, end, kind}]                coreference  clusters
  linking      links                                        claims       claims as kg extract prints them
"""


def _measuring(command: _Command) -> None:
    """The commands that measure."""
    eval_ = command("eval", "Measure how well kg reads, on texts that people annotated.")
    eval_.epilog = _GOLD
    eval_.add_argument("task", metavar="TASK", nargs="?", help="stance, acts, events, modality, attribution, actors, coreference, ...")
    eval_.add_argument("--data", metavar="FILE", type=Path, help="the gold data: .jsonl or .jsonl.gz, see below")
    eval_.add_argument("--predictions", metavar="OUT", type=Path, help="write what was answered to each row")
    eval_.add_argument("--given", metavar="FILE", type=Path, help="score these predictions instead of reading the texts")
    eval_.add_argument("--against", metavar="OLD", type=Path, help="claims only: what is new, gone or changed since these predictions")
    eval_.add_argument("--errors", metavar="N", type=_number, default=0, help="show N of the worst errors with their sentences, by cause")
    eval_.add_argument("--rows", choices=("all", "even", "odd"), default="all", help="every other row only; the first is row 0")
    eval_.add_argument("--all", metavar="DIR", type=Path, help="the development part of every set in a folder, as the README's table")
    eval_.add_argument("--final", action="store_true", help="score a test part; the run is written to data/test_runs.json")
    eval_.add_argument("--json", action="store_true", help="print JSON")

    bench = command("bench", "Measure how fast kg reads, stores, asks and draws, and in how much memory.")
    bench.add_argument("--data", metavar="TEXTS", type=Path, help="a file or folder of texts; also .jsonl.gz with a text a line")
    bench.add_argument(
        "--store", metavar="PLACE", help="an empty database (bolt://HOST ...); default: an embedded store, for this run only"
    )
    bench.add_argument(
        "--part",
        dest="parts",
        choices=("reading", "memory", "store", "view", "page", "load"),
        action="append",
        help="measure this only; may be repeated (default: all but page, which draws in Chromium, beside pyvis, and load, which stores "
        "invented claims beside a bare script and asks all questions of kg ask: minutes each)",
    )
    bench.add_argument("--claims", metavar="N", type=_number, default=100_000, help="invented for --part load (default: %(default)s)")
    bench.add_argument("--out", metavar="FILE", type=Path, help="write the figures as JSON, to compare another run with")
    bench.add_argument(
        "--compare", metavar=("OLD", "NEW"), nargs=2, type=Path, help="two such files beside each other; nothing is measured"
    )
    bench.add_argument("--json", action="store_true", help="print JSON")


class _Takes(Protocol):
    """A parser, or a group of its options."""

    def add_argument(self, *names: str, metavar: str, help: str) -> object: ...  # noqa: A002 - argparse's name


def _store(parser: _Takes, meaning: str) -> None:
    parser.add_argument(
        "--store",
        metavar="PLACE",
        help=f"{meaning}: a folder, or bolt://HOST, neo4j+s://HOST ... (default: $KG_STORE, else kg-store in this folder)",
    )


def _format(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=rows.FORMATS, default="table", help="how the rows are printed (default: table)")


def _bounds(parser: argparse.ArgumentParser, default: str) -> None:
    parser.add_argument("--limit", metavar="N", type=_number, help=f"rows at most (default: {default})")
    parser.add_argument("--timeout", metavar="S", type=_number, default=60, help="seconds after which the query is ended (default: 60)")


def _into_existing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--into-existing", action="store_true", help="into a database that holds other data")


def parse(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The arguments; `run` is the function of `kg.cli.commands` that takes them.

    Raises:
        SettingsError: the usage is wrong.
    """
    parser = _parser()
    arguments = parser.parse_args(argv)
    if getattr(arguments, "store", None) == "":
        raise SettingsError("--store '': a folder, or bolt://HOST, neo4j+s://HOST ... was expected")
    if arguments.run is None:
        parser.error("a command is needed: build, query, view ...")
    return arguments
