"""Không tự gõ "./." ở cuối lời văn (FMT032).

Quy định
    Nội dung văn bản của Đảng kết thúc bằng dấu chấm. Văn bản hành chính kết thúc bằng "./." và dấu
    này do vanban in ở cuối cùng, nên không gõ "./." ở các mục, các ý bên trong.

Vì sao
    "./." gõ ở một mục giữa văn bản báo hết văn bản khi chưa hết. Ở văn bản của Đảng các nguồn chưa
    thống nhất: hướng dẫn nêu dấu chấm, nhiều báo cáo thật vẫn dùng "./.".

Sai
    ket_qua:
      mat_tran_doan_the: |
        Trong 9 tháng, các đoàn thể kết nạp mới 86 đoàn viên, hội viên./.

Đúng
    ket_qua:
      mat_tran_doan_the: |
        Trong 9 tháng, các đoàn thể kết nạp mới 86 đoàn viên, hội viên.

Cách sửa
    Thay "./." bằng dấu chấm; sửa tự động được sau khi xem lại.

Nguồn và độ tin cậy
    Văn bản của Đảng: dấu chấm theo nguồn thứ cấp về Hướng dẫn 05-HD/VPTW (B), Hướng dẫn 36-HD/VPTW
    chưa kiểm chứng (C), nguồn mâu thuẫn nên chỉ là lưu ý. Nghị định 30/2020/NĐ-CP, các mẫu ở
    Phụ lục III (A).

English:
    No "./." is typed at the end of a text. A Party document closes with a full stop (sources
    conflict: information); in a state document the page prints the mark itself, so that a typed
    one is a fault anywhere but at the very end. Unsafe fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity, Source
from vanban.rules._text import text_nodes
from vanban.rules.layout._basis import party, remark
from vanban.rules.layout._signing import issuer_name

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party(
    "II.1.6",
    Certainty.C,
    Certainty.B,
    Source("Phụ lục III, Nghị định 30/2020/NĐ-CP", Certainty.A),
)

RULE = Rule(
    id="FMT032",
    name="closing_mark",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
    fix=FixClass.UNSAFE,
)

_CLOSING = re.compile(r"(?<=[\w)”\"»%])\s?(?P<mark>\.?\s?/\s?\.)\s*\Z")


def check(ctx: Context) -> Iterator[Finding]:
    """Report "./." typed at the end of a text."""
    if issuer_name(ctx) is None:
        return
    typed = [
        (node.pointer, match)
        for node, text in text_nodes(ctx, "prose")
        if "/" in text.rstrip()[-3:] and (match := _CLOSING.search(text)) is not None
    ]
    party = ctx.profile.is_party
    last = None if party or not typed else _last_text(ctx)
    for pointer, match in typed:
        if not party and last in (None, pointer):
            continue
        place = match.span("mark")
        span = ctx.draft.positions.text(pointer, *place)
        yield remark(
            ctx,
            RULE,
            "dang" if party else "giua",
            pointer,
            _GROUNDS.of(ctx),
            most=Severity.INFO if party else Severity.WARNING,
            text=place,
            fix=Fix(Safety.UNSAFE, "FMT032.sua", (Edit(span, "."),)) if span else None,
            tim_thay=match["mark"],
        )


def _last_text(ctx: Context) -> str | None:
    """Return the place of the last text of the body as printed, None when it cannot be told."""
    if ctx.invalid:
        return None
    from vanban.compose.composer import compose
    from vanban.compose.document import Paragraph

    body = compose(ctx.draft, ctx.profile, kind=ctx.kind).body
    last = body[-1] if body else None
    return last.pointer if isinstance(last, Paragraph) else ""
