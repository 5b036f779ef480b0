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
        runs = self.runs
        return runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])


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

    ``rule_mm`` is the length of a solid rule centred below the text (None: no rule); ``box_mm``
    the width and height of a single-lined box around it, the text in its middle (None: no box).
    """

    text: str
    style: str
    rule_mm: float | None = None
    box_mm: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class HeaderBlock:
    """The head of page 1: a borderless block of two columns and two or three rows.

    Row 1: ``left`` (superior body, issuer) and ``right`` (title and rule, or Quốc hiệu and Tiêu
    ngữ). Row 2: ``left_low`` (``*`` and number; only the number for state bodies) and
    ``right_low`` (place and date). Row 3, when there are marks: ``under_number`` and
    ``under_date``. ``above`` are the marks centred over the whole block. Widths in mm add up to
    the text width of the page. The head of a copy has the same form.
    """

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    left_low: tuple[Line, ...]
    right_low: tuple[Line, ...]
    left_mm: float
    right_mm: float
    under_number: tuple[Line, ...] = ()
    under_date: tuple[Line, ...] = ()
    above: tuple[Line, ...] = ()

    def lines(self) -> Iterator[Line]:
        """Yield every line in reading order."""
        yield from self.above
        yield from self.left
        yield from self.right
        yield from self.left_low
        yield from self.right_low
        yield from self.under_number
        yield from self.under_date


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Authority line(s), office, room for the signature, name; all centred in the right column."""

    authority: tuple[Line, ...]
    office: tuple[Line, ...]
    room_lines: int
    name: Line
    left_mm: float
    right_mm: float

    def lines(self) -> Iterator[Line]:
        """Yield every line in reading order."""
        yield from self.authority
        yield from self.office
        yield self.name


@dataclass(frozen=True, slots=True)
class Recipients:
    """``Nơi nhận:`` and its list, already with dashes and line ends.

    ``after`` stands below the list: who typed the document and how many copies went out.
    """

    label: Line
    items: tuple[Line, ...]
    after: tuple[Line, ...] = ()

    def lines(self) -> Iterator[Line]:
        """Yield every line in reading order."""
        yield self.label
        yield from self.items
        yield from self.after


@dataclass(frozen=True, slots=True)
class CopyBlock:
    """What the body that makes a copy adds under the last line of the original.

    A rule over the whole width stands above it. ``head`` holds the copying body and its number at
    the left, the form of the copy, place and date at the right.
    """

    head: HeaderBlock
    signature: SignatureBlock
    recipients: Recipients

    def lines(self) -> Iterator[Line]:
        """Yield every line in reading order."""
        yield from self.head.lines()
        yield from self.recipients.lines()
        yield from self.signature.lines()


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
    """The whole document.

    ``contact`` stands at the foot of page 1, under a rule over the whole width; ``copy`` behind
    everything else. ``watermark`` is drawn behind the text of every page.
    """

    meta: Meta
    layout: Layout
    header: HeaderBlock
    title: tuple[Line, ...]
    body: tuple[Block, ...]
    signature: SignatureBlock
    recipients: Recipients
    appendices: tuple[Appendix, ...] = ()
    watermark: str | None = None
    contact: tuple[Line, ...] = ()
    copy: CopyBlock | None = None

    def texts(self) -> Iterator[str]:
        """Return every text on the pages in reading order (page numbers and watermark excepted).

        The contact lines are read with the head, to which they belong, though they stand at the
        foot of page 1.
        """
        head = (*self.header.lines(), *self.contact, *self.title)
        found = [line.text for line in head]
        _add_texts(found, self.body)
        found += [line.text for line in self.recipients.lines()]
        found += [line.text for line in self.signature.lines()]
        for appendix in self.appendices:
            found += [line.text for line in appendix.titles]
            _add_texts(found, appendix.blocks)
        if self.copy is not None:
            found += [line.text for line in self.copy.lines()]
        return iter(found)


def _add_texts(found: list[str], blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
            continue
        if block.caption:
            found.append(block.caption)
        for row in (*block.header, *block.rows):
            found += [cell.text for cell in row]
