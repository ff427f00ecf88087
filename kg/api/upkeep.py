"""kg store check, kg store upgrade: whether a store is whole and up to date."""

import os
from dataclasses import dataclass
from itertools import islice

from kg.api.opening import Inputs, paths
from kg.api.storing import Where, existing
from kg.errors import SettingsError
from kg.gazetteer import load_gazetteer
from kg.ontology import load_ontology
from kg.stores import Status, Upgraded
from kg.stores import upgrade_store as upgraded


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the first `faults`, a line each, how many more there are, and what the store holds."""

    faults: tuple[str, ...]
    more: int
    status: Status

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def check_store(store: Where = None, *, most: int = 20, gazetteers: Inputs = (), ontologies: Inputs = ()) -> Checked:
    """Whether a store is whole: each claim has its document, its actors and its sentence at the place it names; edges, links and names are
    what claims and mentions make of them, made anew and compared; judgements are worked in; constraints and indexes are there and ready.

    Nothing is written, and memory does not grow with the store. `most`: faults that are told, the others are counted. Where a store was
    built with gazetteers or ontologies of one's own, they are wanted here too.

    >>> kg.check_store("kg-store").faults  # doctest: +SKIP
    ()

    Raises:
        StoreError: the store cannot be opened or asked.
        NotFoundError: nothing is stored there.
        SettingsError: an option, a gazetteer or an ontology is not valid.
    """
    if type(most) is not int or most < 1:
        raise SettingsError(f"unknown option value --most {most}: a whole number from 1")
    gazetteer, ontology = load_gazetteer(paths(gazetteers)), load_ontology(paths(ontologies))
    with existing(store) as found:
        faults = found.check(gazetteer, ontology)
        return Checked(tuple(islice(faults, most)), sum(1 for _ in faults), found.status())


def upgrade_store(store: Where = None) -> Upgraded:
    """Bring a store that an older version of this program made up to date; one that is, stays as it is. What is stored can be read before,
    but not added to.

    When it is interrupted, the next upgrade goes on. The server of an embedded store may be started anew for it.

    Raises:
        StoreError: the store cannot be opened, or is newer than this program.
        NotFoundError: nothing is stored there.
    """
    return upgraded(store, environment=os.environ)
