"""Tỷ lệ trên 100% chỉ khi so với kế hoạch hoặc với kỳ trước (NUM006).

Quy định
    Phần của một tổng (tỷ lệ bao phủ bảo hiểm y tế, tỷ lệ hộ, tỷ lệ đảng viên, "chiếm ...%") không
    vượt quá 100%. Tỷ lệ so với kế hoạch, dự toán, chỉ tiêu, cùng kỳ, tốc độ tăng thì được vượt. Xét
    chỉ tiêu loại ty_le có đơn vị %, tỷ lệ của các nhóm trong cơ cấu, và lời văn: "tỷ lệ hộ ... đạt
    103%", "chiếm 100,8% tổng số hộ", "có 115% số đảng viên", "bao phủ bảo hiểm y tế đạt 103%".
    Chỉ tiêu mà tên cho biết là so với kế hoạch, dự toán, cùng kỳ hay tốc độ tăng thì không bị nhắc.

Vì sao
    "Tỷ lệ tham gia bảo hiểm y tế đạt 103%" là điều không thể có: hoặc gõ nhầm, hoặc đó là tỷ lệ so
    với kế hoạch mà quên ghi.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Tỷ lệ người dân tham gia bảo hiểm y tế đạt 103%.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Số người tham gia bảo hiểm y tế đạt 103% kế hoạch năm.

Cách sửa
    Kiểm tra lại con số; nếu là tỷ lệ so với kế hoạch hoặc cùng kỳ thì ghi rõ "kế hoạch", "so với
    cùng kỳ" ngay sau con số.

Nguồn và độ tin cậy
    Số học của tỷ lệ; độ tin cậy C về câu chữ.

English:
    A percentage above 100 is legal only against a plan or an earlier period, never as the share of
    a whole. Read from indicators in percent, from typed shares and from running text ("chiếm", "tỷ
    lệ hộ ...", health insurance); silent wherever a plan or a comparison is named near it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from unicodedata import is_normalized

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._page import page
from vanban.rules._page import places as places_of
from vanban.rules._quantities import fold
from vanban.rules._text import HEADING, RUNNING
from vanban.rules.figures import fraction
from vanban.rules.figures._skeleton import sentences_of
from vanban.text.numbers import figure, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="NUM006",
    name="over_hundred",
    severity=Severity.ERROR,
    source=Source("Tỷ lệ của một tổng không vượt quá 100%", Certainty.C),
)

_WHOLE = Decimal(100)
# Ratios that may pass 100: against a plan, a period, a norm; and what is counted on another base.
_RATIO = re.compile(
    r"(?<!\w)(?:kế hoạch|kh|chỉ tiêu|dự toán|nghị quyết|mục tiêu|chương trình|đề án|định mức|"
    r"tiến độ|giao|so|cùng kỳ|năm trước|năm ngoái|kỳ trước|gấp|vượt|tăng|giảm|tốc độ|tăng trưởng|"
    r"chỉ số|hệ số|công suất|huy động|nhập học|tuyển sinh|ra lớp|giải ngân|thu nộp|lạm phát|lãi|"
    r"lợi nhuận|bình quân|năm 20\d\d|quân số|giường bệnh|thay thế|thu hồi|khoán|"
    r"hoàn thành(?! tốt| xuất sắc| nhiệm vụ| chương trình)|thực hiện|hơn|lần)(?!\w)"
)
# "Thu ngân sách đạt 80% dự toán, tỷ lệ ...": what was said of a plan before belongs to itself.
_SAID_BEFORE = re.compile(r"\x03 ?% [^,;]{0,60}, ")
_SHARE_BEFORE = re.compile(
    r"(?:(?<!\w)chiếm(?: (?:tỷ|tỉ) (?:lệ|trọng))?(?: là)?|"
    r"(?<!\w)(?:tỷ|tỉ) lệ (?:hộ|người|nhân|dân|đảng|chi bộ|cán bộ|gia đình|trẻ|học sinh|bao phủ|"
    r"tham gia|có|sử dụng|tổ chức|ấp|thôn|khu|trường|lao động|phụ nữ|hội viên|đoàn viên|cử tri|"
    r"công dân|thanh niên|nữ|hồ sơ|bảo hiểm|bhyt|dự|đồng|số|quần chúng|cháu|học viên|giáo viên|"
    r"tiêm|phiếu|hài lòng|giải quyết|thu gom|phủ|cấp|đơn|ý kiến|kiến nghị|nhà|cơ sở|cơ quan|"
    r"văn bản|khu dân cư|tốt nghiệp|lên lớp|nước|tín nhiệm|tán thành)(?!\w)[^.;:\x02]{0,90}?"
    r" (?:đạt|là|chiếm|bằng|ở mức|lên|lên tới|tới|còn)(?: (?:tỷ|tỉ) lệ)?|"
    r"(?<!\w)(?:bảo hiểm y tế|bhyt)(?: toàn dân)?(?: (?:đạt|là|chiếm)| (?:với )?(?:tỷ|tỉ) lệ)+|"
    r"(?<!\w)(?:bảo hiểm y tế|bhyt)[^.;:]{0,80}\x03 người, (?:đạt|chiếm)(?: (?:tỷ|tỉ) lệ)?) $"
)
_AFTER = 60
# "115% số đảng viên ...": the whole is named right behind the figure.
_GROUP = (
    r"(?:cán bộ|đảng viên|chi bộ|hộ|gia đình|nhân khẩu|người|dân|nhân dân|trẻ|học sinh|cháu|"
    r"hội viên|đoàn viên|cử tri|công dân|thanh niên|phụ nữ|lao động|hồ sơ|ấp|thôn|xóm|khu dân cư|"
    r"trường|cơ sở|tổ chức|công chức|giáo viên|đại biểu|phiếu|ý kiến|đơn|kiến nghị|văn bản)(?!\w)"
)
_WHOLE_AFTER = re.compile(
    rf" ?(?:%|phần trăm) (?:trong |của |trên |so với )?tổng số (?P<of>{_GROUP})"
)
_SOME_AFTER = re.compile(rf" ?(?:%|phần trăm) (?:số |các )?(?P<of>{_GROUP})")
_HAVING = re.compile(r"(?:(?<!\w)(?:có|với|đã có|được|vận động|thu hút)|[,;:]|^)(?: tới| đến)? $")
_AGAINST = re.compile(r"(?<!\w)(?:bằng|so với|gấp|tương đương|tăng|giảm|vượt|hơn)(?: \w+)? $")
# Common words that make a ratio only within their own clause.
_WEAK = re.compile(r"(?:thực hiện|tăng|giảm|hơn|lần|tiến độ|hoàn thành|huy động|giao)$")
_CHANGE = re.compile(r", (?:tăng|giảm|cao hơn|thấp hơn|không)(?!\w)")
_PLANNED = re.compile(r"(?<!\w)(?:kế hoạch|kh|chỉ tiêu|dự toán|nghị quyết|mục tiêu)(?!\w)")


@lru_cache(maxsize=512)
def places(text: str) -> tuple[tuple[int, int, Decimal], ...]:
    """Return where a text says more than 100 % of a whole: start, end (with the sign), value."""
    if not _may_exceed(text):
        return ()
    pairs = [fault.pair for fault in fraction.faults(text)]
    out = []
    for sentence in sentences_of(text):
        for q, before, after in sentence.figures():
            if q.unit != "%" or q.value <= _WHOLE or q.approximate:
                continue
            share = _SHARE_BEFORE.search(before)
            if share is None and (_named_whole(before, after)):
                share = _END.search(before)
            cut = 0
            for said in _SAID_BEFORE.finditer(before):
                cut = said.end() if share is None or said.end() <= share.start() else cut
            if share is None or _ratio_before(before, cut) or _ratio_behind(after[:_AFTER]):
                continue
            if _near(pairs, q.start, q.unit_end):
                continue
            out.append((q.start, q.unit_end, q.value))
    return tuple(out)


def _may_exceed(text: str) -> bool:
    """Tell whether a percentage of a text may be above 100: three digits, or one in words."""
    at = text.find("%")
    if at < 0:
        return "phần trăm" in text
    if "trăm" in text.lower() or not is_normalized("NFC", text):
        return True
    while at >= 0:
        figure_text = _FIGURE_END.search(text, max(0, at - _LONGEST), at)
        if figure_text is None or _THREE_DIGITS.search(figure_text.group()):
            return True
        at = text.find("%", at + 1)
    return False


# A longer run of digits ends the search and counts as large.
_LONGEST = 24
_FIGURE_END = re.compile(r"(?<=[^\d.,/\s])[\s.,/]*\d[\d.,/\s]*\Z")
_THREE_DIGITS = re.compile(r"\d{3}")
_END = re.compile(r"$")
# A share above 100 is told by one of these ahead, or by its whole behind.
_SHARE_WORD = re.compile(r"chiếm|lệ|bảo\s+hiểm|bhyt")
_GROUP_WORD = re.compile(_GROUP.replace(" ", r"\s+"))
_FAR = 800


def _named_whole(before: str, after: str) -> bool:
    """Tell whether the whole of a share is named right behind it."""
    if _AGAINST.search(before):
        return False
    return _WHOLE_AFTER.match(after) is not None or (
        _SOME_AFTER.match(after) is not None and _HAVING.search(before) is not None
    )


def _ratio_before(before: str, cut: int) -> bool:
    """Tell whether a plan or a comparison is named before a figure."""
    clause = max(before.rfind(mark) for mark in ":,") + 1
    return any(
        match.start() >= clause or _WEAK.search(match.group()) is None
        for match in _RATIO.finditer(before, cut)
    )


def _ratio_behind(after: str) -> bool:
    """Tell whether a plan or a comparison is named behind; ", tăng ..." speaks of the change."""
    change = _CHANGE.search(after)
    if change is not None and not _PLANNED.search(after):
        after = after[: change.start()]
    return _RATIO.search(after) is not None


def _near(pairs: list[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a faulty fraction, which is reported already, stands near a percentage."""
    index = bisect_left(pairs, (start - _AFTER, 0))
    return any(
        first <= end + _AFTER and last >= start - _AFTER
        for first, last in pairs[max(0, index - 1) : index + 2]
    )


def is_ratio(name: str) -> bool:
    """Tell whether a name is that of a ratio that may pass 100 %."""
    return _RATIO.search(fold(name).text) is not None


def impossible_share(indicator: Any) -> Decimal | None:
    """Return what an indicator has achieved when it is a share of a whole above 100 %."""
    if not isinstance(indicator, Mapping) or indicator.get("loai") != "ty_le":
        return None
    if str(indicator.get("don_vi", "")).strip() != "%" or is_ratio(str(indicator.get("ten", ""))):
        return None
    actual = figure(indicator.get("thuc_hien"))
    return actual if actual is not None and actual > _WHOLE else None


def check(ctx: Context) -> Iterator[Finding]:
    """Report shares of a whole above 100 %."""
    typed: set[Decimal] = set()
    for node in ctx.role("indicator"):
        actual = impossible_share(node.value)
        if actual is not None:
            typed.add(actual)
            place, name = f"{node.pointer}/thuc_hien", node.value.get("ten")
            yield ctx.at(RULE, "chi_tieu", place, ty_le=vietnamese(actual), ten=name)
    for node in ctx.role("part-percent"):
        share = figure(node.value)
        if share is not None and share > _WHOLE:
            yield ctx.at(RULE, "nhom", node.pointer, ty_le=vietnamese(share))
    for piece in page(ctx).pieces(_worth_reading, HEADING, *RUNNING, "note"):
        for start, end, value in places(piece.raw):
            if value not in typed:
                yield ctx.at(
                    RULE, "loi_van", piece.pointer, text=(start, end), ty_le=vietnamese(value)
                )


def _worth_reading(text: str) -> Iterator[int]:
    """Yield the percentages in a folded text that may be a share above 100."""
    yield from places_of(text, "trăm")
    for at in places_of(text, "%"):
        said = _FIGURE_END.search(text, max(0, at - _LONGEST), at)
        if said is None or _THREE_DIGITS.search(said.group()):
            before, behind = text[max(0, at - _FAR) : at], text[at : at + _AFTER]
            if _SHARE_WORD.search(before) or _GROUP_WORD.search(behind):
                yield at
