"""Bản sao không đề ngày trước văn bản được sao (FMT040).

Quy định
    Bản sao có địa danh và ngày sao của mình, ghi dưới dòng cuối của văn bản đã phát hành. Ngày sao
    bằng hoặc sau ngày ban hành.

Vì sao
    Văn bản chưa ban hành thì chưa có gì để sao; ngày sai làm bản sao mất giá trị đối chiếu.

Sai
    the_thuc:
      ngay_ban_hanh: 09/10/2023
      ban_sao:
        hinh_thuc: sao_y
        co_quan_sao: Đảng ủy xã Mẫu
        dia_danh: Xã Mẫu
        ngay_sao: 05/10/2023
        nguoi_ky: {chuc_vu: Chánh Văn phòng, ho_ten: Lê Văn C}
        noi_nhan: [Các chi bộ trực thuộc]

Đúng
    the_thuc:
      ngay_ban_hanh: 09/10/2023
      ban_sao:
        hinh_thuc: sao_y
        co_quan_sao: Đảng ủy xã Mẫu
        dia_danh: Xã Mẫu
        ngay_sao: 12/10/2023
        nguoi_ky: {chuc_vu: Chánh Văn phòng, ho_ten: Lê Văn C}
        noi_nhan: [Các chi bộ trực thuộc]

Cách sửa
    Xem lại ngày trên bản gốc và ngày ký bản sao, sửa ngày sai.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, Phụ lục 3, dòng 4, dùng cho cả bản sao (A); Hướng dẫn 05-HD/VPTW qua nguồn
    thứ cấp (B); Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần II, II.1d (A).

English:
    A copy is not dated before its original; months are compared while a day is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import party, remark, state
from vanban.text import dates

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("Phụ lục 3, dòng 4", Certainty.A, Certainty.B, state("Phần II, II.1d"))

RULE = Rule(
    id="FMT040",
    name="copy_date",
    severity=Severity.ERROR,
    source=_GROUNDS.hd36,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a copy that is older than its original."""
    node, issue = ctx.one("copy-date"), ctx.one("issue-date")
    if node is None or issue is None:
        return
    copied, issued = dates.parse_partial(node.value), dates.parse_partial(issue.value)
    if copied is None or issued is None:
        return
    if copied.full is not None and issued.full is not None:
        older = copied.full < issued.full
    else:
        older = (copied.year, copied.month) < (issued.year, issued.month)
    if older:
        yield remark(
            ctx,
            RULE,
            "truoc",
            node.pointer,
            _GROUNDS.of(ctx),
            most=Severity.ERROR,
            ngay_sao=_shown(copied),
            ngay_ban_hanh=_shown(issued),
        )


def _shown(day: dates.PartialDate) -> str:
    return dates.short(day.full) if day.full is not None else f"{day.month}/{day.year}"
