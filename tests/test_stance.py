"""Who stands how towards whom: voices, modality, claimers, characterisations, answers, roles; what every claim rests on."""

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from told import document

from kg.errors import NotFoundError
from kg.model import MODALITIES, Document, Modality, Reading, dumps, modality_class, reading_to_json
from kg.pipeline.extractor import Extractor
from kg.readers import read
from kg.settings import Settings
from kg.stance.modality import compose

if TYPE_CHECKING:
    from conftest import Tell

ARTICLES = Path(__file__).parent.parent / "data" / "articles"


# --- voices: who acts


@pytest.mark.parametrize(
    "text",
    [
        "Iran attacked Israel.",
        "Israel was attacked by Iran.",
        "Israel has been repeatedly attacked by Iran since May.",
        "Iran, which attacked Israel, left.",
        "Israel, which Iran attacked, left.",
        "Israel, attacked by Iran, left.",
        "France left after Iran attacked Israel.",
        "Iran left Syria and attacked Israel.",
        "Iran began to attack Israel.",
        "Iran's attack on Israel was short.",
        "The Iranian attack on Israel was short.",
        "The attack on Israel by Iran was short.",
        "Iran launched an attack on Israel.",
        "An attack on Israel was launched by Iran.",
        "Iranian forces attacked Israeli troops.",
    ],
)
def test_who_attacks_whom_is_seen_in_every_voice(text: str, read_text: "Tell") -> None:
    told = read_text(text)
    names = {"Iranian": "Iran", "Israeli": "Israel"}
    found = {" ".join(names.get(word, word) for word in line.split()) for line in told.of("ASSAULT")}
    assert found == {"Iran ASSAULT actual Israel"}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Iran is an ally of Syria.", "Iran ALLIED_WITH actual Syria"),
        ("Iran, an ally of Syria, left.", "Iran ALLIED_WITH actual Syria"),
        ("Iran and Israel are at odds.", "Iran AT_ODDS_WITH actual Israel"),
        ("Iran is at odds with Israel.", "Iran AT_ODDS_WITH actual Israel"),
        ("Tensions between Iran and Israel grew.", "Iran AT_ODDS_WITH actual Israel"),
        ("Iran is wary of Israel.", "Iran DISTRUSTS actual Israel"),
        ("Iran and Syria met in May.", "Iran CONSULT actual Syria"),
        ("Iran held talks with Syria.", "Iran CONSULT actual Syria"),
        ("France urged Iran to leave.", "France REQUEST actual Iran"),
        ("Rebels backed by Iran left.", "Iran SUPPORT actual Rebels"),
        ("Sweden joined NATO.", "Sweden MEMBER_OF actual NATO"),
    ],
)
def test_a_stance_is_seen_in_nouns_adjectives_and_appositions(text: str, claim: str, read_text: "Tell") -> None:
    assert read_text(text).claims == {claim}


def test_everyone_who_is_joined_acts(read_text: "Tell") -> None:
    assert read_text("Iran and Syria condemned Israel and Turkey.").claims == {
        f"{source} ACCUSE actual {target}" for source in ("Iran", "Syria") for target in ("Israel", "Turkey")
    }


def test_joined_verbs_share_what_they_are_done_to(read_text: "Tell") -> None:
    assert read_text("Iran criticized and attacked Israel.").signed == {"Iran ACCUSE actual Israel", "Iran ASSAULT actual Israel"}


def test_who_is_told_to_act_is_the_one_who_acts(read_text: "Tell") -> None:
    told = read_text("Iran ordered Hezbollah to attack Israel.")
    assert {line.split(" by ")[0] for line in told.of("ASSAULT")} == {"Hezbollah ASSAULT demanded Israel"}


def test_who_promises_to_act_is_the_one_who_acts(read_text: "Tell") -> None:
    assert read_text("France promised Iran to help Syria.").of("AID") == {"France AID planned Syria"}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("France may coordinate with Syria against ISIS-K.", "France COOPERATE possible Syria against ISIS-K"),
        ("France supports Syrian rebels against ISIS.", "France SUPPORT actual Syrian rebels against ISIS"),
        ("France and Syria cooperated against ISIS.", "France COOPERATE actual Syria against ISIS"),
    ],
)
def test_a_third_actor_is_kept(text: str, claim: str, read_text: "Tell") -> None:
    assert claim in read_text(text).claims


# --- modality


@pytest.mark.parametrize(("outer", "inner"), list(itertools.product(MODALITIES, MODALITIES)))
def test_two_operators_make_one_modality(outer: Modality, inner: Modality) -> None:
    assert compose(outer, inner) in MODALITIES


@pytest.mark.parametrize("modality", MODALITIES)
def test_what_is_said_plainly_changes_nothing(modality: Modality) -> None:
    assert compose("actual", modality) == modality
    assert compose(modality, "actual") == modality


@pytest.mark.parametrize(("outer", "inner"), list(itertools.product(MODALITIES, MODALITIES)))
def test_an_act_that_is_uncertain_or_negative_is_never_made_actual_by_less_than_a_denial(outer: Modality, inner: Modality) -> None:
    if compose(outer, inner) == "actual":
        assert outer in {"actual", "denied"}


@pytest.mark.parametrize("inner", MODALITIES)
def test_a_denial_turns_the_class_round(inner: Modality) -> None:
    negated = compose("denied", inner)
    if inner != "unknown":
        assert (modality_class(negated) == "negative") != (modality_class(inner) == "negative")


@pytest.mark.parametrize("outer", ["not_planned", "doubted", "planned", "possible"])
def test_what_is_not_known_stays_unknown(outer: Modality) -> None:
    assert compose(outer, "unknown") == "unknown"


@pytest.mark.parametrize(
    ("modality", "text"),
    [
        ("actual", "Iran supported Syria."),
        ("actual", "Iran is supporting Syria."),
        ("actual", "Iran managed to support Syria."),
        ("likely", "Iran probably supported Syria."),
        ("likely", "Iran is likely to support Syria."),
        ("likely", "Iran is expected to support Syria."),
        ("possible", "Iran may support Syria."),
        ("possible", "Iran might support Syria."),
        ("possible", "Iran could support Syria."),
        ("planned", "Iran will support Syria."),
        ("planned", "Iran plans to support Syria."),
        ("planned", "Iran vowed to support Syria."),
        ("planned", "Iran said it would support Syria."),
        ("planned", "Iran's plan to support Syria is old."),
        ("demanded", "Iran should support Syria."),
        ("demanded", "Iran must support Syria."),
        ("demanded", "France urged Iran to support Syria."),
        ("demanded", "Iran needs to support Syria."),
        ("hypothetical", "If Iran supports Syria, Israel will leave."),
        ("hypothetical", "Iran would support Syria if Israel left."),
        ("doubted", "Paul Renner doubted that Iran supported Syria."),
        ("doubted", "Iran may not support Syria."),
        ("denied", "Iran did not support Syria."),
        ("denied", "Iran never supported Syria."),
        ("denied", "Iran denied supporting Syria."),
        ("denied", "Iran denied that it supported Syria."),
        ("denied", "Iran failed to support Syria."),
        ("not_planned", "Iran will not support Syria."),
        ("not_planned", "Iran refused to support Syria."),
        ("not_planned", "Iran has no plans to support Syria."),
        ("not_planned", "Iran ruled out supporting Syria."),
        ("not_planned", "Iran does not plan to support Syria."),
        ("unknown", "It is unclear whether Iran supported Syria."),
        ("unknown", "It is not known whether Iran supported Syria."),
        ("unknown", "Nobody knows whether Iran supports Syria."),
    ],
)
def test_how_surely_it_is_so(modality: Modality, text: str, read_text: "Tell") -> None:
    claims = [claim for claim in read_text(text).reading.claims if claim.relation == "SUPPORT"]
    assert [claim.modality for claim in claims] == [modality]
    assert {claim.polarity for claim in claims} == {1}


@pytest.mark.parametrize(
    "text", ["Paul Renner declined to say whether Iran supported Syria.", "Iran refused to say whether it would support Syria."]
)
def test_what_one_declines_to_say_is_not_known(text: str, read_text: "Tell") -> None:
    assert [claim.modality for claim in read_text(text).reading.claims if claim.relation == "SUPPORT"] == ["unknown"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("It is possible that Iran supports Syria.", "possible"),
        ("It is likely that Iran supports Syria.", "likely"),
        ("It is possible for Iran to support Syria.", "possible"),
    ],
)
def test_what_is_possible_or_likely_is_not_so_yet(text: str, modality: Modality, read_text: "Tell") -> None:
    assert [claim.modality for claim in read_text(text).reading.claims if claim.relation == "SUPPORT"] == [modality]


def test_neither_nor_denies(read_text: "Tell") -> None:
    assert read_text("Neither Iran nor Iraq supports Syria.").signed == {"Iran SUPPORT denied Syria", "Iraq SUPPORT denied Syria"}


def test_a_modality_does_not_spill_into_the_next_clause(read_text: "Tell") -> None:
    told = read_text("Iran may attack Israel, but France supported Syria.")
    assert told.signed == {"Iran ASSAULT possible Israel", "France SUPPORT actual Syria"}


# --- who says so


def test_two_who_speak_together_make_two_claims(read_text: "Tell") -> None:
    for text in (
        "Michael Dorn and Sandra Kell said that Iran had attacked Israel.",
        'Michael Dorn and Sandra Kell said: "Iran attacked Israel."',
    ):
        claims = [claim for claim in read_text(text).reading.claims if claim.relation == "ASSAULT"]
        assert {read_text(text).words(claim.claimer) for claim in claims} == {"Michael Dorn", "Sandra Kell"}
        assert len({claim.id for claim in claims}) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Iran attacked Israel.", ""),
        ("Paul Renner said Iran attacked Israel.", " by Paul Renner (indirect)"),
        ('"Iran attacked Israel," Paul Renner said.', " by Paul Renner (direct)"),
        ("A reporter said Iran attacked Israel.", ' by "A reporter" (indirect)'),
    ],
)
def test_the_claimer_is_who_says_so(text: str, said: str, read_text: "Tell") -> None:
    assert read_text(text).of("ASSAULT") == {f"Iran ASSAULT actual Israel{said}"}


def test_what_a_speaker_says_of_a_third_ones_words_is_the_speakers_claim(read_text: "Tell") -> None:
    assert read_text("Michael Dorn said Sandra Kell condemned Iran.").of("ACCUSE") == {
        "Sandra Kell ACCUSE actual Iran by Michael Dorn (indirect)"
    }


@pytest.mark.parametrize(
    ("text", "speech", "act"),
    [
        ("Iran refused to recognise Israel.", "Iran REJECT actual Israel", "Iran RECOGNIZES not_planned Israel"),
        ("Iran vowed to help Syria.", "Iran AGREE actual Syria", "Iran AID planned Syria"),
        ("Iran threatened to attack Israel.", "Iran THREATEN actual Israel", "Iran ASSAULT planned Israel"),
        ("Iran denied working with Syria.", "Iran REJECT actual Syria", "Iran COOPERATE denied Syria"),
        ("France urged Iran to support Syria.", "France REQUEST actual Iran", "Iran SUPPORT demanded Syria"),
        ("France accused Iran of arming Hamas.", "France ACCUSE actual Iran", "Iran AID actual Hamas"),
    ],
)
def test_a_speech_act_and_the_act_in_it_are_two_claims(text: str, speech: str, act: str, read_text: "Tell") -> None:
    told = read_text(text)
    assert {line.split(" by ")[0] for line in told.claims} == {speech, act}


@pytest.mark.parametrize("text", ["Iran may recognise Israel.", "Iran will recognise Israel.", "Iran has no plans to recognise Israel."])
def test_a_plan_or_possibility_is_the_act_alone(text: str, read_text: "Tell") -> None:
    assert [claim.relation for claim in read_text(text).reading.claims] == ["RECOGNIZES"]


def test_a_promise_is_an_agreement(read_text: "Tell") -> None:
    assert read_text("Iran promised to help Syria.").signed == {"Iran AGREE actual Syria", "Iran AID planned Syria"}


def test_a_warning_of_ones_own_act_is_a_threat(read_text: "Tell") -> None:
    assert read_text("France warned that it would sanction Iran.").of("THREATEN") == {"France THREATEN actual Iran"}


def test_an_end_is_not_the_thing_that_ends(read_text: "Tell") -> None:
    told = read_text("The United States lifted sanctions on Iran.")
    assert told.of("SANCTION") == set()
    assert told.of("CONCEDE", "RETREAT")


# --- questions and answers


@pytest.mark.parametrize(
    ("question", "answer", "modality"),
    [
        ("Any possibility of cooperation against ISIS?", "It's possible,", "possible"),
        ("Any possibility of cooperation against ISIS?", "It is possible,", "possible"),
        ("Is there cooperation against ISIS?", "Yes, of course,", "actual"),
        ("Is there cooperation against ISIS?", "Yes,", "actual"),
        ("Is cooperation against ISIS possible?", "No,", "denied"),
        ("Is cooperation against ISIS possible?", "Not at all,", "denied"),
        ("Is cooperation against ISIS possible?", "I doubt it,", "doubted"),
        ("Is cooperation against ISIS possible?", "I don’t know,", "unknown"),
    ],
)
def test_an_answer_says_what_was_asked(question: str, answer: str, modality: str, read_text: "Tell") -> None:
    before = "France is cooperating with Syria."
    text = f"{before} “{question}” a reporter asked.\n\n“{answer}” Michael Dorn said."
    told = read_text(text)
    expected = f"France COOPERATE {modality} Syria against ISIS by Michael Dorn (direct)"
    assert expected in told.claims
    (claim,) = [claim for claim in told.reading.claims if told.line(claim) == expected]
    assert answer.rstrip(",") in claim.evidence.sentence
    assert [question in text[span.start : span.end] for span in claim.evidence.context] == [True]
    assert claim.source.reason.startswith("implicit: ")


def test_the_pair_of_an_answer_stands_in_the_question_where_it_is_named(read_text: "Tell") -> None:
    told = read_text('"Is there any coordination between France and Syria?" a reporter asked.\n\n"It\'s possible," Michael Dorn said.')
    assert "France COOPERATE possible Syria by Michael Dorn (direct)" in told.claims


def test_an_answer_far_from_any_question_says_nothing(read_text: "Tell") -> None:
    told = read_text('France is cooperating with Syria.\n\n"It\'s possible," Michael Dorn said.')
    assert told.signed == {"France COOPERATE actual Syria"}


# --- characterisations


@pytest.mark.parametrize(
    ("text", "claim", "sign"),
    [
        ("France considers Iran a threat.", 'France VIEWS_AS actual Iran "threat"', -1),
        ("France regards Iran as a threat.", 'France VIEWS_AS actual Iran "threat"', -1),
        ("France called Hamas a terrorist group.", 'France VIEWS_AS actual Hamas "terrorist group"', -1),
        ("France views Syria as a reliable partner.", 'France VIEWS_AS actual Syria "reliable partner"', 1),
        (
            '"Hamas is a ruthless group," Sandra Kell said.',
            'Sandra Kell VIEWS_AS actual Hamas "ruthless group" by Sandra Kell (direct)',
            -1,
        ),
        (
            "Sandra Kell said that Iran is a reliable partner.",
            'Sandra Kell VIEWS_AS actual Iran "reliable partner" by Sandra Kell (indirect)',
            1,
        ),
    ],
)
def test_a_characterisation_has_its_words_and_their_sign(text: str, claim: str, sign: int, read_text: "Tell") -> None:
    told = read_text(text)
    assert claim in told.of("VIEWS_AS")
    (found,) = [one for one in told.reading.claims if told.line(one) == claim]
    assert found.polarity == sign


def test_what_nobody_says_is_no_ones_view(read_text: "Tell") -> None:
    assert read_text("Hamas is a ruthless group.").of("VIEWS_AS") == set()


def test_a_denied_view_keeps_its_sign(read_text: "Tell") -> None:
    (claim,) = [one for one in read_text("France does not consider Iran a threat.").reading.claims if one.relation == "VIEWS_AS"]
    assert (claim.modality, claim.polarity) == ("denied", -1)


@pytest.mark.parametrize("verb", ["called", "branded"])
def test_calling_someone_something_without_an_article(verb: str, read_text: "Tell") -> None:
    assert read_text(f"France {verb} Hamas terrorists.").signed == {'France VIEWS_AS actual Hamas "terrorists"'}


# --- roles and parts


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("French President Sandra Kell left.", {"Sandra Kell LEADS actual French"}),
        ("Sandra Kell, the prime minister of Norway, left.", {"Sandra Kell LEADS actual Norway"}),
        ("Iran's president, Ali Mansour, left.", {"Ali Mansour LEADS actual Iran"}),
        ("Norway's foreign minister, Sandra Kell, left.", set()),
        ("Former French President Sandra Kell left.", set()),
        ("French Vice President Sandra Kell left.", set()),
    ],
)
def test_who_holds_the_first_office_leads(text: str, leads: set[str], read_text: "Tell") -> None:
    told = read_text(text)
    assert told.of("LEADS") == leads
    assert len(told.of("HOLDS_ROLE")) == 1


def test_a_prime_minister_leads(read_text: "Tell") -> None:
    assert read_text("British Prime Minister Tom Hale left.").of("LEADS") == {"Tom Hale LEADS actual British"}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Al-Shabaab, a branch of Al-Qaeda, attacked Kenya.", "Al-Shabaab PART_OF actual Al-Qaeda"),
        ("ISIS-K is the Afghan affiliate of ISIS.", "ISIS-K PART_OF actual ISIS"),
        ("The Yemeni branch of Al-Qaeda, known as Ansar al-Sharia, left.", "Ansar al-Sharia PART_OF actual Al-Qaeda"),
    ],
)
def test_a_branch_is_part_of_the_whole(text: str, claim: str, read_text: "Tell") -> None:
    assert claim in read_text(text).of("PART_OF")


@pytest.mark.xfail(strict=True, reason="in 'the Yemeni branch of Al-Qaeda' the country is taken for the part")
def test_a_country_is_no_branch(read_text: "Tell") -> None:
    told = read_text("The Yemeni branch of Al-Qaeda, known as Ansar al-Sharia, attacked Kenya.")
    assert told.of("PART_OF") == {"Ansar al-Sharia PART_OF actual Al-Qaeda"}
    assert not [claim for claim in told.reading.claims if told.words(claim.source) == "Yemeni"]


# --- what every claim rests on


@pytest.fixture(scope="module")
def articles() -> list[Document]:
    return [item for item in read([ARTICLES], Settings()) if isinstance(item, Document)]


@pytest.fixture(scope="module")
def readings(articles: list[Document], extractor: Extractor) -> list[Reading]:
    return [item for item in extractor.readings(articles) if isinstance(item, Reading)]


def test_every_article_is_read_and_claims_something(articles: list[Document], readings: list[Reading]) -> None:
    assert [reading.document for reading in readings] == articles
    assert all(len([claim for claim in reading.claims if claim.polarity]) >= 5 for reading in readings)


def test_evidence_is_exact(readings: list[Reading]) -> None:
    for reading in readings:
        text = reading.document.text
        for claim in reading.claims:
            evidence = claim.evidence
            assert text[evidence.start_char : evidence.end_char] == evidence.sentence
            assert text[evidence.cue_start : evidence.cue_end] == evidence.cue
            assert evidence.start_char <= evidence.cue_start < evidence.cue_end <= evidence.end_char
            assert "\n\n" not in evidence.sentence


def test_every_role_is_a_mention_of_the_document(readings: list[Reading]) -> None:
    for reading in readings:
        spans = {mention.span: mention for mention in reading.mentions}
        for claim in reading.claims:
            for role in claim.roles.values():
                assert role.naming in spans[role.mention].namings or role.reason.startswith("implicit: ")
                assert not spans[role.naming].refers_to


def test_a_claim_is_about_two_different_actors_of_a_relation_that_exists(readings: list[Reading], extractor: Extractor) -> None:
    for claim in (claim for reading in readings for claim in reading.claims):
        relation = extractor.ontology.relations[claim.relation]
        assert claim.modality in MODALITIES
        assert 0 < claim.confidence <= 1
        assert claim.polarity == (claim.polarity if relation.polarity is None else relation.polarity)
        assert claim.target is not None or claim.relation in {"HOLDS_ROLE", "MOBILIZE", "PROTEST"}
        assert claim.target is None or claim.target.naming != claim.source.naming
        assert (claim.value is not None) == (claim.relation in {"VIEWS_AS", "HOLDS_ROLE"})
        assert (claim.quote == "none") == (claim.claimer is None and claim.claimer_text is None)


def test_the_order_of_documents_changes_nothing(articles: list[Document], readings: list[Reading], extractor: Extractor) -> None:
    others = [document(f"Minister Number{i} of France condemned Iran." * (i % 3 + 1)) for i in range(9)]
    again = extractor.readings([*reversed(articles), *others])
    found = {item.document.id: dumps(reading_to_json(item)) for item in again if isinstance(item, Reading)}
    assert all(found[reading.document.id] == dumps(reading_to_json(reading)) for reading in readings)


# --- why


def test_a_trace_tells_cue_operators_and_who_is_who(read_text: "Tell", extractor: Extractor) -> None:
    text = 'Sandra Kell spoke in Paris. "France may work with the Taliban against ISIS-K," she said.'
    told = read_text(text)
    (claim,) = [claim for claim in told.reading.claims if claim.relation == "COOPERATE"]
    trace = extractor.trace(document(text), claim.id)
    assert trace.cue == claim.evidence.cue
    assert trace.rule == claim.rule
    assert [token.text for token in trace.tokens][1:3] == ["France", "may"]
    assert any("“may”" in reason and "possible" in reason for reason in trace.reasons)
    assert any(reason.startswith("target: “Taliban”") for reason in trace.reasons)
    assert any(reason.startswith("against: “ISIS-K”") for reason in trace.reasons)
    assert any(reason.startswith("claimer: “she” stands for “Sandra Kell” (pronoun she)") for reason in trace.reasons)


def test_every_claim_of_an_article_can_be_traced(readings: list[Reading], extractor: Extractor) -> None:
    reading = min(readings, key=lambda reading: len(reading.document.text))
    for claim in reading.claims[:10]:
        trace = extractor.trace(reading.document, claim.id)
        assert set(claim.roles) <= {reason.split(":")[0] for reason in trace.reasons}


def test_a_claim_that_is_not_there_is_not_found(extractor: Extractor) -> None:
    with pytest.raises(NotFoundError, match="no-such-claim"):
        extractor.trace(document("Iran attacked Israel."), "no-such-claim")
