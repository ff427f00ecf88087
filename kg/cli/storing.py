"""The commands that look after a store."""

import sys
from argparse import Namespace

from kg import api
from kg.cli import terminal
from kg.cli.text import count, plain


def store(arguments: Namespace) -> int:
    """Store: the server of one."""
    status = api.store(arguments.action, arguments.store, idle=arguments.idle, heap=arguments.heap)
    terminal.print_status(status, show_password=arguments.show_password)
    return 0


def forget(arguments: Namespace) -> int:
    """Forget: a document goes, with all that hangs on it."""
    gone = api.forget(arguments.document, store=arguments.store, gazetteers=arguments.gazetteer, ontologies=arguments.ontology)
    entities = f"{gone.entities:,} {'entity' if gone.entities == 1 else 'entities'} that nothing else mentions"
    sys.stdout.write(plain(f"forgot {gone.title} ({gone.id}), {count(gone.claims, 'claim')} and {entities}") + "\n")
    return 0
