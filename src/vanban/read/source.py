"""The text of a draft and where its lines begin."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from vanban.finding import Span

# The breaks that every editor counts; others (U+2028 ...) are faults of their own.
BREAK = re.compile(r"\r\n|\r|\n")


class Source:
    """A text with its lines; offsets count characters from 0, lines and columns from 1.

    ``marked`` tells that a byte order mark stood before it; ``format`` is the one asked for.
    """

    def __init__(self, text: str, *, marked: bool = False, format: str | None = None) -> None:
        self.text = text
        self.marked = marked
        self.format = format

    @cached_property
    def starts(self) -> list[int]:
        """Return the offset at which each line begins."""
        return [0, *(match.end() for match in BREAK.finditer(self.text))]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Return the lines without their breaks."""
        return tuple(BREAK.split(self.text))

    def line_of(self, offset: int) -> int:
        """Return the number, from 1, of the line that holds ``offset``."""
        return bisect_right(self.starts, offset)

    def place(self, offset: int) -> tuple[int, int]:
        """Return line and column of ``offset``."""
        line = self.line_of(offset)
        return line, offset - self.starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """Return the span of the characters ``start:end``."""
        return Span(*self.place(start), *self.place(max(start, end)))

    def line_end(self, offset: int) -> int:
        """Return the offset at which the text of the line of ``offset`` ends, blanks left out."""
        line = self.line_of(offset)
        begin = self.starts[line - 1]
        return max(offset, begin + len(self.lines[line - 1].rstrip()))

    def short(self, start: int, end: int) -> Span:
        """Return the part of ``start:end`` on its first line, at least one character wide."""
        stop = min(end, self.line_end(start)) if end > start else start
        line, column = self.place(start)
        return Span(line, column, line, column + max(1, stop - start))
