"""From each character of a text value to its place in the source.

A map is two lists of source offsets: character ``i`` of the value stands at
``starts[i]:ends[i]``. An escape stands for its character as a whole; the blank or the break that a
folded line becomes stands at the whole gap between the two words, so that a range of the value is
always one unbroken range of the source. Every map is checked against the value that the parser
gave: where they differ there is no map rather than a wrong one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vanban.read.source import BREAK

_BLANKS = re.compile(r"[ \t\r\n]+")
_BREAK_CHARACTERS = "\r\n"
_YAML_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(\r\n|[\s\S]))"
)
_YAML_SIMPLE = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "\t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    " ": " ",
    '"': '"',
    "/": "/",
    "\\": "\\",
    "N": "\x85",
    "_": "\xa0",
    "L": "\u2028",
    "P": "\u2029",
}
_JSON_ESCAPE = re.compile(
    r"\\u([dD][89abAB][0-9A-Fa-f]{2})\\u([dD][c-fC-F][0-9A-Fa-f]{2})"
    r"|\\u([0-9A-Fa-f]{4})|\\([\s\S])"
)
_JSON_SIMPLE = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_HEADER = re.compile(r"[|>][-+0-9]*[^\r\n]*(?:\r\n|\r|\n|$)")
_EXPLICIT_INDENT = re.compile(r"[|>][-+]?[1-9]")


class CharMap(NamedTuple):
    """The source offsets of the characters of one value."""

    starts: list[int]
    ends: list[int]


class _Builder:
    """Collects characters with their places."""

    def __init__(self) -> None:
        self.characters: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def add(self, character: str, start: int, end: int) -> None:
        self.characters.append(character)
        self.starts.append(start)
        self.ends.append(end)

    def run(self, source: str, start: int, end: int) -> None:
        """Add characters that stand for themselves."""
        self.characters.extend(source[start:end])
        self.starts.extend(range(start, end))
        self.ends.extend(range(start + 1, end + 1))

    def gap(self, characters: str, places: list[int], start: int, end: int) -> None:
        """Add the breaks of a gap so that together they cover ``start:end`` without a hole."""
        borders = [start, *places[1:], end]
        for index, character in enumerate(characters):
            self.add(character, borders[index], borders[index + 1])

    def result(self, value: str) -> CharMap | None:
        size = len(value)
        if "".join(self.characters[:size]) != value:
            return None
        return CharMap(self.starts[:size], self.ends[:size])


def yaml_map(source: str, start: int, end: int, style: str | None, value: str) -> CharMap | None:
    """Return the map of a YAML scalar that stands at ``start:end`` in ``style`` (None: plain)."""
    if style in ("|", ">"):
        return _block(source, start, end, style, value)
    if style in ("'", '"'):
        # an anchor may stand before the quote
        start = source.index(style, start) + 1
        end -= 1
    elif source.startswith("&", start) and not value.startswith("&"):
        gap = _BLANKS.search(source, start)
        start = gap.end() if gap else start
    return _flow(source, start, end, style, value)


def _flow(source: str, start: int, end: int, style: str | None, value: str) -> CharMap | None:
    built = _Builder()
    special = {"'": re.compile(r"[ \t\r\n']"), '"': re.compile(r"[ \t\r\n\\]")}.get(
        style or "", _BLANKS
    )
    at = start
    while at < end:
        found = special.search(source, at, end)
        stop = found.start() if found else end
        built.run(source, at, stop)
        at = stop
        if at >= end:
            break
        if source[at] == "'":
            built.add("'", at, at + 2)
            at += 2
        elif source[at] == "\\":
            at = _escape(source, at, end, built)
        else:
            at = _blanks(source, at, end, built)
    return built.result(value)


def _blanks(source: str, at: int, end: int, built: _Builder) -> int:
    run = _BLANKS.match(source, at, end)
    stop = run.end() if run else at + 1
    breaks = [match.start() for match in BREAK.finditer(source, at, stop)]
    if not breaks:
        built.run(source, at, stop)
    elif len(breaks) == 1:
        built.add(" ", at, stop)
    else:
        # the first break is swallowed by folding, the others stay
        built.gap("\n" * (len(breaks) - 1), breaks[1:], at, stop)
    return stop


def _escape(source: str, at: int, end: int, built: _Builder) -> int:
    match = _YAML_ESCAPE.match(source, at, end)
    if match is None:
        return end
    stop = match.end()
    code = match[1] or match[2] or match[3]
    if code is not None:
        built.add(chr(int(code, 16)), at, stop)
    elif match[4][0] in _BREAK_CHARACTERS:
        # a continued line: the break and the blanks after it are nothing
        run = _BLANKS.match(source, stop, end)
        if run is not None:
            breaks = [found.start() for found in BREAK.finditer(source, stop, run.end())]
            stop = run.end()
            if breaks:
                built.gap("\n" * len(breaks), breaks, at, stop)
    else:
        built.add(_YAML_SIMPLE.get(match[4], match[4]), at, stop)
    return stop


def _block(source: str, start: int, end: int, style: str, value: str) -> CharMap | None:
    # properties (an anchor) may stand before the indicator
    start = source.index(style, start)
    header = _HEADER.match(source, start)
    body = header.end() if header else end
    first = re.compile(r"(?:[ ]*(?:\r\n|\r|\n))*([ ]*)").match(source, body)
    widest = max(len(first[1]) if first else 0, 1)
    explicit = _EXPLICIT_INDENT.match(source, start)
    # With an indicator the indent depends on the parent: the one that gives the value is right.
    for indent in range(widest, 0, -1) if explicit else (widest,):
        found = _block_at(source, body, end, style == ">", indent).result(value)
        if found is not None:
            return found
    return None


def _block_at(source: str, at: int, end: int, folded: bool, indent: int) -> _Builder:
    built = _Builder()
    broken: tuple[int, int] | None = None
    was_blank = False
    at, inside, empty = _empty_lines(source, at, end, indent)
    joints: list[int] = []
    while inside and at < end:
        is_blank = source[at] in " \t"
        if broken is not None:
            if folded and not was_blank and not is_blank:
                if empty:
                    empty[0] = (broken[0], empty[0][1])
                else:
                    joints.append(len(built.starts))
                    built.add(" ", *broken)
            else:
                joints.append(len(built.starts))
                built.add("\n", *broken)
        for place in empty:
            joints.append(len(built.starts))
            built.add("\n", *place)
        was_blank = is_blank
        found = BREAK.search(source, at, end)
        stop = found.start() if found else end
        built.run(source, at, stop)
        broken = found.span() if found else None
        at = found.end() if found else end
        at, inside, empty = _empty_lines(source, at, end, indent)
    for place in [*([broken] if broken else []), *empty]:
        built.add("\n", *place)
    for index in joints:
        # a break reaches to the next character, indentation included
        if index + 1 < len(built.starts):
            built.ends[index] = built.starts[index + 1]
    return built


def _empty_lines(
    source: str, at: int, end: int, indent: int
) -> tuple[int, bool, list[tuple[int, int]]]:
    """Skip empty lines and the indentation; tell whether a line of the block follows."""
    breaks: list[tuple[int, int]] = []
    while True:
        begin = at
        while at < end and at - begin < indent and source[at] == " ":
            at += 1
        found = BREAK.match(source, at, end)
        if found is None:
            return at, at - begin == indent, breaks
        breaks.append(found.span())
        at = found.end()


def json_map(source: str, start: int, end: int, value: str) -> CharMap | None:
    """Return the map of a JSON string that stands, quotes included, at ``start:end``."""
    built = _Builder()
    at, stop = start + 1, end - 1
    while at < stop:
        found = source.find("\\", at, stop)
        if found < 0:
            built.run(source, at, stop)
            break
        built.run(source, at, found)
        match = _JSON_ESCAPE.match(source, found, stop)
        if match is None:
            return None
        if match[1]:
            high, low = int(match[1], 16), int(match[2], 16)
            character = chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        elif match[3]:
            character = chr(int(match[3], 16))
        else:
            character = _JSON_SIMPLE.get(match[4], match[4])
        built.add(character, found, match.end())
        at = match.end()
    return built.result(value)
