"""The graph schema as data: the properties of each label and relationship type, with type and meaning. Written once, here:
`kg.model.cypher_form` takes the names from it, the export for `neo4j-admin` the types, docs/schema.md the words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Type = Literal["string", "integer", "float", "boolean", "date", "list of strings", "list of integers"]


@dataclass(frozen=True, slots=True)
class Property:
    """One property. `optional`: left out where there is nothing to tell. A `date` is text where the source gave no full date."""

    type: Type
    meaning: str
    optional: bool = False


type Properties = Mapping[str, Property]


@dataclass(frozen=True, slots=True)
class Relationship:
    """One type of relationship: the labels that it leads from and to, and its properties."""

    start: str
    end: str
    properties: Properties
    meaning: str


_CLASS = Property("string", "`actual`, `uncertain` or `negative`: what edges are grouped by")
_SIGN = Property(
    "integer",
    "1 friendly, -1 hostile, 0 neither: the sign of the relation (for VIEWS_AS of the characterisation); modality never changes it",
)
_START = Property("integer", "where these words begin in `Document.text`, in characters from 0")
_END = Property("integer", "where they end: the first character after them")
_WORDS = Property("string", "the words at this place of the text")

DOCUMENT: Properties = {
    "id": Property("string", "hash of the address, else of the text; unique"),
    "content_hash": Property("string", "hash of the text: equal for copies of one text"),
    "text": Property("string", "the text that was read, its title at the head"),
    "title": Property("string", "the headline", optional=True),
    "url": Property("string", "where it was published", optional=True),
    "outlet": Property("string", "who published it", optional=True),
    "published": Property("date", "when", optional=True),
    "language": Property("string", "`en`", optional=True),
    "path": Property("string", "the file it was read from", optional=True),
    "extractor": Property("string", "version and settings of the reading; another one reads the document anew"),
}
ENTITY: Properties = {
    "id": Property("string", "`country:US`, `group:taliban`, `person:...`: of a gazetteer, else of kind and name; unique"),
    "name": Property("string", "what the gazetteer or most documents call it, or what a person judged it to be called"),
    "kind": Property("string", "`person`, `group` or `country`: the second label in small letters"),
    "aliases": Property("list of strings", "other names that the documents use; may be empty"),
    "wikidata": Property("string", "its item in Wikidata, where a gazetteer gives one", optional=True),
}
CLAIM: Properties = {
    "id": Property("string", "hash of document, evidence, cue, relation, modality, value and the places of the actors; unique"),
    "relation": Property("string", "the type of the claim, from the ontology: `ACCUSE`, `COOPERATE` ..."),
    "value": Property("string", "what VIEWS_AS views the target as, or the title of HOLDS_ROLE", optional=True),
    "polarity": _SIGN,
    "modality": Property(
        "string",
        "how far the text says that it is so: `actual`, `likely`, `possible`, `planned`, `demanded`, `hypothetical`, `doubted`, `denied`, "
        "`not_planned`, `unknown`",
    ),
    "quote": Property("string", "`direct` or `indirect` speech, or `none`"),
    "claimer_text": Property("string", "a claimer without a name, in the words of the text", optional=True),
    "confidence": Property("float", "0 to 1: how probably a careful reader would accept the claim"),
    "rule": Property("string", "what found it"),
    "extractor": Property("string", "that of the document's reading"),
    "sentence": Property("string", "the sentence it rests on, exactly as in the text; in the full-text index"),
    "start_char": Property("integer", "where the sentence begins in `Document.text`, in characters from 0"),
    "end_char": Property("integer", "where it ends: the first character after it"),
    "cue": Property("string", "the words in it that tell the relation"),
    "cue_start": Property("integer", "where the cue begins in `Document.text`"),
    "cue_end": Property("integer", "where it ends"),
    "modality_class": _CLASS,
    "context": Property(
        "list of integers", "other sentences that it rests on (the question before an answer): start, end, start, end ...; may be empty"
    ),
    "event_start": Property("date", "when what is claimed began, where the text dates it", optional=True),
    "event_end": Property("date", "when it ended", optional=True),
    "claimed": Property("date", "when it was said; usually the day of publication", optional=True),
    "edge_key": Property(
        "string",
        "the edge that counts it; none without a target, for an actor's claim about itself, and for a rejected claim",
        optional=True,
    ),
    "rejected": Property("boolean", "true where a person judged the claim wrong", optional=True),
}
JUDGEMENT: Properties = {
    "id": Property("string", "hash of all that it says; unique"),
    "kind": Property("string", "`same`, `differ`, `reject`, `rename` or `undo`"),
    "subjects": Property("list of strings", "ids of what it is about; for `rename` the entity and its new name"),
    "who": Property("string", "who judged"),
    "when": Property("string", "when: UTC, `2026-11-25T09:30:00.000000Z`"),
    "why": Property("string", "for what reason", optional=True),
}
META: Properties = {
    "schema_version": Property("integer", "the version of this schema"),
    "created_by": Property("string", "the program that made the store, and its version"),
}
PENDING: Properties = {
    "id": Property("string", "hash of the rest; unique"),
    "source": Property("string", "of a pair whose edges and links are to be made again: the entity it leads from", optional=True),
    "relation": Property("string", "of such a pair", optional=True),
    "target": Property("string", "of such a pair: the entity it leads to", optional=True),
    "polarity": Property("integer", "of such a pair", optional=True),
    "entity": Property("string", "an entity whose name and aliases are to be worked out again", optional=True),
    "document": Property("string", "a document whose names are to be resolved again", optional=True),
}
NODES: Mapping[str, Properties] = {
    "Document": DOCUMENT,
    "Entity": ENTITY,
    "Claim": CLAIM,
    "Judgement": JUDGEMENT,
    "Meta": META,
    "Pending": PENDING,
}

MENTION: Properties = {
    "mention": _WORDS,
    "start_char": _START,
    "end_char": _END,
    "kind": Property("string", "of the mention: `person`, `group` or `country`"),
    "reason": Property("string", "how it was found or linked: a name of the gazetteer, a surname of somebody named before ..."),
    "refers_to": Property(
        "list of integers", 'start and end of the names that it stands for (of two for "the two groups"); empty for a name'
    ),
}
ROLE: Properties = {
    "mention": _WORDS,
    "start_char": _START,
    "end_char": _END,
    "reason": Property("string", "why the mention has this role, where that is not plain; `implicit: ...` where the text leaves it out"),
    "refers_to": Property("list of integers", "start and end of the one name that is meant here"),
    "position": Property("integer", "of several VIA the place from the inside, from 0"),
    "surname_only": Property("boolean", "true where the document gives no fuller name", optional=True),
}
LINK: Properties = {"rule": Property("string", "`actual against negative`; `another text` or `another claimer`")}
EDGE: Properties = {
    "modality_class": _CLASS,
    "polarity": _SIGN,
    "claims": Property("integer", "how many claims it stands for"),
    "documents": Property("integer", "in how many different texts"),
    "outlets": Property("integer", "of how many outlets"),
    "first": Property("date", "the first day that one of them is about, or was said on", optional=True),
    "last": Property("date", "the last", optional=True),
    "confidence": Property("float", "the highest of its claims"),
    "sample": Property("list of strings", "the smallest claim ids, 100 at most"),
    "edge_key": Property("string", "hash of both ends, relation, modality class and polarity: the `edge_key` of its claims"),
}
RELATIONSHIPS: Mapping[str, Relationship] = {
    "FROM_DOC": Relationship("Claim", "Document", {}, "the text that makes the claim; exactly one"),
    "SOURCE": Relationship("Claim", "Entity", ROLE, "who acts or feels; exactly one"),
    "TARGET": Relationship("Claim", "Entity", ROLE, "towards whom; HOLDS_ROLE, MOBILIZE and PROTEST may lack one"),
    "AGAINST": Relationship("Claim", "Entity", ROLE, 'whom source and target are against ("could work with X against Y")'),
    "ABOUT": Relationship("Claim", "Entity", ROLE, "whom it is about, where that is neither source nor target"),
    "ON_BEHALF_OF": Relationship("Claim", "Entity", ROLE, "for whom the source acts"),
    "CLAIMED_BY": Relationship(
        "Claim", "Entity", ROLE, "who says so; none where the text itself does, or somebody without a name (`claimer_text`)"
    ),
    "VIA": Relationship("Claim", "Entity", ROLE, "through whom the text knows what the claimer says"),
    "MENTIONS": Relationship(
        "Document", "Entity", MENTION, 'a place where the text names or means an actor; one for each that "the two groups" are'
    ),
    "CONTRADICTS": Relationship(
        "Claim", "Claim", LINK, "one says that it is so, the other that it is not; from the smaller id, with the first few of each side"
    ),
    "CORROBORATES": Relationship(
        "Claim", "Claim", LINK, "the same by another text or another claimer; from the smaller id, with the first few"
    ),
}
