"""What stands about two actors of a sentence: the words on the way from one to the other in the tree, beside it, between; who speaks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.discourse import Discourse, Speaker
from kg.language import Word
from kg.stance.signs import Signs

_CONTENT = {"VERB", "NOUN", "ADJ", "ADV", "ADP", "SCONJ", "PART", "INTJ"}
_FULL = {"VERB", "NOUN", "ADJ", "ADV"}
_BEARING = {"VERB", "AUX", "NOUN", "ADJ"}
_LONG, _STEPS, _APART = 6, 5, 6


@dataclass(frozen=True, slots=True)
class Way:
    """The words from one up to what stands over both (`top`, if any), and those from there down to the other."""

    up: tuple[Word, ...]
    top: Word | None
    down: tuple[Word, ...]

    @classmethod
    def between(cls, one: Word, other: Word) -> "Way":
        """The way in the tree: in "*Mali* condemned the raid of *France*" up from Mali to "condemned", down by "raid" and "of"."""
        up = (one, *one.ancestors())
        steps = {word: i for i, word in enumerate(up)}
        down: list[Word] = []
        for word in (other, *other.ancestors()):
            if word in steps:
                return cls(up[: steps[word]], word, tuple(reversed(down)))
            down.append(word)
        return cls(up, None, tuple(reversed(down)))

    @property
    def words(self) -> tuple[Word, ...]:
        """All of it."""
        return (*self.up, *((self.top,) if self.top else ()), *self.down)


class Company:
    """The words of a document, asked for the features of pairs; names are masked: what is learned is no one's reputation."""

    def __init__(self, discourse: Discourse, signs: Signs) -> None:
        self.discourse = discourse
        self._signs = signs
        found = (one for one in discourse.found.values() if one.form != "pronoun")
        self._masked = frozenset(i for one in found for i in range(one.first.i, one.last.i + 1))
        self._speakers: dict[int, list[Speaker]] = {}
        self._sentences: dict[tuple[int, str], tuple[str, ...]] = {}

    def speakers_of(self, word: Word) -> list[Speaker]:
        """As the discourse tells, asked once a word."""
        if word.i not in self._speakers:
            self._speakers[word.i] = self.discourse.speakers_of(word)
        return self._speakers[word.i]

    def plain(self, words: Iterable[Word]) -> list[Word]:
        """Those that are no part of a name."""
        return [word for word in words if word.i not in self._masked]

    def features(self, source: Word, target: Word) -> tuple[list[str], dict[str, float]]:
        """Of a pair of actors, of whom the source may speak from another sentence: the shape of the way, and all (with the shape)."""
        same = source.sentence == target.sentence
        ahead = ("st" if source.i < target.i else "ts") if same else "away"
        way = Way.between(source, target)
        speech = self._speech(source, target)
        quoted = "quoted" if self.discourse.speech.quotation_at(target) else ""
        shape = [f"order {ahead}", f"speech {speech} {ahead}", f"speech {speech} {quoted}"]
        if same:
            shape.append(f"steps {min(len(way.up), _STEPS)} {min(len(way.down), _STEPS)}")
            shape.append(f"far {min(abs(source.i - target.i) // 4, _APART)}")
        every = dict.fromkeys(shape, 1.0)
        every.update(dict.fromkeys(self._words(way, source, target, f"{speech}|{ahead}", ahead, same=same), 1.0))
        return shape, every

    def _words(self, way: Way, source: Word, target: Word, kind: str, ahead: str, *, same: bool) -> Iterator[str]:
        if same:
            yield from self._tree(way, ahead)
        for name, words in self._regions(way, source, target, same=same).items():
            yield from _lemmas(name, words, ahead)
            yield from self._signs.among(name, words, kind)
        yield from self._sentence(target, kind)
        if same:
            beside = self.plain((*target.children, *target.head.children, target.head))
            yield from self._signs.among("target", beside, kind)

    def _sentence(self, target: Word, kind: str) -> tuple[str, ...]:
        """The features that all pairs of a sentence with the same speech and order have."""
        if (target.sentence, kind) not in self._sentences:
            words = self.discourse.parsed.sentence_of(target).words
            lemmas = (f"any {word.lemma.lower()}" for word in self.plain(words) if word.pos in _FULL)
            self._sentences[target.sentence, kind] = (*lemmas, *self._signs.among("any", words, kind))
        return self._sentences[target.sentence, kind]

    def _tree(self, way: Way, ahead: str) -> Iterator[str]:
        up, down = _deps(way.up), _deps(way.down)
        yield from (f"up {up}", f"down {down}", f"way {up} {way.top.pos if way.top else ''} {down}")
        if way.top is not None and way.top.i not in self._masked:
            top = way.top.lemma.lower()
            yield from (f"top {top}", f"top {top} {ahead}", f"top {top} {_last(way.up)} {_last(way.down)}")

    def _regions(self, way: Way, source: Word, target: Word, *, same: bool) -> dict[str, list[Word]]:
        """The words on the way, those that hang on it, those between in the text; of a speaker elsewhere: those over whom he speaks of."""
        if not same:
            return {"near": self.plain(target.ancestors())}
        on = {word.i for word in way.words}
        plain = self.plain(way.words)
        near = [child for word in plain if word.pos in _BEARING for child in self.plain(word.children) if child.i not in on]
        low, high = sorted((source.i, target.i))
        return {"way": plain, "near": near, "mid": self.plain(self.discourse.parsed.words[low + 1 : high])}

    def _speech(self, source: Word, target: Word) -> str:
        """Whether one of the two says what is said of the other."""
        told = self.speakers_of(target)
        keys = {meant.key for speaker in told for meant in self.discourse.meant(speaker.who)}
        says = any(speaker.who is source for speaker in told) or any(meant.key in keys for meant in self.discourse.meant(source))
        said = any(speaker.who is target for speaker in self.speakers_of(source))
        return f"{'says' if says else ''}{'said' if said else ''}"


def _lemmas(name: str, words: Sequence[Word], ahead: str) -> Iterator[str]:
    for word in words:
        if word.pos in _CONTENT:
            lemma = word.lemma.lower()
            yield f"{name} {lemma}"
            if word.pos in _FULL:
                yield f"{name} {lemma} {ahead}"


def _deps(words: Sequence[Word]) -> str:
    return ">".join(f"{word.dep}:{word.lower}" if word.pos == "ADP" else word.dep for word in words[:_LONG])


def _last(words: Sequence[Word]) -> str:
    return words[-1].dep if words else "itself"
