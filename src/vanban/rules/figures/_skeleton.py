"""Sentences with their figures taken out: what the rules that read figures in sentences look at.

In the skeleton of a sentence each figure stands as STX number ETX (the number counts the figures
of the sentence) and its unit follows as it was written, in lower case: "kết nạp ␂0␃ đảng viên, đạt
␂1␃ % chỉ tiêu". Dates and numbers of documents stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from vanban.rules._quantities import Folded, Quantity, fold, quantities

OPEN, CLOSE = "\x02", "\x03"
# A full stop inside "TP.HCM" ends nothing; a blank line and a semicolon always do.
_END = re.compile(r"[.!?](?=[\s”\"»)]|$)|;|\n *\n")
_BLANKS = re.compile(r"\s+")
# Figures are looked at this far around; keeps the cost linear in endless sentences.
WINDOW = 300
# Names told apart in one sentence.
_PLACES = 20
_PLACE = re.compile(
    r"(?<!\w)(?:xã|phường|thị trấn|Xã|Phường|Thị trấn) ([A-ZĐÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĨŨƠƯẠ-Ỹ]\w*)"
)
_TIGHT = ("", "/", ",", ".", ")", ";", ":")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its skeleton, its figures, where each stands in the skeleton.

    ``places`` holds the first words of the names of communes it mentions.
    """

    text: str
    quantities: tuple[Quantity, ...]
    marks: tuple[tuple[int, int], ...] = field(repr=False)
    places: frozenset[str]

    def figures(self) -> Iterator[tuple[Quantity, str, str]]:
        """Yield each figure with the skeleton before it and behind its unit sign or blank."""
        for quantity, (start, end) in zip(self.quantities, self.marks, strict=True):
            yield (
                quantity,
                self.text[max(0, start - WINDOW) : start],
                self.text[end : end + WINDOW],
            )


def _flat(text: str) -> str:
    return _BLANKS.sub(" ", text.replace(OPEN, " ").replace(CLOSE, " "))


@lru_cache(maxsize=512)
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text that hold figures."""
    low = fold(text)
    found = quantities(low.text)
    if not found:
        return ()
    out: list[Sentence] = []
    limits = [match.end() for match in _END.finditer(low.text)]
    limits.append(len(low.text))
    begin = index = 0
    for limit in limits:
        mine: list[Quantity] = []
        while index < len(found) and found[index].start < limit:
            mine.append(found[index])
            index += 1
        if mine:
            out.append(_skeleton(text, low, begin, max(limit, mine[-1].end), mine))
        begin = limit
    return tuple(out)


def _skeleton(text: str, low: Folded, begin: int, end: int, found: list[Quantity]) -> Sentence:
    pieces: list[str] = []
    marks: list[tuple[int, int]] = []
    length = 0
    position = begin
    for number, quantity in enumerate(found):
        piece = _flat(low.text[position : quantity.start])
        start = length + len(piece)
        mark = f"{OPEN}{number}{CLOSE}"
        pieces += (piece, mark)
        length = start + len(mark)
        marks.append((start, length))
        position = quantity.end
        if low.text[position : position + 1] not in _TIGHT:
            pieces.append(" ")
            length += 1
            if low.text[position].isspace():
                position += 1
    pieces.append(_flat(low.text[position:end]))
    given = tuple(
        replace(
            q,
            start=low.back(q.start),
            end=low.back(q.end),
            unit_end=low.back(q.unit_end),
            text=text[low.back(q.start) : low.back(q.end)],
        )
        for q in found
    )
    names = _PLACE.finditer(text, low.back(begin), low.back(end))
    places = frozenset(match[1] for match in islice(names, _PLACES))
    return Sentence("".join(pieces), given, tuple(marks), places)
