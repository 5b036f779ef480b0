"""Trích yếu văn bản của Đảng bắt đầu bằng chữ thường (FMT026).

Quy định
    Trích yếu đặt ngay dưới tên loại, viết bằng chữ thường và bắt đầu bằng chữ thường: "sơ kết công
    tác ...", "về quy hoạch ...". Tên riêng đứng đầu (Đảng, Nghị quyết số ...) vẫn viết hoa. Văn bản
    hành chính của Nhà nước viết hoa chữ đầu nên không thuộc quy tắc này.

Vì sao
    Tên loại và trích yếu đọc liền thành một câu: "Báo cáo sơ kết công tác ...".

Sai
    the_thuc:
      trich_yeu: Sơ kết công tác xây dựng Đảng 9 tháng đầu năm 2023

Đúng
    the_thuc:
      trich_yeu: sơ kết công tác xây dựng Đảng 9 tháng đầu năm 2023

Cách sửa
    Viết thường chữ đầu; sửa tự động được. Trích yếu viết hoa cả dòng thì gõ lại bằng chữ thường.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, Phụ lục 3, dòng 5b (A); Hướng dẫn 05-HD/VPTW (B).

English:
    The subject of a Party document begins in lower case. Only words that never begin a name are
    judged, so "Đảng bộ ..." or "Nghị quyết số ..." keep their capital; a subject wholly in capitals
    is reported too. Safe fix for the first letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity
from vanban.rules._text import SUBJECT, text_nodes
from vanban.rules.layout._basis import party, remark
from vanban.rules.layout._formal_words import OPENING_WORDS, TOPIC
from vanban.rules.layout._signing import issuer_name

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.5; Phụ lục 3, dòng 5b", Certainty.A, Certainty.B)

RULE = Rule(
    id="FMT026",
    name="subject_case",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
    fix=FixClass.SAFE,
)

# A short subject in capitals may be an abbreviation or a name.
_SHORTEST = 12


def check(ctx: Context) -> Iterator[Finding]:
    """Report a Party subject that begins with a capital or stands in capitals."""
    if not ctx.profile.is_party or issuer_name(ctx) is None:
        return
    for node, text in text_nodes(ctx, SUBJECT, TOPIC):
        start = len(text) - len(text.lstrip())
        if not text[start : start + 1].isupper():
            continue
        if text.isupper() and len(text) >= _SHORTEST:
            yield remark(
                ctx,
                RULE,
                "in_hoa",
                node.pointer,
                _GROUNDS.of(ctx),
            )
            continue
        words = OPENING_WORDS.match(text, start)
        if words is None:
            continue
        right = text[start].lower()
        span = ctx.draft.positions.text(node.pointer, start, start + 1)
        fix = Fix(Safety.SAFE, "FMT026.sua", (Edit(span, right),)) if span else None
        found = " ".join(words.group().split())
        yield remark(
            ctx,
            RULE,
            "viet_hoa",
            node.pointer,
            _GROUNDS.of(ctx),
            text=words.span(),
            fix=fix,
            tim_thay=found,
            dung=right + found[1:],
        )
