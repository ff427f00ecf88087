"""The form of a name that is shown: one line, without titles, article, Jr. and possessive; initials, which the key leaves out, stay."""

import re
from functools import lru_cache

from kg.model import Kind, entity_key

_INITIAL = re.compile(r"[^\W\d_]\.?")
_POSSESSIVE = re.compile(r"['’](s)?$")


def one_line(text: str) -> str:
    """The words of a mention with single spaces: a name that is broken over two lines is the same name."""
    return " ".join(text.split())


@lru_cache(maxsize=65_536)
def clean_name(text: str, kind: Kind) -> str:
    """A name without title, article and possessive, which do not change its key; initials do not either but stay, as people know them.

    >>> clean_name("Gen. Mark A. Milley", "person"), clean_name("the Quds Force's", "group")
    ('Mark A. Milley', 'Quds Force')
    """
    plain = one_line(text)
    key = entity_key(plain, kind)
    bare = _POSSESSIVE.sub("", plain)
    words = (bare if entity_key(bare, kind) == key else plain).split()
    for word in list(words):
        place = words.index(word)
        rest = words[:place] + words[place + 1 :]
        if rest and not _INITIAL.fullmatch(word) and entity_key(" ".join(rest), kind) == key:
            words = rest
    return " ".join(words).strip(",;: ") or plain


def is_surname_only(text: str, kind: Kind) -> bool:
    """Whether a person is named by one word alone, so that two people of that name would fall together.

    >>> is_surname_only("Gen. Milley", "person"), is_surname_only("Mark Milley", "person")
    (True, False)
    """
    return kind == "person" and " " not in clean_name(text, kind)
