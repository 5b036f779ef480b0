"""What a clerk who has never seen YAML does to a sound draft: one finding, at the right place.

Each row replaces a piece of the smallest example; reading faults of syntax alone have their own
folder of files (``tests/read/bay``).
"""

from __future__ import annotations

import pytest

from vanban.catalogue import LANGUAGES, message
from vanban.check.engine import validate
from vanban.read.reader import read_text

from .small import ROOT

TEXT = (ROOT / "examples/bao-cao-so-ket/toi-thieu.yaml").read_text(encoding="utf-8")
FULL = (ROOT / "examples/bao-cao-so-ket/9-thang-2023.yaml").read_text(encoding="utf-8")
PLACE = "  dia_danh: Xã Mẫu"
SENT = "    - Các chi bộ trực thuộc Đảng ủy xã"
TO_CHUC = TEXT[TEXT.index("    to_chuc: |") : TEXT.index("    dang_vien: |")]


def line_of(piece: str, text: str = TEXT) -> int:
    return text[: text.index(piece)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "key", "shift", "column"),
    [
        # keys
        ("the_thuc:", "thể_thức:", "SCH003.phai_la_goc", 0, 1),
        (PLACE, "  Địa danh: Xã Mẫu", "SCH003.phai_la", 0, 3),
        (PLACE, "  DIA-DANH: Xã Mẫu", "SCH003.phai_la", 0, 3),
        (PLACE, "  dia\u200b_danh: Xã Mẫu", "SCH003.ky_tu_la", 0, 3),
        (PLACE, "  di\u0430_danh: Xã Mẫu", "SCH003.ky_tu_la", 0, 3),
        (PLACE, "  “dia_danh”: Xã Mẫu", "SCH003.phai_la", 0, 3),
        (PLACE, "  dia_danh -> Xã Mẫu", "INP005.dau_khac", 0, 3),
        ("    ho_ten: N", "    email: a@b.vn\n    ho_ten: N", "SCH003.la", 0, 5),
        ("loai: bao", "Loại: bao", "INP011.gan_giong", 0, 1),
        ("loai: bao-cao-so-ket", "loai: báo cáo sơ kết", "INP012.gan_giong", 0, 7),
        # indentation
        ("  mat_tran_doan_the: |", "mat_tran_doan_the: |", "SCH003.sai_cho", 0, 1),
        ("phuong_huong:", "  phuong_huong:", "SCH003.sai_cho_goc", 0, 3),
        ("  nhiem_vu:", "nhiem_vu:", "SCH003.chua_lui", 0, 1),
        (PLACE, "dia_danh: Xã Mẫu", "INP005.thut_ra", 0, 1),
        (PLACE, "\u00a0\u00a0dia_danh: Xã Mẫu", "INP016.khoang_trang_la", 0, 1),
        # texts
        ("    to_chuc: |\n      Đảng", "    to_chuc:\n      Kết quả: Đảng", "SCH003.loi_van", 1, 7),
        ("    dang_vien: |", "    Kết quả: tốt\n    dang_vien: |", "SCH003.la_loi_van", 0, 5),
        (TO_CHUC, "", "STR001.thieu", -3, 3),
        (TO_CHUC, "    to_chuc: |\n", "STR001.rong", 0, 5),
        (TO_CHUC, TO_CHUC * 2, "INP007.trung_khoa", 2, 5),
        # lists
        (SENT, SENT.replace("- ", "-"), "INP005.gach_dinh", 0, 5),
        (SENT, SENT.replace("- ", "• "), "INP005.gach_la", 0, 5),
        ("      han_che: [HC1]", "      han_che: HC1", "SCH001.array", 0, 16),
        ("      han_che: [HC1]", "      han_che: -HC1", "SCH001.array_gach", 0, 16),
        ("    - linh_vuc: kiem", "      linh_vuc: kiem", "INP007.thieu_gach", 0, 7),
        # values
        ("loai_ky: chin_thang", "loai_ky: 9 tháng", "SCH004.goi_y", 0, 12),
        ("loai_ky: chin_thang", "loai_ky: chin_thang\u00a0", "SCH004.ky_tu_la", 0, 12),
        ("den_ngay: 30/9/2023", "den_ngay: 31/9/2023", "SCH005.ngay_khong_co", 0, 13),
        ("den_ngay: 30/9/2023", "den_ngay: 2023-13-01", "SCH005.ngay_khong_co", 0, 13),
        ("den_ngay: 30/9/2023", "den_ngay: 30.9.2023", "SCH005.ngay", 0, 13),
        ("nam: 2023", "nam: 23", "SCH006.it_nhat", 0, 8),
        ("thoi_han: 15/12/2023", "thoi_han: quý IV", "SCH005.mau", 0, 17),
        (PLACE, "  dia_danh:", "SCH001.trong", 0, 3),
    ],
)
def test_one_slip_is_one_finding(old: str, new: str, key: str, shift: int, column: int) -> None:
    assert old in TEXT
    found = validate(read_text(TEXT.replace(old, new, 1))).findings
    assert [finding.key for finding in found] == [key]
    span = found[0].span
    assert span is not None
    assert (span.line, span.column) == (line_of(old) + shift, column)
    for lang in LANGUAGES:
        assert message(found[0], lang)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("1.246", "SCH005.so_mo_ho_nguyen"),
        ("3.5", "SCH001.integer"),
        ("ba", "SCH005.so_nguyen"),
        ("3 đồng chí", "SCH005.so_nguyen"),
        ("-1", "SCH006.it_nhat"),
        ("", "SCH001.trong"),
    ],
)
def test_a_count_that_is_none(written: str, key: str) -> None:
    start = FULL.index("      ket_nap: ")
    line = FULL[start : FULL.index("\n", start)]
    found = validate(read_text(FULL.replace(line, f"      ket_nap: {written}", 1))).findings
    assert [finding.key for finding in found] == [key]
    assert found[0].span is not None
    assert found[0].span.line == line_of(line, FULL)


def test_a_reason_is_told_only_where_a_choice_is_one() -> None:
    """A section required of every Party report is not required "because of" its issuer."""
    (found,) = validate(read_text(TEXT.replace(TO_CHUC, ""))).findings
    assert "bắt buộc khi" not in message(found, "vi")
    (found,) = validate(read_text(TEXT.replace("pham_vi: xay_dung_dang", "pham_vi: toan_dien")))\
        .findings  # fmt: skip
    assert "toan_dien" in message(found, "vi")


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
        "\ufeff" + TEXT,
        TEXT.replace("\n", "\n "),
        TEXT.replace(PLACE, "  dia_danh : Xã Mẫu"),
        TEXT.replace("09/10/2023", "9/10/2023"),
    ],
    ids=["crlf", "cr", "bom", "indented", "blank-colon", "short-day"],
)
def test_what_is_no_mistake(text: str) -> None:
    assert validate(read_text(text)).findings == ()


def test_a_blank_that_does_not_break_is_a_remark_about_letters_only() -> None:
    text = TEXT.replace("Đảng ủy xã Mẫu", "Đảng\u00a0ủy xã Mẫu", 1)
    assert [finding.key for finding in validate(read_text(text)).findings] == ["TXT005.mot"]


@pytest.mark.parametrize("group", ["the_thuc", "ky_bao_cao", "phuong_huong"])
def test_a_whole_group_that_was_not_indented(group: str) -> None:
    start = TEXT.index(f"{group}:\n") + len(group) + 2
    end = TEXT.find("\n\n", start)
    end = len(TEXT) if end < 0 else end
    moved = "\n".join(line.removeprefix("  ") for line in TEXT[start:end].split("\n"))
    found = validate(read_text(TEXT[:start] + moved + TEXT[end:])).findings
    assert [finding.key for finding in found] == ["SCH003.chua_lui"]
    assert found[0].span is not None
    assert found[0].span.line == TEXT[:start].count("\n") + 1
