"""What kg bench found, as values and JSON, and two of them beside each other."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from kg.errors import InputError, NotFoundError
from kg.evaluation.gold import value_from_json

Better = Literal["higher", "lower"]
Verdict = Literal["better", "worse", "same", "only old", "only new"]

_LEAST_NOISE = 0.03  # by so much two runs of the same version differ, however near to each other the rounds of each are


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, whether a higher or a lower one is better, and the rounds that it is the median of.

    Raises:
        ValueError: it is not a number above 0.
    """

    value: float
    unit: str
    better: Better
    rounds: tuple[float, ...]

    def __post_init__(self) -> None:
        if not all(0 < value < math.inf for value in (self.value, *self.rounds)):
            raise ValueError("a number above 0 was expected")

    @property
    def noise(self) -> float:
        """How far its rounds lie apart, as a share of it."""
        return (max(self.rounds) - min(self.rounds)) / self.value if self.rounds else 0.0


@dataclass(frozen=True, slots=True)
class Machine:
    """What of a machine decides how fast it is, as far as it can be told without naming it."""

    python: str
    system: str
    machine: str
    cpus: int


@dataclass(frozen=True, slots=True)
class Bench:
    """What one run measured: on which `data` (the name of a file or folder), with which version, on what kind of machine.

    `failures`: documents that could not be read; `store`: the server that was asked; `left_out`: parts that were not measured, and why.
    `load`: how many processes of others wanted to compute when it began (the load average of a minute).
    """

    date: str
    version: str
    extractor: str
    machine: Machine
    data: str
    documents: int
    failures: int
    words: int
    store: str | None
    figures: Mapping[str, Figure]
    left_out: Mapping[str, str]
    load: float = 0.0


@dataclass(frozen=True, slots=True)
class BenchRow:
    """One figure of two runs; `ratio`: the new by the old; `noise`: how much of a change does not count."""

    name: str
    unit: str
    old: float | None
    new: float | None
    ratio: float | None
    noise: float
    verdict: Verdict


def bench_to_json(bench: Bench) -> dict[str, Any]:
    """A bench as plain dicts and lists."""
    return asdict(bench)


def bench_from_json(path: Path) -> Bench:
    """The bench that a file holds (`kg bench --out`).

    Raises:
        NotFoundError: no such file.
        InputError: it cannot be read or is no bench; the message names the field.
    """
    try:
        written = path.read_text("utf8")
    except FileNotFoundError:
        raise NotFoundError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    return value_from_json(Bench, str(path), written)


def compare(old: Bench, new: Bench) -> list[BenchRow]:
    """Every figure of two runs, in the order of the old one.

    It is the same where it has changed by no more than the rounds of either run lie apart, and by no more than 3 %.
    """
    names = [*old.figures, *(name for name in new.figures if name not in old.figures)]
    return [_row(name, old.figures.get(name), new.figures.get(name)) for name in names]


def _row(name: str, old: Figure | None, new: Figure | None) -> BenchRow:
    if old is None or new is None:
        one = next(figure for figure in (old, new) if figure is not None)
        before, after = (figure.value if figure is not None else None for figure in (old, new))
        return BenchRow(name, one.unit, before, after, None, one.noise, "only new" if old is None else "only old")
    ratio = new.value / old.value
    noise = max(_LEAST_NOISE, old.noise, new.noise)
    return BenchRow(name, new.unit, old.value, new.value, ratio, noise, _verdict(ratio, noise, new.better))


def _verdict(ratio: float, noise: float, better: Better) -> Verdict:
    """A change counts the same in both directions: twice as much is as far as half as much."""
    if max(ratio, 1 / ratio) - 1 <= noise:
        return "same"
    return "better" if (ratio > 1) == (better == "higher") else "worse"


def unlike(old: Bench, new: Bench) -> Iterator[str]:
    """What makes two runs hard to compare: other texts, another machine or a busy one, another kind of store."""
    for name in ("data", "documents", "words", "store"):
        if getattr(old, name) != getattr(new, name):
            yield f"{name}: {getattr(old, name)}, then {getattr(new, name)}"
    for name, was in asdict(old.machine).items():
        if was != getattr(new.machine, name):
            yield f"{name}: {was}, then {getattr(new.machine, name)}"
    if any(one.load > one.machine.cpus / 2 for one in (old, new)):
        yield f"load of the machine by others: {old.load:.1f}, then {new.load:.1f}"
