"""Không dùng hai từ cùng nghĩa cạnh nhau (TXT069).

Quy định
    Bỏ từ thừa khi hai từ cùng nói một ý: "nhằm để", "khoảng chừng", "gần hơn 5 tỷ đồng", "tuy nhiên
    nhưng", "lý do vì sao", "như sau sau đây", "trong vòng khoảng". Lời trích trong ngoặc kép thì
    không nhắc.

Vì sao
    Từ thừa làm câu dài; với con số thì còn làm sai nghĩa: "gần hơn 5" là ít hơn hay nhiều hơn 5?

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy tổ chức đối thoại nhằm để lắng nghe Nhân dân.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy tổ chức đối thoại để lắng nghe Nhân dân.

Cách sửa
    Giữ lại một từ; cách được đề nghị có thể chưa hợp với cả câu.

Nguồn và độ tin cậy
    Yêu cầu chung về ngôn ngữ của văn bản hành chính: ngắn gọn, chính xác; danh sách do vanban chọn,
    độ tin cậy C.

English:
    Redundant wording: two words for one thing side by side, and figures that are called both less
    and more than a number.
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
    id="TXT069",
    name="redundant",
    severity=Severity.INFO,
    source=Source("Văn phong hành chính: ngắn gọn, không thừa từ", Certainty.C),
    fix=FixClass.UNSAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report words that say the same twice."""
    yield from each(ctx, RULE, "thua")
