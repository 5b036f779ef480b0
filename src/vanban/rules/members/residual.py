"""Chênh lệch của biểu tăng, giảm đảng viên có ghi lý do (MEM009).

Quy định
    ``chenh_lech`` có ``so_luong`` khác 0 thì ghi kèm ``ly_do``.

Vì sao
    Một con số chênh lệch không giải thích sẽ bị cấp trên hỏi lại; lý do giúp kỳ sau tìm ra chỗ sai.

Sai
    so_lieu:
      dang_vien:
        dau_ky: 128
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 1, trong_tinh: 2}, phuc_hoi: 0}
        giam:
          {tu_tran: 1, khai_tru: 0, xoa_ten: 1, xoa_ten_du_bi: 0, xin_ra: 0,
           chuyen_di: {ngoai_tinh: 0, trong_tinh: 2}}
        cuoi_ky: 128
        chenh_lech:
          so_luong: -2

Đúng
    so_lieu:
      dang_vien:
        dau_ky: 128
        tang: {ket_nap: 3, chuyen_den: {ngoai_tinh: 1, trong_tinh: 2}, phuc_hoi: 0}
        giam:
          {tu_tran: 1, khai_tru: 0, xoa_ten: 1, xoa_ten_du_bi: 0, xin_ra: 0,
           chuyen_di: {ngoai_tinh: 0, trong_tinh: 2}}
        cuoi_ky: 128
        chenh_lech:
          so_luong: -2
          ly_do: Biểu cũ không có dòng kỷ luật; 02 đảng viên bị khai trừ trong kỳ.

Cách sửa
    Ghi ``ly_do``, hoặc tìm ra dòng tăng, giảm còn sót rồi bỏ ``chenh_lech``.

Nguồn và độ tin cậy
    Suy ra từ phụ lục 2001-2005 của một huyện (chênh lệch 1, 2, 0, 2 người); độ tin cậy C về câu
    chữ.

English:
    A residual of the member balance other than 0 is explained. Silent when MEM001 doubts the
    residual itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.members._rows import (
    RESIDUAL,
    RESIDUAL_COUNT,
    RESIDUAL_REASON,
    balances,
)
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="MEM009",
    name="residual",
    severity=Severity.ERROR,
    source=Source("Chênh lệch của biểu tăng, giảm đảng viên có lý do", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report residuals without a reason."""
    for balance in balances(ctx):
        if not balance.residual or not balance.balances(balance.residual):
            continue
        reason = balance.raw[RESIDUAL].get(RESIDUAL_REASON)
        if not (isinstance(reason, str) and reason.strip()):
            yield ctx.at(
                RULE,
                "khong_ly_do",
                f"{balance.pointer}/{RESIDUAL}/{RESIDUAL_COUNT}",
                so_luong=vietnamese(balance.residual),
            )
