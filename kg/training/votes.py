"""Fit the voters: `python -m kg.training.votes claims/train.jsonl.gz --pairs dse/train.jsonl.gz stance_soft.jsonl.gz`.

Writes `kg/stance/votes.tsv.gz`. The model of words learns from sentences in which two actors are marked, with a label ("neg_fwd": the first
is against the second) or the chances of the labels. The model that weighs it learns from texts with all their claims; it is judged by
cross-validation over texts, and `enough`, the chance from which on a vote counts, is the one with the best F1 at places of rules and votes
together among those with at least the precision asked.
"""

import argparse
import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from kg.assemble import resolved_claims
from kg.discourse import Meant
from kg.evaluation.claim_data import ClaimsRow, FoundClaim
from kg.evaluation.evaluating import document_of_row
from kg.evaluation.gold import read_lines
from kg.evaluation.matching import SLACK, Actors, Names, fit, found_claims, same_actors
from kg.evaluation.pairs import PairRow
from kg.evaluation.scikit import Multinomial, multinomial
from kg.language import Parsed, Word
from kg.mentions.found import head_of
from kg.model import Period, Reading, Span, claim_line
from kg.pipeline.extractor import Extractor
from kg.resolve import resolve
from kg.settings import Settings
from kg.stance import found_by_rules
from kg.stance.company import Company
from kg.stance.drafts import claims_of
from kg.stance.signs import Signs
from kg.stance.votes import UNIT, Ballot, Model, Three, ballots, mixed, voters

PRECISION = 0.55
_WORDS_STRENGTH, _WORDS_LEAST = 0.01, 8
_STRENGTH, _LEAST = 0.01, 5
_THRESHOLDS = tuple(step / 100 for step in range(20, 60, 2))

type Label = Literal["neutral", "pos_fwd", "pos_bwd", "neg_fwd", "neg_bwd"]


class VotedRow(PairRow):
    """A sentence, two actors, and who is for or against whom: a label, or the chance of each."""

    label: Label | None = None
    soft: Mapping[Label, float] | None = None

    def chances(self, *, forward: bool) -> Three:
        """Nothing, for, against: of the first actor towards the second, or the other way round."""
        soft = self.soft or ({self.label: 1.0} if self.label else {})
        good, bad = (
            (soft.get("pos_fwd", 0.0), soft.get("neg_fwd", 0.0)) if forward else (soft.get("pos_bwd", 0.0), soft.get("neg_bwd", 0.0))
        )
        return sum(soft.values()) - good - bad, good, bad


type Learned = tuple[Mapping[str, float], Three]


def learned_words(extractor: Extractor, rows: Sequence[VotedRow]) -> Iterator[Learned]:
    """The features of each pair, both ways round, with what is to be answered."""
    for row, parsed in zip(rows, extractor.parse(map(document_of_row, rows)), strict=True):
        spans = (row.source.span, row.target.span)
        heads = [_head(parsed, span) for span in spans]
        if None in heads or heads[0] is heads[1]:
            continue
        discourse = extractor.discourse(parsed, spans)
        company = Company(discourse, Signs(extractor.lexicon, extractor.ontology))
        for forward in (True, False):
            source, target = heads if forward else heads[::-1]
            if source is not None and target is not None:
                kinds = [next((meant.kind for meant in discourse.meant(word)), None) for word in (source, target)]
                _, about = company.features(source, target)
                yield about | {f"kind {kinds[0]} {kinds[1]}": 1.0}, row.chances(forward=forward)


def _head(parsed: Parsed, span: Span) -> Word | None:
    words = parsed.words_in(span)
    return head_of(parsed.words, words[0].i, words[-1].i) if words else None


@dataclass(frozen=True, slots=True)
class Sample:
    """A ballot with the gold claims it would meet if it were for, and against."""

    ballot: Ballot
    good: frozenset[int]
    bad: frozenset[int]
    label: Three


@dataclass(frozen=True, slots=True)
class Text:
    """The ballots of one text, the gold claims that the rules' claims fit, and which gold claims are core."""

    id: str
    samples: Sequence[Sample]
    ruled: Sequence[frozenset[int]]
    core: frozenset[int]


def texts(extractor: Extractor, rows: Sequence[ClaimsRow]) -> Iterator[Text]:
    """Read each text by the rules alone, and see what a reader finds between the actors of each sentence."""
    for row, parsed in zip(rows, extractor.parse(map(document_of_row, rows)), strict=True):
        yield _text(extractor, row, parsed)


def _text(extractor: Extractor, row: ClaimsRow, parsed: Parsed) -> Text:
    discourse = extractor.discourse(parsed)
    drafts = found_by_rules(discourse, extractor.ontology, extractor.lexicon)
    claims = {claim.id: claim for draft in drafts for claim in claims_of(draft, discourse, extractor.ontology, "", Period())}
    reading = Reading(parsed.document, discourse.mentions(), tuple(claims.values()), extractor.extractor)
    identities, actors = resolve([reading], extractor.gazetteer), Actors(row.aliases)
    lines = [claim_line(*one) for one in resolved_claims([reading], identities, extractor.ontology)]
    found = found_claims([FoundClaim.model_validate(line, strict=False) for line in lines], actors)
    ruled = [frozenset(i for i, gold in enumerate(row.claims) if fit(one, gold)) for one in found]

    def names(meant: Meant) -> Names:
        return actors.meant(identities.entity(reading, discourse.naming_span(meant.found, meant)).name, meant.found.text)

    every = ballots(discourse, extractor.lexicon, extractor.ontology, drafts, silent=False)
    samples = [_sample(one, names(one.couple.source[1]), names(one.couple.target[1]), row, parsed) for one in every]
    core = frozenset(i for i, gold in enumerate(row.claims) if gold.core)
    return Text(row.id, [sample for sample in samples if sample], ruled, core)


def _sample(ballot: Ballot, source: Names, target: Names, row: ClaimsRow, parsed: Parsed) -> Sample | None:
    """What a reader finds there; nothing where the two are one actor for him."""
    if source & target:
        return None
    span = parsed.sentences[ballot.sentence].span
    between = [(i, gold) for i, gold in enumerate(row.claims) if same_actors(gold, source, target)]
    near = [(i, gold.sign) for i, gold in between if span.start - SLACK <= gold.cue_start < span.end + SLACK]
    inside = {gold.sign for _, gold in between if span.start <= gold.cue_start < span.end}
    label = (0.0, 0.0, 1.0) if "-" in inside else (0.0, 1.0, 0.0) if inside else (1.0, 0.0, 0.0)
    good, bad = (frozenset(i for i, its in near if its == sign) for sign in "+-")
    return Sample(ballot, good, bad, label)


def places(read: Sequence[Text], chances: Iterable[Three], enough: float) -> tuple[float, float, float]:
    """Precision, recall and F1 at places of the rules' claims and the votes with at least this chance."""
    chance = iter(chances)
    right = wrong = core = core_found = 0
    for text in read:
        made = [*text.ruled, *(met for sample in text.samples for met in _voted(sample, next(chance), enough))]
        taken = _taken(made, text.core)
        right += len(taken)
        wrong += sum(not met for met in made)
        core += len(text.core)
        core_found += len(taken & text.core)
    precision, recall = right / max(1, right + wrong), core_found / max(1, core)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def _voted(sample: Sample, chances: Three, enough: float) -> Iterator[frozenset[int]]:
    if not sample.ballot.ruled and max(chances[1:]) >= enough:
        yield sample.good if chances[1] >= chances[2] else sample.bad


def _taken(made: Iterable[frozenset[int]], core: frozenset[int]) -> set[int]:
    """Each claim takes one gold claim that is free, those first that have least choice."""
    taken: set[int] = set()
    for met in sorted(made, key=len):
        taken.update(sorted(met - taken, key=lambda i: (i not in core, i))[:1])
    return taken


def threshold(read: Sequence[Text], chances: Sequence[Three], precision: float) -> float:
    """The one that gives the best F1 with at least this precision; the highest where none does."""
    scores = {enough: places(read, chances, enough) for enough in _THRESHOLDS}
    fine = [enough for enough, score in scores.items() if score[0] >= precision] or [max(scores)]
    return max(fine, key=lambda enough: (scores[enough][2], enough))


def _model(fitted: Multinomial) -> Model:
    none, good, bad = fitted.bias
    return Model((none, good, bad), {feature: (row[0], row[1], row[2]) for feature, row in fitted.weights.items()})


def written(words: Model, weighing: Model, enough: float, note: str) -> bytes:
    """A line a weight, in thousandths, behind the note; the same models give the same bytes."""
    lines = [f"# {line}" for line in note.splitlines()]
    lines.append(f"enough\t\t{round(enough * UNIT)}\t0\t0")
    for name, model in (("words", words), ("weighing", weighing)):
        for feature, weights in [("", model.bias), *sorted(model.weights.items())]:
            rounded = [round(weight * UNIT) for weight in weights]
            if any(rounded):
                lines.append("\t".join([name, feature, *map(str, rounded)]))
    return gzip.compress("\n".join(lines).encode(), mtime=0)


def _words(extractor: Extractor, pairs: Sequence[Path], apart: Sequence[Path]) -> tuple[Model, str]:
    """The first model, and what it was made from."""
    beside = [" ".join(row.text.split()) for path in apart for row in read_lines(path, ClaimsRow)]
    rows = [row for path in pairs for row in read_lines(path, VotedRow) if not any(" ".join(row.text.split()) in text for text in beside)]
    learned = list(learned_words(extractor, rows))
    fitted = multinomial(
        [about for about, _ in learned], [label for _, label in learned], None, strength=_WORDS_STRENGTH, least=_WORDS_LEAST
    )
    return _model(fitted), f" --pairs {' '.join(path.name for path in pairs)}` from {len(rows)} pairs"


def fit_votes(data: Path, pairs: Sequence[Path], apart: Sequence[Path], out: Path, *, precision: float = PRECISION) -> str:
    """Fit both models, write them, and tell in a few lines what they are and how good.

    Without pairs the first model stays the one that ships, and the second is fitted to what the rules find now.
    """
    extractor = Extractor(Settings())
    words, made_from = _words(extractor, pairs, apart) if pairs else (voters().words, "` with the model of words as it was,")
    read = list(texts(extractor, read_lines(data, ClaimsRow)))
    samples = [(text.id, sample) for text in read for sample in text.samples]
    weighing = multinomial(
        [mixed(words.scores(sample.ballot.about), sample.ballot) for _, sample in samples],
        [sample.label for _, sample in samples],
        [text for text, _ in samples],
        strength=_STRENGTH,
        least=_LEAST,
    )
    chances = [(found[0], found[1], found[2]) for found in weighing.chances]
    enough = threshold(read, chances, precision)
    after, before = places(read, chances, enough), places(read, chances, 2.0)
    note = (
        "Weights in thousandths: of nothing, for, against. docs/model_card.md tells about them.\n"
        f"Made on {datetime.now(UTC).date()} by `python -m kg.training.votes {data.name}{made_from} "
        f"and {len(read)} texts.\n"
        f"Cross-validated over texts, at places: P {after[0]:.3f} R {after[1]:.3f} F1 {after[2]:.3f} "
        f"(rules alone: P {before[0]:.3f} R {before[1]:.3f} F1 {before[2]:.3f})."
    )
    out.write_bytes(written(words, _model(weighing), enough, note))
    return note


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--pairs",
        type=Path,
        nargs="*",
        default=[],
        help="sentences with two actors each and who is for or against whom; without them the first model stays as it is",
    )
    parser.add_argument("--apart", type=Path, nargs="*", default=[], help="texts that are measured on: no sentence of theirs is learned")
    parser.add_argument("--precision", type=float, default=PRECISION, help="asked at least (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "stance" / "votes.tsv.gz")
    arguments = parser.parse_args()
    note = fit_votes(arguments.data, arguments.pairs, arguments.apart, arguments.out, precision=arguments.precision)
    print(note)  # noqa: T201 - a script


if __name__ == "__main__":
    main()
