"""Dòng so chỉ ghi số thứ tự, không kèm ký hiệu, không thừa số 0 (FMT015).

Quy định
    Số văn bản là số thứ tự trong sổ đăng ký, số dưới 10 thêm một số 0: 05, 12, 127. Ký hiệu
    ("BC/ĐU") do vanban ghi ở sau, không gõ vào ``so``.

Vì sao
    Gõ "05-BC/ĐU" thì trang in thành "Số 05-BC/ĐU-BC/ĐU". Gõ "005" thì trang in vẫn là 05, nhưng sổ
    văn bản và dự thảo ghi khác nhau.

Sai
    the_thuc:
      so: 05-BC/ĐU

Đúng
    the_thuc:
      so: 05

Cách sửa
    Chỉ giữ con số; sửa tự động được. Ký hiệu khác thường thì ghi ở ``ky_hieu``.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW, II.1.3 (số và ký hiệu là hai phần; số từ 01) và Nghị định 30/2020/NĐ-CP,
    Phụ lục I, II.3: độ tin cậy A; Hướng dẫn 05-HD/VPTW: B. Số 0 thừa chỉ là lưu ý, vì trang in
    vẫn đúng.

English:
    The number is typed alone: the symbol inside it would be printed twice (error); surplus zeros
    are worth a remark. Safe fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity
from vanban.rules.layout._basis import mending, party, remark, state
from vanban.text.numbers import padded

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.3.1, II.1.3.2", Certainty.A, Certainty.B, state("II.3"))
RULE = Rule(
    id="FMT015",
    name="plain_number",
    severity=Severity.ERROR,
    source=_GROUNDS.hd36,
    fix=FixClass.SAFE,
)

_NUMBER = re.compile(r"\s*(?P<digits>\d+)\s*(?P<rest>\S.*)?", re.DOTALL)


def check(ctx: Context) -> Iterator[Finding]:
    """Report a number typed with its symbol or with surplus zeros."""
    node = ctx.one("number")
    if node is None or not isinstance(node.value, str):
        return
    match = _NUMBER.fullmatch(node.value)
    if match is None:
        return
    # The schema allows any run of zeros, and five figures behind it.
    right = padded(int(match["digits"].lstrip("0") or "0"))
    fix = mending(ctx, RULE, node.pointer, {(0, len(node.value)): right}, dung=right)
    if match["rest"] is not None:
        # What is printed would be wrong whatever the guideline in force says.
        yield ctx.at(
            RULE,
            "kem_ky_hieu",
            node.pointer,
            source=None if ctx.profile.is_party else _GROUNDS.nd30,
            fix=fix,
            tim_thay=" ".join(node.value.split()),
            dung=right,
        )
    elif len(match["digits"]) > max(2, len(right)):
        yield remark(
            ctx,
            RULE,
            "thua_khong",
            node.pointer,
            _GROUNDS.of(ctx),
            most=Severity.INFO,
            fix=fix,
            tim_thay=match["digits"],
            dung=right,
        )
