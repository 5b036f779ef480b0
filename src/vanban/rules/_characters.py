"""Characters that may not stand in a text: outside the typeface, or not to be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from vanban.text.metrics import coverage

# Control characters but tab and line feed, soft hyphen, zero-width and direction marks, line and
# paragraph separators, variation selectors, surrogates and noncharacters.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff"
    + "".join(f"{chr(p * 0x10000 + 0xFFFE)}{chr(p * 0x10000 + 0xFFFF)}" for p in range(1, 17))
    + "]"
)
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


def strays(text: str) -> Iterator[Stray]:
    """Yield the runs of characters that may not stand in a text, each run once."""
    wrong = {c for c in set(text) if _HIDDEN.match(c) or c not in _allowed()}
    if not wrong:
        return
    runs = re.compile("[" + "".join(map(re.escape, wrong)) + "]+")
    for match in runs.finditer(text):
        run = match.group()
        yield Stray(match.start(), match.end(), run, all(_HIDDEN.match(c) for c in run))
