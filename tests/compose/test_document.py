"""Lists of items, foot of the document, choices, drafts with errors, properties."""

from __future__ import annotations

import copy
import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban import kinds, resources
from vanban.compose.composer import compose, compose_data
from vanban.compose.outline import Facts, Outline, filled, load_outline, lookup
from vanban.compose.profile import load_profile
from vanban.errors import InternalError
from vanban.read.draft import Draft

from .drafts import KIND, PERIODS, body, composed, headings, small

MISSING = "[chưa có nội dung]"


WHO_AND_WHEN = (
    "Kết nạp 03 đảng viên (chủ trì: Ban Xây dựng Đảng; phối hợp: Đoàn xã; "
    "thời hạn: 15/12/2023; sản phẩm: Hồ sơ kết nạp)."
)


def after(texts: list[str], start: str, stop: str) -> list[str]:
    return texts[texts.index(start) + 1 : texts.index(stop)]


# ---- lists of items -------------------------------------------------------------------------


def test_limitations_with_their_extent() -> None:
    data = small()
    data["danh_gia"]["han_che"] = [
        {"ma": "HC1", "linh_vuc": "to_chuc", "noi_dung": "Việc chậm.", "pham_vi": "02 chi bộ"},
        {"ma": "HC2", "noi_dung": "Việc khác còn chậm", "pham_vi": "ấp 4"},
        "Dòng thường.",
    ]
    found = after(body(composed(data)), "2. Hạn chế, khuyết điểm", "3. Nguyên nhân")
    assert found == [
        "- Việc chậm (phạm vi: 02 chi bộ).",
        "- Việc khác còn chậm (phạm vi: ấp 4).",
        "- Dòng thường.",
    ]


def test_causes_are_grouped() -> None:
    data = small()
    data["danh_gia"]["nguyen_nhan"] = [
        {"loai": "chu_quan", "noi_dung": "Chủ quan một."},
        {"loai": "khach_quan", "noi_dung": "Khách quan."},
        {"loai": "chu_quan", "noi_dung": "Chủ quan hai."},
        "Không rõ loại.",
    ]
    found = after(body(composed(data)), "3. Nguyên nhân", "4. Bài học kinh nghiệm")
    assert found == [
        "a) Nguyên nhân khách quan",
        "Khách quan.",
        "b) Nguyên nhân chủ quan",
        "- Chủ quan một.",
        "- Chủ quan hai.",
        "c) Nguyên nhân khác",
        "Không rõ loại.",
    ]


def test_a_single_group_of_causes_is_named_not_counted() -> None:
    data = small()
    data["danh_gia"]["nguyen_nhan"] = [{"loai": "chu_quan", "noi_dung": "Chủ quan."}]
    found = after(body(composed(data)), "3. Nguyên nhân", "4. Bài học kinh nghiệm")
    assert found == ["Nguyên nhân chủ quan", "Chủ quan."]


def test_tasks_mirror_the_results_and_say_who_and_when() -> None:
    data = small()
    data["phuong_huong"]["nhiem_vu"] = [
        {
            "linh_vuc": "dang_vien",
            "noi_dung": "Kết nạp 03 đảng viên.",
            "chu_tri": "Ban Xây dựng Đảng",
            "phoi_hop": "Đoàn xã",
            "thoi_han": "2023-12-15",
            "san_pham": "Hồ sơ kết nạp",
        },
        {
            "linh_vuc": "an_ninh",
            "tieu_de": "An ninh",
            "noi_dung": "Giữ vững an ninh.",
            "thoi_han": "thuong_xuyen",
        },
        {"linh_vuc": "kinh_te", "noi_dung": "Thu đủ ngân sách"},
        {"noi_dung": "Việc không rõ lĩnh vực."},
    ]
    stop = "IV- TỔ CHỨC THỰC HIỆN"
    found = after(body(composed(data)), "III- NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU", stop)
    assert found == [
        "1. Về phát triển kinh tế - xã hội, quốc phòng - an ninh",
        "- An ninh: Giữ vững an ninh (thời hạn: thường xuyên).",
        "- Thu đủ ngân sách",
        "2. Về công tác xây dựng Đảng",
        WHO_AND_WHEN,
        "3. Nhiệm vụ khác",
        "Việc không rõ lĩnh vực.",
    ]
    data["trinh_tu"] = "xay_dung_dang_truoc"
    found = after(body(composed(data)), "III- NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU", stop)
    assert found[0] == "1. Về công tác xây dựng Đảng"


def test_tasks_of_one_field_are_not_grouped() -> None:
    data = small()
    data["phuong_huong"]["nhiem_vu"] = [
        {"linh_vuc": "dang_vien", "noi_dung": "Việc một.\n\nĐoạn hai."},
        {"linh_vuc": "can_bo", "noi_dung": "Việc hai."},
    ]
    found = body(composed(data))
    start = found.index("III- NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU")
    assert found[start + 1 : start + 4] == ["- Việc một.", "Đoạn hai.", "- Việc hai."]


def test_items_that_are_lists_or_only_a_title() -> None:
    data = small()
    data["phuong_huong"]["nhiem_vu"] = [
        {"tieu_de": "Việc lớn", "noi_dung": ["Một.", "Hai."], "chu_tri": "Văn phòng"},
        {"noi_dung": ["Ba."]},
        {"tieu_de": "Chỉ có tên", "chu_tri": "Đoàn xã"},
    ]
    found = body(composed(data))
    start = found.index("III- NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU")
    assert found[start + 1 : start + 7] == [
        "- Việc lớn",
        "+ Một.",
        "+ Hai.",
        "(Chủ trì: Văn phòng.)",
        "- Ba.",
        "- Chỉ có tên (chủ trì: Đoàn xã).",
    ]


def test_tasks_keep_their_parts() -> None:
    data = small()
    data["phuong_huong"]["nhiem_vu"] = [
        {
            "noi_dung": "Mở lớp.",
            "chu_tri": "Văn phòng",
            "muc_con": ["Một.", {"tieu_de": "Hai", "noi_dung": "Lời."}],
            "bang": {"cot": ["x"], "dong": [["y"]]},
        },
        {"chu_tri": "Đoàn xã"},
    ]
    document = composed(data)
    found = body(document)
    start = found.index("III- NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU")
    assert found[start + 1 : start + 5] == [
        "- Mở lớp (chủ trì: Văn phòng).",
        "+ Một.",
        "+ Hai: Lời.",
        "- (Chủ trì: Đoàn xã.)",
    ]
    assert len([b for b in document.body if not hasattr(b, "runs")]) == 1
    del data["phuong_huong"]["nhiem_vu"][1]
    found = body(composed(data))
    assert found[start + 1 : start + 4] == [
        "Mở lớp (chủ trì: Văn phòng).",
        "- Một.",
        "- Hai: Lời.",
    ]


def test_tasks_without_any_mark_of_a_task_are_a_text_block() -> None:
    data = small()
    data["phuong_huong"]["nhiem_vu"] = [
        {"tieu_de": "Về kinh tế", "muc_con": ["Việc một."]},
        {"tieu_de": "Về Đảng", "noi_dung": "Việc hai."},
    ]
    found = body(composed(data))
    start = found.index("III- NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU")
    assert found[start + 1 : start + 4] == [
        "1. Về kinh tế",
        "- Việc một.",
        "2. Về Đảng: Việc hai.",
    ]


def test_lists_may_be_plain_text() -> None:
    data = small()
    data["danh_gia"]["han_che"] = "Một đoạn.\n\nĐoạn nữa."
    found = after(body(composed(data)), "2. Hạn chế, khuyết điểm", "3. Nguyên nhân")
    assert found == ["Một đoạn.", "Đoạn nữa."]


# ---- foot -----------------------------------------------------------------------------------


def test_signature_and_recipients() -> None:
    document = composed(small())
    sign = document.signature
    assert [(line.text, line.style) for line in sign.authority] == [
        ("T/M BAN CHẤP HÀNH", "quyen_han")
    ]
    assert [(line.text, line.style) for line in sign.office] == [("BÍ THƯ", "chuc_vu")]
    assert (sign.name.text, sign.name.style, sign.room_lines) == ("Nguyễn Văn A", "ho_ten", 5)
    assert sign.left_mm + sign.right_mm == pytest.approx(165)
    names = document.recipients
    assert (names.label.text, names.label.style) == ("Nơi nhận:", "noi_nhan")
    assert [(line.text, line.style) for line in names.items] == [
        ("- Ban Thường vụ Huyện ủy (báo cáo);", "noi_nhan_dong"),
        ("- Lưu Văn phòng Đảng ủy.", "noi_nhan_dong"),
    ]


def test_state_signature() -> None:
    document = composed(
        small(
            bo_the_thuc="nd30",
            nguoi_ky={
                "quyen_han": "TM. Ủy ban nhân dân",
                "chuc_vu": "Chủ tịch",
                "ho_ten": "Trần Thị B",
            },
            noi_nhan=["- Ủy ban nhân dân huyện;", "Lưu: VT"],
        )
    )
    assert document.signature.authority[0].text == "TM. ỦY BAN NHÂN DÂN"
    assert [line.text for line in document.recipients.items] == [
        "- Ủy ban nhân dân huyện;",
        "- Lưu: VT.",
    ]


def test_head_of_a_body_signs_without_authority() -> None:
    document = composed(small(nguoi_ky={"chuc_vu": "Trưởng ban", "ho_ten": "Nguyễn Văn A"}))
    assert document.signature.authority == ()


def test_end_mark_belongs_to_the_profile() -> None:
    assert body(composed(small()))[-1] == "Lời kiến nghị."
    assert body(composed(small(), "nd30"))[-1] == "Lời kiến nghị./."
    data = small()
    data["kien_nghi"] = "Không dấu"
    assert body(composed(data, "nd30"))[-1] == "Không dấu./."
    assert body(composed(data))[-1] == "Không dấu"
    data["kien_nghi"] = "Đã có./."
    assert body(composed(data, "nd30"))[-1] == "Đã có./."
    assert body(composed(data))[-1] == "Đã có./."


def test_title_block() -> None:
    party = composed(small()).title
    assert [(line.style, line.rule_mm) for line in party] == [
        ("ten_loai", None),
        ("trich_yeu", None),
        ("gach_trich_yeu", None),
    ]
    assert (party[0].text, party[2].text) == ("BÁO CÁO", "-----")
    state = composed(small(trich_yeu="Về kết quả công tác"), "nd30").title
    assert [line.text for line in state] == ["BÁO CÁO", "Về kết quả công tác"]
    assert state[1].rule_mm is not None and 13 < state[1].rule_mm < 25
    long = composed(small(trich_yeu="Về kết quả " * 30), "nd30").title[1]
    assert long.rule_mm is not None and 165 / 3 <= long.rule_mm <= 165 / 2


# ---- choices --------------------------------------------------------------------------------


def test_layout_defaults_and_choices() -> None:
    layout = composed(small()).layout
    assert (layout.body_pt, layout.line_pt, layout.line_multiple, layout.duplex) == (
        14,
        18,
        None,
        False,
    )
    chosen = composed(
        small(trinh_bay={"co_chu": 15, "gian_dong": 20, "in_hai_mat": True, "dong_ky": 4})
    )
    layout = chosen.layout
    assert (layout.body_pt, layout.line_pt, layout.duplex) == (15, 20, True)
    assert chosen.signature.room_lines == 4
    state = composed(small(), "nd30").layout
    assert state.line_pt is None
    assert state.line_multiple is not None and 1 <= state.line_multiple <= 1.5


def test_heading_mark() -> None:
    assert "I. CÔNG TÁC XÂY DỰNG ĐẢNG" in headings(
        composed(small(order="xay_dung_dang_truoc", trinh_bay={"kieu_muc": "I."}))
    )
    assert "I- CÔNG TÁC XÂY DỰNG ĐẢNG" in headings(
        composed(small(order="xay_dung_dang_truoc", trinh_bay={"kieu_muc": "?"}))
    )


def test_tone_placement_touches_only_vanbans_own_words() -> None:
    data = small(trinh_bay={"kieu_dau": "tone_main"})
    data["ket_qua"]["van_hoa_xa_hoi"] = "Văn hóa, sức khỏe của Nhân dân; Ủy ban."
    document = composed(data)
    found = headings(document)
    assert "2. Văn hoá - xã hội" in found
    assert "a) Nông nghiệp, thuỷ sản, chăn nuôi" in found
    assert "Văn hóa, sức khỏe của Nhân dân; Ủy ban." in body(document)
    assert document.header.left[1].text == "ĐẢNG ỦY XÃ MẪU"
    state = composed(small(trinh_bay={"kieu_dau": "tone_main"}), "nd30")
    assert state.header.right[0].text == "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"


# ---- drafts with errors ---------------------------------------------------------------------


def test_missing_content_is_marked_and_pages_carry_a_watermark() -> None:
    data = small()
    data["danh_gia"]["han_che"] = []
    del data["ket_qua"]["xay_dung_dang"]["to_chuc"]
    del data["the_thuc"]["nguoi_ky"]
    del data["the_thuc"]["noi_nhan"]
    del data["the_thuc"]["co_quan_ban_hanh"]
    document = composed(data, allow_errors=True)
    texts = body(document)
    assert document.watermark == "DỰ THẢO"
    for title in ("2. Tổ chức cơ sở đảng và sinh hoạt chi bộ", "2. Hạn chế, khuyết điểm"):
        assert texts[texts.index(title) + 1] == MISSING
    assert document.header.left[1].text == MISSING
    assert document.signature.office[0].text == MISSING
    assert document.signature.name.text == MISSING
    assert document.recipients.items[0].text == f"- {MISSING}."


def test_an_empty_draft_still_composes() -> None:
    document = compose(Draft({}, KIND), load_profile("dang-hd36"), allow_errors=True)
    texts = list(document.texts())
    assert MISSING in texts
    assert document.appendices == ()
    assert any("[chưa rõ kỳ báo cáo]" in text for text in texts)
    assert compose(Draft({}, KIND), load_profile("nd30")).watermark is None


def every_path(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, child in items:
        found += every_path(child, (*path, key))
    return found


@pytest.mark.parametrize("period", ["chin_thang", "thang", "chuyen_de"])
def test_any_missing_key_still_composes(period: str) -> None:
    data = small(period)
    for path in every_path(data):
        less = copy.deepcopy(data)
        parent = less
        for step in path[:-1]:
            parent = parent[step]
        del parent[path[-1]]
        assert composed(less, allow_errors=True).watermark == "DỰ THẢO"


# ---- outline --------------------------------------------------------------------------------


def outline() -> Outline:
    kind = kinds.find(KIND)
    assert kind is not None
    return load_outline(kind.outline_path)


def test_every_section_of_the_schema_has_a_place() -> None:
    kind = kinds.find(KIND)
    assert kind is not None
    places = {node["o"] for node in outline().section("muc").values() if "o" in node}
    wanted = kind.schema["$defs"]["mot_muc_khac"]["properties"]["sau"]["enum"]
    assert set(wanted) <= places


def test_the_subject_is_derived_unless_given() -> None:
    data = small()
    profile = load_profile("dang-hd36")
    derived = compose_data(data, profile, outline()).title[1].text
    assert derived.startswith("sơ kết công tác xây dựng Đảng")
    data["the_thuc"]["trich_yeu"] = "của riêng"
    assert compose_data(data, profile, outline()).title[1].text == "của riêng"


def test_conditions() -> None:
    facts = Facts({"a": {"b": "x"}, "c": " ", "d": [0]}, "dang")
    assert facts.hold({"a.b": ["x", "y"], "$the_che": "dang", "$co": "a", "$khong_co": ["c"]})
    assert not facts.hold({"$co": "c"})
    assert facts.hold({"$co": "d"})
    assert not facts.hold(False)
    assert facts.hold({"$bat_dau": {"a.b": ["x"]}})
    assert facts.choose([{"khi": {"a.b": "y"}, "la": 1}]) is None
    with pytest.raises(InternalError):
        facts.hold("x")
    assert lookup({"a": 1}, "a.b") is None
    assert not filled({"a": [None, ""]})


BASE = "van_ban: {}\nky: {}\ntrich_yeu: x\n"


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "- 1",
        BASE,
        BASE + "than_bai: [a]\nmuc: {}\n",
        BASE + "than_bai: [a]\nmuc: {a: 1}\n",
        BASE + "than_bai: [a]\nmuc: {a: {la: 1}}\n",
        BASE + "than_bai: [a]\nmuc: {a: {bieu: x}}\n",
        BASE + "than_bai: [1]\nmuc: {}\n",
        BASE + "than_bai: []\nmuc: 3\n",
    ],
)
def test_broken_outlines_are_internal_errors(tmp_path: Path, text: str) -> None:
    path = tmp_path / "outline.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(InternalError, match="outline"):
        load_outline(path)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("trich_yeu",), "{la}"),
        (("ky", "dau_nam"), "{la}"),
        (("ky", "dau_nam"), 3),
        (("van_ban", "viet_tat"), None),
        (("bieu", "chi_tieu"), 1),
    ],
)
def test_damaged_outlines_are_internal_errors(path: tuple[str, ...], value: Any) -> None:
    raw = copy.deepcopy(dict(outline().raw))
    parent: Any = raw
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value
    data = {**small(), "chi_tieu": [{"ma": "a", "ten": "b", "don_vi": "c"}]}
    with pytest.raises(InternalError, match="outline"):
        compose_data(data, load_profile("dang-hd36"), Outline("test", raw))


def test_unknown_kind() -> None:
    with pytest.raises(InternalError):
        compose(Draft({}, "thu-moi"), load_profile("dang-hd36"))


# ---- properties -----------------------------------------------------------------------------

words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=9)
sentences = st.lists(words, min_size=1, max_size=6).map(" ".join)
tables = st.fixed_dictionaries(
    {
        "cot": st.lists(sentences, min_size=1, max_size=3),
        "dong": st.lists(st.lists(sentences, min_size=1, max_size=3), max_size=3),
    }
)


def items(inner: Any) -> Any:
    parts = {"tieu_de": sentences, "bang": tables}
    if inner is not None:
        parts["muc_con"] = inner
    item = st.fixed_dictionaries({"noi_dung": sentences}, optional=parts)
    return st.lists(st.one_of(sentences, item), min_size=1, max_size=3)


blocks = st.one_of(
    sentences,
    st.lists(sentences, min_size=2, max_size=3).map("\n\n".join),
    items(items(items(None))),
)


def texts_of(value: Any) -> list[str]:
    if isinstance(value, str):
        return [part for part in value.split("\n\n") if part.strip()]
    items = value.values() if isinstance(value, dict) else value
    return [text for item in items for text in texts_of(item)]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    opening=blocks,
    task=sentences,
    recipient=sentences,
    name=sentences,
    own=blocks,
    profile=st.sampled_from(["dang-hd36", "dang-hd05", "nd30"]),
)
def test_every_text_of_a_draft_is_printed(
    opening: Any, task: str, recipient: str, name: str, own: Any, profile: str
) -> None:
    data = small(noi_nhan=[recipient, "Lưu"])
    data["mo_dau"] = opening
    data["kien_nghi"] = own
    data["ket_qua"]["xay_dung_dang"]["to_chuc"] = {"tieu_de": name, "noi_dung": own}
    data["phuong_huong"]["nhiem_vu"] = [{"noi_dung": task, "chu_tri": name}]
    data["muc_khac"] = [{"sau": "danh_gia.han_che", "tieu_de": name, "noi_dung": opening}]
    document = composed(data, profile)
    printed = "\n".join(document.texts())
    for text in (*texts_of(opening), *texts_of(own), task, recipient, name):
        assert unicodedata.normalize("NFC", text) in printed
    assert composed(copy.deepcopy(data), profile) == document


def test_every_table_and_field_of_the_schemas_has_its_words() -> None:
    def enum(file: str, *path: str) -> list[str]:
        node: Any = json.loads(
            (resources.data_root() / "schemas" / "common" / file).read_text("utf-8")
        )
        for step in path:
            node = node[step]
        return list(node["enum"])

    tables_named = enum("phu-luc.schema.json", "$defs", "phu_luc", "properties", "bieu")
    assert set(tables_named) <= set(outline().section("bieu"))
    grouping = outline().section("danh_muc")["nhiem_vu"]["nhom"]["cac_nhom"]
    for choice in grouping:
        gathered = {field for group in choice["la"] for field in group["gom"]}
        assert set(enum("kieu.schema.json", "$defs", "linh_vuc")) - gathered == {"khac"}
    kinds_of_period = enum("ky.schema.json", "$defs", "ky_bao_cao", "properties", "loai_ky")
    assert set(kinds_of_period) == set(PERIODS)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Mở lớp.", "- Mở lớp (chủ trì: Văn phòng)."),
        ("Mở lớp", "- Mở lớp (chủ trì: Văn phòng)."),
        ("Mở lớp; họp. Rà soát.", "- Mở lớp; họp. Rà soát (chủ trì: Văn phòng)."),
        ("Mở lớp...", "- Mở lớp... (Chủ trì: Văn phòng.)"),
        ("Mở lớp, v.v.", "- Mở lớp, v.v. (Chủ trì: Văn phòng.)"),
        ("Mở lớp!", "- Mở lớp! (Chủ trì: Văn phòng.)"),
    ],
)
def test_brackets_stand_before_the_full_stop(text: str, printed: str) -> None:
    data = small()
    data["phuong_huong"]["nhiem_vu"] = [{"noi_dung": text, "chu_tri": "Văn phòng"}, "Khác."]
    assert printed in body(composed(data))


def test_one_appendix_is_not_counted() -> None:
    data = small()
    data["phu_luc"] = [{"tieu_de": "Danh sách", "noi_dung": "Một."}]
    assert composed(data).appendices[0].titles[0].text == "Phụ lục"
    data["phu_luc"].append({"tieu_de": "Mô hình", "noi_dung": "Hai."})
    titles = [a.titles[0].text for a in composed(data).appendices]
    assert titles == ["Phụ lục 1", "Phụ lục 2"]
