"""The rules about the period and the date of issue, kind by kind."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kit import check, marked, put, sound


def report(kind: str, start: str, end: str, issued: str | None = None, **more: Any) -> Any:
    data = put(sound(), "ky_bao_cao", {"loai_ky": kind, "tu_ngay": start, "den_ngay": end, **more})
    put(data, "the_thuc.ngay_ban_hanh", issued)
    return data


def found(data: Any) -> list[tuple[str, str]]:
    return [(f.key, f.pointer.rsplit("/", 1)[1]) for f in check(data, "DAT")]


PERIODS = [
    ("thang", "01/5/2023", "31/5/2023", []),
    ("thang", "2024-02-01", "2024-02-29", []),
    ("thang", "01/5/2023", "30/6/2023", [("DAT002.khac_khoang", "den_ngay")]),
    ("thang", "02/5/2023", "31/5/2023", [("DAT002.khac_khoang", "tu_ngay")]),
    ("thang", "02/5/2023", "30/5/2023", [("DAT002.khac_khoang", "loai_ky")]),
    ("quy", "01/01/2023", "31/3/2023", []),
    ("quy", "01/10/2023", "31/12/2023", []),
    ("quy", "01/01/2023", "30/6/2023", [("DAT002.khac_khoang", "den_ngay")]),
    ("quy", "01/6/2023", "30/6/2023", [("DAT002.khac_khoang", "tu_ngay")]),
    ("sau_thang", "01/01/2023", "30/6/2023", []),
    ("sau_thang", "01/01/2023", "30/9/2023", [("DAT002.khac_khoang", "den_ngay")]),
    ("chin_thang", "01/01/2023", "30/9/2023", []),
    ("chin_thang", "01/02/2023", "30/9/2023", [("DAT002.khac_khoang", "tu_ngay")]),
    ("chin_thang", "01/7/2023", "31/12/2023", [("DAT002.khac_khoang", "loai_ky")]),
    ("chin_thang", "01/10/2023", "30/9/2023", [("DAT001.nguoc", "tu_ngay")]),
    ("chin_thang", "01/01/2023", "01/01/2023", [("DAT001.nguoc", "den_ngay")]),
    ("n_thang", "01/01/2023", "31/7/2023", []),
    ("n_thang", "01/01/2023", "30/7/2023", [("DAT002.khac_khoang", "den_ngay")]),
    ("n_thang", "01/02/2023", "31/7/2023", [("DAT002.khac_khoang", "tu_ngay")]),
    ("n_thang", "01/01/2023", "31/12/2023", [("DAT002.tron_nam", "loai_ky")]),
    ("nam", "01/01/2023", "31/12/2023", []),
    ("nam", "01/01/2022", "31/12/2023", [("DAT001.khac_nam", "den_ngay")]),
    ("nam", "15/12/2022", "14/12/2023", [("DAT001.khac_nam", "den_ngay")]),
]


@pytest.mark.parametrize(("kind", "start", "end", "expected"), PERIODS)
def test_span_of_each_kind(kind: str, start: str, end: str, expected: list[Any]) -> None:
    assert found(report(kind, start, end)) == expected


@pytest.mark.parametrize(
    ("year", "issued", "key"),
    [
        (2023, None, "tu_ngay"),
        (2022, None, "den_ngay"),
        (None, "09/10/2023", "tu_ngay"),
        (None, "10/2023", "tu_ngay"),
        (None, None, "den_ngay"),
        (2021, None, "den_ngay"),
    ],
)
def test_the_odd_year_is_the_one_that_nothing_else_supports(
    year: int | None, issued: str | None, key: str
) -> None:
    more = {} if year is None else {"nam": year}
    data = report("chin_thang", "01/01/2022", "30/9/2023", issued, **more)
    assert found(data) == [("DAT001.khac_nam", key)]


@pytest.mark.parametrize("kind", ["giua_nhiem_ky", "nhiem_ky"])
def test_reports_of_a_term_span_years(kind: str) -> None:
    data = report(kind, "01/6/2020", "31/12/2022", "05/5/2023", nhiem_ky="2020-2025", nam=2022)
    assert found(data) == []
    data = report(kind, "01/6/2023", "31/12/2022", nhiem_ky="2020-2025")
    assert found(data) == [("DAT001.nguoc", "den_ngay")]


def test_thematic_reports_are_free() -> None:
    topic = "5 năm thực hiện Nghị quyết số 18-NQ/TW, ngày 25/10/2017"
    data = report("chuyen_de", "25/10/2017", "25/10/2022", "19/9/2025", chuyen_de=topic)
    put(data, "ky_toi", {"tu_ngay": "01/01/2026", "den_ngay": "31/12/2030"})
    put(data, "the_thuc.trich_yeu", "sơ kết 5 năm thực hiện Nghị quyết năm 2017")
    assert found(data) == []


NEXT = [
    # kind, start, end, next period, expected
    ("thang", "01/5/2023", "31/5/2023", {"tu_ngay": "01/6/2023", "den_ngay": "30/6/2023"}, []),
    ("thang", "01/12/2023", "31/12/2023", {"tu_ngay": "01/01/2024"}, []),
    ("quy", "01/01/2023", "31/3/2023", {"den_ngay": "30/6/2023"}, []),
    ("nam", "01/01/2023", "31/12/2023", {"tu_ngay": "01/01/2024", "den_ngay": "31/12/2024"}, []),
    ("n_thang", "01/01/2023", "31/7/2023", {"tu_ngay": "01/8/2023"}, []),
    ("quy", "01/01/2023", "31/3/2023", {"den_ngay": "31/12/2023"}, ["den_ngay"]),
    ("nam", "01/01/2023", "31/12/2023", {"tu_ngay": "01/02/2024"}, ["tu_ngay"]),
    (
        "chin_thang",
        "01/01/2023",
        "30/9/2023",
        {"tu_ngay": "01/7/2023", "den_ngay": "30/11/2023"},
        ["tu_ngay"],
    ),
]


@pytest.mark.parametrize(("kind", "start", "end", "ahead", "keys"), NEXT)
def test_next_period(
    kind: str, start: str, end: str, ahead: dict[str, str], keys: list[str]
) -> None:
    data = put(report(kind, start, end), "ky_toi", ahead)
    assert found(data) == [("DAT003.khong_noi_tiep", key) for key in keys]


def test_next_period_waits_for_a_sound_period() -> None:
    data = report("chin_thang", "01/01/2023", "30/6/2023")
    put(data, "ky_toi", {"tu_ngay": "01/7/2023"})
    assert found(data) == [("DAT002.khac_khoang", "den_ngay")]


def test_one_mistake_about_the_next_period_is_said_once() -> None:
    data = report("chin_thang", "01/01/2023", "30/9/2023")
    put(data, "ky_toi", {"tu_ngay": "01/7/2023", "ten": "6 tháng cuối năm 2023"})
    assert found(data) == [("DAT003.khong_noi_tiep", "tu_ngay")]
    put(data, "ky_toi", {"ten": "6 tháng cuối năm 2023"})
    assert found(data) == [("DAT004.thang_con_lai", "ten")]
    put(data, "ky_toi", {"ten": "3 tháng cuối năm 2022"})
    assert found(data) == [("DAT005.khac_nam", "ten")]
    put(data, "ky_toi", {"ten": "3 tháng cuối năm 2023"})
    assert found(data) == []


ISSUED = [
    ("05/9/2023", []),
    ("30/10/2023", []),
    ("04/9/2023", [("DAT006.som", "ngay_ban_hanh")]),
    ("31/10/2023", [("DAT006.muon", "ngay_ban_hanh")]),
    ("31/12/2022", [("DAT006.truoc_ky", "ngay_ban_hanh")]),
    ("12/2023", []),
    (None, []),
]


@pytest.mark.parametrize(("issued", "expected"), ISSUED)
def test_window_of_the_date_of_issue(issued: str | None, expected: list[Any]) -> None:
    data = report("chin_thang", "01/01/2023", "30/9/2023", issued, ngay_chot_so_lieu="31/8/2023")
    put(data, "ket_qua.xay_dung_dang.dan_van", "Số liệu ước đến hết kỳ.")
    assert found(data) == expected


def test_severities() -> None:
    def level(issued: str) -> str:
        data = report("chin_thang", "01/01/2023", "30/9/2023", issued)
        return check(data, "DAT006")[0].severity.value

    assert level("31/12/2022") == "error"
    assert level("31/12/2023") == "warning"


DATA_DATES = [
    ("09/10/2023", "30/9/2023", []),
    ("09/10/2023", None, []),
    ("09/10/2023", "31/12/2022", [("DAT008.ngoai_ky", "ngay_chot_so_lieu")]),
    ("09/10/2023", "01/10/2023", [("DAT008.ngoai_ky", "ngay_chot_so_lieu")]),
    ("20/9/2023", "21/9/2023", [("DAT008.sau_ban_hanh", "ngay_chot_so_lieu")]),
    ("20/9/2023", "20/9/2023", [("DAT007.thieu_uoc", "ngay_ban_hanh")]),
    # A date of issue in doubt is not blamed on the data date as well.
    ("20/9/2022", "30/9/2023", [("DAT006.truoc_ky", "ngay_ban_hanh")]),
    ("9/2023", "30/9/2023", []),
]


@pytest.mark.parametrize(("issued", "cut", "expected"), DATA_DATES)
def test_data_date(issued: str, cut: str | None, expected: list[Any]) -> None:
    more = {} if cut is None else {"ngay_chot_so_lieu": cut}
    assert found(report("chin_thang", "01/01/2023", "30/9/2023", issued, **more)) == expected


def test_a_yearly_report_may_name_both_years_in_its_subject() -> None:
    data = report("nam", "01/01/2023", "31/12/2023", "28/12/2023", ngay_chot_so_lieu="25/12/2023")
    put(data, "ket_qua.xay_dung_dang.dan_van", "Ước cả năm đạt kế hoạch.")
    put(data, "the_thuc.trich_yeu", "tổng kết năm 2023, phương hướng, nhiệm vụ năm 2024")
    assert found(data) == []
    put(data, "the_thuc.trich_yeu", "tổng kết năm 2022, phương hướng, nhiệm vụ năm 2024")
    assert found(data) == [("DAT005.khac_nam", "trich_yeu")]


def test_without_a_kind_of_months_only_the_sum_is_judged() -> None:
    data = report("nam", "01/01/2023", "31/12/2023")
    put(data, "the_thuc.trich_yeu", "kết quả 9 tháng đầu năm, nhiệm vụ 6 tháng cuối năm 2023")
    assert found(data) == [("DAT004.thang_con_lai", "trich_yeu")]
    put(data, "the_thuc.trich_yeu", "kết quả 9 tháng đầu năm, nhiệm vụ 3 tháng cuối năm 2023")
    assert found(data) == [("DAT002.tieu_de", "trich_yeu")]
    put(data, "the_thuc.trich_yeu", "kết quả 9 tháng đầu năm, ước thực hiện cả năm 2023")
    assert found(data) == []
    put(data, "the_thuc.trich_yeu", None)
    put(data, "kien_nghi", "Kết quả 9 tháng đầu năm và nhiệm vụ 6 tháng cuối năm.")
    assert found(data) == [("DAT004.thang_con_lai", "kien_nghi")]
    put(data, "kien_nghi", "Kết quả 9 tháng đầu năm, 6 tháng cuối năm khó khăn hơn.")
    assert found(data) == []


def test_a_title_with_two_slips_is_mended_one_after_the_other() -> None:
    data = report("chin_thang", "01/01/2023", "30/9/2023")
    put(data, "the_thuc.trich_yeu", "sơ kết 7 tháng đầu năm, nhiệm vụ 4 tháng cuối năm 2023")
    assert found(data) == [("DAT004.thang_con_lai", "trich_yeu")]


def test_broken_periods_are_left_to_the_schema() -> None:
    data = report("chin_thang", "01/01/2023", "31/9/2023", "31/12/2023")
    assert found(data) == []
    data = report("chin_thang", "01/01/2023", "30/9/2023", "31/12/2023", nam="hai nghìn")
    assert found(data) == []


OTHER_PERIODS = [
    # where, what it says, what is found
    ("the_thuc.trich_yeu", "kết quả công tác quý I năm 2023, nhiệm vụ quý II năm 2023", "quý I"),
    ("the_thuc.trich_yeu", "tổng kết công tác dân vận năm 2023", "năm 2023"),
    ("the_thuc.trich_yeu", "tổng kết 10 năm thực hiện Nghị quyết năm 2013", None),
    ("the_thuc.trich_yeu", "tổng kết phong trào thi đua năm 2023", None),
    ("the_thuc.trich_yeu", "sơ kết công tác xây dựng Đảng quý III năm 2023", None),
    ("the_thuc.trich_yeu", "kết quả thực hiện nhiệm vụ năm 2023 tính đến hết tháng 9", None),
    (
        "mo_dau",
        "Uỷ ban nhân dân xã báo cáo tình hình kinh tế - xã hội sáu tháng đầu năm 2023.",
        "sáu tháng đầu",
    ),
    (
        "mo_dau",
        "Ban Chấp hành Đảng bộ xã báo cáo tổng kết công tác năm 2023, nhiệm vụ năm 2024.",
        "năm 2023",
    ),
    (
        "mo_dau",
        "Đã báo cáo kết quả 6 tháng đầu năm. Nay Đảng ủy xã báo cáo kết quả 9 tháng đầu năm 2023.",
        None,
    ),
    (
        "mo_dau",
        "Ban Chấp hành Đảng bộ xã báo cáo kết quả 9 tháng; riêng 6 tháng đầu năm đã báo cáo.",
        None,
    ),
]


@pytest.mark.parametrize(("where", "text", "place"), OTHER_PERIODS)
def test_a_report_called_that_of_another_period(where: str, text: str, place: str | None) -> None:
    found = marked(put(sound(), where, text), "DAT")
    assert found == ([("DAT002.tieu_de", place)] if place else [])


HEADINGS = [
    ("Tình hình tư tưởng trong Đảng bộ năm 2022", "Tư tưởng ổn định.", "2022"),
    ("Công tác dân vận năm 2022", "So với năm 2022, số mô hình tăng 01.", None),
    ("Công tác dân vận năm 2023", "Duy trì 04 mô hình.", None),
    ("Công tác tuyển quân năm 2022", "Giao 14 công dân.", None),
    ("Kết quả đánh giá, xếp loại năm 2022", "Có 08 chi bộ được xếp loại.", None),
    ("Công tác thực hiện Nghị quyết năm 2022", "Duy trì 04 mô hình.", None),
]


@pytest.mark.parametrize(("heading", "text", "place"), HEADINGS)
def test_the_year_in_the_heading_of_a_section(heading: str, text: str, place: str | None) -> None:
    data = put(sound(), "ket_qua.xay_dung_dang.dan_van", {"tieu_de": heading, "noi_dung": text})
    assert marked(data, "DAT") == ([("DAT005.khac_nam", place)] if place else [])


LEFT = [
    ("Trong 6 tháng còn lại của năm, các chi bộ tập trung kết nạp đảng viên.", "6 tháng còn lại"),
    ("Bốn tháng còn lại trong năm 2023 rất nặng nề.", "Bốn tháng còn lại"),
    ("Trong 2 tháng còn lại của năm 2023, Đảng ủy tập trung rà soát.", None),
    ("Hội nghị đề ra việc cho 6 tháng còn lại của năm đã xong phần lớn.", None),
]


@pytest.mark.parametrize(("text", "place"), LEFT)
def test_months_left_of_the_year(text: str, place: str | None) -> None:
    found = marked(put(sound(), "phuong_huong.muc_tieu", text), "DAT")
    assert found == ([("DAT004.thang_con_lai", place)] if place else [])
    assert marked(put(sound(), "ket_qua.xay_dung_dang.dan_van", text), "DAT") == []
