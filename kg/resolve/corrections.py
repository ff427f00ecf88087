"""What people's judgements come to together: which ids are one entity, which stay apart, which claims are rejected, who is called how.

Of judgements that contradict each other the later wins; "A is B", "B is C" and a later "A is not C" contradict each other too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kg.model import Judgement


@dataclass(frozen=True, slots=True)
class Corrections:
    """Judgements, worked out. Ids of entities are those that names alone give; `whole` leads from one to the entity that it is part of.

    `rejected`: claims by id; `names`: by the entity's id; `undone` and `overruled`: what is not in force, by its id, and why not.
    """

    rejected: Mapping[str, Judgement] = field(default_factory=dict)
    names: Mapping[str, Judgement] = field(default_factory=dict)
    undone: Mapping[str, Judgement] = field(default_factory=dict)
    overruled: Mapping[str, Judgement] = field(default_factory=dict)
    _whole: Mapping[str, str] = field(default_factory=dict)
    _apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    _because: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def whole(self, entity_id: str) -> str:
        """The entity that this id is part of: itself, unless somebody judged it the same as another."""
        return self._whole.get(entity_id, entity_id)

    def parts(self, entity_id: str) -> tuple[str, ...]:
        """The ids that were judged to be this entity, itself among them."""
        return tuple(sorted({entity_id, *(part for part, whole in self._whole.items() if whole == entity_id)}))

    def kept_apart(self, entity_id: str, key: str) -> bool:
        """Whether a name with this key, which means this entity by a gazetteer, was judged to be an entity of its own."""
        return self.whole(entity_id) in self.apart(key)

    def apart(self, entity_id: str) -> frozenset[str]:
        """The entities that this id is not, whatever a gazetteer says."""
        return self._apart.get(entity_id, frozenset())

    def because(self, entity_id: str) -> str:
        """Why an id is what it is, in words; nothing where nobody has judged it.

        >>> Corrections(_because={"person:jon-bly": ("4fa1",)}).because("person:jon-bly")
        '; judged by a person (4fa1)'
        """
        found = self._because.get(entity_id)
        return f"; judged by a person ({', '.join(found)})" if found else ""

    @property
    def ids(self) -> frozenset[str]:
        """The ids that something was judged about."""
        return frozenset((*self._whole, *self._apart, *(each for some in self._apart.values() for each in some)))


def corrections_of(judgements: Iterable[Judgement], known: Collection[str] = ()) -> Corrections:
    """What these judgements come to, in whatever order they are given. `known`: ids of the gazetteer, which stay where ids become one.

    Of several ids of the gazetteer, or of none, the first of the alphabet stays.
    """
    every = sorted(set(judgements), key=lambda one: one.order, reverse=True)
    undone = _undone(every)
    force = [one for one in every if one.id not in undone]
    groups = _Groups(known)
    overruled = {one.id: by for one in force if (by := groups.take(one)) is not None}
    return Corrections(
        rejected={one.subjects[0]: one for one in reversed(force) if one.kind == "reject"},
        names=_names(force, groups),
        undone=undone,
        overruled=overruled,
        _whole={part: whole for part in groups.known_ids if (whole := groups.whole(part)) != part},
        _apart=groups.apart(),
        _because=groups.because(),
    )


def _undone(every: list[Judgement]) -> dict[str, Judgement]:
    """What is undone, by its id; an undo that is undone itself undoes nothing. (As an id is a hash, none goes round in a circle.)"""
    of: dict[str, list[Judgement]] = defaultdict(list)
    for one in every:
        if one.kind == "undo":
            of[one.subjects[0]].append(one)
    known: dict[str, Judgement | None] = {}

    def by(judgement_id: str) -> Judgement | None:
        waiting = [judgement_id]
        while waiting:
            current = waiting[-1]
            unknown = [undo.id for undo in of.get(current, ()) if undo.id not in known]
            if unknown:
                waiting += unknown
                continue
            known[current] = next((undo for undo in of.get(current, ()) if known[undo.id] is None), None)
            waiting.pop()
        return known[judgement_id]

    return {one.id: undo for one in every if (undo := by(one.id)) is not None}


def _names(force: list[Judgement], groups: "_Groups") -> dict[str, Judgement]:
    found: dict[str, Judgement] = {}
    for one in force:
        if one.kind == "rename":
            found.setdefault(groups.whole(one.subjects[0]), one)
    return found


class _Groups:
    """Ids that are one, and ids that are not. Judgements are taken from the latest to the earliest: each gives way to those before it."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self._group: dict[str, set[str]] = {}
        self._differ: list[Judgement] = []
        self._same: list[Judgement] = []

    @property
    def known_ids(self) -> list[str]:
        return sorted(self._group)

    def _of(self, entity_id: str) -> set[str]:
        return self._group.setdefault(entity_id, {entity_id})

    def whole(self, entity_id: str) -> str:
        """The id that stays: the gazetteer's, else the first of the alphabet."""
        return min(self._group.get(entity_id, {entity_id}), key=lambda each: (each not in self._known, each))

    def take(self, one: Judgement) -> Judgement | None:
        """Take a judgement in; or the later one that speaks against it."""
        if one.kind not in {"same", "differ"}:
            return None
        first, second = (self._of(subject) for subject in one.subjects)
        if one.kind == "differ" and first is second:
            return self._tie(first)
        if one.kind == "differ":
            self._differ.append(one)
            return None
        against = next((other for other in self._differ if self._parts(other, first, second)), None)
        if against is None:
            self._same.append(one)
            self._join(first, second)
        return against

    def _tie(self, group: set[str]) -> Judgement:
        """The earliest of the later judgements that made these ids one."""
        return min((one for one in self._same if one.subjects[0] in group), key=lambda one: one.order)

    def _parts(self, other: Judgement, first: set[str], second: set[str]) -> bool:
        one, two = other.subjects
        return (one in first and two in second) or (two in first and one in second)

    def _join(self, first: set[str], second: set[str]) -> None:
        first |= second
        for each in first:
            self._group[each] = first

    def apart(self) -> dict[str, frozenset[str]]:
        """The entities from which an id is kept apart."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in self._differ:
            for each, other in (one.subjects, one.subjects[::-1]):
                found[each].add(self.whole(other))
        return {each: frozenset(others) for each, others in found.items()}

    def because(self) -> dict[str, tuple[str, ...]]:
        """The judgements that each id owes its entity to."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in self._same:
            for each in self._of(one.subjects[0]):
                found[each].add(one.id)
        for one in self._differ:
            for each in one.subjects:
                found[each].add(one.id)
        return {each: tuple(sorted(ids)) for each, ids in found.items()}
