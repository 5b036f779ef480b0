"""Where a key or a value stands in a TOML text.

``tomllib`` tells no places. A statement is found by reading the beginnings of the text, line by
line: the first beginning that holds a key ends with its statement. Costs much, so it is done only
for what a finding names.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from vanban.finding import Span
from vanban.read.draft import pointer_parts


class TomlPlaces:
    """The places of the values of a TOML text, asked by JSON Pointer below ``prefix``."""

    def __init__(self, lines: tuple[str, ...], prefix: str = "") -> None:
        self._lines = lines
        self._prefix = prefix

    def value(self, pointer: str) -> Span | None:
        """Return the place of a value: its key when the value cannot be told apart."""
        parts = self._parts(pointer)
        if parts and parts[-1].isdigit():
            return self._item(parts) or self.key(pointer.rpartition("/")[0])
        return self.key(pointer)

    def key(self, pointer: str) -> Span | None:
        """Return the place of the key that leads to a value."""
        parts = self._parts(pointer)
        while parts and parts[-1].isdigit():
            parts.pop()
        if not parts:
            return None
        first, last = self._statement(self._parts(pointer)) or self._statement(parts) or (0, -1)
        name = re.escape(parts[-1])
        word = re.compile(rf"""(?<![\w-])["']?(?P<name>{name})["']?(?![\w-])""")
        for number in range(first, last + 1):
            if match := word.search(self._lines[number]):
                return Span(number + 1, match.start("name") + 1, number + 1, match.end("name") + 1)
        return Span(first + 1, 1, first + 1, len(self._lines[first]) + 1) if last >= 0 else None

    def text(self, pointer: str, start: int, end: int) -> Span | None:
        """Return the place of the whole value: characters are not told apart here."""
        return self.value(pointer)

    def _parts(self, pointer: str) -> list[str]:
        return pointer_parts(pointer.removeprefix(self._prefix))

    def _item(self, parts: list[str]) -> Span | None:
        """Return the place of a text in a list."""
        value = _lookup(self._data("\n".join(self._lines)), parts)
        statement = self._statement(parts)
        if not isinstance(value, str) or statement is None:
            return None
        first, last = statement
        for quoted in (json.dumps(value, ensure_ascii=False), f"'{value}'"):
            for number in range(first, last + 1):
                column = self._lines[number].find(quoted)
                if column >= 0:
                    return Span(number + 1, column + 1, number + 1, column + len(quoted) + 1)
        return None

    def _statement(self, parts: list[str]) -> tuple[int, int] | None:
        """Return the first and the last line (from 0) of the statement that gives a value."""
        first = 0
        for number in range(len(self._lines)):
            data = self._data("\n".join(self._lines[: number + 1]))
            if data is None:
                continue
            if _lookup(data, parts) is not None:
                return first, number
            first = number + 1
        return None

    @staticmethod
    def _data(text: str) -> dict[str, Any] | None:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            return None


def _lookup(data: Any, parts: list[str]) -> Any:
    for part in parts:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and part.isdigit() and int(part) < len(data):
            data = data[int(part)]
        else:
            return None
    return data
