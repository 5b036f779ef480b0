"""Đảng viên cuối kỳ bằng đầu kỳ cộng tăng trừ giảm (MEM001).

Quy định
    Biểu 1: D = A + B - C, trong đó A là tổng số cuối kỳ trước, B là tăng, C là giảm, D là tổng số
    cuối kỳ. Chênh lệch còn lại, nếu có, phải khai ở ``chenh_lech``. Khi biểu lệch chỉ vì dòng kết
    nạp hay khai trừ trái với bảng khác thì MEM007, MEM008 chỉ đúng dòng đó, quy tắc này im.

Vì sao
    Biểu tăng, giảm đảng viên là biểu được cấp trên cộng dồn; lệch một người là cả biểu phải làm
    lại.

Sai
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 1, trong_tinh: 2}, phuc_hoi: 0}
        giam:
          {tu_tran: 1, khai_tru: 0, xoa_ten: 1, xoa_ten_du_bi: 0, xin_ra: 0,
           chuyen_di: {ngoai_tinh: 0, trong_tinh: 2}}
        cuoi_ky: 128

Đúng
    so_lieu:
      dang_vien:
        dau_ky: 126
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 1, trong_tinh: 2}, phuc_hoi: 0}
        giam:
          {tu_tran: 1, khai_tru: 0, xoa_ten: 1, xoa_ten_du_bi: 0, xin_ra: 0,
           chuyen_di: {ngoai_tinh: 0, trong_tinh: 2}}
        cuoi_ky: 128

Cách sửa
    Rà lại các dòng tăng, giảm (hay sót đảng viên bị khai trừ, xóa tên), rồi sửa dòng sai. Nếu chưa
    tìm ra thì khai ``chenh_lech`` kèm lý do.

Nguồn và độ tin cậy
    Biểu số 1-BTCTW, đọc qua nguồn thứ cấp, độ tin cậy B; phụ lục 2001-2005 của một huyện lệch 1, 2,
    0, 2 vì thiếu dòng kỷ luật.

English:
    Members at the end = at the start + gains - losses + stated residual, for this period and for
    the column of the same period last year.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, Any

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.members._account import BALANCE, account
from vanban.rules.members._rows import CLOSING, RESIDUAL, RESIDUAL_COUNT, balances
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding
    from vanban.rules.members._rows import Balance

RULE = Rule(
    id="MEM001",
    name="balance",
    severity=Severity.ERROR,
    source=Source("Biểu số 1-BTCTW: D = A + B - C", Certainty.B),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report balances that do not add up."""
    book = account(ctx)
    for balance in balances(ctx):
        if balance.balances(balance.residual) or _explained_by_struck(balance):
            continue
        # a row that other tables contradict too is pointed at by MEM007 or MEM008
        if book.left_to_others(("MEM001", "MEM003"), (BALANCE, balance.pointer)):
            continue
        args: dict[str, Any] = {
            "dau_ky": vietnamese(balance.opening),
            "tang": vietnamese(balance.gains.shown),
            "giam": vietnamese(balance.losses.shown),
            "cuoi_ky": vietnamese(balance.closing),
            "chenh_lech": vietnamese(balance.residual),
        }
        if balance.residual and balance.balances(balance.residual * 0):
            place = f"{balance.pointer}/{RESIDUAL}/{RESIDUAL_COUNT}"
            yield ctx.at(RULE, "chenh_lech_thua", place, **args)
            continue
        expected = balance.opening + balance.gains.shown - balance.losses.shown + balance.residual
        yield ctx.at(
            RULE,
            "khong_can" if not balance.residual else "khong_can_chenh_lech",
            f"{balance.pointer}/{CLOSING}",
            **args,
            dung=vietnamese(expected),
            lech=vietnamese(abs(balance.closing - expected)),
        )


def _explained_by_struck(balance: Balance) -> bool:
    """Tell whether raising "xóa tên" to at least its "trong đó" row makes the balance true."""
    short = balance.too_few_struck
    if short is None:
        return False
    # MEM003 reports the row itself: the same mistake is not said twice.
    return any(
        balance.opening + gain - loss + balance.residual - balance.closing >= short
        for gain, loss in product(balance.gains.values, balance.losses.values)
    )
