"""Bộ thể thức còn hiệu lực vào ngày ban hành (FMT004).

Quy định
    Văn bản ban hành ngày nào thì trình bày theo quy định về thể thức có hiệu lực ngày đó: văn bản
    của Đảng theo Hướng dẫn 36-HD/VPTW đến 26/5/2026, theo Hướng dẫn 05-HD/VPTW từ 27/5/2026; văn
    bản hành chính nhà nước theo Nghị định 30/2020/NĐ-CP từ 05/3/2020.

Vì sao
    Dự thảo chép từ năm trước thường giữ bộ thể thức đã hết hiệu lực.

Sai
    # theo: 6-thang-2026
    the_thuc:
      bo_the_thuc: dang-hd36      # ban hành từ 27/5/2026 thì theo Hướng dẫn 05

Đúng
    # theo: 6-thang-2026
    the_thuc:
      bo_the_thuc: null           # không ghi: vanban tự chọn theo ngày ban hành

Cách sửa
    Bỏ ``bo_the_thuc``, hoặc kiểm tra lại ngày ban hành.

Nguồn và độ tin cậy
    Ngày của Hướng dẫn 36-HD/VPTW đọc từ nguồn gốc (A); ngày của Hướng dẫn 05-HD/VPTW đọc qua nguồn
    thứ cấp, các nguồn ghi khác nhau (B). Vì vậy chỉ là cảnh báo.

English:
    The layout regulation in use is in force on the date of issue. Waits until the day is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.layout._formalities import asked_profile
from vanban.text import dates

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="FMT004",
    name="validity",
    severity=Severity.WARNING,
    source=Source("Hiệu lực của quy định về thể thức", Certainty.B),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a date of issue on which the regulation in use was not in force."""
    node = ctx.one("issue-date")
    issued = dates.parse(node.value) if node is not None else None
    if node is None or issued is None or ctx.profile.covers(issued):
        return
    profile, asked = ctx.profile, asked_profile(ctx)
    early = profile.valid_from is not None and issued < profile.valid_from
    limit = profile.valid_from if early else profile.valid_to
    if limit is None:
        return
    yield ctx.at(
        RULE,
        "chua_hieu_luc" if early else "het_hieu_luc",
        asked.pointer if asked is not None else node.pointer,
        ngay=dates.short(issued),
        bo_the_thuc=profile.name,
        gioi_han=dates.short(limit),
    )
