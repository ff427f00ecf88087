"""Graphs made by hand: a few invented articles whose claims are written down beside their sentences."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count, cycle

from kg.assemble import assemble
from kg.model import (
    Actor,
    Claim,
    Document,
    Entity,
    Evidence,
    Graph,
    Kind,
    Link,
    Mention,
    Modality,
    Period,
    Reading,
    ResolvedClaim,
    Role,
    Span,
    claim_id,
    content_hash,
    document_id,
)
from kg.ontology import load_ontology
from kg.resolve import Identities, resolve

ONTOLOGY = load_ontology()


class NoGazetteer:
    """Knows nobody, so that every name is its own key."""

    entries: dict[str, object] = {}  # noqa: RUF012

    def lookup(self, *_: object) -> None:
        return None


@dataclass(frozen=True)
class Said:
    """One sentence with `[source]`, `{target}` and `<cue>` in it, and what it claims."""

    text: str
    relation: str
    source: Kind = "country"
    target: Kind = "country"
    modality: Modality = "actual"
    claimer: tuple[str, Kind] | None = None
    claimer_text: str | None = None
    via: tuple[tuple[str, Kind], ...] = ()
    against: tuple[str, Kind] | None = None
    value: str | None = None
    polarity: int | None = None
    confidence: float = 0.8
    before: str = ""  # a sentence before it that it rests on


@dataclass
class _Writer:
    """Puts sentences one behind the other and remembers where the actors stand."""

    document_url: str
    text: str = ""
    mentions: dict[Span, tuple[str, Kind]] = field(default_factory=dict)

    def add(self, text: str) -> Span:
        start = len(self.text) + (1 if self.text else 0)
        self.text = f"{self.text} {text}".strip(" ") if self.text else text
        return Span(start, start + len(text))

    def name(self, name: str, kind: Kind, within: Span) -> Role:
        found = self.text.find(name, within.start, within.end)
        if found < 0:
            found = self.add(f"{name} was there.").start
        span = Span(found, found + len(name))
        self.mentions[span] = (name, kind)
        return Role(span, span, f"name: {name!r}")


_PART = re.compile(r"[\[{<]([^\]}>]*)[\]}>]")


def _plain(text: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The sentence without its brackets, and where source, target and cue stand in it."""
    parts: dict[str, tuple[int, int]] = {}
    plain, last = "", 0
    for found in _PART.finditer(text):
        plain += text[last : found.start()]
        what = {"[": "source", "{": "target", "<": "cue"}[found.group()[0]]
        parts[what] = (len(plain), len(plain) + len(found[1]))
        plain, last = plain + found[1], found.end()
    return plain + text[last:], parts


def _claim(writer: _Writer, said: Said, place: tuple[Span, dict[str, tuple[int, int]], tuple[Span, ...]], published: str | None) -> Claim:
    span, parts, context = place

    def role(what: str, kind: Kind) -> Role | None:
        if what not in parts:
            return None
        start, end = parts[what]
        here = Span(span.start + start, span.start + end)
        writer.mentions[here] = (writer.text[here.start : here.end], kind)
        return Role(here, here, "name")

    def other(named: tuple[str, Kind] | None) -> Role | None:
        return writer.name(*named, span) if named else None

    source, target = role("source", said.source), role("target", said.target)
    assert source
    cue = parts["cue"]
    evidence = Evidence.of(writer.text, span, Span(span.start + cue[0], span.start + cue[1]), context)
    claimer, against = other(said.claimer), other(said.against)
    via = tuple(writer.name(*named, span) for named in said.via)
    roles = {"source": source, "target": target, "claimer": claimer, "against": against}
    polarity = said.polarity if said.polarity is not None else ONTOLOGY.relations[said.relation].polarity or 0
    document = document_id(writer.document_url, "")
    filled = {name: one for name, one in roles.items() if one}
    return Claim(
        id=claim_id(document, evidence, said.relation, said.modality, said.value, filled),
        document_id=document,
        source=source,
        relation=said.relation,
        target=target,
        value=said.value,
        polarity=polarity,
        modality=said.modality,
        claimer=claimer,
        claimer_text=said.claimer_text,
        via=via,
        against=against,
        event=Period(published, published),
        claimed=published,
        evidence=evidence,
        confidence=said.confidence,
        rule="by hand",
        extractor="hand/1",
    )


def reading(
    url: str, said: Sequence[Said], *, title: str | None = None, outlet: str | None = None, published: str | None = "2026-03-01"
) -> Reading:
    """An invented article that makes these claims."""
    writer = _Writer(url)
    if title:
        writer.add(title)
    places = []
    for one in said:
        context = (writer.add(one.before),) if one.before else ()
        plain, parts = _plain(one.text)
        places.append((writer.add(plain), parts, context))
    claims = [_claim(writer, one, place, published) for one, place in zip(said, places, strict=True)]
    document = Document(document_id(url, ""), content_hash(writer.text), writer.text, title, url, outlet, published, "en", None)
    claims = [claim for claim in claims if claim.evidence.fits(document.text)]
    mentions = tuple(Mention(document.id, span, *writer.mentions[span], "name") for span in sorted(writer.mentions))
    return Reading(document, mentions, tuple(claims), "hand/1")


def graph_of(readings: Iterable[Reading]) -> Graph:
    """These readings, resolved by name alone and assembled."""
    kept = list(readings)
    identities: Identities = resolve(kept, NoGazetteer())  # type: ignore[arg-type]  # enough of a gazetteer
    return assemble(kept, identities, ONTOLOGY)


SULE: tuple[str, Kind] = ("Amina Sule", "person")
KORDA: tuple[str, Kind] = ("Peter Korda", "person")
FRONT: tuple[str, Kind] = ("Delta Front", "group")

ARTICLES: tuple[tuple[str, str, str, str, tuple[Said, ...]], ...] = (
    (
        "https://ledger.example/port-talks",
        "Port talks open under a shadow",
        "The Ledger",
        "2026-03-02",
        (
            Said("[Morvania] and {Ostrel} <held talks> in the harbour city on Monday.", "CONSULT", confidence=0.93),
            Said(
                "[Morvania] <could work with> {Ostrel} against Delta Front, Amina Sule said.",
                "COOPERATE",
                modality="possible",
                claimer=SULE,
                against=FRONT,
                confidence=0.86,
                before="Would Morvania share its patrol boats with Ostrel?",
            ),
            Said(
                "[Ostrel] never <coordinated with> {Morvania}, Peter Korda said.",
                "COOPERATE",
                modality="denied",
                claimer=KORDA,
                confidence=0.81,
            ),
            Said("[Delta Front] has been <at odds with> {Ostrel} for years.", "AT_ODDS_WITH", source="group", confidence=0.9),
            Said("[Amina Sule] <condemned> {Delta Front} for the raid.", "ACCUSE", source="person", target="group", confidence=0.95),
            Said(
                "[Amina Sule], <foreign minister> of {Morvania}, was the first to speak.",
                "HOLDS_ROLE",
                source="person",
                value="foreign minister",
            ),
        ),
    ),
    (
        "https://coast.example/raid",
        "Raid on the delta depot",
        "Coast Post",
        "2026-03-05",
        (
            Said("[Delta Front] <attacked> a depot of {Ostrel} before dawn.", "ASSAULT", source="group", confidence=0.94),
            Said(
                "[Ostrel] <worked with> {Morvania} at times that night, an officer said.",
                "COOPERATE",
                claimer_text="an officer",
                confidence=0.77,
            ),
            Said(
                "[Ostrel] will <strike back at> {Delta Front}, Peter Korda said, according to River Radio.",
                "ASSAULT",
                target="group",
                modality="planned",
                claimer=KORDA,
                via=(("River Radio", "group"),),
                confidence=0.83,
            ),
            Said("[Harbour Union] <backed> {Peter Korda} in a statement.", "SUPPORT", source="group", target="person", confidence=0.88),
            Said("[Tavland] <deployed> two ships.", "MOBILIZE", confidence=0.7),
            Said("[Tavland] <provided> fuel and food to {Morvania}.", "AID", confidence=0.91),
        ),
    ),
    (
        "https://wire.example/recognition",
        "No recognition, says minister",
        "Wire Desk",
        "2026-03-09",
        (
            Said(
                "[Tavland] has no plans to <recognise> {Delta Front}.",
                "RECOGNIZES",
                target="group",
                modality="not_planned",
                confidence=0.89,
            ),
            Said("[Morvania] <views> {Delta Front} as bandits.", "VIEWS_AS", target="group", value="bandits", polarity=-1, confidence=0.75),
            Said("[Delta Front] <sided with> {Free River Army}.", "ALLIED_WITH", source="group", target="group", confidence=0.85),
            Said(
                "[Morvania] <cut ties with> {Tavland}, River Radio reported.", "SANCTION", claimer=("River Radio", "group"), confidence=0.42
            ),
            Said("[Delta Front] is <at odds with> {Ostrel} again.", "AT_ODDS_WITH", source="group", confidence=0.8),
            Said("[Ostrel] <accused> {Delta Front} of theft.", "ACCUSE", target="group", confidence=0.8),
        ),
    ),
)


def articles() -> list[Reading]:
    """Three invented articles: twelve actors, eighteen claims, a contradiction, an ally, a denial."""
    return [reading(url, said, title=title, outlet=outlet, published=day) for url, title, outlet, day, said in ARTICLES]


def sample_graph() -> Graph:
    """The graph of `articles`."""
    return graph_of(articles())


_ROOTS = "Alder Birch Cedar Dorn Elm Fenn Gorse Hazel Iris Juniper Kelp Larch Maple Nettle Oak Poplar Quill Rowan Sedge Thorn".split()
_TAILS: dict[Kind, list[str]] = {
    "person": "Abara Benko Castell Duarte Eklund Farouk Gallo Halloran".split(),
    "group": ["Front", "Council", "Workers' Union", "Brigade", "Relief Committee", "League"],
    "country": ["land", "ia", "mark", "stan"],
}


def invented_name(number: int) -> tuple[str, Kind]:
    """A name and kind for each number, no two alike."""
    kind: Kind = ("person", "group", "country")[number % 3]
    root, tail = _ROOTS[number % len(_ROOTS)], _TAILS[kind][number // 3 % len(_TAILS[kind])]
    turn = number // (len(_ROOTS) * 3)
    extra = "" if not turn else " " + "".join("ABCDEFGHJK"[int(digit)] * 2 for digit in str(turn))
    return (f"{root}{tail}{extra}" if kind == "country" else f"{root} {tail}{extra}"), kind


def invented_graph(entities: int, lines: int = 2) -> Graph:
    """A graph of this size, with about so many lines an entity; later entities join earlier ones, so that there are hubs."""
    moods: Iterable[tuple[str, str, Modality]] = cycle(
        [
            ("COOPERATE", "{0} <worked with> {1}.", "actual"),
            ("ACCUSE", "{0} <condemned> {1}.", "actual"),
            ("AT_ODDS_WITH", "{0} may be <at odds with> {1}.", "possible"),
            ("CONSULT", "{0} will <meet> {1}.", "planned"),
            ("ASSAULT", "{0} never <attacked> {1}.", "denied"),
        ]
    )
    numbers = count()
    readings = []
    for one in range(1, entities):
        said = []
        for turn in range(lines):
            other = (one * (7 + 4 * turn) + turn) % max(1, min(one, 3 + one // 3))
            relation, form, modality = next(iter(moods))
            (source, source_kind), (target, target_kind) = invented_name(one), invented_name(other)
            text = form.replace("{0}", f"[{source}]").replace("{1}", f"{{{target}}}")
            said.append(Said(text, relation, source_kind, target_kind, modality, confidence=0.5 + (next(numbers) % 50) / 100))
        readings.append(
            reading(
                f"https://paper.example/{one}", said, title=f"Dispatch {one}", outlet="The Paper", published=f"2026-01-{one % 28 + 1:02}"
            )
        )
    return graph_of(readings)


HOSTILE = (
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<svg/onload=window.pwned=1>",
    '"><a href="javascript:window.pwned=1">x</a>',
    "{{ 7*7 }}{% raw %}${window.pwned=1}",
    "<!--<script>\u202egnp.exe\u2066\u200f\x00\ud800\U000e0041",
    "' onmouseover=window.pwned=1 '",
    "__proto__ constructor",
    "W" * 10_000,
    "long name " * 1_000,
    "<a href=//evil.example>href</a>",
)


def hostile_graph() -> Graph:
    """A ring of actors of which every field is an attack."""
    entities = [
        Entity(f"{('person', 'group', 'country')[n % 3]}:{text}", text, ("person", "group", "country")[n % 3], (text, "</b>"))
        for n, text in enumerate(HOSTILE)
    ]
    documents, claims, links = [], [], []
    for number, text in enumerate(HOSTILE):
        source, target = entities[number], entities[(number + 1) % len(entities)]
        words = f"{source.name} attacked {target.name}."
        cue = Span(len(source.name) + 1, len(source.name) + 9)
        whole = f"{words} {text}"
        document = Document(f"{text}{number}", text, whole, text, f"javascript:window.pwned=1//{number}", text, text, "en", text)
        evidence = Evidence.of(whole, Span(0, len(words)), cue, (Span(len(words) + 1, len(whole)),))
        role = Role(Span(0, 1), Span(0, 1), text)
        claim = Claim(
            id=f"{text}#{number}",
            document_id=document.id,
            source=role,
            relation="ASSAULT",
            target=role,
            value=text,
            polarity=-1 if number % 2 else 1,
            modality="actual",
            claimer=role if number % 2 else None,
            claimer_text=None if number % 2 else text,
            via=(role,),
            against=role,
            event=Period(text, None),
            claimed=text,
            evidence=evidence,
            confidence=0.9,
            rule=text,
            extractor=text,
        )

        def actor(entity: Entity, start: int, end: int, attack: str = text) -> Actor:
            return Actor(entity.id, entity.name, entity.kind, attack, start, end, f"implicit: {attack}")

        one, other = actor(source, 0, len(source.name)), actor(target, cue.end + 1, cue.end + 1 + len(target.name))
        claims.append(ResolvedClaim(claim, text, f"{number}", one, other, one if number % 2 else None, other, None, None, (one,)))
        documents.append(document)
        links.append(Link("CONTRADICTS", claims[0].claim.id, claim.id, text))
    return Graph(tuple(documents), tuple(entities), tuple(claims), (), tuple(links[1:]))
