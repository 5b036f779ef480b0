"""The proof of a PDF: what a reader's own program would show, held against the Document."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from vanban.compose.document import Table
from vanban.proof.faults import (
    BROKEN,
    FONT,
    GLYPH,
    LOST,
    MARGIN,
    PAGES,
    SHEET,
    SIDES,
    excerpt,
    fault,
    first_of_each,
)  # fmt: skip
from vanban.proof.pdfium import Box, UnreadablePdfError, reading
from vanban.proof.texts import alike, differences, folded, left_out, shown_from, wanted
from vanban.render.html import sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vanban.compose.document import Document
    from vanban.compose.profile import Profile
    from vanban.finding import Finding
    from vanban.proof.pdfium import SheetRead
    from vanban.render.fonts import FontFamily

MARGIN_TOLERANCE_MM = 0.75
"""How far the ink of a letter may stand over a margin: slanted letters and hanging marks do."""

BLANK_SHARE = 0.3
"""Width of a blank, as a share of the height of its line: a quarter of the type size."""

SIZE_TOLERANCE_MM = 0.5
"""How far a sheet may differ from its size: engines round to whole points."""

NUMBER_TOLERANCE_MM = 2.0
"""How far a page number may stand from its place: digits are lower than their line."""

MAX_TRIES = 20_000
"""Ways tried to tell how a row was broken over two pages, before it counts as a difference."""

_FORMAT = "PDF"
_TAG = re.compile(r"^[A-Z]{6}\+")
_STYLES = re.compile(r"(regular|bold|italic|oblique|roman|psmt|ps|mt)*")
# What PDFium gives for a glyph that stands for nothing.
_BLANK = ("\ufffd", "\ufffe", "\uffff")


@dataclass(slots=True)
class _Read:
    """What was gathered from the pages: the folded text of each, without numbers and marks."""

    texts: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    fonts: set[tuple[str, bool]] = field(default_factory=set)
    wide: list[bool] = field(default_factory=list)
    numbers: list[str | None] = field(default_factory=list)
    leading: bool = False  # page numbers are the first text of a page, not the last


def prove_pdf(
    data: bytes,
    document: Document,
    *,
    profile: Profile,
    exact: bool,
    pages: int | None,
    font: FontFamily | None,
) -> tuple[Finding, ...]:
    """Return what is wrong with a finished PDF; see ``vanban.proof.prove``."""
    try:
        read = _read(data, document, profile, exact=exact)
    except UnreadablePdfError as error:
        slug = "pdf" if error.page is None else "trang"
        return (fault(BROKEN, slug, format=_FORMAT, page=error.page),)
    findings = read.findings
    count = len(read.texts)
    if not count:
        findings.append(fault(PAGES, "khong", format=_FORMAT))
    elif pages is not None and pages != count:
        findings.append(fault(PAGES, "khac", format=_FORMAT, count=count, expected=pages))
    findings += _fonts(read, font)
    findings += _glyphs(read, font)
    if exact:
        findings += _directions(read, document)
        findings += _numbering(read, profile)
        whole = folded("".join(document.texts()))
        stream = _stream(read.texts, whole, document)
        if stream != whole:
            texts = wanted(document, folded)
            findings += differences(_FORMAT, texts, stream, shown_from("\n".join(read.raw)))
    else:
        findings += left_out(_FORMAT, wanted(document, folded), read.texts)
    return first_of_each(findings)


# --- page by page --------------------------------------------------------------------------------


def _read(data: bytes, document: Document, profile: Profile, *, exact: bool) -> _Read:
    read = _Read()
    behind = folded(document.watermark or "")
    with reading(data) as book:
        for sheet in book:
            text = unicodedata.normalize("NFC", sheet.text)
            flat = folded(text)
            if behind:
                flat = _without_mark(read, flat, behind, sheet.number)
            wide = sheet.width > sheet.height
            frame = Box(0, 0, sheet.width, sheet.height)
            if exact:
                read.findings += _size(sheet, profile, wide=wide)
                frame = _body(sheet, document, profile)
            outside = sheet.outside(frame, MARGIN_TOLERANCE_MM)
            number = None
            for box in outside:
                found = folded(sheet.text_in(box))
                if number is None and exact and _is_number(found, box, frame, profile):
                    number = found
                    lines = [
                        line for line in map(folded, text.splitlines()) if line not in ("", behind)
                    ]
                    flat = _without_number(read, flat, lines, found)
                elif found and found != behind and not _hanging_blank(sheet, box, frame):
                    read.findings.append(_over(sheet, box, frame))
            read.texts.append(flat)
            read.raw.append(text)
            read.fonts |= sheet.fonts
            read.wide.append(wide)
            read.numbers.append(number)
    return read


def _without_mark(read: _Read, flat: str, mark: str, page: int) -> str:
    """Return the text of a page without the mark behind it, which every page must bear."""
    if flat.startswith(mark):
        return flat[len(mark) :]
    if flat.endswith(mark):
        return flat[: -len(mark)]
    read.findings.append(fault(LOST, "dau_chim", format=_FORMAT, page=page, excerpt=mark))
    return flat


def _body(sheet: SheetRead, document: Document, profile: Profile) -> Box:
    """Return the part of a sheet between its margins; the back of a sheet has its own."""
    sides = profile.page
    back = document.layout.duplex and sheet.number % 2 == 0
    left, right = (sides.back_left, sides.back_right) if back else (sides.left, sides.right)
    return Box(left, sides.top, sheet.width - right, sheet.height - sides.bottom)


def _size(sheet: SheetRead, profile: Profile, *, wide: bool) -> Iterator[Finding]:
    width, height = profile.page.width, profile.page.height
    if wide:
        width, height = height, width
    if max(abs(sheet.width - width), abs(sheet.height - height)) > SIZE_TOLERANCE_MM:
        yield fault(
            SHEET, "kho_giay", format=_FORMAT, page=sheet.number, width=round(sheet.width, 1),
            height=round(sheet.height, 1), expected_width=width, expected_height=height,
        )  # fmt: skip


def _is_number(text: str, box: Box, body: Box, profile: Profile) -> bool:
    """Tell whether a text over the body is the page number, in its place."""
    if not (text.isascii() and text.isdigit()):
        return False
    place = profile.page_number
    deep = box.top - place.from_top
    if not -NUMBER_TOLERANCE_MM <= deep <= place.size_pt * 0.35 + NUMBER_TOLERANCE_MM:
        return False
    off = {
        "center": (box.left + box.right - body.left - body.right) / 2,
        "right": box.right - body.right,
    }.get(place.align, box.left - body.left)
    return abs(off) <= NUMBER_TOLERANCE_MM


def _without_number(read: _Read, flat: str, lines: list[str], number: str) -> str:
    """Return the text of a page without its number, which an engine writes first or last.

    It is one of the ``lines`` of its own there; where both ends are, the pages before tell.
    """
    first, last = (lines[end] == number for end in (0, -1)) if lines else (False, False)
    if first != last:
        read.leading = first
    if flat.endswith(number) and not (read.leading and flat.startswith(number)):
        return flat[: -len(number)]
    return flat.removeprefix(number)


def _hanging_blank(sheet: SheetRead, box: Box, frame: Box) -> bool:
    """Tell whether all that stands out is the blank that ends a line: it has no ink."""
    room = BLANK_SHARE * (box.bottom - box.top) + MARGIN_TOLERANCE_MM
    inside = (
        box.left >= frame.left - MARGIN_TOLERANCE_MM
        and box.top >= frame.top - MARGIN_TOLERANCE_MM
        and box.bottom <= frame.bottom + MARGIN_TOLERANCE_MM
        and box.right <= frame.right + room
    )
    return inside and sheet.text_in(box).rstrip("\r\n").endswith((" ", "\u00a0"))


def _over(sheet: SheetRead, box: Box, frame: Box) -> Finding:
    """Return the finding for a box that stands out, with how far and over which side most."""
    sides = {
        "left": frame.left - box.left,
        "right": box.right - frame.right,
        "top": frame.top - box.top,
        "bottom": box.bottom - frame.bottom,
    }
    side = max(sides, key=sides.__getitem__)
    text, over = excerpt(sheet.text_in(box)), round(sides[side], 1)
    return fault(MARGIN, SIDES[side], format=_FORMAT, page=sheet.number, excerpt=text, mm=over)


def _directions(read: _Read, document: Document) -> Iterator[Finding]:
    """Tell whether upright and turned sheets follow one another as they should."""
    expected = [wide for wide, _ in groupby(sheet.landscape for sheet in sheets(document))]
    found = [wide for wide, _ in groupby(read.wide)]
    if read.wide and found != expected:
        at = next((n for n, (a, b) in enumerate(zip(found, expected, strict=False)) if a != b), -1)
        lengths = [len(list(run)) for _, run in groupby(read.wide)]
        page = 1 + sum(lengths[:at]) if at >= 0 else len(read.wide)
        yield fault(SHEET, "huong", format=_FORMAT, page=page)


def _numbering(read: _Read, profile: Profile) -> Iterator[Finding]:
    """Tell whether the page numbers that are printed count the pages."""
    place = profile.page_number
    counted = 0
    for page, number in enumerate(read.numbers, 1):
        counted += 1
        starts = page == 1 or place.appendix_restart
        if number is None and starts and not place.first_page:
            counted = 1
        elif number != str(counted):
            yield fault(
                PAGES, "danh_so", format=_FORMAT, page=page, found=number or "", expected=counted
            )
            counted = int(number) if number else counted


# --- fonts and glyphs ----------------------------------------------------------------------------


def _family(name: str) -> str:
    """Return the family in a font's name: without subset tag, style, blanks and dashes."""
    plain = re.sub(r"[^a-z0-9]", "", _TAG.sub("", name).lower())
    for size in range(len(plain)):
        if _STYLES.fullmatch(plain, size):
            return plain[:size]
    return plain


def _fonts(read: _Read, font: FontFamily | None) -> Iterator[Finding]:
    families: dict[str, str] = {}
    for name, embedded in sorted(read.fonts):
        bare = _TAG.sub("", name)
        families.setdefault(_family(name), bare)
        if not embedded:
            yield fault(FONT, "khong_nhung", format=_FORMAT, font=bare)
    if font is not None:
        ours = _family(font.name)
        for family, name in families.items():
            if family != ours:
                yield fault(FONT, "khac", format=_FORMAT, font=name, expected=font.name)
    elif len(families) > 1:
        names = ", ".join(families.values())
        yield fault(FONT, "nhieu", format=_FORMAT, fonts=names)


def _glyphs(read: _Read, font: FontFamily | None) -> Iterator[Finding]:
    """Tell of characters that cannot be read, or that the family has no glyph for."""
    for page, text in enumerate(read.texts, 1):
        if text.isprintable() and not any(blank in text for blank in _BLANK):
            continue
        at = next(n for n, char in enumerate(text) if char in _BLANK or not char.isprintable())
        code, shown = f"U+{ord(text[at]):04X}", text[max(0, at - 20) : at] + "\ufffd"
        yield fault(
            GLYPH, "khong_doc_duoc", format=_FORMAT, page=page, code=code,
            excerpt=excerpt(shown + text[at + 1 : at + 20]),
        )  # fmt: skip
    if font is None:
        return
    from vanban.render.fonts import letters_of

    lacking = set("".join(read.texts)) - letters_of(font)
    for char in sorted(lacking - set(_BLANK)):
        if char.isprintable():
            yield fault(
                GLYPH, "thieu_hinh", format=_FORMAT, char=char, code=f"U+{ord(char):04X}",
                font=font.name,
            )  # fmt: skip


# --- the stream of texts ------------------------------------------------------------------------


class _Row(NamedTuple):
    """One row of a table: where it begins in the stream of all texts, and its cells."""

    start: int
    cells: tuple[str, ...]

    @property
    def text(self) -> str:
        return "".join(self.cells)


def _stream(pages: Sequence[str], whole: str, document: Document) -> str:
    """Return the texts of all pages as one stream, as if nothing had been broken over pages.

    The head of a table that is repeated on a page is left out, and the cells of a row that two
    pages share are put together again. What does not fit ``whole``, the texts of the document, is
    left as it is.
    """
    heads = _heads(document)
    pages = _foot_in_place(pages, document)
    pieces: list[str] = []
    at = 0
    held: list[str] = []  # what the cells of a broken row still lack
    for number, page in enumerate(pages):
        rest = page
        head = next((h for h in heads if rest.startswith(h)), "") if number else ""
        if held:
            going = _goes_into(held, pages[number:], heads)
            if going is None:
                return "".join((*pieces, *pages[number:]))
            rest, held = going
            if held:  # the row fills this page and goes on
                continue
        elif head and not whole.startswith(rest, at) and _goes_on(whole, rest, head, at):
            rest = rest[len(head) :]
        if not whole.startswith(rest, at) and number + 1 < len(pages):
            broken = _broken_row(rest, pages[number + 1 :], whole, at, heads, document)
            if broken is not None:
                rest, held = broken
        pieces.append(rest)
        at += len(rest)
    return "".join(pieces)


def _foot_in_place(pages: Sequence[str], document: Document) -> Sequence[str]:
    """Return the pages with the foot of page 1 behind the head, where it is read."""
    foot = folded("".join(line.text for line in document.contact))
    head = folded("".join(line.text for line in document.header.lines()))
    if not (foot and pages and pages[0].endswith(foot) and pages[0].startswith(head)):
        return pages
    first = pages[0][len(head) : -len(foot)]
    return [head + foot + first, *pages[1:]]


def _goes_on(whole: str, page: str, head: str, at: int) -> bool:
    """Tell whether a page goes on better behind ``head`` than with it."""
    return alike(whole, at, page, len(head)) >= alike(whole, at, page, 0)


def _heads(document: Document) -> list[str]:
    """Return the heads of the document's tables, the longest first."""
    heads = {
        folded("".join(cell.text for row in table.header for cell in row))
        for table in _tables(document)
    }
    return sorted(heads - {""}, key=len, reverse=True)


def _tables(document: Document) -> Iterator[Table]:
    for blocks in (document.body, *(appendix.blocks for appendix in document.appendices)):
        for block in blocks:
            if isinstance(block, Table):
                yield block


def _broken_row(
    page: str,
    following: Sequence[str],
    whole: str,
    at: int,
    heads: Sequence[str],
    document: Document,
) -> tuple[str, list[str]] | None:
    """Return a page with its last row made whole, and what the next page must show of it."""
    same = alike(whole, at, page, 0)
    for table in _tables(document):
        rows = [tuple(folded(cell.text) for cell in row) for row in table.rows]
        for cells in rows:
            text = "".join(cells)
            # The row begins on this page, before the place where page and text run apart.
            begin = whole.rfind(text, max(0, at), at + same + len(text)) if text else -1
            if begin < 0 or not begin - at <= same < begin - at + len(text):
                continue
            tail = page[begin - at :]
            for parts in _splits(cells, tail):
                ending = [cell[part:] for cell, part in zip(cells, parts, strict=True)]
                if any(ending) and _goes_into(ending, following, heads) is not None:
                    return page[: begin - at] + text, ending
    return None


def _goes_into(
    cells: Sequence[str], pages: Sequence[str], heads: Sequence[str]
) -> tuple[str, list[str]] | None:
    """Return what follows the rest of a broken row on a page, and what of the row comes after it.

    None when the row does not go on there, with the head of its table repeated or without.
    """
    if not pages:
        return None
    ending = "".join(cells)
    for head in (*heads, ""):
        if not pages[0].startswith(head):
            continue
        page = pages[0][len(head) :]
        if page.startswith(ending):
            return page[len(ending) :], []
        for parts in _splits(cells, page):
            left = [cell[part:] for cell, part in zip(cells, parts, strict=True)]
            if _goes_into(left, pages[1:], heads) is not None:
                return "", left
    return None


def _splits(cells: Sequence[str], tail: str) -> Iterator[tuple[int, ...]]:
    """Yield the ways to begin every cell so that the beginnings make up ``tail``."""
    tries = 0

    def walk(order: int, at: int) -> Iterator[tuple[int, ...]]:
        nonlocal tries
        tries += 1
        if order == len(cells):
            if at == len(tail):
                yield ()
            return
        for size in range(alike(tail, at, cells[order], 0), -1, -1):
            if tries > MAX_TRIES:
                return
            for more in walk(order + 1, at + size):
                yield (size, *more)

    yield from walk(0, 0)
