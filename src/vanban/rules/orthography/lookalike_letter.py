"""Chữ đúng là chữ tiếng Việt, không phải chữ nhìn giống (TXT004).

Quy định
    Không dùng chữ của bảng chữ khác nhìn giống chữ tiếng Việt: Ð (U+00D0), Ɖ (U+0189) thay cho Đ
    (U+0110); chữ Nga, chữ Hy Lạp "а", "о", "С" thay cho chữ La-tinh; "ǎ" thay cho "ă".

Vì sao
    Mắt không phân biệt được nhưng tìm kiếm, so khớp, sắp xếp không ra; ký hiệu văn bản gõ bằng chữ
    giống là một ký hiệu khác.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: "\\u00d0ảng ủy tổ chức 02 cuộc đối thoại với Nhân dân."   # \\u00d0: không phải Đ

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: "Đảng ủy tổ chức 02 cuộc đối thoại với Nhân dân; hệ số α đạt 0,9."

Cách sửa
    Sửa tự động được khi thành một từ tiếng Việt hoặc một tên viết tắt; còn lại cần người xem. Từ
    viết toàn chữ Nga, chữ Hy Lạp là tiếng nước ngoài, không báo.

Nguồn và độ tin cậy
    Bộ mã Unicode theo TCVN 6909:2001 dùng cho văn bản của Đảng và Nhà nước; độ tin cậy B.

English:
    Letters are Vietnamese ones, not look-alikes. Eth (Ð), African D (Ɖ), dotless i, caron for breve
    and Cyrillic or Greek twins inside a word of Latin letters. Safe when a syllable or abbreviation
    comes out; a word wholly in Cyrillic or Greek is a foreign word and stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.text.signs import foreign_twins, twin_table, twins
from vanban.text.syllables import is_syllable

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding

RULE = Rule(
    id="TXT004",
    name="lookalike_letter",
    severity=Severity.WARNING,
    source=Source("Bộ mã ký tự TCVN 6909:2001", Certainty.B),
    fix=FixClass.SAFE,
)

_LONGEST = 10
# Signs of science that stand beside letters: IFNα, pκ.
_GREEK_SIGNS = frozenset("αικνορυ")


def check(ctx: Reading) -> Iterator[Finding]:
    """Report words with letters of another alphabet."""
    prose = ctx.prose
    found = prose.characters & twins().keys()
    if not found:
        return
    for word, numbers in prose.distinct.items():
        if found.isdisjoint(word):
            continue
        verdict = _verdict(word)
        if verdict is None:
            continue
        chars = dict.fromkeys(char for char in word if char in twins())
        for number in numbers:
            yield ctx.mark(
                RULE,
                "nhin_giong",
                prose.starts[number],
                prose.end(number),
                new=word.translate(twin_table()),
                safety=Safety.SAFE if verdict == "sure" else Safety.UNSAFE,
                ma=", ".join(f"U+{ord(char):04X}" for char in chars),
            )


@lru_cache(maxsize=1024)
def _verdict(word: str) -> Literal["sure", "likely"] | None:
    """Tell whether a word is Vietnamese written with letters of another alphabet."""
    made = word.translate(twin_table())
    own = [char for char in word if char not in twins() and char.isalpha()]
    foreign = [char for char in word if char in foreign_twins()]
    # wholly in Cyrillic or Greek, or with letters of theirs that look like none of ours
    if (foreign and not own) or not all(map(_latin, own)):
        return None
    if is_syllable(made):
        return "sure"
    if made.isupper() and made.isalpha() and len(made) <= _LONGEST and _plain_capitals(made):
        return "sure"
    if any("\u1ea0" <= char <= "\u1ef9" or char in "ăâêôơưĂÂÊÔƠƯ" for char in own):
        # other letters of the word are Vietnamese: Ðắk
        return "sure" if not foreign else "likely"
    if foreign and not any(char in _GREEK_SIGNS for char in foreign) and len(own) > 1:
        return "likely"
    return None


def _latin(char: str) -> bool:
    return char.isascii() or "\u00c0" <= char <= "\u024f" or "\u1e00" <= char <= "\u1eff"


def _plain_capitals(word: str) -> bool:
    return all(char.isascii() or char in "ĐƯƠĂÂÊÔ" for char in word)
