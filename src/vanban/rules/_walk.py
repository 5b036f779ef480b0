"""Every text of a draft, whatever the schema says of it."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from vanban.check.rule import Context

_PARTS: Final = attrgetter("pointer", "value")


def strings(ctx: Context) -> tuple[tuple[str, str], ...]:
    """Return pointer and text of every text value, but those in which the schema found a fault."""
    return ctx.once(_strings)


def _strings(ctx: Context) -> tuple[tuple[str, str], ...]:
    # The schema layer has walked the draft: nobody does it again.
    return tuple(map(_PARTS, ctx.written))
