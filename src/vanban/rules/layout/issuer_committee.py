"""Cơ quan ban hành ghi tên cấp ủy, không ghi ban thường vụ, không lặp tên (FMT010).

Quy định
    Văn bản của ban thường vụ hay ban chấp hành vẫn ghi cơ quan ban hành là đảng ủy (ĐẢNG ỦY XÃ
    ...); ai thông qua thì thể hiện ở quyền hạn ký (T/M BAN THƯỜNG VỤ). Văn bản của cơ quan giúp
    việc ghi dòng trên là đảng ủy, dòng dưới chỉ ghi VĂN PHÒNG, ỦY BAN KIỂM TRA, BAN XÂY DỰNG ĐẢNG,
    không lặp "ĐẢNG ỦY".

Vì sao
    Số văn bản, con dấu và hồ sơ đều theo cấp ủy; ghi ban thường vụ thành ra một cơ quan khác.

Sai
    the_thuc:
      co_quan_ban_hanh: Ban Thường vụ Đảng ủy xã Mẫu

Đúng
    the_thuc:
      co_quan_ban_hanh: Đảng ủy xã Mẫu

Cách sửa
    Bỏ chữ "Ban Thường vụ", "Ban Chấp hành"; với văn phòng, ủy ban kiểm tra, ban xây dựng Đảng thì
    chuyển tên đảng ủy lên dòng cơ quan cấp trên. Công cụ đề nghị cách sửa, người soạn xem lại.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, II.1.2: chưa đọc được đoạn này, độ tin cậy C, chỉ là lưu ý; Hướng dẫn
    05-HD/VPTW đọc qua nguồn thứ cấp và văn bản của xã, B.

English:
    The issuer line stays the committee, also for documents of its standing board; who adopted the
    document shows in the signature. A body that serves the committee does not repeat its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Fix, Safety, Severity
from vanban.rules.layout._basis import mending, party, remark
from vanban.rules.layout._names import in_full, issuer_node, own_style, superior_node

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node
    from vanban.finding import Finding

_GROUNDS = party("II.1.2", Certainty.C, Certainty.B)
RULE = Rule(
    id="FMT010",
    name="issuer_committee",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
    fix=FixClass.UNSAFE,
)

_BOARD = re.compile(
    r"ban\s+(?:thường\s+vụ|chấp\s+hành)\s+(?P<rest>(?:đảng\s+(?:ủy|uỷ|bộ)|"
    r"(?:tỉnh|thành|huyện|quận|thị)\s+(?:ủy|uỷ))(?!\w).*)",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(r"đảng\s+bộ(?!\w)", re.IGNORECASE)
_SERVING = re.compile(
    r"(?P<body>văn\s+phòng|(?:cơ\s+quan\s+)?(?:ủy|uỷ)\s+ban\s+kiểm\s+tra|ban\s+xây\s+dựng\s+đảng"
    r"|ban\s+tổ\s+chức|ban\s+tuyên\s+giáo|ban\s+dân\s+vận)\s+"
    r"(?P<committee>đảng\s+(?:ủy|uỷ)(?!\w)\s*(?P<name>.*))",
    re.IGNORECASE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a standing board as issuer, and a serving body that repeats the committee."""
    node = issuer_node(ctx)
    if node is None or not ctx.profile.is_party:
        return
    shown = " ".join(node.value.split())
    name = in_full(shown, party=True)
    if (match := _BOARD.fullmatch(name)) is not None:
        right = own_style(ctx, _ORGANISATION.sub("Đảng ủy", match["rest"], count=1))
        yield remark(
            ctx,
            RULE,
            "ban_thuong_vu",
            node.pointer,
            _GROUNDS.of(ctx),
            fix=mending(
                ctx, RULE, node.pointer, {_span(node): right}, safety=Safety.UNSAFE, dung=right
            ),
            co_quan=shown,
            dung=right,
        )
    elif (match := _SERVING.fullmatch(name)) is not None:
        yield remark(
            ctx,
            RULE,
            "lap_ten",
            node.pointer,
            _GROUNDS.of(ctx),
            fix=_two_lines(ctx, node, match),
            co_quan=shown,
            dung=match["body"],
            cap_uy=match["committee"],
        )


def _span(node: Node) -> tuple[int, int]:
    return len(node.value) - len(node.value.lstrip()), len(node.value.rstrip())


def _two_lines(ctx: Context, node: Node, match: re.Match[str]) -> Fix | None:
    """Return the fix that moves the committee to the line above, where that line is there."""
    above = superior_node(ctx)
    body = match["body"]
    own = mending(ctx, RULE, node.pointer, {_span(node): body}, safety=Safety.UNSAFE, dung=body)
    if above is None or own is None:
        return None
    if above.value.strip().lower().startswith("đảng ủy") or not match["name"]:
        return own if above.value.strip().lower().startswith("đảng ủy") else None
    lifted = mending(
        ctx, RULE, above.pointer, {_span(above): match["committee"]}, safety=Safety.UNSAFE
    )
    return Fix(own.safety, own.key, (*lifted.edits, *own.edits), own.args) if lifted else None
