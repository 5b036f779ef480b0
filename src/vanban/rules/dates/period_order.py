"""Ngày đầu kỳ đứng trước ngày cuối kỳ và cùng nằm trong năm báo cáo (DAT001).

Quy định
    ``tu_ngay`` đứng trước ``den_ngay``; cả hai thuộc cùng một năm và đúng năm ghi ở ``nam``. Báo
    cáo chuyên đề, giữa nhiệm kỳ và nhiệm kỳ được kéo dài qua nhiều năm.

Vì sao
    Trích yếu, đề mục, kỳ tới và mọi phép so sánh với cùng kỳ đều suy ra từ hai ngày này.

Sai
    ky_bao_cao:
      tu_ngay: 01/10/2023
      den_ngay: 30/9/2023

Đúng
    ky_bao_cao:
      tu_ngay: 01/01/2023
      den_ngay: 30/9/2023

Cách sửa
    Gõ lại ngày bị sai; năm của hai ngày phải là năm báo cáo.

Nguồn và độ tin cậy
    Suy ra từ cách các báo cáo đã công bố ghi kỳ; độ tin cậy C về câu chữ, nhưng hai ngày ngược
    nhau thì không báo cáo nào dùng được.

English:
    The first day of the period precedes the last, both lie in one year, and that is the year given
    in ``nam``. Thematic, mid-term and term reports may span years.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.dates._period import given_period, order_fault

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="DAT001",
    name="period_order",
    severity=Severity.ERROR,
    source=Source("Kỳ báo cáo: thứ tự và năm của hai ngày", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report the typed period whose dates are not in order."""
    given, fault = given_period(ctx), order_fault(ctx)
    if given is not None and fault is not None:
        yield ctx.at(RULE, fault.slug, f"{given.node.pointer}/{fault.key}", **fault.args)
