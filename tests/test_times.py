"""When what a claim says happened: dates in the text, against the day of publication. What is not said, or could mean two days, is open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from kg.model import Claim, Document, Reading, content_hash, document_id
from kg.pipeline.extractor import Extractor

THURSDAY = "2019-07-11"
OPEN = ".."

# sentence; the words of the cue; the event as START..END
DATED = """
Iran attacked Israel on Wednesday.                                              | attacked  | 2019-07-10..2019-07-10
Iran attacked Israel on Thursday.                                               | attacked  | 2019-07-11..2019-07-11
Iran attacked Israel on Friday.                                                 | attacked  | 2019-07-05..2019-07-05
Iran will attack Israel on Wednesday.                                           | attack    | 2019-07-17..2019-07-17
Iran will attack Israel on Thursday.                                            | attack    | 2019-07-11..2019-07-11
France attacked Iran Wednesday in Paris.                                        | attacked  | 2019-07-10..2019-07-10
On Tuesday, France accused Iran of arming the Houthis.                          | accused   | 2019-07-09..2019-07-09
Russia attacked Ukraine early Monday morning.                                   | attacked  | 2019-07-08..2019-07-08
Russia attacked Ukraine at 3 p.m. on Monday.                                    | attacked  | 2019-07-08..2019-07-08
Russia attacked Ukraine on the night of July 4.                                 | attacked  | 2019-07-04..2019-07-04
Iran attacked Israel on Monday and Tuesday.                                     | attacked  | 2019-07-08..2019-07-09
Iran attacked Israel from Monday to Friday.                                     | attacked  | 2019-07-01..2019-07-05
Iran attacked Israel last Friday.                                               | attacked  | 2019-07-05..2019-07-05
Iran attacked Israel over the weekend.                                          | attacked  | 2019-07-06..2019-07-07
Iran attacked Israel yesterday.                                                 | attacked  | 2019-07-10..2019-07-10
Iran attacked Israel last night.                                                | attacked  | 2019-07-10..2019-07-10
Iran attacked Israel this morning.                                              | attacked  | 2019-07-11..2019-07-11
Iran will attack Israel tonight.                                                | attack    | 2019-07-11..2019-07-11
Iran attacked Israel on July 4, 2019.                                           | attacked  | 2019-07-04..2019-07-04
Iran attacked Israel on 4 July 2018.                                            | attacked  | 2018-07-04..2018-07-04
Iran attacked Israel on the 15th of May.                                        | attacked  | 2019-05-15..2019-05-15
Iran attacked Israel on Dec. 3.                                                 | attacked  | 2018-12-03..2018-12-03
Iran attacked Israel on July 11.                                                | attacked  | 2019-07-11..2019-07-11
Iran attacked Israel on May 5-7, 2018.                                          | attacked  | 2018-05-05..2018-05-07
Iran attacked Israel on May 5 and 6.                                            | attacked  | 2019-05-05..2019-05-06
Iran attacked Israel in July.                                                   | attacked  | 2019-07-01..2019-07-31
Iran attacked Israel in August.                                                 | attacked  | 2018-08-01..2018-08-31
Iran may attack Israel in March.                                                | attack    | 2020-03-01..2020-03-31
Iran may attack Israel in July.                                                 | attack    | 2019-07-01..2019-07-31
Iran attacked Israel last December.                                             | attacked  | 2018-12-01..2018-12-31
Iran attacked Israel in May of 2015.                                            | attacked  | 2015-05-01..2015-05-31
Iran attacked Israel in July of last year.                                      | attacked  | 2018-07-01..2018-07-31
Iran attacked Israel between May and July 2015.                                 | attacked  | 2015-05-01..2015-07-31
Iran attacked Israel in 2015.                                                   | attacked  | 2015-01-01..2015-12-31
Iran attacked Israel in late 2015.                                              | attacked  | 2015-01-01..2015-12-31
Iran attacked Israel in mid-2015.                                               | attacked  | 2015-01-01..2015-12-31
Iran attacked Israel in the summer of 2016.                                     | attacked  | 2016-01-01..2016-12-31
Late last year, Iran threatened Saudi Arabia.                                   | threatened | 2018-01-01..2018-12-31
Earlier this year, Iran attacked Saudi Arabia.                                  | attacked  | 2019-01-01..2019-07-11
Last month France accused Iran of lying.                                        | accused   | 2019-06-01..2019-06-30
Russia will meet Turkey next month.                                             | meet      | 2019-08-01..2019-08-31
Russia will meet Turkey later this month.                                       | meet      | 2019-07-11..2019-07-31
Iran has attacked Israel this week.                                             | attacked  | 2019-07-08..2019-07-14
Iran attacked Israel two weeks ago.                                             | attacked  | 2019-06-24..2019-06-30
Iran attacked Israel three days ago.                                            | attacked  | 2019-07-08..2019-07-08
Iran attacked Israel a year ago.                                                | attacked  | 2018-01-01..2018-12-31
Iran attacked Israel in the last two weeks.                                     | attacked  | 2019-06-27..2019-07-11
Over the past three years, Russia has attacked Ukraine.                         | attacked  | 2016-07-11..2019-07-11
Iran will attack Israel over the next three months.                             | attack    | 2019-07-11..2019-10-11
Iran agreed to meet Israel in two weeks.                                        | meet      | 2019-07-22..2019-07-28
Iran will attack Israel within two weeks.                                       | attack    | 2019-07-11..2019-07-25
Iran has armed Hezbollah since 2015.                                            | armed     | 2015-01-01..
Iran has been an ally of Syria since the 1980s.                                 | ally      | 1980-01-01..
Iran has backed Hezbollah since last May.                                       | backed    | 2019-05-01..
Iran plans to attack Israel until March.                                        | attack    | ..2020-03-31
Iran will attack Israel by Friday.                                              | attack    | ..2019-07-12
Iran will attack Israel by the end of the year.                                 | attack    | ..2019-12-31
Iran attacked Israel before 2015.                                               | attacked  | ..2014-12-31
Iran attacked Israel after May 2015.                                            | attacked  | 2015-06-01..
From 2011 to 2014 France backed Hezbollah.                                      | backed    | 2011-01-01..2014-12-31
Between 2003 and 2011 the United States attacked Iraq.                          | attacked  | 2003-01-01..2011-12-31
In the 1990s, NATO bombed Serbia.                                               | bombed    | 1990-01-01..1999-12-31
France has backed Hezbollah for three years.                                    | backed    | 2016-07-11..
Israel has been attacking Iran for the past two weeks.                          | attacking | 2019-06-27..
The 2003 invasion of Iraq by the United States was a mistake.                   | invasion  | 2003-01-01..2003-12-31
Last week's attack by Iran on Israel killed two.                                | attack    | 2019-07-01..2019-07-07
Iran's attack on Israel in May killed two.                                      | attack    | 2019-05-01..2019-05-31
Iran attacked Israel during the 2016 campaign.                                  | attacked  | 2016-01-01..2016-12-31
Iran attacked Israel at the 2015 summit.                                        | attacked  | 2015-01-01..2015-12-31
In a speech on Monday, Iran's president accused Israel of lying.                | accused   | 2019-07-08..2019-07-08
Iran signed a 2017 deal with France.                                            | deal      | 2017-01-01..2017-12-31
Iran held talks with France on Monday.                                          | talks     | 2019-07-08..2019-07-08
Iran imposed sanctions on France last week.                                     | sanctions | 2019-07-01..2019-07-07
Talks between Iran and France began on Monday.                                  | Talks     | 2019-07-08..2019-07-08
Talks between Iran and France will begin on Monday.                             | Talks     | 2019-07-15..2019-07-15
Twenty people were killed in an attack by Iran on Israel on Monday.             | attack    | 2019-07-08..2019-07-08
On Monday Iran attacked Israel and bombed Syria.                                | bombed    | 2019-07-08..2019-07-08
Iran said on Monday that France had attacked it in May.                         | attacked  | 2019-05-01..2019-05-31
Iran did not attack Israel on Tuesday.                                          | attack    | 2019-07-09..2019-07-09
Iran failed to attack Israel in May.                                            | attack    | 2019-05-01..2019-05-31
The United States began conducting airstrikes on Iran in 2014.                  | airstrikes | 2014-01-01..
In 1962, when Britain was attacking Iran, France left.                          | attacking | 1962-01-01..1962-12-31
Robert Adler met Ana Ruiz for the first time in 1996 in Iran.                   | met       | 1996-01-01..1996-12-31
"""

UNDATED = """
France has backed Hezbollah for years.                                          | backed
France backed Hezbollah for three years.                                        | backed
France has backed Hezbollah for more than three years.                          | backed
Iran may attack Israel.                                                         | attack
Iran attacked Israel in a second.                                               | attacked
Iran attacked Israel ten times.                                                 | attacked
Iran attacked Israel on the first day.                                          | attacked
Iran attacked Israel the next day.                                              | attacked
Iran attacked Israel two weeks later.                                           | attacked
Iran attacked Israel three days after the talks.                                | attacked
Iran attacked Israel in recent weeks.                                           | attacked
Iran attacked Israel at 5 p.m.                                                  | attacked
Iran attacked Israel more than a year ago.                                      | attacked
Iran has threatened Israel every Monday.                                        | threatened
Iran attacked Israel on September 11.                                           | attacked
Iran attacked Israel on 9/11.                                                   | attacked
Iran attacked Israel last Monday.                                               | attacked
Iran attacked Israel last summer.                                               | attacked
Iran attacked Israel in the winter of 2015.                                     | attacked
Iran attacked Israel on 05/06/2015.                                             | attacked
Iran meets Israel on Tuesday.                                                   | meets
Iran said on Monday that France had attacked Israel.                            | attacked
On Monday France condemned Iran's attack on Israel.                             | attack
France condemned Tuesday's attack on Israel by Iran.                            | condemned
Iran attacked Israel in May, and two weeks later bombed Syria.                  | bombed
Iran agreed on Monday to attack Israel.                                         | attack
Barack Obama, 57, accused Iran of lying.                                        | accused
On Monday, Iran threatened to attack Israel.                                    | attack
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, the words of a cue in it, and the period of what they say."""

    sentence: str
    cue: str
    event: str


def _cases() -> Iterator[Case]:
    for line in DATED.strip().splitlines():
        yield Case(*(part.strip() for part in line.split("|")))
    for line in UNDATED.strip().splitlines():
        sentence, cue = (part.strip() for part in line.split("|"))
        yield Case(sentence, cue, OPEN)


CASES = list(_cases())


def _read(extractor: Extractor, sentences: list[str], published: str | None) -> dict[str, Reading]:
    documents = [Document(document_id(None, text), content_hash(text), text, published=published) for text in sentences]
    return {reading.document.text: reading for reading in extractor.readings(documents) if isinstance(reading, Reading)}


def _events(claims: tuple[Claim, ...], cue: str) -> set[str]:
    """The periods of the claims whose cue has this word, without titles."""
    return {f"{claim.event.start or ''}..{claim.event.end or ''}" for claim in claims if cue in claim.evidence.cue.split()}


@pytest.fixture(scope="module")
def readings(extractor: Extractor) -> dict[str, Reading]:
    """All sentences, each published on a Thursday."""
    return _read(extractor, [case.sentence for case in CASES], THURSDAY)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.sentence} [{case.cue}]")
def test_a_date_is_read_against_the_day_of_publication(case: Case, readings: dict[str, Reading]) -> None:
    assert _events(readings[case.sentence].claims, case.cue) == {case.event}


def test_without_a_day_of_publication_only_dates_with_their_year_are_read(extractor: Extractor) -> None:
    readings = _read(extractor, [case.sentence for case in CASES], None)
    dated = {case.sentence for case in CASES if _events(readings[case.sentence].claims, case.cue) != {OPEN}}
    assert dated == {case.sentence for case in CASES if case.event != OPEN and re.search(r"\b(?:mid-)?(?:19|20)\d\d", case.sentence)}
    assert all(_events(readings[case.sentence].claims, case.cue) == {case.event} for case in CASES if case.sentence in dated)


def test_on_a_sunday_last_week_could_mean_two_weeks(extractor: Extractor) -> None:
    sentences = ["Iran attacked Israel last week.", "Iran has attacked Israel this week."]
    found = [_events(reading.claims, "attacked") for reading in _read(extractor, sentences, "2019-07-14").values()]
    assert found == [{OPEN}, {"2019-07-08..2019-07-14"}]


def test_the_same_dates_are_read_in_any_order_and_again(extractor: Extractor, readings: dict[str, Reading]) -> None:
    again = _read(extractor, [case.sentence for case in reversed(CASES)], THURSDAY)
    assert {text: reading.claims for text, reading in again.items()} == {text: reading.claims for text, reading in readings.items()}


def test_a_title_has_the_time_in_which_it_was_held(extractor: Extractor) -> None:
    held = {
        "Barack Obama was president of the United States from 2009 to 2017.": (
            "president of the United States",
            "2009-01-01",
            "2017-12-31",
        ),
        "John Kerry, secretary of state from 2013 to 2017, praised Iran.": ("secretary of state", "2013-01-01", "2017-12-31"),
        "Barack Obama became president in 2009.": ("president", "2009-01-01", None),
        "Barack Obama, a senator since 2005, praised Iran.": ("senator", "2005-01-01", None),
        "Former President Barack Obama praised Iran on Monday.": ("Former President", None, None),
        "On Monday, President Barack Obama praised Iran.": ("President", None, None),
        "Iran said Barack Obama was the president on Monday.": ("president", None, None),
    }
    for text, reading in _read(extractor, list(held), THURSDAY).items():
        titles = {(claim.value, claim.event.start, claim.event.end) for claim in reading.claims if claim.relation == "HOLDS_ROLE"}
        assert held[text] in titles, text


def test_the_words_that_tell_the_time_are_told(extractor: Extractor) -> None:
    told = {
        "Iran attacked Israel on Wednesday.": "event: 2019-07-10 to 2019-07-10 (“on Wednesday”)",
        "Iran has armed Hezbollah since 2015.": "event: 2015-01-01 to open (“since 2015”)",
        "In a speech on Monday, Russia's president accused Israel of lying in 2018.": "event: 2019-07-08 to 2019-07-08 (“on Monday”)",
    }
    for text, line in told.items():
        document = Document(document_id(None, text), content_hash(text), text, published=THURSDAY)
        (reading,) = [item for item in extractor.readings([document]) if isinstance(item, Reading)]
        reasons = [extractor.trace(document, claim.id).reasons for claim in reading.claims]
        assert any(line in told for told in reasons), reasons


def test_any_day_of_publication_can_be_read_against(extractor: Extractor) -> None:
    sentences = [case.sentence for case in CASES]
    for published in ("0001-01-01", "1600-02-29", "2016-02-29", "2020-12-31", "9999-12-31"):
        for reading in _read(extractor, sentences, published).values():
            for event in (claim.event for claim in reading.claims):
                assert all(day is None or date.fromisoformat(day) for day in (event.start, event.end))
                assert not (event.start and event.end) or event.start <= event.end
