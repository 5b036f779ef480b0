"""Tên cơ quan, tổ chức viết hoa đúng (TXT050).

Quy định
    Viết hoa chữ đầu của từ chỉ loại hình và từ chỉ chức năng, lĩnh vực, không viết hoa từng
    tiếng: Ủy ban nhân dân, Hội đồng nhân dân, Mặt trận Tổ quốc, Ban Thường vụ, Hội Nông dân, Bộ
    Chính trị, Đảng ủy. Cách gọi chung viết thường (các chi hội nông dân, cấp ủy, tổ chức đảng)
    thì để nguyên.

Vì sao
    Tên cơ quan là tên riêng; viết hoa tùy tiện làm văn bản lộn xộn, khó tra cứu.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Ủy Ban Nhân Dân xã đã trả lời 12 kiến nghị của cử tri."

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Ủy ban nhân dân xã đã trả lời 12 kiến nghị của cử tri."

Cách sửa
    Viết lại như lời nhắc. Chỗ chắc chắn sửa tự động được, chỗ có thể là cách gọi chung thì tự
    xem.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục II: độ tin cậy A với văn bản hành chính của Nhà nước. Văn bản
    Đảng không có danh mục riêng, dùng làm mặc định: C; chỗ hai bên viết khác nhau thì chỉ gợi ý.
    Mục IV.

English:
    The names of organisations carry their capitals. Capitals on every syllable are certain and
    are mended; a whole name in small letters is reported only where one body is meant. Usages on
    which Party and State differ are information unless the document is a state one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._capitals import LAW_NAME, report

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT050",
    name="organisation_case",
    severity=Severity.WARNING,
    source=Source(f"{LAW_NAME}, mục IV", Certainty.A),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report names of organisations with capitals too many or too few."""
    yield from report(ctx, RULE)
