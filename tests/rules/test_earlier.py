"""Earlier reports beside a draft: which one fits, what is compared, and how they are given."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from tests.rules.kit import KIND, put, sound
from vanban.check.engine import validate
from vanban.cli.main import main
from vanban.finding import Finding
from vanban.read.reader import from_mapping, read_path

LAST_YEAR = KIND / "ky-truoc" / "nam-2022.yaml"
HALF_YEAR = KIND / "ky-truoc" / "6-thang-2023.yaml"


def rows(opening: int, admitted: int, died: int = 0) -> dict[str, Any]:
    """Biểu 1 that balances."""
    return {
        "dau_ky": opening,
        "tang": {
            "ket_nap": admitted,
            "chuyen_den": {"ngoai_tinh": 0, "trong_tinh": 0},
            "phuc_hoi": 0,
        },
        "giam": {
            "tu_tran": died,
            "khai_tru": 0,
            "xoa_ten": 0,
            "xoa_ten_du_bi": 0,
            "xin_ra": 0,
            "chuyen_di": {"ngoai_tinh": 0, "trong_tinh": 0},
        },
        "cuoi_ky": opening + admitted - died,
    }


def report(kind: str, start: str, end: str, table: Any = None, **more: Any) -> dict[str, Any]:
    data = put(sound(), "ky_bao_cao", {"loai_ky": kind, "tu_ngay": start, "den_ngay": end, **more})
    return put(data, "so_lieu", {"dang_vien": table}) if table else data


def nine_months(table: Any = None) -> dict[str, Any]:
    return report("chin_thang", "01/01/2023", "30/9/2023", table)


def half_year(table: Any = None) -> dict[str, Any]:
    return report("sau_thang", "01/01/2023", "30/6/2023", table)


def whole_year(table: Any = None, **more: Any) -> dict[str, Any]:
    return report("nam", "01/01/2022", "31/12/2022", table, **more)


def found(data: dict[str, Any], *earlier: dict[str, Any], only: str) -> list[Finding]:
    previous = [from_mapping(one) for one in earlier]
    return list(validate(from_mapping(data), config={"select": [only]}, previous=previous).findings)


def keys(data: dict[str, Any], *earlier: dict[str, Any], only: str = "MEM002") -> list[str]:
    return [f.key.partition(".")[2] for f in found(data, *earlier, only=only)]


# ---- MEM002 ----


def test_without_an_earlier_report_nothing_is_said() -> None:
    assert keys(nine_months(rows(127, 3))) == []


def test_the_examples_are_a_chain() -> None:
    draft, previous = (read_path(str(KIND / f"{n}.yaml")) for n in ("6-thang-2026", "nam-2025"))
    assert not validate(draft, previous=previous).findings


def test_opening_is_the_closing_of_the_year_before() -> None:
    before = whole_year(rows(124, 4))
    assert keys(nine_months(rows(128, 3)), before) == []
    [finding] = found(nine_months(rows(127, 3)), before, only="MEM002")
    assert finding.pointer == "/so_lieu/dang_vien/dau_ky"
    assert finding.severity.value == "error"
    assert finding.args["cuoi_ky"] == "128" and finding.args["den_ngay"] == "31/12/2022"


def test_figures_closed_early_make_it_a_warning() -> None:
    before = whole_year(rows(124, 4), ngay_chot_so_lieu="15/12/2022")
    [finding] = found(nine_months(rows(127, 3)), before, only="MEM002")
    assert finding.key == "MEM002.lech_sau_chot" and finding.severity.value == "warning"
    assert finding.args["den_ngay"] == "15/12/2022"


def test_a_quarter_follows_a_quarter() -> None:
    first = report("quy", "01/01/2023", "31/3/2023", rows(128, 2))
    second = report("quy", "01/4/2023", "30/6/2023", rows(129, 1))
    assert keys(second, first) == ["lech"]
    assert keys(report("quy", "01/4/2023", "30/6/2023", rows(130, 1)), first) == []


def test_any_of_several_reports_that_end_that_day_will_do() -> None:
    old, corrected = whole_year(rows(124, 4)), whole_year(rows(123, 4))
    assert keys(nine_months(rows(127, 3)), old, corrected) == []
    assert keys(nine_months(rows(127, 3)), corrected, old) == []
    assert keys(nine_months(rows(126, 3)), old, corrected) == ["lech"]


def test_a_report_without_the_table_says_nothing() -> None:
    assert keys(nine_months(rows(127, 3)), whole_year()) == []
    assert keys(nine_months(), whole_year(rows(124, 4))) == []


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ("the_thuc.co_quan_ban_hanh", "Đảng ủy xã Mẫu Hai", "khac_don_vi"),
        # Merged on 01/7/2025 under the old name: not the same organisation.
        ("the_thuc.co_quan_cap_tren", "Đảng bộ tỉnh Mẫu", "khac_don_vi"),
        ("the_thuc.co_quan_ban_hanh", "ĐẢNG UỶ  XÃ MẪU", None),
        ("the_thuc.co_quan_cap_tren", None, None),
        ("ky_bao_cao.den_ngay", "30/11/2022", "khac_ky"),
        ("ky_bao_cao.tu_ngay", "31/12/2023", "khong_ro_ky"),
    ],
)
def test_a_report_that_fits_nothing_is_explained_once(
    path: str, value: str | None, key: str | None
) -> None:
    other = put(whole_year(rows(124, 4)), path, value)
    draft = nine_months(rows(128, 3))
    assert keys(draft, other, copy.deepcopy(other)) == ([key] if key else [])
    assert keys(draft, other, only="NUM007") == []
    if key:
        [finding] = found(draft, other, only="MEM002")
        assert finding.severity.value == "info" and finding.pointer == "/ky_bao_cao/tu_ngay"
        # Beside a report that can be used it is not worth a word.
        assert keys(draft, other, whole_year(rows(124, 4))) == []
        assert keys(draft, other, half_year(rows(128, 3))) == []


def test_thematic_reports_expect_none() -> None:
    topic = "5 năm thực hiện Nghị quyết số 18-NQ/TW"
    data = report("chuyen_de", "25/10/2017", "25/10/2022", chuyen_de=topic)
    assert keys(data, whole_year(rows(124, 4))) == []


def test_an_unreadable_earlier_report_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "hỏng.yaml"
    path.write_text("loai: [", "utf-8")
    draft = from_mapping(nine_months(rows(127, 3)))
    result = validate(draft, config={"select": ["MEM"]}, previous=read_path(str(path)))
    assert not result.findings


# ---- NUM007 ----


def indicator(actual: Any, **more: Any) -> dict[str, Any]:
    name = "Thu ngân sách trên địa bàn"
    entry = {"ma": "CT01", "ten": name, "don_vi": "triệu đồng", "thuc_hien": actual}
    return {**entry, **more}


POOR = {"ten": "Số hộ nghèo", "don_vi": "hộ"}
SHARE = {"ten": "Tỷ lệ giải ngân", "don_vi": "%"}
UNTOLD = {"ten": "Dừa trồng thêm", "don_vi": "ha"}
FLOW = {**UNTOLD, "tinh_chat": "luy_ke"}
PAIRS = [
    (indicator(4460), indicator(4406), True),
    (indicator(4460), indicator(4460), False),
    (indicator(4460), indicator(6840), False),
    # by name and unit, whatever the code
    (indicator(4460), indicator(4406, ma="CT09"), True),
    # by code, when the names are alike
    (indicator(4460), indicator(4406, ten="Thu ngân sách nhà nước trên địa bàn"), True),
    (indicator(4460), indicator(4406, ten="Giải ngân vốn đầu tư công"), False),
    (indicator(4460), indicator(4, don_vi="tỷ đồng"), False),
    # an estimate may have been too high
    (indicator(4460, ghi_chu="Ước 6 tháng"), indicator(4406), False),
    # figures at a date and shares
    (indicator(66, **POOR), indicator(64, **POOR), False),
    (indicator(88, **SHARE), indicator(64, **SHARE), False),
    (indicator(4460, tinh_chat="thoi_diem"), indicator(4406, tinh_chat="thoi_diem"), False),
    (indicator(50, **UNTOLD), indicator(40, **UNTOLD), False),
    (indicator(50, **FLOW), indicator(40, **FLOW), True),
    (indicator("Chưa đạt", ten="Kết nạp"), indicator(3, ten="Kết nạp"), False),
]


@pytest.mark.parametrize(("before", "now", "wrong"), PAIRS)
def test_cumulated_indicators(before: Any, now: Any, wrong: bool) -> None:
    draft = put(nine_months(), "chi_tieu", [now])
    earlier = put(half_year(), "chi_tieu", [before])
    assert keys(draft, earlier, only="NUM007") == (["giam"] if wrong else [])


def test_the_greatest_of_several_shorter_reports_is_named() -> None:
    quarter = put(report("quy", "01/01/2023", "31/3/2023"), "chi_tieu", [indicator(4500)])
    half = put(half_year(), "chi_tieu", [indicator(4460)])
    draft = put(nine_months(), "chi_tieu", [indicator(4406)])
    [finding] = found(draft, quarter, half, only="NUM007")
    assert finding.args["truoc"] == "4.500" and finding.args["den_ngay"] == "31/3/2023"


def test_a_later_quarter_starts_anew() -> None:
    first = put(report("quy", "01/01/2023", "31/3/2023"), "chi_tieu", [indicator(4500)])
    second = put(report("quy", "01/4/2023", "30/6/2023"), "chi_tieu", [indicator(2000)])
    assert keys(second, first, only="NUM007") == []


def test_rows_of_the_member_table_only_grow() -> None:
    earlier = half_year(rows(128, 3, died=2))
    assert keys(nine_months(rows(128, 3, died=2)), earlier, only="NUM007") == []
    [finding] = found(nine_months(rows(128, 3, died=1)), earlier, only="NUM007")
    assert finding.pointer == "/so_lieu/dang_vien/giam/tu_tran"
    # The column of last year is another year's.
    table = {**rows(128, 3, died=2), "cung_ky": rows(120, 1)}
    assert keys(nine_months(table), earlier, only="NUM007") == []


# ---- the command line ----


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    return code, capsys.readouterr().out


def test_previous_may_be_given_several_times(capsys: pytest.CaptureFixture[str]) -> None:
    draft = KIND / "sai" / "MEM002-lech.yaml"
    code, out = run(capsys, "validate", draft, "--previous", LAST_YEAR, "--previous", HALF_YEAR)
    assert code == 1
    assert "MEM002" in out
    good = KIND / "dung" / "MEM002-hai_bao_cao.yaml"
    code, out = run(capsys, "validate", good, "--previous", HALF_YEAR, "--previous", LAST_YEAR)
    assert code == 0 and "MEM002" not in out and "NUM007" not in out


def test_each_given_report_serves_its_own_rule(capsys: pytest.CaptureFixture[str]) -> None:
    draft = KIND / "sai" / "NUM007-giam.yaml"
    code, out = run(capsys, "validate", draft, "--previous", LAST_YEAR, "--previous", HALF_YEAR)
    assert code == 1 and "NUM007" in out and "MEM002" not in out
    code, out = run(capsys, "validate", draft, "--previous", LAST_YEAR)
    assert code == 0 and "NUM007" not in out
