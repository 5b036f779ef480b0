"""Days named in running text: with and without their year, anniversaries, days still ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from vanban.rules._text import RUNNING, Sentences, holders, text_nodes

if TYPE_CHECKING:
    from vanban.check.rule import Context

_YEAR = r"(?:19|20)\d\d"
# "các ngày 05, 06 và 09/10"
_EARLIER_DAYS = r"(?:\d{1,2}\s*(?:,|và|đến|-|–)\s*){0,4}"
_STROKE = re.compile(
    r"(?<!\w)(?P<word>ngày|sáng|trưa|chiều|tối|đêm|hôm|vào)\s+" + _EARLIER_DAYS + r"(?:"
    r"(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})|(?P<day2>\d{2})\.(?P<month2>\d{2})|"
    r"(?P<day3>\d{1,2})-(?P<month3>\d{1,2}))"
    r"(?![\w%]|\s?/\s?\d|[.,]\d|-\d{4})",
    re.IGNORECASE,
)
_WORDED = re.compile(
    r"(?<!\w)ngày\s+" + _EARLIER_DAYS + r"(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})"
    r"(?![\w%]|\s?[/-]\s?\d|[.,]\d)",
    re.IGNORECASE,
)
# What a text with either of them holds.
_MAY_BE_DAY = re.compile(
    r"\d(?:(?:\s?/\s?|[.-])\d{1,2}(?![\w%]|\s?/\s?\d|[.,]\d|-\d{4})|\s+[tT][hH][áÁ][nN][gG]\s+\d)"
)
_CLOSE = ("/", ".", "-")
_JOINT = re.compile(r"\s?/\s?|[.-]")
# "mỗi ngày 2/3 thời gian", "3 ngày 9 tháng": no day of the calendar.
_COUNTED = re.compile(
    r"(?:(?<!\w)(?:mỗi|hằng|hàng|một|hai|ba|nửa|từng|cả|mấy|vài|nhiều)|\d)\s+$", re.I
)
# "tại ấp 2 ngày 12/4": that figure is a name.
_NAMED_FIGURE = re.compile(
    r"(?<!\w)(?:ấp|thôn|xóm|bản|khóm|khu|phố|khu\s+vực|tổ|đội|chi\s+bộ|chi\s+hội|cụm|số|điểm|đợt|"
    r"lần|nhóm|quý|khối|tuyến|giai\s+đoạn)\s+\d{1,3}\s+$",
    re.I,
)
_SHARE = re.compile(
    r"\s*(?:số|tổng|thời\s+gian|đảng\s+viên|hộ|đồng\s+chí|đại\s+biểu|chi\s+bộ|ấp|thôn|người|"
    r"tiêu\s+chí|nội\s+dung|chỉ\s+tiêu|cuộc|buổi|tổ|xã)(?!\w)",
    re.IGNORECASE,
)
# Dates and what links them: a year in such a run belongs to all of its days.
_RUN = r"(?:[\s,/().\d–-]|và|đến|tới|hoặc|hết|ngày|tháng|năm|từ|các|sáng|trưa|chiều|tối|đêm)*"
_RUN_AFTER = re.compile(_RUN, re.IGNORECASE)
_RUN_BEFORE = re.compile(rf"(?<!\d){_YEAR}{_RUN}$", re.IGNORECASE)
_IN_RUN = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_SAID_AFTER = re.compile(
    r"\s*[,(]?\s*(?:năm\s+(?:nay|ngoái|trước|sau|tới|qua|kia|đó|này)|cùng\s+năm|"
    r"(?:hằng|hàng|mỗi|các)\s+năm|âm\s+lịch|al(?!\w))",
    re.IGNORECASE,
)
_NAMED_YEAR = re.compile(
    rf"(?<!\w)(?:năm|tháng\s+\d{{1,2}}\s*/|quý\s+\w{{1,3}}\s*/|(?<!/)\d{{1,2}}\s?/)\s*{_YEAR}"
    r"(?!\d|\s*[-–]\s*\d)|(?<!\w)(?:cùng\s+ngày|cùng\s+năm|(?:hằng|hàng|mỗi)\s+năm|"
    r"năm\s+(?:trước|ngoái|qua|sau|tới))"
    r"(?!\w)",
    re.IGNORECASE,
)
_ANNIVERSARY_WORD = re.compile(
    r"kỷ\s+niệm|(?<!\w)(?:đợt|dịp|tết|mừng|(?:ngày|lễ)\s+hội|truyền\s+thống|phong\s+trào|"
    r"quốc\s+khánh|giải\s+phóng|hưởng\s+ứng|(?:ngày|năm)\s+thành\s+lập|huy\s+hiệu|"
    # a ceremony is held once, a holiday every year
    r"lễ(?!\s+(?:ra\s+mắt|phát\s+động|giao|trao|công\s+bố|khởi\s+công|khánh\s+thành|bàn\s+giao|"
    r"ký\s+kết|tổng\s+kết|kết\s+nạp|khai\s+mạc|khai\s+giảng|bế\s+giảng|tuyên\s+dương)))(?!\w)",
    re.IGNORECASE,
)
_ANNIVERSARIES = frozenset(
    tuple(map(int, day.split("/")))
    for day in re.findall(
        r"\S+",
        "1/1 3/2 27/2 8/3 26/3 30/4 1/5 19/5 1/6 21/6 28/6 27/7 19/8 2/9 10/10 15/10 20/10 7/11 "
        "18/11 20/11 22/12",
    )
)
# An anniversary is one day of one year when an hour of it or a single act of that day is told.
_HELD_ON = re.compile(
    r"(?<!\w)(?:được\s+tổ\s+chức|diễn\s+ra|khai\s+mạc|bế\s+mạc|khởi\s+công|khánh\s+thành|ra\s+mắt|"
    r"phát\s+động)(?:\s+vào)?\s*$",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?<!\w)(?:sáng|trưa|chiều|tối|đêm)(?!\w)", re.IGNORECASE)
_BODY_ACTS = re.compile(
    r",\s+(?:ban\s+(?:chấp\s+hành|thường\s+vụ)\s+)?(?:đảng\s+(?:[uủ][ỷy]|bộ)|[uủ][ỷy]\s+ban|ubnd|"
    r"hội\s+đồng\s+nhân\s+dân|hđnd|mặt\s+trận|hội|đoàn|chi\s+bộ|xã|phường)(?!\w)[^,.;]{0,60}?\s"
    r"(?:đã\s+)?(?:phát\s+động|khởi\s+công|khánh\s+thành|ký\s+kết|ban\s+hành|ra\s+mắt|công\s+bố|"
    r"tổ\s+chức\s+(?:hội\s+nghị|đối\s+thoại|kiểm\s+tra|giám\s+sát)|đối\s+thoại|khai\s+mạc)(?!\w)",
    re.IGNORECASE,
)
_KEPT_YEARLY = re.compile(
    r"(?<!\w)(?:kỷ\s+niệm|dịp|chào\s+mừng|mừng|hưởng\s+ứng|huy\s+hiệu|(?:các|những)\s+(?:đợt|ngày)|"
    r"đợt|truyền\s+thống|thành\s+lập|(?:hằng|hàng|mỗi|các)\s+năm|(?:ngày|lễ)\s+hội|họp\s+mặt|"
    r"tọa\s+đàm|toạ\s+đàm|tặng\s+quà|viếng|chính\s+sách|thương\s+binh|liệt\s+sĩ|nhà\s+giáo|treo\s+cờ|"
    r"quốc\s+khánh|tết|lễ)(?!\w)",
    re.IGNORECASE,
)
# "tính đến ngày": the day that figures were taken is over.
_TAKEN = re.compile(
    r"(?<!\w)(?:tính|lũy\s+kế|luỹ\s+kế|cộng\s+dồn|thống\s+kê)\s+(?:từ\s[^.;]{0,40}?)?"
    r"(?:cho\s+)?(?:đến|tới)(?:\s+hết)?\s*$",
    re.IGNORECASE,
)
# What a day still to come is said with.
_AHEAD_BEFORE = re.compile(
    r"(?<!\w)(?:trước|đến|tới|hết|hạn|kể\s+từ|bắt\s+đầu\s+từ|có\s+hiệu\s+lực\s+từ)"
    r"(?:\s+(?:hết|sau))?\s*$",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"(?<!\w)(?:dự\s+kiến|sẽ|kế\s+hoạch|chuẩn\s+bị|phấn\s+đấu|chậm\s+nhất|sắp|thời\s+gian\s+tới|"
    r"thời\s+hạn|hạn\s+chót|hạn\s+cuối|gia\s+hạn|đăng\s+ký|ấn\s+định|lịch|cuối\s+năm|đề\s+nghị|"
    r"kiến\s+nghị|tiếp\s+tục|tập\s+trung|hiệu\s+lực|thi\s+hành\s+từ|trở\s+đi|tiến\s+tới|hướng\s+tới|"
    r"phải\s+(?:hoàn\s+thành|xong)|hẹn|từ\s+nay)(?!\w)",
    re.IGNORECASE,
)
_NEAR = 80


class Day(NamedTuple):
    """A day without a year at ``start:end`` of a text; ``ahead`` when it is spoken of as to come.

    ``named`` tells that a year is named in its sentence, ``context`` in its paragraph before;
    ``anniversary`` that it is one kept every year, though here a single day is meant.
    """

    start: int
    end: int
    words: str
    day: int
    month: int
    ahead: bool
    named: bool
    context: bool
    anniversary: bool

    def of(self, year: int) -> date | None:
        """Return the day in a year, or None when that year has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


class Dated(NamedTuple):
    """The pointers of the texts that may name a day, each in one way.

    ``worded`` as "ngày 5 tháng 9", ``short`` as 5/9 (5.9, 5-9), ``full`` as 5/9/2023.
    """

    worded: set[str]
    short: set[str]
    full: set[str]


def dated(ctx: Context) -> Dated:
    """Return which texts may name a day, told by the figures beside "tháng" and around strokes."""
    prose = ctx.prose
    words, last = prose.words, len(prose.words) - 1
    worded = [
        number
        for number in prose.where.get("tháng", ())
        if 0 < number < last
        and words[number - 1][-1].isdecimal()
        and words[number + 1][0].isdecimal()
    ]
    short = [
        number
        for gap, numbers in prose.gaps.items()
        if _JOINT.fullmatch(gap)
        for number in numbers
        if 0 < number <= last
        and len(words[number]) <= 2
        and words[number].isdecimal()
        and words[number - 1][-1].isdecimal()
    ]
    full = [
        number
        for number in short
        if number < last and prose.seps[number] in _CLOSE and prose.seps[number + 1] in _CLOSE
    ]
    return Dated(*(holders(ctx, numbers) for numbers in (worded, short, full)))


def running(ctx: Context) -> Iterator[tuple[str, str]]:
    """Yield pointer and text of the running text of the body."""
    for node, text in text_nodes(ctx, *RUNNING):
        yield node.pointer, text


def named_year(text: str) -> bool:
    """Tell whether a text names a year to which its days can belong."""
    return _NAMED_YEAR.search(text) is not None


def is_ahead(sentences: Sentences, start: int, end: int) -> bool:
    """Tell whether a day is spoken of as still to come."""
    before = sentences.before(start)
    # "trước ngày", "đến hết chiều ngày"
    near = re.sub(r"(?:(?:ngày|sáng|trưa|chiều|tối|đêm)\s*){1,2}$", "", before[-_NEAR:], flags=re.I)
    ahead = _AHEAD_BEFORE.search(near) and not _TAKEN.search(near)
    return bool(ahead or _AHEAD.search(before + sentences.after(end)))


def days_without_year(text: str) -> Iterator[Day]:
    """Yield the days that a text names without a year, but anniversaries spoken of as such."""
    if _MAY_BE_DAY.search(text) is None:
        return
    sentences = Sentences(text)
    for pattern in (_STROKE, _WORDED):
        for match in pattern.finditer(text):
            day, month = _numbers(match)
            if not (1 <= day <= 31 and 1 <= month <= 12):
                continue
            start, end = match.span()
            before = sentences.before(start)
            anniversary = (day, month) in _ANNIVERSARIES
            if anniversary and not _of_one_year(match, before, sentences.after(end)):
                continue
            counted = _COUNTED.search(before) and not _NAMED_FIGURE.search(before)
            if counted or _ANNIVERSARY_WORD.search(before[-_NEAR // 2 :]):
                continue
            if match.groupdict().get("word", "ngày").lower() != "ngày" and _SHARE.match(text, end):
                continue
            if _year_beside(text, start, end):
                continue
            first, last = sentences.bounds(start)
            yield Day(
                start=start,
                end=end,
                words=" ".join(match.group().split()),
                day=day,
                month=month,
                ahead=is_ahead(sentences, start, end),
                named=named_year(before + " " + text[end : min(last, end + 300)]),
                context=named_year(text[max(0, first - 600) : first].rpartition("\n\n")[2]),
                anniversary=anniversary,
            )


def _of_one_year(match: re.Match[str], before: str, behind: str) -> bool:
    """Tell whether the day of an anniversary is told as the day of something that happened."""
    if _KEPT_YEARLY.search(before) or _KEPT_YEARLY.search(behind):
        return False
    # Of several days only one may be the anniversary.
    if len(re.findall(r"\d+", match.group())) > 2:
        return False
    hour = _HOUR.match(match.group()) or _HOUR.search(before[-7:])
    begins = not before.strip() or before.rstrip().endswith(";")
    return bool(hour or _HELD_ON.search(before[-_NEAR:]) or (begins and _BODY_ACTS.match(behind)))


def _numbers(match: re.Match[str]) -> tuple[int, int]:
    """Return day and month; of "ngày 05-12", which may be a span of days, zeros."""
    groups = match.groupdict()
    if groups.get("day3"):
        day, month = int(groups["day3"]), int(groups["month3"])
        return (day, month) if day > month else (0, 0)
    return (
        int(groups["day"] or groups.get("day2") or 0),
        int(groups["month"] or groups.get("month2") or 0),
    )


def _year_beside(text: str, start: int, end: int) -> bool:
    """Tell whether a year stands beside a day, or beside the days it is listed with."""
    if _SAID_AFTER.match(text, end):
        return True
    run = _RUN_AFTER.match(text, end, end + _NEAR)
    if run is not None and _IN_RUN.search(text, end, run.end() + 1):
        return True
    return _RUN_BEFORE.search(text, max(0, start - _NEAR), start) is not None
