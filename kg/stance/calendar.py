"""Phrases to days with dateparser, which is slow to load and to ask: it is loaded with the first date, and each is asked once."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import Period

if TYPE_CHECKING:
    from dateparser.date import DateDataParser


@lru_cache(maxsize=8)
def _parser(base: date, *, ahead: bool) -> "DateDataParser":
    from dateparser.date import DateDataParser

    settings = {
        "RELATIVE_BASE": datetime.combine(base, time()),
        "PREFER_DATES_FROM": "future" if ahead else "past",
        "PARSERS": ["relative-time", "absolute-time"],
    }
    return DateDataParser(languages=["en"], settings=settings)


@lru_cache(maxsize=4096)
def read(text: str, base: date, *, ahead: bool = False) -> tuple[date, str] | None:
    """The day that a phrase means, the nearest before `base` or after it (`ahead`), and its unit: day, week, month, year; None: no date.

    >>> read("two weeks ago", date(2019, 7, 11)), read("july", date(2019, 7, 11), ahead=True)
    ((datetime.date(2019, 6, 27), 'week'), (datetime.date(2020, 7, 11), 'month'))
    """
    found = _parser(base, ahead=ahead).get_date_data(text)
    return (found.date_obj.date(), found.period) if found.date_obj is not None else None


def whole(found: tuple[date, str] | None) -> Period | None:
    """The whole day, week (from Monday), month or year that was read.

    >>> whole((date(2019, 7, 11), "week"))
    Period(start='2019-07-08', end='2019-07-14')
    """
    if found is None:
        return None
    day, unit = found
    first = last = day
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)
    elif unit == "month":
        first, last = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    elif unit == "year":
        first, last = day.replace(month=1, day=1), day.replace(month=12, day=31)
    return Period(first.isoformat(), last.isoformat())
