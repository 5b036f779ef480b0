"""Câu nói "còn xảy ra" phải nêu điều gì xảy ra (TXT026).

Quy định
    Trước hoặc sau "xảy ra" phải có việc xảy ra: "trộm cắp vặt vẫn còn xảy ra", "còn xảy ra 02 vụ
    va chạm giao thông". Nói "an ninh, trật tự vẫn còn xảy ra" là thiếu chủ ngữ.

Vì sao
    An ninh, trật tự không "xảy ra"; người đọc không biết là trộm cắp, tai nạn hay tranh chấp, nên
    không giao việc được.

Sai
    danh_gia:
      han_che:
        - ma: HC1
          linh_vuc: dang_vien
          noi_dung: |
            Công tác kết nạp đảng viên còn chậm; an ninh, trật tự ở ấp 3 vẫn còn xảy ra.

Đúng
    danh_gia:
      han_che:
        - ma: HC1
          linh_vuc: dang_vien
          noi_dung: |
            Công tác kết nạp đảng viên còn chậm; trộm cắp vặt ở ấp 3 vẫn còn xảy ra.

Cách sửa
    Nêu việc đã xảy ra và số vụ.

Nguồn và độ tin cậy
    Cách đặt câu tiếng Việt; độ tin cậy C.

English:
    What "still happens" is named. Public order does not happen: thefts and accidents do. A clause
    whose only subject is order or safety, with nothing behind the verb, informs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.text.phrases import fold_word
from vanban.text.prose import RUNNING
from vanban.text.slips import joined, words_of

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT026",
    name="empty_subject",
    severity=Severity.INFO,
    source=Source("Cách đặt câu trong văn bản hành chính", Certainty.C),
)

_ORDER: Final = (("an", "ninh"), ("trật", "tự"), ("an", "toàn"), ("tình", "hình"))
_PLACE_BEHIND: Final = frozenset(("ở", "tại", "trên"))
_FARTHEST: Final = 20


def check(ctx: Reading) -> Iterator[Finding]:
    """Report clauses that say that something happens, not what."""
    prose = ctx.prose
    for number in prose.where.get("xảy", ()):
        first = _subject(prose, number)
        if first is None:
            continue
        start, end = prose.starts[first], prose.end(number + 1)
        yield ctx.mark(RULE, "thieu_chu_ngu", start, end, chu=prose.text[start:end])


def _subject(prose: Prose, number: int) -> int | None:
    """Return the first word of a clause in which order "happens", None when it is another."""
    words = prose.words
    if number + 1 >= len(words) or fold_word(words[number + 1]) != "ra":
        return None
    if prose.role(number) != RUNNING or not joined(prose, number, number + 2):
        return None
    if joined(prose, number, number + 3) and fold_word(words[number + 2]) not in _PLACE_BEHIND:
        return None
    verb = number
    while (
        verb > 0
        and _goes_on(prose, verb)
        and fold_word(words[verb - 1]) in words_of("cau", "trang_tu")
    ):
        verb -= 1
    if verb == number or "còn" not in map(fold_word, words[verb:number]):
        return None
    first = verb
    # "an ninh, trật tự" is one subject: its comma does not part it.
    while (
        first > 0
        and verb - first < _FARTHEST
        and _goes_on(prose, first)
        and (
            fold_word(words[first - 1]) in words_of("cau", "an_ninh")
            or words[first - 1].isdecimal()
        )
    ):
        first -= 1
    if (
        first
        and prose.same(first - 1, first)
        and prose.seps[first].strip(" \n")
        not in (
            ".",
            ";",
            ":",
            ",",
        )
    ):
        return None
    for start in range(first, verb - 1):
        if tuple(map(fold_word, words[start : start + 2])) in _ORDER[:3]:
            return first
    return None


def _goes_on(prose: Prose, number: int) -> bool:
    """Tell whether a word goes on with the one before it, a comma between them or none."""
    gap = prose.seps[number]
    return "\x1e" not in gap and (gap.isspace() or gap == ", ")
