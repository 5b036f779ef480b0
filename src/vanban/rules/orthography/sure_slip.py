"""Không viết sai chính tả những từ quen dùng (TXT020).

Quy định
    Từ ngữ hành chính viết đúng chính tả: "sắp xếp", "bổ sung", "xử lý", "Hội đồng nhân dân". Chỉ
    những cách viết không thể đúng trong câu nào mới bị chỉ ra; tên riêng không xét.

Vì sao
    Lẫn s với x, ch với tr, hỏi với ngã, gõ thiếu dấu hay nhầm phím thành một chữ có nghĩa khác thì
    máy không gạch chân, người đọc lướt qua, đến khi phát hành mới thấy.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy bổ xung quy chế, xắp xếp lại lịch tiếp dân của đòng chí Bí thư.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy bổ sung quy chế, sắp xếp lại lịch tiếp dân của đồng chí Bí thư.

Cách sửa
    Thay bằng chữ được gợi ý; sửa tự động được.

Nguồn và độ tin cậy
    Chính tả tiếng Việt thông dụng; bảng từ do vanban soạn, độ tin cậy B.

English:
    Fixed expressions of official language are spelt right. More than three thousand wrong forms
    that occur in no correct sentence are known by their words; a pair that is right with its
    neighbour (lịch sử | lý luận) and names are left alone. Safe fix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.text.slips import mended, slips

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT020",
    name="sure_slip",
    severity=Severity.WARNING,
    source=Source("Chính tả tiếng Việt", Certainty.B),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report wrong spellings of fixed expressions."""
    prose = ctx.prose
    for hit in slips(prose):
        start, end = prose.starts[hit.first], prose.end(hit.last - 1)
        yield ctx.mark(RULE, "viet_sai", start, end, new=mended(prose, hit, ctx.tone_style))
