"""Không dùng từ nước ngoài khi đã có từ tiếng Việt (TXT067).

Quy định
    Từ tiếng Anh đã có từ tiếng Việt thông dụng (deadline, team, meeting, feedback, update ...) thì
    viết tiếng Việt. Mỗi từ được nhắc một lần. Tên riêng, từ viết hoa, từ trong ngoặc đơn chú thêm
    cho từ tiếng Việt, từ trong ngoặc kép và từ đã nhập vào tiếng Việt (internet, email, website,
    logistics) thì không nhắc. Tùy chọn `bo_qua`: danh sách các từ cơ quan vẫn dùng.

Vì sao
    Ngôn ngữ trong văn bản là tiếng Việt; người đọc ở ấp, thôn không buộc phải biết tiếng Anh.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy tổ chức meeting với các chi bộ về công tác dân vận.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy tổ chức cuộc họp với các chi bộ về công tác dân vận.

Cách sửa
    Thay bằng từ tiếng Việt được đề nghị hay từ khác hợp nghĩa hơn.

Nguồn và độ tin cậy
    Luật Ban hành văn bản quy phạm pháp luật và Nghị định 30/2020/NĐ-CP: ngôn ngữ trong văn bản là
    tiếng Việt. Danh sách từ do vanban chọn: độ tin cậy C.

English:
    Needless foreign words: an English word in small letters for which there is a common Vietnamese
    one. Names, glosses in brackets and words at home in Vietnamese are left alone. Option `bo_qua`:
    words that the office keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules.orthography._advice import once
from vanban.rules.orthography._terms import Place, forced
from vanban.text.phrases import BLANKS, fold_word
from vanban.text.syllables import is_syllable

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT067",
    name="foreign_word",
    severity=Severity.INFO,
    source=Source("Ngôn ngữ trong văn bản là tiếng Việt", Certainty.C),
    fix=FixClass.UNSAFE,
    options={"bo_qua": []},
)

# Marks that make a word part of an address, a code or a longer foreign word.
_GLUE = frozenset("-/@._&’'#+:")


def check(ctx: Reading) -> Iterator[Finding]:
    """Report foreign words that have a common Vietnamese one."""
    kept = frozenset(map(fold_word, ctx.option(RULE, "bo_qua")))
    yield from once(ctx, RULE, "tu_ngoai", kept, _needless)


def _needless(prose: Prose, place: Place) -> bool:
    """Tell whether a foreign word stands alone among Vietnamese ones, and is no name."""
    first, last = place.first, place.last
    if prose.words[first][0].isupper() and not forced(prose, first):
        return False
    if any(word[0].isupper() for word in prose.words[first + 1 : last]):
        return False
    before, behind = prose.seps[first], prose.seps[last]
    # A gloss: "hội thảo (workshop)".
    if before[-1:] in _GLUE or "(" in before:
        return False
    if behind[:1] in _GLUE and len(behind) == 1:
        return False
    return not (
        (before in BLANKS and first and _is_foreign(prose.words[first - 1]))
        or (behind in BLANKS and last < len(prose.words) and _is_foreign(prose.words[last]))
    )


def _is_foreign(word: str) -> bool:
    """Tell whether a neighbour looks like a part of the same foreign name: Google Form."""
    if not word.isascii() or not word.isalpha():
        return False
    named = word[0].isupper() and len(word) > 1 and not word.isupper()
    return named or not (word.isupper() or is_syllable(word))
