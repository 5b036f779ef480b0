"""Độ mật là Mật, Tối mật hoặc Tuyệt mật (FMT038).

Quy định
    ``do_mat`` chỉ nhận một trong ba mức: MẬT, TỐI MẬT, TUYỆT MẬT (hoa hay thường đều được). Mức nào
    do người có thẩm quyền xác định theo pháp luật về bảo vệ bí mật nhà nước.

Vì sao
    Mỗi mức có chế độ quản lý, sao chụp, gửi nhận riêng; mức tự đặt thì không ai biết giữ ra sao.

Sai
    the_thuc:
      do_mat: Bí mật

Đúng
    the_thuc:
      do_mat: Mật
      nguoi_danh_may:
        ky_hieu: ToànKiên
        so_ban: 12

Cách sửa
    Chọn một trong ba mức; văn bản không mật thì bỏ ``do_mat``. Độ khẩn ghi ở ``do_khan``.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục I, III.2a (A). Văn bản của Đảng, mục II.2: chưa kiểm chứng (C,
    chỉ là lưu ý).

English:
    The degree of secrecy is one of MẬT, TỐI MẬT, TUYỆT MẬT, in any case; the nearest is proposed
    (unsafe fix). Urgency goes into ``do_khan``.
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

_GROUNDS = party("II.2", Certainty.C, Certainty.C, state("III.2a"))

RULE = Rule(
    id="FMT038",
    name="secrecy",
    severity=Severity.WARNING,
    source=_GROUNDS.nd30,
    fix=FixClass.UNSAFE,
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a degree of secrecy that is none of the three."""
    yield from check_words(ctx, RULE, "secrecy", SECRECIES, {"do_khan": URGENCIES}, _GROUNDS)
