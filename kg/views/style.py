"""How things are drawn: colours, shapes, line patterns and icons, in one place for the picture, its legend and pyvis' own dicts.

The two signs differ in colour (Okabe and Ito's blue and vermilion, told apart with any colour vision) and by a second sign, + or ×;
the three modality classes by pattern; the three kinds of entities by shape, icon and colour.
"""

from collections.abc import Mapping
from math import sqrt

from kg.model import Kind, ModalityClass

type Palette = Mapping[str, str]

LIGHT: Palette = {
    "paper": "#fbfaf7",
    "surface": "#ffffff",
    "ink": "#1d2126",
    "soft": "#5a6169",
    "rule": "#dcd9d2",
    "accent": "#0b5fa5",
    "plus": "#0072b2",
    "minus": "#c44e00",
    "zero": "#70767d",
    "person": "#6a4c9c",
    "group": "#2b6e4f",
    "country": "#855800",
    "icon": "#ffffff",
    "source": "#d5e6f6",
    "target": "#f6e3c4",
    "cue": "#f7d6e6",
}
DARK: Palette = {
    "paper": "#14181b",
    "surface": "#1d2226",
    "ink": "#e9ebed",
    "soft": "#a3abb3",
    "rule": "#363d43",
    "accent": "#7cc0f5",
    "plus": "#56b4e9",
    "minus": "#f0803c",
    "zero": "#949ca4",
    "person": "#a98be0",
    "group": "#5fb98c",
    "country": "#d3a13f",
    "icon": "#14181b",
    "source": "#1f4a6b",
    "target": "#5c4416",
    "cue": "#652b4a",
}
SIGNS: Mapping[int, tuple[str, str]] = {1: ("plus", "+"), -1: ("minus", "×"), 0: ("zero", "")}
SHAPES: Mapping[Kind, str] = {"person": "dot", "group": "square", "country": "hexagon"}
# Drawn in a square of 24 by 24.
ICONS: Mapping[Kind, str] = {
    "person": "M12 11.6a4.1 4.1 0 1 0 0-8.2 4.1 4.1 0 0 0 0 8.2zM4.4 20.4c0-4.3 3.3-6.9 7.6-6.9s7.6 2.6 7.6 6.9z",
    "group": (
        "M8.3 11.2a3.4 3.4 0 1 0 0-6.8 3.4 3.4 0 0 0 0 6.8zM16.6 11.6a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z"
        "M1.8 19.4c0-3.6 2.8-5.8 6.5-5.8s6.5 2.2 6.5 5.8zM16.5 19.4h5.7c0-3-2.3-5-5.6-5-.7 0-1.3.1-1.9.2 1.1 1.2 1.8 2.8 1.8 4.8z"
    ),
    "country": "M6 3h1.9v18h-1.9zM8.7 4.2h10.8l-2.6 4.3 2.6 4.3h-10.8z",
}
# Lengths of stroke and gap in line widths, and the least length in pixels.
_DASHES: Mapping[ModalityClass, tuple[float, float, float, float]] = {"uncertain": (3, 8, 2, 5), "negative": (1, 2, 1.6, 4)}
MAX_WIDTH = 11.0


def width(claims: int) -> float:
    """The width of a line, by the square root of its claims: four times the claims look twice as much."""
    return round(min(MAX_WIDTH, 2.1 * sqrt(claims)), 2)


def dashes(modality_class: ModalityClass, line_width: float) -> list[float] | bool:
    """The pattern of a line as vis-network takes it: solid for actual, dashed for uncertain, dotted for negative.

    >>> dashes("actual", 2), dashes("uncertain", 2), dashes("negative", 2)
    (False, [8, 5], [2, 4])
    """
    if modality_class not in _DASHES:
        return False
    stroke, least_stroke, gap, least_gap = _DASHES[modality_class]
    return [round(max(least_stroke, stroke * line_width), 1), round(max(least_gap, gap * line_width), 1)]


def radius(claims: int) -> int:
    """The size of an entity, by the square root of the claims about it."""
    return min(30, 13 + round(2.2 * sqrt(claims)))


def variables() -> str:
    """The palettes as CSS custom properties: the dark one where the reader's system asks for it, or as chosen on the page."""

    def block(chosen: str, palette: Palette, scheme: str) -> str:
        return f":root{chosen}{{" + "".join(f"--{name}:{colour};" for name, colour in palette.items()) + f"color-scheme:{scheme}}}"

    by_system = f"@media (prefers-color-scheme: dark){{{block(':not([data-theme=light])', DARK, 'dark')}}}"
    return f"{block('', LIGHT, 'light')}\n{by_system}\n{block('[data-theme=dark]', DARK, 'dark')}\n"
