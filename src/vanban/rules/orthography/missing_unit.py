"""Khoảng thời gian phải có đơn vị (TXT024).

Quy định
    Viết đủ "9 tháng đầu năm", "6 tháng cuối năm", "trong 9 tháng qua", "so với 9 tháng cùng kỳ",
    "trong 3 tháng còn lại": con số đứng trước "đầu năm", "cuối năm", "qua", "tới", "vừa qua",
    "cùng kỳ", "còn lại" phải có chữ "tháng" (hoặc "tuần", "quý", "năm").

Vì sao
    "9 đầu năm" không rõ là 9 tháng hay 9 tuần; chữ "tháng" rất hay rơi khi sửa kỳ báo cáo.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Trong 9 đầu năm, Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Trong 9 tháng đầu năm, Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân.

Cách sửa
    Thêm chữ "tháng" sau con số; với 3, 6, 9 ở đầu, cuối năm sửa tự động được.

Nguồn và độ tin cậy
    Cách ghi kỳ báo cáo trong văn bản hành chính; độ tin cậy B.

English:
    A number before "đầu năm", "cuối năm", "qua", "tới", "cùng kỳ", "còn lại" has its unit.
    The fix puts "tháng" in: safe for 3, 6 and 9 at either end of a year, unsafe for other numbers
    and other phrases.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.text.phrases import fold_word
from vanban.text.prose import CODE, NAME
from vanban.text.slips import joined, words_of

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT024",
    name="missing_unit",
    severity=Severity.WARNING,
    source=Source("Cách ghi kỳ báo cáo", Certainty.B),
    fix=FixClass.SAFE,
)

_MONTHS: Final = 12
_WORDS: Final = {"ba": 3, "sáu": 6, "chín": 9}
_PERIODS: Final = (3, 6, 9)
_ENDS: Final = ("đầu", "cuối")
_PAST: Final = ("qua", "tới")
# What follows a number of months, and the words before the number: so với 9 | cùng kỳ.
_LEADS: Final = frozenset(("trong", "vụ", "hướng", "hoạch", "sau", "qua"))
_SPANS: Final = {
    "cùng": ("kỳ", frozenset(("với", "của", "trong"))),
    "còn": ("lại", frozenset(("trong", "vụ", "hướng", "hoạch"))),
    "vừa": ("qua", _LEADS),
    "tiếp": ("theo", _LEADS - {"sau", "qua"}),
}
# "năm học", "năm ngân sách" name other years; "năm 2023" is the year itself.
_OTHER_YEARS: Final = frozenset(("học", "nhất", "hai", "ba", "thứ"))


def check(ctx: Reading) -> Iterator[Finding]:
    """Report periods without a unit."""
    prose = ctx.prose
    for end in _ENDS:
        for number in prose.where.get(end, ()):
            if _of_year(prose, number) and (count := _bare(prose, number - 1)):
                yield _told(ctx, number - 1, "dau_cuoi_nam", safe=count in _PERIODS)
    for past in _PAST:
        for number in prose.where.get(past, ()):
            if _in_the(prose, number) and _bare(prose, number - 1):
                yield _told(ctx, number - 1, "qua_toi", safe=False)
    for word, (follow, leads) in _SPANS.items():
        for number in prose.where.get(word, ()):
            if _led(prose, number, follow, leads) and _bare(prose, number - 1):
                yield _told(ctx, number - 1, "ky", safe=False)


def _led(prose: Prose, number: int, follow: str, leads: frozenset[str]) -> bool:
    """Tell whether "cùng kỳ", "còn lại", "vừa qua" stands behind "so với 9", "trong 3"."""
    words = prose.words
    return (
        joined(prose, number - 2, number + 2)
        and fold_word(words[number + 1]) == follow
        and fold_word(words[number - 2]) in leads
    )


def _told(ctx: Reading, number: int, slug: str, *, safe: bool) -> Finding:
    prose = ctx.prose
    start, end = prose.starts[number], prose.end(number)
    word = prose.words[number]
    unit = "THÁNG" if prose.words[number + 1].isupper() else "tháng"
    return ctx.mark(
        RULE,
        slug,
        start,
        end,
        new=f"{word} {unit}",
        safety=Safety.SAFE if safe else Safety.UNSAFE,
        so=word,
        sau=prose.words[number + 1],
    )


def _of_year(prose: Prose, number: int) -> bool:
    """Tell whether "đầu" or "cuối" is that of a year."""
    words = prose.words
    if number < 1 or not joined(prose, number - 1, number + 2):
        return False
    # Đầu năm, đầu của năm, đầu nhiệm kỳ.
    if fold_word(words[number + 1]) == "của" and joined(prose, number, number + 3):
        return fold_word(words[number + 2]) == "năm"
    if fold_word(words[number + 1]) != "năm":
        return False
    return not (joined(prose, number, number + 3) and fold_word(words[number + 2]) in _OTHER_YEARS)


def _in_the(prose: Prose, number: int) -> bool:
    """Tell whether a number before "qua" or "tới" is a period: "trong 9 qua", not "3 tới 5"."""
    words = prose.words
    if number < 2 or not joined(prose, number - 2, number + 1):
        return False
    if fold_word(words[number - 2]) != "trong":
        return False
    # Only the end of a clause follows: "trong 6 qua các năm" says something else.
    return not joined(prose, number, number + 2)


def _bare(prose: Prose, number: int) -> int:
    """Return how many months a word tells, 0 when it counts or names something else."""
    word = fold_word(prose.words[number])
    count = int(word) if word.isdecimal() and len(word) <= 2 else _WORDS.get(word, 0)
    if not 0 < count < _MONTHS or prose.role(number) in (CODE, NAME):
        return 0
    gap = prose.seps[number]
    if number and gap.strip() and not gap.endswith((" ", "\n", "(")):
        # Part of a date, a range, a code: 30/9 đầu năm, 3-6 cuối năm.
        return 0
    if joined(prose, number - 1, number + 1):
        before = fold_word(prose.words[number - 1])
        if before in words_of("thoi_gian", "truoc") or before.isdecimal():
            return 0
    return count
