"""Ngày ban hành ở gần ngày cuối kỳ (DAT006).

Quy định
    Báo cáo định kỳ được ban hành trong khoảng từ 25 ngày trước đến 30 ngày sau ngày cuối kỳ. Ban
    hành trước cả ngày đầu kỳ là sai. Quy tắc này chờ đến khi văn thư ghi ngày.

Vì sao
    Ngày ban hành xa kỳ báo cáo thường do gõ nhầm tháng hoặc chép lại từ văn bản khác; nộp muộn thì
    cấp trên không kịp tổng hợp.

Sai
    the_thuc:
      ngay_ban_hanh: 30/11/2023

Đúng
    the_thuc:
      ngay_ban_hanh: 09/10/2023

Cách sửa
    Kiểm tra lại ngày ban hành và kỳ báo cáo, sửa chỗ gõ nhầm. Nếu đơn vị ban hành muộn thật thì có
    thể bỏ qua lời nhắc này.

Nguồn và độ tin cậy
    Đo trên các báo cáo đã công bố: 9 tháng từ 18/9 đến 27/10, 6 tháng từ 09/6 đến 30/6, năm từ
    13/12 đến 04/01; độ tin cậy C về giới hạn.

English:
    A periodic report is issued between 25 days before and 30 days after the end of its period
    (warning outside, error before the period begins). Waits until the day is known; thematic and
    term reports are only held to the error.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.dates._period import issue_fault

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="DAT006",
    name="issue_window",
    severity=Severity.WARNING,
    source=Source("Ngày ban hành so với kỳ báo cáo", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a date of issue far from the end of the period."""
    node, fault = ctx.one("issue-date"), issue_fault(ctx)
    if node is None or fault is None:
        return
    severity = Severity.ERROR if fault.slug == "truoc_ky" else None
    yield ctx.at(RULE, fault.slug, node.pointer, severity=severity, **fault.args)
