"""Mentions that are known beforehand: stretches that someone marked in a text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.language import Parsed, Word
from kg.mentions.found import Found, candidate
from kg.model import Kind, Span

_KINDS: dict[str, Kind] = {"PERSON": "person", "GPE": "country"}


def with_marked(parsed: Parsed, found: Mapping[Word, Found], marked: Sequence[Span]) -> dict[Word, Found]:
    """The mentions found, but each marked stretch is one as it stands; others that share a word with one are left out.

    With "Iranian Foreign Minister Zarif" marked, neither "Iranian" nor "Zarif" is a mention beside it. A pronoun stays a pronoun, and a
    stretch that covers no word is no mention. Of two stretches with one head the longer is kept.
    """
    stretches = [words for span in sorted(set(marked), key=lambda span: (span.start - span.end, span)) if (words := parsed.words_in(span))]
    given: dict[Word, Found] = {}
    for words in stretches:
        one = _marked(parsed, found, words)
        given.setdefault(one.head, one)
    taken = {word for words in stretches for word in words}
    kept = {head: one for head, one in found.items() if not any(one.covers(word) for word in taken)}
    return dict(sorted((kept | given).items(), key=lambda item: item[0].i))


def _marked(parsed: Parsed, found: Mapping[Word, Found], words: Sequence[Word]) -> Found:
    """What is known of the head goes over: the gazetteer's entry, kind, gender and number."""
    made = candidate(parsed, words[0], words[-1], None, "name", "marked")
    known = found.get(made.head)
    if known is None:
        kind = _KINDS.get(made.head.entity, "group")
        return replace(made, kind=kind, plural=made.head.tag in {"NNS", "NNPS"})
    if known.form == "pronoun":
        return replace(known, first=made.first, last=made.last, text=made.text)
    return replace(made, kind=known.kind or "group", entry=known.entry, gender=known.gender, plural=known.plural)
