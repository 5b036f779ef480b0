"""The Document and its profile as plain data for the Typst template.

Every figure of the regulation and every text goes in as data (JSON): the template holds only the
construction, and no text of a draft is ever read as Typst. Lengths are numbers: sizes and spaces
in pt, widths and margins in mm. Texts break at their line feeds and nowhere else by our doing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vanban.archive.structure import nested_levels
from vanban.compose.document import Paragraph
from vanban.errors import InternalError
from vanban.render.css import (
    DASHES,
    FOOT_GAP_POINTS,
    SINGLE_SPACING,
    TITLE_BELOW_POINTS,
    WATERMARK_POINTS,
)
from vanban.render.html import sheets
from vanban.render.lists import label_of, list_item
from vanban.render.pages import evener, kept_rows, plain, taller
from vanban.text.metrics import MM_PER_PT, width_mm, width_pt

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from vanban.compose.document import (
        Block,
        Cell,
        CopyBlock,
        Document,
        HeaderBlock,
        Line,
        Recipients,
        Run,
        SignatureBlock,
        Table,
    )
    from vanban.compose.profile import Profile, TextStyle
    from vanban.render.html import Sheet

RISE = 0.891 - 0.216
"""Ascent less descent of Times, per pt of type: it says where in its line a text stands."""

CELL_ROOM_POINTS = 6.0
"""What the left and the right side of a table cell take of its width, lines included."""

KEPT_BELOW = 0.9
"""Share of a page's height above which the end of a document is not kept on one page."""

MOVED_BELOW = 0.4
"""Share of a page's height above which the last paragraph does not move with the signature."""

_ROOM_SLACK_MM = 0.3
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_OPENINGS = re.compile(r"[^-/–]*[-/–]+|[^-/–]+")
_NOT_STRETCHED = ("khoan", "diem")
_CAPTIONS = ("ten_bang", "don_vi_tinh")


def template_data(document: Document, profile: Profile, family: str) -> dict[str, Any]:
    """Return all that the template reads; ``family`` is the name of the font's family."""
    return _Builder(document, profile, family).build()


class _Builder:
    """One document under one profile."""

    def __init__(self, document: Document, profile: Profile, family: str) -> None:
        self.document = document
        self.profile = profile
        self.family = family
        self.styles = profile.styles_for(document.layout.body_pt)
        self.even = evener(profile, document.layout)
        self.tall = taller(profile)
        self.levels = nested_levels(_heading_levels(document))

    def build(self) -> dict[str, Any]:
        document, page = self.document, self.profile.page
        layout, number = document.layout, self.profile.page_number
        language, _, region = document.meta.language.partition("-")
        if layout.duplex and (page.back_left, page.back_right) != (page.right, page.left):
            raise InternalError(f"profile {self.profile.name}: the back is no mirror of the front")
        return {
            "font": self.family,
            "lang": language,
            "region": region or None,
            "title": document.meta.title.strip() or "-",
            "page": {
                side: getattr(page, side)
                for side in ("width", "height", "top", "bottom", "left", "right")
            },
            "duplex": layout.duplex,
            "number": {
                "size": number.size_pt,
                "align": number.align,
                "top": number.from_top,
                "first": number.first_page,
            },
            "body": layout.body_pt,
            "pitch": layout.line_pt,
            "multiple": layout.line_multiple or 1,
            "single": SINGLE_SPACING,
            "rise": RISE,
            "blank": width_pt(" ", 1),
            "rule": self.profile.number("header.rule_weight"),
            "row_gap": self.profile.number("signature.row_gap"),
            "copy_gap": self.profile.number("copy.gap"),
            "foot_gap": FOOT_GAP_POINTS,
            "below": TITLE_BELOW_POINTS,
            "title_below": self._title_below(),
            "watermark": document.watermark,
            "watermark_size": WATERMARK_POINTS,
            "styles": {name: self._style(style) for name, style in self.styles.items()},
            "head": self._head(document.header),
            "contact": self._lines(document.contact, page.text_width),
            "tua": self._titles(document.title, landscape=False),
            "sheets": [self._sheet(sheet) for sheet in sheets(document)],
            "closing": self._closing(document.signature, document.recipients),
            "copy": None if document.copy is None else self._copy(document.copy),
        }

    def _title_below(self) -> float:
        dashes = self.profile.style(DASHES).space_after_pt
        return TITLE_BELOW_POINTS + (dashes if self.profile.wording["under_subject"] else 0.0)

    def _style(self, style: TextStyle) -> dict[str, Any]:
        stretched = style.align == "justify"
        return {
            "size": style.size_pt,
            "bold": style.bold,
            "italic": style.italic,
            "underline": style.underline,
            "color": style.color,
            "align": "left" if stretched else style.align,
            "justify": stretched,
            "indent": style.indent_mm,
            "before": style.space_before_pt,
            "after": style.space_after_pt,
            "keep": style.keep_next,
        }

    # ---- lines ------------------------------------------------------------------------------

    def _line(self, line: Line, room: float, *, label: str = "") -> dict[str, Any]:
        style = self.styles[line.style]
        text = line.text.replace("\t", " ")[len(label) :]
        text = _fitted(text, room, style.size_pt, style.bold, style.italic)
        made: dict[str, Any] = {"s": line.style, "t": text}
        if not line.text.strip():
            made["t"] = ""
        if label:
            made["l"] = label
        if line.rule_mm is not None:
            made["r"] = line.rule_mm
        if line.box_mm is not None:
            made["b"] = line.box_mm
        return made

    def _lines(self, lines: Sequence[Line], room: float) -> list[dict[str, Any]]:
        return [self._line(line, room) for line in lines]

    def _titles(
        self, lines: Sequence[Line], *, landscape: bool, heading: bool = False
    ) -> list[dict[str, Any]]:
        made = []
        for order, line in enumerate(lines):
            title = self._line(line, float("inf"))
            if title["t"]:
                title["t"] = self._evened(line.text, line.style, landscape)
            if heading and order == 0 and title["t"]:
                title["h"] = next(self.levels)
                more = f" - {lines[1].text}" if len(lines) > 1 else ""
                title["m"] = line.text + more
            made.append(title)
        return made

    def _evened(self, text: str, style: str, landscape: bool) -> str:
        look = self.styles[style]
        room = self._width(landscape)
        parts = self.even(text, style, landscape)
        return " \n".join(
            _fitted(part, room, look.size_pt, look.bold, look.italic) for part in parts
        )

    def _width(self, landscape: bool) -> float:
        page = self.profile.page
        return page.text_width_landscape if landscape else page.text_width

    def _head(self, head: HeaderBlock) -> dict[str, Any]:
        left, right = head.left_mm, head.right_mm
        return {
            "above": self._lines(head.above, left + right),
            "left_mm": left,
            "right_mm": right,
            "rows": [
                (self._lines(head.left, left), self._lines(head.right, float("inf"))),
                (self._lines(head.left_low, left), self._lines(head.right_low, float("inf"))),
                (self._lines(head.under_number, left), self._lines(head.under_date, float("inf"))),
            ],
        }

    def _closing(self, sign: SignatureBlock, recipients: Recipients) -> dict[str, Any]:
        # 4 mm at the right of the recipients: see the template.
        left, right = sign.left_mm - 4, sign.right_mm
        items = [self._line(item, left, label=label_of(item.text)) for item in recipients.items]
        return {
            "left_mm": sign.left_mm,
            "right_mm": right,
            "label": self._line(recipients.label, left),
            "items": items,
            "more": self._lines(recipients.after, left),
            "sign": self._lines((*sign.authority, *sign.office), right),
            "room": sign.room_lines,
            "name": self._line(sign.name, right),
            "long": self._high(recipients.lines(), left) or self._high(sign.lines(), right),
        }

    def _copy(self, copy: CopyBlock) -> dict[str, Any]:
        closing = self._closing(copy.signature, copy.recipients)
        return {"head": self._head(copy.head), "closing": closing, "long": closing["long"]}

    def _high(self, lines: Iterator[Line], room: float) -> bool:
        """Tell whether lines fill so much of a page that they cannot be kept together."""
        page = self.profile.page
        height = sum(
            self.styles[line.style].size_pt * (1 + len(line.text) * 0.18 // room) for line in lines
        )
        most = (min(page.width, page.height) - page.top - page.bottom) * KEPT_BELOW
        return height * SINGLE_SPACING * MM_PER_PT > most

    # ---- sheets -----------------------------------------------------------------------------

    def _sheet(self, sheet: Sheet) -> dict[str, Any]:
        wide = sheet.landscape
        titles = self._titles(sheet.titles, landscape=wide, heading=True)
        last = len(sheet.blocks) - 1 if sheet.closing else -1
        blocks = [
            self._block(block, wide, closes=order == last)
            for order, block in enumerate(sheet.blocks)
        ]
        return {
            "wide": wide,
            "anew": bool(sheet.page_name) and self.profile.page_number.appendix_restart,
            "titles": titles,
            "blocks": blocks,
            "closing": sheet.closing,
        }

    def _block(self, block: Block, wide: bool, *, closes: bool) -> dict[str, Any]:
        if isinstance(block, Paragraph):
            return self._paragraph(block, wide, closes=closes)
        return self._table(block, wide)

    def _paragraph(self, block: Paragraph, wide: bool, *, closes: bool) -> dict[str, Any]:
        style = self.styles[block.style]
        made: dict[str, Any] = {"s": block.style}
        text = _collapsed(block.text)
        if not text:
            return made
        item = list_item(block)
        if plain(block) and item is None:
            made["t"] = self._evened(text, block.style, wide)
        else:
            made |= self._runs(block.runs, style, wide, item.label if item else "")
        if block.level is not None:
            made["h"], made["m"] = next(self.levels), text
        stays = block.keep_next or block.level is not None or style.keep_next
        if stays or (closes and not self._fills(text, style, wide)):
            made["k"] = True
        if block.keep_next and block.style in _NOT_STRETCHED:
            made["j"] = False
        return made

    def _fills(self, text: str, style: TextStyle, wide: bool) -> bool:
        """Tell whether a text is too high to go to the next page with what follows it."""
        page, layout = self.profile.page, self.document.layout
        height = (page.width if wide else page.height) - page.top - page.bottom
        pitch = layout.line_pt or (layout.line_multiple or 1) * SINGLE_SPACING * style.size_pt
        lines = width_mm(text, style.size_pt) / self._width(wide) + 1
        return lines * pitch * MM_PER_PT > height * MOVED_BELOW

    def _runs(
        self, runs: Sequence[Run], style: TextStyle, wide: bool, label: str
    ) -> dict[str, Any]:
        """Return the runs of a paragraph, its label apart, blanks collapsed as in a browser."""
        made: dict[str, Any] = {}
        parts: list[Any] = []
        room, blank = self._width(wide), True
        for order, run in enumerate(runs):
            looks = "".join(
                sign
                for sign, on in (("b", run.bold), ("i", run.italic), ("u", run.underline))
                if on
            )
            text = run.text
            if order == 0 and label:
                made["l"], made["ll"] = label, looks
                text, blank = text[len(label) :], True
            text = _BLANKS.sub(" ", text)
            text = text.removeprefix(" ") if blank else text
            if order == len(runs) - 1:
                text = text.removesuffix(" ")
            if not text:
                continue
            blank = text.endswith(" ")
            bold, italic = style.bold or run.bold, style.italic or run.italic
            text = _fitted(text, room, style.size_pt, bold, italic)
            parts.append([text, looks] if looks else text)
        if len(parts) == 1 and isinstance(parts[0], str):
            made["t"] = parts[0]
        else:
            made["p"] = parts
        return made

    # ---- tables -----------------------------------------------------------------------------

    def _table(self, table: Table, wide: bool) -> dict[str, Any]:
        width = self._width(wide)
        rooms = [column.share * width - CELL_ROOM_POINTS * MM_PER_PT for column in table.columns]
        head_bold, body_bold = self.styles["dau_bang"].bold, self.styles["o_bang"].bold
        long = [n for n, row in enumerate(table.rows) if self.tall(row, table, wide)]
        made: dict[str, Any] = {
            "c": [column.share for column in table.columns],
            "size": table.size_pt,
            "head": self._rows(table.header, rooms, table.size_pt, head_bold),
            "width": width,
            "spans": any(cell.rowspan > 1 for row in table.header for cell in row),
            "rows": self._rows(table.rows, rooms, table.size_pt, body_bold),
            "long": long,
            "kept": groups(table, long),
        }
        if table.caption:
            made["caption"] = self._evened(_collapsed(table.caption), "ten_bang", wide)
        return made

    def _rows(
        self,
        rows: Sequence[Sequence[Cell]],
        rooms: Sequence[float],
        size: float,
        bold: bool,
    ) -> list[list[Any]]:
        return [
            [
                place if isinstance(place, int) else self._cell(*place, size, bold)
                for place in places
            ]
            for places in _placed(rows, rooms)
        ]

    def _cell(self, cell: Cell, room: float, size: float, bold: bool) -> Any:
        text = _collapsed(cell.text)
        text = _fitted(text, room, size, bold or cell.bold, cell.italic)
        looks = ("b" if cell.bold else "") + ("i" if cell.italic else "")
        if cell.colspan == 1 and cell.rowspan == 1:
            return [text, cell.align, looks] if looks else [text, cell.align]
        return [text, cell.align, looks, cell.colspan, cell.rowspan]


def groups(table: Table, long: Container[int] = ()) -> list[int]:
    """Return the lengths of the runs of rows that stay on one page, in order.

    A ``long`` row stands for itself: it may break.
    """
    found = [0]
    for order, kept in enumerate(kept_rows(table)):
        if order in long and found[-1]:
            found.append(0)
        found[-1] += 1
        if not kept or order in long:
            found.append(0)
    return [count for count in found if count]


def _placed(
    rows: Sequence[Sequence[Cell]], rooms: Sequence[float]
) -> Iterator[list[int | tuple[Cell, float]]]:
    """Yield the places of every row: a cell with its room in mm, or the number of columns that
    are filled from above.
    """
    lines = CELL_ROOM_POINTS * MM_PER_PT
    hanging = [(0, 0)] * len(rooms)  # by the column in which a cell begins: rows left, columns
    for row in rows:
        places: list[int | tuple[Cell, float]] = []
        cells, at = iter(row), 0
        below = [(max(0, left - 1), span) for left, span in hanging]
        while at < len(rooms):
            left, span = hanging[at]
            if left:
                places.append(span)
                at += span
                continue
            cell = next(cells, None)
            if cell is None:
                break
            room = sum(rooms[at : at + cell.colspan]) + (cell.colspan - 1) * lines
            places.append((cell, room))
            below[at] = (cell.rowspan - 1, cell.colspan)
            at += cell.colspan
        hanging = below
        yield places


def _heading_levels(document: Document) -> Iterator[int]:
    """Yield the level of every heading in reading order, as the draft's outline has it."""
    for block in document.body:
        if isinstance(block, Paragraph) and block.level is not None and _collapsed(block.text):
            yield block.level
    for appendix in document.appendices:
        if appendix.titles and appendix.titles[0].text.strip():
            yield 1
        for block in appendix.blocks:
            if isinstance(block, Paragraph) and block.level is not None and _collapsed(block.text):
                yield block.level


def _collapsed(text: str) -> str:
    return _BLANKS.sub(" ", text).strip(" ")


def _fitted(
    text: str, room_mm: float, size_pt: float, bold: bool = False, italic: bool = False
) -> str:
    """Return a text with line feeds in the words that are wider than the room.

    Typst lets such a word stand over the edge; a browser breaks it anywhere.
    """
    room = room_mm - _ROOM_SLACK_MM
    # No letter is wider than an em.
    fewest = int(room / (size_pt * MM_PER_PT)) if room < 10_000 else len(text)
    if len(text) <= fewest or max(map(len, text.split(" "))) <= fewest:
        return text
    return " ".join(
        word if len(word) <= fewest else _broken(word, room, size_pt, bold, italic)
        for word in text.split(" ")
    )


def _broken(word: str, room: float, size_pt: float, bold: bool, italic: bool) -> str:
    if width_mm(word, size_pt, bold, italic) <= room:
        return word
    return "".join(_cut(piece, room, size_pt, bold, italic) for piece in _OPENINGS.findall(word))


def _cut(piece: str, room: float, size_pt: float, bold: bool, italic: bool) -> str:
    """Cut what has no opening for a break into lines that fit."""
    lines, line, used = [], "", 0.0
    for char in piece:
        width = width_mm(char, size_pt, bold, italic)
        if line and used + width > room:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + char, used + width
    return "\n".join([*lines, line])
