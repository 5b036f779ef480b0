"""Organisations, inspection and economy: what the rules read in a table and in a sentence."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from tests.rules.kit import check, marked, prose, put, sound

CELLS = ("chi_bo", "dinh_ky", "chuyen_de")

BASICALLY_MET = [
    ("Xã cơ bản đạt 19/19 tiêu chí nông thôn mới.", "cơ bản đạt 19/19"),
    (
        "Đến nay, 19/19 tiêu chí nông thôn mới cơ bản đạt.",
        "19/19 tiêu chí nông thôn mới cơ bản đạt",
    ),
    ("Xã đã hoàn thành cơ bản 19/19 tiêu chí.", "hoàn thành cơ bản 19/19"),
    ("Xã cơ bản hoàn thành đủ 19 tiêu chí.", "cơ bản hoàn thành đủ 19 tiêu chí"),
    ("Về nông thôn mới: CƠ BẢN ĐẠT 19/19 TIÊU CHÍ.", "CƠ BẢN ĐẠT 19/19"),
    ("Xã cơ bản đã đạt 19 trên 19 tiêu chí; an ninh ổn định.", "cơ bản đã đạt 19 trên 19"),
    ("Xã Mẫu cơ bản đáp ứng toàn bộ các tiêu chí.", "cơ bản đáp ứng toàn bộ các tiêu chí"),
    ("Đến tháng 9/2023, xã cơ bản đạt 19/19 tiêu chí.", "cơ bản đạt 19/19"),
    ("Cơ bản các tiêu chí nông thôn mới đã đạt 19/19.", None),
    ("Xã cơ bản hoàn thành các tiêu chí nông thôn mới, đạt 19/19 tiêu chí.", None),
    ("Việc xây dựng nông thôn mới đạt ở mức cơ bản 19/19 tiêu chí.", None),
    ("Nông thôn mới cơ\u00a0bản đạt 19/19.", "cơ\u00a0bản đạt 19/19"),
]
NOT_BASICALLY_MET = [
    "Xã cơ bản đạt 17/19 tiêu chí nông thôn mới.",
    "Xã đạt 19/19 tiêu chí nông thôn mới; đời sống Nhân dân cơ bản ổn định.",
    "Phấn đấu cuối năm 2023 cơ bản đạt 19/19 tiêu chí.",
    "Năm 2020, xã cơ bản đạt 19/19 tiêu chí nông thôn mới.",
    "19/19 tiêu chí đã được phân công, cơ bản đúng tiến độ.",
    "Xã cơ bản hoàn thành 12/12 nhiệm vụ.",
    'Báo cáo ghi "cơ bản đạt 19/19 tiêu chí" được trả lại.',
    "Xã chưa cơ bản đạt 19/19 tiêu chí.",
    "Xã cơ bản hoàn thành giải phóng mặt bằng, đạt 19/19 tiêu chí nông thôn mới.",
    "Xã đạt 19/19 tiêu chí và hạ tầng cơ bản hoàn thành.",
    "Các tiêu chí cơ bản đạt theo kế hoạch.",
    "Xã đạt 19/19 tiêu chí cơ bản của Bộ tiêu chí nông thôn mới.",
]


@pytest.mark.parametrize(("sentence", "place"), BASICALLY_MET)
def test_basically_met_is_questioned(sentence: str, place: str | None) -> None:
    [(key, marks)] = marked(prose(sentence), "ECO003")
    assert key == "ECO003.co_ban" and (place is None or marks == place)
    status = {"nong_thon_moi": {"so_dat": 19, "tong": 19, "trang_thai": "co_ban_dat"}}
    assert not check(put(prose(sentence), "so_lieu", status), "ECO003")


@pytest.mark.parametrize("sentence", NOT_BASICALLY_MET)
def test_look_alikes_of_basically_met(sentence: str) -> None:
    assert not check(prose(sentence), "ECO003")


def test_one_remark_a_sentence() -> None:
    twice = "Xã cơ bản đạt 19/19 tiêu chí cơ bản đạt. Xã cơ bản đạt 19/19 tiêu chí."
    assert len(check(prose(twice), "ECO003")) == 2


# @ stands for "triệu đồng".
WRONG_SOURCES = [
    ("Tổng vốn 900 @, trong đó: ngân sách 600 @; dân góp 200 @; nguồn khác 200 @.", "900", "1.000"),
    ("Tổng mức đầu tư là 3.200 @, gồm 2.500 @ vốn ngân sách và 600 @ Nhân dân.", "3.200", "3.100"),
    (
        "Tổng thu 5.100 @, gồm: thu trên địa bàn 1.200 @, ngân sách cấp trên 3.800 @.",
        "5.100",
        "5.000",
    ),
    ("Huy động 500 @ xây cầu; trong đó ngân sách 300 @, còn lại xã hội hóa 250 @.", "500", "550"),
    ("Kinh phí là 750 @. Trong đó ngân sách huyện 500 @, ngân sách xã 350 @.", "750", "850"),
    (
        "Tổng nguồn vốn 12 tỷ đồng, bao gồm ngân sách 8 tỷ đồng và doanh nghiệp 5 tỷ đồng.",
        "12",
        "13",
    ),
    ("Tổng kinh phí 900 @ (ngân sách 600, dân góp 200, khác 150).", "900", "950"),
    ("Huy động 1,2 tỷ đồng (Nhà nước hỗ trợ 700 @, dân góp 400 @, khác 200 @).", "1,2", "1,3"),
    ("Tổng kinh phí: 850 @; trong đó: ngân sách nhà nước: 500 @; xã hội hóa: 450 @.", "850", "950"),
    ("Đã chi 1.250 @, gồm: chi đầu tư phát triển 400 @, chi thường xuyên 800 @.", "1.250", "1.200"),
    ("Tổng vốn 2,85 tỷ đồng, gồm ngân sách tỉnh và huyện 2.280 @ (80%), dân 620 @.", "2,85", "2,9"),
]
SILENT_SOURCES = [
    "Tổng vốn 900 @, trong đó ngân sách 600 @, Nhân dân đóng góp 200 @.",
    "Tổng kinh phí 1,5 tỷ đồng (ngân sách nhà nước 1,1 tỷ đồng, Nhân dân đóng góp 0,4 tỷ đồng).",
    "Tổng vốn 2,9 tỷ đồng, gồm ngân sách 2.280 @ và Nhân dân đóng góp 575 @.",
    "Tổng vốn 3.200 @, trong đó ngân sách 2.500 @ tăng 300 @ so với năm 2022, Nhân dân 1.200 @.",
    "Tổng vốn khoảng 900 @, gồm ngân sách 600 @, nguồn khác 150 @.",
    "Tổng vốn 900 @, gồm ngân sách khoảng 600 @, nguồn khác 150 @.",
    "Tổng vốn 900 @, gồm ngân sách 600 @, Nhân dân hiến 500 m2 đất, khác 50 @.",
    "Tổng vốn 900 @, gồm ngân sách 600 @, Nhân dân góp ngày công, nguồn khác 100 @.",
    "Tổng vốn 2.000 @, trong đó ngân sách 1.500 @, ngân sách tỉnh 1.000 @.",
    "Tổng vốn 900 @, trong đó vốn đầu tư công 600 @, ngân sách tỉnh 500 @.",
    "Tổng thu 900 @, trong đó thu bổ sung 800 @, thu bổ sung có mục tiêu 300 @.",
    "Tổng vốn 5.000 @ (trong đó: ngân sách 4.000 @; Nhân dân 500 @ và 200 ngày công).",
    "Tổng vốn 9 tỷ đồng, gồm ngân sách 6.000 @ và nguồn khác 3.400 @.",
    "Tổng vốn 1,2 tỷ đồng, gồm ngân sách 700 @ và nguồn khác 590 @.",
    "Tổng vốn kế hoạch 900 @, đã giải ngân 700 @, gồm ngân sách 600 @, khác 300 @.",
    "Tổng vốn 900 @, trong đó ngân sách chiếm 60%, dân góp 30%, khác 20%.",
    "Tổng chi phí 900 @, gồm nhân công 600 @, vật liệu 200 @.",
    "Hỗ trợ 900 @ giải ngân chậm, gồm ngân sách 600 @, khác 200 @.",
    "Kinh phí 900 @ giải ngân chậm, gồm ngân sách 600 @, khác 200 @.",
    "Tổng vốn 900 @, gồm ngân sách và nguồn khác.",
    "Kinh phí 900 @, gồm ngân sách 600 @" + " và các việc đã làm" * 40,
    "Chuyện 900 @, gồm ngân sách 600 @, khác 200 @.",
]


@pytest.mark.parametrize(("sentence", "place", "added"), WRONG_SOURCES)
def test_sources_in_running_text(sentence: str, place: str, added: str) -> None:
    sentence = sentence.replace("@", "triệu đồng")
    assert marked(prose(sentence), "ECO002") == [("ECO002.loi_van", place)]
    assert check(prose(sentence), "ECO002")[0].args["dung"] == added
    for form in (sentence.upper(), sentence.replace(" ", "\u00a0")):
        assert len(check(prose(form), "ECO002")) == 1
    [found] = marked(prose(unicodedata.normalize("NFD", sentence)), "ECO002")
    assert found[1] == place


@pytest.mark.parametrize("sentence", SILENT_SOURCES)
def test_sources_that_cannot_be_added_up(sentence: str) -> None:
    assert not check(prose(sentence.replace("@", "triệu đồng")), "ECO002")


def test_of_which_rows_are_no_sources() -> None:
    rows = [("Thu trên địa bàn", 70), ("Trong đó: phí, lệ phí", 20), ("Bổ sung", 30)]
    listed = [{"ten": name, "so_tien": money} for name, money in rows]
    budget = {"thu": 100, "chi": 100, "thu_theo_nguon": listed}
    assert not check(put(sound(), "so_lieu", {"ngan_sach": budget}), "ECO")


# ---- Party organisations ----------------------------------------------------------------------


def organisations(issuer: str, issued: str = "09/10/2023") -> list[str]:
    data = put(sound(), "so_lieu.to_chuc_dang", {"dang_bo_co_so": 2, "chi_bo_truc_thuoc": 8})
    put(data, "the_thuc.co_quan_ban_hanh", issuer)
    return [f.key for f in check(put(data, "the_thuc.ngay_ban_hanh", issued), "ORG001")]


@pytest.mark.parametrize("issuer", ["Đảng ủy xã Mẫu", "Đảng uỷ phường Mẫu", "ĐẢNG ỦY THỊ TRẤN MẪU"])
def test_a_commune_had_no_grassroots_organisations(issuer: str) -> None:
    assert organisations(issuer) == ["ORG001.chua_co_cap"]


@pytest.mark.parametrize("issuer", ["Huyện ủy Mẫu", "Thị ủy Mẫu", "Đảng ủy thị xã Mẫu"])
def test_others_had_them(issuer: str) -> None:
    assert organisations(issuer) == []


def test_a_report_issued_under_the_new_model() -> None:
    assert organisations("Đảng ủy xã Mẫu", "09/7/2025") == []


def listed(*sizes: int, name: str = "Chi bộ ấp") -> dict[str, Any]:
    cells = [{"ten": f"{name} {i}", "so_dang_vien": size} for i, size in enumerate(sizes)]
    losses = dict.fromkeys(("tu_tran", "khai_tru", "xoa_ten", "xoa_ten_du_bi", "xin_ra"), 0)
    none = {"ngoai_tinh": 0, "trong_tinh": 0}
    return {
        "dau_ky": 30,
        "tang": {"ket_nap": 0, "chuyen_den": none, "phuc_hoi": 0},
        "giam": {**losses, "chuyen_di": none},
        "cuoi_ky": 30,
        "theo_chi_bo": cells,
    }


def rows(members: dict[str, Any], bodies: dict[str, Any]) -> list[str]:
    data = put(sound(), "so_lieu", {"dang_vien": members, "to_chuc_dang": bodies})
    return [f.key for f in check(data, "ORG001")]


def test_the_list_of_cells_counts_only_when_it_is_whole() -> None:
    assert rows(listed(20, 10), {"chi_bo_truc_thuoc": 3}) == ["ORG001.khac_danh_sach"]
    assert rows(listed(20, 9), {"chi_bo_truc_thuoc": 3}) == []
    assert rows(listed(20, 10, name="Đảng bộ"), {"chi_bo_truc_thuoc": 3}) == []
    assert rows(listed(20, 10, 0), {"chi_bo_truc_thuoc": 3}) == []
    assert rows(listed(20, 10, 0), {"chi_bo_truc_thuoc": 2}) == []
    assert rows(listed(20, 10), {"tong": 3}) == []
    day = {"chi_bo_truc_thuoc": 3, "ngay_chot_so_lieu": "31/8/2023"}
    assert rows(listed(20, 10), day) == []
    broken = listed(20, 10)
    broken["theo_chi_bo"].append({"ten": "Chi bộ ấp 9", "so_dang_vien": "nhiều"})
    assert rows(broken, {"chi_bo_truc_thuoc": 3}) == []


# ---- meetings ---------------------------------------------------------------------------------


def meetings(data: dict[str, Any], *figures: int, **more: Any) -> list[str]:
    table = {**dict(zip(CELLS, figures, strict=False)), **more}
    return [f.key for f in check(put(data, "so_lieu.sinh_hoat", table), "ORG003")]


def months(kind: str, first: str, last: str, **more: Any) -> dict[str, Any]:
    data = put(sound(), "ky_bao_cao", {"loai_ky": kind, "tu_ngay": first, "den_ngay": last, **more})
    return put(data, "the_thuc.ngay_ban_hanh", last)


def test_meetings_of_other_periods() -> None:
    month = months("thang", "01/8/2023", "31/8/2023")
    assert meetings(month, 8, 8, 0) == []
    assert meetings(month, 8, 7, 0) == ["ORG003.thieu"]
    quarter = months("quy", "01/4/2023", "30/6/2023")
    assert meetings(quarter, 8, 24, 8) == []
    assert meetings(quarter, 8, 24, 7) == ["ORG003.it_chuyen_de"]
    seven = months("n_thang", "01/01/2023", "31/7/2023")
    assert meetings(seven, 8, 56, 16) == []
    year = months("nam", "01/01/2023", "31/12/2023")
    assert meetings(year, 8, 96, 32) == []
    assert meetings(year, 8, 95, 31) == ["ORG003.it_chuyen_de", "ORG003.thieu"]
    term = months("nhiem_ky", "01/01/2020", "31/12/2024", nhiem_ky="2020-2025")
    assert meetings(term, 8, 5, 0) == []


def test_meetings_not_yet_held_do_not_lack() -> None:
    early = put(sound(), "the_thuc.ngay_ban_hanh", "18/9/2023")
    early = put(early, "ky_bao_cao.ngay_chot_so_lieu", "15/9/2023")
    assert meetings(early, 11, 88, 22) == []
    assert meetings(early, 11, 99, 33) == []
    assert meetings(early, 11, 87, 21) == ["ORG003.it_chuyen_de", "ORG003.thieu"]
    assert meetings(sound(), 11, 88, 22, ngay_chot_so_lieu="31/8/2023") == []
    assert meetings(sound(), 11, 1, 1, ngay_chot_so_lieu="31/8/2022") == []
    before = put(sound(), "the_thuc.ngay_ban_hanh", "01/12/2022")
    assert meetings(put(before, "ky_bao_cao.ngay_chot_so_lieu", None), 11, 1, 1) == []


def test_a_wrong_number_of_cells_is_said_once() -> None:
    assert meetings(sound(), 18, 72, 24) == ["ORG003.chi_bo"]
    # Topical meetings counted among the monthly ones.
    assert meetings(sound(), 18, 48, 24) == ["ORG003.chi_bo"]
    assert meetings(sound(), 18, 71, 24) == ["ORG003.it_chuyen_de", "ORG003.thieu"]
    assert meetings(sound(), 8, 63, 24) == ["ORG003.thieu"]
    bodies = put(sound(), "so_lieu.to_chuc_dang", {"chi_bo_truc_thuoc": 18})
    found = check(put(bodies, "so_lieu.sinh_hoat", {"dinh_ky": 72, "chuyen_de": 24}), "ORG003")
    assert [(f.key, f.args["dung"]) for f in found] == [("ORG003.chi_bo", "8")]


def test_cells_come_from_the_organisations() -> None:
    bodies = put(sound(), "so_lieu.to_chuc_dang", {"chi_bo_truc_thuoc": 10})
    assert meetings(bodies, dinh_ky=89) == ["ORG003.thieu"]
    assert meetings(put(sound(), "so_lieu.to_chuc_dang", {"tong": 10}), dinh_ky=89) == []
    assert meetings(sound(), dinh_ky=5) == []
    assert meetings(sound(), 0, 5, 1) == []


@pytest.mark.parametrize(
    ("table", "key", "place"),
    [
        ({"trieu_tap": 14, "co_mat": 15}, "nhieu_hon", "co_mat"),
        ({"trieu_tap": 14, "vang": 15}, "nhieu_hon", "vang"),
        ({"trieu_tap": 100, "co_mat": 90, "vang": 1, "ty_le": 90}, "khong_can", "vang"),
        ({"trieu_tap": 100, "co_mat": 19, "vang": 10, "ty_le": 90}, "khong_can", "co_mat"),
        ({"trieu_tap": 10, "co_mat": 90, "vang": 10, "ty_le": 90}, "khong_can", "trieu_tap"),
        ({"co_mat": 90, "vang": 10, "ty_le": 95}, "ty_le", "ty_le"),
    ],
)
def test_attendance(table: dict[str, Any], key: str, place: str) -> None:
    figures = {"sinh_hoat": {"chi_bo": 8, "dinh_ky": 72, **table}}
    [found] = check(put(sound(), "so_lieu", figures), "ORG004")
    assert (found.key, found.pointer) == (f"ORG004.{key}", f"/so_lieu/sinh_hoat/{place}")


@pytest.mark.parametrize(
    "table",
    [
        {"trieu_tap": 14, "co_mat": 14},
        {"trieu_tap": 14, "mien_sinh_hoat": 5},
        {"co_mat": 13, "ty_le": 92},
        {"trieu_tap": 0, "co_mat": 0, "vang": 0, "ty_le": 0},
    ],
)
def test_attendance_that_says_too_little(table: dict[str, Any]) -> None:
    figures = {"sinh_hoat": {"chi_bo": 8, "dinh_ky": 72, **table}}
    assert not check(put(sound(), "so_lieu", figures), "ORG004")
