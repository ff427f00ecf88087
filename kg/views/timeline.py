"""Claims over time: friendly ones upwards, hostile ones downwards, those without a sign in a lane below."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from kg.model import Entity, Graph, ModalityClass, ResolvedClaim
from kg.views.svg import Svg, add, canvas, written
from kg.views.text import shown

_WIDTH, _LEFT, _ROOM = 900, 48, 812
_MOST = 60  # bars
_HIGH = 90  # of the highest bar to one side
_CLASSES: tuple[ModalityClass, ...] = ("actual", "uncertain", "negative")
_SHADE = {"actual": 4, "uncertain": 2, "negative": 1}
_SIGNS = ((1, "plus", "friendly"), (-1, "minus", "hostile"), (0, "zero", "neutral"))
_STEPS: tuple[tuple[str, int, Callable[[date], date]], ...] = (  # name, days at least, the first day of the one a day is in
    ("day", 1, lambda day: day),
    ("week", 7, lambda day: day - timedelta(days=day.weekday())),
    ("month", 28, lambda day: day.replace(day=1)),
    ("quarter", 90, lambda day: day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)),
    ("year", 365, lambda day: day.replace(month=1, day=1)),
    ("decade", 3_652, lambda day: day.replace(year=max(1, day.year // 10 * 10), month=1, day=1)),
    ("century", 36_524, lambda day: day.replace(year=max(1, day.year // 100 * 100), month=1, day=1)),
)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Counts by first day of a step ("week"), sign and modality class; `days`: all steps from the first to the last.

    `undated`: claims without a date; `outside`: of the two in a hundred at either end, those too far away to be drawn.
    """

    title: str
    step: str
    days: tuple[date, ...]
    counts: Counter[tuple[date, int, ModalityClass]]
    undated: int
    outside: int


def _day(one: ResolvedClaim) -> date | None:
    """When it was so, else when it was said."""
    text = one.claim.event.start or one.claim.event.end or one.claim.claimed
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _range(days: Sequence[date]) -> tuple[date, date]:
    """From the first to the last day, without the few that lie far from all others ("since 1945" in the news of a week)."""
    few = len(days) // 50
    low, high = days[few], days[-1 - few]
    room = max((high - low) // 2, timedelta(days=30))
    return max(days[0], low - min(room, low - date.min)), min(days[-1], high + min(room, date.max - high))


def _stepped(first: date, last: date) -> tuple[str, tuple[date, ...], Callable[[date], date]]:
    """The shortest step that makes no more bars than fit."""
    span = (last - first).days + 1
    name, _, start = next((one for one in _STEPS if span <= one[1] * _MOST), _STEPS[-1])
    return name, tuple(sorted({start(first + timedelta(days=number)) for number in range(span)})), start


def timeline_of(graph: Graph, *, between: tuple[Entity, Entity] | None = None) -> Timeline:
    """The claims of a graph over time, or those `between` two of its actors."""
    pair = {entity.id for entity in between} if between else None
    claims = [one for one in graph.claims if pair is None or (one.target and {one.source.id, one.target.id} == pair)]
    dated = [(day, one) for one in claims if (day := _day(one))]
    title = "Claims over time" + (f": {' and '.join(shown(one.name, limit=40) for one in between)}" if between else "")
    if not dated:
        return Timeline(title, "day", (), Counter(), len(claims), 0)
    first, last = _range(sorted(day for day, _ in dated))
    step, days, start = _stepped(first, last)
    drawn = [(day, one) for day, one in dated if first <= day <= last]
    counts = Counter((start(day), one.claim.polarity, one.claim.modality_class) for day, one in drawn)
    return Timeline(title, step, days, counts, len(claims) - len(dated), len(dated) - len(drawn))


def timeline_svg(timeline: Timeline) -> Svg:
    """The timeline as SVG; the same timeline gives the same bytes. Each bar tells its claims on hover and to a screen reader."""
    root = canvas(_WIDTH, 400, timeline.title, _description(timeline))
    if not timeline.counts:
        return written(root)
    sums: Counter[tuple[date, int]] = Counter()
    for (day, sign, _), number in timeline.counts.items():
        sums[day, sign] += number
    scale = _HIGH / max(sums.values())
    _axis(root, timeline, max(sums.values()))
    group = add(root, "g", role="list", aria_label=timeline.title)
    step = _ROOM / len(timeline.days)
    for number, day in enumerate(timeline.days):
        for sign, shade, word in _SIGNS:
            _bar(group, timeline, (day, sign, shade, word), (_LEFT + number * step, min(step * 0.8, 40), scale))
    _legend(root)
    return written(root)


def _description(timeline: Timeline) -> str:
    if not timeline.counts:
        return f"No claims with a date ({timeline.undated} without one)." if timeline.undated else "No claims."
    parts = [f"A bar a {timeline.step}, by the day it was so, else was said."]
    parts += [f"{timeline.undated} without a date."] if timeline.undated else []
    parts += [f"{timeline.outside} far outside, not drawn."] if timeline.outside else []
    return " ".join(parts)


def _axis(root: ET.Element, timeline: Timeline, most: int) -> None:
    for y, number in ((170 - _HIGH, most), (170, 0), (170 + _HIGH, most)):
        add(root, "path", stroke="rule", d=f"M{_LEFT} {y}h{_ROOM}")
        add(root, "text", fill="soft", x=_LEFT - 6, y=y + 4, text_anchor="end", text=str(number))
    step = _ROOM / len(timeline.days)
    for number in range(0, len(timeline.days), -(-len(timeline.days) // 10)):
        x = f"{_LEFT + number * step + min(step * 0.8, 40) / 2:.1f}"
        add(root, "text", fill="soft", x=x, y=352, font_size=11, text_anchor="middle", text=timeline.days[number].isoformat())


def _bar(group: ET.Element, timeline: Timeline, of: tuple[date, int, str, str], at: tuple[float, float, float]) -> None:
    (day, sign, shade, word), (x, width, scale) = of, at
    if sign == 0:
        scale *= 0.6  # its lane is lower
    base = 170.0 if sign else 335.0
    for name in _CLASSES:
        number = timeline.counts[day, sign, name]
        if not number:
            continue
        high = number * scale
        y = base if sign < 0 else base - high
        base += high if sign < 0 else -high
        words = f"{timeline.step} of {day}: {number} {word}, {name}"
        item = add(group, "g", role="listitem", aria_label=words, title=words)
        box = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{high:.1f}"}
        dashes = {"uncertain": {"stroke_dasharray": "4 2"}, "negative": {"stroke_dasharray": "1 2"}}.get(name, {})
        add(item, "rect", fill=f"{shade}{_SHADE[name]}", stroke=shade, **box, **dashes)


def _legend(root: ET.Element) -> None:
    x = 16
    for _, shade, word in _SIGNS:
        add(root, "text", fill="ink", x=x, y=382, font_size=10, text=word)
        x += 12 + 6 * len(word)
        for name in _CLASSES:
            add(root, "rect", fill=f"{shade}{_SHADE[name]}", stroke=shade, x=x, y=372, width=12, height=12)
            add(root, "text", fill="soft", x=x + 17, y=382, font_size=10, text=name)
            x += 24 + 6 * len(name)
        x += 12
