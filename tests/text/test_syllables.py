"""Syllables: which can be and which cannot, and what a damaged word was meant to be."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest

from vanban.resources import data_root
from vanban.text.names import name_words, names
from vanban.text.syllables import (
    common,
    guesses,
    is_syllable,
    marked,
    nearest,
    split,
    telex,
    tone_moved,
)
from vanban.text.tone import to_style

DATA = tomllib.loads(Path(__file__).with_name("am_tiet.toml").read_text("utf-8"))
RARE: list[str] = DATA["co_that"].split()
IMPOSSIBLE: list[str] = DATA["khong_the"].split()
WORD = re.compile(r"[^\W\d_]+")


def test_the_lists_are_long_and_apart() -> None:
    assert len(set(RARE)) >= 400 and len(set(IMPOSSIBLE)) >= 300
    assert not set(RARE) & set(IMPOSSIBLE)


def test_rare_syllables_are_legal_in_any_case_and_style() -> None:
    for word in RARE:
        for form in (word, word.capitalize(), word.upper()):
            assert is_syllable(form), form
        assert is_syllable(to_style(word, "tone_main")) and is_syllable(
            to_style(word, "tone_first")
        )
        assert tone_moved(word) is None, word


def test_impossible_syllables_are_not_legal() -> None:
    assert [word for word in IMPOSSIBLE if is_syllable(word)] == []


def test_common_syllables_are_legal() -> None:
    assert len(common()) > 4000
    assert [word for word in common() if not is_syllable(word)] == []
    assert [word for word in common() if tone_moved(word)] == []


def test_every_vietnamese_word_of_good_examples_is_legal() -> None:
    odd = set()
    for path in (data_root() / "examples").rglob("*.yaml"):
        if "sai" in path.parts:
            continue
        text = unicodedata.normalize("NFC", path.read_text("utf-8"))
        for word in WORD.findall(text):
            low = word.lower()
            if marked(low) and not word.isupper() and low not in name_words():
                odd |= {word} if not is_syllable(low) and not telex(low) else set()
    # Abbreviations with small letters, signs of units, and what good examples show on purpose.
    assert len(odd) <= 40, sorted(odd)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("gíam", "giám"), ("hòan", "hoàn"), ("qúy", "quý"), ("cuả", "của"), ("gìa", "già"),
        ("Gíam", "Giám"), ("HÒAN", "HOÀN"), ("QÚY", "QUÝ"), ("toàn", None), ("quý", None),
        ("qúa", "quá"), ("tòan", "toàn"), ("tíên", "tiến"), ("thủơ", "thuở"), ("khủyu", "khuỷu"),
        ("thúy", None), ("thuý", None), ("hòa", None), ("hoà", None), ("giờ", None), ("gì", None),
        ("gìn", None), ("nguỳên", "nguyền"), ("mưá", "mứa"), ("nghiã", "nghĩa"), ("miá", "mía"),
        ("đòan", "đoàn"), ("lọai", "loại"), ("ngòai", "ngoài"), ("xóay", "xoáy"), ("giơí", "giới"),
        ("internet", None), ("", None), ("x", None), ("đ", None),
    ],
)  # fmt: skip
def test_a_tone_is_moved(wrong: str, right: str | None) -> None:
    assert tone_moved(wrong) == right


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("môth", "một"), ("nghành", "ngành"), ("đuợc", "được"), ("truờng", "trường"),
        ("thưc", "thực"), ("kêt", "kết"), ("chât", "chất"), ("luợng", "lượng"), ("viêc", "việc"),
        ("đảngg", "đảng"), ("nhệim", "nhiệm"), ("Truờng", "Trường"), ("NGHÀNH", "NGÀNH"),
    ],
)  # fmt: skip
def test_the_nearest_comes_first(word: str, first: str) -> None:
    assert nearest(word)[0] == first
    assert len(nearest(word, 2)) <= 2


def test_a_foreign_word_is_near_nothing() -> None:
    for word in ("logistics", "prôtêin", "glucôzơ", "h", "", "ß", "đđđđđđđđđđđđ"):
        assert nearest(word) == ()
    assert all(is_syllable(guess.word) for guess in guesses("thưong"))


@pytest.mark.parametrize(
    ("glued", "parts"),
    [
        ("vềmột", ("về", "một")), ("sốnội", ("số", "nội")), ("hoạtđộng", ("hoạt", "động")),
        ("nôngthônmới", ("nông", "thôn", "mới")), ("Đảnguỷ", ("Đảng", "uỷ")),
        ("một", None), ("logistics", None), ("", None), ("prôtêin", None), ("nghiêng", None),
    ],
)  # fmt: skip
def test_glued_words_are_parted(glued: str, parts: tuple[str, ...] | None) -> None:
    assert split(glued) == parts


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddoongf", "đồng"), ("thuwcj", "thực"), ("hieejn", "hiện"), ("hieenj", "hiện"),
        ("đôngf", "đồng"), ("nguwowif", "người"), ("dduwowcj", "được"), ("Ddoongf", "Đồng"),
        ("Đa3ng", "Đảng"), ("d9o62ng", "đồng"), ("quye61t", "quyết"), ("nguo72i", "người"),
        ("nguo7i2", "người"), ("khoong", "không"), ("nhuwng", "nhưng"),
        ("test", None), ("box", None), ("roof", None), ("beer", None), ("window", None),
        ("m2", None), ("H5N1", None), ("co2", None), ("km²", None), ("A4", None), ("50kv", None),
        ("đồng", None), ("", None), ("xoong", None), ("VNeID", None),
    ],
)  # fmt: skip
def test_keys_of_an_input_method(typed: str, meant: str | None) -> None:
    found = telex(typed)
    assert (found.word if found else None) == meant


def test_names_are_complete() -> None:
    assert len(names("tinh_thanh_2025")) == 34
    assert len(names("tinh_thanh_cu")) == 63
    assert len(names("dan_toc", "chinh_thuc")) == 54
    assert len(names("dia_danh")) > 800
    assert {"krông", "búk", "pleiku", "internet", "hrê"} <= name_words()
    for word in ("Lào", "Kinh"):
        assert word in names("dan_toc")
