"""Titles and roles of persons: "Qatari *Foreign Minister* X", "X, *the mayor* of London", "X is *president* of Y"."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.language import Parsed, Word
from kg.mentions.found import Found
from kg.mentions.lexicon import lexicon
from kg.model import Span

_REACH = 10
_LINKS = {"of", "for", "the", "and", "&", "-", "'s", "’s", "affairs"}
_FORMER = {"former", "ex", "late", "then", "outgoing"}
_LONG = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "col": "colonel",
    "sec": "secretary",
    "amb": "ambassador",
}
_BEFORE_OFFICE = {"prime", "vice", "foreign", "defense", "defence", "interior"}
_RANKS = {"gen", "lt", "col", "maj", "capt", "sgt", "adm", "brig", "sheikh", "sir", "dr", "mr", "mrs", "ms", "army", "navy"}
_WHEN = {"DATE", "TIME"}
_RANK_ONLY = {"mr", "mrs", "ms", "miss", "dr", "sir", "lady", "lord", "dame"}


@dataclass(frozen=True, slots=True, eq=False)
class Title:
    """One office of one person: its words, the noun that names it, the country or group it is held in, and whether it is over."""

    person: Found
    span: Span
    office: Word
    where: Found | None
    former: bool
    rule: str
    words: frozenset[str]


def _fits(word: Word) -> bool:
    """Whether a word may stand inside a title before a name; not so "On *Monday* President Ali"."""
    if word.entity in _WHEN and word.lower not in _FORMER:
        return False
    if word.lower in _LINKS or word.lower in lexicon().courtesy or word.lower in lexicon().office:
        return True
    return (
        word.match is not None
        or (word.tag in {"NNP", "NNPS", "JJ"} and word.text[0].isupper())
        or word.lower in _FORMER | {"vice", "deputy", "acting"}
    )


def _office(word: Word) -> bool:
    lower = word.lower.rstrip(".")
    return lower in lexicon().office or (lower in lexicon().courtesy and lower not in _RANK_ONLY | _BEFORE_OFFICE and not word.match)


def _before(parsed: Parsed, person: Found, by_word: Mapping[Word, Found]) -> Title | None:
    """The title that stands before a name without a comma."""
    words = parsed.words
    first = person.first.i
    left = first
    persons = {word.i for word in words[max(0, first - _REACH) : first] if word in by_word and by_word[word].kind == "person"}
    while (
        left > max(0, first - _REACH)
        and words[left - 1].sentence == words[first].sentence
        and left - 1 not in persons
        and _fits(words[left - 1])
    ):
        left -= 1
    while left < first and words[left].lower in _LINKS | {"both"}:
        left += 1
    stretch = words[left:first]
    offices = [word for word in stretch if _office(word)]
    if not offices:
        return None
    office = offices[0]
    if office.lower.rstrip(".") in _RANK_ONLY:
        return None
    start = office.i
    while start > left and _part_of_title(words[start - 1]):
        start -= 1
    where = next((by_word[word] for word in reversed(words[left:first]) if word in by_word and by_word[word].kind != "person"), None)
    former = any(word.lower in _FORMER for word in stretch)
    end = first
    while end - 1 > office.i and words[end - 1].lower.rstrip(".") in _RANKS:  # "head of the army *Gen.*"
        end -= 1
    return Title(
        person, Span(words[start].start, words[end - 1].end), office, where, former, "title before name", _nouns(words[start:first])
    )


def _part_of_title(word: Word) -> bool:
    if word.match is not None:
        return False
    if word.lower in _FORMER | {"vice", "deputy", "acting", "prime", "foreign", "defense", "defence", "interior", "chief", "senior", "-"}:
        return True
    return word.dep == "compound" or (word.tag in {"NNP", "JJ"} and word.text[0].isupper())


def _nouns(words: Iterable[Word]) -> frozenset[str]:
    """The words by which a title is taken up again: "Sen." as "the senator", "Secretary of State" as "the secretary"."""
    lower = {word.lower.rstrip(".") for word in words}
    return frozenset(_LONG.get(word, word) for word in lower if word not in _LINKS)


def _place_of(noun: Word, by_word: Mapping[Word, Found]) -> Found | None:
    """Where an office is held: "*Israel*'s prime minister", "mayor of *London*", "the *Israeli* leader"."""
    for child in noun.children:
        if child in by_word and by_word[child].kind != "person" and child.dep in {"poss", "amod", "compound", "nmod"}:
            return by_word[child]
    for child in noun.children:
        if child.dep == "prep" and child.lower in {"of", "for", "at"}:
            for inner in child.children:
                if inner.dep == "pobj":
                    if inner in by_word and by_word[inner].kind != "person":
                        return by_word[inner]
                    return _place_of(inner, by_word)
    return None


def _phrase(parsed: Parsed, noun: Word, person: Found) -> Span:
    """The words of an office: what belongs to the noun before it, and an "of ..." that follows at once."""
    words = parsed.words
    start = noun
    while start.i > 0 and not person.covers(words[start.i - 1]) and words[start.i - 1].head is noun and _part_of_title(words[start.i - 1]):
        start = words[start.i - 1]
    end = noun
    of = words[noun.i + 1] if noun.i + 1 < len(words) else noun
    inside = [word for word in of.subtree() if not person.covers(word)] if of.lower in {"of", "for"} and of.head is noun else []
    if inside:
        stop = next((word.i for word in inside if word.dep in {"relcl", "acl", "appos", "punct", "conj"}), inside[-1].i + 1)
        end = words[stop - 1] if stop - 1 > of.i else noun
    return Span(start.start, end.end)


def _beside(person: Found) -> Iterator[tuple[Word, str]]:
    """The office nouns that the tree puts beside a person: appositions either way, and the copula."""
    head = person.head
    for child in head.children:
        if child.dep == "appos":
            yield child, "title in apposition"
    if head.dep == "appos":
        yield head.head, "title in apposition"
    if head.dep == "nsubj" and head.head.lemma in {"be", "become", "remain"}:
        for child in head.head.children:
            if child.dep == "attr":
                yield child, "title by copula"


def find_titles(parsed: Parsed, found: Mapping[Word, Found]) -> list[Title]:
    """Every office that the text gives to a named person.

    `found` maps the head word of each mention to it. "Head of the Army Gen. Ana Ruiz" gives one title.
    """
    titles: list[Title] = []
    for person in found.values():
        if person.kind != "person" or person.form != "name":
            continue
        before = _before(parsed, person, found)
        if before is not None:
            titles.append(before)
        for noun, rule in _beside(person):
            if noun.lower in lexicon().office and noun.pos in {"NOUN", "PROPN"}:
                span = _phrase(parsed, noun, person)
                former = any(child.lower in _FORMER for child in noun.children)
                inside = [word for word in noun.subtree() if span.start <= word.start and word.end <= span.end]
                titles.append(Title(person, span, noun, _place_of(noun, found), former, rule, _nouns(inside)))
    return titles
