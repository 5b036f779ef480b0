"""Measuring what stands on a page: places of texts in mm, rules, boxes by their ink."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

import pypdfium2

MM = 72 / 25.4
DOTS = 300
PER_MM = DOTS / 25.4


class Found:
    """A text on a page: edges in mm from the upper left corner, sizes in pt."""

    def __init__(self, page: Any, text: str, *, last: bool = False) -> None:
        pattern = r"\s*".join(re.escape(word) for word in text.split())
        hits = page.search(pattern, use_text_flow=True)
        assert hits, f"{text!r} is not on the page"
        chars = [c for c in hits[-1 if last else 0]["chars"] if c["text"].strip()]
        self.left = min(c["x0"] for c in chars) / MM
        self.right = max(c["x1"] for c in chars) / MM
        self.baseline = (page.height - chars[0]["matrix"][5]) / MM
        self.sizes = {round(c["size"], 1) for c in chars}
        fonts = {c["fontname"].partition("+")[2] or c["fontname"] for c in chars}
        self.bold = all("Bold" in font for font in fonts)
        self.italic = all("Italic" in font for font in fonts)
        self.colors = {tuple(round(v, 2) for v in c["non_stroking_color"] or ()) for c in chars}

    @property
    def center(self) -> float:
        return float(self.left + self.right) / 2


def full_rules(page: Any) -> list[float]:
    """Return the heights in mm of the rules that reach from margin to margin (30 to 195 mm)."""
    found = set()
    for shape in (*page.rects, *page.lines, *page.curves):
        left, right = shape["x0"] / MM, shape["x1"] / MM
        flat = shape["height"] < 2
        if flat and abs(left - 30) < 0.6 and abs(right - 195) < 0.6:
            found.add(round(shape["top"] / MM, 1))
    heights = sorted(found)
    # One rule may be drawn by several shapes.
    return [y for n, y in enumerate(heights) if n == 0 or y - heights[n - 1] > 0.5]


def boxes(
    data: bytes, page: int, area: tuple[float, float, float, float], *, red: bool
) -> list[tuple[float, float, float]]:
    """Return (left, width, height) in mm of the boxes in an area, found by their ink.

    ``area`` is left, top, right, bottom in mm; boxes lie below each other. Without ``red`` it is
    black ink that counts.
    """
    book = pypdfium2.PdfDocument(data)
    try:
        picture = book[page].render(scale=DOTS / 72).to_pil().convert("RGB")
    finally:
        book.close()
    edges = tuple(round(edge * PER_MM) for edge in area)
    part = picture.crop(edges)
    width, height = part.size
    pixels = part.load()

    def inked(x: int, y: int) -> bool:
        r, g, b = pixels[x, y]
        return bool((r > 150 if red else r < 120) and g < 120 and b < 120)

    rows = [[x for x in range(width) if inked(x, y)] for y in range(height)]
    found = []
    for full, run in groupby(rows, key=bool):
        block = list(run)
        if not full:
            continue
        left, right = min(map(min, block)), max(map(max, block))
        found.append((area[0] + left / PER_MM, (right - left + 1) / PER_MM, len(block) / PER_MM))
    return found
