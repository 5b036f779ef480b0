"""Giữa hai chữ chỉ có một dấu cách (TXT030).

Quy định
    Giữa hai chữ, sau dấu câu chỉ gõ một dấu cách. Dấu xuống dòng và phần lùi đầu dòng trong đoạn
    nhiều dòng là cách trình bày, không tính. Từ bốn dấu cách trở lên hoặc dấu tab có thể do cố ý
    dóng cột nên chỉ sửa khi người dùng đồng ý.

Vì sao
    Dấu cách thừa làm chữ giãn không đều, tìm kiếm và so khớp cụm từ không ra; vanban gộp lại khi
    in nhưng đoạn văn đem dán sang nơi khác thì vẫn còn.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy tổ chức  02 cuộc đối thoại với Nhân dân.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân.

Cách sửa
    Bỏ bớt dấu cách; sửa tự động được.

Nguồn và độ tin cậy
    Cách gõ dấu câu thông dụng trong văn bản hành chính; độ tin cậy C về câu chữ.

English:
    One blank between words. Line breaks and indentation of a block are layout and left alone; runs
    of four and more blanks, or tabs, may be columns: told as such, with an unsafe fix.
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
    id="TXT030",
    name="double_space",
    severity=Severity.INFO,
    source=Source("Cách gõ dấu câu trong văn bản tiếng Việt", Certainty.C),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report blanks that stand double."""
    yield from told(ctx, RULE, doubtful=("dai",))
