"""The period a report reviews and the one it looks ahead to.

Everything here is calendar arithmetic over the common ``ky_bao_cao`` / ``ky_toi`` objects; how a
period is called in Vietnamese is data of the kind (its outline).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from vanban.text import dates

_TERM = re.compile(r"(\d{4})\s*[-\u2013]\s*(\d{4})")
_ONE_DAY = timedelta(days=1)
# The calendar of ``datetime`` ends with 9999; a term and the one after it must still fit.
LAST_YEAR = 9900


class Period(NamedTuple):
    """The period under review.

    ``kind`` is ``loai_ky``; ``start`` and ``end`` are its first and last day; ``year`` the year it
    is named after (``nam``, else the year of its last day); ``data_date`` the day up to which the
    figures count; ``months`` how many whole calendar months it spans, None when it does not start
    on the first or end on the last day of a month; ``topic`` the wording of a thematic report;
    ``term`` the first and last year of a term of office.
    """

    kind: str
    start: date
    end: date
    year: int
    data_date: date | None = None
    months: int | None = None
    topic: str | None = None
    term: tuple[int, int] | None = None


class NextPeriod(NamedTuple):
    """The period ahead: its days, and the clerk's own wording of it when one was given."""

    start: date
    end: date
    name: str | None = None


def whole_months(start: date, end: date) -> int | None:
    """Return how many calendar months ``start``..``end`` spans exactly, or None."""
    if end < start or start.day != 1 or end != dates.month_end(end.year, end.month):
        return None
    return touched_months(start, end)


def touched_months(start: date, end: date) -> int:
    """Return how many calendar months ``start``..``end`` touches."""
    return (end.year - start.year) * 12 + end.month - start.month + 1


def quarter(day: date) -> int:
    """Return the quarter (1-4) a day lies in."""
    return (day.month + 2) // 3


def parse_term(value: Any) -> tuple[int, int] | None:
    """Return the two years of a term typed as ``2020-2025``, or None."""
    match = _TERM.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    first, last = int(match.group(1)), int(match.group(2))
    return (first, last) if first < last else None


def period_of(data: Mapping[str, Any]) -> Period | None:
    """Return the period of a draft's data, or None when it is incomplete or runs backwards."""
    raw = data.get("ky_bao_cao")
    if not isinstance(raw, Mapping):
        return None
    kind = raw.get("loai_ky")
    start, end = dates.parse(raw.get("tu_ngay")), dates.parse(raw.get("den_ngay"))
    if not isinstance(kind, str) or start is None or end is None or end < start:
        return None
    if end.year > LAST_YEAR:
        return None
    topic = raw.get("chuyen_de")
    return Period(
        kind=kind,
        start=start,
        end=end,
        year=_year(raw.get("nam")) or end.year,
        data_date=dates.parse(raw.get("ngay_chot_so_lieu")),
        months=whole_months(start, end),
        topic=topic.strip() if isinstance(topic, str) and topic.strip() else None,
        term=parse_term(raw.get("nhiem_ky")),
    )


def _year(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and re.fullmatch(r"\s*\d{4}\s*", value):
        value = int(value)
    return value if isinstance(value, int) and 1 <= value <= LAST_YEAR else None


def derived_next(period: Period) -> NextPeriod | None:
    """Return the period that follows by the calendar, or None when none follows from the dates.

    A month is followed by the next month, a quarter by the next quarter, any part of a year by the
    rest of that year, a year (or anything that ends on 31/12) by the next year, half a term by the
    rest of the term, a term by the next one. A thematic report has no period ahead of its own.
    """
    start = period.end + _ONE_DAY
    if period.kind == "chuyen_de":
        return None
    if period.kind == "thang":
        return NextPeriod(start, dates.month_end(start.year, start.month))
    if period.kind == "quy":
        return NextPeriod(start, dates.month_end(start.year, quarter(start) * 3))
    if period.kind in ("giua_nhiem_ky", "nhiem_ky") and period.term is not None:
        first, last = period.term
        if period.kind == "giua_nhiem_ky" and start <= date(last, 12, 31):
            return NextPeriod(start, date(last, 12, 31))
        return NextPeriod(start, date(last + (last - first), 12, 31))
    return NextPeriod(start, date(start.year, 12, 31))


def next_period(period: Period, data: Mapping[str, Any]) -> NextPeriod | None:
    """Return the period ahead: what ``ky_toi`` gives, the rest derived from the period reviewed."""
    raw = data.get("ky_toi")
    derived = derived_next(period)
    if not isinstance(raw, Mapping):
        return derived
    name = raw.get("ten")
    start = dates.parse(raw.get("tu_ngay")) or (derived.start if derived else None)
    end = dates.parse(raw.get("den_ngay")) or (derived.end if derived else None)
    words = name.strip() if isinstance(name, str) and name.strip() else None
    if start is None or end is None:
        # Only the wording is known (a thematic report): the days are those right after the period.
        start = start or period.end + _ONE_DAY
        end = end or start
        return NextPeriod(start, end, words) if words or raw.get("tu_ngay") else None
    return NextPeriod(start, end, words)
