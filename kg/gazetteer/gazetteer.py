"""Looking names up, and finding them in running text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.gazetteer.entries import Alias, Entry, Match
from kg.gazetteer.spelling import FlatText, bare, same, spellings
from kg.model import Kind

_WORD = re.compile(r"\w+")
_SHOUTED = 5  # letters that a name must have to be known in capitals: TALIBAN, but not EU for a "Eu"


@dataclass(frozen=True, slots=True)
class _Form:
    """The alias that a spelling stands for; without an entry a phrase that names no actor."""

    entry: Entry | None
    alias: Alias


@dataclass(frozen=True)
class Gazetteer:
    """The entries by id; `digest` stands for the contents of all files. Entries of users' files come first in `find` and `lookup`."""

    entries: Mapping[str, Entry] = field(repr=False)
    digest: str
    not_names: tuple[str, ...] = field(default=(), repr=False)
    _forms: Mapping[str, list[tuple[str, _Form]]] = field(init=False, repr=False, compare=False)
    _whole: Mapping[str, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        forms = _forms_of(self.entries.values(), self.not_names)
        object.__setattr__(self, "_forms", _by_first_word(forms))
        object.__setattr__(self, "_whole", _by_whole_name(forms))

    def lookup(self, text: str, kind: Kind | None = None) -> Entry | None:
        """The entry that a whole name means; "the", a possessive, accents and white space do not matter, capitals do.

        >>> from kg.gazetteer import load_gazetteer
        >>> load_gazetteer().lookup("the  Iraqis'").id
        'country:IQ'
        """
        entry = self._whole.get(bare(text))
        return entry if entry is not None and kind in (None, entry.kind) else None

    def find(self, text: str) -> tuple[Match, ...]:
        """All names in running text, left to right, the longest at each place, never overlapping, on word boundaries.

        "U.S." is found in "U.S.-led" and "ISIS-K" in "ISIS-K.", "US" is not in "USE"; names of five letters and more are also known in
        capitals ("TALIBAN"). Capitals, demonyms, seats and ambiguous names are found too: what they mean here is the caller's question.
        """
        flat = FlatText(text)
        return tuple(
            Match(flat.original(start), flat.original(end - 1) + 1, form.entry, form.alias)
            for start, end, form in self._occurrences(flat.text)
            if form.entry is not None
        )

    def _occurrences(self, flat: str) -> Iterator[tuple[int, int, _Form]]:
        done = 0
        known = self._forms
        for word in _WORD.finditer(flat):
            forms = known.get(word.group())
            if forms is None or word.start() < done:
                continue
            start = word.start()
            for name, form in forms:
                if flat.startswith(name, start) and _is_whole(form, flat, start, start + len(name)):
                    done = start + len(name)
                    yield start, done, form
                    break


def _is_whole(form: _Form, flat: str, start: int, end: int) -> bool:
    after = flat[end : end + 2]
    if after[:1].isalnum() or (after[:1] == "." and after[1:].isalnum() and flat[end - 2 : end - 1] == "."):  # the U.S.S. Grayback
        return False
    if flat[max(start - 3, 0) : start].lower() in {"al-", "el-"}:  # Abu Hamza al-Iraqi
        return False
    return not (form.alias.ambiguous and end - start < _SHOUTED and _is_shouted(flat, start, end))


def _is_shouted(flat: str, start: int, end: int) -> bool:
    """Whether the words around are capitals as well, so that IS or WHO is no abbreviation but a word."""
    around = flat[max(start - 20, 0) : start] + flat[end : end + 20]
    return around.isupper()


def _forms_of(entries: Iterable[Entry], not_names: Iterable[str]) -> dict[str, _Form]:
    """Every spelling of every alias, except phrases that are no names; what comes first wins, capitals ("TALIBAN") come last."""
    forms = {same(phrase): _Form(None, Alias(phrase, "name")) for phrase in not_names}
    for entry in entries:
        for alias in entry.aliases:
            for text in spellings(alias.text):
                forms.setdefault(text, _Form(entry, alias))
    for text, form in list(forms.items()):
        shouted = text.upper()
        if shouted not in forms and (len(shouted) > 2 * _SHOUTED or sum(map(str.isalpha, shouted)) >= _SHOUTED):
            forms[shouted] = form
    return forms


def _by_first_word(forms: Mapping[str, _Form]) -> dict[str, list[tuple[str, _Form]]]:
    """The forms that begin with a word, the longest first."""
    table: dict[str, list[tuple[str, _Form]]] = {}
    for text in sorted(forms, key=len, reverse=True):
        first = _WORD.search(text)
        if first is not None:
            table.setdefault(first.group(), []).append((text, forms[text]))
    return table


def _by_whole_name(forms: Mapping[str, _Form]) -> dict[str, Entry]:
    table: dict[str, Entry] = {}
    for text, form in forms.items():
        if form.entry is not None:
            table.setdefault(bare(text) if "'" in text or text[:4].lower() == "the " else text, form.entry)
    return table
