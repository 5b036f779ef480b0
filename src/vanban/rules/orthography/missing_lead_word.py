"""Nêu vấn đề trước chủ ngữ phải có chữ "Về" và dấu phẩy (TXT028).

Quy định
    Câu nêu vấn đề rồi mới nói ai có ý kiến viết "Về công tác xây dựng Đảng, các đại biểu cho
    rằng ...", không viết liền "Công tác xây dựng Đảng các đại biểu cho rằng ...".

Vì sao
    Thiếu chữ dẫn và dấu phẩy, câu có hai chủ ngữ đứng liền nhau, phải đọc lại mới hiểu.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Công tác vận động quần chúng các đại biểu cho rằng cần đối thoại nhiều hơn.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Về công tác vận động quần chúng, các đại biểu cho rằng cần đối thoại nhiều hơn.

Cách sửa
    Thêm "Về" ở đầu và dấu phẩy trước chủ ngữ; có thể nhận sửa tự động sau khi đọc lại.

Nguồn và độ tin cậy
    Cách đặt câu tiếng Việt; độ tin cậy C.

English:
    A topic before the subject is led by "Về" and parted by a comma. A sentence that begins with
    "Công tác ..." and runs into "các đại biểu" with a verb of speech informs; unsafe fix.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.text.phrases import fold_word
from vanban.text.prose import RUNNING
from vanban.text.slips import joined, words_of

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT028",
    name="missing_lead_word",
    severity=Severity.INFO,
    source=Source("Cách đặt câu trong văn bản hành chính", Certainty.C),
    fix=FixClass.UNSAFE,
)

_TOPICS: Final = (
    ("công", "tác"),
    ("vấn", "đề"),
    ("nội", "dung"),
    ("tình", "hình"),
    ("lĩnh", "vực"),
)
_SPEAKERS: Final = {"biểu": "đại", "kiến": "ý", "nghị": "hội", "chí": "đồng"}
_WIDTH: Final = 12


def check(ctx: Reading) -> Iterator[Finding]:
    """Report topics that run into the subject."""
    prose = ctx.prose
    for second, first in _SPEAKERS.items():
        for number in prose.where.get(second, ()):
            place = _place(prose, number, first)
            if place is None:
                continue
            topic, subject = place
            start, end = prose.starts[topic], prose.end(number)
            word = prose.words[topic]
            yield ctx.mark(
                RULE,
                "thieu_ve",
                start,
                end,
                edits=[
                    (start, start + len(word), f"Về {word.lower()}"),
                    (prose.end(subject - 1), prose.starts[subject], ", "),
                ],
                safety=Safety.UNSAFE,
                chu=prose.text[start : prose.end(subject - 1)],
            )


def _place(prose: Prose, number: int, first: str) -> tuple[int, int] | None:
    """Return the first word of the topic and that of the subject that ends at a word."""
    words = prose.words
    if number < 3 or fold_word(words[number - 1]) != first:
        return None
    if not joined(prose, number, number + 2) or fold_word(words[number + 1]) not in words_of(
        "cau", "noi"
    ):
        return None
    subject = number - 1
    if fold_word(words[subject - 1]) in ("các", "nhiều"):
        subject -= 1
    elif first != "hội":
        return None
    topic = prose.sentence(number).first
    if not 2 < subject - topic <= _WIDTH or not joined(prose, topic, number + 1):
        return None
    if prose.role(number) != RUNNING or not words[topic][0].isupper():
        return None
    if tuple(map(fold_word, words[topic : topic + 2])) not in _TOPICS:
        return None
    if not words_of("cau", "rang_buoc").isdisjoint(map(fold_word, words[topic + 2 : subject])):
        return None
    return topic, subject
