"""kg eval claims on two sets that list triplets instead of claims: who is for or against whom, somewhere in a sentence.

SEESAW (Zhang et al. 2022): sentences of US political news with canonical names, topics among them. RE3D (Dstl 2017): relations between
marked stretches. A claim found counts as right where one of them has its actors and sign; modality, claimer and place in it are not marked.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from kg.evaluation.claim_data import ClaimsAnswer, FoundActor, FoundClaim
from kg.evaluation.claims import answer
from kg.evaluation.gold import Fields, GoldRow, Stretch
from kg.evaluation.matching import key
from kg.evaluation.task import Figures, Judged, Miss, Task

_SIGNS: Mapping[str, int] = {"POS": 1, "NEG": -1}
_RELATIONS: Mapping[str, int] = {"FightingAgainst": -1, "Dislikes": -1, "AlliesOf": 1, "Likes": 1, "CommWith": 1}
_MUTUAL = {"FightingAgainst", "AlliesOf", "CommWith"}


class Triplets(NamedTuple):
    """What is counted in one text: triplets marked and found again, claims found and right."""

    marked: int = 0
    found: int = 0
    claims: int = 0
    right: int = 0


class Stance(Fields):
    """Who is positive or negative towards whom or what; `sentence`: where in the document, once its sentences are put together."""

    source: str
    target: str
    label: Literal["POS", "NEG"]
    sentence: Stretch | None = None


class SeesawRow(GoldRow):
    """A sentence of a document (`doc`) with its stances; the sentences of a document are read together."""

    doc: str
    stances: list[Stance]


def documents(sentences: Sequence[SeesawRow]) -> list[SeesawRow]:
    """The documents that sentences, in the order of the file, make."""
    return [_document(doc, list(rows)) for doc, rows in groupby(sentences, key=lambda row: row.doc)]


def _document(doc: str, sentences: Sequence[SeesawRow]) -> SeesawRow:
    text, stances = "", []
    for row in sentences:
        place = Stretch(start=len(text), end=len(text) + len(row.text))
        stances += [stance.model_copy(update={"sentence": place}) for stance in row.stances]
        text += row.text + " "
    return SeesawRow(id=doc, doc=doc, text=text.rstrip(), stances=stances)


def _is_called(actor: FoundActor | None, name: str) -> bool:
    return actor is not None and key(name) in {key(actor.name), key(actor.mention or "")}


def _says(claim: FoundClaim, stance: Stance) -> bool:
    place = stance.sentence
    return (
        claim.polarity == _SIGNS[stance.label]
        and (place is None or place.start <= claim.evidence.at < place.end)
        and _is_called(claim.source, stance.source)
        and _is_called(claim.target, stance.target)
    )


def _judged(
    row: GoldRow, given: ClaimsAnswer | None, marked: Mapping[str, Sequence[bool]], claims: Sequence[FoundClaim]
) -> Judged[Triplets]:
    """`marked`: each triplet in words, and which of the claims say it."""
    right = [any(says[i] for says in marked.values()) for i in range(len(claims))]
    misses = [Miss("missing", row.text[:300], words, "nothing") for words, says in marked.items() if not any(says)]
    misses += [
        Miss("wrong", claim.evidence.sentence, "nothing", _words(claim), claim.confidence)
        for claim, is_right in zip(claims, right, strict=True)
        if not is_right
    ]
    return Judged(Triplets(len(marked), sum(map(any, marked.values())), len(claims), sum(right)), tuple(misses) if given else ())


def _words(claim: FoundClaim) -> str:
    return f"{claim.source.name} {claim.relation} {claim.target.name if claim.target else '-'}"


def _signed(given: ClaimsAnswer | None) -> list[FoundClaim]:
    return [claim for claim in given.claims if claim.polarity] if given else []


def judge_seesaw(row: SeesawRow, given: ClaimsAnswer | None) -> Judged[Triplets]:
    """A stance is found by a claim of its sentence with its sign whose actors are called so, by name or there."""
    claims = _signed(given)
    marked = {
        f"{stance.source} {stance.label} {stance.target} ({i})": [_says(claim, stance) for claim in claims]
        for i, stance in enumerate(row.stances)
    }
    return _judged(row, given, marked, claims)


class MarkedEntity(Fields):
    """A stretch that means someone or something."""

    start: int
    end: int


class MarkedRelation(Fields):
    """A relation between two of the row's entities, by their numbers; those that annotators doubted (`gold` false) are left out."""

    head: int
    tail: int
    type: str
    gold: bool


class Re3dRow(GoldRow):
    """A document, the stretches that mean someone or something, and the relations between them."""

    entities: list[MarkedEntity]
    relations: list[MarkedRelation]


def _stands_for(actor: FoundActor | None, entity: MarkedEntity) -> bool:
    if actor is None or actor.start_char is None or actor.end_char is None:
        return False
    return actor.start_char < entity.end and entity.start < actor.end_char


def _relates(claim: FoundClaim, relation: MarkedRelation, entities: Sequence[MarkedEntity]) -> bool:
    head, tail = entities[relation.head], entities[relation.tail]
    if claim.polarity != _RELATIONS[relation.type]:
        return False
    forward = _stands_for(claim.source, head) and _stands_for(claim.target, tail)
    return forward or (relation.type in _MUTUAL and _stands_for(claim.source, tail) and _stands_for(claim.target, head))


def judge_re3d(row: Re3dRow, given: ClaimsAnswer | None) -> Judged[Triplets]:
    """A relation with a sign is found by a claim of that sign whose actors stand where its ends are marked."""
    claims = _signed(given)
    signed = [relation for relation in row.relations if relation.gold and relation.type in _RELATIONS]
    marked = {_in_words(row, relation): [_relates(claim, relation, row.entities) for claim in claims] for relation in signed}
    return _judged(row, given, marked, claims)


def _in_words(row: Re3dRow, relation: MarkedRelation) -> str:
    head, tail = row.entities[relation.head], row.entities[relation.tail]
    return f"{row.text[head.start : head.end]} [{head.start}] {relation.type} {row.text[tail.start : tail.end]} [{tail.start}]"


def figures(outcomes: Iterable[Triplets]) -> Figures:
    """Precision of the claims, recall of the triplets, and their F1."""
    marked, found, claims, right = map(sum, zip(*outcomes, strict=True)) if outcomes else (0, 0, 0, 0)
    precision, recall = right / max(1, claims), found / max(1, marked)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"f1": f1, "precision": precision, "recall": recall, "marked": marked, "claims": claims}


SEESAW = Task("claims", "stances", SeesawRow, ClaimsAnswer, answer, judge_seesaw, figures, main="f1", gather=documents)
RE3D = Task("claims", "relations", Re3dRow, ClaimsAnswer, answer, judge_re3d, figures, main="f1")
