"""Look into a TrueType or OpenType file for the little that choosing a font needs.

fontTools knows every font there is, but importing it takes longer than reading eight files. What is
read here is the common form of four tables (OpenType 1.9); for anything else ``UncommonError``
is raised, and the caller asks fontTools.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FAMILY_NAMES = (16, 1)
_WINDOWS, _ENGLISH = 3, 0x409
# Character maps of the whole of Unicode, then of its first plane.
_MAPS = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))


class UncommonError(Exception):
    """A font that is broken, or made in a way that is not read here."""


class Facts(NamedTuple):
    """What a font says of itself: family, style bits of ``OS/2``, version, code points it has."""

    family: str
    selection: int
    version: float
    covered: frozenset[int]


def facts_of(path: Path) -> Facts:
    """Return what a font file says of itself; raises UncommonError, and OSError as reading does."""
    try:
        with path.open("rb") as file:
            data = memoryview(file.read())
        tables = _tables(data)
        (version,) = struct.unpack_from(">l", tables["head"], 4)
        (selection,) = struct.unpack_from(">H", tables["OS/2"], 62)
        covered = frozenset(_code_points(tables["cmap"]))
        return Facts(_family(tables["name"]), selection, version / 65536, covered)
    except (KeyError, IndexError, ValueError, struct.error) as error:
        raise UncommonError from error


def _tables(data: memoryview) -> dict[str, memoryview]:
    if bytes(data[:4]) not in (b"\0\1\0\0", b"OTTO", b"true"):
        raise UncommonError
    (count,) = struct.unpack_from(">H", data, 4)
    entries = (struct.unpack_from(">4sLLL", data, 12 + 16 * n) for n in range(count))
    return {tag.decode("latin-1"): data[at : at + size] for tag, _sum, at, size in entries}


def _family(table: memoryview) -> str:
    """Return the English name of the family that Windows shows."""
    _format, count, texts = struct.unpack_from(">HHH", table)
    found: dict[int, str] = {}
    for n in range(count):
        entry = struct.unpack_from(">HHHHHH", table, 6 + 12 * n)
        platform, encoding, language, name, size, at = entry
        if (platform, language) == (_WINDOWS, _ENGLISH) and encoding in (1, 10):
            raw = bytes(table[texts + at : texts + at + size])
            found.setdefault(name, raw.decode("utf-16-be"))
    for name in _FAMILY_NAMES:
        if family := found.get(name):
            return family
    raise UncommonError


def _code_points(table: memoryview) -> Iterator[int]:
    _version, count = struct.unpack_from(">HH", table)
    entries = (struct.unpack_from(">HHL", table, 4 + 8 * n) for n in range(count))
    places = {(platform, encoding): at for platform, encoding, at in entries}
    at = next((places[kind] for kind in _MAPS if kind in places), None)
    if at is None:
        raise UncommonError
    found = table[at:]
    (form,) = struct.unpack_from(">H", found)
    if form == 4:
        return _by_segments(found)
    if form == 12:
        return _by_groups(found)
    raise UncommonError


def _by_segments(found: memoryview) -> Iterator[int]:
    """Yield the code points of format 4 that have a glyph."""
    (double,) = struct.unpack_from(">H", found, 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", found, 14)
    starts = struct.unpack_from(f">{count}H", found, 16 + double)
    deltas = struct.unpack_from(f">{count}H", found, 16 + 2 * double)
    offsets_at = 16 + 3 * double
    offsets = struct.unpack_from(f">{count}H", found, offsets_at)
    for n, (start, end, delta, offset) in enumerate(
        zip(starts, ends, deltas, offsets, strict=True)
    ):
        points = range(start, min(end, 0xFFFE) + 1)
        if not offset:
            yield from (point for point in points if (point + delta) & 0xFFFF)
        elif points:
            glyphs = struct.unpack_from(f">{len(points)}H", found, offsets_at + 2 * n + offset)
            yield from (
                point
                for point, glyph in zip(points, glyphs, strict=True)
                if glyph and (glyph + delta) & 0xFFFF
            )


def _by_groups(found: memoryview) -> Iterator[int]:
    """Yield the code points of format 12 that have a glyph."""
    (count,) = struct.unpack_from(">L", found, 12)
    last = -1
    for n in range(count):
        start, end, glyph = struct.unpack_from(">LLL", found, 16 + 12 * n)
        if not last < start <= end <= 0x10FFFF:
            raise UncommonError
        last = end
        yield from range(start if glyph else start + 1, end + 1)
