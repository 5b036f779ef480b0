"""The Document: a report laid out but format-neutral. Renderers know formats, not regulations.

Style names are those of the profile (``noi_dung``, ``muc`` ...): the CSS class, the Word style and
the profile's figures share them. All texts are final: capitals, numbers, blanks are already there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look, on top of the paragraph's style."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph in a style of the profile.

    ``level`` is the outline level (1 = highest) of a heading, None for running text. ``keep_next``
    asks that it stay on the page of what follows. ``pointer`` is the place in the draft.
    """

    style: str
    runs: tuple[Run, ...]
    level: int | None = None
    keep_next: bool = False
    pointer: str = ""

    @property
    def text(self) -> str:
        """Return the plain text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its width as a share of the table's width (all shares sum to 1)."""

    share: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``colspan``/``rowspan`` > 1 only in header rows."""

    text: str
    align: Align = "left"
    bold: bool = False
    italic: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with repeating header rows; ``landscape`` when it is too wide for portrait.

    ``size_pt`` is the type size of its text; ``caption`` is printed above it in style
    ``ten_bang`` when given.
    """

    columns: tuple[Column, ...]
    header: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    size_pt: float = 12
    landscape: bool = False
    caption: str | None = None
    pointer: str = ""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the header or the signature: a text in a style, with the rule drawn under it.

    ``rule_mm`` is the length of a solid rule centred below the text (None: no rule).
    """

    text: str
    style: str
    rule_mm: float | None = None


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """The head of page 1: a borderless block of two columns and two rows.

    Row 1: ``left`` (superior body, issuer) and ``right`` (title and rule, or Quốc hiệu and Tiêu
    ngữ). Row 2: ``left_low`` (``*`` and number; only the number for state bodies) and
    ``right_low`` (place and date); ``under_number`` (the urgency) stands under the number, nothing
    beside it. Widths in mm add up to the text width of the page.
    """

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    left_low: tuple[Line, ...]
    right_low: tuple[Line, ...]
    left_mm: float
    right_mm: float
    under_number: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Authority line(s), office, room for the signature, name; all centred in the right column."""

    authority: tuple[Line, ...]
    office: tuple[Line, ...]
    room_lines: int
    name: Line
    left_mm: float
    right_mm: float


@dataclass(frozen=True, slots=True)
class Recipients:
    """``Nơi nhận:`` and its list, already with dashes and line ends."""

    label: Line
    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Appendix:
    """One appendix; it starts a page of its own. ``titles`` stand centred above the blocks.

    ``numbered_anew`` when its pages count from 1, the first of them without a number.
    """

    titles: tuple[Line, ...]
    blocks: tuple[Block, ...]
    landscape: bool = False
    pointer: str = ""
    numbered_anew: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The figures the draft chose inside the profile's ranges.

    ``line_pt`` is an exact pitch in pt, or None when ``line_multiple`` (of single spacing) holds.
    """

    body_pt: float
    line_pt: float | None
    line_multiple: float | None
    duplex: bool


@dataclass(frozen=True, slots=True)
class Meta:
    """Metadata of the files: ``created`` is ISO 8601 (the document's date at 00:00 UTC)."""

    title: str
    author: str
    subject: str
    created: str | None
    kind: str
    profile: str
    language: str = "vi-VN"


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document."""

    meta: Meta
    layout: Layout
    header: HeaderBlock
    title: tuple[Line, ...]
    body: tuple[Block, ...]
    signature: SignatureBlock
    recipients: Recipients
    appendices: tuple[Appendix, ...] = ()
    watermark: str | None = None

    def texts(self) -> Iterator[str]:
        """Yield every text on the pages in reading order (page numbers and watermark excepted)."""
        head = self.header
        low = (*head.left_low, *head.under_number, *head.right_low)
        for line in (*head.left, *head.right, *low, *self.title):
            yield line.text
        yield from _block_texts(self.body)
        yield self.recipients.label.text
        for line in self.recipients.items:
            yield line.text
        sign = self.signature
        for line in (*sign.authority, *sign.office, sign.name):
            yield line.text
        for appendix in self.appendices:
            for line in appendix.titles:
                yield line.text
            yield from _block_texts(appendix.blocks)


def _block_texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
            continue
        if block.caption:
            yield block.caption
        for row in (*block.header, *block.rows):
            for cell in row:
                yield cell.text
