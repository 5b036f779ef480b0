"""Order and numbering of sections: overridden labels as they come out on the page, task lists."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kit import EXAMPLES, check, marked, prose, put, sound
from vanban.read.reader import read_path
from vanban.rules.structure._series import label_mark

SECTIONS = ("chinh_tri_tu_tuong", "to_chuc", "dang_vien", "kiem_tra_giam_sat", "dan_van")


def labelled(**labels: str) -> dict[str, Any]:
    """A sound draft in which some sections on Party building carry their own label."""
    data = sound()
    for section, label in labels.items():
        place = f"ket_qua.xay_dung_dang.{section}"
        put(data, place, {"nhan": label, "noi_dung": "Có 12 hội nghị, 03 đợt, đạt 96,5%."})
    return data


def found(data: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f.key, f.pointer.split("/")[-2]) for f in check(data, "STR")]


LABELS = [
    ({}, []),
    ({"to_chuc": "2."}, []),
    ({"to_chuc": "2", "dang_vien": "3"}, []),
    (dict(zip(SECTIONS, ("a)", "b)", "c)", "d)", "đ)"), strict=True)), []),
    (dict(zip(SECTIONS, ("4.", "5.", "6.", "7.", "8."), strict=True)), []),
    (dict(zip(SECTIONS, ("1.1.", "1.2.", "1.3.", "1.4.", "1.5."), strict=True)), []),
    ({"to_chuc": "Mục riêng"}, []),
    ({"to_chuc": "3."}, [("STR003.nhan_nhay", "to_chuc")]),
    ({"dan_van": "7."}, [("STR003.nhan_nhay", "dan_van")]),
    ({"chinh_tri_tu_tuong": "2."}, [("STR003.nhan_lap", "chinh_tri_tu_tuong")]),
    ({"dang_vien": "2."}, [("STR003.nhan_lap", "dang_vien")]),
    ({"dang_vien": "w)"}, [("STR003.nhan_chu_la", "dang_vien")]),
    ({"chinh_tri_tu_tuong": "2.", "to_chuc": "1."}, [("STR002.nhan_nguoc", "to_chuc")]),
    (
        dict(zip(SECTIONS, ("a)", "b)", "c)", "d)", "e)"), strict=True)),
        [("STR003.nhan_nhay", "dan_van")],
    ),
]


@pytest.mark.parametrize(("labels", "expected"), LABELS)
def test_labels_of_sections(labels: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert found(labelled(**labels)) == expected


def test_message_names_the_label_that_is_due() -> None:
    [finding] = check(labelled(dang_vien="5."), "STR003")
    assert finding.args == {"tim_thay": "5.", "dung": "3"}
    [finding] = check(labelled(dang_vien="f)"), "STR003")
    assert finding.args == {"tim_thay": "f)", "dung": "c"}


def test_labels_of_parts_and_groups() -> None:
    data = dict(read_path(str(EXAMPLES / "bao-cao-so-ket" / "9-thang-2023.yaml")).data)
    for path, label, expected in (
        ("ket_qua", "Phần I", []),
        ("phuong_huong", "Phần thứ hai", []),
        ("phuong_huong", "Phần thứ ba", ["STR003.nhan_nhay"]),
        ("phuong_huong", "Phần I", ["STR003.nhan_lap"]),
    ):
        changed = put({**data, path: {**data[path]}}, f"{path}.nhan", label)
        assert [f.key for f in check(changed, "STR")] == expected


def test_labels_of_appendices() -> None:
    data = sound()
    lists = [
        {"tieu_de": "Danh sách", "noi_dung": "Một.", "nhan": "Phụ lục 1"},
        {"tieu_de": "Biểu", "noi_dung": "Hai.", "nhan": "Phụ lục 2"},
        {"tieu_de": "Bảng", "noi_dung": "Ba."},
    ]
    put(data, "phu_luc", lists)
    assert not check(data, "STR")
    lists[1]["nhan"] = "Phụ lục 3"
    assert [(f.key, f.pointer) for f in check(data, "STR")] == [
        ("STR003.nhan_nhay", "/phu_luc/1/nhan")
    ]


def test_a_draft_with_faults_is_not_composed_for_its_labels() -> None:
    data = put(labelled(to_chuc="5."), "the_thuc.dia_danh", 7)
    assert {f.rule for f in check(data)} == {"SCH001"}


@pytest.mark.parametrize(
    ("label", "style", "number"),
    [
        ("I-", "roman", 1),
        ("IV.", "roman", 4),
        ("Phần II", "roman", 2),
        ("PHẦN THỨ HAI", "word", 2),
        ("Phần thứ tư", "word", 4),
        ("Phụ lục 12", "arabic", 12),
        ("2.3.", "arabic", 3),
        ("đ)", "letter", 5),
        ("z)", "letter", None),
    ],
)
def test_reading_labels(label: str, style: str, number: int | None) -> None:
    mark = label_mark(label)
    assert mark is not None and (mark.style, mark.number) == (style, number)


@pytest.mark.parametrize("label", ["Mục riêng", "IIII", "Phần thứ chót", "*", "100."])
def test_labels_that_count_nothing(label: str) -> None:
    assert label_mark(label) is None


# ---- order of tasks ----


def tasks(*fields: str | None, order: str = "xay_dung_dang_truoc") -> list[str]:
    data = put(sound(), "trinh_tu", order)
    entries = [
        "Một việc không ghi lĩnh vực."
        if field is None
        else {"linh_vuc": field, "noi_dung": "Một việc."}
        for field in fields
    ]
    put(data, "phuong_huong.nhiem_vu", entries)
    return [f.pointer for f in check(data, "STR002")]


def test_tasks_open_with_the_branch_that_goes_first() -> None:
    first = "/phuong_huong/nhiem_vu/0/linh_vuc"
    assert tasks("dang_vien", "nong_nghiep") == []
    assert tasks("nong_nghiep", "dang_vien") == [first]
    assert tasks("nong_nghiep", "dang_vien", order="kinh_te_truoc") == []
    assert tasks("dan_van", "quoc_phong", order="kinh_te_truoc") == [first]
    # A closing task on the leadership's own work mixes nothing.
    assert tasks("dang_vien", "nong_nghiep", "phuong_thuc_lanh_dao") == []
    assert tasks("mat_tran_doan_the", "dang_vien", "khac", "an_ninh") == []
    assert tasks("nong_nghiep", "an_ninh") == []
    assert tasks(None, "van_hoa_xa_hoi", None, "to_chuc") == ["/phuong_huong/nhiem_vu/1/linh_vuc"]


IN_LINE = [
    ("Đảng ủy chỉ đạo: (1) rà soát; (2) phân công; (2) kiểm tra; (3) sơ kết.", ["(2)"]),
    ("Ba việc gồm (1) khảo sát, (2) đăng ký và (4) sơ kết.", ["(4)"]),
    ("Chi bộ làm (a) họp dân, (b) đăng ký, (d) sơ kết.", ["(d)"]),
    ("Các việc (1) khảo sát, (2) đăng ký, (3) sơ kết; trong đó (1) và (3) đã xong.", []),
    ("Các việc (1) khảo sát, (2) đăng ký, (3) sơ kết, (3) chưa xong.", []),
    ("Có (1) khảo sát, (2) đăng ký. Riêng việc (2) đăng ký còn chậm.", []),
    ("Cột (1) ghi tên, cột (2) ghi số, cột (4) ghi tỷ lệ.", []),
    ("Chia (1) nhóm A, (2) nhóm B. Sau đó: (1) họp, (2) bàn, (3) làm.", []),
    ("Có (1) việc lớn, (3) việc nhỏ.", []),
]


@pytest.mark.parametrize(("text", "places"), IN_LINE)
def test_numbers_in_brackets_inside_a_sentence(text: str, places: list[str]) -> None:
    assert [place for _, place in marked(prose(text), "STR003")] == places
