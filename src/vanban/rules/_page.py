"""All texts of a draft folded as one: a rule finds there the few places it has to read.

A rule names the words without which it has nothing to say; one search through the page finds them
in every text, and only the sentences around them are read. Offsets are those of ``ctx.prose.text``.
A text that is not read letter for letter (marks typed apart, invisible characters) is blank on the
page: it stands on a piece of its own and is read whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import is_normalized

from vanban.rules._quantities import Folded, fold, tone_first
from vanban.text.prose import BORDER, BREAK

if TYPE_CHECKING:
    from vanban.check.rule import Context
    from vanban.text.prose import Passage, Prose

_ODD_BLANK = re.compile(rf"[^\S\n {BORDER}]")
Seek = Callable[[str], Iterable[int]]
"""What finds the places worth reading in a folded text, in their order."""


class Piece(NamedTuple):
    """One text to be read: ``start:end`` of a folded ``text``; ``at`` are the places found in it.

    ``origin`` tells of each letter where it stands in the value, None when that is plain.
    """

    pointer: str
    raw: str
    text: str
    start: int
    end: int
    at: Sequence[int]
    origin: tuple[int, ...] | None = None

    def back(self, offset: int) -> int:
        """Return the place in the value as it was given."""
        return offset - self.start if self.origin is None else self.origin[offset]

    @property
    def folded(self) -> Folded:
        """Return the text by itself."""
        return Folded(self.text[self.start : self.end], self.origin)


class Page:
    """The folded texts of a draft."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        prose: Prose = ctx.prose
        self.passages: tuple[Passage, ...] = prose.passages
        self.starts = [passage.start for passage in prose.passages]
        self.odd = {n for n, passage in enumerate(prose.passages) if not passage.plain}
        self.text = self._folded(prose.text)

    def _folded(self, text: str) -> str:
        low, prose = text.lower(), self._ctx.prose
        # The words of the draft tell what is to be done to all of it, mostly nothing.
        words = "\n".join(prose.where)
        if len(low) != len(text) or "Σ" in text or not is_normalized("NFC", words):
            return self._by_passages()
        if any(map(_ODD_BLANK.search, prose.gaps)):
            low = _ODD_BLANK.sub(" ", low)
        if tone_first(words) != words:
            low = tone_first(low)
        for number in self.odd:
            start, end = self.passages[number].start, self.passages[number].end
            low = low[:start] + " " * (end - start) + low[end:]
        return low

    def _by_passages(self) -> str:
        """Return the page when a letter changes its length: that text is an odd one too."""
        found: list[str] = []
        odd: set[int] = set()
        for number, passage in enumerate(self.passages):
            folded = fold(passage.raw) if passage.plain else None
            if folded is None or folded.origin is not None:
                odd.add(number)
                found.append(" " * (passage.end - passage.start))
            else:
                found.append(folded.text)
        self.odd = odd
        return BREAK.join(found)

    def passage(self, offset: int) -> int:
        """Return the number of the text at an offset."""
        return bisect_right(self.starts, offset) - 1

    def rank(self, number: int, roles: Sequence[str]) -> int | None:
        """Return at which of some roles a text comes, None when it has none of them."""
        own = self._ctx.written[number].roles
        for rank, role in enumerate(roles):
            if role in own:
                return rank
        return None

    def pieces(self, seek: Seek | Sequence[int], *roles: str) -> list[Piece]:
        """Return the texts of some roles in which something is found, as ``text_nodes`` does.

        ``seek`` finds it, or is where it was found already; then odd texts are all returned.
        """
        at = sorted(seek(self.text) if callable(seek) else seek)
        found: list[tuple[int, int, Piece]] = []
        index, behind = 0, len(at)
        while index < behind:
            number = self.passage(at[index])
            passage = self.passages[number]
            last = bisect_left(at, passage.end + 1, index)
            rank = self.rank(number, roles)
            if rank is not None and number not in self.odd:
                piece = Piece(
                    passage.pointer, passage.raw, self.text, passage.start, passage.end,
                    at[index:last],
                )  # fmt: skip
                found.append((rank, number, piece))
            index = max(last, index + 1)
        for number in self.odd:
            rank = self.rank(number, roles)
            if rank is not None:
                piece = odd_piece(self.passages[number])
                if callable(seek):
                    piece = piece._replace(at=list(seek(piece.text)))
                if piece.at or not callable(seek):
                    found.append((rank, number, piece))
        found.sort(key=lambda one: one[:2])
        return [piece for _, _, piece in found]


def odd_piece(passage: Passage) -> Piece:
    """Return a text that is not read letter for letter, for itself."""
    folded = fold(passage.raw)
    return Piece(passage.pointer, passage.raw, folded.text, 0, len(folded.text), (), folded.origin)


def page(ctx: Context) -> Page:
    """Return the page of a draft."""
    return ctx.once(Page)


def places(text: str, *phrases: str) -> Iterator[int]:
    """Yield where some phrases stand in a text, phrase by phrase."""
    for phrase in phrases:
        at = text.find(phrase)
        while at >= 0:
            yield at
            at = text.find(phrase, at + 1)
