"""Tên cơ quan ở đầu văn bản viết đầy đủ, không viết tắt (FMT011).

Quy định
    Tên cơ quan ban hành ghi chính xác, đầy đủ; tên tổ chức cấp trên của văn bản Đảng cũng vậy:
    "Đảng ủy xã", không "ĐU xã"; "Đảng bộ huyện", không "ĐB huyện"; "Ủy ban nhân dân xã", không
    "UBND xã". Riêng văn bản nhà nước, dòng cơ quan chủ quản được viết tắt những cụm từ thông dụng.
    Dòng mà FMT009, FMT010 đã nhắc thì sửa theo lời nhắc ấy, ở đó tên cũng đã viết đủ.

Vì sao
    Đây là thành phần xác định tác giả của văn bản; chữ tắt thì mỗi nơi hiểu một cách.

Sai
    the_thuc:
      co_quan_cap_tren: ĐB huyện Mẫu

Đúng
    the_thuc:
      co_quan_cap_tren: Đảng bộ huyện Mẫu

Cách sửa
    Viết đủ tên như lời nhắc; sửa tự động được.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, II.1.2 và Nghị định 30/2020/NĐ-CP, Phụ lục I, II.2: độ tin cậy A; Hướng
    dẫn 05-HD/VPTW: B.

English:
    The names in the head of a document are written in full. A state document may abbreviate common
    words in the line of the superior body. Silent on a line that FMT009 or FMT010 rewrites in full.
    Safe fix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout import issuer_committee, superior_organisation
from vanban.rules.layout._basis import mending, party, remark, state
from vanban.rules.layout._bodies import TWO_LEVELS, is_district, issue_day, plain
from vanban.rules.layout._names import in_full, own_style, shortenings, superior_node

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding

_GROUNDS = party("II.1.2", Certainty.A, Certainty.B, state("II.2"))
RULE = Rule(
    id="FMT011",
    name="full_name",
    severity=Severity.WARNING,
    source=_GROUNDS.hd36,
    fix=FixClass.SAFE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report abbreviations in the names of issuer and superior body."""
    # FMT010 says how the issuer reads in full, and may put another name above it.
    rewritten = next(iter(ctx.told(issuer_committee.check)), None)
    issuer = ctx.one("issuer")
    if issuer is not None and isinstance(issuer.value, str) and rewritten is None:
        yield from _line(ctx, issuer)
    superior = superior_node(ctx)
    if superior is None or not ctx.profile.is_party:
        return
    replaced = rewritten is not None and rewritten.args.get("cap_uy") is not None
    if replaced and not plain(superior.value).startswith("đảng ủy"):
        return
    if ctx.told(superior_organisation.check):
        # FMT009 says what to write there instead.
        return
    day = issue_day(ctx)
    if day is not None and day.from_on(TWO_LEVELS) and is_district(superior.value):
        # The whole line has to go: FMT007.
        return
    yield from _line(ctx, superior)


def _line(ctx: Context, node: Node) -> Iterator[Finding]:
    party_side = ctx.profile.is_party
    found = shortenings(node.value, party=party_side)
    if not found:
        return
    edits = {}
    for start, end, words in found:
        gap = "" if end == len(node.value) or node.value[end].isspace() else " "
        edits[start, end] = own_style(ctx, words) + gap
    right = " ".join(in_full(node.value, party=party_side).split())
    yield remark(
        ctx,
        RULE,
        "viet_tat",
        node.pointer,
        _GROUNDS.of(ctx),
        text=(found[0][0], found[-1][1]),
        fix=mending(ctx, RULE, node.pointer, edits, dung=right),
        tim_thay=", ".join(f"“{node.value[start:end]}”" for start, end, _ in found),
        dung=right,
    )
