"""Một tiếng viết i hay y như nhau trong cả văn bản (TXT017).

Quy định
    Tiếng viết được cả hai cách (tỷ lệ và tỉ lệ, kỹ và kĩ, lý và lí, quy và qui) thì trong một văn
    bản chỉ viết một cách. Tên người, địa danh, tên nước giữ nguyên; tỉ mỉ, kì cọ, lí nhí không xét.

Vì sao
    Cả hai cách đều được dùng, nhưng lẫn trong một văn bản thì người đọc tưởng hai từ khác nhau và
    tìm kiếm bị sót.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Tỉ lệ hộ dân đăng ký gia đình văn hóa tăng; tỷ lệ hộ dự đối thoại khá.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Tỷ lệ hộ dân đăng ký gia đình văn hóa tăng; tỷ lệ hộ dự đối thoại khá.

Cách sửa
    Viết theo cách dùng nhiều hơn trong văn bản (bằng nhau thì theo cách gặp trước). Bản sửa tự động
    cần người xem lại.

Nguồn và độ tin cậy
    Quy định tạm thời về chính tả năm 1984 và thực tế trình bày khác nhau; độ tin cậy C.

English:
    A syllable that may be written with i or y (tỷ lệ, tỉ lệ) is written one way per document. Names
    and fixed words are left alone. The fix is unsafe.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._words import joined, may_be_name
from vanban.text.i_y import pairs, written
from vanban.text.prose import CODE, NAME
from vanban.text.syllables import like_case

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT017",
    name="i_y_style",
    severity=Severity.INFO,
    source=Source("Thống nhất cách viết i, y trong văn bản", Certainty.C),
    fix=FixClass.UNSAFE,
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report a syllable written with i here and y there."""
    prose = ctx.prose
    held = prose.where.keys() & written()
    for pair in pairs():
        if not (pair["y"] in held and pair["i"] in held):
            continue
        y, i = (
            [number for number in prose.where[pair[form]] if _counts(prose, number, pair)]
            for form in ("y", "i")
        )
        if not y or not i:
            continue
        keep_y = len(y) > len(i) or (len(y) == len(i) and y[0] < i[0])
        for number in i if keep_y else y:
            word = prose.words[number]
            yield ctx.mark(
                RULE,
                "lan",
                prose.starts[number],
                prose.end(number),
                new=like_case(pair["y"] if keep_y else pair["i"], word),
                safety=Safety.UNSAFE,
                nhieu=max(len(y), len(i)),
                it=min(len(y), len(i)),
            )


def _counts(prose: Prose, number: int, pair: dict[str, Any]) -> bool:
    """Tell whether a word is the one that has two spellings, and no part of a name."""
    if prose.role(number) in (NAME, CODE) or joined(prose, number):
        return False
    words, seps = prose.words, prose.seps
    before = words[number - 1] if number and seps[number].isspace() else ""
    last = number + 1 >= len(words)
    after = "" if last or not seps[number + 1].isspace() else words[number + 1]
    # A capital inside a sentence, or before another capital, belongs to a name: Lý Thái Tổ, Mỹ.
    capital = words[number][0].isupper() and not words[number].isupper()
    if capital and (may_be_name(prose, number) or not after.islower()):
        return False
    before, after = before.lower(), after.lower()
    if before in pair.get("tru_truoc", ()) or after in pair.get("tru_sau", ()):
        return False
    only_before, only_after = pair.get("chi_truoc"), pair.get("chi_sau")
    if only_before is None and only_after is None:
        return True
    return before in (only_before or ()) or after in (only_after or ())
