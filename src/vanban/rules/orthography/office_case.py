"""Chức danh viết hoa đúng (TXT051).

Quy định
    Chức danh chỉ viết hoa chữ đầu, không viết hoa từng tiếng: Bí thư, Phó Bí thư, Chủ tịch, Ủy
    viên. Trong câu, "bí thư" hay "Bí thư" đều được; liền trước họ tên thì viết hoa: Bí thư Nguyễn
    Văn A, Chủ tịch Hồ Chí Minh, Thủ tướng Chính phủ. "Trưởng Ban" liền trước tên ban (Trưởng Ban
    kiểm soát, Trưởng Ban Tuyên giáo) là đúng.

Vì sao
    Chức danh viết hoa từng tiếng hay chỗ hoa chỗ thường là lỗi trình bày thường gặp nhất.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Bí Thư Đảng ủy chủ trì hội nghị."

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Bí thư Đảng ủy chủ trì hội nghị."

Cách sửa
    Viết lại như lời nhắc; chức danh thừa chữ hoa sửa tự động được.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục II: độ tin cậy A với văn bản hành chính của Nhà nước. Văn bản
    Đảng không có danh mục riêng, dùng làm mặc định: C; chỗ hai bên viết khác nhau thì chỉ gợi ý.
    Mục V.3.

English:
    Offices carry one capital at most. Wild forms are certain and are mended; an office in small
    letters right before the name of a person is information in Party texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._capitals import LAW_NAME, begins, readable, report, told
from vanban.text import capitals
from vanban.text.phrases import fold_word

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT051",
    name="office_case",
    severity=Severity.WARNING,
    source=Source(f"{LAW_NAME}, mục V.3", Certainty.A),
    fix=FixClass.SAFE,
)

_LONGEST = 3


def check(ctx: Reading) -> Iterator[Finding]:
    """Report offices with capitals too many, and offices in small letters before a name."""
    yield from report(ctx, RULE)
    prose = ctx.prose
    for family in prose.distinct.keys() & capitals.words("families"):
        for number in prose.distinct[family]:
            first = _office(prose, number)
            if first is not None:
                words = prose.text[prose.starts[first] : prose.end(number - 1)]
                new = words[0].upper() + words[1:]
                yield told(ctx, RULE, "truoc_ten", first, number, new, capitals.LAW)


def _office(prose: Prose, number: int) -> int | None:
    """Return where an office in small letters begins that stands before a person's name."""
    words, seps = prose.words, prose.seps
    if seps[number] != " " or not number or not words[number - 1].islower():
        return None
    after = words[number + 1] if number + 1 < len(words) and seps[number + 1] == " " else ""
    # Chủ tịch Hồ Chí Minh is a phrase of its own; a name has two words at least.
    if not after[:1].isupper() or after.isupper() or (words[number] == "Hồ" and after == "Chí"):
        return None
    offices = capitals.words("offices")
    for size in range(_LONGEST, 1, -1):
        first = number - size
        if first < 0 or any(seps[i] != " " for i in range(first + 1, number)):
            continue
        if " ".join(map(fold_word, words[first:number])) not in offices:
            continue
        small = all(word.islower() for word in words[first:number])
        return first if small and not begins(prose, first) and readable(prose, first) else None
    return None
