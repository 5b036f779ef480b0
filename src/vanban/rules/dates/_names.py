"""What a title or an opening says the report is: of how many months, of a quarter, of a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.rules._text import SUBJECT, WINDOW, Sentences, text_nodes
from vanban.rules.dates._period import months_reviewed, sound_period
from vanban.rules.dates._phrases import MONTHS_OF_YEAR, YEAR, Judge, phrases, titles

if TYPE_CHECKING:
    from vanban.check.rule import Context

# A title has two halves: what was done, and from these words on what is to be done.
_AHEAD = re.compile(r"(?<!\w)(?:phương\s+hướng|nhiệm\s+vụ\s+(?:trọng\s+tâm|năm)|giải\s+pháp)", re.I)
_OF_YEAR = re.compile(
    rf"(?:báo\s+cáo\s+)?tổng\s+kết(?!\s+(?:\d|đợt|cao\s+điểm|phong\s+trào|mô\s+hình))"
    rf"[^.;,\n]{{0,120}}?(?P<year>(?<!\w)năm\s+{YEAR})(?!\d|\s*[-–]\s*\d)",
    re.IGNORECASE,
)
_OF_QUARTER = re.compile(
    r"(?:báo\s+cáo\s+)?(?:sơ\s+kết|tổng\s+kết|kết\s+quả|tình\s+hình)[^.;,\n]{0,120}?"
    r"(?P<quarter>(?<!\w)quý\s+(?:IV|I{1,3}|[1-4]))(?!\w)",
    re.IGNORECASE,
)
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# "tháng" in any shape makes a year or a quarter a mere part of the name.
_MONTHS = re.compile(r"(?<!\w)(?:tháng|quý|nửa\s+(?:đầu\s+)?năm|giữa\s+năm)(?!\w)", re.IGNORECASE)
_ANY_MONTHS = re.compile(r"(?<!\w)(?:tháng|nửa\s+(?:đầu\s+)?năm|giữa\s+năm)(?!\w)", re.IGNORECASE)
# Before "năm 2023" or in the name of what is summed up: not the period of the report.
_NO_PERIOD = re.compile(
    r"(?<!\w)(?:ngày|từ|đến|giai\s+đoạn|nhiệm\s+kỳ|thực\s+hiện|nghị\s+quyết|chỉ\s+thị|kế\s+hoạch|"
    r"đề\s+án|chương\s+trình|cuộc\s+vận\s+động|chuyên\s+đề|so\s+với|cùng\s+kỳ)(?!\w)",
    re.IGNORECASE,
)
_WHOLE_YEAR = re.compile(rf"(?<!\w)(?:cả\s+năm|trong\s+năm|năm\s+{YEAR})(?!\d)", re.IGNORECASE)
# "Ban Chấp hành Đảng bộ xã báo cáo kết quả ...": here the opening presents the report itself.
_PRESENTS = re.compile(
    r"(?<!\w)(?:Ban\s+(?:Chấp\s+hành|Thường\s+vụ)|Đảng\s+(?:ủy|uỷ|bộ)|Chi\s+(?:bộ|ủy|uỷ)|BCH|BTV|"
    r"(?:Ủy|Uỷ)\s+ban\s+nhân\s+dân|UBND|Hội\s+đồng\s+nhân\s+dân|HĐND)"
    r"(?P<between>[^.;,:\n]{0,60}?)\s(?:xin\s+|kính\s+)?(?P<report>báo\s+cáo)\s+"
    r"(?=(?:tóm\s+tắt\s+|tổng\s+hợp\s+)?(?:sơ\s+kết|tổng\s+kết|kết\s+quả|tình\s+hình|công\s+tác|"
    r"việc))",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"(?<!\w)(?:đã|sẽ|ban\s+hành|gửi|tại|theo|của)(?!\w)", re.IGNORECASE)
# Behind these the opening no longer says what the report is.
_ASIDE = re.compile(r"[;(]|(?<!\w)(?:trong\s+đó|riêng|so\s+với)(?!\w)", re.IGNORECASE)
_OTHER_REPORT = re.compile(
    r"(?<!\w)(?:tiếp\s+theo|tiếp\s+tục|bổ\s+sung|so\s+với|sau\s+khi|trên\s+cơ\s+sở|"
    r"đã\s+(?:trình|báo\s+cáo|gửi))(?!\w)",
    re.IGNORECASE,
)


def other_periods(ctx: Context) -> list[tuple[str, int, int, str, int]]:
    """Return where the report is called that of another period.

    Each is pointer, start, end, the words found, and the months the report really reviews.
    """
    return ctx.once(_other_periods)


def _other_periods(ctx: Context) -> list[tuple[str, int, int, str, int]]:
    return list(_named_otherwise(ctx))


def _named_otherwise(ctx: Context) -> Iterator[tuple[str, int, int, str, int]]:
    months = months_reviewed(ctx)
    period = sound_period(ctx)
    if months is None and (period is None or period.kind != "nam"):
        return
    subjects = {node.pointer for node, _ in text_nodes(ctx, SUBJECT)}
    for pointer, text in titles(ctx):
        for start, end, words in _named(text, 0, months, whole=pointer in subjects):
            yield pointer, start, end, words, months or MONTHS_OF_YEAR
    for node in ctx.role("opening"):
        if not isinstance(node.value, str):
            continue
        for first, last in _presented(node.value):
            for start, end, words in _named(node.value[:last], first, months, whole=True):
                yield node.pointer, start, end, words, months or MONTHS_OF_YEAR


def _presented(text: str) -> Iterator[tuple[int, int]]:
    """Yield the words of an opening with which the report presents itself."""
    sentences = Sentences(text)
    told = -1
    for match in _PRESENTS.finditer(text):
        before = sentences.before(match.start("report"))
        if _EARLIER.search(match["between"]) or _OTHER_REPORT.search(before):
            continue
        # A sentence presents the report once.
        if sentences.bounds(match.start())[0] == told:
            continue
        told = sentences.bounds(match.start())[0]
        last = min(sentences.bounds(match.start("report"))[1], match.end() + 2 * WINDOW)
        aside = _ASIDE.search(text, match.start("report"), last)
        yield match.start("report"), aside.start() if aside is not None else last


def _named(
    text: str, first: int, months: int | None, *, whole: bool
) -> Iterator[tuple[int, int, str]]:
    """Yield the name of another period in ``text[first:]``; ``whole``: it names all the report."""
    said = text[first:]
    if months is None:
        # The report of a year: only when nothing beside the months speaks of the year.
        rest = said
        for phrase in reversed(phrases(said)):
            stop = phrase.year_start + 4 if phrase.year_start >= 0 else phrase.end
            rest = rest[: phrase.start] + rest[stop:]
        if whole and not _WHOLE_YEAR.search(rest):
            yield from _of_months(said, first, MONTHS_OF_YEAR)
        return
    if first and any(p.head and p.n == months for p in phrases(said)):
        return
    yield from _of_months(said, first, months)
    if not whole:
        return
    ahead = _AHEAD.search(said)
    done = said[: ahead.start()] if ahead is not None else said
    year = _OF_YEAR.match(done)
    if year is not None and not _MONTHS.search(said) and not _NO_PERIOD.search(year.group()):
        yield _place(year, "year", first)
    named = _OF_QUARTER.match(done)
    if named is None or _ANY_MONTHS.search(said) or _NO_PERIOD.search(named.group()):
        return
    # The quarter that closes the period may stand for it.
    if _QUARTERS[named["quarter"].split()[1].upper()] != (months + 2) // 3:
        yield _place(named, "quarter", first)


def _of_months(said: str, first: int, months: int) -> Iterator[tuple[int, int, str]]:
    for phrase in Judge(said, months).title_of_other_period():
        yield first + phrase.start, first + phrase.end, phrase.words


def _place(match: re.Match[str], group: str, first: int) -> tuple[int, int, str]:
    words = " ".join(match[group].split())
    return first + match.start(group), first + match.end(group), words
