"""Ngày dưới 10 và tháng 1, 2 viết thêm số 0; các tháng khác thì không (DAT009).

Quy định
    Trong cách viết bằng chữ "ngày ... tháng ...", ngày từ 1 đến 9 và tháng 1, tháng 2 phải thêm số
    0 ở trước; tháng 3 đến tháng 12 không thêm.

Vì sao
    Số 0 ngăn việc thêm số vào trước ngày, tháng; cách viết này giống dòng địa danh, ngày tháng của
    văn bản.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Đảng ủy đối thoại với Nhân dân vào ngày 5 tháng 2 năm 2023 và ngày 09 tháng 04 năm 2023.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Đảng ủy đối thoại với Nhân dân vào ngày 05 tháng 02 năm 2023 và ngày 09 tháng 4 năm 2023.

Cách sửa
    Sửa như lời nhắc; sửa tự động được. Cách viết 05/2/2023, 5/2/2023 không thuộc quy tắc này.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW và Hướng dẫn 05-HD/VPTW, II.1.4: đọc qua nguồn thứ cấp, độ tin cậy B;
    Nghị định 30/2020/NĐ-CP, Phụ lục I, II.4 (A).

English:
    In the worded form "ngày ... tháng ..." days below 10 and months 1 and 2 carry a leading zero,
    months 3 to 12 do not. Safe fix. Dates written with strokes are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity
from vanban.rules._text import HEADING, RUNNING, SUBJECT, text_nodes
from vanban.rules.dates._days import dated
from vanban.rules.layout._basis import party, state
from vanban.text import dates

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.4", Certainty.B, Certainty.B, state("II.4"))
RULE = Rule(
    id="DAT009",
    name="leading_zero",
    severity=Severity.WARNING,
    source=_GROUNDS.hd36,
    fix=FixClass.SAFE,
)

_WORDED = re.compile(
    # "3 ngày 9 tháng 10 đợt" counts days
    r"(?<!\w)(?<!\d )ngày\s+(?P<day>\d{1,2})\s+tháng\s+(?P<month>\d{1,2})(?![\d.,]*\d|\s*%|\w)",
    re.IGNORECASE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report worded dates with a missing or a needless leading zero."""
    worded = ctx.once(dated).worded
    for node, text in text_nodes(ctx, SUBJECT, HEADING, *RUNNING):
        if node.pointer not in worded:
            continue
        for match in _WORDED.finditer(text):
            day, month = int(match["day"]), int(match["month"])
            if not (1 <= day <= 31 and 1 <= month <= 12):
                continue
            wrong = [
                (group, right)
                for group, right in (
                    ("day", dates.day_text(day)),
                    ("month", dates.month_text(month)),
                )
                if match[group] != right
            ]
            if not wrong:
                continue
            edits = tuple(
                Edit(span, right)
                for group, right in wrong
                if (span := ctx.draft.positions.text(node.pointer, *match.span(group))) is not None
            )
            right_form = f"ngày {dates.day_text(day)} tháng {dates.month_text(month)}"
            yield ctx.at(
                RULE,
                "so_khong",
                node.pointer,
                text=(match.start(wrong[0][0]), match.end(wrong[-1][0])),
                fix=Fix(Safety.SAFE, "DAT009.sua", edits, {"dung": right_form})
                if len(edits) == len(wrong)
                else None,
                source=_GROUNDS.of(ctx),
                tim_thay=" ".join(match.group().split()),
                dung=right_form,
            )
