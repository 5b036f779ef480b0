"""What stands on the pages of a PDF besides the texts of the document, taken off before comparing.

Page numbers, the mark behind the text, heads of tables that come again on the next page, the
contact lines at the foot of page 1. What is taken off must be exactly what the document puts there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from vanban.embed.compare import Change, Difference, Unit
from vanban.embed.expected import table_heads
from vanban.embed.payload import fold

if TYPE_CHECKING:
    from vanban.compose.document import Document
    from vanban.compose.profile import Profile
    from vanban.embed.pdf_pages import Page

MM = 72 / 25.4
"""Points in a millimetre."""

_DIGITS = re.compile(r"\d{1,4}")
# A line whose head is this far inside the margin is text, not a page number.
_SLACK_PT = 4
# So many characters beside a head tell whether a table begins with it or goes on.
_CONTEXT = 24


@dataclass(slots=True)
class Cleared:
    """The text of the pages alone, the texts it is to be held against, and what was wrong."""

    lines: list[Unit] = field(default_factory=list)
    wanted: list[Unit] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


def clear(
    pages: Sequence[Page], wanted: Sequence[Unit], document: Document, profile: Profile
) -> Cleared:
    """Take off what is no text of the document; ``wanted`` are its texts."""
    made = Cleared(wanted=list(wanted))
    kept = [list(zip(page.lines, page.tops, strict=True)) for page in pages]
    last = 1
    for page, lines in zip(pages, kept, strict=True):
        if document.watermark:
            _watermark(page, lines, document.watermark, made)
        last = _page_number(page, lines, profile, last, made)
    rest = [[line for line, _ in lines] for lines in kept]
    if rest:
        _contact(rest[0], document, made)
    heads = table_heads(document)
    stream = "".join(fold(unit.text) for unit in made.wanted)
    tail = ""
    for number, sheet in enumerate(rest):
        made.lines += _without_head(sheet, heads, tail, stream) if number else sheet
        tail = "".join(fold(line.text) for line in sheet)[-_CONTEXT:]
    return made


_Lines = list[tuple[Unit, float]]


def _run(lines: Sequence[Unit], text: str) -> range | None:
    """Return the lines, one behind the other, that hold exactly ``text``."""
    goal = fold(text)
    for start in range(len(lines)):
        held = ""
        for end in range(start, len(lines)):
            held += fold(lines[end].text)
            if held == goal:
                return range(start, end + 1)
            if not goal.startswith(held):
                break
    return None


def _watermark(page: Page, lines: _Lines, text: str, made: Cleared) -> None:
    found = _run([line for line, _ in lines], text)
    if found is None:
        at = Unit(text, page=page.number)
        made.differences.append(Difference(Change.MISSING, text, None, at))
        return
    del lines[found.start : found.stop]


def _page_number(page: Page, lines: _Lines, profile: Profile, last: int, made: Cleared) -> int:
    """Take off the number of a page; return the number that the next page counts on from."""
    room = profile.page.top * MM - _SLACK_PT
    upper = page.height - profile.page.bottom * MM + _SLACK_PT
    for n, (line, top) in enumerate(lines):
        if not _DIGITS.fullmatch(line.text) or room < top < upper:
            continue
        del lines[n]
        if line.line is not None:  # readers count the lines of the text
            for k, (other, height) in enumerate(lines):
                if other.line is not None and other.line > line.line:
                    lines[k] = (replace(other, line=other.line - 1), height)
        shown = int(line.text)
        # Pages of an appendix may count anew, its first page bearing no number.
        anew = profile.page_number.appendix_restart and shown == 2
        if shown not in (page.number, last + 1) and not anew:
            said = str(last + 1)
            made.differences.append(Difference(Change.CHANGED, said, line.text, line))
        return shown
    return 1 if profile.page_number.appendix_restart else page.number


def _contact(lines: list[Unit], document: Document, made: Cleared) -> None:
    """Take off the contact lines, which are drawn in another place than they are read."""
    for line in document.contact:
        found = _run(lines, line.text)
        goal = fold(line.text)
        wanted = next((n for n, u in enumerate(made.wanted) if fold(u.text) == goal), None)
        if found is not None and wanted is not None:
            del lines[found.start : found.stop]
            del made.wanted[wanted]


def _without_head(lines: list[Unit], heads: Sequence[str], tail: str, stream: str) -> list[Unit]:
    """Return the lines of a page without the head of a table that goes on from the page before.

    ``tail`` is the end of that page, ``stream`` the whole document: where the head stands behind
    that end, or before what follows it here, a table begins.
    """
    whole = "".join(fold(line.text) for line in lines)
    for head in heads:
        if not whole.startswith(head):
            continue
        follows = whole[len(head) : len(head) + _CONTEXT]
        if tail + head in stream or head + follows in stream:
            continue
        held = 0
        for n, line in enumerate(lines):
            held += len(fold(line.text))
            if held == len(head):
                return lines[n + 1 :]
            if held > len(head):
                break
    return lines
