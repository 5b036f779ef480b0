"""How much there is to draw in a vector picture once its references are followed.

In SVG a few hundred letters can ask for a thousand million shapes: each group uses the one before
it ten times. A renderer draws them one by one, so they are counted first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vanban.doors.growth import Piece, grown, sizes

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_SHAPES = 20_000
"""Most shapes that the pictures of one page may come to, each use of one counted."""

_REFERENCE = re.compile(r"""url\(\s*["']?#([^"')\s]+)""", re.IGNORECASE)


class Weigher:
    """Hears of every element of a picture, in order, and then tells what it comes to."""

    def __init__(self) -> None:
        self._named: dict[str, Piece] = {}
        self._open: list[tuple[str, Piece | None]] = []
        self._page = Piece()

    def start(self, tag: str, attributes: Iterable[tuple[str, str]]) -> None:
        """Note an element that begins."""
        name, uses = "", []
        for key, value in attributes:
            if key == "id":
                name = value
            elif key.rpartition(":")[2].rpartition("}")[2] == "href":
                uses += [value.strip()[1:]] if value.strip().startswith("#") else []
            elif "#" in value:
                uses += _REFERENCE.findall(value)
        piece = self._named.setdefault(name, Piece()) if name else None
        self._open.append((tag, piece))
        for each in (self._page, *(around for _, around in self._open if around is not None)):
            each.size += 1
            each.uses += uses

    def end(self, tag: str) -> None:
        """Note an element that ends; those inside it that were never ended end with it."""
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth][0] == tag:
                del self._open[depth:]
                return

    def too_much(self) -> bool:
        """Tell whether there are more than MAX_SHAPES, or a shape that holds itself."""
        known = sizes(self._named)
        return known is None or grown(self._page, known) > MAX_SHAPES
