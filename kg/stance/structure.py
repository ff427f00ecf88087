"""Who is who where: HOLDS_ROLE and LEADS from titles, PART_OF from "the Sahel branch of al-Qaeda, known as JNIM"."""

from collections.abc import Iterator

from kg.discourse import Discourse, preposition
from kg.language import Word
from kg.mentions import Title
from kg.stance.arguments import Argument, arguments
from kg.stance.drafts import Draft

_HEADS = {
    "president",
    "premier",
    "chancellor",
    "king",
    "queen",
    "leader",
    "head",
    "emir",
    "sultan",
    "chief",
    "chairman",
    "chairwoman",
    "director",
    "minister",
}
_PARTS = {"branch", "wing", "arm", "offshoot", "affiliate", "division", "unit", "faction", "chapter", "subsidiary", "franchise"}


def structure_drafts(discourse: Discourse) -> Iterator[Draft]:
    """The unsigned claims of structure in a document."""
    for title in discourse.titles:
        yield from _role(title, discourse)
    for word in discourse.parsed.words:
        if word.lemma in _PARTS and word.pos == "NOUN":
            yield from _part(word, discourse)


def _role(title: Title, discourse: Discourse) -> Iterator[Draft]:
    person = discourse.meant(title.person.head)
    if not person or person[0].found is not title.person:
        return
    where = discourse.meant(title.where.head) if title.where is not None else ()
    text = discourse.parsed.document.text[title.span.start : title.span.end]
    words = [
        word for word in discourse.parsed.sentence_of(title.office).words if title.span.start <= word.start and word.end <= title.span.end
    ]
    if not words:
        return
    target = Argument(where[0]) if where else None
    yield Draft(
        relation="HOLDS_ROLE",
        cue=words[0],
        cue_end=words[-1],
        source=Argument(person[0]),
        target=target,
        modality="actual",
        rule=title.rule,
        confidence=0.85 if target else 0.8,
        value=" ".join(text.split()),
        speakers=(),
    )
    if target is not None and not title.former and _heads(title):
        yield Draft("LEADS", title.office, title.office, Argument(person[0]), target, "actual", title.rule, 0.75, speakers=())


def _heads(title: Title) -> bool:
    """Whether an office is the first one: president and prime minister, not foreign minister or deputy chief."""
    before = [child.lower for child in title.office.children if child.i < title.office.i]
    if title.office.lower == "minister":
        return "prime" in title.words
    return title.office.lower in _HEADS and not {"vice", "deputy", "former", "acting"} & set(before)


def _part(word: Word, discourse: Discourse) -> Iterator[Draft]:
    """As in "a branch of X": what the phrase is called, by apposition, "known as", copula."""
    whole = preposition(word, "of")
    if whole is None:
        return
    wholes = arguments(whole, discourse, behind=False)
    for part in _named(word, discourse):
        for target in wholes:
            if part.meant.key != target.meant.key and part.meant.kind == target.meant.kind == "group":
                yield Draft("PART_OF", word, word, part, target, "actual", "branch of", 0.8)


def _named(word: Word, discourse: Discourse) -> Iterator[Argument]:
    whole = preposition(word, "of")
    for child in [*word.children, *(whole.children if whole is not None else ())]:
        if child.dep == "appos":
            yield from arguments(child, discourse, behind=False)
        elif child.dep == "acl" and child.lemma in {"know", "call", "name"}:
            called = preposition(child, "as") or child.child("oprd")
            if called is not None:
                yield from arguments(called, discourse, behind=False)[:1]
    if word.dep == "appos":
        yield from arguments(word.head, discourse, behind=False)[:1]
    elif word.dep == "attr":
        subject = word.head.child("nsubj")
        if subject is not None:
            yield from arguments(subject, discourse, behind=False)
