"""Trích yếu, đề mục và câu văn nói về kỳ báo cáo cùng ghi một năm (DAT005).

Quy định
    Năm trong trích yếu, tên phần tự ghi và trong các cụm như "9 tháng đầu năm ..." là năm của kỳ
    báo cáo; phần phương hướng được ghi năm của kỳ tới.

Vì sao
    Báo cáo thường được viết trên bản của năm trước; chỗ quên sửa năm hay nằm ở trích yếu, đề mục
    và câu mở đầu.

Sai
    mo_dau: |
      Trong 9 tháng đầu năm 2022, Đảng ủy đã lãnh đạo hoàn thành các nhiệm vụ.

Đúng
    mo_dau: |
      Trong 9 tháng đầu năm 2023, Đảng ủy đã lãnh đạo hoàn thành các nhiệm vụ; số mô hình "Dân vận
      khéo" nhiều hơn so với 9 tháng đầu năm 2022.

Cách sửa
    Sửa năm được chỉ ra. Khi muốn so sánh với năm khác thì ghi rõ "so với", "cùng kỳ".

Nguồn và độ tin cậy
    Suy ra từ các báo cáo đã công bố: tên phần nhắc lại kỳ và năm; độ tin cậy C về câu chữ.

English:
    The year in an overridden subject, in titles of parts and in phrases that name the reported
    period is the report's year (for the period ahead: its year). Comparisons, citations, terms,
    plans and other mentions of years are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.compose.period import Period, derived_next, quarter
from vanban.finding import Certainty, Severity, Source
from vanban.rules._text import Sentences
from vanban.rules.dates import next_period
from vanban.rules.dates._period import FREE_KINDS, MONTHS_KINDS, sound_period
from vanban.rules.dates._phrases import (
    MONTHS_OF_YEAR,
    YEAR,
    compared,
    next_names,
    phrases,
    running_texts,
    titles,
)

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="DAT005",
    name="one_year",
    severity=Severity.ERROR,
    source=Source("Kỳ báo cáo: một năm trong toàn văn bản", Certainty.C),
)

_TITLE_YEAR = re.compile(
    rf"(?:(?<!\w)năm\s+|(?<!\w)(?:quý\s+[IV\d]+|tháng\s+\d{{1,2}})\s*/\s*)"
    rf"(?P<year>{YEAR})(?!\d|\s*[-–]\s*\d)",
    re.IGNORECASE,
)
# Before "năm 2022" in a title: a worded date, a span of years, a school year.
_OTHER_YEAR = re.compile(
    r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s*$|ngày\s+\d{1,2}\s*/\s*\d{0,2}\s*$|"
    r"(?<!\w)(?:từ|đến|trước|sau|giai\s+đoạn|tầm\s+nhìn|nhiệm\s+kỳ|"
    r"nghị\s+quyết|chỉ\s+thị|kế\s+hoạch|chương\s+trình)\s*$",
    re.IGNORECASE,
)
_QUARTER = re.compile(
    rf"(?<!\w)quý\s+(?P<q>IV|I{{1,3}}|[1-4])(?:\s*/\s*|\s+(?:của\s+)?năm\s+)"
    rf"(?P<year>{YEAR})(?!\d|\s*[-–]\s*\d)",
    re.IGNORECASE,
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# A plan for later years is no slip of the year.
_PLAN = re.compile(r"kế\s+hoạch|dự\s+kiến|phấn\s+đấu|chỉ\s+tiêu|chuẩn\s+bị|định\s+hướng", re.I)


def check(ctx: Context) -> Iterator[Finding]:
    """Report each year that is not the report's where the reported period is named."""
    period = sound_period(ctx)
    if period is None or period.kind in FREE_KINDS:
        return
    ahead = derived_next(period)
    later = {ahead.start.year, ahead.end.year} if ahead else set()
    allowed = {period.year} | later
    named = list(titles(ctx))
    # Wrong dates of the next period make its name wrong too: DAT003 has said it.
    if not any(True for _ in next_period.check(ctx)):
        named.extend(next_names(ctx))
    for pointer, text in named:
        for start, year in _title_years(text):
            if year not in allowed:
                yield _at(ctx, pointer, start, year, period)
    for pointer, text in running_texts(ctx):
        for start, year in _running_years(text, period, later):
            yield _at(ctx, pointer, start, year, period)


def _at(ctx: Context, pointer: str, start: int, year: int, period: Period) -> Finding:
    return ctx.at(
        RULE, "khac_nam", pointer, text=(start, start + 4), nam=year, nam_dung=period.year
    )


def _title_years(text: str) -> Iterator[tuple[int, int]]:
    sentences = Sentences(text)
    for match in _TITLE_YEAR.finditer(text):
        before = sentences.before(match.start())
        if not compared(before) and not _OTHER_YEAR.search(before):
            yield match.start("year"), int(match["year"])


def _running_years(text: str, period: Period, later: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the wrong years of phrases that name the reported period or the one ahead."""
    sentences = Sentences(text)
    mentions: list[tuple[int, int, int, frozenset[int]]] = []
    own, ahead = frozenset({period.year}), frozenset({period.year, *later})
    if period.kind in MONTHS_KINDS and period.months is not None:
        for phrase in phrases(text):
            same = phrase.n == (period.months if phrase.head else MONTHS_OF_YEAR - period.months)
            if same and phrase.year is not None:
                right = own if phrase.head else ahead
                mentions.append((phrase.start, phrase.year_start, phrase.year, right))
    elif period.kind == "quy":
        for match in _QUARTER.finditer(text):
            if _QUARTERS[match["q"].lower()] == quarter(period.end):
                where = (match.start(), match.start("year"), int(match["year"]), own)
                mentions.append(where)
    for start, at, year, right in mentions:
        if year in right:
            continue
        before = sentences.before(start)
        if compared(before) or before.rstrip().endswith("("):
            continue
        if year > period.year and _PLAN.search(before):
            continue
        # A sentence that also names the report's year sets two years side by side.
        if re.search(rf"(?<!\d){period.year}(?!\d)", before + sentences.after(at + 4)):
            continue
        yield at, year
