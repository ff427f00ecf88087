"""Whether confidence keeps its word: of the claims with confidence 0.7, about seven in ten should be right.

The diagram and the expected calibration error are those of Guo et al. (2017), "On calibration of modern neural networks", with bins of 0.1.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.evaluation.claim_data import ClaimsAnswer, ClaimsRow
from kg.evaluation.matching import match

_BINS = 10
_SIDE, _MARGIN = 300, 46


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims of about the same confidence: how many, their mean confidence, and the share of them that is right."""

    claims: int
    confidence: float
    right: float


def judged(rows: Iterable[ClaimsRow], answers: Iterable[ClaimsAnswer]) -> Iterator[tuple[float, bool]]:
    """The confidence of each claim that has a sign, and whether it fits a gold claim."""
    given = {answer.id: answer for answer in answers}
    for row in rows:
        answer = given.get(row.id)
        if answer is not None:
            matching = match(row, answer.claims)
            for number, found in enumerate(matching.found):
                yield found.claim.confidence, number in matching.fitting


def bins(claims: Iterable[tuple[float, bool]]) -> list[Bin]:
    """Ten bins of confidence; those without a claim are left out.

    >>> bins([(0.71, True), (0.79, False), (0.2, False)])
    [Bin(claims=1, confidence=0.2, right=0.0), Bin(claims=2, confidence=0.75, right=0.5)]
    """
    filled: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in claims:
        filled[min(int(confidence * _BINS), _BINS - 1)].append((confidence, right))
    return [
        Bin(len(inside), sum(one for one, _ in inside) / len(inside), sum(right for _, right in inside) / len(inside))
        for _, inside in sorted(filled.items())
    ]


def calibration_error(found: Sequence[Bin]) -> float:
    """How far confidence and share of right claims lie apart, on average over claims; 0 is best."""
    claims = sum(one.claims for one in found)
    return sum(one.claims * abs(one.confidence - one.right) for one in found) / max(1, claims)


def diagram(found: Sequence[Bin], title: str) -> str:
    """The reliability diagram as SVG: a dot a bin, its area by its claims; on the diagonal confidence keeps its word."""
    most = max((one.claims for one in found), default=1)
    dots = "".join(_dot(one, most) for one in found)
    ticks = "".join(_tick(step / 5) for step in range(6))
    size = _SIDE + 2 * _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}" '
        f'font-family="sans-serif" font-size="12"><rect width="{size}" height="{size}" fill="#fff"/>'
        f'<text x="{size / 2}" y="22" text-anchor="middle" font-size="13">{title}</text>'
        f'<line x1="{_MARGIN}" y1="{_MARGIN + _SIDE}" x2="{_MARGIN + _SIDE}" y2="{_MARGIN}" stroke="#999" stroke-dasharray="4 4"/>'
        f"{ticks}{dots}"
        f'<text x="{size / 2}" y="{size - 8}" text-anchor="middle">confidence</text>'
        f'<text transform="translate(12 {size / 2}) rotate(-90)" text-anchor="middle">share that is right</text></svg>\n'
    )


def _dot(one: Bin, most: int) -> str:
    x, y = _MARGIN + one.confidence * _SIDE, _MARGIN + (1 - one.right) * _SIDE
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{4 + 12 * (one.claims / most) ** 0.5:.1f}" fill="#1f77b4" fill-opacity="0.7">'
        f"<title>{one.claims} claims, confidence {one.confidence:.2f}, right {one.right:.2f}</title></circle>"
    )


def _tick(value: float) -> str:
    x, y, low = _MARGIN + value * _SIDE, _MARGIN + (1 - value) * _SIDE, _MARGIN + _SIDE
    return (
        f'<line x1="{x}" y1="{_MARGIN}" x2="{x}" y2="{low}" stroke="#eee"/>'
        f'<line x1="{_MARGIN}" y1="{y}" x2="{low}" y2="{y}" stroke="#eee"/>'
        f'<text x="{x}" y="{low + 16}" text-anchor="middle">{value:.1f}</text>'
        f'<text x="{_MARGIN - 6}" y="{y + 4}" text-anchor="end">{value:.1f}</text>'
    )
