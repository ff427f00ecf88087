"""Fit the chances of claims on annotated news: `python -m kg.training.chances claims/train.jsonl.gz` writes `kg/stance/chances.toml`.

Two logistic models. *found*: whether a claim that the finders made is one that a reader sees. *near*: whether a pair of actors near a cue
that made no claim is one. Both are judged by cross-validation over texts, and `enough` of each is chosen there: the pair of thresholds with
the best F1 at places among those with at least the precision asked.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
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

PRECISION = 0.5
_STRENGTH = {"found": 0.1, "near": 0.05}
_LEAST = {"found": 5, "near": 8}
_THRESHOLDS = tuple(step / 100 for step in range(20, 60, 5))
_SMALL = 0.02  # weights below are not written


@dataclass(frozen=True, slots=True)
class Sample:
    """A claim that may be made: its features, its text, its cue (of `rivals` one is made), and the gold claims that it would meet."""

    features: tuple[str, ...]
    text: str
    rivals: int
    gold: frozenset[int]


@dataclass(frozen=True, slots=True)
class Text:
    """The samples of one text, and which of its gold claims are core."""

    found: Sequence[Sample]
    near: Sequence[Sample]
    core: frozenset[int]


def texts(extractor: Extractor, rows: Sequence[ClaimsRow]) -> Iterator[Text]:
    """Read each text, and see which of its candidates a reader would accept."""
    for row, parsed in zip(rows, extractor.parse(map(document_of_row, rows)), strict=True):
        found, near = candidates(extractor.discourse(parsed), extractor.ontology, extractor.lexicon)
        claims = [*((features, claim, 0) for features, claim in found)]
        claims += [(features, claim, 1 + number) for number, rivals in enumerate(near) for features, claim in rivals]
        met = _met(extractor, parsed, row, [claim for _, claim, _ in claims])
        samples = [Sample(features, row.id, number, met[claim.id]) for features, claim, number in claims]
        core = frozenset(i for i, gold in enumerate(row.claims) if gold.core)
        yield Text(samples[: len(found)], samples[len(found) :], core)


def _met(extractor: Extractor, parsed: Parsed, row: ClaimsRow, claims: Iterable[Claim]) -> dict[str, frozenset[int]]:
    """By the id of a claim, the gold claims that it fits."""
    distinct = {claim.id: claim for claim in claims}
    mentions = extractor.discourse(parsed).mentions()
    reading = Reading(parsed.document, mentions, tuple(distinct.values()), extractor.extractor)
    lines = [claim_line(*one) for one in resolved_claims([reading], resolve([reading], extractor.gazetteer), extractor.ontology)]
    actors = Actors(row.aliases)
    found = found_claims([FoundClaim.model_validate(line, strict=False) for line in lines], actors)
    return {one.claim.id or "": frozenset(i for i, gold in enumerate(row.claims) if fit(one, gold)) for one in found}


def fitted(samples: Sequence[Sample], name: str) -> Fitted:
    """The model of this name, of the samples of all texts."""
    labels = [bool(sample.gold) for sample in samples]
    features, groups = [sample.features for sample in samples], [sample.text for sample in samples]
    return logistic(features, labels, groups, strength=_STRENGTH[name], least=_LEAST[name])


def places(read: Sequence[Text], found: Sequence[float], near: Sequence[float], enough: tuple[float, float]) -> tuple[float, float, float]:
    """Precision, recall and F1 at places with these chances and thresholds; of rivals the likeliest is made."""
    chances_found, chances_near = iter(found), iter(near)
    right = wrong = core = core_found = 0
    for text in read:
        made = [sample for sample in text.found if next(chances_found) >= enough[0]]
        best: dict[int, tuple[float, Sample]] = {}
        for sample in text.near:
            chance = next(chances_near)
            if chance > best.get(sample.rivals, (0.0, sample))[0]:
                best[sample.rivals] = (chance, sample)
        made += [sample for chance, sample in best.values() if chance >= enough[1]]
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


def thresholds(read: Sequence[Text], found: Sequence[float], near: Sequence[float], precision: float) -> tuple[float, float]:
    """The two that give the best F1 with at least this precision; the most cautious where none does."""
    scores = {pair: places(read, found, near, pair) for pair in product(_THRESHOLDS, _THRESHOLDS)}
    fine = [pair for pair, score in scores.items() if score[0] >= precision] or [max(scores, key=lambda pair: scores[pair][0])]
    return max(fine, key=lambda pair: (scores[pair][2], pair))


def written(models: Mapping[str, tuple[Fitted, float]], note: str) -> str:
    """The models as TOML; weights to two digits."""
    parts = ["".join(f"# {line}\n" for line in note.splitlines())]
    for name, (model, enough) in models.items():
        weights = {feature: round(weight, 2) for feature, weight in sorted(model.weights.items()) if abs(weight) >= _SMALL}
        lines = "".join(f"{json.dumps(feature, ensure_ascii=False)} = {weight}\n" for feature, weight in weights.items())
        parts.append(f"[{name}]\nbias = {model.bias:.2f}\nenough = {enough}\n\n[{name}.weights]\n{lines}")
    return "\n".join(parts)


def fit_chances(data: Path, out: Path, *, precision: float = PRECISION) -> str:
    """Fit both models, write them, and tell in a few lines what they are and how good."""
    extractor = Extractor(Settings())
    read = list(texts(extractor, read_lines(data, ClaimsRow)))
    samples = {"found": [one for text in read for one in text.found], "near": [one for text in read for one in text.near]}
    models = {name: fitted(of, name) for name, of in samples.items()}
    enough = thresholds(read, models["found"].chances, models["near"].chances, precision)
    score = places(read, models["found"].chances, models["near"].chances, enough)
    before = places(read, [1.0] * len(samples["found"]), [0.0] * len(samples["near"]), (0.5, 0.5))
    note = (
        "Weights of the logistic models of kg.stance.chances; docs/model_card.md tells about them.\n"
        f"Made on {datetime.now(UTC).date()} by `python -m kg.training.chances {data.name}` from {len(read)} texts: "
        f"{len(samples['found'])} claims found, {len(samples['near'])} pairs near a cue.\n"
        f"Cross-validated over texts, at places: P {score[0]:.3f} R {score[1]:.3f} F1 {score[2]:.3f}"
        f" (without the models P {before[0]:.3f} R {before[1]:.3f} F1 {before[2]:.3f})."
    )
    out.write_text(written({"found": (models["found"], enough[0]), "near": (models["near"], enough[1])}, note), "utf8")
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
