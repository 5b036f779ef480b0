"""Chỉ dẫn phạm vi lưu hành viết đúng chữ (FMT039).

Quy định
    ``pham_vi_luu_hanh`` ghi một chỉ dẫn như TÀI LIỆU HỘI NGHỊ, XEM XONG TRẢ LẠI, LƯU HÀNH NỘI BỘ.
    Độ mật, độ khẩn có chỗ riêng. Chỉ dẫn khác của cơ quan thì vẫn được, quy định không liệt kê hết.

Vì sao
    Người nhận làm theo đúng chữ của chỉ dẫn; viết sai thì không rõ phải giữ, trả hay được gửi tiếp.

Sai
    the_thuc:
      pham_vi_luu_hanh: Lưu hành nội bô

Đúng
    the_thuc:
      pham_vi_luu_hanh: Lưu hành nội bộ

Cách sửa
    Sửa theo gợi ý; độ mật chuyển sang ``do_mat``, độ khẩn sang ``do_khan``.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục I, III.2c (A). Hướng dẫn 05-HD/VPTW qua nguồn thứ cấp (B);
    Hướng dẫn 36-HD/VPTW chưa kiểm chứng (C, chỉ là lưu ý).

English:
    The restriction of circulation is spelled as one of the known ones; only near misses (unsafe
    fix) and words of secrecy or urgency are reported, as the list of the regulation is open.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import party, state
from vanban.rules.layout._formal_words import CIRCULATIONS, SECRECIES, URGENCIES
from vanban.rules.layout._mark_words import check_words

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.2", Certainty.C, Certainty.B, state("III.2c"))
_OTHERS = {"do_mat": SECRECIES, "do_khan": URGENCIES}

RULE = Rule(
    id="FMT039",
    name="circulation",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
    fix=FixClass.UNSAFE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a restriction that is nearly one of the known ones, or another mark."""
    yield from check_words(ctx, RULE, "circulation", CIRCULATIONS, _OTHERS, _GROUNDS, closed=False)
