"""The marks in the content streams that WeasyPrint writes: numbered anew, mended, completed.

A stream is a list of operators with their operands, one bytes object (or a dictionary) each; it is
edited before the file is written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from vanban.archive.structure import Node

_PATH = (b" re", b" m")
_PAINT = frozenset((b"f", b"f*", b"F", b"S", b"s", b"B", b"B*", b"b", b"b*"))

# One glyph is four hexadecimal digits; between two stand any number of shifts. Those behind the
# last glyph go with what follows: PDFium leaves out a shift at the end of a text.
_GLYPHS = rb"\[<%b[0-9a-f]{4}(?:%b[0-9a-f]{4}){%d}"
_SHIFTS = rb"(?:>[-\d.e]+<)*"

# What an artifact is, in the words of ISO 32000-1, tables 330 and 331.
PAGE_NUMBER = {"Type": "/Pagination", "Subtype": "/Header"}
FOOT = {"Type": "/Pagination", "Subtype": "/Footer"}
WATERMARK = {"Type": "/Pagination", "Subtype": "/Watermark"}
REPEATED = {"Type": "/Pagination"}
ORNAMENT = {"Type": "/Layout"}


@dataclass(eq=False, slots=True)
class Content:
    """A content stream with marks: a page's, or that of a group drawn on a page.

    ``owners`` are the elements of its marks, by the marks' numbers.
    """

    stream: Any
    page: int
    owners: list[Node] = field(default_factory=list)

    @property
    def in_group(self) -> bool:
        """Tell whether the stream is that of a group."""
        return bool(self.stream.extra.get("Type") == "/XObject")


@dataclass(eq=False, frozen=True, slots=True)
class Split:
    """The two elements of a list item's first line: its label and what follows."""

    label: Node
    body: Node


def dictionary(values: Mapping[str, Any]) -> Any:
    """Return a PDF dictionary."""
    import pydyf

    return pydyf.Dictionary(values)


def has_marks(stream: Any) -> bool:
    """Tell whether a stream marks content of the structure tree."""
    return any(_is_mark(item) for item in stream.stream)


def groups(resources: Any, known: set[int]) -> Iterator[Any]:
    """Yield the streams of groups in these resources, and in theirs, that are not ``known`` yet."""
    for drawn in resources.get("XObject", {}).values():
        if drawn is not None and hasattr(drawn, "_resources") and id(drawn) not in known:
            known.add(id(drawn))
            yield drawn
            yield from groups(drawn._resources, known)


def mend(
    content: Content,
    owners: Mapping[int, Node | Split | dict[str, str]],
    spaced: Collection[int],
    placed: dict[int | Split, tuple[Content, int]],
) -> None:
    """Number the marks of a stream anew; make artifacts of what belongs to no element.

    ``owners`` are told by the numbers that WeasyPrint gave; ``placed`` learns the new place of
    each. ``spaced`` marks get the blank at their end that went with the line break.
    """
    items = content.stream.stream
    blanks = _blanks(content.stream) if spaced else {}
    edits: list[tuple[int, int, list[Any]]] = []

    def mark(key: int | Split, owner: Node) -> list[Any]:
        placed[key] = (content, len(content.owners))
        content.owners.append(owner)
        return [f"/{owner.role}", dictionary({"MCID": len(content.owners) - 1}), b"BDC"]

    for at, item in enumerate(items):
        if item != b"BDC" or not _is_mark(items[at - 1]):
            continue
        mcid = items[at - 1]["MCID"]
        owner = owners.get(mcid, ORNAMENT)
        if isinstance(owner, dict):
            edits.append((at - 2, at + 1, ["/Artifact", dictionary(owner), b"BDC"]))
            continue
        end = items.index(b"EMC", at)
        inside = items[at + 1 : end]
        if mcid in spaced:
            inside = _with_blank(inside, blanks)
        if isinstance(owner, Split):
            parts = _label_apart(inside, len(owner.label.label))
            if parts is not None:
                before, label, rest = parts
                shown = [*before, *mark(owner, owner.label), label, b"EMC"]
                shown += [*mark(mcid, owner.body), *rest, b"EMC", b"ET"]
                edits.append((at - 2, end + 1, shown))
                continue
            owner = owner.body
        edits.append((at - 2, end, [*mark(mcid, owner), *inside]))
    for first, last in _unmarked(content.stream):
        edits.append((first, last + 1, ["/Artifact", b"BMC", *items[first : last + 1], b"EMC"]))
    for first, end, new in sorted(edits, key=itemgetter(0), reverse=True):
        items[first:end] = new


def _is_mark(item: Any) -> bool:
    return isinstance(item, dict) and "MCID" in item


def _shows(item: Any) -> bool:
    return isinstance(item, bytes) and item.endswith(b" TJ")


def _label_apart(inside: list[Any], length: int) -> tuple[list[Any], bytes, list[Any]] | None:
    """Cut what a mark shows behind the first ``length`` glyphs.

    Returns what comes before the text, the text of the label, and the rest up to the end of the
    text object; None when the mark is not one plain text object. The glyphs stay where they are,
    whichever mark they are in.
    """
    if inside.count(b"BT") != 1 or inside[-1] != b"ET" or any(item in _PAINT for item in inside):
        return None
    first = next((n for n, item in enumerate(inside) if _shows(item)), 0)
    found = re.match(_GLYPHS % (_SHIFTS, _SHIFTS, length - 1), inside[first]) if first else None
    if found is None:
        return None
    rest = b"[<" + inside[first][found.end() :]
    return inside[:first], found[0] + b">] TJ", [rest, *inside[first + 1 : -1]]


def _blanks(stream: Any) -> dict[bytes, bytes]:
    """Return the glyph of the blank, in hexadecimal, of every font that shows one somewhere."""
    found: dict[bytes, bytes] = {}
    for font in stream._fonts.values():
        for glyph, text in font.to_unicode.items():
            if text == " " and not font.bitmap:
                found[f"/{font.hash} ".encode()] = f"{glyph:04x}".encode()
    return found


def _with_blank(inside: list[Any], blanks: Mapping[bytes, bytes]) -> list[Any]:
    """Return what a mark shows with a blank at its end, so narrow that it moves no edge.

    WeasyPrint drops the blank at which it breaks a line; in tagged text words are told apart by
    the characters alone (ISO 32000-1, 14.8.2.5).
    """
    font, at = b"", -1
    for n, item in enumerate(inside):
        if isinstance(item, bytes) and item.endswith(b" Tf"):
            font = item
        elif _shows(item):
            at = n
    glyph = next((glyph for name, glyph in blanks.items() if font.startswith(name)), None)
    if at < 0 or glyph is None:
        return inside
    return [*inside[: at + 1], b"1 Tz", b"[<" + glyph + b">] TJ", b"100 Tz", *inside[at + 1 :]]


def _unmarked(stream: Any) -> Iterator[tuple[int, int]]:
    """Yield the first and last item of whatever is painted outside any mark."""
    depth, path, text = 0, -1, -1
    for at, item in enumerate(stream.stream):
        if not isinstance(item, bytes):
            continue
        if item in (b"BDC", b"BMC"):
            depth += 1
        elif item == b"EMC":
            depth -= 1
        elif depth:
            continue
        elif item == b"BT":
            text = at
        elif item == b"ET":
            yield text, at
        elif item.endswith(_PATH):
            path = at if path < 0 else path
        elif item in _PAINT:
            yield path, at
            path = -1
        elif item == b"n":
            path = -1
        elif item.endswith(b" Do") and not _draws_marks(stream, item):
            yield at, at


def _draws_marks(stream: Any, operator: bytes) -> bool:
    name = operator.removesuffix(b" Do").decode().lstrip("/")
    drawn = stream._resources.get("XObject", {}).get(name)
    return drawn is not None and hasattr(drawn, "stream") and has_marks(drawn)
