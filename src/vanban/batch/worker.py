"""What happens inside a worker: one item after another until there are no more."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vanban import writing
from vanban.batch.turns import Fate, Lost
from vanban.start import garbage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from types import FrameType

    from vanban.batch.turns import Work

READY = "ready"
"""The first word of a worker: it is warm, and the clock of its first item starts."""


# So long after it was lost in a finaliser an order to end is given once more.
_AGAIN_SECONDS = 0.01


class OverdueError(BaseException):
    """The time limit is reached; no ``except Exception`` of a library holds it up."""


def serve(connection: Connection, work: Work, mark: str) -> None:
    """Do what the parent sends, send back what comes of it; end when the parent hangs up.

    ``mark`` begins the names of the files on their way, so that the parent finds them.
    """
    # Ctrl-C is the parent's affair; it ends its workers by SIGTERM, which tidies on its way out.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    writing.sign(mark)
    ends = contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError)
    with _heard_once(), ends, _never_swallowed(SystemExit, _leave_soon):
        _warm(work)
        connection.send(READY)
        with garbage.seldom():
            while True:
                connection.send((work(connection.recv()), memory()))


@contextlib.contextmanager
def _heard_once() -> Iterator[None]:
    """Whoever is on the way out is not to be told again: what runs at exit is not broken off."""
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def _leave_soon() -> None:
    if hasattr(signal, "setitimer"):  # else nobody hears SIGTERM: it ends the process at once
        signal.signal(signal.SIGALRM, _leave)
        _ring_again()


@contextlib.contextmanager
def _never_swallowed(kind: type[BaseException], again: Callable[[], None]) -> Iterator[None]:
    """Call ``again`` when an exception of a kind is lost in a finaliser, where Python prints it.

    A signal comes at any moment, also in the callback of a weak reference.
    """
    before = sys.unraisablehook

    def lost(what: sys.UnraisableHookArgs) -> None:
        if isinstance(what.exc_value, kind):
            again()
        else:
            before(what)

    sys.unraisablehook = lost
    try:
        yield
    finally:
        sys.unraisablehook = before


def _warm(work: Work) -> None:
    warm = getattr(work, "warm", None)
    if warm is not None:
        warm()
    # What was imported stays for good: the collector need not walk through it for every document.
    gc.collect()
    gc.freeze()


def memory() -> int:
    """Return the memory that this process holds, in bytes; 0 where the system does not tell."""
    with contextlib.suppress(OSError, ValueError, IndexError, AttributeError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0


def do(work: Work, item: Any, limit: float | None) -> Any:
    """Return what comes of one item, or Lost after ``limit`` seconds (None: no limit).

    Only the main thread of a process on a system with alarm signals can be held to the limit.
    """
    try:
        with _alarm(limit):
            return work(item)
    except OverdueError:
        return Lost(item, Fate.TIMED_OUT)


def do_some(
    work: Work, items: Sequence[Any], limit: float | None, mark: str, language: str
) -> list[Any]:
    """Return what comes of several items, in a worker of somebody else's executor."""
    os.environ["VANBAN_LANG"] = language
    writing.sign(mark)
    return [do(work, item, limit) for item in items]


@contextlib.contextmanager
def _alarm(limit: float | None) -> Iterator[None]:
    held = threading.current_thread() is threading.main_thread()
    if not limit or not held or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise OverdueError

    before = signal.signal(signal.SIGALRM, ring)
    try:
        with _never_swallowed(OverdueError, _ring_again):
            signal.setitimer(signal.ITIMER_REAL, limit)
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring_again() -> None:
    signal.setitimer(signal.ITIMER_REAL, _AGAIN_SECONDS)
