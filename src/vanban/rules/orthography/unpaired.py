"""Dấu ngoặc đi thành cặp (TXT034).

Quy định
    Mở ngoặc thì phải đóng ngoặc trong cùng một đoạn: ngoặc đơn, ngoặc vuông, ngoặc kép. Ngoặc kép
    cong mở bằng “ và đóng bằng ”. Dấu ngoặc của số thứ tự (a), 1)) và dấu " chỉ inch không tính.

Vì sao
    Thiếu một bên thì không rõ lời chú, lời trích đến đâu là hết.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy tổ chức 02 cuộc đối thoại (ấp 3 và ấp 5.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy tổ chức 02 cuộc đối thoại (ấp 3 và ấp 5).

Cách sửa
    Thêm dấu còn thiếu hoặc bỏ dấu thừa. Ngoặc kép quay sai chiều có thể sửa tự động sau khi xem.

Nguồn và độ tin cậy
    Quy tắc dùng dấu câu thông dụng; độ tin cậy C về câu chữ.

English:
    Brackets and quotation marks come in pairs within a text. List marks such as "a)" and inches
    are left alone. Quotation marks alone are information; an unsafe fix where one is turned.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._marks import around
from vanban.rules.orthography._pairs import signs

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT034",
    name="unpaired",
    severity=Severity.WARNING,
    source=Source("Cách dùng dấu ngoặc trong văn bản tiếng Việt", Certainty.C),
    fix=FixClass.UNSAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report brackets and quotation marks without their fellows."""
    text = ctx.prose.text
    for odd in signs(ctx.prose).odd:
        sign = text[odd.start : odd.end]
        yield ctx.mark(
            RULE,
            odd.slug,
            odd.start,
            odd.end,
            new=odd.new,
            safety=Safety.UNSAFE,
            # A quotation over several paragraphs opens each of them anew.
            severity=None if sign in "()[]" else Severity.INFO,
            dau=sign,
            tim_thay=around(text, odd.start, odd.end),
        )
