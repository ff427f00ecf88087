"""Votes of a trained model: who stands how towards whom in a sentence where the rules find no claim between the two.

Two linear models in a row (multinomial logistic regression). The first, of words, knows from many annotated sentences what stands about
two actors of whom one is for or against the other. The second weighs its answer with what the two are and what the rules find of them in
the document. `kg.training.votes` makes both, `docs/model_card.md` tells of what; `votes.tsv.gz` has a line a weight.
"""

import gzip
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.discourse import Discourse
from kg.language import Word
from kg.model import Claim
from kg.ontology import Ontology
from kg.stance.arguments import Argument
from kg.stance.company import Company, Way
from kg.stance.couples import Couple, Known, couples, forms
from kg.stance.cues import Lexicon
from kg.stance.drafts import Draft
from kg.stance.modality import modality_of
from kg.stance.signs import Signs

type Three = tuple[float, float, float]  # nothing, for, against

RULE = "votes:"
UNIT = 1000  # weights are written in thousandths
_TENTHS = 10
_SCALE = 3.0
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of yes-or-no features for each of the three answers, and of the answers of the model before it."""

    bias: Three
    weights: Mapping[str, Three]

    def scores(self, features: Mapping[str, float]) -> Three:
        """The sum of the weights of each answer; unknown features count nothing."""
        none, good, bad = self.bias
        for feature, value in features.items():
            found = self.weights.get(feature)
            if found is not None:
                none, good, bad = none + value * found[0], good + value * found[1], bad + value * found[2]
        return none, good, bad


@dataclass(frozen=True, slots=True)
class Voters:
    """The model of words, the model that weighs it, and the chance from which on a vote counts."""

    words: Model
    weighing: Model
    enough: float

    def chances(self, ballot: "Ballot") -> Three:
        """That the pair is told nothing of, for, against."""
        return softmax(self.weighing.scores(mixed(self.words.scores(ballot.about), ballot)))


def softmax(scores: Three) -> Three:
    """Chances of scores.

    >>> softmax((0.0, 0.0, 0.0))[0] == 1 / 3
    True
    """
    most = max(scores)
    none, good, bad = (math.exp(score - most) for score in scores)
    whole = none + good + bad
    return none / whole, good / whole, bad / whole


@cache
def voters() -> Voters:
    """Those of `votes.tsv.gz`."""
    text = gzip.decompress(resources.files("kg.stance").joinpath("votes.tsv.gz").read_bytes()).decode("utf8")
    tables: dict[str, dict[str, Three]] = {"words": {}, "weighing": {}, "enough": {}}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        table, feature, *weights = line.split("\t")
        none, good, bad = (int(weight) / UNIT for weight in weights)
        tables[table][feature] = (none, good, bad)
    words, weighing = (Model(table.pop("", (0.0, 0.0, 0.0)), table) for table in (tables["words"], tables["weighing"]))
    return Voters(words, weighing, tables["enough"][""][0])


@dataclass(frozen=True, slots=True)
class Ballot:
    """A couple of a sentence: the features of its company, and what is known further; `ruled`: the rules found a claim of it."""

    couple: Couple
    sentence: int
    ruled: bool
    about: Mapping[str, float]
    further: tuple[str, ...]


def mixed(words: Three, ballot: Ballot) -> dict[str, float]:
    """The features of the second model: the scores of the first, the tenth that each of its chances is in, and what is no word."""
    chances = zip(("for", "against"), softmax(words)[1:], strict=True)
    tenths = (f"{name} {int(chance * _TENTHS)}" for name, chance in chances)
    return dict.fromkeys((*ballot.further, *tenths), 1.0) | {
        name: score / _SCALE for name, score in zip(("score none", "score for", "score against"), words, strict=True)
    }


def ballots(discourse: Discourse, lexicon: Lexicon, ontology: Ontology, found: Sequence[Draft], *, silent: bool) -> Iterator[Ballot]:
    """All couples of a document; `silent`: those only between whom the rules `found` nothing in the sentence."""
    known = Known(found, ontology)
    company = Company(discourse, Signs(lexicon, ontology))
    for sentence in discourse.parsed.sentences:
        for couple in couples(sentence, company):
            ruled = known.here(couple, sentence.index)
            if not (silent and ruled):
                shape, about = company.features(couple.source[0], couple.target[0])
                about[f"kind {couple.source[1].kind} {couple.target[1].kind}"] = 1.0
                further = (*shape, *forms(couple), *known.features(couple, sentence.index))
                yield Ballot(couple, sentence.index, ruled, about, further)


def vote_drafts(discourse: Discourse, lexicon: Lexicon, ontology: Ontology, found: Sequence[Draft]) -> Iterator[Draft]:
    """The claims that the model votes for, with their chances; `found`: the claims of the rules, which it does not touch."""
    judge, signs = voters(), Signs(lexicon, ontology)
    made: set[tuple[object, ...]] = set()
    for ballot in ballots(discourse, lexicon, ontology, found, silent=True):
        chances = judge.chances(ballot)
        chance, sign = max(zip(chances[1:], (1, -1), strict=True))
        if chance < judge.enough:
            continue
        draft = _draft(ballot.couple, sign, chance, signs, lexicon)
        ends = ballot.couple.key
        key = (ballot.sentence, draft.relation, *(sorted(ends) if ontology.relations[draft.relation].symmetric else ends))
        if key not in made:
            made.add(key)
            yield draft


def _draft(couple: Couple, sign: int, chance: float, signs: Signs, lexicon: Lexicon) -> Draft:
    (source, one), (target, two) = couple.source, couple.target
    away = source.sentence != target.sentence
    cue = _cue(source, target, sign, signs)
    relation = signs.at(cue)[0] if cue is not None and signs.at(cue) else ""  # type: ignore[index]
    if not relation or relation == "VIEWS_AS":
        relation = "SUPPORT" if sign > 0 else "ACCUSE"
    word = cue or _verb(target)
    return Draft(
        relation=relation,
        cue=word,
        cue_end=word,
        source=Argument(one, implicit="who says so" if away else ""),
        target=Argument(two),
        modality="actual" if away else modality_of(word, lexicon),
        rule=f"{RULE} {'for' if sign > 0 else 'against'}",
        confidence=round(chance, 2),
    )


def _cue(source: Word, target: Word, sign: int, signs: Signs) -> Word | None:
    """The word nearest to the way between the two that has a cue of this sign."""
    way = Way.between(source, target).words if source.sentence == target.sentence else (target, *target.ancestors())
    near = [word for step in way for word in (step, *step.children)]
    return next((word for word in near if (found := signs.at(word)) is not None and found[1] == sign), None)


def _verb(word: Word) -> Word:
    return next((above for above in (word, *word.ancestors()) if above.pos in {"VERB", "AUX"}), word)


def why_voted(discourse: Discourse, lexicon: Lexicon, ontology: Ontology, found: Sequence[Draft], claim: Claim) -> list[str]:
    """What spoke most for the vote that a claim is, the strongest first: ["way praise", "says"]; nothing where the rules made it."""
    if not claim.rule.startswith(RULE):
        return []
    sign = 1 if claim.polarity > 0 else 2
    for ballot in ballots(discourse, lexicon, ontology, found, silent=True):
        spans = tuple(discourse.naming_span(meant.found, meant) for _, meant in (ballot.couple.source, ballot.couple.target))
        sentence = discourse.parsed.sentences[ballot.sentence].span
        if claim.target is not None and sentence.start == claim.evidence.start_char and spans == (claim.source.naming, claim.target.naming):
            return _strongest(ballot, sign)
    return []


def _strongest(ballot: Ballot, sign: int) -> list[str]:
    judge = voters()
    whole = mixed(judge.words.scores(ballot.about), ballot)
    pull: dict[str, float] = {}
    for model, features in ((judge.words, ballot.about), (judge.weighing, whole)):
        for feature, value in features.items():
            weights = model.weights.get(feature)
            if weights is not None and not feature.startswith("score "):
                pull[feature] = value * (weights[sign] - weights[0])
    return [feature for feature in sorted(pull, key=lambda one: (-pull[one], one))[:_SHOWN] if pull[feature] > 0]
