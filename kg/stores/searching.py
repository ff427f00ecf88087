"""Words looked up in the sentences of claims, over the full-text index that both stores have."""

import re

from kg.errors import SettingsError, StoreError
from kg.model.cypher_form import WORDS_INDEX
from kg.stores.contract import Result, Store

MOST_WORDS = 50
_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+|(?<=\d),(?=\d)[^\W_]+)*")  # as the index cuts a sentence: ISIS-K is two words, U.S is one
_SEARCH = """
CALL db.index.fulltext.queryNodes($index, $words) YIELD node AS c, score
WHERE c.rejected IS NULL
MATCH (c)-[:SOURCE]->(s:Entity), (c)-[:FROM_DOC]->(d:Document)
OPTIONAL MATCH (c)-[:TARGET]->(t:Entity)
OPTIONAL MATCH (c)-[:CLAIMED_BY]->(w:Entity)
RETURN c.sentence, s.name, c.relation, c.modality, c.value, t.name, coalesce(w.name, c.claimer_text),
  coalesce(c.event_start, c.event_end, c.claimed), coalesce(d.title, d.outlet, d.url, d.path, d.id), c.confidence, c.id
ORDER BY score DESC, c.id
"""


def search_query(words: str) -> str:
    """What the index is asked: every word must occur. Words go quoted, so that none is an operator, and nothing else of the text goes.

    >>> search_query('held-talks: (Tavland) OR "x')
    '+"held" +"talks" +"Tavland" +"OR" +"x"'

    Raises:
        SettingsError: there is no word, or there are too many.
    """
    found = list(dict.fromkeys(_WORD.findall(words)))
    if not found:
        raise SettingsError(f"no word to search for in {words[:60]!r}")
    if len(found) > MOST_WORDS:
        raise SettingsError(f"{len(found)} words to search for; {MOST_WORDS} at most")
    return " ".join(f'+"{word}"' for word in found)


def search(store: Store, words: str, *, limit: int | None, timeout: float | None) -> Result:
    """Claims in whose sentence all these words stand, the best first, those alike by id.

    Raises:
        StoreError: this store has no index of words yet, or fails.
        SettingsError: there is no word, or there are too many.
    """
    asked = {"index": WORDS_INDEX, "words": search_query(words)}
    try:
        return store.query(_SEARCH, asked, limit=limit, timeout=timeout)
    except StoreError as error:
        if "querynodes" not in str(error).lower() and WORDS_INDEX not in str(error):
            raise
        raise StoreError(f"{store.where}: this store has no index of words; kg store upgrade makes it") from error
