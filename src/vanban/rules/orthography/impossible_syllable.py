"""Mỗi tiếng phải là một âm tiết tiếng Việt có thể có (TXT011).

Quy định
    Một tiếng gồm phụ âm đầu, vần và thanh ghép được với nhau: k, gh, ngh đứng trước i, e, ê; c, g,
    ng đứng trước các chữ khác; vần kết thúc bằng c, ch, p, t chỉ mang dấu sắc hoặc dấu nặng. Tiếng
    không ghép được như thế mà gần với một tiếng thường dùng là tiếng gõ sai.
    Không xét chữ viết tắt, mã, số, đơn vị đo, tên riêng, tên dân tộc, địa danh và từ nước ngoài.

Vì sao
    Một tiếng không thể có là lỗi gõ chắc chắn; người đọc văn bản thấy ngay.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy đối thoại với Nhân dân ở môth vài chi bộ.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy đối thoại với Nhân dân ở một vài chi bộ.

Cách sửa
    Viết lại tiếng đúng. Bản sửa tự động lấy tiếng gần nhất, cần người xem lại.

Nguồn và độ tin cậy
    Cấu tạo âm tiết tiếng Việt và chính tả phổ thông; độ tin cậy B.

English:
    A word that can be no Vietnamese syllable and lies one slip away from a common one. Names,
    codes, abbreviations, numbers, foreign words and foreign phrases are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._words import SLIP, in_capitals, may_be_name, odd_words
from vanban.text.prose import NAME
from vanban.text.slips import slipped

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT011",
    name="impossible_syllable",
    severity=Severity.WARNING,
    source=Source("Cấu tạo âm tiết tiếng Việt", Certainty.B),
    fix=FixClass.UNSAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report words that are no syllable and have a near neighbour that is one."""
    prose = ctx.prose
    # A known misspelling of a fixed expression is told once, by TXT020.
    known = slipped(prose)
    for number, word, verdict in odd_words(prose):
        if verdict.kind != SLIP or number in known or prose.role(number) == NAME:
            continue
        # A capital inside a sentence makes a name of it, but for the plainest damage.
        if may_be_name(prose, number) and (not verdict.sure or in_capitals(prose, number)):
            continue
        yield ctx.mark(
            RULE,
            "am_tiet",
            prose.starts[number],
            prose.end(number),
            new=verdict.new,
            safety=Safety.UNSAFE,
            chu=word,
            goi_y=", ".join(f"“{near}”" for near in verdict.near),
        )
