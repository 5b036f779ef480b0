"""Số buổi sinh hoạt khớp với số chi bộ và số tháng của kỳ (ORG003).

Quy định
    Số buổi sinh hoạt định kỳ = số chi bộ × số tháng của kỳ (11 chi bộ × 9 tháng = 99 buổi); số buổi
    sinh hoạt chuyên đề không ít hơn số chi bộ × số quý đã trọn. Số liệu chốt trước khi hết kỳ thì
    những tháng, quý chưa trọn không bị tính thiếu. Đơn vị tính buổi chuyên đề vào buổi định kỳ thì
    lấy tổng hai số. Cả hai số cùng lệch mà cùng khớp với một số chi bộ khác thì chỉ nhắc số chi bộ.
    Tùy chọn ``dinh_ky_moi_thang`` và ``chuyen_de_moi_quy`` (mặc định 1) là số buổi của mỗi chi bộ.

Vì sao
    Con số này nói chi bộ có giữ nền nếp sinh hoạt hay không; thiếu một buổi là một chi bộ đã bỏ
    sinh hoạt một tháng, phải nói rõ ở phần hạn chế.

Sai
    ket_qua:
      xay_dung_dang:
        to_chuc: Các chi bộ giữ vững nền nếp sinh hoạt.
    so_lieu:
      sinh_hoat: {chi_bo: 8, dinh_ky: 70, chuyen_de: 24}

Đúng
    ket_qua:
      xay_dung_dang:
        to_chuc: Các chi bộ giữ vững nền nếp sinh hoạt.
    so_lieu:
      sinh_hoat: {chi_bo: 8, dinh_ky: 72, chuyen_de: 24}

Cách sửa
    Kiểm tra lại số chi bộ và số buổi. Nếu đúng là thiếu thì giữ nguyên số, nêu chi bộ nào và vì sao
    ở phần hạn chế.

Nguồn và độ tin cậy
    Điều lệ Đảng (chi bộ họp thường lệ mỗi tháng một lần) và Chỉ thị số 10-CT/TW (sinh hoạt chuyên
    đề mỗi quý ít nhất một lần), đọc qua báo cáo tổng kết đã công bố; độ tin cậy B, về câu chữ C.

English:
    Regular meetings are one per cell and month of the period, topical ones at least one per cell
    and full quarter. Months and quarters that were not over when the figures were closed may lack;
    reports of a term or on one topic are left alone. Where both numbers fit another number of
    cells, that number alone is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.compose.period import touched_months
from vanban.finding import Certainty, Severity, Source
from vanban.rules._fields import own_data_date, records
from vanban.rules.dates._period import FREE_KINDS, issue_date, sound_period
from vanban.rules.organisations._cells import cells_by_kind, organisations
from vanban.text import dates
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding
    from vanban.rules._fields import Record

RULE = Rule(
    id="ORG003",
    name="meetings_held",
    severity=Severity.WARNING,
    source=Source(
        "Điều lệ Đảng và Chỉ thị số 10-CT/TW: sinh hoạt hằng tháng, chuyên đề hằng quý", Certainty.B
    ),
    options={"dinh_ky_moi_thang": 1, "chuyen_de_moi_quy": 1},
)

REGULAR, TOPICAL, CELLS = "meetings-regular", "meetings-topical", "meetings-cells"


def check(ctx: Context) -> Iterator[Finding]:
    """Report meetings that do not fit the number of cells and of months."""
    period = sound_period(ctx)
    if period is None or period.kind in FREE_KINDS or period.months is None:
        return
    for record in records(ctx, "meetings", REGULAR, TOPICAL, CELLS):
        cells, known = _cells(ctx, record), _known_until(ctx, record, period.start, period.end)
        if not cells or known is None:
            continue
        days = (period.start, known, period.end)
        found = [*_regular(ctx, record, cells, days), *_topical(ctx, record, cells, days)]
        fitting = _fitting(ctx, record, days) if len(found) > 1 else None
        if fitting is None:
            yield from found
            continue
        place = record.one(CELLS) or record.one(REGULAR)
        yield ctx.at(
            RULE,
            "chi_bo",
            place.pointer if place is not None else record.pointer,
            chi_bo=vietnamese(cells),
            dinh_ky=vietnamese(record.number(REGULAR) or 0),
            chuyen_de=vietnamese(record.number(TOPICAL) or 0),
            dung=vietnamese(fitting),
        )


def _topical(
    ctx: Context, record: Record, cells: Decimal, days: tuple[date, date, date]
) -> Iterator[Finding]:
    topical, quarters = record.one(TOPICAL), _whole(days[0], days[1], 3)
    least = cells * quarters * ctx.option(RULE, "chuyen_de_moi_quy")
    if topical is not None and topical.number < least:
        yield ctx.at(
            RULE,
            "it_chuyen_de",
            topical.pointer,
            so=vietnamese(topical.number),
            it_nhat=vietnamese(least),
            chi_bo=vietnamese(cells),
            quy=quarters,
        )


def _fitting(ctx: Context, record: Record, days: tuple[date, date, date]) -> Decimal | None:
    """Return the number of cells that both kinds of meetings fit exactly, None without one."""
    start, known, end = days
    regular, topical = record.number(REGULAR), record.number(TOPICAL)
    if regular is None or topical is None:
        return None
    quarterly = _whole(start, known, 3) * ctx.option(RULE, "chuyen_de_moi_quy")
    for months in (_whole(start, known, 1), touched_months(start, end)):
        each = months * ctx.option(RULE, "dinh_ky_moi_thang")
        for held in (regular, regular + topical):
            cells, rest = divmod(held, each) if each else (Decimal(0), held)
            if cells and not rest and topical >= cells * quarterly:
                return cells
    return None


def _regular(
    ctx: Context, record: Record, cells: Decimal, days: tuple[date, date, date]
) -> Iterator[Finding]:
    start, known, end = days
    held, topical = record.one(REGULAR), record.number(TOPICAL)
    if held is None:
        return
    each = ctx.option(RULE, "dinh_ky_moi_thang")
    months = touched_months(start, end)
    low, high = cells * _whole(start, known, 1) * each, cells * months * each
    # Some count the topical meetings among the monthly ones: then both together make the number.
    if low <= held.number <= high or (topical and low <= held.number + topical <= high):
        return
    yield ctx.at(
        RULE,
        "thieu" if held.number < low else "thua",
        held.pointer,
        so=vietnamese(held.number),
        dung=vietnamese(low if held.number < low else high),
        chi_bo=vietnamese(cells),
        thang=_whole(start, known, 1) if held.number < low else months,
    )


def _cells(ctx: Context, record: Record) -> Decimal | None:
    """Return the number of cells: as typed beside the meetings, else that of the organisations."""
    typed, bodies = record.number(CELLS), organisations(ctx)
    if typed is not None or bodies is None:
        return typed
    return cells_by_kind(bodies)


def _known_until(ctx: Context, record: Record, start: date, end: date) -> date | None:
    """Return the day up to which meetings can be known, None when it is not in the period."""
    cut = ctx.one("data-date")
    own = own_data_date(ctx, record.pointer) or (dates.parse(cut.value) if cut else None)
    if own is not None and not start <= own <= end:
        return None
    known = min(day for day in (end, own, issue_date(ctx)) if day is not None)
    return known if known >= start else None


def _whole(start: date, known: date, length: int) -> int:
    """Return how many whole calendar stretches of ``length`` months lie in ``start``..``known``."""
    count = 0
    for index in range(start.year * 12 + start.month - 1, known.year * 12 + known.month):
        year, month = divmod(index, 12)
        opens = month % length == 0
        last = month + length
        closed = last <= 12 and dates.month_end(year, last) <= known
        if opens and closed and date(year, month + 1, 1) >= start:
            count += 1
    return count
