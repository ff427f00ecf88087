"""Who stands how towards whom as a matrix: a row for who, a column for whom, a square for their claims."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from xml.etree import ElementTree as ET

from kg.model import Graph, ModalityClass
from kg.ontology import Ontology
from kg.views.svg import LEVELS, Svg, add, canvas, written
from kg.views.text import shown

TOP = 30
WEIGHTS: Mapping[ModalityClass, float] = {"actual": 1.0, "uncertain": 0.4, "negative": 0.0}
_SIDE = 26
_NAME = 26  # characters
_TITLE = "Who stands how towards whom"


@dataclass(frozen=True, slots=True)
class Cell:
    """All claims of one actor towards another; `weight`: the mean of polarity times the weight of the modality class, -1 to 1."""

    claims: int
    friendly: int
    hostile: int
    weight: float

    @property
    def level(self) -> int:
        """The shade, -4 to 4; the least weight that is none is seen, too."""
        level = round(abs(self.weight) * LEVELS) or (1 if self.weight else 0)
        return level if self.weight > 0 else -level

    @property
    def glyph(self) -> str:
        """The second sign beside the colour."""
        if self.weight:
            return "+" if self.weight > 0 else "×"
        return "±" if self.friendly and self.hostile else ""

    @property
    def words(self) -> str:
        """The cell in words: "3 claims, 2 friendly, 1 hostile, weight +0.13"."""
        return f"{self.claims} claim{'s' * (self.claims != 1)}, {self.friendly} friendly, {self.hostile} hostile, weight {self.weight:+.2f}"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Actors by id with their names, those with most claims first; cells by who and whom; `of`: how many actors there are in all."""

    actors: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[str, str], Cell]
    of: int


def matrix_of(graph: Graph, ontology: Ontology, *, top: int | None = None) -> Matrix:
    """The matrix of the actors with most claims (30; `top` sets another number, 0 takes all).

    A claim of a symmetric relation counts in both directions; one that an actor makes about itself, or about nobody, in none.
    """
    pairs: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for one in graph.claims:
        if one.target is None or one.target.id == one.source.id:
            continue
        pair = (one.source.id, one.target.id)
        counts.update(pair)
        known = ontology.relations.get(one.claim.relation)
        for cell in {pair, pair[::-1]} if known and known.symmetric else {pair}:
            pairs[cell].append((one.claim.polarity, one.claim.polarity * WEIGHTS[one.claim.modality_class]))
    names = {entity.id: shown(entity.name) for entity in graph.entities}
    ranked = sorted(counts, key=lambda actor: (-counts[actor], names[actor], actor))
    kept = ranked[: TOP if top is None else top or None]
    cells = {pair: _cell(found) for pair, found in sorted(pairs.items()) if set(pair) <= set(kept)}
    return Matrix(tuple((actor, names[actor]) for actor in kept), cells, len(ranked))


def _cell(found: list[tuple[int, float]]) -> Cell:
    signs = Counter(sign for sign, _ in found)
    return Cell(len(found), signs[1], signs[-1], round(sum(weight for _, weight in found) / len(found), 4))


def matrix_svg(matrix: Matrix) -> Svg:
    """The matrix as SVG; the same matrix gives the same bytes. Each square tells its claims on hover and to a screen reader."""
    longest = max((len(_short(name)) for _, name in matrix.actors), default=0)
    left, top = 24 + longest * 7, 70 + longest * 5
    across = left + len(matrix.actors) * _SIDE
    root = canvas(max(across + longest * 5 + 24, 760), max(top + len(matrix.actors) * _SIDE, 100) + 56, _TITLE, _description(matrix))
    if not matrix.cells:
        return written(root)
    _axes(root, matrix, left, top)
    most = max(cell.claims for cell in matrix.cells.values())
    group = add(root, "g", role="list", aria_label=_TITLE)
    place = {actor: number for number, (actor, _) in enumerate(matrix.actors)}
    names = dict(matrix.actors)
    for who, whom in sorted(matrix.cells, key=lambda pair: (place[pair[0]], place[pair[1]])):
        at = (left + place[whom] * _SIDE, top + place[who] * _SIDE)
        _square(group, matrix.cells[who, whom], f"{_short(names[who])} towards {_short(names[whom])}", at, most)
    _legend(root, top + len(matrix.actors) * _SIDE + 30)
    return written(root)


def _description(matrix: Matrix) -> str:
    if not matrix.cells:
        return "No claims: no actor stands towards another."
    shown_of = f"{len(matrix.actors)} of {matrix.of} shown. " if len(matrix.actors) < matrix.of else ""
    return f"{shown_of}Row: who. Column: towards whom. The larger a square, the more claims; its colour is their mean weight."


def _short(name: str) -> str:
    return shown(name, limit=_NAME)


def _axes(root: ET.Element, matrix: Matrix, left: int, top: int) -> None:
    length = len(matrix.actors) * _SIDE
    for number, (_, name) in enumerate(matrix.actors):
        middle = number * _SIDE + _SIDE / 2
        add(root, "path", stroke="rule", d=f"M{left} {top + middle:g}h{length}M{left + middle:g} {top}v{length}", stroke_width=0.5)
        add(root, "text", fill="ink", x=left - 8, y=f"{top + middle + 4:g}", text_anchor="end", text=_short(name))
        turned = f"translate({left + middle:g} {top - 6}) rotate(-45)"
        add(root, "text", fill="ink", transform=turned, text=_short(name))


def _square(group: ET.Element, cell: Cell, pair: str, at: tuple[int, int], most: int) -> None:
    side = round(max(9.0, (_SIDE - 2) * sqrt(cell.claims / most)), 1)
    shade = {1: "plus", 0: "zero", -1: "minus"}[(cell.level > 0) - (cell.level < 0)]
    words = f"{pair}: {cell.words}"
    item = add(group, "g", role="listitem", aria_label=words, title=words)
    x, y = at[0] + _SIDE / 2, at[1] + _SIDE / 2
    box = {"x": f"{x - side / 2:g}", "y": f"{y - side / 2:g}", "width": f"{side:g}", "height": f"{side:g}"}
    add(item, "rect", fill=f"{shade}{abs(cell.level) or 1}", stroke=shade, **box)
    if cell.glyph:
        ink = "paper" if abs(cell.level) == LEVELS else "ink"
        add(item, "text", fill=ink, x=f"{x:g}", y=f"{y + 4:g}", text_anchor="middle", font_weight=700, text=cell.glyph)


def _legend(root: ET.Element, y: int) -> None:
    add(root, "text", fill="soft", x=16, y=y + 4, text="hostile ×")
    for number in range(2 * LEVELS + 1):
        level = number - LEVELS
        shade = "minus" if level < 0 else "plus" if level else "zero"
        add(root, "rect", fill=f"{shade}{abs(level) or 1}", stroke=shade, x=84 + number * 18, y=y - 8, width=16, height=16)
    add(root, "text", fill="soft", x=92 + (2 * LEVELS + 1) * 18, y=y + 4, text="+ friendly   (actual 1, uncertain 0.4, negative 0)")
