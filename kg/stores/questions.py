"""Questions that analysts ask by name: `questions.toml`, checked on load, and made ready for a store: names of actors become ids."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

from kg.errors import NotFoundError, SettingsError, did_you_mean
from kg.ontology import load_ontology
from kg.stores.contract import Result, Store

Kind = Literal["actor", "relation", "date"]

_FILE = "questions.toml"
_USED = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question is told: `kind` says how it is read, `help` what a user may write."""

    name: str
    kind: Kind
    help: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its Cypher. `takes`: its parameters; `optional`: the names of those that may be left out."""

    name: str
    meaning: str
    takes: tuple[Parameter, ...]
    optional: frozenset[str]
    cypher: str

    @property
    def usage(self) -> str:
        """How it is asked on the command line: "--a ACTOR --b ACTOR [--relation RELATION]"."""
        shown = (f"--{one.name} {one.kind.upper()}" for one in self.takes)
        return " ".join(f"[{text}]" if one.name in self.optional else text for one, text in zip(self.takes, shown, strict=True))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question made ready: its Cypher, and the values of its parameters as any Bolt client can send them."""

    question: str
    cypher: str
    parameters: Mapping[str, Any]


@cache
def questions() -> Mapping[str, Question]:
    """The questions by name, in the order of their file.

    Raises:
        SettingsError: the file is not as it should be.
    """
    data = tomllib.loads(resources.files("kg.stores").joinpath(_FILE).read_text("utf8"))
    known = {name: Parameter(name, **told) for name, told in data["parameters"].items()}
    return {row["name"]: _question(row, known) for row in data["question"]}


def _question(row: Mapping[str, Any], known: Mapping[str, Parameter]) -> Question:
    name, cypher = row["name"], row["cypher"].strip()
    takes = [one.removesuffix("?") for one in row["takes"]]
    if set(_USED.findall(cypher)) != set(takes) or not known.keys() >= set(takes):
        raise SettingsError(f"{_FILE}: {name}: its statement uses other parameters than it takes")
    if "'" in cypher or ";" in cypher or any(known[one].kind not in get_args(Kind) for one in takes):
        raise SettingsError(f"{_FILE}: {name}: a ' or ; in its statement, or a parameter of an unknown kind")
    optional = frozenset(one[:-1] for one in row["takes"] if one.endswith("?"))
    return Question(name, row["meaning"], tuple(known[one] for one in takes), optional, cypher)


def parameters() -> Sequence[Parameter]:
    """All parameters that any question takes, each once."""
    return list({one.name: one for question in questions().values() for one in question.takes}.values())


def made_ready(store: Store, name: str, given: Mapping[str, object]) -> Asked:
    """A question with its parameters, as a store takes them: actors are looked up there.

    Raises:
        SettingsError: no such question, a parameter that it lacks, does not take or that is none.
        NotFoundError: nobody is called so, or nothing is of this relation.
    """
    question = _called(name)
    told = {key: value for key, value in given.items() if value is not None}
    names = [one.name for one in question.takes]
    extra = sorted(told.keys() - set(names))
    missing = [one for one in names if one not in told and one not in question.optional]
    if extra or missing:
        wrong = f"--{extra[0]} is not asked for" if extra else f"--{missing[0]} is missing"
        raise SettingsError(f"{name}: {wrong} (kg ask {' '.join(filter(None, (name, question.usage)))})")
    values = {one.name: _value(store, one, told.get(one.name)) for one in question.takes}
    return Asked(question.name, question.cypher, values)


def answer(store: Store, name: str, given: Mapping[str, object], *, limit: int | None = None, timeout: float | None = None) -> Result:
    """The rows that answer a question. A limit is told to the server too, which then has far fewer rows to put in order.

    Raises:
        SettingsError, NotFoundError: as `made_ready`.
        StoreError: the server fails, or the question took too long.
    """
    ready = made_ready(store, name, given)
    cypher = ready.cypher if limit is None else f"{ready.cypher}\nLIMIT {limit + 1}"  # one more tells that there were more
    return store.query(cypher, ready.parameters, limit=limit, timeout=timeout)


def _called(name: str) -> Question:
    try:
        return questions()[name]
    except KeyError:
        hint = did_you_mean(name, questions(), most=2, shown=str)
        raise SettingsError(f"unknown question {name!r}{hint} (kg ask --list shows them all)") from None


def _value(store: Store, parameter: Parameter, given: object) -> object:
    if given is None:
        return None
    if not isinstance(given, str):
        raise SettingsError(f"unknown option value --{parameter.name} {given}: {parameter.help}")
    if parameter.kind == "actor":
        return [entity.id for entity in store.called(given)]
    return _day(parameter, given) if parameter.kind == "date" else _relation(store, given)


def _day(parameter: Parameter, text: str) -> str:
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise SettingsError(f"unknown option value --{parameter.name} {text}: a date, YYYY-MM-DD")


def _relation(store: Store, text: str) -> str:
    """A relation of the ontology, or one that is stored: users have relations of their own."""
    name, known = text.strip().upper().replace("-", "_").replace(" ", "_"), load_ontology().relations
    if name in known or store.query("MATCH (c:Claim {relation: $name}) RETURN 1 LIMIT 1", {"name": name}).rows:
        return name
    raise NotFoundError(f"no relation is called {text!r}{did_you_mean(name, known, shown=str)}")
