"""Đảng viên dự bị cuối kỳ khớp với đầu kỳ và biến động trong kỳ (MEM006).

Quy định
    Dự bị cuối kỳ (``du_bi``) = dự bị đầu kỳ + kết nạp + dự bị chuyển đến - được công nhận chính
    thức - dự bị bị xóa tên - dự bị chuyển đi - giảm khác. Dự bị bị xóa tên ở ``bien_dong_du_bi``
    bằng dòng "trong đó dự bị" của Biểu 1.

Vì sao
    Đảng viên hết mười hai tháng dự bị mà chưa được xét công nhận, hoặc đã công nhận mà chưa chuyển
    số, lộ ra ở chính phép tính này.

Sai
    # theo: 9-thang-2023
    so_lieu:
      dang_vien:
        bien_dong_du_bi:
          {dau_ky: 12, chuyen_den: 0, cong_nhan_chinh_thuc: 6, xoa_ten: 0, chuyen_di: 0,
           giam_khac: 0}

Đúng
    # theo: 9-thang-2023
    so_lieu:
      dang_vien:
        bien_dong_du_bi:
          {dau_ky: 12, chuyen_den: 0, cong_nhan_chinh_thuc: 7, xoa_ten: 0, chuyen_di: 0,
           giam_khac: 0}

Cách sửa
    Rà danh sách đảng viên dự bị theo ngày kết nạp, ngày công nhận chính thức, rồi sửa số bị lệch.

Nguồn và độ tin cậy
    Phép tính biến động; thời gian dự bị mười hai tháng, độ tin cậy C về câu chữ.

English:
    Probationary members at the end follow from those at the start, admissions and exits. Those
    struck off are the "trong đó dự bị" of the balance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.members._account import (
    ON_PROBATION,
    PROBATION,
    PROBATIONARY,
    REMOVED,
    STRUCK_OFF,
    account,
)
from vanban.rules.members._rows import LOSSES, STRUCK_PROBATIONARY, balances
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="MEM006",
    name="probation",
    severity=Severity.WARNING,
    source=Source("Biến động đảng viên dự bị", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report probationary members who do not follow from their movement."""
    book, node = account(ctx), ctx.one("member-balance")
    if node is None or not isinstance(node.value, Mapping):
        return
    base = node.pointer
    moved, struck = (ON_PROBATION, base), (STRUCK_OFF, base)
    removed = f"{base}/{PROBATION}/{REMOVED}"
    # MEM003 speaks when "trong đó dự bị" is greater than the row it is part of
    impossible = any(b.pointer == base and b.too_few_struck is not None for b in balances(ctx))
    if book.speaks(RULE.id, struck) and not impossible:
        yield ctx.at(
            RULE,
            "xoa_ten_lech",
            removed,
            du_bi=vietnamese(book.values[removed]),
            bieu=vietnamese(book.values[f"{base}/{LOSSES}/{STRUCK_PROBATIONARY}"]),
        )
    if book.speaks(RULE.id, moved) and book.culprits.get(moved) != removed:
        typed = book.values[f"{base}/{PROBATIONARY}"]
        yield ctx.at(
            RULE,
            "khong_can",
            f"{base}/{PROBATIONARY}",
            du_bi=vietnamese(typed),
            dung=vietnamese(typed + book.off(moved)),
            lech=vietnamese(abs(book.off(moved))),
        )
