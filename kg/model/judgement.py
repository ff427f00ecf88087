"""A person's correction of what was read and resolved: it is kept apart from the data, wins over it, and can be undone.

`same` and `differ` are about two entities, `reject` about a claim, `rename` about an entity and the name it is to bear, `undo` about
another judgement. Judgements are only ever added: two collections of them are joined by taking all of both, in any order.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from kg.model.ids import digest
from kg.model.reading import KINDS

JudgementKind = Literal["same", "differ", "reject", "rename", "undo"]

JUDGEMENTS: tuple[JudgementKind, ...] = get_args(JudgementKind)
_NUMBER_OF_SUBJECTS = {"same": 2, "differ": 2, "reject": 1, "rename": 2, "undo": 1}
_LONGEST = {"subjects": 600, "who": 200, "why": 10_000}
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_HALVES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What somebody decided: of two entities that they are one (`same`) or not (`differ`), of a claim that it is wrong (`reject`) ...

    `subjects`: ids of entities as names alone give them, a claim's or a judgement's id, or for `rename` an entity's id and the new name.
    `when`: UTC with six places of a second, so that the order of texts is the order of time. Make one with `judged`.

    Raises:
        ValueError: the id is not that of the content, or the subjects are none for this kind.
    """

    id: str
    kind: JudgementKind
    subjects: tuple[str, ...]
    who: str
    when: str
    why: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in JUDGEMENTS:
            raise ValueError(f"unknown kind of judgement {self.kind!r}; known: {', '.join(JUDGEMENTS)}")
        _check_texts(self)
        _check_subjects(self.kind, self.subjects)
        if not _WHEN.fullmatch(self.when) or moment(self.when) != self.when:
            raise ValueError(f"when is {self.when!r}; expected as in 2026-11-25T09:30:00.000000Z")
        if self.id != _id(self):
            raise ValueError(f"judgement {self.id!r} is not what was judged: its id would be {_id(self)}")

    @property
    def order(self) -> tuple[str, str]:
        """Of two judgements that contradict each other the one with the larger order wins."""
        return (self.when, self.id)


def _check_texts(judgement: Judgement) -> None:
    for name, longest in _LONGEST.items():
        given = getattr(judgement, name)
        for text in given if isinstance(given, tuple) else (given,):
            if name == "why" and text is None:
                continue
            if not isinstance(text, str) or not text.strip() or len(text) > longest or _HALVES.search(text):
                raise ValueError(f"{name} of a judgement: a text of 1 to {longest:,} characters was expected, got {str(text)[:60]!r}")


def _check_subjects(kind: str, subjects: tuple[str, ...]) -> None:
    if len(subjects) != _NUMBER_OF_SUBJECTS[kind]:
        raise ValueError(f"{kind} has {_NUMBER_OF_SUBJECTS[kind]} subjects, got {len(subjects)}")
    entities = {"same": subjects, "differ": subjects, "rename": subjects[:1]}.get(kind, ())
    for entity_id in entities:
        if kind_of(entity_id) is None:
            raise ValueError(f"{entity_id[:60]!r} is no id of an entity; expected KIND:NAME, with one of the kinds {', '.join(KINDS)}")
    if kind in {"same", "differ"} and not subjects[0] < subjects[1]:
        raise ValueError(f"{kind}: two ids in their order were expected, got {' and '.join(subjects)[:80]}")
    if kind == "same" and kind_of(subjects[0]) != kind_of(subjects[1]):
        raise ValueError(f"same: a {kind_of(subjects[0])} and a {kind_of(subjects[1])} cannot be one entity")


def kind_of(entity_id: str) -> str | None:
    """The kind that an entity's id tells; None where it is no such id.

    >>> kind_of("country:US"), kind_of("United States")
    ('country', None)
    """
    kind, colon, rest = entity_id.partition(":")
    return kind if colon and rest and kind in KINDS else None


def moment(text: str) -> str:
    """A date or a time in ISO form as judgements write it; without a zone it is UTC.

    >>> moment("2026-11-25"), moment("2026-11-25T10:30:00+01:00")
    ('2026-11-25T00:00:00.000000Z', '2026-11-25T09:30:00.000000Z')

    Raises:
        ValueError: it is neither.
    """
    given = datetime.fromisoformat(text)
    whole = given.replace(tzinfo=UTC) if given.tzinfo is None else given.astimezone(UTC)
    return whole.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def judged(kind: JudgementKind, subjects: Sequence[str], *, who: str, when: str, why: str | None = None) -> Judgement:
    """A judgement with its id, which is a hash of all it says: saying the same again at the same time says nothing new.

    White space in `who` and a new name becomes single spaces, and two entities come in the order of their ids.

    Raises:
        ValueError: it makes no sense (see `Judgement`), or `when` is no date or time.
    """
    texts = [_clean(text) for text in subjects]
    if kind in {"same", "differ"}:
        texts.sort()
    reason = (_HALVES.sub("\ufffd", why).strip() or None) if why is not None else None
    content = (kind, tuple(texts), _clean(who), moment(when), reason)
    return Judgement(_hash(*content), *content)


def _clean(text: str) -> str:
    return _HALVES.sub("\ufffd", " ".join(text.split()))


def _hash(kind: str, subjects: tuple[str, ...], who: str, when: str, why: str | None) -> str:
    return digest(["judgement", kind, len(subjects), *subjects, who, when, why is not None, why])


def _id(judgement: Judgement) -> str:
    return _hash(judgement.kind, judgement.subjects, judgement.who, judgement.when, judgement.why)
