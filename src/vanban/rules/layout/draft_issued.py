"""Văn bản đã có số và ngày thì không còn là dự thảo (FMT041).

Quy định
    ``du_thao_lan`` dành cho bản trình hội nghị, khi chưa có số và ngày ban hành. Bản ban hành không
    in chữ Dự thảo.

Vì sao
    Quên bỏ ``du_thao_lan`` thì văn bản chính thức phát ra vẫn mang chữ DỰ THẢO trên mọi trang.

Sai
    the_thuc:
      so: 05
      ngay_ban_hanh: 09/10/2023
      du_thao_lan: 2

Đúng
    the_thuc:
      so: 05
      ngay_ban_hanh: 09/10/2023

Cách sửa
    Bản ban hành: bỏ ``du_thao_lan``. Bản trình hội nghị: bỏ ``so``, ngày chỉ ghi tháng và năm.

Nguồn và độ tin cậy
    Văn bản của Đảng, mục II.2: Hướng dẫn 05-HD/VPTW qua nguồn thứ cấp (B), Hướng dẫn 36-HD/VPTW
    chưa kiểm chứng (C). Nghị định 30/2020/NĐ-CP không nêu chỉ dẫn dự thảo (C).

English:
    A numbered draft that already has its number and its full date is probably the issued document
    with a forgotten mark. Information only.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import party, remark, state
from vanban.text import dates

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.2", Certainty.C, Certainty.B, state("không quy định", Certainty.C))

RULE = Rule(
    id="FMT041",
    name="draft_issued",
    severity=Severity.INFO,
    source=_GROUNDS.hd05,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Point out a draft that has been given its number and its day; copies have their own rule."""
    node, day = ctx.one("draft-number"), ctx.one("issue-date")
    if node is None or day is None or ctx.one("number") is None or ctx.one("copy") is not None:
        return
    if dates.parse(day.value) is not None:
        yield remark(
            ctx,
            RULE,
            "da_ban_hanh",
            node.pointer,
            _GROUNDS.of(ctx),
            most=Severity.INFO,
            lan=node.value,
        )
