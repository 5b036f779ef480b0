"""How wide a text stands in Times New Roman, and which characters it may hold.

The widths come from a table of advance widths (``times.json``, built by
``scripts/build_font_table.py``), so that nothing here needs a font file. Kerning is ignored: the
renderers switch it off or differ by less than a tenth of a millimetre in a line of a header.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MM_PER_PT = 25.4 / 72
_SHORT = 24
_STYLES = {
    (False, False): "regular",
    (True, False): "bold",
    (False, True): "italic",
    (True, True): "bold_italic",
}


@cache
def _table() -> tuple[int, dict[str, dict[str, int]]]:
    raw = json.loads(Path(__file__).with_name("times.json").read_text("utf-8"))
    chars = [chr(first + i) for first, count in raw["runs"] for i in range(count)]
    widths = {k: dict(zip(chars, row, strict=True)) for k, row in raw["widths"].items()}
    return raw["units_per_em"], widths


class _Widths(dict[str, int]):
    """Widths by character as they count in a line; one that is not covered counts as one em."""

    def __missing__(self, char: str) -> int:
        return _table()[0]


@cache
def _widths(bold: bool, italic: bool) -> _Widths:
    row = _table()[1][_STYLES[bold, italic]]
    found = _Widths(
        (char, 0 if unicodedata.combining(char) else width) for char, width in row.items()
    )
    for char in "\n\t\r":
        found.setdefault(char, row[" "])
    return found


def units(text: str, bold: bool = False, italic: bool = False) -> int:
    """Return the width of a text set on one line, in units of the typeface; see ``width_pt``."""
    if len(text) <= _SHORT:
        return _units_of_word(text, bold, italic)
    return _units(text, bold, italic)


def _units(text: str, bold: bool, italic: bool) -> int:
    return sum(map(_widths(bold, italic).__getitem__, unicodedata.normalize("NFC", text)))


_units_of_word = lru_cache(maxsize=8192)(_units)  # syllables and figures come again and again


@lru_cache(maxsize=8192)
def _units_of_plain_word(word: str) -> int:
    return _units(word, False, False)


def widest(texts: Iterable[str]) -> int:
    """Return the width of the widest of some plain texts, in units of the typeface; 0 of none."""
    most = 0
    for text in texts:
        width = _units_of_plain_word(text) if len(text) <= _SHORT else _units(text, False, False)
        if width > most:
            most = width
    return most


def covered(char: str) -> bool:
    """Return whether the typeface has a visible shape (or a space) for one character."""
    return char in _table()[1]["regular"]


def coverage() -> frozenset[str]:
    """Return every character that the typeface covers in all four of its styles."""
    return frozenset(_table()[1]["regular"])


def width_pt(text: str, size_pt: float, bold: bool = False, italic: bool = False) -> float:
    """Return the width of a text set on one line, in points.

    The text is composed first (NFC). A character outside the coverage counts as one em, so that a
    column is rather too wide than too narrow; line breaks and tabs count as a space.
    """
    return units(text, bold, italic) * size_pt / _table()[0]


def width_mm(text: str, size_pt: float, bold: bool = False, italic: bool = False) -> float:
    """Return the width of a text set on one line, in millimetres (see ``width_pt``)."""
    return width_pt(text, size_pt, bold, italic) * MM_PER_PT


def units_mm(count: int, size_pt: float) -> float:
    """Return in millimetres what ``units`` counted."""
    return count * size_pt / _table()[0] * MM_PER_PT
