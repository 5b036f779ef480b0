"""Sums of money that are made of parts: which of them cannot be, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from vanban.rules._fields import Field, records, total
from vanban.rules.figures._ratio import last_unit

if TYPE_CHECKING:
    from vanban.check.rule import Context

BUDGET = "budget"
REVENUE, SPENDING = "budget-revenue", "budget-spending"
CARRIED, SUPPLEMENT = "budget-carried", "budget-supplement"
NAME, AMOUNT = "budget-part-name", "budget-part-amount"
# Each typed sum with the list of its parts.
LISTS = ((REVENUE, "budget-revenue-parts"), (SPENDING, "budget-spending-parts"))
_OF_WHICH = ("trong đó", "trong đo", "- ", "+ ", "– ")
# Money in whole đồng is never rounded.
_SMALLEST = frozenset({"đồng", "vnđ", "đ", "vnd"})


class Sum(NamedTuple):
    """A sum of money, what its parts add up to, and how far rounding may part them.

    ``possible`` holds a second value when some rows may be "of which" rows of the row before.
    ``exact`` says that the figures are whole: then a gap of rounding is worth a word all the same.
    """

    whole: Field
    possible: tuple[Decimal, ...]
    slack: Decimal
    exact: bool

    @property
    def gap(self) -> Decimal:
        """Return by how much the whole and the nearest sum of the parts differ."""
        return min(abs(self.whole.number - value) for value in self.possible)

    @property
    def nearest(self) -> Decimal:
        """Return the sum of the parts that comes nearest to the whole."""
        return min(self.possible, key=lambda value: abs(self.whole.number - value))

    @property
    def wrong(self) -> bool:
        """Tell whether the parts do not make up the whole."""
        return self.gap > (0 if self.exact else self.slack)

    @property
    def by_rounding(self) -> bool:
        """Tell whether rounding alone may explain the gap."""
        return self.gap <= self.slack


def sum_of(whole: Field, parts: tuple[Field, ...], unit: str, *others: Decimal) -> Sum:
    """Return a sum of money; ``others`` are further readings of what the parts add up to."""
    units = [last_unit(field.typed) for field in (whole, *parts)]
    coarsest, finest = max(units), min(units)
    whole_numbers = finest >= 1
    rounded = not (whole_numbers and " ".join(unit.lower().split()) in _SMALLEST)
    # Each rounded part is off by half a unit at most.
    slack = coarsest * len(parts) / 2 if rounded else Decimal(0)
    return Sum(whole, (total(parts), *others), slack, whole_numbers)


def unit_of(ctx: Context, pointer: str) -> str:
    """Return the unit that an object states for its figures, "" for none."""
    for node in ctx.role("unit"):
        if node.pointer.rpartition("/")[0] == pointer:
            return str(node.value)
    return ""


def budget_sums(ctx: Context) -> Iterator[tuple[str, Sum]]:
    """Yield revenue and spending, by role, each with the parts listed for it."""
    names = {n.pointer.rpartition("/")[0]: str(n.value) for n in ctx.role(NAME)}
    rows: dict[str, list[tuple[Field, str]]] = {}
    for row in records(ctx, "budget-part", AMOUNT):
        amount = row.one(AMOUNT)
        if amount is not None:
            place = row.pointer.rpartition("/")[0]
            rows.setdefault(place, []).append((amount, names.get(row.pointer, "")))
    for record in records(ctx, BUDGET, REVENUE, SPENDING):
        unit = unit_of(ctx, record.pointer)
        for role, listed in LISTS:
            whole = record.one(role)
            for node in ctx.role(listed):
                own = rows.get(node.pointer, [])
                whole_list = isinstance(node.value, list) and len(own) == len(node.value)
                if whole is None or not whole_list:
                    continue
                if node.pointer.rpartition("/")[0] == record.pointer:
                    parts = tuple(field for field, _ in own)
                    yield role, sum_of(whole, parts, unit, *_without_of_which(own))


def _without_of_which(rows: Iterable[tuple[Field, str]]) -> tuple[Decimal, ...]:
    """Return the sum without "trong đó" rows, if there are any."""
    every = list(rows)
    kept = tuple(f for f, name in every if not name.strip().lower().startswith(_OF_WHICH))
    return (total(kept),) if kept and len(kept) < len(every) else ()
