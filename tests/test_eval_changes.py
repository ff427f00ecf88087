"""kg eval claims --against: what a reviewer sees of a change of the extractor."""

from typing import Any

from kg.evaluation.changes import Change, Changes, changes
from kg.evaluation.claim_data import ClaimsAnswer, ClaimsRow

type Json = dict[str, Any]

SENTENCES = ["Kenya praised Somalia.", "Eritrea denied that it had armed Ethiopia, Sudan said.", "Egypt met Libya."]
TEXT = "\n\n".join(sentence + " " + "It was a quiet day. " * 3 for sentence in SENTENCES)


def claim(source: str, relation: str, target: str, cue: str, polarity: int, **more: Any) -> Json:
    """A claim found in TEXT; its id is made of what is given here."""
    at = TEXT.index(cue)
    (sentence,) = (sentence for sentence in SENTENCES if cue in sentence)
    start = TEXT.index(sentence)
    evidence = {"sentence": sentence, "start_char": start, "end_char": start + len(sentence), "cue": cue, "cue_start": at}
    usual = {"modality": "actual", "confidence": 0.7, "claimer": None, "evidence": evidence, "polarity": polarity, "relation": relation}
    roles = {"source": {"name": source}, "target": {"name": target}}
    return {"id": f"{source} {relation} {target} {cue} {more.get('modality')}"} | usual | roles | more


def gold(source: str, relation: str, target: str, cue: str, sign: str, **more: Any) -> Json:
    at = TEXT.index(cue)
    names = {"source": [source], "target": [target], "relation": [relation], "claimer": []}
    place = {"cue": cue, "cue_start": at, "cue_end": at + len(cue)}
    return {"modality": ["actual"], "sign": sign, "core": True, "symmetric": False} | names | place | more


ROWS = [
    ClaimsRow.model_validate(
        {
            "id": "a",
            "text": TEXT,
            "aliases": {name: [] for name in ("Kenya", "Somalia", "Eritrea", "Ethiopia", "Sudan", "Egypt", "Libya")},
            "claims": [
                gold("Kenya", "SUPPORT", "Somalia", "praised", "+"),
                gold("Eritrea", "AID", "Ethiopia", "armed", "+", modality=["denied"], claimer=["Sudan"]),
                gold("Egypt", "CONSULT", "Libya", "met", "+"),
            ],
        }
    )
]
PRAISED = claim("Kenya", "SUPPORT", "Somalia", "praised", 1)
ARMED = claim("Eritrea", "AID", "Ethiopia", "armed", 1)
MET = claim("Egypt", "CONSULT", "Libya", "met", 1)


def seen(old: list[Json], new: list[Json], rows: list[ClaimsRow] = ROWS) -> Changes:
    """The changes between two runs over the one text."""
    before, after = (ClaimsAnswer.model_validate({"id": "a", "claims": claims}) for claims in (old, new))
    return changes([before], [after], rows)


def verdict(old: Json, new: Json) -> str | None:
    """The verdict on one claim that is read otherwise."""
    (change,) = seen([old], [new]).changed
    return change.verdict


def test_two_runs_that_say_the_same_differ_in_nothing() -> None:
    assert seen([PRAISED, MET], [MET, PRAISED]) == Changes((), (), (), same=2)


def test_what_is_gained_and_what_is_lost_stands_with_its_sentence_and_whether_it_is_right() -> None:
    wrong = claim("Sudan", "ACCUSE", "Ethiopia", "said", -1, confidence=0.35)
    made = seen([PRAISED, MET], [PRAISED, ARMED, wrong])
    assert made.gained == (
        Change("a", SENTENCES[1], "", "Eritrea -AID+-> Ethiopia (actual) | armed [0.70]", verdict="gained right"),
        Change("a", SENTENCES[1], "", "Sudan -ACCUSE--> Ethiopia (actual) | said [0.35]", verdict="gained wrong"),
    )
    assert made.lost == (Change("a", SENTENCES[2], "Egypt -CONSULT+-> Libya (actual) | met [0.70]", "", verdict="lost right"),)
    assert (made.changed, made.same) == ((), 1)
    assert seen([wrong], []).verdicts == {"lost wrong": 1}


def test_a_claim_that_is_read_otherwise_is_one_change_and_no_gain_and_loss() -> None:
    denied = claim("Eritrea", "AID", "Ethiopia", "armed", 1, modality="denied", claimer={"name": "Sudan"})
    made = seen([ARMED], [denied])
    assert (made.gained, made.lost) == ((), ())
    assert made.changed == (
        Change(
            "a",
            SENTENCES[1],
            "Eritrea -AID+-> Ethiopia (actual) | armed [0.70]",
            "Eritrea -AID+-> Ethiopia (denied; claimer Sudan) | armed [0.70]",
            ("modality", "claimer"),
            "better",
        ),
    )
    assert verdict(denied, ARMED) == "worse"


def test_a_turned_direction_a_flipped_sign_and_another_name_are_changes() -> None:
    turned = claim("Somalia", "SUPPORT", "Kenya", "praised", 1)
    flipped = claim("Kenya", "ACCUSE", "Somalia", "praised", -1)
    renamed = PRAISED | {"source": {"name": "Republic of Kenya"}}  # the same id: names are no part of it
    assert [change.differs for change in seen([PRAISED], [turned]).changed] == [("source", "target")]
    assert [change.differs for change in seen([PRAISED], [flipped]).changed] == [("relation", "sign")]
    assert [change.differs for change in seen([PRAISED], [renamed]).changed] == [("source",)]
    assert {verdict(PRAISED, other) for other in (turned, flipped, renamed)} == {"worse"}
    assert verdict(flipped, turned) == "neither"


def test_a_confidence_that_moves_by_a_tenth_has_not_changed() -> None:
    assert seen([MET | {"confidence": 0.3}], [MET | {"confidence": 0.4}]).same == 1
    assert verdict(MET | {"confidence": 0.3}, MET | {"confidence": 0.41}) == "better"
    flipped = claim("Kenya", "ACCUSE", "Somalia", "praised", -1)
    assert verdict(flipped, flipped | {"confidence": 0.9}) == "worse"


def test_of_several_claims_in_a_sentence_those_stand_side_by_side_that_differ_least() -> None:
    thanked = claim("Kenya", "AGREE", "Somalia", "praised", 1, modality="planned")
    agreed = claim("Kenya", "AGREE", "Somalia", "praised", 1, modality="likely")
    made = seen([PRAISED, thanked], [agreed, PRAISED | {"id": "another id"}])
    assert made.same == 1
    assert [change.differs for change in made.changed] == [("modality",)]


def test_claims_elsewhere_or_of_others_are_never_one() -> None:
    elsewhere = claim("Kenya", "SUPPORT", "Somalia", "met", 1)
    made = seen([PRAISED], [elsewhere])
    assert (len(made.gained), len(made.lost), made.changed) == (1, 1, ())


def test_without_gold_or_for_claims_without_a_sign_there_is_no_verdict() -> None:
    role = claim("Kenya", "MEMBER_OF", "Somalia", "praised", 0)
    assert [change.verdict for change in seen([], [role]).gained] == [None]
    assert [change.verdict for change in seen([MET], [PRAISED], []).gained] == [None]
    assert seen([], [role]).verdicts == {}


def test_a_text_that_only_one_run_has_is_gained_or_lost_whole() -> None:
    run = [ClaimsAnswer.model_validate({"id": "b", "claims": [PRAISED, MET]})]
    assert len(changes([], run).gained) == 2
    assert len(changes(run, []).lost) == 2
