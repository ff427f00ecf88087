"""Which of several copies of one document is kept; the answer does not depend on their order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model import Document
from kg.pipeline.spool import fingerprint


@dataclass(frozen=True, slots=True)
class Copy:
    """What decides between copies, in the order in which it decides, and the fingerprint of the copy."""

    published: str
    content_hash: str
    path: str | None
    fingerprint: str

    def beats(self, other: "Copy") -> bool:
        """The latest publication, then the smallest content hash, then the smallest path wins."""
        if self.published != other.published:
            return self.published > other.published
        return self.order < other.order

    @property
    def order(self) -> tuple[str, bool, str, str]:
        """What decides between copies that were published on one day."""
        return (self.content_hash, self.path is None, self.path or "", self.fingerprint)


class Copies:
    """The best copy of each document so far: all that a batch remembers of a document beside its place on disk."""

    def __init__(self, extractor: str) -> None:
        self._extractor = extractor
        self._best: dict[str, Copy] = {}

    def better(self, documents: Iterable[Document]) -> Iterator[tuple[Document, str]]:
        """The documents that are new or beat the copy that was seen before, with their fingerprint."""
        for document in documents:
            copy = Copy(
                published=document.published or "",
                content_hash=document.content_hash,
                path=document.path,
                fingerprint=fingerprint(document, self._extractor),
            )
            best = self._best.get(document.id)
            if best is None or copy.beats(best):
                self._best[document.id] = copy
                yield document, copy.fingerprint

    def kept(self) -> Iterator[str]:
        """The fingerprints of the copies that won, by document id."""
        for document_id in sorted(self._best):
            yield self._best[document_id].fingerprint
