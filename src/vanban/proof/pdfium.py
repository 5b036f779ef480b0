"""Reading the pages of a PDF through PDFium: text, boxes of lines, fonts.

PDFium is not made for threads, so every use of it goes through ``LOCK``. Calls from Python cost
more than what they ask for: a page is asked for its whole text, for one box per line and run, and
for the font of every piece of text, never for a character.
"""

from __future__ import annotations

import ctypes
import threading
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK = threading.RLock()
"""Held by whoever uses PDFium, in this package or outside of it."""

MM_PER_PT = 25.4 / 72
MAX_PAGES_OPEN = 64
"""Pages kept open together: PDFium forgets a font when the last page that uses it is closed."""

_MAX_DEPTH = 8
_FORM = 5  # FPDF_PAGEOBJ_FORM
_NAME_BYTES = 256


class UnreadablePdfError(ValueError):
    """PDFium cannot read the bytes, or one of the pages; ``page`` is its number or None."""

    def __init__(self, page: int | None = None) -> None:
        super().__init__(page)
        self.page = page


class Box(NamedTuple):
    """A rectangle on a page: edges in mm from the upper left corner of the sheet."""

    left: float
    top: float
    right: float
    bottom: float


class SheetRead:
    """One page as read again: ``width`` and ``height`` in mm, its text and fonts.

    ``fonts`` holds the names of the fonts of all texts, each with whether its file is embedded.
    """

    def __init__(self, number: int, page: Any, text_page: Any) -> None:
        from pypdfium2 import raw

        self.number = number
        self.width = raw.FPDF_GetPageWidthF(page) * MM_PER_PT
        self.height = raw.FPDF_GetPageHeightF(page) * MM_PER_PT
        self._text_page = text_page
        self.text = _text(raw, text_page)
        self._edges = _edges(raw, text_page)
        self.fonts = frozenset(_font(raw, font) for font in _fonts(raw, page))

    def outside(self, frame: Box, tolerance: float) -> list[Box]:
        """Return the boxes of the runs of lines that reach over ``frame`` by more than so many mm.

        The blank page has none; a run ends where the font or the line does.
        """
        left, right = (frame.left - tolerance) / MM_PER_PT, (frame.right + tolerance) / MM_PER_PT
        height = self.height / MM_PER_PT
        top = height - (frame.top - tolerance) / MM_PER_PT
        bottom = height - (frame.bottom + tolerance) / MM_PER_PT
        return [
            Box(*(edge * MM_PER_PT for edge in (x0, height - y0, x1, height - y1)))
            for x0, y0, x1, y1 in zip(*[iter(self._edges)] * 4, strict=True)
            if x0 < left or x1 > right or y0 > top or y1 < bottom
        ]

    def text_in(self, box: Box) -> str:
        """Return the text that stands in a box; only while the book is open."""
        from pypdfium2 import raw

        edges = (box.left, self.height - box.top, box.right, self.height - box.bottom)
        where = [edge / MM_PER_PT for edge in edges]
        count = raw.FPDFText_GetBoundedText(self._text_page, *where, None, 0)
        buffer = (ctypes.c_ushort * max(1, count))()
        raw.FPDFText_GetBoundedText(self._text_page, *where, buffer, count)
        return _decoded(bytes(buffer))


@contextmanager
def reading(data: bytes) -> Iterator[Iterator[SheetRead]]:
    """Open a PDF and give its pages one after another; UnreadablePdfError when it is none."""
    from pypdfium2 import raw

    with LOCK:
        book = raw.FPDF_LoadMemDocument64(data, len(data), None)
        if not book:
            raise UnreadablePdfError
        opened: list[tuple[Any, Any]] = []
        try:
            yield _pages(raw, book, opened)
        finally:
            _close(raw, opened)
            raw.FPDF_CloseDocument(book)


def _pages(raw: Any, book: Any, opened: list[tuple[Any, Any]]) -> Iterator[SheetRead]:
    for number in range(raw.FPDF_GetPageCount(book)):
        if len(opened) >= MAX_PAGES_OPEN:
            _close(raw, opened)
        page = raw.FPDF_LoadPage(book, number)
        if not page:
            raise UnreadablePdfError(number + 1)
        text_page = raw.FPDFText_LoadPage(page)
        opened.append((page, text_page))
        if not text_page:
            raise UnreadablePdfError(number + 1)
        yield SheetRead(number + 1, page, text_page)


def _close(raw: Any, opened: list[tuple[Any, Any]]) -> None:
    for page, text_page in opened:
        if text_page:
            raw.FPDFText_ClosePage(text_page)
        raw.FPDF_ClosePage(page)
    opened.clear()


def _decoded(data: bytes) -> str:
    # PDFium gives a hyphen at the end of a line as U+0002.
    text = data.decode("utf-16-le", "replace")
    return text.rstrip("\0").replace("\x02", "-").replace("\ufffe", "-")


def _text(raw: Any, text_page: Any) -> str:
    count = raw.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    return _decoded(bytes(buffer)[: 2 * max(0, written - 1)])


@cache
def _plain() -> tuple[Any, Any, Any, Any, Any]:
    """Return five functions of PDFium that take addresses as numbers: half as dear to call."""
    from pypdfium2 import raw

    pointer, number = ctypes.c_void_p, ctypes.c_int

    def bare(function: Any, result: Any, *arguments: Any) -> Any:
        address = ctypes.cast(function, pointer).value
        return ctypes.CFUNCTYPE(result, *arguments)(address or 0)

    return (
        bare(raw.FPDFPage_GetObject, pointer, pointer, number),
        bare(raw.FPDFTextObj_GetFont, pointer, pointer),
        bare(raw.FPDFText_GetRect, number, pointer, number, pointer, pointer, pointer, pointer),
        bare(raw.FPDFFormObj_GetObject, pointer, pointer, ctypes.c_ulong),
        bare(raw.FPDFPageObj_GetType, number, pointer),
    )


def _edges(raw: Any, text_page: Any) -> Any:
    """Return left, top, right and bottom of every run of every line, in pt from the lower left."""
    get = _plain()[2]
    count = max(0, raw.FPDFText_CountRects(text_page, 0, -1))
    edges = (ctypes.c_double * (4 * count))()
    page = ctypes.cast(text_page, ctypes.c_void_p).value
    at, size = ctypes.addressof(edges), ctypes.sizeof(ctypes.c_double)
    for index in range(count):
        get(page, index, at, at + size, at + 2 * size, at + 3 * size)
        at += 4 * size
    return edges


def _fonts(raw: Any, page: Any) -> set[int]:
    """Return the addresses of the fonts of all texts on a page."""
    get, font_of, _, inner, kind = _plain()
    address = ctypes.cast(page, ctypes.c_void_p).value
    items = [get(address, index) for index in range(max(0, raw.FPDFPage_CountObjects(page)))]
    fonts = set()
    for _ in range(_MAX_DEPTH):
        deeper = []
        for item in items:
            if font := font_of(item):
                fonts.add(font)
            elif kind(item) == _FORM:  # what is drawn through a form, and forms within it
                form = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
                count = max(0, raw.FPDFFormObj_CountObjects(form))
                deeper += [inner(item, index) for index in range(count)]
        if not deeper:
            break
        items = deeper
    return fonts


def _font(raw: Any, font: int) -> tuple[str, bool]:
    handle = ctypes.cast(font, raw.FPDF_FONT)
    name = ctypes.create_string_buffer(_NAME_BYTES)
    raw.FPDFFont_GetBaseFontName(handle, name, _NAME_BYTES)
    embedded = raw.FPDFFont_GetIsEmbedded(handle) == 1
    return name.value.decode("utf-8", "replace"), embedded
