from __future__ import annotations

import itertools
import unicodedata

import pytest

from vanban.text.metrics import coverage, covered, width_mm, width_pt
from vanban.text.tone import PAIRS, to_style


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic", "mm"),
    [
        ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, False, 72.9),
        ("ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ MINH", 14, False, False, 84.5),
        ("ĐẢNG ỦY PHƯỜNG BẮC NHA TRANG", 14, True, False, 89.1),
        ("Đặc khu Phú Quý, ngày 27 tháng 10 năm 2026", 14, False, True, 93.0),
    ],
)
def test_known_widths(text: str, size: float, bold: bool, italic: bool, mm: float) -> None:
    assert width_mm(text, size, bold, italic) == pytest.approx(mm, abs=0.05)


def test_title_in_points() -> None:
    assert width_pt("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True) == pytest.approx(206.7, abs=0.05)
    assert width_pt("ĐẢNG CỘNG SẢN VIỆT NAM", 14, True) == pytest.approx(192.9, abs=0.05)


def test_form_of_the_text_does_not_matter() -> None:
    text = "Đảng uỷ"
    assert width_mm(unicodedata.normalize("NFD", text), 14) == width_mm(text, 14)


def test_unknown_characters_count_as_one_em_and_breaks_as_a_space() -> None:
    assert width_pt("中", 12) == 12
    assert width_pt("a\nb", 12) == width_pt("a b", 12)
    assert width_pt("x\u0331", 12) >= width_pt("x", 12)


def test_coverage() -> None:
    vietnamese = "ăâđêôơưĂÂĐÊÔƠƯ" + "aeiouyAEIOUY"
    for base, mark in itertools.product(vietnamese, "\u0300\u0301\u0303\u0309\u0323"):
        composed = unicodedata.normalize("NFC", base + mark)
        assert len(composed) == 1 or base in "đĐ"
        if len(composed) == 1:
            assert covered(composed), composed
    for char in "■□●○→≥≤±×÷₫€…–—“”‘’•°²³½ΩЖ%‰\u00a0":
        assert covered(char), char
    for char in "\u200b\u200d\u00ad\ufeff\u2028\u202e\u0007\n\t中😀":
        assert not covered(char), hex(ord(char))
    assert all(unicodedata.category(char) not in ("Cc", "Cf") for char in coverage())


FIRST = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
MAIN = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]


@pytest.mark.parametrize(("first", "main"), list(zip(FIRST, MAIN, strict=True)))
def test_all_pairs_in_both_cases(first: str, main: str) -> None:
    for change in (str.lower, str.upper, str.capitalize):
        a, b = "h" + change(first), "h" + change(main)
        assert to_style(b, "tone_first") == a
        assert to_style(a, "tone_main") == b
        assert to_style(a, "tone_first") == a
        assert to_style(b, "tone_main") == b


def test_number_of_pairs() -> None:
    assert len(PAIRS) == 15 * 4 * 2


@pytest.mark.parametrize(
    "word",
    [
        "hoàn",
        "toàn",
        "quý",
        "Quỳ",
        "quỷ",
        "quá",
        "già",
        "giờ",
        "khuỷu",
        "thuyền",
        "Huỳnh",
        "Huyện",
        "ngoài",
        "xoáy",
    ],
)
def test_words_that_never_change(word: str) -> None:
    assert to_style(word, "tone_first") == word
    assert to_style(word, "tone_main") == word


def test_sentences() -> None:
    old = "Ủy ban, văn hóa-xã hội; sức khỏe, thủy sản: hoàn thành quý I."
    new = "Uỷ ban, văn hoá-xã hội; sức khoẻ, thuỷ sản: hoàn thành quý I."
    assert to_style(old, "tone_main") == new
    assert to_style(new, "tone_first") == old
    assert to_style(unicodedata.normalize("NFD", new), "tone_first") == old
