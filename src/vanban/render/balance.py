"""Breaking centred headings the way a clerk does: even lines, no number torn from its noun."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from vanban.text.metrics import width_mm

if TYPE_CHECKING:
    from collections.abc import Sequence

_SLACK_MM = 0.5
_UNEVEN = 2.0
_NUMBER_AT_END = 0.5
_DASH_AT_END = 0.3
_DASH_AT_START = 0.5
_STOP_AT_END = 0.15
_ONE_LINE_MORE = 0.3
_YEAR_DIGITS = 4
_TORN_DATE = 1.0
_BEFORE_NUMBERS = frozenset({"ngày", "tháng", "năm", "quý", "số"})
_TORN_WORD = 0.4
_DASHES = ("-", "–", "—")
_STOPS = (",", ";", ":")
# Words of two syllables, common in titles and headings, that one line should hold.
_TWO_SYLLABLES = (
    "an ninh|an toàn|ban hành|báo cáo|biên bản|cấp ủy|chấp hành|chất lượng|chi bộ|"
    "chỉ đạo|chỉ tiêu|chính quyền|chính trị|chủ yếu|công tác|cơ sở|cuối năm|đại biểu|"
    "đại hội|đảng bộ|đảng ủy|đảng viên|đánh giá|đầu năm|đoàn thể|giải pháp|giám sát|"
    "hành chính|hội đồng|hội nghị|kế hoạch|kết luận|kết quả|kiểm tra|kiến nghị|kinh tế|"
    "kỷ luật|lãnh đạo|mặt trận|nghị quyết|nhân dân|nhiệm kỳ|nhiệm vụ|nông thôn|"
    "phát triển|phương hướng|quốc phòng|sơ kết|số liệu|thi hành|thực hiện|thường vụ|"
    "tiêu chí|tình hình|tổ chức|tổ quốc|tổng kết|triển khai|trọng tâm|tư tưởng|ủy ban|"
    "văn bản|xã hội|xây dựng|xếp loại"
)
_WORDS = frozenset(tuple(word.split()) for word in _TWO_SYLLABLES.split("|"))


def _fewest(widths: Sequence[float], blank: float, room: float) -> int:
    """Return how many lines the words need when each line is filled as far as it goes."""
    lines, filled = 1, 0.0
    for width in widths:
        if filled and filled + blank + width > room:
            lines, filled = lines + 1, width
        else:
            filled += width + (blank if filled else 0.0)
    return lines


def _cost_of_break(before: str, after: str) -> float:
    """Return how much is amiss (below zero: how fitting it is) in a break between two words."""
    if before in _DASHES:
        return _DASH_AT_END
    if after in _DASHES:
        return _DASH_AT_START
    if before.casefold() in _BEFORE_NUMBERS and after[:1].isdigit():
        return _TORN_DATE
    if before.endswith(_STOPS):
        return -_STOP_AT_END
    if (before.casefold(), after.rstrip(".,;:").casefold()) in _WORDS:
        return _TORN_WORD
    # A short number counts what follows; a year or a date ends something.
    return _NUMBER_AT_END if before.isdigit() and len(before) < _YEAR_DIGITS else 0.0


def balanced_lines(
    text: str, available_mm: float, size_pt: float, bold: bool = False, italic: bool = False
) -> list[str]:
    """Return the lines to set a centred text in; one when the width available holds it.

    Among the ways to break, lines of like length are sought, lines that end with a comma are
    liked, and those that tear a number from its noun (``… nhiệm vụ 3 / tháng …``) or a dash from
    its words are not; one line more than needed is taken when the break is much the better for
    it. Joined by blanks the lines are the text again.
    """
    return list(_balanced(text, available_mm, size_pt, bold, italic))


@lru_cache(maxsize=1024)  # the headings of an outline come again in every document
def _balanced(
    text: str, available_mm: float, size_pt: float, bold: bool, italic: bool
) -> tuple[str, ...]:
    words = text.split(" ")
    widths = [width_mm(word, size_pt, bold, italic) for word in words]
    blank = width_mm(" ", size_pt, bold, italic)
    room = available_mm - _SLACK_MM
    count = _fewest(widths, blank, room)
    if count == 1:
        return (text,)
    least, lines = _best(words, widths, blank, room, count)
    if len(words) > count:
        more, longer = _best(words, widths, blank, room, count + 1)
        if more + _ONE_LINE_MORE < least:
            return tuple(longer)
    return tuple(lines)


def _best(
    words: Sequence[str], widths: Sequence[float], blank: float, room: float, count: int
) -> tuple[float, list[str]]:
    """Return the least cost of breaking the words into ``count`` lines, and those lines."""
    ends = [0.0, *accumulate(width + blank for width in widths)]
    even = (ends[-1] - count * blank) / count
    amiss = [0.0, *(_cost_of_break(*pair) for pair in pairwise(words)), 0.0]
    # Each row: by the word a line ends before, the least cost so far and where the line begins.
    rows: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count):
        row: dict[int, tuple[float, int]] = {}
        for start, (spent, _start) in rows[-1].items():
            for end in range(start + 1, len(words) + 1):
                length = ends[end] - ends[start] - blank
                if length > room and end > start + 1:
                    break
                cost = spent + _UNEVEN * ((length - even) / room) ** 2 + amiss[end]
                if end not in row or cost < row[end][0]:
                    row[end] = (cost, start)
        rows.append(row)
    lines: list[str] = []
    end = len(words)
    for row in reversed(rows[1:]):
        start = row[end][1]
        lines.insert(0, " ".join(words[start:end]))
        end = start
    return rows[-1][len(words)][0], lines
