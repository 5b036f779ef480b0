"""Không lặp một chữ hai lần liền (TXT022).

Quy định
    Một chữ không viết hai lần liền nhau, trừ từ láy và cách nói nhấn ("luôn luôn", "dần dần",
    "ngày ngày", "nhà nhà"), con số ("năm năm") và hai từ gặp nhau ("nhân dân dân tộc").

Vì sao
    Chữ lặp còn lại khi sửa câu; đọc nhanh không thấy, in ra thì thành lỗi cẩu thả.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Các các chi bộ tổ chức 02 cuộc đối thoại với Nhân dân.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Các chi bộ luôn luôn lắng nghe, tổ chức 02 cuộc đối thoại với Nhân dân.

Cách sửa
    Bỏ chữ thừa; với từ không bao giờ lặp ("các", "của", "và") sửa tự động được.

Nguồn và độ tin cậy
    Lỗi gõ văn bản thường gặp; độ tin cậy B, riêng chỗ nhắc là C.

English:
    No word stands twice in a row, reduplications, figures and two meeting compounds apart.
    Function words and nouns of the office warn, other words inform. The fix is safe for words
    that never repeat, unsafe for the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.text.repeats import DOUBT, SAFE, repeated_words

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT022",
    name="repeated_word",
    severity=Severity.WARNING,
    source=Source("Cách dùng từ trong văn bản tiếng Việt", Certainty.B),
    fix=FixClass.SAFE,
)
_DOUBT = Source("Cách dùng từ trong văn bản tiếng Việt", Certainty.C)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report words that stand there once too often."""
    prose = ctx.prose
    for found in repeated_words(prose):
        doubt = found.kind == DOUBT
        word = prose.words[found.first]
        yield ctx.mark(
            RULE,
            "nghi" if doubt else "lap",
            prose.starts[found.first],
            prose.end(found.last - 1),
            new=word,
            safety=Safety.SAFE if found.kind == SAFE else Safety.UNSAFE,
            severity=Severity.INFO if doubt else None,
            source=_DOUBT if doubt else None,
        )
