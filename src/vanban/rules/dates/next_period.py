"""Kỳ tới nối tiếp ngay sau kỳ báo cáo (DAT003).

Quy định
    ``ky_toi`` bắt đầu vào ngày liền sau ``den_ngay``. Sau tháng là tháng kế tiếp, sau quý là quý
    kế tiếp, sau 6 tháng, 9 tháng hay n tháng là phần còn lại đến 31/12, sau năm là năm kế tiếp.

Vì sao
    Phương hướng, nhiệm vụ là của kỳ tới; kỳ tới hở một tháng hay trùng lên kỳ đã báo cáo thì nhiệm
    vụ đặt ra không đúng thời gian.

Sai
    ky_toi:
      tu_ngay: 01/7/2023
      den_ngay: 31/12/2023

Đúng
    ky_toi:
      tu_ngay: 01/10/2023
      den_ngay: 31/12/2023

Cách sửa
    Bỏ ``ky_toi`` để vanban tự tính, hoặc sửa ngày như lời nhắc nêu. Báo cáo chuyên đề, giữa nhiệm
    kỳ và nhiệm kỳ được đặt kỳ tới tùy ý, miễn là ngày đầu không sau ngày cuối.

Nguồn và độ tin cậy
    Suy ra từ trích yếu các báo cáo đã công bố ("9 tháng đầu năm ... 3 tháng cuối năm"); độ tin cậy
    C về câu chữ.

English:
    A given next period starts the day after the reported one and ends where the kind says. Free for
    thematic and term reports, except that it may not run backwards. Silent when DAT001 or DAT002
    speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.compose.period import derived_next
from vanban.finding import Certainty, Severity, Source
from vanban.rules.dates._period import FREE_KINDS, sound_period
from vanban.text import dates

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="DAT003",
    name="next_period",
    severity=Severity.ERROR,
    source=Source("Kỳ tới: nối tiếp kỳ báo cáo", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a given next period that does not follow the reported one."""
    node, period = ctx.one("next-period"), sound_period(ctx)
    if node is None or period is None or not isinstance(node.value, Mapping):
        return
    start, end = (dates.parse(node.value.get(k)) for k in ("tu_ngay", "den_ngay"))
    if start is not None and end is not None and start > end:
        # The start that follows the period is taken to be right.
        wrong = "den_ngay" if period.kind in FREE_KINDS or start > period.end else "tu_ngay"
        yield ctx.at(
            RULE,
            "nguoc",
            f"{node.pointer}/{wrong}",
            tu_ngay=dates.short(start),
            den_ngay=dates.short(end),
        )
        return
    expected = derived_next(period)
    if expected is None or period.kind in FREE_KINDS:
        return
    wrongs = [
        key
        for key, found, right in (
            ("tu_ngay", start, expected.start),
            ("den_ngay", end, expected.end),
        )
        if found is not None and found != right
    ]
    if wrongs:
        yield ctx.at(
            RULE,
            "khong_noi_tiep",
            f"{node.pointer}/{wrongs[0]}",
            ky_truoc=dates.short(period.end),
            tu_dung=dates.short(expected.start),
            den_dung=dates.short(expected.end),
        )
