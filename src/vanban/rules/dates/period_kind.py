"""Khoảng thời gian khớp với loại kỳ báo cáo (DAT002).

Quy định
    Tháng: trọn một tháng. Quý: trọn ba tháng của quý. 6 tháng: 01/01 đến 30/6. 9 tháng: 01/01 đến
    30/9. n tháng: 01/01 đến ngày cuối tháng n. Năm: 01/01 đến 31/12. Trích yếu, tên phần do đơn vị
    tự ghi và câu mở đầu giới thiệu báo cáo phải nói đúng kỳ: đúng số tháng, không gọi báo cáo 9
    tháng là tổng kết năm hay báo cáo năm là 9 tháng.

Vì sao
    Đề mục "9 tháng đầu năm" đặt trên số liệu 6 tháng làm sai cả báo cáo lẫn bảng tổng hợp của cấp
    trên.

Sai
    ky_bao_cao:
      loai_ky: chin_thang
      tu_ngay: 01/01/2023
      den_ngay: 30/6/2023

Đúng
    ky_bao_cao:
      loai_ky: chin_thang
      tu_ngay: 01/01/2023
      den_ngay: 30/9/2023

Cách sửa
    Sửa ngày cho khớp loại kỳ, hoặc chọn lại ``loai_ky``; nếu trích yếu tự ghi sai số tháng thì sửa
    hoặc bỏ đi để vanban tự đặt.

Nguồn và độ tin cậy
    Suy ra từ các báo cáo tháng, quý, 6 tháng, 7 tháng, 9 tháng và năm đã công bố; độ tin cậy C về
    câu chữ.

English:
    The days of the period are those that its kind stands for; an overridden subject, a part title
    and the words with which the opening presents the report name the same period: its months, not
    a whole year or a quarter, and for a whole year not some of its months. Silent when DAT001
    speaks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.dates._names import other_periods
from vanban.rules.dates._period import given_period, kind_fault

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="DAT002",
    name="period_kind",
    severity=Severity.ERROR,
    source=Source("Kỳ báo cáo: khoảng thời gian theo loại kỳ", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a period that does not fit its kind, and titles that name another number of months."""
    given, fault = given_period(ctx), kind_fault(ctx)
    if given is not None and fault is not None:
        yield ctx.at(RULE, fault.slug, f"{given.node.pointer}/{fault.key}", **fault.args)
        return
    for pointer, start, end, words, months in other_periods(ctx):
        yield ctx.at(RULE, "tieu_de", pointer, text=(start, end), tim_thay=words, so_thang=months)
