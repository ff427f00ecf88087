"""The votes of the trained model: what it is asked about, what it learns, and that it speaks only where the rules are silent."""

import gzip
import json
import math
from importlib import resources
from pathlib import Path

import pytest

from kg.evaluation.evaluating import document_of_row
from kg.evaluation.gold import GoldRow
from kg.evaluation.scikit import multinomial
from kg.language import Parsed, Word
from kg.model import Reading, Span
from kg.pipeline.extractor import Extractor
from kg.stance import found_by_rules
from kg.stance.company import Company, Way
from kg.stance.couples import couples
from kg.stance.signs import Signs
from kg.stance.votes import RULE, Ballot, Model, ballots, mixed, softmax, voters
from kg.stance.weighing import has_sign
from kg.training.votes import Sample, Text, VotedRow, fit_votes, places, threshold, written

EXPECTED = Path(__file__).parent.parent / "data" / "expected"


def parsed_of(extractor: Extractor, text: str) -> Parsed:
    (parsed,) = extractor.parse([document_of_row(GoldRow(id="one", text=text))])
    return parsed


def company_of(extractor: Extractor, parsed: Parsed) -> Company:
    return Company(extractor.discourse(parsed), Signs(extractor.lexicon, extractor.ontology))


def words_of(words: tuple[Word, ...]) -> list[str]:
    return [word.text for word in words]


def test_the_way_between_two_goes_by_what_stands_over_both(extractor: Extractor) -> None:
    parsed = parsed_of(extractor, "Mali condemned the raid of France.")
    by_text = {word.text: word for word in parsed.words}
    way = Way.between(by_text["Mali"], by_text["France"])
    assert way.top is by_text["condemned"]
    assert words_of(way.up) == ["Mali"]
    assert words_of(way.down) == ["raid", "of", "France"]
    assert Way.between(by_text["France"], by_text["raid"]).top is by_text["raid"]


def test_each_two_actors_of_a_sentence_are_a_couple_both_ways_round_and_a_speaker_from_afar_is_a_source(extractor: Extractor) -> None:
    parsed = parsed_of(extractor, "“Egypt is small. Libya and Chad are large,” Anna Berg said.")
    company = company_of(extractor, parsed)
    named = [
        (couple.source[1].naming.text, couple.target[1].naming.text)
        for sentence in parsed.sentences
        for couple in couples(sentence, company)
    ]
    assert {("Libya", "Chad"), ("Chad", "Libya"), ("Anna Berg", "Egypt"), ("Anna Berg", "Libya")} <= set(named)
    assert ("Egypt", "Anna Berg") not in named


def test_names_are_not_learned(extractor: Extractor) -> None:
    made = []
    for one, other in (("Egypt", "Libya"), ("Chad", "Mali")):
        parsed = parsed_of(extractor, f"{one} sees little reason to listen to {other}.")
        company = company_of(extractor, parsed)
        by_text = {word.text: word for word in parsed.words}
        made.append(list(company.features(by_text[one], by_text[other])[1]))
    assert made[0] == made[1]
    assert "way listen" in made[0]
    assert not any("egypt" in feature for feature in made[0])


def test_the_model_that_ships_is_whole() -> None:
    judge = voters()
    assert 0.2 <= judge.enough < 1
    assert len(judge.words.weights) > 5000
    assert len(judge.weighing.weights) > 100
    assert all(math.isfinite(one) for weights in judge.words.weights.values() for one in weights)
    root = Path(__file__).parent.parent
    assert (root / "kg" / "stance" / "votes.tsv.gz").stat().st_size < 2_000_000
    assert "kg.training.votes" in (root / "docs" / "model_card.md").read_text("utf8")


def test_chances_sum_to_one_and_follow_the_weights() -> None:
    model = Model((0.5, 0.0, -0.5), {"a": (0.0, 2.0, 0.0)})
    assert model.scores({"a": 2.0, "unknown": 1.0}) == (0.5, 4.0, -0.5)
    chances = softmax(model.scores({"a": 2.0}))
    assert sum(chances) == pytest.approx(1)
    assert chances[1] > chances[0] > chances[2]


def reading_of(extractor: Extractor, text: str) -> Reading:
    return extractor.read(parsed_of(extractor, text))


def test_rules_come_first(extractor: Extractor) -> None:
    for path in sorted(EXPECTED.glob("*.jsonl"))[:3]:
        text = json.loads(path.read_text("utf8").splitlines()[0])["text"]
        parsed = parsed_of(extractor, text)
        discourse = extractor.discourse(parsed)
        ruled = found_by_rules(discourse, extractor.ontology, extractor.lexicon)
        pairs = {
            (draft.cue.sentence, draft.source.meant.key, draft.target.meant.key)
            for draft in ruled
            if draft.target and has_sign(draft, extractor.ontology)
        }
        claims = extractor.read(parsed).claims
        assert len({claim.rule for claim in claims if not claim.rule.startswith(RULE)}) > 3
        for ballot in ballots(discourse, extractor.lexicon, extractor.ontology, ruled, silent=True):
            assert not ballot.ruled
        for claim in claims:
            if claim.rule.startswith(RULE) and claim.target:
                assert claim.confidence >= voters().enough - 0.01
                sentence = next(one.index for one in parsed.sentences if one.span.start == claim.evidence.start_char)
                assert (sentence, claim.source.naming, claim.target.naming) not in pairs


def test_soft_labels_are_learned_as_much_as_they_are_likely() -> None:
    samples = [{"good": 1.0} if i % 2 else {"bad": 1.0} for i in range(40)]
    labels = [(0.1, 0.8, 0.1) if i % 2 else (0.1, 0.1, 0.8) for i in range(40)]
    fitted = multinomial(samples, labels, [str(i // 4) for i in range(40)], strength=10.0, least=3)
    assert fitted.weights["good"][1] > 0 > fitted.weights["good"][2]
    assert all(chances.index(max(chances)) == (1 if i % 2 else 2) for i, chances in enumerate(fitted.chances))
    assert fitted.chances[1][1] == pytest.approx(0.8, abs=0.1)


def test_the_label_of_two_marked_actors_is_read_both_ways_round() -> None:
    spans = {"source": {"start": 0, "end": 1}, "target": {"start": 2, "end": 3}}
    row = VotedRow.model_validate({"id": "1", "text": "a b", **spans, "label": "neg_bwd"})
    assert row.chances(forward=True) == (1.0, 0.0, 0.0)
    assert row.chances(forward=False) == (0.0, 0.0, 1.0)
    soft = {"neutral": 0.5, "pos_fwd": 0.3, "pos_bwd": 0.0, "neg_fwd": 0.1, "neg_bwd": 0.1}
    row = VotedRow.model_validate({"id": "1", "text": "a b", **spans, "soft": soft})
    assert row.chances(forward=True) == pytest.approx((0.6, 0.3, 0.1))


def sample(extractor: Extractor, good: set[int], bad: set[int], *, ruled: bool = False) -> Sample:
    parsed = parsed_of(extractor, "Egypt met Libya.")
    couple = next(couples(parsed.sentences[0], company_of(extractor, parsed)))
    return Sample(Ballot(couple, 0, ruled, {}, ()), frozenset(good), frozenset(bad), (1.0, 0.0, 0.0))


def test_places_count_rules_and_votes_as_by_hand(extractor: Extractor) -> None:
    samples = [sample(extractor, {1}, set()), sample(extractor, set(), {2}), sample(extractor, {3}, set(), ruled=True)]
    read = [Text("one", samples, [frozenset({0}), frozenset()], frozenset({0, 1, 2, 3}))]
    chances = [(0.2, 0.6, 0.2), (0.5, 0.4, 0.1), (0.0, 1.0, 0.0)]
    # the rules: one right, one wrong; the first vote is right; the second, for where a reader finds against, counts below 0.4 only
    assert places(read, chances, 0.5) == pytest.approx((2 / 3, 2 / 4, 4 / 7))
    assert places(read, chances, 0.3) == pytest.approx((2 / 4, 2 / 4, 1 / 2))
    assert places(read, chances, 2.0) == pytest.approx((1 / 2, 1 / 4, 1 / 3))
    assert threshold(read, chances, 0.6) > 0.4


def test_a_model_is_written_as_it_is_read(tmp_path: Path) -> None:
    words = Model((0.5, 0.0, -0.5), {"way praise": (0.0, 0.25, -0.25), "nothing": (0.0, 0.0001, 0.0)})
    lines = gzip.decompress(written(words, words, 0.3, "a note")).decode().splitlines()
    assert lines[:4] == ["# a note", "enough\t\t300\t0\t0", "words\t\t500\t0\t-500", "words\tway praise\t0\t250\t-250"]
    assert written(words, words, 0.3, "a note") == written(words, words, 0.3, "a note")


def test_scores_of_the_first_model_are_features_of_the_second(extractor: Extractor) -> None:
    ballot = sample(extractor, set(), set()).ballot
    features = mixed((0.0, 3.0, -3.0), ballot)
    assert features["score for"] == 1.0
    assert features["for 9"] == 1.0
    assert features["against 0"] == 1.0


def test_fitting_writes_a_model_and_tells_how_good_it_is(tmp_path: Path) -> None:
    texts = [json.loads(line) for path in sorted(EXPECTED.glob("*.jsonl")) for line in path.read_text("utf8").splitlines()]
    data, pairs, out = tmp_path / "claims.jsonl", tmp_path / "pairs.jsonl", tmp_path / "votes.tsv.gz"
    data.write_text("".join(json.dumps(one) + "\n" for one in texts), "utf8")
    rows = []
    for i in range(24):
        name, verb, label = ("Egypt", "praised", "pos_fwd") if i % 2 else ("Libya", "condemned", "neg_fwd")
        spans = {"source": {"start": 0, "end": 5}, "target": {"start": len(name) + len(verb) + 2, "end": len(name) + len(verb) + 6}}
        rows.append({"id": str(i), "text": f"{name} {verb} Mali over the vote.", **spans, "label": label})
    pairs.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf8")
    note = fit_votes(data, [pairs], [], out)
    assert "24 pairs" in note
    assert f"{len(texts)} texts" in note
    assert "rules alone: P" in note
    lines = gzip.decompress(out.read_bytes()).decode().splitlines()
    assert any(line.startswith("words\ttop praise") for line in lines)
    again = tmp_path / "again.tsv.gz"
    assert "model of words as it was" in fit_votes(data, [], [], again)
    ours = gzip.decompress(resources.files("kg.stance").joinpath("votes.tsv.gz").read_bytes()).decode()
    both = (gzip.decompress(again.read_bytes()).decode(), ours)
    first, second = ([line for line in text.splitlines() if line.startswith("words\t")] for text in both)
    assert first == second  # only what weighs it is fitted


def test_span_of_a_vote_is_in_its_sentence(extractor: Extractor) -> None:
    text = "Anna Berg said that Omar Diallo was a corrupt liar who disgraced the office."
    for claim in reading_of(extractor, text).claims:
        assert 0 <= claim.evidence.cue_start < claim.evidence.cue_end <= len(text)
        assert text[Span(claim.evidence.cue_start, claim.evidence.cue_end).start] != " "
