"""What the date rules share: the soundness of the period, spans by kind, the date of issue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.compose.period import Period, quarter
from vanban.text import dates

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node

# Reports that are not tied to one calendar year.
FREE_KINDS = frozenset({"chuyen_de", "giua_nhiem_ky", "nhiem_ky"})
# Reports of the months of a year that are over, counted from January.
MONTHS_KINDS = frozenset({"sau_thang", "chin_thang", "n_thang"})

DAYS_BEFORE_END = 25
DAYS_AFTER_END = 30


class Fault(NamedTuple):
    """A fault of a date: which message, at which key of the object, what it names."""

    slug: str
    key: str
    args: Mapping[str, Any]


class Given(NamedTuple):
    """The period as typed: only what could be read."""

    node: Node
    kind: str
    start: date
    end: date
    year: int | None


def given_period(ctx: Context) -> Given | None:
    """Return the typed period, or None when the schema layer refused a part of it."""
    node = ctx.one("period")
    if node is None or not isinstance(node.value, Mapping):
        return None
    start, end = (dates.parse(node.value.get(k)) for k in ("tu_ngay", "den_ngay"))
    kind, year = node.value.get("loai_ky"), node.value.get("nam")
    if start is None or end is None or not isinstance(kind, str):
        return None
    if isinstance(year, str):
        year = int(year) if year.strip().isdecimal() else None
    return Given(node, kind, start, end, year if isinstance(year, int) else None)


def issue_date(ctx: Context) -> date | None:
    """Return the date of issue when its day is known."""
    node = ctx.one("issue-date")
    return dates.parse(node.value) if node is not None else None


def expected_span(kind: str, start: date, end: date) -> tuple[date, date] | None:
    """Return the days that a period of ``kind`` must span, or None when it may be any.

    The month or quarter meant is the one that ``start`` opens, else the one that ``end`` closes.
    """
    year = start.year
    if kind == "thang":
        whole = start if start.day == 1 else end
        return date(whole.year, whole.month, 1), dates.month_end(whole.year, whole.month)
    if kind == "quy":
        opens = start.day == 1 and start.month % 3 == 1
        last = quarter(start if opens or end != _quarter_end(end) else end) * 3
        return date(year, last - 2, 1), dates.month_end(year, last)
    if kind == "n_thang":
        return date(year, 1, 1), dates.month_end(end.year, end.month)
    months = {"sau_thang": 6, "chin_thang": 9, "nam": 12}.get(kind)
    return None if months is None else (date(year, 1, 1), dates.month_end(year, months))


def _quarter_end(day: date) -> date:
    return dates.month_end(day.year, quarter(day) * 3)


def order_fault(ctx: Context) -> Fault | None:
    """Return what DAT001 says of the period, or None when its dates are in order."""
    given = given_period(ctx)
    if given is None:
        return None
    start, end = given.start, given.end
    if given.kind in FREE_KINDS:
        return _backwards(given) if start >= end else None
    if start.year != end.year:
        wrong, year = _odd_year(ctx, given)
        return Fault(
            "khac_nam",
            wrong,
            {"tu_ngay": dates.short(start), "den_ngay": dates.short(end), "nam": year},
        )
    if start >= end:
        return _backwards(given)
    if given.year is not None and given.year != end.year:
        return Fault(
            "nam_lech",
            "nam",
            {
                "nam": given.year,
                "tu_ngay": dates.short(start),
                "den_ngay": dates.short(end),
                "nam_dung": end.year,
            },
        )
    return None


def _backwards(given: Given) -> Fault:
    start, end = given.start, given.end
    key = "den_ngay"
    # The date that suits the kind of period is taken to be right.
    by_end = expected_span(given.kind, end.replace(day=1), end)
    if by_end is not None and by_end[1] == end and given.kind not in ("thang", "quy", "n_thang"):
        key = "tu_ngay" if start != by_end[0] else key
    return Fault("nguoc", key, {"tu_ngay": dates.short(start), "den_ngay": dates.short(end)})


def _odd_year(ctx: Context, given: Given) -> tuple[str, int]:
    """Return which of the two dates lies in the wrong year, and the right year."""
    issued = ctx.one("issue-date")
    partial = dates.parse_partial(issued.value) if issued is not None else None
    witnesses = [given.year, partial.year if partial else None]
    for year in witnesses:
        if year == given.start.year:
            return "den_ngay", year
        if year == given.end.year:
            return "tu_ngay", year
    return "den_ngay", given.start.year


def kind_fault(ctx: Context) -> Fault | None:
    """Return what DAT002 says of the period, or None; silent when DAT001 speaks."""
    given = given_period(ctx)
    if given is None or order_fault(ctx) is not None:
        return None
    span = expected_span(given.kind, given.start, given.end)
    if span is None:
        return None
    args = {
        "loai_ky": given.kind,
        "tu_ngay": dates.short(given.start),
        "den_ngay": dates.short(given.end),
        "tu_dung": dates.short(span[0]),
        "den_dung": dates.short(span[1]),
    }
    wrong_start, wrong_end = given.start != span[0], given.end != span[1]
    if wrong_start and wrong_end:
        return Fault("khac_khoang", "loai_ky", args)
    if wrong_start or wrong_end:
        return Fault("khac_khoang", "tu_ngay" if wrong_start else "den_ngay", args)
    if given.kind == "n_thang" and given.end.month == 12:
        return Fault("tron_nam", "loai_ky", args)
    return None


def sound_period(ctx: Context) -> Period | None:
    """Return the period when no rule about it speaks, so that others may reason from it."""
    return ctx.once(_sound_period)


def _sound_period(ctx: Context) -> Period | None:
    if given_period(ctx) is None or order_fault(ctx) or kind_fault(ctx):
        return None
    return ctx.period


def months_reviewed(ctx: Context) -> int | None:
    """Return n for a sound report of the first n months of a year (1-11), else None."""
    period = sound_period(ctx)
    if period is None or period.kind not in MONTHS_KINDS:
        return None
    return period.months


def issue_fault(ctx: Context) -> Fault | None:
    """Return what DAT006 says of the date of issue, or None."""
    period, issued = sound_period(ctx), issue_date(ctx)
    if period is None or issued is None:
        return None
    if issued < period.start:
        return Fault(
            "truoc_ky",
            "",
            {"ngay": dates.short(issued), "tu_ngay": dates.short(period.start)},
        )
    if period.kind in FREE_KINDS:
        return None
    low = period.end - timedelta(days=DAYS_BEFORE_END)
    high = period.end + timedelta(days=DAYS_AFTER_END)
    if low <= issued <= high:
        return None
    return Fault(
        "som" if issued < low else "muon",
        "",
        {
            "ngay": dates.short(issued),
            "den_ngay": dates.short(period.end),
            "tu": dates.short(low),
            "den": dates.short(high),
        },
    )


def data_date_fault(ctx: Context) -> Fault | None:
    """Return what DAT008 says of the data date, or None; its order after DAT006."""
    period, node = sound_period(ctx), ctx.one("data-date")
    cut = dates.parse(node.value) if node is not None else None
    if period is None or cut is None:
        return None
    args = {
        "ngay_chot": dates.short(cut),
        "tu_ngay": dates.short(period.start),
        "den_ngay": dates.short(period.end),
    }
    if not period.start <= cut <= period.end:
        return Fault("ngoai_ky", "", args)
    issued = issue_date(ctx)
    if issued is not None and cut > issued and issue_fault(ctx) is None:
        return Fault("sau_ban_hanh", "", {**args, "ngay": dates.short(issued)})
    return None
