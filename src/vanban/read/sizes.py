"""Texts that no report has: lines without end, words without a blank, more than a book.

They come from a wrong file or from malice. Every later step (rules, page breaks, tables) would
take minutes over them, so they are refused where they stand, before anything reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vanban.read.draft import pointer_of
from vanban.read.faults import fault, shortened
from vanban.read.limits import MAX_CHARS, MAX_PARAGRAPH_CHARS, MAX_WORD_CHARS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vanban.finding import Finding
    from vanban.read.positions import SourcePositions

_Path = tuple[str | int, ...]


def faults(data: Any, positions: SourcePositions | None) -> list[Finding]:
    """Return the fault of the first text, or key, beyond a budget; none when all are in bounds."""
    total = 0
    for parts, text, key in _texts(data, ()):
        total += len(text)
        if total > MAX_CHARS:
            return [fault("INP008", "qua_nhieu_chu", limit=MAX_CHARS // 1000)]
        found = _fault_of(text)
        if found is not None:
            slug, limit = found
            pointer = pointer_of(parts)
            where = None
            if positions is not None:
                where = positions.key(pointer) if key else positions.value(pointer)
            begins = shortened(text.strip())
            return [fault("INP008", slug, where, pointer, limit=limit, begins=begins)]
    return []


def _fault_of(text: str) -> tuple[str, int] | None:
    """Return what is too long in a text and the limit; None when nothing is."""
    if len(text) <= MAX_WORD_CHARS:
        return None
    if len(text) > MAX_PARAGRAPH_CHARS:
        longest = max(map(len, text.splitlines()))
        if longest > MAX_PARAGRAPH_CHARS:
            return "doan_dai", MAX_PARAGRAPH_CHARS
    # No regular expression: it would start anew at every letter of every long word.
    word = max(map(len, text.split()), default=0)
    return ("chu_dai", MAX_WORD_CHARS) if word > MAX_WORD_CHARS else None


def _texts(value: Any, parts: _Path) -> Iterator[tuple[_Path, str, bool]]:
    """Yield every text and every key with its place; the reader has seen to the depth."""
    if isinstance(value, str):
        yield parts, value, False
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*parts, key), key, True
            yield from _texts(item, (*parts, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*parts, index))
