"""Who is said to say, think or want what: source, cue and content of every attribution of a text."""

import pytest
from told import document

from kg.discourse import Discourse, attributions
from kg.discourse.frames import frames
from kg.model import Span
from kg.pipeline.extractor import Extractor


def read(extractor: Extractor, text: str) -> Discourse:
    (parsed,) = extractor.parse([document(text)])
    return extractor.discourse(parsed)


def told(extractor: Extractor, text: str) -> list[str]:
    """The attributions of a text as "source | cue | content", with " ... " where a part has a gap."""

    def words(part: tuple[Span, ...]) -> str:
        return " ... ".join(text[span.start : span.end] for span in part)

    return [f"{words(one.source)} | {words(one.cue)} | {words(one.content)}" for one in attributions(read(extractor, text))]


# --- words that report


@pytest.mark.parametrize(
    ("text", "attribution"),
    [
        ("Paul Renner told reporters on Monday that the army had left.", "Paul Renner | told | that the army had left"),
        ("The army left on Monday, Paul Renner said.", "Paul Renner | said | The army left on Monday"),
        ("The army, Paul Renner said, left on Monday.", "Paul Renner | said | The army ... left on Monday"),
        ("The army left on Monday, as Paul Renner said.", "Paul Renner | said | The army left on Monday"),
        ("According to Paul Renner, the army left.", "Paul Renner | According to | the army left"),
        ("The army left, according to an official at the ministry.", "an official at the ministry | according to | The army left"),
        ("The minister asked whether the army had left.", "The minister | asked | whether the army had left"),
    ],
)
def test_what_is_reported_is_its_speakers(text: str, attribution: str, extractor: Extractor) -> None:
    assert told(extractor, text) == [attribution]


def test_the_outer_speaker_is_said_to_say_what_the_inner_one_says(extractor: Extractor) -> None:
    assert told(extractor, "Reuters reported that Paul Renner said the army had left.") == [
        "Reuters | reported | that Paul Renner said the army had left",
        "Paul Renner | said | the army had left",
    ]


def test_a_source_is_a_whole_noun_phrase_without_what_is_told_of_it_on_the_way(extractor: Extractor) -> None:
    (one,) = told(extractor, "Paul Renner, a spokesman for the army, said it had left.")
    assert one == "Paul Renner, a spokesman for the army | said | it had left"
    assert "An official | said | the army had left" in told(extractor, "An official, who knows the army, said the army had left.")


def test_who_is_the_source_in_a_relative_clause(extractor: Extractor) -> None:
    assert told(extractor, "Paul Renner, who praised the plan, left on Monday.") == ["who | praised | the plan"]


# --- quotations


@pytest.mark.parametrize(
    ("text", "attribution"),
    [
        ('"We left," Paul Renner said.', 'Paul Renner | said | "We left,"'),
        ("''We left,'' Paul Renner said.", "Paul Renner | said | ''We left,''"),
        ("“We left,” said Paul Renner. “It was late.”", "Paul Renner | said | “We left,” ... “It was late.”"),
        ("“We left,” Paul Renner said, “and nobody helped.”", "Paul Renner | said | “We left,” ... “and nobody helped.”"),
        ("Paul Renner said: “We left. They stayed.” It was late.", "Paul Renner | said | “We left. They stayed.”"),
        ('Paul Renner boomed: "We will leave at once."', 'Paul Renner | boomed | "We will leave at once."'),
        (
            'Paul Renner said: "It is late and we must go.\n\n"The army has left."',
            'Paul Renner | said | "It is late and we must go. ... "The army has left."',
        ),
    ],
)
def test_a_quotation_is_its_speakers_with_its_marks(text: str, attribution: str, extractor: Extractor) -> None:
    assert told(extractor, text) == [attribution]


def test_what_a_quotation_tells_of_others_is_left_to_it(extractor: Extractor) -> None:
    text = 'Paul Renner said: "My father told me that the army had left."'
    assert told(extractor, text) == ['Paul Renner | said | "My father told me that the army had left."']


def test_each_of_two_verbs_has_its_own_quotation(extractor: Extractor) -> None:
    assert told(extractor, '"It is late," Paul Renner said.\n\n"The army has left," he added.') == [
        'Paul Renner | said | "It is late,"',
        'he | added | "The army has left,"',
    ]


def test_a_name_before_a_colon_heads_what_it_says(extractor: Extractor) -> None:
    assert told(extractor, "RENNER: We will leave. It is late.\n\nThe army left.") == ["RENNER | : | We will leave. It is late"]


# --- words that judge, want and fear


@pytest.mark.parametrize(
    ("text", "attribution"),
    [
        ("Paul Renner called for talks with Norway.", "Paul Renner | called for | talks with Norway"),
        ("Paul Renner urged Norway to leave.", "Paul Renner | urged | Norway to leave"),
        ("Paul Renner called on Norway to leave.", "Paul Renner | called on | Norway to leave"),
        ("Paul Renner accused Norway of lying.", "Paul Renner | accused | Norway of lying"),
        ("Paul Renner praised the plan as bold.", "Paul Renner | praised | the plan as bold"),
        ("The plan was praised by Paul Renner.", "Paul Renner | was praised | The plan"),
        ("Norway has long wanted to leave.", "Norway | has ... wanted | to leave"),
        ("Paul Renner's criticism of the plan was brief.", "Paul Renner's | criticism of | the plan"),
        ("Officials were worried about the plan.", "Officials | worried about | the plan"),
    ],
)
def test_attitudes_are_attributed_too(text: str, attribution: str, extractor: Extractor) -> None:
    assert told(extractor, text) == [attribution]


def test_an_expectation_needs_no_source(extractor: Extractor) -> None:
    assert told(extractor, "Norway is expected to leave.") == [" | is expected | Norway ... to leave"]


@pytest.mark.parametrize(
    "text",
    [
        "The army attacked the town.",
        "The fear of the army was great.",  # nobody's fear
        "I think that the army left.",  # who writes
        "Photo: the army in the streets.",
    ],
)
def test_what_nobody_is_said_to_say_is_no_attribution(text: str, extractor: Extractor) -> None:
    assert told(extractor, text) == []


def test_every_list_of_words_holds_lemmas_in_lower_case() -> None:
    for lists in frames().values():
        for words in (lists.clause, lists.infinitive, lists.object, *lists.prepositions.values()):
            assert all(word.islower() for word in words)
    assert "hope" in frames()["VERB"].clause
    assert "opposition" in frames()["NOUN"].prepositions["to"]
