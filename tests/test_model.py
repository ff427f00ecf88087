"""The nouns: what a Reading refuses, ids that hold, and a JSON form that loses nothing."""

import dataclasses
import json
import pickle

import pytest
from fake_extractor import document, fake_reading

from kg.errors import InputError, KgError, NothingReadError
from kg.model import (
    MODALITIES,
    Claim,
    Evidence,
    Kind,
    Mention,
    Period,
    Reading,
    Role,
    Span,
    canonical_url,
    claim_id,
    content_hash,
    document_id,
    dumps,
    entity_key,
    modality_class,
    reading_from_json,
    reading_to_json,
)

TEXT = "Iran VIEWS_AS denied the Taliban as apostates (-1), says Mark Milley. They met.\n\nNothing else happened."


@pytest.fixture
def reading() -> Reading:
    """A reading in which every field of the model says something."""
    of = document(TEXT, url="https://news.example/a", published="2021-09-02", outlet="News", path="a.html")
    made = fake_reading(of)
    (claim,) = made.claims
    they = Mention(of.id, Span(70, 74), "They", "group", "pronoun", (claim.source.naming, Span(21, 32)))
    implied = Role(they.span, claim.source.naming, "implicit: the asker's country")
    full = dataclasses.replace(
        claim,
        via=(implied, claim.source),
        against=claim.target,
        about=implied,
        on_behalf_of=claim.source,
        claimer_text="an official",
        event=Period("2021-08-01", None),
        evidence=dataclasses.replace(claim.evidence, context=(Span(70, 79),)),
        quote="direct",
    )
    return Reading(of, (*made.mentions, they), (full,), made.extractor)


def test_a_reading_survives_its_json_form(reading: Reading) -> None:
    line = dumps(reading_to_json(reading))
    assert reading_from_json(json.loads(line)) == reading
    assert dumps(reading_to_json(reading_from_json(json.loads(line)))) == line


def test_the_json_form_has_the_names_of_the_types(reading: Reading) -> None:
    data = reading_to_json(reading)
    assert list(data) == ["schema_version", "extractor", "document", "mentions", "claims"]
    assert list(data["claims"][0]) == [field.name for field in dataclasses.fields(Claim)]
    assert data["claims"][0]["source"] == {"mention": [0, 4], "naming": [0, 4], "reason": ""}


def test_json_lines_hold_nothing_that_a_terminal_obeys_or_that_breaks_a_line() -> None:
    hostile = "a\x1b[31m\x7f\x9b31m\u2028\u2029\x85\r\n\udcff ’é"
    line = dumps({"title": hostile})
    assert len(line.splitlines()) == 1
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in line)
    assert json.loads(line)["title"] == hostile.replace("\udcff", "?")
    with pytest.raises(ValueError, match="JSON"):
        dumps(float("nan"))


@pytest.mark.parametrize(
    "data", [[], "text", None, {}, {"schema_version": 2}, {"schema_version": 1}, {"schema_version": 1, "document": {"x": 1}}]
)
def test_what_is_no_reading_is_refused(data: object) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        reading_from_json(data)


def test_a_reading_refuses_what_is_not_in_its_text(reading: Reading) -> None:
    (claim,) = reading.claims
    mention = reading.mentions[0]
    nowhere = Role(Span(0, 4), Span(1, 3), "")
    wrong_claims = [
        dataclasses.replace(claim, evidence=dataclasses.replace(claim.evidence, sentence="Iran said nothing.")),
        dataclasses.replace(claim, evidence=dataclasses.replace(claim.evidence, cue_start=0, cue_end=200)),
        dataclasses.replace(claim, evidence=dataclasses.replace(claim.evidence, context=(Span(90, 9000),))),
        dataclasses.replace(claim, document_id="another"),
        dataclasses.replace(claim, source=nowhere),
        dataclasses.replace(claim, via=(nowhere,)),
        dataclasses.replace(claim, source=dataclasses.replace(claim.source, mention=Span(5, 5000))),
        dataclasses.replace(claim, source=dataclasses.replace(claim.source, naming=reading.mentions[-1].span)),  # "They" names nobody
    ]
    wrong_mentions = [
        dataclasses.replace(mention, text="Iraq"),
        dataclasses.replace(mention, span=Span(3, 3), text=""),
        dataclasses.replace(mention, refers_to=(Span(1, 3),)),
        dataclasses.replace(mention, refers_to=(mention.span,)),
    ]
    for wrong in wrong_claims:
        with pytest.raises(ValueError, match="document"):
            Reading(reading.document, reading.mentions, (wrong,), "fake/1")
    for also_wrong in wrong_mentions:
        with pytest.raises(ValueError, match="document"):
            Reading(reading.document, (also_wrong, *reading.mentions[1:]), reading.claims, "fake/1")


def test_a_reading_refuses_what_is_there_twice(reading: Reading) -> None:
    for mentions, claims in ((reading.mentions * 2, ()), (reading.mentions, reading.claims * 2)):
        with pytest.raises(ValueError, match="the same"):
            Reading(reading.document, mentions, claims, "fake/1")


def test_evidence_is_cut_out_of_the_text_and_holds_its_cue() -> None:
    evidence = Evidence.of("They met. They talked.", Span(10, 22), Span(15, 21))
    assert (evidence.sentence, evidence.cue) == ("They talked.", "talked")
    for cue in (Span(5, 8), Span(15, 30)):
        with pytest.raises(ValueError, match="not inside"):
            Evidence.of("They met. They talked.", Span(10, 22), cue)


def test_every_modality_has_its_class() -> None:
    classes = {modality: modality_class(modality) for modality in MODALITIES}
    assert [name for name, its in classes.items() if its == "actual"] == ["actual"]
    assert [name for name, its in classes.items() if its == "negative"] == ["doubted", "denied", "not_planned"]


def test_a_claim_s_id_depends_on_what_it_says_and_on_whom_the_plural_means() -> None:
    evidence = Evidence.of("They met.", Span(0, 9), Span(5, 8))
    they = Span(0, 4)
    role, other = Role(they, Span(20, 24), ""), Role(they, Span(30, 34), "")
    base = claim_id("d", evidence, "CONSULT", "actual", None, {"source": role})
    assert base == claim_id("d", evidence, "CONSULT", "actual", None, {"source": dataclasses.replace(role, reason="linked otherwise")})
    different = [
        claim_id("e", evidence, "CONSULT", "actual", None, {"source": role}),
        claim_id("d", evidence, "SUPPORT", "actual", None, {"source": role}),
        claim_id("d", evidence, "CONSULT", "planned", None, {"source": role}),
        claim_id("d", evidence, "CONSULT", "actual", "x", {"source": role}),
        claim_id("d", evidence, "CONSULT", "actual", None, {"source": other}),
        claim_id("d", evidence, "CONSULT", "actual", None, {"target": role}),
        claim_id("d", evidence, "CONSULT", "actual", None, {"source": role, "via_0": role}),
    ]
    assert len({base, *different}) == 8


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://News.example/a/", "https://news.example:443/a#top"),
        ("https://news.example/a?b=1&utm_source=x&a=2", "https://news.example/a?a=2&b=1&fbclid=y"),
        ("http://[::1]:80/a", "http://[::1]/a"),
    ],
)
def test_spellings_of_one_address_are_one_document(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)
    assert document_id(one, "a text") == document_id(other, "another text")


@pytest.mark.parametrize(
    "other", ["http://news.example/a", "https://news.example:8443/a", "https://news.example/a?q=%E8", "https://news.example/b"]
)
def test_different_addresses_stay_different(other: str) -> None:
    assert canonical_url(other) != canonical_url("https://news.example/a")
    assert canonical_url(other) != canonical_url("https://news.example/a?q=%E9")


@pytest.mark.parametrize("url", ["", "not a url", "http://[", "http://a:x/", "https://a/?q=\udcff", "HTTPS://A/%zz?&&=&x"])
def test_a_strange_address_is_taken_as_it_is_and_its_canonical_form_is_stable(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once
    assert document_id(url, "text")


def test_the_content_hash_is_blind_to_white_space_only() -> None:
    assert content_hash("They  met.\n\nToday.") == content_hash("They met. Today. ")
    assert content_hash("They met.") != content_hash("They meet.")


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("Gen. Mark A. Milley", "person", "person:mark-milley"),
        ("Mark Milley", "person", "person:mark-milley"),
        ("Robert F. Kennedy Jr.", "person", "person:robert-kennedy"),
        ("Prime Minister Scott Morrison's", "person", "person:scott-morrison"),
        ("Prince", "person", "person:prince"),
        ("José Ángel Gurría", "person", "person:jose-angel-gurria"),
        ("the Quds Force", "group", "group:quds-force"),
        ("The", "group", "group:the"),
        ("حماس", "group", "group:حماس"),
    ],
)
def test_the_key_of_a_name(name: str, kind: Kind, key: str) -> None:
    assert entity_key(name, kind) == key


def test_a_name_without_letters_has_a_key_of_its_own() -> None:
    assert entity_key("???", "group") != entity_key("!!!", "group")


@pytest.mark.parametrize("error", [InputError("a.txt", "no text found"), NothingReadError([("a", "b"), ("c", "d")]), KgError("x")])
def test_errors_survive_the_way_between_processes(error: KgError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_nothing_read_names_the_first_and_counts_the_rest() -> None:
    assert str(NothingReadError([("a.txt", "no such file")])) == "a.txt: no such file"
    assert str(NothingReadError([("a.txt", "no such file"), ("b", "c")])) == "a.txt: no such file (and 1 more that could not be read)"
