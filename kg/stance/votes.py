"""Votes of a trained model: who stands how towards whom in a sentence where the rules find no claim between the two.

Two models in a row. The first, of words, is linear (multinomial logistic regression): it knows from many annotated sentences what stands
about two actors of whom one is for or against the other. The second, a forest of boosted trees, weighs what each part of the sentence says
to the first with what the two are and what the rules find of them in sentence and document. `kg.training.votes` makes both,
`docs/model_card.md` tells of what; `votes.tsv.gz` has a line a weight and a line a branch.
"""

import gzip
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.discourse import Discourse
from kg.language import Word
from kg.model import Claim
from kg.ontology import Ontology
from kg.stance.arguments import Argument
from kg.stance.company import Company, Way
from kg.stance.couples import Couple, Known, Thought, couples, forms
from kg.stance.cues import Lexicon
from kg.stance.drafts import Draft
from kg.stance.forest import UNIT, Forest, Three, forest_of
from kg.stance.modality import modality_of
from kg.stance.signs import Signs
from kg.stance.weighing import Ruled

RULE = "votes:"
_SHOWN = 6
_DIGITS = 2  # of what the forest is asked about


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of yes-or-no features for each of the three answers."""

    bias: Three
    weights: Mapping[str, Three]

    def parts(self, features: Iterable[str]) -> dict[str, float]:
        """What each part of a sentence says, over nothing said, and all of them: "way praise" is of the part "for way" and of "for all"."""
        parts = {"for all": self.bias[1] - self.bias[0], "against all": self.bias[2] - self.bias[0]}
        for feature in features:
            found = self.weights.get(feature)
            if found is not None:
                part = feature.partition(" ")[0]
                for sign, weight in (("for", found[1] - found[0]), ("against", found[2] - found[0])):
                    parts[f"{sign} all"] += weight
                    parts[f"{sign} {part}"] = parts.get(f"{sign} {part}", 0.0) + weight
        return {name: round(value, _DIGITS) for name, value in parts.items()}


@dataclass(frozen=True, slots=True)
class Voters:
    """The model of words, the forest that weighs it, and the chance from which on a vote counts."""

    words: Model
    weighing: Forest
    enough: float

    def chances(self, ballot: "Ballot") -> Three:
        """That the pair is told nothing of, for, against."""
        return softmax(self.weighing.scores(mixed(self.words, ballot)))


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
    tables: defaultdict[str, list[tuple[str, int, int, int]]] = defaultdict(list)
    for line in text.splitlines():
        if not line.startswith("#"):
            table, feature, *numbers = line.split("\t")
            one, two, three = map(int, [*numbers, "0"][:3])
            tables[table].append((feature, one, two, three))
    words, bias, enough = (_weights(tables[table]) for table in ("words", "bias", "enough"))
    forest = forest_of(bias[""], ((feature, most, value) for feature, most, value, _ in tables["forest"]))
    return Voters(Model(words.pop("", (0.0, 0.0, 0.0)), words), forest, enough[""][0])


def _weights(table: Iterable[tuple[str, int, int, int]]) -> dict[str, Three]:
    return {feature: (none / UNIT, good / UNIT, bad / UNIT) for feature, none, good, bad in table}


@dataclass(frozen=True, slots=True)
class Ballot:
    """A couple of a sentence: the features of its company, and what is known further; `ruled`: the rules found a claim of it."""

    couple: Couple
    sentence: int
    ruled: bool
    about: Mapping[str, float]
    further: Mapping[str, float]


def mixed(words: Model, ballot: Ballot) -> dict[str, float]:
    """What the forest is asked about: the answers of the first model part by part, and what is no word."""
    return {**words.parts(ballot.about), **ballot.further}


def ballots(discourse: Discourse, lexicon: Lexicon, ontology: Ontology, ruled: Ruled, *, silent: bool) -> Iterator[Ballot]:
    """All couples of a document; `silent`: those only between whom the rules found nothing in the sentence."""
    known, thought = Known(ruled.found, ontology), Thought(ruled, ontology)
    company = Company(discourse, Signs(lexicon, ontology))
    for sentence in discourse.parsed.sentences:
        for couple in couples(sentence, company):
            told = known.here(couple, sentence.index)
            if not (silent and told):
                shape, about = company.features(couple.source[0], couple.target[0])
                about[f"kind {couple.source[1].kind} {couple.target[1].kind}"] = 1.0
                further = dict.fromkeys((*shape, *forms(couple), *known.features(couple, sentence.index)), 1.0)
                yield Ballot(couple, sentence.index, told, about, further | thought.features(couple, sentence.index))


def vote_drafts(discourse: Discourse, lexicon: Lexicon, ontology: Ontology, ruled: Ruled) -> Iterator[Draft]:
    """The claims that the model votes for, with their chances; those of the rules it does not touch."""
    judge, signs = voters(), Signs(lexicon, ontology)
    made: set[tuple[object, ...]] = set()
    for ballot in ballots(discourse, lexicon, ontology, ruled, silent=True):
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


def why_voted(discourse: Discourse, lexicon: Lexicon, ontology: Ontology, ruled: Ruled, claim: Claim) -> list[str]:
    """What spoke most for the vote that a claim is, the strongest first: ["way praise", "says"]; nothing where the rules made it."""
    if not claim.rule.startswith(RULE):
        return []
    sign = 1 if claim.polarity > 0 else 2
    for ballot in ballots(discourse, lexicon, ontology, ruled, silent=True):
        spans = tuple(discourse.naming_span(meant.found, meant) for _, meant in (ballot.couple.source, ballot.couple.target))
        sentence = discourse.parsed.sentences[ballot.sentence].span
        if claim.target is not None and sentence.start == claim.evidence.start_char and spans == (claim.source.naming, claim.target.naming):
            return _strongest(ballot, sign)
    return []


def _strongest(ballot: Ballot, sign: int) -> list[str]:
    """What the forest went by; for a part of the sentence its heaviest word."""
    judge = voters()
    pull = judge.weighing.pulls(mixed(judge.words, ballot), sign)
    shown = [_heaviest(feature, ballot, judge.words) for feature in sorted(pull, key=lambda one: (-pull[one], one)) if pull[feature] > 0]
    return list(dict.fromkeys(feature for feature in shown if feature))[:_SHOWN]


def _heaviest(feature: str, ballot: Ballot, words: Model) -> str:
    """The word of a part that says it most: "way praise" for "for way"; nothing where no word does; what is no part stays."""
    name, _, part = feature.partition(" ")
    if name not in {"for", "against"}:
        return feature
    sign = 1 if name == "for" else 2
    inside = ((one, words.weights[one]) for one in ballot.about if one in words.weights and part in {"all", one.partition(" ")[0]})
    most = max(((weights[sign] - weights[0], one) for one, weights in inside), default=(0.0, ""))
    return most[1] if most[0] > 0 else ""
