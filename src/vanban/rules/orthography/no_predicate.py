"""Mỗi hạn chế phải có lời nhận định (TXT027).

Quy định
    Trong câu liệt kê hạn chế cách nhau bằng dấu chấm phẩy, mỗi vế phải nói hạn chế ở mức nào:
    "tiến độ thực hiện các tiêu chí còn chậm", không chỉ "tiến độ thực hiện các tiêu chí". Câu mở
    đầu bằng "Đối với ...", "Về việc ...", "Việc ... ở các ấp" phải nói tiếp ai làm gì hay kết quả
    ra sao.

Vì sao
    Vế chỉ có "tiến độ ...", "tỷ lệ ..." mà không có nhận định là câu cụt: chậm hay nhanh, thấp hay
    cao thì người đọc phải đoán.

Sai
    danh_gia:
      han_che:
        - ma: HC1
          linh_vuc: dang_vien
          noi_dung: |
            Công tác kết nạp đảng viên còn chậm; tiến độ xây dựng chi bộ kiểu mẫu;
            tổ hợp tác hoạt động chưa hiệu quả.

Đúng
    danh_gia:
      han_che:
        - ma: HC1
          linh_vuc: dang_vien
          noi_dung: |
            Công tác kết nạp đảng viên còn chậm; tiến độ xây dựng chi bộ kiểu mẫu còn
            chậm; tổ hợp tác hoạt động chưa hiệu quả.

Cách sửa
    Thêm nhận định: còn chậm, còn thấp, chưa đạt.

Nguồn và độ tin cậy
    Cách đặt câu tiếng Việt; độ tin cậy C.

English:
    In a sentence that lists shortcomings with semicolons, a clause about progress, a rate or a
    quality says how it is. Only a clause with no word of judgement at all, beside others that
    have one, informs; so does a sentence that begins with "Đối với" and has no verb at all, and
    one that only names its topic ("Việc ... ở các ấp", "Về việc ...").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.text.phrases import fold_word
from vanban.text.prose import RUNNING
from vanban.text.slips import words_of

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Prose

RULE = Rule(
    id="TXT027",
    name="no_predicate",
    severity=Severity.INFO,
    source=Source("Cách đặt câu trong văn bản hành chính", Certainty.C),
)

_HEADS: Final = {"tiến": ("độ",), "tỷ": ("lệ",), "tỉ": ("lệ",), "chất": ("lượng",)}
_JUDGES: Final = frozenset(("còn", "chưa", "chậm"))
# Words that begin a sentence about a topic, and their second word ("" for any).
_TOPICS: Final = (
    ("Việc", ""), ("Công", "tác"), ("Tiến", "độ"), ("Chất", "lượng"), ("Tình", "hình"),
    ("Về", "việc"), ("Về", "công"), ("Về", "tình"), ("Về", "lĩnh"), ("Về", "nội"),
)  # fmt: skip
_PLACE: Final = frozenset(("ở", "tại", "trên", "của", "trong"))
_ACTORS: Final = frozenset(
    ("đảng", "ban", "ủy", "hội", "mặt", "khối", "nhân", "thường", "chi", "đoàn")
)
_SHORTEST, _LONGEST = 4, 25
# A shorter sentence may be a heading.
_TOLD: Final = 8
# What ends a clause.
_CLOSING: Final = frozenset(";.:!?…\x1e")


def check(ctx: Reading) -> Iterator[Finding]:
    """Report clauses of a list of shortcomings that judge nothing."""
    prose = ctx.prose
    for head, seconds in _HEADS.items():
        for number in prose.where.get(head, ()):
            last = _fragment(prose, number, seconds)
            if last is not None:
                start, end = prose.starts[number], prose.end(last - 1)
                yield ctx.mark(RULE, "thieu_nhan_dinh", start, end, chu=prose.text[start:end])
    for number in prose.where.get("đối", ()):
        if prose.words[number] == "Đối" and _unfinished(prose, number):
            sentence = prose.sentence(number)
            start, end = prose.starts[sentence.first], prose.end(sentence.last - 1)
            yield ctx.mark(RULE, "cau_cut", start, end)
    for first, second in _TOPICS:
        for number in prose.distinct.get(first, ()):
            if _bare_topic(prose, number, second):
                sentence = prose.sentence(number)
                start, end = prose.starts[sentence.first], prose.end(sentence.last - 1)
                yield ctx.mark(RULE, "chi_neu", start, end)


@cache
def _telling(verbs: str) -> frozenset[str]:
    """Return the words with which a sentence judges or tells something."""
    return words_of("cau", "nhan_dinh") | words_of("cau", verbs)


def _bare_topic(prose: Prose, number: int, second: str) -> bool:
    """Tell whether a sentence names a topic only: Việc nhân rộng mô hình ở các ấp."""
    words = prose.words
    if number + 1 >= len(words) or (second and fold_word(words[number + 1]) != second):
        return False
    first, last, mark = prose.sentence(number)
    if first != number or mark != "." or not _TOLD <= last - first <= _LONGEST:
        return False
    if prose.role(first) != RUNNING or _ends(*prose.seps[first + 1 : last]):
        return False
    about = words[first] == "Về"
    # A line of its own that begins with "Về" may be a heading.
    if about and "\n" in prose.seps[first] and "\n" in prose.seps[last]:
        return False
    folded = [fold_word(word) for word in words[first:last]]
    if not _telling("vi_ngu").isdisjoint(folded[2:]):
        return False
    # Commas only between things of one kind: tiếp thu, giải quyết ý kiến, kiến nghị.
    for at in range(first + 1, last):
        if "," in prose.seps[at] and words[at].lower() not in words_of("cau", "ke_tiep"):
            return False
    if any(word[0].isupper() and fold_word(word) in _ACTORS for word in words[first + 1 : last]):
        # "của Nhân dân" belongs to the topic, "Nhân dân" alone may be a subject.
        return about and "của" in folded
    if about:
        return True
    # What a sentence ends with tells that nothing is said any more: ở các chi bộ ấp.
    tail = 0
    while tail < last - first and folded[-1 - tail] in words_of("cau", "noi_chon"):
        tail += 1
    return 1 < tail < last - first - 3 and not _PLACE.isdisjoint(folded[-tail:-1])


def _ends(*gaps: str) -> bool:
    return not _CLOSING.isdisjoint("".join(gaps))


def _fragment(prose: Prose, number: int, seconds: tuple[str, ...]) -> int | None:
    """Return the end of a clause that begins at a word and judges nothing, else None."""
    words, seps = prose.words, prose.seps
    if number + 1 >= len(words) or fold_word(words[number + 1]) not in seconds:
        return None
    if not seps[number].startswith(";") or prose.role(number) != RUNNING:
        return None
    last = number + 2
    while last < len(words) and last - number <= _LONGEST and not _ends(seps[last]):
        if "," in seps[last]:
            return None
        last += 1
    if not _SHORTEST <= last - number <= _LONGEST:
        return None
    says = words_of("cau", "nhan_dinh")
    # The last clause of a list may be continued; one between two semicolons is complete.
    if not seps[last].startswith(";"):
        return None
    if any(word.isdecimal() or fold_word(word) in says for word in words[number:last]):
        return None
    return last if _judged(prose, number) else None


def _unfinished(prose: Prose, number: int) -> bool:
    """Tell whether a sentence "Đối với ..." ends without a verb."""
    first, last, mark = prose.sentence(number)
    if first != number or mark != "." or not _TOLD <= last - first <= _LONGEST:
        return False
    if prose.role(first) != RUNNING or _ends(*prose.seps[first + 1 : last]):
        return False
    words = [fold_word(word) for word in prose.words[first + 1 : last]]
    if words[0] != "với":
        return False
    says = _telling("dong_tu")
    return not any(word.isdecimal() or word in says for word in words)


def _judged(prose: Prose, number: int) -> bool:
    """Tell whether the clause before ends with a judgement: ... còn chậm; tiến độ ...."""
    clause: list[str] = []
    before = number - 1
    while before >= 0 and len(clause) < _LONGEST and prose.same(before, number):
        clause.append(fold_word(prose.words[before]))
        if _ends(prose.seps[before]):
            break
        before -= 1
    return not _JUDGES.isdisjoint(clause[:6])
