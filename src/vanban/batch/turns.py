"""Whose turn it is: the drafts still to be done, and the results put back in their order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

Work = Callable[[Any], Any]
"""What is done with one item, in any process: a picklable callable of an importable module.

It may have a method ``warm()``, called once in each worker before its first item.
"""

Ahead = Callable[[Any], Any]
"""What is known of an item before any work is done; None: it has to be worked on."""

WINDOW = 1000
"""How far, in items, the work may be ahead of the first one that is not finished."""


class Fate(StrEnum):
    """What became of an item that gave no result."""

    TIMED_OUT = "timed-out"
    CRASHED = "crashed"


class Status(StrEnum):
    """How it went with one draft."""

    DONE = "done"
    UP_TO_DATE = "up-to-date"
    REFUSED = "refused"
    FAILED = "failed"
    TIMED_OUT = "timed-out"
    CRASHED = "crashed"


class Lost(NamedTuple):
    """An item without a result; ``reason`` says why its process ended, as far as is known."""

    item: Any
    fate: Fate
    reason: str = ""


@dataclass(eq=False, repr=False)
class Turn:
    """One item, its place in the order, and how often its process ended under it."""

    index: int
    item: Any
    tries: int = 0


Numbered = tuple[int, Any]


class Turns:
    """The items, handed out one by one, never too far ahead of the first unfinished one."""

    def __init__(self, items: Iterable[Any], ahead: Ahead | None, window: int = WINDOW) -> None:
        self._fresh = enumerate(items)
        self._ahead = ahead
        self._window = window
        self._given = 0
        self._again: deque[Turn] = deque()
        self._known: list[Numbered] = []
        self._ended = False
        self._finished = 0

    @property
    def over(self) -> bool:
        """True when every item was handed out and none came back."""
        return self._ended and not self._again

    def take(self) -> Turn | None:
        """Return the next item to be worked on; None when there is none now."""
        if self._again:
            return self._again.popleft()
        while self._given < self._finished + self._window:
            index, item = next(self._fresh, (-1, None))
            if index < 0:
                self._ended = True
                return None
            self._given += 1
            result = self._ahead(item) if self._ahead else None
            if result is None:
                return Turn(index, item)
            self._known.append((index, result))
        return None

    def give_back(self, turns: Iterable[Turn]) -> None:
        """Take items back that are to be done again, before all others."""
        self._again.extend(turns)

    def known(self) -> Iterator[Numbered]:
        """Yield the results that were known without work since the last call."""
        while self._known:
            yield self._known.pop(0)

    def in_order(self, results: Iterable[Numbered]) -> Iterator[Any]:
        """Yield results in the order of their items, however they come."""
        held: dict[int, Any] = {}
        for index, result in results:
            held[index] = result
            while self._finished in held:
                yield held.pop(self._finished)
                self._finished += 1
