"""What the rules that read running text share: where texts are, sentences, worded numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vanban.read.draft import pointer_parts

if TYPE_CHECKING:
    from vanban.check.rule import Context, Node

SUBJECT = "subject"
HEADING = "heading"
RUNNING = ("lead", "prose")

# A full stop inside 1.234 or TP.HCM ends nothing; a blank line always does.
_SENTENCE_END = re.compile(r"[.!?](?=[\s”\"»)]|$)|\n[ \t]*\n")

_NUMBER_WORDS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
}
NUMBER_WORD = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))


def small_number(text: str) -> int | None:
    """Return the number written in digits or in words (một ... mười hai), or None."""
    words = " ".join(text.lower().split())
    return int(words) if words.isdecimal() else _NUMBER_WORDS.get(words)


def text_nodes(ctx: Context, *roles: str) -> Iterator[tuple[Node, str]]:
    """Yield each text of the given roles once, with its node, in document order by role."""
    seen: set[str] = set()
    for role in roles:
        for node in ctx.role(role):
            if isinstance(node.value, str) and node.pointer not in seen:
                seen.add(node.pointer)
                yield node, node.value


def is_part_heading(node: Node) -> bool:
    """Tell whether a heading is that of a whole part: ``/x/tieu_de``."""
    return len(pointer_parts(node.pointer)) == 2


# A sentence is looked at this far around a place: keeps the cost linear in endless sentences.
WINDOW = 300


class Sentences:
    """The sentences of one text, found by position."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts = [0]
        for match in _SENTENCE_END.finditer(text):
            self._starts.append(match.end())

    def bounds(self, position: int) -> tuple[int, int]:
        """Return the start and the end of the sentence that holds ``position``."""
        index = bisect_right(self._starts, position) - 1
        last = index + 1 >= len(self._starts)
        return self._starts[index], len(self.text) if last else self._starts[index + 1]

    def before(self, position: int) -> str:
        """Return what stands in the sentence before ``position``, the nearest part of it."""
        return self.text[max(self.bounds(position)[0], position - WINDOW) : position]

    def after(self, position: int) -> str:
        """Return what stands in the sentence from ``position`` on, the nearest part of it."""
        return self.text[position : min(self.bounds(position)[1], position + WINDOW)]
