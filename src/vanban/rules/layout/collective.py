"""Sau T/M (TM.) là tên tập thể của chính cơ quan ban hành (FMT021).

Quy định
    Sau chữ T/M phải ghi tên tập thể. Đảng ủy ký T/M Ban Chấp hành, T/M Ban Thường vụ hoặc T/M
    Đảng ủy; chi bộ ký T/M Chi bộ hoặc T/M Chi ủy; ủy ban kiểm tra ký T/M Ủy ban Kiểm tra. Ủy ban
    nhân dân ký TM. Ủy ban nhân dân.

Vì sao
    Dòng này cho biết văn bản là của ai. Chép mẫu của cấp trên (Ban Thường vụ Huyện ủy) hay của cơ
    quan khác thì văn bản ký sai thẩm quyền.

Sai
    the_thuc:
      nguoi_ky:
        quyen_han: T/M Ban Thường vụ Huyện ủy

Đúng
    the_thuc:
      nguoi_ky:
        quyen_han: T/M Ban Thường vụ

Cách sửa
    Ghi tên tập thể đã thông qua báo cáo, như lời nhắc gợi ý.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, II.1.7.1 (A); Hướng dẫn 05-HD/VPTW (B); Nghị định 30/2020/NĐ-CP, Phụ lục
    I, II.7b (A).

English:
    Behind T/M (TM.) stands a collective, and one of the issuer's own. A missing collective, an
    office in its place, and a collective of another body or level are reported; names we do not
    know are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import party, remark, state
from vanban.rules.layout._formal_words import (
    LEADERS,
    ON_BEHALF,
    PARTY_FORMS,
    STATE_FORMS,
)
from vanban.rules.layout._signing import (
    issuer_kind,
    issuer_name,
    named_collective,
    on_behalf_of,
    signature_lines,
    stands_for,
)

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.7.1", Certainty.A, Certainty.B, state("II.7b"))

RULE = Rule(
    id="FMT021",
    name="collective",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a missing collective and one that is not the issuer's."""
    issuer, kind = issuer_name(ctx), issuer_kind(ctx)
    if issuer is None or kind is None:
        return
    form = (PARTY_FORMS if ctx.profile.is_party else STATE_FORMS)[ON_BEHALF]
    advice = on_behalf_of(form, kind)
    lines = signature_lines(ctx)
    for place, line in enumerate(lines):
        if line.kind != ON_BEHALF:
            continue
        named = named_collective(lines, place)
        fits = stands_for(named, issuer, kind)
        if fits or (fits is None and named and not LEADERS.match(named)):
            continue
        yield remark(
            ctx,
            RULE,
            "thieu" if fits is None else "khac",
            line.pointer,
            _GROUNDS.of(ctx),
            text=(line.form_start, line.start + len(line.text.rstrip())),
            tim_thay=" ".join(line.text.split()),
            goi_y=advice,
        )
