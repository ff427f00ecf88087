"""Questions by name and words looked up: kg ask, kg search."""

from collections.abc import Mapping

from kg.api.asking import check_rows
from kg.api.opening import Inputs, paths
from kg.api.records import Records
from kg.api.storing import Where, existing
from kg.ontology import Ontology, load_ontology
from kg.stores import Store
from kg.stores.questions import Asked, made_ready, questions
from kg.stores.questions import answer as answered
from kg.stores.searching import search as searched

_FOUND = ("sentence", "source", "label", "target", "claimer", "day", "document", "confidence", "claim")


def ask(
    question: str | None = None,
    parameters: Mapping[str, object] | None = None,
    *,
    store: Where = None,
    limit: int | None = None,
    timeout: float | None = None,
    **named: object,
) -> Records:
    """The rows that answer a question by its name; without a name the questions there are. `named` are its parameters, too.

    >>> kg.ask("stance-between", a="Taliban", b="ISIS-K").to_pandas()  # doctest: +SKIP

    Raises:
        SettingsError: no such question, or a parameter that it lacks, does not take or that is none.
        StoreError: the store cannot be opened, or its server fails.
        NotFoundError: nothing is stored there, or nobody is called so.
    """
    check_rows(limit, timeout)
    if question is None:
        rows = [(one.name, one.usage, one.meaning) for one in questions().values()]
        return Records(("question", "options", "meaning"), rows)
    with existing(store) as found:
        return answer(found, question, {**(parameters or {}), **named}, limit=limit, timeout=timeout)


def asked(question: str, parameters: Mapping[str, object] | None = None, *, store: Where = None, **named: object) -> Asked:
    """The Cypher of a question and the values of its parameters, as any Bolt client can send them; nothing is asked but who is meant.

    Raises:
        SettingsError, StoreError, NotFoundError: as `ask`.
    """
    with existing(store) as found:
        return made_ready(found, question, {**(parameters or {}), **named})


def answer(store: Store, question: str, parameters: Mapping[str, object], *, limit: int | None, timeout: float | None) -> Records:
    """The rows that answer a question, of a store that is open."""
    return Records.of(answered(store, question, parameters, limit=limit, timeout=timeout))


def search(words: str, *, store: Where = None, limit: int | None = None, timeout: float | None = None, ontologies: Inputs = ()) -> Records:
    """The claims in whose sentence all these words stand, the best first: the sentence, who stands how towards whom, who says so, where.

    >>> kg.search("recognise Taliban", limit=5)  # doctest: +SKIP

    Raises:
        SettingsError: there is no word in it, or an option is not valid.
        StoreError: the store cannot be opened, or has no index of words yet.
        NotFoundError: nothing is stored there.
    """
    check_rows(limit, timeout)
    ontology = load_ontology(paths(ontologies))
    with existing(store) as found:
        return look_up(found, ontology, words, limit=limit, timeout=timeout)


def look_up(store: Store, ontology: Ontology, words: str, *, limit: int | None, timeout: float | None) -> Records:
    """The claims in whose sentence these words stand, of a store that is open."""
    result = searched(store, words, limit=limit, timeout=timeout)
    rows = []
    for sentence, source, relation, modality, value, *rest in result.rows:
        label = ontology.label(relation, modality, value) if relation in ontology.relations else f"{relation} ({modality})"
        rows.append((sentence, source, label, *rest))
    return Records(_FOUND, rows, cut=result.cut)
