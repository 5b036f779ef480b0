"""Any sound figures raise nothing in NUM; any one changed beyond the tolerance, its own rule."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.rules.kit import check, put, sound
from vanban.text.numbers import vietnamese

few = settings(max_examples=30, deadline=None)
rounding = st.sampled_from([ROUND_DOWN, ROUND_HALF_UP])
places = st.integers(0, 2)
HIGHER, LOWER, EQUAL = "cang_cao", "cang_thap", "bang"


def percent(part: int, whole: int, digits: int, how: str) -> Decimal:
    """A percentage as a clerk prints it: rounded or cut."""
    return (Decimal(part) * 100 / whole).quantize(Decimal(1).scaleb(-digits), how)


def typed(number: Decimal) -> str:
    """A figure as it is typed in the draft."""
    return format(number, "f").replace(".", ",")


def numbers(data: dict[str, Any]) -> list[str]:
    """The rules about figures that speak up."""
    return sorted({f.rule for f in check(data) if f.rule.startswith("NUM")})


def say(data: dict[str, Any], sentence: str) -> dict[str, Any]:
    """Put one sentence into a section of results."""
    return put(data, "ket_qua.xay_dung_dang.dan_van", sentence)


# -- indicators: figures, verdict, percentage --------------------------------------------------


def verdict(direction: str, plan: int, actual: int) -> str:
    """The verdict that fits."""
    if plan == actual:
        return "dat"
    if direction == EQUAL:
        return "chua_dat"
    return "vuot" if (actual > plan) == (direction == HIGHER) else "chua_dat"


def cattle(plan: int, actual: int, **more: Any) -> dict[str, Any]:
    """A draft with one indicator."""
    one = {"ma": "CT1", "ten": "Tổng đàn bò", "don_vi": "con", "ke_hoach": plan}
    return put(sound(), "chi_tieu", [{**one, "thuc_hien": actual, **more}])


amounts = st.integers(1, 90_000)
directions = st.sampled_from([HIGHER, LOWER, EQUAL])


@given(plan=amounts, actual=amounts, direction=directions, digits=places, how=rounding)
@few
def test_sound_indicator(plan: int, actual: int, direction: str, digits: int, how: str) -> None:
    """Right verdicts and percentages, typed and said, pass however they are rounded."""
    share = percent(actual, plan, digits, how)
    data = cattle(
        plan,
        actual,
        huong=direction,
        danh_gia=verdict(direction, plan, actual),
        ty_le_ke_hoach=typed(share),
    )
    said = f"Tổng đàn bò có {vietnamese(actual)} con, đạt {vietnamese(share)}% kế hoạch năm."
    assert numbers(say(data, said)) == []


@given(plan=amounts, actual=amounts, direction=directions, wrong=st.data())
@few
def test_wrong_verdict(plan: int, actual: int, direction: str, wrong: st.DataObject) -> None:
    """A verdict against the figures is NUM002's."""
    right = {verdict(direction, plan, actual)}
    better = actual > plan if direction != LOWER else actual < plan
    if better:
        right |= {"dat"} if direction != EQUAL else {"vuot"}
    other = wrong.draw(st.sampled_from(sorted({"dat", "vuot", "chua_dat"} - right)))
    assert numbers(cattle(plan, actual, huong=direction, danh_gia=other)) == ["NUM002"]


@given(plan=amounts, actual=amounts, said=amounts)
@few
def test_wrong_figure_in_text(plan: int, actual: int, said: int) -> None:
    """A figure of a sentence that is not the typed one is NUM003's."""
    assume(actual != said and not 1900 <= said <= 2100)
    sentence = f"Tổng đàn bò có {vietnamese(said)} con."
    assert numbers(say(cattle(plan, actual), sentence)) == ["NUM003"]


@given(plan=amounts, actual=amounts, off=st.integers(3, 500), up=st.booleans())
@few
def test_wrong_percentage(plan: int, actual: int, off: int, up: bool) -> None:
    """A percentage beyond the tolerance: typed it is NUM001's, said it is NUM003's."""
    exact = percent(actual, plan, 2, ROUND_HALF_UP)
    wrong = exact + Decimal(off if up else -off) / 100
    assume(wrong > 0)
    assert numbers(cattle(plan, actual, ty_le_ke_hoach=typed(wrong))) == ["NUM001"]
    assume(not 1900 <= actual <= 2100)
    sentence = f"Tổng đàn bò có {vietnamese(actual)} con, đạt {vietnamese(wrong)}% kế hoạch năm."
    assert numbers(say(cattle(plan, actual), sentence)) == ["NUM003"]


# -- money in another unit ---------------------------------------------------------------------


@given(amount=st.integers(1000, 999_999), digits=st.integers(0, 3), how=rounding)
@few
def test_money_in_another_unit(amount: int, digits: int, how: str) -> None:
    """Millions may be said in thousands of millions, shorter by rounding or cutting."""
    data = put(sound(), "so_lieu.ngan_sach", {"thu": amount, "chi": 1, "ket_du": 10**6})
    billions = (Decimal(amount) / 1000).quantize(Decimal(1).scaleb(-digits), how)
    sentence = f"Thu ngân sách đạt {vietnamese(billions)} tỷ đồng."
    assert numbers(say(data, sentence)) == []
    beyond = billions + 2 * Decimal(1).scaleb(-digits)
    sentence = f"Thu ngân sách đạt {vietnamese(beyond)} tỷ đồng."
    if digits < 3:
        assert numbers(say(data, sentence)) == ["NUM003"]


# -- partitions --------------------------------------------------------------------------------

groups = st.lists(st.integers(0, 900), min_size=2, max_size=9).filter(
    lambda counts: sum(counts) > 9
)


def members(total: int) -> dict[str, Any]:
    """A balance of members that closes with ``total``."""
    return {
        "dau_ky": total,
        "tang": {"ket_nap": 0, "chuyen_den": {"ngoai_tinh": 0, "trong_tinh": 0}, "phuc_hoi": 0},
        "giam": {
            "tu_tran": 0,
            "khai_tru": 0,
            "xoa_ten": 0,
            "xoa_ten_du_bi": 0,
            "xin_ra": 0,
            "chuyen_di": {"ngoai_tinh": 0, "trong_tinh": 0},
        },
        "cuoi_ky": total,
    }


def partition(counts: list[int], shares: list[str] | None, total: int | None = None) -> Any:
    """A draft whose members are divided into groups."""
    rows: list[dict[str, Any]] = [
        {"ten": f"Nhóm {index}", "so_luong": count} for index, count in enumerate(counts, 1)
    ]
    for row, share in zip(rows, shares or (), strict=False):
        row["ty_le"] = share
    whole = sum(counts) if total is None else total
    data = put(sound(), "so_lieu.dang_vien", members(whole))
    put(data, "ket_qua.xay_dung_dang.dang_vien", "Công tác đảng viên được quan tâm.")
    return put(data, "so_lieu.dang_vien.co_cau", [{"tieu_chi": "Độ tuổi", "nhom": rows}])


@given(counts=groups, digits=places, how=rounding)
@few
def test_sound_partition(counts: list[int], digits: int, how: str) -> None:
    """Groups that make the whole pass, their shares rounded or cut."""
    shares = [typed(percent(count, sum(counts), digits, how)) for count in counts]
    assert numbers(partition(counts, shares)) == []


@given(counts=groups, index=st.integers(0, 8), off=st.integers(1, 50))
@few
def test_wrong_group(counts: list[int], index: int, off: int) -> None:
    """A changed count, or a changed share, is NUM005's."""
    total = sum(counts)
    changed = [*counts]
    changed[index % len(counts)] += off
    assert numbers(partition(changed, None, total)) == ["NUM005"]
    shares = [percent(count, total, 1, ROUND_HALF_UP) for count in counts]
    shares[index % len(counts)] += Decimal(off + 1) / 10
    over = max(shares) > 100
    assert numbers(partition(counts, [typed(share) for share in shares])) == (
        ["NUM006"] if over else ["NUM005"]
    )


@given(full=st.integers(2, 1200), new=st.integers(1, 99), off=st.integers(1, 30))
@few
def test_list_in_text(full: int, new: int, off: int) -> None:
    """Parts behind "gồm" make the figure before it."""
    assume(not any(1900 <= n <= 2100 for n in (full + new, full)))
    parts = f"{vietnamese(full)} đảng viên chính thức và {new:02d} đảng viên dự bị."
    right = f"Đến ngày 30/9, Đảng bộ có {vietnamese(full + new)} đảng viên, gồm {parts}"
    wrong = f"Đến ngày 30/9, Đảng bộ có {vietnamese(full + new + off)} đảng viên, gồm {parts}"
    assume(not 1900 <= full + new + off <= 2100)
    place = "ket_qua.xay_dung_dang.dang_vien"
    assert numbers(put(sound(), place, right)) == []
    assert numbers(put(sound(), place, wrong)) == ["NUM005"]
    # With a typed total the odd figure is known: it is NUM003's alone.
    data = put(put(sound(), place, wrong), "so_lieu.dang_vien", members(full + new))
    assert numbers(data) == ["NUM003"]


@given(
    rows=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), min_size=2, max_size=8),
    off=st.integers(1, 20),
)
@few
def test_drawn_table(rows: list[tuple[int, int]], off: int) -> None:
    """The total row of a drawn table is the sum of the others."""
    body = [[f"Ấp {i}", a, b] for i, (a, b) in enumerate(rows, 1)]
    sums = [sum(a for a, _ in rows), sum(b for _, b in rows)]
    table = {"cot": ["Ấp", "Số hộ", "Hộ hiến đất"], "dong": [*body, ["Tổng số", *sums]]}
    data = put(sound(), "phu_luc", [{"tieu_de": "Hiến đất làm đường", "bang": table}])
    assert numbers(data) == []
    table["dong"] = [*body, ["Tổng số", sums[0], sums[1] + off]]
    assert numbers(put(data, "phu_luc.0.bang", table)) == ["NUM005"]


# -- shares of a whole -------------------------------------------------------------------------


@given(part=st.integers(1, 9000), more=st.integers(0, 9000), digits=places, how=rounding)
@few
def test_share_of_a_whole(part: int, more: int, digits: int, how: str) -> None:
    """A share of a whole passes as it is; above 100 it is NUM006's alone."""
    whole = part + more
    assume(not any(1900 <= n <= 2100 for n in (part, whole)))
    share = percent(part, whole, digits, how)
    data = put(sound(), "so_lieu.bao_hiem_y_te", {"tham_gia": part, "dan_so": whole})
    told = (
        f"Có {vietnamese(part)} người tham gia bảo hiểm y tế trên tổng số "
        f"{vietnamese(whole)} người, đạt {vietnamese(share)}%."
    )
    assert numbers(say(data, told)) == []
    over = f"Tỷ lệ người dân tham gia bảo hiểm y tế đạt {vietnamese(100 + share + 1)}%."
    assert numbers(say(data, over)) == ["NUM006"]
