"""How wide a text stands in Times New Roman, and which characters it may hold.

The widths come from a table of advance widths (``times.json``, built by
``scripts/build_font_table.py``), so that nothing here needs a font file. Kerning is ignored: the
renderers switch it off or differ by less than a tenth of a millimetre in a line of a header.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from importlib import resources

MM_PER_PT = 25.4 / 72
_STYLES = {
    (False, False): "regular",
    (True, False): "bold",
    (False, True): "italic",
    (True, True): "bold_italic",
}


@cache
def _table() -> tuple[int, dict[str, dict[str, int]]]:
    raw = json.loads((resources.files("vanban.text") / "times.json").read_text("utf-8"))
    chars = [chr(first + i) for first, count in raw["runs"] for i in range(count)]
    widths = {k: dict(zip(chars, row, strict=True)) for k, row in raw["widths"].items()}
    return raw["units_per_em"], widths


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
    units_per_em, widths = _table()
    row = widths[_STYLES[bold, italic]]
    space = row[" "]
    units = 0
    for char in unicodedata.normalize("NFC", text):
        width = row.get(char)
        if width is None:
            width = space if char in "\n\t\r" else units_per_em
        elif unicodedata.combining(char):
            width = 0
        units += width
    return units * size_pt / units_per_em


def width_mm(text: str, size_pt: float, bold: bool = False, italic: bool = False) -> float:
    """Return the width of a text set on one line, in millimetres (see ``width_pt``)."""
    return width_pt(text, size_pt, bold, italic) * MM_PER_PT
