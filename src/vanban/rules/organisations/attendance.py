"""Có mặt cộng vắng bằng số được triệu tập, không tính người được miễn (ORG004).

Quy định
    ``co_mat`` + ``vang`` = ``trieu_tap``. Đảng viên được miễn sinh hoạt đứng ngoài số triệu tập:
    chi bộ có 19 đảng viên, miễn 5, thì triệu tập 14 và tỷ lệ dự họp tính trên 14. ``ty_le`` (nếu tự
    ghi) = có mặt / triệu tập × 100, được sai một đơn vị ở chữ số cuối.

Vì sao
    Tính cả người được miễn vào mẫu số làm tỷ lệ dự sinh hoạt thấp đi mà không phản ánh đúng nền
    nếp của chi bộ.

Sai
    ket_qua:
      xay_dung_dang:
        to_chuc: Các chi bộ giữ vững nền nếp sinh hoạt.
    so_lieu:
      sinh_hoat: {chi_bo: 8, dinh_ky: 72, trieu_tap: 19, co_mat: 13, vang: 1, mien_sinh_hoat: 5}

Đúng
    ket_qua:
      xay_dung_dang:
        to_chuc: Các chi bộ giữ vững nền nếp sinh hoạt.
    so_lieu:
      sinh_hoat: {chi_bo: 8, dinh_ky: 72, trieu_tap: 14, co_mat: 13, vang: 1, mien_sinh_hoat: 5}

Cách sửa
    Lấy số triệu tập là tổng số đảng viên trừ số được miễn, rồi đếm lại số có mặt và vắng; bỏ
    ``ty_le`` để vanban tự tính.

Nguồn và độ tin cậy
    Suy ra từ cách tính tỷ lệ dự sinh hoạt trong các báo cáo đã công bố; độ tin cậy C.

English:
    Present and absent add up to summoned, and members exempt from meetings are not summoned. A
    typed attendance rate is present over summoned, within one unit of its last digit.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._fields import Field, Record, records
from vanban.rules.figures._ratio import deviates, last_unit, shown
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="ORG004",
    name="attendance",
    severity=Severity.WARNING,
    source=Source("Đảng viên dự sinh hoạt: có mặt, vắng, được triệu tập", Certainty.C),
)

SUMMONED, PRESENT, ABSENT = "meetings-summoned", "meetings-present", "meetings-absent"
EXEMPT, PERCENT = "meetings-exempt", "meetings-percent"


def check(ctx: Context) -> Iterator[Finding]:
    """Report attendance that does not add up, then a rate that does not follow from it."""
    for record in records(ctx, "meetings", SUMMONED, PRESENT, ABSENT, EXEMPT, PERCENT):
        finding = _sum(ctx, record) or _rate(ctx, record)
        if finding is not None:
            yield finding


def _sum(ctx: Context, record: Record) -> Finding | None:
    summoned, present, absent = (record.one(role) for role in (SUMMONED, PRESENT, ABSENT))
    exempt = record.number(EXEMPT)
    if summoned is None:
        return None
    if present is None or absent is None:
        part = present or absent
        if part is None or part.number <= summoned.number:
            return None
        return ctx.at(
            RULE,
            "nhieu_hon",
            part.pointer,
            so=vietnamese(part.number),
            trieu_tap=vietnamese(summoned.number),
        )
    both = present.number + absent.number
    if both == summoned.number:
        return None
    args: dict[str, Any] = {
        "co_mat": vietnamese(present.number),
        "vang": vietnamese(absent.number),
        "tong": vietnamese(both),
        "trieu_tap": vietnamese(summoned.number),
    }
    if exempt and both == summoned.number - exempt:
        return ctx.at(RULE, "gom_mien", summoned.pointer, **args, mien=vietnamese(exempt))
    odd = _odd(record, summoned, present, absent)
    return ctx.at(RULE, "khong_can", odd.pointer, **args)


def _odd(record: Record, summoned: Field, present: Field, absent: Field) -> Field:
    """Return the figure that the typed rate speaks against; without one, the number summoned."""
    percent = record.one(PERCENT)
    if percent is not None:
        if _fits(percent, present.number, summoned.number):
            return absent
        if _fits(percent, summoned.number - absent.number, summoned.number):
            return present
    return summoned


def _fits(percent: Field, part: Decimal, whole: Decimal) -> bool:
    return whole > 0 and not deviates(percent.number, last_unit(percent.typed), part * 100 / whole)


def _rate(ctx: Context, record: Record) -> Finding | None:
    percent, present = record.one(PERCENT), record.number(PRESENT)
    whole, absent, exempt = (record.number(role) for role in (SUMMONED, ABSENT, EXEMPT))
    if whole is None and present is not None and absent is not None:
        whole = present + absent
    if percent is None or present is None or not whole or _fits(percent, present, whole):
        return None
    args: dict[str, Any] = {
        "ty_le": vietnamese(percent.number),
        "co_mat": vietnamese(present),
        "trieu_tap": vietnamese(whole),
        "dung": shown(present * 100 / whole),
    }
    if exempt and _fits(percent, present, whole + exempt):
        return ctx.at(RULE, "ty_le_gom_mien", percent.pointer, **args, mien=vietnamese(exempt))
    return ctx.at(RULE, "ty_le", percent.pointer, **args)
