"""Mention -> entity: a key, with its reason; the same whatever else was read, in whatever order."""

import dataclasses
from itertools import permutations

import pytest
from fake_extractor import GAZETTEER, fake_reading

from kg.model import Kind, Mention, Reading, Span
from kg.resolve import Identities, clean_name, is_surname_only, resolve


def _with(reading: Reading, *mentions: tuple[str, Kind, str, tuple[str, ...]]) -> Reading:
    """The reading with more mentions: (text, kind, reason, the texts it refers to), each at its last place in the document."""
    text = reading.document.text

    def span(part: str) -> Span:
        start = text.rindex(part)
        return Span(start, start + len(part))

    more = [
        Mention(reading.document.id, span(part), part, kind, reason, tuple(map(span, refers_to)))
        for part, kind, reason, refers_to in mentions
    ]
    return dataclasses.replace(reading, mentions=(*reading.mentions, *more))


def _names(identities: Identities) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {entity.id: (entity.name, entity.aliases) for entity in identities.entities.values()}


def test_names_of_the_gazetteer_are_its_entries_and_others_have_a_key() -> None:
    reading = fake_reading("Iraq COOPERATE actual the Sunrise Front, says Gen. Mark A. Milley.")
    names = _names(resolve([reading], GAZETTEER))
    assert names["country:IQ"] == ("Iraq", ())
    assert names["group:sunrise-front"] == ("Sunrise Front", ("the Sunrise Front",))
    assert names["person:mark-milley"] == ("Mark A. Milley", ("Gen. Mark A. Milley",))


def test_every_decision_has_its_reason() -> None:
    reading = fake_reading("Iraq COOPERATE actual the Sunrise Front, says Milley.")
    identities = resolve([reading], GAZETTEER)
    decisions = {mention.text: identities.decide(reading, mention.span) for mention in reading.mentions}
    assert decisions["Iraq"].reason == "gazetteer: 'Iraq' names country:IQ (Iraq)"
    assert decisions["the Sunrise Front"].reason == "name: 'the Sunrise Front'"
    assert decisions["Milley"].reason == "surname only: 'Milley' is never completed in this document"
    assert [text for text, decision in decisions.items() if decision.surname_only] == ["Milley"]


def test_a_surname_that_is_linked_is_the_person_and_becomes_an_alias() -> None:
    reading = _with(
        fake_reading("Iraq ACCUSE actual Iran, says Mark Milley. Later he and Milley met the Iraqis."),
        ("Milley", "person", "surname of Mark Milley", ("Mark Milley",)),
        ("he", "person", "pronoun", ("Mark Milley",)),
        ("the Iraqis", "country", "gazetteer alias", ()),
    )
    # "Milley" stands last in the text; "Mark Milley" is found at its own place
    identities = resolve([reading], GAZETTEER)
    assert _names(identities)["person:mark-milley"] == ("Mark Milley", ("Milley",))
    assert _names(identities)["country:IQ"] == ("Iraq", ("the Iraqis",))
    for mention in reading.mentions:
        assert identities.decide(reading, mention.span).entity_id in identities.entities


def test_the_most_frequent_full_form_names_an_entity() -> None:
    texts = ["Jose Perez ACCUSE actual Iran.", "José Pérez ACCUSE actual Iran. José Pérez ACCUSE actual Iraq."]
    kinds = [fake_reading(text) for text in texts]
    for order in permutations(kinds):
        assert _names(resolve(order, GAZETTEER))["group:jose-perez"] == ("José Pérez", ("Jose Perez",))


def test_one_more_document_changes_no_identity() -> None:
    first = fake_reading("Milley ACCUSE actual the Sunrise Front.")
    second = fake_reading("Iran SUPPORT actual the Sunrise Front, says Mark Milley.")
    alone, together = resolve([first], GAZETTEER), resolve([first, second], GAZETTEER)
    for mention in first.mentions:
        assert alone.decide(first, mention.span) == together.decide(first, mention.span)
    assert {"person:milley", "person:mark-milley"} <= together.entities.keys()


def test_a_reading_that_was_not_resolved_has_entities_all_the_same() -> None:
    reading = fake_reading("Iraq COOPERATE actual the Sunrise Front.")
    nobody = resolve([], GAZETTEER)
    assert [nobody.entity(reading, mention.span).name for mention in reading.mentions] == ["Iraq", "Sunrise Front"]


def test_a_plural_mention_names_nobody_by_itself() -> None:
    reading = _with(
        fake_reading("Iran ACCUSE actual Iraq. The two sides met."),
        ("The two sides", "country", "plural", ("Iran", "Iraq")),
    )
    assert resolve([reading], GAZETTEER).entities.keys() == {"country:IR", "country:IQ"}


@pytest.mark.parametrize(
    ("text", "kind", "shown"),
    [
        ("Gen. Mark A. Milley", "person", "Mark A. Milley"),
        ("Prime Minister\nScott  Morrison", "person", "Scott Morrison"),
        ("the Quds Force's", "group", "Quds Force"),
        ("Robert F. Kennedy Jr.", "person", "Robert F. Kennedy"),
        ("the", "group", "the"),
        ("Milley", "person", "Milley"),
    ],
)
def test_the_name_that_is_shown(text: str, kind: Kind, shown: str) -> None:
    assert clean_name(text, kind) == shown


def test_a_surname_alone_is_told_from_a_full_name() -> None:
    assert [is_surname_only(text, "person") for text in ("Gen. Milley", "Mark Milley", "Mr. Raab's")] == [True, False, True]
    assert not is_surname_only("Hamas", "group")
