"""Ban hành trước khi hết kỳ thì ghi ngày chốt số liệu và chữ "ước" (DAT007).

Quy định
    Khi ngày ban hành sớm hơn ngày cuối kỳ, số liệu cả kỳ chỉ là số ước: dự thảo cần có
    ``ngay_chot_so_lieu`` và trong lời văn cần có chữ "ước" (ước thực hiện, ước đạt).

Vì sao
    Ký ngày 18/9 mà ghi số liệu đến 30/9 thì người đọc không biết số nào là thật, số nào là ước.

Sai
    the_thuc:
      ngay_ban_hanh: 18/9/2023
    ky_bao_cao:
      den_ngay: 30/9/2023
      ngay_chot_so_lieu: null      # không ghi ngày chốt

Đúng
    the_thuc:
      ngay_ban_hanh: 18/9/2023
    ky_bao_cao:
      den_ngay: 30/9/2023
      ngay_chot_so_lieu: 15/9/2023
    ket_qua:
      xay_dung_dang:
        dang_vien: |
          Đến ngày 15/9/2023, Đảng bộ có 128 đảng viên; ước 9 tháng kết nạp 03 đảng viên.

Cách sửa
    Thêm ``ngay_chot_so_lieu`` và ghi "ước" ở các số liệu chưa chốt.

Nguồn và độ tin cậy
    Suy ra từ các báo cáo 9 tháng ban hành từ 18/9; độ tin cậy C về câu chữ.

English:
    A report issued before its period ends needs a data date and the word "ước" (estimated)
    somewhere in its text. Silent while DAT006 or DAT008 doubts the date of issue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._walk import strings
from vanban.rules.dates._period import data_date_fault, issue_date, issue_fault, sound_period
from vanban.text import dates

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="DAT007",
    name="estimate",
    severity=Severity.WARNING,
    source=Source("Số liệu ước khi ban hành trước ngày cuối kỳ", Certainty.C),
)

# "quy ước", "hương ước", "mong ước", "ước mơ" are other words.
_ESTIMATE = re.compile(
    r"(?<!\w)(?<!quy )(?<!hương )(?<!công )(?<!mong )(?<!nguyện )(?<!giao )(?<!điều )(?<!khế )"
    r"(?<!hiệp )(?<!ao )ước(?!\w| mơ| vọng| nguyện| muốn| mong)",
    re.IGNORECASE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report an early report that lacks its data date or the word "ước"."""
    period, issued, node = sound_period(ctx), issue_date(ctx), ctx.one("issue-date")
    if period is None or issued is None or node is None or issued >= period.end:
        return
    if issue_fault(ctx) is not None or data_date_fault(ctx) is not None:
        return
    no_date = period.data_date is None
    no_word = not any(_ESTIMATE.search(text) for _, text in strings(ctx))
    if not (no_date or no_word):
        return
    slug = "thieu_ca_hai" if no_date and no_word else "thieu_moc" if no_date else "thieu_uoc"
    within = ctx.one("period")
    lacking = slug == "thieu_moc" and within is not None
    yield ctx.at(
        RULE,
        slug,
        # the data date alone is missed where it should stand, the rest where the hurry shows
        within.pointer if lacking and within is not None else node.pointer,
        key=lacking,
        ngay=dates.short(issued),
        den_ngay=dates.short(period.end),
    )
