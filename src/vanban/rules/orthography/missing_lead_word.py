"""Nêu vấn đề trước chủ ngữ phải có chữ "Về" và dấu phẩy (TXT028).

Quy định
    Câu nêu vấn đề rồi mới nói ai có ý kiến viết "Về công tác xây dựng Đảng, các đại biểu cho
    rằng ...", không viết liền "Công tác xây dựng Đảng các đại biểu cho rằng ...". Chủ ngữ có thể
    là đại biểu, hội nghị, cử tri, người dân, cấp ủy.

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
    "Công tác ...", "Việc ...", "Lĩnh vực ..." and runs into who speaks (delegates, the meeting,
    voters, an office) with a verb of speech informs; unsafe fix.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.text.phrases import BLANKS, fold_word
from vanban.text.prose import RUNNING
from vanban.text.slips import data, joined, words_of

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

_TOPICS: Final = {
    "Công": "tác", "Vấn": "đề", "Nội": "dung", "Tình": "hình", "Lĩnh": "vực", "Nhiệm": "vụ",
    "Kết": "quả", "Phương": "hướng", "Mục": "tiêu", "Chỉ": "tiêu", "Kinh": "phí",
}  # fmt: skip
_WIDTH: Final = 14
_OFFICE: Final = frozenset(
    ("đảng", "bộ", "ủy", "xã", "huyện", "tỉnh", "phường", "cấp", "mẫu", "chi", "nhân", "dân")
)
# Words before who speaks that belong to the subject.
_MANY: Final = frozenset(("các", "nhiều", "một", "số", "đa", "phần", "lớn", "hầu", "hết"))
# The longest name of an office behind its first words: Ban Chấp hành | Đảng bộ xã Mẫu.
_NAME: Final = 5


def check(ctx: Reading) -> Iterator[Finding]:
    """Report topics that run into the subject."""
    prose = ctx.prose
    for first, second in (*_TOPICS.items(), ("Việc", "")):
        for number in prose.distinct.get(first, ()):
            found = _subject(prose, number, second)
            if found is None:
                continue
            subject, last = found
            start, end = prose.starts[number], prose.end(last - 1)
            word = prose.words[number]
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


@cache
def _speakers() -> frozenset[tuple[str, ...]]:
    """Return who speaks, each as its words."""
    listed = data()["cau"]["nguoi_noi"].replace("\n", " ").split(",")
    return frozenset(tuple(map(fold_word, speaker.split())) for speaker in listed)


@cache
def _openings() -> frozenset[str]:
    """Return the first words of who speaks."""
    return frozenset(speaker[0] for speaker in _speakers())


@cache
def _said() -> frozenset[str]:
    """Return the verbs of speech."""
    listed = data()["cau"]["dong_tu_noi"].replace("\n", " ").split(",")
    return frozenset(" ".join(map(fold_word, verb.split())) for verb in listed)


def _subject(prose: Prose, topic: int, second: str) -> tuple[int, int] | None:
    """Return the first and the last word + 1 of the subject that a topic runs into, or None."""
    words = prose.words
    if topic + 3 >= len(words) or (second and fold_word(words[topic + 1]) != second):
        return None
    if prose.sentence(topic).first != topic or prose.role(topic) != RUNNING:
        return None
    bound = words_of("cau", "rang_buoc")
    for at in range(topic + (2 if second else 1), min(topic + _WIDTH, len(words) - 2)):
        word = fold_word(words[at])
        if prose.seps[at] not in BLANKS or word in bound:
            return None
        if at - topic < 3 or word not in _openings():
            continue
        size = next((n for n in (3, 2) if _words(prose, at, n) in _speakers()), 0)
        if not size:
            continue
        verb = _verb(prose, at + size)
        if verb is None:
            return None
        subject = at
        while subject > topic + 2 and fold_word(words[subject - 1]) in _MANY:
            subject -= 1
        return (subject, verb) if subject - topic > 2 else None
    return None


def _words(prose: Prose, first: int, size: int) -> tuple[str, ...]:
    return tuple(map(fold_word, prose.words[first : first + size]))


def _verb(prose: Prose, number: int) -> int | None:
    """Return where a verb of speech stands that has its own object, up to a name further."""
    words = prose.words
    for at in range(number, min(number + _NAME, len(words) - 2)):
        if not joined(prose, at - 1, at + 3):
            return None
        said = _words(prose, at, 2)
        if " ".join(said) in _said():
            behind = fold_word(words[at + 2])
            judged = said in (("đánh", "giá"), ("cho", "rằng")) and behind == "là"
            # "Nội dung cử tri kiến nghị đã được trả lời": that is no sentence of its own.
            return at if judged or behind not in words_of("cau", "dut_loi") else None
        if at > number and not (words[at][0].isupper() or fold_word(words[at]) in _OFFICE):
            return None
    return None
