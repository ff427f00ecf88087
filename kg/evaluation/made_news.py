"""Made-up readings, as many as are asked for and always the same: what a store is filled with to see how fast it takes claims."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Claim, Document, Evidence, Mention, Reading, Role, Span, claim_id, content_hash, document_id

CLAIMS_A_DOCUMENT = 10
_EXTRACTOR = "made up/1"
_RELATIONS = (("COOPERATE", 1), ("ACCUSE", -1), ("AT_ODDS_WITH", -1), ("CONSULT", 1))
_MODALITIES = ("actual", "actual", "actual", "possible", "planned", "denied")
_FILLER = "The news of that day filled many columns besides and was soon forgotten. " * 12


def made_readings(claims: int) -> Iterator[Reading]:
    """Readings of ten claims a document, between a twentieth as many actors as claims, some of whom are in every paper.

    >>> reading = next(made_readings(100))
    >>> len(reading.claims), reading.claims[0].evidence.fits(reading.document.text)
    (10, True)
    """
    choose = random.Random(7)  # noqa: S311 - the same news each time
    actors = max(50, claims // 20)
    for number in range(claims // CLAIMS_A_DOCUMENT):
        yield _reading(number, choose, actors)


def _actor(choose: random.Random, actors: int) -> int:
    """Half of the time one of a few whom all write about, else anybody."""
    return min(int(choose.paretovariate(0.8)) - 1, actors - 1) if choose.random() < 0.5 else choose.randrange(actors)


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence with the places in it: of source, target, claimer and cue."""

    text: str
    source: Span
    target: Span
    claimer: Span
    cue: Span
    relation: int

    @classmethod
    def by(cls, choose: random.Random, actors: int) -> "_Said":
        one = other = _actor(choose, actors)
        while other == one:
            other = _actor(choose, actors)
        source, target = f"Front {one}x", f"Front {other}x"
        claimer, relation = f"Ali Spokesman{_actor(choose, actors)}", choose.randrange(len(_RELATIONS))
        cue = _RELATIONS[relation][0].lower()
        middle = f" {cue} the rival "
        end = ", in what was called a turn of the talks, said "
        after = len(source) + len(middle)
        last = after + len(target) + len(end)
        return cls(
            text=f"{source}{middle}{target}{end}{claimer}.",
            source=Span(0, len(source)),
            target=Span(after, after + len(target)),
            claimer=Span(last, last + len(claimer)),
            cue=Span(len(source) + 1, len(source) + 1 + len(cue)),
            relation=relation,
        )


def _reading(number: int, choose: random.Random, actors: int) -> Reading:
    said = [_Said.by(choose, actors) for _ in range(CLAIMS_A_DOCUMENT)]
    text = " ".join(one.text for one in said) + f" {_FILLER}{number}."
    url, day = f"https://news{number % 40}.example/{number}", f"2021-{number % 12 + 1:02}-{number % 28 + 1:02}"
    document = Document(document_id(url, text), content_hash(text), text, None, url, f"Outlet {number % 40}", day, "en", None)
    mentions: list[Mention] = []
    claims: list[Claim] = []
    start = 0
    for one in said:
        _add(one, start, document, choose, mentions, claims)
        start += len(one.text) + 1
    return Reading(document, tuple(mentions), tuple(claims), _EXTRACTOR)


def _add(one: _Said, start: int, document: Document, choose: random.Random, mentions: list[Mention], claims: list[Claim]) -> None:
    def at(span: Span) -> Span:
        return Span(span.start + start, span.end + start)

    roles = {
        name: Role(at(span), at(span), "") for name, span in (("source", one.source), ("target", one.target), ("claimer", one.claimer))
    }
    for name, role in roles.items():
        words = document.text[role.mention.start : role.mention.end]
        mentions.append(Mention(document.id, role.mention, words, "person" if name == "claimer" else "group", "made up"))
    evidence = Evidence.of(document.text, at(Span(0, len(one.text))), at(one.cue))
    relation, polarity = _RELATIONS[one.relation]
    modality = choose.choice(_MODALITIES)
    claims.append(
        Claim(
            id=claim_id(document.id, evidence, relation, modality, None, roles),
            document_id=document.id,
            source=roles["source"],
            relation=relation,
            target=roles["target"],
            polarity=polarity,
            modality=modality,  # type: ignore[arg-type]  # one of the words above
            claimer=roles["claimer"],
            claimed=document.published,
            quote="indirect",
            evidence=evidence,
            confidence=round(choose.uniform(0.3, 1.0), 2),
            rule="made up",
            extractor=_EXTRACTOR,
        )
    )
