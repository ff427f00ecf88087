"""Readings of which every text is an attack: on Cypher, on a terminal, on CSV, on whoever counts characters."""

from kg.model import Claim, Document, Evidence, Mention, Period, Reading, Role, Span, content_hash, document_id

HOSTILE = (
    "'}) DETACH DELETE n //",
    '"}) MATCH (m) DETACH DELETE m RETURN "',
    "`]->() DELETE x //`",
    "\\'; DROP CONSTRAINT entity_id; //",
    "$props {id: 1} \\u0027 \\u007D",
    "*/ CREATE (:Pwned) /*",
    "a\x00b",
    "\u202egnp.exe\u2066\u200f\ufeff\U000e0041",
    "half \ud800 a character",
    "line\r\nbreaks\u2028and\ttabs\x1b[31m",
    "2021-13-45",
    "😀" * 30_000,
    "W" * 100_000,
    'a, "b"; \'c\'|d\\",',
    "\x1f \x1e a\uffff\ufffe",
    "=1+1",
)


def _reading(number: int, text: str) -> Reading:
    """A reading of which every text is an attack."""
    name = f"Ali {text}"
    whole = f"{name} hit {text}Bo. {text}"
    source, target = Span(0, len(name)), Span(len(name) + 5, len(name) + 7 + len(text))
    sentence, cue = Span(0, target.end + 1), Span(len(name) + 1, len(name) + 4)
    of = Document(document_id(f"{number}{text}", whole), content_hash(whole), whole, text, f"{number}{text}", text, text, text, text)
    claim = Claim(
        id=f"claim {number}",
        document_id=of.id,
        source=Role(source, source, text),
        relation="ASSAULT",
        target=Role(target, target, text),
        value=text,
        polarity=-1,
        modality="actual",
        claimer_text=text,
        via=(Role(target, target, text), Role(source, source, text)),
        event=Period(text, text),
        claimed=text,
        evidence=Evidence.of(whole, sentence, cue, (Span(sentence.end + 1, len(whole)),)),
        confidence=0.5,
        rule=text,
        extractor=text,
    )
    mentions = tuple(Mention(of.id, span, whole[span.start : span.end], "person", text) for span in (source, target))
    return Reading(of, mentions, (claim,), text)


def hostile_readings() -> list[Reading]:
    """One of each attack."""
    return [_reading(number, text) for number, text in enumerate(HOSTILE)]
