"""Phân số n/N hợp lý và khớp với tỷ lệ ghi bên cạnh (NUM004).

Quy định
    Trong "n/N tiêu chí", n không âm và không lớn hơn N, N lớn hơn 0; nếu có ghi tỷ lệ phần trăm
    thì tỷ lệ bằng n / N × 100, được sai tối đa một đơn vị ở chữ số cuối. Số thực hiện trên số kế
    hoạch (kiểm tra 6/4 cuộc, vượt kế hoạch) không phải là phần của tổng nên không bị nhắc.

Vì sao
    Đây là con số được trích dẫn nhiều nhất của báo cáo; "20/19 tiêu chí" hay "17/19 đạt 98,47%" là
    lỗi gõ mà người nghe nhận ra ngay.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Xã đạt 17/19 tiêu chí nông thôn mới (98,47%); 09/08 chi bộ có mô hình "Dân vận khéo".

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Xã đạt 17/19 tiêu chí nông thôn mới (89,47%); 08/08 chi bộ có mô hình "Dân vận khéo".

Cách sửa
    Kiểm tra lại hai số và tỷ lệ, sửa số gõ nhầm.

Nguồn và độ tin cậy
    Đối chiếu số liệu đã công bố (8.481/9.669 = 87,7%; 171/416 = 41,11%); độ tin cậy C về câu chữ.

English:
    A fraction n/N of a whole has 0 <= n <= N and N > 0, and a percentage printed beside it matches.
    Read from typed pairs and from running text; dates, document numbers and actual/plan ratios are
    left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._page import page
from vanban.rules._quantities import decimal
from vanban.rules._text import HEADING, RUNNING, Sentences
from vanban.rules.figures._ratio import deviates, last_unit, shown
from vanban.rules.grading.grade_share import claimed
from vanban.text.numbers import figure, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="NUM004",
    name="fraction",
    severity=Severity.ERROR,
    source=Source("Phân số của một tổng và tỷ lệ của nó", Certainty.C),
)

_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"
_PAIR = re.compile(
    # what stands before it is looked at behind its first digit: a search runs from digit to digit
    rf"(?P<n>\d(?<![\w/.,\-–].)(?:\d{{0,2}}(?:\.\d{{3}})+|\d*)(?:,\d+)?)\s?/\s?(?P<whole>{_NUMBER})(?![\w/%]|[.,]\d|\s?[-–/]\s?\w)"
)
# The same pair, looked for at its slash.
_SLASH = re.compile(rf"/\s?{_NUMBER}(?![\w/%]|[.,]\d|\s?[-–/]\s?\w)")
_PART = re.compile(r"(?<![\w/.,\-–])\d[\d.,]*\s?$")
_LONGEST = 40
# Units of a whole that n can never exceed.
_WHOLES = (
    r"tiêu\s+chí|chỉ\s+tiêu|tiêu\s+chuẩn|chi\s+bộ|tổ\s+chức|đảng\s+bộ|chi\s+đoàn|chi\s+hội|ấp|thôn|"
    r"khu\s+phố|khu\s+dân\s+cư|xóm|bản|làng|buôn|xã|phường|huyện|hộ|gia\s+đình|trường|cơ\s+sở|"
    r"cơ\s+quan|đơn\s+vị|nhiệm\s+vụ|nội\s+dung|phiếu|đại\s+biểu|ủy\s+viên|uỷ\s+viên|hồ\s+sơ|đơn|"
    r"kiến\s+nghị|ý\s+kiến"
)
# Units that are also counted against a plan: 6/4 cuộc may be more than was planned.
_PLANNED = (
    r"đảng\s+viên|đồng\s+chí|người|công\s+dân|thanh\s+niên|học\s+sinh|cháu|trẻ|em|cuộc|buổi|lượt|"
    r"hội\s+nghị|vụ|mô\s+hình|công\s+trình|văn\s+bản|hội\s+viên|đoàn\s+viên|quần\s+chúng|tổ|nhóm|"
    r"km|ha|tấn|con|lớp|sản\s+phẩm|doanh\s+nghiệp|hợp\s+tác\s+xã|cây|nhà|căn|triệu|tỷ"
)
_UNIT = re.compile(rf"\s+(?:(?P<whole>{_WHOLES})|(?P<planned>{_PLANNED}))(?!\w)", re.IGNORECASE)
# Right before the pair: a number of a document, a place, a date.
_REFERENCE = re.compile(
    r"(?<!\w)(?:số|mẫu|biểu|phụ\s+lục|quyết\s+định|nghị\s+quyết|nghị\s+định|chỉ\s+thị|thông\s+tư|"
    r"kết\s+luận|quy\s+định|công\s+văn|tờ|thửa|lô|đường|phố|hẻm|ngõ|quốc\s+lộ|bản\s+đồ)\s*$",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(
    r"(?<!\w)(?:ngày|mùng|mồng|hôm|sáng|chiều|tối|đêm|dịp|đợt|lễ|kỷ\s+niệm|từ|đến|tới|trước|sau|"
    r"hết|mốc|và|tháng|vào|là)\s*$|[-–,]\s*$",
    re.IGNORECASE,
)
_DAYS = re.compile(r"(?<!\w)(?:ngày|sáng|chiều|tối|đêm)(?!\w)|\d\s?/\s?\d", re.IGNORECASE)
_PLAN_WORDS = re.compile(
    r"kế\s+hoạch|vượt|giao|chỉ\s+tiêu|nghị\s+quyết|chương\s+trình|dự\s+toán|mục\s+tiêu", re.I
)
# Said right behind a pair, whatever its unit: the second number is a plan.
_OF_PLAN = re.compile(
    r"[^.;:!?\n]{0,40}?(?:\d\s*%\s*(?:so\s+với\s+)?(?:kế\s+hoạch|kh(?!\w)|chỉ\s+tiêu|nghị\s+quyết|"
    r"dự\s+toán|chương\s+trình|mục\s+tiêu)|vượt(?!\w))",
    re.IGNORECASE,
)
_LINK = r"(?:(?:đạt|chiếm|bằng|tương\s+đương|=)\s*)?(?:(?:tỷ|tỉ)\s+lệ\s*)?"
_PERCENT = rf"(?P<percent>{_NUMBER})\s*%"
_OTHER_BASE = (
    r"(?!\s*(?:so(?!\w)|kế\s+hoạch|kh(?!\w)|chỉ\s+tiêu|nghị\s+quyết|dự\s+toán|cùng\s+kỳ|"
    r"mục\s+tiêu|năm\s+trước))"
)
# "17/19 tiêu chí (đạt 89,47%)", "17/19 tiêu chí đạt 89,47%", "..., chiếm 87,7%".
_AFTER = re.compile(
    rf"(?:[^.,;:!?\d%()\n]{{0,60}}\s*\(\s*{_LINK}|[^.,;:!?\d%()\n]{{0,60}},\s*(?=[đcbt=])"
    rf"(?:(?:đạt|chiếm|bằng|tương\s+đương|=)\s*(?:(?:tỷ|tỉ)\s+lệ\s*)?|"
    rf"(?:tỷ|tỉ)\s+lệ\s*(?:(?:đạt|là|bằng|chiếm)\s*)?)|"
    rf"\s*(?:đạt|chiếm|bằng|tương\s+đương|=)\s*(?:(?:tỷ|tỉ)\s+lệ\s*)?)"
    rf"{_PERCENT}{_OTHER_BASE}",
    re.IGNORECASE,
)
# "89,47% (17/19 tiêu chí)".
_BEFORE = re.compile(rf"(?<![\w.,]){_PERCENT}{_OTHER_BASE}[^.,;:!?\d%()\n]{{0,30}}\(\s*$", re.I)
# "đạt tỷ lệ 96,5% với 2.361/2.486 hộ", "chiếm 96,5%, tương ứng 2.361/2.486 hộ".
_AHEAD = re.compile(
    rf"(?<!\w)(?P<verb>đạt|chiếm|đạt\s+(?:tỷ|tỉ)\s+lệ|chiếm\s+(?:tỷ|tỉ)\s+lệ|(?:tỷ|tỉ)\s+lệ(?:\s+(?:đạt|là))?)"
    rf"\s+{_PERCENT}{_OTHER_BASE}\s*,?\s*(?:(?:số|tổng\s+số)\s+[^\W\d_]+\s*,?\s*)?"
    r"(?P<link>tức(?:\s+là)?|tương\s+ứng(?:\s+với)?|tương\s+đương(?:\s+với)?|hay|là|với|có)\s+$",
    re.I,
)
_SURE_LINKS = ("tức", "tương", "hay")
# Money and plans have a percentage of their own; so has "tỷ lệ" of something else.
_OF_ELSE = re.compile(
    r"(?<!\w)(?:thu|chi|quỹ|vốn|giải\s+ngân|đóng\s+góp|kế\s+hoạch|chỉ\s+tiêu|dự\s+toán|tiến\s+độ|"
    r"khối\s+lượng|diện\s+tích|sản\s+lượng|tăng|giảm)(?!\w)",
    re.I,
)
_SHARE_OF = re.compile(r"(?<!\w)(?:tỷ|tỉ)\s+lệ\s+(?P<what>[^.,;:%\d\n]{2,80})$", re.I)
_CHANGE = re.compile(r"tăng|giảm|vượt|còn\s+lại|chưa|không", re.IGNORECASE)
# "giảm 21% (34/43 vụ)", "giảm 2 vụ (6/4 vụ)": the figures of two periods, not part and whole.
_TWO_PERIODS = re.compile(
    r"(?<!\w)(?:tăng|giảm)\s+(?:[^.,;:()\n]|[.,]\d){0,40}\(\s*$", re.IGNORECASE
)


_NEAR = 100


class _Percent(NamedTuple):
    """A percentage printed beside a fraction, at ``start:end`` of the text."""

    start: int
    end: int
    text: str


def check(ctx: Context) -> Iterator[Finding]:
    """Report fractions of a whole that cannot be, or whose percentage does not match."""
    yield from _typed(ctx)
    for piece in page(ctx).pieces(_worth_reading, HEADING, *RUNNING, "note", "cell"):
        for fault in faults(piece.raw):
            # n of all members with a share of those assessed: GRA002 names the right denominator
            if (piece.pointer, fault.place[0]) not in ctx.once(claimed):
                yield ctx.at(RULE, fault.slug, piece.pointer, text=fault.place, **fault.args)


def _worth_reading(text: str) -> Iterator[int]:
    """Yield the slashes in a folded text that may part two numbers of a fraction."""
    for match in _SLASH.finditer(text):
        at = match.start()
        if _PART.search(text, max(0, at - _LONGEST), at):
            yield at


def _typed(ctx: Context) -> Iterator[Finding]:
    """Judge the typed pairs: a part and a whole side by side in one object."""
    parts = {node.pointer.rpartition("/")[0]: node for node in ctx.role("share-part")}
    # Recruits may outnumber the quota: actual against plan, not part of a whole.
    against_plan = {node.pointer for node in ctx.role("recruitment")}
    for node in ctx.role("share-whole"):
        parent = node.pointer.rpartition("/")[0]
        part = parts.get(parent)
        whole, number = figure(node.value), figure(part.value) if part is not None else None
        if part is None or whole is None or number is None or parent in against_plan:
            continue
        if whole == 0:
            yield ctx.at(RULE, "mau_khong", node.pointer, tu=vietnamese(number))
        elif number > whole:
            yield ctx.at(RULE, "vuot", part.pointer, tu=vietnamese(number), mau=vietnamese(whole))


class Fault(NamedTuple):
    """What is wrong with a fraction of a text: message, place, what the message names."""

    slug: str
    place: tuple[int, int]
    pair: tuple[int, int]
    args: Mapping[str, Any]


@lru_cache(maxsize=512)
def faults(text: str) -> tuple[Fault, ...]:
    """Return the fractions of a running text that cannot be or do not match their percentage."""
    return tuple(_faults(text)) if "/" in text else ()


def _faults(text: str) -> Iterator[Fault]:
    sentences = Sentences(text)
    for match in _PAIR.finditer(text):
        part, whole = decimal(match["n"]), decimal(match["whole"])
        before = sentences.before(match.start())
        unit = _UNIT.match(text, match.end())
        counted = unit is not None and unit["whole"] is not None and part <= whole
        if _is_no_share(before, part, whole, counted=counted):
            continue
        if _TWO_PERIODS.search(before) and not (part > whole and unit and unit["whole"]):
            continue
        place = (match.start(), match.end())
        if whole == 0:
            if unit is not None:
                yield Fault("mau_khong", place, place, {"tu": match["n"]})
            continue
        exact = part * 100 / whole
        percent = _percent(text, match, before, unit.end() if unit else match.end())
        value = decimal(percent.text) if percent is not None else None
        fits = (
            value is not None
            and percent is not None
            and not deviates(value, last_unit(percent.text), exact)
        )
        both = {"tu": match["n"], "mau": match["whole"]}
        if part > whole:
            planned = (
                fits
                or _OF_PLAN.match(text, match.end())
                or (
                    unit is not None
                    and unit["planned"] is not None
                    and _PLAN_WORDS.search(before + sentences.after(match.end()))
                )
            )
            if unit is not None and not planned:
                yield Fault("vuot", place, place, both)
        elif percent is not None and value is not None and not fits:
            said = {"ty_le": percent.text, "dung": shown(exact)}
            yield Fault("ty_le", (percent.start, percent.end), place, {**both, **said})


def _is_no_share(before: str, part: Decimal, whole: Decimal, *, counted: bool) -> bool:
    """Tell whether ``part/whole`` is a date, a month of a year or the number of something."""
    if _REFERENCE.search(before):
        return True
    if 1900 <= whole <= 2100 and part <= 12:
        return True
    looks_like_date = 1 <= part <= 31 and 1 <= whole <= 12
    if counted and before.rstrip().endswith(",") and not _DAYS.search(before[-_NEAR:]):
        # "Đến nay, 05/06 ấp ..., đạt 80%": of six hamlets, no day.
        return False
    return bool(looks_like_date and _DATE_BEFORE.search(before))


def _percent(text: str, pair: re.Match[str], before: str, behind: int) -> _Percent | None:
    """Return the percentage that is said of the pair, or None."""
    after = _AFTER.match(text, behind)
    if after is not None and not _CHANGE.search(text, behind, after.start("percent")):
        return _Percent(after.start("percent"), after.end("percent"), after["percent"])
    ahead = _BEFORE.search(before)
    if ahead is not None:
        offset = pair.start() - len(before)
        start, end = ahead.span("percent")
        return _Percent(offset + start, offset + end, ahead["percent"])
    return _said_ahead(text, pair, before, behind)


def _said_ahead(text: str, pair: re.Match[str], before: str, behind: int) -> _Percent | None:
    """Return the percentage right ahead of a pair that is surely its own."""
    ahead = _AHEAD.search(before[-_NEAR:])
    if ahead is None or behind == pair.end():
        return None
    offset = pair.start() - len(before[-_NEAR:])
    start, end = ahead.span("percent")
    said = _Percent(offset + start, offset + end, ahead["percent"])
    subject = re.split(r"[;\n]", before[: len(before) - len(before[-_NEAR:]) + ahead.start()])[-1]
    unit = " ".join(text[pair.end() : behind].lower().split())
    rate = _SHARE_OF.search(subject)
    # "tỷ lệ hộ có nước sạch đạt 95% với 5/6 ấp" speaks of two things.
    if rate is not None and not re.search(rf"(?<!\w){re.escape(unit)}(?!\w)", rate["what"].lower()):
        return None
    if _OF_ELSE.search(subject):
        return None
    if ahead["link"].lower().startswith(_SURE_LINKS):
        return said
    # With "với" alone the words must name a rate: "đạt tỷ lệ 96,5% với 2.361/2.486 hộ".
    named = "lệ" in ahead["verb"].lower() or "chiếm" in ahead["verb"].lower()
    return said if named or rate is not None else None
