"""An SVG file built of elements: text is only ever text, the same elements give the same bytes, dark where the system is dark."""

from pathlib import Path
from xml.etree import ElementTree as ET

from kg.views import style
from kg.views.text import shown

_SHARES = (0.3, 0.5, 0.75, 1.0)  # of the full colour, for a weight of a quarter to one
_FONT = 'system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'
LEVELS = len(_SHARES)


class Svg(str):
    """The text of an SVG picture; a notebook shows it as one."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)

    def write(self, path: str | Path) -> None:
        """Write it as a UTF-8 file.

        Raises:
            OSError: the file cannot be written.
        """
        Path(path).write_text(self, encoding="utf8", newline="\n")


def _mixed(colour: str, other: str, share: float) -> str:
    """A colour with so much of itself and the rest of another.

    >>> _mixed("#ff0000", "#ffffff", 0.5)
    '#ff8080'
    """
    pairs = [(int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{int(one * share + two * (1 - share) + 0.5):02x}" for one, two in pairs)


def _colours(palette: style.Palette) -> dict[str, str]:
    """The palette, and the shades of the two signs by level: plus1 ... plus4, minus1 ... minus4."""
    shades = {
        f"{sign}{level}": _mixed(palette[sign], palette["paper"], share)
        for sign in ("plus", "minus", "zero")
        for level, share in enumerate(_SHARES, start=1)
    }
    return {**palette, **shades}


_LIGHT, _DARK = _colours(style.LIGHT), _colours(style.DARK)


def _style() -> str:
    """The dark colours; the light ones are attributes, so that programs without CSS draw them too."""
    rules = "".join(f".f-{name}{{fill:{colour}}}.s-{name}{{stroke:{colour}}}" for name, colour in sorted(_DARK.items()))
    return f"@media (prefers-color-scheme:dark){{{rules}}}"


def add(
    parent: ET.Element,
    tag: str,
    *,
    fill: str | None = None,
    stroke: str | None = None,
    text: str | None = None,
    title: str | None = None,
    **attributes: object,
) -> ET.Element:
    """Add an element; `fill` and `stroke` name colours of the palette ("minus3"), `title` is shown on hover, `x_y` is the attribute x-y."""
    element = ET.SubElement(parent, tag)
    classes = [f"{kind}-{name}" for kind, name in (("f", fill), ("s", stroke)) if name]
    if classes:
        element.set("class", " ".join(classes))
    for kind, name in (("fill", fill), ("stroke", stroke)):
        if name:
            element.set(kind, _LIGHT[name])
    for name, value in attributes.items():
        element.set(name.replace("_", "-"), _plain(str(value)))
    if title is not None:
        ET.SubElement(element, "title").text = _plain(title)
    if text is not None:
        element.text = _plain(text)
    return element


def canvas(width: float, height: float, title: str, description: str) -> ET.Element:
    """An empty picture with its background, its name and what a screen reader says of it."""
    root = ET.Element(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width:g} {height:g}", width=f"{width:g}", height=f"{height:g}"
    )
    root.set("font-family", _FONT)
    root.set("font-size", "12")
    ET.SubElement(root, "title").text = _plain(title)
    ET.SubElement(root, "desc").text = _plain(description)
    ET.SubElement(root, "style").text = _style()
    add(root, "rect", fill="paper", width="100%", height="100%")
    add(root, "text", fill="ink", x=16, y=26, font_size=16, font_weight=650, text=title)
    add(root, "text", fill="soft", x=16, y=46, text=description)
    return root


def written(root: ET.Element) -> Svg:
    """The picture as text."""
    return Svg(ET.tostring(root, encoding="unicode") + "\n")


def _plain(text: str) -> str:
    """Text without what XML forbids."""
    return shown(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
