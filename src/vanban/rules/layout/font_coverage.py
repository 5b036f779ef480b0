"""Mọi chữ trong văn bản đều có trong phông Times New Roman (FMT001).

Quy định
    Văn bản in bằng một phông Times New Roman (bộ mã Unicode). Ký tự mà phông không có (biểu tượng
    cảm xúc, chữ Hán, ký hiệu của phông khác) không được dùng.

Vì sao
    Máy in sẽ tự lấy phông khác hoặc in ô vuông; vanban không tự bỏ ký tự nào nên phải dừng lại.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân ✅

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân.

Cách sửa
    Xóa ký tự được chỉ ra hoặc thay bằng chữ.

Nguồn và độ tin cậy
    Phụ lục 3, Hướng dẫn 36-HD/VPTW (A); Hướng dẫn 05-HD/VPTW qua nguồn thứ cấp (B); Nghị định
    30/2020/NĐ-CP, Phụ lục I, I.4 (A). Luôn là lỗi, không do điều khoản mà vì trang không in được.

English:
    Every character of a text has a shape in Times New Roman. A run of such characters is one
    finding; invisible characters alone are TXT001, and what a rule about letters tells as an error
    of its own is told there. Always an error: the page cannot be printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity
from vanban.rules._characters import is_usual, strays
from vanban.rules._walk import strings
from vanban.rules.layout._basis import party, state

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("Phụ lục 3", Certainty.A, Certainty.B, state("I.4"))
RULE = Rule(
    id="FMT001",
    name="font_coverage",
    severity=Severity.ERROR,
    source=_GROUNDS.hd36,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report the characters that the typeface lacks."""
    texts = strings(ctx)
    if is_usual("\n".join([text for _, text in texts])):
        return
    for pointer, text in texts:
        for stray in strays(text):
            if not stray.hidden:
                yield ctx.at(
                    RULE,
                    "ngoai_phong",
                    pointer,
                    text=(stray.start, stray.end),
                    source=_GROUNDS.of(ctx),
                    ky_tu="".join(c for c in stray.text if c.isprintable())[:10],
                    ma=stray.codes,
                )
