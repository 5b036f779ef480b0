"""Nothing that a clerk types among the figures is left off the page."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from vanban.compose.composer import compose
from vanban.compose.document import Document
from vanban.compose.profile import choose_profile
from vanban.read.draft import Draft
from vanban.read.reader import read_path
from vanban.text.numbers import figure, vietnamese

from .drafts import KIND, cells, composed, small
from .test_tables import MEMBERS, appendix

# The draft that holds every field of the schema.
FULL = Path(__file__).parent.parent / "schemas" / "day_du.yaml"
# What is there to be checked or to be printed in another form.
SILENT = {"ma", "linh_vuc", "loai", "huong", "tinh_chat", "danh_gia", "pham_vi_ky", "trang_thai"}
DATES = {"ngay_chot_so_lieu"}


def leaves(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield every value below a place with the keys that lead to it."""
    inside: Any = ()
    if isinstance(data, dict):
        inside = data.items()
    elif isinstance(data, list):
        inside = enumerate(data)
    else:
        yield at, data
    for key, value in inside:
        yield from leaves(value, (*at, key))


def put(data: Any, at: tuple[Any, ...], value: Any) -> None:
    for key in at[:-1]:
        data = data[key]
    data[at[-1]] = value


def marked() -> tuple[dict[str, Any], dict[str, str]]:
    """Return the full draft, every figure and name in it another, and how each is printed."""
    data: dict[str, Any] = copy.deepcopy(dict(read_path(str(FULL)).data))
    data.pop("phu_luc")
    wanted: dict[str, str] = {}
    count = itertools.count(7001)
    for part in ("chi_tieu", "so_lieu"):
        for at, value in list(leaves(data[part], (part,))):
            if at[-1] in SILENT | DATES:
                continue
            number = next(count)
            if figure(value) is None:
                put(data, at, f"tên {number}")
                wanted[".".join(map(str, at))] = f"tên {number}"
            else:
                put(data, at, number)
                wanted[".".join(map(str, at))] = vietnamese(figure(number) or 0)
    return data, wanted


def test_every_typed_figure_is_printed() -> None:
    data, wanted = marked()
    assert len(wanted) > 120
    document = compose(Draft(data, KIND), choose_profile(data))
    printed = " | ".join(document.texts())
    missing = {
        place: text for place, text in wanted.items() if text not in printed.replace("\xa0", " ")
    }
    # A plan set by several bodies is named for each of them; all else stands in a cell.
    assert not missing


def with_figures(**figures: Any) -> Document:
    data = small()
    data["so_lieu"] = figures
    return composed(data)


def table_of(document: Document, caption: str | None) -> list[list[str]]:
    (found,) = [t for t in appendix(document) if t.caption == caption]
    return cells(found)


def test_probationary_members_with_those_admitted_and_the_closing_number() -> None:
    flow = {
        "dau_ky": 9,
        "chuyen_den": 1,
        "cong_nhan_chinh_thuc": 6,
        "xoa_ten": 0,
        "chuyen_di": 0,
        "giam_khac": 0,
    }
    found = table_of(
        with_figures(dang_vien={**MEMBERS, "du_bi": 9, "bien_dong_du_bi": flow}),
        "Biến động đảng viên dự bị",
    )
    assert found[1:4] == [
        ["Đảng viên dự bị đầu kỳ", "9"],
        ["Kết nạp trong kỳ", "5"],
        ["Đảng viên dự bị chuyển đến", "1"],
    ]
    assert found[-1] == ["Đảng viên dự bị cuối kỳ", "9"]


def test_without_their_flow_there_is_no_table_of_probationary_members() -> None:
    document = with_figures(dang_vien={**MEMBERS, "du_bi": 9})
    assert [table.caption for table in appendix(document)] == [None]


def test_members_by_age_and_schooling() -> None:
    groups = [
        {
            "tieu_chi": "Độ tuổi {x}",
            "nhom": [
                {"ten": "Đến 30 tuổi", "so_luong": 30},
                {"ten": "Trên 30 tuổi", "so_luong": "70", "ty_le": "70,1"},
            ],
        },
        {"tieu_chi": "Trình độ", "tong": 1000, "nhom": [{"ten": "Đại học", "so_luong": 125}]},
    ]
    found = table_of(with_figures(dang_vien={**MEMBERS, "co_cau": groups}), "Cơ cấu đảng viên")
    assert found == [
        ["Cơ cấu", "Số lượng", "Tỷ lệ (%)"],
        ["Độ tuổi {x}", "100", ""],
        ["- Đến 30 tuổi", "30", "30"],
        ["- Trên 30 tuổi", "70", "70,1"],
        ["Trình độ", "1.000", ""],
        ["- Đại học", "125", "12,5"],
    ]


@pytest.mark.parametrize("broken", [3, "ba", {"ten": "x"}, [3], [{"tieu_chi": 1, "nhom": "x"}]])
def test_a_broken_list_of_groups_is_no_obstacle_to_a_draft(broken: Any) -> None:
    data = small()
    data["so_lieu"] = {"dang_vien": {**MEMBERS, "co_cau": broken}}
    assert appendix(composed(data, allow_errors=True))


LEVEL = {
    "ke_hoach": 4,
    "thuc_hien": 5,
    "dang_vien": 5,
    "to_chuc": 3,
    "co_vi_pham": 0,
    "phai_thi_hanh": 0,
    "da_thi_hanh": 0,
}
KINDS = {"dau_hieu_vi_pham": 1, "thuong_xuyen": 2, "giam_sat_chuyen_de": 2}


def test_inspections_beyond_the_plan_have_a_column_only_where_one_is_given() -> None:
    plain = with_figures(kiem_tra={"ban_thuong_vu": LEVEL})
    assert "Trong đó ngoài kế hoạch" not in table_of(plain, None)[0]
    head, *rows = table_of(
        with_figures(kiem_tra={"ban_thuong_vu": LEVEL, "chi_bo": {**LEVEL, "phat_sinh": 1}}), None
    )
    at = head.index("Trong đó ngoài kế hoạch")
    assert [row[at] for row in rows] == ["", "1", "1"]


def test_inspections_by_kind_are_a_table_of_their_own() -> None:
    plain = with_figures(kiem_tra={"ban_thuong_vu": LEVEL})
    assert [table.caption for table in appendix(plain)] == [None]
    found = table_of(
        with_figures(kiem_tra={"ban_thuong_vu": LEVEL, "chi_bo": {**LEVEL, **KINDS}}),
        "Các cuộc đã thực hiện theo loại",
    )
    assert found[1:] == [["Chi bộ", "1", "2", "2"], ["Tổng cộng", "1", "2", "2"]]


def test_attendance_is_worked_out_unless_it_is_typed() -> None:
    meetings = {"dinh_ky": 99, "trieu_tap": 123, "co_mat": 118, "vang": 5}
    name = "Tỷ lệ đảng viên dự sinh hoạt (%)"
    assert dict(table_of(with_figures(sinh_hoat=meetings), None))[name] == "95,93"  # type: ignore[arg-type]
    typed = with_figures(sinh_hoat={**meetings, "ty_le": "95,9"})
    assert dict(table_of(typed, None))[name] == "95,9"  # type: ignore[arg-type]
    alone = with_figures(sinh_hoat={"dinh_ky": 99})
    assert table_of(alone, None)[1:] == [["Số buổi sinh hoạt định kỳ", "99"]]


def test_money_has_a_unit_though_none_is_given() -> None:
    document = with_figures(
        ngan_sach={"thu": 5100, "thu_theo_nguon": [{"ten": "Thuế", "so_tien": 5100}]},
        dau_tu={"ngan_sach": 600, "dan_gop": 200, "khac": 100},
    )
    texts = list(document.texts())
    assert texts.count("Đơn vị tính: triệu đồng") == 3
    assert cells(appendix(document)[-1])[-1] == ["Tổng số", "900"]
    other = with_figures(dau_tu={"don_vi": "tỷ đồng", "ngan_sach": 6, "dan_gop": 2, "khac": 1})
    assert "Đơn vị tính: tỷ đồng" in list(other.texts())


def test_one_day_of_data_is_said_once_above_the_tables_of_one_source() -> None:
    members = {**MEMBERS, "ngay_chot_so_lieu": "20/9/2023", "du_bi": 1}
    flow = {"bien_dong_du_bi": {"dau_ky": 1, "cong_nhan_chinh_thuc": 5}}
    texts = list(with_figures(dang_vien={**members, **flow}).texts())
    assert texts.count("(Số liệu đến ngày 20/9/2023)") == 1
