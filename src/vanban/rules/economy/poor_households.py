"""Hộ nghèo cuối kỳ khớp với biến động trong kỳ (ECO004).

Quy định
    Hộ nghèo cuối kỳ = đầu kỳ - thoát nghèo + phát sinh + tái nghèo (180 - 12 + 2 + 1 = 171). Hộ
    nghèo và hộ cận nghèo cộng lại không lớn hơn tổng số hộ.

Vì sao
    Số hộ nghèo quyết định chế độ của từng hộ và được đối chiếu với danh sách phê duyệt; lệch một hộ
    là sót hoặc trùng một hộ có tên.

Sai
    so_lieu:
      ho_ngheo: {tong_so_ho: 2650, dau_ky: 180, thoat_ngheo: 12, phat_sinh: 2, tai_ngheo: 1,
                 cuoi_ky: 170}

Đúng
    so_lieu:
      ho_ngheo: {tong_so_ho: 2650, dau_ky: 180, thoat_ngheo: 12, phat_sinh: 2, tai_ngheo: 1,
                 cuoi_ky: 171}

Cách sửa
    Đối chiếu với kết quả rà soát hộ nghèo, hộ cận nghèo rồi sửa dòng sai.

Nguồn và độ tin cậy
    Biểu rà soát hộ nghèo; quan hệ số học, độ tin cậy C về câu chữ.

English:
    Poor households at the end = at the start - escaped + new + returned, and the poor and near-poor
    are not more than all households.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._fields import Record, records
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="ECO004",
    name="poor_households",
    severity=Severity.ERROR,
    source=Source("Biến động hộ nghèo trong kỳ", Certainty.C),
)

HOUSEHOLDS, NEAR_POOR = "households", "near-poor"
OPENING, LEFT, NEW, RETURNED, CLOSING = (
    "poor-opening",
    "poor-left",
    "poor-new",
    "poor-returned",
    "poor-closing",
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a closing number that does not follow, and more poor than households."""
    roles = (HOUSEHOLDS, NEAR_POOR, OPENING, LEFT, NEW, RETURNED, CLOSING)
    for record in records(ctx, "poverty", *roles):
        opening, left, new, returned = (record.number(r) for r in (OPENING, LEFT, NEW, RETURNED))
        closing = record.one(CLOSING)
        if closing is None:
            continue
        least = closing.number
        if opening is not None and left is not None and new is not None and returned is not None:
            due = opening - left + new + returned
            if closing.number != due:
                yield ctx.at(
                    RULE,
                    "khong_can",
                    closing.pointer,
                    cuoi_ky=vietnamese(closing.number),
                    dau_ky=vietnamese(opening),
                    thoat=vietnamese(left),
                    phat_sinh=vietnamese(new),
                    tai_ngheo=vietnamese(returned),
                    dung=vietnamese(due),
                )
                # Either number may be the right one.
                least = min(least, due)
        finding = _more_than_all(ctx, record, least)
        if finding is not None:
            yield finding


def _more_than_all(ctx: Context, record: Record, poor: Decimal) -> Finding | None:
    whole, near = record.one(HOUSEHOLDS), record.one(NEAR_POOR)
    number = near.number if near is not None else Decimal(0)
    if whole is None or poor + number <= whole.number:
        return None
    odd = near if near is not None and near.number > whole.number >= poor else whole
    return ctx.at(
        RULE,
        "nhieu_hon_ho",
        odd.pointer,
        tong=vietnamese(whole.number),
        ngheo=vietnamese(poor),
        can_ngheo=vietnamese(number),
    )
