"""Một kiểu ngoặc kép trong cả văn bản (TXT035).

Quy định
    Văn bản chỉ dùng một kiểu ngoặc kép: "..." hoặc “...” hoặc «...». Kiểu dùng nhiều hơn được coi
    là kiểu chung; bằng nhau thì lấy “...”. Ngoặc kép nằm trong ngoặc kép được khác kiểu.

Vì sao
    Lẫn hai kiểu thường do dán từ nhiều tệp; tìm một tên trong ngoặc kép sẽ sót.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì mô hình “Dân vận khéo”, “Xóm không rác”, "Bữa sáng yêu thương".

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì mô hình “Dân vận khéo”, “Xóm không rác”, “Bữa sáng yêu thương”.

Cách sửa
    Đổi về một kiểu; sửa tự động được.

Nguồn và độ tin cậy
    Chưa thấy văn bản nào quy định kiểu ngoặc kép; chỉ nhắc cho thống nhất, độ tin cậy C.

English:
    One style of quotation marks in a document: the commoner one, curly when both are equal. Quotes
    within quotes may differ. Information, safe fix of whole pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._marks import around
from vanban.rules.orthography._pairs import CURLY, STRAIGHT, signs

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.rules.orthography._pairs import Pair

RULE = Rule(
    id="TXT035",
    name="quote_style",
    severity=Severity.INFO,
    source=Source("Thống nhất kiểu ngoặc kép trong một văn bản", Certainty.C),
    fix=FixClass.SAFE,
)

_LONG = 60


def check(ctx: Reading) -> Iterator[Finding]:
    """Report pairs of quotation marks in another style than the rest."""
    quotes = signs(ctx.prose).quotes
    counted = Counter(pair.style for pair in quotes)
    if len(counted) < 2:
        return
    most = max(counted, key=lambda style: (counted[style], style == CURLY))
    text = ctx.prose.text
    for pair in quotes:
        if pair.style == most:
            continue
        yield ctx.mark(
            RULE,
            "lan_kieu",
            pair.start,
            pair.end + 1,
            edits=[(pair.start, pair.start + 1, most[0]), (pair.end, pair.end + 1, most[-1])],
            safety=Safety.SAFE,
            tim_thay=_words(text, pair),
            kieu=_shown(pair.style),
            dung=_shown(most),
        )


def _words(text: str, pair: Pair) -> str:
    """Return a quotation, its beginning when it is long."""
    if pair.end - pair.start > _LONG:
        return around(text, pair.start, pair.start + 1)
    return " ".join(text[pair.start : pair.end + 1].split())


def _shown(style: str) -> str:
    return '"..."' if style == STRAIGHT else f"{style[0]}...{style[1]}"
