"""From changes of a text value to edits of the source.

A change is written where it stands: the new words are escaped as the style of the scalar wants it,
a line break that the words went over stays where it can. What was written is read again, with our
own reader and in the place of the scalar; when that does not give the text that was meant, the
whole scalar is written anew: in its own style with its own line breaks, else in the next best.
Keys, anchors and comments are never touched.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from vanban.finding import Change, Edit
from vanban.read import yaml_reader
from vanban.read.positions import JSON_STRING, SourcePositions
from vanban.read.source import BREAK, Source

if TYPE_CHECKING:
    from vanban.read.charmap import CharMap
    from vanban.read.draft import Draft
    from vanban.read.positions import Place

LITERAL, FOLDED, SINGLE, DOUBLE = "|", ">", "'", '"'

# Characters read again for one draft while its fixes are made, before they are only offered.
_BUDGET = 8 * 1024 * 1024
_BLANKS = " \t"
_EDGES = " \t\r\n"
_INDENT = 2
# No quick look reaches further than this together with that of the next piece.
_WINDOW = 4
_ANCHOR = re.compile(r"(?:&\S+[ \t\r\n]+)?")
_HEADER = re.compile(r"(?P<sign>[|>])(?P<marks>[-+0-9]*)(?P<rest>[^\r\n]*)(?P<break>\r\n|\r|\n|$)")
_DASH = re.compile(r"-(?=[ \t\r\n])(?:[ \t\r\n]+|(?<=[ \t\r\n])#[^\r\n]*)*\Z")
_ESCAPED = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2})")
_INDENTED_NOTHING = re.compile(r"(?<=[\r\n])[ ]+\Z")
# What neither a plain scalar nor a block can hold as it is.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_YAML_NAMES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


class Piece(NamedTuple):
    """Replace the characters ``start:end`` of the source by ``text``."""

    start: int
    end: int
    text: str


def change(draft: Draft, pointer: str, start: int, end: int, new: str) -> Edit | None:
    """Return the edit of the source that replaces ``start:end`` of the text at ``pointer``.

    None when the draft has no source, or when no style can hold the new text.
    """
    positions = draft.positions
    if not isinstance(positions, SourcePositions):
        span = positions.text(pointer, start, end)
        return None if span is None else Edit(span, new)
    scalar = scalar_at(positions, pointer)
    if scalar is None or not 0 <= start <= end <= len(scalar.value):
        return None
    said = Change(pointer, start, end, new)
    pieces = scalar.written([said], sure=False)
    if not pieces:
        return None
    (piece,) = pieces
    return Edit(positions.source.span(piece.start, piece.end), piece.text, said)


def scalar_at(positions: SourcePositions, pointer: str) -> Scalar | None:
    """Return the text at a pointer as it is written; for an alias, the text that it repeats."""
    place = positions.place(pointer)
    if place is None:
        return None
    place = place.origin or place
    if place.text is None or place is positions.root:
        return None
    return Scalar(positions, place, positions.chars(pointer))


def applied(value: str, changes: Iterable[Change]) -> str:
    """Return a text with all its changes; they are in order and do not overlap."""
    parts: list[str] = []
    at = 0
    for one in changes:
        parts += (value[at : one.start], one.new)
        at = one.end
    return "".join([*parts, value[at:]])


def replaced(source: str, pieces: Iterable[Piece], start: int = 0, end: int | None = None) -> str:
    """Return ``source[start:end]`` with all its pieces; they are in order, none overlaps another.

    >>> replaced("abcd", [Piece(1, 2, "x"), Piece(3, 3, "y")])
    'axcyd'
    """
    parts: list[str] = []
    at = start
    for piece in pieces:
        parts += (source[at : piece.start], piece.text)
        at = piece.end
    return "".join([*parts, source[at : len(source) if end is None else end]])


class _Surroundings(NamedTuple):
    """Where a scalar stands: in ``[ ]`` or ``{ }``, or in a block at a column; with a key or not.

    ``below`` is the column at which it begins when it stands on a line of its own, else -1.
    """

    flow: bool
    keyed: bool
    column: int
    below: int


class Scalar:
    """One text value as it is written in the source."""

    def __init__(self, positions: SourcePositions, place: Place, chars: CharMap | None) -> None:
        self._positions = positions
        self._place = place
        self._chars = chars
        self.source = positions.source.text
        self.value = place.text or ""
        self.style = place.style
        self.start = place.start
        self.end = place.end
        if place.style != JSON_STRING and not (place.style is None and self.value[:1] == "&"):
            anchor = _ANCHOR.match(self.source, place.start, place.end)
            self.start = anchor.end() if anchor else place.start

    @property
    def id(self) -> int:
        """Return what tells this scalar from every other of the source."""
        return self._place.start

    def written(self, changes: Sequence[Change], *, sure: bool = True) -> list[Piece] | None:
        """Return the pieces that write all ``changes``, in order; None when nothing can.

        One piece stands for each change, or a single one for the whole scalar. Unless ``sure``,
        what must be read again to be known is taken on trust once much was read again.
        """
        value = applied(self.value, changes)
        if self._chars is not None and self._chars.starts:
            pieces = [self._in_place(one) for one in changes]
            if _apart(pieces) and all(map(self._plainly, pieces)):
                return pieces
            if not sure and not self._positions.allowed(self.end - self.start, _BUDGET):
                return pieces
            if self.reads(replaced(self.source, pieces, self.start, self.end)) == value:
                return pieces
        folds = self._folds_after(changes)
        for body in self._anew(value, folds):
            if self.reads(body) == value:
                return [Piece(self.start, self.end, body)]
        return None

    def range_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the range of the value that stands at exactly ``start:end`` of the source."""
        chars = self._chars
        if chars is None or not chars.starts:
            return None
        first = bisect_left(chars.starts, start)
        if start == end:
            if first < len(chars.starts):
                return (first, first) if chars.starts[first] == start else None
            return (first, first) if chars.ends[-1] == start else None
        last = bisect_left(chars.ends, end)
        if last == len(chars.ends) or first > last:
            return None
        exact = chars.starts[first] == start and chars.ends[last] == end
        return (first, last + 1) if exact else None

    # -- in place

    def _in_place(self, one: Change) -> Piece:
        """Write one change where it stands; what it leaves as it was keeps its form."""
        assert self._chars is not None
        starts, ends = self._chars
        size = len(starts)
        if one.start == one.end:
            at = starts[one.start] if one.start < size else ends[-1]
            return Piece(at, at, self._encoded(one.new))
        begin, stop = starts[one.start], ends[one.end - 1]
        old = self.value[one.start : one.end]
        head, tail = _common(old, one.new)
        first, last = one.start + head, one.end - tail
        middle = min(starts[first], stop) if first < one.end else stop
        kept = self.source[begin:middle]
        rest = self.source[ends[last - 1] if first < last else middle : stop]
        text = kept + self._between(one, head, tail) + rest
        if self.style in (LITERAL, FOLDED) and self.source[stop : stop + 1] in ("\r", "\n", ""):
            text = _INDENTED_NOTHING.sub("", text)
        return Piece(begin, stop, text)

    def _between(self, one: Change, head: int, tail: int) -> str:
        """Write the part of a change that is new, with the line breaks that it went over."""
        new = one.new[head : len(one.new) - tail]
        gaps = self._gaps(one.start + head, one.end - tail)
        if not gaps:
            return self._encoded(new)
        blanks = [at for at, sign in enumerate(new) if sign == " "]
        before = self.value[one.start + head : one.end - tail].count(" ")
        parts: list[str] = []
        at = 0
        for number, gap in _paired(gaps, blanks, before):
            parts += (self._encoded(new[at:number]), gap)
            at = number + 1
        return "".join([*parts, self._encoded(new[at:])])

    def _gaps(self, first: int, last: int) -> list[tuple[int, str]]:
        """Return the folds in a range of the value: the blanks before each, what is written."""
        if self._chars is None:
            return []
        starts, ends = self._chars
        found: list[tuple[int, str]] = []
        blanks = 0
        for index in range(first, last):
            if self.value[index] == " ":
                written = self.source[starts[index] : ends[index]]
                if len(written) > 1 and BREAK.search(written):
                    found.append((blanks, written))
                blanks += 1
        return found

    def _plainly(self, piece: Piece) -> bool:
        """Tell whether a piece is right whatever stands around it (a quick look, never wrong)."""
        if self.style == JSON_STRING:
            return True
        source, text = self.source, piece.text
        if any(sign in "\r\n" for sign in text) or _UNWRITABLE.search(text):
            return False
        if BREAK.search(source, piece.start, piece.end):
            return False
        before = source[max(piece.start - 2, self.start) : piece.start]
        after = source[piece.end : min(piece.end + 2, self.end)]
        if self.style in (LITERAL, FOLDED):
            # at a border of a line: a sign that can be seen stays the first or last one
            ended = after[:1] in ("\r", "\n") and not (before + text)[-1:].isspace()
            began = not before.strip(_EDGES) and not (
                (text + after)[:1].isspace() or source[piece.start].isspace()
            )
            return (began or _solid(before[::-1])) and (ended or _solid(after))
        if not (_solid(before[::-1]) and _solid(after)):
            return False
        if self.style is not None:
            return True
        window = before + text + after
        flow = self.surroundings.flow
        return (
            piece.start > self.start
            and piece.end < self.end
            and self.value[:1] not in "-+.0123456789~ntf"
            and not re.search(r":\s|:$|\s#|^#", window)
            and not (flow and re.search(r"[\[\]{},:]", window))
        )

    def _encoded(self, text: str) -> str:
        """Write words as the style of the scalar wants them."""
        return self._as(self.style, text)

    def _as(self, style: str | None, text: str) -> str:
        if style == JSON_STRING:
            return self._escaped(json.dumps(text, ensure_ascii=False)[1:-1])
        if style == DOUBLE:
            found = "".join(
                _YAML_NAMES.get(sign)
                or (f"\\x{ord(sign):02x}" if ord(sign) < 256 else f"\\u{ord(sign):04x}")
                if sign in _YAML_NAMES or _UNWRITABLE.match(sign)
                else sign
                for sign in text
            )
            return self._escaped(found)
        if style == SINGLE:
            text = text.replace("'", "''")
        if "\n" in text:
            return text.replace("\n", self._break_of(style))
        return text

    def _escaped(self, text: str) -> str:
        """Write letters beyond ASCII as escapes where the scalar writes all of them so."""
        if text.isascii():
            return text
        if not self.source[self.start : self.end].isascii():
            return text
        found = _ESCAPED.findall(self.source, self.start, self.end)
        if not found and self.style == JSON_STRING and self.source.isascii():
            # nothing to go by here: as the rest of the file has it
            found = [match[0] for match in [_ESCAPED.search(self.source)] if match]
        if not found:
            return text
        upper = any(escape[2:] != escape[2:].lower() for escape in found)
        parts: list[str] = []
        for sign in text:
            if sign.isascii():
                parts.append(sign)
                continue
            data = sign.encode("utf-16-be", "surrogatepass")
            units = [data[at] << 8 | data[at + 1] for at in range(0, len(data), 2)]
            if len(units) > 1 and self.style == DOUBLE:
                parts.append(f"\\U{ord(sign):08x}")
            else:
                written = "".join(f"\\u{unit:04x}" for unit in units)
                parts.append(written.upper().replace("\\U", "\\u") if upper else written)
        return "".join(parts)

    # -- reading again

    @cached_property
    def surroundings(self) -> _Surroundings:
        """Return where the scalar stands."""
        place, text, lines = self._place, self.source, self._positions.source
        above = self._positions.above(place)
        flow = any(_opens(text, one) for one in above)
        keyed = place.key_start >= 0
        _, first = lines.place(place.start)
        begins = not text[place.start - first + 1 : place.start].strip(_BLANKS)
        if keyed:
            column = lines.place(place.key_start)[1] - 1
        else:
            dash = _DASH.search(text, max(0, place.start - 500), place.start)
            at = dash.start() if dash else above[0].start if above else place.start
            column = lines.place(at)[1] - 1
        return _Surroundings(flow, keyed, column, first - 1 if begins else -1)

    def reads(self, body: str) -> object:
        """Return the text that ``body`` would be in the place of the scalar, None for a fault."""
        if self.style == JSON_STRING:
            try:
                return json.loads(body)
            except ValueError:
                return None
        around = self.surroundings
        last = False
        gap = "\n" + " " * around.below if around.below >= 0 and not around.flow else " "
        if around.flow:
            text = f"{{k:{gap}{body}, z: 1}}" if around.keyed else f"[{body}, 1]"
        else:
            margin = " " * around.column
            head, tail = ("k:", "z: 1\n") if around.keyed else ("-", "- 1\n")
            text = f"{margin}{head}{gap}{body}"
            if self.style in (LITERAL, FOLDED):
                # a block that ends with the file may end without a break
                last = self.end == len(self.source)
            else:
                text += "\n"
            text += "" if last else margin + tail
        loaded = yaml_reader.load(Source(text))
        data: Any = loaded.data
        if loaded.faults or not isinstance(data, dict | list) or len(data) != 2 - last:
            return None
        found = data.get("k") if isinstance(data, dict) else data[0]
        return found if isinstance(found, str) else None

    # -- the whole scalar

    def _folds_after(self, changes: Sequence[Change]) -> list[int]:
        """Return where the new value may be broken over lines: where the old one was."""
        if self._chars is None or self.style in (LITERAL, JSON_STRING):
            return []
        starts, ends = self._chars
        found: list[int] = []
        moved = 0
        at = 0
        for one in [*changes, None]:
            stop = one.start if one else len(self.value)
            for index in range(at, stop):
                if self.value[index] == " " and BREAK.search(
                    self.source, starts[index], ends[index]
                ):
                    found.append(index + moved)
            if one is None:
                break
            gaps = self._gaps(one.start, one.end)
            blanks = [place for place, sign in enumerate(one.new) if sign == " "]
            before = self.value[one.start : one.end].count(" ")
            found += [one.start + moved + place for place, _ in _paired(gaps, blanks, before)]
            moved += len(one.new) - (one.end - one.start)
            at = one.end
        return found

    def _anew(self, value: str, folds: Sequence[int]) -> Iterator[str]:
        """Yield the whole scalar written anew, the best way first."""
        style = self.style
        if style == JSON_STRING:
            yield f'"{self._as(style, value)}"'
            return
        if style in (LITERAL, FOLDED):
            if value.strip(_EDGES) and not _UNWRITABLE.search(value):
                yield self._block(value, style, folds)
                if style == FOLDED:
                    yield self._block(value, LITERAL, ())
            header = _HEADER.match(self.source, self.start)
            rest = header["rest"].rstrip() if header else ""
            ends = len(BREAK.findall(self._tail()))
            yield f'"{self._as(DOUBLE, value)}"{rest}{self._newline * ends}'
            return
        simple = DOUBLE if '"' not in value and "\\" not in value else SINGLE
        styles: dict[str | None, list[str | None]] = {
            None: [None, simple, SINGLE, DOUBLE],
            SINGLE: [SINGLE, DOUBLE],
        }
        for one in styles.get(style, [DOUBLE]):
            if one == DOUBLE or not _UNWRITABLE.search(value):
                yield self._flow(value, one, folds)
        yield f'"{self._as(DOUBLE, value)}"'

    @cached_property
    def _newline(self) -> str:
        found = BREAK.search(self.source, self.start, self.end) or BREAK.search(self.source)
        return found[0] if found else "\n"

    def _break_of(self, style: str | None) -> str:
        """Return how a break of the value is written between two lines of words."""
        if style == LITERAL:
            return self._newline + " " * self._indent
        return self._newline * 2 + " " * self._indent

    @cached_property
    def _indent(self) -> int:
        """Return the indentation of the lines of the scalar."""
        if self._chars is not None and self.style in (LITERAL, FOLDED):
            for index, sign in enumerate(self.value):
                if sign != "\n":
                    return self._positions.source.place(self._chars.starts[index])[1] - 1
        if self.style not in (LITERAL, FOLDED):
            for found in BREAK.finditer(self.source, self.start, self.end):
                line = re.compile(r"[ ]*(?=[^\s])").match(self.source, found.end(), self.end)
                if line is not None:
                    return line.end() - line.start()
        return self.surroundings.column + _INDENT

    def _flow(self, value: str, style: str | None, folds: Sequence[int]) -> str:
        """Write a text in quotes or without, broken over lines at ``folds``."""
        margin = self._newline + " " * self._indent
        parts: list[str] = []
        at = 0
        broken = set(folds)
        for found in re.finditer(r"\n+| ", value):
            begin, stop = found.span()
            if found[0] == " ":
                near = value[begin - 1 : begin] + value[stop : stop + 1]
                if begin not in broken or len(near) < 2 or near.strip(_EDGES) != near:
                    continue
                gap = margin
            else:
                gap = self._newline * (stop - begin) + margin
            parts += (self._as(style, value[at:begin]), gap)
            at = stop
        parts.append(self._as(style, value[at:]))
        quote = style or ""
        return quote + "".join(parts) + quote

    def _block(self, value: str, style: str, folds: Sequence[int]) -> str:
        """Write a text as a ``|`` or ``>`` block, broken over lines at ``folds``."""
        header = _HEADER.match(self.source, self.start)
        marks, rest = (header["marks"], header["rest"]) if header else ("", "")
        body = value.rstrip("\n")
        ends = len(value) - len(body)
        same = ends == len(self.value) - len(self.value.rstrip("\n"))
        tail = self._tail()
        chomp = marks.strip("0123456789")
        if not same:
            chomp = {0: "-", 1: ""}.get(ends, "+")
            more = len(BREAK.findall(tail)) - 1 if ends < 2 else 0
            tail = self._newline * (max(ends, 1) + max(more, 0))
        first = body.lstrip("\n")[:1]
        digits = marks.strip("-+")
        if first in tuple(_BLANKS) and not digits:
            digits = str(self._indent - self.surroundings.column)
        margin = " " * self._indent
        lines = self._folded(body, folds) if style == FOLDED else body.split("\n")
        written = self._newline.join(margin + line if line else line for line in lines)
        return f"{style}{digits}{chomp}{rest}{self._newline}{written}{tail}"

    def _tail(self) -> str:
        """Return what stands behind the last line of a block."""
        body = self.value.rstrip("\n")
        if self._chars is None or not body:
            return self._newline
        return self.source[self._chars.ends[len(body) - 1] : self.end]

    @staticmethod
    def _folded(body: str, folds: Sequence[int]) -> list[str]:
        """Return the lines of a folded block.

        Between two lines that begin with words one break more is written than is meant.
        """
        lines: list[str] = []
        broken = set(folds)
        before: str | None = None
        empty = 0
        offset = 0
        for part in body.split("\n"):
            if not part:
                empty += 1
            else:
                if before is not None:
                    worded = before[0] not in _BLANKS and part[0] not in _BLANKS
                    lines += [""] * (empty + worded)
                else:
                    lines += [""] * empty
                empty = 0
                lines += _lines(part, [at - offset for at in broken_in(broken, offset, part)])
                before = part
            offset += len(part) + 1
        return lines


def broken_in(broken: set[int], offset: int, part: str) -> list[int]:
    """Return the folds that lie in a paragraph and can be there, in order."""
    if part[0] in _BLANKS:
        return []
    return [
        at
        for at in range(offset + 1, offset + len(part) - 1)
        if at in broken
        and part[at - offset] == " "
        and part[at - offset - 1] not in _BLANKS
        and part[at - offset + 1] not in _BLANKS
    ]


def _lines(part: str, places: Sequence[int]) -> list[str]:
    found: list[str] = []
    at = 0
    for place in places:
        found.append(part[at:place])
        at = place + 1
    return [*found, part[at:]]


def _common(old: str, new: str) -> tuple[int, int]:
    """Return how many characters at the beginning and at the end two texts share."""
    size = min(len(old), len(new))
    head = 0
    while head < size and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < size - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail


def _paired(
    gaps: Sequence[tuple[int, str]], blanks: Sequence[int], before: int
) -> Iterator[tuple[int, str]]:
    """Give each fold the blank of the new words at which it stays; those without one are lost."""
    last = -1
    for number, written in gaps:
        chosen = number if before == len(blanks) else min(number, len(blanks) - 1)
        if last < chosen < len(blanks):
            yield blanks[chosen], written
            last = chosen


def _apart(pieces: Sequence[Piece]) -> bool:
    """Tell whether no piece changes what another was judged by."""
    return all(two.start - one.end > _WINDOW for one, two in pairwise(pieces))


def _solid(signs: str) -> bool:
    """Tell whether a line goes on with words at this side: a word, or one blank and a word."""
    if not signs or signs[0] in "\r\n":
        return False
    if signs[0] not in _BLANKS:
        return True
    return len(signs) > 1 and signs[1] not in _EDGES


def _opens(text: str, place: Place) -> bool:
    anchor = _ANCHOR.match(text, place.start, place.end)
    at = anchor.end() if anchor else place.start
    return text[at : at + 1] in ("[", "{")
