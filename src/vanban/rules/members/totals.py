"""Dòng tổng của biểu tăng, giảm bằng các dòng chi tiết cộng lại (MEM003).

Quy định
    ``tong`` của ``tang``, ``giam``, ``chuyen_den``, ``chuyen_di`` (khi tự ghi) bằng tổng các dòng
    bên dưới. Số xóa tên bao gồm số đảng viên dự bị bị xóa tên nên không được nhỏ hơn.

Vì sao
    Dòng tổng gõ tay là chỗ hay sai nhất của Biểu 1.

Sai
    so_lieu:
      dang_vien:
        dau_ky: 123
        tang: {ket_nap: 3, chuyen_den: {tong: 7, ngoai_tinh: 2, trong_tinh: 4}, phuc_hoi: 0}
        giam:
          {tu_tran: 1, khai_tru: 0, xoa_ten: 1, xoa_ten_du_bi: 0, xin_ra: 0,
           chuyen_di: {ngoai_tinh: 0, trong_tinh: 2}}
        cuoi_ky: 128

Đúng
    so_lieu:
      dang_vien:
        dau_ky: 123
        # không ghi tong: vanban tự cộng
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 2, trong_tinh: 4}, phuc_hoi: 0}
        giam:
          {tu_tran: 1, khai_tru: 0, xoa_ten: 1, xoa_ten_du_bi: 0, xin_ra: 0,
           chuyen_di: {ngoai_tinh: 0, trong_tinh: 2}}
        cuoi_ky: 128

Cách sửa
    Bỏ dòng ``tong`` để vanban tự cộng, hoặc sửa dòng sai.

Nguồn và độ tin cậy
    Biểu số 1-BTCTW, đọc qua nguồn thứ cấp, độ tin cậy B.

English:
    Typed totals equal the sum of their sub-rows; "xóa tên" is not less than its "trong đó dự bị".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.members._account import SUM, account
from vanban.rules.members._rows import (
    LOSSES,
    STRUCK,
    STRUCK_PROBATIONARY,
    TOTAL,
    balances,
)
from vanban.text.numbers import figure, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="MEM003",
    name="totals",
    severity=Severity.ERROR,
    source=Source("Biểu số 1-BTCTW: dòng tổng và dòng chi tiết", Certainty.B),
)

_TOTALS = (
    "member-increase-total",
    "member-transfer-in-total",
    "member-decrease-total",
    "member-transfer-out-total",
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report typed totals that are not the sum of their rows."""
    book = account(ctx)
    titles = {
        node.pointer: str(node.schema.get("title", TOTAL))
        for role in _TOTALS
        for node in ctx.role(role)
    }
    for balance in balances(ctx):
        short = balance.too_few_struck
        for total in balance.sums:
            if total.typed is None or not total.wrong:
                continue
            # a row that other tables contradict too is pointed at by MEM007 or MEM008
            if book.left_to_others((RULE.id,), (SUM, f"{balance.pointer}{total.path}")):
                continue
            lacking = total.typed - max(total.possible)
            if short is not None and total is balance.losses and lacking >= short:
                # "xóa tên" typed too small makes the total wrong too: said once, below.
                continue
            yield ctx.at(
                RULE,
                "tong_lech",
                f"{balance.pointer}{total.path}/{TOTAL}",
                dong=titles.get(f"{balance.pointer}{total.path}/{TOTAL}", TOTAL),
                tong=vietnamese(total.typed),
                dung=vietnamese(min(total.possible, key=lambda v: abs(v - (total.typed or 0)))),
            )
        if short is not None:
            losses = balance.raw[LOSSES]
            # where the balance holds with "xóa tên" as typed, its "trong đó" row is the odd one
            sound = balance.balances(balance.residual) and not balance.losses.wrong
            wrong = STRUCK_PROBATIONARY if sound else STRUCK
            yield ctx.at(
                RULE,
                "du_bi_nhieu_hon",
                f"{balance.pointer}/{LOSSES}/{wrong}",
                xoa_ten=vietnamese(figure(losses[STRUCK]) or 0),
                du_bi=vietnamese(figure(losses[STRUCK_PROBATIONARY]) or 0),
            )
