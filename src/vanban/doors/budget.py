"""How large a Document may be before anybody renders it.

The figures were measured on the renderers: a page of text takes about 0.85 MB and 0.05 s, a table
costs by its cells, a list of recipients by the square of its length, a line of the header that
breaks a hundred times more than the whole report. A report of 200 pages, a third of it tables,
stays below each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanban.catalogue import say
from vanban.compose.document import Table
from vanban.errors import TooLargeError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vanban.compose.document import Block, Document

MAX_PAGES = 400
"""Most pages, estimated; what costs more than a page of text counts as more.

A report with many tables is taken for 1.7 times its pages, so that 200 of them are still allowed.
"""

MAX_LINE_CHARS = 1_000
"""Longest line of the header, the title, the signature, the recipients, a heading, a caption."""

MAX_CELL_CHARS = 5_000
"""Longest text of one table cell, in characters: about two pages of a narrow column."""

MAX_COLUMNS = 60
"""Most columns of one table; a turned page holds about twenty."""

MAX_RECIPIENTS = 400
"""Most recipients."""

MAX_LINES = 40
"""Most lines of the header, the title, the signature, the contact; a page has about forty."""

_LINE_CHARS = 75
_PAGE_LINES = 32
_CELLS_OF_A_PAGE = 34
_TABLES_OF_A_PAGE = 6


def check(document: Document, name: str) -> None:
    """Make sure that a Document can be rendered in moderate time and memory.

    ``name`` is the draft's. Raises TooLargeError with the figure, the limit and the remedy.
    """
    _check_lines(document, name)
    pages = pages_of(document, name)
    if pages > MAX_PAGES:
        raise TooLargeError(
            say("export.too_many_pages", file=name, pages=round(pages), limit=MAX_PAGES)
        )


def pages_of(document: Document, name: str = "") -> float:
    """Return how many pages a Document will have about; what costs more counts as more.

    Raises TooLargeError for a text or a table that no page can hold.
    """
    blocks = [document.body, *(appendix.blocks for appendix in document.appendices)]
    return 1 + len(document.appendices) + sum(_pages(some, name) for some in blocks)


def _check_lines(document: Document, name: str) -> None:
    copy = document.copy
    recipients = [document.recipients.items, () if copy is None else copy.recipients.items]
    others = [
        document.header.lines(),
        document.contact,
        document.title,
        document.signature.lines(),
        *(appendix.titles for appendix in document.appendices),
        *(() if copy is None else (copy.head.lines(), copy.signature.lines())),
    ]
    for lists, most in ((recipients, MAX_RECIPIENTS), (others, MAX_LINES)):
        for lines in map(tuple, lists):
            if len(lines) > most:
                key = "too_many_recipients" if lists is recipients else "too_many_lines"
                raise TooLargeError(say(f"export.{key}", file=name, count=len(lines), limit=most))
            for line in lines:
                _check_text(line.text, MAX_LINE_CHARS, name)


def _check_text(text: str, limit: int, name: str) -> None:
    if len(text) > limit:
        raise TooLargeError(
            say("export.text_too_long", file=name, count=len(text), limit=limit, begins=text[:40])
        )


def _pages(blocks: Iterable[Block], name: str) -> float:
    """Return the pages that blocks come to; TooLargeError for a text or a table beyond bounds."""
    lines = cells = tables = 0
    for block in blocks:
        if not isinstance(block, Table):
            if block.level is not None:
                _check_text(block.text, MAX_LINE_CHARS, name)
            elif block.keep_next:
                _check_text(block.text, MAX_CELL_CHARS, name)
            lines += -(-len(block.text) // _LINE_CHARS)
            continue
        tables += 1
        if len(block.columns) > MAX_COLUMNS:
            raise TooLargeError(
                say(
                    "export.too_many_columns",
                    file=name,
                    count=len(block.columns),
                    limit=MAX_COLUMNS,
                )
            )
        _check_text(block.caption or "", MAX_LINE_CHARS, name)
        for row in (*block.header, *block.rows):
            cells += len(row)
            for cell in row:
                _check_text(cell.text, MAX_CELL_CHARS, name)
                lines += len(cell.text) // _LINE_CHARS
    return lines / _PAGE_LINES + cells / _CELLS_OF_A_PAGE + tables / _TABLES_OF_A_PAGE
