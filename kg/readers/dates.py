"""Publication dates as news writes them: a line of its own, a dateline, a time stamp. Anything that could mean two days is no date."""

import re
from datetime import UTC, date, datetime

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+)?"
_DATE = (
    rf"{_WEEKDAY}(?:"
    rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"
    rf"|(?P<day_2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-](?P<month_2>{_MONTH}),?[\s-](?P<year_2>\d{{4}})"
    r"|(?P<iso>\d{4}[-/]\d{1,2}[-/]\d{1,2})"
    r")"
)
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?(?:\s*\(?(?:[A-Z]{2,5}|[+-]\d{2}:?\d{2})\)?)?"
_TIME = rf"(?:,?\s*(?:at|[-–—|·/])?\s*{_CLOCK})?"
_LABEL = r"(?:(?:first\s+)?(?:published|posted|created|date|last\s+updated|updated|last\s+modified)\s*(?:on|at|:)?\s*:?\s*)?"
_BEFORE = rf"(?:{_CLOCK}\s*[,|·–—-]?\s*(?:on\s+)?)?"
_UPDATED = r"(?:\s*[(|·/,;–—-]\s*(?:last\s+)?updated\b.{0,60})?"
_ALONE = re.compile(rf"\W*{_LABEL}{_BEFORE}{_DATE}{_TIME}{_UPDATED}\W*", re.IGNORECASE)
_WHOLE = re.compile(rf"{_DATE}{_TIME}", re.IGNORECASE)
_PLACE = r"(?-i:[A-Z][A-Z.'’-]+(?:[ -][A-Z][A-Z.'’-]+)*)(?:,\s*[A-Z][\w.]*(?:\s[A-Z][\w.]*)*)?,?\s+"
_AGENCY = r"\s*(?:\([^()]{2,40}\)|/[^/]{2,40}/)?\s*(?:[-–—:]|\.\s[-–—])"
_DATELINE = re.compile(rf"\(?(?:{_PLACE})?\(?{_DATE}\)?{_AGENCY}", re.IGNORECASE)
_BYLINE = re.compile(rf"by\s.{{3,80}}?[,|·•–—-]\s*(?:on\s+)?{_DATE}{_TIME}", re.IGNORECASE)
_PLACE_AND_DATE = re.compile(rf"[^.!?]{{3,80}}?\s?[,|·•–—-]\s*(?:on\s+)?{_DATE}{_TIME}", re.IGNORECASE)
_LONGEST = 150  # characters that a line of date and byline may have
_NEAR_TOP = 15  # lines that are not blank


def iso_date(text: str) -> str | None:
    """The day that the whole of a text names, as an ISO date in UTC; None where it is no date or could be two.

    >>> iso_date("September 02, 2021"), iso_date("2021-09-02T23:30:00-05:00"), iso_date("02/03/2021")
    ('2021-09-02', '2021-09-03', None)
    """
    plain = text.strip()[:_LONGEST]
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        return _day(_WHOLE.fullmatch(plain))
    if moment.tzinfo is not None:
        try:
            moment = moment.astimezone(UTC)
        except OverflowError:
            return None
    return moment.date().isoformat()


def date_line(line: str) -> str | None:
    """The day of a line that says nothing but its date.

    >>> date_line("Published: Thu 2 Sept 2021, 10:15 GMT"), date_line("It was signed on September 2, 2021.")
    ('2021-09-02', None)
    """
    return _day(_ALONE.fullmatch(line.strip()[:_LONGEST]))


def dateline(line: str) -> str | None:
    """The day in the dateline that a news text begins with.

    >>> dateline("KABUL, Aug. 3, 2021 (Reuters) — The Taliban said"), dateline("KABUL, Aug 3 (Reuters) - The Taliban said")
    ('2021-08-03', None)
    """
    return _day(_DATELINE.match(line.strip()[:_LONGEST]))


def find_published(text: str) -> str | None:
    """The publication date that the first lines of a text give.

    A date alone, a dateline or a byline with a date is believed before a line that only ends with one ("Brussels, 6 November 2025").
    """
    lines = [line.strip() for line in text[:20_000].splitlines() if line.strip()][:_NEAR_TOP]
    sure = (date_line(line) or dateline(line) or _day(_BYLINE.fullmatch(line[:_LONGEST])) for line in lines)
    likely = (_day(_PLACE_AND_DATE.fullmatch(line[:_LONGEST])) for line in lines)
    return next(filter(None, sure), None) or next(filter(None, likely), None)


def _day(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    found = match.groupdict()
    if found["iso"]:
        year, month, day = map(int, re.split("[-/]", found["iso"]))
    else:
        name = found["month"] or found["month_2"]
        year, month, day = int(found["year"] or found["year_2"]), _MONTHS.index(name[:3].lower()) + 1, int(found["day"] or found["day_2"])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
