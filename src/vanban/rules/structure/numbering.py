"""Số thứ tự liên tục ở mỗi cấp (STR003).

Quy định
    Các mục cùng cấp đánh số liên tục: I, II, III; 1, 2, 3; a, b, c, d, đ, e, g, h, i, k (không có
    f, j, w, z). Các điểm tự gõ ở đầu dòng, "a) ...; b) ..." sau dấu hai chấm, các số trong ngoặc
    "(1) ..., (2) ..." và các chữ "thứ nhất, thứ hai, thứ ba, thứ tư", "một là, hai là" trong lời
    văn cũng vậy.

Vì sao
    Nhảy số, lặp số thì không viện dẫn được ("điểm d, mục 2"); thường xảy ra khi thêm, bớt một ý mà
    không đánh số lại.

Sai
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Thứ nhất, duy trì 04 mô hình "Dân vận khéo". Thứ hai, tổ chức 02 cuộc đối thoại với
          Nhân dân. Thứ tư, trả lời 15 ý kiến của cử tri.

Đúng
    ket_qua:
      xay_dung_dang:
        dan_van: |
          Thứ nhất, duy trì 04 mô hình "Dân vận khéo". Thứ hai, tổ chức 02 cuộc đối thoại với
          Nhân dân. Thứ ba, trả lời 15 ý kiến của cử tri.

Cách sửa
    Đánh lại số được chỉ ra, hoặc bỏ ``nhan`` và các số tự gõ để vanban tự đánh số.

Nguồn và độ tin cậy
    Cách đánh số a, b, c, d, đ, e đọc qua nguồn thứ cấp về Hướng dẫn 05-HD/VPTW (B) và đúng Nghị
    định 30/2020/NĐ-CP, Phụ lục I, II.6đ (A).

English:
    Numbering is continuous on every level: overridden labels as they come out on the page, marks
    typed at line starts, "a) ...; b) ..." behind a colon, "(1) ..., (2) ..." and ordinals in
    running text. Skipped, repeated and foreign letters are reported; a label out of order is
    STR002.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from vanban.check.rule import Rule
from vanban.finding import Certainty, Severity, Source
from vanban.rules._text import holding, text_nodes
from vanban.rules.structure._labels import label_breaks
from vanban.rules.structure._series import inline_breaks, line_breaks, marked, ordinal_breaks

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

RULE = Rule(
    id="STR003",
    name="numbering",
    severity=Severity.WARNING,
    source=Source("Thứ tự a, b, c, d, đ, e của Hướng dẫn 05-HD/VPTW", Certainty.B),
)


def _list_of(item: tuple[str, str]) -> str:
    """Return the list a text stands in, else the text's own place."""
    parent, _, last = item[0].rpartition("/")
    return parent if last.isdigit() else item[0]


def check(ctx: Context) -> Iterator[Finding]:
    """Report skipped, repeated and foreign marks of labels, line starts and ordinals."""
    for found in label_breaks(ctx):
        if found.slug != "nguoc":
            yield ctx.at(
                RULE, f"nhan_{found.slug}", found.pointer, tim_thay=found.found, dung=found.expected
            )
    # Without "thứ nhất" or "một là" there is no series in words.
    begun = holding(ctx, "thứ nhất", "một là")
    lines, inline = marked(ctx)
    marks = begun | lines | inline
    texts = [(node.pointer, text) for node, text in text_nodes(ctx, "prose")]
    for _, items in groupby(texts, key=_list_of):
        together = list(items)
        if marks.isdisjoint([pointer for pointer, _ in together]):
            continue
        worded = any(pointer in begun for pointer, _ in together)
        for broken in (
            *line_breaks([item for item in together if item[0] in lines]),
            *inline_breaks([item for item in together if item[0] in inline]),
            *(ordinal_breaks(together) if worded else ()),
        ):
            yield ctx.at(
                RULE,
                broken.slug,
                broken.pointer,
                text=(broken.start, broken.end),
                tim_thay=broken.found,
                dung=broken.expected,
            )
