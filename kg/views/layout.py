"""Where entities stand: springs and repulsion, then boxes with their names pushed apart, then parts of the graph packed side by side.

The same graph gets the same whole numbers on every machine: only additions in a fixed order, products, quotients and square roots are
used, which IEEE 754 rounds in one way (no BLAS, no vectorised sums, no random start).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

type Numbers = npt.NDArray[np.float64]
type Place = tuple[int, int]

_DISTANCE = 140.0  # between entities that a line joins
_STRETCH = 1.2  # pictures are wider than high
_WIDER = 1.5  # and so are parts side by side
_CHARACTER = 7.2
_TEXT_LINE = 17
_GAP = 12.0
_ROOM = 2.2  # times the area of the boxes; a few entities get more, so that their lines can be followed
_MORE_ROOM = 100.0
_AT_ONCE = 400_000  # pairs
_CROWD = 3_000  # entities of which the names are not pushed apart: no one reads them all at once


@dataclass(frozen=True, slots=True)
class Box:
    """The room an entity takes: half its width, and how far it reaches above and below its centre."""

    half: float
    above: float
    below: float

    @classmethod
    def of(cls, label: str, radius: int) -> "Box":
        """The room of a symbol with its name of one or two lines underneath."""
        lines = label.split("\n")
        return cls(max(radius, max(map(len, lines)) * _CHARACTER / 2), radius, radius + 6 + len(lines) * _TEXT_LINE)


@dataclass(frozen=True, slots=True)
class Spring:
    """Two entities, by their number, that a line joins, and how strongly it pulls."""

    first: int
    second: int
    pull: float = 1.0


def _parts(count: int, springs: Sequence[Spring]) -> list[list[int]]:
    """The connected parts, the largest first."""
    parent = list(range(count))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for spring in springs:
        one, other = sorted((root(spring.first), root(spring.second)))
        parent[other] = one
    groups: dict[int, list[int]] = {}
    for number in range(count):
        groups.setdefault(root(number), []).append(number)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0]))


def _spiral(count: int) -> Numbers:
    """A start without a pattern that springs could get caught in: turns of the golden angle, made from one exact rotation."""
    cosine, sine = -0.7373688780783197, 0.6754902942615238  # of the golden angle
    place, turn = np.empty((2, count)), (1.0, 0.0)
    for number in range(count):
        far = _DISTANCE * 0.6 * sqrt(number + 0.5)
        place[:, number] = turn[0] * far, turn[1] * far
        turn = turn[0] * cosine - turn[1] * sine, turn[0] * sine + turn[1] * cosine
    return place


def _order(members: Sequence[int], springs: Sequence[Spring]) -> list[int]:
    """The members from the best connected one outwards, so that hubs start in the middle."""
    degree = dict.fromkeys(members, 0)
    for spring in springs:
        degree[spring.first] += 1
        degree[spring.second] += 1
    return sorted(members, key=lambda member: (-degree[member], member))


def _rounds(count: int) -> int:
    return 400 if count <= 150 else 200 if count <= 300 else max(8, 45_000_000 // (count * count))


def _repulsion(place: Numbers) -> Numbers:
    """How all others push each one away, for as many at once as memory holds easily; sums run over the others in their order."""
    force = np.empty_like(place)
    step = max(1, _AT_ONCE // place.shape[1])
    for first in range(0, place.shape[1], step):
        away = place[:, None, first : first + step] - place[:, :, None]  # [axis, from, to]
        square = away[0] * away[0] + away[1] * away[1] + 1.0
        force[:, first : first + step] = np.add.reduce(away * (_DISTANCE * _DISTANCE / square), axis=1)
    return force


def _spread(count: int, springs: Sequence[Spring]) -> Numbers:
    """Fruchterman and Reingold's forces, with a little gravity, cooling down."""
    place = _spiral(count)
    one = np.array([spring.first for spring in springs], dtype=np.intp)
    other = np.array([spring.second for spring in springs], dtype=np.intp)
    pull = np.array([spring.pull for spring in springs])
    rounds = _rounds(count)
    for number in range(rounds):
        force = _repulsion(place)
        apart = place[:, other] - place[:, one]
        tension = apart * (np.sqrt(apart[0] * apart[0] + apart[1] * apart[1]) * pull / _DISTANCE)
        for axis in (0, 1):
            force[axis] += np.bincount(one, tension[axis], count) - np.bincount(other, tension[axis], count)
        force -= place * 0.12
        length = np.sqrt(force[0] * force[0] + force[1] * force[1]) + 1e-9
        heat = _DISTANCE * 0.9 * (1 - number / rounds) ** 2 + 0.5
        place = place + force / length * np.minimum(length, heat)
    return place


def _fitted(place: Numbers, boxes: Sequence[Box]) -> Numbers:
    """The same picture, wider than high, and just large enough for the boxes with some air between them."""
    need = sum((2 * box.half + _GAP) * (box.above + box.below + _GAP) for box in boxes) * (_ROOM + _MORE_ROOM / len(boxes))
    wide, high = (float(axis.max() - axis.min()) + _DISTANCE for axis in place)
    scale = min(1.0, sqrt(need / (wide * high)))
    return np.stack([place[0] * scale * sqrt(_STRETCH), place[1] * scale / sqrt(_STRETCH)])


def _push_apart(place: Numbers, boxes: Sequence[Box]) -> Numbers:
    """Move boxes that overlap, each time along the shorter way, until none do or patience ends."""
    if len(boxes) > _CROWD:
        return place
    half = np.array([box.half for box in boxes])
    high = np.array([(box.above + box.below) / 2 for box in boxes])
    sink = np.array([(box.below - box.above) / 2 for box in boxes])
    wide, tall = half[:, None] + half[None, :] + _GAP, high[:, None] + high[None, :] + _GAP
    x, y = place[0].copy(), place[1] + sink
    for _ in range(500 if len(boxes) <= 300 else 25):
        right, down = x[None, :] - x[:, None], y[None, :] - y[:, None]
        over_x, over_y = wide - np.abs(right), tall - np.abs(down)
        clash = (over_x > 0) & (over_y > 0)
        np.fill_diagonal(clash, val=False)
        if not clash.any():
            break
        sideways = clash & (over_x < over_y * 1.2)
        upright = clash & ~sideways
        x += np.add.reduce(np.where(sideways, np.where(right < 0, -over_x, over_x) * 0.27, 0.0), axis=0)
        y += np.add.reduce(np.where(upright, np.where(down < 0, -over_y, over_y) * 0.27, 0.0), axis=0)
    return np.stack([x, y - sink])


def _arrange(members: Sequence[int], boxes: Sequence[Box], springs: Sequence[Spring]) -> dict[int, tuple[float, float]]:
    """The places of one connected part, around its own centre."""
    order = _order(members, springs)
    local = {member: number for number, member in enumerate(order)}
    place = _spread(len(order), [Spring(local[s.first], local[s.second], s.pull) for s in springs])
    mine = [boxes[member] for member in order]
    place = _push_apart(_fitted(place, mine), mine)
    return {member: (float(place[0, number]), float(place[1, number])) for member, number in local.items()}


def _packed(sizes: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corner of each frame: in rows, the highest first, where lower ones stand on each other beside it."""
    limit = max([*(width for width, _ in sizes), sqrt(sum(width * height for width, height in sizes) * _WIDER)], default=0.0)
    corners = [(0.0, 0.0)] * len(sizes)
    top, row, left, column, filled = 0.0, 0.0, 0.0, 0.0, 0.0  # of the row: where, how high; of its last column: where, how wide, how full
    for number in sorted(range(len(sizes)), key=lambda number: (-sizes[number][1], number)):
        width, height = sizes[number]
        if filled + height > row or left + max(column, width) > limit:
            left, column, filled = left + column, 0.0, 0.0
        if left + width > limit or not row:
            top, row, left = top + row, height, 0.0
        corners[number] = (left, top + filled)
        column, filled = max(column, width), filled + height
    return corners


def _shelves(blocks: Sequence[dict[int, tuple[float, float]]], boxes: Sequence[Box]) -> dict[int, tuple[float, float]]:
    """Blocks side by side, each with some air around it."""
    frames = []
    for block in blocks:
        left = min(x - boxes[n].half for n, (x, _) in block.items())
        top = min(y - boxes[n].above for n, (_, y) in block.items())
        right = max(x + boxes[n].half for n, (x, _) in block.items())
        bottom = max(y + boxes[n].below for n, (_, y) in block.items())
        frames.append((left, top, right - left + 3 * _GAP, bottom - top + 3 * _GAP))
    corners = _packed([(width, height) for _, _, width, height in frames])
    places: dict[int, tuple[float, float]] = {}
    for block, (left, top, _, _), (across, down) in zip(blocks, frames, corners, strict=True):
        places |= {n: (x - left + across, y - top + down) for n, (x, y) in block.items()}
    return places


def place(boxes: Sequence[Box], springs: Sequence[Spring]) -> list[Place]:
    """The centre of each box, in whole pixels around (0, 0), y downwards. About 2 s for 1,000 entities in one part, 0.3 s for 150.

    Entities without a line stand in rows of their own below the others.
    """
    by_part: dict[int, list[Spring]] = {}
    parts = _parts(len(boxes), springs)
    part_of = {member: number for number, part in enumerate(parts) for member in part}
    for spring in springs:
        by_part.setdefault(part_of[spring.first], []).append(spring)
    joined = [_arrange(part, boxes, by_part[number]) for number, part in enumerate(parts) if number in by_part]
    alone = [{part[0]: (0.0, 0.0)} for number, part in enumerate(parts) if number not in by_part]
    places = _shelves(joined, boxes)
    below = max((y + boxes[n].below for n, (_, y) in places.items()), default=0.0) + 4 * _GAP
    places |= {n: (x, y + below) for n, (x, y) in _shelves(alone, boxes).items()}
    shown = [places[n] for part in joined for n in part] or list(places.values())
    if not shown:
        return []
    middle = [(min(values) + max(values)) / 2 for values in zip(*shown, strict=True)]
    return [(round(places[n][0] - middle[0]), round(places[n][1] - middle[1])) for n in range(len(boxes))]
