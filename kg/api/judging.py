"""People's corrections of a stored graph: kg same, differ, reject, rename, undo, and the list of them: kg judgements."""

import contextlib
import getpass
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict, Unpack

from kg.api.opening import Inputs, paths
from kg.api.records import Records
from kg.api.storing import Where, existing
from kg.errors import JudgementError, NotFoundError
from kg.gazetteer import load_gazetteer
from kg.model import Entity, Judgement, JudgementKind, entity_key, judged, kind_of, moment
from kg.ontology import load_ontology
from kg.resolve import Corrections, corrections_of
from kg.stores import Store

COLUMNS = ("id", "kind", "subjects", "who", "when", "why", "state")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a judgement did: `documents` were resolved again, and it wins over these earlier ones (`overruled`)."""

    judgement: Judgement
    documents: int
    overruled: tuple[Judgement, ...]


class Saying(TypedDict, total=False):
    """What every correction may be told: the store; why; `who` says so, by default the user; `when`, a date or time, by default now.

    `gazetteers`, `ontologies`: those that the graph was built with.
    """

    store: Where
    why: str | None
    who: str | None
    when: str | None
    gazetteers: Inputs
    ontologies: Inputs


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


class _Court:
    """A store that is open, what has been judged in it, and who judges now."""

    def __init__(self, store: Store, said: Saying) -> None:
        self.store = store
        self._said = said
        self._gazetteer = load_gazetteer(paths(said.get("gazetteers", ())))
        self._ontology = load_ontology(paths(said.get("ontologies", ())))
        self.before = store.judgements()

    @property
    def corrections(self) -> Corrections:
        return corrections_of(self.before, self._gazetteer.entries.keys())

    def called(self, name: str) -> Entity:
        """The one entity of this name."""
        found = self.store.called(name)
        if len(found) > 1:
            raise JudgementError(f"{name!r} is the name of several: {', '.join(one.id for one in found[:8])}; give one of these ids")
        return found[0]

    def judged(self, kind: JudgementKind, *subjects: str) -> Judgement:
        """A judgement as it will be kept."""
        who, when = self._said.get("who"), self._said.get("when")
        try:
            moment_ = moment(when) if when is not None else datetime.now(UTC).isoformat()
            return judged(kind, subjects, who=_user() if who is None else who, when=moment_, why=self._said.get("why"))
        except ValueError as error:
            raise JudgementError(str(error)) from error

    def pronounce(self, judgement: Judgement) -> Correction:
        """Keep it, and see what it overrules."""
        done = self.store.judge([judgement], self._gazetteer, self._ontology)
        after = corrections_of([*self.before, judgement], self._gazetteer.entries.keys())
        earlier = self.corrections.overruled
        gone = [one for one in self.before if one.id in after.overruled and one.id not in earlier]
        return Correction(judgement, done.documents, tuple(gone))


@contextlib.contextmanager
def _court(said: Saying) -> Iterator[_Court]:
    for name in said.keys() - Saying.__annotations__.keys():
        raise TypeError(f"unexpected argument {name!r}")
    with existing(said.get("store"), write=True) as found:
        yield _Court(found, said)


def same(one: str, other: str, **said: Unpack[Saying]) -> Correction:
    """Two entities, by name, alias or id, are one: from now on all that is said of either is said of both.

    The id of a gazetteer stays, else the first of the alphabet; all names of both stay as aliases. Options: see `Saying`.

    Raises:
        NotFoundError: nobody is called so; JudgementError: they are one already, or of two kinds.
        StoreError: the store cannot be opened or written to.
    """
    with _court(said) as court:
        first, second = court.called(one), court.called(other)
        if first.id == second.id:
            raise JudgementError(f"{one!r} and {other!r} are one already: {first.name} ({first.id})")
        return court.pronounce(court.judged("same", first.id, second.id))


def differ(one: str, other: str, **said: Unpack[Saying]) -> Correction:
    """Two entities are not one; or a name, of which a gazetteer says that it is another's, is an entity of its own. Options: see `Saying`.

    Of two people with one and the same name nothing can tell which is meant where: that is refused.

    Raises:
        NotFoundError: nobody is called so; JudgementError: they are one and the same name.
        StoreError: the store cannot be opened or written to.
    """
    with _court(said) as court:
        first, second = court.called(one), court.called(other)
        ids = (first.id, second.id) if first.id != second.id else (_part(one, first, court), _part(other, second, court))
        if ids[0] == ids[1]:
            raise JudgementError(f"{one!r} and {other!r} are one name ({ids[0]}); a name alone cannot tell two apart")
        return court.pronounce(court.judged("differ", *ids))


def _part(name: str, entity: Entity, court: _Court) -> str:
    """What a name would be by itself, within the entity that it was resolved to."""
    if kind_of(name) is not None or name.lower() == entity.name.lower():
        return name if name in court.corrections.parts(entity.id) else entity.id
    return entity_key(name, entity.kind)


def reject(claim_id: str, **said: Unpack[Saying]) -> Correction:
    """A claim is wrong: it stays stored, marked `rejected`, but is in no edge, link, picture or table. Options: see `Saying`.

    Raises:
        NotFoundError: no claim has this id; JudgementError: it is rejected already.
        StoreError: the store cannot be opened or written to.
    """
    with _court(said) as court:
        court.store.reading_of(claim_id)
        if claim_id in court.corrections.rejected:
            raise JudgementError(f"{claim_id}: rejected already ({court.corrections.rejected[claim_id].id})")
        return court.pronounce(court.judged("reject", claim_id))


def rename(entity: str, name: str, **said: Unpack[Saying]) -> Correction:
    """An entity is to be called so; its old name stays an alias, its id what it is. Options: see `Saying`.

    Raises:
        NotFoundError: nobody is called so; JudgementError: it is no name, or is its name already.
        StoreError: the store cannot be opened or written to.
    """
    with _court(said) as court:
        who_is_it = court.called(entity)
        judgement = court.judged("rename", who_is_it.id, name)
        if who_is_it.name == judgement.subjects[1]:
            raise JudgementError(f"{who_is_it.id} is called {who_is_it.name!r} already")
        return court.pronounce(judgement)


def undo(judgement_id: str | None = None, **said: Unpack[Saying]) -> Correction:
    """A judgement is taken back: the one with this id, else the latest that is no undo. It stays in the list. Options: see `Saying`.

    Raises:
        NotFoundError: there is none; JudgementError: it is undone already.
        StoreError: the store cannot be opened or written to.
    """
    with _court(said) as court:
        undone = court.corrections.undone
        open_ones = [one.id for one in court.before if one.id not in undone and one.kind != "undo"]
        wanted = judgement_id or (open_ones[-1] if open_ones else None)
        if wanted is None or wanted not in {one.id for one in court.before}:
            raise NotFoundError(
                f"{wanted}: no judgement with this id in {court.store.where}" if wanted else f"{court.store.where}: nothing to undo"
            )
        if wanted in undone:
            raise JudgementError(f"{wanted}: undone already ({undone[wanted].id})")
        return court.pronounce(court.judged("undo", wanted))


def judgements(*, store: Where = None) -> Records:
    """What people judged, from the earliest to the latest: id, kind, subjects, who, when, why, and state: in force, or by what not.

    Raises:
        StoreError, NotFoundError: the store cannot be opened, or there is none.
    """
    with existing(store) as found:
        made = found.judgements()
    come_to = corrections_of(made, load_gazetteer(()).entries.keys())
    rows = ((one.id, one.kind, list(one.subjects), one.who, one.when, one.why, _state(one, come_to)) for one in made)
    return Records(COLUMNS, rows)


def _state(one: Judgement, come_to: Corrections) -> str:
    if one.id in come_to.undone:
        return f"undone by {come_to.undone[one.id].id}"
    return f"overruled by {come_to.overruled[one.id].id}" if one.id in come_to.overruled else "in force"
