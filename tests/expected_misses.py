"""The expected claims of the sample articles that are not found, each with its cause.

`make golden` writes the list `tests/cases/expected_misses.txt`; a test holds it to what is read.
"""

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kg.evaluation.causes import misses
from kg.evaluation.claim_data import ClaimsAnswer, ClaimsRow, GoldClaim
from kg.evaluation.claims import answer
from kg.evaluation.evaluating import document_of_row
from kg.evaluation.gold import read_lines
from kg.evaluation.matching import match
from kg.pipeline.extractor import Extractor
from kg.settings import Settings

HERE = Path(__file__).parent
EXPECTED = HERE.parent / "data" / "expected"
LIST = HERE / "cases" / "expected_misses.txt"
_HEAD = """# The core claims of data/expected that are not found, and why. `make golden` writes this list; each line is a strict xfail.
#
#   article | place of the cue | source > target | sign | cause
"""


@cache
def rows() -> tuple[ClaimsRow, ...]:
    """The sample articles with their expected claims."""
    return tuple(row for path in sorted(EXPECTED.iterdir()) for row in read_lines(path, ClaimsRow))


def key(row: ClaimsRow, gold: GoldClaim) -> str:
    """A claim in the list."""
    return f"{row.id} | {gold.cue_start} | {gold.source[0]} > {gold.target[0]} | {gold.sign}"


def answers(extractor: Extractor) -> Iterator[tuple[ClaimsRow, ClaimsAnswer]]:
    """What is read in each article."""
    for row, parsed in zip(rows(), extractor.parse(map(document_of_row, rows())), strict=True):
        yield row, answer(extractor, row, parsed)


def missed(extractor: Extractor) -> dict[str, str]:
    """The core claims that are not found, with their cause."""
    found: dict[str, str] = {}
    for row, given in answers(extractor):
        matching = match(row, given.claims)
        core = [gold for number, gold in enumerate(row.claims) if gold.core and number not in matching.taken]
        why = [miss.cause.removeprefix("missing: ") for miss in misses(row, given, matching) if miss.cause.startswith("missing: ")]
        found |= {key(row, gold): cause for gold, cause in zip(core, why, strict=True)}
    return found


def listed() -> dict[str, str]:
    """The list: a claim and its cause."""
    lines = LIST.read_text("utf8").splitlines() if LIST.is_file() else []
    parts = [line.rpartition(" | ") for line in lines if line and not line.startswith("#")]
    return {claim: cause for claim, _, cause in parts}


if __name__ == "__main__":
    lines = [f"{claim} | {cause}\n" for claim, cause in missed(Extractor(Settings())).items()]
    LIST.write_text("".join([_HEAD, *lines]), "utf8")
    sys.stdout.write(f"{len(lines)} claims in {LIST.name}\n")
