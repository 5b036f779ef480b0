"""A watch over work whose cost nobody can tell beforehand: a renderer at a stranger's page.

What is known to cost too much is refused before it begins (``markup``, ``css``, ``svg``,
``fetch``). For the rest a second thread looks at the clock and at the memory, and stops the first.
"""

from __future__ import annotations

import contextlib
import ctypes
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_EVERY_SECONDS = 0.1
_STATM = Path("/proc/self/statm")
_PAGE_BYTES = 4096
# What the piece of work in ``slowness`` takes where the budgets were measured.
_PIECE_SECONDS = 0.0012


class TooCostlyError(Exception):
    """The work took more time or memory than it may."""


def _memory() -> int:
    """Return the memory of this process in bytes, 0 where the system does not tell."""
    try:
        return int(_STATM.read_text().split()[1]) * _PAGE_BYTES
    except (OSError, ValueError, IndexError):
        return 0


def _clock(worker: int) -> Callable[[], float]:
    """Return what tells the seconds of work of a thread; by the clock where no system counts."""
    counted = getattr(time, "pthread_getcpuclockid", None)
    if counted is None:
        return time.monotonic
    clock = counted(worker)
    return lambda: time.clock_gettime(clock)


def slowness() -> float:
    """Return how many times slower this machine is, just now, than the one of the budgets (>= 1).

    A slow or traced machine takes longer for an honest page too.
    """

    def piece() -> float:
        begin = time.thread_time()
        held: dict[int, int] = {}
        for number in range(20_000):
            held[number % 97] = held.get(number % 97, 0) + number
        return time.thread_time() - begin

    return max(1.0, min(piece() for _ in range(3)) / _PIECE_SECONDS)


@contextlib.contextmanager
def over(seconds: float, megabytes: float) -> Iterator[None]:
    """Do the work inside in at most ``seconds`` of computing, growing by at most ``megabytes``.

    The seconds are those of the machine where they were measured; a slower one has more.
    Raises TooCostlyError, between two steps of Python, in the thread that does the work.
    """
    worker = threading.get_ident()
    done = threading.Event()
    thrown = threading.Event()
    lock = threading.Lock()
    clock = _clock(worker)
    until, most = clock() + seconds * slowness(), _memory() + megabytes * 1_000_000

    def throw() -> None:
        thrown.set()
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(worker), ctypes.py_object(TooCostlyError)
        )

    def look() -> None:
        while not done.wait(_EVERY_SECONDS):
            if clock() > until or _memory() > most:
                with lock:
                    if not done.is_set():
                        throw()
                # Thrown again until it gets through: some callers swallow everything.
                done.wait(_EVERY_SECONDS)

    def stop() -> None:
        with lock:
            done.set()
        # One that is still on its way comes in this loop. Taking it back (a call with NULL) is no
        # way: CPython 3.11 then never ends in a thread that a debugger or coverage traces.
        for _ in range(1000 if thrown.is_set() else 0):
            pass

    watcher = threading.Thread(target=look, name="vanban-watch", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        try:
            stop()
        except TooCostlyError:  # it came between the end of the work and here
            stop()
            raise
        finally:
            watcher.join()
