"""Dates as clerks type them and as official documents print them."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Any, NamedTuple

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DMY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_MONTH = re.compile(r"(\d{1,2})/(\d{4})")


class PartialDate(NamedTuple):
    """A date whose day may not be known yet (the văn thư gives it at signing)."""

    year: int
    month: int
    day: int | None = None

    @property
    def full(self) -> date | None:
        """Return the calendar date when the day is known."""
        return date(self.year, self.month, self.day) if self.day else None


def parse(value: Any) -> date | None:
    """Return the date typed as ``2023-10-09`` or ``09/10/2023`` (day first), or None."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    if match := _ISO.fullmatch(text):
        year, month, day = (int(g) for g in match.groups())
    elif match := _DMY.fullmatch(text):
        day, month, year = (int(g) for g in match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_partial(value: Any) -> PartialDate | None:
    """Return a full date, or a month typed as ``10/2023`` or ``2023-10``, or None."""
    if full := parse(value):
        return PartialDate(full.year, full.month, full.day)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if match := _ISO_MONTH.fullmatch(text):
        year, month = (int(g) for g in match.groups())
    elif match := _MONTH.fullmatch(text):
        month, year = (int(g) for g in match.groups())
    else:
        return None
    return PartialDate(year, month) if 1 <= month <= 12 else None


def day_text(day: int) -> str:
    """Return the day with a leading zero below 10."""
    return f"{day:02d}"


def month_text(month: int) -> str:
    """Return the month; only 1 and 2 take a leading zero (01, 02, 3 ... 12)."""
    return f"{month:02d}" if month < 3 else str(month)


def short(day: date) -> str:
    """Return a date as official texts quote it: 09/10/2023, 30/9/2023 (zeros as above)."""
    return f"{day_text(day.day)}/{month_text(day.month)}/{day.year}"


def month_end(year: int, month: int) -> date:
    """Return the last day of a month of the years 1 to 9999."""
    return date(year, month, calendar.monthrange(year, month)[1])
