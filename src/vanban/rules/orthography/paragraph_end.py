"""Cuối đoạn văn có dấu câu (TXT037).

Quy định
    Đoạn văn gồm câu trọn vẹn kết thúc bằng dấu chấm (hoặc dấu chấm phẩy, hai chấm của các ý liệt
    kê). Chỉ nhắc đoạn từ 12 chữ trở lên khi phần lớn các đoạn cùng loại trong văn bản đã có dấu
    kết thúc; đề mục, ô bảng, tên riêng không tính. Ở tệp văn bản thường, đoạn chỉ có một câu dưới
    30 chữ, tên Điều, Chương, Mục và dòng có số thứ tự gồm một câu là tiêu đề nên không bị nhắc. Mục
    lời văn của dự thảo bỏ lửng ở dấu phẩy cũng bị nhắc.

Vì sao
    Thiếu dấu ở cuối thì không biết đoạn đã hết hay bị cắt mất phần sau khi dán.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Đảng ủy duy trì 04 mô hình "Dân vận khéo" và tổ chức 02 cuộc đối thoại với Nhân dân

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Đảng ủy duy trì 04 mô hình "Dân vận khéo" và tổ chức 02 cuộc đối thoại với Nhân dân.

Cách sửa
    Thêm dấu chấm, hoặc viết nốt phần còn thiếu.

Nguồn và độ tin cậy
    Một đoạn của bản tin đã công bố thiếu dấu chấm cuối; độ tin cậy C về câu chữ.

English:
    A paragraph of full sentences ends with a mark. Reported only from twelve words on, where most
    of the other paragraphs of the document have one; in a plain text a single sentence below thirty
    words, the name of an article or a chapter and a numbered line of one sentence are titles. A
    text of a draft that breaks off at a comma is reported as well. Information, unsafe fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from vanban.check.rule import Context, FixClass, Rule
from vanban.finding import Certainty, Safety, Severity, Source
from vanban.rules.orthography._marks import around
from vanban.text.prose import BORDER, RUNNING

if TYPE_CHECKING:
    from vanban.check.rule import Reading
    from vanban.finding import Finding
    from vanban.text.prose import Paragraph, Prose

RULE = Rule(
    id="TXT037",
    name="paragraph_end",
    severity=Severity.INFO,
    source=Source("Cách dùng dấu câu trong văn bản tiếng Việt", Certainty.C),
    fix=FixClass.UNSAFE,
)

_WORDS = 12
_TITLE = 30
_ENDS: Final = frozenset(".!?…;:,")
# A paragraph that ends in one of these is a table, a code or something left open on purpose.
_OTHER: Final = frozenset("|/\\*_=-–—+({[“")
_MOST = 2 / 3
# A place in a list, in a pointer.
_NUMBER = re.compile(r"/\d+(?![^/])")


def check(ctx: Reading) -> Iterator[Finding]:
    """Report paragraphs without an end mark among others that have one."""
    prose = ctx.prose
    groups: dict[bool, tuple[list[Paragraph], list[int]]] = {}
    for paragraph in prose.paragraphs:
        passage = paragraph.passage
        if passage.role != RUNNING or paragraph.last - paragraph.first < _WORDS:
            continue
        # Items of lists may be ended in their own way.
        open_ones, ended = groups.setdefault(_listed(passage.pointer), ([], []))
        tail = _tail(prose, paragraph)
        if tail == "," and _left_off(ctx, paragraph):
            yield _told(ctx, paragraph)
        if _ENDS.intersection(tail):
            ended.append(paragraph.first)
        elif tail.endswith(")") and prose.seps[paragraph.first].endswith("("):
            # "(Ban hành kèm theo Quyết định số ...)" below a title.
            continue
        elif not _OTHER.intersection(tail) and not _title(ctx, paragraph):
            open_ones.append(paragraph)
    for open_ones, ended in groups.values():
        if len(ended) < 2 or len(ended) < _MOST * (len(ended) + len(open_ones)):
            continue
        for paragraph in open_ones:
            yield _told(ctx, paragraph)


def _told(ctx: Reading, paragraph: Paragraph) -> Finding:
    prose = ctx.prose
    start = prose.starts[paragraph.last - 1]
    end = prose.end(paragraph.last - 1) + len(_tail(prose, paragraph))
    return ctx.mark(
        RULE,
        "thieu_cham",
        start,
        end,
        new=f"{prose.text[start:end].rstrip(',')}.",
        safety=Safety.UNSAFE,
        tim_thay=around(prose.text, start, end),
    )


def _left_off(ctx: Reading, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is the last of a draft's text, behind which a comma leads nowhere.

    Items of lists and the lines of a plain text may go on in the next.
    """
    passage = paragraph.passage
    return (
        isinstance(ctx, Context)
        and not _listed(passage.pointer)
        and ctx.prose.text[ctx.prose.end(paragraph.last - 1) : passage.end].strip() == ","
    )


def _title(ctx: Reading, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph of a plain text may be a title."""
    if isinstance(ctx, Context) or paragraph.last - paragraph.first >= _TITLE:
        return False
    return ctx.prose.sentence(paragraph.first).last >= paragraph.last


def _listed(pointer: str) -> bool:
    return _NUMBER.search(pointer) is not None


def _tail(prose: Prose, paragraph: Paragraph) -> str:
    """Return the marks behind the last word of a paragraph."""
    return _first_marks(prose.seps[paragraph.last])


@lru_cache(maxsize=4096)
def _first_marks(gap: str) -> str:
    return gap.partition(BORDER)[0].split("\n", 1)[0].rstrip()
