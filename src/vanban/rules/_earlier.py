"""Which of the earlier reports that were given can be set beside the draft, and why others cannot.

An earlier report fits when it is of the same unit and either ends the day before the draft's period
begins, or is a shorter report that begins on the same day (6 months beside 9 months).
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from vanban.rules._quantities import fold

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.compose.period import Period

# Kinds of report whose period is free: no earlier report is expected to lead up to them.
_FREE_KINDS = frozenset({"chuyen_de"})
_ONE_DAY = timedelta(days=1)


class Earlier(NamedTuple):
    """An earlier report of the same unit, with its period."""

    ctx: Context
    period: Period


class Misfit(StrEnum):
    """Why an earlier report cannot be used."""

    OTHER_UNIT = "khac_don_vi"
    NO_PERIOD = "khong_ro_ky"
    OTHER_PERIOD = "khac_ky"


class Unused(NamedTuple):
    """An earlier report that fits nothing, why, and how it names its unit."""

    why: Misfit
    unit: str
    period: Period | None


def _text(ctx: Context, role: str) -> str:
    node = ctx.one(role)
    return " ".join(node.value.split()) if node is not None and isinstance(node.value, str) else ""


def unit_name(ctx: Context) -> str:
    """Return the unit of a report as it names itself, with the body above it."""
    return ", ".join(filter(None, (_text(ctx, "issuer"), _text(ctx, "superior"))))


def _same_unit(ctx: Context, other: Context) -> bool:
    """Tell whether two reports are of one unit.

    Communes were merged and came under another body on 01/7/2025 and many kept the name, so the
    body above must agree too, when both name it.
    """
    for role, needed in (("issuer", True), ("superior", False)):
        mine, theirs = fold(_text(ctx, role)).text, fold(_text(other, role)).text
        if not mine or not theirs:
            if needed:
                return False
        elif mine != theirs:
            return False
    return True


def _of_unit(ctx: Context) -> list[Earlier]:
    return [
        Earlier(other, other.period)
        for other in ctx.earlier
        if other.period is not None and _same_unit(ctx, other)
    ]


def ended_before(ctx: Context) -> list[Earlier]:
    """Return the reports of the same unit that end the day before the draft's period begins."""
    period = ctx.period
    if period is None or not ctx.earlier:
        return []
    eve = period.start - _ONE_DAY
    return [one for one in _of_unit(ctx) if one.period.end == eve]


def shorter(ctx: Context) -> list[Earlier]:
    """Return the reports of the same unit over a shorter time from the same first day."""
    period = ctx.period
    if period is None or not ctx.earlier:
        return []
    return [
        one
        for one in _of_unit(ctx)
        if one.period.start == period.start and one.period.end < period.end
    ]


def unused(ctx: Context) -> list[Unused]:
    """Return why nothing of what was given can be used; empty when some report can."""
    period = ctx.period
    if period is None or period.kind in _FREE_KINDS or not _text(ctx, "issuer"):
        return []
    if not ctx.earlier or ended_before(ctx) or shorter(ctx):
        return []
    return [
        Unused(_why(ctx, other), unit_name(other) or "…", other.period) for other in ctx.earlier
    ]


def _why(ctx: Context, other: Context) -> Misfit:
    if not _same_unit(ctx, other):
        return Misfit.OTHER_UNIT
    return Misfit.NO_PERIOD if other.period is None else Misfit.OTHER_PERIOD
