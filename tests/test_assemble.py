"""Readings become a graph: claims stand side by side, edges only count them, links stay few."""

import dataclasses
import random
import time
from collections import defaultdict

import pytest
from fake_extractor import GAZETTEER, document, fake_reading

from kg.assemble import LINKS_PER_CLAIM, SAMPLE, assemble, resolved_claims
from kg.model import Graph, Mention, Reading, Role, Span, edge_key
from kg.ontology import load_ontology
from kg.resolve import resolve

ONTOLOGY = load_ontology()
NAMES = ("Iran", "France", "the Sunrise Front", "Mark Milley")
RELATIONS = ("COOPERATE", "ACCUSE", "AT_ODDS_WITH", "ALLIED_WITH", "VIEWS_AS")
MODALITIES = ("actual", "possible", "denied", "not_planned", "planned")


def _graph(*readings: Reading | str) -> Graph:
    made = [fake_reading(each) if isinstance(each, str) else each for each in readings]
    return assemble(made, resolve(made, GAZETTEER), ONTOLOGY)


def _corpus(seed: int, documents: int = 30) -> list[Reading]:
    choose = random.Random(seed)  # noqa: S311 - made-up news
    made = []
    for number in range(documents):
        sentences = []
        for _ in range(choose.randrange(5)):
            source, target = choose.choices(NAMES, k=2)
            relation = choose.choice(RELATIONS)
            value = choose.choice((" as apostates (-1)", " as friends (+1)")) if relation == "VIEWS_AS" else ""
            claimer = choose.choice(("", ", says Dominic Raab", ", says Mark Milley"))
            sentences.append(f"{source} {relation} {choose.choice(MODALITIES)} {target}{value}{claimer}.")
        date, outlet = choose.choice(("2021-09-01", "2021-09-02", None)), choose.choice(("News", "Post", None))
        text = f"Story {number // 2}. " + " ".join(sentences)
        made.append(fake_reading(document(text, url=f"https://news.example/{number}", published=date, outlet=outlet)))
    return made


def _edges_naively(readings: list[Reading]) -> dict[tuple[str, str, str, str, int], tuple[object, ...]]:
    identities = resolve(readings, GAZETTEER)
    groups = defaultdict(list)
    for resolved, of in resolved_claims(readings, identities, ONTOLOGY):
        claim, target = resolved.claim, resolved.target
        if target is None or target.id == resolved.source.id:
            continue
        pair = [resolved.source.id, target.id]
        if ONTOLOGY.relations[claim.relation].symmetric:
            pair.sort()
        groups[pair[0], claim.relation, pair[1], claim.modality_class, claim.polarity].append((claim, of))
    return {
        key: (
            len(group),
            len({of.content_hash for _, of in group}),
            len({of.outlet for _, of in group} - {None}),
            min((claim.claimed for claim, _ in group if claim.claimed), default=None),
            max((claim.claimed for claim, _ in group if claim.claimed), default=None),
            tuple(sorted(claim.id for claim, _ in group))[:SAMPLE],
        )
        for key, group in groups.items()
    }


@pytest.mark.parametrize("seed", range(5))
def test_edges_are_what_grouping_the_claims_gives(seed: int) -> None:
    readings = _corpus(seed)
    found = {
        (edge.source_id, edge.relation, edge.target_id, edge.modality_class, edge.polarity): (
            *(edge.claims, edge.documents, edge.outlets, edge.first, edge.last),
            edge.sample,
        )
        for edge in _graph(*readings).edges
    }
    assert found == _edges_naively(readings)
    assert found


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_documents_does_not_matter(seed: int) -> None:
    readings = _corpus(seed)
    shuffled = random.Random(seed).sample(readings, len(readings))  # noqa: S311 - made-up news
    assert _graph(*readings) == _graph(*shuffled)


def test_batch_equals_incremental() -> None:
    """Claims resolved one document at a time, as a store does it, group into the edges of the batch."""
    readings = _corpus(7)
    batch = _graph(*readings)
    one_by_one = [resolved for reading in readings for resolved, _ in resolved_claims([reading], resolve([reading], GAZETTEER), ONTOLOGY)]
    assert {resolved.claim.id: resolved.edge_key for resolved in one_by_one} == {each.claim.id: each.edge_key for each in batch.claims}
    assert {each.source.id for each in one_by_one} == {each.source.id for each in batch.claims}


def test_every_claim_knows_its_edge_and_every_edge_its_claims() -> None:
    graph = _graph(*_corpus(3))
    edges = {edge.key: edge for edge in graph.edges}
    counts: dict[str, int] = defaultdict(int)
    for resolved in graph.claims:
        if resolved.edge_key is not None:
            counts[resolved.edge_key] += 1
    assert counts == {key: edge.claims for key, edge in edges.items()}
    assert all(edge.claims and set(edge.sample) <= {each.claim.id for each in graph.claims} for edge in graph.edges)
    assert {edge.source_id for edge in graph.edges} <= {entity.id for entity in graph.entities}


def test_contradicting_claims_stand_side_by_side_with_a_link() -> None:
    graph = _graph("Iran COOPERATE actual France, says Mark Milley. Iran COOPERATE denied France, says Dominic Raab.")
    assert [
        (each.claim.modality, each.claimer and each.claimer.name) for each in sorted(graph.claims, key=lambda each: each.claim.modality)
    ] == [
        ("actual", "Mark Milley"),
        ("denied", "Dominic Raab"),
    ]
    assert len(graph.edges) == 2
    (link,) = graph.links
    assert (link.kind, {link.first_id, link.second_id}) == ("CONTRADICTS", {each.claim.id for each in graph.claims})
    assert link.first_id < link.second_id


@pytest.mark.parametrize(
    "text",
    [
        "Iran COOPERATE possible France, says Mark Milley. Iran COOPERATE denied France, says Dominic Raab.",  # possible is not actual
        "Iran COOPERATE actual France. France COOPERATE denied Iran.",  # the other direction
        "Iran COOPERATE actual France. Iran AID denied France.",  # another relation
        "Iran VIEWS_AS actual France as friends (+1). Iran VIEWS_AS denied France as apostates (-1).",  # another value's sign
    ],
)
def test_what_is_compatible_does_not_contradict(text: str) -> None:
    assert not [link for link in _graph(text).links if link.kind == "CONTRADICTS"]


def test_the_two_orders_of_a_symmetric_pair_are_one_edge_and_can_contradict() -> None:
    said = "Iran AT_ODDS_WITH actual France, says Mark Milley. France AT_ODDS_WITH actual Iran, says Dominic Raab."
    graph = _graph(f"{said} France AT_ODDS_WITH denied Iran.")
    assert [(edge.source_id, edge.target_id, edge.claims) for edge in graph.edges if edge.modality_class == "actual"] == [
        ("country:FR", "country:IR", 2)
    ]
    assert [link.kind for link in graph.links] == ["CONTRADICTS", "CONTRADICTS", "CORROBORATES"]
    assert {each.source.id for each in graph.claims} == {"country:FR", "country:IR"}  # the claims keep the order of the text


def test_corroboration_needs_another_text_or_another_claimer() -> None:
    once = "Iran COOPERATE actual France, says Mark Milley."
    assert not _graph(f"{once} {once}").links  # he says it twice
    assert [link.rule for link in _graph(f"{once} Iran COOPERATE actual France, says Dominic Raab.").links] == ["another claimer"]
    assert [link.rule for link in _graph(once, f"Once again they say it. {once}").links] == ["another text"]
    copies = [fake_reading(document(once, url=f"https://news.example/{i}")) for i in (1, 2)]
    assert not _graph(*copies).links  # the same text twice


def test_a_syndicated_copy_counts_once() -> None:
    copies = [fake_reading(document("Iran ACCUSE actual France.", url=f"https://news.example/{i}", outlet=f"News {i}")) for i in (1, 2)]
    (edge,) = _graph(*copies).edges
    assert (edge.claims, edge.documents, edge.outlets) == (2, 1, 2)


def test_the_sign_of_a_characterisation_splits_the_edge() -> None:
    graph = _graph("Iran VIEWS_AS actual France as friends (+1). Iran VIEWS_AS actual France as apostates (-1).")
    assert sorted(edge.polarity for edge in graph.edges) == [-1, 1]
    assert {each.label for each in graph.claims} == {"views as “friends”", "views as “apostates”"}


def test_modality_never_changes_the_sign() -> None:
    graph = _graph("China RECOGNIZES not_planned the Taliban. Iran ASSAULT denied France.")
    assert {each.claim.relation: each.claim.polarity for each in graph.claims} == {"RECOGNIZES": 1, "ASSAULT": -1}


def test_a_claim_about_oneself_or_about_nobody_draws_no_edge() -> None:
    reading = fake_reading("Iran ACCUSE actual Iran. Mark Milley HOLDS_ROLE actual France.")
    about_nobody = dataclasses.replace(reading.claims[1], target=None, value="chairman")
    graph = _graph(dataclasses.replace(reading, claims=(reading.claims[0], about_nobody)))
    assert (len(graph.claims), graph.edges, graph.links) == (2, (), ())


def test_an_implicit_role_points_at_its_naming_mention_and_says_so() -> None:
    reading = fake_reading("Iran ACCUSE actual France. They COOPERATE possible the Taliban.")
    of = reading.document
    they = Span(of.text.index("They"), of.text.index("They") + 4)
    iran, france = Span(0, 4), Span(19, 25)
    mentions = [each for each in reading.mentions if each.span != they]
    plural = Mention(of.id, they, "They", "country", "the two countries", (iran, france))
    base = reading.claims[1]
    claims = tuple(
        dataclasses.replace(base, id=f"claim {name}", source=Role(they, naming, reason))
        for name, naming, reason in (("iran", iran, ""), ("france", france, "implicit: the asker's country"))
    )
    graph = _graph(Reading(of, (*mentions, plural), (reading.claims[0], *claims), reading.extractor))
    found = {each.claim.id: each.source for each in graph.claims}
    assert [found[f"claim {name}"].id for name in ("iran", "france")] == ["country:IR", "country:FR"]
    assert found["claim iran"].mention == "They"
    assert (found["claim iran"].reason, found["claim france"].reason) == ("the two countries", "implicit: the asker's country")
    assert len(graph.edges) == 3


def test_a_surname_that_is_never_completed_is_flagged() -> None:
    graph = _graph("Iran ACCUSE actual France, says Milley.")
    (claim,) = graph.claims
    assert claim.claimer is not None
    assert claim.claimer.reason.endswith("surname only")


def test_the_events_of_a_claim_date_its_edge() -> None:
    reading = fake_reading(document("Iran ACCUSE actual France.", published="2021-09-02"))
    (claim,) = reading.claims
    dated = dataclasses.replace(claim, event=dataclasses.replace(claim.event, start="2020-01-01", end="2020-02-01"))
    for each, dates in ((claim, ("2021-09-02", "2021-09-02")), (dated, ("2020-01-01", "2020-02-01"))):
        (edge,) = _graph(dataclasses.replace(reading, claims=(each,))).edges
        assert (edge.first, edge.last) == dates
        assert edge.key == edge_key("country:IR", "ACCUSE", "country:FR", "actual", -1)


def _hub(claims: int) -> list[Reading]:
    return [
        fake_reading(f"Story {i}. Iran ACCUSE {'actual' if i % 2 else 'denied'} France, says {'Mark Milley' if i % 3 else 'Dominic Raab'}.")
        for i in range(claims)
    ]


def test_a_hub_of_five_thousand_claims_is_linked_in_linear_time() -> None:
    readings = _hub(5000)
    identities = resolve(readings, GAZETTEER)
    started = time.process_time()
    graph = assemble(readings, identities, ONTOLOGY)
    assert time.process_time() - started < 4
    assert len(graph.claims) == 5000
    assert 5000 <= len(graph.links) <= 5000 * 2 * LINKS_PER_CLAIM
    assert all(len(edge.sample) == SAMPLE for edge in graph.edges)
    linked = {claim_id for link in graph.links if link.kind == "CONTRADICTS" for claim_id in (link.first_id, link.second_id)}
    assert len(linked) == 5000  # every claim shows what contradicts it
