"""Đầu dòng không có dấu chấm tròn, ô vuông chép từ Word; không có ký tự hỏng (TXT019).

Quy định
    Không dán dấu đầu dòng của Word (•, ▪, ký tự riêng của phông Symbol, Wingdings) vào chữ. Danh
    sách trong bản thảo là các mục bắt đầu bằng dấu gạch và một dấu cách; gạch đầu dòng trong đoạn
    là "- ". Ký tự thay thế U+FFFD cho biết có chữ đã hỏng, phải gõ lại.

Vì sao
    Ký tự riêng của phông chỉ hiện đúng trong phông ấy, in ra là ô vuông; văn bản hành chính đánh số
    hoặc gạch đầu dòng, không dùng chấm tròn.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: |
          • Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: |
          - Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân.

Cách sửa
    Thay dấu chấm tròn bằng "- ", hoặc bỏ đi nếu mỗi ý đã là một mục của danh sách; phép sửa cần
    người xem. Ký tự hỏng: gõ lại từ đó theo bản gốc.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, mục về các phần trong văn bản (đánh số, gạch đầu dòng); độ tin cậy C.

English:
    No pasted bullets, private characters or lost letters. Bullets at the beginning of a line or
    passage, characters of the private use area (Symbol, Wingdings) and U+FFFD anywhere. An error
    in a draft when Times New Roman lacks the character.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Context, FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules._characters import graded
from vanban.text.signs import BULLETS, LOST, grave, private

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT019",
    name="private_bullet",
    severity=Severity.WARNING,
    source=Source("Quy ước trình bày văn bản hành chính", Certainty.C),
    fix=FixClass.UNSAFE,
)

_BLANKS = " \t\u00a0\u3000"


def check(ctx: Reading) -> Iterator[Finding]:
    """Report bullets at line beginnings, private characters and lost letters."""
    prose = ctx.prose
    drafted = isinstance(ctx, Context)
    # In a draft the rule about the typeface owns a bullet that cannot be printed.
    found = frozenset(
        char
        for char in prose.characters
        if char == LOST or private(char) or (char in BULLETS and not (drafted and grave(char)))
    )
    if not found:
        return
    text = prose.text
    told = 0
    for gap, number in _gaps(ctx, found):
        at = prose.gap_start(number)
        for index, char in enumerate(gap):
            place = at + index
            if char not in found or place < told:
                continue
            told = place + 1
            while told < len(text) and text[told] in found:
                told += 1
            run = text[place:told]
            before = place
            while before and text[before - 1] in _BLANKS:
                before -= 1
            grade = graded(ctx, RULE, run)
            codes = ", ".join(dict.fromkeys(f"U+{ord(c):04X}" for c in run))
            if LOST in run:
                yield ctx.mark(RULE, "mat_chu", place, told, severity=grade)
            elif not before or text[before - 1] == "\n":
                end = told
                while end < len(text) and text[end] in _BLANKS:
                    end += 1
                yield ctx.mark(
                    RULE,
                    "dau_dong",
                    place,
                    end,
                    new="- ",
                    safety=Safety.UNSAFE,
                    severity=grade,
                    ma=codes,
                )
            elif private(char):
                yield ctx.mark(RULE, "rieng", place, told, severity=grade, ma=codes)


def _gaps(ctx: Reading, found: frozenset[str]) -> list[tuple[str, int]]:
    """Return the gaps that hold one of the characters, in document order."""
    places = [
        (number, gap)
        for gap, numbers in ctx.prose.gaps.items()
        if not found.isdisjoint(gap)
        for number in numbers
    ]
    return [(gap, number) for number, gap in sorted(places)]
