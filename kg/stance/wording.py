"""The features that a claim is judged by, as an analyst would say them: "s doer 0" is "source: the doer of the cue"."""

from collections.abc import Mapping

from kg.language import gloss

_ENDS = {"s": "source", "t": "target", "c": "cue"}
_FORMS = {"name": "by name", "pronoun": "by a pronoun", "description": "by a description", "nominal": "by a noun"}
_RULES = {
    "verb": "the cue is a verb",
    "noun": "the cue is a noun",
    "adjective": "the cue is an adjective",
    "partner": "one of the two is that of an earlier claim of this sign",
    "refusal": "who will not do it refuses",
    "answer": "an answer to a question",
}
_OFTEN = {"3": "3 to 5", "6": "6 or more"}
_FLAGS = {
    "against": "a third actor, against whom it is",
    "quoted": "in someone's own words",
    "none": "nobody",
    "implicit": "not said, only understood",
    "elsewhere": "named in another sentence",
    "speaks": "the one who says so",
    "left": "before the cue",
    "right": "behind the cue",
    "behind": "only the one to whom a thing belongs",
    "far": "found further off than the cue asks for",
    "unnamed": "without a name in this text",
}


def in_words(feature: str) -> str:
    """A feature in words.

    >>> in_words("s way 1 up 2 down"), in_words("order sct")
    ('source: 1 up and 2 down the tree from the cue', 'in this order: source, cue, target')
    """
    if feature in _FLAGS:
        return _FLAGS[feature]
    end, _, rest = feature.partition(" ")
    if end in {"s", "t"}:
        return f"{_ENDS[end]}: {_FLAGS.get(rest) or _said(rest)}"
    return _said(feature)


def _said(feature: str) -> str:
    name, _, value = feature.partition(" ")
    match name:
        case "rule":
            return _RULES.get(value, f"rule: {value}")
        case "cue" if value.startswith("dep "):
            return f"the cue is {_place(value.removeprefix('dep '))}"
        case "cue":
            return f"the cue “{value.replace('_', ' ')}”" if value else "a rule without words of its own"
        case "relation":
            return f"the relation {value}"
        case "guess":
            return f"the rule's own guess, {value}"
        case "class":
            return f"told as {value}"
        case "order":
            return f"in this order: {', '.join(_ENDS[end] for end in value)}"
        case _:
            return _part(name, value)


def _part(name: str, value: str) -> str:
    """Of an actor, and of how many there are."""
    match name:
        case "alike":
            return f"claims of the two with this sign in other sentences: {_many(value, 2)}"
        case "here":
            return f"further claims of the two with this sign in its sentence: {_many(value, 2)}"
        case "actors":
            return f"actors in the sentence: {_many(value, 6)}"
        case "between":
            return f"actors between it and the cue: {_many(value, 3)}"
        case "kind":
            return f"a {value}"
        case "form":
            return _words(value, _FORMS)
        case "often":
            return f"places that speak of it: {_OFTEN.get(value, value)}"
        case "dep":
            return _place(value)
        case "way":
            up, _, down, _ = value.split()
            return f"{_many(up, 4)} up and {_many(down, 4)} down the tree from the cue"
        case "doer":
            return "the doer of the cue" if value == "0" else f"the doer of a verb over the cue ({_many(value, 3)} up)"
        case _:
            return f"{name} {value}".strip()


def _words(value: str, table: Mapping[str, str]) -> str:
    return table.get(value, value)


def _many(value: str, most: int) -> str:
    return f"{value} or more" if value == str(most) else value


def _place(dep: str) -> str:
    return f"{gloss(dep)} ({dep})"
