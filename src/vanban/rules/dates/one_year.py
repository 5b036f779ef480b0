"""Trích yếu, đề mục và câu văn nói về kỳ báo cáo cùng ghi một năm (DAT005).

Quy định
    Năm trong trích yếu, tên phần tự ghi và trong các cụm như "9 tháng đầu năm ..." là năm của kỳ
    báo cáo; phần phương hướng được ghi năm của kỳ tới. Đề mục của một mục ("Công tác dân vận năm
    2022") cũng vậy, trừ khi lời văn của mục có nói đến năm ấy.

Vì sao
    Báo cáo thường được viết trên bản của năm trước; chỗ quên sửa năm hay nằm ở trích yếu, đề mục
    và câu mở đầu.

Sai
    mo_dau: |
      Trong 9 tháng đầu năm 2022, Đảng ủy đã lãnh đạo hoàn thành các nhiệm vụ.

Đúng
    mo_dau: |
      Trong 9 tháng đầu năm 2023, Đảng ủy đã lãnh đạo hoàn thành các nhiệm vụ.

Cách sửa
    Sửa năm được chỉ ra. Khi muốn so sánh với năm khác thì ghi rõ "so với", "cùng kỳ".

Nguồn và độ tin cậy
    Suy ra từ các báo cáo đã công bố: tên phần nhắc lại kỳ và năm; độ tin cậy C về câu chữ.

English:
    The year in an overridden subject, in titles of parts and in phrases that name the reported
    period is the report's year (for the period ahead: its year); so is the year at the end of a
    section's heading, unless the section speaks of that year. Comparisons, citations, terms,
    plans and other mentions of years are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.compose.period import Period, derived_next, quarter
from vanban.finding import Certainty, Severity, Source
from vanban.rules._text import HEADING, Sentences, holding, text_nodes
from vanban.rules.dates import next_period
from vanban.rules.dates._names import other_periods
from vanban.rules.dates._period import FREE_KINDS, MONTHS_KINDS, sound_period
from vanban.rules.dates._phrases import (
    MONTHS_OF_YEAR,
    YEAR,
    compared,
    next_names,
    phrases,
    running_texts,
    titles,
    with_months,
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
# "...; 9 tháng đầu năm 2022 thu 6.310 triệu đồng": its own figure, beside one already told.
_OWN_FIGURE = re.compile(r"[^.,;:\d\n]{0,60}(?<!\w)\d")
_WITHIN = re.compile(r"(?<!\w)(?:trong|qua|kết\s+quả|hết|suốt|thực\s+hiện|nhiệm\s+vụ)\s*$", re.I)
# A heading of a section that ends with the year: "Công tác dân vận năm 2022".
_SECTION = re.compile(
    rf"(?:kết\s+quả\s+|tình\s+hình\s+|về\s+|lĩnh\s+vực\s+|công\s+tác\s+)[^.;:()\n\d]{{0,100}}?"
    rf"(?:\s+trong)?\s+năm\s+(?P<year>{YEAR})",
    re.IGNORECASE,
)
# What is by custom of the year before, or names something of that year.
_OF_ANOTHER_YEAR = re.compile(
    r"đánh\s+giá|xếp\s+loại|phân\s+loại|quyết\s+toán|kiểm\s+điểm|khắc\s+phục|nghị\s+quyết|"
    r"chỉ\s+thị|kết\s+luận|kế\s+hoạch|chương\s+trình|chuyển\s+(?:tiếp|sang|từ)|tuyển\s+quân|"
    r"nhập\s+ngũ|đại\s+hội|bầu\s+cử|thành\s+lập|sắp\s+xếp|so\s+sánh|so\s+với|thanh\s+tra|"
    r"kiểm\s+toán|điều\s+tra|rà\s+soát|tổng\s+kết|kê\s+khai|khen\s+thưởng|kiến\s+nghị|cùng\s+kỳ|"
    r"công\s+khai|dự\s+án|công\s+trình|nhiệm\s+vụ|hạn\s+chế|tồn\s+tại|lấy\s+phiếu|kiểm\s+phiếu|"
    r"(?<!\w)(?:từ|đến|sau|trước|ngày|giai\s+đoạn|nhiệm\s+kỳ)(?!\w)",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(rf"(?<!\d){YEAR}(?!\d)")
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
    if not ctx.told(next_period.check):
        named.extend(next_names(ctx))
    # The title of another period altogether: DAT002 has said it.
    other = {pointer for pointer, *_ in other_periods(ctx)}
    for pointer, text in named:
        for start, year in _title_years(text, period.year):
            if year not in allowed and not (pointer in other and year == period.year + 1):
                yield _at(ctx, pointer, start, year, period)
    texts = running_texts(ctx)
    held = holding(ctx, "quý") if period.kind == "quy" else with_months(ctx)
    for pointer, text in texts:
        if pointer not in held:
            continue
        for start, year in _running_years(text, period, later):
            yield _at(ctx, pointer, start, year, period)
    yield from _headings(ctx, period, texts)


def _headings(ctx: Context, period: Period, texts: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    """Report headings of sections that end with a year gone by of which the section is silent."""
    tops = {pointer for pointer, _ in titles(ctx)}
    found = []
    for node, text in text_nodes(ctx, HEADING):
        # It ends with the year.
        last = text.rstrip()[-2:]
        match = _SECTION.fullmatch(text.strip()) if last.isdecimal() else None
        if match is None or node.pointer in tops or int(match["year"]) >= period.year:
            continue
        if not _OF_ANOTHER_YEAR.search(text) and not phrases(text):
            found.append((node.pointer, text.rindex(match["year"]), match["year"]))
    if not found:
        return
    spoken: set[tuple[str, str]] = set()
    headings = {pointer for pointer, _, _ in found}
    for pointer, text in texts:
        years = set() if pointer in headings else set(_ANY_YEAR.findall(text))
        place = pointer
        while place and years:
            place = place.rpartition("/")[0]
            spoken.update((place, year) for year in years)
    for pointer, start, year in found:
        if (pointer.rpartition("/")[0], year) not in spoken:
            yield _at(ctx, pointer, start, int(year), period)


def _at(ctx: Context, pointer: str, start: int, year: int, period: Period) -> Finding:
    return ctx.at(
        RULE, "khac_nam", pointer, text=(start, start + 4), nam=year, nam_dung=period.year
    )


def _title_years(text: str, own: int) -> Iterator[tuple[int, int]]:
    sentences = Sentences(text)
    in_phrase = {phrase.year_start for phrase in phrases(text)}
    own_named = False
    for match in _TITLE_YEAR.finditer(text):
        before = sentences.before(match.start())
        year, start = int(match["year"]), match.start("year")
        if compared(before) or _OTHER_YEAR.search(before):
            continue
        # "3 tháng cuối năm 2023 và định hướng năm 2024": the year after, once the own one is named.
        if not (own_named and year == own + 1 and start not in in_phrase):
            yield start, year
        own_named = own_named or year == own


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
        if year < period.year and _set_beside(text, start, at + 4, before):
            continue
        # A sentence that also names the report's year sets two years side by side.
        if re.search(rf"(?<!\d){period.year}(?!\d)", before + sentences.after(at + 4)):
            continue
        yield at, year


def _set_beside(text: str, start: int, end: int, before: str) -> bool:
    """Tell whether an earlier year comes with its own figure after one of the reported period."""
    own = _OWN_FIGURE.match(text, end) and not _WITHIN.search(before)
    return bool(own and any(char.isdigit() for char in text[:start]))
