"""What stands beside a draft in its document: what other sentences say of its two actors, and how often the text speaks of its target."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.discourse import Discourse
from kg.model import Span
from kg.ontology import Ontology
from kg.stance.arguments import Argument
from kg.stance.drafts import Draft

_MOST, _STEP, _OFTEN = 2, 3, 6

type _Told = tuple[Span, Span, int]


@dataclass(frozen=True, slots=True)
class Beside:
    """Counts of one document: drafts by source, target and sign, the same by sentence, mentions by actor."""

    told: Counter[_Told]
    here: Counter[tuple[_Told, int]]
    mentions: Counter[Span]

    @classmethod
    def of(cls, drafts: Sequence[Draft], discourse: Discourse, ontology: Ontology) -> "Beside":
        """Of the drafts that a document's finders give."""
        told = [(one, draft.cue.sentence) for draft in drafts if (one := _told(draft, ontology)) is not None]
        mentions = Counter(meant.key for word in discourse.found for meant in discourse.meant(word))
        return cls(Counter(one for one, _ in told), Counter(told), mentions)

    def features(self, draft: Draft, ontology: Ontology) -> Iterator[str]:
        """What of it a claim is judged by: "alike 1" where another sentence says the same of the two."""
        one = _told(draft, ontology)
        if one is not None:
            yield f"alike {min(self.told[one] - self.here[one, draft.cue.sentence], _MOST)}"
            yield f"here {min(self.here[one, draft.cue.sentence] - 1, _MOST)}"
            often = self.mentions[one[1]]
            yield f"t often {often if often <= _MOST else min(often - often % _STEP, _OFTEN) or _STEP}"
        for name, argument in (("s", draft.source), ("t", draft.target)):
            yield from (f"{name} {feature}" for feature in _flags(argument))


def sign_of(draft: Draft, ontology: Ontology) -> int:
    """Whether it is for (1) or against (-1) someone; 0 where it is neither."""
    return ontology.relations[draft.relation].polarity or draft.polarity or 0


def _told(draft: Draft, ontology: Ontology) -> _Told | None:
    sign = sign_of(draft, ontology)
    return (draft.source.meant.key, draft.target.meant.key, sign) if draft.target is not None and sign else None


def _flags(argument: Argument | None) -> Iterator[str]:
    if argument is not None:
        yield from ["unnamed"] if argument.meant.unnamed else []
        yield from ["far"] if argument.far else []
        yield from ["remote"] if argument.remote else []
