"""How a claim came about: its words, the operators over its cue, the words that tell when, and why each mention is there."""

from collections.abc import Iterator

from kg.errors import NotFoundError
from kg.language import Parsed, Word
from kg.model import Claim, Reading, Role, Span
from kg.pipeline.contract import Token, Trace, Weight
from kg.pipeline.paths import paths_of
from kg.stance import Account, event_of

_BASE = "what every claim starts from"


def claim_in(reading: Reading, claim_id: str) -> Claim:
    """The claim of a reading with this id.

    Raises:
        NotFoundError: the reading makes no such claim.
    """
    claim = next((claim for claim in reading.claims if claim.id == claim_id), None)
    if claim is None:
        raise NotFoundError(f"{claim_id}: no such claim in {reading.document.path or 'the text'}")
    return claim


def cue_of(claim: Claim, parsed: Parsed, account: Account | None) -> Word | None:
    """The head of the cue, or the word that the cue begins with where a trained model found it."""
    if account is not None:
        return account.cue
    return next(iter(parsed.words_in(Span(claim.evidence.cue_start, claim.evidence.cue_end))), None)


def trace_of(
    parsed: Parsed, reading: Reading, claim: Claim, operators: list[tuple[str, str]], account: Account | None, votes: list[str]
) -> Trace:
    """The trace of one claim of a reading.

    `operators`: the words over its cue with what each does; `account`: why the rules are as sure as they are; `votes`: what spoke for a
    claim that the trained model made.
    """
    words = [word for word in parsed.words if claim.evidence.start_char <= word.start < claim.evidence.end_char]
    cue = cue_of(claim, parsed, account)
    return Trace(
        cue=claim.evidence.cue,
        rule=claim.rule,
        tokens=tuple(Token(word.text, word.lemma, word.pos, word.dep, word.head.text) for word in words),
        reasons=(*_reasons(parsed, reading, claim, operators, votes), *_confidence(claim, account)),
        paths=paths_of(claim, cue, parsed) if cue is not None else {},
        weights=tuple(_weights(account)) if account is not None else (),
    )


def _confidence(claim: Claim, account: Account | None) -> Iterator[str]:
    """Where no weights tell it."""
    if account is not None and account.base is None:
        yield f"confidence {claim.confidence:.2f}: the rule's own; for roles and membership none is fitted"


def _weights(account: Account) -> Iterator[Weight]:
    if account.base is not None:
        yield Weight(_BASE, account.base)
        yield from (Weight(words, value) for words, value in account.weights)


def _reasons(parsed: Parsed, reading: Reading, claim: Claim, operators: list[tuple[str, str]], votes: list[str]) -> Iterator[str]:
    yield f"rule {claim.rule} at “{claim.evidence.cue}”: {claim.relation}"
    if votes:
        yield f"no rule, but a trained model finds it likely ({claim.confidence:.2f}): {', '.join(votes)}"
    for word, modality in operators:
        yield f"“{word}” over it: {modality}"
    yield f"modality: {claim.modality}"
    yield from _when(parsed, claim)
    for name, role in claim.roles.items():
        yield f"{name}: {_why(reading, role)}"
    if claim.claimer_text:
        yield f"claimer: “{claim.claimer_text}”, who is not named"


def _when(parsed: Parsed, claim: Claim) -> Iterator[str]:
    """The days of the event and the words that tell them; nothing where the text does not."""
    cue = parsed.words_in(Span(claim.evidence.cue_start, claim.evidence.cue_end))
    found = event_of(cue, claim.modality, parsed.document.published)
    if found.spans:
        words = ", ".join(" ".join(parsed.document.text[span.start : span.end].split()) for span in found.spans)
        yield f"event: {found.period.start or 'open'} to {found.period.end or 'open'} (“{words}”)"


def _why(reading: Reading, role: Role) -> str:
    text = reading.document.text
    words = " ".join(text[role.mention.start : role.mention.end].split())
    naming = " ".join(text[role.naming.start : role.naming.end].split())
    reason = role.reason or reading.mention_at[role.mention].reason
    return f"“{words}”" + (f" stands for “{naming}”" if naming != words else "") + f" ({reason})"
