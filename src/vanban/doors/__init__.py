"""The doors: the only ways by which a zip, an XML, a PDF, an address or a foreign file comes in.

Whatever arrives from outside may be broken or made to do harm. Each door opens one sort of thing,
believes no size that the thing states about itself, counts while it reads, and refuses with a
``DoorError`` that names the message for the user. No other module opens a zip, parses XML or
fetches an address; a test reads the source to see to that.
"""

from __future__ import annotations

from typing import Any


class DoorError(ValueError):
    """Something from outside is refused; ``key`` names the message, ``details`` fill it."""

    def __init__(self, key: str, **details: Any) -> None:
        super().__init__(key)
        self.key = key
        self.details = details


def printable(text: str) -> str:
    """Return a text on one line, with a mark in place of each character that nobody can see."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def shown(text: str, limit: int = 80) -> str:
    """Return a text from outside as a message may show it: one line, printable, of some length."""
    plain = printable(text)
    return plain if len(plain) <= limit else f"{plain[:limit]}…"
