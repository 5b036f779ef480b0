"""Tiêu đề không tự gõ số thứ tự (FMT034).

Quy định
    ``tieu_de`` chỉ ghi chữ; số thứ tự (I-, 1., a), dấu gạch) do vanban đánh theo vị trí của mục.

Vì sao
    Gõ cả số thì khi in thành hai số: "2. 1. Công tác chính trị, tư tưởng".

Sai
    ket_qua:
      xay_dung_dang:
        dan_van:
          tieu_de: 5. Công tác dân vận của Đảng
          noi_dung: Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van:
          tieu_de: Công tác dân vận của Đảng
          noi_dung: Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân.

Cách sửa
    Bỏ số trong tiêu đề; sửa tự động được. Muốn đánh số khác cách tự động thì ghi vào ``nhan``.

Nguồn và độ tin cậy
    Mỗi đề mục có một số thứ tự: Hướng dẫn 36-HD/VPTW, II.1.6 (B); Nghị định 30/2020/NĐ-CP, Phụ lục
    I, II.6đ (A).

English:
    A heading carries no number of its own, since vanban prints one. Years, fractions, document
    numbers, ranges and initials are not taken for numbers. Safe fix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity
from vanban.rules._text import HEADING, text_nodes
from vanban.rules.layout._basis import party, remark, state
from vanban.rules.layout._headings import own_number

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.6", Certainty.B, Certainty.B, state("II.6đ"))

RULE = Rule(
    id="FMT034",
    name="heading_number",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
    fix=FixClass.SAFE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report headings that begin with a number of their own."""
    for node, text in text_nodes(ctx, HEADING, "lead"):
        match = own_number(text)
        if match is None:
            continue
        span = ctx.draft.positions.text(node.pointer, *match.span())
        # What is left must begin with a letter, lest YAML read it as something else.
        sound = span is not None and text[match.end()].isalpha()
        yield remark(
            ctx,
            RULE,
            "so_thu_tu",
            node.pointer,
            _GROUNDS.of(ctx),
            text=match.span("number"),
            fix=Fix(Safety.SAFE, "FMT034.sua", (Edit(span, ""),)) if span and sound else None,
            tim_thay=match["number"],
            dung=text[match.end() :].strip(),
        )
