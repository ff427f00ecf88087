"""Who speaks: each construction with texts of its own; what is said is always that Iran attacked Israel."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Tell

SPOKEN = [
    ("verb before", '"Iran attacked Israel," said Paul Renner.', "by Paul Renner (direct)"),
    ("any verb that the quotation hangs on", '"Iran attacked Israel," Paul Renner boomed.', "by Paul Renner (direct)"),
    (
        "sentence that ends with a colon",
        'In a long letter to the paper, Paul Renner said: "It is true. Iran attacked Israel."',
        "by Paul Renner (direct)",
    ),
    (
        "the next sentence is another's",
        '"Norway is safe," said Paul Renner. "Iran attacked Israel." Sandra Kell said nothing of the kind.',
        "by Paul Renner (direct)",
    ),
    ("a sentence of its own ends with a full stop", '"Iran attacked Israel." He praised Sweden.', ""),
    ("we in a quotation", '"We believe that Iran attacked Israel," Paul Renner said.', "by Paul Renner (direct)"),
    ("a letter", "Paul Renner's letter said that Iran attacked Israel.", "by Paul Renner (indirect)"),
    ("an advertisement", "Paul Renner released an ad saying that Iran attacked Israel.", "by Paul Renner (indirect)"),
    ("a warning", "Paul Renner's claim that Iran attacked Israel spread fast.", "by Paul Renner (indirect)"),
    ("a feeling", "Paul Renner fears that Iran attacked Israel.", "by Paul Renner (indirect)"),
    ("an adjective", "Paul Renner is convinced that Iran attacked Israel.", "by Paul Renner (indirect)"),
    ("what is known is so", "Paul Renner knows that Iran attacked Israel.", ""),
    ("what is not said", "Paul Renner refused to say whether Iran attacked Israel.", ""),
    ("went on to say", "Paul Renner went on to say that Iran attacked Israel.", "by Paul Renner (indirect)"),
    ("an aside is the text's", "Paul Renner praised Sweden for its fight against Iran, which attacked Israel.", ""),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, expected, id=name) for name, text, expected in SPOKEN])
def test_who_says_that_iran_attacked_israel(text: str, expected: str, read_text: "Tell") -> None:
    (claim,) = [claim for claim in read_text(text).reading.claims if claim.relation == "ASSAULT"]
    assert read_text(text).said(claim).strip() == expected


def test_the_apostrophe_of_a_year_opens_no_quotation(read_text: "Tell") -> None:
    told = read_text("Paul Renner said that in ‘08 Iran attacked Israel and that ‘nobody helped’.")
    (claim,) = [claim for claim in told.reading.claims if claim.relation == "ASSAULT"]
    assert told.said(claim) == " by Paul Renner (indirect)"


HEADED = "The debate went on for two hours in the evening.\n\n{head}: Iran attacked Israel. It was a mistake.\n\nThe hall was full."


@pytest.mark.parametrize("head", ["Paul Renner", "PAUL RENNER", "Foreign Minister Paul Renner"])
def test_under_a_name_stands_what_is_said(head: str, read_text: "Tell") -> None:
    (claim,) = read_text(HEADED.format(head=head)).of("ASSAULT")
    assert claim.lower() == "iran assault actual israel by paul renner (direct)"


@pytest.mark.parametrize("head", ["Photo", "Read more", "WASHINGTON", "What Paul Renner saw", "The news"])
def test_what_is_no_name_says_nothing(head: str, read_text: "Tell") -> None:
    assert read_text(HEADED.format(head=head)).of("ASSAULT") == {"Iran ASSAULT actual Israel"}


def test_whoever_is_quoted_under_a_name_says_so(read_text: "Tell") -> None:
    text = 'It was late.\n\nPaul Renner: Then Sandra Kell said, "Iran attacked Israel."'
    assert read_text(text).of("ASSAULT") == {"Iran ASSAULT actual Israel by Sandra Kell (direct)"}


@pytest.mark.parametrize(
    "text",
    [
        '"Iran attacked Israel," said Foreign Minister Paul Renner.',
        "Iran attacked Israel, Foreign Minister Paul Renner said.",
        "Iran attacked Israel, said the former defence minister, Paul Renner.",
        "Iran attacked Israel, according to Labour Senator Paul Renner.",
        "On Monday President Paul Renner said that Iran attacked Israel.",
    ],
)
def test_a_title_before_the_name_of_a_speaker_is_no_part_of_it(text: str, read_text: "Tell") -> None:
    (claim,) = read_text(text).of("ASSAULT")
    assert "by Paul Renner" in claim
