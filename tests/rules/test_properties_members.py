"""Members and grades that add up raise nothing; one wrong figure raises the rule that owns it.

The generated draft holds everything that hangs together: the balance and its totals, full and
probationary members, those on probation, the cells, the target of admissions, discipline, the
column of last year, and the grading of members and of cells; each part may be left out.
"""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.kit import put, sound
from vanban.check.engine import validate
from vanban.read.reader import from_mapping

few = settings(max_examples=60, deadline=None)
counts = st.integers(0, 60)

BALANCE = "so_lieu.dang_vien"
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
SUBSETS = ("nu", "dan_toc", "ton_giao", "tre", "mien_sinh_hoat")
GRADES = ("xuat_sac", "tot", "hoan_thanh", "khong_hoan_thanh")
PROBATION = ("dau_ky", "chuyen_den", "cong_nhan_chinh_thuc", "xoa_ten", "chuyen_di", "giam_khac")


def get(data: Any, path: str) -> Any:
    """The value at a dotted path, None when there is none."""
    for part in path.split("."):
        if isinstance(data, list):
            data = data[int(part)] if int(part) < len(data) else None
        else:
            data = data.get(part) if isinstance(data, dict) else None
    return data


def found(data: dict[str, Any]) -> list[str]:
    """What the members, the grades and the sum of discipline say (ids of the rules)."""
    config = {"select": ["MEM", "GRA", "DIS003"]}
    return [f.rule for f in validate(from_mapping(data), config=config).findings]


def parts_of(draw: st.DrawFn, whole: int, number: int) -> list[int]:
    """A whole split into ``number`` parts."""
    cuts = sorted(draw(st.integers(0, whole)) for _ in range(number - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, whole], strict=True)]


def rows(draw: st.DrawFn, *, residual: bool = True) -> dict[str, Any]:
    """One column of the balance, with totals typed or left out."""
    table: dict[str, Any] = {}
    for path in (*GAINS, *LOSSES):
        put(table, path, draw(counts))
    put(table, "giam.xoa_ten_du_bi", draw(st.integers(0, get(table, "giam.xoa_ten"))))
    gained, lost = (sum(get(table, p) for p in paths) for paths in (GAINS, LOSSES))
    table["dau_ky"] = lost + draw(st.integers(2, 400))
    off = draw(st.sampled_from([0, 0, 1, -2])) if residual else 0
    if off:
        table["chenh_lech"] = {"so_luong": off, "ly_do": "Hồ sơ tính trùng từ năm trước"}
    table["cuoi_ky"] = table["dau_ky"] + gained - lost + off
    for path, parts in TOTALS.items():
        if draw(st.booleans()):
            put(table, path, sum(get(table, p) for p in parts))
    return table


def grading(draw: st.DrawFn, assessed: int, rest: int, *, of_members: bool) -> dict[str, Any]:
    """Grades of ``assessed``, few of them excellent, tied to the number assessed or to all."""
    good, completed, failed = parts_of(draw, assessed, 3)
    excellent = draw(st.integers(0, good // 6))
    grades = dict(zip(GRADES, (excellent, good - excellent, completed, failed), strict=True))
    tied = draw(st.sampled_from(["assessed", "all", "both", "members"]))
    if tied in ("assessed", "both"):
        grades["duoc_danh_gia"] = assessed
    if tied in ("all", "both") or (tied == "members" and not of_members):
        grades |= {"chua_danh_gia": rest, "tong": assessed + rest}
    elif tied == "members":
        grades["chua_danh_gia"] = rest
    return grades


@st.composite
def drafts(draw: st.DrawFn) -> dict[str, Any]:
    """A report on a year in which every figure agrees with every other."""
    data = sound()
    data["the_thuc"]["ngay_ban_hanh"] = "04/01/2024"
    data["ky_bao_cao"] |= {"loai_ky": "nam", "den_ngay": "31/12/2023"}
    data["ky_bao_cao"]["ngay_chot_so_lieu"] = "31/12/2023"
    table = rows(draw)
    closing, admitted = table["cuoi_ky"], get(table, "tang.ket_nap")
    data["so_lieu"] = {"dang_vien": table}
    for key in SUBSETS:
        if draw(st.booleans()):
            table[key] = draw(st.integers(0, closing))
    split, by_cell, target = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    if split:
        table["du_bi"] = draw(st.integers(0, closing))
        table["chinh_thuc"] = closing - table["du_bi"]
    if split and draw(st.booleans()):
        moved = dict(zip(PROBATION, (0, *(draw(counts) for _ in PROBATION[1:])), strict=True))
        moved["xoa_ten"] = get(table, "giam.xoa_ten_du_bi")
        left = sum(moved[k] for k in PROBATION[2:])
        moved["dau_ky"] = table["du_bi"] + left - admitted - moved["chuyen_den"]
        if moved["dau_ky"] < 0:
            moved["cong_nhan_chinh_thuc"] -= moved["dau_ky"]
            moved["dau_ky"] = 0
        table["bien_dong_du_bi"] = moved
    if by_cell:
        members = parts_of(draw, closing, 4)
        cells = [{"ten": f"Chi bộ ấp {i}", "so_dang_vien": n} for i, n in enumerate(members)]
        if draw(st.booleans()):
            for cell, n in zip(cells, parts_of(draw, admitted, 4), strict=True):
                cell["ket_nap"] = n
        if split and draw(st.booleans()):
            # the probationary members are taken from the cells one after the other
            waiting = table["du_bi"]
            for cell, n in zip(cells, members, strict=True):
                cell["so_chinh_thuc"] = n - min(n, waiting)
                waiting -= min(n, waiting)
        table["theo_chi_bo"] = cells
    if draw(st.booleans()):
        total = draw(st.integers(0, closing))
        groups = [{"ten": "Đại học", "so_luong": total}, {"ten": "Trung cấp", "so_luong": 0}]
        table["co_cau"] = [{"tieu_chi": "Trình độ", "tong": total, "nhom": groups}]
    if draw(st.booleans()):
        table["cung_ky"] = rows(draw, residual=False)
    if target:
        entry = {"ma": "CT1", "ten": "Kết nạp đảng viên", "don_vi": "đảng viên", "ke_hoach": 20}
        entry["thuc_hien"] = admitted
        if "cung_ky" in table:
            entry["cung_ky"] = get(table, "cung_ky.tang.ket_nap")
        data["chi_tieu"] = [entry]
    if draw(st.booleans()):
        forms = {k: draw(counts) for k in ("khien_trach", "canh_cao", "cach_chuc")}
        forms["khai_tru"] = get(table, "giam.khai_tru")
        if draw(st.booleans()):
            forms["tong"] = sum(forms.values())
        data["so_lieu"]["kiem_tra"] = {"ky_luat": forms}
    grades: dict[str, Any] = {}
    if draw(st.booleans()):
        assessed = draw(st.integers(0, closing))
        grades["dang_vien"] = grading(draw, assessed, closing - assessed, of_members=True)
    if draw(st.booleans()):
        grades["chi_bo"] = grading(draw, draw(counts), draw(st.integers(0, 3)), of_members=False)
    if grades:
        data["so_lieu"]["xep_loai"] = grades
    return data


def sum_owner(table: dict[str, Any], path: str) -> str:
    """The rule of a row of the balance: MEM003 below a typed total, else MEM001."""
    return "MEM003" if any(path in TOTALS[t] and get(table, t) is not None for t in TOTALS) else (
        "MEM001"
    )  # fmt: skip


def owner(data: dict[str, Any], path: str, value: int) -> str | None:
    """The one rule that must speak when the figure at ``path`` alone becomes ``value``.

    None where the change is within what is allowed (a part that still fits its whole).
    """
    table = data["so_lieu"]["dang_vien"]
    closing = table["cuoi_ky"]
    key = path.removeprefix(f"{BALANCE}.")
    if path == "chi_tieu.0.thuc_hien" or path == "chi_tieu.0.cung_ky":
        return "MEM007"
    if path.startswith("so_lieu.kiem_tra"):
        # with a typed total the table of discipline contradicts itself first
        with_total = get(data, "so_lieu.kiem_tra.ky_luat.tong") is not None
        own = path.endswith(".khai_tru")
        return "DIS003" if with_total else "MEM008" if own else None
    if path.startswith("so_lieu.xep_loai"):
        return "GRA001"
    if key in TOTALS or key.removeprefix("cung_ky.") in TOTALS:
        return "MEM003"
    if key in SUBSETS or key == "co_cau.0.tong":
        return "MEM004" if value > closing else None
    if key in ("chinh_thuc", "du_bi"):
        return "MEM004"
    if key.startswith("bien_dong_du_bi"):
        return "MEM006"
    if key.startswith("theo_chi_bo"):
        return "MEM007" if key.endswith("ket_nap") else "MEM005"
    if key.startswith("cung_ky."):
        column, key = table["cung_ky"], key.removeprefix("cung_ky.")
        seen = get(data, "chi_tieu.0.cung_ky") is not None
        probation = False
    else:
        column = table
        seen = (
            get(data, "chi_tieu.0") is not None or get(table, "theo_chi_bo.0.ket_nap") is not None
        )
        probation = "bien_dong_du_bi" in table
    if key == "tang.ket_nap" and seen:
        return "MEM007"
    if key == "giam.khai_tru" and column is table and "kiem_tra" in data["so_lieu"]:
        return "MEM008"
    if key == "giam.xoa_ten_du_bi":
        above = value > get(column, "giam.xoa_ten")
        return "MEM003" if above else "MEM006" if probation else None
    if key == "giam.xoa_ten" and value < get(column, "giam.xoa_ten_du_bi"):
        return "MEM003"
    return sum_owner(column, key) if key in (*GAINS, *LOSSES) else "MEM001"


def figures(data: dict[str, Any]) -> list[str]:
    """The paths of every figure that some rule ties to another."""
    table = data["so_lieu"]["dang_vien"]
    base = ["dau_ky", "cuoi_ky", *GAINS, *LOSSES, *TOTALS, "giam.xoa_ten_du_bi"]
    paths = [*base, *(f"cung_ky.{p}" for p in base), *SUBSETS, "co_cau.0.tong"]
    paths += ["chinh_thuc", "du_bi", *(f"bien_dong_du_bi.{k}" for k in PROBATION)]
    cells = ("so_dang_vien", "so_chinh_thuc", "ket_nap")
    paths += [f"theo_chi_bo.{i}.{k}" for i in range(4) for k in cells]
    whole = [f"{BALANCE}.{p}" for p in paths]
    whole += ["chi_tieu.0.thuc_hien", "chi_tieu.0.cung_ky"]
    forms = ("khien_trach", "canh_cao", "cach_chuc", "khai_tru", "tong")
    whole += [f"so_lieu.kiem_tra.ky_luat.{form}" for form in forms]
    grades = (*GRADES, "duoc_danh_gia", "chua_danh_gia", "tong")
    whole += [f"so_lieu.xep_loai.{who}.{k}" for who in ("dang_vien", "chi_bo") for k in grades]
    assert table
    return [path for path in whole if get(data, path) is not None]


@given(data=drafts())
@few
def test_what_adds_up_raises_nothing(data: dict[str, Any]) -> None:
    assert found(data) == []


@given(data=drafts(), picked=st.data(), change=st.integers(1, 30), down=st.booleans())
@settings(max_examples=250, deadline=None)
def test_one_wrong_figure_raises_its_rule_once(
    data: dict[str, Any], picked: st.DataObject, change: int, down: bool
) -> None:
    path = picked.draw(st.sampled_from(figures(data)))
    value = get(data, path) + (-change if down else change)
    if value < 0:
        return
    expected = owner(data, path, value)
    wrong = put(copy.deepcopy(data), path, value)
    assert found(wrong) == ([expected] if expected else [])


def test_every_figure_of_a_full_draft_has_an_owner() -> None:
    """The table of owners is complete: no figure is left without a rule when it grows."""
    data = sound()
    table: dict[str, Any] = {"dau_ky": 125, "cuoi_ky": 128, "chinh_thuc": 122, "du_bi": 6}
    for path in (*GAINS, *LOSSES, "giam.xoa_ten_du_bi"):
        put(table, path, 0)
    put(table, "tang.ket_nap", 3)
    table["theo_chi_bo"] = [
        {"ten": "Chi bộ ấp 1", "so_dang_vien": 66, "so_chinh_thuc": 62, "ket_nap": 2},
        {"ten": "Chi bộ ấp 2", "so_dang_vien": 62, "so_chinh_thuc": 60, "ket_nap": 1},
    ]
    table["bien_dong_du_bi"] = dict.fromkeys(PROBATION, 0) | {"dau_ky": 3}
    entry = {"ma": "CT1", "ten": "Kết nạp đảng viên", "don_vi": "người", "ke_hoach": 5}
    data["chi_tieu"] = [{**entry, "thuc_hien": 3}]
    data["so_lieu"] = {"dang_vien": table}
    assert found(data) == []
    seen = {}
    for path in figures(data):
        value = get(data, path) + 400
        seen[path.removeprefix(f"{BALANCE}.")] = owner(data, path, value)
        assert found(put(copy.deepcopy(data), path, value)) == [owner(data, path, value)], path
    assert seen["cuoi_ky"] == seen["dau_ky"] == "MEM001"
    assert seen["tang.ket_nap"] == seen["chi_tieu.0.thuc_hien"] == "MEM007"
    assert seen["chinh_thuc"] == seen["du_bi"] == "MEM004"
    assert seen["theo_chi_bo.1.so_chinh_thuc"] == "MEM005"
    assert seen["bien_dong_du_bi.dau_ky"] == "MEM006"
