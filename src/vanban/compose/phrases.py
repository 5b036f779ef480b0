"""How the periods are called: shapes from dates, words from the outline."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from vanban.compose.numbering import roman
from vanban.compose.period import (
    NextPeriod,
    Period,
    next_period,
    period_of,
    quarter,
    touched_months,
    whole_months,
)
from vanban.text import dates

if TYPE_CHECKING:
    from vanban.compose.outline import Outline

_MONTHS = {"sau_thang": 6, "chin_thang": 9}
UNKNOWN = "khong_ro"


def _whole_year(start: date, end: date) -> bool:
    return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and (
        start.year == end.year
    )


def shape(period: Period) -> str:
    """Return the shape of the period reviewed, the key of its wording in the outline."""
    if period.kind in ("thang", "quy", "nam", "chuyen_de"):
        return period.kind
    if period.kind in ("giua_nhiem_ky", "nhiem_ky"):
        return period.kind if period.term else "khoang"
    if period.kind in _MONTHS:
        return "dau_nam"
    if _whole_year(period.start, period.end):
        return "nam"
    from_january = (period.start.month, period.start.day) == (1, 1)
    return "dau_nam" if from_january and period.start.year == period.end.year else "khoang"


def next_shape(period: Period, ahead: NextPeriod | None) -> str:
    """Return the shape of the period ahead."""
    if ahead is None:
        return "sau_nay"
    start, end = ahead.start, ahead.end
    months = whole_months(start, end)
    if period.kind == "giua_nhiem_ky" and period.term:
        return "cuoi_nhiem_ky"
    if period.kind == "nhiem_ky" and period.term:
        return "nhiem_ky"
    if period.kind == "thang" and months == 1:
        return "thang"
    if period.kind == "quy" and months == 3 and quarter(start) == quarter(end):
        return "quy"
    if _whole_year(start, end):
        return "nam"
    if start.year == end.year and (end.month, end.day) == (12, 31):
        return "cuoi_nam"
    return "khoang"


def _words(outline: Outline, form: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """Return the full and the short wording of a shape."""
    entry = outline.section("ky").get(form)
    if isinstance(entry, str):
        entry = {"day_du": entry}
    if not isinstance(entry, Mapping) or not isinstance(entry.get("day_du"), str):
        raise outline.fail(f"ky.{form} is missing")
    try:
        full = entry["day_du"].format_map(values)
        return full, str(entry.get("gon", entry["day_du"])).format_map(values)
    except (KeyError, ValueError, IndexError) as error:
        raise outline.fail(f"ky.{form}: {error!r}") from error


def _values(start: date, end: date, months: int, year: int) -> dict[str, Any]:
    return {
        "nam": year,
        "thang": dates.month_text(start.month),
        "quy": roman(quarter(start)),
        "so_thang": months,
        "tu_ngay": dates.short(start),
        "den_ngay": dates.short(end),
        "chuyen_de": "",
        "nhiem_ky": "",
    }


def period_phrases(data: Mapping[str, Any], outline: Outline) -> dict[str, str]:
    """Return the wordings that headings and the subject may use.

    ``ky`` / ``ky_toi`` are the full names, ``ky_gon`` the name without its year where the period
    ahead repeats that year, ``nam`` / ``nam_toi`` the years, ``chuyen_de`` and ``nhiem_ky`` as
    typed. What cannot be told from the data reads as ``ky.khong_ro`` says.
    """
    if "ky" not in outline.raw:
        # A kind that reports on no period names none.
        return {}
    period = period_of(data)
    unknown = _words(outline, UNKNOWN, {})[0]
    names = ("ky", "ky_gon", "ky_toi", "ky_toi_gon", "nam", "nam_toi", "chuyen_de", "nhiem_ky")
    if period is None:
        return dict.fromkeys(names, unknown)
    months = _MONTHS.get(period.kind) or touched_months(period.start, period.end)
    term = "{}-{}".format(*period.term) if period.term else unknown
    here = _values(period.start, period.end, months, period.year)
    here |= {"chuyen_de": period.topic or unknown, "nhiem_ky": term}
    full, short = _words(outline, shape(period), here)
    ahead = next_period(period, data)
    form = next_shape(period, ahead)
    there: dict[str, Any] = dict(here)
    if ahead is not None:
        there |= _values(
            ahead.start, ahead.end, touched_months(ahead.start, ahead.end), ahead.end.year
        )
        there["chuyen_de"] = here["chuyen_de"]
        there["nhiem_ky"] = term
        if form == "nhiem_ky":
            there["nhiem_ky"] = f"{ahead.start.year - 1}-{ahead.end.year}"
            if period.term:
                first, last = period.term
                there["nhiem_ky"] = f"{last}-{last + (last - first)}"
    next_full, next_short = _words(outline, form, there)
    if ahead is not None and ahead.name:
        next_full = next_short = ahead.name
    same_year = ahead is not None and not ahead.name and ahead.end.year == period.year
    return {
        "ky": full,
        "ky_gon": short if same_year else full,
        "ky_toi": next_full,
        "ky_toi_gon": next_short,
        "nam": str(period.year),
        "nam_toi": str(there["nam"]),
        "chuyen_de": here["chuyen_de"],
        "nhiem_ky": term,
    }
