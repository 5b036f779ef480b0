"""Mã được dẫn phải có trong dự thảo (STR010).

Quy định
    Mã ghi ở ``han_che`` của nguyên nhân là mã của một hạn chế; mã ghi ở ``chi_tieu`` của hạn chế là
    mã của một chỉ tiêu. Chữ hoa, chữ thường và số 0 ở đầu số được phân biệt.

Vì sao
    Mã dẫn sai thì nguyên nhân không gắn với hạn chế nào, chỉ tiêu chưa đạt coi như chưa được nêu;
    thường do xóa một ý hoặc đánh lại mã mà không sửa chỗ dẫn.

Sai
    danh_gia:
      nguyen_nhan:
        - {loai: chu_quan, han_che: [HC01], noi_dung: Một số chi bộ chưa chủ động tạo nguồn.}

Đúng
    danh_gia:
      nguyen_nhan:
        - {loai: chu_quan, han_che: [HC1], noi_dung: Một số chi bộ chưa chủ động tạo nguồn.}

Cách sửa
    Ghi lại mã cho đúng, hoặc bỏ mã nếu ý ấy không còn trong dự thảo. Khi có một mã gần giống duy
    nhất, vanban gợi ý mã đó; người soạn xem lại rồi mới sửa. Một mã dẫn ở nhiều chỗ thì nhắc ở
    chỗ đầu tiên.

Nguồn và độ tin cậy
    Cách dẫn chiếu trong dự thảo của vanban, không in ra văn bản; độ tin cậy C.

English:
    A code that is referred to is given to an item of the draft. The one code that is nearly the
    same is suggested (unsafe fix). Silent while two items share a code (STR009) or the schema found
    fault with the items.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity, Source
from vanban.rules.structure._links import REFERENCES, codes, dangling, repeated
from vanban.text.near import plain

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="STR010",
    name="unknown_reference",
    severity=Severity.WARNING,
    source=Source("Mã dẫn chiếu trong dự thảo", Certainty.C),
    fix=FixClass.UNSAFE,
)

# More codes than this are not listed in a message.
_LISTED = 6


def check(ctx: Context) -> Iterator[Finding]:
    """Report references to codes that no item has."""
    for role in sorted(ctx.nodes):
        if not role.endswith(REFERENCES):
            continue
        name = role.removesuffix(REFERENCES)
        # An item at fault may be the one that is meant.
        if repeated(ctx, name) or (ctx.invalid and not ctx.role(f"{name}s")):
            continue
        known = list(codes(ctx, name))
        near = _Nearest(known)
        # However often it is referred to, a missing code is one mistake: said at the first place.
        first: dict[str, str] = {}
        for pointer, code in dangling(ctx, name):
            first.setdefault(code, pointer)
        for code, pointer in first.items():
            meant = near.of(code)
            if meant is not None:
                span = ctx.draft.positions.text(pointer, 0, len(code))
                yield ctx.at(
                    RULE,
                    "gan_dung",
                    pointer,
                    fix=Fix(Safety.UNSAFE, "STR010.sua", (Edit(span, meant),), {"dung": meant})
                    if span is not None
                    else None,
                    ma=code,
                    dung=meant,
                )
            elif known:
                listed = ", ".join(known[:_LISTED]) + (", ..." if len(known) > _LISTED else "")
                yield ctx.at(RULE, "khong_co", pointer, ma=code, cac_ma=listed)
            else:
                yield ctx.at(RULE, "chua_dat_ma", pointer, ma=code)
                # No list, no codes: all the other references lack the same thing.
                break


class _Nearest:
    """The codes of a draft by what people vary: case, marks, dashes, zeros; then by the number."""

    def __init__(self, known: Iterable[str]) -> None:
        known = list(known)
        self.by_form = _single((_form(code), code) for code in known)
        self.by_number = _single((_number(code), code) for code in known)

    def of(self, code: str) -> str | None:
        """Return the one code that must be meant, or None."""
        found = self.by_form.get(_form(code))
        if found is not None:
            return found
        number = _number(code)
        return self.by_number.get(number) if number else None


def _single(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what a form stands for, where it stands for one code only."""
    pairs = list(pairs)
    counts = Counter(form for form, _ in pairs)
    return {form: code for form, code in pairs if counts[form] == 1}


def _form(code: str) -> str:
    letters = re.sub(r"[._-]", "", plain(code))
    return re.sub(r"(?<!\d)0+(?=\d)", "", letters)


def _number(code: str) -> str:
    """Return the number a code ends with: HC3 and HV3 may be one slip apart."""
    match = re.search(r"\d+$", code)
    return match.group().lstrip("0") if match else ""
