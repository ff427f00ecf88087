"""Which claims found are which gold claims.

A claim found *fits* a gold claim that has its sign, whose accepted actors include its source and its target (either way round where the
gold claim is symmetric), and whose cue begins in its evidence. Claims without a sign (roles, membership, requests) are not looked at.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import networkx as nx

from kg.evaluation.claim_data import ClaimsRow, FoundActor, FoundClaim, FoundEvidence, GoldClaim
from kg.model import modality_class

type Names = frozenset[str]
type Sign = Literal["+", "-"]

SYMMETRIC = {"ALLIED_WITH", "AT_ODDS_WITH"}  # direction is not scored where one of these is the best relation
SLACK = 40  # characters before and after the evidence
LONGEST, MOST_CONTEXT = 1000, 3  # evidence is a sentence and a few more, not the article
_BEFORE_NAMES = re.compile(r"^(the|president|sen|rep|gen|mr|mrs|ms|dr)\b\.?\s+")


def key(name: str) -> str:
    """A name without accents, case, punctuation, article or title.

    >>> key("the E.U."), key("President Nicolás Maduro")
    ('e u', 'nicolas maduro')
    """
    decomposed = unicodedata.normalize("NFKD", name)
    plain = decomposed.encode("ascii", "ignore").decode().lower().strip() or decomposed.casefold().strip()
    if not plain.isascii():
        return plain
    return re.sub(r"[^a-z0-9]+", " ", _BEFORE_NAMES.sub("", plain)).strip()


class Actors:
    """Which actors of a gold row a name may mean; "Taliban" may mean two, where two have that alias."""

    def __init__(self, aliases: Mapping[str, Sequence[str]]) -> None:
        self._meant: dict[str, set[str]] = {}
        for name, others in aliases.items():
            for one in (name, *others):
                self._meant.setdefault(key(one), set()).add(name)

    def meant(self, name: str, words: str | None) -> Names:
        """By the name; by the words at the place where the row does not know the name; else nobody of the row, but not nobody."""
        for one in (name, words):
            if one and (known := self._meant.get(key(one))):
                return frozenset(known)
        return frozenset({key(name)} if name else ())

    def of(self, actor: FoundActor | None) -> Names:
        """Whom an actor of a claim may mean; nobody where there is none."""
        return self.meant(actor.name, actor.mention) if actor else frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """A claim found that has a sign, its actors as those of the gold row."""

    claim: FoundClaim
    sign: Sign
    source: Names
    target: Names
    claimer: Names
    places: tuple[range, ...]

    def covers(self, gold: GoldClaim) -> bool:
        """Whether the cue of a gold claim begins in the evidence."""
        return any(gold.cue_start in place for place in self.places)


def found_claims(claims: Sequence[FoundClaim], actors: Actors) -> list[Found]:
    """The claims that have a sign."""
    return [
        Found(
            claim,
            "+" if claim.polarity > 0 else "-",
            actors.of(claim.source),
            actors.of(claim.target),
            actors.of(claim.claimer),
            tuple(_places(claim.evidence)),
        )
        for claim in claims
        if claim.polarity
    ]


def _places(evidence: FoundEvidence) -> Iterator[range]:
    for start, end in ([evidence.start_char, evidence.end_char], *evidence.context[:MOST_CONTEXT]):
        if end - start <= LONGEST:
            yield range(start - SLACK, end + SLACK)


def forward(gold: GoldClaim, source: Names, target: Names) -> bool:
    """Whether these are the accepted source and target."""
    return not source.isdisjoint(gold.source) and not target.isdisjoint(gold.target)


def same_actors(gold: GoldClaim, source: Names, target: Names) -> bool:
    """Whether these are the accepted actors, either way round where the gold claim is symmetric."""
    symmetric = gold.symmetric or gold.relation[0] in SYMMETRIC
    return forward(gold, source, target) or (symmetric and forward(gold, target, source))


class Right(NamedTuple):
    """What of a claim found is as one of the accepted values of the gold claim that it fits."""

    modality: bool
    claimer: bool
    relation: bool

    @property
    def weight(self) -> int:
        """How much is right: the modality class weighs more than the claimer, the claimer more than the relation."""
        return 4 * self.modality + 2 * self.claimer + self.relation


def fit(found: Found, gold: GoldClaim) -> Right | None:
    """How well a claim found fits a gold claim; None where it does not."""
    if found.sign != gold.sign or not same_actors(gold, found.source, found.target) or not found.covers(gold):
        return None
    return Right(
        modality=modality_class(found.claim.modality) in {modality_class(modality) for modality in gold.modality},
        claimer=_right_claimer(found, gold),
        relation=found.claim.relation in gold.relation,
    )


def _right_claimer(found: Found, gold: GoldClaim) -> bool:
    """Where no claimer was found, the text says it: right where it does, where readers differ, or where the source speaks of itself."""
    if found.claimer:
        return not found.claimer.isdisjoint(gold.claimer)
    return not gold.claimer or gold.claimer_optional or not found.source.isdisjoint(gold.claimer)


@dataclass(frozen=True, slots=True)
class Matching:
    """Claims found and gold claims of a text, one to one; both by their numbers.

    `fits`: (number found, number gold) -> how well. `taken`: number gold -> number found. What fits gold claims that others take is
    `surplus`: saying a thing twice neither helps nor harms.
    """

    gold: Sequence[GoldClaim]
    found: Sequence[Found]
    fits: Mapping[tuple[int, int], Right]
    taken: Mapping[int, int]

    @property
    def fitting(self) -> set[int]:
        """The claims found that fit some gold claim."""
        return {one for one, _ in self.fits}

    @property
    def surplus(self) -> int:
        return len(self.fitting) - len(self.taken)

    @property
    def rights(self) -> list[Right]:
        """How well each gold claim that is taken is met."""
        return [self.fits[one, gold] for gold, one in self.taken.items()]


def match(row: ClaimsRow, claims: Sequence[FoundClaim]) -> Matching:
    """The two one to one: as many as can be, before all core claims and those of which most is right."""
    found = found_claims(claims, Actors(row.aliases))
    every = ((i, j, fit(one, gold)) for i, one in enumerate(found) for j, gold in enumerate(row.claims))
    fits = {(i, j): right for i, j, right in every if right is not None}
    return Matching(row.claims, found, fits, _taken(fits, row.claims))


def _taken(fits: Mapping[tuple[int, int], Right], gold: Sequence[GoldClaim]) -> dict[int, int]:
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for (i, j), right in fits.items():
        graph.add_edge(("found", i), ("gold", j), weight=100 + 8 * gold[j].core + right.weight)
    pairs = (dict(pair) for pair in nx.max_weight_matching(graph))
    return {pair["gold"]: pair["found"] for pair in pairs}
