"""How many cells (chi bộ) a Party organisation has: by kind, and by the list of cells."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from vanban.rules._fields import Field, Record, own_data_date, records, total
from vanban.text.numbers import figure

if TYPE_CHECKING:
    from vanban.check.rule import Context

PARTS, TOTAL = "party-organisation-part", "party-organisation-total"
# The kinds share one role; only their keys tell a committee of cells from a cell.
COMMITTEE, DIRECT_CELL = "dang_bo_co_so", "chi_bo_truc_thuoc"
_CELL_NAME = "chi bộ"


def key_of(field: Field) -> str:
    """Return the key under which a figure was typed."""
    return field.pointer.rpartition("/")[2]


def organisations(ctx: Context) -> Record | None:
    """Return the figures about Party organisations, or None."""
    return next(records(ctx, "party-organisations", PARTS, TOTAL), None)


def cells_by_kind(record: Record) -> Decimal | None:
    """Return the number of cells: the grassroots ones and those below a committee; None unknown."""
    parts = record.all(PARTS)
    if not any(key_of(part) == DIRECT_CELL for part in parts):
        return None
    return total(tuple(part for part in parts if key_of(part) != COMMITTEE))


def complete_list(ctx: Context) -> tuple[str, frozenset[int]] | None:
    """Return where the list of cells stands and how many cells it may name, or None.

    None too when the list may not be whole: a row is no cell, or the members of the rows are not
    those of the whole organisation. A row without members (dissolved) may count or not.
    """
    names = ctx.role("cell-name")
    rows = list(records(ctx, "party-cell", "cell-members"))
    balance, closing = ctx.one("member-balance"), ctx.one("member-closing")
    if not rows or balance is None or closing is None:
        return None
    if not all(" ".join(str(n.value).lower().split()).startswith(_CELL_NAME) for n in names):
        return None
    members = [row.number("cell-members") for row in rows]
    known = [number for number in members if number is not None]
    place = rows[0].pointer.rpartition("/")[0]
    listed = _list_at(balance.value, place)
    if len(known) != len(rows) or listed != len(rows) or len(names) != len(rows):
        return None
    if sum(known, Decimal(0)) != figure(closing.value):
        return None
    return place, frozenset({len(rows), sum(1 for number in known if number)})


def _list_at(balance: object, place: str) -> int | None:
    """Return how many rows were typed, those with a fault too."""
    rows = balance.get(place.rpartition("/")[2]) if isinstance(balance, Mapping) else None
    return len(rows) if isinstance(rows, list) else None


def same_day(ctx: Context, *pointers: str) -> bool:
    """Tell whether tables count up to the same day (none states another than the report's)."""
    return len({own_data_date(ctx, pointer) for pointer in pointers}) == 1
