"""Ngày có thể bị đảo ngày và tháng (DAT011).

Quy định
    Ngày viết theo thứ tự ngày/tháng/năm. Ngày mà đọc như vậy thì nằm sau ngày ban hành, nhưng đọc
    ngược tháng/ngày thì nằm trong kỳ báo cáo, được hỏi lại. Thời hạn của nhiệm vụ nằm trước ngày
    cuối kỳ mà đọc ngược thì nằm trong kỳ tới cũng được hỏi lại.

Vì sao
    Phần mềm đặt theo kiểu Anh - Mỹ tự đảo ngày và tháng: 04/01/2021 thành 01/04/2021. Ngày dưới 13
    thì nhìn không ra.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì 04 mô hình; cuộc đối thoại ngày 05/12/2023 có 86 người dự.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì 04 mô hình; cuộc đối thoại ngày 12/5/2023 có 86 người dự.

Cách sửa
    Kiểm tra lại và ghi đúng ngày/tháng/năm. vanban gợi ý ngày đọc ngược, người soạn xem lại rồi mới
    sửa.

Nguồn và độ tin cậy
    Một báo cáo tổng kết năm 2020 đã công bố ghi ngày "01/04/2021"; độ tin cậy C về câu chữ.

English:
    A date that may be read both ways is questioned: read day first it lies after the date of issue,
    read month first it lies in the period (for deadlines: before the end of the period, and in the
    period ahead). Days spoken of as to come are left alone, but not the start of a span that would
    run backwards. Unsafe fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.compose.period import next_period
from vanban.finding import Certainty, Edit, Fix, Safety, Severity, Source
from vanban.rules._text import Sentences
from vanban.rules.dates._days import dated, is_ahead, running
from vanban.rules.dates._period import DAYS_AFTER_END, issue_date, sound_period
from vanban.text import dates

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="DAT011",
    name="two_readings",
    severity=Severity.INFO,
    source=Source("Ngày ghi theo thứ tự ngày, tháng, năm", Certainty.C),
    fix=FixClass.UNSAFE,
)

_DATE = re.compile(
    r"(?P<day>\d(?<![\w/.-].)\d?)(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d)"
    r"(?![\w/]|[.-]\w)"
)
# "từ ngày 01/11/2023 đến ngày 20/4/2023"
_RANGE_END = re.compile(
    r"\s*(?:cho\s+)?(?:đến|tới|-|–)\s*(?:hết\s+)?(?:ngày\s+)?"
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report dates that make sense only with day and month exchanged."""
    period = sound_period(ctx)
    if period is None:
        return
    issued = issue_date(ctx) or period.end + timedelta(days=DAYS_AFTER_END)
    ahead = next_period(period, ctx.draft.data)
    for node in ctx.role("deadline"):
        match = _DATE.fullmatch(node.value.strip()) if isinstance(node.value, str) else None
        both = _readings(match) if match else None
        if both is None or ahead is None or both[0] > min(period.end, issued):
            continue
        if ahead.start <= both[1] <= ahead.end:
            yield _at(ctx, "thoi_han", node.pointer, node.value, (0, len(node.value)), both)
    plan = tuple(f"{node.pointer}/" for node in ctx.role("plan-part"))
    full = ctx.once(dated).full
    for pointer, text in running(ctx):
        if pointer not in full or pointer.startswith(plan):
            continue
        sentences = None
        for match in _DATE.finditer(text):
            both = _readings(match)
            if both is None or both[0] <= max(issued, period.end):
                continue
            if not period.start <= both[1] <= max(issued, period.end):
                continue
            sentences = sentences or Sentences(text)
            if _runs_backwards(text, match, both) or not is_ahead(sentences, *match.span()):
                yield _at(ctx, "hai_cach", pointer, text, match.span(), both)


def _runs_backwards(text: str, match: re.Match[str], both: tuple[date, date]) -> bool:
    """Tell whether a day begins a span that runs backwards, and forwards when read month first."""
    last = _RANGE_END.match(text, match.end(), match.end() + 40)
    if last is None:
        return False
    day = dates.parse(f"{int(last['day']):02d}/{int(last['month']):02d}/{last['year']}")
    return day is not None and both[1] <= day < both[0]


def _readings(match: re.Match[str]) -> tuple[date, date] | None:
    """Return the date read day first and month first, or None when there is only one reading."""
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    if day == month or not (1 <= day <= 12 and 1 <= month <= 12):
        return None
    # "01/7/2025" pads the day only, as it is written by hand: software pads both or neither.
    if match["day"].startswith("0") and len(match["month"]) == 1:
        return None
    return date(year, month, day), date(year, day, month)


def _at(
    ctx: Context,
    slug: str,
    pointer: str,
    text: str,
    place: tuple[int, int],
    both: tuple[date, date],
) -> Finding:
    span = ctx.draft.positions.text(pointer, *place)
    other = dates.short(both[1])
    return ctx.at(
        RULE,
        slug,
        pointer,
        text=place,
        fix=Fix(Safety.UNSAFE, "DAT011.sua", (Edit(span, other),), {"dung": other})
        if span is not None
        else None,
        ngay=text[slice(*place)].strip(),
        dung=other,
    )
