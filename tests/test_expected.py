"""The claims that a reader found in the sample articles: each core claim is found, or listed with the cause as a strict xfail."""

from functools import cache

import pytest
from expected_misses import key, listed, missed, rows

from kg.pipeline.extractor import Extractor

KNOWN = listed()
CORE = [key(row, gold) for row in rows() for gold in row.claims if gold.core]


@cache
def not_found(extractor: Extractor) -> dict[str, str]:
    return missed(extractor)


def _case(claim: str) -> object:
    reason = KNOWN.get(claim)
    return pytest.param(claim, marks=pytest.mark.xfail(strict=True, reason=reason) if reason else (), id=claim)


@pytest.mark.parametrize("claim", [_case(claim) for claim in dict.fromkeys(CORE)])
def test_an_expected_claim_is_found(claim: str, extractor: Extractor) -> None:
    assert claim not in not_found(extractor)


def test_the_list_names_claims_that_are_expected() -> None:
    assert not set(KNOWN) - set(CORE)


def test_more_than_a_few_are_found_in_every_article(extractor: Extractor) -> None:
    for row in rows():
        core = {key(row, gold) for gold in row.claims if gold.core}
        assert len(core - not_found(extractor).keys()) >= 3, row.id
