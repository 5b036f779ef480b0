"""Báo cáo giữa năm chưa có kết quả xếp loại của chính năm đó (GRA004).

Quy định
    Trước ngày 30/8/2025 việc đánh giá, xếp loại tổ chức đảng, đảng viên làm mỗi năm một lần, vào
    cuối năm. Báo cáo tháng, quý, 6 tháng, 9 tháng ban hành trước ngày đó không có số liệu
    ``xep_loai`` và không viết kết quả xếp loại của năm đang báo cáo. Kết quả của năm trước thì ghi
    rõ năm trong câu văn, hoặc ghi ``ngay_chot_so_lieu`` của ``xep_loai``. Từ ngày 30/8/2025, khi
    mỗi quý có kết quả riêng, chỉ nhắc câu nêu kết quả "cả năm" của năm đang báo cáo. Báo cáo ban
    hành từ tháng 12 thì không xét.

Vì sao
    Số liệu này thường còn sót từ báo cáo tổng kết năm trước; để nguyên là báo cáo một việc chưa
    làm.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Năm 2023 có 10 đồng chí được xếp loại hoàn thành xuất sắc nhiệm vụ.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Năm 2022 có 10 đồng chí được xếp loại hoàn thành xuất sắc nhiệm vụ.

Cách sửa
    Bỏ số liệu xếp loại, để đến báo cáo tổng kết năm; nếu là kết quả năm trước thì sửa lại năm.

Nguồn và độ tin cậy
    Hướng dẫn 16-HD/BTCTW năm 2018 (xếp loại hằng năm), Quy định 366-QĐ/TW ngày 30/8/2025 (đánh giá
    cả theo quý), đọc qua nguồn thứ cấp, độ tin cậy B; cách áp dụng với báo cáo giữa năm độ tin cậy
    C. Báo cáo quý I thường nêu kết quả năm trước nên số liệu ở đó không bị nhắc.

English:
    A report on part of a year holds no grades of that year, typed or in a sentence that names the
    year. Since 30/8/2025 grading is quarterly: only grades of the whole year
    ("cả năm") are reported in later reports. Targets, instructions, rewards and other years are
    left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._quantities import Quantity, fold, quantities
from vanban.rules._text import HEADING, RUNNING, Sentences, holding, text_nodes
from vanban.rules.dates._period import sound_period
from vanban.rules.grading._grades import GRADE, GRADE_CUES, QUARTERLY, report_day
from vanban.rules.members._account import OWN_DATE
from vanban.text import dates

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.compose.period import Period
    from vanban.finding import Finding

RULE = Rule(
    id="GRA004",
    name="too_early",
    severity=Severity.WARNING,
    source=Source("Hướng dẫn 16-HD/BTCTW năm 2018: xếp loại hằng năm", Certainty.B),
)

PART_OF_YEAR = frozenset({"thang", "quy", "sau_thang", "chin_thang", "n_thang"})
# Grading is done from this month on.
YEAR_END = 12
# The grades of a year are still news in the first quarter of the next.
FIRST_QUARTER = 3

_COUNTED = frozenset({"đồng chí", "đảng viên", "chi bộ", "tổ chức đảng", "đảng bộ", "tổ chức"})
_WHOM = re.compile(r"(?<!\w)(?:đảng viên|chi bộ|tổ chức đảng|tổ chức cơ sở đảng|đảng bộ)(?!\w)")
_GRADE = re.compile(rf"(?<!\w){GRADE}")
# "10 đồng chí xuất sắc", "xếp loại xuất sắc"
_SHORT = re.compile(
    r"(?:(?:đồng chí|đảng viên|chi bộ|xếp loại|phân loại|đạt loại|đạt mức|loại|mức)"
    r"(?: (?:đạt|được|là|đạt loại|đạt mức|xếp loại|đánh giá))*:?|đánh giá) [“\"]?(?:xuất sắc)(?!\w)"
)
_JUDGED = re.compile(r"(?<!\w)(?:xếp loại|đánh giá|phân loại|xếp mức|bình xét)(?!\w)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NOT_YET = re.compile(
    r"(?<!\w)(?:phấn đấu|chỉ tiêu|mục tiêu|kế hoạch|dự kiến|dự báo|đăng ký|sẽ|chuẩn bị|hướng dẫn|"
    r"yêu cầu|phải|giới thiệu|đề nghị|nghị quyết đề ra|đề ra|giao|quyết tâm|tiến tới|chưa|nếu|"
    r"cam kết|phương hướng|ước|"
    r"khen|khen thưởng|giấy khen|bằng khen|tặng|biểu dương|tuyên dương|tôn vinh|danh hiệu|thi đua|"
    r"cán bộ|công chức|viên chức|giáo viên|sinh hoạt chi bộ|buổi sinh hoạt|cùng kỳ|năm trước|"
    r"năm ngoái|năm qua|nhiệm kỳ|giai đoạn|đoàn viên|hội viên)(?!\w)"
)
# Without "xếp loại" the grade ends the thought; "hoàn thành tốt nhiệm vụ thu thuế" is no grade.
_CLOSED = re.compile(
    r"[”\"']?(?: *(?:[,.;:()\n–-]|$)| +(?:năm|có|là|chiếm|đạt|và|trở lên|ở mức|với|\d))"
)
_WHOLE_YEAR = re.compile(r"(?<!\w)(?:cả|trọn|toàn|hết|cuối) năm(?: 20\d\d)?(?!\w)")
_PART = re.compile(r"(?<!\w)(?:quý|\d{1,2} tháng|tháng|đợt|kỳ này)(?!\w)")
_SO_FAR = re.compile(
    r"(?<!\w)(?:\d{1,2}|ba|sáu|chín) tháng đầu năm(?! (?:19|20)\d\d)|"
    r"(?<!\w)từ đầu năm đến nay(?!\w)"
)
# One organisation or member with its grade, without a count.
_ONE_GRADED = re.compile(
    r"(?<!\w)(?:chi bộ|đảng bộ|đồng chí|đảng viên) [^.;:\n]{0,60}?(?<!\w)được [^.,;:\n]{0,40}?"
    r"(?:xếp loại|đánh giá|công nhận)(?: (?:chất lượng|là|đạt|loại|mức|ở mức))* [“\"]?"
    r"(?P<grade>hoàn thành (?:xuất sắc|tốt) (?:chức trách,? )?nhiệm vụ)(?!\w)"
)
_IF = re.compile(
    r"(?<!\w)(?:nào|những|khi|muốn|điều kiện|tiêu chí|tiêu chuẩn|được xem xét|trở lên)(?!\w)"
)
_MONTHS = re.compile(
    r"(?:\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|một) tháng(?: đầu| cuối)? *(?:của )?$|"
    r"(?<!\w)(?:quý [ivx\d]+|tháng \d{1,2}|đến ngày[^.;]{0,20}|ngày[^.;]{0,20})[ /,]*(?:của )?$"
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report grades of a year that is not over."""
    period, day = sound_period(ctx), report_day(ctx)
    if period is None or period.kind not in PART_OF_YEAR or day is None:
        return
    if day >= date(period.year, YEAR_END, 1):
        return
    # Since then a quarter has grades of its own; only those of the whole year are too early.
    quarterly = day >= QUARTERLY
    typed = None if quarterly else _typed(ctx, period)
    if typed is not None:
        yield ctx.at(RULE, "so_lieu", typed.pointer, key=True, nam=period.year)
        return
    within = tuple(f"{n.pointer}/" for role in ("results", "assessment") for n in ctx.role(role))
    graded = holding(ctx, *GRADE_CUES, "xuất sắc")
    for node, text in text_nodes(ctx, HEADING, *RUNNING):
        if node.pointer not in graded or not node.pointer.startswith(within):
            continue
        place = _first_grade(text, period, quarterly=quarterly)
        if place is not None:
            yield ctx.at(RULE, "loi_van", node.pointer, text=place, nam=period.year)


def _typed(ctx: Context, period: Period) -> Node | None:
    """Return the typed grading that cannot be of an earlier year."""
    node = ctx.one("grading")
    if node is None or not isinstance(node.value, Mapping) or period.end.month <= FIRST_QUARTER:
        return None
    own = dates.parse(node.value.get(OWN_DATE))
    if own is not None and own < period.start:
        return None
    last = period.year - 1
    judged = r"(?:xếp loại|phân loại|đánh giá chất lượng|chất lượng (?:đảng viên|chi bộ|tổ chức))"
    of_last = re.compile(rf"{judged}[^.;\n]{{0,80}}{last}(?!\d)|{last}[^.;\n]{{0,80}}{judged}")
    for _, text in text_nodes(ctx, HEADING, *RUNNING):
        if str(last) in text and of_last.search(fold(text).text):
            return None
    return node


def _first_grade(text: str, period: Period, *, quarterly: bool) -> tuple[int, int] | None:
    """Return the place of the first figure that says how many hold a grade of this year."""
    folded = fold(text)
    low = folded.text
    if "xuất sắc" not in low and "hoàn thành" not in low:
        return None
    sentences = Sentences(low)
    judged: dict[int, bool] = {}
    for quantity in quantities(text):
        if quantity.unit not in _COUNTED and quantity.unit != "%":
            continue
        start = sentences.bounds(_forth(folded.origin, quantity.start))[0]
        if start not in judged:
            judged[start] = _is_result(low, sentences, start, period) and (
                not quarterly or _of_whole_year(low, sentences, start)
            )
        if judged[start] and _graded(low, sentences, folded.origin, quantity):
            return quantity.start, quantity.end
    for match in _ONE_GRADED.finditer(low):
        start = sentences.bounds(match.start())[0]
        if _IF.search(sentences.after(start)) or not _CLOSED.match(low, match.end()):
            continue
        if _is_result(low, sentences, start, period) and (
            not quarterly or _of_whole_year(low, sentences, start)
        ):
            return folded.back(match.start("grade")), folded.back(match.end("grade"))
    return None


def _forth(origin: tuple[int, ...] | None, position: int) -> int:
    """Return where a position of the given text stands in the folded one."""
    return position if origin is None else bisect_left(origin, position)


def _is_result(low: str, sentences: Sentences, start: int, period: Period) -> bool:
    """Tell whether a sentence says how this year was graded."""
    whole = sentences.after(start)
    if _NOT_YET.search(whole):
        return False
    grade = _GRADE.search(whole)
    short = _SHORT.search(whole)
    if grade is None and short is None:
        return False
    judged = _JUDGED.search(whole) is not None
    if not judged and not short and grade is not None and not _CLOSED.match(whole, grade.end()):
        return False
    if not judged and _WHOM.search(whole) is None and "đồng chí" not in whole:
        return False
    before = sentences.before(start - 1) if start else ""
    scope = whole
    if not _YEAR.search(whole) and _JUDGED.search(before) and not _NOT_YET.search(before):
        # "Kết quả đánh giá, xếp loại năm 2023 như sau. Xuất sắc có 10 đồng chí."
        scope = before + whole
    years = {int(m.group()) for m in _YEAR.finditer(scope)}
    if years - {period.year}:
        return False
    named = re.search(rf"(?<!\w)năm {period.year}(?!\d)|(?<!\w)năm nay(?!\w)", scope)
    if named is None:
        # "Qua đánh giá 9 tháng đầu năm, ... được xếp loại ...": the year of the report.
        return judged and not years and _SO_FAR.search(whole) is not None
    return judged or not _MONTHS.search(scope[: named.start()])


def _of_whole_year(low: str, sentences: Sentences, start: int) -> bool:
    """Tell whether a sentence speaks of the year as a whole and of no part of it."""
    whole = sentences.after(start)
    scope = whole if _YEAR.search(whole) else (sentences.before(start - 1) if start else "") + whole
    return _WHOLE_YEAR.search(scope) is not None and _PART.search(scope) is None


def _graded(
    low: str, sentences: Sentences, origin: tuple[int, ...] | None, quantity: Quantity
) -> bool:
    """Tell whether a grade stands near a figure, in its sentence."""
    start, end = sentences.bounds(_forth(origin, quantity.start))
    at = _forth(origin, quantity.start)
    near = low[max(start, at - 90) : min(end, at + 90)]
    return _GRADE.search(near) is not None or _SHORT.search(near) is not None
