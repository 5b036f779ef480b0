"""Giao quân không vượt chỉ tiêu; tai nạn có thương vong thì có số vụ (ECO005).

Quy định
    Số công dân đã giao quân ≤ chỉ tiêu được giao. Có người chết hoặc bị thương do tai nạn giao
    thông thì số vụ phải lớn hơn 0.

Vì sao
    Hai chỗ này ít khi sai về việc mà hay sai về gõ: đổi chỗ số giao và số đạt, hoặc bỏ sót ô số vụ.

Sai
    so_lieu:
      tai_nan_giao_thong: {vu: 0, chet: 1, bi_thuong: 0}

Đúng
    so_lieu:
      tai_nan_giao_thong: {vu: 1, chet: 1, bi_thuong: 0}

Cách sửa
    Kiểm tra lại với Ban Chỉ huy Quân sự, Công an xã; giao vượt chỉ tiêu thật thì giữ nguyên.

Nguồn và độ tin cậy
    Suy ra từ quan hệ của các số; độ tin cậy C.

English:
    Recruits are not more than the quota, and deaths or injuries on the road come with at least one
    accident. A word of information only: a quota may be exceeded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._fields import records
from vanban.rules._text import RUNNING, text_nodes
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="ECO005",
    name="quota_and_accidents",
    severity=Severity.INFO,
    source=Source("Chỉ tiêu tuyển quân; số vụ tai nạn giao thông", Certainty.C),
)

# The report itself says that more were recruited than asked.
_OVER = re.compile(
    r"(?<!\w)(?:giao\s+quân|nhập\s+ngũ|tuyển\s+quân|giao\s+\d+\s*/\s*\d+\s+(?:công\s+dân|thanh\s+niên))"
    r"[^.;\n]{0,120}(?<!\w)vượt(?!\w)",
    re.IGNORECASE,
)
QUOTA, RECRUITED = "share-whole", "share-part"
COUNT, DEAD, HURT = "accidents-count", "accidents-dead", "accidents-hurt"


def check(ctx: Context) -> Iterator[Finding]:
    """Report more recruits than the quota and victims without an accident."""
    for record in records(ctx, "recruitment", QUOTA, RECRUITED):
        quota, recruited = record.number(QUOTA), record.one(RECRUITED)
        if quota is not None and recruited is not None and recruited.number > quota:
            if any(_OVER.search(text) for _, text in text_nodes(ctx, *RUNNING)):
                continue
            yield ctx.at(
                RULE,
                "vuot_giao",
                recruited.pointer,
                dat=vietnamese(recruited.number),
                giao=vietnamese(quota),
            )
    for record in records(ctx, "accidents", COUNT, DEAD, HURT):
        count, dead, hurt = record.one(COUNT), record.number(DEAD), record.number(HURT)
        if count is not None and not count.number and (dead or hurt):
            yield ctx.at(
                RULE,
                "khong_vu",
                count.pointer,
                chet=vietnamese(dead or 0),
                bi_thuong=vietnamese(hurt or 0),
            )
