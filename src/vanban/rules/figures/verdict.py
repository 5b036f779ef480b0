"""Đánh giá chỉ tiêu khớp với số liệu và hướng phấn đấu (NUM002).

Quy định
    ``danh_gia`` khớp với thực hiện, kế hoạch và ``huong``. Chỉ tiêu càng cao càng tốt: bằng kế
    hoạch là dat, lớn hơn là vuot (ghi dat cũng được), nhỏ hơn là chua_dat. Chỉ tiêu càng thấp càng
    tốt (hộ nghèo) thì ngược lại. Chỉ tiêu phải bằng đúng kế hoạch: chỉ bằng mới là dat. Chỉ tiêu
    đạt hay không (``loai: dat_khong``): ``danh_gia`` khớp với chữ ở ``thuc_hien``. Có nhiều kế
    hoạch thì khớp với một trong các kế hoạch là được. Báo cáo tháng, quý, 6 tháng, 9 tháng chưa
    đạt kế hoạch năm mà không ghi ``danh_gia`` (chỉ ghi "Đúng tiến độ") thì không bị nhắc; ghi
    chua_dat dù đã đủ số mà ``ghi_chu`` cho biết còn chờ công nhận cũng vậy.

Vì sao
    Bảng chỉ tiêu là phần được đọc kỹ nhất; "đạt" mà số chưa đủ, hoặc "chưa đạt" mà số đã vượt, làm
    sai cả câu "đạt và vượt bao nhiêu chỉ tiêu" và việc xếp loại.

Sai
    chi_tieu:
      - ma: CT1
        ten: Số hộ nghèo
        don_vi: hộ
        huong: cang_thap
        ke_hoach: 65
        thuc_hien: 71
        danh_gia: dat

Đúng
    chi_tieu:
      - ma: CT1
        ten: Số hộ nghèo
        don_vi: hộ
        huong: cang_thap
        ke_hoach: 65
        thuc_hien: 64
        danh_gia: vuot

Cách sửa
    Sửa ``danh_gia`` theo số liệu; nếu đánh giá đúng thì kiểm tra lại số thực hiện, số kế hoạch và
    ``huong``.

Nguồn và độ tin cậy
    Phép so sánh số thực hiện với số kế hoạch; độ tin cậy C về câu chữ.

English:
    The verdict on an indicator agrees with its figures and its direction. Reaching the plan is
    "met", more is "exceeded" (or "met"); for indicators that should fall it is the other way
    round. An unmet yearly plan in a part-year report without a verdict is fine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity, Source
from vanban.rules._quantities import fold
from vanban.rules.figures import over_hundred
from vanban.rules.figures._ratio import plans_of
from vanban.rules.members import admitted
from vanban.text.numbers import figure, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="NUM002",
    name="verdict",
    severity=Severity.ERROR,
    source=Source("Đánh giá chỉ tiêu theo số liệu và hướng phấn đấu", Certainty.C),
    fix=FixClass.UNSAFE,
)

MET, EXCEEDED, UNMET = "dat", "vuot", "chua_dat"
_HIGHER, _LOWER, _EQUAL = "cang_cao", "cang_thap", "bang"
_YES = frozenset({"đạt", "có", "hoàn thành", "đã hoàn thành", "đã đạt", "đã ban hành", "vượt"})
_NO = frozenset({"chưa đạt", "không đạt", "chưa", "không", "chưa có", "chưa hoàn thành"})
# A note that says why enough is not yet enough.
_NOT_YET = ("chưa", "chờ", "thẩm định", "công nhận", "ước", "còn", "không")


def verdicts(direction: str, plan: Decimal, actual: Decimal) -> tuple[str, ...]:
    """Return the verdicts that the figures allow, the plainest first."""
    if actual == plan:
        return (MET,)
    better = actual > plan if direction != _LOWER else actual < plan
    if direction == _EQUAL:
        return (UNMET, EXCEEDED) if better else (UNMET,)
    return (EXCEEDED, MET) if better else (UNMET,)


def _slug(verdict: str, allowed: tuple[str, ...]) -> str:
    if verdict == UNMET:
        return "da_dat"
    return "chua_vuot" if MET in allowed else "chua_dat"


def _of_words(entry: Mapping[str, Any]) -> str | None:
    """Return the verdict that an actual in words says, None when it says something else."""
    said = entry.get("thuc_hien")
    if not isinstance(said, str):
        return None
    words = " ".join(fold(said).text.split()).rstrip(".")
    return MET if words in _YES else UNMET if words in _NO else None


def _explained(entry: Mapping[str, Any]) -> bool:
    note = entry.get("ghi_chu")
    return isinstance(note, str) and any(word in fold(note).text for word in _NOT_YET)


def check(ctx: Context) -> Iterator[Finding]:
    """Report verdicts that the figures contradict."""
    # A figure that other tables contradict is mended first; the verdict may then be right.
    elsewhere = {finding.pointer.rpartition("/")[0] for finding in ctx.told(admitted.check)}
    for node in ctx.role("indicator"):
        entry = node.value
        if node.pointer in elsewhere or over_hundred.impossible_share(entry) is not None:
            continue
        if not isinstance(entry, Mapping) or entry.get("danh_gia") is None:
            continue
        verdict, place = str(entry["danh_gia"]), f"{node.pointer}/danh_gia"
        said = _of_words(entry)
        if said is not None:
            if (verdict == UNMET) != (said == UNMET):
                fix = _fix(ctx, place, said)
                yield ctx.at(
                    RULE, "khac_chu", place, fix=fix, danh_gia=verdict, thuc_hien=entry["thuc_hien"]
                )
            continue
        actual, plans = figure(entry.get("thuc_hien")), plans_of(entry.get("ke_hoach"))
        if actual is None or not plans:
            continue
        direction = str(entry.get("huong", _HIGHER))
        allowed = [verdicts(direction, plan, actual) for plan in plans]
        if any(verdict in some for some in allowed):
            continue
        if verdict == UNMET and _explained(entry):
            continue
        yield ctx.at(
            RULE,
            _slug(verdict, allowed[0]),
            place,
            fix=_fix(ctx, place, allowed[0][0]),
            danh_gia=verdict,
            thuc_hien=vietnamese(actual),
            ke_hoach=vietnamese(plans[0]),
            dung=allowed[0][0],
            huong=direction,
        )


def _fix(ctx: Context, place: str, verdict: str) -> Fix | None:
    """Offer the verdict of the figures; unsafe, for the figures may be what is wrong."""
    span = ctx.draft.positions.value(place)
    if span is None:
        return None
    return Fix(Safety.UNSAFE, "NUM002.sua", (Edit(span, verdict),), {"dung": verdict})
