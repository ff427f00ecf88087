"""When what a claim says happened: the time expressions on the clause of its cue, against the day of publication.

"Iran attacked Israel *on Wednesday*", "held talks with Putin *last month*", "*Tuesday's* attack", "has armed them *since 2015*". What is
not said, or could mean several days, stays open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.language import Word
from kg.model import Modality, Period, Span
from kg.stance.clauses import Clause, clauses_of, tense_of
from kg.stance.dates import Phrase, Tense, days, is_weekday, lasting, phrase_of, tells_time, to_come

_AT = {"", "on", "in", "at", "during", "within", "over", "throughout", "of", "for"}
_FROM = {"since", "from"}
_UNTIL = {"until", "till", "through", "by"}
_PREPOSITIONS = _AT | _FROM | _UNTIL | {"before", "after", "between"}
_PLACES = {"in", "at", "during", "near", "outside", "inside"}
_TOWARDS = {"with", "against", "on", "from", "to"}
_PARTS = {"nummod", "amod", "det", "compound", "nmod", "advmod", "npadvmod", "poss", "quantmod"}
_CARRIERS = {"earlier", "later", "early", "late", "back", "again", "only", "once"}
_ACTORS = {"PERSON", "NORP", "GPE", "ORG", "LOC", "FAC"}
_HAPPENING = {"occur", "happen", "take", "hold", "begin", "start"}
_PRINTED = range(1500, 9000)  # years of publication whose neighbours are years too
_DONE = set(
    """
    hold launch carry conduct stage mount make give impose sign reach publish release broadcast air post deliver issue schedule plan set
    send commit perpetrate announce adopt pass conclude write record file
    """.split()
)


@dataclass(frozen=True, slots=True)
class Event:
    """When something happened, and the places of the words that tell: 2015-01-01 to open, "since 2015"."""

    period: Period
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Time:
    """A time expression: its preposition ("" without one), the words of its date, those of a second one ("between 2003 and *2011*")."""

    preposition: str
    first: tuple[Word, ...]
    second: tuple[Word, ...]
    span: Span


def event_of(cue: Sequence[Word], modality: Modality, published: str | None) -> Event:
    """When what these words say happened; without a day of publication only dates with their year are read.

    >>> # published 2019-07-11: "Iran *attacked* Israel on Wednesday" 2019-07-10, "Putin will *meet* Macron next month" all of August
    """
    base = _date(published)
    if base is not None and base.year not in _PRINTED:
        base = None
    top = next(word for word in cue if word.head is word or word.head not in cue)
    others = [Clause(word) for word in cue if word.pos == "NOUN" and top.pos == "VERB"]  # "signed a 2019 *deal*"
    for clause in (*clauses_of(top), *others):
        times = [time for time in _times(clause.word) if not clause.leading or time.span.end <= clause.word.start]
        if times:
            return _event(times, base, tense_of(clause.word, modality), clause)
    return Event(Period(), ())


def _event(times: list[_Time], base: date | None, tense: Tense | None, clause: Clause) -> Event:
    """All that the expressions of one clause say together; nothing where they exclude each other."""
    found = [(period, time.span) for time in times if (period := _period(time, base, tense)) is not None]
    start = max((period.start for period, _ in found if period.start), default=None)
    end = min((period.end for period, _ in found if period.end), default=None)
    if start and end and (start > end or (start == end and clause.side == "state")):
        return Event(Period(), ())
    period = Period(None if clause.side == "end" else start, None if clause.side == "start" else end)
    return Event(period, tuple(sorted({span for _, span in found})))


def _times(node: Word, *, inside: bool = False) -> Iterator[_Time]:
    """The time expressions of a verb or noun; `inside`: of a noun that only stands in a clause ("in *Moscow* on Monday")."""
    if node.dep == "relcl" and any(child.lower == "when" for child in node.children):  # "in *2003*, when the United States invaded Iraq"
        yield from _time("", node.head, node.head)
    for child in node.children:
        if child.dep == "prep":
            yield from _after(child, inside=inside)
        elif child.dep == "npadvmod" or (child.dep == "advmod" and child.child("npadvmod") is not None):
            yield from _time("", child, child)
        elif child.dep == "advmod" and child.lower in _CARRIERS:
            yield from (time for inner in child.children if inner.dep == "prep" for time in _after(inner, inside=inside))
        elif (child.dep in {"poss", "nummod", "compound", "nmod"} and node.pos in {"NOUN", "PROPN"}) or is_weekday(child):
            yield from _time("", child, child)
        elif not inside and _tells_of(child):
            yield from _times(child, inside=child.dep == "dobj")


def _tells_of(child: Word) -> bool:
    """Whether the times of a child are those of its head: "an attack *launched* in May", "attacked *Iran* on Monday"."""
    match child.dep:
        case "dobj":
            return child.entity in _ACTORS or child.pos == "PRON"
        case "acl":
            return child.tag == "VBN" and child.lemma in _DONE
        case "relcl":
            return child.lemma in _HAPPENING
        case "aux":  # "had *last month* charged him"
            return True
        case _:
            return False


def _after(preposition: Word, *, inside: bool) -> Iterator[_Time]:
    """The time expression after a preposition, or in what it places: "in *a speech* on Monday", "at *Monday's* summit"."""
    lower = preposition.lower
    noun = preposition.child("pobj") or preposition.child("pcomp", "advmod")
    if noun is None:
        return
    found = list(_time(lower, noun, preposition)) if lower in (_AT if inside else _PREPOSITIONS) else []
    yield from found
    if not found and (
        lower in _PLACES or (lower == "for" and noun.lower == "time") or (not inside and lower in _TOWARDS and noun.entity in _ACTORS)
    ):
        yield from _times(noun, inside=True)


def _time(preposition: str, head: Word, first: Word) -> Iterator[_Time]:
    """The time expression that this word is the head of, if it is one."""
    words = _phrase(head)
    if tells_time(words, head):
        other = _other_end(preposition, head, first)
        second = _phrase(other) if other is not None else ()
        every = (first, *words, *second)
        yield _Time(preposition, words, second, Span(min(word.start for word in every), max(word.end for word in every)))


def _phrase(head: Word) -> tuple[Word, ...]:
    """The words of a date: "the night of July 4", "Monday, July 4, 2019"; with "the year *before*", which is none."""
    words = [head]
    for child in head.children:
        if (child.dep in _PARTS and child.entity not in _ACTORS) or (child.dep == "prep" and child.lower in {"before", "after"}):
            words.extend(_phrase(child))
        elif child.dep == "appos" and tells_time(apposed := _phrase(child), child):
            words.extend(apposed)
        elif child.dep == "prep" and child.tag == "CD":  # "2011-*2014*"
            words.append(child)
        elif child.dep == "conj" and len(child.text) <= 2 and head.tag != "CD":  # "May 5 and *6*"
            words.extend(_phrase(child))
        elif child.dep == "prep" and child.lower == "of":
            words.extend(word for inner in child.children for word in _phrase(inner))
    return tuple(sorted(words, key=lambda word: word.i))


def _other_end(preposition: str, head: Word, first: Word) -> Word | None:
    """The second date of "between 2003 and *2011*", "from 2009 to *2017*", "on Monday and *Tuesday*"."""
    if preposition == "from":
        beside = [child for word in (first, head, first.head) for child in word.children if child.i > head.i]
        return next((child.child("pobj") for child in beside if child.lower in {"to", "until", "till", "through"}), None)
    joined = head.child("conj")
    return joined if joined is not None and tells_time(_phrase(joined), joined) else None


def _period(time: _Time, base: date | None, tense: Tense | None) -> Period | None:
    """The days that one expression means; None where it means none, or several."""
    first = phrase_of(time.first, base, "past" if time.preposition == "since" else tense)
    if time.second:
        return _range(first, phrase_of(time.second, base, first.tense))
    if time.preposition == "for" and (since := lasting(first, tense)) is not None:
        return since
    if time.preposition in {"in", "within"} and (ahead := to_come(time.preposition, first)) is not None:
        return ahead
    if (first.kinds == "Y" and time.preposition in {"on", "at"}) or (time.preposition == "for" and not {"W", "D"} & set(first.kinds)):
        return None
    found = days(first)
    if found is None or not _agrees(found, first):
        return None
    return found if first.is_range else _bounded(time.preposition, found)


def _agrees(period: Period, phrase: Phrase) -> bool:
    """Whether the tense allows these days: not "last week" of what will be; a year of its own tells of any time ("would leave in 2015")."""
    if phrase.base is None or {"Y", "C"} & set(phrase.kinds):
        return True
    today = phrase.base.isoformat()
    return (period.end or today) >= today if phrase.tense == "future" else (period.start or today) <= today


def _range(first: Phrase, second: Phrase) -> Period | None:
    """From the first day of the one to the last day of the other; a year said once is that of both ("from May to July 2015")."""
    if "M" in first.kinds and "Y" not in first.kinds and "Y" in second.kinds:
        first = replace(first, kinds=f"{first.kinds}Y", texts=(*first.texts, second.text("Y")))
    start, end = days(first), days(second)
    if start and end and (start.start or "") > (end.end or ""):  # each is the nearest to the day of publication: one is too near
        if first.tense == "future":
            end = days(replace(second, base=_date(start.start)))
        else:
            start = days(replace(first, base=_date(end.end)))
    if start is None or end is None or (start.start or "") > (end.end or ""):
        return None
    return Period(start.start, end.end)


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _bounded(preposition: str, period: Period) -> Period:
    """The side of a date that the preposition means."""
    if preposition in _FROM:
        return Period(period.start, None)
    if preposition in _UNTIL:
        return Period(None, period.end)
    if preposition == "before" and period.start:
        return Period(None, _shifted(period.start, -1))
    if preposition == "after" and period.end:
        return Period(_shifted(period.end, 1), None)
    return period


def _shifted(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()
