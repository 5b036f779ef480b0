"""Source lines on a screen: what each character shows and how many cells it takes."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vanban.finding import Span

TAB = 4
GAP = "…"
# Cells kept before the place when a long line is shortened.
BEFORE = 30
# Shown in place of a character that would show nothing or move the cursor.
INVISIBLE = "·"


def shown(character: str, at: int = 0) -> tuple[str, int]:
    """Return what a character shows and its width in cells, when it starts at cell ``at``."""
    if character == "\t":
        width = TAB - at % TAB
        return " " * width, width
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code), 1
    category = unicodedata.category(character)
    if category in ("Mn", "Me"):
        return character, 0
    if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return INVISIBLE, 1
    if category == "Zs":
        return (" ", 1) if code != 0x3000 else ("  ", 2)
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1


def excerpt(line: str, span: Span, width: int) -> tuple[str, str]:
    """Return a source line and the line of carets under it, no wider than ``width`` cells.

    A stretch that goes on in the next line is marked to the end of this one; an empty stretch gets
    one caret.
    """
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    end = max(min(end, len(line)), start)
    pieces, edges = _laid(line)
    low, high = _window(edges, start, width)
    head = GAP if low else ""
    tail = GAP if high < len(pieces) else ""
    source = head + "".join(pieces[low:high]) + tail
    left = edges[min(start, high)] - edges[low] + len(head)
    marked = max(edges[min(end, high)] - edges[min(start, high)], 1)
    return source, " " * left + "^" * marked


@lru_cache(maxsize=16)
def _laid(line: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return what each character of a line shows, and the cell at which it begins."""
    pieces: list[str] = []
    edges = [0]
    for character in line:
        text, cells = shown(character, edges[-1])
        pieces.append(text)
        edges.append(edges[-1] + cells)
    return tuple(pieces), tuple(edges)


def _window(edges: tuple[int, ...], start: int, width: int) -> tuple[int, int]:
    """Return which characters of a line to show so that the place is among them."""
    count = len(edges) - 1
    if edges[-1] <= width:
        return 0, count
    low = 0
    if edges[start] > width - BEFORE:
        low = bisect_left(edges, edges[start] - BEFORE)
    room = width - 2 * len(GAP)
    high = min(bisect_right(edges, edges[low] + room) - 1, count)
    # A combining mark stays with its letter.
    while high < count and edges[high + 1] == edges[high]:
        high += 1
    return low, high
