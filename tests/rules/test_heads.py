"""Bodies by date, names in the head, symbols and cited numbers, in words clerks use."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.rules.kit import EXAMPLES, KIND, check, marked, put, sound
from vanban.check.engine import validate
from vanban.finding import Certainty, Severity
from vanban.read.reader import read_path, read_text
from vanban.rules import modules
from vanban.rules.layout._bodies import ENDED, ended_mentions, is_district, merged_province
from vanban.rules.layout._names import in_full

PLAN = "phuong_huong.muc_tieu"
ASK = "kien_nghi"


def late() -> dict[str, Any]:
    """A sound draft of 2026: no district level, the newer Party guideline."""
    return dict(read_path(str(KIND / "6-thang-2026.yaml")).data)


def state() -> dict[str, Any]:
    [path] = (EXAMPLES / "nd30").glob("*.yaml")
    return dict(read_path(str(path)).data)


def copied(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The draft with one value changed, its other parts shared with the original."""
    head, _, rest = path.partition(".")
    if not rest:
        return put(dict(data), head, value)
    return {**data, head: put({**data[head]}, rest, value)}


# ---- FMT007 ----

SUPERIORS = [
    ("Đảng bộ huyện Mẫu", "khong_con_huyen"),
    ("ĐẢNG BỘ QUẬN 1", "khong_con_huyen"),
    ("Đảng bộ thị xã Mẫu", "khong_con_huyen"),
    ("Huyện uỷ Mẫu", "khong_con_huyen"),
    ("Đảng bộ thành phố Bến Tre", "khong_con_huyen"),
    ("Đảng bộ TP. Mỹ Tho", "khong_con_huyen"),
    ("Đảng bộ tỉnh Bến Tre", "tinh_cu"),
    ("Đảng bộ tỉnh Hoà Bình", "tinh_cu"),
    ("Đảng bộ tỉnh Vĩnh Long", None),
    ("Đảng bộ thành phố Hồ Chí Minh", None),
    ("Đảng bộ TP. Huế", None),
    ("Đảng bộ Thành phố Cần  Thơ", None),
    ("Đảng bộ xã Mẫu", None),
]


@pytest.mark.parametrize(("superior", "slug"), SUPERIORS)
def test_superior_body_after_the_district_level(superior: str, slug: str | None) -> None:
    data = copied(late(), "the_thuc.co_quan_cap_tren", superior)
    assert [f.key for f in check(data, "FMT007")] == ([f"FMT007.{slug}"] if slug else [])


@pytest.mark.parametrize(
    ("issued", "found"),
    [
        ("30/6/2025", False),
        ("6/2025", False),
        ("7/2025", True),
        ("01/7/2025", True),
        (None, False),
    ],
)
def test_the_day_decides(issued: str | None, found: bool) -> None:
    data = put(sound(), "the_thuc.ngay_ban_hanh", issued)
    assert bool(check(data, "FMT007")) is found
    assert bool(check(data, "FMT008")) is found


def test_without_a_date_the_period_tells_what_is_sure() -> None:
    data = copied(late(), "the_thuc.ngay_ban_hanh", None)
    data = copied(data, "the_thuc.co_quan_cap_tren", "Đảng bộ huyện Mẫu")
    assert [f.key for f in check(data, "FMT007")] == ["FMT007.khong_con_huyen"]


def test_province_above_a_commune_before_is_information() -> None:
    data = put(sound(), "the_thuc.co_quan_cap_tren", "Đảng bộ tỉnh Mẫu")
    [finding] = check(data, "FMT007")
    assert finding.severity is Severity.INFO
    assert finding.source is not None and finding.source.certainty is Certainty.C


# ---- FMT008 ----

GONE = [
    ("Đề nghị Huyện ủy sớm chỉ đạo.", ["Huyện ủy"]),
    ("Tranh thủ sự chỉ đạo của BTV Huyện uỷ Mẫu.", ["BTV Huyện uỷ"]),
    ("Xin ý kiến Thường trực Huyện ủy, UBND huyện.", ["Thường trực Huyện ủy", "UBND huyện"]),
    (
        "Phối hợp Phòng Nông nghiệp và Phát triển nông thôn huyện tập huấn.",
        ["Phòng Nông nghiệp và Phát triển nông thôn huyện"],
    ),
    ("Đề xuất Phòng Tài chính – Kế hoạch huyện cấp vốn.", ["Phòng Tài chính – Kế hoạch huyện"]),
    ("Phối hợp với các phòng, ban chuyên môn của huyện.", ["phòng, ban chuyên môn của huyện"]),
    ("Phấn đấu đạt chỉ tiêu UBND huyện giao năm 2026.", ["UBND huyện"]),
    ("Phối hợp với Ủy ban MTTQ Việt Nam huyện.", ["Ủy ban MTTQ Việt Nam huyện"]),
    ("Theo hướng dẫn của Ban Tuyên giáo Trung ương.", ["Ban Tuyên giáo Trung ương"]),
    ("Báo cáo Tỉnh ủy Bến Tre xem xét.", ["Tỉnh ủy Bến Tre"]),
    ("Kiến nghị Bộ Giao thông vận tải sửa quốc lộ.", ["Bộ Giao thông vận tải"]),
    ("Đề nghị UBND thành phố Mỹ Tho hỗ trợ.", ["UBND thành phố Mỹ Tho"]),
]


@pytest.mark.parametrize(("sentence", "names"), GONE)
@pytest.mark.parametrize("place", [PLAN, ASK])
def test_bodies_that_are_gone(sentence: str, names: list[str], place: str) -> None:
    found = marked(copied(late(), place, sentence), "FMT008")
    assert found == [("FMT008.khong_con", name) for name in names]


PAST = [
    "Tiếp tục thực hiện Nghị quyết của Ban Thường vụ Huyện ủy, ngày 12/01/2025.",
    "Khắc phục tồn tại theo Kết luận số 45-KL/HU của Ban Thường vụ Huyện ủy.",
    "Đề nghị tỉnh giải quyết kiến nghị của Huyện ủy Mẫu (cũ).",
    "Tiếp nhận hồ sơ do UBND huyện bàn giao.",
    "Sử dụng trụ sở UBND huyện làm Trung tâm Phục vụ hành chính công.",
    "Xử lý dứt điểm 05 đơn do UBND huyện để lại.",
    "Quyết toán công trình UBND huyện phê duyệt năm 2024.",
    "Đồng chí nguyên Bí thư Huyện ủy nói chuyện truyền thống.",
    "Sau khi kết thúc hoạt động của Huyện ủy, rà soát tổ chức đảng.",
    "Phòng, chống thiên tai trên địa bàn các huyện ven biển trước đây.",
    "Phối hợp Ban Tuyên giáo và Dân vận Tỉnh ủy, Công an xã, Phòng Kinh tế xã.",
    "Đề nghị UBND thành phố Cần Thơ, Thành ủy Đà Nẵng trao đổi kinh nghiệm.",
    "Đề nghị Ủy ban nhân dân thành phố quan tâm.",
    "Chăm lo Đảng, đoàn thể; vận động các cơ quan trên địa bàn.",
]


@pytest.mark.parametrize("sentence", PAST)
def test_what_recalls_the_past_is_left_alone(sentence: str) -> None:
    assert check(copied(late(), PLAN, sentence), "FMT008") == []


def test_results_are_history() -> None:
    own = "Đảng ủy thực hiện xong chỉ tiêu Huyện ủy giao."
    assert check(copied(late(), "ket_qua.lanh_dao_chung", own), "FMT008") == []


def test_every_body_of_the_table_is_found_by_its_day() -> None:
    from datetime import date

    from vanban.rules.layout._bodies import IssueDay

    names = {
        "Huyện ủy": date(2025, 7, 1),
        "Công an huyện": date(2025, 3, 1),
        "Ban Kinh tế Trung ương": date(2025, 2, 3),
        "Sở Kế hoạch và Đầu tư": date(2025, 3, 1),
        "Đảng ủy thị trấn Mẫu": date(2025, 7, 1),
    }
    for name, since in names.items():
        eve = date.fromordinal(since.toordinal() - 1)
        assert not list(ended_mentions(name, IssueDay(eve, eve))), name
        assert list(ended_mentions(name, IssueDay(since, since))), name
    assert all(one.source.clause and one.now for one in ENDED)


# ---- one mistake, one finding ----

ONCE = [
    # FMT009 and FMT010 write the whole name
    ("09/10/2023", {"co_quan_cap_tren": "HU Mẫu"}, "FMT009"),
    ("09/10/2023", {"co_quan_cap_tren": "BTV HU H. Mẫu"}, "FMT009"),
    ("09/10/2023", {"co_quan_ban_hanh": "BTV ĐU xã Mẫu"}, "FMT010"),
    ("09/10/2023", {"co_quan_ban_hanh": "VP ĐU xã Mẫu", "co_quan_cap_tren": "ĐB H. Mẫu"}, "FMT010"),
    ("09/10/2023", {"co_quan_cap_tren": "ĐB H. Mẫu"}, "FMT011"),
    ("09/10/2023", {"co_quan_ban_hanh": "ĐU xã Mẫu"}, "FMT011"),
    # FMT021 and FMT023 take the body that ended away
    ("09/10/2026", {"nguoi_ky.quyen_han": "T/M Ban Thường vụ Huyện ủy"}, "FMT021"),
    ("09/10/2026", {"nguoi_ky.quyen_han": "T/M\nBan Thường vụ Huyện ủy"}, "FMT021"),
    ("09/10/2026", {"nguoi_ky.chuc_vu": "Bí thư Huyện ủy"}, "FMT023"),
    ("09/10/2026", {"nguoi_ky.quyen_han": "T/L Ban Thường vụ Huyện ủy",
                    "nguoi_ky.chuc_vu": "Chánh Văn phòng"}, "FMT008"),
]  # fmt: skip


@pytest.mark.parametrize(("issued", "changes", "rule"), ONCE)
def test_one_mistake_in_the_head_is_one_finding(
    issued: str, changes: dict[str, str], rule: str
) -> None:
    data = sound()
    if issued.endswith("2026"):
        data = late()
        data["the_thuc"] = json.loads(json.dumps(data["the_thuc"]))
    for key, value in changes.items():
        put(data["the_thuc"], key, value)
    ours = ("FMT008", "FMT009", "FMT010", "FMT011", "FMT021", "FMT023")
    assert [f.rule for f in check(data) if f.rule in ours] == [rule]


def test_a_committee_above_a_name_still_to_be_written_out() -> None:
    data = put(sound(), "the_thuc.co_quan_cap_tren", "HU Mẫu")
    found = check(put(data, "the_thuc.co_quan_ban_hanh", "ĐU xã Mẫu"))
    assert [(f.rule, f.pointer.rpartition("/")[2]) for f in found] == [
        ("FMT009", "co_quan_cap_tren"),
        ("FMT011", "co_quan_ban_hanh"),
    ]


# ---- names ----


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("ĐU xã Mẫu", "Đảng ủy xã Mẫu"),
        ("ĐB TP. Mẫu", "Đảng bộ thành phố Mẫu"),
        ("BCH Đảng bộ xã Mẫu", "Ban Chấp hành Đảng bộ xã Mẫu"),
        ("Đảng ủy TT.Mẫu", "Đảng ủy thị trấn Mẫu"),
        ("Đảng ủy P. 1", "Đảng ủy phường 1"),
        ("Đảng ủy xã Mẫu", "Đảng ủy xã Mẫu"),
        ("Chi bộ Công ty TNHH Mẫu", "Chi bộ Công ty TNHH Mẫu"),
        ("Đảng ủy xã TUY PHƯỚC", "Đảng ủy xã TUY PHƯỚC"),
    ],
)
def test_names_in_full(name: str, whole: str) -> None:
    assert in_full(name, party=True) == whole


def test_levels() -> None:
    assert is_district("UBND quận 1") and not is_district("Đảng bộ tỉnh Mẫu")
    assert merged_province("Tỉnh ủy Trà Vinh") == "tỉnh Vĩnh Long"
    assert merged_province("Tỉnh ủy Mẫu") is None


# ---- symbols ----

SYMBOLS = [
    ("BC/ĐU", []),
    ("KH/ĐU", ["FMT012"]),
    ("QyĐ/ĐU", ["FMT012"]),
    ("QĐi/ĐU", ["FMT012"]),
    ("BC/ĐUX", ["FMT013"]),
    ("BC/HU", ["FMT013"]),
    ("BC-UBND", ["FMT014"]),
    ("bc/đu", ["FMT014"]),
    ("BC /ĐU", ["FMT014"]),
    ("BCĐU", ["FMT014"]),
    ("BC/ĐU/VP", ["FMT014"]),
    ("12-BC/ĐU", ["FMT014"]),
]


@pytest.mark.parametrize(("symbol", "rules"), SYMBOLS)
def test_party_symbols(symbol: str, rules: list[str]) -> None:
    data = put(sound(), "the_thuc.ky_hieu", symbol)
    assert [f.rule for f in check(data) if f.rule.startswith(("FMT", "SCH"))] == rules


@pytest.mark.parametrize(
    ("symbol", "rules"),
    [
        ("BC-UBND", []),
        ("BC-UBND-VP", []),
        ("BC/UBND", ["FMT014"]),
        ("BC-UBND/VP", ["FMT014"]),
        ("KL-UBND", ["FMT012"]),
        ("BC-ĐU", ["FMT013"]),
    ],
)
def test_state_symbols(symbol: str, rules: list[str]) -> None:
    data = copied(copied(state(), "the_thuc.ky_hieu_co_quan", None), "the_thuc.ky_hieu", symbol)
    assert [f.rule for f in check(data) if f.rule.startswith(("FMT", "SCH"))] == rules


CITED = [
    ("số 5-NQ/ĐU", "05-NQ/ĐU"),
    ("số: 15-NQ/ĐU", " 15-NQ/ĐU"),
    ("số 15 – NQ / TU", "15-NQ/TU"),
    ("số\u00a022/KH-ĐU", "22-KH/ĐU"),
    ("số 12-QĐ/UBND", "12/QĐ-UBND"),
    ("Kế hoạch 6/KH-UBND", "06/KH-UBND"),
    ("Công văn số 5-CV/ĐU", "05-CV/ĐU"),
    ("Quy định số 37–QĐ/TW", "37-QĐ/TW"),
]


@pytest.mark.parametrize(("cited", "right"), CITED)
def test_cited_numbers_are_mended(cited: str, right: str) -> None:
    data = put(sound(), "ket_qua.xay_dung_dang.dan_van", f"Thực hiện văn bản {cited} đã ban hành.")
    source = json.dumps(data, ensure_ascii=False)
    [finding] = validate(read_text(source, "json"), config={"select": ["FMT016"]}).findings
    assert finding.fix is not None
    assert [edit.text for edit in finding.fix.edits] == [right]
    [edit] = finding.fix.edits
    span = edit.span
    mended = source[: span.column - 1] + edit.text + source[span.end_column - 1 :]
    assert not validate(read_text(mended, "json"), config={"select": ["FMT016"]}).findings


@pytest.mark.parametrize(
    "sentence",
    [
        "Nghị định số 30/2020/NĐ-CP, Thông tư số 5/2020/TT-BNV",
        "Quyết định số 217-QĐ/TW và 218-QĐ/TW; Kế hoạch số 9-KH/ĐTN",
        "Công văn số 12/UBND-VX, Quyết định số: 12/QĐ-UBND",
        "tỷ lệ 5/7 chi bộ; ngày 5/9/2023; khu phố 5-NQ",
    ],
)
def test_other_numbers_are_left_alone(sentence: str) -> None:
    assert check(put(sound(), "ket_qua.xay_dung_dang.dan_van", sentence), "FMT016") == []


def test_a_state_draft_is_not_nagged_about_the_colon() -> None:
    own = "Thực hiện Nghị quyết số: 15-NQ/ĐU của Đảng ủy."
    assert check(copied(state(), "ket_qua.noi_chinh", own), "FMT016") == []


# ---- FMT017 ----

BARRED = [
    ("Đảng ủy xã đã ban hành được 05 nghị quyết, 02 chỉ thị, 15 kế hoạch.", ["chỉ thị"]),
    ("Đảng uỷ ban hành Thông tri lãnh đạo đại hội chi bộ.", ["Thông tri"]),
    ("BCH Đảng bộ xã ban hành 03 hướng dẫn.", ["hướng dẫn"]),
    ("Ban Thường vụ đã xây dựng và ban hành Quy chế phối hợp.", ["Quy chế"]),
    ("Chi bộ ấp Tân Thành ban hành quy định riêng.", ["quy định"]),
    ("Các chi bộ trực thuộc kịp thời ban hành hướng dẫn.", ["hướng dẫn"]),
    ("Chỉ thị số 03-CT/ĐU do Đảng ủy xã ban hành được triển khai.", ["Chỉ thị"]),
    ("Đảng ủy ban hành 12 văn bản, gồm 03 nghị quyết, 01 chỉ thị.", ["chỉ thị"]),
    ("Chi bộ Trạm Y tế ban hành Hướng dẫn số 02-HD/CB về sinh hoạt.", ["Hướng dẫn"]),
    ("Thực hiện Quy định số 03-QĐ/CB, ngày 10/02/2023 của Chi bộ ấp 2.", ["Quy định"]),
    ("Quy chế số 01-QC/ĐU do Ban Thường vụ Đảng ủy ban hành.", ["Quy chế"]),
]


@pytest.mark.parametrize(("sentence", "types"), BARRED)
def test_documents_outside_the_competence(sentence: str, types: list[str]) -> None:
    data = put(sound(), "ket_qua.xay_dung_dang.dan_van", sentence)
    assert [text for _, text in marked(data, "FMT017")] == types
    assert {f.severity for f in check(data, "FMT017")} == {Severity.INFO}


ALLOWED = [
    "Đảng ủy quán triệt chỉ thị, hướng dẫn của Trung ương.",
    "Đảng ủy ban hành kế hoạch thực hiện Chỉ thị số 05-CT/TW.",
    "Đảng ủy ban hành các văn bản triển khai chỉ thị của Tỉnh ủy.",
    "Ban Thường vụ Tỉnh ủy ban hành Chỉ thị số 12-CT/TU.",
    "Thực hiện Chỉ thị do Ban Thường vụ Huyện ủy ban hành.",
    "Đảng ủy không ban hành chỉ thị.",
    "Ban Thường vụ Đảng ủy ban hành hướng dẫn sinh hoạt chi bộ.",
    "Ban Chấp hành ban hành kế hoạch, hướng dẫn các chi bộ thực hiện.",
    "Ban Chấp hành Đảng bộ tỉnh ban hành hướng dẫn.",
    "Ban Chấp hành Đoàn xã ban hành hướng dẫn.",
    "Đảng ủy xã tham mưu Tỉnh ủy ban hành chỉ thị.",
    "Ủy ban Kiểm tra Đảng ủy ban hành hướng dẫn.",
    "Chi bộ ra nghị quyết chuyên đề, thực hiện quy định về nêu gương.",
    "Chi bộ Trường học thực hiện Quy định số 37-QĐ/TW của Ban Chấp hành Trung ương.",
    "Hướng dẫn số 05-HD/ĐU, ngày 03/3/2023 của Ban Thường vụ Đảng ủy xã.",
    "Chi bộ Công an tỉnh ban hành quy định riêng.",
]


@pytest.mark.parametrize("sentence", ALLOWED)
def test_documents_within_the_competence(sentence: str) -> None:
    assert check(put(sound(), "ket_qua.xay_dung_dang.dan_van", sentence), "FMT017") == []


# ---- FMT018 ----

PLACES = [
    ("Đảng ủy xã Mẫu", "Xã Mẫu", None),
    ("Đảng ủy xã Mẫu", "Mẫu", "thieu_don_vi"),
    ("Đảng ủy xã Mẫu", "Xã Mẫu,", "dau_phay"),
    ("Đảng ủy xã Mẫu", "Xã Mẫu, ngày 09/10/2023", "dau_phay"),
    ("Đảng ủy xã Mẫu", "Xã Mẫu, tỉnh Mẫu", "kem_cap_tren"),
    ("Đảng ủy xã Mẫu", "Xã Khác", "khac_noi"),
    ("Đảng ủy phường Mẫu", "Xã Mẫu", "khac_noi"),
    ("Đảng ủy xã Hoà Mẫu", "hòa mẫu", None),
    ("Đảng ủy xã Tân Mẫu", "Xã Tân Mẫu", "thua_don_vi"),
    ("Đảng ủy xã Tân Mẫu", "Tân Mẫu", None),
    ("Đảng ủy phường Trần Phú", "Phường Trần Phú", None),
    ("Đảng ủy phường 1", "Phường 1", None),
    ("Đảng ủy phường 1", "1", "thieu_don_vi"),
    ("Đảng ủy đặc khu Tân Mẫu", "Đặc khu Tân Mẫu", None),
    ("Đảng ủy xã Mỹ Mẫu - Tân Mẫu", "Mỹ Mẫu - Tân Mẫu", None),
    ("Đảng ủy các cơ quan Đảng tỉnh Mẫu", "Tân Mẫu", None),
]


@pytest.mark.parametrize(("issuer", "place", "slug"), PLACES)
def test_place_names(issuer: str, place: str, slug: str | None) -> None:
    data = put(put(sound(), "the_thuc.co_quan_ban_hanh", issuer), "the_thuc.dia_danh", place)
    assert [f.key for f in check(data, "FMT018")] == ([f"FMT018.{slug}"] if slug else [])


@pytest.mark.parametrize(
    ("issuer", "place", "right"),
    [
        ("Đảng ủy xã Mẫu", "Ấp 1, xã Mẫu", "Xã Mẫu"),
        ("Đảng ủy xã Tân Mẫu", "Tân Mẫu, tỉnh Mẫu", "Tân Mẫu"),
        ("Đảng ủy phường Trần Phú", "Trần Phú - Mẫu", "Phường Trần Phú"),
    ],
)
def test_the_seat_comes_from_the_issuer(issuer: str, place: str, right: str) -> None:
    data = put(put(sound(), "the_thuc.co_quan_ban_hanh", issuer), "the_thuc.dia_danh", place)
    [finding] = check(data, "FMT018")
    assert finding.args["dung"] == right


def test_any_run_of_zeros_is_read() -> None:
    [finding] = check(put(sound(), "the_thuc.so", "0" * 1500 + "7"), "FMT015")
    assert finding.args["dung"] == "07"


# ---- certainty ----


def test_what_nobody_verified_is_only_information() -> None:
    for path in sorted((KIND / "sai").glob("FMT0*.yaml")):
        if not "FMT007" <= path.stem[:6] <= "FMT018":
            continue
        for finding in validate(read_path(str(path))).findings:
            assert finding.source is not None
            if finding.source.certainty is Certainty.C:
                assert finding.severity is Severity.INFO, path.name
            if finding.severity is Severity.ERROR:
                assert finding.source.certainty is Certainty.A, path.name


def test_all_twelve_rules_are_there() -> None:
    wanted = {f"FMT{number:03}" for number in range(7, 19)}
    assert wanted <= {module.RULE.id for module in modules()}
