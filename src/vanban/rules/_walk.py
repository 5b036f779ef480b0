"""Every text of a draft, whatever the schema says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vanban.check.rule import Context


def strings(ctx: Context) -> tuple[tuple[str, str], ...]:
    """Return pointer and text of every text value, but those in which the schema found a fault."""
    return ctx.once(_strings)


def _strings(ctx: Context) -> tuple[tuple[str, str], ...]:
    # The schema layer has walked the draft: nobody does it again.
    return tuple([(place.pointer, place.value) for place in ctx.written])
