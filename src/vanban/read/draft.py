"""The Draft: the parsed data plus where everything stands in the source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from vanban.finding import Finding, Span


class Positions(Protocol):
    """Where the values of a draft stand in its source."""

    def value(self, pointer: str) -> Span | None:
        """Return the span of the value at a JSON Pointer (for containers: their first token)."""

    def key(self, pointer: str) -> Span | None:
        """Return the span of the key that leads to a JSON Pointer, None for list items."""

    def text(self, pointer: str, start: int, end: int) -> Span | None:
        """Return the span of characters ``start:end`` of the text value at a JSON Pointer."""


class NoPositions:
    """Positions of a draft that never was a text."""

    def value(self, pointer: str) -> Span | None:
        """Return None: there is no source."""

    def key(self, pointer: str) -> Span | None:
        """Return None: there is no source."""

    def text(self, pointer: str, start: int, end: int) -> Span | None:
        """Return None: there is no source."""


STDIN = "-"
"""The path that means standard input."""


@dataclass(frozen=True)
class Draft:
    """A parsed draft; immutable.

    ``data`` is the plain mapping (str, int, Decimal, bool, None, list, dict); ``kind`` the name in
    ``loai`` (None when absent); ``path`` the file as the user gave it (``-`` is standard input);
    ``lines`` the source lines for excerpts; ``faults`` what reading found (INP findings: one at
    error level means that ``data`` is not to be trusted and nothing else is checked).
    """

    data: Mapping[str, Any]
    kind: str | None = None
    path: str | None = None
    lines: tuple[str, ...] = ()
    faults: tuple[Finding, ...] = ()
    positions: Positions = field(default_factory=NoPositions, compare=False, repr=False)

    @property
    def readable(self) -> bool:
        """True when reading found no error."""
        return not any(fault.severity == "error" for fault in self.faults)

    def at(self, pointer: str) -> Any:
        """Return the value at a JSON Pointer, or None when there is none."""
        value: Any = self.data
        for part in pointer_parts(pointer):
            if isinstance(value, Mapping):
                value = value.get(part)
            elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
                value = value[int(part)]
            else:
                return None
        return value


def pointer_parts(pointer: str) -> list[str]:
    """Split a JSON Pointer (RFC 6901) into its unescaped parts."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def pointer_of(parts: Any) -> str:
    """Build a JSON Pointer from an iterable of keys and indexes."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
