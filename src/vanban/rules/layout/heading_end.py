"""Tiêu đề không có dấu câu ở cuối (FMT035).

Quy định
    Tiêu đề của phần, mục, khoản là một cụm từ, đứng riêng một dòng, cuối dòng thường không có dấu
    chấm, dấu hai chấm, dấu chấm phẩy hay dấu phẩy.

Vì sao
    Dấu ở cuối tiêu đề thường là dấu sót lại khi cắt từ lời văn.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van:
          tieu_de: Công tác dân vận của Đảng.
          noi_dung: Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van:
          tieu_de: Công tác dân vận của Đảng
          noi_dung: Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân.

Cách sửa
    Bỏ dấu ở cuối; sửa tự động được.

Nguồn và độ tin cậy
    Suy ra từ các ví dụ của Hướng dẫn 36-HD/VPTW và Nghị định 30/2020/NĐ-CP (Phụ lục I, mục V, dòng
    6); không câu nào nêu riêng (C), nên chỉ là lưu ý.

English:
    A heading ends without a mark. The leads of items, which run into their text, are left alone.
    Information, safe fix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity
from vanban.rules._text import HEADING, text_nodes
from vanban.rules.layout._basis import party, remark, state
from vanban.rules.layout._formal_words import end_mark

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.6", Certainty.C, Certainty.C, state("mục V, dòng 6 (ví dụ)", Certainty.C))

RULE = Rule(
    id="FMT035",
    name="heading_end",
    severity=Severity.INFO,
    source=_GROUNDS.hd05,
    fix=FixClass.SAFE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report headings that end with a mark."""
    for node, text in text_nodes(ctx, HEADING):
        place = end_mark(text)
        if place is None:
            continue
        span = ctx.draft.positions.text(node.pointer, *place)
        yield remark(
            ctx,
            RULE,
            "dau_cuoi",
            node.pointer,
            _GROUNDS.of(ctx),
            text=place,
            fix=Fix(Safety.SAFE, "FMT035.sua", (Edit(span, ""),)) if span else None,
            tim_thay=text[slice(*place)].strip(),
        )
