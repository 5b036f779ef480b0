"""Các loại cuộc kiểm tra, giám sát cộng lại bằng số đã thực hiện (DIS004).

Quy định
    Khi có dấu hiệu vi phạm + thường xuyên, định kỳ + giám sát chuyên đề = ``thuc_hien`` (7 cuộc = 5
    định kỳ + 2 chuyên đề + 0). Chỉ ghi một vài loại thì các loại đó cộng lại không lớn hơn
    ``thuc_hien``.

Vì sao
    Ba loại được tổng hợp vào ba biểu khác nhau của ngành kiểm tra; cộng lẫn hoặc sót một loại thì
    các biểu không khớp.

Sai
    ket_qua:
      xay_dung_dang:
        kiem_tra_giam_sat: Kết quả kiểm tra, giám sát nêu ở phụ lục.
    so_lieu:
      kiem_tra:
        uy_ban_kiem_tra: {ke_hoach: 8, thuc_hien: 7, dau_hieu_vi_pham: 0, thuong_xuyen: 4,
                          giam_sat_chuyen_de: 2, dang_vien: 9, to_chuc: 5,
                          co_vi_pham: 0, phai_thi_hanh: 0, da_thi_hanh: 0}

Đúng
    ket_qua:
      xay_dung_dang:
        kiem_tra_giam_sat: Kết quả kiểm tra, giám sát nêu ở phụ lục.
    so_lieu:
      kiem_tra:
        uy_ban_kiem_tra: {ke_hoach: 8, thuc_hien: 7, dau_hieu_vi_pham: 0, thuong_xuyen: 5,
                          giam_sat_chuyen_de: 2, dang_vien: 9, to_chuc: 5,
                          co_vi_pham: 0, phai_thi_hanh: 0, da_thi_hanh: 0}

Cách sửa
    Đếm lại từng loại theo chương trình và thông báo kết luận; bỏ dòng chưa chắc chắn.

Nguồn và độ tin cậy
    Biểu thống kê công tác kiểm tra, giám sát (B); độ tin cậy C về câu chữ.

English:
    Inspections upon signs of violation, regular ones and thematic supervisions add up to those
    done. When not all three are typed, they only must not exceed the number done.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._fields import total
from vanban.rules.inspection._levels import DONE, KIND, kinds_fault, levels
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="DIS004",
    name="kinds_done",
    severity=Severity.WARNING,
    source=Source("Biểu kiểm tra, giám sát: các loại cuộc", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report levels whose kinds of inspection do not make up what was done."""
    for level in levels(ctx):
        slug, done, kinds = kinds_fault(level), level.one(DONE), level.all(KIND)
        if slug is None or done is None:
            continue
        yield ctx.at(
            RULE,
            slug,
            done.pointer,
            thuc_hien=vietnamese(done.number),
            cong=" + ".join(vietnamese(kind.number) for kind in kinds),
            dung=vietnamese(total(kinds)),
        )
