"""Who does what to whom where neither stands beside the cue: left-out subjects, things that belong to someone, nouns, whole documents."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Tell
    from told import Told


def pairs(told: "Told") -> set[str]:
    """The claims as "SOURCE RELATION TARGET": how surely and by whom is tested elsewhere."""
    return {f"{told.words(claim.source)} {claim.relation} {told.words(claim.target)}" for claim in told.reading.claims}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Karl Brandt was the first senator to endorse Ted Cruz.", "Karl Brandt SUPPORT Ted Cruz"),
        ("Poland is in the process of leaving the European Union.", "Poland SANCTION European Union"),
        ("Norway had no trouble attacking Iran.", "Norway ASSAULT Iran"),
        ("France pressed China into arresting Kim Jong Un.", "China COERCE Kim Jong Un"),
        ("Egypt voted on a resolution to expel Iran.", "Egypt SANCTION Iran"),
        ("France criticised Israel for arming Azerbaijan.", "Israel AID Azerbaijan"),
        ("The Russian plan to attack Turkey leaked.", "Russian ASSAULT Turkey"),
        ("Poland relies on Germany to attack Iran.", "Germany ASSAULT Iran"),
        ("NATO to attack Iran.", "NATO ASSAULT Iran"),
    ],
)
def test_who_acts_is_found_where_the_verb_has_no_subject_of_its_own(text: str, claim: str, read_text: "Tell") -> None:
    assert claim in pairs(read_text(text))


def test_nobody_acts_in_what_is_said_to_be_hard(read_text: "Tell") -> None:
    assert not [line for line in read_text("Iran left early. It is hard to attack Israel.").claims if "ASSAULT" in line]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Maria Lopez, an activist who supports Donald Trump, smiled.", "Maria Lopez SUPPORT Donald Trump"),
        ("Candidates like Ted Cruz condemned Marco Rubio.", "Ted Cruz ACCUSE Marco Rubio"),
        ("Friendly states, including Japan, attacked Iran.", "Japan ASSAULT Iran"),
        ("France condemned the missile test announced by North Korea.", "France ACCUSE North Korea"),
        ("France rejected many of Turkey's proposals.", "France REJECT Turkey"),
        ("The bold Turkish attack on Iran failed.", "Turkish ASSAULT Iran"),
        ("Ali Demir is a supporter of Iran and close friend of Bashar al-Assad.", "Ali Demir ALLIED_WITH Bashar al-Assad"),
        ("Donald Trump and President Emmanuel Macron attacked Iran.", "Donald Trump ASSAULT Iran"),
    ],
)
def test_who_is_meant_is_found_behind_what_is_said(text: str, claim: str, read_text: "Tell") -> None:
    assert claim in pairs(read_text(text))


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Iran has been the target of American sanctions since May.", "American SANCTION Iran"),
        ("China responded to German criticism.", "German ACCUSE China"),
        ("The talks in Geneva with Iran were led by Norway.", "Norway CONSULT Iran"),
        ("The Israeli-Palestinian conflict went on.", "Israeli ASSAULT Palestinian"),
        ("The long Iranian attack on Israel was over.", "Iranian ASSAULT Israel"),
        ("Kim Jong Un ordered Ali Demir's assassination.", "Kim Jong Un ASSAULT Ali Demir"),
        ("Turkey ordered the release of Andrew Brunson.", "Turkey RETREAT Andrew Brunson"),
        ("Boko Haram killed forty people in Nigeria.", "Boko Haram ASSAULT Nigeria"),
        ("Japan complained that China had lied.", "Japan ACCUSE China"),
    ],
)
def test_whom_a_deed_is_done_to_is_found_in_its_clause(text: str, claim: str, read_text: "Tell") -> None:
    assert claim in pairs(read_text(text))


def test_what_fills_no_slot_is_less_sure(read_text: "Tell") -> None:
    surer, unsure = (
        next(claim.confidence for claim in read_text(text).reading.claims if claim.relation == "ACCUSE")
        for text in ("German criticism of China went on.", "China responded to German criticism.")
    )
    assert unsure < surer


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('"Ted Cruz is not qualified," Marco Rubio said.', 'Marco Rubio VIEWS_AS actual Ted Cruz "not qualified"'),
        ('"Ted Cruz\'s plan is a disaster," Marco Rubio said.', "Marco Rubio ACCUSE actual Ted Cruz"),
        ('"What Ted Cruz does is dangerous," Marco Rubio said.', "Marco Rubio ACCUSE actual Ted Cruz"),
        ("Marco Rubio compared Ted Cruz to a dictator.", 'Marco Rubio VIEWS_AS actual Ted Cruz "dictator"'),
    ],
)
def test_what_a_speaker_says_of_someone_and_of_what_is_theirs_is_a_stance(text: str, line: str, read_text: "Tell") -> None:
    assert line in {claim.partition(" by ")[0] for claim in read_text(text).claims}


def test_the_death_of_someone_does_not_accuse_them(read_text: "Tell") -> None:
    text = '"Ali Demir\'s murder is a disgrace," Marco Rubio said.'
    assert not [line for line in read_text(text).claims if "ACCUSE" in line]


# --- stance that is carried on

_AGAINST = 'Marco Rubio attacked Ted Cruz on Monday. "He talks about unity," Rubio said.'
_FOR = 'Marco Rubio praised Ted Cruz on Monday. "He works every day," Rubio said.'


@pytest.mark.parametrize(
    ("text", "claim"), [(_AGAINST, "Marco Rubio ACCUSE actual Ted Cruz"), (_FOR, "Marco Rubio SUPPORT actual Ted Cruz")]
)
def test_a_speaker_goes_on_about_the_person_just_judged(text: str, claim: str, read_text: "Tell") -> None:
    told = read_text(text)
    (carried,) = (one for one in told.reading.claims if one.rule == "stance carried on")
    assert told.line(carried).startswith(claim)
    assert [text[span.start : span.end] for span in carried.evidence.context] == [text.partition(". ")[0] + "."]


@pytest.mark.parametrize(
    "text",
    [
        'Marco Rubio attacked Ted Cruz. Rubio later praised Cruz. "He talks about unity," Rubio said.',
        'Marco Rubio praised Ted Cruz. Rain fell. It went on. Nobody came. "Cruz works every day," Rubio said.',
        'Marco Rubio attacked Iran on Monday. "It talks about unity," Rubio said.',
        'Marco Rubio did not attack Ted Cruz on Monday. "He talks about unity," Rubio said.',
        '"Ted Cruz talks about unity," Marco Rubio said.',
    ],
)
def test_a_stance_that_is_mixed_far_off_denied_or_untold_is_not_carried_on(text: str, read_text: "Tell") -> None:
    assert "stance carried on" not in {claim.rule for claim in read_text(text).reading.claims}


# --- the partner of the deed before


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Iran attacked Israel and threw rocks.", "Iran ASSAULT actual Israel"),
        ("Donald Trump condemned Ted Cruz on Monday. His criticism was sharp.", "Donald Trump ACCUSE actual Ted Cruz"),
    ],
)
def test_who_does_the_same_again_does_it_to_the_same(text: str, claim: str, read_text: "Tell") -> None:
    told = read_text(text)
    (again,) = (one for one in told.reading.claims if one.rule.startswith("partner:"))
    assert told.line(again) == claim


@pytest.mark.parametrize(
    "text",
    [
        "Iran helped Israel and threw rocks.",
        "Iran attacked Israel and Egypt threw rocks.",
        "Iran attacked Israel. It threw rocks.",
    ],
)
def test_another_sign_doer_or_sentence_has_no_partner(text: str, read_text: "Tell") -> None:
    assert not [claim for claim in read_text(text).reading.claims if claim.rule.startswith("partner:")]


# --- actors that the parser hangs elsewhere, and where a deed is done


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Iran was accused of lying by Sweden.", "Sweden ACCUSE actual Iran"),
        ("Norway refused to allow Iranian diplomats to enter the country.", "Norway REJECT actual Iranian"),
        ("Iran recalled its envoy and staged a walkout in protest at Norway's decision.", "Iran PROTEST actual Norway"),
        ("Chile is ready to contribute troops to a mission in Haiti.", "Chile AGREE actual Haiti"),
        ("Chile is ready to contribute troops to a NATO mission in Haiti.", "Chile AID planned Haiti"),
        ("Norway agreed to an expansion of its mission in Mali.", "Norway AGREE actual Mali"),
        ("Norwegian and Swedish armed forces have agreed to undertake a joint exercise.", "Norwegian AGREE actual Swedish"),
        ("North Korea threatened that it would attack Japan.", "North Korea THREATEN actual Japan"),
        ("Sudan pledged that it would help Egypt.", "Sudan AGREE actual Egypt"),
        ("Japan was close to signing a treaty with Peru.", "Japan AGREE actual Peru"),
        ("Forty Syrians arrived in Kenya seeking refuge.", "Syrians REQUEST actual Kenya"),
        ("Anna Berg promised Norway's support for Mali.", "Anna Berg SUPPORT actual Mali"),
        ("Qatar held talks meant to help Fatah reach a settlement.", "Qatar CONSULT actual Fatah"),
        ("Norway agreed to reopen the road that was closed when soldiers from Iran arrived.", "Norway AGREE actual Iran"),
    ],
)
def test_an_actor_is_found_where_it_stands(text: str, claim: str, read_text: "Tell") -> None:
    assert claim in read_text(text).claims


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Three men were questioned in connection with a fire in Kenya.", "ENGAGES_WITH"),  # no ties
        ("Somalia is home to a force made up of Kenyans.", "CONCEDE"),  # no reconciliation
        ("Relations between Kenya and Somalia soured.", "ENGAGES_WITH"),
        ("Kenya and Somalia violated the ceasefire agreement.", "AGREE"),
    ],
)
def test_words_that_say_something_else_together_are_not_read_alone(text: str, claim: str, read_text: "Tell") -> None:
    assert not any(claim in told for told in read_text(text).claims)
