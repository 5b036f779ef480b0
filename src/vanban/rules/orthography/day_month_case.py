"""Thứ, tháng bằng chữ và ngày lễ viết hoa đúng (TXT055).

Quy định
    Thứ và tháng viết bằng chữ thì viết hoa tiếng sau: thứ Hai, tháng Tám. Tết Nguyên đán, tết
    Trung thu, Cách mạng Tháng Tám, ngày Quốc khánh; "Tết" đứng một mình thay cho Tết Nguyên đán
    viết hoa. Lần thứ hai, mỗi tháng hai lần là số thứ tự, số lần nên viết thường.

Vì sao
    Tên ngày lễ là tên riêng; viết hoa giúp phân biệt thứ Hai với lần thứ hai.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy tổ chức tặng quà dịp tết nguyên đán."

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy tổ chức tặng quà dịp Tết Nguyên đán."

Cách sửa
    Viết lại như lời nhắc.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục II: độ tin cậy A với văn bản hành chính của Nhà nước. Văn bản
    Đảng không có danh mục riêng, dùng làm mặc định: C; chỗ hai bên viết khác nhau thì chỉ gợi ý.
    Mục V.5, V.7.

English:
    Names of days and months in words, and of holidays, have a capital: thứ Hai, tháng Tám, Tết
    Nguyên đán. Ordinals and counts (lần thứ hai, mỗi tháng hai lần) are left alone. Information
    where usage varies.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._capitals import LAW_NAME, readable, report, told
from vanban.text import capitals

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT055",
    name="day_month_case",
    severity=Severity.WARNING,
    source=Source(f"{LAW_NAME}, mục V.5 và V.7", Certainty.A),
    fix=FixClass.UNSAFE,
)

_ALONE = frozenset(("giêng", "chạp"))


def check(ctx: Reading) -> Iterator[Finding]:
    """Report days, months and holidays in small letters."""
    yield from report(ctx, RULE)
    prose = ctx.prose
    words = prose.words
    for number in prose.where.get("thứ", ()):
        if _next(prose, number) in capitals.words("weekdays") and _weekday(prose, number):
            yield _second(ctx, number, capitals.LAW)
    for number in prose.where.get("tháng", ()):
        following = _next(prose, number)
        if following not in capitals.words("months"):
            continue
        if number and words[number - 1].lower() in capitals.words("not_month"):
            continue
        if following in _ALONE or _year(prose, number + 2):
            level = capitals.DOUBT if following in _ALONE else capitals.LAW
            yield _second(ctx, number, level)
    for number in prose.distinct.get("tết", ()):
        if (
            number
            and prose.seps[number] == " "
            and words[number - 1].lower() in capitals.words("before_tet")
            and _next(prose, number).lower() not in capitals.words("tet_names")
            and not _next(prose, number)[:1].isupper()
            and readable(prose, number)
        ):
            yield told(ctx, RULE, "thieu", number, number + 1, "Tết", capitals.DOUBT)


def _next(prose: Prose, number: int) -> str:
    """Return the word behind one, as it is written, "" when a mark parts them."""
    after = number + 1
    if after >= len(prose.words) or prose.seps[after] != " ":
        return ""
    return prose.words[after]


def _second(ctx: Reading, number: int, level: str) -> Finding:
    """Report a word and the one behind it, which should have a capital."""
    prose = ctx.prose
    text = prose.text[prose.starts[number] : prose.end(number + 1)]
    at = len(prose.words[number]) + 1
    new = text[:at] + text[at].upper() + text[at + 1 :]
    return told(ctx, RULE, "thieu", number, number + 2, new, level)


def _weekday(prose: Prose, number: int) -> bool:
    """Tell a day of the week from an ordinal by the words beside it."""
    words, seps = prose.words, prose.seps
    if not readable(prose, number):
        return False
    before = words[number - 1].lower() if number and seps[number] == " " else ""
    if before in capitals.words("weekday_before"):
        return True
    after = number + 2
    if after + 1 >= len(words):
        return False
    gap, follower, last = seps[after], words[after].lower(), words[after + 1]
    # "từ thứ hai đến thứ sáu"
    if before == "từ" and follower == "đến" and last.lower() == "thứ" and gap == " ":
        return True
    if follower in ("hằng", "hàng") and last.lower() == "tuần" and gap == " ":
        return True
    dated = follower == "ngày" and last[0].isdigit() and gap in (" ", ", ", " (")
    return dated and (not before or before in capitals.words("weekday_soft"))


def _year(prose: Prose, number: int) -> bool:
    """Tell whether "năm" with a year stands at a word."""
    return (
        number + 1 < len(prose.words)
        and prose.seps[number] == " "
        and prose.words[number].lower() == "năm"
        and len(prose.words[number + 1]) == 4
        and prose.words[number + 1].isdecimal()
        and readable(prose, number)
    )
