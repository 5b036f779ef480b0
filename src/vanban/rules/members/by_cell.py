"""Cộng số đảng viên các chi bộ bằng tổng số của đảng bộ (MEM005).

Quy định
    Tổng ``so_dang_vien`` của ``theo_chi_bo`` bằng ``cuoi_ky``; nếu chi bộ nào cũng ghi
    ``so_chinh_thuc`` thì tổng bằng ``chinh_thuc``. Đảng viên chính thức của một chi bộ không nhiều
    hơn đảng viên của chi bộ đó.

Vì sao
    Đảng viên chuyển giữa hai chi bộ trong cùng đảng bộ hay bị tính là chuyển đi ở nơi này mà chưa
    tính là chuyển đến ở nơi kia.

Sai
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 0, trong_tinh: 1}, phuc_hoi: 0}
        giam: {tu_tran: 1, khai_tru: 0, xoa_ten: 0, xoa_ten_du_bi: 0, xin_ra: 0,
               chuyen_di: {ngoai_tinh: 0, trong_tinh: 0}}
        cuoi_ky: 128
        theo_chi_bo:
          - {ten: Chi bộ ấp 1, so_dang_vien: 66}
          - {ten: Chi bộ ấp 2, so_dang_vien: 61}

Đúng
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 0, trong_tinh: 1}, phuc_hoi: 0}
        giam: {tu_tran: 1, khai_tru: 0, xoa_ten: 0, xoa_ten_du_bi: 0, xin_ra: 0,
               chuyen_di: {ngoai_tinh: 0, trong_tinh: 0}}
        cuoi_ky: 128
        theo_chi_bo:
          - {ten: Chi bộ ấp 1, so_dang_vien: 67}
          - {ten: Chi bộ ấp 2, so_dang_vien: 61}

Cách sửa
    Đối chiếu danh sách từng chi bộ đến ngày chốt số liệu; chuyển sinh hoạt giữa các chi bộ trong
    đảng bộ thì không ghi vào chuyển đến, chuyển đi của Biểu 1.

Nguồn và độ tin cậy
    Phép cộng theo chi bộ; độ tin cậy C về câu chữ. Khi số cuối kỳ tự nó đã bị MEM001 nghi thì quy
    tắc này im.

English:
    Members by cell add up to the members of the whole organisation, full members likewise. No cell
    has more full members than members. Silent where the total itself is what is wrong (MEM001).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.members._account import (
    BY_CELL,
    CELL_FULL,
    CELLS,
    FULL,
    FULL_BY_CELL,
    account,
    overfull_cells,
)
from vanban.rules.members._rows import CLOSING
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="MEM005",
    name="by_cell",
    severity=Severity.ERROR,
    source=Source("Số đảng viên theo chi bộ", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report cells that do not add up to the whole."""
    book, node = account(ctx), ctx.one("member-balance")
    if node is None or not isinstance(node.value, Mapping):
        return
    base = node.pointer
    for name, slug, whole in (
        (BY_CELL, "khong_bang_tong", CLOSING),
        (FULL_BY_CELL, "chinh_thuc_lech", FULL),
    ):
        key = (name, base)
        if book.speaks(RULE.id, key):
            total = book.values[f"{base}/{whole}"]
            yield ctx.at(
                RULE,
                slug,
                f"{base}/{CELLS}",
                key=True,
                cong=vietnamese(total + book.off(key)),
                tong=vietnamese(total),
                lech=vietnamese(abs(book.off(key))),
            )
    for index, full, members in overfull_cells(node.value):
        yield ctx.at(
            RULE,
            "chinh_thuc_nhieu_hon",
            f"{base}/{CELLS}/{index}/{CELL_FULL}",
            chi_bo=str(node.value[CELLS][index].get("ten", index + 1)),
            chinh_thuc=vietnamese(full),
            dang_vien=vietnamese(members),
        )
