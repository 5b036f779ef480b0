"""Độ khẩn là Khẩn, Thượng khẩn hoặc Hỏa tốc (FMT036).

Quy định
    ``do_khan`` chỉ nhận một trong ba mức: KHẨN, THƯỢNG KHẨN, HỎA TỐC (viết HOẢ TỐC cũng được, hoa
    hay thường đều được). Độ mật ghi ở ``do_mat``.

Vì sao
    Dấu khẩn quyết định thời hạn chuyển văn bản; mức tự đặt thì văn thư không biết chuyển ra sao.

Sai
    the_thuc:
      do_khan: Khẩn cấp

Đúng
    the_thuc:
      do_khan: Khẩn

Cách sửa
    Chọn một trong ba mức; gần đúng thì có gợi ý.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục I, III.2b (A). Hướng dẫn 05-HD/VPTW qua nguồn thứ cấp (B);
    Hướng dẫn 36-HD/VPTW chưa kiểm chứng (C, chỉ là lưu ý).

English:
    The urgency is one of KHẨN, THƯỢNG KHẨN, HỎA TỐC, in either tone spelling and any case; the
    nearest is proposed (unsafe fix). A degree of secrecy goes into ``do_mat``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import party, state
from vanban.rules.layout._formal_words import SECRECIES, URGENCIES
from vanban.rules.layout._mark_words import check_words

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.2", Certainty.C, Certainty.B, state("III.2b"))

RULE = Rule(
    id="FMT036",
    name="urgency",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
    fix=FixClass.UNSAFE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report an urgency that is none of the three."""
    yield from check_words(ctx, RULE, "urgency", URGENCIES, {"do_mat": SECRECIES}, _GROUNDS)
