"""Ngày ban hành do văn thư ghi khi phát hành (FMT006).

Quy định
    Ngày ban hành là ngày ký. Khi còn là dự thảo có thể chỉ biết tháng và năm, hoặc chưa biết gì;
    trang in chừa chỗ để ghi ngày. Bản đã ghi ``du_thao_lan`` thì không nhắc.

Vì sao
    Nhắc để ngày không bị bỏ quên khi trình ký; các quy tắc về ngày ban hành chỉ kiểm tra khi đã có
    ngày.

Sai
    the_thuc:
      ngay_ban_hanh: 10/2023      # lưu ý, không phải lỗi: chưa ký

Đúng
    the_thuc:
      ngay_ban_hanh: 09/10/2023

Cách sửa
    Khi đã ký thì ghi đủ ngày, tháng, năm; trước đó không phải làm gì.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW và Hướng dẫn 05-HD/VPTW, II.1.4: đọc qua nguồn thứ cấp (B); Nghị định
    30/2020/NĐ-CP, Phụ lục I, II.4 (A).

English:
    The day of issue is not known yet: the page keeps room for it. Information only, and silent for
    a numbered draft.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import party, state
from vanban.text import dates

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.4", Certainty.B, Certainty.B, state("II.4"))
RULE = Rule(
    id="FMT006",
    name="day_pending",
    severity=Severity.INFO,
    source=_GROUNDS.hd36,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Say that the day of issue is still to be given; a numbered draft is known to lack it."""
    if ctx.one("draft-number") is not None:
        return
    node = ctx.one("issue-date")
    if node is not None:
        partial = dates.parse_partial(node.value)
        if partial is not None and partial.day is None:
            yield ctx.at(
                RULE,
                "chua_co_ngay",
                node.pointer,
                source=_GROUNDS.of(ctx),
                thang=f"{partial.month}/{partial.year}",
            )
        return
    formalities = ctx.one("formalities")
    if formalities is None or not isinstance(formalities.value, Mapping):
        return
    if formalities.value.get("ngay_ban_hanh") is None:
        yield ctx.at(RULE, "chua_co", formalities.pointer, key=True, source=_GROUNDS.of(ctx))
