"""Actors without a name: groups and persons that a noun tells of, organs of a country, what takes them up again, what is nobody."""

from typing import TYPE_CHECKING

import pytest

from kg.mentions import names_actor, names_person

if TYPE_CHECKING:
    from conftest import Tell

# --- what a noun means


@pytest.mark.parametrize(
    "noun", ["voter", "journalist", "politician", "refugee", "aunt", "gunman", "counter-protester", "technocrat", "cleric"]
)
def test_a_noun_for_people(noun: str) -> None:
    assert names_person(noun)
    assert names_actor(noun)


@pytest.mark.parametrize("noun", ["letter", "number", "border", "degree", "mirror", "list", "median", "newspaper", "company", "idea"])
def test_a_noun_that_only_looks_like_one(noun: str) -> None:
    assert not names_person(noun)


def test_organisations_are_actors_too() -> None:
    assert names_actor("company")
    assert not names_actor("statement")


# --- who acts, as a reader would call them


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Pro-independence candidates condemned Iran.", "Pro-independence candidates"),
        ("Several oil companies condemned Iran.", "oil companies"),
        ("Thousands of people condemned Iran.", "Thousands of people"),
        ("At least 36 people condemned Iran.", "36 people"),
        ("Two dozen retired judges condemned Iran.", "retired judges"),
        ("A group of retired judges condemned Iran.", "retired judges"),
        ("Most of the other striking nurses condemned Iran.", "striking nurses"),
        ("Opponents of the treaty condemned Iran.", "Opponents of the treaty"),
        ("Members of the House of Commons condemned Iran.", "House of Commons"),
        ("The public condemned Iran.", "public"),
        ("The private sector condemned Iran.", "private sector"),
        ("The party's leaders met. The political class condemned Iran.", "political class"),
        ("A gunman attacked Iran.", "gunman"),
        ("Peru's Supreme Court condemned Iran.", "Peru's Supreme Court"),
        ("The Parliament of Peru condemned Iran.", "Parliament of Peru"),
        ("A militant group attacked Iran.", "militant group"),
        ("Sandra Kell spoke. Her opponents condemned Iran.", "Her opponents"),
    ],
)
def test_somebody_without_a_name_acts(text: str, actor: str, read_text: "Tell") -> None:
    claims = read_text(text).of("ACCUSE", "ASSAULT")
    assert claims == {f"{actor} {'ASSAULT' if 'attacked' in text else 'ACCUSE'} actual Iran"}


def test_they_are_someone_in_this_document_only(read_text: "Tell") -> None:
    told = read_text("Oil companies sued Kenya. A gunman attacked Peru.")
    assert told.mention("Oil companies").unnamed
    assert told.mention("gunman").unnamed
    assert told.kinds["Oil companies"] == "group"
    assert told.kinds["gunman"] == "person"


def test_a_person_without_a_name_claims_in_the_words_of_the_text(read_text: "Tell") -> None:
    told = read_text("A woman said that Iran had attacked Israel.")
    assert told.of("ASSAULT") == {'Iran ASSAULT actual Israel by "A woman" (indirect)'}


# --- nobody


@pytest.mark.parametrize(
    "text",
    [
        "France sent letters and numbers.",
        "They are voters and teachers.",
        "Norway denied its opposition to the plan.",
        "People want peace, and countries differ.",
        "No company condemned France.",
        "France saw a record five million visitors.",
        "France acted as a mediator.",
    ],
)
def test_what_is_no_actor(text: str, read_text: "Tell") -> None:
    assert not [mention.text for mention in read_text(text).reading.mentions if mention.unnamed]


def test_a_countrys_people_and_things_stand_for_it(read_text: "Tell") -> None:
    assert read_text("Norway sanctioned several Russian banks.").signed == {"Norway SANCTION actual Russian"}


def test_whoever_tells_of_a_deed_has_not_done_it(read_text: "Tell") -> None:
    told = read_text("Officials said that three farmers were stabbed at night.")
    assert told.of("ASSAULT") == set()


# --- taken up again


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        ("Oil companies sued Kenya. The oil companies praised Norway.", "oil companies", "Oil companies"),
        ("Pro-independence candidates won. France praised the candidates.", "candidates", "Pro-independence candidates"),
        ("Syrian rebels left. Soon rebels praised Norway.", "rebels", "Syrian rebels"),
        ("Protesters met in Paris. Hong Kong protesters condemned Iran.", "Protesters", "Hong Kong protesters"),
        ("Sandra Kell left. Her opponents won. Kell's opponents praised Iran.", "Kell's opponents", "Her opponents"),
        ("Peru's Supreme Court met. The court condemned Iran.", "court", "Peru's Supreme Court"),
        ("A gunman fled from Peru. Police shot the suspect.", "suspect", "gunman"),
        ("Protesters met in Paris. The protests shook Iran.", "protests", "Protesters"),
    ],
)
def test_a_noun_takes_up_who_was_told_of(text: str, words: str, who: str, read_text: "Tell") -> None:
    told = read_text(text)
    assert told.who(words) == [who]
    assert told.mention(words).reason


def test_supporters_of_two_are_two_groups(read_text: "Tell") -> None:
    told = read_text("Dorn supporters met in Rome. Kell supporters condemned Iran. Michael Dorn and Sandra Kell left.")
    assert told.who("Dorn supporters") != told.who("Kell supporters")


def test_another_gunman_is_another(read_text: "Tell") -> None:
    told = read_text("A gunman attacked Peru. Later a masked gunman attacked Chile.")
    assert told.of("ASSAULT") == {"gunman ASSAULT actual Peru", "masked gunman ASSAULT actual Chile"}


def test_the_two_men_are_both_persons(read_text: "Tell") -> None:
    told = read_text("Michael Dorn met Peter Lang in Rome. The two men condemned Iran.")
    assert told.of("ACCUSE") == {"Michael Dorn ACCUSE actual Iran", "Peter Lang ACCUSE actual Iran"}


# --- organs and offices


def test_the_senate_of_a_country_that_is_named(read_text: "Tell") -> None:
    told = read_text("U.S. troops left. The Senate condemned Iran.")
    assert told.mention("Senate").reason == "gazetteer alias"


def test_the_senate_of_some_other_country(read_text: "Tell") -> None:
    assert read_text("Peru is at war. The Senate condemned Iran.").mention("Senate").unnamed


def test_the_administration_is_the_american_one(read_text: "Tell") -> None:
    told = read_text("Iraq and Syria met. Iraq asked the U.S. for help. Iraq waited. The administration condemned Hamas.")
    assert told.of("ACCUSE") == {"U.S. ACCUSE actual Hamas"}


def test_the_president_is_no_vice_president(read_text: "Tell") -> None:
    told = read_text("President Tom Hale met Vice President Ana Ruiz. The president condemned Iran.")
    assert told.who("The president") == ["Tom Hale"]


def test_an_office_whose_holder_is_named_later(read_text: "Tell") -> None:
    told = read_text("The prime minister condemned Iran. Prime Minister Ana Ruiz then left.")
    assert told.of("ACCUSE") == {"Ana Ruiz ACCUSE actual Iran"}


def test_criticism_from_a_capital_is_its_governments(read_text: "Tell") -> None:
    assert "Moscow" in read_text("Iran drew criticism from Moscow.").kinds


# --- pronouns


def test_they_are_those_who_say_so(read_text: "Tell") -> None:
    told = read_text("Hamas and Hezbollah met. Striking nurses say they trust Norway.")
    assert told.who("they") == ["Striking nurses"]


def test_they_that_are_statements_are_nobody(read_text: "Tell") -> None:
    assert "They" not in read_text("Muslims met in Rome. They were very rude statements.").mentions


def test_it_as_an_object_is_a_thing(read_text: "Tell") -> None:
    assert "it" not in read_text("Hamas saw the bill. Norway opposed it.").mentions


def test_we_in_the_words_of_a_spokesman_beside_his_name(read_text: "Tell") -> None:
    told = read_text('"We condemn Iran," said Norway\'s envoy, Salem Bakoush.')
    assert told.of("ACCUSE") == {"Norway ACCUSE actual Iran by Salem Bakoush (direct)"}


def test_she_is_no_stranger_of_whom_the_text_does_not_tell_it(read_text: "Tell") -> None:
    told = read_text("Sandra Kell was followed by a burglar in Rome. She condemned Iran.")
    assert told.who("She") == ["Sandra Kell"]


def test_he_may_be_a_man_without_a_name(read_text: "Tell") -> None:
    assert read_text("A gunman entered a shop in Rome. He attacked Iran.").of("ASSAULT") == {"gunman ASSAULT actual Iran"}
