"""The command line: arguments -> one call of `kg.api` -> printed result and exit code.

Exit codes: 0 done, failures listed; 1 nothing could be done (or, with --strict, something could not be read); 2 wrong usage;
130 interrupted; 141 nobody reads the output any more.
"""

import logging
import os
import sys
from collections.abc import Sequence

from kg.cli.arguments import parse
from kg.cli.text import say
from kg.errors import KgError, NothingReadError, SettingsError


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf8", errors="backslashreplace")


class _Said(logging.Handler):
    """What the library has to tell meanwhile (that it waits for another process), as one line."""

    def emit(self, record: logging.LogRecord) -> None:
        say(record.getMessage())


def _let_go_of_stdout() -> None:
    """Nobody reads it; without this Python would complain when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(argv: Sequence[str] | None) -> int:
    arguments = parse(argv)
    code: int = arguments.run(arguments)
    sys.stdout.flush()
    return code


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; what goes wrong is one line on standard error, and the exit code."""
    _speak_utf8()
    logging.getLogger("kg").handlers[:] = [_Said(logging.WARNING)]
    try:
        return _run(argv)
    except BrokenPipeError:
        _let_go_of_stdout()
        return 141
    except KeyboardInterrupt as error:
        say(str(error) or "interrupted")
        return 130
    except NothingReadError as error:
        for path, reason in error.failures:
            say(f"{path}: {reason}")
        return 1
    except KgError as error:
        say(str(error))
        return 2 if isinstance(error, SettingsError) else 1
    except OSError as error:
        say(f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror or error))
        return 1
