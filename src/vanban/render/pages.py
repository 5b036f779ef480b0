"""What the Word file and the PDF decide alike: turned pages, breaks of headings, rows that break.

The renderers draw with different tools; asked here, they come to the same pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanban.compose.document import Paragraph
from vanban.render.balance import balanced_lines
from vanban.render.css import SINGLE_SPACING
from vanban.text.metrics import MM_PER_PT, width_mm

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vanban.compose.document import Block, Cell, Layout, Table
    from vanban.compose.profile import Profile

    Evener = Callable[[str, str, bool], list[str]]
    Taller = Callable[[tuple[Cell, ...], Table, bool], bool]

MAX_EVENED_CHARS = 1_000
"""The longest text that is broken into even lines; a heading of a whole page has two thousand."""

_LONG_CELL = 100
SHORT_TABLE = 6
"""Rows of a table that goes to the next page as a whole rather than be broken."""

_ABOVE_TABLES = ("ten_bang", "don_vi_tinh")


def turned(blocks: Sequence[Block], *, landscape: bool) -> list[bool]:
    """Tell of every block whether it stands on a turned page.

    In a ``landscape`` appendix all do; else a table that asks for it does, and with it what
    announces it (its heading, caption or unit).
    """
    flags = [landscape or (not isinstance(b, Paragraph) and b.landscape) for b in blocks]
    for at in range(len(blocks) - 1, 0, -1):
        if flags[at] and not flags[at - 1]:
            flags[at - 1] = _announces(blocks[at - 1])
    return flags


def _announces(block: Block) -> bool:
    return isinstance(block, Paragraph) and (
        block.keep_next or block.level is not None or block.style in _ABOVE_TABLES
    )


def plain(block: Paragraph) -> bool:
    """Tell whether a paragraph is one run in the look of its style, and so may be evened."""
    return len(block.runs) == 1 and not (
        block.runs[0].bold or block.runs[0].italic or block.runs[0].underline
    )


def evener(profile: Profile, layout: Layout) -> Evener:
    """Return what breaks a centred text, and a heading that is not justified, into even lines.

    Its arguments: the text, its style's name, and whether it stands on a turned page.
    """
    styles = profile.styles_for(layout.body_pt)
    sides = profile.page

    def even(text: str, name: str, landscape: bool = False) -> list[str]:
        style = styles.get(name)
        heading = style is not None and style.align == "left" and style.level is not None
        if style is None or not (style.align == "center" or heading):
            return [text]
        if len(text) > MAX_EVENED_CHARS:  # no heading: evening is work for the square of it
            return [text]
        available = sides.text_width_landscape if landscape else sides.text_width
        # The first line of a heading is the shorter by its indent.
        room = available - style.indent_mm
        return balanced_lines(text, room, style.size_pt, style.bold, style.italic)

    return even


def kept_rows(table: Table) -> tuple[bool, ...]:
    """Tell of every row whether it stays on the page of the next one.

    A short table is not broken; of a longer one no single row stands alone.
    """
    count = len(table.rows)
    whole = count <= SHORT_TABLE
    return tuple(n < count - 1 and (whole or n in (0, count - 2)) for n in range(count))


def taller(profile: Profile) -> Taller:
    """Return what tells the rows that must be let break: those that fill half a page or more."""
    sides = profile.page
    margins = sides.top + sides.bottom

    def tall(row: tuple[Cell, ...], table: Table, landscape: bool = False) -> bool:
        width = sides.text_width_landscape if landscape else sides.text_width
        height = (sides.width if landscape else sides.height) - margins
        line = table.size_pt * SINGLE_SPACING * MM_PER_PT
        for cell, column in zip(row, table.columns, strict=False):
            # A line is seldom filled to the end: one in five is counted on top.
            if len(cell.text) > _LONG_CELL:
                run = width_mm(cell.text, table.size_pt, cell.bold, cell.italic)
                if 1.2 * run / (column.share * width) * line > height / 2:
                    return True
        return False

    return tall
