"""What the task `claims` reads: texts with every claim that careful readers see in them, and claims as `kg extract` prints them."""

from collections.abc import Mapping, Sequence
from typing import Literal

from kg.evaluation.gold import Fields, GoldRow, Pair, Prediction, Some, Stretch
from kg.model import Modality


class GoldClaim(Fields):
    """A claim that careful readers see: each actor by the names that are accepted, relation and modality by the values, best first.

    `core`: a reader would miss it. `claimer` is empty where the text itself says it; `claimer_optional`: readers differ on that.
    `source_text` and `target_text`: the words for the actor at this place, none where it is only implied.
    """

    source: Some[str]
    target: Some[str]
    claimer: list[str]
    relation: Some[str]
    modality: Some[Modality]
    sign: Literal["+", "-"]
    core: bool
    symmetric: bool
    cue: str
    cue_start: int
    cue_end: int
    source_text: str | None = None
    source_span: Stretch | None = None
    target_text: str | None = None
    target_span: Stretch | None = None
    claimer_span: Stretch | None = None
    claimer_optional: bool = False

    def written_flat(self) -> Mapping[str, Stretch]:
        """The cue."""
        return {"cue": Stretch(start=self.cue_start, end=self.cue_end, text=self.cue)}


class ClaimsRow(GoldRow):
    """A news text with its claims; `aliases`: the names of each actor in it, by the name that the claims use."""

    date: str | None = None
    aliases: dict[str, list[str]]
    claims: list[GoldClaim]


class FoundActor(Fields, extra="allow"):
    """Who has a role in a claim found: its name and the words at this place."""

    name: str
    mention: str | None = None
    start_char: int | None = None
    end_char: int | None = None


class FoundEvidence(Fields, extra="allow"):
    """Where a claim found stands."""

    start_char: int
    end_char: int
    context: Sequence[Pair] = ()
    sentence: str = ""
    cue: str = ""
    cue_start: int | None = None

    @property
    def at(self) -> int:
        """Where the cue begins, or the evidence where that is not told."""
        return self.start_char if self.cue_start is None else self.cue_start


class FoundClaim(Fields, extra="allow"):
    """A claim as `kg extract` prints it; what is not scored is kept as it is."""

    id: str | None = None
    relation: str
    value: str | None = None
    polarity: Literal[1, 0, -1]
    modality: Modality
    confidence: float
    source: FoundActor
    target: FoundActor | None
    claimer: FoundActor | None
    claimer_text: str | None = None
    evidence: FoundEvidence


class FoundMention(Fields):
    """A stretch that means the actor with this name; one that means several stands several times."""

    start: int
    end: int
    name: str
    text: str


class ClaimsAnswer(Prediction):
    """The claims found in a text; with the mentions and sentences found in it, *reach* is measured too."""

    claims: list[FoundClaim]
    mentions: list[FoundMention] | None = None
    sentences: list[Pair] | None = None

    @property
    def lists_mentions(self) -> bool:
        """Whether it tells what was found in the text beside claims."""
        return self.mentions is not None and self.sentences is not None
