"""Faults of documents: evidence that is not where it is said to be, roles that nobody plays, judgements that were not worked in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any, get_args

from kg.assemble import edge_ends
from kg.model import Modality, edge_key, entity_key, modality_class
from kg.model.cypher_form import ROLE_TYPES, Properties
from kg.ontology import Ontology
from kg.resolve import Corrections
from kg.stores.bolt import Bolt, Row
from kg.stores.fetching import document_ids

_AT_ONCE = 100
_SEVERAL = {ROLE_TYPES["via"]}
_MODALITIES: frozenset[Modality] = frozenset(get_args(Modality))
_NEEDED = ("polarity", "quote", "confidence", "rule", "extractor")

_TEXTS = "UNWIND $ids AS id MATCH (d:Document {id: id}) WHERE d.content_hash IS NOT NULL RETURN d.id, d.text"
_MENTIONS = "UNWIND $ids AS id MATCH (:Document {id: id})-[m:MENTIONS]->(e:Entity) RETURN id, properties(m), e.id"
_CLAIMS = """
UNWIND $ids AS id MATCH (:Document {id: id})<-[:FROM_DOC]-(c:Claim) RETURN id, properties(c), size([(c)-[:FROM_DOC]->(d) | d.id])
"""
_ROLES = f"""
UNWIND $ids AS id MATCH (:Document {{id: id}})<-[:FROM_DOC]-(c:Claim)-[r:{"|".join(ROLE_TYPES.values())}]->(e:Entity)
RETURN c.id, type(r), properties(r), e.id
"""
_STRAY = "MATCH (c:Claim) WHERE c.extractor IS NOT NULL AND NOT (c)-[:FROM_DOC]->(:Document) RETURN c.id"


def stray_claim_faults(bolt: Bolt) -> Iterator[str]:
    """Claims of no document."""
    for (claim_id,) in bolt.stream(_STRAY):
        yield f"claim {claim_id}: no FROM_DOC leads from it to a document"


def document_faults(bolt: Bolt, corrections: Corrections, ontology: Ontology) -> Iterator[str]:
    """The faults of each document, of its mentions and of its claims."""
    for ids in batched(document_ids(bolt), _AT_ONCE):
        yield from _some(bolt, list(ids), corrections, ontology)


def _some(bolt: Bolt, ids: list[str], corrections: Corrections, ontology: Ontology) -> Iterator[str]:
    mentions, claims = _by_first(bolt.read(_MENTIONS, ids=ids)), _by_first(bolt.read(_CLAIMS, ids=ids))
    roles = _by_first(bolt.read(_ROLES, ids=ids))
    for document_id, text in bolt.read(_TEXTS, ids=ids):
        if not isinstance(text, str):
            yield f"document {document_id}: its text is missing"
            continue
        yield from _Checked(document_id, text, mentions[document_id], corrections, ontology).faults(claims[document_id], roles)


def _by_first(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    table: dict[str, list[Row]] = defaultdict(list)
    for first, *rest in rows:
        table[first].append(rest)
    return table


def _pairs(offsets: Sequence[int] | None) -> list[tuple[int, int]]:
    flat = list(offsets or ())
    return list(zip(flat[::2], flat[1::2], strict=False))


def _stands(text: str, start: Any, end: Any, words: Any) -> bool:
    """Whether these words are what stands there."""
    return isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(text) and text[start:end] == words


@dataclass(slots=True)
class _Checked:
    """One document, looked at."""

    id: str
    text: str
    mentions: Sequence[Row]
    corrections: Corrections
    ontology: Ontology

    def faults(self, claims: Sequence[Row], roles: Mapping[str, Sequence[Row]]) -> Iterator[str]:
        named = self._named()
        for properties, entity_id in self.mentions:
            yield from self._mention(properties, entity_id, named)
        for properties, homes in claims:
            where = f"claim {properties.get('id')}"
            if homes != 1:
                yield f"{where}: FROM_DOC leads to {homes} documents"
            yield from (f"{where}: {fault}" for fault in self._claim(properties, roles.get(properties.get("id", ""), ()), named))

    def _named(self) -> dict[tuple[Any, Any], set[str]]:
        """The entities of the names in this document, by their place."""
        found: dict[tuple[Any, Any], set[str]] = defaultdict(set)
        for properties, entity_id in self.mentions:
            if not properties.get("refers_to"):
                found[properties.get("start_char"), properties.get("end_char")].add(entity_id)
        return found

    def _mention(self, one: Properties, entity_id: str, named: Mapping[tuple[Any, Any], set[str]]) -> Iterator[str]:
        words = one.get("mention")
        where = f"document {self.id}: mention {str(words)[:60]!r}"
        if not _stands(self.text, one.get("start_char"), one.get("end_char"), words):
            yield f"{where} is not what stands at {one.get('start_char')} to {one.get('end_char')}"
        if self.corrections.whole(entity_id) != entity_id:
            yield f"{where} is {entity_id}, which was judged to be {self.corrections.whole(entity_id)}"
        if not (meant := _pairs(one.get("refers_to"))):
            if entity_id in self.corrections.apart(entity_key(str(words), one.get("kind", ""))):
                yield f"{where} is {entity_id}, which was judged to be another"
            if len(named[one.get("start_char"), one.get("end_char")]) > 1:
                yield f"{where} is more than one entity"
        elif not any(entity_id in named.get(place, ()) for place in meant):
            yield f"{where} is {entity_id}, which none of the names is that it refers to"

    def _claim(self, claim: Properties, roles: Sequence[Row], named: Mapping[tuple[Any, Any], set[str]]) -> Iterator[str]:
        yield from (f"{name} is missing" for name in _NEEDED if claim.get(name) is None)
        yield from self._evidence(claim)
        played: dict[str, list[str]] = defaultdict(list)
        for kind, role, entity_id in roles:
            played[kind].append(entity_id)
            yield from self._role(kind, role, entity_id, named)
        if len(played["SOURCE"]) != 1:
            yield f"{len(played['SOURCE']) or 'no'} SOURCE"
        yield from (f"{len(ids)} {kind}" for kind, ids in played.items() if len(ids) > 1 and kind not in {*_SEVERAL, "SOURCE"})
        yield from self._key(claim, played)

    def _evidence(self, claim: Properties) -> Iterator[str]:
        start, end = claim.get("start_char"), claim.get("end_char")
        if not _stands(self.text, start, end, claim.get("sentence")):
            yield f"its sentence is not what stands at {start} to {end} of document {self.id}"
        elif not _stands(self.text, claim.get("cue_start"), claim.get("cue_end"), claim.get("cue")):
            yield f"its cue is not what stands at {claim.get('cue_start')} to {claim.get('cue_end')} of document {self.id}"
        elif not start <= claim["cue_start"] <= claim["cue_end"] <= end:
            yield "its cue is outside of its sentence"
        if not all(0 <= first < last <= len(self.text) for first, last in _pairs(claim.get("context"))):
            yield f"its context is outside of document {self.id}"

    def _role(self, kind: str, role: Properties, entity_id: str, named: Mapping[tuple[Any, Any], set[str]]) -> Iterator[str]:
        if not _stands(self.text, role.get("start_char"), role.get("end_char"), role.get("mention")):
            yield f"{kind}: {str(role.get('mention'))[:60]!r} is not what stands at {role.get('start_char')} to {role.get('end_char')}"
        place = next(iter(_pairs(role.get("refers_to"))), (None, None))
        if place not in named:
            yield f"{kind}: no name is mentioned at {place[0]} to {place[1]} of document {self.id}"
        elif entity_id not in named[place]:
            yield f"{kind} is {entity_id}, but the name it stands for is {', '.join(sorted(named[place]))}"

    def _key(self, claim: Properties, played: Mapping[str, Sequence[str]]) -> Iterator[str]:
        """Whether the claim counts in the edge that it should count in."""
        rejected = claim.get("id") in self.corrections.rejected
        if bool(claim.get("rejected")) != rejected:
            yield "was rejected by a judgement, but counts" if rejected else "is marked as rejected, but no judgement in force says so"
        relation, modality = claim.get("relation"), claim.get("modality")
        if relation not in self.ontology.relations:
            yield f"relation {str(relation)[:60]!r} is not in the ontology (--ontology names a file with it)"
            return
        if modality is None or modality not in _MODALITIES or claim.get("modality_class") != modality_class(modality):
            yield f"modality_class {claim.get('modality_class')!r} is not that of modality {modality!r}"
            return
        key = None if rejected else self._expected(claim, played)
        if claim.get("edge_key") != key:
            yield f"edge_key is {claim.get('edge_key')}, its actors and its relation make it {key}"

    def _expected(self, claim: Properties, played: Mapping[str, Sequence[str]]) -> str | None:
        source, target = (next(iter(played.get(kind, ())), None) for kind in ("SOURCE", "TARGET"))
        if source is None or target is None or source == target:
            return None
        ends = edge_ends(source, target, claim["relation"], self.ontology)
        return edge_key(ends[0], claim["relation"], ends[1], claim["modality_class"], claim.get("polarity", 0))
