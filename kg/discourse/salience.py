"""How near to mind an actor is where a pronoun stands: a log-linear model of what holds between the two.

Salience in the manner of Lappin and Leass (1994), "An algorithm for pronominal anaphora resolution", and Kennedy and Boguraev (1996),
"Anaphora for everyone": recency, grammatical role, parallelism, the clauses
around the pronoun, how much the text speaks of the actor, gender and kind. Each feature is a name with a weight in `salience.toml`; the
weight of a candidate is the sum over its features, and the heaviest is meant.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from kg.discourse.actors import Actor
from kg.discourse.persons import sounding_gender
from kg.discourse.standing import SUBJECTS, Standing, role
from kg.language import Parsed, Word
from kg.mentions import Found, Gender

_NEAR = ("here", "back_1", "back_2", "back_3", "back_4")  # in how many sentences before the pronoun's
_CLOSE = 4  # words
_MANY = {"police", "people", "staff", "media"}
_RANKS = ("latest", "second_latest", "third_latest", "earlier")
_TIMES = ("named_once", "named_2_or_3", "named_4_to_7", "named_8_or_more")


@cache
def weights() -> dict[str, dict[str, float]]:
    """The weights of the features for "he_or_she" and for "they_or_it"; kg.training.salience fits them."""
    return tomllib.loads(resources.files("kg.discourse").joinpath("salience.toml").read_text("utf8"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a pronoun may mean, or several together: the mentions so far, how many others were mentioned since, the genders of
    pronouns that meant it.
    """

    actors: tuple[Actor, ...]
    mentions: Sequence[Found]
    rank: int
    pronouns: frozenset[Gender]
    first: bool
    same_quote: bool
    speaks: bool


def weight(pronoun: Found, features: Sequence[str]) -> float:
    """The sum of their weights; a feature that was never seen in fitting weighs nothing."""
    known = weights()["he_or_she" if pronoun.gender else "they_or_it"]
    return sum(known.get(feature, 0.0) for feature in features)


def features(pronoun: Found, standing: Standing, candidate: Candidate, parsed: Parsed) -> list[str]:
    """What holds between a pronoun and a candidate, each named as in `salience.toml`."""
    last = _last_before(candidate.mentions, pronoun.head)
    actor = candidate.actors[0] if len(candidate.actors) == 1 else None
    ahead = last is None or last.head.sentence < pronoun.head.sentence
    return [
        *(_person(pronoun, candidate) if pronoun.gender else _number(pronoun, candidate, last)),
        *_recency(pronoun.head, standing, candidate, last, parsed),
        *_clauses(standing, frozenset(candidate.actors), ahead=ahead and actor is not None and _named_after(actor, pronoun.head)),
        *([_TIMES[min(len(actor.mentions).bit_length(), 4) - 1]] if actor is not None else []),
        *(["first_named"] if candidate.first else []),
    ]


def _number(pronoun: Found, candidate: Candidate, last: Found | None) -> Iterator[str]:
    """Of "they" and "it": whether the candidate was last spoken of as many."""
    word = "they" if pronoun.plural else "it"
    if len(candidate.actors) > 1:
        yield f"{word}_several"
        return
    (actor,) = candidate.actors
    many = last.plural or last.head.lower in _MANY if last is not None else actor.plural
    yield f"{word}_many" if many else f"{word}_{actor.kind}"


def _person(pronoun: Found, candidate: Candidate) -> Iterator[str]:
    """Of "he" and "she": how sure it is that the candidate is one."""
    (actor,) = candidate.actors
    if actor.kind != "person":
        yield "perhaps_no_person"
    if actor.gender is not None:
        yield "gender_known"
        return
    sounds = sounding_gender(actor)
    if sounds is not None:
        yield "name_sounds_so" if sounds == pronoun.gender else "name_sounds_other"
    if candidate.pronouns:
        yield "called_so_before" if pronoun.gender in candidate.pronouns else "called_other_before"


def _recency(word: Word, standing: Standing, candidate: Candidate, last: Found | None, parsed: Parsed) -> Iterator[str]:
    if last is None:
        yield "not_yet_named"
        return
    distance = max(0, word.sentence - last.head.sentence)
    where = "back" if distance else "here"
    yield _NEAR[min(distance, 4)]
    yield _RANKS[min(candidate.rank, 3)]
    yield f"{_pronoun_role(standing)}_from_{role(last.head)}_{where}"
    if last.head.dep in SUBJECTS and last.head.head.dep == "ROOT":
        yield f"subject_of_sentence_{where}"
    if last.head.dep == "conj" or any(child.dep == "conj" for child in last.head.children):
        yield "one_of_several"
    if last.first.i and parsed.words[last.first.i - 1].text == "(":
        yield "in_brackets"
    if candidate.same_quote:
        yield "same_quote"
    if candidate.speaks and standing.speaks:
        yield "speaks_on"
    if not distance and word.i - last.head.i <= _CLOSE:
        yield "close"
    yield from _others(candidate.mentions, last, word)


def _pronoun_role(standing: Standing) -> str:
    return standing.role if standing.role in {"subject", "possessor"} else "object"


def _clauses(standing: Standing, actors: frozenset[Actor], *, ahead: bool) -> Iterator[str]:
    after = "_ahead" if ahead else ""
    if ahead:
        yield f"{_pronoun_role(standing)}_ahead"
    if actors <= standing.subjects:
        if standing.role == "possessor":
            yield f"own_subject{after}"
        elif standing.role != "subject" and standing.argument:
            yield "subject_of_same_verb"
    if actors <= standing.objects and standing.role == "subject":
        yield "object_of_same_verb"
    if actors <= standing.subjects_above:
        yield f"subject_above{after}"
    if actors & standing.below:
        yield "named_below"
    if actors & standing.owned:
        yield "owned"
    if actors & standing.beside:
        yield "beside"


def _last_before(mentions: Sequence[Found], word: Word) -> Found | None:
    return next((mention for mention in reversed(mentions) if mention.head.i < word.i), None)


def _named_after(actor: Actor, word: Word) -> bool:
    """Whether the actor is named later in the sentence: "In *his* speech, Okafor ..."."""
    following = actor.first_after(word)
    return following is not None and following.head.sentence == word.sentence


def _others(mentions: Sequence[Found], last: Found, word: Word) -> Iterator[str]:
    """Whether the actor is mentioned again in the sentence before, or twice in the pronoun's own."""
    if last.head.sentence != word.sentence:
        return
    before = (mention for mention in reversed(mentions) if mention.head.i < last.head.i)
    other = next(before, None)
    if other is not None and other.head.sentence == word.sentence:
        yield "twice_here"
        other = next((mention for mention in before if mention.head.sentence < word.sentence), None)
    if other is not None and other.head.sentence == word.sentence - 1:
        yield "here_and_back_1"
