"""Chữ viết tắt tên cơ quan trong ký hiệu đúng với cơ quan ban hành (FMT013).

Quy định
    Sau tên loại là chữ viết tắt của cơ quan ban hành: đảng ủy là ĐU, kể cả văn bản của ban thường
    vụ; chi bộ là CB; văn phòng và ủy ban kiểm tra của đảng ủy là VPĐU, UBKTĐU; văn bản nhà nước là
    UBND, HĐND. Không ghi "ĐUX", "TU", "HU" cho đảng ủy xã. Khi không ghi, vanban dùng ĐU (văn bản
    nhà nước: UBND), nên chi bộ, hội đồng nhân dân phải ghi ``ky_hieu_co_quan``.

Vì sao
    Ký hiệu cho biết văn bản của ai mà không cần mở ra xem; TU là tỉnh ủy, HU là huyện ủy.

Sai
    the_thuc:
      ky_hieu_co_quan: ĐUX

Đúng
    the_thuc:
      ky_hieu_co_quan: ĐU

Cách sửa
    Ghi như lời nhắc, hoặc bỏ ``ky_hieu_co_quan`` khi cơ quan ban hành là đảng ủy, ủy ban nhân dân.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, II.1.3: chỉ đọc được ví dụ TW, TU; phần còn lại chưa kiểm chứng (C), chỉ
    là lưu ý. Hướng dẫn 05-HD/VPTW: nguồn thứ cấp, B. Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3:
    A.

English:
    The body named in the symbol is the issuer: ĐU for a Party committee and its standing board, CB
    for a cell, UBND or HĐND for the state. It also speaks when the default that vanban would print
    does not fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import mending, party, remark, state
from vanban.rules.layout._names import issuer_node
from vanban.rules.layout._symbols import expected_body, kind_abbreviation, well_formed

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding

_GROUNDS = party("II.1.3.2", Certainty.C, Certainty.B, state("II.3"))
RULE = Rule(
    id="FMT013",
    name="symbol_body",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
    fix=FixClass.SAFE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a symbol that names another body than the issuer."""
    issuer, right = issuer_node(ctx), expected_body(ctx)
    if issuer is None or right is None:
        return
    typed = ctx.one("symbol")
    if typed is not None and isinstance(typed.value, str):
        text = typed.value.strip()
        symbol = well_formed(ctx, text)
        if symbol is not None:
            start = typed.value.index(text) + len(text) - len(symbol.body)
            yield from _compared(ctx, typed, issuer, start, symbol.body, right)
        return
    own = ctx.one("issuer-symbol")
    if own is not None and isinstance(own.value, str):
        yield from _compared(ctx, own, issuer, 0, own.value, right)
        return
    formalities = ctx.one("formalities")
    if formalities is None or {"ky_hieu", "ky_hieu_co_quan"} & set(formalities.value):
        return
    default = str(ctx.profile.figure("number.issuer_symbol").default)
    if not _fits(default, right):
        yield remark(
            ctx,
            RULE,
            "tu_lap",
            issuer.pointer,
            _GROUNDS.of(ctx),
            co_quan=" ".join(issuer.value.split()),
            ky_hieu=f"{kind_abbreviation(ctx)}{ctx.profile.wording['symbol_join']}{default}",
            dung=right,
        )


def _fits(body: str, right: str) -> bool:
    """Tell whether a body's abbreviation is the issuer's; a unit of it may follow (UBND-VX)."""
    if right == "CB":
        return body.startswith("CB")
    return body == right or body.startswith((f"{right}-", f"{right}."))


def _compared(
    ctx: Context, node: Node, issuer: Node, start: int, body: str, right: str
) -> Iterator[Finding]:
    if _fits(body, right):
        return
    place = (start, start + len(body))
    yield remark(
        ctx,
        RULE,
        "khong_hop",
        node.pointer,
        _GROUNDS.of(ctx),
        text=place,
        fix=mending(ctx, RULE, node.pointer, {place: right}, dung=right),
        tim_thay=body,
        co_quan=" ".join(issuer.value.split()),
        dung=right,
    )
