"""Đảng viên đầu kỳ bằng đảng viên cuối kỳ của báo cáo liền trước (MEM002).

Quy định
    Dòng A của Biểu 1 (``dau_ky``) bằng dòng D (``cuoi_ky``) của báo cáo cùng đơn vị kết thúc đúng
    ngày liền trước ``tu_ngay``. Báo cáo 9 tháng năm N bắt đầu từ 01/01 nên nối với báo cáo năm
    N-1. Báo cáo liền trước được đưa vào bằng ``--previous``; không đưa vào thì quy tắc không xét.
    Nếu báo cáo liền trước chốt số liệu sớm hơn ngày cuối kỳ thì chênh lệch chỉ là cảnh báo. Không
    báo cáo nào đưa vào dùng được (khác đơn vị, khác kỳ) thì vanban nói rõ vì sao.

Vì sao
    Cấp trên cộng dồn Biểu 1 qua các kỳ; đầu kỳ không nối với cuối kỳ trước thì mọi dòng tăng, giảm
    sau đó đều không đối chiếu được.

Sai
    # theo: nam-2025
    {}
    ---
    # theo: 6-thang-2026
    so_lieu:
      dang_vien:
        dau_ky: 1123            # báo cáo năm 2025 ghi cuối kỳ 1.124
        cuoi_ky: 1135
        chinh_thuc: 1097
    ket_qua:
      dac_diem: null
      xay_dung_dang:
        dang_vien: Đảng bộ kết nạp 19 đảng viên.

Đúng
    # theo: nam-2025
    {}
    ---
    # theo: 6-thang-2026
    so_lieu:
      dang_vien:
        dau_ky: 1124
        cuoi_ky: 1136
        chinh_thuc: 1098
    ket_qua:
      dac_diem: null
      xay_dung_dang:
        dang_vien: Đảng bộ kết nạp 19 đảng viên.

Cách sửa
    Lấy số cuối kỳ của báo cáo đã ban hành làm số đầu kỳ. Nếu số kỳ trước sai và đã được đính chính
    thì đối chiếu với bản đính chính; số đảng viên tăng, giảm sau ngày chốt của kỳ trước phải nằm
    trong các dòng tăng, giảm của kỳ này.

Nguồn và độ tin cậy
    Biểu số 1-BTCTW: dòng A là "tổng số cuối kỳ trước", đọc qua nguồn thứ cấp, độ tin cậy B.

English:
    Members at the start equal members at the end of the report before. The earlier report is of the
    same unit (issuer and the body above it), ends the day before this period begins, and is given
    with --previous; silent without it. A difference is a warning when that report closed its
    figures before its period ended. When none of the given reports can be used, an information says
    why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._earlier import Misfit, ended_before, unit_name, unused
from vanban.rules.members._rows import CLOSING, OPENING
from vanban.text import dates
from vanban.text.numbers import figure, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding
    from vanban.rules._earlier import Earlier, Unused

RULE = Rule(
    id="MEM002",
    name="opening",
    severity=Severity.ERROR,
    source=Source("Biểu số 1-BTCTW: A là tổng số cuối kỳ trước", Certainty.B),
)


class _Closing(NamedTuple):
    """The members at the end of an earlier report."""

    report: Earlier
    number: Decimal

    @property
    def early(self) -> bool:
        """True when the figures were closed before the period ended."""
        day = self.report.period.data_date
        return day is not None and day < self.report.period.end


def check(ctx: Context) -> Iterator[Finding]:
    """Report an opening number that is not the closing number of the report before."""
    if reasons := unused(ctx):
        # One word about what was given is enough: the first report speaks for the others.
        yield _useless(ctx, reasons[0])
        return
    opening = _member_row(ctx, OPENING)
    if opening is None:
        return
    pointer, number = opening
    closings = [
        _Closing(report, row[1])
        for report in ended_before(ctx)
        if (row := _member_row(report.ctx, CLOSING)) is not None
    ]
    if not closings or any(closing.number == number for closing in closings):
        return
    closing = closings[-1]
    period = closing.report.period
    yield ctx.at(
        RULE,
        "lech_sau_chot" if closing.early else "lech",
        pointer,
        severity=Severity.WARNING if closing.early else None,
        dau_ky=vietnamese(number),
        cuoi_ky=vietnamese(closing.number),
        lech=vietnamese(abs(number - closing.number)),
        den_ngay=dates.short(
            period.data_date if closing.early and period.data_date else period.end
        ),
    )


def _member_row(ctx: Context, key: str) -> tuple[str, Decimal] | None:
    """Return a row of the draft's own Biểu 1: its place and number."""
    node = ctx.one("member-balance")
    if node is None or not isinstance(node.value, Mapping):
        return None
    number = figure(node.value.get(key))
    return None if number is None else (f"{node.pointer}/{key}", number)


def _useless(ctx: Context, reason: Unused) -> Finding:
    node = ctx.one("period-start")
    names: dict[str, Any] = {"don_vi": reason.unit}
    if reason.why is Misfit.OTHER_UNIT:
        names["don_vi_nay"] = unit_name(ctx)
    elif reason.why is Misfit.OTHER_PERIOD and reason.period is not None:
        first, last = dates.short(reason.period.start), dates.short(reason.period.end)
        names = {"tu_ngay": first, "den_ngay": last}
    return ctx.at(
        RULE,
        reason.why.value,
        node.pointer if node is not None else "/ky_bao_cao",
        severity=Severity.INFO,
        **names,
    )
