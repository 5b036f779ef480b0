"""What a reader sees on the pages of a PDF: lines of text, and what hides there.

The text is taken from the pages by PDFium, the engine of a browser, never from the data inside.
Text that is drawn but cannot be seen does not count as text on the page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vanban.doors import DoorError
from vanban.doors import pdf as pdf_door
from vanban.embed.compare import Unit
from vanban.embed.payload import fold
from vanban.embed.pdf_ink import Ink
from vanban.proof.pdfium import LOCK

if TYPE_CHECKING:
    from types import ModuleType

MAX_PAGES = 1000
"""Most pages that are looked at."""

MAX_OBJECTS = 200_000
"""Most drawn objects of one page that are looked at."""

MAX_PICTURES = 50
"""Most pictures and shades of one page that is drawn; each may cost as much as a whole page."""

# Smaller type, in points, cannot be read.
_TINY_PT = 1.5
# Paper is white; the faint grey of a mark behind the text is darker than this.
_PAPER = 250
# What is drawn and thinner than this is a rule or a border.
_RULE_PT = 2.0
# A mark behind the text is taller than this; rules of tables may run through it.
_MARK_PT = 30
# An annotation without an appearance gives an empty text of two bytes.
_NO_LOOK = 2
# Lines whose middles are less apart than this share of their height are one line.
_SAME_LINE = 0.5
# What PDFium gives for a hyphen at the end of a line.
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
_MAX_CODE = 0x10FFFF


@dataclass(slots=True)
class Page:
    """One page: its visible lines in the order of drawing, each with its number from the top.

    ``height`` in points; ``tops`` are how far each line stands from the upper edge; ``hidden`` are
    texts that are drawn but cannot be seen, ``foreign`` what is neither text nor a rule:
    ``picture``, ``annotation``, ``widget``, ``shape`` for a filled shape that covers text, and
    ``drawing`` for ink that is no letter and no rule.
    """

    number: int
    height: float
    lines: list[Unit] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Glyph:
    char: str
    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0
    seen: bool = True
    made: bool = False  # a blank that PDFium put between words

    @property
    def height(self) -> float:
        """Return how high it is, in points."""
        return self.top - self.bottom

    @property
    def box(self) -> _Box:
        """Return where it stands."""
        return self.left, self.bottom, self.right, self.top


def read(data: bytes) -> list[Page]:
    """Return the pages of a PDF; raises DoorError when it cannot be opened or is too large."""
    pdf_door.check(data)
    with LOCK:
        import pypdfium2
        import pypdfium2.raw as raw

        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise DoorError("pdf.not_pdf") from error
        try:
            if len(document) > MAX_PAGES:
                raise DoorError("pdf.too_big", limit=MAX_PAGES)
            return [_page(raw, document, number) for number in range(len(document))]
        except pypdfium2.PdfiumError as error:
            raise DoorError("pdf.not_pdf") from error
        finally:
            document.close()


def _page(raw: ModuleType, document: Any, index: int) -> Page:
    page = document[index]
    page.set_rotation(0)  # how the sheet is turned for the reader changes no text
    text = None
    try:
        left, bottom, right, top = page.get_cropbox()
        made = Page(index + 1, top - bottom)
        drawn = _objects(raw, page, made)
        text = page.get_textpage()
        glyphs = list(_glyphs(raw, text, (left, bottom, right, top), drawn))
        if any(cover.covering for cover in drawn.covers):
            made.foreign.append("shape")
        if made.foreign.count("picture") <= MAX_PICTURES:
            _look(Ink(raw, page), made, glyphs, drawn.rules)
        _set_lines(made, glyphs, top)
        hidden = "".join(g.char for g in glyphs if not g.seen and not g.char.isspace())
        if hidden:
            made.hidden.append(hidden)
        return made
    finally:
        if text is not None:
            text.close()
        page.close()


# --- what is drawn --------------------------------------------------------------------------------


_Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""


@dataclass(slots=True)
class _Cover:
    """A filled shape or a picture: its box, when it was drawn, whether it covers text."""

    box: _Box
    under: int
    covering: bool = False


@dataclass(slots=True)
class _Drawn:
    """What is drawn besides letters: ``order`` says when each text came."""

    order: dict[int, int] = field(default_factory=dict)
    covers: list[_Cover] = field(default_factory=list)
    rules: list[_Box] = field(default_factory=list)


def _objects(raw: ModuleType, page: Any, made: Page) -> _Drawn:
    """Note what is foreign; return what may cover texts, and the rules and borders."""
    drawn = _Drawn()
    for n, thing in enumerate(page.get_objects(max_depth=8)):
        if n >= MAX_OBJECTS:
            raise DoorError("pdf.too_big", limit=MAX_OBJECTS)
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            drawn.order[_address(thing.raw)] = n
            _silence(raw, thing)
        elif thing.type == raw.FPDF_PAGEOBJ_PATH:
            box = _bounds(thing)
            drawn.rules += _rules(box)
            fill, stroke = ctypes.c_int(), ctypes.c_int()
            raw.FPDFPath_GetDrawMode(thing.raw, fill, stroke)
            if fill.value and not _thin(box):
                drawn.covers.append(_Cover(box, n))
        elif thing.type != raw.FPDF_PAGEOBJ_FORM:
            made.foreign.append("picture")
            drawn.covers.append(_Cover(_bounds(thing), n))
    annotations = raw.FPDFPage_GetAnnotCount(page.raw)
    for n in range(annotations):
        note = raw.FPDFPage_GetAnnot(page.raw, n)
        kind = raw.FPDFAnnot_GetSubtype(note)
        # A link that draws something is as good as a stamp.
        look = raw.FPDFAnnot_GetAP(note, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)
        raw.FPDFPage_CloseAnnot(note)
        if kind == raw.FPDF_ANNOT_WIDGET:
            made.foreign.append("widget")  # the field of a signature, most often
        elif kind not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP) or look > _NO_LOOK:
            made.foreign.append("annotation")
    return drawn


def _silence(raw: ModuleType, thing: Any) -> None:
    """Take off a text the words that stand for it when it is read aloud or copied.

    PDFium would give them in place of the letters that are drawn.
    """
    for n in reversed(range(max(raw.FPDFPageObj_CountMarks(thing.raw), 0))):
        mark = raw.FPDFPageObj_GetMark(thing.raw, n)
        if raw.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") != raw.FPDF_OBJECT_UNKNOWN:
            raw.FPDFPageObj_RemoveMark(thing.raw, mark)


def _bounds(thing: Any) -> _Box:
    """Return where a thing stands on the page, whatever form holds it."""
    box: _Box = thing.get_bounds()
    holder = thing.container
    while holder is not None:
        box = holder.get_matrix().on_rect(*box)
        holder = holder.container
    return box


def _thin(box: _Box) -> bool:
    left, bottom, right, top = box
    return min(right - left, top - bottom) < _RULE_PT


def _rules(box: _Box) -> list[_Box]:
    """Return the rules that a drawn path may be: itself when it is thin, else the four borders."""
    if _thin(box):
        return [box]
    left, bottom, right, top = box
    wide = _RULE_PT
    return [
        (left, bottom, right, bottom + wide),
        (left, top - wide, right, top),
        (left, bottom, left + wide, top),
        (right - wide, bottom, right, top),
    ]


def _look(ink: Ink, made: Page, glyphs: list[_Glyph], rules: list[_Box]) -> None:
    """Hold the letters against the picture of the page, and tell of ink that is none of theirs."""
    for rule in rules:
        ink.explain(rule, rule=True)
    for glyph in glyphs:
        if glyph.made:
            continue
        ink.explain(glyph.box)
        small = glyph.seen and glyph.top - glyph.bottom < _MARK_PT
        if rules and small and ink.crossed(glyph.box):
            made.foreign.append("drawing")
        glyph.seen = glyph.seen and ink.shows(glyph.box)
    if "picture" not in made.foreign and ink.unexplained():
        made.foreign.append("drawing")


def _address(pointer: Any) -> int:
    return ctypes.addressof(pointer.contents) if pointer else 0


# --- text -----------------------------------------------------------------------------------------


def _glyphs(
    raw: ModuleType,
    text: Any,
    visible: _Box,
    drawn: _Drawn,
) -> Iterator[_Glyph]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    order, covers = drawn.order, drawn.covers
    for n in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text.raw, n)
        char = _HYPHENS.get(code) or (chr(code) if 0 < code <= _MAX_CODE else "\ufffd")
        if raw.FPDFText_IsGenerated(text.raw, n) == 1:
            yield _Glyph("\n" if char in "\r\n" else char, made=True)
            continue
        if not fold(char):  # a blank, or a joint that nobody sees
            yield _Glyph(char, made=True)
            continue
        raw.FPDFText_GetCharBox(text.raw, n, left, right, bottom, top)
        glyph = _Glyph(char, left.value, top.value, right.value, bottom.value)
        thing = raw.FPDFText_GetTextObject(text.raw, n)
        mode = raw.FPDFTextObj_GetTextRenderMode(thing) if thing else 0
        known = raw.FPDFText_GetFillColor(text.raw, n, red, green, blue, alpha)
        pale = bool(known) and min(red.value, green.value, blue.value) >= _PAPER
        clear = bool(known) and alpha.value == 0
        tiny = glyph.top - glyph.bottom < _TINY_PT and glyph.right - glyph.left < _TINY_PT
        when = order.get(_address(thing), -1) if thing and covers else -1
        glyph.seen = not (
            mode in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
            or ((pale or clear) and mode == raw.FPDF_TEXTRENDERMODE_FILL)
            or (tiny and _is_tiny(raw, text, n))
            or not _inside(glyph, visible)
        )
        for cover in covers:
            if cover.under > when and glyph.seen and _inside(glyph, cover.box):
                glyph.seen = False
                cover.covering = True
        yield glyph


def _is_tiny(raw: ModuleType, text: Any, n: int) -> bool:
    """Tell whether a small sign is set in small type: a full stop is small by itself."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text.raw, n, box)
    return bool(abs(box.top - box.bottom) < _TINY_PT)


def _inside(glyph: _Glyph, box: _Box) -> bool:
    """Tell whether the middle of a character lies in a box."""
    left, bottom, right, top = box
    across, up = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return left <= across <= right and bottom <= up <= top


def _set_lines(page: Page, glyphs: list[_Glyph], upper: float) -> None:
    """Join the visible characters to lines and number these from the top of the page."""
    found: list[tuple[str, float, float]] = []
    words: list[str] = []
    top = bottom = 0.0
    empty = True
    last = _Glyph("")

    def end() -> None:
        nonlocal empty
        if not empty:
            found.append((" ".join("".join(words).split()), top, bottom))
        words.clear()
        empty = True

    for glyph in glyphs:
        if not glyph.seen:
            continue
        if glyph.made:
            if glyph.char == "\n":
                end()
            words.append(glyph.char)
            continue
        room = max(top - bottom, glyph.top - glyph.bottom)
        if not empty and (glyph.bottom > top + room or glyph.top < bottom - room):
            end()  # PDFium may join a page number to the last line
        elif not empty and glyph.right < last.left and glyph.top < (last.top + last.bottom) / 2:
            end()  # or a figure that is broken within its cell
        elif not empty and (glyph.height > _MARK_PT) != (last.height > _MARK_PT):
            end()  # or the mark behind the text to what is drawn next
        top = glyph.top if empty else max(top, glyph.top)
        bottom = glyph.bottom if empty else min(bottom, glyph.bottom)
        empty, last = False, glyph
        words.append(glyph.char)
    end()
    numbers = _numbered([(top, bottom) for _, top, bottom in found])
    for (text, top, _), number in zip(found, numbers, strict=True):
        page.lines.append(Unit(text, page=page.number, line=number))
        page.tops.append(upper - top)


def _numbered(boxes: list[tuple[float, float]]) -> list[int]:
    """Return the number of the line, from the top, on which each box stands."""
    order = sorted(range(len(boxes)), key=lambda n: -sum(boxes[n]))
    numbers = [0] * len(boxes)
    count, middle, height = 0, 0.0, 0.0
    for n in order:
        top, bottom = boxes[n]
        here = (top + bottom) / 2
        if not count or middle - here > _SAME_LINE * max(min(height, top - bottom), 1):
            count, middle, height = count + 1, here, top - bottom
        numbers[n] = count
    return numbers
