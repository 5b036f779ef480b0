"""Ngày tháng bằng số viết dạng 09/10/2023 (TXT042).

Quy định
    Ngày viết bằng số trong lời văn ngăn bằng dấu gạch chéo, không có dấu cách, năm đủ bốn chữ số:
    09/10/2023. Cách viết bằng dấu nối (9-10-2023) hoặc dấu chấm (9.10.2023) chỉ bị nhắc khi văn bản
    còn có ngày viết bằng gạch chéo. Số 0 trong "ngày ... tháng ..." thuộc DAT009, ngày thiếu năm
    thuộc DAT010.

Vì sao
    Năm hai chữ số không rõ thế kỷ, dễ lẫn với ngày và tháng; lẫn nhiều dạng thì tra ngày bị sót.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy đối thoại với Nhân dân vào ngày 15/8/23.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy đối thoại với Nhân dân vào ngày 15/8/2023.

Cách sửa
    Viết lại như lời nhắc; có thể sửa tự động sau khi xem.

Nguồn và độ tin cậy
    Cách viết ngày trong lời văn của các báo cáo đã công bố (B); văn bản của Đảng có nơi dùng dấu
    nối, nên chỉ nhắc khi lẫn dạng.

English:
    Dates in figures read 09/10/2023: strokes, no blanks, four figures for the year. Hyphens and
    dots are told only beside dates with strokes. Unsafe fix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.text.prose import CODE

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT042",
    name="date_form",
    severity=Severity.WARNING,
    source=Source("Cách viết ngày, tháng trong lời văn", Certainty.B),
    fix=FixClass.UNSAFE,
)

_DAY_WORDS = frozenset(
    ("ngày", "từ", "đến", "sáng", "chiều", "tối", "hôm", "trước", "sau", "cuối", "đầu")
)
# Behind these the figures are a number of something.
_NAMED = frozenset(("số", "mã", "thửa", "hồ", "phiên", "bản"))
_SLUGS = {"-": "gach_noi", ".": "cham"}


class _Date(NamedTuple):
    """A date of three figures: the number of its first word, day, month and year as written."""

    first: int
    slug: str
    right: str


def check(ctx: Reading) -> Iterator[Finding]:
    """Report dates in figures that are not written with strokes and a full year."""
    prose = ctx.prose
    stroke = False
    found: list[_Date] = []
    for number in prose.gaps.get("/", ()):
        if 0 < number < len(prose.words) - 1 and prose.seps[number + 1] == "/":
            year = prose.words[number + 1]
            if not _day_month(prose, number):
                continue
            if len(year) == 4:
                stroke = True
            elif _short_year(prose, number, year):
                right = f"{prose.words[number - 1]}/{prose.words[number]}/20{year}"
                found.append(_Date(number - 1, "nam_hai_so", right))
    for gap in (" / ", "/ ", " /"):
        for number in prose.gaps.get(gap, ()):
            if (date := _spaced(prose, number)) is not None:
                found.append(date)
    if stroke:
        for sign, slug in _SLUGS.items():
            for number in prose.gaps.get(sign, ()):
                if number + 1 < len(prose.words) and prose.seps[number + 1] == sign:
                    year = prose.words[number + 1]
                    if number > 1 and prose.words[number - 2].lower() in _NAMED:
                        continue
                    if len(year) == 4 and year[:2] in ("19", "20") and _day_month(prose, number):
                        right = f"{prose.words[number - 1]}/{prose.words[number]}/{year}"
                        found.append(_Date(number - 1, slug, right))
    seen = -1
    for date in sorted(found):
        if date.first <= seen:
            continue
        seen = date.first + 2
        start, end = prose.starts[date.first], prose.end(date.first + 2)
        yield ctx.mark(
            RULE,
            date.slug,
            start,
            end,
            new=date.right,
            safety=Safety.UNSAFE,
            severity=Severity.INFO if date.slug in _SLUGS.values() else None,
            tim_thay=prose.text[start:end],
            dung=date.right,
        )


def _figure(word: str, most: int) -> bool:
    return len(word) < 3 and word.isascii() and word.isdecimal() and 1 <= int(word) <= most


def _day_month(prose: Prose, number: int) -> bool:
    """Tell whether the words beside a gap are day and month of a whole date with a year."""
    if not 0 < number < len(prose.words) - 1:
        return False
    day, month, year = prose.words[number - 1 : number + 2]
    if not (_figure(day, 31) and _figure(month, 12) and year.isascii() and year.isdecimal()):
        return False
    before, behind = prose.seps[number - 1][-1:], prose.seps[number + 2][:1]
    glued = behind in ".," and len(prose.seps[number + 2]) == 1 and number + 2 < len(prose.words)
    part = before in ("/", "-", ".", ",", "_") or behind in ("/", "-", "_") or (behind and glued)
    return not part and prose.role(number) != CODE


def _short_year(prose: Prose, number: int, year: str) -> bool:
    """Tell whether two figures behind day and month are a year: a word of time says so."""
    before = prose.words[number - 2].lower() if number > 1 else ""
    return len(year) == 2 and before in _DAY_WORDS and prose.seps[number - 1] == " "


def _spaced(prose: Prose, number: int) -> _Date | None:
    """Return the date with blanks beside its strokes that a gap is part of."""
    words, gaps = prose.words, prose.seps
    strokes = ("/", " / ", "/ ", " /")
    for middle in (number, number - 1):
        if not 0 < middle < len(words) - 1:
            continue
        day, month, year = words[middle - 1 : middle + 2]
        whole = len(year) == 4 and year[:2] in ("19", "20") and _day_month(prose, middle)
        if whole and gaps[middle] in strokes and gaps[middle + 1] in strokes:
            return _Date(middle - 1, "dau_cach", f"{day}/{month}/{year}")
    return None
