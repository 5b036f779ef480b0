"""Văn bản của cấp ủy phải ký thay mặt tập thể (FMT022).

Quy định
    Báo cáo của đảng ủy, chi bộ, ủy ban kiểm tra, đảng đoàn, ban cán sự đảng có dòng T/M và tên tập
    thể ở trên chức vụ người ký.

Vì sao
    Thiếu T/M thì văn bản thành của cá nhân bí thư, trong khi báo cáo do tập thể thông qua.

Sai
    the_thuc:
      nguoi_ky:
        quyen_han: Ban Chấp hành

Đúng
    the_thuc:
      nguoi_ky:
        quyen_han: T/M Ban Chấp hành

Cách sửa
    Thêm ``quyen_han`` với chữ T/M và tên tập thể; đã có tên tập thể thì thêm T/M (sửa tự động
    được).

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, II.1.7.1 (A); Hướng dẫn 05-HD/VPTW (B). Không áp dụng cho văn bản nhà
    nước, vì người đứng đầu có thể ký theo thẩm quyền riêng.

English:
    A document of a Party committee is signed on behalf of it: there is a T/M line. Signing by order
    (T/L) is left alone, and so are state documents, which their head may sign in person.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity
from vanban.rules.layout._basis import party, remark, weight
from vanban.rules.layout._formal_words import LEADERS, ON_BEHALF, PARTY_FORMS, collective_kinds
from vanban.rules.layout._signing import AUTHORITY, issuer_kind, on_behalf_of, signature_lines

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.7.1", Certainty.A, Certainty.B)

RULE = Rule(
    id="FMT022",
    name="on_behalf",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
    fix=FixClass.SAFE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report the signature of a committee without T/M."""
    kind, signature = issuer_kind(ctx), ctx.one("signature")
    if not ctx.profile.is_party or kind is None or signature is None:
        return
    lines = signature_lines(ctx)
    if any(line.kind is not None for line in lines):
        return
    advice = on_behalf_of(PARTY_FORMS[ON_BEHALF], kind)
    above = [line for line in lines if line.role == AUTHORITY]
    if not above:
        # A chief of office signs by order: FMT025.
        if not any("chánh văn phòng" in line.rest for line in lines):
            source = _GROUNDS.of(ctx)
            yield ctx.at(
                RULE,
                "thieu",
                signature.pointer,
                key=True,
                source=source,
                severity=weight(source),
                goi_y=advice,
            )
        return
    first = above[0]
    shown = " ".join(first.text.split())
    if collective_kinds(first.rest) is not None:
        span = ctx.draft.positions.text(first.pointer, first.rest_start, first.rest_start)
        yield remark(
            ctx,
            RULE,
            "thieu_chu",
            first.pointer,
            _GROUNDS.of(ctx),
            text=(first.rest_start, first.start + len(first.text.rstrip())),
            fix=Fix(Safety.SAFE, "FMT022.sua", (Edit(span, "T/M "),)) if span else None,
            tim_thay=shown,
        )
    elif LEADERS.match(first.rest) and "chánh văn phòng" not in first.rest:
        yield remark(ctx, RULE, "thieu", first.pointer, _GROUNDS.of(ctx), goi_y=advice)
