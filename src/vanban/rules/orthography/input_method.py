"""Không còn phím gõ của bộ gõ trong chữ (TXT016).

Quy định
    Chữ gõ khi bộ gõ tắt hoặc đặt sai kiểu để lại phím của kiểu Telex (ddoongf, thuwcj, đôngf) hoặc
    VNI (d9o62ng, Đa3ng). Chỉ xét chỗ mà đọc theo bộ gõ ra một tiếng thường dùng; từ nước ngoài, mã
    và đơn vị đo (test, H5N1, m2) không xét.

Vì sao
    Chữ như thế không đọc được; đọc theo bộ gõ thì biết người viết định viết gì.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Các ddoongf chí đảng viên dự đối thoại.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Các đồng chí đảng viên dự đối thoại.

Cách sửa
    Viết lại tiếng đúng; chỗ chắc chắn sửa tự động được, chỗ còn lại cần người xem.

Nguồn và độ tin cậy
    Bảng phím của kiểu gõ Telex và VNI; độ tin cậy B.

English:
    Keys of an input method (Telex, VNI) left in a word. The fix decodes them; it is safe where the
    keys can mean nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._words import KEYS, may_be_name, odd_words

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT016",
    name="input_method",
    severity=Severity.WARNING,
    source=Source("Kiểu gõ Telex, VNI", Certainty.B),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report words that still hold keys of an input method."""
    prose = ctx.prose
    for number, _, verdict in odd_words(prose):
        if verdict.kind != KEYS or (may_be_name(prose, number) and not verdict.sure):
            continue
        yield ctx.mark(
            RULE,
            "phim",
            prose.starts[number],
            prose.end(number),
            new=verdict.new,
            safety=Safety.SAFE if verdict.sure else Safety.UNSAFE,
        )
