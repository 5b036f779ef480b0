"""The door for pages: how many of them one rendering may lay out.

A page of a stranger's template (or a style sheet that makes the paper a millimetre wide) can run
to a million pages. WeasyPrint says at each page which one it begins; here it is told to stop.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PAGES = 600
"""Most pages of one file; a report of 200 pages with 200 pages of appendices stays below."""

MAX_ROUNDS = 6
"""How often, on average, each page may be laid out again: page counters ask for a second round."""

_LOGGER = "weasyprint.progress"
_PAGE = "Step 5 - Creating layout - Page %d"
_local = threading.local()


class TooManyPagesError(Exception):
    """A rendering went on beyond the pages that it may have; ``limit`` is their number."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class _Turnstile(logging.Filter):
    """Counts the pages of the rendering of this thread; lets nothing into the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        limit = getattr(_local, "limit", None)
        if limit is not None and str(record.msg).startswith(_PAGE) and record.args:
            _local.laid += 1
            number = record.args[0] if isinstance(record.args, tuple) else 0
            if (isinstance(number, int) and number > limit) or _local.laid > limit * MAX_ROUNDS:
                raise TooManyPagesError(limit)
        return limit is None


@cache
def _install() -> None:
    logger = logging.getLogger(_LOGGER)
    logger.addFilter(_Turnstile())


@contextlib.contextmanager
def at_most(limit: int = MAX_PAGES) -> Iterator[None]:
    """Let WeasyPrint lay out at most ``limit`` pages in this thread; else TooManyPagesError."""
    _install()
    logger = logging.getLogger(_LOGGER)
    before, outer = logger.level, getattr(_local, "limit", None)
    if not logger.isEnabledFor(logging.INFO):
        logger.setLevel(logging.INFO)
    _local.limit, _local.laid = limit, 0
    try:
        yield
    finally:
        _local.limit = outer
        logger.setLevel(before)
