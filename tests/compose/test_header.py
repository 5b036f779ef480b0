from __future__ import annotations

from typing import Any

import pytest

from vanban.compose.document import Document
from vanban.compose.header import measured, split_name
from vanban.compose.profile import load_profile

from .drafts import composed, small

NBSP = "\u00a0"


def left(document: Document) -> list[str]:
    return [line.text for line in document.header.left]


def test_party_head() -> None:
    head = composed(small()).header
    assert [(line.text, line.style) for line in head.left] == [
        ("ĐẢNG BỘ HUYỆN MẪU", "cap_tren"),
        ("ĐẢNG ỦY XÃ MẪU", "ban_hanh"),
    ]
    assert [(line.text, line.style) for line in head.right] == [
        ("ĐẢNG CỘNG SẢN VIỆT NAM", "tieu_de")
    ]
    assert head.right[0].rule_mm == pytest.approx(72.9, abs=0.05)
    assert [(line.text, line.style) for line in head.left_low] == [
        ("*", "sao"),
        ("Số 05-BC/ĐU", "so"),
    ]
    assert [(line.text, line.style) for line in head.right_low] == [
        ("Xã Mẫu, ngày 09 tháng 10 năm 2023", "ngay")
    ]
    assert head.left_mm + head.right_mm == pytest.approx(165)


@pytest.mark.parametrize(
    ("profile", "typed", "shown"),
    [
        ("dang-hd36", "Khẩn", ["KHẨN"]),
        ("dang-hd05", "hỏa tốc", ["HỎA TỐC"]),
        ("nd30", "THƯỢNG KHẨN", ["THƯỢNG KHẨN"]),
        ("dang-hd36", None, []),
        ("dang-hd36", "  ", []),
    ],
)
def test_urgency_stands_under_the_number(profile: str, typed: Any, shown: list[str]) -> None:
    head = composed(small(do_khan=typed), profile).header
    assert [(line.text, line.style) for line in head.under_number] == [
        (text, "do_khan") for text in shown
    ]
    assert head.left_low[-1].style == "so"
    texts = list(composed(small(do_khan=typed), profile).texts())
    date = texts.index(head.right_low[-1].text)
    assert texts[date + 1 : date + 1 + len(shown)] == shown


def test_long_words_of_urgency_stay_in_their_column() -> None:
    document = composed(small(do_khan="Hỏa tốc hẹn giờ đến 17 giờ 30 phút ngày 09 tháng 10"))
    style = load_profile("dang-hd36").style("do_khan")
    lines = document.header.under_number
    assert len(lines) > 1
    assert all(measured(line.text, style) <= document.header.left_mm - 1.9 for line in lines)


def test_state_head() -> None:
    head = composed(
        small(
            bo_the_thuc="nd30",
            co_quan_cap_tren="Ủy ban nhân dân huyện Mẫu",
            co_quan_ban_hanh="Ủy ban nhân dân xã Mẫu",
        )
    ).header
    assert [line.text for line in head.left] == [
        "ỦY BAN NHÂN DÂN HUYỆN MẪU",
        "ỦY BAN NHÂN DÂN XÃ MẪU",
    ]
    assert head.left[0].rule_mm is None
    issuer = load_profile("nd30").style("ban_hanh")
    line = measured("ỦY BAN NHÂN DÂN XÃ MẪU", issuer)
    assert head.left[1].rule_mm is not None
    assert line / 3 <= head.left[1].rule_mm <= line / 2
    assert [line.text for line in head.right] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    motto = load_profile("nd30").style("tieu_ngu")
    assert head.right[0].rule_mm is None
    assert head.right[1].rule_mm == pytest.approx(
        measured("Độc lập - Tự do - Hạnh phúc", motto), abs=0.01
    )
    assert [line.text for line in head.left_low] == ["Số: 05/BC-UBND"]


@pytest.mark.parametrize(
    ("superior", "issuer", "place", "day", "expected"),
    [
        (
            "Đảng bộ thành phố Hồ Chí Minh",
            "Đảng ủy phường Bắc Nha Trang",
            "Đặc khu Phú Quý",
            "2026-10-27",
            ["ĐẢNG BỘ THÀNH PHỐ", "HỒ CHÍ MINH", "ĐẢNG ỦY PHƯỜNG", "BẮC NHA TRANG"],
        ),
        (
            "ĐẢNG BỘ TỈNH LÂM ĐỒNG",
            "ĐẢNG ỦY ĐẶC KHU PHÚ QUÝ",
            "Đặc khu Phú Quý",
            "2026-10-27",
            ["ĐẢNG BỘ TỈNH LÂM ĐỒNG", "ĐẢNG ỦY ĐẶC KHU", "PHÚ QUÝ"],
        ),
        (
            "Đảng bộ thành phố Hồ Chí Minh",
            "Đảng ủy xã Mẫu",
            "Xã Mẫu",
            "2026-10-27",
            ["ĐẢNG BỘ THÀNH PHỐ HỒ CHÍ MINH", "ĐẢNG ỦY XÃ MẪU"],
        ),
        (
            "Đảng bộ tỉnh Mẫu",
            "Đảng ủy các cơ quan tham mưu giúp việc Tỉnh ủy",
            "Mẫu",
            "2026-10-27",
            ["ĐẢNG BỘ TỈNH MẪU", "ĐẢNG ỦY CÁC CƠ QUAN", "THAM MƯU GIÚP VIỆC TỈNH ỦY"],
        ),
    ],
)
def test_long_names(superior: str, issuer: str, place: str, day: str, expected: list[str]) -> None:
    document = composed(
        small(co_quan_cap_tren=superior, co_quan_ban_hanh=issuer, dia_danh=place, ngay_ban_hanh=day)
    )
    assert left(document) == expected
    check_fits(document, "dang-hd05")


def check_fits(document: Document, profile_name: str) -> None:
    """Nothing wraps: every line is narrower than its column, with room between the columns."""
    profile, head = load_profile(profile_name), document.header
    for line in (*head.left, *head.left_low):
        assert measured(line.text, profile.style(line.style)) <= head.left_mm - 1.9, line.text
    for line in (*head.right, *head.right_low):
        assert measured(line.text, profile.style(line.style)) <= head.right_mm - 1.9, line.text
    assert head.left_mm + head.right_mm == pytest.approx(165)


@pytest.mark.parametrize("profile", ["dang-hd36", "dang-hd05", "nd30"])
@pytest.mark.parametrize("superior", ["Đảng bộ thành phố Hồ Chí Minh", "Đảng bộ tỉnh Mẫu", ""])
@pytest.mark.parametrize("issuer", ["Đảng ủy phường Bắc Nha Trang", "Đảng ủy xã Mẫu"])
@pytest.mark.parametrize("place", ["Đặc khu Phú Quý", "Xã Mẫu", "Thành phố Hồ Chí Minh"])
def test_title_and_date_never_wrap(profile: str, superior: str, issuer: str, place: str) -> None:
    data = small(
        co_quan_cap_tren=superior,
        co_quan_ban_hanh=issuer,
        dia_danh=place,
        ngay_ban_hanh="2026-10-27",
        so=12345,
    )
    check_fits(composed(data, profile), profile)


def test_names_no_head_was_made_for_still_stay_whole() -> None:
    name = " ".join(["Đảng ủy"] * 30)
    document = composed(small(co_quan_ban_hanh=name, co_quan_cap_tren="X" * 90))
    assert " ".join(left(document)[1:]) == name.upper()
    assert document.header.right_mm >= 60


def test_one_long_word_cannot_be_broken() -> None:
    style = load_profile("dang-hd36").style("ban_hanh")
    assert split_name("a" * 50, style, 60) == ["A" * 50]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-02-05", "Xã Mẫu, ngày 05 tháng 02 năm 2023"),
        ("27/5/2026", "Xã Mẫu, ngày 27 tháng 5 năm 2026"),
        ("10/2023", f"Xã Mẫu, ngày {NBSP * 6} tháng 10 năm 2023"),
        ("2023-01", f"Xã Mẫu, ngày {NBSP * 6} tháng 01 năm 2023"),
        (None, f"Xã Mẫu, ngày {NBSP * 6} tháng {NBSP * 6} năm {NBSP * 6}"),
    ],
)
def test_dates_and_blanks(day: Any, expected: str) -> None:
    document = composed(small(ngay_ban_hanh=day))
    assert document.header.right_low[0].text == expected


@pytest.mark.parametrize(
    ("more", "profile", "expected"),
    [
        ({"so": 5}, None, "Số 05-BC/ĐU"),
        ({"so": "05"}, None, "Số 05-BC/ĐU"),
        ({"so": 127}, None, "Số 127-BC/ĐU"),
        ({"so": None}, None, f"Số {NBSP * 6}-BC/ĐU"),
        ({"ky_hieu_co_quan": "HU"}, None, "Số 05-BC/HU"),
        ({"ky_hieu": "BCCT/ĐH"}, None, "Số 05-BCCT/ĐH"),
        ({}, "nd30", "Số: 05/BC-UBND"),
        ({"so": None}, "nd30", f"Số: {NBSP * 6}/BC-UBND"),
        ({"ky_hieu_co_quan": "HĐND"}, "nd30", "Số: 05/BC-HĐND"),
    ],
)
def test_numbers(more: dict[str, Any], profile: str | None, expected: str) -> None:
    document = composed(small(**more), profile)
    assert document.header.left_low[-1].text == expected


def test_created_is_the_documents_date() -> None:
    assert composed(small()).meta.created == "2023-10-09T00:00:00Z"
    assert composed(small(ngay_ban_hanh="10/2023")).meta.created == "2023-10-31T00:00:00Z"
    assert composed(small(ngay_ban_hanh=None)).meta.created == "2023-09-30T00:00:00Z"
    data = small(ngay_ban_hanh=None)
    del data["ky_bao_cao"]
    assert composed(data).meta.created is None


def test_a_people_s_committee_may_have_no_line_above_its_name() -> None:
    data = small()
    data["the_thuc"] |= {"co_quan_ban_hanh": "Ủy ban nhân dân xã Mẫu", "bo_the_thuc": "nd30"}
    del data["the_thuc"]["co_quan_cap_tren"]
    assert [line.text for line in composed(data).header.left] == ["ỦY BAN NHÂN DÂN XÃ MẪU"]


def test_a_place_too_long_for_one_line_has_the_date_below_it() -> None:
    data = small()
    data["the_thuc"]["dia_danh"] = "Thị trấn Nông trường Mộc Châu, huyện Mộc Châu, tỉnh Sơn La"
    head = composed(data).header
    *places, day = [line.text for line in head.right_low]
    assert " ".join(places) == "Thị trấn Nông trường Mộc Châu, huyện Mộc Châu, tỉnh Sơn La,"
    assert day.startswith("ngày ")
    style = load_profile("dang-hd36").style("ngay")
    assert all(measured(line.text, style) <= head.right_mm for line in head.right_low)


@pytest.mark.parametrize("name", ["Đảng_bộ_" * 8, "Đ" * 200, "Đảng ủy " + "x" * 90])
def test_a_name_without_blanks_leaves_the_title_its_room(name: str) -> None:
    data = small()
    data["the_thuc"]["co_quan_ban_hanh"] = name
    head = composed(data).header
    profile = load_profile("dang-hd36")
    assert head.left_mm + head.right_mm == pytest.approx(165)
    for line in head.right:
        assert measured(line.text, profile.style(line.style)) <= head.right_mm
