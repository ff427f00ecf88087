"""kg eval claims: figures by hand, faults that lower the right one, causes, and the same numbers as the reference scorer."""

import json
import random
import sys
from collections.abc import Callable
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from told import claim_lines

from kg.errors import InputError
from kg.evaluation.claim_data import ClaimsAnswer, ClaimsRow
from kg.evaluation.claims import CLAIMS, Counts
from kg.evaluation.evaluating import answers, document_of_row, read_predictions, report
from kg.evaluation.gold import read_lines
from kg.evaluation.matching import key
from kg.evaluation.task import Figures, Miss
from kg.pipeline.extractor import Extractor

ROOT = Path(__file__).parent.parent
EXPECTED = sorted((ROOT / "data" / "expected").iterdir())
GOLD = ROOT.parent / "shared" / "eval" / "claims"
SCORER = GOLD / "score.py"

needs_scorer = pytest.mark.skipif(not SCORER.is_file(), reason="the gold claims and their scorer are not on this machine")

type Json = dict[str, Any]

PAUSE = "Nothing else was said that day about the matter that everybody had come for."  # evidence may lie 40 characters away
TEXT = f"""France condemned Russia on Monday. It then praised Germany, an ally of Poland.

{PAUSE}

Spain will send Chad food, said Anna Roy.

{PAUSE}

Chad thanked Spain.

{PAUSE}

The rebels attacked Mali."""
ALIASES = {name: [name] for name in ("Russia", "Germany", "Poland", "Spain", "Chad", "Anna Roy", "Mali", "rebels")} | {
    "France": ["French Republic"]
}


def sentence_at(text: str, at: int) -> tuple[int, int]:
    """The stretch between full stops and line breaks around a place."""
    start = max(text.rfind("\n", 0, at) + 1, text.rfind(". ", 0, at) + 2 if ". " in text[:at] else 0)
    stop = text.find(".", at)
    return start, stop + 1 if stop >= 0 else len(text)


def gold(source: str, relation: str, target: str, cue: str, **more: Any) -> Json:
    """A gold claim of TEXT."""
    at = TEXT.index(cue)
    usual = {"modality": ["actual"], "claimer": [], "sign": "-", "core": True, "symmetric": False}
    return (
        {"source": [source], "target": [target], "relation": [relation], "cue": cue, "cue_start": at, "cue_end": at + len(cue)}
        | usual
        | more
    )


def found(source: str, relation: str, target: str | None, cue: str, polarity: int, confidence: float, **more: Any) -> Json:
    """A claim found in TEXT."""
    return found_at(TEXT, TEXT.index(cue), cue, source, relation, target, polarity, confidence) | more


def found_at(text: str, at: int, cue: str, source: str, relation: str, target: str | None, polarity: int, confidence: float) -> Json:
    start, end = sentence_at(text, at)
    evidence = {"sentence": text[start:end], "start_char": start, "end_char": end, "cue": cue, "cue_start": at, "cue_end": at + len(cue)}
    return {
        "id": f"{source}{relation}{target}{at}",
        "relation": relation,
        "polarity": polarity,
        "modality": "actual",
        "confidence": confidence,
        "source": {"name": source, "mention": source},
        "target": {"name": target, "mention": target} if target else None,
        "claimer": None,
        "evidence": evidence | {"context": []},
    }


def mention(words: str, name: str, after: str = "") -> Json:
    at = TEXT.index(words, TEXT.index(after))
    return {"start": at, "end": at + len(words), "text": words, "name": name}


ROW: Json = {
    "id": "a",
    "text": TEXT,
    "aliases": ALIASES,
    "claims": [
        gold("France", "ACCUSE", "Russia", "condemned"),
        gold("France", "SUPPORT", "Germany", "praised", sign="+"),
        gold("Germany", "ALLIED_WITH", "Poland", "ally", sign="+", core=False, symmetric=True),
        gold("Spain", "AID", "Chad", "send", sign="+", modality=["planned", "likely"], claimer=["Anna Roy"]),
        gold("Chad", "SUPPORT", "Spain", "thanked", sign="+"),
        gold("rebels", "ASSAULT", "Mali", "attacked", source_text="The rebels"),
    ],
}
ANSWER: Json = {
    "id": "a",
    "claims": [
        found("French Republic", "ACCUSE", "Russia", "condemned", -1, 0.8),  # right, by another name of France
        found("France", "THREATEN", "Russia", "condemned", -1, 0.6),  # the same once more: surplus
        found("Poland", "ALLIED_WITH", "Germany", "ally", 1, 0.4),  # right: the relation is symmetric
        found("Spain", "SUPPORT", "Chad", "send", 1, 0.7),  # right, but another relation, modality class and claimer
        found("Spain", "SUPPORT", "Chad", "thanked", 1, 0.9),  # wrong direction
        found("Russia", "ACCUSE", "Poland", "praised", -1, 0.3),  # wrong pair
        found("Anna Roy", "HOLDS_ROLE", None, "said", 0, 0.9),  # no sign: not looked at
    ],
    "mentions": [
        mention("France", "French Republic"),
        mention("Russia", "Russia"),
        mention("It", "French Republic"),
        mention("Germany", "Germany"),
        mention("Spain", "Spain"),
        mention("Chad", "Chad"),
        mention("Chad", "Chad", "Chad thanked"),
        mention("Spain", "Spain", "Chad thanked"),
        mention("Mali", "Mali"),
    ],
    "sentences": [list(sentence_at(TEXT, TEXT.index(cue))) for cue in ("condemned", "praised", PAUSE, "send", "thanked", "attacked")],
}


def scored(row: Json, answer: Json | None) -> tuple[Figures, tuple[Miss, ...]]:
    """Figures and misses of one row."""
    judged = CLAIMS.judge(ClaimsRow.model_validate(row), ClaimsAnswer.model_validate(answer) if answer else None)
    return CLAIMS.figures([judged.outcome]), judged.misses


def test_the_figures_are_those_counted_by_hand() -> None:
    figures, _ = scored(ROW, ANSWER)
    assert figures == pytest.approx(
        {
            # 6 have a sign, 1 of them is surplus; 3 gold claims are met (condemned, ally, send)
            "precision": 3 / 5,
            # of the 5 core claims 2 are met (condemned, send)
            "recall": 2 / 5,
            "f1": 2 * 0.6 * 0.4 / (0.6 + 0.4),
            # France-Russia, Poland+Germany, Spain+Chad (said twice), Russia-Poland: the last is wrong
            "pair_precision": 3 / 4,
            # of France-Russia, France+Germany, Spain+Chad, Chad+Spain, rebels-Mali the first and the third
            "pair_recall": 2 / 5,
            "pair_f1": 2 * 0.75 * 0.4 / (0.75 + 0.4),
            # of the 3 met, "send" has everything wrong
            "modality": 2 / 3,
            "claimer": 2 / 3,
            "relation": 2 / 3,
            # with confidence >= 0.5: 4, 1 of them surplus; condemned and send are met
            "precision_confident": 2 / 3,
            # of the 5 core claims only that of the rebels has an actor that no mention means
            "reach": 4 / 5,
            "predicted": 6,
            "core": 5,
        }
    )


def test_each_miss_has_its_cause_its_sentence_and_both_sides() -> None:
    _, misses = scored(ROW, ANSWER)
    made = {miss.cause: (miss.sentence, miss.gold, miss.found, miss.weight) for miss in misses}
    assert len(misses) == len(made)
    send = (
        "Spain will send Chad food, said Anna Roy.",
        "Spain -AID+-> Chad (planned/likely; claimer Anna Roy) | send",
        "Spain -SUPPORT+-> Chad (actual) | send",
        0.7,
    )
    thanked = ("Chad thanked Spain.", "Chad -SUPPORT+-> Spain (actual) | thanked", "Spain -SUPPORT+-> Chad (actual) | thanked")
    praised = ("It then praised Germany, an ally of Poland.", "France -SUPPORT+-> Germany (actual) | praised")
    around = "Germany -ALLIED_WITH+-> Poland (actual) | ally; France -ACCUSE--> Russia (actual) | condemned"
    assert made == {
        "missing: no cue": (*praised, "", 1.0),
        "missing: wrong direction": (*thanked, 1.0),
        "missing: actor not found": (
            "The rebels attacked Mali.",
            "rebels -ASSAULT--> Mali (actual) | attacked",
            "no mention of rebels (The rebels)",
            1.0,
        ),
        "wrong: wrong direction": (*thanked, 0.9),
        "wrong: wrong pair": (praised[0], f"{around}; {praised[1]}", "Russia -ACCUSE--> Poland (actual) | praised", 0.3),
        "found: wrong modality": send,
        "found: wrong claimer": send,
        "found: wrong relation": send,
    }


def test_a_claim_where_nothing_is_said_and_one_with_the_other_sign() -> None:
    claims = [found("France", "SUPPORT", "Russia", "condemned", 1, 0.6), found("Chad", "ACCUSE", "Spain", "Nothing else", -1, 0.2)]
    far = "A long way off. " * 4  # more than 40 characters between this place and the gold claims
    row = ROW | {"text": far + TEXT, "claims": [_moved(claim, len(far)) for claim in ROW["claims"]]}
    claims[0]["evidence"] |= {"start_char": len(far), "end_char": len(far) + 10}
    claims[1]["evidence"] |= {"start_char": 0, "end_char": 15, "cue_start": 0}
    causes = [miss.cause for miss in scored(row, {"id": "a", "claims": claims})[1]]
    assert causes.count("missing: wrong sign") == 1
    assert causes.count("wrong: wrong sign") == 1
    assert causes.count("wrong: nothing there") == 1


def _moved(claim: Json, by: int) -> Json:
    return claim | {"cue_start": claim["cue_start"] + by, "cue_end": claim["cue_end"] + by}


# Deliberate faults: the gold claims given as found score 1; what is spoilt lowers its own figure.


def perfect(row: Json) -> Json:
    """The gold claims of a row as if they had been found."""
    claims = [
        found_at(row["text"], g["cue_start"], g["cue"], g["source"][0], g["relation"][0], g["target"][0], int(f"{g['sign']}1"), 0.9)
        | {"modality": g["modality"][0], "claimer": {"name": g["claimer"][0]} if g["claimer"] else None}
        for g in row["claims"]
    ]
    return {"id": row["id"], "claims": claims}


@pytest.mark.parametrize("path", EXPECTED, ids=[path.stem for path in EXPECTED])
def test_the_expected_claims_of_the_sample_articles_score_1_when_they_are_found(path: Path) -> None:
    row = json.loads(path.read_text(encoding="utf8"))
    figures, misses = scored(row, perfect(row))
    assert {name for name, value in figures.items() if value == 1.0 and isinstance(value, float)} == set(figures) - {"predicted", "core"}
    assert misses == ()


def flip_sign(claim: Json) -> None:
    claim["polarity"] *= -1


def turn_round(claim: Json) -> None:
    claim["source"], claim["target"] = claim["target"], claim["source"]


def shift(claim: Json) -> None:
    claim["evidence"] |= {"start_char": claim["evidence"]["start_char"] + 90, "end_char": claim["evidence"]["end_char"] + 90}


def drop_claimer(claim: Json) -> None:
    claim["claimer"] = None


def deny(claim: Json) -> None:
    claim["modality"] = "denied"


def rename(claim: Json) -> None:
    claim["relation"] = "TRUSTS"


def doubt(claim: Json) -> None:
    claim["confidence"] = 0.1


PLACES = {"precision", "recall", "f1", "precision_confident"}
PAIRS = {"pair_precision", "pair_recall", "pair_f1"}


@pytest.mark.parametrize(
    ("fault", "fallen"),
    [
        (flip_sign, PLACES | PAIRS),
        (turn_round, PLACES | {"pair_recall", "pair_f1"}),  # Chad thanks Spain elsewhere: the pair found is no wrong one
        (shift, PLACES),
        (drop_claimer, {"claimer"}),
        (deny, {"modality"}),
        (rename, {"relation"}),
        (doubt, set()),
    ],
)
def test_a_fault_lowers_the_figures_it_concerns_and_no_other(fault: Callable[[Json], None], fallen: set[str]) -> None:
    answer = perfect(ROW)
    fault(answer["claims"][3])  # "Spain will send Chad food"
    figures, _ = scored(ROW, answer)
    assert {name for name, value in figures.items() if value < 1} == fallen


def test_precision_of_the_confident_falls_with_a_confident_mistake_only() -> None:
    answer = perfect(ROW)
    answer["claims"].append(found("Mali", "ACCUSE", "Chad", "thanked", -1, 0.49))
    assert scored(ROW, answer)[0]["precision_confident"] == 1
    answer["claims"][-1]["confidence"] = 0.5
    assert scored(ROW, answer)[0]["precision_confident"] == 6 / 7


def test_reach_falls_where_a_mention_is_moved_or_means_another() -> None:
    for change in ({"name": "Chad", "text": "It"}, {"start": len(TEXT) - 5, "end": len(TEXT)}):
        mentions = [one | change if one["text"] == "It" else one for one in ANSWER["mentions"] if one["text"] != "France"]
        assert scored(ROW, ANSWER | {"mentions": mentions})[0]["reach"] == 2 / 5  # France is in neither claim of the first sentences


def test_an_actor_of_the_sentence_before_is_within_reach() -> None:
    mentions = [one for one in ANSWER["mentions"] if one["text"] != "It"]  # France stands in the sentence before "praised"
    assert scored(ROW, ANSWER | {"mentions": mentions})[0]["reach"] == 4 / 5


def test_there_is_no_reach_where_mentions_are_not_listed() -> None:
    figures, misses = scored(ROW, {"id": "a", "claims": ANSWER["claims"]})
    assert "reach" not in figures
    assert "missing: actor not found" not in {miss.cause for miss in misses}


def test_a_text_without_an_answer_finds_nothing_and_no_text_at_all_is_no_crash() -> None:
    figures, misses = scored(ROW, None)
    assert (figures["recall"], figures["pair_recall"], figures["reach"], figures["core"]) == (0, 0, 0, 5)
    assert [miss.cause for miss in misses] == ["missing: no cue"] * 5
    assert CLAIMS.figures([])["f1"] == 0


def test_figures_of_several_texts_are_of_their_sums() -> None:
    one = CLAIMS.judge(ClaimsRow.model_validate(ROW), ClaimsAnswer.model_validate(ANSWER)).outcome
    assert CLAIMS.figures([one, one, Counts()]) == dict(CLAIMS.figures([one])) | {"predicted": 12, "core": 10}


def test_a_third_context_span_counts_a_fourth_does_not_and_a_whole_article_is_no_evidence() -> None:
    def recall(start: int, end: int, *context: list[int]) -> float:
        answer = perfect(ROW)
        answer["claims"] = answer["claims"][:1]
        answer["claims"][0]["evidence"] |= {"start_char": start, "end_char": end, "context": list(context)}
        return scored(ROW, answer)[0]["recall"]

    away, here = [300, 310], [0, 10]
    assert recall(300, 310, away, away, here) == 1 / 5
    assert recall(300, 310, away, away, away, here) == 0
    assert recall(0, 1000) == 1 / 5
    assert recall(0, 1001) == 0


def test_evidence_may_lie_forty_characters_away() -> None:
    at = TEXT.index("attacked")
    for start, end, recall in ((at + 40, at + 50, 1), (at + 41, at + 50, 0), (at - 60, at - 39, 1), (at - 60, at - 40, 0)):
        answer = {"id": "a", "claims": [perfect(ROW)["claims"][5]]}
        answer["claims"][0]["evidence"] |= {"start_char": start, "end_char": end}
        assert scored(ROW, answer)[0]["recall"] == recall / 5


def test_a_rivalry_is_right_either_way_round_even_if_its_row_does_not_say_so() -> None:
    row = ROW | {"claims": [gold("Chad", "AT_ODDS_WITH", "Spain", "thanked", symmetric=False)]}
    assert scored(row, {"id": "a", "claims": [found("Spain", "ACCUSE", "Chad", "thanked", -1, 0.5)]})[0]["recall"] == 1


@pytest.mark.parametrize(
    ("said", "given", "share"),
    [
        ({"claimer": []}, None, 1),
        ({"claimer": []}, "Mali", 0),
        ({"claimer": ["Mali"]}, None, 0),
        ({"claimer": ["Mali"]}, "Mali", 1),
        ({"claimer": ["Mali"], "claimer_optional": True}, None, 1),
        ({"claimer": ["Chad"]}, None, 1),  # the source speaks of itself
    ],
)
def test_no_claimer_is_right_where_the_text_itself_or_the_source_says_it(said: Json, given: str | None, share: int) -> None:
    row = ROW | {"claims": [gold("Chad", "SUPPORT", "Spain", "thanked", sign="+") | said]}
    claim = found("Chad", "SUPPORT", "Spain", "thanked", 1, 0.5, claimer={"name": given} if given else None)
    assert scored(row, {"id": "a", "claims": [claim]})[0]["claimer"] == share


def test_names_are_compared_without_accents_articles_titles_and_case() -> None:
    assert key("the Côte d'Ivoire") == "cote d ivoire"
    assert key("Sen. Ruth Abel") == key("ruth  abel")
    assert key("Москва") == "москва"


# Files


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"sign": "0"}, "claims[1].sign: input should be '+' or '-'"),
        ({"modality": ["maybe"]}, "claims[1].modality[0]: input should be 'actual'"),
        ({"relation": []}, "claims[1].relation: list should have at least 1 item"),
        ({"cue_start": 3}, "claims[1].cue: 'praised' is not what stands at [3, "),
        ({"cue_end": 9000}, "claims[1].cue: ["),
        ({"target_span": [70, 9000]}, "claims[1].target_span: [70, 9000] is outside the text"),
        ({"core": None}, "claims[1].core: input should be a valid boolean"),
    ],
)
def test_a_broken_row_is_named_with_file_line_and_field(tmp_path: Path, fault: Json, message: str) -> None:
    broken = ROW | {"id": "b", "claims": [ROW["claims"][0], ROW["claims"][1] | fault]}
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(ROW) + "\n" + json.dumps(broken) + "\n", encoding="utf8")
    with pytest.raises(InputError) as error:
        read_lines(file, CLAIMS.row)
    assert str(error.value).startswith(f"{file}:2: {message}")


def test_a_broken_claim_in_a_prediction_is_named_with_its_field(tmp_path: Path) -> None:
    file = tmp_path / "found.jsonl"
    broken: Json = json.loads(json.dumps(ANSWER))
    del broken["claims"][2]["evidence"]["end_char"]
    file.write_text(json.dumps(broken) + "\n", encoding="utf8")
    with pytest.raises(InputError, match=r"found\.jsonl:1: claims\[2\]\.evidence\.end_char: missing"):
        read_predictions(CLAIMS, file, [])


def test_what_the_extractor_answers_is_what_extract_prints_and_can_be_read_back(extractor: Extractor, tmp_path: Path) -> None:
    row = ClaimsRow.model_validate(ROW)
    (answer,) = answers(CLAIMS, extractor, [row])
    file = tmp_path / "found.jsonl"
    file.write_text(answer.model_dump_json() + "\n", encoding="utf8")
    assert json.loads(file.read_text(encoding="utf8"))["claims"] == json.loads(json.dumps(claim_lines(extractor, [document_of_row(row)])))
    assert read_predictions(CLAIMS, file, [row]) == [answer]
    figures = report(CLAIMS, "sample", [row], [answer]).figures
    assert figures["precision"] > 0.5
    assert figures["reach"] >= 4 / 5


# The reference scorer


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = util.spec_from_file_location("claims_score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def spoilt(row: Json, chance: random.Random) -> Json:
    """The gold claims of a row as found, some of them left out, said twice, or with a fault."""
    names = [name for others in row["aliases"].values() for name in others] + ["somebody"]
    answer = perfect(row)
    answer["claims"] = [json.loads(json.dumps(claim)) for claim in chance.choices(answer["claims"], k=len(answer["claims"]))]
    for claim in answer["claims"]:
        if chance.random() < 0.6:
            chance.choice([flip_sign, turn_round, shift, drop_claimer, deny, rename, doubt])(claim)
        if chance.random() < 0.2:
            claim[chance.choice(["source", "target", "claimer"])] = {"name": chance.choice(names), "mention": chance.choice(names)}
        if chance.random() < 0.2:
            start = chance.randrange(len(row["text"]))
            claim["evidence"]["context"] = [[start, start + 200]]
    return answer


def same_counts(scorer: ModuleType, row: Json, answer: Json) -> bool:
    reference = scorer.score(row, answer["claims"])[0]
    outcome = CLAIMS.judge(ClaimsRow.model_validate(row), ClaimsAnswer.model_validate(answer)).outcome
    return all(getattr(outcome, name) == value for name, value in reference.items())


@needs_scorer
def test_counts_are_those_of_the_reference_scorer_whatever_is_wrong(scorer: ModuleType) -> None:
    chance = random.Random(7)  # noqa: S311 - faults, not secrets
    rows = [ROW, *scorer.read_jsonl(str(GOLD / "train.jsonl.gz")), *scorer.read_jsonl(str(GOLD / "dev.jsonl.gz"))]
    assert [row["id"] for row in rows if not same_counts(scorer, row, spoilt(row, chance))] == []


@needs_scorer
def test_figures_on_the_sample_articles_are_those_of_the_reference_scorer(scorer: ModuleType, extractor: Extractor) -> None:
    rows = [json.loads(path.read_text(encoding="utf8")) for path in EXPECTED]
    read = [ClaimsRow.model_validate(row) for row in rows]
    found_claims = list(answers(CLAIMS, extractor, read))
    reference = scorer.summary(
        [scorer.score(row, one.model_dump(mode="json")["claims"])[0] for row, one in zip(rows, found_claims, strict=True)]
    )
    figures = report(CLAIMS, "sample", read, found_claims).figures
    sys.stdout.write("  ".join(f"{name} {value:.3f}" for name, value in figures.items()) + "\n")
    assert {name: figures[name] for name in reference} == pytest.approx(reference)
