"""Mỗi nơi nhận chỉ ghi một lần (FMT031).

Quy định
    Không ghi cùng một nơi nhận hai lần, dù khác cách viết hoa, cách bỏ dấu, chữ viết tắt (UBND và
    Ủy ban nhân dân) hay ghi chú trong ngoặc (báo cáo).

Vì sao
    Văn thư đếm nơi nhận để nhân bản và gửi; ghi trùng thì gửi thừa.

Sai
    the_thuc:
      noi_nhan:
        - Ban Thường vụ Huyện ủy (báo cáo)
        - Ban Thường vụ Huyện ủy
        - Lưu Văn phòng Đảng ủy

Đúng
    the_thuc:
      noi_nhan:
        - Ban Thường vụ Huyện ủy (báo cáo)
        - Lưu Văn phòng Đảng ủy

Cách sửa
    Bỏ dòng thừa.

Nguồn và độ tin cậy
    Không quy định nào nói riêng điều này; suy ra từ yêu cầu ghi mỗi nơi nhận một dòng (C), nên chỉ
    là lưu ý.

English:
    The same recipient stands in the list once, whatever its capitals, tone style, short forms or
    note in brackets. Information. Entries that are equal to the letter are SCH009.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.layout._formal_words import is_archive, recipient_key

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="FMT031",
    name="recipient_twice",
    severity=Severity.INFO,
    source=Source("Mỗi nơi nhận ghi một dòng", Certainty.C),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report recipients that stood in the list before."""
    if ctx.one("recipients") is None:
        # Entries equal to the letter are told by the schema.
        return
    seen: dict[str, str] = {}
    for node in ctx.role("recipient"):
        # Several archive lines are FMT028.
        if not isinstance(node.value, str) or is_archive(node.value):
            continue
        key = recipient_key(node.value)
        if key in seen:
            yield ctx.at(RULE, "lap", node.pointer, tim_thay=node.value.strip(), truoc=seen[key])
        else:
            seen[key] = node.value.strip()
