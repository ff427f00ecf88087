"""What is known of the part that an actor may have in a cue: its way to it in the tree, what it is, who speaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.discourse import Discourse, agent
from kg.language import Word
from kg.model import Span
from kg.stance.arguments import Argument

_STEPS = 4  # beyond which a way in the tree is only "far"


@dataclass(frozen=True, slots=True)
class Place:
    """A cue in its sentence: the words over it, the heads of the actors there, and whom the speakers of it are."""

    cue: Word
    above: tuple[Word, ...]
    actors: tuple[Word, ...]
    speakers: frozenset[Span]

    @classmethod
    def of(cls, cue: Word, discourse: Discourse) -> "Place":
        """The place of a cue."""
        actors = tuple(word for word in discourse.parsed.sentence_of(cue).words if word in discourse.found)
        speakers = frozenset(meant.key for speaker in discourse.speakers_of(cue) for meant in discourse.meant(speaker.who))
        return cls(cue, (cue, *cue.ancestors()), actors, speakers)


def part_of(argument: Argument, place: Place) -> tuple[str, ...]:
    """The features of an actor at a cue; of one who is only understood there is not much to know."""
    word = argument.meant.found.head
    speaks = ["speaks"] if argument.meant.key in place.speakers else []
    kind = f"kind {argument.meant.kind}"
    if argument.implicit or word.sentence != place.cue.sentence:
        return ("implicit" if argument.implicit else "elsewhere", kind, *speaks)
    up, down = _way(word, place.above)
    low, high = sorted((word.i, place.cue.i))
    return (
        f"way {min(up, _STEPS)} up {min(down, _STEPS)} down",
        f"between {min(sum(low < other.i < high for other in place.actors), 3)}",
        "left" if word.i < place.cue.i else "right",
        f"dep {word.dep}",
        f"form {argument.meant.found.form}",
        kind,
        *(["behind"] if argument.behind else []),
        *speaks,
        *_doer(word, place.above),
    )


def _way(word: Word, above: Sequence[Word]) -> tuple[int, int]:
    """The steps up from the cue to what stands over both, and down to the word."""
    steps = {node: i for i, node in enumerate(above)}
    for down, node in enumerate((word, *word.ancestors())):
        if node in steps:
            return steps[node], down
    return _STEPS, _STEPS


def _doer(word: Word, above: Sequence[Word]) -> Iterator[str]:
    """Whether it is the doer of a verb over the cue, and of which."""
    verbs = [node for node in above if node.pos in {"VERB", "AUX"}]
    for level, verb in enumerate(verbs):
        if agent(verb) is word:
            yield f"doer {min(level, 3)}"


def order(source: Argument, target: Argument | None, cue: Word) -> str:
    """Whether source (s) and target (t) stand before or after the cue (c): "order sct"."""
    places = [(source.meant.found.head.i, "s"), (cue.i, "c")]
    if target is not None:
        places.append((target.meant.found.head.i, "t"))
    return "order " + "".join(name for _, name in sorted(places))
