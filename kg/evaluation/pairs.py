"""Two actors marked in a text: what the claims say of them."""

from collections.abc import Callable

from kg.evaluation.gold import GoldRow, Stretch
from kg.language import Parsed
from kg.model import Claim, Role, Span
from kg.pipeline.extractor import Extractor


class PairRow(GoldRow):
    """A sentence with two actors marked."""

    source: Stretch
    target: Stretch


def claim_between(
    extractor: Extractor, parsed: Parsed, first: Span, second: Span, *, fits: Callable[[Claim], bool] = lambda _: True
) -> tuple[Claim, bool] | None:
    """The claim between two marked stretches with the highest confidence, of several the first in the text; whether its source is `first`.

    The stretches are handed over as mentions; a claim counts whose roles are those mentions, or stand for them.
    """
    spans = [covered(parsed, span) for span in (first, second)]
    claims = extractor.read(parsed, marked=(first, second)).claims
    found = [(claim, forward) for claim in claims if fits(claim) and (forward := _forward(claim, spans[0], spans[1])) is not None]
    return max(found, key=lambda one: one[0].confidence, default=None)


def covered(parsed: Parsed, span: Span) -> Span:
    """The whole words that a stretch touches, which is what a mention is made of."""
    words = parsed.words_in(span)
    return Span(words[0].start, words[-1].end) if words else span


def _forward(claim: Claim, first: Span, second: Span) -> bool | None:
    if claim.target is None:
        return None
    if _means(claim.source, first) and _means(claim.target, second):
        return True
    return False if _means(claim.source, second) and _means(claim.target, first) else None


def _means(role: Role, span: Span) -> bool:
    return span in {role.mention, role.naming}
