"""Grades: sentences that speak of them and look-alikes, the limit, what may be compared."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from tests.rules.kit import check, put, sound
from vanban.check.engine import validate
from vanban.read.reader import from_mapping

GRADES = {
    "dang_vien": {
        "xuat_sac": 10, "tot": 78, "hoan_thanh": 11, "khong_hoan_thanh": 0,
        "duoc_danh_gia": 99, "chua_danh_gia": 29, "tong": 128,
    },
    "chi_bo": {
        "xuat_sac": 2, "tot": 8, "hoan_thanh": 1, "khong_hoan_thanh": 0,
        "chua_danh_gia": 1, "tong": 12,
    },
}  # fmt: skip


def of_the_year(data: dict[str, Any]) -> dict[str, Any]:
    data["the_thuc"]["ngay_ban_hanh"] = "04/01/2024"
    data["ky_bao_cao"] |= {"loai_ky": "nam", "den_ngay": "31/12/2023"}
    data["ky_bao_cao"]["ngay_chot_so_lieu"] = "31/12/2023"
    return data


def says(sentence: str, *, typed: bool = False) -> dict[str, Any]:
    data = put(sound(), "ket_qua.xay_dung_dang.to_chuc", sentence)
    return put(data, "so_lieu", {"xep_loai": GRADES}) if typed else data


# ---- GRA001, GRA003 ----


def graded(members: Any, **more: Any) -> list[str]:
    grades = dict(zip(("xuat_sac", "tot", "hoan_thanh", "khong_hoan_thanh"), members, strict=True))
    data = of_the_year(sound())
    data["so_lieu"] = {"xep_loai": {"dang_vien": {**grades, **more}}}
    return [f"{f.key}:{f.severity}" for f in check(data, "GRA")]


def test_published_figures() -> None:
    assert graded((58, 252, 0, 0), tong=349) == []
    assert graded((10, 78, 11, 0), duoc_danh_gia=99, chua_danh_gia=29, tong=128) == []
    assert graded((2, 9, 0, 0), chua_danh_gia=1, tong=12) == []


def test_the_number_assessed_is_said_to_be_wrong_once() -> None:
    assert graded((10, 78, 11, 0), duoc_danh_gia=98, chua_danh_gia=29, tong=128) == [
        "GRA001.khac_danh_gia:error"
    ]


def balance() -> dict[str, Any]:
    """125 members, 3 admitted: 128."""
    rows: dict[str, Any] = {"dau_ky": 125, "cuoi_ky": 128}
    zeros = ("tu_tran", "khai_tru", "xoa_ten", "xoa_ten_du_bi", "xin_ra")
    nobody = {"ngoai_tinh": 0, "trong_tinh": 0}
    rows["tang"] = {"ket_nap": 3, "chuyen_den": nobody, "phuc_hoi": 0}
    rows["giam"] = {**dict.fromkeys(zeros, 0), "chuyen_di": nobody}
    return rows


def test_members_on_another_day_are_not_compared() -> None:
    data = of_the_year(sound())
    grades = {"xuat_sac": 10, "tot": 78, "hoan_thanh": 11, "khong_hoan_thanh": 0}
    for rest, found in ((29, []), (28, ["GRA001.khac_dang_vien"])):
        xep_loai: dict[str, Any] = {"dang_vien": {**grades, "chua_danh_gia": rest}}
        data["so_lieu"] = {"dang_vien": balance(), "xep_loai": xep_loai}
        assert [f.key for f in check(data, "GRA")] == found
        xep_loai["ngay_chot_so_lieu"] = "15/12/2023"
        assert check(data, "GRA") == []


def test_more_full_members_than_members() -> None:
    data = of_the_year(sound())
    data["so_lieu"] = {"dang_vien": {**balance(), "chinh_thuc": 129}}
    assert [f.key for f in check(data, "MEM")] == ["MEM004.nhieu_hon"]
    data["so_lieu"] = {"dang_vien": {**balance(), "chinh_thuc": 128}}
    assert check(data, "MEM") == []


def test_more_graded_than_members() -> None:
    data = of_the_year(sound())
    grades = {"xuat_sac": 10, "tot": 100, "hoan_thanh": 19, "khong_hoan_thanh": 0}
    data["so_lieu"] = {"dang_vien": balance(), "xep_loai": {"dang_vien": grades}}
    assert [f.key for f in check(data, "GRA")] == ["GRA001.nhieu_hon_dang_vien"]
    del data["so_lieu"]["dang_vien"]
    assert check(data, "GRA") == []


LIMIT = [((62, 248, 0, 0), 0), ((63, 247, 0, 0), 1), ((2, 6, 0, 0), 0), ((3, 6, 0, 0), 1)]


@pytest.mark.parametrize(("grades", "number"), LIMIT)
def test_one_in_five_rounded_up(grades: tuple[int, ...], number: int) -> None:
    assert len(graded(grades, tong=sum(grades))) == number


def test_the_limit_is_an_option_and_weaker_for_cells() -> None:
    data = of_the_year(sound())
    cells = {"xuat_sac": 6, "tot": 4, "hoan_thanh": 1, "khong_hoan_thanh": 0, "tong": 11}
    data["so_lieu"] = {"xep_loai": {"chi_bo": cells}}
    [finding] = check(data, "GRA003")
    assert finding.severity.value == "info" and finding.source is not None
    config = {"select": ["GRA003"], "options": {"GRA003": {"ty_le": 60}}}
    assert not validate(from_mapping(data), config=config).findings


# ---- GRA002 ----

NOT_OF_THE_ASSESSED = [
    ("Có 10 đảng viên hoàn thành xuất sắc nhiệm vụ (7,8%).", "tren_tong"),
    ("Hoàn thành xuất sắc nhiệm vụ: 10/128 đồng chí, đạt 7,81%.", "tren_tong"),
    ("7,8% (10 đồng chí) hoàn thành xuất sắc nhiệm vụ.", "tren_tong"),
    ("Mười đồng chí hoàn thành xuất sắc nhiệm vụ, chiếm 7,8 %.", "tren_tong"),
    ("Có 02/12 chi bộ hoàn thành xuất sắc nhiệm vụ (16,67%).", "tren_tong"),
    ("Xếp loại xuất sắc 10 đồng chí, tỷ lệ 7,8%.", "tren_tong"),
    ("10/128 đảng viên (10,1%) hoàn thành xuất sắc nhiệm vụ.", "mau_so"),
    ("Hoàn thành tốt nhiệm vụ có 78 đồng chí, chiếm 87,8%.", "lech"),
]
OF_THE_ASSESSED = [
    "Có 10 đảng viên hoàn thành xuất sắc nhiệm vụ (10,1%), 78 đảng viên hoàn thành tốt (78,8%).",
    "Có 10/99 đồng chí hoàn thành xuất sắc nhiệm vụ, chiếm 10,10%.",
    "Hoàn thành tốt nhiệm vụ 78 đồng chí, chiếm 78,7%.",
    "Có 88 đồng chí hoàn thành tốt nhiệm vụ trở lên, chiếm 88,9%.",
    "Hoàn thành xuất sắc nhiệm vụ 10 đồng chí, trong đó 04 đồng chí nữ, chiếm 40%.",
    "Năm 2022, hoàn thành xuất sắc nhiệm vụ 10 đồng chí, chiếm 7,8%.",
    "Có 10 đồng chí hoàn thành xuất sắc nhiệm vụ, đạt 125% chỉ tiêu.",
    "Hoàn thành xuất sắc nhiệm vụ 10 đồng chí, chiếm 7,8% tổng số đảng viên.",
    "Hoàn thành xuất sắc nhiệm vụ 12 đồng chí, chiếm 9,4%.",
    "Hoàn thành tốt nhiệm vụ 78 đồng chí, tăng 5% so với năm trước.",
]


@pytest.mark.parametrize(("sentence", "slug"), NOT_OF_THE_ASSESSED)
def test_shares_of_all(sentence: str, slug: str) -> None:
    data = of_the_year(says(sentence, typed=True))
    assert [f.key for f in check(data, "GRA002")] == [f"GRA002.{slug}"]
    assert not check(data, "NUM004")
    broken = of_the_year(says(unicodedata.normalize("NFD", sentence), typed=True))
    assert [f.key for f in check(broken, "GRA002")] == [f"GRA002.{slug}"]


@pytest.mark.parametrize("sentence", OF_THE_ASSESSED)
def test_shares_of_the_assessed(sentence: str) -> None:
    assert not check(of_the_year(says(sentence, typed=True)), "GRA002")


SAID_BY_THE_TEXT = [
    "Có 99/128 đảng viên được đánh giá; hoàn thành tốt nhiệm vụ 78 đồng chí, chiếm 60,9%.",
    "Đánh giá, xếp loại 99/128 đảng viên: hoàn thành xuất sắc 10 đồng chí (7,8%).",
    (
        "Đảng bộ có 128 đảng viên, đã đánh giá 99 đồng chí; 10/128 đồng chí hoàn thành xuất sắc, "
        "chiếm 10,1%."
    ),
]


@pytest.mark.parametrize("sentence", SAID_BY_THE_TEXT)
def test_the_text_itself_says_how_many_were_assessed(sentence: str) -> None:
    assert len(check(of_the_year(says(sentence)), "GRA002")) == 1
    alone = sentence.partition("; " if ";" in sentence else ": ")[2]
    assert not check(of_the_year(says(alone)), "GRA002")


SAID_OF_A_GRADE = [
    "Đảng bộ có 128 đảng viên; 10 đồng chí được xếp loại hoàn thành xuất sắc, chiếm 7,8%.",
    "Có 10 đồng chí được đánh giá, xếp loại xuất sắc; 78/128 đồng chí hoàn thành tốt, chiếm 60,9%.",
    "Có 05 đảng viên được đánh giá lại; 78 đồng chí hoàn thành tốt nhiệm vụ, chiếm 60,9%.",
]


@pytest.mark.parametrize("sentence", SAID_OF_A_GRADE)
def test_the_text_says_nothing_of_all_assessed(sentence: str) -> None:
    data = of_the_year(says(sentence))
    data["so_lieu"] = {"dang_vien": balance()}
    assert not check(data, "GRA002")


def test_the_text_says_who_was_assessed_and_the_balance_how_many_there_are() -> None:
    sentence = "Đã đánh giá 99 đảng viên; hoàn thành tốt nhiệm vụ 78 đồng chí, chiếm 60,9%."
    data = of_the_year(says(sentence))
    data["so_lieu"] = {"dang_vien": balance()}
    assert [f.args["tong"] for f in check(data, "GRA002")] == ["128"]


# ---- GRA004 ----

TOO_EARLY = [
    "Năm 2023 có 10 đồng chí xuất sắc.",
    "Kết quả đánh giá, xếp loại đảng viên năm 2023: 12 đồng chí hoàn thành xuất sắc nhiệm vụ.",
    "Năm 2023, toàn Đảng bộ có 15% đảng viên hoàn thành xuất sắc nhiệm vụ.",
    "Qua xếp loại chất lượng 9 tháng đầu năm 2023, có 05 chi bộ hoàn thành xuất sắc nhiệm vụ.",
    "Năm nay có mười đồng chí được xếp loại xuất sắc.",
    "Phân loại đảng viên năm 2023 như sau. Hoàn thành xuất sắc có 10 đồng chí.",
    "ĐÁNH GIÁ NĂM 2023: 10 ĐẢNG VIÊN HOÀN THÀNH XUẤT SẮC NHIỆM VỤ.",
    "Năm 2023, Đảng bộ có 01 đảng viên không hoàn thành nhiệm vụ.",
]
NOT_TOO_EARLY = [
    "Năm 2022 có 10 đồng chí được xếp loại hoàn thành xuất sắc nhiệm vụ.",
    "Phấn đấu năm 2023 có 10% đảng viên hoàn thành xuất sắc nhiệm vụ.",
    "Năm 2023 có 10 đồng chí hoàn thành xuất sắc nhiệm vụ huấn luyện dự bị động viên.",
    "Năm 2023, 02 chi bộ đã hoàn thành nhiệm vụ chuyển đổi số.",
    "Có 03 đồng chí hoàn thành tốt lớp trung cấp lý luận chính trị năm 2023.",
    "Đảng ủy khen thưởng 05 đảng viên hoàn thành xuất sắc nhiệm vụ năm 2023.",
    "Chuẩn bị đánh giá, xếp loại 08 chi bộ và 128 đảng viên năm 2023.",
    "Trên cơ sở kết quả xếp loại năm 2022, năm 2023 có 02 chi bộ được củng cố.",
    "Có 10 đồng chí được xếp loại hoàn thành xuất sắc nhiệm vụ.",
    "Năm 2023, 86 hội viên hoàn thành tốt nhiệm vụ.",
    "Năm 2023, xã có 12% hộ nghèo; hoàn thành tốt nhiệm vụ.",
]


@pytest.mark.parametrize("sentence", TOO_EARLY)
def test_grades_before_the_year_is_over(sentence: str) -> None:
    assert [f.key for f in check(says(sentence), "GRA004")] == ["GRA004.loi_van"]
    broken = says(unicodedata.normalize("NFD", sentence))
    assert [f.key for f in check(broken, "GRA004")] == ["GRA004.loi_van"]
    assert not check(of_the_year(says(sentence)), "GRA004")


@pytest.mark.parametrize("sentence", NOT_TOO_EARLY)
def test_not_grades_of_this_year(sentence: str) -> None:
    assert not check(says(sentence), "GRA004")


def test_a_month_in_which_the_year_is_graded() -> None:
    data = says(TOO_EARLY[0], typed=True)
    data["ky_bao_cao"] = {"loai_ky": "thang", "tu_ngay": "01/12/2023", "den_ngay": "31/12/2023"}
    data["the_thuc"]["ngay_ban_hanh"] = "28/12/2023"
    assert not check(data, "GRA004")


def test_typed_grades_and_their_sentence_are_one_mistake() -> None:
    data = says("Năm 2023 có 10 đồng chí xuất sắc.", typed=True)
    assert [f.key for f in check(data, "GRA004")] == ["GRA004.so_lieu"]


def test_typed_grades_of_last_year() -> None:
    assert not check(says("Kết quả xếp loại năm 2022 đã được thông báo.", typed=True), "GRA004")
    early = says("Các chi bộ sinh hoạt đều.", typed=True)
    early["ky_bao_cao"] |= {"loai_ky": "quy", "den_ngay": "31/3/2023"}
    early["ky_bao_cao"]["ngay_chot_so_lieu"] = "31/3/2023"
    early["the_thuc"]["ngay_ban_hanh"] = "31/3/2023"
    assert not check(early, "GRA004")
    early["so_lieu"]["xep_loai"]["ngay_chot_so_lieu"] = "31/12/2022"
    assert not check(early, "GRA004")


# ---- GRA005 ----

OLD = [
    "Có 06 chi bộ đạt trong sạch, vững mạnh.",
    "06/08 chi bộ được công nhận trong sạch vững mạnh.",
    "Kết quả xếp loại: trong sạch, vững mạnh 05 chi bộ.",
    "Đảng bộ xã được đánh giá trong sạch, vững mạnh.",
    "Đảng bộ 5 năm liền đạt danh hiệu trong sạch, vững mạnh.",
    "Cuối năm có 75% chi bộ trong sạch, vững mạnh.",
    "Phấn đấu 80% tổ chức cơ sở đảng xếp loại “Trong sạch, vững mạnh”.",
    "Trong sạch, vững mạnh: 06 chi bộ.",
]
NOT_OLD = [
    "Xây dựng Đảng bộ trong sạch, vững mạnh.",
    "Công nhận 03 chi bộ trong sạch, vững mạnh toàn diện.",
    "Đảng ủy chọn 02 chi bộ trong sạch, vững mạnh làm điểm theo mô hình mới.",
    "Có 04 chi bộ đăng ký xây dựng mô hình chi bộ trong sạch, vững mạnh.",
    "Năm 2015 có 06 chi bộ đạt trong sạch, vững mạnh.",
    "Có 02 chi bộ đạt tiêu chuẩn trong sạch, vững mạnh tiêu biểu.",
    "Hội Nông dân xã trong sạch, vững mạnh.",
    "Mức trong sạch, vững mạnh không còn dùng để xếp loại.",
]


@pytest.mark.parametrize("sentence", OLD)
def test_old_words(sentence: str) -> None:
    assert [f.key for f in check(says(sentence), "GRA005")] == ["GRA005.muc_cu"]


@pytest.mark.parametrize("sentence", NOT_OLD)
def test_words_that_are_no_grade(sentence: str) -> None:
    assert not check(says(sentence), "GRA005")


def test_old_words_in_an_old_report() -> None:
    data = says(OLD[0])
    data["the_thuc"]["ngay_ban_hanh"] = "09/10/2018"
    data["ky_bao_cao"] |= {"tu_ngay": "01/01/2018", "den_ngay": "30/9/2018", "nam": 2018}
    assert not check(data, "GRA005")


# ---- MEM007: which indicator counts admissions ----

ADMISSIONS = [
    ("Kết nạp đảng viên", "đảng viên"),
    ("Kết nạp Đảng viên mới", "người"),
    ("Số đảng viên mới kết nạp", "đồng chí"),
    ("Phát triển đảng viên", "ĐV"),
    ("Số quần chúng ưu tú được kết nạp vào Đảng", "quần chúng"),
    ("Kết nạp đảng viên năm 2023", "đảng viên"),
    ("Phát triển đảng viên mới trong năm", "đ/c"),
]
OTHERS = [
    ("Kết nạp đảng viên là nữ", "đảng viên"),
    ("Kết nạp đảng viên trong học sinh", "đảng viên"),
    ("Kết nạp đảng viên năm 2022", "đảng viên"),
    ("Tỷ lệ kết nạp đảng viên", "%"),
    ("Kết nạp đảng viên", "%"),
    ("Kết nạp đoàn viên", "người"),
    ("Bồi dưỡng kết nạp Đảng", "người"),
    ("Chi bộ kết nạp đảng viên", "chi bộ"),
]


def admitted(*indicators: dict[str, Any]) -> list[str]:
    data = sound()
    data["so_lieu"] = {"dang_vien": balance()}
    data["chi_tieu"] = list(indicators)
    return [f.key for f in check(data, "MEM")]


def indicator(name: str, unit: str, **more: Any) -> dict[str, Any]:
    return {"ma": "CT1", "ten": name, "don_vi": unit, "ke_hoach": 5, "thuc_hien": 4, **more}


@pytest.mark.parametrize(("name", "unit"), ADMISSIONS)
def test_the_indicator_of_admissions(name: str, unit: str) -> None:
    assert admitted(indicator(name, unit)) == ["MEM007.khac_chi_tieu"]
    assert admitted(indicator(name, unit, thuc_hien=3)) == []
    assert admitted(indicator(name, unit, ghi_chu="Ước cả năm")) == []
    assert admitted(indicator(name, unit, tinh_chat="thoi_diem")) == []
    assert admitted(indicator(name, unit), indicator(name, unit, ma="CT2")) == []


@pytest.mark.parametrize(("name", "unit"), OTHERS)
def test_indicators_of_something_else(name: str, unit: str) -> None:
    assert admitted(indicator(name, unit)) == []
