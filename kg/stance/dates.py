"""The days that words name, against the day of publication: "July 4, 2019", "last month", "two weeks ago", "the 1990s".

Each word is told by its kind, a letter: "the last two weeks" is hlNu. Only what one of the patterns of letters knows is a date, and
dateparser reads it; all else is none ("the second day", "May" the modal, "ten times", "every Monday", "two weeks later").
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from kg.language import Word
from kg.model import Period
from kg.stance.calendar import read, whole

Tense = Literal["past", "perfect", "present", "future"]
_AHEAD: dict[Tense | None, bool] = {"past": False, "perfect": False, "future": True}
_ANY_DAY = date(2000, 1, 1)  # what a date with its year is read against
_MONTHS = "january february march april may june july august september october november december jan feb mar apr aug sep sept oct nov dec"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri"
_NAMES = dict.fromkeys(_MONTHS.split(), "M") | dict.fromkeys(_DAYS.split(), "W")
_LETTERS = {
    "": ", - – of early late mid only just",
    "h": "the",
    "l": "last",
    "n": "next",
    "t": "this",
    "p": "past",
    "c": "coming",
    "a": "ago",
    "e": "earlier",
    "f": "later",
    "U": "day week month year",
    "u": "days weeks months years",
    "K": "weekend",
    "T": "today yesterday tomorrow tonight",
    "P": "morning afternoon evening night",
    "o": "first second",
    "X": "end beginning start middle half spring summer autumn fall",
    "Z": "winter season century decade decades quarter eve hour hours minute minutes",
    "N": "a an one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty",
}
_WORDS = {word: letter for letter, words in _LETTERS.items() for word in words.split()}
_SHAPES = (
    (re.compile(r"(?:1[5-9]|20)\d\d"), "Y"),
    (re.compile(r"(?:1[5-9]|20)\d0s"), "C"),
    (re.compile(r"(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"), "D"),
    (re.compile(r"\d{2,3}"), "N"),
)
_PREFIX = re.compile(r"(?:mid|early|late)-(?=\w)")


def _text(word: Word) -> str:
    return _PREFIX.sub("", word.lower.rstrip(".") or word.lower)


def _kind(word: Word) -> str:
    """What a word is in a date, as a letter; "?" is nothing that a date is made of, "" does not matter."""
    text = _text(word)
    if text in _NAMES:
        return _NAMES[text] if word.text != word.lower and word.tag in {"NNP", "NN"} else "?"
    if text in _WORDS:
        return "?" if _WORDS[text] in {"U", "u", "K"} and word.text != word.lower else _WORDS[text]  # "This Week" is a programme
    return next((letter for shape, letter in _SHAPES if shape.fullmatch(text)), "?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a date, each with its kind; the day they are read against (None: not known) and the tense of what happened."""

    kinds: str
    texts: tuple[str, ...]
    base: date | None
    tense: Tense | None

    @property
    def is_range(self) -> bool:
        """As in "May 5-7", "2011-2014"."""
        return bool(re.search("YY|D.?D", self.kinds))

    @property
    def ahead(self) -> bool | None:
        """Whether the days are still to come; None: the tense does not tell."""
        return _AHEAD.get(self.tense)

    def text(self, letters: str) -> str:
        """The words of these kinds."""
        return " ".join(text for kind, text in zip(self.kinds, self.texts, strict=True) if kind in letters)


def phrase_of(words: Sequence[Word], base: date | None, tense: Tense | None) -> Phrase:
    """Words that may be a date: "Monday , July 4"."""
    kept = [(kind, _text(word)) for word in words if (kind := _kind(word))]
    return Phrase("".join(kind for kind, _ in kept), tuple(text for _, text in kept), base, tense)


def tells_time(words: Sequence[Word], head: Word) -> bool:
    """Whether words speak of a time, readable or not: "two weeks later", not "the 2016 campaign"."""
    return _kind(head) != "?" and bool(set("MWYCUuKTPXZ").intersection(map(_kind, words)))


def is_weekday(word: Word) -> bool:
    """Whether a word is "Monday", which the parser takes for many things."""
    return _kind(word) == "W"


def days(phrase: Phrase) -> Period | None:
    """The first and the last day that the words name; None where they name none, or could mean several."""
    for pattern, absolute in _ABSOLUTE:
        if pattern.fullmatch(phrase.kinds):
            return absolute(phrase)
    if phrase.base is not None:
        for pattern, relative in _RELATIVE:
            if pattern.fullmatch(phrase.kinds):
                return relative(phrase, phrase.base)
    return None


def lasting(phrase: Phrase, tense: Tense | None) -> Period | None:
    """When it began, of what has been so "for three years", "for the past week"."""
    if tense != "perfect" or phrase.base is None or not re.fullmatch(r"[DN][Uu]|h?[lp][DN]u|h?pU|hlU", phrase.kinds):
        return None
    return Period(_back(phrase, phrase.base), None)


def to_come(preposition: str, phrase: Phrase) -> Period | None:
    """When it will be, of what will be "in two weeks", "within two weeks"."""
    if phrase.tense != "future" or phrase.base is None or not re.fullmatch(r"[DN][Uu]", phrase.kinds):
        return None
    if preposition == "within":
        return _from_today(phrase, phrase.base)
    return whole(read(f"in {phrase.text('DNUu')}", phrase.base, ahead=True))


def _absolute(phrase: Phrase) -> Period | None:
    unit = "day" if "D" in phrase.kinds else "month" if "M" in phrase.kinds else "year"
    found = read(phrase.text("MDY"), _ANY_DAY)
    return whole((found[0], unit)) if found else None


def _years(phrase: Phrase) -> Period | None:
    """As in "2011-2014"."""
    first, last = phrase.texts
    return Period(f"{first}-01-01", f"{last}-12-31") if first <= last else None


def _decade(phrase: Phrase) -> Period:
    first = int(phrase.text("C")[:4])
    return Period(f"{first}-01-01", f"{first + 9}-12-31")


def _days_of_month(phrase: Phrase) -> Period | None:
    """As in "May 5-7", "May 5 and 7, 2018"."""
    month, year = phrase.text("M"), phrase.text("Y").split()
    numbers = [text for kind, text in zip(phrase.kinds, phrase.texts, strict=True) if kind == "D"]
    first, last = (days(replace(phrase, kinds="MDY"[: 2 + len(year)], texts=(month, number, *year))) for number in numbers)
    return Period(first.start, last.end) if first and last and (first.start or "") <= (last.end or "") else None


def _weekday(phrase: Phrase, base: date) -> Period | None:
    """The weekday nearest in the direction of the tense; the day of publication counts."""
    if phrase.ahead is None:
        return None
    return whole(read(phrase.text("W"), base + timedelta(days=-1 if phrase.ahead else 1), ahead=phrase.ahead))


def _weekday_of_week(phrase: Phrase, base: date) -> Period | None:
    """As in "last Tuesday": what lies in the week of publication could mean two days."""
    found = read(phrase.text("W"), base, ahead="n" in phrase.kinds)
    return whole(found) if found and found[0].isocalendar()[:2] != base.isocalendar()[:2] else None


def _day_of_month(phrase: Phrase, base: date) -> Period | None:
    """As in "July 4": the one nearest in the direction of the tense. "September 11" without a year is mostly a name."""
    text = phrase.text("MD")
    if phrase.ahead is None or re.fullmatch(r"sep\w* 11(th)?|11(th)? sep\w*", text):
        return None
    return whole(read(text, base - timedelta(days=1) if phrase.ahead else base, ahead=phrase.ahead))


def _month(phrase: Phrase, base: date) -> Period | None:
    """As in "July": the one nearest in the direction of the tense; the month of publication counts."""
    if phrase.ahead is None:
        return None
    return whole(read(phrase.text("M"), base.replace(day=1) - timedelta(days=1) if phrase.ahead else base, ahead=phrase.ahead))


def _month_of_year(phrase: Phrase, base: date) -> Period | None:
    """As in "last July", "next July", which is not that of publication, and "this July", which is that of its year."""
    if "t" in phrase.kinds:
        return whole(read(f"{phrase.text('M')} {base.year}", _ANY_DAY))
    ahead = "n" in phrase.kinds
    return whole(read(phrase.text("M"), base.replace(day=1) - timedelta(days=0 if ahead else 1), ahead=ahead))


def _month_of_other_year(phrase: Phrase, base: date) -> Period | None:
    """As in "July of last year"."""
    year = read(phrase.text("lntU"), base)
    return whole(read(f"{phrase.text('MD')} {year[0].year}", _ANY_DAY)) if year and year[1] == "year" else None


def _unit(phrase: Phrase, base: date) -> Period | None:
    """As in "last month", "this week"; "last day" is no day, and "last week" of a Sunday could mean two weeks."""
    text = phrase.text("lntU")
    if "day" in text or (text in {"last week", "next week"} and base.weekday() == 6):
        return None
    return whole(read(text, base))


def _part_of_unit(phrase: Phrase, base: date) -> Period | None:
    """As in "earlier this year", "later this week": up to the day of publication, and from it on."""
    unit = _unit(phrase, base)
    if unit is None:
        return None
    return Period(unit.start, base.isoformat()) if "e" in phrase.kinds else Period(base.isoformat(), unit.end)


def _day(phrase: Phrase, base: date) -> Period | None:
    """As in "yesterday"; "today" in the present tense is mostly no day."""
    text = phrase.text("T")
    return whole(read(text, base)) if text != "today" or phrase.ahead is not None else None


def _time_of_day(phrase: Phrase, base: date) -> Period | None:
    """As in "this morning", "last night"."""
    text = phrase.text("tlP")
    if text.startswith("last") and text != "last night":
        return None
    return whole(read("yesterday" if text == "last night" else "today", base))


def _ago(phrase: Phrase, base: date) -> Period | None:
    return whole(read(phrase.text("DNUua"), base))


def _back(phrase: Phrase, base: date) -> str | None:
    """The day that lies so far back: "the last two weeks", "the past year"."""
    found = read(f"{phrase.text('DN') or 'one'} {phrase.text('Uu')} ago", base)
    return found[0].isoformat() if found else None


def _until_today(phrase: Phrase, base: date) -> Period:
    """As in "the last two weeks": the days up to that of publication."""
    return Period(_back(phrase, base), base.isoformat())


def _from_today(phrase: Phrase, base: date) -> Period | None:
    """As in "the next two weeks": the days from that of publication on."""
    found = read(f"in {phrase.text('DN') or 'one'} {phrase.text('Uu')}", base, ahead=True)
    return Period(base.isoformat(), found[0].isoformat()) if found else None


def _weekend(phrase: Phrase, base: date) -> Period | None:
    """As in "over the weekend", "last weekend"; one that has begun is past and to come, and "last" and "next" then mean one of two."""
    ahead = True if "n" in phrase.kinds else False if "l" in phrase.kinds or "p" in phrase.kinds else phrase.ahead
    begun = base.weekday() >= 5
    if ahead is None or (begun and phrase.kinds[0] in "ln"):
        return None
    back = begun or not ahead
    found = read("saturday", base + timedelta(days=1) if back else base, ahead=not back)
    return Period(found[0].isoformat(), (found[0] + timedelta(days=1)).isoformat()) if found else None


def _current_unit(phrase: Phrase, base: date) -> Period | None:
    """As in "the end of the year", of what is still to come."""
    return whole(read(f"this {phrase.text('U')}", base)) if phrase.ahead else None


_ABSOLUTE: tuple[tuple[re.Pattern[str], Callable[[Phrase], Period | None]], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (r"W?P?(?:hP)?h?(?:MD|DM)Y", _absolute),
        (r"(?:h?o?X)?h?(?:MY|U?Y)", _absolute),
        (r"(?:h?o?X)?h?C", _decade),
        (r"YY", _years),
        (r"W?(?:MDD|DDM)Y?", _days_of_month),
    )
)
_RELATIVE: tuple[tuple[re.Pattern[str], Callable[[Phrase, date], Period | None]], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (r"[ef]?WP?|[ef]?[tpc]{1,2}WP?", _weekday),
        (r"[ln]W", _weekday_of_week),
        (r"W?P?(?:hP)?h?(?:MD|DM)", _day_of_month),
        (r"(?:ho?X)?M", _month),
        (r"(?:ho?X)?[lnpt]M", _month_of_year),
        (r"(?:ho?X)?(?:MD?|DM)[lnt]U", _month_of_other_year),
        (r"(?:ho?X)?[lnt]U", _unit),
        (r"[ef]tU", _part_of_unit),
        (r"[ef]?T", _day),
        (r"[tl]P", _time_of_day),
        (r"[DN][Uu]a", _ago),
        (r"h?[lp][DN]u|hlU|[ht]?pU", _until_today),
        (r"h?[nc][DN]u|hcU", _from_today),
        (r"[tlnh]K|[ht]pK", _weekend),
        (r"ho?XhU", _current_unit),
    )
)
