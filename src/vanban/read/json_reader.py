"""JSON to data with positions: one pass over the tokens, without recursion.

Strings are decoded by the scanner of the standard library; a test holds the data against that of
``json.loads``. Numbers are exact: whole ones int, all others Decimal.
"""

from __future__ import annotations

import re
from decimal import Decimal
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

from vanban.read.charmap import json_map
from vanban.read.draft import pointer_of
from vanban.read.faults import fault, shortened
from vanban.read.limits import MAX_DEPTH, MAX_DIGITS, MAX_NODES
from vanban.read.positions import JSON_STRING, Place
from vanban.read.traps import controls
from vanban.read.yaml_reader import Loaded, StopReading

if TYPE_CHECKING:
    from vanban.read.source import Source

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORD = re.compile(r"[^\s,:\[\]{}\"]+")
_WORDS = {"true": True, "false": False, "null": None}
_SURROGATE = re.compile("[\ud800-\udfff]")
# The rest of the control range is legal in JSON and found as a text fault at its place.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufeff]")


class _Open:
    """A list or mapping that is still open."""

    __slots__ = ("items", "key", "key_end", "key_start", "place", "places", "skip")

    def __init__(self, items: Any, places: Any, place: Place) -> None:
        self.items = items
        self.places = places
        self.place = place
        self.key = ""
        self.key_start = -1
        self.key_end = -1
        # the value of a duplicate key is read and thrown away
        self.skip = False


def load(source: Source) -> Loaded:
    """Read a JSON text; every fault is in the result."""
    loaded = Loaded()
    loaded.faults.extend(controls(source, _CONTROLS))
    text = _CONTROLS.sub(" ", source.text) if loaded.faults else source.text
    if not text.strip(" \t\r\n"):
        loaded.empty = True
        return loaded
    try:
        _Parser(source, text, loaded).run()
    except StopReading as stop:
        loaded.faults.append(stop.finding)
    return loaded


class _Parser:
    """The state of one reading."""

    def __init__(self, source: Source, text: str, loaded: Loaded) -> None:
        self.source = source
        self.text = text
        self.loaded = loaded
        self.open: list[_Open] = []
        self.nodes = 0

    def run(self) -> None:
        """Read the whole text into ``loaded``; raises StopReading."""
        text, space = self.text, _SPACE
        at = self._skip(0)
        state = "value"
        while True:
            match = space.match(text, at)
            at = match.end() if match else at
            character = text[at : at + 1]
            if state == "end":
                if character:
                    raise self._stop("sau_ket_thuc", at)
                return
            if not character:
                raise self._unclosed()
            if state == "value" or state == "value or end":
                if character == "]" and state == "value or end":
                    at, state = self._close(at)
                elif character == "{":
                    self._begin(at, {}, {})
                    at, state = at + 1, "key or end"
                elif character == "[":
                    self._begin(at, [], [])
                    at, state = at + 1, "value or end"
                else:
                    at = self._scalar(at, character)
                    state = "next" if self.open else "end"
            elif state == "next":
                inside = self.open[-1]
                mapping = type(inside.items) is dict
                if character == ",":
                    at, state = at + 1, "key" if mapping else "value"
                elif character == ("}" if mapping else "]"):
                    at, state = self._close(at)
                else:
                    raise self._no_comma(at)
            elif character == "}" and state == "key or end":
                at, state = self._close(at)
            else:
                at, state = self._key(at, character), "value"

    def _skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def _stop(self, slug: str, start: int, end: int | None = None, **args: Any) -> StopReading:
        span = self.source.short(start, end if end is not None else start + 1)
        return StopReading(fault("INP006", slug, span, **args))

    def _no_comma(self, at: int) -> StopReading:
        """Return the fault for what follows a value and is no comma."""
        if self.text.startswith(("//", "/*", "#"), at):
            return self._odd(at, "gia_tri")
        behind = len(self.text[:at].rstrip(" \t\r\n"))
        if self.source.line_of(behind) == self.source.line_of(at) or self.text[at] in "]}":
            return self._stop("thieu_phay", at)
        # the comma belongs to the line that lacks it
        return self._stop("thieu_phay_cuoi", behind - 1, behind, line=self.source.line_of(behind))

    def _extra_comma(self, at: int) -> StopReading:
        """Return the fault for a bracket that closes behind a comma, or where a value is due."""
        before = len(self.text[:at].rstrip(" \t\r\n")) - 1
        if before >= 0 and self.text[before] in ",:":
            return self._stop("thua_phay" if self.text[before] == "," else "thieu_gia_tri", before)
        return self._stop("gia_tri", at, word=self.text[at])

    def _unclosed(self) -> StopReading:
        if not self.open:
            return self._stop("chua_dong_gia_tri", len(self.text))
        start = self.open[-1].place.start
        sign = self.text[start]
        return self._stop(
            "chua_dong", start, self.source.line_end(start), sign=sign, close="}]"[sign == "["]
        )

    def _key(self, at: int, character: str) -> int:
        inside = self.open[-1]
        if character != '"':
            if character == "}":
                raise self._extra_comma(at)
            raise self._odd(at, "khoa_khong_nhay")
        key, end = self._string(at)
        inside.key, inside.key_start, inside.key_end = key, at, end
        inside.skip = key in inside.items
        if inside.skip:
            line, column = self.source.place(inside.places[key].key_start)
            self.loaded.faults.append(
                fault(
                    "INP007",
                    "trung_khoa",
                    self.source.short(at, end),
                    self._pointer(),
                    name=shortened(key),
                    line=line,
                    column=column,
                )
            )
        colon = self._skip(end)
        if self.text[colon : colon + 1] != ":":
            raise self._stop("thieu_hai_cham", at, end, name=shortened(key))
        return colon + 1

    def _string(self, at: int) -> tuple[str, int]:
        try:
            value, end = scanstring(self.text, at + 1, True)
        except JSONDecodeError as error:
            if "Unterminated" in error.msg:
                raise self._stop("chu_chua_dong", at, self.source.line_end(at)) from None
            if "control character" in error.msg:
                if self.text[error.pos] in "\r\n":
                    # most often the closing quote is missing
                    end = self.source.line_end(at)
                    raise self._stop("xuong_dong_trong_chu", at, end) from None
                raise self._stop("tab_trong_chu", error.pos) from None
            raise self._stop("gach_cheo", error.pos, error.pos + 2) from None
        if not value.isascii():
            half = _SURROGATE.search(value)
            if half is not None:
                chars = json_map(self.text, at, end, value)
                where = chars.starts[half.start()] if chars else at
                raise self._stop("nua_cap", where, where + 6)
        return value, end

    def _scalar(self, at: int, character: str) -> int:
        if character == '"':
            value, end = self._string(at)
            self._add(value, Place(at, end, JSON_STRING, value))
            return end
        word = _WORD.match(self.text, at)
        if word is None:
            if character in "]}":
                raise self._extra_comma(at)
            raise self._stop("gia_tri", at, word=character)
        end = word.end()
        if word[0] in _WORDS:
            self._add(_WORDS[word[0]], Place(at, end))
            return end
        number = _NUMBER.fullmatch(word[0])
        if number is None:
            raise self._odd(at, "so_sai" if character in "+-.0123456789" else "gia_tri")
        self._add(self._number(number, at, end), Place(at, end))
        return end

    def _number(self, match: re.Match[str], at: int, end: int) -> int | Decimal:
        if end - at <= MAX_DIGITS:
            if match[1] is None and match[2] is None:
                return int(match[0])
            value = Decimal(match[0])
            if not value or abs(value.adjusted()) <= MAX_DIGITS:
                return value
        raise self._stop("so_qua_dai", at, end, limit=MAX_DIGITS)

    def _odd(self, at: int, slug: str) -> StopReading:
        """Return the fault for something that is no JSON, by what it looks like."""
        if self.text.startswith(("//", "/*", "#"), at):
            return self._stop("chu_thich", at, self.source.line_end(at))
        if self.text[at] in "'\u2018\u2019\u201c\u201d":
            return self._stop("nhay_la", at, at + 1, sign=self.text[at])
        word = _WORD.match(self.text, at)
        end = word.end() if word else at + 1
        return self._stop(slug, at, end, word=self.text[at:end][:MAX_DIGITS])

    def _begin(self, at: int, items: Any, places: Any) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise StopReading(
                fault("INP008", "qua_sau", self.source.short(at, at + 1), limit=MAX_DEPTH)
            )
        place = Place(at, at + 1, children=places)
        self._add(items, place)
        self.open.append(_Open(items, places, place))

    def _close(self, at: int) -> tuple[int, str]:
        self.open.pop().place.end = at + 1
        return at + 1, "next" if self.open else "end"

    def _add(self, value: Any, place: Place) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise StopReading(fault("INP008", "qua_nhieu", limit=MAX_NODES))
        if not self.open:
            self.loaded.data, self.loaded.root = value, place
            return
        inside = self.open[-1]
        if type(inside.items) is list:
            inside.items.append(value)
            inside.places.append(place)
        elif not inside.skip:
            place.key_start, place.key_end = inside.key_start, inside.key_end
            inside.items[inside.key] = value
            inside.places[inside.key] = place

    def _pointer(self) -> str:
        parts: list[Any] = []
        for inside in self.open:
            if type(inside.items) is list:
                # the open item is in the list already
                parts.append(len(inside.items) - 1)
            else:
                parts.append(inside.key)
        return pointer_of(parts)
