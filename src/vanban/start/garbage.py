"""How often Python looks for garbage while a document is made.

Making one leaves little that only the collector can free, but every look goes through all that
lives: a fifth of the time of a page. So it looks seldom, and as before when the work is done.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SELDOM = (200_000, 20, 50)
"""Thresholds of the three generations (``gc.set_threshold``); a larger one of the user's stays."""

_lock = threading.Lock()
_depth = 0
_before = (0, 0, 0)


@contextlib.contextmanager
def seldom() -> Iterator[None]:
    """Let garbage be looked for seldom; any number of threads may do so at a time.

    A collector that is switched off stays off.
    """
    global _depth, _before
    with _lock:
        _depth += 1
        if _depth == 1:
            _before = gc.get_threshold()
            if _before[0]:
                gc.set_threshold(*map(max, _before, SELDOM))
    try:
        yield
    finally:
        with _lock:
            _depth -= 1
            if not _depth:
                gc.set_threshold(*_before)


def seldom_to_the_end() -> None:
    """Let garbage be looked for seldom until this process ends, and not at all when it does.

    Python looks through everything once more on its way out; memory that is given back to the
    system a moment later need not be.
    """
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(*map(max, before, SELDOM))
    atexit.register(gc.freeze)
