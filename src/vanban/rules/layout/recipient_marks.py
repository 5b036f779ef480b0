"""Nơi nhận không tự gõ gạch đầu dòng, dấu cuối dòng, chữ Như trên (FMT030).

Quy định
    Mỗi nơi nhận chỉ gõ tên; vanban in thêm gạch đầu dòng, dấu chấm phẩy cuối mỗi dòng và dấu chấm
    ở dòng cuối. Báo cáo của Đảng không có dòng Kính gửi nên không ghi "Như trên". Ở văn bản nhà
    nước, báo cáo gửi cấp trên được ghi "Như trên" nên bỏ qua.

Vì sao
    Dấu tự gõ lẫn với dấu in sẵn thì dòng cuối bằng dấu phẩy, dòng bằng dấu chấm. "Như trên" mà
    không có Kính gửi thì không rõ gửi ai.

Sai
    the_thuc:
      noi_nhan:
        - Các chi bộ trực thuộc Đảng ủy xã;
        - Lưu Văn phòng Đảng ủy

Đúng
    the_thuc:
      noi_nhan:
        - Các chi bộ trực thuộc Đảng ủy xã
        - Lưu Văn phòng Đảng ủy

Cách sửa
    Bỏ gạch và dấu; sửa tự động được. Thay "Như trên" bằng tên nơi nhận.

Nguồn và độ tin cậy
    Gạch và dấu là cách soạn dự thảo của vanban, chỉ là lưu ý. "Như trên" dùng cho công văn, tờ
    trình: Hướng dẫn 36-HD/VPTW, II.1.9 (C), Hướng dẫn 05-HD/VPTW (B).

English:
    Recipients are typed without dash and end marks, which the page adds (information, safe fix). A
    Party report has no "Như trên" either, since it is addressed to nobody above; reports of state
    bodies to a superior may have it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity
from vanban.rules.layout._basis import party, remark, state
from vanban.rules.layout._formal_words import (
    end_mark,
    leading_dash,
    recipient_key,
)
from vanban.rules.layout._signing import issuer_name

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_ABOVE = party("II.1.9", Certainty.C, Certainty.B)
_MARKS = party("II.1.9", Certainty.C, Certainty.B, state("II.9d"))

RULE = Rule(
    id="FMT030",
    name="recipient_marks",
    severity=Severity.WARNING,
    source=_MARKS.hd05,
    fix=FixClass.SAFE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report typed dashes and end marks, and "Như trên" in a Party report."""
    known = issuer_name(ctx) is not None
    for node in ctx.role("recipient"):
        if not isinstance(node.value, str):
            continue
        text, pointer = node.value, node.pointer
        if known and ctx.profile.is_party and recipient_key(text) == "như trên":
            yield remark(
                ctx,
                RULE,
                "nhu_tren",
                pointer,
                _ABOVE.of(ctx),
            )
            continue
        dash = leading_dash(text)
        mark = end_mark(text)
        if mark is not None and text[mark[1] - 1] == ":":
            mark = None
        places = [m.span() for m in (dash,) if m] + [place for place in (mark,) if place]
        if not places:
            continue
        shown = [m.span("dash") for m in (dash,) if m] + [place for place in (mark,) if place]
        spans = [ctx.draft.positions.text(pointer, *place) for place in places]
        edits = tuple(Edit(span, "") for span in spans if span is not None)
        yield remark(
            ctx,
            RULE,
            "dau",
            pointer,
            _MARKS.of(ctx),
            most=Severity.INFO,
            text=(shown[0][0], shown[-1][1]),
            fix=Fix(Safety.SAFE, "FMT030.sua", edits) if len(edits) == len(places) else None,
            tim_thay="” … “".join(text[slice(*place)].strip() for place in shown),
        )
