"""Không dùng lẫn hai từ gần âm (TXT021).

Quy định
    Dùng đúng từ theo nghĩa: "giành được kết quả" mà "dành thời gian"; "thứ tư" khi đếm mà "bức
    thư"; "nâng cao chất lượng", "nắm bắt tình hình", "được công nhận". Chữ đứng cạnh cho biết từ
    nào đúng; chỗ chưa chắc chỉ được nhắc để đọc lại.

Vì sao
    Cả hai từ đều có trong tiếng Việt nên không máy nào gạch chân, mà nghĩa của câu thì khác đi.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đội thi của xã dành được nhiều thành tích tại hội thi dân vận khéo.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đội thi của xã giành được nhiều thành tích tại hội thi dân vận khéo.

Cách sửa
    Đọc lại câu, thay bằng từ được gợi ý nếu đúng ý.

Nguồn và độ tin cậy
    Nghĩa thông dụng của từ trong văn bản hành chính; độ tin cậy B, riêng chỗ nhắc là C.

English:
    A word that sounds like another is not used for it. Neighbours tell which one is meant: sure
    ones warn, doubtful ones inform. Unsafe fix. Ordinals in a series of a draft belong to STR003.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import Context, FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.text.phrases import fold_word
from vanban.text.slips import confusions, mended

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT021",
    name="confused_word",
    severity=Severity.WARNING,
    source=Source("Chính tả tiếng Việt", Certainty.B),
    fix=FixClass.UNSAFE,
)
_DOUBT = Source("Chính tả tiếng Việt", Certainty.C)
_ORDINAL = "thứ"


def check(ctx: Reading) -> Iterator[Finding]:
    """Report words that were taken for others."""
    prose = ctx.prose
    for hit in confusions(prose):
        start, end = prose.starts[hit.first], prose.end(hit.last - 1)
        text = prose.text[start:end]
        if not hit.right:
            yield ctx.mark(RULE, "hoi", start, end, severity=Severity.INFO, source=_DOUBT, chu=text)
            continue
        if fold_word(hit.right[0]) == _ORDINAL and _in_series(ctx, hit.first):
            continue
        new = mended(prose, hit, ctx.tone_style)
        if hit.sure:
            yield ctx.mark(RULE, "lan", start, end, new=new, safety=Safety.UNSAFE)
        else:
            yield ctx.mark(
                RULE,
                "nghi",
                start,
                end,
                new=new,
                safety=Safety.UNSAFE,
                severity=Severity.INFO,
                source=_DOUBT,
            )


def _in_series(ctx: Reading, number: int) -> bool:
    """Tell whether a series begun with "thứ nhất" stands before: in a draft STR003 owns it."""
    prose = ctx.prose
    return isinstance(ctx, Context) and any(
        other < number and prose.same(other, number) and fold_word(prose.words[other + 1]) == "nhất"
        for other in prose.where.get(_ORDINAL, ())
    )
