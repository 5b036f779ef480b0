"""Tables that balance raise nothing; one figure changed raises the rule that owns it, alone."""

from __future__ import annotations

import copy
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.kit import put, sound
from vanban.check.engine import validate
from vanban.finding import Finding
from vanban.read.reader import from_mapping

few = settings(max_examples=25, deadline=None)
counts = st.integers(0, 400)
some = st.integers(1, 400)
FAMILIES = ["ORG", "DIS", "ECO"]


def findings(figures: dict[str, Any], data: dict[str, Any] | None = None) -> list[Finding]:
    draft = put(data or sound(), "so_lieu", figures)
    return list(validate(from_mapping(draft), config={"select": [*FAMILIES, "SCH"]}).findings)


def keys(figures: dict[str, Any]) -> list[str]:
    return [f.key for f in findings(figures)]


def rules(figures: dict[str, Any]) -> set[str]:
    return {f.rule for f in findings(figures)}


def changed(figures: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    return put(copy.deepcopy(figures), path, value)


# ---- the budget -------------------------------------------------------------------------------


@st.composite
def budgets(draw: st.DrawFn) -> dict[str, Any]:
    """A budget whose parts add up and whose spending is covered to the last đồng."""
    money: dict[str, Any] = {}
    revenue = draw(st.lists(st.integers(1, 9000), min_size=1, max_size=6))
    carried, supplement = draw(counts), draw(counts)
    covered = sum(revenue) + carried + supplement
    spent = draw(st.lists(st.integers(0, 9000), min_size=1, max_size=5))
    # the last item takes what is left, so that spending is exactly covered
    spent = [min(item, covered // (len(spent) + 1)) for item in spent]
    spent.append(covered - sum(spent))
    money["thu"], money["chi"] = sum(revenue), sum(spent)
    money["ket_du"], money["bo_sung"] = carried, supplement
    money["thu_theo_nguon"] = [{"ten": f"Nguồn {i}", "so_tien": v} for i, v in enumerate(revenue)]
    money["chi_theo_nguon"] = [{"ten": f"Khoản {i}", "so_tien": v} for i, v in enumerate(spent)]
    return {"ngan_sach": money}


@given(figures=budgets(), gap=some, up=st.booleans())
@few
def test_budgets(figures: dict[str, Any], gap: int, up: bool) -> None:
    assert keys(figures) == []
    money = figures["ngan_sach"]
    for total, parts in (("thu", "thu_theo_nguon"), ("chi", "chi_theo_nguon")):
        moved = money[total] + (gap if up else -min(gap, money[total]))
        if moved != money[total]:
            assert keys(changed(figures, f"ngan_sach.{total}", moved)) == [f"ECO002.{total}"]
        part = money[parts][0]["so_tien"]
        other = changed(figures, f"ngan_sach.{parts}.0.so_tien", part + gap)
        assert keys(other) == [f"ECO002.{total}"]
    for cover in ("ket_du", "bo_sung"):
        if money[cover]:
            less = changed(figures, f"ngan_sach.{cover}", money[cover] - 1)
            assert keys(less) == ["ECO001.vuot"]
            assert keys(changed(less, "ngan_sach.ghi_chu", "Chi từ nguồn dự phòng")) == []


@given(figures=budgets(), gap=some)
@few
def test_budgets_without_lists(figures: dict[str, Any], gap: int) -> None:
    money = {k: v for k, v in figures["ngan_sach"].items() if not isinstance(v, list)}
    plain = {"ngan_sach": money}
    assert keys(plain) == []
    assert keys(changed(plain, "ngan_sach.chi", money["chi"] + gap)) == ["ECO001.vuot"]
    less = money["thu"] - min(gap, money["thu"])
    assert keys(changed(plain, "ngan_sach.thu", less)) == ["ECO001.vuot"]
    assert keys(changed(plain, "ngan_sach.thu", money["thu"] + gap)) == []


# ---- investment -------------------------------------------------------------------------------

SOURCES = ("ngan_sach", "dan_gop", "khac")


@given(parts=st.tuples(counts, counts, counts), gap=st.integers(2, 400), which=st.integers(0, 3))
@few
def test_investment(parts: tuple[int, int, int], gap: int, which: int) -> None:
    figures = {"dau_tu": {"tong": sum(parts), **dict(zip(SOURCES, parts, strict=True))}}
    assert keys(figures) == []
    key = (*SOURCES, "tong")[which]
    found = findings(changed(figures, f"dau_tu.{key}", figures["dau_tu"][key] + gap))
    assert [(f.key, f.severity.value) for f in found] == [("ECO002.von", "error")]
    # one million may be rounding: a word, no error; in đồng nothing is rounded
    close = changed(figures, f"dau_tu.{key}", figures["dau_tu"][key] + 1)
    assert [f.severity.value for f in findings(close)] == ["warning"]
    close["dau_tu"]["don_vi"] = "đồng"
    assert [f.severity.value for f in findings(close)] == ["error"]


@given(
    exact=st.lists(st.integers(0, 99_999), min_size=3, max_size=3),
    rounding=st.sampled_from([ROUND_DOWN, ROUND_HALF_UP]),
)
@few
def test_rounded_investment(exact: list[int], rounding: str) -> None:
    hundredths = [Decimal(value) / 100 for value in exact]

    def shown(value: Decimal) -> str:
        return format(value.quantize(Decimal("0.1"), ROUND_HALF_UP), "f").replace(".", ",")

    figures: dict[str, Any] = {key: shown(v) for key, v in zip(SOURCES, hundredths, strict=True)}
    whole = sum(hundredths, Decimal(0)).quantize(Decimal("0.1"), rounding)
    figures["tong"] = format(whole, "f").replace(".", ",")
    assert keys({"dau_tu": figures}) in ([], ["ECO002.von"] if rounding == ROUND_DOWN else [])
    figures["tong"] = format(whole + 1, "f").replace(".", ",")
    assert keys({"dau_tu": figures}) == ["ECO002.von"]


# ---- poverty ----------------------------------------------------------------------------------


@st.composite
def poverty(draw: st.DrawFn) -> dict[str, Any]:
    left = draw(counts)
    rows = {"thoat_ngheo": left, "dau_ky": left + draw(counts), "phat_sinh": draw(counts)}
    rows["tai_ngheo"] = draw(counts)
    rows["cuoi_ky"] = rows["dau_ky"] - left + rows["phat_sinh"] + rows["tai_ngheo"]
    rows["can_ngheo"] = draw(counts)
    rows["tong_so_ho"] = 10_000
    return {"ho_ngheo": rows}


@given(
    figures=poverty(),
    gap=some,
    row=st.sampled_from(["dau_ky", "thoat_ngheo", "phat_sinh", "tai_ngheo", "cuoi_ky"]),
)
@few
def test_poverty(figures: dict[str, Any], gap: int, row: str) -> None:
    assert keys(figures) == []
    rows = figures["ho_ngheo"]
    assert keys(changed(figures, f"ho_ngheo.{row}", rows[row] + gap)) == ["ECO004.khong_can"]
    if rows[row]:
        assert keys(changed(figures, f"ho_ngheo.{row}", rows[row] - 1)) == ["ECO004.khong_can"]
    poor = rows["cuoi_ky"] + rows["can_ngheo"]
    assert keys(changed(figures, "ho_ngheo.tong_so_ho", poor)) == []
    if poor:
        few_households = changed(figures, "ho_ngheo.tong_so_ho", poor - 1)
        assert keys(few_households) == ["ECO004.nhieu_hon_ho"]
    crowded = changed(figures, "ho_ngheo.can_ngheo", 10_000 - rows["cuoi_ky"] + gap)
    assert keys(crowded) == ["ECO004.nhieu_hon_ho"]


# ---- inspection -------------------------------------------------------------------------------

KINDS = ("dau_hieu_vi_pham", "thuong_xuyen", "giam_sat_chuyen_de")


@st.composite
def inspected(draw: st.DrawFn) -> dict[str, Any]:
    """A level of inspection in which every figure is as large as it may be, or smaller."""
    level: dict[str, Any] = {key: draw(st.integers(0, 30)) for key in KINDS}
    level["thuc_hien"] = sum(level[key] for key in KINDS)
    level["phat_sinh"] = draw(st.integers(0, level["thuc_hien"]))
    level["ke_hoach"] = level["thuc_hien"] - level["phat_sinh"] + draw(st.integers(0, 3))
    level["dang_vien"], level["to_chuc"] = draw(st.integers(0, 50)), draw(st.integers(0, 50))
    level["co_vi_pham"] = draw(st.integers(0, level["dang_vien"] + level["to_chuc"]))
    level["phai_thi_hanh"] = draw(st.integers(0, level["co_vi_pham"]))
    level["da_thi_hanh"] = draw(st.integers(0, level["phai_thi_hanh"]))
    return {"kiem_tra": {"uy_ban_kiem_tra": level}}


@given(figures=inspected(), gap=some)
@few
def test_inspection(figures: dict[str, Any], gap: int) -> None:
    assert keys(figures) == []
    level = figures["kiem_tra"]["uy_ban_kiem_tra"]

    def alter(key: str, value: int) -> set[str]:
        return rules(changed(figures, f"kiem_tra.uy_ban_kiem_tra.{key}", value))

    for key in ("thuc_hien", *KINDS):
        assert alter(key, level[key] + gap) == {"DIS004"}
        if level[key]:
            assert alter(key, level[key] - 1) == {"DIS004"}
    assert alter("phat_sinh", level["thuc_hien"] + gap) == {"DIS001"}
    spare = max(level["phat_sinh"], level["dau_hieu_vi_pham"])
    if level["thuc_hien"] > spare:
        assert alter("ke_hoach", level["thuc_hien"] - spare - 1) == {"DIS001"}
    whole = level["dang_vien"] + level["to_chuc"]
    assert alter("co_vi_pham", whole + gap) == {"DIS002"}
    assert alter("phai_thi_hanh", level["co_vi_pham"] + gap) == {"DIS002"}
    assert alter("da_thi_hanh", level["phai_thi_hanh"] + gap) == {"DIS002"}
    for key, below in (("phai_thi_hanh", "da_thi_hanh"), ("co_vi_pham", "phai_thi_hanh")):
        if level[below]:
            assert alter(key, level[below] - 1) == {"DIS002"}


@given(figures=inspected(), gap=some)
@few
def test_inspection_without_kinds(figures: dict[str, Any], gap: int) -> None:
    level = figures["kiem_tra"]["uy_ban_kiem_tra"]
    for key in KINDS:
        level.pop(key)
    assert keys(figures) == []
    path = "kiem_tra.uy_ban_kiem_tra.thuc_hien"
    most = level["ke_hoach"] + level["phat_sinh"]
    assert rules(changed(figures, path, most + gap)) == {"DIS001"}
    assert keys(changed(figures, path, most)) == []


@given(forms=st.tuples(counts, counts, counts, counts), bodies=counts, gap=some)
@few
def test_discipline(forms: tuple[int, int, int, int], bodies: int, gap: int) -> None:
    names = ("khien_trach", "canh_cao", "cach_chuc", "khai_tru")
    table = {**dict(zip(names, forms, strict=True)), "tong": sum(forms), "to_chuc_dang": bodies}
    figures = {"kiem_tra": {"ky_luat": table}}
    assert keys(figures) == []
    for key in (*names, "tong"):
        other = changed(figures, f"kiem_tra.ky_luat.{key}", table[key] + gap)
        assert rules(other) == {"DIS003"}


@given(carried=counts, received=counts, gap=some)
@few
def test_petitions(carried: int, received: int, gap: int) -> None:
    table = {"ton_ky_truoc": carried, "tiep_nhan": received, "giai_quyet": carried + received}
    figures = {"kiem_tra": {"don_thu": table}}
    assert keys(figures) == []
    more = changed(figures, "kiem_tra.don_thu.giai_quyet", carried + received + gap)
    assert keys(more) == ["DIS005.vuot"]


# ---- meetings and organisations ---------------------------------------------------------------


@given(cells=st.integers(1, 60), extra=st.integers(0, 20), gap=st.integers(1, 8))
@few
def test_meetings(cells: int, extra: int, gap: int) -> None:
    figures = {"sinh_hoat": {"chi_bo": cells, "dinh_ky": cells * 9, "chuyen_de": cells * 3 + extra}}
    assert keys(figures) == []
    assert keys(changed(figures, "sinh_hoat.dinh_ky", cells * 9 + gap)) == ["ORG003.thua"]
    topical = changed(figures, "sinh_hoat.chuyen_de", cells * 3 - 1)
    assert keys(topical) == ["ORG003.it_chuyen_de"]
    if cells * 9 >= gap and gap != cells * 3 + extra:
        assert keys(changed(figures, "sinh_hoat.dinh_ky", cells * 9 - gap)) == ["ORG003.thieu"]
    if gap * 9 != cells * 3 + extra:
        assert rules(changed(figures, "sinh_hoat.chi_bo", cells + gap)) == {"ORG003"}
    if gap < cells:
        assert rules(changed(figures, "sinh_hoat.chi_bo", cells - gap)) == {"ORG003"}


@given(
    present=some,
    absent=counts,
    exempt=counts,
    gap=some,
    places=st.integers(0, 2),
    rounding=st.sampled_from([ROUND_DOWN, ROUND_HALF_UP]),
)
@few
def test_attendance(
    present: int, absent: int, exempt: int, gap: int, places: int, rounding: str
) -> None:
    unit = Decimal(1).scaleb(-places)
    rate = (Decimal(present) * 100 / (present + absent)).quantize(unit, rounding)

    def typed(value: Decimal) -> str:
        return format(value, "f").replace(".", ",")

    table: dict[str, Any] = {"dinh_ky": 72, "chi_bo": 8, "mien_sinh_hoat": exempt}
    table |= {"trieu_tap": present + absent, "co_mat": present, "vang": absent}
    figures = {"sinh_hoat": {**table, "ty_le": typed(rate)}}
    assert keys(figures) == []
    for key in ("trieu_tap", "co_mat", "vang"):
        other = changed(figures, f"sinh_hoat.{key}", table[key] + gap)
        assert [f.rule for f in findings(other)] == ["ORG004"]
    other = changed(figures, "sinh_hoat.ty_le", typed(rate + unit * 2))
    assert [f.rule for f in findings(other)] == ["ORG004"]


def later() -> dict[str, Any]:
    """A sound draft of 2026, when communes stand above grassroots organisations."""
    data = put(sound(), "the_thuc.ngay_ban_hanh", "09/10/2026")
    for key, value in (("tu_ngay", "01/01/2026"), ("den_ngay", "30/9/2026"), ("nam", 2026)):
        put(data, f"ky_bao_cao.{key}", value)
    return put(data, "ky_bao_cao.ngay_chot_so_lieu", "30/9/2026")


@given(parts=st.tuples(counts, counts, counts), gap=some)
@few
def test_organisations(parts: tuple[int, int, int], gap: int) -> None:
    names = ("dang_bo_co_so", "chi_bo_co_so", "chi_bo_truc_thuoc")
    table = {**dict(zip(names, parts, strict=True)), "tong": sum(parts)}
    figures = {"to_chuc_dang": table}
    assert findings(figures, later()) == []
    for key in (*names, "tong"):
        other = changed(figures, f"to_chuc_dang.{key}", table[key] + gap)
        assert [f.key for f in findings(other, later())] == ["ORG001.tong_lech"]
    early = [f.key for f in findings(figures)]
    assert early == (["ORG001.chua_co_cap"] if parts[0] or parts[1] else [])


@given(sizes=st.lists(st.integers(3, 60), min_size=1, max_size=12), small=st.integers(1, 2))
@few
def test_cells(sizes: list[int], small: int) -> None:
    cells = [{"ten": f"Chi bộ ấp {i}", "so_dang_vien": size} for i, size in enumerate(sizes)]
    none = {"ngoai_tinh": 0, "trong_tinh": 0}
    losses = dict.fromkeys(("tu_tran", "khai_tru", "xoa_ten", "xoa_ten_du_bi", "xin_ra"), 0)
    members = {
        "dau_ky": sum(sizes),
        "tang": {"ket_nap": 0, "chuyen_den": none, "phuc_hoi": 0},
        "giam": {**losses, "chuyen_di": none},
        "cuoi_ky": sum(sizes),
        "theo_chi_bo": cells,
    }
    figures = {"dang_vien": members, "to_chuc_dang": {"chi_bo_truc_thuoc": len(sizes)}}
    assert keys(figures) == []
    fewer = changed(figures, "dang_vien.theo_chi_bo.0.so_dang_vien", small)
    assert keys(fewer) == ["ORG002.it_dang_vien"]
    full = changed(figures, "dang_vien.theo_chi_bo.0.so_chinh_thuc", small)
    assert keys(full) == ["ORG002.it_chinh_thuc"]
    more = changed(figures, "to_chuc_dang.chi_bo_truc_thuoc", len(sizes) + small)
    assert keys(more) == ["ORG001.khac_danh_sach"]


# ---- criteria, recruits, accidents ------------------------------------------------------------


@given(met=st.integers(1, 18), left=st.integers(1, 18), gap=st.integers(1, 5))
@few
def test_criteria(met: int, left: int, gap: int) -> None:
    done = [f"Tiêu chí A{i}" for i in range(met)]
    open_ = [f"Tiêu chí B{i}" for i in range(left)]
    table = {"so_dat": met, "tong": met + left, "da_dat": done, "chua_dat": open_}
    figures = {"nong_thon_moi": table}
    assert keys(figures) == []
    assert keys(changed(figures, "nong_thon_moi.tong", met + left + gap)) == ["ECO003.chua_dat"]
    if met > gap:
        assert keys(changed(figures, "nong_thon_moi.so_dat", met - gap)) == ["ECO003.da_dat"]
    longer = changed(figures, "nong_thon_moi.da_dat", [*done, "Thêm một tiêu chí"])
    assert keys(longer) == ["ECO003.da_dat"]
    both = changed(figures, "nong_thon_moi.chua_dat", [*open_, done[0].upper()])
    assert keys(both) == ["ECO003.hai_noi"]


@given(quota=counts, gap=some, crashes=some, hurt=counts)
@few
def test_recruits_and_accidents(quota: int, gap: int, crashes: int, hurt: int) -> None:
    figures = {
        "tuyen_quan": {"giao": quota, "dat": quota},
        "tai_nan_giao_thong": {"vu": crashes, "chet": gap, "bi_thuong": hurt},
    }
    assert keys(figures) == []
    assert keys(changed(figures, "tuyen_quan.dat", quota + gap)) == ["ECO005.vuot_giao"]
    assert keys(changed(figures, "tai_nan_giao_thong.vu", 0)) == ["ECO005.khong_vu"]
