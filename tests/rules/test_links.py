"""Limitations, causes, tasks, indicators: how they are tied together; how much is measured."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kit import check, put, sound
from vanban import kinds
from vanban.check.engine import validate
from vanban.finding import Severity
from vanban.read.reader import from_mapping, read_text
from vanban.rules.structure._fields import fields_of
from vanban.rules.structure._subjects import Subject

LIMITS, CAUSES, TASKS = "danh_gia.han_che", "danh_gia.nguyen_nhan", "phuong_huong.nhiem_vu"


def limit(code: str | None, text: str = "Công tác kết nạp còn chậm.", **more: Any) -> Any:
    return {**({"ma": code} if code else {}), "noi_dung": text, **more}


def cause(*codes: str) -> dict[str, Any]:
    return {**({"han_che": list(codes)} if codes else {}), "noi_dung": "Cấp ủy chưa chủ động."}


def places(data: dict[str, Any], rule: str) -> list[tuple[str, str]]:
    return [(f.key.partition(".")[2], f.pointer) for f in check(data, rule)]


CAUSE_LINKS = [
    ([limit("A")], [cause("A")], []),
    ([limit("A"), limit("B")], [cause("A", "B")], []),
    ([limit("A"), limit("B")], [cause("A")], [("thieu_nguyen_nhan", "/danh_gia/han_che/1/ma")]),
    ([limit("A")], [cause("A"), cause()], [("thieu_han_che", "/danh_gia/nguyen_nhan/1")]),
    ([limit("A")], [cause("A"), "Địa bàn rộng."], [("thieu_han_che", "/danh_gia/nguyen_nhan/1")]),
    # One slip, one remark.
    ([limit("A")], [cause()], [("thieu_han_che", "/danh_gia/nguyen_nhan/0")]),
    # Plain text, or no codes: nobody promised links.
    ([limit("A")], ["Địa bàn rộng."], []),
    ([limit("A")], "Địa bàn rộng, cán bộ ít.", []),
    (["Kết nạp còn chậm."], [cause()], []),
    ("Kết nạp còn chậm.", [cause()], []),
    ([limit(None)], [cause()], []),
    # The loose cause may be that of the limitation without a code.
    ([limit("A"), "Đối thoại ít."], [cause("A"), cause()], []),
    # STR010 speaks first.
    ([limit("A"), limit("B")], [cause("A", "X")], []),
]


@pytest.mark.parametrize(("limits", "causes", "expected"), CAUSE_LINKS)
def test_causes_and_limitations(limits: Any, causes: Any, expected: list[Any]) -> None:
    data = put(put(sound(), LIMITS, limits), CAUSES, causes)
    assert places(data, "STR004") == expected


@pytest.mark.parametrize("wrapped", [False, True])
def test_links_are_found_below_a_heading_of_ones_own(wrapped: bool) -> None:
    items: Any = [limit("A"), limit("B")]
    data = put(sound(), LIMITS, {"tieu_de": "Tồn tại", "noi_dung": items} if wrapped else items)
    [(slug, pointer)] = places(put(data, CAUSES, [cause("A")]), "STR004")
    assert slug == "thieu_nguyen_nhan" and pointer.endswith("/1/ma")


def test_all_limitations_without_a_cause_are_named_at_once() -> None:
    data = put(put(sound(), LIMITS, [limit(c) for c in "ABC"]), CAUSES, [cause("B")])
    [finding] = check(data, "STR004")
    assert finding.args["ma"] == "A, C"


def task(text: str, field: str | None = None, **more: str) -> dict[str, str]:
    return {**({"linh_vuc": field} if field else {}), "noi_dung": text, **more}


PARTY_TASK = task("Bồi dưỡng quần chúng ưu tú.", "dang_vien")
TASKS_FOR = [
    ("dang_vien", "Kết nạp còn chậm.", [PARTY_TASK], True),
    ("kinh_te_tap_the", "Tổ hợp tác hoạt động kém.", [PARTY_TASK], False),
    ("kinh_te_tap_the", "Tổ hợp tác hoạt động kém.", [PARTY_TASK, task("x y", "kinh_te")], True),
    ("kinh_te", "Sản xuất gặp khó khăn.", [PARTY_TASK, task("x y", "nong_nghiep")], True),
    ("an_ninh", "Còn trộm cắp tài sản.", [PARTY_TASK, task("x y", "quoc_phong")], True),
    ("an_ninh", "Còn trộm cắp tài sản.", [PARTY_TASK, task("x y", "kinh_te")], False),
    ("an_ninh", "Còn trộm cắp tài sản.", [PARTY_TASK, task("Phòng ngừa trộm cắp.")], True),
    ("an_ninh", "Còn trộm cắp tài sản.", [PARTY_TASK, "Tấn công trấn áp tội phạm."], False),
    ("an_ninh", "Còn trộm cắp.", [PARTY_TASK, "Giữ vững trật tự, an toàn xã hội."], True),
    ("an_ninh", "Còn trộm cắp.", [PARTY_TASK, task("Tuần tra phòng trộm cắp", "khac")], True),
    ("nong_thon_moi", "Xây dựng NTM chậm.", [PARTY_TASK, "Hoàn thành nông thôn mới."], True),
    (
        "chinh_quyen",
        "Hồ sơ đất đai trễ hạn.",
        [PARTY_TASK, task("x y", "mat_tran_doan_the")],
        False,
    ),
    (
        "chinh_quyen",
        "Hồ sơ đất đai trễ hạn.",
        [PARTY_TASK, task("x y", "he_thong_chinh_tri")],
        True,
    ),
    ("lanh_dao_chung", "Ban hành văn bản chậm.", [task("x y", "xay_dung_dang")], True),
    ("lanh_dao_chung", "Ban hành văn bản chậm.", [PARTY_TASK], False),
    ("khac", "Trụ sở xuống cấp.", [PARTY_TASK], True),
    # No task names a field: the office does not work that way.
    ("an_ninh", "Còn trộm cắp tài sản.", ["Bồi dưỡng quần chúng."], True),
    ("an_ninh", "Còn trộm cắp tài sản.", "Bồi dưỡng quần chúng.", True),
]


@pytest.mark.parametrize(("field", "text", "tasks", "answered"), TASKS_FOR)
def test_every_limitation_has_a_task(field: str, text: str, tasks: Any, answered: bool) -> None:
    data = put(put(sound(), LIMITS, [limit("HC1", text, linh_vuc=field)]), TASKS, tasks)
    found = places(data, "STR005")
    assert found == ([] if answered else [("thieu_nhiem_vu", "/danh_gia/han_che/0/linh_vuc")])


def test_a_field_without_a_task_is_said_once() -> None:
    limits = [limit(f"HC{n}", "Còn trộm cắp.", linh_vuc="an_ninh") for n in range(3)]
    assert len(places(put(sound(), LIMITS, limits), "STR005")) == 1


def test_fields_belong_together_as_the_outline_says() -> None:
    kind = kinds.find("bao-cao-so-ket")
    assert kind is not None
    fields = fields_of(kind)
    assert fields.known("dang_vien") and not fields.known("khac")
    assert fields.related("kinh_te_xa_hoi", "nong_nghiep")
    assert not fields.related("dang_vien", "to_chuc")
    assert not fields.related("xay_dung_dang", "chinh_quyen")


def indicator(name: str, verdict: str | None = "chua_dat", **more: str) -> dict[str, Any]:
    found = {"ma": "CT1", "ten": name, "don_vi": "người", **more}
    return {**found, "danh_gia": verdict} if verdict else found


UNMET = [
    (indicator("Thu ngân sách"), ["Kết nạp còn chậm."], False),
    (indicator("Thu ngân sách", None), ["Kết nạp còn chậm."], True),
    (indicator("Thu ngân sách", "dat"), ["Kết nạp còn chậm."], True),
    (indicator("Thu ngân sách", ghi_chu="Giá đất giảm"), ["Kết nạp còn chậm."], True),
    (indicator("Thu ngân sách"), ["Thu NGÂN SÁCH mới đạt 60% dự toán."], True),
    (indicator("Thu ngân sách"), "Thu ngân sách thấp; kết nạp chậm.", True),
    (indicator("Thu ngân sách"), [limit("A", "Còn thấp.", chi_tieu=["CT1"])], True),
    (indicator("Thu ngân sách"), [limit("A", "Còn thấp.", pham_vi="thu ngân sách")], True),
    (indicator("Kết nạp đảng viên"), ["Công tác phát triển đảng viên còn chậm."], True),
    (indicator("Kết nạp đảng viên"), ["Một số đảng viên ngại va chạm."], False),
    (indicator("Số hộ nghèo"), ["Kết quả giảm nghèo chưa bền vững."], True),
    (indicator("Tỷ lệ bảo hiểm y tế"), ["Tỷ lệ tham gia BHYT thấp."], True),
    (indicator("Tiêu chí nông thôn mới"), ["Xây dựng NTM còn chậm."], True),
    (
        indicator("Nước sạch nông thôn"),
        ["Một số chỉ tiêu chưa đạt (chi tiết tại Phụ lục 1)."],
        True,
    ),
    (indicator("Nước sạch nông thôn"), ["Một số chỉ tiêu chưa đạt kế hoạch."], False),
    # Of another field a limitation must name most of it.
    (
        indicator("Cuộc giám sát chuyên đề", linh_vuc="kiem_tra_giam_sat"),
        [limit("A", "Sinh hoạt chuyên đề ít.", linh_vuc="to_chuc")],
        False,
    ),
    (
        indicator("Cuộc giám sát chuyên đề", linh_vuc="kiem_tra_giam_sat"),
        [limit("A", "Giám sát chuyên đề ít.", linh_vuc="to_chuc")],
        True,
    ),
    (
        indicator("Kết nạp đảng viên", linh_vuc="dang_vien"),
        [limit("A", "Nguồn đảng viên trẻ ít.", linh_vuc="dang_vien")],
        True,
    ),
    # STR010 speaks first.
    (indicator("Thu ngân sách"), [limit("A", "Kết nạp chậm.", chi_tieu=["CT7"])], True),
]


@pytest.mark.parametrize(("one", "limits", "silent"), UNMET)
def test_unmet_indicators_are_spoken_of(one: dict[str, Any], limits: Any, silent: bool) -> None:
    data = put(put(sound(), LIMITS, limits), CAUSES, ["Địa bàn rộng."])
    found = places(put(data, "chi_tieu", [one]), "STR006")
    assert found == ([] if silent else [("khong_neu", "/chi_tieu/0/danh_gia")])


def test_a_rating_against_the_figures_is_said_once() -> None:
    limits = [limit("A", "Kết nạp chậm.", linh_vuc="dang_vien")]
    data = put(put(sound(), LIMITS, limits), CAUSES, ["Địa bàn rộng."])
    one = {"ma": "CT1", "ten": "Đàn bò", "don_vi": "con", "ke_hoach": 839, "danh_gia": "chua_dat"}
    for actual, rule in ((840, "NUM002"), (838, "STR006")):
        found = check(put(data, "chi_tieu", [{**one, "thuc_hien": actual}]))
        assert [f.rule for f in found] == [rule]


def test_subjects_meet_in_phrases_not_in_common_words() -> None:
    left = Subject(["Công tác tuyên truyền của chi bộ chưa đạt hiệu quả."])
    assert not left.touches(Subject(["Chất lượng sinh hoạt chi bộ chưa đạt yêu cầu."]))
    assert left.touches(Subject(["Đổi mới TUYÊN TRUYỀN."]))
    assert not left.touches(Subject(["Đổi mới tuyên, truyền."]))
    assert not Subject([]).named_in(left)


ASSIGNED = [
    (task("Tăng cường đối thoại.", "dan_van"), "thieu_ca_hai"),
    (task("Tăng cường đối thoại.", "dan_van", chu_tri="Khối dân vận"), "thieu_thoi_han"),
    (task("Tăng cường đối thoại.", "dan_van", thoi_han="12/2023"), "thieu_chu_tri"),
    (task("Tăng cường đối thoại.", san_pham="báo cáo"), "thieu_ca_hai"),
    (task("Đối thoại.", chu_tri="Khối dân vận", thoi_han="thuong_xuyen"), None),
    (task("Khối dân vận chủ trì, xong trước ngày 15/12.", "dan_van"), None),
    (task("Giao Uỷ ban nhân dân xã xong trong quý IV.", "dan_van"), None),
    (task("Các chi bộ đối thoại hằng tháng.", "dan_van"), None),
    (task("Tăng cường đối thoại.", "dan_van", chu_tri="Các chi bộ", thoi_han="30/11/2023"), None),
    (task("Tiếp tục tăng cường đối thoại."), None),
    ("Tiếp tục tăng cường đối thoại.", None),
]


@pytest.mark.parametrize(("one", "slug"), ASSIGNED)
def test_tasks_say_who_and_when(one: Any, slug: str | None) -> None:
    found = places(put(sound(), TASKS, [one]), "STR007")
    assert found == ([(slug, "/phuong_huong/nhiem_vu/0")] if slug else [])


@pytest.mark.parametrize(
    ("tasks", "pointers"),
    [
        (["Tăng cường đối thoại."], ["/phuong_huong/nhiem_vu/0"]),
        (["Giao các chi bộ đối thoại hằng quý."], []),
        ([task("Tăng cường đối thoại.")], ["/phuong_huong/nhiem_vu/0"]),
        ("Tăng cường đối thoại.", ["/phuong_huong/nhiem_vu"]),
        ("Các chi bộ đối thoại hằng quý.", []),
    ],
)
def test_plain_tasks_are_judged_when_the_office_asks(tasks: Any, pointers: list[str]) -> None:
    config = {"select": ["STR007"], "options": {"STR007": {"bat_buoc": True}}}
    draft = from_mapping(put(sound(), TASKS, tasks))
    assert [f.pointer for f in validate(draft, config=config).findings] == pointers


def counted(text: str, nguong: int) -> bool:
    """Whether the results with one measured text reach a threshold."""
    data = sound()
    data["ket_qua"] = {"dac_diem": text}
    for key in ("chinh_tri_tu_tuong", "to_chuc", "dang_vien", "kiem_tra_giam_sat", "dan_van"):
        put(data, f"ket_qua.xay_dung_dang.{key}", "Công tác này được quan tâm.")
    put(data, "ket_qua.mat_tran_doan_the", "Các đoàn thể được củng cố.")
    config = {"select": ["STR008"], "options": {"STR008": {"nguong": nguong}}}
    return not validate(from_mapping(data), config=config).findings


MEASURED = [
    ("Kết nạp 03 đảng viên, đạt 60% chỉ tiêu.", 2),
    ("Xã đạt 17/19 tiêu chí.", 1),
    ("Ngày 15/3/2023, Nghị quyết số 18-NQ/TW; năm 2023; 9 tháng; ấp 3; quý III; Điều 5.", 0),
    ("Thu 6.840 triệu đồng; có tám chi bộ; huấn luyện 97%.", 3),
    ("Thứ nhất, tuyên truyền. Thứ hai, vận động.", 0),
]


@pytest.mark.parametrize(("text", "count"), MEASURED)
def test_measured_figures_are_counted(text: str, count: int) -> None:
    assert counted(text, count) and not counted(text, count + 1)


def test_indicators_tables_and_own_sections_count_as_results() -> None:
    data = sound()
    table = {"cot": ["Ấp", "Số hộ"], "dong": [["Ấp Một", 12], ["Ấp Hai", "1,5"]]}
    data["ket_qua"] = {"dac_diem": [{"tieu_de": "Bảng", "bang": table}]}
    for key in ("chinh_tri_tu_tuong", "to_chuc", "dang_vien", "kiem_tra_giam_sat", "dan_van"):
        put(data, f"ket_qua.xay_dung_dang.{key}", "Công tác này được quan tâm.")
    put(data, "ket_qua.mat_tran_doan_the", "Các đoàn thể được củng cố.")
    data["chi_tieu"] = [
        {"ma": "CT1", "ten": "Kết nạp", "don_vi": "người", "thuc_hien": 3},
        {"ma": "CT2", "ten": "Sổ tay", "don_vi": "sổ", "thuc_hien": "Đã ban hành"},
    ]
    own = {"tieu_de": "Thi đua", "noi_dung": "Khen thưởng 05 tập thể."}
    data["muc_khac"] = [
        {"sau": "ket_qua.xay_dung_dang.dan_van", **own},
        {"sau": "phuong_huong.nhiem_vu", **own},
    ]
    [finding] = check(data, "STR008")
    assert finding.args["so_luong"] == 4 and finding.severity is Severity.INFO


def test_repeated_codes_get_the_code_that_is_missed_else_the_next_free_one() -> None:
    data = put(sound(), LIMITS, [limit("HC1"), limit("HC1"), limit("HC1"), limit("x"), limit("x")])
    put(data, CAUSES, [cause("HC1", "HC5", "x")])
    found = check(data, "STR009")
    assert [(f.pointer[-4:], f.args["dung"]) for f in found] == [
        ("1/ma", "HC5"),
        ("2/ma", "HC2"),
        ("4/ma", "x2"),
    ]
    assert {f.args["thu_tu"] for f in found} == {1, 4}
    # While codes are repeated, references are not judged.
    assert check(data, "STR010") == []


REFERENCES = [
    (["HC1", "HC2"], ["hc1"], [("gan_dung", "HC1")]),
    (["HC1", "HC2"], ["HC01"], [("gan_dung", "HC1")]),
    (["HC1", "HC2"], ["HC-2"], [("gan_dung", "HC2")]),
    (["HC1", "HC2"], ["HV2"], [("gan_dung", "HC2")]),
    (["Đ1", "Đ2"], ["D1"], [("gan_dung", "Đ1")]),
    (["HC1", "HC2"], ["HC3"], [("khong_co", None)]),
    (["A1", "B1"], ["C1"], [("khong_co", None)]),
    (["HC1", "hc1"], ["Hc1"], [("khong_co", None)]),
    ([], ["HC1", "HC2"], [("chua_dat_ma", None)]),
    (["HC1"], ["HC1"], []),
]


@pytest.mark.parametrize(("codes", "used", "expected"), REFERENCES)
def test_references_lead_somewhere(codes: list[str], used: list[str], expected: list[Any]) -> None:
    limits = [limit(code) for code in codes] or ["Kết nạp còn chậm."]
    data = put(put(sound(), LIMITS, limits), CAUSES, [cause(*used), cause(*used)])
    found = check(data, "STR010")
    assert [(f.key.partition(".")[2], f.args.get("dung")) for f in found] == expected


def test_a_reference_is_mended_in_the_source() -> None:
    source = (
        "loai: bao-cao-so-ket\n"
        "danh_gia:\n  han_che:\n    - {ma: HC1, noi_dung: Chậm.}\n"
        "  nguyen_nhan:\n    - {han_che: ['hc1'], noi_dung: Ít người.}\n"
    )
    found = validate(read_text(source, "yaml"), config={"select": ["STR010"]}).findings
    [edit] = [edit for f in found if f.fix for edit in f.fix.edits]
    assert edit.text == "HC1"
    line = source.splitlines()[edit.span.line - 1]
    assert line[edit.span.column - 1 : edit.span.end_column - 1] == "hc1"


ROWS: list[tuple[list[list[Any]], list[tuple[str, str]]]] = [
    ([["a", 1], ["b", 2]], []),
    ([["a", 1], ["b", ""]], []),
    ([["a", 1], ["b"]], [("thieu", "dong/1")]),
    ([["a", 1], ["b", 2, 3]], [("thua", "dong/1")]),
    ([["a", 1, 2]], [("thua", "dong/0")]),
    ([["a", 1, 2], ["b", 1, 2]], [("lech_cot", "bang/cot")]),
    ([["a", 1, 2], ["b"]], [("thua", "dong/0"), ("thieu", "dong/1")]),
]


@pytest.mark.parametrize(("rows", "expected"), ROWS)
def test_rows_of_drawn_tables(rows: list[list[Any]], expected: list[tuple[str, str]]) -> None:
    table = {"cot": ["Ấp", {"ten": "Số hộ"}], "dong": rows}
    data = put(sound(), "ket_qua.xay_dung_dang.dan_van", [{"noi_dung": "Như sau.", "bang": table}])
    found = [(f.key.partition(".")[2], f) for f in check(data, "STR011")]
    assert [(slug, "/".join(f.pointer.split("/")[-2:])) for slug, f in found] == expected
    levels = {slug: f.severity for slug, f in found}
    assert levels.get("thieu", Severity.WARNING) is Severity.WARNING
    assert levels.get("thua", Severity.ERROR) is Severity.ERROR
