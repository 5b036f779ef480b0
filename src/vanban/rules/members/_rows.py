"""The rows of Biểu 1 (increase and decrease of Party members) as exact figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.text.numbers import figure

if TYPE_CHECKING:
    from vanban.check.rule import Context

TOTAL = "tong"
OPENING, GAINS, LOSSES, CLOSING = "dau_ky", "tang", "giam", "cuoi_ky"
STRUCK, STRUCK_PROBATIONARY = "xoa_ten", "xoa_ten_du_bi"
RESIDUAL, RESIDUAL_COUNT, RESIDUAL_REASON = "chenh_lech", "so_luong", "ly_do"
SAME_PERIOD = "cung_ky"
# "trong đó" rows: part of the row before them, not of the total.
OF_WHICH = frozenset({STRUCK_PROBATIONARY})


class Sum(NamedTuple):
    """A total of sub-rows: what was typed and what the sub-rows may add up to.

    ``possible`` holds more than one sum when a total below contradicts its own rows: either may be
    the right one, and only the lower total is reported.
    """

    path: str
    typed: Decimal | None
    possible: frozenset[Decimal]

    @property
    def values(self) -> frozenset[Decimal]:
        """Return every value this total may stand for."""
        return self.possible if self.typed is None else self.possible | {self.typed}

    @property
    def shown(self) -> Decimal:
        """Return the value that counts: the typed total, else the sum."""
        return self.typed if self.typed is not None else min(self.possible)

    @property
    def wrong(self) -> bool:
        """True when the typed total is none of the sums."""
        return self.typed is not None and self.typed not in self.possible


class Balance(NamedTuple):
    """One column of Biểu 1 at ``pointer``; ``sums`` lists every total, the lower ones first."""

    pointer: str
    raw: Mapping[str, Any]
    opening: Decimal
    gains: Sum
    losses: Sum
    closing: Decimal
    residual: Decimal
    sums: tuple[Sum, ...]

    @property
    def too_few_struck(self) -> Decimal | None:
        """Return by how much "xóa tên" falls short of its own "trong đó dự bị", or None."""
        losses = self.raw[LOSSES]
        struck, part = figure(losses.get(STRUCK)), figure(losses.get(STRUCK_PROBATIONARY))
        if struck is None or part is None or part <= struck:
            return None
        return part - struck

    def balances(self, residual: Decimal) -> bool:
        """Tell whether D = A + B - C + residual for some reading of the totals."""
        return any(
            self.opening + gain - loss + residual == self.closing
            for gain, loss in product(self.gains.values, self.losses.values)
        )


def _sums(rows: Any, path: str, found: list[Sum]) -> Sum | None:
    """Return the total of ``rows`` and put it, after those below it, into ``found``."""
    if not isinstance(rows, Mapping):
        return None
    possible = {Decimal(0)}
    for key, value in rows.items():
        if key == TOTAL or key in OF_WHICH:
            continue
        if isinstance(value, Mapping):
            below = _sums(value, f"{path}/{key}", found)
            if below is None:
                return None
            choices = below.values
        else:
            number = figure(value)
            if number is None:
                return None
            choices = frozenset({number})
        possible = {left + right for left in possible for right in choices}
    typed = figure(rows.get(TOTAL))
    if typed is None and rows.get(TOTAL) is not None:
        return None
    total = Sum(path, typed, frozenset(possible))
    found.append(total)
    return total


def _balance(pointer: str, raw: Any, residual: Decimal) -> Balance | None:
    if not isinstance(raw, Mapping):
        return None
    opening, closing = figure(raw.get(OPENING)), figure(raw.get(CLOSING))
    found: list[Sum] = []
    gains = _sums(raw.get(GAINS), f"/{GAINS}", found)
    losses = _sums(raw.get(LOSSES), f"/{LOSSES}", found)
    if opening is None or closing is None or gains is None or losses is None:
        return None
    return Balance(pointer, raw, opening, gains, losses, closing, residual, tuple(found))


def residual_of(raw: Mapping[str, Any]) -> Decimal | None:
    """Return the stated residual of a balance, None when there is none."""
    stated = raw.get(RESIDUAL)
    return figure(stated.get(RESIDUAL_COUNT)) if isinstance(stated, Mapping) else None


def balances(ctx: Context) -> tuple[Balance, ...]:
    """Return every complete balance of the draft: this period's and the one it is compared with."""
    return ctx.once(_balances)


def _balances(ctx: Context) -> tuple[Balance, ...]:
    return tuple(_each_balance(ctx))


def _each_balance(ctx: Context) -> Iterator[Balance]:
    for node in ctx.role("member-balance"):
        if not isinstance(node.value, Mapping):
            continue
        previous = f"{node.pointer}/{SAME_PERIOD}"
        columns = [(node.pointer, node.value), (previous, node.value.get(SAME_PERIOD))]
        for pointer, raw in columns:
            if not isinstance(raw, Mapping):
                continue
            balance = _balance(pointer, raw, residual_of(raw) or Decimal(0))
            if balance is not None:
                yield balance
