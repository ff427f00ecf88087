"""The worked example of the ontology: what a careful reader finds in one article, as sixteen rows to compare claims with.

`look_up(lines)` takes claims as `kg extract` prints them; `table(lines)` makes the comparison readable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_EITHER_WAY = {"AT_ODDS_WITH", "ALLIED_WITH"}
_US, _UK, _TALIBAN, _ISIS, _ISIS_K = "United States", "United Kingdom", "Taliban", "ISIS", "ISIS-K"
_AUSTIN, _MILLEY, _BIDEN, _RAAB = "Lloyd Austin", "Mark Milley", "Joe Biden", "Dominic Raab"
_ISLAMIC_STATE = (_ISIS, "Islamic State")
_REPORTER = '"a reporter"'


@dataclass(frozen=True, slots=True)
class Wanted:
    """One claim with what is accepted of it; a claimer of "" is none, one in quotation marks is unnamed."""

    relation: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    modalities: tuple[str, ...]
    claimers: tuple[str, ...]
    value: str = ""
    against: tuple[str, ...] = ()

    def fits(self, line: dict[str, Any]) -> bool:
        """Whether a claim has this pair in this direction, with relation, modality, claimer and characterisation."""
        ends = _name(line["source"]), _name(line["target"])
        ways = [ends, ends[::-1]] if self.relation in _EITHER_WAY else [ends]
        return (
            line["relation"] == self.relation
            and any(source in self.sources and target in self.targets for source, target in ways)
            and line["modality"] in self.modalities
            and _claimer(line) in self.claimers
            and self.value in (line["value"] or "")
        )

    def keeps_third(self, line: dict[str, Any]) -> bool:
        """Whether the claim also has the third actor."""
        return not self.against or _name(line["against"]) in self.against


@dataclass(frozen=True, slots=True)
class Row:
    """`first`: any of these is what the row says first; `more`: what it says beside that."""

    number: int
    first: tuple[Wanted, ...]
    more: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A row with the claim that was found for it, if any, and how much of the rest was."""

    row: Row
    line: dict[str, Any] | None
    third: bool
    more: int


def _name(actor: dict[str, Any] | None) -> str:
    return str(actor["name"]) if actor else ""


def _claimer(line: dict[str, Any]) -> str:
    return _name(line["claimer"]) or (f'"{line["claimer_text"]}"' if line["claimer_text"] else "")


def _works(modalities: tuple[str, ...], claimer: str, against: tuple[str, ...] = ()) -> Wanted:
    return Wanted("COOPERATE", (_US,), (_TALIBAN,), modalities, (claimer,), against=against)


ROWS: tuple[Row, ...] = (
    Row(0, (_works(("possible",), _AUSTIN, _ISLAMIC_STATE),), (_works(("possible",), _MILLEY, _ISLAMIC_STATE),)),
    Row(1, (_works(("possible",), _MILLEY, (_ISIS_K,)),)),
    Row(2, (_works(("actual",), _AUSTIN),)),
    Row(3, (_works(("doubted", "unknown"), _AUSTIN),)),
    Row(4, (Wanted("VIEWS_AS", (_MILLEY,), (_TALIBAN,), ("actual",), (_MILLEY,), value="ruthless group"),)),
    Row(5, (Wanted("AT_ODDS_WITH", (_TALIBAN,), _ISLAMIC_STATE, ("actual",), (_BIDEN,)),)),
    Row(
        6,
        (
            Wanted("COOPERATE", (_UK, _RAAB), (_TALIBAN,), ("demanded", "possible"), (_RAAB,)),
            Wanted("ENGAGES_WITH", (_UK, _RAAB), (_TALIBAN,), ("demanded",), (_RAAB,)),
        ),
    ),
    Row(7, (Wanted("RECOGNIZES", (_UK,), (_TALIBAN,), ("not_planned",), (_RAAB,)),)),
    Row(
        8,
        (Wanted("CONSULT", (_RAAB,), ("Mohammed bin Abdulrahman Al-Thani",), ("actual",), ("", _RAAB)),),
        (
            Wanted("HOLDS_ROLE", (_RAAB,), (_UK,), ("actual",), ("",), value="Foreign Secretary"),
            Wanted("HOLDS_ROLE", ("Mohammed bin Abdulrahman Al-Thani",), ("Qatar",), ("actual",), ("",), value="Foreign Minister"),
        ),
    ),
    Row(9, (Wanted("AT_ODDS_WITH", (_TALIBAN,), (_ISIS_K,), ("actual",), ("",)),)),
    Row(10, (Wanted("VIEWS_AS", (_ISIS_K,), (_TALIBAN,), ("actual",), ("Business Insider",), value="apostates"),)),
    Row(
        11,
        (Wanted("CONSULT", (_TALIBAN,), (_US,), ("actual",), ("Business Insider", "")),),
        (Wanted("CONSULT", (_TALIBAN,), ("former Afghan government",), ("actual",), ("Business Insider", "")),),
    ),
    Row(
        12,
        (
            Wanted("THREATEN", (_US, _AUSTIN), (_ISIS_K,), ("actual", "planned"), (_AUSTIN,)),
            Wanted("COERCE", (_US, _AUSTIN), (_ISIS_K,), ("planned",), (_AUSTIN,)),
            Wanted("ASSAULT", (_US, _AUSTIN), (_ISIS_K,), ("planned",), (_AUSTIN,)),
        ),
    ),
    Row(
        13,
        (Wanted("AT_ODDS_WITH", (_US,), (_ISIS_K,), ("possible", "actual"), ("",)),),
        (Wanted("ALLIED_WITH", (_US,), (_TALIBAN,), ("possible",), ("",), against=(_ISIS_K,)),),
    ),
    Row(14, (_works(("actual",), _REPORTER),)),
    Row(15, (Wanted("PART_OF", (_ISIS_K,), (_ISIS,), ("actual",), ("", _REPORTER)),)),
)


def look_up(lines: Sequence[dict[str, Any]]) -> list[Found]:
    """Each row with what was found for it."""
    found = []
    for row in ROWS:
        pairs = [(wanted, line) for wanted in row.first for line in lines if wanted.fits(line)]
        _, line = next((pair for pair in pairs if pair[0].keeps_third(pair[1])), pairs[0] if pairs else (None, None))
        more = sum(any(wanted.fits(other) and wanted.keeps_third(other) for other in lines) for wanted in row.more)
        found.append(Found(row, line, any(wanted.keeps_third(other) for wanted, other in pairs), more))
    return found


def table(lines: Sequence[dict[str, Any]]) -> str:
    """The rows with what was found, a line each, and the count."""
    found = look_up(lines)
    told = [_told(one) for one in found]
    return "\n".join([*told, f"{sum(one.line is not None for one in found)} of {len(found)} rows found"])


def _told(found: Found) -> str:
    wanted = found.row.first[0]
    text = (
        f"{found.row.number:2}  {'found    ' if found.line else 'not found'}  {wanted.relation}({wanted.sources[0]}, {wanted.targets[0]})"
    )
    text += f" {'/'.join(wanted.modalities)}, claimer {' or '.join(claimer or 'none' for claimer in wanted.claimers)}"
    if found.line and not found.third:
        text += "; without its third actor"
    return text + (f"; {found.more} of {len(found.row.more)} more" if found.row.more else "")
