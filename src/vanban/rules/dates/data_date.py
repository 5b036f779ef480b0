"""Ngày chốt số liệu nằm trong kỳ và không sau ngày ban hành (DAT008).

Quy định
    ``ngay_chot_so_lieu`` không sớm hơn ``tu_ngay``, không muộn hơn ``den_ngay`` và không muộn hơn
    ngày ban hành.

Vì sao
    Không thể có số liệu của những ngày sau ngày ký; số liệu chốt ngoài kỳ thì không phải của kỳ.

Sai
    the_thuc:
      ngay_ban_hanh: 09/10/2023
    ky_bao_cao:
      ngay_chot_so_lieu: 15/10/2023

Đúng
    the_thuc:
      ngay_ban_hanh: 09/10/2023
    ky_bao_cao:
      ngay_chot_so_lieu: 30/9/2023

Cách sửa
    Ghi đúng ngày mà số liệu được chốt; nếu ngày ban hành gõ nhầm thì sửa ngày ban hành.

Nguồn và độ tin cậy
    Suy ra từ phép tính thời gian; độ tin cậy C về câu chữ.

English:
    The data date lies inside the period and is not later than the date of issue. Silent about the
    date of issue when DAT006 already doubts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.dates._period import data_date_fault

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="DAT008",
    name="data_date",
    severity=Severity.ERROR,
    source=Source("Ngày chốt số liệu so với kỳ và ngày ban hành", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a data date outside the period or after the date of issue."""
    node, fault = ctx.one("data-date"), data_date_fault(ctx)
    if node is not None and fault is not None:
        yield ctx.at(RULE, fault.slug, node.pointer, **fault.args)
