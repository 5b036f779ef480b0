"""Where a key or a value stands in a TOML text.

``tomllib`` tells no places. The text, known to be right, is read once more for them; it costs as
much as the text is long, and is done only when something is to be told.
"""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from typing import TYPE_CHECKING

from vanban.read.draft import pointer_of
from vanban.read.source import Source

if TYPE_CHECKING:
    from vanban.finding import Span

_BLANK = re.compile(r"[ \t]*")
# Blanks, breaks and comments.
_BETWEEN = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_TEXT = re.compile(
    r'"""(?:[^\\]|\\[\s\S])*?"""(?!")|' + r"'''[\s\S]*?'''(?!')|"
    r""""(?:[^"\\\n]|\\.)*"|'[^'\n]*'"""
)
# A number, a date, true or false.
_WORD = re.compile(r"[^,\]}#\r\n]*")


class TomlPlaces:
    """The places of the values of a TOML text, asked by JSON Pointer below ``prefix``."""

    def __init__(self, source: Source, prefix: str = "") -> None:
        self._source = source
        self._prefix = prefix

    def value(self, pointer: str) -> Span | None:
        """Return the place of a value (its first line), for a table that of its key."""
        inside = pointer.removeprefix(self._prefix)
        place = self._places.values.get(inside) or self._places.keys.get(inside)
        return self._source.short(*place) if place else None

    def key(self, pointer: str) -> Span | None:
        """Return the place of the key that leads to a value; None for items of a list."""
        place = self._places.keys.get(pointer.removeprefix(self._prefix))
        return self._source.span(*place) if place else None

    def text(self, pointer: str, start: int, end: int) -> Span | None:
        """Return the place of the whole value: characters are not told apart here."""
        return self.value(pointer)

    @cached_property
    def _places(self) -> _Scan:
        return _Scan(self._source.text)


class _Scan:
    """One reading: where keys and values begin and end, by JSON Pointer from the root."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys: dict[str, tuple[int, int]] = {}
        self.values: dict[str, tuple[int, int]] = {}
        # How many tables a list of tables has so far.
        self._tables: dict[str, int] = {}
        at, table = self._after(_BETWEEN, 0), ""
        while at < len(text):
            if text[at] == "[":
                at, table = self._header(at)
            else:
                at = self._pair(at, table)
            at = self._after(_BETWEEN, at)

    def _after(self, what: re.Pattern[str], at: int) -> int:
        match = what.match(self.text, at)
        return match.end() if match else at

    def _header(self, at: int) -> tuple[int, str]:
        """Read ``[a.b]`` or ``[[a.b]]``; return what follows and the pointer of the table."""
        many = self.text.startswith("[[", at)
        at, pointer, place = self._name(at + 1 + many, "")
        if many:
            number = self._tables[pointer] = self._tables.get(pointer, 0) + 1
            pointer += f"/{number - 1}"
            self.values[pointer] = place
        return at + 1 + many, pointer

    def _name(self, at: int, table: str) -> tuple[int, str, tuple[int, int]]:
        """Read a dotted key in a table; return what follows, its pointer and its last part."""
        pointer, place = table, (at, at)
        while True:
            at = self._after(_BLANK, at)
            place = (at, self._after(_KEY, at))
            if pointer != table and pointer in self._tables:
                # What stands below a list of tables belongs to the last of them.
                pointer += f"/{self._tables[pointer] - 1}"
            pointer += pointer_of([_spoken(self.text[slice(*place)])])
            self.keys.setdefault(pointer, place)
            at = self._after(_BLANK, place[1])
            if not self.text.startswith(".", at):
                return at, pointer, place
            at += 1

    def _pair(self, at: int, table: str) -> int:
        """Read ``key = value``; return what follows."""
        at, pointer, _ = self._name(at, table)
        return self._value(self._after(_BLANK, at + 1), pointer)

    def _value(self, start: int, pointer: str) -> int:
        """Read a value; return what follows."""
        opening = self.text[start : start + 1]
        if opening in ("[", "{") and opening:
            end = self._group(start + 1, pointer, "]" if opening == "[" else "}")
        elif opening in ("'", '"'):
            end = self._after(_TEXT, start)
        else:
            end = start + len(self.text[start : self._after(_WORD, start)].rstrip())
        self.values[pointer] = (start, end)
        return end

    def _group(self, at: int, pointer: str, closing: str) -> int:
        """Read a list or an inline table after its bracket; return what follows it."""
        index = 0
        while (at := self._after(_BETWEEN, at)) < len(self.text):
            if self.text[at] == closing:
                return at + 1
            if self.text[at] == ",":
                at += 1
            elif closing == "}":
                at = self._pair(at, pointer)
            else:
                at = self._value(at, f"{pointer}/{index}")
                index += 1
        return at


def _spoken(key: str) -> str:
    """Return a key without its quotes."""
    if key.startswith('"') and "\\" in key:
        return next(iter(tomllib.loads(f"{key} = 0")))
    return key.strip("'\"") if key[:1] in ("'", '"') else key
