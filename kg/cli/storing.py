"""The commands that look after a store."""

import sys
from argparse import Namespace

from kg import api
from kg.cli import terminal
from kg.cli.text import count, plain


def store(arguments: Namespace) -> int:
    """Store: the server of one, and whether one is whole."""
    if arguments.action == "check":
        return _check(arguments)
    if arguments.action == "upgrade":
        return _upgrade(arguments)
    status = api.store(arguments.action, arguments.store, idle=arguments.idle, heap=arguments.heap)
    terminal.print_status(status, show_password=arguments.show_password)
    return 0


def _check(arguments: Namespace) -> int:
    """Each fault on a line; 1 where there are any."""
    done = api.check_store(arguments.store, most=arguments.most, gazetteers=arguments.gazetteer, ontologies=arguments.ontology)
    for fault in done.faults:
        sys.stdout.write(plain(fault) + "\n")
    if done.more:
        sys.stdout.write(f"and {done.more:,} more\n")
    if done.is_whole:
        status = done.status
        entities = f"{status.entities:,} {'entity' if status.entities == 1 else 'entities'}"
        held = (count(status.documents or 0, "document"), entities, count(status.claims or 0, "claim"), count(status.edges or 0, "edge"))
        sys.stdout.write(f"the store is whole: {', '.join(held)}\n")
    return 0 if done.is_whole else 1


def _upgrade(arguments: Namespace) -> int:
    """What was brought up to date."""
    done = api.upgrade_store(arguments.store)
    made = f", {done.made} constraints and indexes made" if done.made else ""
    was = f"schema {done.old} is now {done.new}" if done.old != done.new else f"is up to date (schema {done.new})"
    sys.stdout.write(plain(f"{done.where}: {was}{made}") + "\n")
    return 0


def forget(arguments: Namespace) -> int:
    """Forget: a document goes, with all that hangs on it."""
    gone = api.forget(arguments.document, store=arguments.store, gazetteers=arguments.gazetteer, ontologies=arguments.ontology)
    entities = f"{gone.entities:,} {'entity' if gone.entities == 1 else 'entities'} that nothing else mentions"
    sys.stdout.write(plain(f"forgot {gone.title} ({gone.id}), {count(gone.claims, 'claim')} and {entities}") + "\n")
    return 0
