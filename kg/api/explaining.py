"""kg explain: how one claim was found, and why each of its mentions is that entity."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.api.opening import Inputs, Text, documents_of, extractor_for, settings_of
from kg.api.storing import Where, opened
from kg.assemble import resolve_claim
from kg.errors import NotFoundError, NothingReadError
from kg.model import Claim, Document, Failure, Judgement, Reading, ResolvedClaim, Role, claim_line
from kg.pipeline import Reads, Trace
from kg.resolve import Identities, resolve


@dataclass(frozen=True, slots=True)
class Why:
    """One role of the claim: the words at this place, the name they stand for, and the reason of each step to the entity.

    `path`: the way in the tree from the cue to the words ("raid -prep-> by -pobj-> France"), or whence an actor who is not there is taken.
    """

    role: str
    mention: str
    mention_reason: str
    naming: str
    entity_id: str
    entity_name: str
    entity_reason: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that led to one claim. `trace`: cue, rule and the words of the sentence; `roles`: who is who and why; `rejected`: by a person."""

    claim: ResolvedClaim
    document: Document
    trace: Trace
    roles: tuple[Why, ...]
    rejected: Judgement | None = None

    @property
    def line(self) -> dict[str, Any]:
        """The claim as `kg extract` prints it."""
        return claim_line(self.claim, self.document)


def _why(name: str, role: Role, path: str, reading: Reading, identities: Identities) -> Why:
    text = reading.document.text
    decision = identities.decide(reading, role.naming)
    entity = identities.entity(reading, role.naming)
    return Why(
        role=name,
        mention=text[role.mention.start : role.mention.end],
        mention_reason=role.reason or reading.mention_at[role.mention].reason,
        naming=text[role.naming.start : role.naming.end],
        entity_id=entity.id,
        entity_name=entity.name,
        entity_reason=decision.reason,
        path=path,
    )


def _explanation(reading: Reading, claim: Claim, reads: Reads, judgements: Sequence[Judgement] = ()) -> Explanation:
    identities = resolve([reading], reads.gazetteer, judgements)  # identity is a key: one reading is enough
    trace = reads.trace(reading.document, claim.id)
    return Explanation(
        claim=resolve_claim(reading, claim, identities, reads.ontology),
        document=reading.document,
        trace=trace,
        roles=tuple(_why(name, role, trace.paths.get(name, ""), reading, identities) for name, role in claim.roles.items()),
        rejected=identities.corrections.rejected.get(claim.id),
    )


def _readable(documents: Iterable[Document | Failure], failures: list[Failure]) -> Iterator[Document]:
    for item in documents:
        if isinstance(item, Failure):
            failures.append(item)
        else:
            yield item


def _search(claim_id: str, documents: Iterable[Document | Failure], reads: Reads) -> Explanation:
    failures: list[Failure] = []
    read = 0
    for result in reads.readings(_readable(documents, failures)):
        if isinstance(result, Failure):
            failures.append(result)
            continue
        read += 1
        for claim in result.claims:
            if claim.id == claim_id:
                return _explanation(result, claim, reads)
    if failures and not read:
        raise NothingReadError([(failure.path, failure.reason) for failure in failures])
    unread = f"; {failures[0]}" if failures else ""
    raise NotFoundError(f"{claim_id}: no claim with this id in {read} document{'s' * (read != 1)}{unread}")


def _from_store(claim_id: str, store: Where, reads: Callable[[], Reads]) -> Explanation:
    with opened(store, read_only=True) as found:
        reading, judgements = found.reading_of(claim_id), found.judgements()
    (claim,) = [claim for claim in reading.claims if claim.id == claim_id]
    reader = reads()
    try:
        return _explanation(reading, claim, reader, judgements)
    except NotFoundError as error:
        path = reading.document.path or reading.document.id
        other = f"read by {reading.extractor}; {reader.extractor} (this version, with these options) reads {path} otherwise"
        raise NotFoundError(f"{claim_id}: {other}") from error


def explain(
    claim_id: str,
    inputs: Inputs | None = None,
    *,
    store: Where = None,
    text: str | None = None,
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    model: str | None = None,
    gazetteers: Inputs = (),
    ontologies: Inputs = (),
) -> Explanation:
    """How the claim with this id was found; `inputs` or `text` and the options must be those that gave the claim.

    With neither, its document is taken from the `store` (by default $KG_STORE or kg-store in the current folder).

    Raises:
        NotFoundError: none of the documents makes this claim.
        InputError: the text cannot be read.
        StoreError: the store cannot be asked.
        SettingsError, ModelError: an option is not valid.
        TypeError: two of `inputs`, `text` and `store` were given.
    """
    settings = settings_of(model=model, gazetteers=gazetteers, ontologies=ontologies)
    if sum(one is not None for one in (inputs, text, store)) > 1:
        raise TypeError("inputs or text or a store, not two of them")
    if inputs is None and text is None:
        return _from_store(claim_id, store, lambda: extractor_for(settings))
    given = None if text is None else Text(text, title, url, outlet, published)
    return _search(claim_id, documents_of(inputs, given, settings), extractor_for(settings))
