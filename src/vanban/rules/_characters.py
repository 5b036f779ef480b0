"""Characters that may not stand in a text: outside the typeface, or not to be seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from vanban.text.characters import HIDDEN
from vanban.text.metrics import coverage

# The invisible ones that merely stand in the way; taking them out changes no word.
REMOVABLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Stray:
    """A run of characters that may not stand in a text; ``hidden`` when all are invisible."""

    start: int
    end: int
    text: str
    hidden: bool

    @property
    def codes(self) -> str:
        """Return the code points, at most three of them: ``U+200B``."""
        codes = [f"U+{ord(char):04X}" for char in self.text[:3]]
        return ", ".join(codes) + (", …" if len(self.text) > 3 else "")


@cache
def _allowed() -> frozenset[str]:
    return coverage() | {"\n", "\t"}


@cache
def _clusters() -> re.Pattern[str]:
    """Return what finds a letter with loose tone marks behind it (or marks without a letter)."""
    marks = "".join(re.escape(char) for char in coverage() if unicodedata.combining(char))
    return re.compile(f"[^{marks}]?[{marks}]+", re.DOTALL)


def _wrong_places(text: str) -> set[int]:
    """Return the indexes of the characters that may not stand in a text."""
    wrong = {c for c in set(text) if HIDDEN.match(c) or c not in _allowed()}
    places = {i for i, char in enumerate(text) if char in wrong} if wrong else set()
    for match in _clusters().finditer(text):
        # Decomposed Vietnamese composes; a mark that is left over has no sure place on the page.
        if any(map(unicodedata.combining, unicodedata.normalize("NFC", match.group()))):
            places.update(range(*match.span()))
    return places


def strays(text: str) -> Iterator[Stray]:
    """Yield the runs of characters that may not stand in a text, each run once."""
    places = sorted(_wrong_places(text))
    # In a run of neighbours the index less its rank stays the same.
    for _, group in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        run = [place for _, place in group]
        start, end = run[0], run[-1] + 1
        found = text[start:end]
        yield Stray(start, end, found, all(HIDDEN.match(c) for c in found))
