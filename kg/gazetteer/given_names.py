"""Given names with one clear gender, for "he" and "she"."""

import tomllib
from functools import cache
from importlib import resources
from typing import Literal

from kg.gazetteer.spelling import without_accents


@cache
def _table() -> dict[str, Literal["m", "f"]]:
    data = tomllib.loads(resources.files("kg.gazetteer").joinpath("given_names.toml").read_text(encoding="utf8"))
    table: dict[str, Literal["m", "f"]] = {}
    for gender in ("m", "f"):
        for names in data[gender].values():
            table |= dict.fromkeys(names.split(), gender)
    return table


def given_name_gender(name: str) -> Literal["m", "f"] | None:
    """The gender of a given name, None where it is unknown or borne by both; accents may be left out.

    >>> given_name_gender("Angela"), given_name_gender("Robin")
    ('f', None)
    """
    return _table().get(without_accents(name.strip()).title())
