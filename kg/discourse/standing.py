"""Where a pronoun stands in its sentence, and whom the nouns around it mean."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kg.discourse.actors import Actor
from kg.discourse.clauses import subject, with_conjuncts
from kg.language import Word

SUBJECTS = frozenset({"nsubj", "nsubjpass"})

type Role = Literal["subject", "object", "oblique", "possessor", "modifier", "other"]
_ROLES: dict[str, Role] = {
    **dict.fromkeys(("nsubj", "nsubjpass", "csubj"), "subject"),
    **dict.fromkeys(("dobj", "dative", "attr"), "object"),
    **dict.fromkeys(("compound", "amod", "nmod"), "modifier"),
    "pobj": "oblique",
    "poss": "possessor",
}
_CLAUSES = 5  # that a pronoun looks up through

type MeantAt = Callable[[Word], tuple[Actor, ...]]


def role(word: Word) -> Role:
    """What a noun is to its clause; of a noun joined or apposed to another, what that other is."""
    while word.dep in {"conj", "appos"} and word.head is not word:
        word = word.head
    return _ROLES.get(word.dep, "other")


@dataclass(frozen=True, slots=True)
class Standing:
    """A pronoun's place: its role, and the actors that stand in the clauses around it.

    In "Ruiz told Mora that *he* saw Vega" `subjects_above` holds Ruiz and `objects` Vega. `owned`: whom the noun of a possessive names
    ("*his* wife Anna": Anna); `beside`: whom it is joined to ("Ruiz and *his* wife"); `below`: who is named inside the clause whose subject
    or object the pronoun is, so that it means someone else ("*he* said that Ruiz left"). `speaks`: whether it is the subject of a verb of
    speech.
    """

    word: Word
    role: Role
    subjects: frozenset[Actor]
    subjects_above: frozenset[Actor]
    objects: frozenset[Actor]
    owned: frozenset[Actor]
    beside: frozenset[Actor]
    below: frozenset[Actor]
    speaks: bool

    @property
    def argument(self) -> bool:
        """Whether it depends on the verb of its clause: "saw *him*", "spoke to *him*", and not "*his* wife", "a plan for *him*"."""
        return _governor(self.word).pos in {"VERB", "AUX"}


def standing_of(word: Word, meant_at: MeantAt, named_after: Iterable[Word], speech_verbs: frozenset[str]) -> Standing:
    """The place of a pronoun; `meant_at` tells whom a noun means, as far as is known by now, `named_after` where its sentence goes on to
    name actors.
    """
    verbs = list(_clauses_over(word))
    subjects = [frozenset(_meant(_subjects(verb), word, meant_at)) for verb in verbs]
    possessive = word.tag == "PRP$" or word.dep == "poss"
    governor = None if possessive else _governor(word)
    return Standing(
        word,
        "possessor" if possessive else role(word),
        subjects[0] if subjects else frozenset(),
        frozenset().union(*subjects[1:]),
        frozenset(_meant(_objects(verbs[0]), word, meant_at) if verbs else ()),
        frozenset(_meant(_owned(word), word, meant_at) if possessive else ()),
        frozenset(meant_at(word.head.head) if possessive and word.head.dep == "conj" else ()),
        frozenset(actor for noun in named_after if any(above is governor for above in noun.ancestors()) for actor in meant_at(noun)),
        word.dep in SUBJECTS and word.head.lemma in speech_verbs,
    )


def _governor(word: Word) -> Word:
    above = word.head
    while above.dep in {"prep", "dative", "agent"} and above.head is not above:
        above = above.head
    return above


def _clauses_over(word: Word) -> Iterator[Word]:
    found = (above for above in word.ancestors() if above.pos in {"VERB", "AUX"} and above.dep not in {"aux", "auxpass"})
    yield from (verb for verb, _ in zip(found, range(_CLAUSES), strict=False))


def _meant(nouns: Iterator[Word], pronoun: Word, meant_at: MeantAt) -> Iterator[Actor]:
    yield from (actor for noun in nouns if noun is not pronoun for actor in meant_at(noun))


def _subjects(verb: Word) -> Iterator[Word]:
    noun = subject(verb)
    yield from with_conjuncts(noun) if noun is not None else ()


def _objects(verb: Word) -> Iterator[Word]:
    for child in verb.children:
        if child.dep in {"dobj", "dative"}:
            yield from with_conjuncts(child)
        elif child.dep in {"prep", "agent"}:
            yield from (noun for inner in child.children if inner.dep == "pobj" for noun in with_conjuncts(inner))


def _owned(word: Word) -> Iterator[Word]:
    noun = word.head
    yield noun
    yield from (child for child in noun.children if child.dep in {"appos", "compound", "nmod"})
    if noun.dep == "appos":
        yield noun.head
    if noun.dep == "attr":
        yield from (child for child in noun.head.children if child.dep == "nsubj")
