"""Worker processes, each with a line of its own to the parent.

A pool shared by all workers does not tell which of them died, nor which item it was at; with a
line for each, a worker that dies or hangs names its item, and only that worker is replaced.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from multiprocessing import connection as lines
from typing import TYPE_CHECKING

from vanban.batch.turns import Fate, Lost, Turn
from vanban.batch.worker import serve
from vanban.catalogue import say
from vanban.errors import EnvironmentIncompleteError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from multiprocessing.process import BaseProcess

    from vanban.batch.turns import Numbered, Turns, Work

TRIES = 2
"""How often an item is begun at most when its worker dies under it."""

START_SECONDS = 120.0
"""How long a worker may take until it is warm."""

GRACE_SECONDS = 3.0
"""How long a worker that is told to end may take to tidy up."""

RENEW_AFTER = 500
"""A worker is replaced after so many items at the latest: no leak of a library goes on for ever."""

GROWN_BYTES = 24 * 1024 * 1024
"""A worker is replaced when it holds so much more than at its first ``SETTLED`` items."""

SETTLED = 10
"""Items after which a worker has all in memory that it needs for its work."""

AT_LEAST = 25
"""Items that a worker does before it is replaced for its memory: a new one has to get warm."""

STARTS = 2
"""How often a worker is started at most before it is said that none can be."""


class Lane:
    """One worker process and the item it is at."""

    def __init__(self, work: Work, mark: str, tidy: Callable[[str], None]) -> None:
        self._work = work
        self._mark = mark
        self._tidy = tidy
        self._failed_starts = 0
        self._process: BaseProcess | None = None
        self.turn: Turn | None = None

    def _open(self) -> None:
        # A fresh interpreter: a copy of this process would share its locks, fonts and threads.
        context = multiprocessing.get_context("spawn")
        self.line, inner = context.Pipe()
        process = context.Process(target=serve, args=(inner, self._work, self._mark), daemon=True)
        try:
            with _no_interrupt():
                process.start()
        except (OSError, AssertionError, RuntimeError) as error:
            self.line.close()
            raise EnvironmentIncompleteError(say("batch.no_workers", reason=error)) from error
        finally:
            inner.close()
        self._process = process
        self._ready = False
        self._done = 0
        self._held = 0

    def give(self, turn: Turn) -> None:
        """Give the worker an item; its clock starts when the worker is warm."""
        self.turn = turn
        if self._process is None:
            self._open()
        self._since = time.monotonic()
        with contextlib.suppress(OSError):  # a dead worker is found when its answer is read
            self.line.send(turn.item)

    def deadline(self, limit: float | None) -> float | None:
        """Return when, by the monotonic clock, the worker is overdue; None for never."""
        if not self._ready:
            return self._since + START_SECONDS
        return self._since + limit if limit else None

    def answer(self, turns: Turns) -> Numbered | None:
        """Read what the worker has to say: a result, if that was not only that it is warm."""
        try:
            word = self.line.recv()
        except (EOFError, OSError):
            return self._died(turns, GRACE_SECONDS)
        if not self._ready:
            self._ready, self._failed_starts = True, 0
            self._since = time.monotonic()
            return None
        turn, self.turn = self.turn, None
        result, held = word
        self._done += 1
        if self._done <= SETTLED:
            self._held = max(self._held, held)
        grown = self._done >= AT_LEAST and held > self._held + GROWN_BYTES
        if grown or self._done >= RENEW_AFTER:
            self.close()
        return (turn.index, result) if turn else None

    def overdue(self, turns: Turns) -> Numbered | None:
        """End a worker that takes too long; its item is lost."""
        if not self._ready or self.turn is None:
            return self._died(turns)
        turn, self.turn = self.turn, None
        self.end()
        return turn.index, Lost(turn.item, Fate.TIMED_OUT)

    def _died(self, turns: Turns, patience: float = 0.0) -> Numbered | None:
        """Put a dead worker away; the item it was at is done once more, then it is the culprit."""
        reason = self.end(patience)
        turn, self.turn = self.turn, None
        if turn is None:
            return None
        if self._ready:
            turn.tries += 1
        else:
            self._failed_starts += 1
        if self._failed_starts >= STARTS:
            raise EnvironmentIncompleteError(say("batch.no_workers", reason=reason))
        if turn.tries >= TRIES:
            return turn.index, Lost(turn.item, Fate.CRASHED, reason)
        turns.give_back([turn])
        return None

    def stop(self) -> None:
        """Tell the worker to end now; ``end`` waits for it."""
        if self._process is not None:
            self._process.terminate()

    def end(self, patience: float = 0.0) -> str:
        """End the worker, by force if need be, and take away what it left half done.

        It is given ``patience`` seconds to end by itself. Returns how it ended, in words.
        """
        process, self._process = self._process, None
        if process is None:
            return ""
        process.join(patience)
        process.terminate()
        process.join(GRACE_SECONDS)
        if process.is_alive():
            process.kill()
            process.join()
        self.line.close()
        self._tidy(self._mark)
        return _ending(process.exitcode)

    def close(self) -> None:
        """Let an idle worker end by itself."""
        if self._process is not None:
            self.line.close()
            self.end(GRACE_SECONDS)


def _ending(code: int | None) -> str:
    """Say how a process ended."""
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return say("batch.exit", code=code)


@contextlib.contextmanager
def _no_interrupt() -> Iterator[None]:
    """Keep Ctrl-C from a process until it is under way; ours comes when the block ends."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # starting it would let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def by_workers(
    turns: Turns,
    work: Work,
    jobs: int,
    *,
    limit: float | None,
    mark: str,
    tidy: Callable[[str], None],
) -> Generator[Numbered, None, None]:
    """Do the work in up to ``jobs`` processes; yield results as they come.

    Raises EnvironmentIncompleteError when no process can be started.
    """
    lanes: list[Lane] = []
    try:
        while True:
            _hand_out(lanes, turns, lambda n: Lane(work, f"{mark}{n}-", tidy), jobs)
            yield from turns.known()
            busy = [lane for lane in lanes if lane.turn is not None]
            if busy:
                yield from _answers(busy, turns, limit)
            elif turns.over:
                break
        for lane in lanes:
            lane.close()
    finally:
        for lane in lanes:
            lane.stop()
        for lane in lanes:
            lane.end()


def _hand_out(lanes: list[Lane], turns: Turns, new_lane: Callable[[int], Lane], jobs: int) -> None:
    """Give every idle worker an item; start another worker only for an item that waits."""
    for number in range(jobs):
        if number < len(lanes) and lanes[number].turn is not None:
            continue
        turn = turns.take()
        if turn is None:
            return
        if number == len(lanes):
            lanes.append(new_lane(number))
        lanes[number].give(turn)


def _answers(
    busy: list[Lane], turns: Turns, limit: float | None
) -> Generator[Numbered, None, None]:
    """Wait for the next word of any worker, or for the next that is overdue."""
    deadlines = [end for lane in busy if (end := lane.deadline(limit)) is not None]
    left = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
    spoken = lines.wait([lane.line for lane in busy], left)
    now = time.monotonic()
    for lane in busy:
        end = lane.deadline(limit)
        if lane.line in spoken:
            result = lane.answer(turns)
        elif end is not None and end <= now:
            result = lane.overdue(turns)
        else:
            continue
        if result is not None:
            yield result
