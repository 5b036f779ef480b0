"""Dấu nằm trong chữ, đúng thứ tự, mỗi chữ một dấu thanh (TXT003).

Quy định
    Chữ có dấu là một ký tự Unicode dựng sẵn. Không để chữ tổ hợp nửa chừng ("ê" kèm dấu nặng rời),
    dấu rời đứng một mình, hai dấu trên một chữ hoặc dấu thanh đặt ở phụ âm.

Vì sao
    Chữ từ bảng mã Windows-1258, tệp PDF hay bộ gõ cũ để lại dấu rời: tìm kiếm, so khớp không ra,
    khi in dấu nằm sai chỗ hoặc chồng lên nhau.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy tổ chức 02 cuô\\u0323c đô\\u0301i thoại."   # \\u0323: dấu nặng rời

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy tổ chức 02 cuộc đối thoại."

Cách sửa
    Chữ tổ hợp nửa chừng, dấu sai thứ tự hay gõ thừa sửa tự động được. Hai dấu thanh khác nhau thì
    gõ lại từ đó; dấu lạc chỗ thì xem lại rồi xóa hoặc đặt lại.

Nguồn và độ tin cậy
    Bộ mã Unicode theo TCVN 6909:2001 dùng cho văn bản của Đảng và Nhà nước; độ tin cậy B.

English:
    No half-composed letters, stray marks or two tones. Half-composed letters (Windows-1258) are one
    finding per passage and are composed; marks in a wrong order or typed twice are put right when a
    Vietnamese syllable comes out. A loose breve of another people's alphabet is left alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules._characters import graded
from vanban.text.signs import MARKS, plain_form, recomposed, tone_regained, uncomposed
from vanban.text.syllables import is_syllable

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT003",
    name="half_composed",
    severity=Severity.WARNING,
    source=Source("Bộ mã ký tự TCVN 6909:2001", Certainty.B),
    fix=FixClass.SAFE,
)

# Consonants with a tone mark, and letters of Vietnamese alone that must stand beside them: Gdańsk.
_CONSONANTS = frozenset("ńǹḿǵṇṃṭḥṗŃǸḾ")
_OURS = frozenset("âêôơưăđÂÊÔƠƯĂĐ")


def check(ctx: Reading) -> Iterator[Finding]:
    """Report letters that are half composed and marks that stand wrong."""
    for passage in ctx.prose.passages:
        if passage.plain or unicodedata.is_normalized("NFC", passage.raw):
            continue
        found = uncomposed(passage.raw)
        if found is not None and found.half:
            yield ctx.mark_raw(
                RULE,
                "nua_chung",
                passage,
                found.start,
                found.end,
                new=unicodedata.normalize("NFC", passage.raw[found.start : found.end]),
                so_chu=found.letters,
            )
    characters = ctx.prose.characters
    if not MARKS.isdisjoint(characters):
        yield from _loose(ctx)
    if not _CONSONANTS.isdisjoint(characters):
        yield from _on_consonants(ctx)


def _loose(ctx: Reading) -> Iterator[Finding]:
    """Report the marks that composing leaves over; they stand between words, not in them."""
    prose = ctx.prose
    places = sorted(
        number
        for gap, numbers in prose.gaps.items()
        if not MARKS.isdisjoint(gap)
        for number in numbers
    )
    told = 0
    for number in places:
        at = prose.gap_start(number)
        if at < told:
            continue
        gap = prose.seps[number]
        if gap[0] in MARKS and number:
            first, last = number - 1, number
            while first and _marks_only(prose.seps[first]):
                first -= 1
            if _marks_only(gap):
                while last < len(prose.words) and _marks_only(prose.seps[last]):
                    last += 1
            end = at + len(gap) - len(gap.lstrip("".join(MARKS)))
            start, end = prose.starts[first], max(end, prose.end(last - 1))
            told = end
            yield from _word(ctx, start, end)
            continue
        for index, char in enumerate(gap):
            if char in MARKS and at + index >= told:
                stop = index + 1
                while stop < len(gap) and gap[stop] in MARKS:
                    stop += 1
                told = at + stop
                yield ctx.mark(
                    RULE,
                    "lac",
                    at + index,
                    told,
                    new="",
                    safety=Safety.UNSAFE,
                    severity=graded(ctx, RULE, loose=True),
                    ma=_codes(gap),
                )


def _marks_only(gap: str) -> bool:
    return bool(gap) and MARKS.issuperset(gap)


def _codes(text: str) -> str:
    return ", ".join(dict.fromkeys(f"U+{ord(char):04X}" for char in text if char in MARKS))


def _word(ctx: Reading, start: int, end: int) -> Iterator[Finding]:
    """Report a word with loose marks inside or behind it."""
    word = ctx.prose.text[start:end]
    made = recomposed(word)
    sound = made is not None and is_syllable(made)
    # Letters of other peoples' alphabets carry a breve besides their hat or horn.
    if not sound and all(char not in MARKS or char == "\u0306" for char in word):
        return
    # Mathematical letters with marks behind them are TXT010's, which composes them.
    if any(plain_form(char) is not None for char in word):
        return
    grade = graded(ctx, RULE, loose=True)
    if made is not None and sound:
        yield ctx.mark(RULE, "sai_thu_tu", start, end, new=made, severity=grade)
        return
    moved = tone_regained(word)
    if moved is not None:
        yield ctx.mark(RULE, "phu_am", start, end, new=moved, safety=Safety.UNSAFE, severity=grade)
        return
    yield ctx.mark(RULE, "hai_dau", start, end, severity=grade, tu=word, ma=_codes(word))


def _on_consonants(ctx: Reading) -> Iterator[Finding]:
    prose = ctx.prose
    for word, numbers in prose.distinct.items():
        if _CONSONANTS.isdisjoint(word) or _OURS.isdisjoint(word):
            continue
        moved = tone_regained(word)
        if moved is not None:
            for number in numbers:
                yield ctx.mark(
                    RULE,
                    "phu_am",
                    prose.starts[number],
                    prose.end(number),
                    new=moved,
                    safety=Safety.UNSAFE,
                )
