"""Our claims in the terms of event data: PLOVER's types and quads, and the older codes they replace.

Source: the PLOVER manual of the Open Event Data Alliance, and CAMEO (Gerner, Schrodt, Yilmaz and Abu-Jabr 2002).
"""

from collections.abc import Mapping
from typing import Literal, cast, get_args

from kg.model import Claim, Modality

PloverType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "YIELD",
    "COOPERATE",
    "AID",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
OlderType = Literal["DEMAND", "DISAPPROVE", "INVESTIGATE", "FIGHT", "RETREAT", "CONCEDE"]
TYPES: tuple[PloverType, ...] = get_args(PloverType)

_OLDER: Mapping[str, PloverType] = {
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
    "RETREAT": "YIELD",
    "CONCEDE": "YIELD",
}
_STANDING: Mapping[str, PloverType] = {
    "ALLIED_WITH": "SUPPORT",
    "ENGAGES_WITH": "CONSULT",
    "RECOGNIZES": "SUPPORT",
    "TRUSTS": "SUPPORT",
    "FAVORS": "SUPPORT",
    "AT_ODDS_WITH": "ACCUSE",
    "DISTRUSTS": "ACCUSE",
    "OPPOSES": "ACCUSE",
}
_QUADS: Mapping[PloverType, int] = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "YIELD": 2,
    "COOPERATE": 2,
    "AID": 2,
    "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "PROTEST": 4,
    "SANCTION": 4,
    "MOBILIZE": 4,
    "COERCE": 4,
    "ASSAULT": 4,
}
_COOPERATION: Mapping[Modality, PloverType] = {
    "possible": "AGREE",
    "planned": "AGREE",
    "hypothetical": "AGREE",
    "demanded": "REQUEST",
    "denied": "REJECT",
    "not_planned": "REJECT",
}


def current(name: str) -> PloverType:
    """The type that an older name has become: DEMAND gives REQUEST, RETREAT gives YIELD."""
    return _OLDER.get(name) or cast("PloverType", name)


def quad_of(kind: PloverType) -> int:
    """1 verbal co-operation, 2 material co-operation, 3 verbal conflict, 4 material conflict."""
    return _QUADS[kind]


def quad_of_cameo(code: str) -> int | None:
    """The quad of a CAMEO code by its root; None for codes that are none ("---", 22, 91).

    >>> quad_of_cameo("042"), quad_of_cameo("190"), quad_of_cameo("224")
    (1, 4, None)
    """
    root = int(code[:2]) if code[:2].isdigit() else 0
    return next((quad for quad, last in ((1, 5), (2, 9), (3, 14), (4, 20)) if 1 <= root <= last), None)


def type_of(claim: Claim) -> PloverType | None:
    """The PLOVER type of a claim by its relation and modality; None for what is none: roles, membership, place.

    COOPERATE that is possible is AGREE, ASSAULT that is planned is THREATEN, AID that is denied is REJECT.
    """
    if claim.polarity > 0 and claim.modality in _COOPERATION:
        return _COOPERATION[claim.modality]
    if claim.polarity < 0 and claim.modality == "planned":
        return "THREATEN"
    if claim.relation == "VIEWS_AS":
        return "SUPPORT" if claim.polarity > 0 else "ACCUSE"
    if claim.relation in {*TYPES, *_OLDER}:
        return current(claim.relation)
    return _STANDING.get(claim.relation)
