"""Percentages, fractions and the balance of members: exact figures in, at most one finding out."""

from __future__ import annotations

import copy
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.kit import check, put, sound
from vanban.catalogue import message
from vanban.text.numbers import vietnamese

few = settings(max_examples=40, deadline=None)
counts = st.integers(0, 400)


def indicator(plan: Any, actual: Any, percent: Any) -> dict[str, Any]:
    entry = {"ma": "CT1", "ten": "Đàn bò", "don_vi": "con", "ke_hoach": plan}
    return put(sound(), "chi_tieu", [{**entry, "thuc_hien": actual, "ty_le_ke_hoach": percent}])


PERCENTS = [
    (839, 840, "100,11", None),
    (839, 840, "100,12", None),
    (839, 840, 100, None),
    (820, 828, "100,98", None),
    (820, 828, "100,97", None),
    (820, 828, "100,96", "warning"),
    (820, 828, "100,99", "warning"),
    (820, 828, "102,5", "error"),
    (150, 241, 160, None),
    (150, 241, 162, "error"),
    (7, 5, Decimal("71.4"), None),
    ("1.234,5", "1.234,5", 100, None),
    (0, 5, 100, None),
    ("Có nghị quyết", "Đạt", 100, None),
    ([{"gia_tri": 5, "nguon_giao": "A"}, {"gia_tri": 6, "nguon_giao": "B"}], 6, 120, None),
    ([{"gia_tri": 5, "nguon_giao": "A"}, {"gia_tri": 6, "nguon_giao": "B"}], 6, 100, None),
    ([{"gia_tri": 5, "nguon_giao": "A"}, {"gia_tri": 6, "nguon_giao": "B"}], 6, 110, "error"),
    (1, 10**29, 5, "error"),
]


@pytest.mark.parametrize(("plan", "actual", "percent", "level"), PERCENTS)
def test_percent_of_plan(plan: Any, actual: Any, percent: Any, level: str | None) -> None:
    found = check(indicator(plan, actual, percent), "NUM001")
    assert [f.severity.value for f in found] == ([level] if level else [])
    assert all(f.pointer == "/chi_tieu/0/ty_le_ke_hoach" for f in found)


def test_message_names_the_plan_that_comes_nearest() -> None:
    plans = [{"gia_tri": 500, "nguon_giao": "A"}, {"gia_tri": 1000, "nguon_giao": "B"}]
    [finding] = check(indicator(plans, 990, 97), "NUM001")
    assert finding.args["ke_hoach"] == "1.000" and finding.args["dung"] == "99"


@given(
    plan=st.integers(1, 100_000),
    actual=st.integers(0, 200_000),
    places=st.integers(0, 2),
    rounding=st.sampled_from([ROUND_DOWN, ROUND_HALF_UP]),
)
@few
def test_rounded_and_truncated_percentages_pass(
    plan: int, actual: int, places: int, rounding: str
) -> None:
    exact = Decimal(actual) * 100 / plan
    shown = exact.quantize(Decimal(1).scaleb(-places), rounding)
    assert not check(indicator(plan, actual, shown), "NUM001")
    typed = format(shown, "f").replace(".", ",")
    assert not check(indicator(plan, actual, typed), "NUM001")
    if actual <= plan:
        sentence = f"Có {vietnamese(actual)}/{vietnamese(plan)} hộ, đạt {vietnamese(shown)}%."
        assert not check(put(sound(), "kien_nghi", sentence), "NUM004")


@given(part=st.integers(0, 5000), whole=st.integers(1, 5000))
@few
def test_typed_shares(part: int, whole: int) -> None:
    data = put(sound(), "so_lieu", {"bao_hiem_y_te": {"tham_gia": part, "dan_so": whole}})
    found = check(data, "NUM")
    assert [(f.key, f.pointer) for f in found] == (
        [("NUM004.vuot", "/so_lieu/bao_hiem_y_te/tham_gia")] if part > whole else []
    )


def test_recruits_are_counted_against_a_quota() -> None:
    data = put(sound(), "so_lieu", {"tuyen_quan": {"giao": 14, "dat": 15}})
    assert not check(data, "NUM")


# ---- the balance of members ----

GAINS = (
    "tang.ket_nap",
    "tang.chuyen_den.ngoai_tinh",
    "tang.chuyen_den.trong_tinh",
    "tang.phuc_hoi",
)
LOSSES = (
    "giam.tu_tran", "giam.khai_tru", "giam.xoa_ten", "giam.xin_ra",
    "giam.chuyen_di.ngoai_tinh", "giam.chuyen_di.trong_tinh",
)  # fmt: skip
TOTALS = {
    "tang.chuyen_den.tong": GAINS[1:3],
    "tang.tong": GAINS,
    "giam.chuyen_di.tong": LOSSES[4:6],
    "giam.tong": LOSSES,
}


def get(rows: dict[str, Any], path: str) -> int:
    node: Any = rows
    for part in path.split("."):
        node = node[part]
    return int(node)


@st.composite
def balanced(draw: st.DrawFn) -> dict[str, Any]:
    """A table that balances, with totals typed or left out at random."""
    rows: dict[str, Any] = {}
    for path in (*GAINS, *LOSSES):
        put(rows, path, draw(counts))
    put(rows, "giam.xoa_ten_du_bi", draw(st.integers(0, get(rows, "giam.xoa_ten"))))
    gained, lost = (sum(get(rows, p) for p in paths) for paths in (GAINS, LOSSES))
    rows["dau_ky"] = lost + draw(counts)
    residual = draw(st.sampled_from([0, 0, 1, -2]))
    if residual:
        rows["dau_ky"] += 2
        rows["chenh_lech"] = {"so_luong": residual, "ly_do": "Hồ sơ tính trùng từ năm trước"}
    rows["cuoi_ky"] = rows["dau_ky"] + gained - lost + residual
    for path, parts in TOTALS.items():
        if draw(st.booleans()):
            put(rows, path, sum(get(rows, p) for p in parts))
    return rows


def found(rows: dict[str, Any]) -> list[tuple[str, str]]:
    data = put(sound(), "so_lieu", {"dang_vien": rows})
    prefix = "/so_lieu/dang_vien/"
    return [(f.key, f.pointer.removeprefix(prefix)) for f in check(data, "MEM")]


@given(rows=balanced())
@few
def test_balanced_tables_raise_nothing(rows: dict[str, Any]) -> None:
    assert found(rows) == []
    twin = {k: v for k, v in rows.items() if k != "chenh_lech"}
    twin["cuoi_ky"] -= rows.get("chenh_lech", {}).get("so_luong", 0)
    assert found({**rows, "cung_ky": twin}) == []


@given(
    rows=balanced(),
    path=st.sampled_from(["dau_ky", "cuoi_ky", *GAINS, *LOSSES, *TOTALS, "giam.xoa_ten_du_bi"]),
    change=st.integers(1, 40),
)
@few
def test_one_figure_changed_raises_exactly_one_finding(
    rows: dict[str, Any], path: str, change: int
) -> None:
    before = copy.deepcopy(rows)
    try:
        value = get(rows, path)
    except KeyError:
        return
    if path == "giam.xoa_ten_du_bi":
        change += get(rows, "giam.xoa_ten") - value
    put(rows, path, value + change)
    assert len(found(rows)) == 1
    if path != "giam.xoa_ten_du_bi" and value >= change:
        put(before, path, value - change)
        assert len(found(before)) == 1


def rows(opening: int, closing: int, **more: Any) -> dict[str, Any]:
    """Rows of the year 2001 of a district: 700 members, 86 more by the rows that were printed."""
    table: dict[str, Any] = {"dau_ky": opening, "cuoi_ky": closing}
    for path in (*GAINS, *LOSSES, "giam.xoa_ten_du_bi"):
        put(table, path, 0)
    return {**put(table, "tang.ket_nap", 86), **more}


def test_a_district_whose_discipline_rows_were_cut_off() -> None:
    assert found(rows(700, 786)) == []
    assert found(rows(700, 785)) == [("MEM001.khong_can", "cuoi_ky")]
    unexplained = rows(700, 785, chenh_lech={"so_luong": -1})
    assert found(unexplained) == [("MEM009.khong_ly_do", "chenh_lech/so_luong")]
    blank = rows(700, 785, chenh_lech={"so_luong": "-1", "ly_do": "Thiếu dòng kỷ luật"})
    assert found(blank) == []
    needless = rows(700, 786, chenh_lech={"so_luong": -1})
    assert found(needless) == [("MEM001.chenh_lech_thua", "chenh_lech/so_luong")]
    nothing = rows(700, 786, chenh_lech={"so_luong": 0})
    assert found(nothing) == []


def test_two_mistakes_are_two_findings() -> None:
    table = rows(700, 790)
    put(table, "tang.tong", 90)
    put(table, "tang.chuyen_den.tong", 5)
    totals = [
        ("MEM003.tong_lech", "tang/chuyen_den/tong"),
        ("MEM003.tong_lech", "tang/tong"),
    ]
    # The typed total makes the balance true: only the totals are wrong.
    assert found(table) == totals
    table["cuoi_ky"] = 800
    assert found(table) == [("MEM001.khong_can", "cuoi_ky"), *totals]


def test_a_typed_total_is_called_as_the_schema_calls_it() -> None:
    table = put(rows(700, 790), "tang.chuyen_den.tong", 5)
    data = put(sound(), "so_lieu.dang_vien", {**table, "cung_ky": copy.deepcopy(table)})
    found = [f for f in check(data, "MEM003") if f.key == "MEM003.tong_lech"]
    assert [f.args["dong"] for f in found] == ["Tổng số chuyển đến"] * 2
    assert "“Tổng số chuyển đến”" in message(found[0], "vi")


def test_the_column_of_last_year_is_checked_too() -> None:
    table = rows(700, 786)
    last = {k: copy.deepcopy(v) for k, v in rows(600, 600).items()}
    assert found({**table, "cung_ky": last}) == [("MEM001.khong_can", "cung_ky/cuoi_ky")]


def test_a_table_with_a_fault_of_structure_is_left_alone() -> None:
    table = rows(700, 999)
    put(table, "tang.ket_nap", "nhiều")
    assert found(table) == []


@pytest.mark.parametrize("with_total", [False, True])
def test_struck_off_below_its_own_part_is_said_once(with_total: bool) -> None:
    table = rows(700, 784)
    put(table, "giam.xoa_ten", 2)
    put(table, "giam.xoa_ten_du_bi", 1)
    if with_total:
        put(table, "giam.tong", 2)
    assert found(table) == []
    # The balance (or the total) is wrong too, but only because of this one row.
    put(table, "giam.xoa_ten", 0)
    assert found(table) == [("MEM003.du_bi_nhieu_hon", "giam/xoa_ten")]


def test_more_on_probation_than_struck_off_in_a_sound_balance() -> None:
    table = rows(700, 786)
    put(table, "giam.xoa_ten_du_bi", 1)
    assert found(table) == [("MEM003.du_bi_nhieu_hon", "giam/xoa_ten_du_bi")]


def test_struck_off_does_not_hide_another_mistake() -> None:
    table = rows(700, 790)
    put(table, "giam.xoa_ten_du_bi", 1)
    assert found(table) == [
        ("MEM001.khong_can", "cuoi_ky"),
        ("MEM003.du_bi_nhieu_hon", "giam/xoa_ten"),
    ]
