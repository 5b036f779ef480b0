"""Chữ hoa chỉ ở đầu tiếng (TXT018).

Quy định
    Trong một tiếng chỉ chữ cái đầu viết hoa, hoặc cả tiếng viết hoa: "Đảng" hoặc "ĐẢNG", không
    viết "ĐẢng", "nHân", "thựC". Chữ viết tắt và mã xen chữ hoa, chữ thường (ThS) không xét.

Vì sao
    Giữ phím Shift quá lâu hoặc bật nhầm Caps Lock để lại chữ hoa lạc giữa tiếng.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: ĐẢng ủy tổ chức 02 cuộc đối thoại với Nhân dân.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân.

Cách sửa
    Viết lại tiếng đó; chỗ chắc chắn sửa tự động được.

Nguồn và độ tin cậy
    Chính tả phổ thông; độ tin cậy B.

English:
    A capital where none can be: two capitals at the beginning of a word, or one inside it. The fix
    is safe where the word is plain.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._words import joined
from vanban.text.prose import CODE
from vanban.text.syllables import common, marked

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT018",
    name="letter_case_slip",
    severity=Severity.WARNING,
    source=Source("Chữ hoa ở đầu tiếng", Certainty.B),
    fix=FixClass.SAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report capitals inside a word."""
    prose = ctx.prose
    for word in prose.distinct.keys() - prose.where.keys():
        if word.istitle() or word.isupper():
            continue
        mended = _mended(word)
        if mended is None:
            continue
        new, sure = mended
        if not sure and word[0].islower():
            # As the rest of the document writes it: Nhân dân, but nhiệm vụ.
            lower = new.lower()
            if len(prose.distinct.get(new, ())) < len(prose.distinct.get(lower, ())):
                new = lower
        for number in prose.distinct[word]:
            if prose.role(number) == CODE or joined(prose, number):
                continue
            yield ctx.mark(
                RULE,
                "hoa",
                prose.starts[number],
                prose.end(number),
                new=new,
                safety=Safety.SAFE if sure else Safety.UNSAFE,
            )


@lru_cache(maxsize=4096)
def _mended(word: str) -> tuple[str, bool] | None:
    """Return a word with its capitals mended, and whether it can mean nothing else."""
    lower = word.lower()
    plain = marked(lower) and len(lower) > 2
    if lower not in common() or not (plain or len(lower) > 3):
        return None
    first = word[0].upper() + lower[1:]
    if word[:2].isupper():
        # Shift held too long; of bare letters it may be an abbreviation with an ending.
        return (first, plain) if word[2:].islower() else None
    if not plain:
        return None
    if word[0].islower():
        # Shift too late, or Caps Lock: a capital was meant first, but not surely.
        late = word[1].isupper()
        return (first, False) if late else (lower, True)
    return first, True
