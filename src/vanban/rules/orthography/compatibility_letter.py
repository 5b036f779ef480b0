"""Chữ và số là chữ thường dùng, không phải ký tự tương thích (TXT010).

Quy định
    Không dùng chữ ghép sẵn (ﬁ), chữ rộng kiểu chữ Hán (Ａ, １), chữ kiểu toán học (𝐁), số La Mã một
    ký tự (Ⅳ), dấu № và ℃. Các ký tự ², ³, °, ½, … vẫn dùng được (m², 21°C).

Vì sao
    Các ký tự này chép từ PDF hoặc mạng xã hội: phông Times New Roman thường không có, tìm kiếm
    không ra và không sắp xếp được.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy tổ chức 02 cuộc đối thoại quý \\u2163."   # \\u2163: số La Mã một ký tự

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy tổ chức 02 cuộc đối thoại trong quý IV, tại nhà văn hóa rộng 120 m²."

Cách sửa
    Sửa tự động được (ﬁ thành fi, Ⅳ thành IV, ℃ thành °C). Dấu № sửa thành chữ "số" thì cần người
    xem.

Nguồn và độ tin cậy
    Bộ mã Unicode theo TCVN 6909:2001 dùng cho văn bản của Đảng và Nhà nước; độ tin cậy B. Trong bản
    thảo, ký tự mà phông Times New Roman không có là lỗi vì trang không in được.

English:
    Letters and figures are plain ones, not compatibility characters. Ligatures, fullwidth and
    mathematical letters, one-character Roman numerals, №, ℃ and squared units. Raised figures,
    degree signs and fractions stay. An error in a draft when Times New Roman lacks the character.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules._characters import graded
from vanban.text.signs import MARKS, plain_form

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT010",
    name="compatibility_letter",
    severity=Severity.WARNING,
    source=Source("Bộ mã ký tự TCVN 6909:2001", Certainty.B),
    fix=FixClass.SAFE,
)

_NUMERO = "№"
_NEAR = 6


def check(ctx: Reading) -> Iterator[Finding]:
    """Report runs of characters that stand for plain ones."""
    prose = ctx.prose
    found = frozenset(c for c in prose.characters if c > "\u0131" and plain_form(c) is not None)
    if not found:
        return
    places: set[int] = set()
    for word, numbers in prose.distinct.items():
        if not found.isdisjoint(word):
            places.update(
                prose.starts[number] + index
                for number in numbers
                for index, char in enumerate(word)
                if char in found
            )
    for gap, behind in prose.gaps.items():
        if not found.isdisjoint(gap):
            places.update(
                prose.gap_start(number) + index
                for number in behind
                for index, char in enumerate(gap)
                if char in found
            )
    start = end = -1
    for place in sorted(places):
        # a phrase in such letters is one finding: only blanks or marks stand between
        if start >= 0 and not _joined(prose.text[end:place]):
            yield _told(ctx, start, end)
            start = -1
        start = place if start < 0 else start
        end = place + 1
    yield _told(ctx, start, end)


def _joined(between: str) -> bool:
    """Tell whether nothing but loose marks, and one blank or mark, stands between two of them."""
    return len(between) < _NEAR and between.strip("".join(MARKS)) in ("", " ", "-", ",", ".")


def _told(ctx: Reading, start: int, end: int) -> Finding:
    text = ctx.prose.text
    # loose marks behind such a letter go with it
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    run = text[start:end]
    plain = unicodedata.normalize("NFC", "".join(plain_form(char) or char for char in run))
    if run == _NUMERO:
        tail = text[end : end + 1]
        new = plain + " " if tail and not tail.isspace() else plain
        return ctx.mark(RULE, "so_hieu", start, end, new=new, safety=Safety.UNSAFE)
    return ctx.mark(
        RULE,
        "tuong_thich",
        start,
        end,
        new=plain,
        severity=graded(ctx, RULE, run),
        safety=Safety.UNSAFE if _NUMERO in run else Safety.SAFE,
        ma=", ".join(dict.fromkeys(f"U+{ord(c):04X}" for c in run[:3])),
    )
