"""Dự thảo thì chưa sao (FMT042).

Quy định
    Bản sao được làm từ bản gốc, bản chính hoặc bản sao y của văn bản đã ban hành. Văn bản còn ghi
    ``du_thao_lan`` thì chưa ban hành.

Vì sao
    Bản sao có dấu, chữ ký xác nhận; sao một dự thảo là xác nhận thứ chưa có giá trị.

Sai
    the_thuc:
      du_thao_lan: 2
      ban_sao:
        hinh_thuc: sao_y
        co_quan_sao: Đảng ủy xã Mẫu
        dia_danh: Xã Mẫu
        ngay_sao: 20/10/2023
        nguoi_ky: {chuc_vu: Chánh Văn phòng, ho_ten: Lê Văn C}
        noi_nhan: [Các chi bộ trực thuộc]

Đúng
    the_thuc:
      ban_sao:
        hinh_thuc: sao_y
        co_quan_sao: Đảng ủy xã Mẫu
        dia_danh: Xã Mẫu
        ngay_sao: 20/10/2023
        nguoi_ky: {chuc_vu: Chánh Văn phòng, ho_ten: Lê Văn C}
        noi_nhan: [Các chi bộ trực thuộc]

Cách sửa
    Văn bản đã ban hành: bỏ ``du_thao_lan``. Còn là dự thảo: bỏ ``ban_sao``.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, Phụ lục 3 có bản sao (A); Hướng dẫn 05-HD/VPTW qua nguồn thứ cấp (B); Nghị
    định 30/2020/NĐ-CP, Phụ lục I, Phần II, II.2a (A).

English:
    What is still a numbered draft has not been issued, so there is nothing to copy yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import party, remark, state

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("Phụ lục 3 (bản sao)", Certainty.A, Certainty.B, state("Phần II, II.2a"))

RULE = Rule(
    id="FMT042",
    name="copy_of_draft",
    severity=Severity.WARNING,
    source=_GROUNDS.hd36,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a draft that is at the same time a copy."""
    node = ctx.one("draft-number")
    if node is not None and ctx.one("copy") is not None:
        yield remark(ctx, RULE, "du_thao", node.pointer, _GROUNDS.of(ctx), lan=node.value)
