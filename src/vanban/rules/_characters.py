"""Characters that may not stand in a text: outside the typeface, or not to be seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from vanban.check.rule import Context, Reading, Rule
from vanban.finding import Severity
from vanban.text.characters import HIDDEN
from vanban.text.metrics import coverage
from vanban.text.signs import grave

# The invisible ones that merely stand in the way; taking them out changes no word.
REMOVABLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


class Stray(NamedTuple):
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


@cache
def _looked_at() -> re.Pattern[str]:
    """Return what finds the characters that are looked at one by one: all but the usual letters."""
    usual = (c for c in _allowed() if not unicodedata.combining(c) and not HIDDEN.match(c))
    return re.compile("[^" + "".join(map(re.escape, sorted(usual))) + "]")


def is_usual(text: str) -> bool:
    """Tell whether a text holds nothing but letters and marks that may stand in any text."""
    return _looked_at().search(text) is None


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
    if is_usual(text):
        return
    places = sorted(_wrong_places(text))
    # In a run of neighbours the index less its rank stays the same.
    for _, group in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        run = [place for _, place in group]
        start, end = run[0], run[-1] + 1
        found = text[start:end]
        yield Stray(start, end, found, all(HIDDEN.match(c) for c in found))


def graded(ctx: Reading, rule: Rule, text: str = "", *, loose: bool = False) -> Severity:
    """Return how grave characters are: an error where a draft could not be printed with them.

    ``loose`` tells that they are marks without a sure place on the page.
    """
    unprintable = isinstance(ctx, Context) and (loose or grave(text))
    return Severity.ERROR if unprintable else rule.severity
