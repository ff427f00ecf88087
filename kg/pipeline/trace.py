"""How a claim came about: its words, the operators over its cue, the words that tell when, and why each mention is there."""

from collections.abc import Callable, Iterator

from kg.errors import NotFoundError
from kg.language import Parsed
from kg.model import Claim, Reading, Role, Span
from kg.pipeline.contract import Token, Trace
from kg.stance import Lexicon, event_of, operators_over


def trace_of(parsed: Parsed, reading: Reading, claim_id: str, lexicon: Lexicon, votes: Callable[[Claim], list[str]]) -> Trace:
    """The trace of one claim of a reading; `votes` tells what spoke for one that the trained model made.

    Raises:
        NotFoundError: the reading makes no such claim.
    """
    claim = next((claim for claim in reading.claims if claim.id == claim_id), None)
    if claim is None:
        raise NotFoundError(f"{claim_id}: no such claim in {reading.document.path or 'the text'}")
    words = [word for word in parsed.words if claim.evidence.start_char <= word.start < claim.evidence.end_char]
    tokens = tuple(Token(word.text, word.lemma, word.pos, word.dep, word.head.text) for word in words)
    cue = next((word for word in words if word.start == claim.evidence.cue_start), None)
    over = operators_over(cue, lexicon) if cue is not None else []
    return Trace(claim.evidence.cue, claim.rule, tokens, tuple(_reasons(parsed, reading, claim, over, votes(claim))))


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
