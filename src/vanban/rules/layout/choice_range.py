"""Lựa chọn trình bày nằm trong khoảng quy định cho phép (FMT002).

Quy định
    Trong ``trinh_bay``, cỡ chữ, giãn dòng, kiểu đánh số mục, số dòng chừa ký ... chỉ được chọn
    trong khoảng mà bộ thể thức cho phép, ví dụ cỡ chữ nội dung 14 hoặc 15.

Vì sao
    Thu nhỏ chữ, ép dòng cho đủ trang là sai thể thức; văn thư sẽ yêu cầu in lại.

Sai
    the_thuc:
      trinh_bay:
        co_chu: 13      # văn bản của Đảng

Đúng
    the_thuc:
      trinh_bay:
        co_chu: 14

Cách sửa
    Chọn giá trị trong khoảng lời nhắc nêu, hoặc bỏ dòng đó để dùng mặc định.

Nguồn và độ tin cậy
    Mỗi giá trị nêu điều khoản của nó trong bộ thể thức. Giá trị mà quy định không nói rõ (độ tin
    cậy C) chỉ được nhắc ở mức lưu ý.

English:
    A layout choice of the draft stays inside what the profile allows: warning, or info where the
    figure's certainty is C.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.text.numbers import figure, vietnamese

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.compose.profile import Choice
    from vanban.finding import Finding

RULE = Rule(
    id="FMT002",
    name="choice_range",
    severity=Severity.WARNING,
    source=Source("Khoảng cho phép của bộ thể thức", Certainty.B),
)


def check(ctx: Context) -> Iterator[Finding]:
    """Report layout choices outside the range of the profile."""
    node = ctx.one("layout")
    if node is None or not isinstance(node.value, Mapping):
        return
    for name, choice in ctx.profile.choices.items():
        value = node.value.get(name)
        if value is None or _allowed(choice, value):
            continue
        finding = ctx.at(
            RULE,
            "ngoai_khoang" if choice.values is None else "ngoai_danh_sach",
            f"{node.pointer}/{name}",
            severity=Severity.INFO if choice.certainty is Certainty.C else None,
            tim_thay=_words(value),
            duoc_phep=_range(choice),
            bo_the_thuc=ctx.profile.name,
            dieu_khoan=choice.clause,
        )
        yield finding._replace(source=Source(choice.clause, choice.certainty))


def _allowed(choice: Choice, value: Any) -> bool:
    if choice.values is None:
        number = figure(value)
        return number is None or choice.allows(number)
    if choice.allows(value):
        return True
    number = figure(value)
    return number is not None and any(
        not isinstance(v, bool) and isinstance(v, int | float) and Decimal(str(v)) == number
        for v in choice.values
    )


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        value = Decimal(str(value))
    if isinstance(value, int | Decimal):
        return vietnamese(value)
    return str(value)


def _range(choice: Choice) -> str:
    if choice.values is not None:
        return ", ".join(_words(v) for v in choice.values)
    bounds = (choice.low, choice.high)
    return " - ".join(vietnamese(Decimal(f"{bound:g}")) for bound in bounds if bound is not None)
