"""What a user can choose, in one frozen object that is built at the edge and passed down."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Options of reading and extracting.

    `model`: a spaCy pipeline by package name or folder (None: the one that comes with the package); `gazetteers` and `ontologies`:
    users' own files, read after ours; `workers`: processes; `max_characters`: a longer document is refused, not cut.
    """

    model: str | None = None
    gazetteers: tuple[Path, ...] = ()
    ontologies: tuple[Path, ...] = ()
    workers: int = 1
    max_characters: int = 1_000_000
