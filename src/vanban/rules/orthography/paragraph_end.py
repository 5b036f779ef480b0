"""Cuối đoạn văn có dấu câu (TXT037).

Quy định
    Đoạn văn gồm câu trọn vẹn kết thúc bằng dấu chấm (hoặc dấu chấm phẩy, hai chấm của các ý liệt
    kê). Chỉ nhắc đoạn từ 12 chữ trở lên khi phần lớn các đoạn cùng loại trong văn bản đã có dấu
    kết thúc; đề mục, ô bảng, tên riêng không tính. Ở tệp văn bản thường, đoạn chỉ có một câu dưới
    30 chữ có thể là tiêu đề nên không bị nhắc.

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
    words may be a title. Information, unsafe fix.
"""

from __future__ import annotations

from collections.abc import Iterator
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
        if _ENDS.intersection(tail):
            ended.append(paragraph.first)
        elif not _OTHER.intersection(tail) and not _title(ctx, paragraph):
            open_ones.append(paragraph)
    for open_ones, ended in groups.values():
        if len(ended) < 2 or len(ended) < _MOST * (len(ended) + len(open_ones)):
            continue
        for paragraph in open_ones:
            start = prose.starts[paragraph.last - 1]
            end = prose.end(paragraph.last - 1) + len(_tail(prose, paragraph))
            yield ctx.mark(
                RULE,
                "thieu_cham",
                start,
                end,
                new=f"{prose.text[start:end]}.",
                safety=Safety.UNSAFE,
                tim_thay=around(prose.text, start, end),
            )


def _title(ctx: Reading, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph of a plain text may be a title."""
    if isinstance(ctx, Context) or paragraph.last - paragraph.first >= _TITLE:
        return False
    return ctx.prose.sentence(paragraph.first).last >= paragraph.last


def _listed(pointer: str) -> bool:
    return any(part.isdecimal() for part in pointer.split("/"))


def _tail(prose: Prose, paragraph: Paragraph) -> str:
    """Return the marks behind the last word of a paragraph."""
    gap = prose.seps[paragraph.last].partition(BORDER)[0]
    return gap.split("\n", 1)[0].rstrip()
