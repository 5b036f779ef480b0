"""Mỗi mã chỉ đặt cho một ý (STR009).

Quy định
    Mã (``ma``) của các hạn chế không được trùng nhau; mã của các chỉ tiêu cũng vậy. Một hạn chế và
    một chỉ tiêu được mang mã giống nhau vì hai bên được dẫn ở hai khóa riêng.

Vì sao
    Mã dùng để nối nguyên nhân với hạn chế, hạn chế với chỉ tiêu; hai ý cùng mã thì không biết nối
    với ý nào. Lỗi thường do chép dòng trên xuống rồi quên sửa mã.

Sai
    chi_tieu:
      - {ma: CT01, ten: Kết nạp đảng viên, don_vi: đảng viên}
      - {ma: CT01, ten: Cuộc giám sát hoàn thành, don_vi: cuộc}

Đúng
    chi_tieu:
      - {ma: CT01, ten: Kết nạp đảng viên, don_vi: đảng viên}
      - {ma: CT02, ten: Cuộc giám sát hoàn thành, don_vi: cuộc}

Cách sửa
    Đặt mã khác cho ý đứng sau; vanban gợi ý mã kế tiếp (hoặc mã đang được dẫn mà chưa ý nào mang),
    người soạn xem lại rồi mới sửa.

Nguồn và độ tin cậy
    Cách dẫn chiếu trong dự thảo của vanban, không in ra văn bản; độ tin cậy C.

English:
    A code is given to one item only. Limitations and indicators have codes of their own kind; the
    second item with a code is reported, with a free code as an unsafe fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity, Source
from vanban.rules.structure._links import CODE, codes, dangling, parent, repeated

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="STR009",
    name="repeated_code",
    severity=Severity.WARNING,
    source=Source("Mã dẫn chiếu trong dự thảo", Certainty.C),
    fix=FixClass.UNSAFE,
)

_NUMBERED = re.compile(r"(.*?)(\d+)", re.DOTALL)


def check(ctx: Context) -> Iterator[Finding]:
    """Report codes that an earlier item of the same kind has."""
    for name in sorted(role.removesuffix(CODE) for role in ctx.nodes if role.endswith(CODE)):
        again = repeated(ctx, name)
        if not again:
            continue
        codes_free = _Free(set(codes(ctx, name)))
        wanted = list(dict.fromkeys(code for _, code in dangling(ctx, name)))
        for node, first in again:
            free = wanted.pop(0) if wanted else codes_free.after(node.value)
            span = ctx.draft.positions.text(node.pointer, 0, len(node.value))
            yield ctx.at(
                RULE,
                "trung",
                node.pointer,
                fix=Fix(Safety.UNSAFE, "STR009.sua", (Edit(span, free),), {"dung": free})
                if span is not None
                else None,
                ma=node.value,
                thu_tu=_ordinal(parent(first.pointer)),
                dung=free,
            )


def _ordinal(pointer: str) -> int:
    """Return which item of its list stands at ``pointer``, counted from one."""
    index = pointer.rpartition("/")[2]
    return int(index) + 1 if index.isdecimal() else 1


class _Free:
    """Gives codes that go on from one that is taken: CT09, CT10; A, A2."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.last: dict[tuple[str, int], int] = {}

    def after(self, code: str) -> str:
        """Return the first free code behind ``code``."""
        match = _NUMBERED.fullmatch(code)
        head, digits = (match[1], match[2]) if match else (code, "1")
        width = len(digits)
        # Goes on from the last one given, so that many doubles cost no more than few.
        number = max(int(digits), self.last.get((head, width), 0)) + 1
        while (free := f"{head}{number:0{width}d}") in self.taken:
            number += 1
        self.last[head, width] = number
        return free
