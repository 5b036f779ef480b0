"""Plain texts (.txt, .md): what is running text in them, and where it stands.

A text that is no draft becomes one all the same: a list of passages with their places. In Markdown
the passages are what a reader sees; code, links, tables' rules and other marks are left out.
"""

from __future__ import annotations

import re
import string
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from vanban.finding import Edit, Span
from vanban.read.draft import Draft, pointer_parts
from vanban.read.source import Source
from vanban.text.prose import CELL, HEADING, RUNNING, Text

if TYPE_CHECKING:
    from markdown_it.token import Token

TEXT_SUFFIXES: Final = (".txt", ".text")
MARKDOWN_SUFFIXES: Final = (".md", ".markdown")
PASSAGES: Final = "doan"
"""The key under which the passages of a plain text stand."""

# What a list puts before its items; the blanks around it are no fault.
_ITEM = re.compile(r"[ \t]*(?:[-+*]|\d{1,3}[.)]|[a-zđ]\)|[IVXLC]{1,6}\.)[ \t]+")
_ENDED = re.compile(r"[.!?…;:,][\"'”’»)\]]*[ \t\xa0]*$")
# What begins the heading of an article, a chapter or another part of a statute or a plan.
_SECTION = re.compile(
    r"(?:Điều|Chương|Mục|Phần|Tiểu mục|Phụ lục)[ \xa0]"
    r"(?:\d{1,3}|[IVXLC]{1,6}|thứ \w+)[ \xa0]?[.:][ \xa0]"
)
# The lines between which the settings of a Markdown file stand, at its very beginning.
_FRONT, _FRONT_END = "---", ("---", "...")
# A line of so many characters may have been broken because it was full; a longer one was not.
_FULL_LINE = range(60, 101)
# A line without an end mark is a heading up to this many words.
_HEADING_WORDS = 15
# A numbered one, or one that begins with "Điều 5.", up to so many.
_NUMBERED_HEADING_WORDS = 50
# So many characters before a line show whether the mark of an item stood there.
_MARK = 8
# A sentence that ends within a line, behind the number of its section.
_INNER_END = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}[)”\"]?[.!?] +[^\W\d_]")
# A text stands at one of the next so many places that begin like it.
_TRIES = 32
_ENTITY = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});")
# Stands for code in a sentence of Markdown: a code itself, about which nothing is said.
_CODE = "A0"


class Piece(NamedTuple):
    """A passage: its role, its text, and the source offset of each of its characters."""

    role: str
    text: str
    places: Sequence[int]


class PlainPositions:
    """Where the passages of a plain text stand (see ``Positions``)."""

    def __init__(self, source: Source, pieces: Sequence[Piece], *, markdown: bool) -> None:
        self._source = source
        self._pieces = pieces
        self.markdown = markdown

    @property
    def source(self) -> Source:
        """Return the text the passages were found in."""
        return self._source

    def piece(self, pointer: str) -> Piece | None:
        """Return the passage at a pointer, None for any other place."""
        parts = pointer_parts(pointer)
        if len(parts) == 2 and parts[0] == PASSAGES and parts[1].isdecimal():
            number = int(parts[1])
            return self._pieces[number] if number < len(self._pieces) else None
        return None

    def value(self, pointer: str) -> Span | None:
        """Return the span of a passage."""
        piece = self.piece(pointer)
        return None if piece is None else self.text(pointer, 0, len(piece.text))

    def key(self, pointer: str) -> Span | None:
        """Return None: passages have no keys."""

    def text(self, pointer: str, start: int, end: int) -> Span | None:
        """Return the span of characters of a passage."""
        piece = self.piece(pointer)
        if piece is None or not piece.places:
            return None
        start = min(max(start, 0), len(piece.places))
        end = min(max(end, start), len(piece.places))
        if start == len(piece.places):
            behind = piece.places[-1] + 1
            return self._source.span(behind, behind)
        first = piece.places[start]
        return self._source.span(first, piece.places[end - 1] + 1 if end > start else first)

    def change(self, pointer: str, start: int, end: int, new: str) -> Edit | None:
        """Return the edit that replaces characters of a passage.

        None when marks of Markdown stand between them: what they mean is not ours to change.
        """
        piece, span = self.piece(pointer), self.text(pointer, start, end)
        if piece is None or span is None:
            return None
        if end > start:
            first, last = piece.places[start], piece.places[end - 1] + 1
            if self._source.text[first:last] != piece.text[start:end]:
                return None
        return Edit(span, new)

    def mended(self, changes: Iterable[tuple[int, int, str]]) -> list[str]:
        """Return the passages as they should read after changes of the source.

        The changes are in order and do not overlap.
        """
        texts = [piece.text for piece in self._pieces]
        ends = [piece.places[-1] if piece.places else -1 for piece in self._pieces]
        found: dict[int, list[tuple[int, int, str]]] = {}
        for start, end, new in changes:
            number = bisect_left(ends, start)
            if number == len(ends):
                continue
            places = self._pieces[number].places
            first, last = bisect_left(places, start), bisect_left(places, end)
            found.setdefault(number, []).append((first, last, new))
        for number, each in found.items():
            parts: list[str] = []
            at = 0
            for first, last, new in each:
                parts += (texts[number][at:first], new)
                at = last
            texts[number] = "".join([*parts, texts[number][at:]])
        return texts


def suffixes() -> tuple[str, ...]:
    """Return the suffixes of the files that are read as plain texts."""
    return TEXT_SUFFIXES + MARKDOWN_SUFFIXES


def is_markdown(path: str | None) -> bool:
    """Tell by its name whether a file is Markdown."""
    return path is not None and Path(path).suffix.lower() in MARKDOWN_SUFFIXES


def read_plain(text: str, path: str | None = None, *, markdown: bool = False) -> Draft:
    """Return a plain text as a draft of passages; a byte order mark is left out."""
    source = Source(text.removeprefix("\ufeff"), marked=text.startswith("\ufeff"))
    pieces = list(_markdown(source) if markdown else _plain(source))
    return Draft(
        data={PASSAGES: [piece.text for piece in pieces]},
        path=path,
        lines=source.lines,
        positions=PlainPositions(source, pieces, markdown=markdown),
    )


def texts(draft: Draft) -> Iterator[Text]:
    """Yield the passages of a plain text with their roles."""
    where = draft.positions
    for number in range(len(draft.data.get(PASSAGES, ()))):
        pointer = f"/{PASSAGES}/{number}"
        piece = where.piece(pointer) if isinstance(where, PlainPositions) else None
        if piece is not None:
            yield Text(pointer, piece.role, piece.text)


# -- plain text


def _plain(source: Source) -> Iterator[Piece]:
    """Part a text into paragraphs: at blank lines, at items of lists, after a line that ended."""
    begin = stop = -1
    titled = False
    last = ""
    for number, line in enumerate(source.lines):
        start = source.starts[number]
        end = start + len(line)
        blank = not line.strip()
        if begin >= 0 and (blank or not _goes_on(last, line, titled=titled)):
            yield _paragraph(source.text, begin, stop)
            begin = -1
        if blank:
            continue
        if begin < 0:
            item = _ITEM.match(line)
            begin = start + (item.end() if item else 0)
            titled = _SECTION.match(source.text, begin, end) is not None
        stop = end
        last = source.text[max(begin, start) : stop]
    if begin >= 0:
        yield _paragraph(source.text, begin, stop)


def _goes_on(last: str, line: str, *, titled: bool) -> bool:
    """Tell whether a line goes on with the sentence of the one before it.

    ``titled`` tells that the paragraph began like the heading of a section.
    """
    if _ITEM.match(line):
        return False
    if titled and not _ENDED.search(last) and not line.lstrip()[:1].islower():
        return False
    if line.lstrip()[:1].islower():
        return not _ENDED.search(last) or last.rstrip().endswith((",", ";"))
    if last.isupper() and not line.isupper():
        return False
    return len(last) in _FULL_LINE and not _ENDED.search(last)


def _section(found: str) -> bool:
    """Tell whether a line is the heading of an article or a part: it ends without a mark."""
    return _SECTION.match(found) is not None and not _ENDED.search(found)


def _paragraph(text: str, start: int, end: int) -> Piece:
    found = text[start:end]
    words = found.split()
    most = _HEADING_WORDS
    mark = text[max(start - _MARK, 0) : start]
    numbered = mark != mark.rstrip(" \t") and mark.rstrip(" \t").endswith((".", ")"))
    if _section(found) or (numbered and not _INNER_END.search(found)):
        most = _NUMBERED_HEADING_WORDS
    heading = found.isupper() or (len(words) <= most and not _ENDED.search(found))
    role = HEADING if heading and "\n" not in found else RUNNING
    places = range(start, end)
    if "\r" in found:
        kept = [
            place for place in places if text[place] != "\r" or text[place + 1 : place + 2] != "\n"
        ]
        return Piece(role, "".join(text[place] for place in kept), kept)
    return Piece(role, found, places)


# -- Markdown


def _markdown(source: Source) -> Iterator[Piece]:
    """Part Markdown with the library's block parser; inside a block its inline tokens are found."""
    from markdown_it import MarkdownIt

    skipped = _front_matter(source.lines)
    body = "\n".join(["", *source.lines[skipped:]][1:])
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    role = RUNNING
    line = column = 0
    for token in parser.parse(body):
        if token.type == "heading_open":
            role = HEADING
        elif token.type == "paragraph_open":
            role = RUNNING
        elif token.type in ("th_open", "td_open"):
            role = CELL
        elif token.type == "tr_open" and token.map:
            line, column = token.map[0], 0
        elif token.type == "inline":
            if role != CELL and token.map:
                line, column = token.map[0], 0
            places, column = _located(source, skipped + line, column, token.content)
            piece = _inline(token, role, places)
            if role == RUNNING and "\n" not in piece.text and _section(piece.text):
                piece = piece._replace(role=HEADING)
            if piece.text.strip():
                yield piece


def _front_matter(lines: Sequence[str]) -> int:
    """Return how many lines the settings before a text take; a rule of dashes is none of them."""
    if lines[0].rstrip(" \t") != _FRONT or len(lines) < 2 or not lines[1].strip():
        return 0
    ends = (number for number, line in enumerate(lines) if line.rstrip(" \t") in _FRONT_END)
    next(ends)
    return next(ends, -1) + 1


def _located(source: Source, line: int, column: int, content: str) -> tuple[list[int], int]:
    """Return the source offset of each character of a block's content, -1 where it is not found.

    Each line of the content stands in its line of the source, behind indentation and list marks.
    """
    places: list[int] = []
    for number, part in enumerate(content.split("\n")):
        at = line + number
        if at >= len(source.lines):
            places.extend([-1] * (len(part) + 1))
            continue
        if number:
            column = 0
            # The break before this line.
            places.append(source.starts[at] - 1)
        found = source.lines[at].find(part, column)
        # A cell that holds the sign between cells writes it with an escape.
        escaped = part.replace("|", "\\|") if "|" in part else ""
        if escaped and (start := source.lines[at].find(escaped, column)) >= 0:
            for sign in part:
                start += sign == "|"
                places.append(source.starts[at] + start)
                start += 1
            column = start
        elif found < 0:
            places.extend([-1] * len(part))
        else:
            begin = source.starts[at] + found
            places.extend(range(begin, begin + len(part)))
            column = found + len(part)
    return places[: len(content)], column


def _inline(token: Token, role: str, places: list[int]) -> Piece:
    """Return what a reader sees of a block: its texts, a stand-in for code, breaks."""
    content = token.content
    characters: list[str] = []
    kept: list[int] = []
    at = 0

    def take(text: str, shown: str | None = None) -> None:
        nonlocal at
        found = _aligned(content, text, at)
        if found is None:
            # It cannot be placed, so it is not judged.
            shown, found = _CODE, [at]
        else:
            at = found[-1]
        for index, character in enumerate(text if shown is None else shown):
            where = min(found[index] if shown is None else found[0], len(places) - 1)
            if places[where] >= 0:
                characters.append(character)
                kept.append(places[where])

    for child in token.children or ():
        if child.type == "text" and child.content:
            take(child.content)
        elif child.type in ("code_inline", "html_inline"):
            take(child.content, _CODE if child.type == "code_inline" else "")
        elif child.type in ("softbreak", "hardbreak"):
            take("\n")
        elif child.type == "image":
            take(child.content, _CODE)
        if child.type in ("link_close", "image"):
            # The address behind a link's words is no text.
            for opened, closed in (("](", ")"), ("][", "]")):
                if content.startswith(opened, at):
                    at = content.find(closed, at + 1) + 1 or len(content)
                    break
    return Piece(role, "".join(characters), kept)


def _aligned(content: str, text: str, at: int) -> Sequence[int] | None:
    """Return where the characters of a text stand in a block from ``at`` on, and where it ends.

    Marks may stand before it, escapes within. None when the text is not found near by, or holds
    an entity other than that of the sign & itself.
    """
    end = len(content)
    if content.startswith(text, at):
        return range(at, at + len(text) + 1)
    for number, start in enumerate(_starts(content, text[:1], at)):
        if number == _TRIES:
            break
        if content.startswith(text, start):
            return range(start, start + len(text) + 1)
        found: list[int] = []
        place = start
        for sign in text:
            if place >= end:
                break
            found.append(place)
            if (
                content[place] == "\\"
                and content[place + 1 : place + 2] == sign in string.punctuation
            ):
                found[-1] += 1
                place += 2
            elif (
                sign == "&"
                and (entity := _ENTITY.match(content, place))
                and unescape(entity[0]) == sign
            ):
                place = entity.end()
            elif content[place] == sign:
                place += 1
            else:
                break
        else:
            return [*found, place]
    return None


def _starts(content: str, first: str, at: int) -> Iterator[int]:
    """Yield the places at which a text that begins with a sign may begin."""
    for place in range(at, len(content)):
        if content[place] in (first, "\\", "&"):
            yield place
