"""The commands that correct a stored graph."""

import sys
from argparse import Namespace

from kg import api
from kg.cli.text import count, plain, say


def _said(arguments: Namespace) -> api.Saying:
    return {
        "store": arguments.store,
        "why": arguments.why,
        "who": arguments.who,
        "when": arguments.when,
        "gazetteers": arguments.gazetteer,
        "ontologies": arguments.ontology,
    }


def _tell(done: api.Correction) -> int:
    """What was judged, and what it changed."""
    one = done.judgement
    for earlier in done.overruled:
        say(f"overrules {earlier.id}: {earlier.kind} {' '.join(earlier.subjects)}")
    sys.stdout.write(plain(f"{one.id}: {one.kind} {' '.join(one.subjects)} ({count(done.documents, 'document')} resolved again)") + "\n")
    return 0


def same(arguments: Namespace) -> int:
    """Same: two entities are one."""
    return _tell(api.same(arguments.one, arguments.other, **_said(arguments)))


def differ(arguments: Namespace) -> int:
    """Differ: two entities are not one."""
    return _tell(api.differ(arguments.one, arguments.other, **_said(arguments)))


def reject(arguments: Namespace) -> int:
    """Reject: a claim is wrong."""
    return _tell(api.reject(arguments.claim_id, **_said(arguments)))


def rename(arguments: Namespace) -> int:
    """Rename: what an entity is called."""
    return _tell(api.rename(arguments.entity, arguments.name, **_said(arguments)))


def undo(arguments: Namespace) -> int:
    """Undo: a judgement is taken back."""
    return _tell(api.undo(arguments.judgement_id, **_said(arguments)))
