"""Không lặp một cụm từ hai lần liền, một danh từ hai lần trong một vế (TXT023).

Quy định
    Hai đến bảy chữ liền nhau không viết lại ngay ("chi bộ chi bộ trực thuộc"), trừ cách nói nhấn
    ("từng bước từng bước") và tên một tổ chức đứng trước động từ ("Ban chỉ đạo chỉ đạo"). Trong
    một vế câu, "tỷ lệ", "số hộ", "tiến độ", "chất lượng", "kinh phí" ... chỉ nêu một lần.

Vì sao
    Cụm từ lặp còn lại khi dán, khi sửa câu; danh từ nêu hai lần làm câu rối, không rõ chủ ngữ.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Bí thư chi bộ chi bộ trực thuộc dự 02 cuộc đối thoại với Nhân dân.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Bí thư chi bộ trực thuộc dự 02 cuộc đối thoại với Nhân dân.

Cách sửa
    Bỏ cụm từ thừa; với danh từ nêu hai lần thì giữ một chỗ, viết lại vế câu.

Nguồn và độ tin cậy
    Lỗi gõ văn bản thường gặp; độ tin cậy B, riêng danh từ nêu hai lần là C.

English:
    Two to seven words do not stand twice in a row, and a measured noun not twice in one clause.
    The first warns and has an unsafe fix, the second informs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.text.phrases import BLANKS, fold_word, forms_of, spellings
from vanban.text.prose import RUNNING
from vanban.text.repeats import repeated_phrases
from vanban.text.slips import joined, words_of

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT023",
    name="repeated_phrase",
    severity=Severity.WARNING,
    source=Source("Cách dùng từ trong văn bản tiếng Việt", Certainty.B),
    fix=FixClass.UNSAFE,
)
_DOUBT = Source("Cách dùng từ trong văn bản tiếng Việt", Certainty.C)

_NOUNS: Final = (
    ("tỷ", "lệ"), ("tỉ", "lệ"), ("tiến", "độ"), ("chất", "lượng"), ("hiệu", "quả"),
    ("số", "lượng"), ("số", "hộ"), ("số", "vụ"), ("số", "người"), ("số", "lượt"), ("số", "đơn"),
    ("diện", "tích"), ("sản", "lượng"), ("năng", "suất"), ("giá", "trị"), ("doanh", "thu"),
    ("thu", "nhập"), ("đời", "sống"), ("kinh", "phí"), ("nguồn", "vốn"), ("mức", "độ"),
    ("năng", "lực"), ("trình", "độ"), ("ý", "thức"), ("nhận", "thức"), ("kết", "quả"),
    ("tình", "trạng"), ("phong", "trào"), ("mức", "thu"), ("số", "tiền"), ("tổng", "số"),
)  # fmt: skip
# Farther apart two nouns seldom belong to one clause.
_WIDTH: Final = 20
_JUDGED: Final = frozenset(
    ("còn", "chưa", "thấp", "cao", "chậm", "đạt", "không", "mới", "vẫn", "rất", "khá")
)
_QUOTED: Final = frozenset((' "', '" ', " “", "” "))
# What parts nouns of a series inside a clause: ở ấp 4, ấp 5.
_SERIES: Final = frozenset(
    ("ấp", "thôn", "xã", "tổ", "bản", "buôn", "làng", "khu", "khóm", "chi", "các", "một")
)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report phrases said twice in a row, and nouns said twice in a clause."""
    prose = ctx.prose
    for found in repeated_phrases(prose):
        start, again = prose.starts[found.first], prose.end(found.again - 1)
        yield ctx.mark(
            RULE,
            "lap",
            start,
            prose.end(found.last - 1),
            new=prose.text[start:again],
            safety=Safety.UNSAFE,
            # Two of them are enough to show what is meant.
            cu=prose.text[start : prose.end(2 * found.again - found.first - 1)],
        )
    for noun in _NOUNS:
        for first, second in _twice(prose, noun):
            yield ctx.mark(
                RULE,
                "danh_tu",
                prose.starts[second],
                prose.end(second + 1),
                severity=Severity.INFO,
                source=_DOUBT,
                chu=" ".join(noun),
                truoc=prose.text[prose.starts[first] : prose.end(first + 1)],
            )


def _twice(prose: Prose, noun: tuple[str, str]) -> Iterator[tuple[int, int]]:
    """Yield both places of a noun that stands twice in a clause and is judged once."""
    if not any(prose.follow(noun[0], spelling) for spelling in spellings(noun[1])):
        return
    words, behind = prose.words, forms_of(prose, noun[1])
    end = len(words) - 1
    places = [n for n in prose.where.get(noun[0], ()) if n < end and words[n + 1] in behind]
    for first, second in pairwise(places):
        if not 2 < second - first <= _WIDTH or not _one_clause(prose, first, second):
            continue
        between = set(map(fold_word, prose.words[first + 2 : second]))
        if (
            between.isdisjoint(words_of("lap", "noi_ve"))
            and fold_word(prose.words[second - 1]) not in words_of("lap", "truoc_danh_tu")
            and fold_word(prose.words[second + 2]) in _JUDGED
            and prose.role(first) == RUNNING
        ):
            yield first, second


def _one_clause(prose: Prose, first: int, second: int) -> bool:
    """Tell whether two nouns stand in one clause, with at most a series or a name between."""
    if not joined(prose, second - 1, second + 3):
        return False
    for number in range(first + 1, second):
        gap = prose.seps[number]
        if gap == ", " and fold_word(prose.words[number]) in _SERIES:
            continue
        if gap not in BLANKS and gap not in _QUOTED:
            return False
    return True
