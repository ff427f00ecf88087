"""Whether confidence keeps its word is measured as one would by hand."""

from xml.etree import ElementTree as ET

import pytest
from test_eval_claims import ALIASES, TEXT, gold
from test_eval_claims import found as found_claim

from kg.evaluation.claim_data import ClaimsAnswer, ClaimsRow
from kg.evaluation.reliability import Bin, bins, calibration_error, diagram, judged


def test_claims_fall_into_bins_of_a_tenth() -> None:
    claims = [(0.95, True), (1.0, True), (0.9, False), (0.31, False), (0.39, True), (0.0, False)]
    found = bins(claims)
    assert [one.claims for one in found] == [1, 2, 3]
    assert [one.confidence for one in found] == pytest.approx([0, 0.35, 0.95])
    assert [one.right for one in found] == pytest.approx([0, 0.5, 2 / 3])
    assert bins([]) == []


def test_the_error_is_the_mean_distance_over_claims() -> None:
    # three claims of 0.9 of which all are right, one of 0.5 that is wrong: (3 * 0.1 + 1 * 0.5) / 4
    assert calibration_error([Bin(1, 0.5, 0.0), Bin(3, 0.9, 1.0)]) == pytest.approx(0.2)
    assert calibration_error([]) == 0


def test_a_claim_is_right_where_it_fits_one_that_a_reader_found() -> None:
    row = ClaimsRow.model_validate(
        {"id": "1", "text": TEXT, "aliases": ALIASES, "claims": [gold("France", "ACCUSE", "Russia", "condemned")]}, strict=False
    )
    claims = [found_claim("France", "ACCUSE", "Russia", "condemned", -1, 0.8), found_claim("Spain", "AID", "Chad", "send", 1, 0.6)]
    claims.append(found_claim("Anna Roy", "HOLDS_ROLE", None, "said", 0, 0.9))  # without a sign: not looked at
    answer = ClaimsAnswer.model_validate({"id": "1", "claims": claims}, strict=False)
    assert list(judged([row], [answer])) == [(0.8, True), (0.6, False)]
    assert list(judged([row], [])) == []


def test_the_diagram_is_a_picture_with_a_dot_a_bin() -> None:
    root = ET.fromstring(diagram([Bin(4, 0.3, 0.25), Bin(2, 0.8, 1.0)], "sample"))  # noqa: S314 - our own
    dots = root.findall("{http://www.w3.org/2000/svg}circle")
    assert [float(dot.attrib["cy"]) for dot in dots] == [46 + 0.75 * 300, 46]
    assert float(dots[0].attrib["r"]) > float(dots[1].attrib["r"])
