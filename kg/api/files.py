"""Output files: looked at before the work begins, and there whole or not at all."""

import contextlib
import errno
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from kg.errors import KgError, SettingsError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def check_outputs(outputs: Sequence[Path], inputs: Sequence[str | Path]) -> None:
    """Refuse what would fail, or destroy an input, after hours of work.

    Raises:
        SettingsError: an output is a folder, lies in no folder or in one that takes no files, is named twice, or is an input too.
    """
    taken = {Path(item).resolve() for item in inputs if Path(item).is_file()}
    for path in outputs:
        if path.is_dir():
            raise SettingsError(f"{path}: a folder; the name of a file was expected")
        if not path.parent.is_dir():
            raise SettingsError(f"{path}: there is no folder {path.parent}")
        if path.resolve() in taken:
            raise SettingsError(f"{path}: an input or another output is the same file")
        taken.add(path.resolve())
        if is_ordinary(path):
            _try(path)


def _try(path: Path) -> None:
    """Make a file without a name in the folder where the output will lie."""
    try:
        with tempfile.TemporaryFile(dir=path.resolve().parent):
            pass
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written there: {error.strerror}") from error


def check_folder(path: Path) -> None:
    """Refuse a place where no new folder can be made: nothing that lies there is ever removed.

    Raises:
        SettingsError: something is there, or it lies in no folder or in one that takes no files.
    """
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise SettingsError(f"{path}: is there already; a new or empty folder was expected")
    if not path.absolute().parent.is_dir():
        raise SettingsError(f"{path}: there is no folder {path.parent}")
    _try(path)


def is_ordinary(path: Path) -> bool:
    """Whether a file can be put in this place: no device or pipe (/dev/null) is there."""
    return path.is_file() or not path.exists()


@contextlib.contextmanager
def _told(path: Path, temporary: Path) -> Iterator[None]:
    """What goes wrong with the file or folder that stands for an output, or for want of room, is told of the output."""
    try:
        yield
    except OSError as error:
        inside = isinstance(error.filename, str) and Path(error.filename).is_relative_to(temporary)
        if inside or error.errno in _FULL:
            raise KgError(f"{path}: cannot be written: {error.strerror}") from error
        raise


@contextlib.contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """A UTF-8 text file that takes its name when the block succeeds; until then, and after a failure, the old one stays.

    Raises:
        KgError: it cannot be written, or the disk is full.
    """
    ordinary = is_ordinary(path)
    target = path.resolve()  # where a link leads, not the link
    temporary = target.with_name(f".{target.name}.tmp") if ordinary else target
    try:
        with _told(path, temporary):
            with temporary.open("w", encoding="utf8", newline="\n") as file:
                yield file
            if ordinary:
                if target.exists():
                    shutil.copymode(target, temporary)
                temporary.replace(target)
    finally:
        if ordinary:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def written_folder(path: Path) -> Iterator[Path]:
    """A new folder that takes its name when the block succeeds; after a failure nothing of it is left.

    Raises:
        KgError: it cannot be written, or the disk is full.
    """
    target = path.resolve()
    temporary = target.with_name(f".{target.name}.tmp")
    shutil.rmtree(temporary, ignore_errors=True)
    try:
        with _told(path, temporary):
            temporary.mkdir()
            yield temporary
            if target.exists():
                target.rmdir()
            temporary.replace(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
