"""Comparing a printed percentage with the exact one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from vanban.text.numbers import figure, trimmed, vietnamese


def last_unit(typed: Any) -> Decimal:
    """Return one unit of the last digit shown: 0,01 for ``100,10``, 1 for ``100``."""
    number = figure(typed)
    exponent = number.as_tuple().exponent if number is not None else 0
    return Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)


def deviates(printed: Decimal, unit: Decimal, exact: Decimal) -> bool:
    """Tell whether a percentage is off by more than one unit of its last digit."""
    return abs(printed - exact) > unit


def shown(exact: Decimal) -> str:
    """Return a percentage as it should be printed: at most two decimals, half up."""
    return vietnamese(trimmed(exact.quantize(Decimal("0.01"), ROUND_HALF_UP)))


def plans_of(value: Any) -> list[Decimal]:
    """Return the plans of an indicator that are figures: one, or a list of ``{gia_tri, ...}``."""
    items = value if isinstance(value, list) else [value]
    raw = [item.get("gia_tri") if isinstance(item, Mapping) else item for item in items]
    return [number for item in raw if (number := figure(item)) is not None]
