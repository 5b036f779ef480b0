"""Dấu câu đứng liền sau chữ (TXT031).

Quy định
    Dấu chấm, phẩy, chấm phẩy, hai chấm, chấm hỏi, chấm than viết liền với chữ đứng trước. Dấu ba
    chấm ở cuối chuỗi liệt kê, giờ và tỷ lệ (7 : 30; 1 : 1000), tên miền (.vn) không bị nhắc.

Vì sao
    Dấu cách trước dấu câu có thể đẩy dấu xuống đầu dòng sau khi in.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì 04 mô hình , tổ chức 02 cuộc đối thoại.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì 04 mô hình, tổ chức 02 cuộc đối thoại.

Cách sửa
    Bỏ dấu cách trước dấu câu; sửa tự động được.

Nguồn và độ tin cậy
    Cách gõ dấu câu thông dụng trong văn bản hành chính; độ tin cậy C về câu chữ.

English:
    No blank before a mark. Ellipses, times, ratios and domain names are left alone. Safe fix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._marks import told

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT031",
    name="space_before_mark",
    severity=Severity.WARNING,
    source=Source("Cách gõ dấu câu trong văn bản tiếng Việt", Certainty.C),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report blanks before a mark."""
    yield from told(ctx, RULE)
