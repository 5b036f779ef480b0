"""Sentences with their figures taken out: what the rules that read figures in sentences look at.

In the skeleton of a sentence each figure stands as STX number ETX (the number counts the figures
of the sentence) and its unit follows as it was written, in lower case: "kết nạp ␂0␃ đảng viên, đạt
␂1␃ % chỉ tiêu". Dates and numbers of documents stay as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice
from operator import attrgetter

from vanban.rules._quantities import (
    KEPT,
    STEPPED,
    Folded,
    Quantity,
    figures_between,
    fold,
    quantities,
)

OPEN, CLOSE = "\x02", "\x03"
# A full stop inside "TP.HCM" ends nothing; a blank line and a semicolon always do.
END = re.compile(r"[.!?](?=[\s”\"»)]|$)|;|\n *\n")
_BLANKS = re.compile(r"\s+")
_UNEVEN = re.compile(rf"[{OPEN}{CLOSE}]|[^\S ]|  ")
# Figures are looked at this far around; keeps the cost linear in endless sentences.
WINDOW = 300
# Names told apart in one sentence.
_PLACES = 20
_PLACE = re.compile(
    r"[xptXPT](?<!\w.)(?:(?<=[xX])ã|(?<=[pP])hường|(?<=[tT])hị trấn)"
    r" ([A-ZĐÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ]\w*)"
)
_TIGHT = ("", "/", ",", ".", ")", ";", ":")


class Sentence:
    """One sentence and its figures; its skeleton is made when a rule first asks for it.

    ``text`` is the skeleton, ``marks`` tells where each figure stands in it, ``places`` holds the
    first words of the names of communes that the sentence mentions.
    """

    __slots__ = ("_begin", "_end", "_found", "_given", "_low", "_made", "_places", "quantities")

    def __init__(
        self, given: str, low: Folded, begin: int, end: int, found: Sequence[Quantity]
    ) -> None:
        self._given, self._low, self._begin, self._end = given, low, begin, end
        self._found = found
        self._made: tuple[str, tuple[tuple[int, int], ...]] | None = None
        self._places: frozenset[str] | None = None
        self.quantities: tuple[Quantity, ...] = (
            tuple(found) if low.origin is None else tuple(_given(found, low, given))
        )

    @property
    def low(self) -> str:
        """Return the sentence folded, its figures and blanks as they stand."""
        return self._low.text[self._begin : self._end]

    @classmethod
    def joined(
        cls, text: str, quantities: tuple[Quantity, ...], marks: tuple[tuple[int, int], ...]
    ) -> Sentence:
        """Return a sentence whose skeleton is made already."""
        made = cls(text, Folded(text, None), 0, len(text), [])
        made.quantities, made._made, made._places = quantities, (text, marks), frozenset()
        return made

    @property
    def text(self) -> str:
        """Return the skeleton."""
        if self._made is None:
            self._made = _skeleton(self._low.text, self._begin, self._end, self._found)
        return self._made[0]

    @property
    def marks(self) -> tuple[tuple[int, int], ...]:
        """Return where each figure stands in the skeleton."""
        if self._made is None:
            self._made = _skeleton(self._low.text, self._begin, self._end, self._found)
        return self._made[1]

    @property
    def places(self) -> frozenset[str]:
        """Return the first words of the names of communes that are mentioned."""
        if self._places is None:
            back = self._low.back
            names = _PLACE.finditer(self._given, back(self._begin), back(self._end))
            self._places = frozenset(match[1] for match in islice(names, _PLACES))
        return self._places

    def figures(self) -> Iterator[tuple[Quantity, str, str]]:
        """Yield each figure with the skeleton before it and behind its unit sign or blank."""
        text = self.text
        for quantity, (start, end) in zip(self.quantities, self.marks, strict=True):
            yield (
                quantity,
                text[max(0, start - WINDOW) : start],
                text[end : end + WINDOW],
            )


def _given(found: Sequence[Quantity], low: Folded, text: str) -> Iterator[Quantity]:
    """Yield the figures of a folded text as they stand in the text that was given."""
    for q in found:
        start, end = low.back(q.start), low.back(q.end)
        unit_end = low.back(q.unit_end)
        yield q._replace(start=start, end=end, unit_end=unit_end, text=text[start:end])


def _flat(text: str) -> str:
    return _BLANKS.sub(" ", text.replace(OPEN, " ").replace(CLOSE, " "))


@lru_cache(maxsize=KEPT)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text that hold figures."""
    low = fold(text)
    # Folded letter for letter, a figure stands at the same place.
    found = quantities(text if low.origin is None else low.text)
    if not found:
        return ()
    out: list[Sentence] = []
    limits = [match.end() for match in END.finditer(low.text)]
    limits.append(len(low.text))
    begin = index = 0
    for limit in limits:
        mine: list[Quantity] = []
        while index < len(found) and found[index].start < limit:
            mine.append(found[index])
            index += 1
        if mine:
            out.append(Sentence(text, low, begin, max(limit, mine[-1].end), mine))
        begin = limit
    return tuple(out)


_START = attrgetter("start")


class Figures:
    """The figures of a text, read sentence by sentence where they are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._low = fold(text)

    @cached_property
    def _limits(self) -> list[int]:
        low = self._low.text
        # Over a blank line "2 tỷ" may go on with "500 triệu đồng".
        found = [
            match.end()
            for match in END.finditer(low)
            if not (match.group()[0] == "\n" and _runs_on(low, match.start()))
        ]
        return [*found, len(low)]

    def between(self, start: int, end: int) -> list[Quantity]:
        """Return the figures that begin between two places of the text."""
        if self._low.origin is not None:
            return [q for q in quantities(self._text) if start <= q.start < end]
        limits = self._limits
        index = bisect_right(limits, start)
        found: list[Quantity] = []
        while index < len(limits):
            begin = limits[index - 1] if index else 0
            if begin >= end:
                break
            figures = figures_between(self._low.text, begin, limits[index])
            # An endless sentence is not gone through again for each place.
            first = bisect_left(figures, start, key=_START)
            found += figures[first : bisect_left(figures, end, first, key=_START)]
            index += 1
        return found


def _runs_on(low: str, at: int) -> bool:
    before = low[max(0, at - 12) : at].rstrip()
    return not before or before.endswith(STEPPED)


def _skeleton(
    text: str, begin: int, end: int, found: Sequence[Quantity]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    # Most sentences hold single blanks only.
    flat = _flat if _UNEVEN.search(text, begin, end) else str
    pieces: list[str] = []
    marks: list[tuple[int, int]] = []
    length = 0
    position = begin
    for number, quantity in enumerate(found):
        piece = flat(text[position : quantity.start])
        start = length + len(piece)
        mark = f"{OPEN}{number}{CLOSE}"
        pieces += (piece, mark)
        length = start + len(mark)
        marks.append((start, length))
        position = quantity.end
        behind = text[position : position + 1]
        if behind not in _TIGHT:
            pieces.append(" ")
            length += 1
            if behind.isspace():
                position += 1
    pieces.append(flat(text[position:end]))
    return "".join(pieces), tuple(marks)
