"""Tỷ lệ thực hiện kế hoạch khớp với số thực hiện và số kế hoạch (NUM001).

Quy định
    ``ty_le_ke_hoach`` = thực hiện / kế hoạch × 100, được sai tối đa một đơn vị ở chữ số cuối cùng
    đã ghi (làm tròn hay cắt bớt đều được). Lệch quá 1 điểm phần trăm là lỗi. Chỉ tiêu có nhiều kế
    hoạch (huyện giao, HĐND xã giao) thì tỷ lệ khớp với một trong các kế hoạch đó là được.

Vì sao
    Số thực hiện được sửa nhiều lần, tỷ lệ gõ tay thường không được sửa theo.

Sai
    chi_tieu:
      - ma: CT01
        ten: Lượt hộ được tập huấn kỹ thuật trồng trọt
        don_vi: lượt
        ke_hoach: 820
        thuc_hien: 828
        ty_le_ke_hoach: 100,96

Đúng
    chi_tieu:
      - ma: CT01
        ten: Lượt hộ được tập huấn kỹ thuật trồng trọt
        don_vi: lượt
        ke_hoach: 820
        thuc_hien: 828
        ty_le_ke_hoach: 100,98

Cách sửa
    Bỏ ``ty_le_ke_hoach`` để vanban tự tính, hoặc sửa tỷ lệ, hoặc kiểm tra lại hai số gốc.

Nguồn và độ tin cậy
    Đối chiếu số liệu đã công bố (840 con so với 839 ghi 100,11%: cắt bớt, chấp nhận); độ tin cậy C
    về câu chữ.

English:
    A typed percentage of plan equals actual / plan x 100 within one unit of its last shown digit
    (rounding and truncation both pass); more than one point off is an error. With several plans it
    may match any of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.figures._ratio import deviates, last_unit, plans_of, shown
from vanban.text.numbers import figure, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="NUM001",
    name="percent_of_plan",
    severity=Severity.WARNING,
    source=Source("Tỷ lệ so với kế hoạch", Certainty.C),
)

GRAVE = Decimal(1)


def check(ctx: Context) -> Iterator[Finding]:
    """Report typed percentages that do not follow from their figures."""
    for node in ctx.role("indicator"):
        if not isinstance(node.value, Mapping):
            continue
        typed = node.value.get("ty_le_ke_hoach")
        percent, actual = figure(typed), figure(node.value.get("thuc_hien"))
        plans = [plan for plan in plans_of(node.value.get("ke_hoach")) if plan]
        if percent is None or actual is None or not plans:
            continue
        exact = [(plan, actual * 100 / plan) for plan in plans]
        if not all(deviates(percent, last_unit(typed), value) for _, value in exact):
            continue
        plan, value = min(exact, key=lambda pair: abs(pair[1] - percent))
        yield ctx.at(
            RULE,
            "lech",
            f"{node.pointer}/ty_le_ke_hoach",
            severity=Severity.ERROR if abs(value - percent) > GRAVE else None,
            ty_le=vietnamese(percent),
            thuc_hien=vietnamese(actual),
            ke_hoach=vietnamese(plan),
            dung=shown(value),
        )
