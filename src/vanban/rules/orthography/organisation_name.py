"""Tên cơ quan viết đủ chữ, đúng chữ (TXT056).

Quy định
    Tên cơ quan viết đúng như quyết định thành lập, không bỏ chữ nối, không đổi dấu: Sở Tài nguyên
    và Môi trường, Sở Văn hóa, Thể thao và Du lịch, Sở Lao động - Thương binh và Xã hội, Văn phòng
    Hội đồng nhân dân và Ủy ban nhân dân.

Vì sao
    Sai tên cơ quan là sai địa chỉ gửi văn bản và sai thẩm quyền.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Sở Tài nguyên Môi trường đã kiểm tra bãi rác của xã."

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Sở Tài nguyên và Môi trường đã kiểm tra bãi rác của xã."

Cách sửa
    Đối chiếu với quyết định thành lập rồi viết lại như lời nhắc. Tên gọi tắt do chính cơ quan ấy
    dùng thì để nguyên.

Nguồn và độ tin cậy
    Các luật tổ chức Quốc hội, Chính phủ, Tòa án, Viện kiểm sát; cơ cấu Chính phủ trước và sau
    01/3/2025; Nghị định 30/2020/NĐ-CP, Phụ lục II, mục IV: A. Một số tên ở địa phương có thể
    khác.

English:
    The name of an organisation is written as it was founded, with its "và" and its marks: Sở Tài
    nguyên và Môi trường. Known wrong names are information, with the right name as an unsafe fix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._capitals import LAW_NAME, hits, told

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT056",
    name="organisation_name",
    severity=Severity.INFO,
    source=Source(f"{LAW_NAME}, mục IV", Certainty.A),
    fix=FixClass.UNSAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report names of organisations with wrong or missing words."""
    for hit in hits(ctx.prose, RULE.id):
        yield told(ctx, RULE, "ten", hit.first, hit.last, hit.new, hit.level)
