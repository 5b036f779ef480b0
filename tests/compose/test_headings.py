"""The printed outline: every scope, order and kind of period."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from .drafts import PERIODS, body, composed, headings, small

ECONOMY = [
    "LÃNH ĐẠO PHÁT TRIỂN KINH TẾ - XÃ HỘI, QUỐC PHÒNG - AN NINH",
    "1. Kinh tế",
    "a) Nông nghiệp, thủy sản, chăn nuôi",
    "b) Thu, chi ngân sách",
    "2. Văn hóa - xã hội",
    "3. Quốc phòng - an ninh",
    "a) Quốc phòng, quân sự địa phương",
    "b) An ninh chính trị, trật tự an toàn xã hội",
    "4. Nội chính, phòng, chống tham nhũng, lãng phí, tiêu cực",
]
PARTY = [
    "CÔNG TÁC XÂY DỰNG ĐẢNG",
    "1. Công tác chính trị, tư tưởng",
    "2. Tổ chức cơ sở đảng và sinh hoạt chi bộ",
    "3. Công tác đảng viên",
    "4. Công tác kiểm tra, giám sát, thi hành kỷ luật đảng",
    "5. Công tác dân vận, thực hiện quy chế dân chủ ở cơ sở",
]
SYSTEM = [
    "XÂY DỰNG CHÍNH QUYỀN, MẶT TRẬN TỔ QUỐC VÀ CÁC ĐOÀN THỂ",
    "1. Lãnh đạo xây dựng chính quyền",
    "2. Mặt trận Tổ quốc và các đoàn thể",
]
ASSESSMENT = [
    "ĐÁNH GIÁ CHUNG",
    "1. Ưu điểm",
    "2. Hạn chế, khuyết điểm",
    "3. Nguyên nhân",
    "4. Bài học kinh nghiệm",
]
AHEAD = [
    "I- DỰ BÁO TÌNH HÌNH",
    "II- MỤC TIÊU, CHỈ TIÊU PHẤN ĐẤU",
    "III- NHIỆM VỤ, GIẢI PHÁP CHỦ YẾU",
    "IV- TỔ CHỨC THỰC HIỆN",
]


def numbered(roman: str, group: list[str]) -> list[str]:
    return [f"{roman}- {group[0]}", *group[1:]]


def test_nine_months_economy_first() -> None:
    assert headings(composed(small())) == [
        "Phần thứ nhất",
        "KẾT QUẢ LÃNH ĐẠO THỰC HIỆN NHIỆM VỤ 9 THÁNG ĐẦU NĂM 2023",
        *numbered("I", ECONOMY),
        *numbered("II", PARTY),
        *numbered("III", SYSTEM),
        *numbered("IV", ASSESSMENT),
        "Phần thứ hai",
        "PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM 3 THÁNG CUỐI NĂM 2023",
        *AHEAD,
        "KIẾN NGHỊ, ĐỀ XUẤT",
    ]


def test_nine_months_party_first() -> None:
    found = headings(composed(small(order="xay_dung_dang_truoc")))
    assert found[2:-7] == [
        *numbered("I", PARTY),
        *numbered("II", SYSTEM),
        *numbered("III", ECONOMY),
        *numbered("IV", ASSESSMENT),
    ]


@pytest.mark.parametrize("order", ["kinh_te_truoc", "xay_dung_dang_truoc"])
def test_party_scope_has_one_short_economic_section(order: str) -> None:
    document = composed(small(scope="xay_dung_dang", order=order))
    found = headings(document)
    assert found[1] == "KẾT QUẢ CÔNG TÁC XÂY DỰNG ĐẢNG 9 THÁNG ĐẦU NĂM 2023"
    short = "LÃNH ĐẠO PHÁT TRIỂN KINH TẾ - XÃ HỘI, QUỐC PHÒNG - AN NINH"
    if order == "kinh_te_truoc":
        assert found[2] == f"I- {short}"
        assert found[3] == "II- CÔNG TÁC XÂY DỰNG ĐẢNG"
    else:
        assert found[2] == "I- CÔNG TÁC XÂY DỰNG ĐẢNG"
        assert f"III- {short}" in found
    assert "Lời kinh tế - xã hội." in body(document)


def test_month_has_the_short_form() -> None:
    found = headings(composed(small("thang")))
    assert [h for h in found if h.split("-")[0] in ("I", "II", "III", "IV")] == [
        "I- TÌNH HÌNH, KẾT QUẢ CÔNG TÁC THÁNG 5 NĂM 2023",
        "II- HẠN CHẾ VÀ NGUYÊN NHÂN",
        "III- PHƯƠNG HƯỚNG, NHIỆM VỤ THÁNG 6 NĂM 2023",
        "IV- KIẾN NGHỊ, ĐỀ XUẤT",
    ]
    assert found[1] == "1. Lãnh đạo phát triển kinh tế - xã hội, quốc phòng - an ninh"
    assert found[2] == "a) Kinh tế"
    assert not any(h.startswith("Phần") for h in found)


def test_thematic_report_has_four_sections() -> None:
    data = small("chuyen_de")
    data["ket_qua"] |= {"dac_diem": "Lời đặc điểm.", "lanh_dao_chung": "Lời lãnh đạo."}
    found = headings(composed(data))
    assert [h for h in found if h.split("-")[0] in ("I", "II", "III", "IV", "V")] == [
        "I- CÔNG TÁC LÃNH ĐẠO, QUÁN TRIỆT, TRIỂN KHAI THỰC HIỆN",
        "II- KẾT QUẢ THỰC HIỆN",
        "III- ĐÁNH GIÁ CHUNG",
        "IV- PHƯƠNG HƯỚNG, NHIỆM VỤ THỜI GIAN TỚI VÀ KIẾN NGHỊ",
    ]
    assert found[1:3] == [
        "1. Đặc điểm tình hình",
        "2. Công tác lãnh đạo, chỉ đạo, ban hành văn bản",
    ]
    assert found[-1] == "5. Kiến nghị, đề xuất"


@pytest.mark.parametrize(
    ("period", "subject"),
    [
        ("thang", "tình hình, kết quả công tác tháng 5, nhiệm vụ trọng tâm tháng 6 năm 2023"),
        ("quy", "kết quả công tác quý I, nhiệm vụ trọng tâm quý II năm 2023"),
        (
            "sau_thang",
            "sơ kết công tác 6 tháng đầu năm, nhiệm vụ, giải pháp trọng tâm 6 tháng cuối năm 2023",
        ),
        (
            "chin_thang",
            (
                "sơ kết công tác xây dựng Đảng 9 tháng đầu năm,"
                " phương hướng, nhiệm vụ 3 tháng cuối năm 2023"
            ),
        ),
        ("n_thang", "đánh giá kết quả công tác 7 tháng đầu năm, nhiệm vụ 5 tháng cuối năm 2023"),
        ("nam", "tổng kết công tác xây dựng Đảng năm 2023, phương hướng, nhiệm vụ năm 2024"),
        ("chuyen_de", "sơ kết 5 năm thực hiện Nghị quyết số 18-NQ/TW"),
        (
            "giua_nhiem_ky",
            "sơ kết giữa nhiệm kỳ 2020-2025, phương hướng, nhiệm vụ nửa cuối nhiệm kỳ 2020-2025",
        ),
        (
            "nhiem_ky",
            "tổng kết công tác nhiệm kỳ 2020-2025, phương hướng, nhiệm vụ nhiệm kỳ 2025-2030",
        ),
    ],
)
def test_subjects(period: str, subject: str) -> None:
    document = composed(small(period))
    assert document.title[1].text == subject
    assert document.meta.title == f"Báo cáo {subject}"


def test_topic_that_says_what_it_is_is_not_doubled() -> None:
    data = small("chuyen_de")
    data["ky_bao_cao"]["chuyen_de"] = "Tổng kết 10 năm thực hiện Chỉ thị số 05-CT/TW"
    assert composed(data).title[1].text == "Tổng kết 10 năm thực hiện Chỉ thị số 05-CT/TW"


@pytest.mark.parametrize(
    ("period", "scope", "order", "profile"),
    list(
        itertools.product(
            PERIODS,
            ("toan_dien", "xay_dung_dang"),
            ("kinh_te_truoc", "xay_dung_dang_truoc"),
            ("dang-hd36", "dang-hd05", "nd30"),
        )
    ),
)
def test_every_combination_composes_in_order(
    period: str, scope: str, order: str, profile: str
) -> None:
    data = small(period, scope, order)
    document = composed(data, profile)
    text = "\n".join(document.texts())
    for place in _prose(data):
        assert place in text
    economy, party = text.find("Lời của mục to_chuc"), 0
    party = economy
    economy = text.find("Lời nông nghiệp" if scope == "toan_dien" else "Lời kinh tế")
    assert (economy < party) is (order == "kinh_te_truoc")
    mark = "." if profile == "nd30" else "-"
    assert any(h.startswith(f"I{mark} ") for h in headings(document))
    assert document.watermark is None


def _prose(value: Any, key: str = "") -> list[str]:
    if isinstance(value, str):
        return [value] if value.startswith(("Lời", "Hạn chế", "Nguyên nhân", "Nhiệm vụ")) else []
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for item in items for text in _prose(item)]


def test_sections_without_content_are_left_out_and_numbers_close_up() -> None:
    data = small()
    del data["ket_qua"]["van_hoa_xa_hoi"]
    del data["ket_qua"]["quoc_phong"]
    del data["ket_qua"]["chinh_quyen"]
    del data["danh_gia"]["uu_diem"]
    del data["phuong_huong"]["du_bao"]
    found = headings(composed(data))
    assert "2. An ninh chính trị, trật tự an toàn xã hội" in found
    assert "3. Nội chính, phòng, chống tham nhũng, lãng phí, tiêu cực" in found
    assert "III- MẶT TRẬN TỔ QUỐC VÀ CÁC ĐOÀN THỂ" in found
    assert "1. Hạn chế, khuyết điểm" in found
    assert "I- MỤC TIÊU, CHỈ TIÊU PHẤN ĐẤU" in found


def test_context_stands_unnumbered_before_the_first_section() -> None:
    data = small()
    data["ket_qua"] |= {"dac_diem": "Lời đặc điểm.", "lanh_dao_chung": "Lời lãnh đạo."}
    found = body(composed(data))
    start = found.index("Đặc điểm tình hình")
    assert found[start : start + 4] == [
        "Đặc điểm tình hình",
        "Lời đặc điểm.",
        "Công tác lãnh đạo, chỉ đạo, ban hành văn bản",
        "Lời lãnh đạo.",
    ]
    assert found[start + 4].startswith("I- ")


def test_labels_and_headings_can_be_overridden() -> None:
    data = small()
    results = data["ket_qua"]
    results["nhan"] = "Phần A"
    results["tieu_de"] = "Kết quả chung"
    results["xay_dung_dang"] |= {"nhan": "IIa", "tieu_de": "Xây dựng Đảng, tổ chức"}
    results["xay_dung_dang"]["to_chuc"] = {
        "nhan": "2.",
        "tieu_de": "Chi bộ",
        "noi_dung": "Lời chi bộ.",
    }
    results["he_thong_chinh_tri"] = {"tieu_de": "Hệ thống chính trị", "noi_dung": "Lời dẫn."}
    data["danh_gia"]["han_che"] = {"tieu_de": "Tồn tại", "noi_dung": ["Việc chậm."]}
    found = headings(composed(data))
    assert found[:2] == ["Phần A", "KẾT QUẢ CHUNG"]
    assert "IIa- XÂY DỰNG ĐẢNG, TỔ CHỨC" in found
    assert "2. Chi bộ" in found
    assert "3. Công tác đảng viên" in found
    assert "III- HỆ THỐNG CHÍNH TRỊ" in found
    assert "2. Tồn tại" in found


def test_clerks_label_never_swallows_the_heading() -> None:
    data = small()
    data["danh_gia"]["uu_diem"] = {"nhan": "1)", "noi_dung": "Lời."}
    assert "1) Ưu điểm" in headings(composed(data))


def test_own_sections_stand_after_the_section_they_name() -> None:
    data = small()
    data["muc_khac"] = [
        {
            "sau": "ket_qua.xay_dung_dang.to_chuc",
            "tieu_de": "Thi đua, khen thưởng",
            "noi_dung": "Lời thi đua.",
        },
        {"sau": "danh_gia", "tieu_de": "Việc riêng", "noi_dung": ["Ý một."]},
        {"sau": "ket_qua.kinh_te.nong_thon_moi", "tieu_de": "Sau mục vắng", "noi_dung": "Lời."},
        {"sau": "phuong_huong", "nhan": "Phần cuối", "tieu_de": "Phụ", "noi_dung": "Lời phụ."},
        {"sau": "ở đâu đó", "tieu_de": "Không biết chỗ", "noi_dung": "Lời lạc."},
    ]
    found = headings(composed(data))
    assert "3. Thi đua, khen thưởng" in found
    assert "4. Công tác đảng viên" in found
    assert "V- VIỆC RIÊNG" in found
    assert "c) Sau mục vắng" in found
    assert found[-5:] == ["Phần cuối", "PHỤ", "KIẾN NGHỊ, ĐỀ XUẤT", "Phần thứ tư", "KHÔNG BIẾT CHỖ"]


def test_own_section_after_a_group_that_is_left_out() -> None:
    data = small(scope="xay_dung_dang")
    data["muc_khac"] = [
        {"sau": "ket_qua.he_thong_chinh_tri", "tieu_de": "Riêng", "noi_dung": "Lời riêng."}
    ]
    del data["ket_qua"]["chinh_quyen"]
    del data["ket_qua"]["mat_tran_doan_the"]
    found = headings(composed(data))
    assert "III- RIÊNG" in found
    assert "IV- ĐÁNH GIÁ CHUNG" in found


def test_state_report_speaks_of_no_leadership() -> None:
    data = small(bo_the_thuc="nd30")
    del data["ket_qua"]["xay_dung_dang"]
    document = composed(data)
    found = headings(document)
    assert found[:3] == [
        "Phần I",
        "KẾT QUẢ THỰC HIỆN NHIỆM VỤ 9 THÁNG ĐẦU NĂM 2023",
        "I. PHÁT TRIỂN KINH TẾ - XÃ HỘI, QUỐC PHÒNG - AN NINH",
    ]
    assert document.title[1].text.startswith("Sơ kết tình hình thực hiện nhiệm vụ")
    assert document.meta.title.startswith("Báo cáo sơ kết tình hình")


def test_heading_levels_fill_the_navigation_pane() -> None:
    document = composed(small())
    levels = {b.style: b.level for b in document.body if getattr(b, "level", None)}
    assert levels == {"ten_phan": 1, "muc": 2, "khoan": 3, "diem": 4}
    assert all(b.keep_next for b in document.body if getattr(b, "level", None))


@pytest.mark.parametrize("period", ["giua_nhiem_ky", "nhiem_ky"])
def test_a_state_body_reports_on_no_party_congress(period: str) -> None:
    party = headings(composed(small(period)))
    state = headings(composed(small(period, bo_the_thuc="nd30")))
    assert "ĐẠI HỘI" in party[1]
    assert not any("ĐẠI HỘI" in heading for heading in state)
    assert state[1].startswith("KẾT QUẢ THỰC HIỆN NHIỆM VỤ ")
