"""Which gold claims can be found at all: those whose two actors are among the mentions near the cue, rightly resolved."""

from bisect import bisect_right

from kg.evaluation.claim_data import ClaimsAnswer, ClaimsRow, GoldClaim
from kg.evaluation.gold import Pair
from kg.evaluation.matching import Actors, Names


class Reach:
    """The mentions of a text, by whom of the gold row they mean."""

    def __init__(self, row: ClaimsRow, answer: ClaimsAnswer) -> None:
        actors = Actors(row.aliases)
        self._sentences = answer.sentences or []
        self._mentions = [(one.start, actors.meant(one.name, one.text)) for one in answer.mentions or []]

    def lacks(self, gold: GoldClaim) -> list[str]:
        """The actors of a claim that no mention in the cue's sentence or the one before means, with the words that mean them."""
        near = self._near(gold.cue_start)
        ends = ((gold.source, gold.source_text), (gold.target, gold.target_text))
        return [_named(names[0], words) for names, words in ends if near.isdisjoint(names)]

    def _near(self, at: int) -> Names:
        stretch = _two_sentences(self._sentences, at)
        return frozenset().union(*(names for start, names in self._mentions if start in stretch))


def _two_sentences(sentences: list[Pair], at: int) -> range:
    """From the start of the sentence before the one at this place to the end of the latter."""
    number = bisect_right(sentences, at, key=lambda pair: pair[0]) - 1
    return range(sentences[max(0, number - 1)][0], sentences[number][1]) if number >= 0 else range(0)


def _named(name: str, words: str | None) -> str:
    return name if words in {name, None} else f"{name} ({words})"
