"""The pairs of actors of a sentence between whom something may stand, each with where the two are meant."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.discourse import Meant
from kg.language import Sentence, Word
from kg.model import Span, modality_class
from kg.ontology import Ontology
from kg.stance.company import Company, Way
from kg.stance.drafts import Draft
from kg.stance.weighing import Ruled

type Place = tuple[Word, Meant]

_MOST = 4  # places of one actor in a sentence
_NEAR = 2  # sentences
_UNJOINED = 100


@dataclass(frozen=True, slots=True)
class Couple:
    """A source and a target, where the two stand nearest to each other; `actors`: how many the sentence has, `amid`: between the two."""

    source: Place
    target: Place
    actors: int
    amid: int

    @property
    def key(self) -> tuple[Span, Span]:
        """The same wherever this source and this target are a pair."""
        return self.source[1].key, self.target[1].key


def couples(sentence: Sentence, company: Company) -> Iterator[Couple]:
    """All that a sentence has, both ways round; who says it from another sentence may be a source too."""
    here: defaultdict[Span, list[Place]] = defaultdict(list)
    away: dict[Span, list[Place]] = {}
    for word in sentence.words:
        for meant in company.discourse.meant(word):
            here[meant.key].append((word, meant))
        for speaker in company.speakers_of(word)[:1]:
            if speaker.who.sentence != sentence.index:
                away |= {meant.key: [(speaker.who, meant)] for meant in company.discourse.meant(speaker.who)}
    heads = [word.i for places in here.values() for word, _ in places]
    for key, sources in {**away, **here}.items():
        for other, targets in here.items():
            if key != other:
                source, target = _nearest(sources[:_MOST], targets[:_MOST])
                low, high = sorted((source[0].i, target[0].i))
                yield Couple(source, target, len(here), sum(low < head < high for head in heads))


def _nearest(sources: Sequence[Place], targets: Sequence[Place]) -> tuple[Place, Place]:
    if len(sources) == len(targets) == 1:
        return sources[0], targets[0]
    return min(((one, two) for one in sources for two in targets), key=lambda pair: _distance(pair[0][0], pair[1][0]))


def _distance(one: Word, other: Word) -> tuple[int, int]:
    if one.sentence != other.sentence:
        return 0, other.i
    way = Way.between(one, other)
    return len(way.up) + len(way.down) + (_UNJOINED if way.top is None else 0), abs(one.i - other.i)


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules found of a pair in one sentence."""

    sentence: int
    sign: int
    modality_class: str


class Known:
    """What the rules found in a document, by pair; what is symmetric is told both ways round."""

    def __init__(self, drafts: Sequence[Draft], ontology: Ontology) -> None:
        self._told: defaultdict[tuple[Span, Span], list[Told]] = defaultdict(list)
        for draft in drafts:
            relation = ontology.relations[draft.relation]
            sign = relation.polarity or draft.polarity
            if draft.target is not None and sign:
                told = Told(draft.cue.sentence, sign, modality_class(draft.modality))
                ends = (draft.source.meant.key, draft.target.meant.key)
                for pair in (ends, ends[::-1]) if relation.symmetric else (ends,):
                    self._told[pair].append(told)

    def here(self, couple: Couple, sentence: int) -> bool:
        """Whether a sentence has a claim of the pair already."""
        return any(told.sentence == sentence for told in self._told.get(couple.key, ()))

    def features(self, couple: Couple, sentence: int) -> Iterator[str]:
        """What of the two the sentence and the document tell elsewhere, this way round and the other."""
        there = couple.key
        for name, pair in (("there", there), ("back", there[::-1])):
            told = self._told.get(pair, [])
            inside = [one for one in told if one.sentence == sentence]
            yield from (f"{name} here {one.sign} {one.modality_class}" for one in inside) if inside else (f"{name} silent",)
            yield from _elsewhere(name, [one for one in told if one.sentence != sentence], sentence)


def _elsewhere(name: str, told: Sequence[Told], sentence: int) -> Iterator[str]:
    count: Mapping[int, int] = Counter(one.sign for one in told)
    for sign in (1, -1):
        yield f"{name} {sign} {min(count[sign], 3)}"
        if count[sign] and not count[-sign]:
            yield f"{name} only {sign}"
    yield from (f"{name} near {sign}" for sign in sorted({one.sign for one in told if abs(one.sentence - sentence) <= _NEAR}))


class Thought:
    """How likely the rules find claims of the actors of each sentence, also those that they leave out as too unlikely."""

    def __init__(self, ruled: Ruled, ontology: Ontology) -> None:
        self._chances: defaultdict[int, list[tuple[Span, Span, int, float]]] = defaultdict(list)
        for draft in (*ruled.found, *ruled.doubted):
            relation = ontology.relations[draft.relation]
            sign = relation.polarity or draft.polarity
            if draft.target is not None and sign:
                ends = (draft.source.meant.key, draft.target.meant.key)
                for source, target in (ends, ends[::-1]) if relation.symmetric else (ends,):
                    self._chances[draft.cue.sentence].append((source, target, sign, draft.confidence))

    def features(self, couple: Couple, sentence: int) -> dict[str, float]:
        """The best chance by sign, of claims of the couple, and of those that one of the two has with others: {"rules there 1": 0.3}."""
        best: dict[str, float] = {}
        for source, target, sign, chance in self._chances.get(sentence, ()):
            name = _share(couple.key, (source, target))
            if name:
                feature = f"rules {name} {sign}"
                best[feature] = max(chance, best.get(feature, 0.0))
        return best


def _share(ends: tuple[Span, Span], others: tuple[Span, Span]) -> str:
    """What two couples have in common: "source" where the same is the source of both."""
    if ends == others:
        return "there"
    if ends == others[::-1]:
        return "back"
    same = ((0, 0, "source"), (1, 1, "target"), (1, 0, "target does"), (0, 1, "source gets"))
    return next((name for one, other, name in same if ends[one] == others[other]), "")


def forms(couple: Couple) -> tuple[str, ...]:
    """What the two are, and how they are named: "kinds person group"."""
    (_, one), (_, two) = couple.source, couple.target
    return (
        f"kinds {one.kind} {two.kind}",
        f"forms {one.found.form} {two.found.form}",
        *(f"{name} {meant.kind} {meant.found.form}{' unnamed' if meant.unnamed else ''}" for name, meant in (("s", one), ("t", two))),
        f"actors {min(couple.actors, 6)}",
        f"amid {min(couple.amid, 3)}",
    )
