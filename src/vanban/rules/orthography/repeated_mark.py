"""Không gõ hai dấu câu liền nhau (TXT036).

Quy định
    Một chỗ chỉ một dấu câu: không viết ",,", "..", ";,", ",.". Dấu ba chấm, "?!", dấu chấm của chữ
    viết tắt rồi đến dấu phẩy ("v.v.,") không bị nhắc; "!!", "??" chỉ là lưu ý. Dấu hết văn bản là
    "./.", không phải "/."; ở cuối một mục của bản thảo thì dấu này thuộc FMT032.

Vì sao
    Dấu thừa thường là dấu sót lại khi sửa câu, người đọc không biết câu đã hết hay chưa.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì 04 mô hình,, tổ chức 02 cuộc đối thoại.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì 04 mô hình, tổ chức 02 cuộc đối thoại.

Cách sửa
    Bỏ dấu thừa. Dấu phẩy, chấm phẩy, hai chấm gõ đúp sửa tự động được; chỗ khác xem lại rồi sửa.

Nguồn và độ tin cậy
    Cách gõ dấu câu thông dụng trong văn bản hành chính; độ tin cậy C về câu chữ.

English:
    One mark at one place. An ellipsis, "?!" and the stop of a shortened word before a comma are
    left alone; "!!" and "??" are information. The mark that closes a document is "./.", not "/."
    (FMT032 tells it at the end of a draft's text). Safe fix for a doubled comma, semicolon, colon.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Context, FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._marks import around, told
from vanban.text.prose import BORDER

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT036",
    name="repeated_mark",
    severity=Severity.WARNING,
    source=Source("Cách gõ dấu câu trong văn bản tiếng Việt", Certainty.C),
    fix=FixClass.SAFE,
)

_BROKEN = "/."


def check(ctx: Reading) -> Iterator[Finding]:
    """Report marks that stand double, and a broken mark of the end."""
    yield from told(ctx, RULE, doubtful=("cam_than",))
    prose = ctx.prose
    for gap, numbers in prose.gaps.items():
        if not gap.startswith(_BROKEN):
            continue
        behind = gap[len(_BROKEN) :].lstrip(" \t")
        inside = behind.startswith("\n") and not behind.lstrip().startswith(BORDER)
        if not inside and behind.strip("\n")[:1] not in ("", BORDER):
            continue
        for number in numbers:
            # At the end of a text of a draft the mark belongs to the rule on its layout.
            if number and (inside or not isinstance(ctx, Context)):
                start = prose.gap_start(number)
                yield ctx.mark(
                    RULE,
                    "het_van_ban",
                    start,
                    start + len(_BROKEN),
                    new="./.",
                    safety=Safety.UNSAFE,
                    tim_thay=around(prose.text, start, start + len(_BROKEN)),
                    dung="./.",
                )
