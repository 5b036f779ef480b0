"""Dấu ngoặc đứng liền với chữ bên trong (TXT033).

Quy định
    Dấu ngoặc đơn, ngoặc vuông, ngoặc kép viết liền với chữ bên trong và cách chữ bên ngoài: (ấp 3),
    không phải ( ấp 3 ) hay ấp(gồm 03 tổ). Ô trống ( ), [ ] để điền không bị nhắc.

Vì sao
    Dấu ngoặc rời chữ có thể nằm lẻ ở cuối dòng hoặc đầu dòng sau.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy tổ chức 02 cuộc đối thoại ( ấp 3 và ấp 5).

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy tổ chức 02 cuộc đối thoại (ấp 3 và ấp 5).

Cách sửa
    Bỏ dấu cách bên trong ngoặc (sửa tự động được) hoặc thêm dấu cách trước dấu mở ngoặc.

Nguồn và độ tin cậy
    Bản tin đã công bố viết "( ấp"; độ tin cậy C về câu chữ.

English:
    Brackets and curly quotation marks cling to what they hold and keep a blank outside. Empty boxes
    to be filled are left alone. Safe fix inside, unsafe fix outside.
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
    id="TXT033",
    name="bracket_space",
    severity=Severity.WARNING,
    source=Source("Cách gõ dấu câu trong văn bản tiếng Việt", Certainty.C),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report blanks on the wrong side of a bracket."""
    yield from told(ctx, RULE)
