"""Actors known by name, as data: countries, organisations, organs of states, armed groups, parties, media, companies, peoples, persons.

Each `*.toml` file beside this module holds entries of one sort, one table an entry; users' files have the same form:

    category = "armed group"                # of every entry below that gives none of its own

    ["group:isis-k"]                        # KIND:NAME, the id of the entity
    name = "ISIS-K"
    names = ["ISKP", "ISIS-Khorasan"]       # every other name and abbreviation, exactly as news writes it
    part_of = "group:isis"

More fields: `demonyms`, `capitals` and `seats` (lists), `ambiguous` (those of the names above that often mean something else), `gender`
("m" or "f"), `category`, `wikidata`. A file may open with `not_names = ["Gulf of Mexico"]`: nothing is found inside these words.
"""

from kg.gazetteer.entries import Alias, AliasType, Entry, Match
from kg.gazetteer.files import load_gazetteer
from kg.gazetteer.gazetteer import Gazetteer
from kg.gazetteer.given_names import given_name_gender

__all__ = ["Alias", "AliasType", "Entry", "Gazetteer", "Match", "given_name_gender", "load_gazetteer"]
