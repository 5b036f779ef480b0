"""Chính thức cộng dự bị bằng tổng; phần nào cũng không quá tổng (MEM004).

Quy định
    ``chinh_thuc`` + ``du_bi`` = ``cuoi_ky``. Đảng viên nữ, dân tộc thiểu số, có đạo, trẻ, được miễn
    sinh hoạt và tổng của mỗi cách chia cơ cấu đều là một phần của số cuối kỳ nên không lớn hơn số
    đó.

Vì sao
    Các số "trong đó" thường lấy từ danh sách của kỳ trước, không được sửa theo khi số cuối kỳ đã
    thay đổi.

Sai
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 0, trong_tinh: 1}, phuc_hoi: 0}
        giam: {tu_tran: 1, khai_tru: 0, xoa_ten: 0, xoa_ten_du_bi: 0, xin_ra: 0,
               chuyen_di: {ngoai_tinh: 0, trong_tinh: 0}}
        cuoi_ky: 128
        chinh_thuc: 122
        du_bi: 5
        nu: 42

Đúng
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 0, trong_tinh: 1}, phuc_hoi: 0}
        giam: {tu_tran: 1, khai_tru: 0, xoa_ten: 0, xoa_ten_du_bi: 0, xin_ra: 0,
               chuyen_di: {ngoai_tinh: 0, trong_tinh: 0}}
        cuoi_ky: 128
        chinh_thuc: 122
        du_bi: 6
        nu: 42

Cách sửa
    Đối chiếu danh sách đảng viên đến ngày chốt số liệu, sửa số chính thức, dự bị hoặc số "trong đó"
    bị lệch.

Nguồn và độ tin cậy
    Phép cộng và quan hệ phần - tổng; cơ cấu đảng viên trong biểu thống kê đọc qua nguồn thứ cấp;
    độ tin cậy C về câu chữ. Khi số cuối kỳ tự nó đã bị MEM001 nghi thì quy tắc này im.

English:
    Full and probationary members add up to all members; women, minorities, the young and others are
    part of them. Silent where the number of members itself is what is wrong (MEM001).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.members._account import (
    FULL,
    FULL_BY_CELL,
    ON_PROBATION,
    PROBATIONARY,
    SPLIT,
    account,
    closings,
)
from vanban.rules.members._rows import CLOSING
from vanban.text.numbers import figure, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="MEM004",
    name="parts",
    severity=Severity.ERROR,
    source=Source("Cơ cấu đảng viên: phần và tổng", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report parts of the membership that do not fit the whole."""
    book, node = account(ctx), ctx.one("member-balance")
    if node is None or not isinstance(node.value, Mapping):
        return
    base, key = node.pointer, (SPLIT, node.pointer)
    if book.speaks(RULE.id, key):
        full, probationary = (f"{base}/{k}" for k in (FULL, PROBATIONARY))
        closing = book.values[f"{base}/{CLOSING}"]
        # the half that a second table bears out is the right one
        odd = probationary if book.holds((FULL_BY_CELL, base)) else full
        odd = full if book.holds((ON_PROBATION, base)) else odd
        yield ctx.at(
            RULE,
            "khong_bang_tong",
            book.culprits.get(key, odd),
            chinh_thuc=vietnamese(book.values[full]),
            du_bi=vietnamese(book.values[probationary]),
            cong=vietnamese(book.values[full] + book.values[probationary]),
            cuoi_ky=vietnamese(closing),
        )
    possible = closings(ctx, book)
    if not possible:
        return
    alone = () if key in book.equations else ("member-full", "member-probationary")
    for role in ("member-subset", "partition-total", *alone):
        for part in ctx.role(role):
            number = figure(part.value)
            if number is not None and number > max(possible):
                yield ctx.at(
                    RULE,
                    "nhieu_hon",
                    part.pointer,
                    so=vietnamese(number),
                    cuoi_ky=vietnamese(possible[0]),
                )
