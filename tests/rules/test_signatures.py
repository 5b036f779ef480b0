"""Signatures, recipients, subjects and headings: what is remarked on and what is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kit import EXAMPLES, check, marked, put, sound
from vanban.catalogue import message
from vanban.check.engine import validate
from vanban.read.reader import from_mapping, read_path, read_text

OURS = tuple(f"FMT0{number}" for number in range(19, 38))


def state() -> dict[str, Any]:
    [path] = (EXAMPLES / "nd30").glob("*.yaml")
    return dict(read_path(str(path)).data)


def found(data: dict[str, Any]) -> list[str]:
    """What the rules about signatures, recipients, subjects and headings find."""
    return [f.key for f in check(data) if f.rule in OURS]


def signed(
    authority: str | None, office: str, issuer: str = "Đảng ủy xã Mẫu", **more: str
) -> dict[str, Any]:
    data = put(sound(), "the_thuc.co_quan_ban_hanh", issuer)
    signature = {"quyen_han": authority, "chuc_vu": office, "ho_ten": "Nguyễn Văn A", **more}
    signature = {key: value for key, value in signature.items() if value is not None}
    return put(data, "the_thuc.nguoi_ky", signature)


def state_signed(authority: str | None, office: str, issuer: str = "Ủy ban nhân dân xã Mẫu") -> Any:
    data = state()
    signature = {"quyen_han": authority, "chuc_vu": office, "ho_ten": "Trần Thị B"}
    formalities = {
        **data["the_thuc"],
        "co_quan_ban_hanh": issuer,
        "nguoi_ky": {key: value for key, value in signature.items() if value is not None},
    }
    return {**data, "the_thuc": formalities}


PARTY_SIGNATURES = [
    # good
    ("T/M Ban Thường vụ", "Phó Bí thư", "Đảng ủy xã Mẫu", []),
    ("T/M Ban Thường vụ", "Phó Bí thư Thường trực", "Đảng uỷ xã Mẫu", []),
    ("T/M ĐẢNG UỶ", "BÍ THƯ", "Đảng ủy xã Mẫu", []),
    ("T/M Đảng ủy xã", "Bí thư", "Đảng ủy xã Mẫu", []),
    ("T/M BCH Đảng bộ xã", "Bí thư", "Đảng ủy xã Mẫu", []),
    ("T/M Ban Chấp hành Đảng bộ xã Mẫu", "Bí thư", "Đảng ủy xã Mẫu", []),
    ("T/M\nBan Chấp hành", "Bí thư", "Đảng ủy xã Mẫu", []),
    ("t/m Ban\u00a0Thường vụ", "Bí thư", "Đảng ủy xã Mẫu", []),
    ("T/M Ban Thường vụ\nQ. Bí thư", "Phó Bí thư", "Đảng ủy xã Mẫu", []),
    ("T/M Thường trực Đảng ủy", "Phó Bí thư", "Đảng ủy xã Mẫu", []),
    ("T/M Chi bộ", "Bí thư", "Chi bộ ấp 1", []),
    ("T/M Chi ủy", "Phó Bí thư", "Chi bộ ấp 1", []),
    ("T/M Ủy ban Kiểm tra", "Chủ nhiệm", "Ủy ban Kiểm tra Đảng ủy xã Mẫu", []),
    ("T/M Ban Thường vụ", "Bí thư", "Huyện ủy Mẫu", []),
    ("T/M Ban Thường vụ Huyện ủy", "Bí thư", "Huyện ủy Mẫu", []),
    ("T/L Ban Thường vụ", "Chánh Văn phòng", "Đảng ủy xã Mẫu", []),
    ("K/T Chánh Văn phòng", "Phó Chánh Văn phòng", "Văn phòng Đảng ủy xã Mẫu", []),
    (None, "Chánh Văn phòng", "Văn phòng Đảng ủy xã Mẫu", []),
    (None, "Trưởng ban", "Ban Xây dựng Đảng", []),
    ("TM. Ban Thường trực", "Chủ tịch", "Ủy ban Mặt trận Tổ quốc xã Mẫu", []),
    (None, "T/M Ban Chấp hành\nBí thư", "Đảng ủy xã Mẫu", []),
    ("T/M Đoàn Chủ tịch", "Trưởng đoàn", "Đại hội Đảng bộ xã Mẫu", []),
    # K/T
    ("K/T Bí thư", "Phó Bí thư", "Đảng ủy xã Mẫu", ["FMT019.cap_uy"]),
    ("KT. Bí thư", "Phó Bí thư", "Đảng ủy xã Mẫu", ["FMT019.cap_uy"]),
    ("KT.BÍ THƯ", "PHÓ BÍ THƯ", "Chi bộ ấp 1", ["FMT019.cap_uy"]),
    ("T/M Ban Thường vụ\nK/T Bí thư", "Phó Bí thư", "Đảng ủy xã Mẫu", ["FMT019.kem_tm"]),
    ("T/M Ban Thường vụ", "K/T Bí thư\nPhó Bí thư", "Đảng ủy xã Mẫu", ["FMT019.kem_tm"]),
    # forms
    ("TM. Ban Thường vụ", "Bí thư", "Đảng ủy xã Mẫu", ["FMT020.dang"]),
    ("TM Ban Thường vụ", "Bí thư", "Đảng ủy xã Mẫu", ["FMT020.dang"]),
    ("T.M. BAN THƯỜNG VỤ", "BÍ THƯ", "Đảng ủy xã Mẫu", ["FMT020.dang"]),
    ("T/M. Ban Thường vụ", "Bí thư", "Đảng ủy xã Mẫu", ["FMT020.dang"]),
    ("Thay mặt Ban Thường vụ", "Bí thư", "Đảng ủy xã Mẫu", ["FMT020.dang"]),
    ("T / M Ban Thường vụ", "Bí thư", "Đảng ủy xã Mẫu", ["FMT020.dang"]),
    ("T/M: Ban Thường vụ", "Bí thư", "Đảng ủy xã Mẫu", ["FMT020.dang"]),
    ("T-M Ban Thường vụ", "Bí thư", "Đảng ủy xã Mẫu", ["FMT020.dang"]),
    ("TL. Ban Thường vụ", "Chánh Văn phòng", "Đảng ủy xã Mẫu", ["FMT020.dang"]),
    ("KT. Chánh Văn phòng", "Phó Chánh Văn phòng", "Văn phòng Đảng ủy", ["FMT020.dang"]),
    ("TUQ. Ban Thường vụ", "Chánh Văn phòng", "Đảng ủy xã Mẫu", ["FMT020.khong_co"]),
    ("T/U Ban Thường vụ", "Chánh Văn phòng", "Đảng ủy xã Mẫu", ["FMT020.khong_co"]),
    ("T/MBan Thường vụ", "Bí thư", "Đảng ủy xã Mẫu", ["FMT020.dau_cach"]),
    # collectives
    ("T/M", "Bí thư", "Đảng ủy xã Mẫu", ["FMT021.thieu"]),
    ("T/M Bí thư", "Bí thư", "Đảng ủy xã Mẫu", ["FMT021.thieu"]),
    ("T/M Ban Thường vụ Huyện ủy", "Bí thư", "Đảng ủy xã Mẫu", ["FMT021.khac"]),
    ("T/M Ban Chấp hành Đảng bộ huyện", "Bí thư", "Đảng ủy xã Mẫu", ["FMT021.khac"]),
    ("T/M Đảng ủy xã Khác", "Bí thư", "Đảng ủy xã Mẫu", ["FMT021.khac"]),
    ("T/M Đảng ủy xã Mẫu", "Bí thư", "Đảng ủy xã Mẫu Sơn", []),
    ("T/M Thường trực Huyện ủy", "Phó Bí thư", "Đảng ủy xã Mẫu", ["FMT021.khac"]),
    ("T/M Tỉnh ủy", "Bí thư", "Huyện ủy Mẫu", ["FMT021.khac"]),
    ("T/M Chi bộ", "Bí thư", "Đảng ủy xã Mẫu", ["FMT021.khac"]),
    ("T/M Ban Thường vụ", "Bí thư", "Chi bộ ấp 1", ["FMT021.khac"]),
    ("T/M Ủy ban Kiểm tra", "Chủ nhiệm", "Đảng ủy xã Mẫu", ["FMT021.khac"]),
    ("TM. Ủy ban nhân dân", "Chủ tịch", "Đảng ủy xã Mẫu", ["FMT021.khac"]),
    # without T/M
    (None, "Bí thư", "Đảng ủy xã Mẫu", ["FMT022.thieu"]),
    ("Bí thư", "Bí thư", "Đảng ủy xã Mẫu", ["FMT022.thieu"]),
    ("Ban Thường vụ", "Bí thư", "Đảng ủy xã Mẫu", ["FMT022.thieu_chu"]),
    # offices
    ("T/M Ban Thường vụ", "Bí thư Đảng ủy", "Đảng ủy xã Mẫu", ["FMT023.co_quan"]),
    ("T/M Ban Thường vụ", "PHÓ BÍ THƯ ĐẢNG UỶ XÃ", "Đảng ủy xã Mẫu", ["FMT023.co_quan"]),
    ("T/M Chi bộ", "Bí thư Chi bộ", "Chi bộ ấp 1", ["FMT023.co_quan"]),
    ("T/M Ban Thường vụ", "Bí thư, Chủ tịch HĐND xã", "Đảng ủy xã Mẫu", ["FMT023.kiem"]),
    ("T/M Ban Thường vụ", "Phó Bí thư - Chủ tịch UBND xã", "Đảng ủy xã Mẫu", ["FMT023.kiem"]),
    ("T/M Ban Thường vụ", "Phó Bí thư kiêm Chủ tịch UBND xã", "Đảng ủy xã Mẫu", ["FMT023.kiem"]),
    ("T/M Ban Thường vụ", "Phó Bí thư TT Đảng ủy", "Đảng ủy xã Mẫu", ["FMT023.co_quan"]),
    ("T/M Ban Thường vụ", "Chánh Văn phòng", "Đảng ủy xã Mẫu", ["FMT025.can_tl"]),
    (None, "Chánh Văn phòng", "Đảng ủy xã Mẫu", ["FMT025.can_tl"]),
    ("T/L Ban Thường vụ", "Phó Bí thư", "Đảng ủy xã Mẫu", ["FMT025.can_tm"]),
    ("T/M Ban Thường vụ", "Chủ tịch UBND xã", "Đảng ủy xã Mẫu", ["FMT025.chuc_vu_nha_nuoc"]),
]


@pytest.mark.parametrize(("authority", "office", "issuer", "expected"), PARTY_SIGNATURES)
def test_party_signatures(
    authority: str | None, office: str, issuer: str, expected: list[str]
) -> None:
    assert found(signed(authority, office, issuer)) == expected


def test_choices_are_joined_in_the_language_spoken() -> None:
    for authority in ("T/M Huyện ủy", None):
        [finding] = [f for f in check(signed(authority, "Bí thư")) if f.rule in OURS]
        for lang, word in (("vi", "hoặc"), ("en", "or")):
            assert f"T/M BAN CHẤP HÀNH {word} T/M BAN THƯỜNG VỤ" in message(finding, lang)


def test_a_serving_body_below_its_committee() -> None:
    data = put(sound(), "the_thuc.co_quan_cap_tren", "Đảng ủy xã Mẫu")
    put(data, "the_thuc.co_quan_ban_hanh", "Văn phòng")
    for authority, expected in (
        ("K/T Chánh Văn phòng", []),
        ("KT. Chánh Văn phòng", ["FMT020.dang"]),
    ):
        put(data, "the_thuc.nguoi_ky.quyen_han", authority)
        assert found(put(data, "the_thuc.nguoi_ky.chuc_vu", "Phó Chánh Văn phòng")) == expected


GRAVITY = [
    # rule, authority, office: dang-hd36, dang-hd05
    ("FMT019", "K/T Bí thư", "Phó Bí thư", "warning", "warning"),
    ("FMT020", "TM. Ban Thường vụ", "Bí thư", "warning", "warning"),
    ("FMT020", "TL. Ban Thường vụ", "Chánh Văn phòng", "info", "warning"),
    ("FMT023", "T/M Ban Thường vụ", "Bí thư Đảng ủy", "info", "warning"),
    ("FMT025", "T/M Ban Thường vụ", "Chánh Văn phòng", "info", "warning"),
]


@pytest.mark.parametrize(("rule", "authority", "office", "old", "new"), GRAVITY)
def test_what_is_not_verified_is_only_information(
    rule: str, authority: str, office: str, old: str, new: str
) -> None:
    draft = from_mapping(signed(authority, office))
    for profile, expected in (("dang-hd36", old), ("dang-hd05", new)):
        [finding] = validate(draft, profile=profile, config={"select": [rule]}).findings
        assert finding.severity.value == expected
        assert finding.source is not None and finding.source.clause
        assert (finding.source.certainty.value == "C") == (expected == "info")


STATE_SIGNATURES = [
    ("TM. Ủy ban nhân dân", "Chủ tịch", []),
    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH", []),
    ("TM. Uỷ ban nhân dân\nKT. Chủ tịch", "Phó Chủ tịch", []),
    ("TM. UBND xã", "Q. Chủ tịch", []),
    ("TL. Chủ tịch", "Chánh Văn phòng", []),
    ("TUQ. Chủ tịch", "Trưởng phòng", []),
    (None, "Chủ tịch", []),
    ("KT. Chủ tịch", "Phó Chủ tịch", []),
    ("T/M Ủy ban nhân dân", "Chủ tịch", ["FMT020.nha_nuoc"]),
    ("TM Ủy ban nhân dân", "Chủ tịch", ["FMT020.nha_nuoc"]),
    ("K/T Chủ tịch", "Phó Chủ tịch", ["FMT020.nha_nuoc"]),
    ("Thừa uỷ quyền Chủ tịch", "Trưởng phòng", ["FMT020.nha_nuoc"]),
    ("TM.Ủy ban nhân dân", "Chủ tịch", ["FMT020.dau_cach"]),
    ("TM. Chủ tịch", "Phó Chủ tịch", ["FMT021.thieu"]),
    ("TM. Hội đồng nhân dân", "Chủ tịch", ["FMT021.khac"]),
    ("T/M Ban Chấp hành", "Bí thư", ["FMT021.khac"]),
    ("TM. Ủy ban nhân dân", "Chủ tịch Ủy ban nhân dân xã", ["FMT023.co_quan"]),
    ("TM. Ủy ban nhân dân", "Bí thư", ["FMT025.chuc_vu_dang"]),
    ("TM. Ủy ban nhân dân", "Chánh Văn phòng", ["FMT025.can_tl"]),
]


@pytest.mark.parametrize(("authority", "office", "expected"), STATE_SIGNATURES)
def test_state_signatures(authority: str | None, office: str, expected: list[str]) -> None:
    assert found(state_signed(authority, office)) == expected


NAMES = [
    ("Nguyễn Văn A", None),
    ("Ông Ích Khiêm", None),
    ("Ông Thị Hoa", None),
    ("Bá Thị Sĩ", None),
    ("Đồng Văn Chí", None),
    ("Thạch Sĩ Tân", None),
    ("Lý Cử Nhân", None),
    ("Đồng Chí Thành", None),
    ("Trung Tướng", None),
    ("ThS. Nguyễn Văn A", "FMT024.hoc_vi"),
    ("Ths Nguyễn Văn A", "FMT024.hoc_vi"),
    ("PGS.TS. Nguyễn Văn A", "FMT024.hoc_vi"),
    ("Thạc sĩ Nguyễn Văn A", "FMT024.hoc_vi"),
    ("Đại tá Nguyễn Văn A", "FMT024.hoc_vi"),
    ("Thượng uý Nguyễn Văn A", "FMT024.hoc_vi"),
    ("Đồng chí Đại tá Nguyễn Văn A", "FMT024.hoc_vi"),
    ("Đ/c Nguyễn Văn A", "FMT024.xung_ho"),
    ("Đồng chí Nguyễn Văn A", "FMT024.xung_ho"),
    ("Ông Nguyễn Văn A", "FMT024.xung_ho"),
    ("BÀ TRẦN THỊ B", "FMT024.xung_ho"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_names_of_signers(name: str, expected: str | None) -> None:
    assert found(put(sound(), "the_thuc.nguoi_ky.ho_ten", name)) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("issuer", "name", "expected"),
    [
        ("Ủy ban nhân dân xã Mẫu", "Trung tá Nguyễn Văn A", ["FMT024.hoc_vi"]),
        ("Công an xã Mẫu", "Trung tá Nguyễn Văn A", []),
        ("Trạm Y tế xã Mẫu", "BS. Nguyễn Văn A", []),
        ("Trường Tiểu học Mẫu", "Bà Nguyễn Thị B", ["FMT024.xung_ho"]),
    ],
)
def test_ranks_and_degrees_where_the_sector_rules(
    issuer: str, name: str, expected: list[str]
) -> None:
    data = state_signed(None, "Chủ tịch", issuer)
    data["the_thuc"]["nguoi_ky"]["ho_ten"] = name
    assert [key for key in found(data) if key.startswith("FMT024")] == expected


SUBJECTS = [
    ("sơ kết công tác 9 tháng đầu năm 2023", []),
    ("về công tác xây dựng Đảng", []),
    ("Nghị quyết số 18-NQ/TW và việc thực hiện", []),
    ("Đảng bộ xã lãnh đạo thực hiện nhiệm vụ", []),
    ("9 tháng đầu năm 2023", []),
    ("công tác báo cáo viên", []),
    ("báo cáo viên và công tác tuyên truyền miệng", []),
    ("tình hình vận động, ủng hộ, v.v.", []),
    ("công tác bảo vệ bí mật nhà nước, các việc khẩn cấp", []),
    ("Sơ kết công tác 9 tháng đầu năm 2023", ["FMT026.viet_hoa"]),
    ("Về công tác xây dựng Đảng", ["FMT026.viet_hoa"]),
    ("Quý III năm 2023", ["FMT026.viet_hoa"]),
    ("Tháng Thanh niên năm 2023", []),
    ("SƠ KẾT CÔNG TÁC XÂY DỰNG ĐẢNG", ["FMT026.in_hoa"]),
    ("Báo cáo sơ kết công tác 9 tháng đầu năm 2023", ["FMT027.ten_loai"]),
    ("V/v sơ kết công tác 9 tháng đầu năm 2023", ["FMT027.vv"]),
    ("sơ kết công tác 9 tháng đầu năm 2023.", ["FMT027.dau_cuoi"]),
    ("sơ kết công tác 9 tháng đầu năm 2023./.", ["FMT027.dau_cuoi"]),
    ("KHẨN: sơ kết công tác 9 tháng đầu năm 2023", ["FMT037.khan"]),
    ("Mật: sơ kết công tác", ["FMT037.mat"]),
    ("Hoả tốc - sơ kết công tác", ["FMT037.khan"]),
    ("(HOẢ TỐC) sơ kết công tác 9 tháng đầu năm 2023", ["FMT037.khan"]),
    ("sơ kết công tác 9 tháng đầu năm 2023 (Mật)", ["FMT037.mat"]),
    ("sơ kết công tác 9 tháng đầu năm 2023 - TỐI MẬT", ["FMT037.mat"]),
]


@pytest.mark.parametrize(("subject", "expected"), SUBJECTS)
def test_subjects(subject: str, expected: list[str]) -> None:
    assert found(put(sound(), "the_thuc.trich_yeu", subject)) == expected


def test_a_topic_is_a_subject_too() -> None:
    data = put(sound(), "ky_bao_cao.loai_ky", "chuyen_de")
    for topic, expected in (
        ("sơ kết 5 năm thực hiện Nghị quyết số 18-NQ/TW", []),
        ("5 năm thực hiện Nghị quyết số 18-NQ/TW", []),
        ("Sơ kết 5 năm thực hiện Nghị quyết số 18-NQ/TW", ["FMT026.viet_hoa"]),
        ("báo cáo sơ kết 5 năm thực hiện Nghị quyết số 18-NQ/TW", ["FMT027.ten_loai"]),
    ):
        assert found(put(data, "ky_bao_cao.chuyen_de", topic)) == expected


def test_a_state_subject_begins_with_a_capital() -> None:
    data = state()
    for subject, expected in (
        ("Sơ kết tình hình kinh tế - xã hội 9 tháng đầu năm 2023", []),
        ("Báo cáo sơ kết tình hình kinh tế - xã hội", ["FMT027.ten_loai"]),
        ("V/v tình hình kinh tế - xã hội", ["FMT027.vv"]),
    ):
        assert found({**data, "the_thuc": {**data["the_thuc"], "trich_yeu": subject}}) == expected


ARCHIVE = "Lưu Văn phòng Đảng ủy"
RECIPIENTS = [
    (["Các chi bộ", ARCHIVE], []),
    (["Trung tâm Lưu trữ lịch sử tỉnh", "Lưu trữ lịch sử tỉnh", ARCHIVE], []),
    (["Các chi bộ", "Văn phòng Đảng ủy (lưu)"], []),
    (["Ủy ban nhân dân xã", "Hội đồng nhân dân xã", "Lưu"], []),
    (["Các đơn vị, v.v.", "Lưu VPĐU"], []),
    (["Các chi bộ"], ["FMT028.thieu"]),
    ([ARCHIVE, "Các chi bộ"], ["FMT028.khong_cuoi"]),
    (["Lưu Chi bộ", "Các chi bộ", ARCHIVE], ["FMT028.nhieu"]),
    (["Các chi bộ", "Lưu: VT"], ["FMT029.dang"]),
    (["Các chi bộ", "Lưu VT, VPĐU"], ["FMT029.dang"]),
    (["Các chi bộ", "Lưu: Văn phòng Đảng ủy"], ["FMT029.dang"]),
    (["- Các chi bộ", ARCHIVE], ["FMT030.dau"]),
    (["Các chi bộ;", ARCHIVE], ["FMT030.dau"]),
    (["Các chi bộ", f"- {ARCHIVE}."], ["FMT030.dau"]),
    (["Như trên", ARCHIVE], ["FMT030.nhu_tren"]),
    (["Đ/c Bí thư", "Đồng chí Bí thư", ARCHIVE], ["FMT031.lap"]),
    (["Các chi bộ", "Lưu văn thư"], []),
    (["UBND xã", "Uỷ ban nhân dân xã", ARCHIVE], ["FMT031.lap"]),
    (["Đồng chí Bí thư", "Bí thư (để báo cáo)", ARCHIVE], ["FMT031.lap"]),
]


@pytest.mark.parametrize(("recipients", "expected"), RECIPIENTS)
def test_recipients(recipients: list[str], expected: list[str]) -> None:
    assert found(put(sound(), "the_thuc.noi_nhan", recipients)) == expected


STATE_RECIPIENTS = [
    (["Như trên", "Lưu: VT"], []),
    (["Các ấp", "Lưu: VT, VP (05 bản)"], []),
    (["Các ấp", "Lưu : VT, TCKT"], []),
    (["Các ấp", "Lưu VT"], ["FMT029.nha_nuoc"]),
    (["Các ấp", "Lưu: VP"], ["FMT029.nha_nuoc"]),
    (["Các ấp", "Lưu Văn phòng Đảng ủy"], ["FMT029.nha_nuoc"]),
    (["Các ấp"], ["FMT028.thieu"]),
]


@pytest.mark.parametrize(("recipients", "expected"), STATE_RECIPIENTS)
def test_state_recipients(recipients: list[str], expected: list[str]) -> None:
    data = state()
    assert found({**data, "the_thuc": {**data["the_thuc"], "noi_nhan": recipients}}) == expected


def test_equal_recipients_are_told_once() -> None:
    data = put(sound(), "the_thuc.noi_nhan", ["Các chi bộ", "Các chi bộ", ARCHIVE])
    assert [f.rule for f in check(data)] == ["SCH009"]


HEADINGS = [
    ("Công tác dân vận", None),
    ("5 năm thực hiện Nghị quyết số 18-NQ/TW", None),
    ("15-NQ/TW và kết quả thực hiện", None),
    ("30/4 và 01/5", None),
    ("6 - 9 tháng đầu năm", None),
    ("19/19 tiêu chí", None),
    ("1.246 hộ nghèo", None),
    ("2021-2025: kết quả", None),
    ("V. I. Lê-nin và Việt Nam", None),
    ("C. Mác và Ph. Ăng-ghen", None),
    ("Mục tiêu và kết quả", None),
    ("3 đột phá, 5 nhiệm vụ", None),
    ("Dân vận khéo: kết quả", None),
    ("Mô hình, cách làm hay, v.v.", None),
    ("Phong trào thi đua...", None),
    ("Việc cần làm khẩn trương", None),
    ("BẢO VỆ BÍ MẬT NHÀ NƯỚC", None),
    ("1. Công tác dân vận", "FMT034.so_thu_tu"),
    ("1.Công tác dân vận", "FMT034.so_thu_tu"),
    ("2.1. Công tác dân vận", "FMT034.so_thu_tu"),
    ("2.1 Công tác dân vận", "FMT034.so_thu_tu"),
    ("1- Công tác dân vận", "FMT034.so_thu_tu"),
    ("1/ Công tác dân vận", "FMT034.so_thu_tu"),
    ("05) Công tác dân vận", "FMT034.so_thu_tu"),
    ("I- CÔNG TÁC DÂN VẬN", "FMT034.so_thu_tu"),
    ("II. Công tác dân vận", "FMT034.so_thu_tu"),
    ("IV.- Công tác dân vận", "FMT034.so_thu_tu"),
    ("a) Công tác dân vận", "FMT034.so_thu_tu"),
    ("đ. Công tác dân vận", "FMT034.so_thu_tu"),
    ("A. Công tác dân vận", "FMT034.so_thu_tu"),
    ("- Công tác dân vận", "FMT034.so_thu_tu"),
    ("Phần thứ nhất: Công tác dân vận", "FMT034.so_thu_tu"),
    ("Mục 2. Công tác dân vận", "FMT034.so_thu_tu"),
    ("(1) Công tác dân vận", "FMT034.so_thu_tu"),
    ("a/ Công tác dân vận", "FMT034.so_thu_tu"),
    ("-Công tác dân vận", "FMT034.so_thu_tu"),
    ("Phần II Công tác dân vận", "FMT034.so_thu_tu"),
    ("Phần thứ nhất của chương trình", None),
    ("Mục tiêu: Kết quả", None),
    ("Công tác dân vận.", "FMT035.dau_cuoi"),
    ("Công tác dân vận:", "FMT035.dau_cuoi"),
    ("Công tác dân vận ;", "FMT035.dau_cuoi"),
    ("Công tác dân vận (MẬT)", "FMT037.mat"),
    ("KHẨN: Công tác dân vận", "FMT037.khan"),
]


@pytest.mark.parametrize(("heading", "expected"), HEADINGS)
def test_headings(heading: str, expected: str | None) -> None:
    own = {"tieu_de": heading, "noi_dung": "Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân."}
    data = put(sound(), "ket_qua.xay_dung_dang.dan_van", own)
    assert found(data) == ([expected] if expected else [])


def test_leads_may_run_into_their_text() -> None:
    items = [{"tieu_de": lead, "noi_dung": "Có 02 cuộc."} for lead in ("Đối thoại:", "Thăm hỏi.")]
    assert found(put(sound(), "ket_qua.xay_dung_dang.dan_van", items)) == []
    items[1]["tieu_de"] = "b) Thăm hỏi"
    assert found(put(sound(), "ket_qua.xay_dung_dang.dan_van", items)) == ["FMT034.so_thu_tu"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Khẩn", []),
        ("THƯỢNG KHẨN", []),
        ("Hoả tốc", []),
        ("hỏa tốc", []),
        ("Thượng khan", ["FMT036.gan_dung"]),
        ("Hỏa tốc hẹn giờ", ["FMT036.gan_dung"]),
        ("Gấp", ["FMT036.la"]),
        ("Mật", ["FMT036.do_mat"]),
    ],
)
def test_urgency(typed: str, expected: list[str]) -> None:
    assert found(put(sound(), "the_thuc.do_khan", typed)) == expected


OPENINGS = [
    ("Đảng ủy báo cáo kết quả 9 tháng, có 02 văn bản (MẬT) được bảo quản riêng.", []),
    ("Khẩn trương thực hiện chương trình, Đảng ủy xã báo cáo kết quả 9 tháng đầu năm 2023.", []),
    ("MẬT. Đảng ủy xã báo cáo kết quả 9 tháng đầu năm 2023.", ["FMT037.mat"]),
    ("[KHẨN] Đảng ủy xã báo cáo kết quả 9 tháng đầu năm 2023.", ["FMT037.khan"]),
    ("Độ khẩn: Khẩn. Đảng ủy xã báo cáo kết quả 9 tháng đầu năm 2023.", ["FMT037.khan"]),
]


@pytest.mark.parametrize(("opening", "expected"), OPENINGS)
def test_openings(opening: str, expected: list[str]) -> None:
    assert found(put(sound(), "mo_dau", opening)) == expected


def test_closing_marks() -> None:
    text = "Các đoàn thể kết nạp 86 đoàn viên{}"
    for mark, expected in (
        (".", []),
        ("./.", ["FMT032.dang"]),
        (" ./.", ["FMT032.dang"]),
        ("/.", ["FMT032.dang"]),
    ):
        assert found(put(sound(), "ket_qua.mat_tran_doan_the", text.format(mark))) == expected
    data = state()
    assert found({**data, "kien_nghi": "Đề nghị Ủy ban nhân dân huyện bố trí vốn./."}) == []
    middle = {**data["ket_qua"], "noi_chinh": "Ủy ban nhân dân xã tiếp nhận 12 đơn./."}
    assert found({**data, "ket_qua": middle}) == ["FMT032.giua"]


def labelled(**labels: str) -> dict[str, Any]:
    data = sound()
    for place, label in labels.items():
        own = {"nhan": label, "noi_dung": "Đảng ủy đã thực hiện 02 cuộc theo chương trình."}
        put(data, f"ket_qua.xay_dung_dang.{place}", own)
    return data


def test_one_style_of_headings() -> None:
    assert found(labelled(chinh_tri_tu_tuong="1", to_chuc="2.")) == []
    assert found(labelled(to_chuc="2-")) == ["FMT033.lech"]
    assert found(labelled(to_chuc="2)")) == ["FMT033.lech"]
    # Other headings of the level are printed "1.".
    assert found(labelled(to_chuc="2-", dang_vien="3 –")) == ["FMT033.lech"] * 2


def test_own_roman_labels_follow_the_style_chosen() -> None:
    data = sound()
    own = {"nhan": "II.", "noi_dung": "Các đoàn thể kết nạp 86 đoàn viên."}
    put(data, "ket_qua.mat_tran_doan_the", own)
    assert found(data) == ["FMT033.lech"]
    assert found(put(data, "the_thuc.trinh_bay", {"kieu_muc": "I."})) == []


def test_a_body_of_the_other_side_is_told_once() -> None:
    data = state()
    formalities = {k: v for k, v in data["the_thuc"].items() if k != "bo_the_thuc"}
    assert [f.rule for f in check({**data, "the_thuc": formalities}) if f.rule > "FMT"][:1] == [
        "FMT003"
    ]
    assert found({**data, "the_thuc": formalities}) == []


BASE = (EXAMPLES / "bao-cao-so-ket" / "toi-thieu.yaml").read_text("utf-8")
MENDED = [
    ("quyen_han: T/M Ban Chấp hành", "quyen_han: TM. Ban Chấp hành"),
    ("quyen_han: T/M Ban Chấp hành", "quyen_han: T/MBan Chấp hành"),
    ("quyen_han: T/M Ban Chấp hành", "quyen_han: thay mặt Ban Chấp hành"),
    ("quyen_han: T/M Ban Chấp hành", "quyen_han: Ban Chấp hành"),
    ("chuc_vu: Bí thư", "chuc_vu: Bí thư Đảng ủy xã Mẫu"),
    ("ho_ten: Nguyễn Văn A", "ho_ten: PGS.TS. Nguyễn Văn A"),
    ("ho_ten: Nguyễn Văn A", "ho_ten: Đồng chí Nguyễn Văn A"),
    ("- Lưu Văn phòng Đảng ủy", "- Lưu VT, Văn phòng Đảng ủy."),
    ("- Các chi bộ trực thuộc Đảng ủy xã", "- Các chi bộ trực thuộc Đảng ủy xã;"),
    ("- Các chi bộ trực thuộc Đảng ủy xã", "- + Các chi bộ trực thuộc Đảng ủy xã ,"),
]


def mended(source: str) -> str:
    """The source with the fixes of these rules applied, the last place first."""
    lines = source.split("\n")
    findings = [f for f in validate(read_text(source)).findings if f.rule in OURS]
    edits = [edit for finding in findings if finding.fix for edit in finding.fix.edits]
    for edit in sorted(edits, key=lambda e: e.span, reverse=True):
        line = lines[edit.span.line - 1]
        lines[edit.span.line - 1] = (
            line[: edit.span.column - 1] + edit.text + line[edit.span.end_column - 1 :]
        )
    return "\n".join(lines)


@pytest.mark.parametrize(("right", "wrong"), MENDED)
def test_fixes_of_formalities(right: str, wrong: str) -> None:
    source = BASE.replace(right, wrong)
    assert source != BASE
    assert mended(source) == BASE


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("trich_yeu: Sơ kết công tác", "trich_yeu: sơ kết công tác"),
        ("trich_yeu: Báo cáo Sơ kết công tác", "trich_yeu: sơ kết công tác"),
        ("trich_yeu: V/v sơ kết công tác", "trich_yeu: về việc sơ kết công tác"),
        ("trich_yeu: V/v việc sơ kết công tác", "trich_yeu: về việc sơ kết công tác"),
        ("trich_yeu: sơ kết công tác.", "trich_yeu: sơ kết công tác"),
        ("do_khan: khan", "do_khan: Khẩn"),
    ],
)
def test_fixes_of_subject_and_urgency(wrong: str, right: str) -> None:
    place = "  dia_danh: Xã Mẫu"
    assert mended(BASE.replace(place, f"{place}\n  {wrong}")) == BASE.replace(
        place, f"{place}\n  {right}"
    )


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("tieu_de: 5. Công tác dân vận", "tieu_de: Công tác dân vận"),
        ("tieu_de: I- Công tác dân vận", "tieu_de: Công tác dân vận"),
        ("tieu_de: Công tác dân vận.", "tieu_de: Công tác dân vận"),
        ('nhan: "5-"', 'nhan: "5."'),
    ],
)
def test_fixes_of_headings(wrong: str, right: str) -> None:
    start = BASE.index("    dan_van: |")
    end = BASE.index("  mat_tran_doan_the:")
    shape = "    dan_van:\n      {}\n      noi_dung: Có 02 cuộc đối thoại.\n"
    source = BASE[:start] + shape.format(wrong) + BASE[end:]
    assert mended(source) == BASE[:start] + shape.format(right) + BASE[end:]


def test_places_of_remarks() -> None:
    data = signed("T/M Ban Thường vụ", "Bí thư Đảng ủy")
    assert marked(data, "FMT023") == [("FMT023.co_quan", " Đảng ủy")]
    data = signed("TM. Ban Thường vụ", "Bí thư")
    assert marked(data, "FMT020") == [("FMT020.dang", "TM.")]
