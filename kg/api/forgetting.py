"""kg forget: a document out of a store."""

from kg.api.opening import Inputs, paths
from kg.api.storing import Where, existing
from kg.gazetteer import load_gazetteer
from kg.ontology import load_ontology
from kg.stores import Forgotten


def forget(document: str, *, store: Where = None, gazetteers: Inputs = (), ontologies: Inputs = ()) -> Forgotten:
    """Remove one document, by id, path or address, from a store, as if it had never been read: its claims and mentions, what was derived
    from them, and entities that nothing else mentions.

    People's judgements stay, also of what is gone; they hold again when it comes back. A build of the same file reads it anew. Where a
    store was built with gazetteers or ontologies of one's own, they are wanted here too.

    Raises:
        NotFoundError: no document is called so; it tells which are called nearly so.
        StoreError: the store cannot be opened or written to.
        SettingsError: a gazetteer or ontology is not valid.
    """
    with existing(store, write=True) as found:
        return found.forget(document, load_gazetteer(paths(gazetteers)), load_ontology(paths(ontologies)))
