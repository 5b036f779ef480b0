"""Đầu câu, đầu đoạn viết hoa (TXT038).

Quy định
    Chữ đầu câu, sau dấu chấm, chấm hỏi, chấm than, và chữ đầu đoạn phải viết hoa. Dấu chấm của chữ
    viết tắt (TP., v.v.), của số thứ tự, dấu ba chấm, câu trích trong ngoặc kép và các ý của một
    danh sách không tính.

Vì sao
    Chữ thường sau dấu chấm là dấu phẩy gõ nhầm hoặc câu mới chưa viết hoa; đọc lên hiểu khác nhau.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì 04 mô hình "Dân vận khéo". các chi bộ tổ chức 02 cuộc đối thoại.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: Đảng ủy duy trì 04 mô hình "Dân vận khéo". Các chi bộ tổ chức 02 cuộc đối thoại.

Cách sửa
    Viết hoa chữ đầu, hoặc đổi dấu chấm thành dấu phẩy nếu câu chưa hết.

Nguồn và độ tin cậy
    Nghị định 30/2020/NĐ-CP, Phụ lục II, mục I: viết hoa sau dấu chấm câu và khi xuống dòng (A).

English:
    A sentence and a paragraph begin with a capital letter. Shortened words, numbers of items,
    ellipses, quotations and items of lists are left alone. Unsafe fix: it may be a comma instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._marks import around, lettered, shortened
from vanban.text.prose import BORDER, CODE, RUNNING

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Paragraph, Prose

RULE = Rule(
    id="TXT038",
    name="sentence_capital",
    severity=Severity.WARNING,
    source=Source("Phụ lục II, mục I, Nghị định 30/2020/NĐ-CP", Certainty.A),
    fix=FixClass.UNSAFE,
)

# One end mark, perhaps behind or before closing marks, then blanks within a paragraph.
_STOP = re.compile(r"(?P<before>[)\]%”»\"]*)(?P<mark>[.!?])(?P<behind>[)\]”»\"]*)[ \t]*\n?[ \t]*")
_WHOLE = 8
# The marks of items: "a. ...", "đ- ...".
_MARKS = frozenset("abcdefghijklmnopqrstuvwxyzđ")
_YEARS = range(1900, 2100)


def check(ctx: Reading) -> Iterator[Finding]:
    """Report small letters at the beginning of sentences and paragraphs."""
    prose = ctx.prose
    for gap, numbers in prose.gaps.items():
        if not _stop(gap):
            continue
        for number in numbers:
            small = 0 < number < len(prose.words) and prose.words[number][0].islower()
            if small and _begins(prose, number, gap):
                yield _told(ctx, "sau_cham", number, None)
    before: Paragraph | None = None
    for paragraph in prose.paragraphs:
        if _small(prose, paragraph, before):
            listed = any(part.isdecimal() for part in paragraph.passage.pointer.split("/"))
            yield _told(ctx, "dau_doan", paragraph.first, Severity.INFO if listed else None)
        before = paragraph


@lru_cache(maxsize=4096)
def _stop(gap: str) -> str:
    """Return the end mark of a separator that can part two sentences, else nothing."""
    match = _STOP.fullmatch(gap)
    if match is None or not gap[-1].isspace():
        return ""
    # "Ai?" anh hỏi: what was asked stands inside the sentence.
    return "" if match["mark"] in "!?" and match["behind"] else match["mark"]


def _begins(prose: Prose, number: int, gap: str) -> bool:
    """Tell whether a small word surely begins a sentence."""
    word, last = prose.words[number], prose.words[number - 1]
    behind = prose.seps[number + 1]
    if not word.isalpha() or not word.islower() or not lettered(word):
        return False
    if behind[:1] in (")", "@", "/", "_", "=") or (len(word) < 2 and word in _MARKS):
        return False
    if behind.startswith(".") and number + 1 < len(prose.words) and len(behind) == 1:
        return False
    if prose.role(number) == CODE:
        return False
    if gap[0] in ".!?":
        if last.isdecimal():
            return len(last) == 4 and int(last) in _YEARS
        if not last.isalpha() or shortened(last) or len(last) < 2:
            return False
        if last.isupper() and len(last) < 4:
            return False
        # "Th.S. nguyên", "gov.vn. các": part of a longer code.
        return prose.seps[number - 1] not in (".", "/", "@", "-")
    return True


def _small(prose: Prose, paragraph: Paragraph, before: Paragraph | None) -> bool:
    """Tell whether a whole paragraph of running text begins with a small letter."""
    first, last, passage = paragraph.first, paragraph.last, paragraph.passage
    word = prose.words[first]
    if passage.role != RUNNING or last - first < _WHOLE or not word.islower():
        return False
    # "a) ...", "đ. ...": the mark of an item.
    if not word.isalpha() or not lettered(word) or len(word) == 1:
        return False
    if prose.seps[first].rpartition("\n")[2].strip():
        return False
    if not _tail(prose, paragraph).rstrip('"”»)').endswith((".", "!", "?")):
        return False
    parts = passage.pointer.split("/")
    listed = any(part.isdecimal() for part in parts)
    if listed and len(parts) != 3:
        return False
    if before is None:
        return not listed
    ended = _tail(prose, before)
    if before.passage is not passage:
        if listed:
            # Items behind a lead may all begin small.
            small = prose.words[before.first][0].islower()
            return before.passage.role == RUNNING and ended.endswith(".") and not small
        return not ended.endswith((":", ";", ","))
    return ended.endswith((".", "!", "?"))


def _tail(prose: Prose, paragraph: Paragraph) -> str:
    return prose.seps[paragraph.last].partition(BORDER)[0].strip().split("\n", 1)[0].rstrip()


def _told(ctx: Reading, slug: str, number: int, severity: Severity | None) -> Finding:
    prose = ctx.prose
    start, word = prose.starts[number], prose.words[number]
    right = word[0].upper() + word[1:]
    return ctx.mark(
        RULE,
        slug,
        start,
        start + len(word),
        new=right,
        safety=Safety.UNSAFE,
        severity=severity,
        tim_thay=around(prose.text, start, start + len(word)),
        dung=right,
    )
