"""Text blocks become paragraphs: levels, labels, leads, paragraphs, nested items, free tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from vanban.compose import numbering
from vanban.compose.document import Block, Paragraph, Run, Table
from vanban.text.numbers import vietnamese

if TYPE_CHECKING:
    from vanban.compose.profile import Profile

# From the highest level to the lowest; each is also the name of its style.
LEVELS = ("phan", "muc", "khoan", "diem", "gach", "cong")
PART, SECTION, CLAUSE, POINT, DASH, PLUS = range(6)
BODY = "noi_dung"

_BLANKS = " \t\r\n"
_PARAGRAPH_BREAK = re.compile(r"\n[ \t\r]*\n")
_SENTENCE_END = (".", "!", "?", "…", ";", ":")
_LEAD_END = (".", ":", "!", "?", ";", ",", "…")

TableMaker = Callable[[Mapping[str, Any], str], Table]


def plain(value: Any) -> str:
    """Return a scalar of the draft as it is printed, on one line; numbers as 1.234,5."""
    if value is None:
        return ""
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, int | Decimal):
        return vietnamese(value)
    return fold(str(value))


def fold(text: str) -> str:
    """Return a text on one line, composed (NFC): breaks and tabs become a space.

    No-break spaces stay: a clerk who typed one meant it.
    """
    composed = unicodedata.normalize("NFC", text.strip(_BLANKS))
    if "\n" in composed or "\t" in composed or "\r" in composed:
        composed = composed.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    while "  " in composed:
        composed = composed.replace("  ", " ")
    return composed


def paragraphs(text: Any) -> list[str]:
    """Return the paragraphs of a text: a blank line parts them, a single break is a space."""
    if not isinstance(text, str):
        return [plain(text)] if text is not None else []
    parts = _PARAGRAPH_BREAK.split(text) if "\n" in text else [text]
    return [p for part in parts if (p := fold(part))]


def sentence_ends(text: str) -> bool:
    """Return whether a text ends like a sentence."""
    return text.endswith(_SENTENCE_END)


@dataclass
class Writer:
    """Collects the paragraphs of the body in the styles of a profile."""

    profile: Profile
    section_mark: str
    make_table: TableMaker
    blocks: list[Block] = field(default_factory=list)

    # ---- labels -----------------------------------------------------------------------------

    def label(self, level: int, number: int, own: str | None = None) -> str:
        """Return the label of a heading or item with the space behind it.

        ``own`` is the clerk's label; without an end mark it gets the one of its level.
        """
        if own:
            if level == PART or not own[-1].isalnum():
                return own if level == PART else f"{own} "
            return f"{own}{self._mark(level)} "
        if level == PART:
            words = self.profile.figure("numbering.part").default == "words"
            return f"Phần {numbering.ordinal(number) if words else numbering.roman(number)}"
        if level == SECTION:
            return f"{numbering.roman(number)}{self._mark(level)} "
        if level == CLAUSE:
            return f"{number}{self._mark(level)} "
        if level == POINT:
            return f"{numbering.letter(number)}{self._mark(level)} "
        return str(self.profile.figure(f"numbering.{LEVELS[level]}").default)

    def _mark(self, level: int) -> str:
        if level == SECTION:
            return self.section_mark.lstrip("I")
        if level in (CLAUSE, POINT):
            return str(self.profile.figure(f"numbering.{LEVELS[level]}").default)[1:]
        return ""

    # ---- paragraphs -------------------------------------------------------------------------

    def text(self, text: str, pointer: str = "", style: str = BODY) -> None:
        """Add a paragraph of running text."""
        self.blocks.append(Paragraph(style, (Run(text),), pointer=pointer))

    def heading(self, level: int, label: str, title: str, pointer: str = "") -> None:
        """Add a heading; below a part's label its name stands on a line of its own."""
        style = self.profile.style(LEVELS[level])
        if level == PART:
            if label:
                self.blocks.append(Paragraph("phan", (Run(label),), None, True, pointer))
            name = self.profile.style("ten_phan")
            shown = title.upper() if name.upper else title
            if shown:
                self.blocks.append(Paragraph("ten_phan", (Run(shown),), name.level, True, pointer))
            return
        shown = title.upper() if style.upper else title
        # A title without a number is told from the text by its look alone.
        bold = (style.title_bold or not label) and not style.bold
        outline = style.level if title else None
        self.blocks.append(
            Paragraph(style.name, (Run(f"{label}{shown}", bold=bold),), outline, True, pointer)
        )

    def lead(self, level: int, label: str, title: str, text: str, pointer: str = "") -> None:
        """Add a paragraph that opens with its title."""
        style = self.profile.style(LEVELS[level])
        gap = " " if title.endswith(_LEAD_END) else self.profile.wording["lead_separator"]
        runs = (Run(f"{label}{title}{gap}", bold=style.title_bold), Run(text))
        self.blocks.append(Paragraph(style.name, runs, pointer=pointer))

    # ---- text blocks ------------------------------------------------------------------------

    def block(self, value: Any, level: int, pointer: str, start: int = 0) -> int:
        """Add a text block that stands below a heading of ``level``.

        Items with parts are numbered one level below, plain lines get a dash (inside a dash, a
        plus). ``start`` numbers were used at that level before; returns how many are used now.
        """
        if isinstance(value, list):
            number = start
            for index, item in enumerate(value):
                place = f"{pointer}/{index}"
                if isinstance(item, Mapping):
                    number += 1
                    self.item(item, min(level + 1, PLUS), number, place)
                else:
                    self.line(item, level, place)
            return number
        for text in paragraphs(value):
            self.text(text, pointer)
        return start

    def line(self, value: Any, level: int, pointer: str) -> None:
        """Add a plain line of a list below ``level``: a dash, inside a dash a plus."""
        mark = DASH if level < DASH else PLUS
        for index, text in enumerate(paragraphs(value)):
            if index:
                self.text(text, pointer)
            else:
                self.text(self.label(mark, 1) + text, pointer, LEVELS[mark])

    def item(self, item: Mapping[str, Any], level: int, number: int, pointer: str) -> None:
        """Add one item with parts: title, text, sub-items, table."""
        title, content = plain(item.get("tieu_de")), item.get("noi_dung")
        label = self.label(level, number, plain(item.get("nhan")) or None)
        parts = [] if isinstance(content, list) else paragraphs(content)
        if title and len(parts) == 1:
            self.lead(level, label, title, parts[0], pointer)
        elif title:
            self.heading(level, label, title, pointer)
            for text in parts:
                self.text(text, pointer)
        elif parts:
            self.text(label + parts[0], pointer, LEVELS[level])
            for text in parts[1:]:
                self.text(text, pointer)
        used = 0
        if isinstance(content, list):
            if not title:
                # Nothing to print beside the label: its items stand one level up.
                level = max(level - 1, SECTION)
                used = number - 1
            used = self.block(content, level, f"{pointer}/noi_dung", used)
        self.rest(item, level, pointer, used)

    def rest(self, item: Mapping[str, Any], level: int, pointer: str, used: int = 0) -> None:
        """Add the sub-items and the table of an item that stands at ``level``."""
        if isinstance(item.get("muc_con"), list):
            self.block(item["muc_con"], level, f"{pointer}/muc_con", used)
        if isinstance(item.get("bang"), Mapping):
            self.blocks.append(self.make_table(item["bang"], f"{pointer}/bang"))
