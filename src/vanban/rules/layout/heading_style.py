"""Cả văn bản dùng một kiểu đánh mục (FMT033).

Quy định
    Số thứ tự của mục lớn đi với dấu gạch (I-) hoặc dấu chấm (I.), của mục nhỏ đi với dấu chấm (1.)
    hoặc dấu gạch (1-); cả văn bản dùng một kiểu. ``nhan`` tự ghi phải cùng kiểu với các mục vanban
    tự đánh số và với ``kieu_muc``.

Vì sao
    Mục trên ghi "I-", mục dưới ghi "II." là dấu vết của việc ghép nhiều bản thảo.

Sai
    ket_qua:
      xay_dung_dang:
        to_chuc:
          nhan: "2-"
          noi_dung: Đảng bộ có 08 chi bộ trực thuộc.

Đúng
    ket_qua:
      xay_dung_dang:
        to_chuc:
          nhan: "2."
          noi_dung: Đảng bộ có 08 chi bộ trực thuộc.

Cách sửa
    Đổi dấu sau số cho cùng kiểu (sửa tự động được), hoặc bỏ ``nhan`` để vanban tự đánh số.

Nguồn và độ tin cậy
    Hướng dẫn 36-HD/VPTW tự in "I-", báo cáo thật của xã dùng "I."; cả hai được chấp nhận, mỗi văn
    bản một kiểu (B). Nghị định 30/2020/NĐ-CP, Phụ lục I, mục V, dòng 6b in "I." và "1." (A).

English:
    One style of heading marks in a document: labels of the clerk's own carry the mark of the
    headings that are numbered by vanban, or of the first own label where none is. Safe fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from vanban.check.rule import FixClass, Rule
from vanban.finding import Certainty, Edit, Fix, Safety, Severity
from vanban.rules.layout._basis import party, remark, state

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.finding import Finding

_GROUNDS = party("II.1.6", Certainty.B, Certainty.B, state("mục V, dòng 6b"))

RULE = Rule(
    id="FMT033",
    name="heading_style",
    severity=Severity.WARNING,
    source=_GROUNDS.hd05,
    fix=FixClass.SAFE,
)

_LABELS = {
    "muc": re.compile(r"\s*(?P<number>[IVXL]+)\s*(?P<mark>\.[-–]|[-–—.:)/])\s"),
    "khoan": re.compile(r"\s*(?P<number>\d{1,2})\s*(?P<mark>\.[-–]|[-–—.:)/])\s"),
}
_OWN = "/nhan"
_CONTENT = "/noi_dung"
_DASHES = str.maketrans("–—", "--")


class _Label(NamedTuple):
    """A printed label: its mark, and the place of the clerk's own label ("" when derived)."""

    mark: str
    number: str
    own: str


def check(ctx: Context) -> Iterator[Finding]:
    """Report own labels whose mark is not that of the other headings of their level."""
    own = {node.pointer: node.value for node in ctx.role("label") if isinstance(node.value, str)}
    if not own or ctx.invalid:
        return
    for labels in _labels(ctx, own).values():
        right = next((label.mark for label in labels if not label.own), labels[0].mark)
        for label in labels:
            if label.own and label.mark != right:
                yield _finding(ctx, label, own[label.own], right)


def _labels(ctx: Context, own: dict[str, str]) -> dict[str, list[_Label]]:
    """Return the labels of each level as printed, in order."""
    from vanban.compose.composer import compose
    from vanban.compose.document import Paragraph

    found: dict[str, list[_Label]] = {}
    for block in compose(ctx.draft, ctx.profile, kind=ctx.kind).body:
        if not isinstance(block, Paragraph) or block.style not in _LABELS:
            continue
        match = _LABELS[block.style].match(block.text)
        if match is None:
            continue
        sections = (block.pointer, block.pointer.removesuffix(_CONTENT))
        place = next((s + _OWN for s in sections if s + _OWN in own), "")
        mark = match["mark"].translate(_DASHES)
        found.setdefault(block.style, []).append(_Label(mark, match["number"], place))
    return found


def _finding(ctx: Context, label: _Label, typed: str, right: str) -> Finding:
    text = typed.rstrip()
    start = text.rfind(label.number) + len(label.number)
    span = ctx.draft.positions.text(label.own, start, len(text))
    shown = f"{label.number}{right}"
    # A label typed without a mark was given one: there is nothing to replace.
    sound = span is not None and start < len(text)
    return remark(
        ctx,
        RULE,
        "lech",
        label.own,
        _GROUNDS.of(ctx),
        fix=Fix(Safety.SAFE, "FMT033.sua", (Edit(span, right),), {"dung": shown})
        if span and sound
        else None,
        tim_thay=text,
        dung=shown,
    )
