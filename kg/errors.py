"""What can go wrong, as one tree.

KgError                  anything this package reports in one clear line
├── InputError           a document, file or line that cannot be read: costs that document only
│   └── NothingReadError none of the inputs could be read; `failures` has the reason of each
├── SettingsError        an option, ontology or gazetteer file that is not valid
├── ModelError           the spaCy pipeline is missing or is not the one it says it is
├── JudgementError       a correction that makes no sense: of one name, of two kinds
├── NotFoundError        a claim id, entity or file that was asked for does not exist
└── StoreError           the graph database refused, failed or could not be reached
"""

from collections.abc import Callable, Iterable, Sequence


class KgError(Exception):
    """Anything this package reports in one clear line; the message names the thing and what was expected."""


class InputError(KgError):
    """A document, file or line that cannot be read; it becomes a `Failure`, the other documents go on.

    >>> raise InputError("broken.html", "no text found")
    Traceback (most recent call last):
    kg.errors.InputError: broken.html: no text found
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.path, self.reason)


class NothingReadError(InputError):
    """None of the inputs could be read. `failures`: path and reason of each, at least one."""

    def __init__(self, failures: Sequence[tuple[str, str]]) -> None:
        (path, reason), *more = failures
        super().__init__(path, f"{reason} (and {len(more)} more that could not be read)" if more else reason)
        self.failures = tuple(failures)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.failures,)


class SettingsError(KgError):
    """An option, ontology or gazetteer file that is not valid."""


class ModelError(KgError):
    """The spaCy pipeline is missing or is not the one it says it is."""


class JudgementError(KgError):
    """A correction that makes no sense: of one name, of two kinds, of what is so already."""


class NotFoundError(KgError):
    """A claim id, entity or file that was asked for does not exist."""


class StoreError(KgError):
    """The graph database refused, failed or could not be reached."""


def did_you_mean(name: str, known: Iterable[str], *, most: int = 3, shown: Callable[[str], str] = repr) -> str:
    """A hint at what is called nearly so, to be put behind what is wrong; nothing where nothing is.

    >>> did_you_mean("Ghama", ["Ghana", "Kenya"])
    "; did you mean 'Ghana'?"
    """
    import difflib

    near = difflib.get_close_matches(name, list(known), n=most)
    return f"; did you mean {' or '.join(map(shown, near))}?" if near else ""
