"""Các mức xếp loại cộng lại bằng số được đánh giá (GRA001).

Quy định
    Xuất sắc + tốt + hoàn thành + không hoàn thành = ``duoc_danh_gia``; được đánh giá + chưa đánh
    giá = ``tong``. Không ghi ``chua_danh_gia`` thì số được đánh giá không nhiều hơn tổng. Không ghi
    ``tong`` thì đảng viên được đối chiếu với ``cuoi_ky`` của Biểu 1 (cùng ngày chốt số liệu), chi
    bộ với số chi bộ của ``to_chuc_dang``; lệch với hai số này chỉ là cảnh báo.

Vì sao
    Đảng viên miễn sinh hoạt, mới kết nạp chưa được đánh giá hay bị bỏ quên, làm tổng không khớp
    danh sách.

Sai
    # theo: nam-2025
    ket_qua:
      xay_dung_dang:
        dang_vien: Đảng ủy xét, chuẩn y kết quả xếp loại đảng viên của các chi bộ.
    so_lieu:
      xep_loai:
        dang_vien:
          {xuat_sac: 158, tot: 812, hoan_thanh: 61, khong_hoan_thanh: 4, duoc_danh_gia: 1036,
           chua_danh_gia: 88, tong: 1124}

Đúng
    # theo: nam-2025
    ket_qua:
      xay_dung_dang:
        dang_vien: Đảng ủy xét, chuẩn y kết quả xếp loại đảng viên của các chi bộ.
    so_lieu:
      xep_loai:
        dang_vien:
          {xuat_sac: 158, tot: 812, hoan_thanh: 61, khong_hoan_thanh: 4, duoc_danh_gia: 1035,
           chua_danh_gia: 89, tong: 1124}

Cách sửa
    Đối chiếu biểu tổng hợp xếp loại của các chi bộ, sửa mức bị lệch; đảng viên chưa đánh giá (miễn
    sinh hoạt, kết nạp chưa đủ sáu tháng) ghi ở ``chua_danh_gia``. Xếp loại vào lúc danh sách còn số
    khác thì ghi số đó ở ``tong``.

Nguồn và độ tin cậy
    Đối chiếu số liệu đã công bố: 58 + 252 + 0 + 0 = 310 trong 349; 10 + 78 + 11 = 99, 99 + 29 =
    128; 2 + 9 + 1 chưa đánh giá = 12; 6 + 4 + 1 = 11 chi bộ. Độ tin cậy C về câu chữ.

English:
    Grades add up to the number assessed; assessed and not assessed add up to all. Without a typed
    total, members are measured by the balance and cells by the number of cells, as a warning.
    Silent where the number of members itself is what is wrong (MEM001).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.grading._grades import Grading, gradings, in_doubt
from vanban.rules.members._account import (
    ASSESSED,
    GRADED,
    GRADED_OF_ALL,
    GRADED_OF_MEMBERS,
    NOT_ASSESSED,
    Account,
    account,
    closings,
    table_day,
)
from vanban.rules.members._rows import TOTAL
from vanban.text.numbers import figure, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="GRA001",
    name="sums",
    severity=Severity.ERROR,
    source=Source("Xếp loại: các mức, số được đánh giá và tổng số", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report gradings that do not add up."""
    book = account(ctx)
    for grading in gradings(ctx):
        pointer = grading.node.pointer
        if in_doubt(book, grading):
            yield from _equations(ctx, book, grading)
        elif (pointer_total := f"{pointer}/{TOTAL}") in book.values:
            if grading.assessed > book.values[pointer_total]:
                yield ctx.at(
                    RULE,
                    "nhieu_hon_tong",
                    pointer_total,
                    danh_gia=vietnamese(grading.assessed),
                    tong=vietnamese(book.values[pointer_total]),
                )
        elif grading.subject == "cells":
            yield from _cells(ctx, grading)
        elif NOT_ASSESSED not in grading.node.value:
            yield from _members(ctx, book, grading)


def _equations(ctx: Context, book: Account, grading: Grading) -> Iterator[Finding]:
    pointer, counts = grading.node.pointer, grading.counts
    graded = (GRADED, pointer)
    if book.speaks(RULE.id, graded):
        yield ctx.at(
            RULE,
            "khac_danh_gia",
            f"{pointer}/{ASSESSED}",
            cong=vietnamese(sum(counts.values(), Decimal(0))),
            danh_gia=vietnamese(grading.assessed),
        )
    for name, slug in ((GRADED_OF_ALL, "khac_tong"), (GRADED_OF_MEMBERS, "khac_dang_vien")):
        key = (name, pointer)
        # the number assessed breaks both equations: said once, above
        if not book.speaks(RULE.id, key) or key in book.culprits:
            continue
        together = grading.assessed + (figure(grading.node.value[NOT_ASSESSED]) or 0)
        yield ctx.at(
            RULE,
            slug,
            f"{pointer}/{TOTAL if name == GRADED_OF_ALL else NOT_ASSESSED}",
            severity=None if name == GRADED_OF_ALL else Severity.WARNING,
            danh_gia=vietnamese(grading.assessed),
            chua=vietnamese(together - grading.assessed),
            cong=vietnamese(together),
            tong=vietnamese(together - book.off(key)),
        )


def _members(ctx: Context, book: Account, grading: Grading) -> Iterator[Finding]:
    """Report more members graded than there are, when nothing else is typed."""
    possible, whole, balance = closings(ctx, book), ctx.one("grading"), ctx.one("member-balance")
    if not possible or whole is None or balance is None:
        return
    same_day = table_day(ctx, whole.value) == table_day(ctx, balance.value)
    if same_day and grading.assessed > max(possible):
        yield ctx.at(
            RULE,
            "nhieu_hon_dang_vien",
            grading.node.pointer,
            key=True,
            severity=Severity.WARNING,
            danh_gia=vietnamese(grading.assessed),
            tong=vietnamese(possible[0]),
        )


def _cells(ctx: Context, grading: Grading) -> Iterator[Finding]:
    """Report more cells graded than there are, when nothing else is typed."""
    node = ctx.one("party-organisations")
    if node is None or not isinstance(node.value, Mapping):
        return
    parts = {key: figure(value) for key, value in node.value.items()}
    all_parts = sum((n for key, n in parts.items() if n and key != TOTAL), Decimal(0))
    total = parts.get(TOTAL)
    # a sum that does not hold, or bases with cells of their own, give no number of cells
    if (total is not None and total != all_parts) or parts.get("dang_bo_co_so"):
        return
    rest = figure(grading.node.value.get(NOT_ASSESSED)) or Decimal(0)
    if all_parts and grading.assessed + rest > all_parts:
        yield ctx.at(
            RULE,
            "nhieu_hon_chi_bo",
            grading.node.pointer,
            key=True,
            severity=Severity.WARNING,
            danh_gia=vietnamese(grading.assessed + rest),
            tong=vietnamese(all_parts),
        )
