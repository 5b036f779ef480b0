"""What the rules about formalities share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node

# How the names of Party bodies and of state bodies begin.
PARTY_BODY = re.compile(
    r"\s*(?:(?:ban\s+thường\s+vụ\s+|ban\s+chấp\s+hành\s+|văn\s+phòng\s+|"
    r"(?:ủy|uỷ)\s+ban\s+kiểm\s+tra\s+)?"
    r"(?:đảng\s+(?:ủy|uỷ|bộ|đoàn)|(?:tỉnh|thành|huyện|quận|thị)\s+(?:ủy|uỷ)|"
    r"chi\s+(?:bộ|ủy|uỷ)|đại\s+hội\s+đảng)"
    r"|ban\s+cán\s+sự\s+đảng|ban\s+(?:tổ\s+chức|tuyên\s+giáo|dân\s+vận|xây\s+dựng\s+đảng)"
    r"|(?:ủy|uỷ)\s+ban\s+kiểm\s+tra)(?!\w)",
    re.IGNORECASE,
)
STATE_BODY = re.compile(
    r"\s*(?:(?:văn\s+phòng\s+)?(?:(?:ủy|uỷ)\s+ban\s+nhân\s+dân|hội\s+đồng\s+nhân\s+dân|ubnd|hđnd)|"
    r"sở|phòng|chi\s+cục|cục|công\s+an|trạm\s+y\s+tế|trường)(?!\w)",
    re.IGNORECASE,
)


def asked_profile(ctx: Context) -> Node | None:
    """Return the place where the draft itself asks for the profile in use, or None."""
    node = ctx.one("profile")
    return node if node is not None and node.value == ctx.profile.name else None


def doubtful_profile(ctx: Context, issuer: Node) -> bool:
    """Tell whether the draft may ask for another profile than the one in use.

    So when a key or a value beside the issuer is wrong: what was meant is said by the schema layer.
    """
    beside = issuer.pointer.rpartition("/")[0]
    return any(place.rpartition("/")[0] == beside or place == beside for place in ctx.invalid)
