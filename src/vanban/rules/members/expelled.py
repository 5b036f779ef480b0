"""Khai trừ ở Biểu 1 bằng khai trừ ở bảng thi hành kỷ luật (MEM008).

Quy định
    ``giam.khai_tru`` của Biểu 1 bằng ``ky_luat.khai_tru`` của số liệu kiểm tra, giám sát trong cùng
    kỳ. Hai nhóm số liệu ghi ngày chốt khác nhau thì không đối chiếu.

Vì sao
    Biểu 1 do bộ phận tổ chức lập, bảng kỷ luật do Ủy ban Kiểm tra lập; đảng viên bị khai trừ hay bị
    sót ở một trong hai nơi.

Sai
    ket_qua:
      xay_dung_dang:
        kiem_tra_giam_sat: |
          Đảng ủy kiểm tra 02 chi bộ, giám sát 01 chi bộ theo chương trình năm 2023.
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 0, trong_tinh: 1}, phuc_hoi: 0}
        giam: {tu_tran: 0, khai_tru: 1, xoa_ten: 0, xoa_ten_du_bi: 0, xin_ra: 0,
               chuyen_di: {ngoai_tinh: 0, trong_tinh: 0}}
        cuoi_ky: 128
      kiem_tra:
        ky_luat: {khien_trach: 1, canh_cao: 0, cach_chuc: 0, khai_tru: 0}

Đúng
    ket_qua:
      xay_dung_dang:
        kiem_tra_giam_sat: |
          Đảng ủy kiểm tra 02 chi bộ, giám sát 01 chi bộ theo chương trình năm 2023.
    so_lieu:
      dang_vien:
        dau_ky: 125
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 0, trong_tinh: 1}, phuc_hoi: 0}
        giam: {tu_tran: 0, khai_tru: 1, xoa_ten: 0, xoa_ten_du_bi: 0, xin_ra: 0,
               chuyen_di: {ngoai_tinh: 0, trong_tinh: 0}}
        cuoi_ky: 128
      kiem_tra:
        ky_luat: {khien_trach: 1, canh_cao: 0, cach_chuc: 0, khai_tru: 1}

Cách sửa
    Đối chiếu các quyết định kỷ luật bằng hình thức khai trừ trong kỳ, sửa số ở nơi bị sót.

Nguồn và độ tin cậy
    Biểu số 1-BTCTW đọc qua nguồn thứ cấp; phụ lục 2001-2005 của một huyện lệch chính vì thiếu các
    dòng kỷ luật; độ tin cậy C về câu chữ.

English:
    Members expelled are one figure in the balance and in the table of discipline. When this row is
    also why the balance fails, it is said here and not by MEM001.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.members._account import DISCIPLINE, EXPELLED, account
from vanban.rules.members._rows import LOSSES
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="MEM008",
    name="expelled",
    severity=Severity.ERROR,
    source=Source("Khai trừ: Biểu số 1-BTCTW và số liệu kỷ luật", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report expulsions that differ between the two tables."""
    book, node = account(ctx), ctx.one("member-balance")
    if node is None or not isinstance(node.value, Mapping):
        return
    key = (DISCIPLINE, node.pointer)
    if not book.speaks(RULE.id, key):
        return
    expelled = f"{node.pointer}/{LOSSES}/{EXPELLED}"
    shown = next(p for p in book.equations[key].terms if p != expelled)
    yield ctx.at(
        RULE,
        "khac_ky_luat",
        book.culprits.get(key, shown),
        bieu=vietnamese(book.values[expelled]),
        ky_luat=vietnamese(book.values[shown]),
    )
