"""Không có dấu cách ở đầu và cuối đoạn (TXT044).

Quy định
    Đoạn văn không bắt đầu và không kết thúc bằng dấu cách hay tab; lùi đầu dòng là việc của thể
    thức. Dòng mở bằng dấu gạch, dấu cộng và hai dấu cách cuối dòng (ngắt dòng của Markdown) không
    bị nhắc.

Vì sao
    Lùi dòng bằng dấu cách làm các đoạn lệch nhau; dấu cách cuối dòng không ai thấy nhưng làm hai
    bản so với nhau thành khác.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "   Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân."

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân."

Cách sửa
    Bỏ các dấu cách thừa; sửa tự động được.

Nguồn và độ tin cậy
    Bản tin đã công bố lùi đầu đoạn bằng dấu cách; độ tin cậy C về câu chữ.

English:
    No blanks at the beginning or end of a paragraph or line; the page makes the indents. Indents
    before list marks and the two blanks of a Markdown break are left alone. Safe fix.
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
    id="TXT044",
    name="edge_space",
    severity=Severity.INFO,
    source=Source("Cách gõ dấu câu trong văn bản tiếng Việt", Certainty.C),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report blanks at the edges of paragraphs and lines."""
    yield from told(ctx, RULE)
