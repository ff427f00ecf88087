"""Fit the weights by which pronouns find their antecedents: `python -m kg.training.salience gap/train claims/train gum/train` (files
`.jsonl.gz`) writes `kg/discourse/salience.toml`.

A conditional logit: among the candidates of a pronoun the chance of each is proportional to exp of its weight, and the chance of those that
are right is made as great as it gets under L2 regularisation. "They" and "it", of which there are few, are drawn towards "he" and "she".
What a pronoun may mean depends on what earlier ones were taken to mean: run it again until the scores stay.
"""

import argparse
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kg.discourse import Discourse
from kg.evaluation.claim_data import ClaimsRow
from kg.evaluation.coreference import GumRow
from kg.evaluation.evaluating import document_of_row
from kg.evaluation.gold import GoldRow, Stretch, read_lines
from kg.evaluation.matching import Actors
from kg.evaluation.pronouns import GapRow
from kg.language import Parsed, Word
from kg.mentions.found import head_of
from kg.model import Reading, Span
from kg.pipeline.extractor import Extractor
from kg.resolve import resolve
from kg.settings import Settings

_FOLDS = 5
_STEPS = 150
_STRENGTH = {"he_or_she": 0.5, "they_or_it": 6.0}
_TIMES = {"gap": 1, "claims": 2, "gum": 1}  # how often a choice counts
_GENRES = {"news", "interview"}
_SMALL = 0.005  # weights below are not written
_NOT_FROM_GAP = "perhaps_no_person"  # every name marked there is a person's


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one pronoun by their features, and which of them are right; `times`: how often it counts."""

    candidates: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    text: str
    times: int = 1

    @property
    def of_person(self) -> bool:
        """Whether the pronoun is "he" or "she"."""
        return not any(feature.startswith(("they_", "it_")) for feature in self.candidates[0])


type _Reader[R] = Callable[[Extractor, R, Parsed], Iterator[Choice]]


def of_gap(extractor: Extractor, row: GapRow, parsed: Parsed) -> Iterator[Choice]:
    """The one pronoun of a row; where it is neither name, all others are right."""
    discourse = extractor.discourse(parsed, [row.pronoun.span, row.a.span, row.b.span])
    keys = {name.coref: _keys(discourse, parsed.words_in(name.span)) for name in (row.b, row.a)}
    either = _keys(discourse, [*parsed.words_in(row.a.span), *parsed.words_in(row.b.span)])
    gold = keys.get(True)

    def right(candidate: tuple[Span, ...]) -> bool:
        return set(candidate) <= gold if gold else not set(candidate) & either

    for choice in _choices(discourse, parsed.words_in(row.pronoun.span)[:1], right, row.id):
        candidates = tuple(tuple(one for one in features if one != _NOT_FROM_GAP) for features in choice.candidates)
        yield replace(choice, candidates=candidates)


def of_claims(extractor: Extractor, row: ClaimsRow, parsed: Parsed) -> Iterator[Choice]:
    """The pronouns that the claims of a row name an actor by."""
    discourse = extractor.discourse(parsed)
    reading = Reading(parsed.document, discourse.mentions(), (), extractor.extractor)
    identities, actors = resolve([reading], extractor.gazetteer), Actors(row.aliases)
    who = {naming: actors.meant(identities.entity(reading, naming).name, None) for one in reading.mentions for naming in one.namings}
    for span, names in _named(row).items():
        gold = names

        def right(candidate: tuple[Span, ...], gold: set[str] = gold) -> bool:
            return all(who.get(key, frozenset()) & gold for key in candidate)

        yield from _choices(discourse, [word for word in parsed.words_in(span) if word.span == span], right, row.id)


def _named(row: ClaimsRow) -> dict[Span, set[str]]:
    """The accepted names of the actors, by the stretch that means them."""
    found: dict[Span, set[str]] = defaultdict(set)
    for claim in row.claims:
        roles: tuple[tuple[Stretch | None, Sequence[str]], ...] = (
            (claim.source_span, claim.source),
            (claim.target_span, claim.target),
            (claim.claimer_span, claim.claimer),
        )
        for stretch, names in roles:
            if stretch is not None:
                found[stretch.span].update(names)
    return found


def of_gum(extractor: Extractor, row: GumRow, parsed: Parsed) -> Iterator[Choice]:
    """The pronouns of a row whose group has a name."""
    discourse = extractor.discourse(parsed)
    groups: dict[Word, int] = {}
    for number, group in enumerate(row.clusters):
        for stretch in group:
            if words := parsed.words_in(stretch.span):
                groups.setdefault(head_of(parsed.words, words[0].i, words[-1].i), number)
    named: dict[Span, set[int]] = defaultdict(set)
    for word, found in discourse.found.items():
        if found.form == "name" and word in groups:
            named[discourse.meant(word)[0].key].add(groups[word])
    for word, number in groups.items():
        gold = number

        def right(candidate: tuple[Span, ...], gold: int = gold) -> bool:
            return len(candidate) == 1 and gold in named[candidate[0]]

        yield from _choices(discourse, [word], right, row.id)


def _keys(discourse: Discourse, words: Iterable[Word]) -> set[Span]:
    return {meant.key for word in words for meant in discourse.meant(word)}


def _choices(discourse: Discourse, words: Iterable[Word], right: Callable[[tuple[Span, ...]], bool], text: str) -> Iterator[Choice]:
    """Those of the words that were weighed, where one may choose wrongly; if several actors together are right, none of them alone is."""
    for word in words:
        weighed = discourse.weighed(word)
        fine = [right(candidate) for candidate, _ in weighed]
        if any(one and len(candidate) > 1 for one, (candidate, _) in zip(fine, weighed, strict=True)):
            fine = [one and len(candidate) > 1 for one, (candidate, _) in zip(fine, weighed, strict=True)]
        if any(fine) and not all(fine):
            yield Choice(tuple(tuple(features) for _, features in weighed), tuple(fine), text)


def read_choices[R: GoldRow](extractor: Extractor, rows: Sequence[R], reader: _Reader[R], times: int) -> list[Choice]:
    """The choices of all rows."""
    parsed = extractor.parse(map(document_of_row, rows))
    return [replace(choice, times=times) for row, tree in zip(rows, parsed, strict=True) for choice in reader(extractor, row, tree)]


def fitted(choices: Sequence[Choice], strength: float, start: Mapping[str, float]) -> dict[str, float]:
    """The weights that make the right candidates likeliest, drawn towards those of `start`.

    Gradient steps of the length of Barzilai and Borwein (1988); the function is convex, so that the way does not matter.
    """
    weights = dict.fromkeys((feature for choice in choices for candidate in choice.candidates for feature in candidate), 0.0)
    weights = {feature: start.get(feature, 0.0) for feature in sorted(weights)}
    step, before = 1e-3, dict[str, float]()
    for _ in range(_STEPS):
        slope = _slope(choices, weights)
        slope = {feature: slope[feature] + 2 * strength * (weights[feature] - start.get(feature, 0.0)) for feature in weights}
        if before:
            change = {feature: slope[feature] - before[feature] for feature in weights}
            bent = sum(change[feature] ** 2 for feature in weights)
            step = step * abs(sum(before[feature] * change[feature] for feature in weights)) / bent if bent else 0.0
        weights = {feature: weights[feature] - step * slope[feature] for feature in weights}
        before = slope
    return weights


def _slope(choices: Iterable[Choice], weights: Mapping[str, float]) -> dict[str, float]:
    """The gradient of the negative logarithm of the chance of what is right."""
    slope = dict.fromkeys(weights, 0.0)
    for choice in choices:
        sums = [sum(weights[feature] for feature in candidate) for candidate in choice.candidates]
        top = max(sums)
        chances = [math.exp(one - top) for one in sums]
        whole = sum(chances)
        fine = sum(chance for chance, right in zip(chances, choice.right, strict=True) if right)
        for candidate, chance, right in zip(choice.candidates, chances, choice.right, strict=True):
            share = choice.times * (chance / whole - (chance / fine if right else 0.0))
            for feature in candidate:
                slope[feature] += share
    return slope


def right_share(choices: Sequence[Choice], weights: Mapping[str, float]) -> float:
    """How many of the choices fall on what is right."""
    return sum(_taken(choice, weights) for choice in choices) / max(1, len(choices))


def _taken(choice: Choice, weights: Mapping[str, float]) -> bool:
    sums = [sum(weights.get(feature, 0.0) for feature in candidate) for candidate in choice.candidates]
    return choice.right[sums.index(max(sums))]


def cross_validated(parts: Mapping[str, Sequence[Choice]], strength: float, start: Mapping[str, float]) -> dict[str, float]:
    """The share of right choices of each set of data, fitted without the texts that are judged."""
    texts = {text: i % _FOLDS for i, text in enumerate(dict.fromkeys(one.text for part in parts.values() for one in part))}
    shares = dict.fromkeys(parts, 0.0)
    for fold in range(_FOLDS):
        weights = fitted([one for part in parts.values() for one in part if texts[one.text] != fold], strength, start)
        for name, part in parts.items():
            held = [one for one in part if texts[one.text] == fold]
            shares[name] += right_share(held, weights) * len(held) / max(1, len(part))
    return shares


def fit_salience(gap: Path, claims: Path, gum: Path, out: Path) -> str:
    """Fit both tables, write them, and tell in a few lines what they are and how good."""
    extractor = Extractor(Settings())
    parts = {
        "gap": read_choices(extractor, read_lines(gap, GapRow), of_gap, _TIMES["gap"]),
        "claims": read_choices(extractor, read_lines(claims, ClaimsRow), of_claims, _TIMES["claims"]),
        "gum": read_choices(extractor, [row for row in read_lines(gum, GumRow) if row.genre in _GENRES], of_gum, _TIMES["gum"]),
    }
    note = (
        "Weights of kg.discourse.salience: whom a pronoun means. docs/model_card.md tells about them.\n"
        f"Made on {datetime.now(UTC).date()} by `python -m kg.training.salience GAP CLAIMS GUM` (train parts).\n"
    )
    tables: dict[str, dict[str, float]] = {}
    start: dict[str, float] = {}
    for name, strength in _STRENGTH.items():
        chosen = {part: [one for one in of if one.of_person == (name == "he_or_she")] for part, of in parts.items()}
        shares = cross_validated(chosen, strength, start)
        told = ", ".join(f"{part} {share:.3f} of {len(chosen[part])}" for part, share in shares.items() if chosen[part])
        note += f"{name}: right choices, cross-validated over texts: {told}.\n"
        start = tables[name] = fitted([one for of in chosen.values() for one in of], strength, start)
    out.write_text(written(tables, note), "utf8")
    return note


def written(tables: Mapping[str, Mapping[str, float]], note: str) -> str:
    """The weights as TOML, to two digits."""
    parts = ["".join(f"# {line}\n" for line in note.splitlines())]
    for name, table in tables.items():
        lines = (f"{feature} = {weight:.2f}\n" for feature, weight in sorted(table.items()) if abs(weight) >= _SMALL)
        parts.append(f"[{name}]\n{''.join(lines)}")
    return "\n".join(parts)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name in ("gap", "claims", "gum"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "discourse" / "salience.toml")
    arguments = parser.parse_args()
    print(fit_salience(arguments.gap, arguments.claims, arguments.gum, arguments.out))  # noqa: T201 - a script


if __name__ == "__main__":
    main()
