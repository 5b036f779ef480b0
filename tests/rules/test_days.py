"""Days without a year, and days that may be read both ways."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kit import check, marked, prose, put, sound

TERM = {
    "loai_ky": "giua_nhiem_ky",
    "tu_ngay": "01/01/2021",
    "den_ngay": "30/6/2023",
    "nhiem_ky": "2020-2025",
}


def of_a_term(text: Any) -> dict[str, Any]:
    """A report of two and a half years, issued 05/7/2023."""
    data = put(sound(), "ket_qua.xay_dung_dang.dan_van", text)
    put(data, "ky_bao_cao", dict(TERM))
    put(data, "danh_gia.bai_hoc", "Giữ vững đoàn kết.")
    put(data, "chi_tieu", [{"ma": "CT1", "ten": "Kết nạp", "don_vi": "người"}])
    return put(data, "the_thuc.ngay_ban_hanh", "05/7/2023")


def words(data: dict[str, Any], rule: str) -> list[str]:
    return [text for _, text in marked(data, rule)]


# In a report of nine months of 2023, issued 09/10/2023.
AFTER_THE_REPORT = [
    ("Chiều ngày 28/12, Đảng ủy tổ chức hội nghị.", ["ngày 28/12"]),
    ("Đảng ủy họp ngày 28 tháng 12.", ["ngày 28 tháng 12"]),
    ("NGÀY 15/12 ĐẠI HỘI", ["NGÀY 15/12"]),
    ("Sáng 15/12, hai chi bộ đối thoại.", ["Sáng 15/12"]),
    ("Các ngày 05, 06/12, hai ấp họp dân.", ["ngày 05, 06/12"]),
    ("Đêm 14.12 xảy ra 01 vụ trộm.", ["Đêm 14.12"]),
    ("Ngày 15/11, thực hiện Nghị quyết số 18-NQ/TW, ngày 25/10/2017.", ["Ngày 15/11"]),
    ("Đảng ủy họp ngày 28-12, có 86 người dự.", ["ngày 28-12"]),
    ("Lễ ra mắt mô hình đã diễn ra; hai ấp họp vào 16/11, rất đông.", ["vào 16/11"]),
    ("Ngày 05-12 họp dân; ngày 28-12-2022 tổng kết.", []),
    # The year of the period, a day to come, a year beside it.
    ("Chiều ngày 09/10, Đảng ủy tổ chức hội nghị.", []),
    ("Ngày 03/6 và ngày 30 tháng 9, hai ấp họp dân.", []),
    ("Dự kiến ngày 28/12 tổng kết.", []),
    ("Hồ sơ xong trước ngày 28/12.", []),
    ("Đến hết ngày 15/12 nhận đơn.", []),
    ("Ngày 28/12 tới sẽ tổng kết.", []),
    ("Ngày 28/12 năm 2022, Đảng ủy tổng kết.", []),
    ("Ngày 28 tháng 12, năm 2022 tổng kết.", []),
    ("Từ ngày 25/12 đến ngày 31/12/2022 rà soát.", []),
    ("Từ ngày 25/9/2022 đến ngày 28/12, rà soát.", []),
    ("Năm 2022, ngày 15/12 xã được công nhận.", []),
    ("Tháng 12/2022, ngày 15/12 họp.", []),
    ("Ngày 15/12 năm ngoái, xã được công nhận.", []),
    ("Ngày 20/11, thăm giáo viên; đợt 7/11 trao Huy hiệu.", []),
    ("Kỷ niệm ngày 24/12, các ấp treo cờ.", []),
    ("Mỗi ngày 2/12 hộ được đến thăm; 3 ngày 9 tháng 11 đợt.", []),
    ("Sáng 11/12 hộ dự họp.", []),
    ("Ngày 15/12/2022 và 15-12-2022.", []),
    ("Ngày 45/12, ngày 31/11.", []),
    ("Mức 17/19 tiêu chí, 10/12 nội dung.", []),
]


@pytest.mark.parametrize(("text", "expected"), AFTER_THE_REPORT)
def test_a_day_after_the_report_needs_its_year(text: str, expected: list[str]) -> None:
    assert words(prose(text), "DAT010") == expected


def test_in_the_part_on_the_period_ahead_the_next_such_day_is_meant() -> None:
    data = put(sound(), "phuong_huong.muc_tieu", "Ngày 28/12 tổng kết năm; ngày 15/01 họp.")
    assert check(data, "DAT010") == []


def test_the_last_day_counts_when_the_day_of_issue_is_not_known() -> None:
    data = prose("Ngày 25/10 họp. Ngày 02/12 họp.")
    put(data, "the_thuc.ngay_ban_hanh", "10/2023")
    assert words(data, "DAT010") == ["Ngày 02/12"]


IN_A_TERM = [
    ("Chiều ngày 09/10, Đảng ủy tổ chức hội nghị.", ["ngày 09/10"]),
    (
        "Ngày 12 tháng 6 và ngày 05 tháng 8, Đảng ủy đối thoại.",
        ["Ngày 12 tháng 6", "ngày 05 tháng 8"],
    ),
    ("Nghị quyết số 05-NQ/ĐU ngày 01/11 của Đảng ủy.", ["ngày 01/11"]),
    ("Lễ ra mắt được tổ chức tại ấp 2 ngày 12/4.", ["ngày 12/4"]),
    ("Chi bộ được thành lập ngày 15 tháng 6.", ["ngày 15 tháng 6"]),
    ("Hội thi diễn ra ngày 05/7; đại hội họp sáng 14/5.", ["ngày 05/7", "sáng 14/5"]),
    ("Ngày hội Đại đoàn kết ngày 17/11 ở các ấp; lễ hội đình ngày 15/01.", []),
    ("Năm 2021 có nhiều việc. Ngày 16/5, bầu cử.", []),
    ("Ngày 12/5 và ngày 16/5/2021, hai ấp họp.", []),
    ("Hằng năm, vào ngày 12/6, các ấp họp dân.", []),
    ("Ngày 10 tháng 3 âm lịch, các ấp giỗ Tổ.", []),
    ("Ngày 27/7, thăm gia đình có công.", []),
    ([{"tieu_de": "Năm 2022", "noi_dung": "Ngày 12/6, sơ kết."}], []),
    ([{"tieu_de": "Mô hình", "noi_dung": "Ngày 12/6, sơ kết."}], ["Ngày 12/6"]),
]


@pytest.mark.parametrize(("text", "expected"), IN_A_TERM)
def test_a_report_of_several_years_gives_the_year(text: Any, expected: list[str]) -> None:
    found = marked(of_a_term(text), "DAT010")
    assert [words for _, words in found] == expected
    assert {key for key, _ in found} <= {"DAT010.khong_ro"}


BOTH_WAYS = [
    ("Hội nghị được tổ chức ngày 05/12/2023.", ["05/12/2023"]),
    ("Hội nghị họp 5-12-2023, xong trong ngày.", ["5-12-2023"]),
    ("Ngày 01.11.2023, chi bộ ấp 1 họp.", ["01.11.2023"]),
    ("Tính đến ngày 08/12/2023, mọi ý kiến đã được trả lời.", ["08/12/2023"]),
    ("Từ ngày 02/12/2023 đến hết ngày 15/4/2023, các ấp tiếp tục vận động.", ["02/12/2023"]),
    ("Các ấp đăng ký từ ngày 01/11/2023 đến ngày 20/12/2023.", []),
    # Sense as it stands, no sense either way, or still to come.
    ("Hội nghị ngày 12/05/2023.", []),
    ("Hội nghị ngày 12/11/2023.", []),
    ("Hội nghị ngày 13/12/2023.", []),
    ("Hội nghị ngày 12/12/2023.", []),
    ("Hội nghị ngày 05/12/2022.", []),
    ("Dự kiến ngày 05/12/2023 họp.", []),
    ("Nộp hồ sơ đến ngày 05/12/2023.", []),
    ("Có hiệu lực từ ngày 01/12/2023.", []),
    ("Số 05/12/2023/NQ.", []),
]


@pytest.mark.parametrize(("text", "expected"), BOTH_WAYS)
def test_exchanged_day_and_month(text: str, expected: list[str]) -> None:
    assert words(prose(text), "DAT011") == expected


def test_a_day_padded_alone_is_written_by_hand() -> None:
    data = put(put(sound(), "ky_bao_cao.loai_ky", "sau_thang"), "ky_bao_cao.den_ngay", "30/6/2023")
    put(put(data, "the_thuc.ngay_ban_hanh", "12/6/2023"), "ky_bao_cao.ngay_chot_so_lieu", None)
    where = "ket_qua.xay_dung_dang.dan_van"
    assert words(put(data, where, "Bàn giao hồ sơ từ ngày 01/07/2023."), "DAT011")
    assert not words(put(data, where, "Bàn giao hồ sơ từ ngày 01/7/2023."), "DAT011")


def test_the_year_of_2020_reviewed_in_january() -> None:
    """The published report: signed in January 2021, with a date of April."""
    data = prose("Hội nghị tổng kết được tổ chức ngày 01/04/2021.")
    put(data, "ky_bao_cao", {"loai_ky": "nam", "tu_ngay": "01/01/2020", "den_ngay": "31/12/2020"})
    put(data, "the_thuc.ngay_ban_hanh", "06/01/2021")
    put(data, "danh_gia.bai_hoc", "Giữ vững đoàn kết.")
    put(data, "chi_tieu", [{"ma": "CT1", "ten": "Kết nạp", "don_vi": "người"}])
    [finding] = check(data, "DAT011")
    assert finding.args == {"ngay": "01/04/2021", "dung": "04/01/2021"}


@pytest.mark.parametrize(
    ("deadline", "meant"),
    [
        ("12/05/2023", "05/12/2023"),
        ("10/6/2023", "06/10/2023"),
        ("05/12/2023", None),
        ("05/07/2023", None),
        ("15/6/2023", None),
        ("12/2023", None),
        ("2023-05-12", None),
        ("thuong_xuyen", None),
    ],
)
def test_deadlines_before_the_end_of_the_period(deadline: str, meant: str | None) -> None:
    task = {"noi_dung": "Họp dân.", "chu_tri": "Các chi bộ", "thoi_han": deadline}
    found = check(put(sound(), "phuong_huong.nhiem_vu", [task]), "DAT011")
    assert [f.args["dung"] for f in found] == ([meant] if meant else [])
