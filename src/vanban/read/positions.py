"""Where the values of a draft stand: a tree beside the data, asked by JSON Pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vanban.read.charmap import CharMap, json_map, yaml_map
from vanban.read.draft import pointer_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vanban.finding import Span
    from vanban.read.source import Source

JSON_STRING = "json"
"""The style of a string in a JSON draft; the others are those of YAML."""


class Place:
    """Offsets of one value: itself, its key (-1: none), and the places below it.

    ``text`` is the value when it is a text; ``origin`` the place that an alias repeats.
    """

    __slots__ = ("children", "end", "key_end", "key_start", "origin", "start", "style", "text")

    def __init__(
        self,
        start: int,
        end: int,
        style: str | None = None,
        text: str | None = None,
        children: dict[str, Place] | list[Place] | None = None,
    ) -> None:
        self.start = start
        self.end = end
        self.style = style
        self.text = text
        self.children = children
        self.key_start = -1
        self.key_end = -1
        self.origin: Place | None = None


class SourcePositions:
    """The places of a draft that was read from a text (see ``Positions``)."""

    def __init__(self, source: Source, root: Place) -> None:
        self._source = source
        self._root = root
        self._maps: dict[str, CharMap | None] = {}
        self._above: dict[int, Place] | None = None
        self._reread = 0

    @property
    def source(self) -> Source:
        """Return the text in which the places stand."""
        return self._source

    @property
    def root(self) -> Place:
        """Return the place of the whole draft."""
        return self._root

    def place(self, pointer: str) -> Place | None:
        """Return the place of a value, None when there is no such value."""
        return self._find(pointer)

    def chars(self, pointer: str) -> CharMap | None:
        """Return where each character of a text stands; for an alias: of the text it repeats."""
        place = self._find(pointer)
        return self._map(pointer, place) if place is not None and place.text is not None else None

    def above(self, place: Place) -> list[Place]:
        """Return the lists and mappings that hold a place of the source, the nearest first."""
        if self._above is None:
            self._above = {}
            waiting = [self._root]
            while waiting:
                one = waiting.pop()
                below = one.children or ()
                # what an alias repeats stands where its anchor stands
                for child in () if one.origin else _values(below):
                    self._above[id(child)] = one
                    waiting.append(child)
        found: list[Place] = []
        at = self._above.get(id(place))
        while at is not None:
            found.append(at)
            at = self._above.get(id(at))
        return found

    def allowed(self, size: int, most: int) -> bool:
        """Count characters that are read again; tell whether they are at ``most`` so many."""
        self._reread += size
        return self._reread <= most

    def _find(self, pointer: str) -> Place | None:
        place = self._root
        for part in pointer_parts(pointer):
            below = place.children
            found: Place | None = None
            if isinstance(below, dict):
                found = below.get(part)
            elif below is not None and part.isascii() and part.isdigit() and int(part) < len(below):
                found = below[int(part)]
            if found is None:
                return None
            place = found
        return place

    def value(self, pointer: str) -> Span | None:
        """Return the span of a value.

        A list or mapping is shown by its first line, a block text by its content without the last
        break, an absent value by its key.
        """
        place = self._find(pointer)
        if place is None:
            return None
        if place.text is None and place.children is None and place.end == place.start:
            return self.key(pointer) or self._source.short(place.start, place.end)
        if place.children is not None:
            return self._source.short(place.start, place.end)
        if place.style in ("|", ">") and place.text is not None:
            size = len(place.text.rstrip("\n"))
            span = self.text(pointer, 0, size) if size else None
            return span or self._source.short(place.start, place.end)
        return self._source.span(place.start, place.end)

    def key(self, pointer: str) -> Span | None:
        """Return the span of a key, quotes included; None for list items and the root."""
        place = self._find(pointer)
        if place is None or place.key_start < 0:
            return None
        return self._source.span(place.key_start, max(place.key_end, place.key_start + 1))

    def text(self, pointer: str, start: int, end: int) -> Span | None:
        """Return the span of the characters ``start:end`` of a text.

        An empty range gives the empty span before the character ``start`` (after the last one at
        the end of the text). Offsets outside the text are drawn in.
        """
        place = self._find(pointer)
        if place is None or place.text is None:
            return None
        chars = self._map(pointer, place)
        if chars is None or not chars.starts:
            return self.value(pointer) if place.style not in ("|", ">") else self.key(pointer)
        start = min(max(start, 0), len(chars.starts))
        end = min(max(end, start), len(chars.starts))
        if start == len(chars.starts):
            return self._source.span(chars.ends[-1], chars.ends[-1])
        if end == start:
            return self._source.span(chars.starts[start], chars.starts[start])
        return self._source.span(chars.starts[start], chars.ends[end - 1])

    def _map(self, pointer: str, place: Place) -> CharMap | None:
        if pointer not in self._maps:
            where = place.origin or place
            text = self._source.text
            self._maps[pointer] = (
                json_map(text, where.start, where.end, where.text or "")
                if where.style == JSON_STRING
                else yaml_map(text, where.start, where.end, where.style, where.text or "")
            )
        return self._maps[pointer]


def _values(below: dict[str, Place] | list[Place] | tuple[()]) -> Iterable[Place]:
    return below.values() if isinstance(below, dict) else below
