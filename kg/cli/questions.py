"""kg ask and kg search: a store is asked without any Cypher."""

import json
import shlex
import sys
from argparse import Namespace

from kg import api
from kg.cli.rows import limit_of, print_rows
from kg.cli.text import plain
from kg.stores.questions import parameters

FOUND = 20  # claims that a search shows


def ask(arguments: Namespace) -> int:
    """Ask: the rows that answer a question, or its Cypher."""
    if arguments.list or arguments.question is None:
        return print_rows(api.ask(), arguments.format)
    told = {one.name: getattr(arguments, one.name) for one in parameters()}
    if arguments.show:
        _print_question(api.asked(arguments.question, told, store=arguments.store), arguments.store)
        return 0
    records = api.ask(arguments.question, told, store=arguments.store, limit=limit_of(arguments), timeout=arguments.timeout)
    return print_rows(records, arguments.format)


def search(arguments: Namespace) -> int:
    """Search: claims by the words of their sentence."""
    records = api.search(
        " ".join(arguments.words),
        store=arguments.store,
        limit=FOUND if arguments.limit is None else arguments.limit,
        timeout=arguments.timeout,
        ontologies=arguments.ontology,
    )
    return print_rows(records, arguments.format, _print_found)


def _print_question(asked: api.Asked, store: str | None) -> None:
    """The Cypher of a question as a command that can be pasted into a shell: values stand apart from it, as JSON."""
    options = ["--store", plain(store)] if store is not None else []
    for name, value in asked.parameters.items():
        options += ["--param", f"{name}={json.dumps(value)}"]
    sys.stdout.write(f"{shlex.join(['kg', 'query', *options])} '\n{asked.cypher}\n'\n")


def _print_found(records: api.Records) -> None:
    """The sentence, and below it what it claims and where it stands."""
    if not records:
        sys.stdout.write("no claims\n")
    for row in records.to_json():
        who = f"{row['source']} - {row['label']} - {row['target'] or '-'}, says {row['claimer'] or 'the text itself'}"
        place = (row["day"], row["document"], f"{row['confidence']:.2f}", row["claim"])
        sys.stdout.write(f"{plain(row['sentence'])}\n    {plain(who)}\n    {plain('  '.join(filter(None, place)))}\n")
