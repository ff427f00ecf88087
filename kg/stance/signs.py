"""What the cues of a lexicon say of words, whoever the actors are: of which relation a word speaks, and with which sign."""

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.language import Word
from kg.ontology import Ontology
from kg.stance.cues import Lexicon

_MOST = 3


class Signs:
    """The relations that the words of one document speak of; what was asked once is remembered."""

    def __init__(self, lexicon: Lexicon, ontology: Ontology) -> None:
        self._lexicon = lexicon
        self._ontology = ontology
        self._known: dict[int, tuple[str, int] | None] = {}

    def at(self, word: Word) -> tuple[str, int] | None:
        """The relation and sign of the most specific cue of a word, as of "condemn": ("ACCUSE", -1)."""
        if word.i not in self._known:
            self._known[word.i] = self._look(word)
        return self._known[word.i]

    def _look(self, word: Word) -> tuple[str, int] | None:
        for cue in self._lexicon.at(word):
            return cue.relation, self._ontology.relations[cue.relation].polarity or 0
        value = self._lexicon.views.get(word.lemma.lower())
        return ("VIEWS_AS", value) if value else None

    def among(self, name: str, words: Iterable[Word], kind: str) -> Iterator[str]:
        """The features of some words: the relations among them, and how many there are of each sign."""
        count: Counter[int] = Counter()
        for relation, sign in filter(None, map(self.at, words)):
            count[sign] += 1
            yield f"{name} rel {relation} {kind}"
            yield f"{name} rel {relation}"
        for sign, number in count.items():
            yield f"{name} sign {sign} {min(number, _MOST)}"
            yield f"{name} sign {sign} {kind}"
