"""Khoảng cách giữa các từ là dấu cách thường (TXT005).

Quy định
    Giữa hai từ là một dấu cách thường (U+0020). Dấu cách không ngắt, dấu cách hẹp, rộng, dấu cách
    chữ Hán chép từ trang mạng, Word hay PDF phải thay bằng dấu cách thường; không dùng chúng để
    thụt dòng. Một dấu cách không ngắt giữa con số và từ đi kèm, hoặc sát dấu « », là hợp lệ.

Vì sao
    Dấu cách lạ làm dòng không ngắt được hoặc giãn không đều, tìm kiếm và so khớp không ra.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy\\u2003tổ chức 02 cuộc đối thoại."   # \\u2003: dấu cách rộng

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy tổ chức 02\\u00a0cuộc đối thoại."

Cách sửa
    Sửa tự động được: còn một dấu cách thường; ở đầu và cuối dòng thì bỏ.

Nguồn và độ tin cậy
    Quy ước soạn thảo, chưa thấy văn bản quy định riêng; độ tin cậy C.

English:
    Words are parted by a plain blank. A run of no-break, thin, wide or ideographic spaces is one
    finding; a single no-break space in running text is only told as information, and is left alone
    beside a figure or guillemets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._characters import graded
from vanban.text.prose import BORDER
from vanban.text.signs import JOINING, ODD_SPACES

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT005",
    name="odd_space",
    severity=Severity.WARNING,
    source=Source("Quy ước soạn thảo", Certainty.C),
    fix=FixClass.SAFE,
)

_ODD = "".join(ODD_SPACES)
_RUN = re.compile(f"[ \t]*[{_ODD}][ \t{_ODD}]*")


def check(ctx: Reading) -> Iterator[Finding]:
    """Report runs of blanks that no space bar gives."""
    prose = ctx.prose
    if ODD_SPACES.isdisjoint(prose.characters):
        return
    for gap, numbers in prose.gaps.items():
        if ODD_SPACES.isdisjoint(gap):
            continue
        for match in _RUN.finditer(gap):
            for number in numbers:
                yield from _told(ctx, number, match)


def _told(ctx: Reading, number: int, match: re.Match[str]) -> Iterator[Finding]:
    prose = ctx.prose
    at = prose.gap_start(number)
    start, end = at + match.start(), at + match.end()
    before, after = prose.text[max(start - 1, 0) : start], prose.text[end : end + 1]
    run = match[0]
    edge = before in ("", "\n", BORDER) or after in ("", "\n", BORDER)
    single = len(run) == 1 and run in JOINING and not edge
    if single and (before.isdigit() or before == "«" or after == "»" or after.isdigit()):
        return
    codes = dict.fromkeys(f"U+{ord(char):04X}" for char in run if char in ODD_SPACES)
    yield ctx.mark(
        RULE,
        "dau_muc" if edge else "mot" if single else "chuoi",
        start,
        end,
        new="" if edge else " ",
        severity=Severity.INFO if single else graded(ctx, RULE, run),
        ma=", ".join(codes),
    )
