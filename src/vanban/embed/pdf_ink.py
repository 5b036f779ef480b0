"""What is dark on a page of a PDF as a reader's program draws it.

A text can be kept from being seen in more ways than anybody can list: clipped away, made
transparent, masked, painted over by a thick line. So the page is drawn, and where a letter should
stand there must be ink; and ink that belongs to no letter and no rule is something drawn by hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

    Box = tuple[float, float, float, float]
    """Left, bottom, right, top of something on a page, in points."""

SCALE = 1.5
"""Pixels for one point."""

MAX_PIXELS = 4_000_000
"""Largest picture of a page that is drawn; a sheet of A4 has 1.1 million."""

LIGHT = 240
"""From this lightness on (255 is white) nobody sees anything; a mark behind the text is darker."""

# Pixels; a bar or a dash has less.
_NARROW = 3
_LIGHT_BYTES = bytes(range(LIGHT, 256))


class Ink:
    """The picture of one upright page, annotations apart, asked with places in points."""

    def __init__(self, raw: ModuleType, page: Any) -> None:
        width, height = page.get_size()
        scale = min(SCALE, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
        # Annotations are told of by themselves.
        drawn = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
        whole = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page.raw, whole)
        self._left, self._top = whole.left, whole.top
        self._across = drawn.width / max(whole.right - whole.left, 1)
        self._down = drawn.height / max(whole.top - whole.bottom, 1)
        self._width, self._height, self._stride = drawn.width, drawn.height, drawn.stride
        self._pixels = bytes(drawn.buffer)
        self._rest = bytearray(self._pixels)
        self._ruled = bytearray(len(self._rest))
        drawn.close()

    def shows(self, box: Box) -> bool:
        """Tell whether something dark stands in a box."""
        left, upper, right, lower = self._place(box)
        if right - left < _NARROW or lower - upper < _NARROW:  # drawn a pixel beside, often
            left, upper, right, lower = self._place(box, slack=1)
        rows = range(upper, lower + 1)
        starts = (row * self._stride for row in rows)
        lines = (self._pixels[start + left : start + right + 1] for start in starts)
        return any(line.translate(None, _LIGHT_BYTES) for line in lines)

    def explain(self, box: Box, *, rule: bool = False) -> None:
        """Take the ink of a letter or a ``rule`` off what nobody has explained yet."""
        left, upper, right, lower = self._place(box, slack=2)
        for row in range(upper, lower + 1):
            start, count = row * self._stride + left, max(right + 1 - left, 0)
            self._rest[start : start + count] = b"\xff" * count
        if rule:
            left, upper, right, lower = self._place(box)
            for row in range(upper, lower + 1):
                start, count = row * self._stride + left, max(right + 1 - left, 0)
                self._ruled[start : start + count] = b"\x01" * count

    def crossed(self, box: Box) -> bool:
        """Tell whether a rule runs through the middle of a box: a nought becomes an eight."""
        left, bottom, right, top = box
        across, up = (right - left) / 4, (top - bottom) / 4
        middle = (left + across, bottom + up, right - across, top - up)
        left, upper, right, lower = self._place(middle)
        starts = (row * self._stride for row in range(upper, lower + 1))
        return any(any(self._ruled[start + left : start + right + 1]) for start in starts)

    def unexplained(self) -> bool:
        """Tell whether ink is left that belongs to no letter and no rule."""
        for row in range(self._height):
            start = row * self._stride
            line = self._rest[start : start + self._width]
            if line.translate(None, _LIGHT_BYTES):
                return True
        return False

    def _place(self, box: Box, slack: int = 0) -> tuple[int, int, int, int]:
        """Return the first and last column and row of a box in the picture, and some more.

        Of a box beside the picture the last comes before the first.
        """
        wide, high = self._width - 1, self._height - 1
        left, right = sorted(_within((x - self._left) * self._across, wide) for x in box[::2])
        upper, lower = sorted(_within((self._top - y) * self._down, high) for y in box[1::2])
        return (
            max(left - slack, 0),
            max(upper - slack, 0),
            min(right + slack, wide) if right >= 0 else -1,
            min(lower + slack, high) if lower >= 0 else -1,
        )


def _within(at: float, most: int) -> int:
    """Return a pixel of a line of them; -1 for what lies before it or is no number."""
    return int(min(at, most)) if at >= 0 else -1
