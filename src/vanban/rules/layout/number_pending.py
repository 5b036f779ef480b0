"""Số văn bản do văn thư ghi khi phát hành (FMT005).

Quy định
    Số văn bản của Đảng ghi liên tục từ 01 cho từng tên loại trong một nhiệm kỳ cấp ủy, số văn bản
    nhà nước ghi theo năm. Khi còn là dự thảo thì chưa có số; trang in chừa chỗ để ghi. Bản đã ghi
    ``du_thao_lan`` thì không nhắc.

Vì sao
    Nhắc để số không bị bỏ quên khi trình ký.

Sai
    the_thuc:
      so: null      # lưu ý, không phải lỗi: văn thư chưa cấp số

Đúng
    the_thuc:
      so: 05

Cách sửa
    Khi văn thư đã cấp số thì thêm dòng ``so``; trước đó không phải làm gì.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, II.1.3.1a (A); Hướng dẫn 05-HD/VPTW qua nguồn thứ cấp (B); Nghị định
    30/2020/NĐ-CP, Phụ lục I, II.3 (A).

English:
    The document has no number yet: the page keeps room for it. Information only, and silent for a
    numbered draft.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import party, state

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.3.1a", Certainty.A, Certainty.B, state("II.3"))
RULE = Rule(
    id="FMT005",
    name="number_pending",
    severity=Severity.INFO,
    source=_GROUNDS.hd36,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Say that the number is still to be given."""
    node = ctx.one("formalities")
    if node is None or not isinstance(node.value, Mapping):
        return
    if ctx.one("draft-number") is not None:
        return  # a numbered draft is known to have no number yet
    if ctx.one("number") is None and node.value.get("so") is None:
        yield ctx.at(RULE, "chua_co", node.pointer, key=True, source=_GROUNDS.of(ctx))
