"""Độ khẩn là Khẩn, Thượng khẩn hoặc Hỏa tốc (FMT036).

Quy định
    ``do_khan`` chỉ nhận một trong ba mức: KHẨN, THƯỢNG KHẨN, HỎA TỐC (viết HOẢ TỐC cũng được, hoa
    hay thường đều được). Độ mật không ghi ở đây.

Vì sao
    Dấu khẩn quyết định thời hạn chuyển văn bản; mức tự đặt thì văn thư không biết chuyển ra sao.

Sai
    the_thuc:
      do_khan: Khẩn cấp

Đúng
    the_thuc:
      do_khan: Khẩn

Cách sửa
    Chọn một trong ba mức; gần đúng thì có gợi ý.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục I, III.2b (A). Hướng dẫn 05-HD/VPTW qua nguồn thứ cấp (B);
    Hướng dẫn 36-HD/VPTW chưa kiểm chứng (C, chỉ là lưu ý).

English:
    The urgency is one of KHẨN, THƯỢNG KHẨN, HỎA TỐC, in either tone spelling and any case; the
    nearest is proposed (unsafe fix). A mark of secrecy has no place there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity
from vanban.rules.layout._basis import party, remark, state
from vanban.rules.layout._formal_words import SECRECIES, URGENCIES, normal
from vanban.text.near import nearest

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.2", Certainty.C, Certainty.B, state("III.2b"))

RULE = Rule(
    id="FMT036",
    name="urgency",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
    fix=FixClass.UNSAFE,
)

_KNOWN = frozenset(map(normal, URGENCIES))
_SECRET = frozenset(map(normal, SECRECIES))


def check(ctx: Context) -> Iterator[Finding]:
    """Report an urgency that is none of the three."""
    for node in ctx.role("urgency"):
        if not isinstance(node.value, str):
            continue
        found = normal(node.value).strip(" .:;,!")
        if found in _KNOWN:
            continue
        shown = " ".join(node.value.split())
        if found in _SECRET:
            yield remark(ctx, RULE, "do_mat", node.pointer, _GROUNDS.of(ctx), tim_thay=shown)
            continue
        meant = nearest(found, URGENCIES)
        if meant is None:
            yield remark(
                ctx,
                RULE,
                "la",
                node.pointer,
                _GROUNDS.of(ctx),
                tim_thay=shown,
                cac_muc=", ".join(URGENCIES),
            )
            continue
        span = ctx.draft.positions.value(node.pointer)
        right = meant.capitalize()
        yield remark(
            ctx,
            RULE,
            "gan_dung",
            node.pointer,
            _GROUNDS.of(ctx),
            fix=Fix(Safety.UNSAFE, "FMT036.sua", (Edit(span, right),), {"dung": right})
            if span
            else None,
            tim_thay=shown,
            dung=right,
        )
