"""One error, and what a user and the exit code are told of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from vanban.batch.turns import Fate
from vanban.catalogue import say
from vanban.errors import VanbanError

if TYPE_CHECKING:
    from vanban.batch.turns import Lost

EXIT_INPUT = 3
EXIT_INTERNAL = 4
DEBUG_VARIABLE = "VANBAN_DEBUG"


def told(error: Exception) -> tuple[int, str, str]:
    """Return the exit code, the sentence and, when asked for, the traceback of an error."""
    if isinstance(error, VanbanError):
        return error.exit_code, str(error), ""
    what = " ".join(f"{type(error).__name__}: {error}".split())
    trace = ""
    if os.environ.get(DEBUG_VARIABLE):
        import traceback

        trace = "".join(traceback.format_exception(error))
    return EXIT_INTERNAL, say("cli.internal", what=what, variable=DEBUG_VARIABLE), trace


def told_of_loss(path: str, lost: Lost, limit: float | None) -> tuple[int, str]:
    """Return the exit code and the sentence for a draft that gave no result."""
    if lost.fate is Fate.TIMED_OUT:
        return EXIT_INPUT, say("batch.timed_out", file=path, seconds=f"{limit or 0:g}")
    return EXIT_INTERNAL, say("batch.crashed", file=path, reason=lost.reason)
