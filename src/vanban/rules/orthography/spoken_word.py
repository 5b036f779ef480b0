"""Không dùng lời nói thường ngày trong văn bản (TXT068).

Quy định
    Văn bản không dùng khẩu ngữ, tiếng đệm, từ địa phương của lời nói: "rất là", "nói chung là",
    "cái vụ", "xài", "y chang", "ok", "nhé" ... Lời trích trong ngoặc kép thì không nhắc.

Vì sao
    Văn phong hành chính trang trọng, rõ nghĩa; khẩu ngữ làm nhẹ nội dung và mỗi vùng hiểu một khác.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Không khí các buổi đối thoại rất là cởi mở.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Không khí các buổi đối thoại rất cởi mở.

Cách sửa
    Bỏ tiếng đệm hoặc thay bằng từ được đề nghị.

Nguồn và độ tin cậy
    Yêu cầu chung về ngôn ngữ của văn bản hành chính: phổ thông, chính xác; danh sách do vanban
    chọn, độ tin cậy C.

English:
    Words of speech out of place in an official text: fillers, particles and regional words, but in
    quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._advice import each

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT068",
    name="spoken_word",
    severity=Severity.INFO,
    source=Source("Văn phong hành chính: ngôn ngữ phổ thông, trang trọng", Certainty.C),
    fix=FixClass.UNSAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report words of everyday speech."""
    yield from each(ctx, RULE, "khau_ngu")
