"""Mention -> entity, each decision with its reason.

Identity across documents is a key, not a clustering: the gazetteer's id, else kind and full name. So reading one more document never
changes who the others are about, and a corpus can be spread over machines.
"""

from kg.resolve.corrections import Corrections, corrections_of
from kg.resolve.identities import NAME_LIKE, Decision, Identities, Names, entity_of, resolve
from kg.resolve.names import clean_name, is_surname_only

__all__ = [
    "NAME_LIKE",
    "Corrections",
    "Decision",
    "Identities",
    "Names",
    "clean_name",
    "corrections_of",
    "entity_of",
    "is_surname_only",
    "resolve",
]
