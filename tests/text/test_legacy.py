"""Old encodings inside a text: what is pasted in one comes back letter for letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban.text import legacy
from vanban.text.encodings import TCVN3, VISCII, spelled_vni
from vanban.text.prose import RUNNING, Prose, Text
from vanban.text.syllables import common, is_syllable

VPS = legacy._VPS
TONES = "\u0300\u0301\u0303\u0309\u0323"
VNI_SIGNS = {
    "\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï",
    "\u0302": "â", "\u0302\u0301": "á", "\u0302\u0300": "à", "\u0302\u0309": "å",
    "\u0302\u0303": "ã", "\u0302\u0323": "ä", "\u0306": "ê", "\u0306\u0301": "é",
    "\u0306\u0300": "è", "\u0306\u0309": "ú", "\u0306\u0303": "ü", "\u0306\u0323": "ë",
}  # fmt: skip
VNI_LETTERS = dict(zip("đĐơƠưƯỉỈĩĨịỊỵỴ", "ñÑôÔöÖæÆóÓòÒîÎ", strict=True))


def western(data: bytes) -> str:
    """What a program shows that takes the bytes for Western ones."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)


def by_table(text: str, table: str, skip: range = range(0)) -> str:
    shown: dict[str, str] = {}
    for code, letter in enumerate(table, 0x80):
        if code not in skip:
            shown.setdefault(letter, western(bytes([code])))
    return "".join(shown.get(char, char) for char in text)


def vni_letter(char: str) -> str:
    if char in VNI_LETTERS:
        return VNI_LETTERS[char]
    spread = unicodedata.normalize("NFD", char)
    if len(spread) == 1 or spread[0] in "iI":
        return char
    base, marks = spread[0], spread[1:]
    if "\u031b" in marks:
        base = {"o": "ô", "O": "Ô", "u": "ö", "U": "Ö"}[base]
        marks = marks.replace("\u031b", "")
    if not marks:
        return base
    ordered = "".join(sorted(marks, key=lambda mark: mark in TONES))
    sign = VNI_SIGNS[ordered]
    return base + (sign.upper() if base.isupper() else sign)


def utf8(text: str) -> str:
    return western(text.encode())


ENCODERS: dict[str, Callable[[str], str]] = {
    "tcvn3": lambda text: by_table(text, TCVN3, range(0x80, 0xA1)),
    "vni": lambda text: "".join(map(vni_letter, text)),
    "viscii": lambda text: by_table(text, VISCII),
    "vps": lambda text: by_table(text, VPS),
    "utf8": utf8,
    "utf8_twice": lambda text: utf8(utf8(text)),
}


def mended(text: str) -> str:
    for found in reversed(legacy.find(text)):
        text = text[: found.start] + found.text + text[found.end :]
    return text


WORDS = [word for word in common() if is_syllable(word) and len(word) > 1]
TONED = [word for word in WORDS if not word.isascii()]
passages = st.builds(
    lambda words, toned, comma: " ".join([*words, *toned]).replace(" ", comma, 1),
    st.lists(st.sampled_from(WORDS), max_size=6),
    st.lists(st.sampled_from(TONED), min_size=8, max_size=12),
    st.sampled_from([" ", ", ", " ; ", " 12 "]),
)


@pytest.mark.parametrize("name", ["tcvn3", "vni", "utf8", "utf8_twice"])
@given(text=passages)
@settings(max_examples=60, deadline=None)
def test_a_passage_comes_back(name: str, text: str) -> None:
    shown = ENCODERS[name](text)
    assert {found.encoding for found in legacy.find(shown)} == {name}
    assert mended(shown) == text


@pytest.mark.parametrize("name", ["viscii", "vps"])
@given(text=passages)
@settings(max_examples=60, deadline=None)
def test_what_is_sure_is_right(name: str, text: str) -> None:
    """These two share most letters with the others; a short text may be told as doubtful."""
    shown = ENCODERS[name](text)
    if all(found.sure for found in legacy.find(shown)) and legacy.find(shown):
        assert mended(shown) == text


@given(text=passages)
@settings(max_examples=60, deadline=None)
def test_capitals_of_vni_come_back(text: str) -> None:
    assert mended(ENCODERS["vni"](text.upper())) == text.upper()
    assert spelled_vni(ENCODERS["vni"](text.upper())) == text.upper()


@given(text=passages)
@settings(max_examples=100, deadline=None)
def test_vietnamese_is_left_alone(text: str) -> None:
    for one in (text, text.upper(), text.title(), unicodedata.normalize("NFD", text)):
        assert not legacy.find(one)


@given(text=passages)
@settings(max_examples=60, deadline=None)
def test_what_was_mended_is_sound(text: str) -> None:
    for encode in ENCODERS.values():
        once = mended(encode(text))
        if all(found.sure for found in legacy.find(encode(text))):
            assert mended(once) == once


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    for found in legacy.find(text):
        assert 0 <= found.start < found.end <= len(text)
        assert unicodedata.is_normalized("NFC", found.text)
        assert found.sample


@pytest.mark.parametrize(
    "text",
    [
        "Münster, Köln, Österreich, für die Größe, schön",
        "café naïve, Île-de-France, où est la Thaï, Noël, Israël",
        "São Paulo, señor Muñoz, Peña, Århus, Malmö, Guðrún",
        "21°C ± 2, 3 µg/m³, 5 µm, 120 m² 30 m² 40 m², ½, ¼, Ø 21, § 5, © 2023, A®, 1ª",
        "«Dân vận khéo», « nhân », “XÃ”, ĐẢNG BỘ XÃ\u00a0A, XÃ…, XÃ–A, XÔ²",
        "Ðảng ủy, Ðoàn Thanh niên, Ðắk Lắk",
        "TP·HCM, tổ¹, to¹ lớn, kho²",
        "",
    ],
)
def test_other_languages_and_signs_are_left_alone(text: str) -> None:
    assert not legacy.find(text)


def test_one_word_is_enough_when_no_other_language_has_it() -> None:
    assert [found.text for found in legacy.find("Ban nh©n của xã")] == ["nhân"]
    assert [found.text for found in legacy.find("theo Ñaûng, của xã")] == ["Đảng"]
    assert [found.text for found in legacy.find("Đảng ủy nhÃ¢n của xã")] == ["nhân"]


def test_a_lost_byte_is_told() -> None:
    shown = utf8("Đảng ủy xã").replace("\x90", "")
    (found,) = legacy.find(shown)
    assert not found.whole and not found.sure


def test_the_words_of_a_stretch_are_named() -> None:
    prose = Prose(
        [
            Text("/a", RUNNING, "Đảng ủy tổ chức hội nghị."),
            Text("/b", RUNNING, "Chi bộ " + ENCODERS["tcvn3"]("vận động nhân dân") + " đóng góp."),
        ]
    )
    found = legacy.stretches(prose)
    ((passage, stretch),) = found.stretches
    assert passage.pointer == "/b" and stretch.text == "vận động nhân dân"
    named = [prose.words[number] for number in sorted(found.words)]
    assert "".join(named).startswith("v") and "bộ" not in named and "góp" not in named
    assert legacy.stretches(prose) is found


@pytest.mark.parametrize("name", sorted(ENCODERS))
def test_a_stretch_is_found_through_the_index(name: str) -> None:
    """The gate before the search lets every encoding through."""
    text = "Cấp ủy các chi bộ phân công đảng viên phụ trách hộ nghèo ở thôn."
    prose = Prose([Text("/a", RUNNING, "Xã Mẫu."), Text("/b", RUNNING, ENCODERS[name](text))])
    assert legacy.stretches(prose).stretches
