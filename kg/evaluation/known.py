"""What the gazetteer that kg ships knows about a name of the gold data."""

from functools import cache

from kg.gazetteer import Entry, Gazetteer, load_gazetteer


@cache
def _gazetteer() -> Gazetteer:
    return load_gazetteer()


def entry_named(text: str) -> Entry | None:
    """The entry whose name this is; a demonym ("Iraqi"), a capital or a seat ("Kremlin") is no name of the country.

    >>> entry_named("the U.S.").id, entry_named("Iraqi"), entry_named("Paris")
    ('country:US', None, None)
    """
    whole = len(text)
    named = [match for match in _gazetteer().find(text) if match.alias.type == "name" and match.end == whole]
    return next((match.entry for match in named if text[: match.start].lower() in {"", "the "}), None)
