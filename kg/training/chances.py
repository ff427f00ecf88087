"""Fit the chances of claims on annotated news: `python -m kg.training.chances claims/train.jsonl.gz` writes `kg/stance/chances.toml`.

A logistic model tells whether a claim that the finders made is one that a reader sees. It is judged by cross-validation over texts, and
`enough`, the chance from which on a claim is made, is chosen there: the one with the best F1 at places among those with at least the
precision asked.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kg.assemble import resolved_claims
from kg.evaluation.claim_data import ClaimsRow, FoundClaim
from kg.evaluation.evaluating import document_of_row
from kg.evaluation.gold import read_lines
from kg.evaluation.matching import Actors, fit, found_claims
from kg.evaluation.scikit import Fitted, logistic
from kg.language import Parsed
from kg.model import Claim, Reading, claim_line
from kg.pipeline.extractor import Extractor
from kg.resolve import resolve
from kg.settings import Settings
from kg.stance import candidates

PRECISION = 0.615
_STRENGTH = 0.05
_LEAST = 5
_THRESHOLDS = tuple(step / 100 for step in range(10, 60, 5))
_SMALL = 0.02  # weights below are not written


@dataclass(frozen=True, slots=True)
class Sample:
    """A claim as the finders give it: its features, its text, and the gold claims that it fits."""

    features: tuple[str, ...]
    text: str
    gold: frozenset[int]


@dataclass(frozen=True, slots=True)
class Text:
    """The samples of one text, and which of its gold claims are core."""

    samples: Sequence[Sample]
    core: frozenset[int]


def texts(extractor: Extractor, rows: Sequence[ClaimsRow]) -> Iterator[Text]:
    """Read each text, and see which of the claims found a reader would accept."""
    for row, parsed in zip(rows, extractor.parse(map(document_of_row, rows)), strict=True):
        found = candidates(extractor.discourse(parsed), extractor.ontology, extractor.lexicon)
        met = _met(extractor, parsed, row, [claim for _, claim in found])
        core = frozenset(i for i, gold in enumerate(row.claims) if gold.core)
        yield Text([Sample(features, row.id, met[claim.id]) for features, claim in found], core)


def _met(extractor: Extractor, parsed: Parsed, row: ClaimsRow, claims: Iterable[Claim]) -> dict[str, frozenset[int]]:
    """By the id of a claim, the gold claims that it fits."""
    distinct = {claim.id: claim for claim in claims}
    mentions = extractor.discourse(parsed).mentions()
    reading = Reading(parsed.document, mentions, tuple(distinct.values()), extractor.extractor)
    lines = [claim_line(*one) for one in resolved_claims([reading], resolve([reading], extractor.gazetteer), extractor.ontology)]
    actors = Actors(row.aliases)
    found = found_claims([FoundClaim.model_validate(line, strict=False) for line in lines], actors)
    return {one.claim.id or "": frozenset(i for i, gold in enumerate(row.claims) if fit(one, gold)) for one in found}


def fitted(samples: Sequence[Sample]) -> Fitted:
    """The model of these samples."""
    labels = [bool(sample.gold) for sample in samples]
    groups = [sample.text for sample in samples]
    return logistic([sample.features for sample in samples], labels, groups, strength=_STRENGTH, least=_LEAST)


def places(read: Sequence[Text], chances: Iterable[float], enough: float) -> tuple[float, float, float]:
    """Precision, recall and F1 at places of the claims with at least this chance."""
    chance = iter(chances)
    right = wrong = core = core_found = 0
    for text in read:
        made = [sample for sample in text.samples if next(chance) >= enough]
        taken = _taken(made, text.core)
        right += len(taken)
        wrong += sum(not sample.gold for sample in made)
        core += len(text.core)
        core_found += len(taken & text.core)
    precision, recall = right / max(1, right + wrong), core_found / max(1, core)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _taken(made: Iterable[Sample], core: frozenset[int]) -> set[int]:
    """Each sample takes one gold claim that is free, those first that have least choice."""
    taken: set[int] = set()
    for sample in sorted(made, key=lambda one: len(one.gold)):
        free = sorted(sample.gold - taken, key=lambda i: (i not in core, i))
        taken.update(free[:1])
    return taken


def threshold(read: Sequence[Text], chances: Sequence[float], precision: float) -> float:
    """The one that gives the best F1 with at least this precision, of equals the one that finds most; the most precise where none does."""
    scores = {enough: places(read, chances, enough) for enough in _THRESHOLDS}
    fine = [enough for enough, score in scores.items() if score[0] >= precision] or [max(scores, key=lambda one: scores[one][0])]
    return max(fine, key=lambda enough: (round(scores[enough][2], 3), -enough))


def written(model: Fitted, enough: float, note: str) -> str:
    """The model as TOML; weights to two digits."""
    weights = {feature: round(weight, 2) for feature, weight in sorted(model.weights.items()) if abs(weight) >= _SMALL}
    lines = "".join(f"{json.dumps(feature, ensure_ascii=False)} = {weight}\n" for feature, weight in weights.items())
    head = "".join(f"# {line}\n" for line in note.splitlines())
    return f"{head}\n[found]\nbias = {model.bias:.2f}\nenough = {enough}\n\n[found.weights]\n{lines}"


def fit_chances(data: Path, out: Path, *, precision: float = PRECISION) -> str:
    """Fit the model, write it, and tell in a few lines what it is and how good."""
    extractor = Extractor(Settings())
    read = list(texts(extractor, read_lines(data, ClaimsRow)))
    samples = [sample for text in read for sample in text.samples]
    model = fitted(samples)
    enough = threshold(read, model.chances, precision)
    after, before = places(read, model.chances, enough), places(read, model.chances, 0.0)
    note = (
        "Weights of the logistic model of kg.stance.chances; docs/model_card.md tells about it.\n"
        f"Made on {datetime.now(UTC).date()} by `python -m kg.training.chances {data.name}` from the {len(samples)} claims found in "
        f"{len(read)} texts.\n"
        f"Cross-validated over texts, at places: P {after[0]:.3f} R {after[1]:.3f} F1 {after[2]:.3f}"
        f" (every claim that is found: P {before[0]:.3f} R {before[1]:.3f} F1 {before[2]:.3f})."
    )
    out.write_text(written(model, enough, note), "utf8")
    return note


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--precision", type=float, default=PRECISION, help="asked at least (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "stance" / "chances.toml")
    arguments = parser.parse_args()
    print(fit_chances(arguments.data, arguments.out, precision=arguments.precision))  # noqa: T201 - a script


if __name__ == "__main__":
    main()
