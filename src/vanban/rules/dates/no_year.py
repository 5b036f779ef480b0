"""Ngày trong lời văn xác định được năm (DAT010).

Quy định
    Ngày ghi trong lời văn phải có năm, hoặc suy ra được năm. Báo cáo của một kỳ nằm gọn trong một
    năm thì "ngày 09/10" hiểu là của năm ấy; chỉ nhắc khi ngày đó sau cả ngày ban hành mà câu văn
    không nói việc sắp tới. Báo cáo chuyên đề, giữa nhiệm kỳ, nhiệm kỳ phải ghi đủ năm. Ngày kỷ niệm
    (3/2, 19/5, 2/9, 7/11 ...) nói với nghĩa ngày kỷ niệm và ngày đứng cạnh một năm đã nêu không bị
    nhắc; "hội nghị được tổ chức chiều ngày 20/11" thì vẫn phải có năm.

Vì sao
    Báo cáo được đọc lại sau nhiều năm và được chép sang báo cáo khác; ngày không có năm khi ấy
    không còn xác định được.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì 04 mô hình; chiều ngày 28/12, hai chi bộ đối thoại với Nhân dân.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì 04 mô hình; chiều ngày 28/12/2022, hai chi bộ đối thoại với
          Nhân dân.

Cách sửa
    Ghi thêm năm: ngày 28/12/2022.

Nguồn và độ tin cậy
    Bản tin sơ kết đã công bố viết "chiều ngày 09/10" mà không có năm ở cả bài; độ tin cậy C về câu
    chữ.

English:
    A day named in running text resolves to a full date. In the report of a period within one year a
    day without a year is taken for that year's and questioned only when it would lie after the date
    of issue and is not spoken of as to come; thematic and term reports must give the year.
    Anniversaries spoken of as such and days beside a year are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.dates._days import Day, dated, days_without_year, named_year, running
from vanban.rules.dates._period import DAYS_AFTER_END, FREE_KINDS, issue_date, sound_period

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="DAT010",
    name="no_year",
    severity=Severity.INFO,
    source=Source("Ngày ghi đủ ngày, tháng, năm", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report days whose year a reader cannot tell."""
    period = sound_period(ctx)
    if period is None:
        return
    one_year = period.start.year == period.end.year
    last = max(period.end, issue_date(ctx) or period.end + timedelta(days=DAYS_AFTER_END))
    plan = tuple(f"{node.pointer}/" for node in ctx.role("plan-part"))
    # A heading that the schema refused may have named the year.
    headed: set[str] = set()
    if not one_year:
        headed = {pointer.rpartition("/")[0] for pointer in ctx.invalid} | {
            node.pointer.rpartition("/")[0]
            for role in ("lead", "heading")
            for node in ctx.role(role)
            if isinstance(node.value, str) and named_year(node.value)
        }

    def at(slug: str, pointer: str, day: Day) -> Finding:
        return ctx.at(
            RULE, slug, pointer, text=(day.start, day.end), tim_thay=day.words, nam=period.year
        )

    found = ctx.once(dated)
    for pointer, text in running(ctx):
        if pointer not in found.worded and pointer not in found.short:
            continue
        for day in days_without_year(text):
            if day.named:
                continue
            if one_year:
                if day.anniversary:
                    continue
                # In the part on the period ahead the next such day is meant.
                meant = day.of(period.year)
                sure = day.ahead or pointer.startswith(plan) or meant is None or meant <= last
                if not sure:
                    yield at("ngoai_ky", pointer, day)
            elif period.kind in FREE_KINDS and not day.context and not _headed(pointer, headed):
                yield at("khong_ro", pointer, day)


def _headed(pointer: str, headed: set[str]) -> bool:
    """Tell whether a heading above the text names a year."""
    place = pointer
    while place and headed:
        place = place.rpartition("/")[0]
        if place in headed:
            return True
    return False
