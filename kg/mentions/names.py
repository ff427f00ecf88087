"""Named actors: what the gazetteer knows, and what the named-entity recogniser adds to it."""

import re
from collections.abc import Iterator

from kg.gazetteer import Entry, given_name_gender
from kg.language import Parsed, Word
from kg.mentions.found import Found, Gender, candidate
from kg.mentions.lexicon import lexicon
from kg.model import Kind

_ACTS = {"nsubj", "nsubjpass", "poss"}
_TOWARDS = {"with", "between", "against", "by", "toward", "towards"}
_DEEDS = frozenset(
    """decision stance policy demand offer refusal position threat proposal support ally enemy criticism condemnation pressure praise
    backing help aid reaction response warning opposition anger""".split()
)
_FEMALE = {"mrs", "ms", "miss", "lady", "dame", "queen", "princess", "congresswoman", "chairwoman", "spokeswoman"}
_MALE = {"mr", "sir", "lord", "king", "prince", "sheikh", "congressman", "chairman", "spokesman", "pope", "emir", "ayatollah", "imam"}
_NAME = re.compile(r"[^\W\d_]")
_GOVERNING = {"administration", "admin", "campaign", "government", "team", "camp", "cabinet", "foundation"}


def _place_acts(word: Word) -> bool:
    """Whether a capital stands for its government here: it acts, owns, or something is done with or against it; never "in Paris"."""
    if len(word.text) > 3 and word.text.isupper():  # the dateline "VIENNA, Feb. 3"
        return False
    while word.dep == "conj":
        word = word.head
    if word.dep in _ACTS:
        return word.dep != "poss" or word.head.lower in lexicon().state or word.head.lemma in _DEEDS
    if word.dep == "pobj":
        return word.head.lower in _TOWARDS or (word.head.lower in {"of", "from"} and word.head.head.lemma in _DEEDS)
    if word.dep in {"compound", "amod"}:
        return word.head.lower in lexicon().state
    return word.dep == "dobj" and word.head.lemma in {
        "accuse",
        "urge",
        "warn",
        "condemn",
        "criticize",
        "criticise",
        "pressure",
        "blame",
        "anger",
    }


def _certain(word: Word, entry: Entry, sure: set[str]) -> bool:
    """Whether an ambiguous name is meant: the recogniser agrees, or another name of the entry stands in the document.

    An organ of state is meant where its country or another organ of it is named: "the Senate" in a text on U.S. troops.
    """
    if entry.category == "government":
        return entry.id in sure or not sure.isdisjoint(entry.wholes)
    wanted = {"person": {"PERSON"}, "country": {"GPE", "NORP"}, "group": {"ORG", "NORP", "GPE"}}[entry.kind]
    if word.entity in wanted and word.text != word.lower:
        return True
    return entry.id in sure


def gazetteer_names(parsed: Parsed) -> Iterator[Found]:
    """The names of the gazetteer that mean their actor at this place."""
    named = [word.match.entry for word in parsed.words if word.match is not None and not word.match.alias.ambiguous]
    sure = {one for entry in named for one in (entry.id, *entry.wholes)}
    for word in parsed.words:
        match = word.match
        if match is None or word.end < match.end:
            continue
        alias = match.alias
        if alias.type == "capital" and not _place_acts(word):
            continue
        if alias.ambiguous and not _certain(word, match.entry, sure):
            continue
        yield candidate(
            parsed,
            word,
            word,
            match.entry.kind,
            "name",
            f"gazetteer {alias.type}" if alias.type != "name" else "gazetteer alias",
            entry=match.entry,
            gender=match.entry.gender,
            plural=word.tag in {"NNS", "NNPS"} or (alias.type == "demonym" and word.text.endswith("s") and word.tag != "JJ"),
        )


def _stretches(parsed: Parsed) -> Iterator[tuple[str, int, int]]:
    """The recogniser's entities: label, first and last word."""
    label, first = "", 0
    for word in parsed.words:
        if word.begins_entity or word.entity != label:
            if label:
                yield label, first, word.i - 1
            label, first = word.entity, word.i
    if label:
        yield label, first, len(parsed.words) - 1


def _trim(words: tuple[Word, ...], first: int, last: int, *, person: bool) -> tuple[int, int]:
    """Without the article, possessive, punctuation, titles before a person's name."""
    courtesy = lexicon().courtesy if person else frozenset()
    while first <= last and (
        words[first].lower in {"the", "a", "an", "'s", "’s"}
        or words[first].lower in courtesy
        or not _NAME.search(words[first].text)
        or (person and (match := words[first].match) is not None and match.entry.kind != "person" and not match.alias.ambiguous)
    ):
        if person and first == last:
            break
        first += 1
    while last >= first and (words[last].lower in {"'s", "’s", "'", "’"} or not _NAME.search(words[last].text)):
        last -= 1
    return first, last


def _titled(words: tuple[Word, ...], first: int) -> bool:
    return first > 0 and words[first - 1].lower.rstrip(".") in {
        "mr",
        "mrs",
        "ms",
        "miss",
        "sir",
        "lady",
        "lord",
        "dr",
        "sen",
        "rep",
        "gov",
        "gen",
    }


def _person_like(words: tuple[Word, ...], first: int, last: int) -> bool:
    return all(
        word.text[0].isupper() or word.lower in {"bin", "al", "de", "van", "der", "von", "-", "el", "ibn"} or "-" in word.text
        for word in words[first : last + 1]
    )


def gender_of(words: tuple[Word, ...], first: int, name: str) -> Gender | None:
    """From the title before the name, else from the given name."""
    for i in (first - 1, first - 2):
        if i >= 0:
            title = words[i].lower.rstrip(".")
            if title in _FEMALE:
                return "f"
            if title in _MALE:
                return "m"
    return given_name_gender(name.split(maxsplit=1)[0]) if " " in name else None


def _group_kind(words: tuple[Word, ...], first: int, last: int) -> Kind | None:
    """The kind of an organisation's stretch; None when it is none of ours (only a name we know, or no name at all)."""
    inside = words[first : last + 1]
    if inside[-1].match is not None or not any(word.text[0].isupper() for word in inside):
        return None
    if len(inside) == 1 and (inside[0].lower in lexicon().state | lexicon().office | lexicon().organ or len(inside[0].text) < 2):
        return None
    before = words[first - 2].lower if first > 1 and words[first - 1].lower in {"of", "for"} else ""
    if len(inside) == 1 and before in lexicon().office:  # the Secretary of *Defense*
        return None
    if inside[-1].lower in lexicon().state and all(word.match for word in inside[:-1]):
        return None
    return "group"


def recognised_names(parsed: Parsed) -> Iterator[Found]:
    """Persons and groups that the named-entity recogniser found, cleaned, where the gazetteer does not know better."""
    labels = _votes(parsed)
    for label, first, last in _stretches(parsed):
        if label not in {"PERSON", "ORG", "NORP"}:
            continue
        text = parsed.document.text[parsed.words[first].start : parsed.words[last].end]
        found = _recognised(parsed, labels.get(text, label), first, last)
        if found is not None and found.text.casefold() not in lexicon().nobody:
            yield found


def persons_by_surname(parsed: Parsed, found: list[Found]) -> list[Found]:
    """The same mentions, but what is called a group here and is the last name of someone named in full elsewhere is that person."""
    full = {one.text.split()[-1] for one in found if one.kind == "person" and " " in one.text}
    full |= {word.text.split()[-1] for word in parsed.words if word.match and word.match.entry.kind == "person" and " " in word.text}
    return [_person(parsed, one.first.i, one.last.i) if one.kind == "group" and one.text in full else one for one in found]


def _recognised(parsed: Parsed, label: str, start: int, end: int) -> Found | None:
    words = parsed.words
    person = label == "PERSON" or _titled(words, start)
    first, last = _trim(words, start, end, person=person)
    if first > last:
        return None
    if person:
        if not _person_like(words, first, last) or all(word.match for word in words[first : last + 1]):
            return None
        return _person(parsed, first, last)
    kind = _group_kind(words, first, last)
    if kind is None:
        return None
    return candidate(parsed, words[first], words[last], kind, "name", "named group", plural=words[last].tag in {"NNS", "NNPS"})


def _votes(parsed: Parsed) -> dict[str, str]:
    """One label for one text in one document: the most frequent."""
    counts: dict[str, dict[str, int]] = {}
    for label, first, last in _stretches(parsed):
        text = parsed.document.text[parsed.words[first].start : parsed.words[last].end]
        by_label = counts.setdefault(text, {})
        by_label[label] = by_label.get(label, 0) + 1
    return {text: min(labels, key=lambda label: (-labels[label], label)) for text, labels in counts.items()}


def _person(parsed: Parsed, first: int, last: int) -> Found:
    words = parsed.words
    name = " ".join(word.text for word in words[first : last + 1])
    return candidate(parsed, words[first], words[last], "person", "name", "named person", gender=gender_of(words, first, name))


def surnames(parsed: Parsed, taken: set[int], known: set[str]) -> Iterator[Found]:
    """Words that the recogniser missed and that are the last name of a person who is named in full elsewhere in the document."""
    for word in parsed.words:
        if word.i in taken or word.text not in known or word.pos not in {"PROPN", "NOUN", "ADJ", "X"} or not word.text[0].isupper():
            continue
        yield _person(parsed, word.i, word.i)


def named_administrations(parsed: Parsed, by_head: dict[Word, Found]) -> Iterator[Found]:
    """As in "the Obama administration", "the Clinton campaign": groups of their own."""
    for word in parsed.words:
        if word.lower not in _GOVERNING or word in by_head:
            continue
        before = parsed.words[word.i - 1] if word.i else None
        person = by_head.get(before) if before else None
        if person is not None and person.kind == "person" and person.head.dep in {"compound", "nmod", "amod"}:
            yield candidate(parsed, person.first, word, "group", "name", "named administration")
