"""Figures of running text: what is read, and what is left alone."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.rules._quantities import fold, quantities, worded
from vanban.text.numbers import vietnamese

Form = Literal["NFC", "NFD"]

READ = [
    ("Đảng bộ kết nạp 05 đảng viên, đạt 62,5% kế hoạch.", ["5 đảng viên", "62.5 %"]),
    ("Đạt 102,5 % kế hoạch", ["102.5 %"]),
    ("Toàn xã có 1.246 hộ", ["1246 hộ"]),
    ("Toàn xã có 1246hộ", ["1246 hộ"]),
    ("thu 2,5 tỷ đồng, chi 2,5 tỉ", ["2.5 tỷ đồng", "2.5 tỷ đồng"]),
    ("2 tỷ 500 triệu đồng", ["2.500 tỷ đồng"]),
    ("hai tỷ năm trăm triệu đồng", ["2.500 tỷ đồng"]),
    ("6.840 triệu đồng; 17 tr.đ; 17 triệu", ["6840 triệu đồng", "17 triệu đồng", "17 triệu đồng"]),
    ("đàn gà 2,1 triệu con", ["2100000.0 con"]),
    ("thu nhập 56,2 triệu đồng/người/năm", ["56.2 triệu đồng/người/năm"]),
    ("đạt 19/19 tiêu chí", ["19 tiêu chí", "19 tiêu chí"]),
    ("đạt 19 / 19 tiêu chí", ["19 tiêu chí", "19 tiêu chí"]),
    ("07/10 nội dung", ["7 nội dung", "10 nội dung"]),
    ("8.481/9.669 người", ["8481 người", "9669 người"]),
    ("một trăm hai mươi hộ", ["120 hộ"]),
    ("hai mươi lăm người, mười một chi bộ", ["25 người", "11 chi bộ"]),
    ("một nghìn hai trăm bốn mươi sáu hộ", ["1246 hộ"]),
    ("một trăm lẻ năm hộ; hai nghìn linh ba hộ", ["105 hộ", "2003 hộ"]),
    ("Hai mươi năm tuổi đảng", ["20 năm tuổi đảng"]),
    ("năm mươi ba hộ", ["53 hộ"]),
    ("05 (năm) đảng viên", ["5 đảng viên"]),
    ("15 uỷ viên, 15 Ủy viên", ["15 ủy viên", "15 ủy viên"]),
    ("trên tổng số 900 lượt triệu tập; dân số 8.216 người", ["900 lượt", "8216 người"]),
    ("giảm từ 78 hộ còn 64 hộ", ["78 hộ", "64 hộ"]),
    ("cấp 12 thẻ, vượt kế hoạch 02 hộ", ["12 thẻ", "2 hộ"]),
    ("05\u00a0đảng\u00a0viên", ["5 đảng viên"]),
    ("05 đảng\nviên", ["5 đảng viên"]),
    ("đường dài 3,2km, rộng 4 m", ["3.2 km", "4 m"]),
    ("02 đồng chí, 17 đồng, 03 đồng bào", ["2 đồng chí", "17 đồng", "3 đồng bào"]),
    ("nhiệt độ thấp −5 độ", ["-5 độ"]),
    ("72 triệu 500 nghìn đồng", ["72.500 triệu đồng"]),
    ("đường nông thôn 402 triệu đồng, thôn 4", ["402 triệu đồng"]),
]

LEFT = [
    "Nghị quyết số 15-NQ/ĐU, Quyết định số 142/QĐ-UBND, Kết luận 01-KL/TW",
    "ngày 12/01/2023, ngày 30/9, tháng 9, tháng 10/2023, năm 2023, cuối năm 2024",
    "Điều 5, khoản 2, điểm 3, khóa XIII, khoá 12, kỳ 2, mục 4",
    "giai đoạn 2021 - 2025, nhiệm kỳ 2020-2025, các năm 2022, 2023",
    "chi bộ ấp 2, tổ 5, khu phố 3, đội 1, lớp 12, đợt 3/2, dịp 19/5 năm nay",
    "thứ hai, lần thứ ba, ấp hai, quý ba, tháng tư, năm ba",
    "điện thoại 0275.3812.345, ĐT: 02753812345, 0912345678",
    "Số 05, số: 15, mẫu 2a, 5b, đường 30/4, tờ 12/5",
    "5-7 hộ, 5 – 7 hộ, 07:30",
    "1 246 hộ",
    "trong năm đảng viên được bồi dưỡng; mỗi năm chi bộ; những năm tháng",
    "một số đảng viên, một trong những nguyên nhân, một phần",
    "Quốc lộ 60, tỉnh lộ 883",
    "nhà báo hai mang; ba má",
]


def said(text: str) -> list[str]:
    """Return the figures of a text as "value unit"."""
    return [f"{q.value} {q.unit}".strip() for q in quantities(text)]


@pytest.mark.parametrize(("text", "expected"), READ)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_read(text: str, expected: list[str], form: Form) -> None:
    """Figures and units are read in either form of Unicode, at their own places."""
    given_text = unicodedata.normalize(form, text)
    assert said(given_text) == expected
    for quantity in quantities(given_text):
        assert given_text[quantity.start : quantity.end] == quantity.text
        assert quantity.end <= quantity.unit_end <= len(given_text)


@pytest.mark.parametrize("text", LEFT)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_left_alone(text: str, form: Form) -> None:
    """Names, dates, ranges and numbers of documents are no quantities."""
    assert said(unicodedata.normalize(form, text)) == []


def test_parts_of_a_fraction() -> None:
    """Both halves are found, at their own places."""
    part, whole = quantities("Xã đạt 17/19 tiêu chí")
    assert (part.form, whole.form) == ("fraction-part", "fraction-whole")
    assert (part.start, part.end, whole.start, whole.end) == (7, 9, 10, 12)
    assert part.unit_end == whole.unit_end == 21


@pytest.mark.parametrize("words", ["hơn", "gần", "khoảng", "trên", "ít nhất", "từ 3 đến"])
def test_approximate(words: str) -> None:
    """A figure that is only near the real one says so."""
    assert quantities(f"Có {words} 300 hộ")[-1].approximate
    assert not quantities("Có 300 hộ")[-1].approximate


def test_decimals() -> None:
    """The digits behind the comma are counted as written."""
    assert [q.decimals for q in quantities("100,10%; 62,5%; 60%; 1.246,50 ha")] == [2, 1, 0, 2]


def test_worded() -> None:
    """A phrase of number words is a number, anything else is none."""
    assert worded("hai mươi mốt") == 21
    assert worded("chín trăm chín mươi chín nghìn chín trăm chín mươi chín") == 999_999
    assert worded("hai hộ") is None


def test_fold_keeps_length_of_composed_text() -> None:
    """Positions in a composed text stay as they are."""
    text = "Uỷ ban\u00a0KIỂM TRA İ ß\tHOÁ"
    folded = fold(text)
    assert folded.origin is None
    assert folded.text == "ủy ban kiểm tra İ ß hóa"
    assert len(folded.text) == len(text)


@given(st.integers(0, 999_999_999), st.sampled_from(["hộ", "đảng viên", "triệu đồng", "%"]))
def test_any_number_reads_back(number: int, unit: str) -> None:
    """A number printed the Vietnamese way is read as itself."""
    printed = vietnamese(number)
    if unit != "%" and 1900 <= number <= 2100 and "." not in printed:
        return
    (quantity,) = quantities(f"Toàn xã có {printed} {unit} trong kỳ")
    assert (quantity.value, quantity.unit) == (Decimal(number), unit)


@given(st.text(alphabet="0123456789.,/- –%đồngtỷ triệu hai mươi\n(năm)", max_size=60))
def test_any_text(text: str) -> None:
    """No text breaks the reader, and every figure lies where it says."""
    last = 0
    for quantity in quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text
        assert last <= quantity.start < quantity.end <= quantity.unit_end <= len(text)
        last = quantity.end
