"""The figures of one level of inspection: planned, done, and the kinds done consists of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from vanban.rules._fields import Record, records, total

if TYPE_CHECKING:
    from vanban.check.rule import Context

LEVEL = "inspection-level"
PLANNED, DONE, EXTRA = "inspection-planned", "inspection-done", "inspection-extra"
KIND = "inspection-part"
MEMBERS, BODIES = "inspected-members", "inspected-organisations"
FOUND, TO_PUNISH, PUNISHED = (
    "inspection-violations",
    "inspection-to-discipline",
    "inspection-disciplined",
)


def levels(ctx: Context) -> Iterator[Record]:
    """Yield the levels of inspection with all their figures."""
    roles = (PLANNED, DONE, EXTRA, KIND, MEMBERS, BODIES, FOUND, TO_PUNISH, PUNISHED)
    yield from records(ctx, LEVEL, *roles)


def kinds_fault(level: Record) -> str | None:
    """Return what DIS004 says of a level, or None: its kinds miss or exceed what was done."""
    done, kinds = level.number(DONE), level.all(KIND)
    if done is None or not kinds:
        return None
    added = total(kinds)
    if level.complete(KIND):
        return None if added == done else "lech"
    return "vuot" if added > done else None


def possibly_done(level: Record) -> tuple[Decimal, ...]:
    """Return how many may have been done: where the kinds contradict the sum, either number."""
    done = level.number(DONE)
    if done is None:
        return ()
    return (done,) if kinds_fault(level) is None else (done, total(level.all(KIND)))
