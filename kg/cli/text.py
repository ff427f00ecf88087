"""Text on its way to a terminal, which obeys some characters instead of showing them."""

import sys
import unicodedata

_OBEYED = {"Cc", "Cs", "Zl", "Zp"}
_TURN = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # change the direction of what follows


def plain(text: str) -> str:
    r"""The text on one line, without characters that move the cursor, colour, turn or end the line.

    >>> plain("Kabul\n\x1b[31mnow")
    'Kabul [31mnow'
    """
    one_line = " ".join(text.split())
    return "".join(c for c in one_line if c not in _TURN and unicodedata.category(c) not in _OBEYED)


def count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "claim"), count(1200, "claim")
    ('1 claim', '1,200 claims')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def say(message: str) -> None:
    """One line on standard error."""
    sys.stderr.write(f"kg: {plain(message)}\n")
