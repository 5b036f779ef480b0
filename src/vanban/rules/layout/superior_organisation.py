"""Dòng cơ quan cấp trên ghi tên đảng bộ, không ghi tên cấp ủy (FMT009).

Quy định
    Trên tên cấp ủy ban hành văn bản ghi tên tổ chức đảng cấp trên trực tiếp: ĐẢNG BỘ TỈNH ..., ĐẢNG
    BỘ HUYỆN ..., ĐẢNG BỘ XÃ ..., không ghi Tỉnh ủy, Huyện ủy, Đảng ủy hay ban chấp hành, ban thường
    vụ. Văn bản của văn phòng, ủy ban kiểm tra và các ban thì ngược lại: dòng trên là cấp ủy mà các
    cơ quan ấy giúp việc, nên không thuộc quy tắc này.

Vì sao
    Cấp ủy là cơ quan lãnh đạo của đảng bộ; đứng trên một đảng bộ là đảng bộ cấp trên.

Sai
    the_thuc:
      co_quan_cap_tren: Huyện ủy Mẫu

Đúng
    the_thuc:
      co_quan_cap_tren: Đảng bộ huyện Mẫu

Cách sửa
    Đổi như lời nhắc; khi tên có đủ địa danh thì sửa tự động được.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, Phụ lục 3 (ví dụ ĐẢNG BỘ TỈNH THÁI NGUYÊN trên HUYỆN UỶ ĐỊNH HOÁ): chỉ
    suy từ ví dụ, độ tin cậy B; Hướng dẫn 05-HD/VPTW đọc qua nguồn thứ cấp, B.

English:
    Above the name of a Party committee stands the superior Party organisation (Đảng bộ ...), not
    its committee. Bodies that serve a committee (office, inspection) are exempt: above them stands
    the committee itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import mending, party, remark
from vanban.rules.layout._bodies import TWO_LEVELS, is_district, issue_day
from vanban.rules.layout._names import in_full, issuer_name, superior_node

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.2, Phụ lục 3 (ví dụ)", Certainty.B, Certainty.B)
RULE = Rule(
    id="FMT009",
    name="superior_organisation",
    severity=Severity.WARNING,
    source=_GROUNDS.hd36,
    fix=FixClass.SAFE,
)

_LEVELS = {
    "tỉnh": "tỉnh",
    "thành": "thành phố",
    "huyện": "huyện",
    "quận": "quận",
    "thị": "thị xã",
}
_OF_LEVEL = re.compile(
    r"(?:ban\s+(?:chấp\s+hành|thường\s+vụ)\s+)?(?P<level>tỉnh|thành|huyện|quận|thị)\s+(?:ủy|uỷ)(?!\w)"
    r"\s*(?:(?:thành\s+phố|tp\.?|thị\s+xã)\s+)?(?P<name>.*)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:ban\s+(?:chấp\s+hành|thường\s+vụ)\s+)?(?:đảng\s+(?:ủy|uỷ)|đảng\s+bộ)(?!\w)\s*(?P<name>.*)",
    re.IGNORECASE,
)
# Committees and cells; a body that serves a committee is named otherwise.
_COMMITTEE = re.compile(
    r"(?:ban (?:chấp hành|thường vụ) )?"
    r"(?:đảng (?:ủy|bộ)|chi (?:bộ|ủy)|(?:tỉnh|thành|huyện|quận|thị) ủy)(?!\w)"
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a committee where the superior organisation is to be named."""
    node = superior_node(ctx)
    if node is None or not ctx.profile.is_party or not _COMMITTEE.match(issuer_name(ctx)):
        return
    name = " ".join(in_full(node.value, party=True).split())
    right = _organisation(name)
    if right is None:
        return
    day = issue_day(ctx)
    if day is not None and day.from_on(TWO_LEVELS) and is_district(name):
        # The level itself is gone: FMT007.
        return
    whole = not right.endswith("...")
    start = len(node.value) - len(node.value.lstrip())
    place = (start, len(node.value.rstrip()))
    yield remark(
        ctx,
        RULE,
        "cap_uy",
        node.pointer,
        _GROUNDS.of(ctx),
        fix=mending(ctx, RULE, node.pointer, {place: right}, dung=right) if whole else None,
        cap_tren=" ".join(node.value.split()),
        dung=right,
    )


def _organisation(name: str) -> str | None:
    """Return the organisation a committee leads; None when the name is one already."""
    match = _OF_LEVEL.fullmatch(name)
    if match is not None:
        return f"Đảng bộ {_LEVELS[match['level'].lower()]} {match['name'] or '...'}"
    match = _OTHER.fullmatch(name)
    if match is None or name.lower().startswith("đảng bộ"):
        return None
    return f"Đảng bộ {match['name'] or '...'}"
