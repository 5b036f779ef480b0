"""Câu nói "còn xảy ra" phải nêu điều gì xảy ra (TXT026).

Quy định
    Trước hoặc sau "xảy ra" (diễn ra, tái diễn, phát sinh) phải có việc xảy ra: "trộm cắp vặt vẫn
    còn xảy ra", "còn xảy ra 02 vụ va chạm giao thông". Nói "an ninh, trật tự vẫn còn xảy ra" là
    thiếu chủ ngữ.

Vì sao
    An ninh, trật tự, vệ sinh môi trường, công tác phòng, chống tội phạm không "xảy ra"; người
    đọc không biết là trộm cắp, tai nạn hay tranh chấp, nên không giao việc được.

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
    whose only subject is order, safety, hygiene or the work against crimes, with nothing behind the
    verb, informs.
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

_ORDER: Final = frozenset(
    (
        ("an", "ninh"), ("trật", "tự"), ("an", "toàn"), ("vệ", "sinh"), ("môi", "trường"),
        ("kỷ", "luật"), ("kỷ", "cương"), ("chữa", "cháy"), ("phòng", "cháy"), ("quốc", "phòng"),
        ("phòng", "chống"), ("công", "tác"), ("bình", "đẳng"), ("đoàn", "kết"),
    )
)  # fmt: skip
_WORK: Final = frozenset((("công", "tác"),))
# What "happens": xảy ra, diễn ra, tái diễn, phát sinh; only the first needs no "still".
_VERBS: Final = {
    "xảy": ("ra", ""), "diễn": ("ra", "tái"), "tái": ("diễn", ""), "phát": ("sinh", ""),
}  # fmt: skip
_SOMETIMES: Final = frozenset(("còn", "vẫn", "lúc", "khi", "thường", "thoảng"))
# Behind these the subject is work against something: it does not happen itself.
_AGAINST: Final = frozenset(("chống", "ngừa", "chặn"))
_PLACE_BEHIND: Final = frozenset(("ở", "tại", "trên"))
_FARTHEST: Final = 20


def check(ctx: Reading) -> Iterator[Finding]:
    """Report clauses that say that something happens, not what."""
    prose = ctx.prose
    for verb, (behind, not_before) in _VERBS.items():
        for number in prose.where.get(verb, ()):
            first = _subject(prose, number, behind, not_before)
            if first is None:
                continue
            start, end = prose.starts[first], prose.end(number + 1)
            yield ctx.mark(RULE, "thieu_chu_ngu", start, end, chu=prose.text[start:end])


def _subject(prose: Prose, number: int, behind: str, not_before: str) -> int | None:
    """Return the first word of a clause in which order "happens", None when it is another."""
    words = prose.words
    if number + 1 >= len(words) or fold_word(words[number + 1]) != behind:
        return None
    if number and not_before and fold_word(words[number - 1]) == not_before:
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
    adverbs = set(map(fold_word, words[verb:number]))
    if adverbs.isdisjoint(_SOMETIMES if fold_word(words[number]) == "xảy" else ("còn",)):
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
            or (first > 1 and fold_word(words[first - 2]) in _AGAINST)
            or (first > 2 and fold_word(words[first - 3]) in _AGAINST)
        )
    ):
        first -= 1
    # "Tuy nhiên, công tác ...": what leads the clause is no part of it.
    if (
        first
        and prose.same(first - 1, first)
        and "\n\n" not in prose.seps[first]
        and prose.seps[first].strip(" \n") not in (".", ";", ":", ",")
    ):
        return None
    # What is worked against happens: it must not be the subject itself.
    against = any(fold_word(word) in _AGAINST for word in words[first:verb])
    heads = {tuple(map(fold_word, words[at : at + 2])) for at in range(first, verb - 1)}
    if against and ("công", "tác") not in heads and ("việc",) not in heads:
        return None
    return first if heads & (_ORDER - _WORK if not against else _ORDER) else None


def _goes_on(prose: Prose, number: int) -> bool:
    """Tell whether a word goes on with the one before it, a comma between them or none."""
    gap = prose.seps[number]
    if "\x1e" in gap or "\n\n" in gap:
        return False
    # "ấp 4 - 5" is one place, too.
    if gap in (" - ", "-", "/"):
        return prose.words[number].isdecimal()
    return gap.isspace() or gap == ", "
