"""Who speaks and who is meant: quotations, speakers, pronouns, descriptions, short names."""

from typing import TYPE_CHECKING

import pytest

from kg.discourse.quotes import quotations
from kg.pipeline.extractor import Extractor

if TYPE_CHECKING:
    from conftest import Tell

ATTACK = "Iran ASSAULT actual Israel"


def quoted(extractor: Extractor, text: str) -> list[str]:
    """What stands in quotation marks."""
    from told import document

    (parsed,) = extractor._pipeline.parse([document(text)])
    return [text[quotation.span.start : quotation.span.end] for quotation in quotations(parsed)]


# --- where a quotation begins and ends


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('"We left," he said.', ["We left,"]),
        ("“We left,” he said. “They stayed.”", ["We left,", "They stayed."]),
        ("''We left,'' he said.", ["We left,"]),
        ("‘We left,’ he said.", ["We left,"]),
        ("He called it “a ‘real’ problem” twice.", ["a ‘real’ problem"]),
        ("The soldiers' wives and the ministers’ sons didn't leave.", []),
        ("He said: “We left.\n\n“They stayed.”", ["We left.", "They stayed."]),
        ("He said: “We left.\n\nThe others stayed.", ["We left."]),
    ],
)
def test_a_quotation_is_what_stands_between_the_marks(text: str, inside: list[str], extractor: Extractor) -> None:
    assert quoted(extractor, text) == inside


# --- who speaks


@pytest.mark.parametrize(
    "text",
    [
        '"Iran attacked Israel," Paul Renner said.',
        "“Iran attacked Israel,” said Paul Renner.",
        "''Iran attacked Israel,'' Paul Renner said.",
        'Paul Renner said: "Iran attacked Israel."',
        'Paul Renner told reporters on Monday, "Iran attacked Israel."',
        '"Iran," Paul Renner said, "attacked Israel."',
        '"It is late," Paul Renner said. "Iran attacked Israel."',
        '"It is late," Paul Renner said.\n\n"Iran attacked Israel," he added.',
        'Paul Renner said: "It is late and we must go.\n\n"Iran attacked Israel."',
        'Paul Renner said: "Iran attacked Israel and nobody helped.\n\nIt was late.',
        '"Iran attacked Israel," according to Paul Renner.',
    ],
)
def test_the_speaker_of_a_quotation_makes_its_claim(text: str, read_text: "Tell") -> None:
    assert read_text(text).of("ASSAULT") == {f"{ATTACK} by Paul Renner (direct)"}


@pytest.mark.parametrize(
    "text",
    [
        "Paul Renner said that Iran had attacked Israel.",
        "Paul Renner said Iran attacked Israel.",
        "Iran attacked Israel, Paul Renner said.",
        "Iran attacked Israel, according to Paul Renner.",
        "According to Paul Renner, Iran attacked Israel.",
        "Iran, Paul Renner said, attacked Israel.",
        "Iran attacked Israel, as Paul Renner said.",
    ],
)
def test_reported_words_are_the_speakers_too(text: str, read_text: "Tell") -> None:
    assert read_text(text).of("ASSAULT") == {f"{ATTACK} by Paul Renner (indirect)"}


@pytest.mark.parametrize(
    "text",
    ["According to Reuters, Paul Renner said Iran attacked Israel.", "Reuters reported that Paul Renner said Iran had attacked Israel."],
)
def test_the_innermost_speaker_claims_and_the_outer_one_passes_it_on(text: str, read_text: "Tell") -> None:
    assert read_text(text).of("ASSAULT") == {f"{ATTACK} by Paul Renner (indirect) via Reuters"}


@pytest.mark.parametrize(
    ("text", "claimer"),
    [
        ("An Israeli official said Iran had attacked Israel.", "An Israeli official"),
        ("A senior U.N. diplomat told Reuters that Iran had attacked Israel.", "A senior U.N. diplomat"),
        ("A reporter, who left early, said Iran had attacked Israel.", "A reporter"),
    ],
)
def test_a_speaker_without_a_name_is_kept_in_the_words_of_the_text(text: str, claimer: str, read_text: "Tell") -> None:
    assert read_text(text).of("ASSAULT") == {f'{ATTACK} by "{claimer}" (indirect)'}


def test_after_a_quotation_that_was_closed_nobody_speaks(read_text: "Tell") -> None:
    told = read_text('"It is late," Paul Renner said.\n\nIran attacked Israel.')
    assert told.of("ASSAULT") == {ATTACK}


def test_a_quotation_that_is_left_open_ends_with_its_paragraph(read_text: "Tell") -> None:
    told = read_text('Paul Renner said: "Iran attacked Israel and nobody helped.\n\nSweden condemned Norway.')
    assert told.signed == {f"{ATTACK} by Paul Renner (direct)", "Sweden ACCUSE actual Norway"}


def test_a_quotation_in_a_quotation_has_its_own_speaker(read_text: "Tell") -> None:
    told = read_text("Paul Renner said: \"My father told me 'Iran attacked Israel' many times.\"")
    assert told.of("ASSAULT") == {f'{ATTACK} by "My father" (direct) via Paul Renner'}


def test_what_is_asked_is_not_demanded(read_text: "Tell") -> None:
    told = read_text('"Did Iran attack Israel?" asked a reporter.')
    assert told.of("ASSAULT") == {'Iran ASSAULT unknown Israel by "a reporter" (direct)'}


# --- pronouns


def test_he_and_she_go_by_gender(read_text: "Tell") -> None:
    told = read_text("Michael Dorn met Sandra Kell in Paris. She condemned Iran. He praised Iran.")
    assert told.who("She") == ["Sandra Kell"]
    assert told.who("He") == ["Michael Dorn"]
    assert told.mention("She").reason == "pronoun she"


def test_the_gender_of_a_surname_is_that_of_its_title(read_text: "Tell") -> None:
    told = read_text("Mr. Dorn and Ms. Kell, both lawyers, met. She condemned Iran.")
    assert told.who("She") == ["Kell"]


def test_nobody_is_criticised_by_himself(read_text: "Tell") -> None:
    told = read_text("Michael Dorn spoke in Paris. Peter Lang criticized him.")
    assert told.who("him") == ["Michael Dorn"]


def test_it_is_no_person(read_text: "Tell") -> None:
    told = read_text("Sandra Kell accused Iran of lying on Monday. She said it had attacked Israel.")
    assert told.who("it") == ["Iran"]
    assert f"{ATTACK} by Sandra Kell (indirect)" in told.claims


def test_it_that_rains_is_nobody(read_text: "Tell") -> None:
    assert "It" not in read_text("It was raining in Iran.").mentions


def test_they_are_those_who_acted_together(read_text: "Tell") -> None:
    told = read_text("Hamas and Hezbollah met. They condemned Israel.")
    assert told.of("ACCUSE") == {"Hamas ACCUSE actual Israel", "Hezbollah ACCUSE actual Israel"}


def test_i_is_who_speaks(read_text: "Tell") -> None:
    told = read_text('"I condemn Iran," Sandra Kell said.')
    assert told.signed == {"Sandra Kell ACCUSE actual Iran by Sandra Kell (direct)"}
    assert told.mention("I").reason == "first person of Sandra Kell"


@pytest.mark.parametrize(
    ("speaker", "who"),
    [
        ("French President Sandra Kell", "French"),
        ("Sandra Kell, the foreign minister of Norway,", "Norway"),
        ("Sandra Kell, a spokeswoman for Hamas,", "Hamas"),
        ("Sandra Kell", "Sandra Kell"),
    ],
)
def test_we_is_whom_the_speaker_speaks_for(speaker: str, who: str, read_text: "Tell") -> None:
    told = read_text(f'"We condemn Iran," {speaker} said.')
    assert told.of("ACCUSE") == {f"{who} ACCUSE actual Iran by Sandra Kell (direct)"}


def test_i_without_a_speaker_is_nobody(read_text: "Tell") -> None:
    assert "I" not in read_text("I condemn Iran.").mentions


# --- descriptions


def test_the_two_groups_are_both(read_text: "Tell") -> None:
    told = read_text("Hamas met Hezbollah in Beirut. The two groups condemned Israel.")
    assert told.who("The two groups") == ["Hamas", "Hezbollah"]
    assert told.of("ACCUSE") == {"Hamas ACCUSE actual Israel", "Hezbollah ACCUSE actual Israel"}


def test_two_groups_at_odds_are_one_claim(read_text: "Tell") -> None:
    told = read_text("Hamas met ISIS in Gaza. The two groups are at odds.")
    assert told.of("AT_ODDS_WITH") == {"Hamas AT_ODDS_WITH actual ISIS"}


def test_the_two_countries_are_no_groups(read_text: "Tell") -> None:
    told = read_text("Russia and Turkey condemned Hamas. The two countries later sanctioned Israel.")
    assert told.who("The two countries") == ["Russia", "Turkey"]


def test_each_other_are_those_who_act(read_text: "Tell") -> None:
    told = read_text("Michael Dorn and Sandra Kell criticized each other.")
    assert told.who("each other") == ["Michael Dorn", "Sandra Kell"]


@pytest.mark.parametrize("verb", ["criticized", "attacked"])
def test_each_other_is_one_claim_a_direction(verb: str, read_text: "Tell") -> None:
    one, other = read_text(f"Hamas and Hezbollah {verb} each other.").reading.claims
    assert one.target is not None
    assert other.target is not None
    assert (one.source.naming, one.target.naming) == (other.target.naming, other.source.naming)
    assert one.source.naming != one.target.naming


@pytest.mark.parametrize(
    ("text", "description", "who"),
    [
        ("French President Sandra Kell visited Iraq. The president condemned Iran.", "The president", "Sandra Kell"),
        ("Michael Dorn, the mayor of London, spoke. Later the mayor condemned Iran.", "the mayor", "Michael Dorn"),
        ("Petra Vogt is the leader of Germany. Tom Hale left. The German leader condemned Iran.", "The German leader", "Petra Vogt"),
        ("Syria is at war. The government condemned the attack.", "The government", "Syria"),
        ("Hamas left Gaza. The group condemned Israel.", "The group", "Hamas"),
        ("The Free Sahel Movement met Mali's army. The movement condemned Niger.", "The movement", "Free Sahel Movement"),
    ],
)
def test_a_description_is_who_fits_it(text: str, description: str, who: str, read_text: "Tell") -> None:
    assert read_text(text).who(description) == [who]


def test_the_government_far_from_its_country(read_text: "Tell") -> None:
    far = "It was quiet in the hills. Nobody came. The rain fell. The roads were empty. The shops were closed. "
    told = read_text(f"Syria is at war. Syria is poor. {far}The government condemned Hamas.")
    assert told.signed == {"Syria ACCUSE actual Hamas"}


# --- names taken up again


def test_a_surname_is_the_person_named_in_full(read_text: "Tell") -> None:
    told = read_text("Michael Dorn spoke on Monday. Dorn condemned Iran. Michael then praised Iraq.")
    assert told.signed == {"Michael Dorn ACCUSE actual Iran", "Michael Dorn SUPPORT actual Iraq"}
    assert told.mention("Dorn").reason == "surname of Michael Dorn"
    assert told.mention("Michael").reason == "given name of Michael Dorn"


def test_of_two_with_one_surname_the_title_decides(read_text: "Tell") -> None:
    told = read_text("Michael Dorn and Sandra Dorn spoke on Monday. Mrs. Dorn condemned Iran.")
    assert told.of("ACCUSE") == {"Sandra Dorn ACCUSE actual Iran"}


@pytest.mark.parametrize("brackets", ["(FSM)", "(the FSM)"])
def test_a_short_form_in_brackets_is_the_same_group(brackets: str, read_text: "Tell") -> None:
    told = read_text(f"The Free Sahel Movement {brackets} attacked Mali. The FSM later praised Niger.")
    assert "Free Sahel Movement SUPPORT actual Niger" in told.claims


# --- groups without a name


def test_police_without_a_name_are_someone_in_their_document(read_text: "Tell") -> None:
    told = read_text("Police arrested Ali Demir in Berlin. France condemned the police.")
    assert told.signed == {"Police COERCE actual Ali Demir", "France ACCUSE actual Police"}
    assert told.mention("Police").unnamed


def test_police_of_two_documents_are_not_one(extractor: Extractor) -> None:
    from told import document

    from kg.assemble import assemble
    from kg.model import Reading
    from kg.resolve import resolve

    texts = ("Police arrested Ali Demir in Berlin.", "Police arrested Tom Hale in Paris.")
    readings = [reading for reading in extractor.readings(map(document, texts)) if isinstance(reading, Reading)]
    graph = assemble(readings, resolve(readings, extractor.gazetteer), extractor.ontology)
    assert len({claim.source.id for claim in graph.claims if claim.claim.relation == "COERCE"}) == 2


def test_the_reason_of_every_mention_is_told(read_text: "Tell") -> None:
    told = read_text('Sandra Kell met Hamas and Hezbollah. "I told the two groups that Iran left," Kell said. She left.')
    assert all(mention.reason for mention in told.reading.mentions)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ('Iran and Iraq met. The United States was silent. "We trust Iran," Senator Maria Stein said.', "United States"),
        ('The United States warned Iran. Iran was calm. "We trust Iran," President Maria Stein said.', "United States"),
        ('The United States warned Iran. "We trust Iran," said Maria Stein, the speaker of the House.', "Maria Stein"),
    ],
)
def test_we_is_the_country_or_the_member_of_parliament(text: str, who: str, read_text: "Tell") -> None:
    assert [name.removeprefix("The ") for name in read_text(text).who("We")] == [who]
