"""Trong chữ không có ký tự điều khiển hay ký tự vô hình (TXT001).

Quy định
    Chỉ dùng chữ nhìn thấy được, dấu cách, dấu xuống dòng và dấu tab. Ký tự điều khiển, dấu cách
    không độ rộng, dấu ngắt từ mềm, dấu đổi chiều chữ, ký tự thứ tự byte ... phải bỏ.

Vì sao
    Các ký tự này lẫn vào khi dán từ trang mạng, Word hay tệp PDF: mắt không thấy nhưng làm hỏng
    tìm kiếm, so khớp và có ký tự không ghi được vào tệp Word.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng\\u200b ủy tổ chức 02 cuộc đối thoại."   # \\u200b: dấu cách không độ rộng

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy tổ chức 02 cuộc đối thoại."

Cách sửa
    Xóa chỗ được chỉ ra rồi gõ lại; phần lớn sửa tự động được.

Nguồn và độ tin cậy
    Bộ mã Unicode theo TCVN 6909:2001 dùng cho văn bản của Đảng và Nhà nước; độ tin cậy B.

English:
    No control, zero-width, direction, separator or noncharacter code points in a text; a run of
    them is one finding. The merely invisible ones have a safe fix: they are taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._characters import REMOVABLE, strays
from vanban.text.legacy import find

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT001",
    name="hidden_character",
    severity=Severity.ERROR,
    source=Source("Bộ mã ký tự TCVN 6909:2001", Certainty.B),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report characters that cannot be seen."""
    for passage in ctx.prose.passages:
        if passage.plain:
            continue
        # In an old encoding it may be a letter: U+00AD is ư of TCVN3.
        held = find(passage.raw)
        for stray in strays(passage.raw):
            if stray.hidden and not any(s.start <= stray.start < s.end for s in held):
                removable = set(stray.text) <= REMOVABLE
                yield ctx.mark_raw(
                    RULE,
                    "vo_hinh" if removable else "dieu_khien",
                    passage,
                    stray.start,
                    stray.end,
                    new="" if removable else None,
                    ma=stray.codes,
                )
