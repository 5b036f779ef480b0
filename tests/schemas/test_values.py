"""Figures, dates and texts: what the patterns take is what the code understands."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.schemas.common import REPORT, plain
from vanban.check.bundle import bundle, compiled, validator
from vanban.text import dates, numbers


@cache
def _judges(name: str) -> tuple[Any, Any]:
    import jsonschema_rs

    whole = bundle(REPORT)
    alone = {"$ref": f"#/$defs/{name}", "$defs": whole["$defs"]}
    return type(validator(REPORT))(alone), jsonschema_rs.Draft202012Validator(alone)


def taken(name: str, value: Any) -> bool:
    """Tell whether a definition takes a value; both implementations must agree."""
    ours, theirs = _judges(name)
    verdict = bool(ours.is_valid(value))
    assert theirs.is_valid(plain(value)) == verdict, (name, value)
    return verdict


# The first call builds the validators: no test here is about speed.
unhurried = settings(deadline=None)
figures = st.decimals(
    allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9
)
some_text = st.text("0123456789.,-−/ \nxĐ", max_size=12)


@unhurried
@given(figures, st.integers(0, 4))
def test_every_printed_figure_is_taken(number: Decimal, places: int) -> None:
    rounded = number.quantize(Decimal(1).scaleb(-places))
    text = numbers.vietnamese(rounded, places)
    if numbers.AMBIGUOUS.fullmatch(text):
        assert not taken("kieu.so", text)
    else:
        assert taken("kieu.so", text)
        assert numbers.figure(text) == rounded
    assert taken("kieu.so", number)


@unhurried
@given(some_text)
def test_a_figure_is_what_the_code_reads(text: str) -> None:
    if text == text.strip():
        assert taken("kieu.so", text) == (numbers.figure(text) is not None)


@unhurried
@given(some_text)
def test_a_count_is_a_whole_figure(text: str) -> None:
    if text != text.strip():
        return
    number = numbers.figure(text)
    whole = number is not None and number >= 0 and text[:1].isdigit() and "," not in text
    written_plain = whole and ("." not in text or text.count(".") > 1)
    assert taken("kieu.so_dem", text) == written_plain


@unhurried
@given(st.integers(), st.decimals(allow_nan=False, allow_infinity=False, places=1))
def test_counts_are_whole_and_not_negative(whole: int, broken: Decimal) -> None:
    if abs(whole) < 2**53:
        assert taken("kieu.so_dem", whole) == (whole >= 0)
    # Beyond this a float, which the other implementation takes, loses the fraction.
    if abs(broken) < 10**9:
        integral = broken == broken.to_integral_value()
        assert taken("kieu.so_dem", broken) == (integral and broken >= 0)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("kieu.so", "1.246", False),
        ("kieu.so", "1.246,0", True),
        ("kieu.so", "1.234.567", True),
        ("kieu.so", "87,7", True),
        ("kieu.so", "87.7", True),
        ("kieu.so", "1246.125", True),
        ("kieu.so", "\u22125", True),
        ("kieu.so", "5\n", False),
        ("kieu.so", "٣", False),
        ("kieu.so", True, False),
        ("kieu.so", "", False),
        ("kieu.so_khong_am", -1, False),
        ("kieu.so_khong_am", "-1", False),
        ("kieu.so_dem", "05", True),
        ("kieu.so_dem", Decimal("12.0"), True),
        ("kieu.so_dem", Decimal("12.5"), False),
        ("kieu.so_dem", "1.246", False),
        ("kieu.so_dem", True, False),
        ("kieu.so_nguyen", "-2", True),
        ("kieu.gia_tri", "Đạt", True),
        ("kieu.gia_tri", "Đã ban hành 02 kế hoạch", True),
        ("kieu.gia_tri", "1.246", False),
        ("kieu.gia_tri", "5 người", False),
        ("kieu.gia_tri", " ", False),
        ("kieu.thoi_han", "thuong_xuyen", True),
        ("kieu.thoi_han", "31/11/2023", False),
        ("kieu.thoi_han", "12/2023", True),
        ("kieu.ma", "CT 01", False),
        ("kieu.ma", "CT01", True),
        ("kieu.ngay", "2023-10-09", True),
        ("kieu.ngay", "9/10/2023", True),
        ("kieu.ngay", "10/2023", False),
        ("kieu.ngay", "2023-10-09\n", False),
        ("kieu.ngay_hoac_thang", "2023-10", True),
        ("kieu.ngay_hoac_thang", "13/2023", False),
        ("kieu.dong_chu", " \t\u00a0\u3000\ufeff\n", False),
        ("kieu.dong_chu", "\u200b", True),
        ("kieu.dong_chu", "Đạt\n", True),
        ("kieu.linh_vuc", "dang_vien", True),
        ("kieu.nam", 2023, True),
        ("kieu.nam", 23, False),
    ],
)
def test_single_values(name: str, value: Any, expected: bool) -> None:
    assert taken(name, value) is expected


@unhurried
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_taken(day: date) -> None:
    forms = (
        day.isoformat(),
        dates.short(day),
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02d}/{day.month}/{day.year}",
    )
    for text in forms:
        assert taken("kieu.ngay", text)
        assert dates.parse(text) == day


@unhurried
@given(st.integers(0, 40), st.integers(0, 14), st.integers(1896, 2104))
def test_no_other_day_is_taken(day: int, month: int, year: int) -> None:
    for text in (f"{year}-{month:02d}-{day:02d}", f"{day}/{month}/{year}"):
        within = 1900 <= year <= 2099
        assert taken("kieu.ngay", text) == (within and dates.parse(text) is not None)
    text = f"{month}/{year}"
    assert taken("kieu.ngay_hoac_thang", text) == (within and 1 <= month <= 12)


def test_leap_days() -> None:
    for year in range(1900, 2100):
        for text in (f"29/02/{year}", f"29/2/{year}", f"{year}-02-29"):
            assert taken("kieu.ngay", text) == (dates.parse(text) is not None)


@unhurried
@given(st.text(max_size=20))
def test_blank_is_the_same_for_both(text: str) -> None:
    for name in ("kieu.dong_chu", "kieu.van_xuoi", "van-ban.khoi_van_ban", "van-ban.muc"):
        taken(name, text)


def test_patterns_are_read_as_ecma_262_does() -> None:
    assert compiled("^a$").search("a\n") is None
    assert compiled(r"^\d+$").search("٣") is None
    assert compiled(r"\S").search("\ufeff") is None
    assert compiled(r"\S").search("\x1f") is not None
    assert compiled(r"^[^0-9\s]+$").search("a b") is None
    assert compiled(r"^[$\]a]+$").search("$]a") is not None
    assert compiled(r"\$").search("$") is not None


def test_the_schema_is_plain_json() -> None:
    assert json.loads(json.dumps(bundle(REPORT))) == bundle(REPORT)
