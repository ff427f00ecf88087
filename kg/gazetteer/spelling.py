"""The spellings of one name that news writes without thinking: other apostrophes and hyphens, no accents, "al-" in four ways.

So the data files need "al-Qaeda" and "Côte d'Ivoire" only once.
"""

import re
import unicodedata
from bisect import bisect_right

# One character for one character, so that offsets hold.
_SAME = dict(zip("’‘ʼ`´‐‑–\u00a0\u202f\u2009\t\r\v\f", "'''''---" + " " * 7, strict=True))
_ODD = re.compile(f"[{''.join(_SAME)}]")
_LETTERS = str.maketrans({"ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "ʻ": ""})
_AL = re.compile(r"\b([Aa]l|[Ee]l)[- ](?=\w)")
_GAP = re.compile(r" *\n[ \n]*| {2,}")
_POSSESSIVE = re.compile(r"(?<=\w)(?:'[sS]|(?<=[sSzZ])')$|(?<=\.)'s$")


def same(text: str) -> str:
    """The text with plain apostrophes, hyphens and spaces, as long as before."""
    return _ODD.sub(lambda odd: _SAME[odd.group()], text)


def without_accents(text: str) -> str:
    """The letters of "Erdoğan" without their marks."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


def spellings(name: str) -> list[str]:
    """The name itself first, then its other spellings.

    >>> spellings("al-Qaeda")
    ['al-Qaeda', 'Al-Qaeda', 'al Qaeda', 'Al Qaeda']
    """
    name = same(name)
    forms = [name] if name.isascii() else [name, without_accents(name)]
    if not _AL.search(name):
        return forms
    return [_AL.sub(article, form) for form in forms for article in _articles(form)]


def _articles(form: str) -> list[str]:
    found = _AL.search(form)
    stem = found.group(1).lower() if found else "al"
    return [f"{stem}-", f"{stem.title()}-", f"{stem} ", f"{stem.title()} "]


def bare(text: str) -> str:
    """A name as it is looked up: one line, no leading "the", no possessive.

    >>> bare("the  United States’")
    'United States'
    """
    plain = _POSSESSIVE.sub("", " ".join(same(text).split()))
    return plain[4:] if plain[:4].lower() == "the " else plain


class FlatText:
    """A text whose single line breaks and runs of spaces are one space each, with the way back to its own offsets.

    A blank line stays a line break: no name goes over the end of a paragraph.
    """

    __slots__ = ("_cuts", "_lost", "text")

    def __init__(self, text: str) -> None:
        plain = same(text)
        pieces: list[str] = []
        self._cuts, self._lost = [0], [0]  # from this place of the flat text on, so many characters are missing
        done = flat = 0
        for gap in _GAP.finditer(plain):
            pieces += (plain[done : gap.start()], "\n" if gap.group().count("\n") > 1 else " ")
            flat += gap.start() - done + 1
            done = gap.end()
            if done - flat != self._lost[-1]:
                self._cuts.append(flat)
                self._lost.append(done - flat)
        self.text = "".join([*pieces, plain[done:]])

    def original(self, place: int) -> int:
        """The offset in the given text of a character of the flat text."""
        return place + self._lost[bisect_right(self._cuts, place) - 1]
