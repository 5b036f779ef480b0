from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from vanban.compose.document import Document, Table
from vanban.compose.profile import load_profile
from vanban.compose.tables import free_table
from vanban.text.metrics import width_mm

from .drafts import cells, composed, small, tables

MEMBERS: dict[str, Any] = {
    "dau_ky": 1238,
    "tang": {"ket_nap": 5, "chuyen_den": {"ngoai_tinh": 1, "trong_tinh": 3}, "phuc_hoi": 0},
    "giam": {
        "tu_tran": 2,
        "khai_tru": 0,
        "xoa_ten": 1,
        "xoa_ten_du_bi": 0,
        "xin_ra": 0,
        "chuyen_di": {"ngoai_tinh": 1, "trong_tinh": 2},
    },
    "cuoi_ky": 1241,
}


def appendix(document: Document, number: int = 0) -> list[Table]:
    return [b for b in document.appendices[number].blocks if isinstance(b, Table)]


def with_indicators(*indicators: dict[str, Any]) -> list[list[str]]:
    data = small()
    data["chi_tieu"] = list(indicators)
    (table,) = appendix(composed(data))
    return cells(table)


def indicator(**more: Any) -> dict[str, Any]:
    return {"ma": "CT1", "ten": "Thu ngân sách", "don_vi": "triệu đồng", **more}


def test_indicator_table() -> None:
    found = with_indicators(
        indicator(
            ke_hoach=8500,
            thuc_hien="6.840,5",
            cung_ky=6310,
            danh_gia="chua_dat",
            ghi_chu="Bảo đảm tiến độ",
        ),
        indicator(ten="Bò", don_vi="con", ke_hoach="2150", thuc_hien=Decimal("2180"), cung_ky=0),
    )
    assert found[0] == [
        "TT",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Kế hoạch",
        "Thực hiện",
        "So với kế hoạch (%)",
        "Cùng kỳ",
        "So với cùng kỳ (%)",
        "Đánh giá",
        "Ghi chú",
    ]
    assert found[1] == [
        "1",
        "Thu ngân sách",
        "triệu đồng",
        "8.500",
        "6.840,5",
        "80,48",
        "6.310",
        "108,41",
        "Chưa đạt",
        "Bảo đảm tiến độ",
    ]
    assert found[2] == ["2", "Bò", "con", "2.150", "2.180", "101,4", "0", "", "", ""]


def test_columns_that_are_empty_everywhere_are_dropped() -> None:
    found = with_indicators(indicator(ke_hoach=5, thuc_hien=6))
    assert found[0] == [
        "TT",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Kế hoạch",
        "Thực hiện",
        "So với kế hoạch (%)",
    ]
    assert found[1][-1] == "120"


@pytest.mark.parametrize(
    ("plan", "actual", "expected"),
    [
        (839, 840, "100,12"),
        (3, 1, "33,33"),
        (3, 2, "66,67"),
        (8, 1, "12,5"),
        (4, 4, "100"),
        (7, 0, "0"),
        (800, 1, "0,13"),
    ],
)
def test_percentages_half_up_without_trailing_zeros(plan: int, actual: int, expected: str) -> None:
    assert with_indicators(indicator(ke_hoach=plan, thuc_hien=actual))[1][-1] == expected


def test_no_plan_or_plan_zero_leaves_the_percentage_empty() -> None:
    found = with_indicators(
        indicator(ke_hoach=0, thuc_hien=3),
        indicator(thuc_hien=3),
        indicator(ke_hoach="Đạt chuẩn", thuc_hien="Đạt chuẩn"),
        indicator(ke_hoach=2, thuc_hien=1),
    )
    assert [row[-1] for row in found[1:]] == ["", "", "", "50"]
    assert found[3][3] == "Đạt chuẩn"


def test_a_given_percentage_is_printed_as_given() -> None:
    found = with_indicators(indicator(ke_hoach=839, thuc_hien=840, ty_le_ke_hoach="100,11"))
    assert found[1][-1] == "100,11"


def test_several_plans_take_a_line_each() -> None:
    plans = [
        {"gia_tri": 10, "nguon_giao": "Huyện ủy"},
        {"gia_tri": "12,5", "nguon_giao": "Nghị quyết năm của Đảng ủy"},
    ]
    found = with_indicators(
        indicator(ten="Kết nạp", ke_hoach=plans, thuc_hien=12),
        indicator(ten="Bò", ke_hoach=[{"gia_tri": 4, "nguon_giao": ""}], thuc_hien=1),
    )
    assert found[1:] == [
        ["1", "Kết nạp (kế hoạch: Huyện ủy)", "triệu đồng", "10", "12", "120"],
        ["", "- Kế hoạch: Nghị quyết năm của Đảng ủy", "", "12,5", "", "96"],
        ["2", "Bò", "triệu đồng", "4", "1", "25"],
    ]


def test_table_stands_in_the_body_when_it_has_words_there() -> None:
    data = small()
    data["chi_tieu"] = [indicator(ke_hoach=1, thuc_hien=1)]
    data["ket_qua"]["bang_chi_tieu"] = "Lời dẫn bảng."
    document = composed(data)
    (table,) = tables(document)
    assert table.caption is None
    assert not document.appendices
    data["phu_luc"] = [{"bieu": "chi_tieu", "tieu_de": "Chỉ tiêu chi tiết"}]
    document = composed(data)
    assert len(tables(document)) == 1
    assert [line.text for line in document.appendices[0].titles] == [
        "Phụ lục",
        "CHỈ TIÊU CHI TIẾT",
    ]


def test_member_balance() -> None:
    data = small()
    data["so_lieu"] = {"dang_vien": MEMBERS}
    document = composed(data)
    (table,) = appendix(document)
    rows = cells(table)
    assert rows[0] == ["TT", "Nội dung", "Kỳ này"]
    assert rows[1] == ["A", "Tổng số đảng viên cuối kỳ trước", "1.238"]
    assert rows[2] == ["B", "Đảng viên tăng trong kỳ", "9"]
    assert rows[4] == ["2", "Đảng viên chuyển đến", "4"]
    assert rows[8] == ["C", "Đảng viên giảm trong kỳ", "6"]
    assert rows[-1] == ["D", "Đảng viên có trong danh sách cuối kỳ", "1.241"]
    assert [row[0].text for row in table.rows if row[0].bold] == ["A", "B", "C", "D"]
    assert len(rows) == 1 + 17


def test_member_balance_with_last_year_and_a_difference() -> None:
    data = small()
    last = {**MEMBERS, "dau_ky": 1000, "tang": {**MEMBERS["tang"], "tong": 20}}
    data["so_lieu"] = {
        "dang_vien": {
            **MEMBERS,
            "chenh_lech": {"so_luong": -1, "ly_do": "đính chính số liệu"},
            "chinh_thuc": 1200,
            "ngay_chot_so_lieu": "30/9/2023",
            "cung_ky": last,
            "theo_chi_bo": [{"ten": "Chi bộ ấp 1", "so_dang_vien": 32}],
        }
    }
    document = composed(data)
    table, cells_by_branch = appendix(document)
    rows = cells(table)
    assert rows[0] == ["TT", "Nội dung", "Kỳ này", "Cùng kỳ năm trước", "So với cùng kỳ (%)"]
    assert rows[1][2:] == ["1.238", "1.000", "123,8"]
    assert rows[2][2:] == ["9", "20", "45"]
    assert ["", "Chênh lệch khác (đính chính số liệu)", "-1", "", ""] in rows
    assert ["1", "Đảng viên chính thức", "1.200", "", ""] in rows
    assert cells(cells_by_branch) == [
        ["TT", "Chi bộ", "Số đảng viên"],
        ["1", "Chi bộ ấp 1", "32"],
    ]
    assert cells_by_branch.caption == "Đảng viên theo chi bộ"
    first = document.appendices[0].blocks[0]
    assert not isinstance(first, Table)
    assert (first.style, first.text) == ("don_vi_tinh", "(Số liệu đến ngày 30/9/2023)")


def test_inspection_totals_and_small_tables() -> None:
    level = {
        "ke_hoach": 4,
        "thuc_hien": 3,
        "dang_vien": 5,
        "to_chuc": 2,
        "co_vi_pham": 1,
        "phai_thi_hanh": 1,
        "da_thi_hanh": 1,
    }
    data = small()
    data["so_lieu"] = {
        "kiem_tra": {
            "ban_thuong_vu": level,
            "chi_bo": level,
            "ky_luat": {"khien_trach": 2, "canh_cao": 1, "cach_chuc": 0, "khai_tru": 0},
            "don_thu": {"ton_ky_truoc": 0, "tiep_nhan": 1, "giai_quyet": 1},
        }
    }
    first, second, third = appendix(composed(data))
    rows = cells(first)
    assert [row[0] for row in rows[1:]] == ["Ban Thường vụ", "Chi bộ", "Tổng cộng"]
    assert rows[-1][1:] == ["8", "6", "75", "10", "4", "2", "2", "2"]
    assert cells(second)[-1] == ["Tổng số đảng viên bị thi hành kỷ luật", "3"]
    assert cells(third)[-1] == ["Đã giải quyết", "1"]


def test_grading_shares_use_the_number_assessed() -> None:
    data = small()
    data["so_lieu"] = {
        "xep_loai": {
            "dang_vien": {
                "xuat_sac": 10,
                "tot": 78,
                "hoan_thanh": 11,
                "khong_hoan_thanh": 0,
                "chua_danh_gia": 29,
            }
        }
    }
    (table,) = appendix(composed(data))
    rows = cells(table)
    assert rows[0] == ["Mức xếp loại", "Đảng viên", "Tỷ lệ đảng viên (%)"]
    assert rows[1][1:] == ["10", "10,1"]
    assert rows[2][1:] == ["78", "78,79"]
    assert rows[5] == ["Tổng số được đánh giá", "99", "100"]
    assert rows[6] == ["Chưa đánh giá", "29", ""]


def test_small_economic_tables_share_one_appendix() -> None:
    data = small()
    data["so_lieu"] = {
        "ngan_sach": {
            "thu": 23120,
            "chi": 19860,
            "du_toan_thu": 42500,
            "don_vi": "triệu đồng",
            "ghi_chu": "số ước",
            "thu_theo_nguon": [{"ten": "Phí, lệ phí", "so_tien": 120}],
        },
        "ho_ngheo": {
            "tong_so_ho": 416,
            "dau_ky": 180,
            "thoat_ngheo": 12,
            "phat_sinh": 2,
            "tai_ngheo": 1,
            "cuoi_ky": 171,
        },
        "bao_hiem_y_te": {"tham_gia": 8481, "dan_so": 9669},
        "nong_thon_moi": {"so_dat": 17, "tong": 19, "chua_dat": ["Giao thông", "Môi trường"]},
        "tuyen_quan": {"giao": 14, "dat": 14},
        "to_chuc_dang": {"dang_bo_co_so": 2, "chi_bo_co_so": 14, "chi_bo_truc_thuoc": 65},
    }
    document = composed(data)
    assert [a.titles[0].text for a in document.appendices] == [
        "Phụ lục 1",
        "Phụ lục 2",
        "Phụ lục 3",
    ]
    rural = cells(appendix(document, 0)[0])
    assert ["Tỷ lệ tiêu chí đạt (%)", "89,47"] in rural
    assert rural[-1] == ["Tiêu chí chưa đạt", "Giao thông; Môi trường"]
    assert cells(appendix(document, 1)[0])[-1] == ["Tổng số tổ chức đảng", "81"]
    budget, sources, poverty, insurance, recruits = appendix(document, 2)
    assert cells(budget)[1] == ["Thu ngân sách", "42.500", "23.120", "54,4"]
    assert cells(budget)[2] == ["Chi ngân sách", "", "19.860", ""]
    assert cells(sources)[1] == ["1", "Phí, lệ phí", "120"]
    assert ["Tỷ lệ hộ nghèo cuối kỳ (%)", "41,11"] in cells(poverty)
    assert cells(insurance)[-1] == ["Tỷ lệ tham gia (%)", "87,71"]
    assert cells(recruits)[-1] == ["Tỷ lệ (%)", "100"]
    notes = [b.text for b in document.appendices[2].blocks if not isinstance(b, Table)]
    # The title of a table stands above its unit, the unit of the whole beside its lists too.
    assert notes == [
        "Thu, chi ngân sách",
        "Đơn vị tính: triệu đồng",
        "Ghi chú: số ước",
        "Thu ngân sách theo nguồn",
        "Đơn vị tính: triệu đồng",
    ]


def test_last_periods_tasks_stand_in_the_body() -> None:
    data = small()
    data["ket_qua"]["doi_chieu_ky_truoc"] = [
        {"nhiem_vu": "Kết nạp 8 đảng viên", "ket_qua": "Đạt 5"}
    ]
    (table,) = tables(composed(data))
    assert cells(table) == [["TT", "Nhiệm vụ", "Kết quả"], ["1", "Kết nạp 8 đảng viên", "Đạt 5"]]


def test_chosen_appendices_are_exactly_those() -> None:
    data = small()
    data["so_lieu"] = {"dang_vien": MEMBERS, "tuyen_quan": {"giao": 14, "dat": 14}}
    data["phu_luc"] = [
        {"bieu": "tuyen_quan"},
        {"tieu_de": "Danh sách", "noi_dung": ["Một.", "Hai."]},
        {"nhan": "Biểu A", "tieu_de": "Bảng", "bang": {"cot": ["x"], "dong": [["1"]]}},
        {"bieu": "kiem_tra"},
    ]
    document = composed(data)
    assert [[line.text for line in a.titles] for a in document.appendices] == [
        ["Phụ lục 1", "KẾT QUẢ TUYỂN QUÂN 9 THÁNG ĐẦU NĂM 2023"],
        ["Phụ lục 2", "DANH SÁCH"],
        ["Biểu A", "BẢNG"],
    ]
    assert [a.pointer for a in document.appendices] == ["/phu_luc/0", "/phu_luc/1", "/phu_luc/2"]
    with_errors = composed(data, allow_errors=True)
    assert len(with_errors.appendices) == 4
    data["phu_luc"] = []
    assert composed(data).appendices == ()


def test_state_appendices_have_roman_numbers_and_none_when_alone() -> None:
    data = small(bo_the_thuc="nd30")
    data["so_lieu"] = {"tuyen_quan": {"giao": 14, "dat": 14}}
    assert composed(data).appendices[0].titles[0].text == "Phụ lục"
    data["chi_tieu"] = [indicator(ke_hoach=1, thuc_hien=1)]
    assert [a.titles[0].text for a in composed(data).appendices] == ["Phụ lục I", "Phụ lục II"]


# ---- free tables and widths ---------------------------------------------------------------------


def free(value: dict[str, Any]) -> Table:
    return free_table(value, load_profile("dang-hd36"))


def test_free_table_aligns_figures_and_reads_column_wishes() -> None:
    table = free(
        {
            "cot": [{"ten": "Tuyến", "rong": 3, "can": "trai"}, {"ten": "Vốn", "rong": 1}],
            "dong": [["Đường ấp 1", 640], ["Đường ấp 2", "1.234,5"]],
        }
    )
    assert [column.share for column in table.columns] == [0.75, 0.25]
    assert [column.align for column in table.columns] == ["left", "right"]
    assert cells(table)[1] == ["Đường ấp 1", "640"]
    assert all(cell.bold and cell.align == "center" for cell in table.header[0])


def test_free_table_with_uneven_rows_and_no_heads() -> None:
    table = free({"cot": [], "dong": [["a"], ["b", "c"], "lạ"]})
    assert table.header == ()
    assert cells(table) == [["a", ""], ["b", "c"]]
    assert cells(free({})) == []


@pytest.mark.parametrize("columns", [1, 2, 5, 8, 12])
def test_shares_sum_to_one_and_no_word_is_cut(columns: int) -> None:
    table = free(
        {
            "cot": [f"Cột thứ {n}" for n in range(columns)],
            "dong": [
                [f"{'Nghiêng ngả' if n % 2 else 12345 * n}" for n in range(columns)]
                for _ in range(60)
            ],
        }
    )
    assert sum(column.share for column in table.columns) == pytest.approx(1)
    whole = 252 if table.landscape else 165
    for index, column in enumerate(table.columns):
        for row in table.rows:
            for word in row[index].text.split():
                assert width_mm(word, table.size_pt) <= column.share * whole - 2.9


def test_wide_tables_turn_the_page_and_then_get_smaller() -> None:
    words = "nghiêng" * 2
    narrow = free({"cot": ["a"] * 4, "dong": [[words] * 4]})
    assert (narrow.landscape, narrow.size_pt) == (False, 12)
    wide = free({"cot": ["a"] * 7, "dong": [[words] * 7]})
    assert (wide.landscape, wide.size_pt) == (True, 12)
    wider = free({"cot": ["a"] * 9, "dong": [[words] * 9]})
    assert wider.landscape
    assert 9 <= wider.size_pt < 12
    widest = free({"cot": ["a"] * 20, "dong": [[words] * 20]})
    assert widest.size_pt == 9
    assert sum(column.share for column in widest.columns) == pytest.approx(1)


def test_landscape_appendix_follows_its_table() -> None:
    data = small()
    words = "nghiêng" * 2
    data["phu_luc"] = [
        {"tieu_de": "Rộng", "bang": {"cot": ["a"] * 8, "dong": [[words] * 8]}},
        {"tieu_de": "Hẹp", "bang": {"cot": ["a"], "dong": [["b"]]}},
    ]
    assert [a.landscape for a in composed(data).appendices] == [True, False]


def test_a_column_of_figures_stands_to_the_right_thousands_by_dots_or_not() -> None:
    value = {
        "cot": ["Tuyến", "Ngân sách", "Dài (km)"],
        "dong": [["Ấp 1", 640, "0,9"], ["Tổng số", "2.280", "3,2"]],
    }
    table = free_table(value, load_profile("dang-hd36"))
    assert [column.align for column in table.columns] == ["left", "right", "right"]


def test_members_by_cell_are_added_up() -> None:
    data = small()
    data["phu_luc"] = [{"bieu": "dang_vien"}]
    data["so_lieu"] = {
        "dang_vien": {
            "theo_chi_bo": [
                {"ten": "Chi bộ ấp 1", "so_dang_vien": 700, "ket_nap": 2},
                {"ten": "Chi bộ ấp 2", "so_dang_vien": "610"},
            ]
        }
    }
    table = appendix(composed(data), 0)[-1]
    assert cells(table)[-1] == ["", "Tổng số", "1.310", "2"]
    assert [row[1].bold for row in table.rows] == [False, False, True]
    # One cell alone has nothing to add up.
    del data["so_lieu"]["dang_vien"]["theo_chi_bo"][1]
    assert cells(appendix(composed(data), 0)[-1])[-1][1] == "Chi bộ ấp 1"


@pytest.mark.parametrize(
    ("head", "value", "printed"),
    [
        ("Năm", 2023, "2023"),
        ("Năm học", 2100, "2.100"),
        ("Năm", True, "có"),
        ("Số hộ", 2023, "2.023"),
        ("Năm", "2.023", "2.023"),
    ],
)
def test_years_in_drawn_tables_are_no_counts(head: str, value: Any, printed: str) -> None:
    table = free_table({"cot": ["Việc", head], "dong": [["Một", value]]}, load_profile("dang-hd36"))
    assert table.rows[0][1].text == printed


def test_a_state_appendix_names_the_document_it_belongs_to() -> None:
    data = small()
    data["the_thuc"] |= {
        "co_quan_ban_hanh": "Ủy ban nhân dân xã Mẫu",
        "bo_the_thuc": "nd30",
        "so": 5,
        "ngay_ban_hanh": "02/10/2023",
    }
    data["chi_tieu"] = [indicator(ke_hoach=8500, thuc_hien=6840)]
    titles = [(line.style, line.text) for line in composed(data).appendices[0].titles]
    note = "(Kèm theo Báo cáo số 05/BC-UBND ngày 02 tháng 10 năm 2023 của Ủy ban nhân dân xã Mẫu)"
    assert titles[0] == ("phu_luc", "Phụ lục")
    assert titles[-1] == ("kem_theo", note)
    data["the_thuc"]["bo_the_thuc"] = "dang-hd36"
    assert "kem_theo" not in [line.style for line in composed(data).appendices[0].titles]


def test_an_endless_word_does_not_squeeze_the_other_columns() -> None:
    value = {"cot": ["A", "B", "C"], "dong": [["x" * 400, "chữ", "3"]]}
    table = free_table(value, load_profile("dang-hd36"))
    shares = [column.share for column in table.columns]
    assert sum(shares) == pytest.approx(1)
    room = 252 if table.landscape else 165
    for share, text in zip(shares[1:], ("chữ", "3"), strict=True):
        assert share * room > width_mm(text, table.size_pt) + 3
