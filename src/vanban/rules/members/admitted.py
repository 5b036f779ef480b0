"""Kết nạp ở Biểu 1, bảng chỉ tiêu và theo chi bộ là một số (MEM007).

Quy định
    ``tang.ket_nap`` bằng số thực hiện của chỉ tiêu "Kết nạp đảng viên" và bằng tổng ``ket_nap`` của
    các chi bộ; kết nạp cùng kỳ ở ``cung_ky`` bằng cột cùng kỳ của chỉ tiêu đó. Chỉ tiêu được nhận
    ra theo cả tên và đơn vị (đảng viên, người, đồng chí); tên có thêm điều kiện (là nữ, trong học
    sinh) hoặc có hai chỉ tiêu cùng tên thì bỏ qua. Số có ghi chú "ước", số chốt ngày khác cũng bỏ
    qua.

Vì sao
    Kết nạp đảng viên là chỉ tiêu nghị quyết, lại là một dòng của Biểu 1; hai nơi do hai người lập
    nên hay lệch nhau.

Sai
    chi_tieu:
      - {ma: CT01, ten: Kết nạp đảng viên, don_vi: đảng viên, ke_hoach: 5, thuc_hien: 4,
         ghi_chu: Đúng tiến độ}
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 0, trong_tinh: 1}, phuc_hoi: 0}
        giam: {tu_tran: 1, khai_tru: 0, xoa_ten: 0, xoa_ten_du_bi: 0, xin_ra: 0,
               chuyen_di: {ngoai_tinh: 0, trong_tinh: 0}}
        cuoi_ky: 128

Đúng
    chi_tieu:
      - {ma: CT01, ten: Kết nạp đảng viên, don_vi: đảng viên, ke_hoach: 5, thuc_hien: 3,
         ghi_chu: Đúng tiến độ}
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 0, trong_tinh: 1}, phuc_hoi: 0}
        giam: {tu_tran: 1, khai_tru: 0, xoa_ten: 0, xoa_ten_du_bi: 0, xin_ra: 0,
               chuyen_di: {ngoai_tinh: 0, trong_tinh: 0}}
        cuoi_ky: 128

Cách sửa
    Đối chiếu quyết định kết nạp và ngày tổ chức lễ kết nạp trong kỳ, sửa số ở nơi bị lệch.

Nguồn và độ tin cậy
    Biểu số 1-BTCTW đọc qua nguồn thứ cấp; quan hệ với bảng chỉ tiêu độ tin cậy C về câu chữ.

English:
    Admissions are one figure in the balance, in the target table and summed by cell. The indicator
    is recognised by its whole name and its unit; anything narrower is left alone. When this row is
    also why the balance fails, it is said here and not by MEM001.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.members._account import (
    ADMITTED,
    ADMITTED_BY_CELL,
    BALANCE,
    CELLS,
    SUM,
    TARGET,
    Account,
    account,
)
from vanban.rules.members._rows import GAINS, SAME_PERIOD
from vanban.text.numbers import figure, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding

RULE = Rule(
    id="MEM007",
    name="admitted",
    severity=Severity.ERROR,
    source=Source("Kết nạp: Biểu số 1-BTCTW, bảng chỉ tiêu, theo chi bộ", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report admissions that differ between the tables."""
    book, node = account(ctx), ctx.one("member-balance")
    if node is None or not isinstance(node.value, Mapping):
        return
    base = node.pointer
    admitted = f"{base}/{GAINS}/{ADMITTED}"
    target, cells = (TARGET, base), (ADMITTED_BY_CELL, base)
    by_target, by_cells = book.off(target), book.off(cells)
    # two witnesses that agree with each other: the row of the balance is the odd one
    row = (by_target and by_target == by_cells) or book.culprits.get(target) == admitted
    if by_target:
        shown = next(p for p in book.equations[target].terms if p != admitted)
        yield ctx.at(
            RULE,
            "khac_chi_tieu",
            admitted if row else shown,
            bieu=vietnamese(book.values[admitted]),
            chi_tieu=vietnamese(book.values[shown]),
        )
    if by_cells and not (by_target and by_target == by_cells):
        yield _by_cells(ctx, book, node, book.values[admitted] + by_cells)
    elif cells not in book.equations:
        yield from _too_many(ctx, book, node)
    yield from _same_period(ctx, book, node)


def _by_cells(ctx: Context, book: Account, node: Node, total: Decimal) -> Finding:
    admitted = f"{node.pointer}/{GAINS}/{ADMITTED}"
    row = book.culprits.get((ADMITTED_BY_CELL, node.pointer)) == admitted
    return ctx.at(
        RULE,
        "khac_chi_bo",
        admitted if row else f"{node.pointer}/{CELLS}",
        key=not row,
        bieu=vietnamese(book.values[admitted]),
        cong=vietnamese(total),
    )


def _too_many(ctx: Context, book: Account, node: Node) -> Iterator[Finding]:
    """Report cells that admitted more than all together, when not every cell says how many."""
    cells, admitted = node.value.get(CELLS), f"{node.pointer}/{GAINS}/{ADMITTED}"
    if not isinstance(cells, list) or admitted not in book.values:
        return
    told = [n for cell in cells if (n := figure(cell.get(ADMITTED))) is not None]
    # where the balance itself fails, its row may be the one that is wrong
    doubtful = (BALANCE, node.pointer), (SUM, f"{node.pointer}/{GAINS}"), (TARGET, node.pointer)
    if sum(told) > book.values[admitted] and not any(book.off(key) for key in doubtful):
        yield _by_cells(ctx, book, node, Decimal(sum(told)))


def _same_period(ctx: Context, book: Account, node: Node) -> Iterator[Finding]:
    """Report the same of the column of last year."""
    key = (TARGET, f"{node.pointer}/{SAME_PERIOD}")
    if not book.off(key):
        return
    admitted = f"{node.pointer}/{SAME_PERIOD}/{GAINS}/{ADMITTED}"
    shown = next(p for p in book.equations[key].terms if p != admitted)
    yield ctx.at(
        RULE,
        "khac_cung_ky",
        admitted if book.culprits.get(key) == admitted else shown,
        bieu=vietnamese(book.values[admitted]),
        chi_tieu=vietnamese(book.values[shown]),
    )
