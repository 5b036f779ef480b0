"""The one way in: any work on any items, in order, by whatever hands there are."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any

from vanban.batch.turns import WINDOW, Fate, Lost, Turns
from vanban.catalogue import language

if TYPE_CHECKING:
    import concurrent.futures
    from collections.abc import Callable, Generator, Iterable

    from vanban.batch.turns import Ahead, Numbered, Turn, Work

CHUNK = 10
"""Items sent to a foreign executor at once: a cluster's cost is by the task."""

IN_FLIGHT = 32
"""Chunks that a foreign executor holds at most."""


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run(
    work: Work,
    items: Iterable[Any],
    *,
    jobs: int = 1,
    executor: concurrent.futures.Executor | None = None,
    limit: float | None = None,
    chunk: int = CHUNK,
    ahead: Ahead | None = None,
    tidy: Callable[[str], None] | None = None,
) -> Generator[Any, None, None]:
    """Yield what comes of each item, in the order of the items; Lost for one that has no result.

    One job is this process itself; several are worker processes, which are replaced when they die
    or take longer than ``limit`` seconds over an item. With an ``executor`` the items go to it,
    ``chunk`` at a time. ``ahead`` may know the result of an item without work, ``tidy`` takes away
    the files whose names begin with a mark and that a dead worker left. Close the iterator to end
    the work early. Raises EnvironmentIncompleteError when no worker process can be started.
    """
    turns = Turns(items, ahead, max(WINDOW, 2 * chunk * IN_FLIGHT))
    mark = f"{os.urandom(6).hex()}-"
    clean = tidy or (lambda mark: None)
    if executor is not None:
        results = _by_executor(turns, work, executor, chunk, limit, mark, clean)
    elif jobs > 1:
        from vanban.batch.lanes import by_workers

        results = by_workers(turns, work, jobs, limit=limit, mark=mark, tidy=clean)
    else:
        results = _here(turns, work, limit)
    with contextlib.closing(results):
        yield from turns.in_order(results)


def _here(turns: Turns, work: Work, limit: float | None) -> Generator[Numbered, None, None]:
    one = _limited(work, limit) if limit else work
    while True:
        turn = turns.take()
        yield from turns.known()
        if turn is not None:
            yield turn.index, one(turn.item)
        elif turns.over:
            return


def _limited(work: Work, limit: float) -> Work:
    from vanban.batch.worker import do  # alarms, which a single draft has no need of

    return lambda item: do(work, item, limit)


def _by_executor(
    turns: Turns,
    work: Work,
    executor: concurrent.futures.Executor,
    chunk: int,
    limit: float | None,
    mark: str,
    tidy: Callable[[str], None],
) -> Generator[Numbered, None, None]:
    from vanban.batch.worker import do_some

    flying: dict[concurrent.futures.Future[list[Any]], list[Turn]] = {}
    try:
        while True:
            while len(flying) < IN_FLIGHT and (some := _some(turns, chunk)):
                items = [turn.item for turn in some]
                try:
                    future = executor.submit(do_some, work, items, limit, mark, language())
                except Exception as error:  # the executor is broken or was shut down
                    yield from ((t.index, Lost(t.item, Fate.CRASHED, _named(error))) for t in some)
                else:
                    flying[future] = some
            yield from turns.known()
            if flying:
                yield from _landed(flying, turns)
            elif turns.over:
                return
    finally:
        for future in flying:
            future.cancel()
        tidy(mark)


def _some(turns: Turns, chunk: int) -> list[Turn]:
    """Return the items of the next chunk; one that was lost before goes alone."""
    some: list[Turn] = []
    while len(some) < chunk and (turn := turns.take()) is not None:
        some.append(turn)
        if turn.tries:
            break
    return some


def _landed(
    flying: dict[concurrent.futures.Future[list[Any]], list[Turn]], turns: Turns
) -> Generator[Numbered, None, None]:
    """Wait for a chunk; the items of one that failed are done again, each alone."""
    from concurrent.futures import FIRST_COMPLETED, wait

    done, _ = wait(flying, return_when=FIRST_COMPLETED)
    for future in done:
        some = flying.pop(future)
        try:
            results = future.result()
        except Exception as error:  # whatever an executor raises for a worker that died
            for turn in some:
                turn.tries += 1
                if turn.tries > 1:
                    yield turn.index, Lost(turn.item, Fate.CRASHED, _named(error))
                else:
                    turns.give_back([turn])
        else:
            yield from ((turn.index, one) for turn, one in zip(some, results, strict=True))


def _named(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
